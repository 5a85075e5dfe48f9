use std::time::Duration;

use clap::ValueEnum;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Config;
use crate::app::{Keymap, Rebinding};
use crate::cli::input::delimiter::Delimiter;
use crate::cli::look::{When, value_name};
use crate::cli::preferences::Preferences;
use crate::domain::{Position, Separator, excerpt, nearest_name, unknown};

/// Every key at the top of the file.
const KEYS: &str =
    "theme, separator, mouse, clipboard, ascii, accessible, color, escape-timeout, keys";

/// The most commands and keys that the tables of keys may name together: far more than there are
/// keys.
const MOST_KEYS: usize = 1000;

type Value<'t> = Spanned<DeValue<'t>>;
/// The byte at which something is wrong, and a sentence about it.
type Wrong = (usize, String);

impl Config {
    /// Reads a text, and sets what no flag has set; the first thing that is wrong is the error.
    pub(super) fn read(
        &mut self,
        text: &str,
        flags: &mut Preferences,
    ) -> Result<(), (Position, String)> {
        let table = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(text.len(), |span| span.start);
            let reason = error.message().lines().next().unwrap_or_default();
            (at, format!("Not valid TOML: {}.", excerpt(reason.trim_end_matches('.'))))
        });
        let read = table.and_then(|table| self.set(table.get_ref(), flags));
        read.map_err(|(at, reason)| (Position::of(text, at), reason))
    }

    fn set(&mut self, table: &DeTable<'_>, flags: &mut Preferences) -> Result<(), Wrong> {
        for (key, place, value) in in_order(table) {
            match key {
                "theme" => fill(&mut flags.theme, choice(key, value, &[])?),
                "separator" => fill(&mut flags.separator, separator(value)?),
                "mouse" => flags.no_mouse |= !boolean(key, value)? && !flags.mouse,
                "clipboard" => fill(&mut flags.clipboard, choice(key, value, &[])?),
                "ascii" => fill(&mut flags.ascii, when(key, value)?),
                "accessible" => fill(&mut flags.accessible, when(key, value)?),
                "color" => fill(&mut flags.color, choice(key, value, &[])?),
                "escape-timeout" => self.escape_timeout = Some(escape_timeout(value)?),
                "keys" => {
                    let keymap = Keymap::with(&keys(value)?);
                    self.keymap = keymap.map_err(|(place, error)| (place, error.to_string()))?;
                }
                unknown => return Err(unknown_key(place, "setting", unknown, KEYS)),
            }
        }
        Ok(())
    }
}

fn fill<T>(flag: &mut Option<T>, setting: T) {
    flag.get_or_insert(setting);
}

fn keys(value: &Value<'_>) -> Result<Vec<Rebinding>, Wrong> {
    let mut entries = Vec::new();
    let mut left = MOST_KEYS;
    for (section, place, value) in in_order(table("keys", value)?) {
        let typing = match section {
            "typing" => true,
            "browsing" => false,
            other => return Err(unknown_key(place, "table of keys", other, "typing, browsing")),
        };
        for (command, place, value) in in_order(table(&format!("keys.{section}"), value)?) {
            // One name, or a list of them.
            let names =
                value.get_ref().as_array().map_or(std::slice::from_ref(value), |all| &all[..]);
            left = left.checked_sub(1 + names.len()).ok_or_else(|| {
                (place, format!("There are more than {MOST_KEYS} commands and keys; bind each command to the few keys that you use."))
            })?;
            let key = |name: &Value<'_>| match name.get_ref().as_str() {
                Some(text) => Ok((text.to_owned(), name.span().start)),
                None => {
                    let instead = "\"ctrl-y\" or [\"y\", \"ctrl-y\"]";
                    Err(wrong(name, "A command takes names of keys", instead))
                }
            };
            let keys = names.iter().map(key).collect::<Result<_, _>>()?;
            entries.push(Rebinding { typing, command: command.to_owned(), place, keys });
        }
    }
    Ok(entries)
}

fn table<'t>(key: &str, value: &'t Value<'t>) -> Result<&'t DeTable<'t>, Wrong> {
    let table = value.get_ref().as_table();
    table.ok_or_else(|| {
        wrong(value, &format!("`{key}` is a table"), "[keys.typing] or [keys.browsing]")
    })
}

fn boolean(key: &str, value: &Value<'_>) -> Result<bool, Wrong> {
    let boolean = value.get_ref().as_bool();
    boolean.ok_or_else(|| invalid(key, value, "true or false"))
}

