mod place;

use std::fmt;
use std::str::FromStr;

pub use crossterm::event::KeyCode as Code;
use place::us_key;

use crate::domain::sanitize;

/// A key press, as far as the program tells presses apart. Terminals send the same byte for some
/// pairs of keys (Tab is Ctrl-I), and some send capitals without saying Shift, so [`Key::new`]
/// settles on one of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: Code,
    ctrl: bool,
    alt: bool,
}

/// Terminals begin their sequences with ESC and one of these: CSI, SS3, OSC, DCS and the like.
pub const SEQUENCE_STARTS: &str = "[O]PX^_";

/// The names of the keys that move.
const MOVING: [(Code, &str); 8] = [
    (Code::Up, "Up"),
    (Code::Down, "Down"),
    (Code::Left, "Left"),
    (Code::Right, "Right"),
    (Code::Home, "Home"),
    (Code::End, "End"),
    (Code::PageUp, "PgUp"),
    (Code::PageDown, "PgDn"),
];

/// The names of the others that neither type a visible character nor have a number.
const NAMES: [(Code, &str); 7] = [
    (Code::Char(' '), "Space"),
    (Code::Enter, "Enter"),
    (Code::Esc, "Esc"),
    (Code::Tab, "Tab"),
    (Code::BackTab, "Shift-Tab"),
    (Code::Backspace, "Backspace"),
    (Code::Delete, "Delete"),
];

impl Key {
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    pub const fn ctrl(c: char) -> Self {
        Self { ctrl: true, ..Self::char(c) }
    }

    pub const fn alt(c: char) -> Self {
        Self { alt: true, ..Self::char(c) }
    }

    /// The keys with these names, which have a space between two. What names no key is left out.
    pub fn named(names: &str) -> impl Iterator<Item = Self> {
        names.split_whitespace().filter_map(|name| name.parse().ok())
    }

    /// The key that was meant by a code with modifiers, whichever protocol the terminal speaks.
    /// With Ctrl or Alt a letter that is not Latin is the key at its place on a US keyboard.
    pub fn new(code: Code, ctrl: bool, alt: bool) -> Self {
        let code = match code {
            Code::Char(c) if ctrl || alt => Code::Char(us_key(c).unwrap_or(c).to_ascii_lowercase()),
            other => other,
        };
        let Code::Char(c) = code else { return Self { code, ctrl, alt } };
        let (code, ctrl) = match c {
            _ if !ctrl => (code, false),
            'h' => (Code::Backspace, false),
            'i' => (Code::Tab, false),
            'j' | 'm' => (Code::Enter, false),
            '[' => (Code::Esc, false),
            // Several keys send each of the bytes 0x1c to 0x1f, and 0.
            '7' | '/' | '-' => (Code::Char('_'), true),
            '2' | '@' => (Code::Char(' '), true),
            '4' => (Code::Char('\\'), true),
            '5' => (Code::Char(']'), true),
            '6' => (Code::Char('^'), true),
            _ => (code, true),
        };
        Self { code, ctrl, alt }
    }

    /// The same key with Alt.
    pub fn with_alt(self) -> Self {
        Self::new(self.code, self.ctrl, true)
    }

    /// The key that this one stands in for where it is bound to nothing: a letter that is not Latin for
    /// the US key at its place, and a key that moves, with Alt, for the key alone, since terminals send
    /// it where Alt is pressed for something else.
    pub fn stand_in(self) -> Option<Self> {
        match (self.ctrl, self.alt, self.code) {
            (false, false, Code::Char(c)) => us_key(c).map(Self::char),
            (false, true, code) if MOVING.iter().any(|(moving, _)| *moving == code) => {
                Some(Self::plain(code))
            }
            _ => None,
        }
    }

    pub const fn code(self) -> Code {
        self.code
    }

    /// The character that this press types, if it types one.
    pub const fn typed(self) -> Option<char> {
        match (self.ctrl, self.alt, self.code) {
            (false, false, Code::Char(c)) => Some(c),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.ctrl { "Ctrl-" } else { "" })?;
        f.write_str(if self.alt { "Alt-" } else { "" })?;
        let named = MOVING.iter().chain(&NAMES).find(|(code, _)| *code == self.code);
        match (self.code, named) {
            (_, Some((_, name))) => f.write_str(name),
            (Code::Char(c), None) if !self.ctrl && !self.alt => write!(f, "{c}"),
            (Code::Char(c), None) => write!(f, "{}", c.to_ascii_uppercase()),
            (Code::F(number), None) => write!(f, "F{number}"),
            (other, None) => write!(f, "{other:?}"),
        }
    }
}

