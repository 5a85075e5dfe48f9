use std::time::Duration;

use clap::ValueEnum;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Settings;
use crate::cli::input::delimiter::Delimiter;
use crate::cli::look::When;
use crate::domain::{Separator, nearest_name, sanitize};

/// Every key at the top of the file.
const KEYS: [&str; 9] = [
    "theme",
    "separator",
    "mouse",
    "clipboard",
    "ascii",
    "accessible",
    "color",
    "escape-timeout",
    "keys",
];
/// Every table of `keys`.
const SECTIONS: [&str; 2] = ["typing", "browsing"];

/// A place in the file, both from 1; columns are counted in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// The most commands and keys that the tables of keys may name together: far more than there are
/// keys.
const MOST_KEYS: usize = 1000;

/// Keys that are bound to a command, as the file has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyEntry {
    /// Whether they are for typing, or for browsing.
    pub typing: bool,
    pub command: String,
    pub keys: Vec<String>,
    /// The byte of the file at which the command stands.
    pub place: usize,
    /// The bytes at which the keys stand.
    pub places: Vec<usize>,
}

impl Position {
    /// The position of a byte.
    pub fn of(text: &str, at: usize) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self { line, column }
    }
}

/// What is wrong, as a sentence, and where.
type Wrong = (Position, String);

/// Reads settings; the first thing that is wrong is the error.
pub fn read(text: &str) -> Result<(Settings, Vec<KeyEntry>), Wrong> {
    let reader = Reader { text };
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(text.len(), |span| span.start);
        let reason = first_line(error.message());
        (reader.position(at), format!("This is no TOML: {reason}."))
    })?;
    reader.settings(table.get_ref())
}

struct Reader<'a> {
    text: &'a str,
}

