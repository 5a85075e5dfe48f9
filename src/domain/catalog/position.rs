use std::fmt;

use serde_saphyr::Location;

use crate::domain::start_of;

/// A place in a text. Both count from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Position {
    pub(super) const START: Self = Self { line: 1, column: 1 };

    /// The position of a byte; the end of the text for what lies behind it.
    pub fn of(text: &str, offset: usize) -> Self {
        Self::START.behind(start_of(text, offset))
    }

    /// The position behind a text that begins here.
    fn behind(self, text: &str) -> Self {
        text.chars().fold(self, |Self { line, column }, c| match c {
            '\n' => Self { line: line + 1, column: 1 },
            _ => Self { line, column: column + 1 },
        })
    }

    /// Where a JSON text is wrong.
    pub fn of_json(text: &str, error: &serde_json::Error) -> Self {
        Self::of(text, offset_of(text, error.line(), error.column()))
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// A place in a YAML text.
impl From<Location> for Position {
    fn from(place: Location) -> Self {
        let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        Self { line: number(place.line()), column: number(place.column()) }
    }
}

/// Sorts what was found by its byte in `text`, and gives the places. It reads the text once.
pub(super) fn in_order<T>(
    found: impl Iterator<Item = (usize, T)>,
    text: &str,
) -> impl Iterator<Item = (Position, T)> {
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|&(offset, _)| offset);
    let (mut start, mut position) = (0, Position::START);
    found.into_iter().map(move |(offset, found)| {
        let end = start_of(text, offset).len();
        position = position.behind(&text[start..end]);
        start = end;
        (position, found)
    })
}

/// The byte that a line and a column in bytes mean, both from 1, as `serde_json` counts.
pub(in crate::domain) fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let newlines = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
    let start = match line.checked_sub(2) {
        None => 0,
        Some(nth) => newlines.map(|(at, _)| at + 1).nth(nth).unwrap_or(text.len()),
    };
    (start + column.saturating_sub(1)).min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_what_is_behind_the_end_is_the_end() {
        let text = "äb\r\n\nöx";
        let at = |line, column| Position { line, column };
        let offsets = [0, 1, 2, 5, 6, 8, 99];
        let found = in_order(offsets.iter().map(|&offset| (offset, ())), text);
        let found: Vec<_> = found.map(|(place, ())| place).collect();
        let expected = [at(1, 1), at(1, 1), at(1, 2), at(2, 1), at(3, 1), at(3, 2), at(3, 3)];
        assert_eq!(found, expected);
        assert_eq!(offsets.map(|offset| Position::of(text, offset)), expected);
        assert_eq!(offset_of(text, 3, 3), 8);
    }
}
