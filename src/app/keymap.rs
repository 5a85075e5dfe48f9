use super::{BINDINGS, Binding, Code, Command, Edit, Focus, Key, Message};

/// The names of keys that edit the query, as readline has them.
pub(super) const EDITS: &[(&str, Edit)] = &[
    ("Left Ctrl-B", Edit::GoToPrevChar),
    ("Right Ctrl-F", Edit::GoToNextChar),
    ("Ctrl-Left Alt-Left Alt-B", Edit::GoToPrevWord),
    ("Ctrl-Right Alt-Right Alt-F", Edit::GoToNextWord),
    ("Home Ctrl-A", Edit::GoToStart),
    ("End Ctrl-E", Edit::GoToEnd),
    ("Backspace", Edit::DeletePrevChar),
    ("Delete", Edit::DeleteNextChar),
    ("Ctrl-W", Edit::DeleteToSpace),
    ("Ctrl-Backspace Alt-Backspace", Edit::DeletePrevWord),
    ("Ctrl-U", Edit::DeleteFromStart),
    ("Ctrl-K", Edit::DeleteTillEnd),
];

/// The table of bindings with the user's keys. A key has at most one meaning under a focus.
#[derive(Clone, Debug)]
pub struct Keymap {
    /// In the order of [`BINDINGS`].
    pub rows: Vec<Row>,
}

/// A command with the keys that it has now.
#[derive(Clone, Debug)]
pub struct Row {
    pub binding: &'static Binding,
    /// The one to be shown first.
    pub(super) typing: Vec<Key>,
    /// The one to be shown first.
    pub(super) browsing: Vec<Key>,
}

impl Default for Keymap {
    fn default() -> Self {
        let row = |binding: &'static Binding| Row {
            binding,
            typing: Key::named(binding.typing).collect(),
            browsing: Key::named(binding.browsing).collect(),
        };
        Self { rows: BINDINGS.iter().map(row).collect() }
    }
}

impl Keymap {
    /// The key to show for a command. `None` if it has none under this focus.
    pub fn key(&self, command: Command, focus: Focus) -> Option<Key> {
        let row = self.rows.iter().find(|row| row.binding.command == command)?;
        row.keys(focus).first().copied().or_else(|| always(command, focus))
    }

    /// The message of a key press under this focus. `None` if it has none.
    pub fn resolve(&self, key: Key, focus: Focus) -> Option<Message> {
        self.meaning(key, focus).or_else(|| self.meaning(key.stand_in()?, focus))
    }

    /// Returns `true` if a key means something somewhere, whatever has the focus.
    pub fn binds(&self, key: Key) -> bool {
        let is_bound = |row: &Row| row.typing.contains(&key) || row.browsing.contains(&key);
        self.rows.iter().any(is_bound) || edit(key).is_some()
    }

    fn meaning(&self, key: Key, focus: Focus) -> Option<Message> {
        let bound = self.rows.iter().find(|row| row.keys(focus).contains(&key));
        let command = bound.map(|row| row.binding.command).or_else(|| {
            let always = |command: &Command| always(*command, focus) == Some(key);
            [Command::Done, Command::Back].into_iter().find(always)
        });
        if let Some(command) = command {
            return Some(Message::Command(command));
        }
        if !focus.types() {
            return None;
        }
        let edit = edit(key).map(Message::Edit);
        edit.or_else(|| key.typed().map(|c| Message::Typed(c.into())))
    }
}

impl Row {
    pub fn keys(&self, focus: Focus) -> &[Key] {
        if focus.types() { &self.typing } else { &self.browsing }
    }
}

/// The key without which nothing would end the line for the granted scopes.
fn always(command: Command, focus: Focus) -> Option<Key> {
    match (focus, command) {
        (Focus::Granting, Command::Done) => Some(Key::plain(Code::Enter)),
        (Focus::Granting, Command::Back) => Some(Key::plain(Code::Esc)),
        _ => None,
    }
}

/// The edit of the query by a key that is not bound to a command.
pub(super) fn edit(key: Key) -> Option<Edit> {
    let edits = |(names, _): &&(&str, _)| Key::named(names).any(|bound| bound == key);
    EDITS.iter().find(edits).map(|&(_, edit)| edit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{AfterToggle, Pane};

    const BROWSING: Focus = Focus::Browsing(Pane::Actions);

    #[test]
    fn a_letter_types_or_commands_as_the_focus_says() {
        let keymap = Keymap::default();
        let resolve = |key, focus| keymap.resolve(key, focus);
        let x = Key::char('x');
        assert!(matches!(resolve(x, Focus::Typing), Some(Message::Typed(text)) if text == "x"));
        let toggle = Command::Toggle(AfterToggle::Stay);
        assert!(matches!(resolve(x, BROWSING), Some(Message::Command(asked)) if asked == toggle));
        assert!(resolve(Key::char('z'), BROWSING).is_none());
    }

    #[test]
    fn a_key_that_means_nothing_may_stand_in_for_another() {
        let keymap = Keymap::default();
        let command = |key, focus| match keymap.resolve(key, focus) {
            Some(Message::Command(command)) => Some(command),
            _ => None,
        };
        for code in [Code::Up, Code::PageUp, Code::PageDown] {
            let key = Key::plain(code);
            for focus in [Focus::Typing, BROWSING] {
                let alone = command(key, focus);
                assert!(alone.is_some());
                assert_eq!(command(key.with_alt(), focus), alone, "{key}");
            }
        }
        assert_eq!(command(Key::char('й'), BROWSING), Some(Command::Quit), "on the key of q");
        assert!(matches!(
            keymap.resolve(Key::char('й'), Focus::Typing),
            Some(Message::Typed(text)) if text == "й"
        ));
    }

    #[test]
    fn no_key_both_edits_and_commands() {
        for key in BINDINGS.iter().flat_map(|binding| Key::named(binding.typing)) {
            assert_eq!(edit(key), None, "{key} is taken twice");
        }
    }
}