/// Reads what [`Display`](fmt::Display) writes, whatever the case of the names.
impl FromStr for Key {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (mut name, mut ctrl, mut alt) = (text, false, false);
        while let Some((modifier, rest)) = name.split_once('-').filter(|(_, key)| !key.is_empty()) {
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" if !ctrl => ctrl = true,
                "alt" if !alt => alt = true,
                _ => break,
            }
            name = rest;
        }
        Ok(Self::new(code_named(name).ok_or(())?, ctrl, alt))
    }
}

fn code_named(name: &str) -> Option<Code> {
    let mut chars = name.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        return is_on_a_keyboard(only).then_some(Code::Char(only));
    }
    let named = MOVING.iter().chain(&NAMES).find(|(_, known)| known.eq_ignore_ascii_case(name));
    let function = || Some(Code::F(function_number(name.strip_prefix(['f', 'F'])?)?));
    named.map(|&(code, _)| code).or_else(function)
}

/// Returns `true` if a key press can send this character. Others reach the program as other keys, or not at
/// all.
fn is_on_a_keyboard(c: char) -> bool {
    let text = c.to_string();
    c != char::REPLACEMENT_CHARACTER && sanitize(&text) == text
}

/// From 1 to 35, as far as terminals have names for them.
fn function_number(digits: &str) -> Option<u8> {
    let number: u8 = digits.parse().ok()?;
    ((1..=35).contains(&number) && number.to_string() == digits).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::BINDINGS;
    use crate::app::keymap::EDITS;

    #[test]
    fn every_key_of_the_tables_is_written_as_it_is_named() {
        let names = BINDINGS.iter().flat_map(|binding| [binding.typing, binding.browsing]);
        for names in names.chain(EDITS.iter().map(|(names, _)| *names)) {
            let keys: Vec<_> = Key::named(names).map(|key| key.to_string()).collect();
            assert_eq!(keys.join(" "), names);
        }
    }

    #[test]
    fn a_byte_that_two_keys_send_is_one_key() {
        for (c, code) in [
            ('h', Code::Backspace),
            ('i', Code::Tab),
            ('j', Code::Enter),
            ('M', Code::Enter),
            ('[', Code::Esc),
        ] {
            assert_eq!(Key::new(Code::Char(c), true, false), Key::plain(code), "Ctrl-{c}");
        }
        assert_eq!(Key::new(Code::Char('7'), true, false), Key::ctrl('_'));
        for (one, other) in [('@', ' '), ('2', ' '), ('4', '\\'), ('5', ']'), ('6', '^')] {
            assert_eq!(Key::new(Code::Char(one), true, false), Key::ctrl(other), "Ctrl-{one}");
        }
        assert_eq!(Key::new(Code::Char('Y'), true, false), Key::ctrl('y'), "sent with Shift");
    }

    #[test]
    fn with_ctrl_or_alt_a_letter_goes_by_its_place_where_it_is_not_latin() {
        assert_eq!(Key::new(Code::Char('с'), true, false), Key::ctrl('c'));
        assert_eq!(Key::new(Code::Char('Ф'), false, true), Key::alt('a'));
        assert_eq!(Key::new(Code::Char('р'), true, false), Key::plain(Code::Backspace));
        assert_eq!(Key::new(Code::Char('с'), false, false), Key::char('с'), "it types itself");
    }

    #[test]
    fn a_capital_is_its_own_key_while_nothing_else_is_held() {
        assert_ne!(Key::new(Code::Char('Y'), false, false), Key::char('y'));
    }

    #[test]
    fn what_names_no_key_is_refused() {
        let unpressable =
            ["f0", "f36", "f255", "f+5", "f05", "\u{1}", "\t", "ctrl-\u{3}", "\u{7f}"];
        let invisible = ["\u{9b}", "\u{202e}", "alt-\u{fffd}", "ctrl-ctrl-y"];
        let misspelt = ["", "ctrl-", "shift", "fx", "alt-entre"];
        for text in [&unpressable[..], &invisible, &misspelt].concat() {
            assert_eq!(text.parse::<Key>(), Err(()), "{text}");
        }
    }
}
