use super::{Code, Command, Focus, Key, Motion, Pane, Tab, Then};

/// One command and its keys. The table of these is the only place that names a key: resolving,
/// buttons, hints, the help and the README's table all read it.
#[derive(Debug)]
pub struct Binding {
    pub command: Command,
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
        typing: &[TAB],
        browsing: &[TAB],
        group: Group::Ticking,
        words: "tick or untick the row, then move down",
        hint: Some("tick"),
    },
    Binding {
        command: Command::Done,
        typing: &[ENTER],
        browsing: &[ENTER],
        group: Group::Leaving,
        words: "done: leave and print the scopes",
        hint: Some("done"),
    },
    Binding {
        command: Command::Back,
        typing: &[ESC],
        browsing: &[ESC],
        group: Group::Leaving,
        words: "one step back: browse, clear the query, leave",
        hint: None,
    },
    Binding {
        command: Command::Search,
        typing: &[],
        browsing: &[Key::char('/')],
        group: Group::Moving,
        words: "type in the search box",
        hint: Some("search"),
    },
    Binding {
        command: Command::NextSeparator,
        typing: &[Key::ctrl('t')],
        browsing: &[Key::char('s')],
        group: Group::Answer,
        words: "next separator",
        hint: Some("separator"),
    },
    Binding {
        command: Command::SwitchMode,
        typing: &[Key::alt('m')],
        browsing: &[Key::char('m'), Key::alt('m')],
        group: Group::Answer,
        words: "least privilege, or the guide's scopes again",
        hint: Some("least privilege"),
    },
    Binding {
        command: Command::SwitchTab,
        typing: &[F2],
        browsing: &[F2],
        group: Group::Moving,
        words: "the other screen: actions or guide",
        hint: Some("guide"),
    },
    Binding {
        command: Command::OnlyTicked,
        typing: &[Key::alt('v')],
        browsing: &[Key::char('v')],
        group: Group::Ticking,
        words: "list only the ticked actions, or all again",
        hint: None,
    },
    Binding {
        command: Command::OnlyCovered,
        typing: &[Key::alt('g')],
        browsing: &[Key::char('f'), Key::alt('g')],
        group: Group::Ticking,
        words: "list only what is already covered, or all again",
        hint: None,
    },
    Binding {
        command: Command::Undo,
        typing: &[Key::ctrl('_')],
        browsing: &[Key::char('u')],
        group: Group::Ticking,
        words: "undo the last change of the selection",
        hint: None,
    },
    Binding {
        command: Command::Toggle(Then::Up),
        typing: &[BACK_TAB],
        browsing: &[BACK_TAB],
        group: Group::Ticking,
        words: "tick or untick the row, then move up",
        hint: None,
    },
    Binding {
        command: Command::Toggle(Then::Stay),
        typing: &[],
        browsing: &[Key::char(' '), Key::char('x')],
        group: Group::Ticking,
        words: "tick or untick the row",
        hint: None,
    },
    Binding {
        command: Command::SelectListed,
        typing: &[Key::alt('a')],
        browsing: &[Key::char('a'), Key::alt('a')],
        group: Group::Ticking,
        words: "tick all that is listed",
        hint: None,
    },
    Binding {
        command: Command::UntickListed,
        typing: &[Key::alt('d')],
        browsing: &[Key::char('d'), Key::alt('d')],
        group: Group::Ticking,
        words: "untick all that is listed",
        hint: None,
    },
    Binding {
        command: Command::Clear,
        typing: &[Key::alt('c'), Key::ctrl('x')],
        browsing: &[Key::char('c'), Key::alt('c'), Key::ctrl('x')],
        group: Group::Ticking,
        words: "untick everything, listed or not",
        hint: None,
    },
    Binding {
        command: Command::Redo,
        typing: &[Key::alt('r')],
        browsing: &[Key::char('r'), Key::alt('r')],
        group: Group::Ticking,
        words: "redo what was undone",
        hint: None,
    },
    Binding {
        command: Command::Move(Motion::Up),
        typing: &[UP, Key::ctrl('p')],
        browsing: &[UP, Key::char('k'), Key::ctrl('p')],
        group: Group::Moving,
        words: "one row up",
        hint: None,
    },
    Binding {
        command: Command::Move(Motion::Down),
        typing: &[DOWN, Key::ctrl('n')],
        browsing: &[DOWN, Key::char('j'), Key::ctrl('n')],
        group: Group::Moving,
        words: "one row down",
        hint: None,
    },
    Binding {
        command: Command::Move(Motion::PageUp),
        typing: &[PAGE_UP],
        browsing: &[PAGE_UP],
        group: Group::Moving,
        words: "one page up",
        hint: None,
    },
    Binding {
        command: Command::Move(Motion::PageDown),
        typing: &[PAGE_DOWN],
        browsing: &[PAGE_DOWN],
        group: Group::Moving,
        words: "one page down",
        hint: None,
    },
    Binding {
        command: Command::Move(Motion::First),
        typing: &[],
        browsing: &[Key::char('g'), HOME],
        group: Group::Moving,
        words: "first row",
        hint: None,
    },
    Binding {
        command: Command::Move(Motion::Last),
        typing: &[],
        browsing: &[Key::char('G'), END],
        group: Group::Moving,
        words: "last row",
        hint: None,
    },
    Binding {
        command: Command::Focus(Pane::Actions),
        typing: &[],
        browsing: &[LEFT, Key::char('h')],
        group: Group::Moving,
        words: "move in the actions",
        hint: None,
    },
    Binding {
        command: Command::Focus(Pane::Scopes),
        typing: &[],
        browsing: &[RIGHT, Key::char('l')],
        group: Group::Moving,
        words: "move in the scopes",
        hint: None,
    },
    Binding {
        command: Command::PreviousSeparator,
        typing: &[],
        browsing: &[Key::char('S')],
        group: Group::Answer,
        words: "previous separator",
        hint: None,
    },
    Binding {
        command: Command::Grant,
        typing: &[Key::alt('+')],
        browsing: &[Key::char('+'), Key::alt('+')],
        group: Group::Answer,
        words: "say which scopes your app has today",
        hint: None,
    },
    Binding {
        command: Command::CopyScopes,
        typing: &[Key::ctrl('y')],
        browsing: &[Key::char('y'), Key::ctrl('y')],
        group: Group::Answer,
        words: "copy the scopes",
        hint: None,
    },
    Binding {
        command: Command::CopyUrl,
        typing: &[Key::ctrl('o')],
        browsing: &[Key::char('w'), Key::ctrl('o')],
        group: Group::Answer,
        words: "copy the guide URL",
        hint: None,
    },
    Binding {
        command: Command::CopyCommand,
        typing: &[Key::alt('k')],
        browsing: &[Key::char('Y'), Key::alt('k')],
        group: Group::Answer,
        words: "copy the shell command that gives the same scopes",
        hint: None,
    },
    Binding {
        command: Command::Show(Tab::Panel),
        typing: &[],
        browsing: &[Key::char('1')],
        group: Group::Moving,
        words: "the actions",
        hint: None,
    },
    Binding {
        command: Command::Show(Tab::Guide),
        typing: &[],
        browsing: &[Key::char('2')],
        group: Group::Moving,
        words: "the guide",
        hint: None,
    },
    Binding {
        command: Command::Help,
        typing: &[F1],
        browsing: &[Key::char('?'), F1],
        group: Group::Moving,
        words: "these keys",
        hint: None,
    },
    Binding {
        command: Command::Quit,
        typing: &[],
        browsing: &[Key::char('q')],
        group: Group::Leaving,
        words: "leave, printing nothing",
        hint: None,
    },
    Binding {
        command: Command::Leave,
        typing: &[Key::ctrl('c')],
        browsing: &[Key::ctrl('c')],
        group: Group::Leaving,
        words: "leave at once, from anywhere",
        hint: None,
    },
    Binding {
        command: Command::Suspend,
        typing: &[Key::ctrl('z')],
        browsing: &[Key::ctrl('z')],
        group: Group::Leaving,
        words: "suspend; `fg` comes back",
        hint: None,
    },
];

impl Binding {
    pub fn keys(&self, focus: Focus) -> &'static [Key] {
        match focus {
            Focus::Typing | Focus::Granting => self.typing,
            Focus::Browsing(_) => self.browsing,
        }
    }
}

impl Command {
    /// The key to show for this command, where it has one under this focus.
    pub fn key(self, focus: Focus) -> Option<Key> {
        let binding = BINDINGS.iter().find(|binding| binding.command == self)?;
        binding.keys(focus).first().copied()
    }
}

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

    #[test]
    fn no_key_means_two_things_at_once() {
        for focus in [Focus::Typing, Focus::Browsing(Pane::Actions)] {
            let mut seen: Vec<(Key, Command)> = Vec::new();
            for binding in BINDINGS {
                for &key in binding.keys(focus) {
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
