use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::start_of;

/// The most columns of the terminal that a column of a text table takes, so that one long text does
/// not make every row long.
pub const WIDEST: usize = 60;

/// More than characters take on average for each of their columns, marks and joiners included.
const BYTES_A_COLUMN: usize = 16;

/// Returns the columns of a painted text, which is painted grapheme by grapheme.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The beginning of `text` that is enough to fill so many columns, whatever its length: what is
/// not seen is not looked at.
pub fn near(text: &str, columns: usize) -> &str {
    let enough = columns.saturating_add(1);
    match text.as_bytes().get(..enough) {
        Some(bytes) if bytes.is_ascii() => &text[..enough],
        Some(_) => start_of(text, near_bytes(columns)),
        None => text,
    }
}

/// Returns a number of bytes that fills so many columns, whatever the text.
pub const fn near_bytes(columns: usize) -> usize {
    columns.saturating_add(1).saturating_mul(BYTES_A_COLUMN)
}

/// `text` in at most `columns`, its end given up for an ellipsis where it is longer.
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if head(text, columns).len() == text.len() {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(1) else {
        return Cow::Borrowed("");
    };
    Cow::Owned(format!("{}…", head(text, room)))
}

/// The longest beginning of `text` that takes at most `columns`, in whole graphemes.
pub fn head(text: &str, columns: usize) -> &str {
    match text.as_bytes().get(..=columns) {
        // No grapheme takes more columns than bytes.
        None => text,
        Some(bytes) if bytes.is_ascii() => &text[..columns],
        Some(_) => {
            let (near, mut taken) = (near(text, columns), 0);
            let mut graphemes = near.grapheme_indices(true);
            let over = graphemes.find(|(_, grapheme)| {
                taken += width(grapheme);
                taken > columns
            });
            over.map_or(near, |(start, _)| &near[..start])
        }
    }
}
