use super::key::Chord;
use super::{Code, Command, Key, Motion, Pane, Tab, Then};

/// One command and its keys. The table of these is the only place that names a key: the
/// [`Keymap`](super::Keymap) and with it buttons, hints and the help, and the README's table, all
/// come from it.
#[derive(Debug)]
pub struct Binding {
    pub command: Command,
    /// What the command is called where keys are bound.
    pub name: &'static str,
    /// Keys that work while typing in the search box, the one to be shown first.
    pub typing: &'static [Key],
    /// Keys that work while browsing, the one to be shown first.
    pub browsing: &'static [Key],
    pub group: Group,
    /// What the command does, for the help.
    pub words: &'static str,
    /// The same in a word or two for the line of hints; none where it is not worth the room, or
    /// where the word depends on what the model is up to.
    pub hint: Option<&'static str>,
}

/// Bindings that the help shows together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Ticking,
    Answer,
    Moving,
    Leaving,
}

impl Group {
    pub const ALL: [Self; 4] = [Self::Ticking, Self::Answer, Self::Moving, Self::Leaving];

    pub const fn title(self) -> &'static str {
        match self {
            Self::Ticking => "Ticking",
            Self::Moving => "Moving",
            Self::Answer => "Scopes",
            Self::Leaving => "Leaving",
        }
    }
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

