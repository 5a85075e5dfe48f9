use super::key::Chord;
use super::{AfterToggle, Code, Command, Key, Motion, Pane, Tab};

/// One command and its keys. The table of these is the only place that names a key: the
/// [`Keymap`](super::Keymap) and with it buttons, hints and the help, and the tables of the
/// documents, all come from it.
#[derive(Debug)]
pub struct Binding {
    pub command: Command,
    /// What the command is called where keys are bound.
    pub name: &'static str,
    /// Keys that work while typing in the search box, the one to be shown first.
    pub typing: &'static [Key],
    /// Keys that work while browsing, the one to be shown first.
    pub browsing: &'static [Key],
    /// What the command does, for the help.
    pub words: &'static str,
    /// The same in a word or two for the line of hints; none where it is not worth the room, or
    /// where the word depends on what the model is up to.
    pub hint: Option<&'static str>,
}

const UP: Key = Key::plain(Code::Up);
const DOWN: Key = Key::plain(Code::Down);
const LEFT: Key = Key::plain(Code::Left);
const RIGHT: Key = Key::plain(Code::Right);
const CTRL_UP: Key = Key::with_chord(Chord::Ctrl, Code::Up);
const CTRL_DOWN: Key = Key::with_chord(Chord::Ctrl, Code::Down);
const PAGE_UP: Key = Key::plain(Code::PageUp);
const PAGE_DOWN: Key = Key::plain(Code::PageDown);
const HOME: Key = Key::plain(Code::Home);
const END: Key = Key::plain(Code::End);
const TAB: Key = Key::plain(Code::Tab);
const BACK_TAB: Key = Key::plain(Code::BackTab);
const ENTER: Key = Key::plain(Code::Enter);
const ESC: Key = Key::plain(Code::Esc);
const F1: Key = Key::plain(Code::F(1));
const F2: Key = Key::plain(Code::F(2));

