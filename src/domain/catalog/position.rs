use std::fmt;

use serde_saphyr::Location;

/// A place in a text. Both count from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Position {
    /// The position of a byte; the end of the text for what lies behind it.
    pub fn of(text: &str, offset: usize) -> Self {
        LineIndex::new(text).position(offset)
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

/// Turns byte offsets, which never fall, into positions. It reads the text once, however many are
/// asked for.
struct LineIndex<'t> {
    text: &'t str,
    offset: usize,
    position: Position,
}

impl<'t> LineIndex<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, offset: 0, position: Position { line: 1, column: 1 } }
    }

    /// Where the byte at `offset` stands; the end of the text for what lies behind it.
    fn position(&mut self, offset: usize) -> Position {
        let mut end = offset.clamp(self.offset, self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        for c in self.text[self.offset..end].chars() {
            if c == '\n' {
                self.position = Position { line: self.position.line + 1, column: 1 };
            } else {
                self.position.column += 1;
            }
        }
        self.offset = end;
        self.position
    }
}

/// Sorts what was found by its byte in `text`, and gives the places.
pub(super) fn in_order<T>(
    found: impl Iterator<Item = (usize, T)>,
    text: &str,
) -> impl Iterator<Item = (Position, T)> {
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|&(offset, _)| offset);
    let mut lines = LineIndex::new(text);
    found.into_iter().map(move |(offset, found)| (lines.position(offset), found))
}

/// The byte that a line and a column in bytes mean, both from 1, as `serde_json` counts.
pub(super) fn offset_of(text: &str, line: usize, column: usize) -> usize {
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
        let mut lines = LineIndex::new(text);
        let at = |line, column| Position { line, column };
        let offsets = [0, 1, 2, 5, 6, 8, 99];
        let found: Vec<_> = offsets.iter().map(|&offset| lines.position(offset)).collect();
        let expected = [at(1, 1), at(1, 1), at(1, 2), at(2, 1), at(3, 1), at(3, 2), at(3, 3)];
        assert_eq!(found, expected);
        assert_eq!(offset_of(text, 3, 3), 8);
    }
}