impl Reader<'_> {
    fn settings(&self, table: &DeTable<'_>) -> Result<(Settings, Vec<KeyEntry>), Wrong> {
        let mut settings = Settings::default();
        let mut keys = Vec::new();
        for (key, _, value) in in_order(table) {
            match key {
                "theme" => settings.theme = Some(self.choice(key, value)?),
                "separator" => settings.separator = Some(self.separator(value)?),
                "mouse" => settings.mouse = Some(self.boolean(key, value)?),
                "clipboard" => settings.clipboard = Some(self.choice(key, value)?),
                "ascii" => settings.ascii = Some(self.when(key, value)?),
                "accessible" => settings.accessible = Some(self.when(key, value)?),
                "color" => settings.color = Some(self.choice(key, value)?),
                "escape-timeout" => settings.escape_timeout = Some(self.escape_timeout(value)?),
                "keys" => keys = self.keys(value)?,
                unknown => return Err(self.unknown(table, unknown, "setting", &KEYS)),
            }
        }
        Ok((settings, keys))
    }

    fn keys(&self, value: &Spanned<DeValue<'_>>) -> Result<Vec<KeyEntry>, Wrong> {
        let sections = self.table("keys", value)?;
        let mut entries = Vec::new();
        let mut left = MOST_KEYS;
        for (section, _, value) in in_order(sections) {
            if !SECTIONS.contains(&section) {
                return Err(self.unknown(sections, section, "table of keys", &SECTIONS));
            }
            let commands = self.table(&format!("keys.{section}"), value)?;
            for (command, place, value) in in_order(commands) {
                let names = names_of(value);
                left = left.checked_sub(1 + names.len()).ok_or_else(|| {
                    let reason = format!(
                        "There are more than {MOST_KEYS} commands and keys; bind each command to the few keys that you use."
                    );
                    (self.position(place), reason)
                })?;
                let (keys, places) = self.key_names(command, names)?;
                let typing = section == "typing";
                entries.push(KeyEntry { typing, command: command.to_owned(), keys, place, places });
            }
        }
        Ok(entries)
    }

    fn key_names(
        &self,
        command: &str,
        names: &[Spanned<DeValue<'_>>],
    ) -> Result<(Vec<String>, Vec<usize>), Wrong> {
        let mut keys = Vec::with_capacity(names.len());
        let mut places = Vec::with_capacity(names.len());
        for name in names {
            let text = name.get_ref().as_str().ok_or_else(|| {
                self.wrong(
                    name,
                    &format!("`{}` takes names of keys", sanitize(command)),
                    "\"ctrl-y\" or [\"y\", \"ctrl-y\"]",
                )
            })?;
            keys.push(text.to_owned());
            places.push(name.span().start);
        }
        Ok((keys, places))
    }

    fn table<'t>(
        &self,
        key: &str,
        value: &'t Spanned<DeValue<'t>>,
    ) -> Result<&'t DeTable<'t>, Wrong> {
        value.get_ref().as_table().ok_or_else(|| {
            self.wrong(value, &format!("`{key}` is a table"), "[keys.typing] or [keys.browsing]")
        })
    }

    fn boolean(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<bool, Wrong> {
        let boolean = value.get_ref().as_bool();
        boolean.ok_or_else(|| self.wrong(value, &format!("`{key}` is yes or no"), "true or false"))
    }

    /// `true` and `false`, or the words of the flag.
    fn when(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<When, Wrong> {
        match value.get_ref() {
            DeValue::Boolean(true) => Ok(When::Always),
            DeValue::Boolean(false) => Ok(When::Never),
            _ => self.choice(key, value),
        }
    }

    /// One of the words that the flag of the same name takes.
    fn choice<T: ValueEnum>(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<T, Wrong> {
        let chosen = value.get_ref().as_str().and_then(|word| T::from_str(word, false).ok());
        chosen.ok_or_else(|| {
            let words = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
            let words: Vec<_> = words.map(|word| format!("\"{}\"", word.get_name())).collect();
            self.wrong(value, &format!("Invalid value for `{key}`"), &words.join(", "))
        })
    }

    fn escape_timeout(&self, value: &Spanned<DeValue<'_>>) -> Result<Duration, Wrong> {
        let written = value.get_ref().as_integer().map(|integer| integer.as_str());
        let milliseconds = written.and_then(|written| written.parse().ok());
        milliseconds.filter(|time| (1..=1000).contains(time)).map(Duration::from_millis).ok_or_else(
            || self.wrong(value, "`escape-timeout` is a time in milliseconds", "1 to 1000"),
        )
    }

    fn separator(&self, value: &Spanned<DeValue<'_>>) -> Result<Delimiter, Wrong> {
        let named = value.get_ref().as_str().and_then(|word| {
            Separator::ALL.into_iter().find(|known| known.name().eq_ignore_ascii_case(word))
        });
        named.map(Delimiter::Separator).ok_or_else(|| {
            let words = Separator::ALL.map(|known| format!("\"{}\"", known.name().to_lowercase()));
            self.wrong(value, "Invalid value for `separator`", &words.join(", "))
        })
    }

    fn wrong(&self, value: &Spanned<DeValue<'_>>, what: &str, instead: &str) -> Wrong {
        (self.position(value.span().start), format!("{what}; write {instead}."))
    }

    fn unknown(&self, table: &DeTable<'_>, key: &str, kind: &str, known: &[&str]) -> Wrong {
        let remedy = match nearest_name(key, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}.", known.join(", ")),
        };
        (self.place_of(table, key), format!("Unknown {kind}: `{}`; {remedy}", shortened(key)))
    }

    fn place_of(&self, table: &DeTable<'_>, key: &str) -> Position {
        let entry = table.iter().find(|(known, _)| known.get_ref().as_ref() == key);
        self.position(entry.map_or(0, |(known, _)| known.span().start))
    }

    fn position(&self, at: usize) -> Position {
        Position::of(self.text, at)
    }
}

/// The entries of a table, each with the byte of its key, in the order of the file, so that the error
/// is the first thing that is wrong.
fn in_order<'t>(table: &'t DeTable<'_>) -> Vec<(&'t str, usize, &'t Spanned<DeValue<'t>>)> {
    let entries = table.iter();
    let mut entries: Vec<_> =
        entries.map(|(key, value)| (key.get_ref().as_ref(), key.span().start, value)).collect();
    entries.sort_by_key(|&(_, place, _)| place);
    entries
}

/// One name, or a list of them.
fn names_of<'t>(value: &'t Spanned<DeValue<'t>>) -> &'t [Spanned<DeValue<'t>>] {
    value.get_ref().as_array().map_or(std::slice::from_ref(value), |names| &names[..])
}

fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    shortened(line.trim_end_matches('.'))
}