/// In the order in which hints are given up when the line is too short: the last first. Help and
/// documents show the commands by [`Group`](super::Group).
pub const BINDINGS: &[Binding] = &[
    Binding {
        command: Command::Toggle(AfterToggle::Down),
        name: "tick-down",
        typing: &[TAB],
        browsing: &[TAB],
        words: "select or deselect the action, then move down",
        hint: Some("select"),
    },
    Binding {
        command: Command::Done,
        name: "done",
        typing: &[ENTER],
        browsing: &[ENTER],
        words: "leave and print the scopes",
        hint: Some("done"),
    },
    Binding {
        command: Command::Back,
        name: "back",
        typing: &[ESC],
        browsing: &[ESC],
        words: "one step back: browse, clear the query, leave",
        hint: None,
    },
    Binding {
        command: Command::Search,
        name: "search",
        typing: &[],
        browsing: &[Key::char('/')],
        words: "type in the search box",
        hint: Some("search"),
    },
    Binding {
        command: Command::NextSeparator,
        name: "next-separator",
        typing: &[Key::ctrl('t')],
        browsing: &[Key::char('s')],
        words: "next separator",
        hint: Some("separator"),
    },
    Binding {
        command: Command::SwitchMode,
        name: "least-privilege",
        typing: &[Key::alt('m')],
        browsing: &[Key::char('m'), Key::alt('m')],
        words: "guide's scopes or least privilege",
        hint: Some("least privilege"),
    },
    Binding {
        command: Command::SwitchTab,
        name: "other-screen",
        typing: &[F2],
        browsing: &[F2],
        words: "switch between the actions and the guide",
        hint: Some("guide"),
    },
    Binding {
        command: Command::OnlyTicked,
        name: "only-ticked",
        typing: &[Key::alt('v')],
        browsing: &[Key::char('v')],
        words: "list only the selected actions, or all again",
        hint: None,
    },
    Binding {
        command: Command::OnlyCovered,
        name: "only-covered",
        typing: &[Key::alt('g')],
        browsing: &[Key::char('f'), Key::alt('g')],
        words: "list only the actions already covered, or all again",
        hint: None,
    },
    Binding {
        command: Command::Undo,
        name: "undo",
        typing: &[Key::ctrl('_')],
        browsing: &[Key::char('u')],
        words: "undo the last change of the selection",
        hint: None,
    },
    Binding {
        command: Command::Toggle(AfterToggle::Up),
        name: "tick-up",
        typing: &[BACK_TAB],
        browsing: &[BACK_TAB],
        words: "select or deselect the action, then move up",
        hint: None,
    },
    Binding {
        command: Command::Toggle(AfterToggle::Stay),
        name: "tick",
        typing: &[],
        browsing: &[Key::char(' '), Key::char('x')],
        words: "select or deselect the action",
        hint: None,
    },
    Binding {
        command: Command::SelectListed,
        name: "select-all",
        typing: &[Key::alt('a')],
        browsing: &[Key::char('a'), Key::alt('a')],
        words: "select all listed actions",
        hint: None,
    },
    Binding {
        command: Command::UntickListed,
        name: "untick-all",
        typing: &[Key::alt('d')],
        browsing: &[Key::char('d'), Key::alt('d')],
        words: "deselect all listed actions",
        hint: None,
    },
    Binding {
        command: Command::Clear,
        name: "clear",
        typing: &[Key::alt('c'), Key::ctrl('x')],
        browsing: &[Key::char('c'), Key::alt('c'), Key::ctrl('x')],
        words: "deselect everything, listed or not",
        hint: None,
    },
    Binding {
        command: Command::Redo,
        name: "redo",
        typing: &[Key::alt('r')],
        browsing: &[Key::char('r'), Key::alt('r')],
        words: "redo what was undone",
        hint: None,
    },
    Binding {
        command: Command::Move(Motion::Up),
        name: "up",
        typing: &[UP, Key::ctrl('p')],
        browsing: &[UP, Key::char('k'), Key::ctrl('p')],
        words: "one row up",
        hint: None,
    },
    Binding {
        command: Command::Move(Motion::Down),
        name: "down",
        typing: &[DOWN, Key::ctrl('n')],
        browsing: &[DOWN, Key::char('j'), Key::ctrl('n')],
        words: "one row down",
        hint: None,
    },
    Binding {
        command: Command::Move(Motion::PageUp),
        name: "page-up",
        typing: &[PAGE_UP],
        browsing: &[PAGE_UP],
        words: "one page up",
        hint: None,
    },
    Binding {
        command: Command::Move(Motion::PageDown),
        name: "page-down",
        typing: &[PAGE_DOWN],
        browsing: &[PAGE_DOWN],
        words: "one page down",
        hint: None,
    },
    Binding {
        command: Command::Move(Motion::First),
        name: "first",
        typing: &[],
        browsing: &[Key::char('g'), HOME],
        words: "first row",
        hint: None,
    },
    Binding {
        command: Command::Move(Motion::Last),
        name: "last",
        typing: &[],
        browsing: &[Key::char('G'), END],
        words: "last row",
        hint: None,
    },
    Binding {
        command: Command::ScrollDetails(Motion::Up),
        name: "details-up",
        typing: &[CTRL_UP],
        browsing: &[Key::char('K'), CTRL_UP],
        words: "scroll the details up",
        hint: None,
    },
    Binding {
        command: Command::ScrollDetails(Motion::Down),
        name: "details-down",
        typing: &[CTRL_DOWN],
        browsing: &[Key::char('J'), CTRL_DOWN],
        words: "scroll the details down",
        hint: None,
    },
    Binding {
        command: Command::Focus(Pane::Actions),
        name: "focus-actions",
        typing: &[],
        browsing: &[LEFT, Key::char('h')],
        words: "go to the actions",
        hint: None,
    },
    Binding {
        command: Command::Focus(Pane::Scopes),
        name: "focus-scopes",
        typing: &[],
        browsing: &[RIGHT, Key::char('l')],
        words: "go to the scopes",
        hint: None,
    },
    Binding {
        command: Command::PreviousSeparator,
        name: "previous-separator",
        typing: &[],
        browsing: &[Key::char('S')],
        words: "previous separator",
        hint: None,
    },
    Binding {
        command: Command::Grant,
        name: "grant",
        typing: &[Key::alt('+')],
        browsing: &[Key::char('+'), Key::alt('+')],
        words: "enter your app's current scopes",
        hint: None,
    },
    Binding {
        command: Command::CopyScopes,
        name: "copy-scopes",
        typing: &[Key::ctrl('y')],
        browsing: &[Key::char('y'), Key::ctrl('y')],
        words: "copy the scopes",
        hint: None,
    },
    Binding {
        command: Command::CopyUrl,
        name: "copy-url",
        typing: &[Key::ctrl('o')],
        browsing: &[Key::char('w'), Key::ctrl('o')],
        words: "copy the guide URL",
        hint: None,
    },
    Binding {
        command: Command::CopyCommand,
        name: "copy-command",
        typing: &[Key::alt('k')],
        browsing: &[Key::char('Y'), Key::alt('k')],
        words: "copy the shell command that prints the same scopes",
        hint: None,
    },
    Binding {
        command: Command::Show(Tab::Panel),
        name: "actions",
        typing: &[],
        browsing: &[Key::char('1')],
        words: "show the actions",
        hint: None,
    },
    Binding {
        command: Command::Show(Tab::Guide),
        name: "guide",
        typing: &[],
        browsing: &[Key::char('2')],
        words: "show the guide",
        hint: None,
    },
    Binding {
        command: Command::Help,
        name: "help",
        typing: &[F1],
        browsing: &[Key::char('?'), F1],
        words: "show the help",
        hint: None,
    },
    Binding {
        command: Command::Quit,
        name: "quit",
        typing: &[],
        browsing: &[Key::char('q')],
        words: "leave without printing",
        hint: None,
    },
    Binding {
        command: Command::Leave,
        name: "leave",
        typing: &[Key::ctrl('c')],
        browsing: &[Key::ctrl('c')],
        words: "leave at once, from anywhere",
        hint: None,
    },
    Binding {
        command: Command::Suspend,
        name: "suspend",
        typing: &[Key::ctrl('z')],
        browsing: &[Key::ctrl('z')],
        words: "suspend; `fg` resumes",
        hint: None,
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Focus;

    #[test]
    fn no_key_means_two_things_at_once() {
        for focus in [Focus::Typing, Focus::Browsing(Pane::Actions)] {
            let mut seen: Vec<(Key, Command)> = Vec::new();
            for binding in BINDINGS {
                for &key in if focus.types() { binding.typing } else { binding.browsing } {
                    let twice = seen.iter().find(|(other, _)| *other == key);
                    assert_eq!(twice, None, "{key} is bound twice, now to {:?}", binding.command);
                    seen.push((key, binding.command));
                }
            }
        }
    }

    #[test]
    fn every_command_has_one_row_and_a_key_while_browsing() {
        for (place, binding) in BINDINGS.iter().enumerate() {
            let again = BINDINGS[place + 1..].iter().any(|other| other.command == binding.command);
            assert!(!again, "{:?} has two rows", binding.command);
            let twin = BINDINGS[place + 1..].iter().any(|other| other.name == binding.name);
            assert!(!twin, "{} is the name of two commands", binding.name);
            assert!(!binding.browsing.is_empty(), "{:?} has no key", binding.command);
        }
    }

    #[test]
    fn no_letter_is_a_command_while_typing() {
        for binding in BINDINGS {
            for key in binding.typing {
                assert_eq!(key.typed(), None, "{key} could not be typed any more");
            }
        }
    }
}
