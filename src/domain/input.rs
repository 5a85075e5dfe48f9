use std::borrow::Cow;

use serde::de::DeserializeOwned;
use thiserror::Error;

use super::catalog::reason_without_place;
use super::{Position, excerpt};

/// Why a text from outside was not read, as a sentence that lacks where, and what to give instead.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum InputError {
    /// The first byte that is no UTF-8.
    #[error("This byte is not valid UTF-8")]
    NotUtf8(Position),
    /// It is UTF-16 by its first bytes, and breaks off or has half a character.
    #[error("The text is UTF-16 and breaks off")]
    NotUtf16,
    /// It begins like JSON, but is not the JSON that is wanted.
    #[error("{}", excerpt(.reason))]
    Malformed { place: Position, reason: String },
    /// Nothing in it names anything.
    #[error("Nothing is named")]
    Empty,
}

impl InputError {
    pub fn place(&self) -> Option<Position> {
        match self {
            Self::NotUtf8(place) | Self::Malformed { place, .. } => Some(*place),
            Self::NotUtf16 | Self::Empty => None,
        }
    }
}

/// The text, without a byte order mark. UTF-16 is recognised by its mark, or by the zero bytes
/// between ASCII letters.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, InputError> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => decode_utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => decode_utf16(rest, u16::from_be_bytes),
        _ if is_zero_at_every(bytes, 1) => decode_utf16(bytes, u16::from_le_bytes),
        _ if is_zero_at_every(bytes, 0) => decode_utf16(bytes, u16::from_be_bytes),
        _ => decode_utf8(bytes).map(Cow::Borrowed),
    }
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, InputError> {
    let (pairs, []) = bytes.as_chunks() else { return Err(InputError::NotUtf16) };
    let text: Result<String, _> = char::decode_utf16(pairs.iter().copied().map(unit)).collect();
    text.map(Cow::Owned).map_err(|_| InputError::NotUtf16)
}

/// The pairs of bytes that tell UTF-16. Behind them may be characters of any script.
const FIRST_PAIRS: usize = 8;

/// Returns `true` if, in each of the first pairs of bytes, the one at `place` is zero and the other is not. A
/// list of one-letter names that end with NUL looks the same, so some letters have to be adjacent.
fn is_zero_at_every(bytes: &[u8], place: usize) -> bool {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let is_ascii = |pair: &[u8; 2]| pair[place] == 0 && pair[1 - place] != 0;
    let is_letter = |pair: &[u8; 2]| is_ascii(pair) && pair[1 - place].is_ascii_alphanumeric();
    rest.is_empty()
        && pairs.iter().take(FIRST_PAIRS).all(is_ascii)
        && pairs.windows(3).any(|run| run.iter().all(is_letter))
}

fn decode_utf8(bytes: &[u8]) -> Result<&str, InputError> {
    let text = str::from_utf8(bytes).map_err(|error| {
        let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        InputError::NotUtf8(Position::of(without_mark(&before), before.len()))
    })?;
    Ok(without_mark(text))
}

/// Where a line may end. No comment goes on behind one of these.
pub(super) const LINE_BREAKS: [char; 7] =
    ['\n', '\0', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// Characters without a width that chats and wikis put beside words and within them. Those that join letters are none
/// of them.
pub const INVISIBLE: [char; 6] =
    ['\u{ad}', '\u{200b}', '\u{200e}', '\u{200f}', '\u{2060}', '\u{feff}'];

/// The text with a line feed at the end of each line, however they end. Some terminals paste lines with a
/// carriage return alone.
pub fn with_line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

pub(super) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

pub(super) fn parse_json<T: DeserializeOwned>(text: &str) -> Result<T, InputError> {
    serde_json::from_str(text).map_err(|error| {
        let place = Position::of_json(text, &error);
        InputError::Malformed { place, reason: reason_without_place(&error) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_that_is_no_utf_8_is_told_by_line_and_column() {
        let not_utf8 = |line, column| Err(InputError::NotUtf8(Position { line, column }));
        assert_eq!(decode(b"one\ntw\xffo\n"), not_utf8(2, 3));
        assert_eq!(decode(b"\xc3\xa4\xff"), not_utf8(1, 2));
        let error = parse_json::<Vec<String>>("[\"\u{e4}\u{f6}\", 1]").expect_err("no text");
        let place = Position { line: 1, column: 8 };
        assert!(
            matches!(&error, InputError::Malformed { place: at, .. } if *at == place),
            "{error:?}"
        );
        assert_eq!(decode("\u{feff}one".as_bytes()), Ok("one".into()));
    }

    #[test]
    fn utf_16_is_read_with_and_without_its_mark() {
        let bytes = |unit: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
            let text = format!("{mark}deals:read\r\na");
            text.encode_utf16().flat_map(unit).collect()
        };
        for mark in ["", "\u{feff}"] {
            for unit in [u16::to_le_bytes, u16::to_be_bytes] {
                assert_eq!(decode(&bytes(unit, mark)), Ok("deals:read\r\na".into()), "{mark:?}");
            }
        }
        let text = "title: T\u{2019}s \u{65e5}";
        let unmarked: Vec<_> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&unmarked), Ok(text.into()), "letters tell it, whatever follows");
        assert_eq!(decode(b"\xff\xfea"), Err(InputError::NotUtf16));
        assert_eq!(decode(b"\xff\xfe\x00\xd8"), Err(InputError::NotUtf16));
        assert_eq!(decode(b"a\0b\0"), Ok("a\0b\0".into()), "names that end with a NUL");
    }
}