/// A text of the file, harmless and short enough for a sentence.
fn shortened(text: &str) -> String {
    sanitize(&text.chars().take(100).collect::<String>()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::look::ThemeChoice;
    use crate::shell::clipboard::Choice;
    use clap::ColorChoice;
    use proptest::prelude::*;

    fn settings(text: &str) -> Settings {
        read(text).unwrap_or_else(|(_, reason)| panic!("{text}: {reason}")).0
    }

    #[test]
    fn every_key_is_read() {
        let read = settings(
            "theme = \"high-contrast\"\nseparator = \"comma\"\nmouse = false\nclipboard = \"off\"\n\
             ascii = true\naccessible = \"auto\"\ncolor = \"never\"\nescape-timeout = 30\n",
        );
        assert_eq!(read.theme, Some(ThemeChoice::HighContrast));
        assert!(matches!(read.separator, Some(Delimiter::Separator(Separator::Comma))));
        assert_eq!((read.mouse, read.clipboard), (Some(false), Some(Choice::Off)));
        assert_eq!((read.ascii, read.accessible), (Some(When::Always), Some(When::Auto)));
        assert_eq!(read.color, Some(ColorChoice::Never));
        assert_eq!(read.escape_timeout, Some(Duration::from_millis(30)));
        assert_eq!(settings("").theme, None);
    }

    #[test]
    fn keys_come_in_the_order_of_the_file_with_their_places() {
        let text =
            "[keys.browsing]\nundo = \"z\"\n[keys.typing]\ncopy-scopes = [\"ctrl-y\",\n \"f5\"]\n";
        let (_, keys) = read(text).expect("it is right");
        let place = |line, column| Position { line, column };
        let undo = KeyEntry {
            typing: false,
            command: "undo".into(),
            keys: vec!["z".into()],
            place: 16,
            places: vec![23],
        };
        let copy = KeyEntry {
            typing: true,
            command: "copy-scopes".into(),
            keys: vec!["ctrl-y".into(), "f5".into()],
            place: 41,
            places: vec![56, 67],
        };
        assert_eq!(keys, [undo, copy]);
        let positions = [16, 23, 41, 56, 67].map(|at| Position::of(text, at));
        assert_eq!(positions, [place(2, 1), place(2, 8), place(4, 1), place(4, 16), place(5, 2)]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let too_many_keys = format!("[keys.typing]\nundo = [{}]", "\"f5\", ".repeat(1000));
        let too_many_commands: String = (0..2000).map(|n| format!("x{n} = []\n")).collect();
        let too_many_commands = format!("keys.browsing.y = []\n[keys.typing]\n{too_many_commands}");
        for (text, line, column, sentence) in [
            ("theme = \"drak\"", 1, 9, "Invalid value for `theme`; write \"terminal\", \"dark\","),
            ("\nmouse = \"no\"", 2, 9, "`mouse` is yes or no; write true or false."),
            ("a = 1\ntheme = 2", 1, 1, "Unknown setting: `a`; there are theme,"),
            ("thme = \"dark\"", 1, 1, "Unknown setting: `thme`; did you mean `theme`?"),
            ("separator = \"dot\"", 1, 13, "Invalid value for `separator`; write \"space\","),
            ("clipboard = \"x\"", 1, 13, "write \"auto\", \"system\", \"terminal\", \"off\"."),
            ("ascii = 1", 1, 9, "write \"auto\", \"always\", \"never\"."),
            ("theme = \"dark", 1, 14, "This is no TOML: "),
            ("theme = \"dark\"\ntheme = \"light\"", 2, 1, "This is no TOML: "),
            ("keys = 1", 1, 8, "`keys` is a table"),
            (
                "[keys]\nundo = \"z\"",
                2,
                1,
                "Unknown table of keys: `undo`; there are typing, browsing.",
            ),
            ("[keys.browsng]", 1, 7, "did you mean `browsing`?"),
            ("[keys.typing]\nundo = 3", 2, 8, "`undo` takes names of keys; write \"ctrl-y\""),
            ("é = 1", 1, 1, "This is no TOML: "),
            (&too_many_keys, 2, 1, "There are more than 1000 commands and keys; "),
            (&too_many_commands, 1002, 1, "There are more than 1000 commands and keys; "),
        ] {
            let Err((place, reason)) = read(text) else { panic!("{text} is read") };
            assert!(reason.contains(sentence), "{text}: {reason}");
            assert_eq!((place.line, place.column), (line, column), "{text}: {reason}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_much(text in "([a-z.=\\[\\]\"'\n 0-9é{},]{0,30}|\\PC{0,20}|[\\[{]{0,300})") {
            if let Err((_, reason)) = read(&text) {
                prop_assert!(reason.ends_with(['.', '?']), "{reason:?}");
                prop_assert!(!reason.contains(char::is_control), "{reason:?}");
            }
        }
    }
}
