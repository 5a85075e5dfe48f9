use super::{AfterToggle, Code, Command, Key, Motion, Pane, Tab};
use Command::*;
use Group::*;

/// One command and its keys. The table of these is the only place that names a key: the
/// [`Keymap`](super::Keymap) and with it buttons, hints and the help, and the tables of the
/// documents, all come from it.
#[derive(Debug)]
pub struct Binding {
    pub group: Group,
    pub command: Command,
    /// The command's name in the settings.
    pub name: &'static str,
    /// Keys that work while typing in the search box; the first is shown.
    pub typing: &'static [Key],
    /// Keys that work while browsing; the first is shown.
    pub browsing: &'static [Key],
    /// The command's description in the help.
    pub words: &'static str,
}

/// Commands that belong together, for the help and the tables of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Selecting,
    Listing,
    Answer,
    Copying,
    Moving,
    Screens,
    Leaving,
}

/// All groups with their titles, in the order of the help.
pub const GROUPS: [(Group, &str); 7] = [
    (Selecting, "Select"),
    (Listing, "Search and list"),
    (Answer, "Scopes"),
    (Copying, "Copy"),
    (Moving, "Move"),
    (Screens, "Screens"),
    (Leaving, "Leave"),
];

impl Group {
    /// Its rows of [`BINDINGS`], in their order.
    pub fn bindings(self) -> impl Iterator<Item = &'static Binding> {
        BINDINGS.iter().filter(move |binding| binding.group == self)
    }
}

/// The word for a command in the line of hints. The last ones give way if the line is too short.
pub const HINTS: [(Command, &str); 7] = [
    (Toggle(AfterToggle::Down), "select"),
    (Done, "done"),
    (Back, "back"),
    (Search, "search"),
    (NextSeparator, "separator"),
    (SwitchMode, "least privilege"),
    (SwitchTab, "guide"),
];

const UP: Key = Key::plain(Code::Up);
const DOWN: Key = Key::plain(Code::Down);
const LEFT: Key = Key::plain(Code::Left);
const RIGHT: Key = Key::plain(Code::Right);
const CTRL_UP: Key = Key::plain(Code::Up).and_ctrl();
const CTRL_DOWN: Key = Key::plain(Code::Down).and_ctrl();
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

const fn key(c: char) -> Key {
    Key::char(c)
}

const fn ctrl(c: char) -> Key {
    Key::ctrl(c)
}

const fn alt(c: char) -> Key {
    Key::alt(c)
}

const fn row(
    group: Group,
    command: Command,
    name: &'static str,
    typing: &'static [Key],
    browsing: &'static [Key],
    words: &'static str,
) -> Binding {
    Binding { group, command, name, typing, browsing, words }
}

