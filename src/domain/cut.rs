use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The most columns of the terminal that a column of a text table takes, so that one long text does
/// not make every row long.
pub const WIDEST: usize = 60;

/// Stands for the rest of a word that is wider than its column.
const CUT: &str = "…";

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
