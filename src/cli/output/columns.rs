use std::borrow::Cow;
use std::ops::Range;

use crate::domain::{WIDEST, cut, width};

/// Between two columns.
const GAP: usize = 2;

/// Before the columns that continue a row on the next line.
const INDENT: usize = 4;

/// The room beside the other columns in which the last one, if it is wider, is still readable.
const LEAST_ROOM: usize = 20;

/// The columns of a text table, each as wide as its widest text, and at most [`WIDEST`].
///
/// A longer text continues below in its column, word by word. A word that is wider than a column can be
/// is cut and marked, except in an id, which may be copied, and in the last text of a row, beside which
/// nothing stands.
///
/// No line of words is wider than the room. Columns that do not fit beside the others continue the row
/// on the next line, indented. In a file, where room has no limit, a row that begins with an id is one
/// line, so that each line is read back as its id.
pub struct Columns {
    widths: Vec<usize>,
    /// The column of the ids.
    id: usize,
    room: usize,
    /// The columns that stand side by side.
    bands: Vec<Range<usize>>,
}

/// A text on a line: the spaces before it, its column, and itself.
pub type Piece<'t> = (usize, usize, Cow<'t, str>);

impl Columns {
    /// For these rows, which have an id in the column `id`, in so many columns of the terminal.
    pub fn of<'t>(rows: impl IntoIterator<Item = Vec<&'t str>>, id: usize, room: usize) -> Self {
        let widest = WIDEST.min(room.saturating_sub(INDENT));
        let mut widths = Vec::new();
        for row in rows {
            widths.resize(row.len(), 0);
            for (column, text) in widths.iter_mut().zip(row) {
                *column = width(text).min(widest).max(*column);
            }
        }
        let bands = bands(&widths, room);
        Self { widths, id, room, bands }
    }

    /// The lines of a row. Nothing trails.
    pub fn lines<'t>(&self, row: &[&'t str]) -> Vec<Vec<Piece<'t>>> {
        let last = row.iter().rposition(|text| !text.is_empty()).unwrap_or(0);
        let mut lines = Vec::new();
        for (place, band) in self.bands.iter().enumerate() {
            let indent = if place == 0 { 0 } else { INDENT };
            let mut before = indent;
            let mut cells = Vec::new();
            for column in band.clone() {
                let text = row[column];
                cells.push(if column == self.id {
                    vec![Cow::Borrowed(text)]
                } else if column == last {
                    wrapped(text, self.room.saturating_sub(before).max(LEAST_ROOM), usize::MAX)
                } else if self.id == 0 && self.room == usize::MAX {
                    let words: Vec<_> = text.split(' ').map(|word| cut(word, WIDEST)).collect();
                    vec![Cow::Owned(words.join(" "))]
                } else {
                    wrapped(text, self.widths[column], WIDEST)
                });
                before += self.widths[column] + GAP;
            }
            let height = cells.iter().map(Vec::len).max().unwrap_or(0);
            for line in 0..height {
                let (mut pieces, mut spaces) = (Vec::new(), indent);
                for (column, cell) in band.clone().zip(&cells) {
                    let text = cell.get(line).cloned().unwrap_or_default();
                    let after = self.widths[column].saturating_sub(width(&text)) + GAP;
                    if text.is_empty() {
                        spaces += after;
                    } else {
                        pieces.push((std::mem::replace(&mut spaces, after), column, text));
                    }
                }
                if place == 0 || !pieces.is_empty() {
                    lines.push(pieces);
                }
            }
        }
        lines
    }
}

/// As many columns side by side as the room allows.
fn bands(widths: &[usize], room: usize) -> Vec<Range<usize>> {
    let mut bands = Vec::new();
    let (mut start, mut taken) = (0, 0);
    for (column, &width) in widths.iter().enumerate() {
        let is_last = column + 1 == widths.len();
        let needed = if is_last { width.min(LEAST_ROOM) } else { width };
        if column > start && taken + needed > room {
            bands.push(start..column);
            (start, taken) = (column, INDENT);
        }
        taken += width + GAP;
    }
    bands.push(start..widths.len());
    bands
}

