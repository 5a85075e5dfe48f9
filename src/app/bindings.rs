use super::{AfterToggle, Command, Motion, Pane, Tab};
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
    /// The names of the keys that work while typing in the search box, with a space between two; the
    /// first is shown.
    pub typing: &'static str,
    /// The same while browsing.
    pub browsing: &'static str,
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

const fn row(
    group: Group,
    command: Command,
    name: &'static str,
    typing: &'static str,
    browsing: &'static str,
    words: &'static str,
) -> Binding {
    Binding { group, command, name, typing, browsing, words }
}

/// In the order of the help and the documents.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    row(Selecting, Toggle(AfterToggle::Down), "tick-down", "Tab", "Tab", "select or deselect the action, then move down"),
    row(Selecting, Toggle(AfterToggle::Up), "tick-up", "Shift-Tab", "Shift-Tab", "select or deselect the action, then move up"),
    row(Selecting, Toggle(AfterToggle::Stay), "tick", "", "Space x", "select or deselect the action"),
    row(Selecting, SelectListed, "select-all", "Alt-A", "a Alt-A", "select all listed actions"),
    row(Selecting, DeselectListed, "untick-all", "Alt-D", "d Alt-D", "deselect all listed actions"),
    row(Selecting, Clear, "clear", "Alt-C Ctrl-X", "c Alt-C Ctrl-X", "deselect everything, listed or not"),
    row(Selecting, Undo, "undo", "Ctrl-_", "u", "undo the last change of the selection"),
    row(Selecting, Redo, "redo", "Alt-R", "r Alt-R", "redo what was undone"),
    row(Listing, Search, "search", "", "/", "type in the search box"),
    row(Listing, OnlySelected, "only-ticked", "Alt-V", "v Alt-V", "list only the selected actions, or all again"),
    row(Listing, OnlyCovered, "only-covered", "Alt-G", "f Alt-G", "list only the actions already covered, or all again"),
    row(Answer, SwitchMode, "least-privilege", "Alt-M", "m Alt-M", "guide's scopes or least privilege"),
    row(Answer, Grant, "grant", "Alt-+", "+ Alt-+", "enter your app's current scopes"),
    row(Answer, NextSeparator, "next-separator", "Ctrl-T", "s", "next separator"),
    row(Answer, PreviousSeparator, "previous-separator", "", "S", "previous separator"),
    row(Copying, CopyScopes, "copy-scopes", "Ctrl-Y", "y Ctrl-Y", "copy the scopes"),
    row(Copying, CopyUrl, "copy-url", "Ctrl-O", "w Ctrl-O", "copy the guide URL"),
    row(Copying, CopyCommand, "copy-command", "Alt-K", "Y Alt-K", "copy the shell command that prints the same scopes"),
    row(Moving, Move(Motion::Up), "up", "Up Ctrl-P", "Up k Ctrl-P", "one row up"),
    row(Moving, Move(Motion::Down), "down", "Down Ctrl-N", "Down j Ctrl-N", "one row down"),
    row(Moving, Move(Motion::PageUp), "page-up", "PgUp", "PgUp", "one page up"),
    row(Moving, Move(Motion::PageDown), "page-down", "PgDn", "PgDn", "one page down"),
    row(Moving, Move(Motion::First), "first", "", "g Home", "first row"),
    row(Moving, Move(Motion::Last), "last", "", "G End", "last row"),
    row(Moving, Focus(Pane::Actions), "focus-actions", "", "Left h", "go to the actions"),
    row(Moving, Focus(Pane::Scopes), "focus-scopes", "", "Right l", "go to the scopes"),
    row(Moving, ScrollDetails(Motion::Up), "details-up", "Ctrl-Up", "K Ctrl-Up", "scroll the details up"),
    row(Moving, ScrollDetails(Motion::Down), "details-down", "Ctrl-Down", "J Ctrl-Down", "scroll the details down"),
    row(Screens, SwitchTab, "other-screen", "F2", "F2", "switch between the actions and the guide"),
    row(Screens, Show(Tab::Panel), "actions", "", "1", "show the actions"),
    row(Screens, Show(Tab::Guide), "guide", "", "2", "show the guide"),
    row(Screens, Help, "help", "F1", "? F1", "show the help"),
    row(Leaving, Done, "done", "Enter", "Enter", "leave and print the scopes"),
    row(Leaving, Back, "back", "Esc", "Esc", "one step back: browse, clear the query, leave"),
    row(Leaving, Quit, "quit", "", "q", "leave without printing"),
    row(Leaving, Leave, "leave", "Ctrl-C", "Ctrl-C", "leave at once, from anywhere"),
    row(Leaving, Suspend, "suspend", "Ctrl-Z", "Ctrl-Z", "suspend; `fg` resumes"),
];

/// The whole table in Markdown, for the documents.
pub fn key_table() -> String {
    let mut table = String::from("| | typing | browsing |\n|---|---|---|\n");
    for binding in BINDINGS {
        let [typing, browsing] = [binding.typing, binding.browsing].map(|keys| {
            let spans: Vec<_> = keys.split_whitespace().map(|key| format!("`{key}`")).collect();
            spans.join(" ")
        });
        table.push_str(&format!("| {} | {typing} | {browsing} |\n", binding.words));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Focus, Key};

    #[test]
    fn no_key_means_two_things_at_once() {
        for focus in [Focus::Typing, Focus::Browsing(Pane::Actions)] {
            let mut seen: Vec<(Key, Command)> = Vec::new();
            for binding in BINDINGS {
                let names = if focus.types() { binding.typing } else { binding.browsing };
                for key in Key::named(names) {
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
            for key in Key::named(binding.typing) {
                assert_eq!(key.typed(), None, "{key} could not be typed any more");
            }
        }
    }
}
