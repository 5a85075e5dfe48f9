use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The most columns of the terminal that a column of a text table takes, so that one long text does
/// not make every row long.
pub const WIDEST: usize = 60;

/// Between two columns.
const GAP: usize = 2;

/// Stands for the rest of a word that is wider than its column.
const CUT: &str = "…";

/// The columns of a text table, each as wide as its widest text, and at most 60 columns of the terminal.
///
/// A longer text continues below in its column, word by word. What is wider than a column by itself is
/// cut and marked, but for an id, which may be copied, and for the last text of a row, beside which
/// nothing stands: these are whole.
pub struct Columns<const COUNT: usize> {
    widths: [usize; COUNT],
    id: usize,
}

/// A text on a line, with the spaces after it.
pub type Padded<'t> = (Cow<'t, str>, usize);

impl<const COUNT: usize> Columns<COUNT> {
    /// For these rows, which have an id in the column `id`.
    pub fn of<'t>(rows: impl IntoIterator<Item = [&'t str; COUNT]>, id: usize) -> Self {
        let mut widths = [0; COUNT];
        for row in rows {
            for (width, text) in widths.iter_mut().zip(row) {
                *width = text.width().min(WIDEST).max(*width);
            }
        }
        Self { widths, id }
    }

    /// The lines of a row: the texts of a line, each in the column of its place. Nothing trails.
    pub fn lines<'t>(&self, row: [&'t str; COUNT]) -> Vec<Vec<Padded<'t>>> {
        let last = row.iter().rposition(|text| !text.is_empty()).unwrap_or(0);
        let lines = |(column, text)| {
            if column == self.id || column == last {
                vec![Cow::Borrowed(text)]
            } else {
                wrapped(text)
            }
        };
        let cells: Vec<_> = row.into_iter().enumerate().take(last + 1).map(lines).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        (0..height).map(|line| self.line(&cells, line)).collect()
    }

    fn line<'t>(&self, cells: &[Vec<Cow<'t, str>>], line: usize) -> Vec<Padded<'t>> {
        let texts = cells.iter().map(|cell| cell.get(line).cloned().unwrap_or_default());
        let mut texts: Vec<_> = texts.collect();
        let last = texts.iter().rposition(|text| !text.is_empty()).unwrap_or(0);
        texts.truncate(last + 1);
        let padded = |(column, text): (usize, Cow<'t, str>)| {
            let gap = self.widths[column].saturating_sub(text.width()) + GAP;
            (text, if column == last { 0 } else { gap })
        };
        texts.into_iter().enumerate().map(padded).collect()
    }
}

/// `text` as lines of at most [`WIDEST`] columns, broken between words.
fn wrapped(text: &str) -> Vec<Cow<'_, str>> {
    if text.width() <= WIDEST {
        return vec![Cow::Borrowed(text)];
    }
    let mut lines = Vec::new();
    let (mut line, mut taken) = (String::new(), 0);
    for word in text.split(' ') {
        let word = cut(word, WIDEST);
        let width = word.width();
        if !line.is_empty() && taken + 1 + width > WIDEST {
            lines.push(Cow::Owned(std::mem::take(&mut line)));
            taken = 0;
        } else if !line.is_empty() {
            line.push(' ');
            taken += 1;
        }
        line.push_str(&word);
        taken += width;
    }
    lines.push(Cow::Owned(line));
    lines
}

/// `text` in at most so many columns, its end given up for a mark if it is wider.
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    let (mut taken, mut end) = (0, 0);
    for (start, grapheme) in text.grapheme_indices(true) {
        taken += grapheme.width();
        if taken > columns {
            return Cow::Owned(format!("{}{CUT}", &text[..end]));
        }
        if taken + CUT.width() <= columns {
            end = start + grapheme.len();
        }
    }
    Cow::Borrowed(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn laid_out(rows: &[[&str; 3]]) -> String {
        let columns = Columns::of(rows.iter().copied(), 0);
        let lines = rows.iter().flat_map(|row| columns.lines(*row));
        let text = |line: Vec<Padded<'_>>| {
            let texts = line.into_iter().map(|(text, gap)| format!("{text}{}", " ".repeat(gap)));
            texts.collect::<String>() + "\n"
        };
        lines.map(text).collect()
    }

    #[test]
    fn columns_stand_under_each_other_and_nothing_trails() {
        assert_eq!(
            laid_out(&[["x_a", "取引", "r w"], ["x_long", "A", ""], ["", "", ""]]),
            "x_a     取引  r w\nx_long  A\n\n"
        );
    }

    #[test]
    fn a_long_text_continues_below_and_a_long_word_is_cut_with_a_mark() {
        let words = ["abcdefghi"; 7].join(" ");
        let word = "取".repeat(31);
        assert_eq!(
            laid_out(&[["x_a", &words, "r"], ["x_b", &word, "r"]]),
            format!(
                "x_a  {}   r\n     abcdefghi\nx_b  {}…   r\n",
                ["abcdefghi"; 6].join(" "),
                "取".repeat(29)
            )
        );
    }

    #[test]
    fn an_id_and_what_comes_last_are_whole() {
        let long = "x".repeat(70_000);
        assert_eq!(
            laid_out(&[[&long, "A", &long], ["x_a", "A", "r"]]),
            format!("{long}  A  {long}\nx_a{}A  r\n", " ".repeat(WIDEST - 1))
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
    }
}