/// `true` and `false`, or the words of the flag.
fn when(key: &str, value: &Value<'_>) -> Result<When, Wrong> {
    match value.get_ref().as_bool() {
        Some(true) => Ok(When::Always),
        Some(false) => Ok(When::Never),
        None => choice(key, value, &["true", "false"]),
    }
}

/// One of the words that the flag of the same name takes. An error names `others` too.
fn choice<T: ValueEnum>(key: &str, value: &Value<'_>, others: &[&str]) -> Result<T, Wrong> {
    let chosen = value.get_ref().as_str().and_then(|word| T::from_str(word, false).ok());
    let words = T::value_variants().iter().map(value_name);
    chosen.ok_or_else(|| not_one_of(key, value, words, others))
}

fn separator(value: &Value<'_>) -> Result<Delimiter, Wrong> {
    let words = Separator::ALL.iter().map(|known| known.name().to_lowercase());
    let separator = value.get_ref().as_str().and_then(Separator::named);
    separator.map(Delimiter::Separator).ok_or_else(|| not_one_of("separator", value, words, &[]))
}

fn escape_timeout(value: &Value<'_>) -> Result<Duration, Wrong> {
    let integer = value.get_ref().as_integer();
    let time = integer.and_then(|it| u64::from_str_radix(it.as_str(), it.radix()).ok());
    let milliseconds = time.filter(|time| (1..=1000).contains(time));
    milliseconds
        .map(Duration::from_millis)
        .ok_or_else(|| wrong(value, "`escape-timeout` is a time in milliseconds", "1 to 1000"))
}

fn not_one_of(
    key: &str,
    value: &Value<'_>,
    words: impl Iterator<Item = String>,
    others: &[&str],
) -> Wrong {
    let words = words.map(|word| format!("\"{word}\""));
    let words: Vec<_> = words.chain(others.iter().map(ToString::to_string)).collect();
    let (last, before) = words.split_last().map_or(("", &[][..]), |(last, before)| (last, before));
    invalid(key, value, &format!("{} or {last}", before.join(", ")))
}

fn invalid(key: &str, value: &Value<'_>, instead: &str) -> Wrong {
    wrong(value, &format!("Invalid value for `{key}`"), instead)
}

fn wrong(value: &Value<'_>, what: &str, instead: &str) -> Wrong {
    (value.span().start, format!("{what}; write {instead}."))
}

fn unknown_key(place: usize, kind: &str, key: &str, known: &str) -> Wrong {
    let nearest = nearest_name(key, known.split(", ")).map(str::to_owned);
    let kinds = [kind, &format!("a {kind}")];
    (place, unknown(kinds, key, nearest.as_slice(), &format!("there are {known}")))
}

