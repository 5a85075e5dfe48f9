use serde::de::DeserializeOwned;

use super::catalog::reason_without_place;

/// Longer than any name that is meant, in bytes; what is longer is a mistake in the input.
pub(super) const LONGEST_NAME: usize = 1000;

/// Why a text from outside was not read. Lines, columns and bytes count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputError {
    /// The first byte that is no UTF-8.
    NotUtf8 { line: usize, column: usize },
    /// A name of so many bytes.
    TooLong { line: usize, bytes: usize },
    /// It begins like JSON, but is not the JSON that is wanted.
    Malformed { line: usize, column: usize, reason: String },
    /// Nothing in it names anything.
    Empty,
}

/// The text, without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, InputError> {
    let text = str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        InputError::NotUtf8 {
            line: 1 + before.iter().filter(|&&b| b == b'\n').count(),
            column: 1 + before.len() - line_start,
        }
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

pub(super) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

pub(super) fn parse_json<T: DeserializeOwned>(text: &str) -> Result<T, InputError> {
    serde_json::from_str(text).map_err(|error| InputError::Malformed {
        line: error.line(),
        column: error.column(),
        reason: reason_without_place(&error),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_that_is_no_utf_8_is_told_by_line_and_column() {
        assert_eq!(decode(b"one\ntw\xffo\n"), Err(InputError::NotUtf8 { line: 2, column: 3 }));
        assert_eq!(decode("\u{feff}one".as_bytes()), Ok("one"));
    }
}