/// `text` as lines of at most so many columns, broken between words. A word that is wider than
/// `longest_word` is cut.
fn wrapped(text: &str, columns: usize, longest_word: usize) -> Vec<Cow<'_, str>> {
    if width(text) <= columns {
        return vec![Cow::Borrowed(text)];
    }
    let mut lines: Vec<Cow<'_, str>> = Vec::new();
    for word in text.split(' ').map(|word| cut(word, longest_word)) {
        match lines.last_mut() {
            Some(line) if line.is_empty() => *line = word,
            Some(line) if width(line) + 1 + width(&word) <= columns => {
                *line += " ";
                *line += word;
            }
            _ => lines.push(word),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn laid_out_in(room: usize, rows: &[[&str; 3]]) -> String {
        let columns = Columns::of(rows.iter().map(|row| row.to_vec()), 0, room);
        let lines = rows.iter().flat_map(|row| columns.lines(row));
        let text = |line: Vec<Piece<'_>>| {
            let pieces =
                line.into_iter().map(|(spaces, _, text)| format!("{}{text}", " ".repeat(spaces)));
            pieces.collect::<String>() + "\n"
        };
        lines.map(text).collect()
    }

    fn laid_out(rows: &[[&str; 3]]) -> String {
        laid_out_in(usize::MAX, rows)
    }

    #[test]
    fn columns_stand_under_each_other_and_nothing_trails() {
        assert_eq!(
            laid_out(&[["x_a", "取引", "r w"], ["x_long", "A", ""], ["", "", ""]]),
            "x_a     取引  r w\nx_long  A\n\n"
        );
        // Terminals show each letter in a cell of its own, ligatures too.
        assert_eq!(laid_out(&[["لا", "A", "r"], ["x_a", "A", "r"]]), "لا   A  r\nx_a  A  r\n");
    }

    #[test]
    fn a_long_text_continues_below_and_a_long_word_is_cut_with_a_mark() {
        let words = ["abcdefghi"; 7].join(" ");
        let word = "取".repeat(31);
        assert_eq!(
            laid_out_in(1_000, &[["x_a", &words, "r"], ["x_b", &word, "r"]]),
            format!(
                "x_a  {}   r\n     abcdefghi\nx_b  {}…   r\n",
                ["abcdefghi"; 6].join(" "),
                "取".repeat(29)
            )
        );
    }

    #[test]
    fn in_a_file_each_row_that_begins_with_an_id_is_a_line() {
        let words = ["word"; 20].join(" ");
        assert_eq!(laid_out(&[["x_a", &words, "r"]]), format!("x_a  {words}  r\n"));
    }

    #[test]
    fn an_id_and_what_comes_last_are_whole() {
        let long = "x".repeat(70_000);
        assert_eq!(
            laid_out(&[[&long, "A", &long], ["x_a", "A", "r"]]),
            format!("{long}  A  {long}\nx_a{}A  r\n", " ".repeat(WIDEST - 1))
        );
    }

    #[test]
    fn columns_that_do_not_fit_continue_on_the_next_line() {
        let rows = [["x_action", "A label of words", "r"], ["x_b", "B", "r or w or all"]];
        assert_eq!(
            laid_out_in(28, &rows),
            "x_action  A label of words\n    r\nx_b       B\n    r or w or all\n"
        );
        assert_eq!(
            laid_out_in(60, &[["x_a", "A", &["word"; 12].join(" ")]]),
            format!("x_a  A  {}\n        word word\n", ["word"; 10].join(" ")),
        );
    }

    proptest! {
        #[test]
        fn what_is_laid_out_is_a_multiple_of_what_there_is(
            rows in prop::collection::vec(prop::array::uniform3("([a-z取 ]{0,9}|[a-z]{0,300})"), 1..40),
        ) {
            let bytes: usize = rows.iter().flatten().map(String::len).sum();
            let rows: Vec<[&str; 3]> =
                rows.iter().map(|row| row.each_ref().map(String::as_str)).collect();
            prop_assert!(laid_out(&rows).len() <= 8 * bytes + rows.len() * 2 * (WIDEST + GAP) + rows.len());
        }

        #[test]
        fn no_line_of_words_is_wider_than_the_room(
            rows in prop::collection::vec(prop::array::uniform3("[a-z]{1,9}( [a-z]{1,9}){0,12}"), 1..20),
            room in 30_usize..200,
        ) {
            let rows: Vec<[&str; 3]> =
                rows.iter().map(|[_, one, two]| ["x_id", one.as_str(), two.as_str()]).collect();
            for line in laid_out_in(room, &rows).lines() {
                prop_assert!(width(line) <= room, "{line}");
            }
        }
    }
}
