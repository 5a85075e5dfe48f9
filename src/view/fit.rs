use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many columns `text` takes when it is painted, which is done grapheme by grapheme.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    if text.chars().nth(1).is_none() {
        return UnicodeWidthStr::width(text);
    }
    let (plain, rest) = text.split_at(plain(text));
    plain.len() + rest.graphemes(true).map(UnicodeWidthStr::width).sum::<usize>()
}

/// How many bytes at the beginning of a text are characters of one column each, as nearly all are:
/// ASCII, but for the last before a mark that may belong to it.
pub fn plain(text: &str) -> usize {
    // Looks at several bytes at a time, unlike a search for the first.
    if text.is_ascii() {
        return text.len();
    }
    let ascii = text.bytes().take_while(u8::is_ascii).count();
    ascii.saturating_sub(1)
}

/// The same in the terminal's own measure.
pub fn columns(text: &str) -> u16 {
    as_columns(width(text))
}

/// A width in the terminal's own measure, beyond which nothing can be seen anyway.
pub fn as_columns(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}

/// Whether `mark` becomes one with a letter before it.
pub fn joins(mark: &str) -> bool {
    format!("a{mark}").graphemes(true).nth(1).is_none()
}

/// `text` in at most `columns`, its end given up for an ellipsis where it is longer.
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if text.len() <= columns || width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(1) else {
        return Cow::Borrowed("");
    };
    Cow::Owned(format!("{}…", head(text, room)))
}

/// The longest beginning of `text` that takes at most `columns`, never less than whole characters
/// as a reader sees them.
pub fn head(text: &str, columns: usize) -> &str {
    // No character takes more columns than bytes.
    if text.len() <= columns {
        return text;
    }
    let plain = plain(text);
    if columns <= plain {
        return &text[..columns];
    }
    let mut taken = plain;
    for (start, grapheme) in text[plain..].grapheme_indices(true) {
        taken += width(grapheme);
        if taken > columns {
            return &text[..plain + start];
        }
    }
    text
}

/// The first of a text's characters as a reader sees them.
pub fn first(text: &str) -> &str {
    text.graphemes(true).next().unwrap_or_default()
}

/// What of a text is behind its first `hidden` columns, which are counted down by what was passed
/// over.
pub fn after<'t>(text: &'t str, hidden: &mut u16) -> &'t str {
    let (passed, rest) = text.split_at(head(text, usize::from(*hidden)).len());
    *hidden -= columns(passed).min(*hidden);
    rest
}

/// `text` in pieces of at most `columns`, none of them empty. A character that is wider than
/// `columns` is a piece of its own.
pub fn pieces(mut text: &str, columns: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    while !text.is_empty() {
        let mut end = head(text, columns).len();
        if end == 0 {
            end = first(text).len();
        }
        let (piece, rest) = text.split_at(end);
        pieces.push(piece);
        text = rest;
    }
    pieces
}

/// `text` as words on lines of at most `columns`; a longer word is broken.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        for piece in pieces(word, columns) {
            let gap = usize::from(!line.is_empty());
            if gap > 0 && width(&line) + gap + width(piece) > columns {
                lines.push(std::mem::take(&mut line));
            } else if gap > 0 {
                line.push(' ');
            }
            line.push_str(piece);
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_text_never_takes_more_than_its_columns() {
        for text in
            ["List Deals", "取引を一覧表示", "e\u{301}e\u{301}e\u{301}", "👩\u{200d}🔧👩\u{200d}🔧"]
        {
            for columns in 0..12 {
                assert!(width(&cut(text, columns)) <= columns, "{text} in {columns}");
            }
        }
        assert_eq!(cut("List Deals", 6), "List …");
        assert_eq!(cut("取引を一覧", 6), "取引…", "half a wide character is not shown");
    }

    #[test]
    fn letters_that_some_fonts_join_take_the_columns_that_painting_gives_them() {
        assert_eq!(width("\u{644}\u{627}"), 2, "lam and alef");
    }

    #[test]
    fn pieces_make_up_the_whole_text_at_any_width() {
        for columns in 0..9 {
            assert_eq!(
                pieces("https://取引.example/deals", columns).concat(),
                "https://取引.example/deals"
            );
        }
        assert_eq!(pieces("abcde", 2), ["ab", "cd", "e"]);
    }

    #[test]
    fn words_stay_whole_where_they_fit() {
        assert_eq!(wrap("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrap("extraordinary", 5), ["extra", "ordin", "ary"]);
        assert_eq!(wrap("", 5), [""]);
    }
}
