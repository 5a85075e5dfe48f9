use thiserror::Error;

use super::keymap::edit;
use super::{BINDINGS, Code, Command, Focus, Key, Keymap, Pane, SEQUENCE_STARTS};
use crate::domain::{excerpt, nearest_name, unknown};

/// Keys that the user wants for a command in the place of those that it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebinding {
    /// The keys work while typing; otherwise while browsing.
    pub typing: bool,
    /// By its name in the table of bindings.
    pub command: String,
    /// The byte of the settings at which the command begins.
    pub place: usize,
    /// By their names, each with the byte at which it begins. An empty list takes the command's keys
    /// away.
    pub keys: Vec<(String, usize)>,
}

/// Why a rebinding cannot be, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RebindingError {
    #[error("{}", unknown(
        ["command", "a command"], .name, .nearest.as_slice(), "docs/config.md lists all commands"
    ))]
    UnknownCommand { name: String, nearest: Option<String> },
    #[error("{}", unknown(
        ["key", "a key"], .name, &[], "write one as `y`, `ctrl-y`, `alt-y`, `f5`, `pgup` or `space`"
    ))]
    UnknownKey { name: String },
    /// Terminals send the same for both.
    #[error("`{}` is {key} to a terminal, so it cannot be told apart; choose another key.", excerpt(.name))]
    AmbiguousKey { name: String, key: Key },
    #[error("To a terminal `{}` begins a sequence of its own; choose another key.", excerpt(.name))]
    BeginsSequence { name: String },
    /// It could not be typed any more.
    #[error(
        "`{0}` could not be typed any more; add Ctrl or Alt to it, or bind it in `keys.browsing`."
    )]
    Types(Key),
    /// It edits the query.
    #[error("`{0}` edits what is typed; choose another key.")]
    Edits(Key),
    /// The other command has it, by default or by another rebinding.
    #[error("`{key}` is a key of `{by}` too; give `{by}` another one first.")]
    Taken { key: Key, by: &'static str },
    /// Without a key for it the screen could not be left from everywhere.
    #[error("`leave` needs a key, so that there is a way out.")]
    NoWayOut,
}

impl Keymap {
    /// The table of bindings with these in the place of its own; the first error is returned, with its
    /// place in the settings.
    pub fn with(rebindings: &[Rebinding]) -> Result<Self, (usize, RebindingError)> {
        let mut keymap = Self::default();
        for Rebinding { typing, command, place, keys } in rebindings {
            let Some(row) = keymap.rows.iter_mut().find(|row| row.binding.name == command) else {
                let nearest = nearest_name(command, BINDINGS.iter().map(|binding| binding.name));
                let (name, nearest) = (command.clone(), nearest.map(str::to_owned));
                return Err((*place, RebindingError::UnknownCommand { name, nearest }));
            };
            if row.binding.command == Command::Leave && keys.is_empty() {
                return Err((*place, RebindingError::NoWayOut));
            }
            let read = |(name, place): &(String, usize)| {
                key_named(name, *typing).map_err(|error| (*place, error))
            };
            let old = if *typing { &mut row.typing } else { &mut row.browsing };
            *old = keys.iter().map(read).collect::<Result<_, _>>()?;
        }
        // Two commands may have swapped their keys, so all have to be there.
        for Rebinding { typing, command, keys, .. } in rebindings {
            let focus = if *typing { Focus::Typing } else { Focus::Browsing(Pane::Actions) };
            for (name, place) in keys {
                let Ok(key) = name.parse() else { continue };
                let mut others = keymap.rows.iter().filter(|row| row.binding.name != command);
                if let Some(other) = others.find(|row| row.keys(focus).contains(&key)) {
                    return Err((*place, RebindingError::Taken { key, by: other.binding.name }));
                }
            }
        }
        Ok(keymap)
    }
}

/// The other key for which terminals send the same.
fn twin(name: &str, key: Key) -> Option<Key> {
    const TWINS: [Code; 4] = [Code::Backspace, Code::Tab, Code::Enter, Code::Esc];

    let name = name.to_ascii_lowercase();
    let code = match name.replace("alt-", "").as_str() {
        "ctrl-3" => Code::Esc,
        "ctrl-8" | "ctrl-?" => Code::Backspace,
        _ if name == "alt-esc" => Code::Esc,
        of_ctrl if of_ctrl.starts_with("ctrl-") => key.code(),
        _ => return None,
    };
    TWINS.contains(&code).then(|| Key::plain(code))
}