/// In the order in which hints are given up when the line is too short: the last first.
pub const BINDINGS: &[Binding] = &[
    Binding {
        command: Command::Toggle(Then::Down),
        name: "tick-down",
        typing: &[TAB],
        browsing: &[TAB],
        group: Group::Ticking,
        words: "tick or untick the row, then move down",
        hint: Some("tick"),
    },
    Binding {
        command: Command::Done,
        name: "done",
        typing: &[ENTER],
        browsing: &[ENTER],
        group: Group::Leaving,
        words: "done: leave and print the scopes",
        hint: Some("done"),
    },
    Binding {
        command: Command::Back,
        name: "back",
        typing: &[ESC],
        browsing: &[ESC],
        group: Group::Leaving,
        words: "one step back: browse, clear the query, leave",
        hint: None,
    },
    Binding {
        command: Command::Search,
        name: "search",
        typing: &[],
        browsing: &[Key::char('/')],
        group: Group::Moving,
        words: "type in the search box",
        hint: Some("search"),
    },
    Binding {
        command: Command::NextSeparator,
        name: "next-separator",
        typing: &[Key::ctrl('t')],
        browsing: &[Key::char('s')],
        group: Group::Answer,
        words: "next separator",
        hint: Some("separator"),
    },
    Binding {
        command: Command::SwitchMode,
        name: "least-privilege",
        typing: &[Key::alt('m')],
        browsing: &[Key::char('m'), Key::alt('m')],
        group: Group::Answer,
        words: "least privilege, or the guide's scopes again",
        hint: Some("least privilege"),
    },
    Binding {
        command: Command::SwitchTab,
        name: "other-screen",
        typing: &[F2],
        browsing: &[F2],
        group: Group::Moving,
        words: "the other screen: actions or guide",
        hint: Some("guide"),
    },
    Binding {
        command: Command::OnlyTicked,
        name: "only-ticked",
        typing: &[Key::alt('v')],
        browsing: &[Key::char('v')],
        group: Group::Ticking,
        words: "list only the ticked actions, or all again",
        hint: None,
    },
    Binding {
        command: Command::OnlyCovered,
        name: "only-covered",
        typing: &[Key::alt('g')],
        browsing: &[Key::char('f'), Key::alt('g')],
        group: Group::Ticking,
        words: "list only what is already covered, or all again",
        hint: None,
    },
    Binding {
        command: Command::Undo,
        name: "undo",
        typing: &[Key::ctrl('_')],
        browsing: &[Key::char('u')],
        group: Group::Ticking,
        words: "undo the last change of the selection",
        hint: None,
    },
    Binding {
        command: Command::Toggle(Then::Up),
        name: "tick-up",
        typing: &[BACK_TAB],
        browsing: &[BACK_TAB],
        group: Group::Ticking,
        words: "tick or untick the row, then move up",
        hint: None,
    },
    Binding {
        command: Command::Toggle(Then::Stay),
        name: "tick",
        typing: &[],
        browsing: &[Key::char(' '), Key::char('x')],
        group: Group::Ticking,
        words: "tick or untick the row",
        hint: None,
    },
    Binding {
        command: Command::SelectListed,
        name: "select-all",
        typing: &[Key::alt('a')],
        browsing: &[Key::char('a'), Key::alt('a')],
        group: Group::Ticking,
        words: "tick all that is listed",
        hint: None,
    },
    Binding {
        command: Command::UntickListed,
        name: "untick-all",
        typing: &[Key::alt('d')],
        browsing: &[Key::char('d'), Key::alt('d')],
        group: Group::Ticking,
        words: "untick all that is listed",
        hint: None,
    },
    Binding {
        command: Command::Clear,
        name: "clear",
        typing: &[Key::alt('c'), Key::ctrl('x')],
        browsing: &[Key::char('c'), Key::alt('c'), Key::ctrl('x')],
        group: Group::Ticking,
        words: "untick everything, listed or not",
        hint: None,
    },
    Binding {
        command: Command::Redo,
        name: "redo",
        typing: &[Key::alt('r')],
        browsing: &[Key::char('r'), Key::alt('r')],
        group: Group::Ticking,
        words: "redo what was undone",
        hint: None,
    },
    Binding {
        command: Command::Move(Motion::Up),
        name: "up",
        typing: &[UP, Key::ctrl('p')],
        browsing: &[UP, Key::char('k'), Key::ctrl('p')],
        group: Group::Moving,
        words: "one row up",
        hint: None,
    },
    Binding {
        command: Command::Move(Motion::Down),
        name: "down",
        typing: &[DOWN, Key::ctrl('n')],
        browsing: &[DOWN, Key::char('j'), Key::ctrl('n')],
        group: Group::Moving,
        words: "one row down",
        hint: None,
    },
    Binding {
        command: Command::Move(Motion::PageUp),
        name: "page-up",
        typing: &[PAGE_UP],
        browsing: &[PAGE_UP],
        group: Group::Moving,
        words: "one page up",
        hint: None,
    },
    Binding {
        command: Command::Move(Motion::PageDown),
        name: "page-down",
        typing: &[PAGE_DOWN],
        browsing: &[PAGE_DOWN],
        group: Group::Moving,
        words: "one page down",
        hint: None,
    },
    Binding {
        command: Command::Move(Motion::First),
        name: "first",
        typing: &[],
        browsing: &[Key::char('g'), HOME],
        group: Group::Moving,
        words: "first row",
        hint: None,
    },
    Binding {
        command: Command::Move(Motion::Last),
        name: "last",
        typing: &[],
        browsing: &[Key::char('G'), END],
        group: Group::Moving,
        words: "last row",
        hint: None,
    },
    Binding {
        command: Command::ScrollDetails(Motion::Up),
        name: "details-up",
        typing: &[CTRL_UP],
        browsing: &[Key::char('K'), CTRL_UP],
        group: Group::Moving,
        words: "scroll the details up",
        hint: None,
    },
    Binding {
        command: Command::ScrollDetails(Motion::Down),
        name: "details-down",
        typing: &[CTRL_DOWN],
        browsing: &[Key::char('J'), CTRL_DOWN],
        group: Group::Moving,
        words: "scroll the details down",
        hint: None,
    },
    Binding {
        command: Command::Focus(Pane::Actions),
        name: "focus-actions",
        typing: &[],
        browsing: &[LEFT, Key::char('h')],
        group: Group::Moving,
        words: "move in the actions",
        hint: None,
    },
    Binding {
        command: Command::Focus(Pane::Scopes),
        name: "focus-scopes",
        typing: &[],
        browsing: &[RIGHT, Key::char('l')],
        group: Group::Moving,
        words: "move in the scopes",
        hint: None,
    },
    Binding {
        command: Command::PreviousSeparator,
        name: "previous-separator",
        typing: &[],
        browsing: &[Key::char('S')],
        group: Group::Answer,
        words: "previous separator",
        hint: None,
    },
    Binding {
        command: Command::Grant,
        name: "grant",
        typing: &[Key::alt('+')],
        browsing: &[Key::char('+'), Key::alt('+')],
        group: Group::Answer,
        words: "say which scopes your app has today",
        hint: None,
    },
    Binding {
        command: Command::CopyScopes,
        name: "copy-scopes",
        typing: &[Key::ctrl('y')],
        browsing: &[Key::char('y'), Key::ctrl('y')],
        group: Group::Answer,
        words: "copy the scopes",
        hint: None,
    },
    Binding {
        command: Command::CopyUrl,
        name: "copy-url",
        typing: &[Key::ctrl('o')],
        browsing: &[Key::char('w'), Key::ctrl('o')],
        group: Group::Answer,
        words: "copy the guide URL",
        hint: None,
    },
    Binding {
        command: Command::CopyCommand,
        name: "copy-command",
        typing: &[Key::alt('k')],
        browsing: &[Key::char('Y'), Key::alt('k')],
        group: Group::Answer,
        words: "copy the shell command that gives the same scopes",
        hint: None,
    },
    Binding {
        command: Command::Show(Tab::Panel),
        name: "actions",
        typing: &[],
        browsing: &[Key::char('1')],
        group: Group::Moving,
        words: "the actions",
        hint: None,
    },
    Binding {
        command: Command::Show(Tab::Guide),
        name: "guide",
        typing: &[],
        browsing: &[Key::char('2')],
        group: Group::Moving,
        words: "the guide",
        hint: None,
    },
    Binding {
        command: Command::Help,
        name: "help",
        typing: &[F1],
        browsing: &[Key::char('?'), F1],
        group: Group::Moving,
        words: "these keys",
        hint: None,
    },
    Binding {
        command: Command::Quit,
        name: "quit",
        typing: &[],
        browsing: &[Key::char('q')],
        group: Group::Leaving,
        words: "leave, printing nothing",
        hint: None,
    },
    Binding {
        command: Command::Leave,
        name: "leave",
        typing: &[Key::ctrl('c')],
        browsing: &[Key::ctrl('c')],
        group: Group::Leaving,
        words: "leave at once, from anywhere",
        hint: None,
    },
    Binding {
        command: Command::Suspend,
        name: "suspend",
        typing: &[Key::ctrl('z')],
        browsing: &[Key::ctrl('z')],
        group: Group::Leaving,
        words: "suspend; `fg` comes back",
        hint: None,
    },
];

/// The whole table in Markdown, for the README.
pub fn key_table() -> String {
    let mut table = String::from("| | typing | browsing |\n|---|---|---|\n");
    for group in Group::ALL {
        for binding in BINDINGS.iter().filter(|binding| binding.group == group) {
            let row = format!(
                "| {} | {} | {} |\n",
                binding.words,
                code_spans(binding.typing),
                code_spans(binding.browsing)
            );
            table.push_str(&row);
        }
    }
    table
}

fn code_spans(keys: &[Key]) -> String {
    let spans: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
    spans.join(" ")
}

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
