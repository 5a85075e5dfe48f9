use super::{AfterToggle, Command, Motion, Pane, Tab};
use Command::*;

/// One command and its keys. The table of these is the only place that names a key: the
/// [`Keymap`](super::Keymap) and with it buttons, hints and the help, and the tables of the
/// documents, all come from it.
#[derive(Debug)]
pub struct Binding {
    /// The title in the help of the commands that belong together. Their rows follow each other.
    pub group: &'static str,
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
    group: &'static str,
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
    row("Select", Toggle(AfterToggle::Down), "tick-down", "Tab", "Tab", "select or deselect the action, then move down"),
    row("Select", Toggle(AfterToggle::Up), "tick-up", "Shift-Tab", "Shift-Tab", "select or deselect the action, then move up"),
    row("Select", Toggle(AfterToggle::Stay), "tick", "", "Space x", "select or deselect the action"),
    row("Select", SelectListed, "select-all", "Alt-A", "a Alt-A", "select all listed actions"),
    row("Select", DeselectListed, "untick-all", "Alt-D", "d Alt-D", "deselect all listed actions"),
    row("Select", Clear, "clear", "Alt-C Ctrl-X", "c Alt-C Ctrl-X", "deselect everything, listed or not"),
    row("Select", Undo, "undo", "Ctrl-_", "u Ctrl-_", "undo the last change of the selection"),
    row("Select", Redo, "redo", "Alt-R", "r Alt-R", "redo what was undone"),
    row("Search and list", Search, "search", "", "/", "type in the search box"),
    row("Search and list", OnlySelected, "only-ticked", "Alt-V", "v Alt-V", "list only the selected actions, or all again"),
    row("Search and list", OnlyCovered, "only-covered", "Alt-G", "f Alt-G", "list only the actions already covered, or all again"),
    row("Scopes", SwitchMode, "least-privilege", "Alt-M", "m Alt-M", "guide's scopes or least privilege"),
    row("Scopes", Grant, "grant", "Alt-+", "+ Alt-+", "enter your app's current scopes"),
    row("Scopes", NextSeparator, "next-separator", "Ctrl-T", "s Ctrl-T", "next separator"),
    row("Scopes", PreviousSeparator, "previous-separator", "", "S", "previous separator"),
    row("Copy", CopyScopes, "copy-scopes", "Ctrl-Y", "y Ctrl-Y", "copy the scopes"),
    row("Copy", CopyUrl, "copy-url", "Ctrl-O", "w Ctrl-O", "copy the guide URL"),
    row("Copy", CopyCommand, "copy-command", "Alt-K", "Y Alt-K", "copy the shell command that prints the same scopes"),
    row("Move", Move(Motion::Up), "up", "Up Ctrl-P", "Up k Ctrl-P", "one row up"),
    row("Move", Move(Motion::Down), "down", "Down Ctrl-N", "Down j Ctrl-N", "one row down"),
    row("Move", Move(Motion::PageUp), "page-up", "PgUp", "PgUp", "one page up"),
    row("Move", Move(Motion::PageDown), "page-down", "PgDn", "PgDn", "one page down"),
    row("Move", Move(Motion::First), "first", "", "g Home", "first row"),
    row("Move", Move(Motion::Last), "last", "", "G End", "last row"),
    row("Move", Focus(Pane::Actions), "focus-actions", "", "Left h", "go to the actions"),
    row("Move", Focus(Pane::Scopes), "focus-scopes", "", "Right l", "go to the scopes"),
    row("Move", ScrollDetails(Motion::Up), "details-up", "Ctrl-Up", "K Ctrl-Up", "scroll the details up"),
    row("Move", ScrollDetails(Motion::Down), "details-down", "Ctrl-Down", "J Ctrl-Down", "scroll the details down"),
    row("Screens", SwitchTab, "other-screen", "F2", "F2", "switch between the actions and the guide"),
    row("Screens", Show(Tab::Panel), "actions", "", "1", "show the actions"),
    row("Screens", Show(Tab::Guide), "guide", "", "2", "show the guide"),
    row("Screens", Help, "help", "F1", "? F1", "show the help"),
    row("Screens", Redraw, "redraw", "Ctrl-L", "Ctrl-L", "draw the screen anew"),
    row("Leave", Done, "done", "Enter", "Enter", "leave and print the scopes"),
    row("Leave", Back, "back", "Esc", "Esc", "one step back: browse, clear the query, leave"),
    row("Leave", Quit, "quit", "", "q", "leave without printing"),
    row("Leave", Leave, "leave", "Ctrl-C", "Ctrl-C", "leave at once, from anywhere"),
    row("Leave", Suspend, "suspend", "Ctrl-Z", "Ctrl-Z", "suspend; `fg` resumes"),
];

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
    fn the_rows_of_a_group_follow_each_other() {
        let groups = BINDINGS.chunk_by(|one, next| one.group == next.group);
        let titles: Vec<_> = groups.map(|rows| rows[0].group).collect();
        for (place, title) in titles.iter().enumerate() {
            assert!(!titles[..place].contains(title), "{title} begins twice");
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
