use super::{BINDINGS, Code, Edit, Focus, Key, Message};

/// Keys that edit the query, as readline has them.
const EDITS: &[(Key, Edit)] = &[
    (Key::plain(Code::Left), Edit::Left),
    (Key::plain(Code::Right), Edit::Right),
    (Key::plain(Code::Home), Edit::Start),
    (Key::plain(Code::End), Edit::End),
    (Key::plain(Code::Backspace), Edit::DeleteBack),
    (Key::plain(Code::Delete), Edit::DeleteForward),
    (Key::ctrl('a'), Edit::Start),
    (Key::ctrl('e'), Edit::End),
    (Key::ctrl('b'), Edit::Left),
    (Key::ctrl('f'), Edit::Right),
    (Key::ctrl('u'), Edit::DeleteToStart),
    (Key::ctrl('k'), Edit::DeleteToEnd),
    (Key::ctrl('w'), Edit::DeleteWordBack),
    (Key::alt('b'), Edit::WordLeft),
    (Key::alt('f'), Edit::WordRight),
];

/// What a key press means under this focus; nothing where it means nothing.
pub fn resolve(key: Key, focus: Focus) -> Option<Message> {
    let bound = BINDINGS.iter().find(|binding| binding.keys(focus).contains(&key));
    if let Some(binding) = bound {
        return Some(Message::Command(binding.command));
    }
    if !focus.types() {
        return None;
    }
    let edit = EDITS.iter().find(|(bound, _)| *bound == key);
    let edit = edit.map(|&(_, edit)| Message::Edit(edit));
    edit.or_else(|| key.typed().map(|c| Message::Typed(c.into())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Command, Pane, Then};

    const BROWSING: Focus = Focus::Browsing(Pane::Actions);

    #[test]
    fn a_letter_types_or_commands_as_the_focus_says() {
        let x = Key::char('x');
        assert!(matches!(resolve(x, Focus::Typing), Some(Message::Typed(text)) if text == "x"));
        let toggle = Command::Toggle(Then::Stay);
        assert!(matches!(resolve(x, BROWSING), Some(Message::Command(asked)) if asked == toggle));
        assert!(resolve(Key::char('z'), BROWSING).is_none());
    }

    #[test]
    fn no_key_both_edits_and_commands() {
        for (key, _) in EDITS {
            let bound = BINDINGS.iter().any(|binding| binding.typing.contains(key));
            assert!(!bound, "{key} is taken twice");
        }
    }
}