fn key_named(name: &str, typing: bool) -> Result<Key, RebindingError> {
    let unknown = || RebindingError::UnknownKey { name: name.to_owned() };
    let key: Key = name.parse().map_err(|()| unknown())?;
    if let Some(key) = twin(name, key) {
        return Err(RebindingError::AmbiguousKey { name: name.to_owned(), key });
    }
    // Alt with a letter sends the small one, which begins none.
    let begins = |c: char| !c.is_alphabetic() && Key::char(c).with_alt() == key;
    if SEQUENCE_STARTS.chars().any(begins) {
        return Err(RebindingError::BeginsSequence { name: name.to_owned() });
    }
    match (typing, key.typed(), edit(key)) {
        (true, Some(_), _) => Err(RebindingError::Types(key)),
        (true, None, Some(_)) => Err(RebindingError::Edits(key)),
        (true, None, None) | (false, _, _) => Ok(key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Message;

    fn rebinding(typing: bool, command: &str, keys: &[&str]) -> Rebinding {
        let keys = keys.iter().zip(1..).map(|(key, place)| ((*key).to_owned(), place)).collect();
        Rebinding { typing, command: command.to_owned(), place: 0, keys }
    }

    fn refusal(rebindings: &[Rebinding]) -> (usize, RebindingError) {
        Keymap::with(rebindings).expect_err("it is refused")
    }

    #[test]
    fn keys_take_the_place_of_those_that_a_command_has() {
        let browsing = Focus::Browsing(Pane::Actions);
        let keymap = Keymap::with(&[
            rebinding(false, "copy-scopes", &["c", "ctrl-y"]),
            rebinding(false, "clear", &["C"]),
            rebinding(true, "undo", &[]),
        ])
        .expect("no key is taken twice");
        let resolve = |key, focus| keymap.resolve(key, focus);
        assert_eq!(keymap.key(Command::CopyScopes, browsing), Some(Key::char('c')));
        let copies = resolve(Key::char('c'), browsing);
        assert!(matches!(copies, Some(Message::Command(Command::CopyScopes))));
        assert!(resolve(Key::char('y'), browsing).is_none());
        assert_eq!(keymap.key(Command::CopyScopes, Focus::Typing), Some(Key::ctrl('y')));
        assert_eq!(keymap.key(Command::Undo, Focus::Typing), None);
    }

    #[test]
    fn alt_with_a_letter_is_a_key_although_its_capital_begins_a_sequence() {
        for key in ["alt-o", "alt-O", "alt-p", "alt-x"] {
            assert!(Keymap::with(&[rebinding(true, "undo", &[key])]).is_ok(), "{key}");
        }
    }

    #[test]
    fn two_commands_can_swap_their_keys() {
        let swapped = [rebinding(false, "undo", &["r"]), rebinding(false, "redo", &["u", "alt-r"])];
        assert!(Keymap::with(&swapped).is_ok());
    }

    #[test]
    fn what_could_not_work_is_refused_at_its_place() {
        for (typing, command, keys, culprit, sentence) in [
            (false, "copy-scope", &["y"][..], 0, "did you mean `copy-scopes`?"),
            (false, "qqq", &["y"], 0, "docs/config.md lists all commands."),
            (false, "undo", &["u", "hyper-u"], 2, "Unknown key: `hyper-u`; write one as"),
            (false, "undo", &["ctrl-h"], 1, "`ctrl-h` is Backspace to a terminal"),
            (true, "undo", &["ctrl-i"], 1, "`ctrl-i` is Tab to a terminal"),
            (true, "undo", &["Ctrl-J"], 1, "`Ctrl-J` is Enter to a terminal"),
            (true, "undo", &["ctrl-m"], 1, "`ctrl-m` is Enter to a terminal"),
            (true, "undo", &["ctrl-["], 1, "`ctrl-[` is Esc to a terminal"),
            (true, "undo", &["ctrl-3"], 1, "`ctrl-3` is Esc to a terminal"),
            (true, "undo", &["Ctrl-?"], 1, "`Ctrl-?` is Backspace to a terminal"),
            (false, "undo", &["ctrl-alt-i"], 1, "`ctrl-alt-i` is Tab to a terminal"),
            (false, "undo", &["alt-ctrl-8"], 1, "`alt-ctrl-8` is Backspace to a terminal"),
            (false, "undo", &["ctrl-tab"], 1, "`ctrl-tab` is Tab to a terminal"),
            (false, "undo", &["alt-esc"], 1, "`alt-esc` is Esc to a terminal"),
            (false, "undo", &["alt-["], 1, "`alt-[` begins a sequence"),
            (true, "undo", &["Alt-_"], 1, "`Alt-_` begins a sequence"),
            (true, "undo", &["u"], 1, "`u` could not be typed any more"),
            (true, "undo", &["space"], 1, "`Space` could not be typed any more"),
            (true, "undo", &["ctrl-w"], 1, "`Ctrl-W` edits what is typed"),
            (true, "undo", &["backspace"], 1, "`Backspace` edits what is typed"),
            (false, "undo", &["u", "y"], 2, "`y` is a key of `copy-scopes` too"),
            (false, "leave", &[], 0, "`leave` needs a key"),
        ] {
            let (place, error) = refusal(&[rebinding(typing, command, keys)]);
            assert_eq!(place, culprit, "{error}");
            assert!(error.to_string().contains(sentence), "{error}");
        }
        let long = "x".repeat(1_000);
        let (_, error) = refusal(&[rebinding(false, &long, &[])]);
        assert!(error.to_string().len() < 300, "{error}");
        let twice = [rebinding(false, "undo", &["z"]), rebinding(false, "redo", &["z"])];
        assert_eq!(refusal(&twice).0, 1);
        let same = [rebinding(true, "undo", &["ctrl-@"]), rebinding(true, "redo", &["ctrl-space"])];
        assert_eq!(refusal(&same).0, 1);
    }
}