/// The entries of a table, each with the byte of its key, in the order of the file.
fn in_order<'t>(table: &'t DeTable<'_>) -> Vec<(&'t str, usize, &'t Value<'t>)> {
    let mut entries: Vec<_> = table
        .iter()
        .map(|(key, value)| (key.get_ref().as_ref(), key.span().start, value))
        .collect();
    entries.sort_by_key(|&(_, place, _)| place);
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::arguments::DefaultFlags;
    use crate::cli::look::ThemeChoice;
    use crate::shell::clipboard::Choice;
    use clap::Parser;
    use proptest::prelude::*;

    fn read(text: &str, words: &[&str]) -> Result<(Config, Preferences), (Position, String)> {
        let mut config = Config::default();
        let mut flags = DefaultFlags::try_parse_from(words).expect("flags").preferences;
        config.read(text, &mut flags).map(|()| (config, flags))
    }

    #[test]
    fn every_key_is_read() {
        let text = "theme = \"high-contrast\"\nseparator = \"comma\"\nmouse = false\nclipboard = \"off\"\n\
                    ascii = true\naccessible = \"auto\"\ncolor = \"never\"\nescape-timeout = 30\n";
        let (config, flags) = read(text, &[]).expect("valid");
        assert_eq!(flags.theme, Some(ThemeChoice::HighContrast));
        assert!(matches!(flags.separator, Some(Delimiter::Separator(Separator::Comma))));
        assert_eq!((flags.no_mouse, flags.clipboard), (true, Some(Choice::Off)));
        assert_eq!((flags.ascii, flags.accessible), (Some(When::Always), Some(When::Auto)));
        assert_eq!(flags.color, Some(When::Never));
        assert_eq!(config.escape_timeout, Some(Duration::from_millis(30)));
        let (config, _) = read("escape-timeout = 0x32", &[]).expect("valid");
        assert_eq!(config.escape_timeout, Some(Duration::from_millis(50)));
        assert_eq!(read("", &[]).expect("valid").1.theme, None);
        let words = ["--theme=dark", "--mouse", "--ascii=never"];
        let (_, flags) = read(text, &words).expect("valid");
        assert_eq!((flags.theme, flags.no_mouse), (Some(ThemeChoice::Dark), false));
        assert_eq!((flags.ascii, flags.color), (Some(When::Never), Some(When::Never)));
    }

    #[test]
    fn keys_come_in_the_order_of_the_file_with_their_places() {
        let text =
            "[keys.browsing]\nundo = \"z\"\n[keys.typing]\ncopy-scopes = [\"ctrl-y\",\n \"f5\"]\n";
        let table = DeTable::parse(text).expect("TOML");
        let keys = keys(table.get_ref().get("keys").expect("a table")).expect("valid");
        let place = |line, column| Position { line, column };
        let undo = Rebinding {
            typing: false,
            command: "undo".into(),
            place: 16,
            keys: vec![("z".into(), 23)],
        };
        let copy = Rebinding {
            typing: true,
            command: "copy-scopes".into(),
            place: 41,
            keys: vec![("ctrl-y".into(), 56), ("f5".into(), 67)],
        };
        assert_eq!(keys, [undo, copy]);
        let positions = [16, 23, 41, 56, 67].map(|at| Position::of(text, at));
        assert_eq!(positions, [place(2, 1), place(2, 8), place(4, 1), place(4, 16), place(5, 2)]);
    }

    #[test]
    fn an_error_says_what_is_wrong_and_where() {
        let too_many_keys = format!("[keys.typing]\nundo = [{}]", "\"f5\", ".repeat(1000));
        let too_many_commands: String = (0..2000).map(|n| format!("x{n} = []\n")).collect();
        let too_many_commands = format!("keys.browsing.y = []\n[keys.typing]\n{too_many_commands}");
        for (text, line, column, sentence) in [
            ("theme = \"drak\"", 1, 9, "Invalid value for `theme`; write \"terminal\", \"dark\","),
            ("\nmouse = \"no\"", 2, 9, "Invalid value for `mouse`; write true or false."),
            ("a = 1\ntheme = 2", 1, 1, "Unknown setting: `a`; there are theme,"),
            ("thme = \"dark\"", 1, 1, "Unknown setting: `thme`; did you mean `theme`?"),
            ("separator = \"dot\"", 1, 13, "Invalid value for `separator`; write \"space\","),
            ("clipboard = \"x\"", 1, 13, "write \"auto\", \"system\", \"terminal\" or \"off\"."),
            ("ascii = 1", 1, 9, "write \"auto\", \"always\", \"never\", true or false."),
            ("theme = \"dark", 1, 14, "Not valid TOML: "),
            ("theme = \"dark\"\ntheme = \"light\"", 2, 1, "Not valid TOML: "),
            ("keys = 1", 1, 8, "`keys` is a table"),
            (
                "[keys]\nundo = \"z\"",
                2,
                1,
                "Unknown table of keys: `undo`; there are typing, browsing.",
            ),
            ("[keys.browsng]", 1, 7, "did you mean `browsing`?"),
            ("[keys.typing]\nundo = 3", 2, 8, "A command takes names of keys; write \"ctrl-y\""),
            ("é = 1", 1, 1, "Not valid TOML: "),
            (&too_many_keys, 2, 1, "There are more than 1000 commands and keys; "),
            (&too_many_commands, 1002, 1, "There are more than 1000 commands and keys; "),
        ] {
            let Err((place, reason)) = read(text, &[]) else { panic!("{text} is read") };
            assert!(reason.contains(sentence), "{text}: {reason}");
            assert_eq!((place.line, place.column), (line, column), "{text}: {reason}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_much(text in "([a-z.=\\[\\]\"'\n 0-9é{},]{0,30}|\\PC{0,20}|[\\[{]{0,300})") {
            if let Err((_, reason)) = read(&text, &[]) {
                prop_assert!(reason.ends_with(['.', '?']), "{reason:?}");
                prop_assert!(!reason.contains(char::is_control), "{reason:?}");
            }
        }
    }
}