/// In the order of the help and the documents.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    row(Selecting, Toggle(AfterToggle::Down), "tick-down", &[TAB], &[TAB], "select or deselect the action, then move down"),
    row(Selecting, Toggle(AfterToggle::Up), "tick-up", &[BACK_TAB], &[BACK_TAB], "select or deselect the action, then move up"),
    row(Selecting, Toggle(AfterToggle::Stay), "tick", &[], &[key(' '), key('x')], "select or deselect the action"),
    row(Selecting, SelectListed, "select-all", &[alt('a')], &[key('a'), alt('a')], "select all listed actions"),
    row(Selecting, DeselectListed, "untick-all", &[alt('d')], &[key('d'), alt('d')], "deselect all listed actions"),
    row(Selecting, Clear, "clear", &[alt('c'), ctrl('x')], &[key('c'), alt('c'), ctrl('x')], "deselect everything, listed or not"),
    row(Selecting, Undo, "undo", &[ctrl('_')], &[key('u')], "undo the last change of the selection"),
    row(Selecting, Redo, "redo", &[alt('r')], &[key('r'), alt('r')], "redo what was undone"),
    row(Listing, Search, "search", &[], &[key('/')], "type in the search box"),
    row(Listing, OnlySelected, "only-ticked", &[alt('v')], &[key('v'), alt('v')], "list only the selected actions, or all again"),
    row(Listing, OnlyCovered, "only-covered", &[alt('g')], &[key('f'), alt('g')], "list only the actions already covered, or all again"),
    row(Answer, SwitchMode, "least-privilege", &[alt('m')], &[key('m'), alt('m')], "guide's scopes or least privilege"),
    row(Answer, Grant, "grant", &[alt('+')], &[key('+'), alt('+')], "enter your app's current scopes"),
    row(Answer, NextSeparator, "next-separator", &[ctrl('t')], &[key('s')], "next separator"),
    row(Answer, PreviousSeparator, "previous-separator", &[], &[key('S')], "previous separator"),
    row(Copying, CopyScopes, "copy-scopes", &[ctrl('y')], &[key('y'), ctrl('y')], "copy the scopes"),
    row(Copying, CopyUrl, "copy-url", &[ctrl('o')], &[key('w'), ctrl('o')], "copy the guide URL"),
    row(Copying, CopyCommand, "copy-command", &[alt('k')], &[key('Y'), alt('k')], "copy the shell command that prints the same scopes"),
    row(Moving, Move(Motion::Up), "up", &[UP, ctrl('p')], &[UP, key('k'), ctrl('p')], "one row up"),
    row(Moving, Move(Motion::Down), "down", &[DOWN, ctrl('n')], &[DOWN, key('j'), ctrl('n')], "one row down"),
    row(Moving, Move(Motion::PageUp), "page-up", &[PAGE_UP], &[PAGE_UP], "one page up"),
    row(Moving, Move(Motion::PageDown), "page-down", &[PAGE_DOWN], &[PAGE_DOWN], "one page down"),
    row(Moving, Move(Motion::First), "first", &[], &[key('g'), HOME], "first row"),
    row(Moving, Move(Motion::Last), "last", &[], &[key('G'), END], "last row"),
    row(Moving, Focus(Pane::Actions), "focus-actions", &[], &[LEFT, key('h')], "go to the actions"),
    row(Moving, Focus(Pane::Scopes), "focus-scopes", &[], &[RIGHT, key('l')], "go to the scopes"),
    row(Moving, ScrollDetails(Motion::Up), "details-up", &[CTRL_UP], &[key('K'), CTRL_UP], "scroll the details up"),
    row(Moving, ScrollDetails(Motion::Down), "details-down", &[CTRL_DOWN], &[key('J'), CTRL_DOWN], "scroll the details down"),
    row(Screens, SwitchTab, "other-screen", &[F2], &[F2], "switch between the actions and the guide"),
    row(Screens, Show(Tab::Panel), "actions", &[], &[key('1')], "show the actions"),
    row(Screens, Show(Tab::Guide), "guide", &[], &[key('2')], "show the guide"),
    row(Screens, Help, "help", &[F1], &[key('?'), F1], "show the help"),
    row(Leaving, Done, "done", &[ENTER], &[ENTER], "leave and print the scopes"),
    row(Leaving, Back, "back", &[ESC], &[ESC], "one step back: browse, clear the query, leave"),
    row(Leaving, Quit, "quit", &[], &[key('q')], "leave without printing"),
    row(Leaving, Leave, "leave", &[ctrl('c')], &[ctrl('c')], "leave at once, from anywhere"),
    row(Leaving, Suspend, "suspend", &[ctrl('z')], &[ctrl('z')], "suspend; `fg` resumes"),
];

/// The whole table in Markdown, for the documents.
pub fn key_table() -> String {
    let mut table = String::from("| | typing | browsing |\n|---|---|---|\n");
    for binding in BINDINGS {
        let [typing, browsing] = [binding.typing, binding.browsing].map(|keys| {
            let spans: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
            spans.join(" ")
        });
        table.push_str(&format!("| {} | {typing} | {browsing} |\n", binding.words));
    }
    table
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
