use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use crate::domain::sanitize;
pub(crate) use crate::domain::{cut, head, near, near_bytes, width};

/// The most columns of one text in a pane that scrolls. No name or sentence that is meant to be
/// read comes near it.
pub const LONGEST: usize = 1 << 14;

/// The [width] in the terminal's own measure.
pub fn columns(text: &str) -> u16 {
    as_columns(width(text))
}

/// A width in the terminal's own measure, beyond which nothing can be seen anyway.
pub fn as_columns(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}

/// Returns `true` if `mark` becomes one with a letter before it.
pub fn joins(mark: &str) -> bool {
    format!("a{mark}").graphemes(true).nth(1).is_none()
}

/// `text` made safe to show and [cut](cut) to `columns`.
pub fn shown(text: &str, columns: usize) -> Cow<'_, str> {
    match sanitize(near(text, columns.saturating_add(1))) {
        Cow::Borrowed(text) => cut(text, columns),
        Cow::Owned(text) => Cow::Owned(cut(&text, columns).into_owned()),
    }
}

/// Texts made safe to show, with `between` between them, [cut](cut) to `columns`.
pub fn listed<T: AsRef<str>>(
    texts: impl IntoIterator<Item = T>,
    between: &str,
    columns: usize,
) -> String {
    let mut list = String::new();
    let mut room = columns.saturating_add(1);
    for (place, text) in texts.into_iter().enumerate() {
        if room == 0 {
            break;
        }
        let start = list.len();
        list.push_str(if place > 0 { between } else { "" });
        list.push_str(&shown(text.as_ref(), room));
        room = room.saturating_sub(width(&list[start..]));
    }
    cut(&list, columns).into_owned()
}

/// The longest end of `text` that takes at most `columns`, in whole graphemes.
pub fn tail(text: &str, columns: usize) -> &str {
    let mut taken = 0;
    let over = text.grapheme_indices(true).rev().find(|(_, grapheme)| {
        taken += width(grapheme);
        taken > columns
    });
    over.map_or(text, |(start, grapheme)| &text[start + grapheme.len()..])
}

/// The longest beginning of `text` that takes at most `columns`; a character that is wider than that
/// is taken all the same. Empty only for an empty text.
pub fn piece(text: &str, columns: usize) -> &str {
    match head(text, columns) {
        "" => near(text, 1).graphemes(true).next().unwrap_or_default(),
        head => head,
    }
}

/// `text` in [pieces](piece).
pub fn pieces(mut text: &str, columns: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    while !text.is_empty() {
        let (piece, rest) = text.split_at(piece(text, columns).len());
        pieces.push(piece);
        text = rest;
    }
    pieces
}

/// Words on lines of at most `columns`, each with what it belongs to. Only the spaces after a word may
/// stand beyond the edge; a word that is longer than a line is broken.
pub fn lay_out<'t, T: Copy>(
    words: impl IntoIterator<Item = (&'t str, T)>,
    columns: usize,
) -> Vec<Vec<(&'t str, T)>> {
    let mut lines = Vec::new();
    let mut line = Vec::new();
    let mut taken = 0;
    for (mut rest, owner) in words {
        while !rest.is_empty() {
            // No more is looked at than there is room for.
            let seen = rest.trim_end();
            let room = columns.checked_sub(taken);
            let fits = room.is_some_and(|room| head(seen, room).len() == seen.len());
            if !fits && taken > 0 {
                lines.push(std::mem::take(&mut line));
                taken = 0;
                continue;
            }
            let end = if fits { rest.len() } else { piece(rest, columns).len() };
            let (word, after) = rest.split_at(end);
            line.push((word, owner));
            taken += width(word);
            rest = after;
        }
    }
    lines.push(line);
    lines
}

/// `text` as words on lines of at most `columns`, with one space between two; a longer word is broken.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = lay_out(text.split_inclusive(' ').map(|word| (word, ())), columns);
    lines.iter().map(|line| concat(line).trim_end().to_owned()).collect()
}

/// The text of a line that was [laid out](lay_out).
pub fn concat<T>(line: &[(&str, T)]) -> String {
    line.iter().map(|(word, _)| *word).collect()
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
        let lam_and_alef = "\u{644}\u{627}";
        assert_eq!(width(lam_and_alef), 2);
        assert_eq!([head(lam_and_alef, 1), tail(lam_and_alef, 1)], ["\u{644}", "\u{627}"]);
        assert_eq!([head(lam_and_alef, 2), tail(lam_and_alef, 2)], [lam_and_alef; 2]);
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

    #[test]
    fn only_what_can_be_seen_of_a_text_is_looked_at() {
        let letter_with_marks = format!("a{}", "\u{301}".repeat(1 << 20));
        for text in ["x".repeat(1 << 20), "取".repeat(1 << 20), letter_with_marks] {
            assert!(near(&text, 10).len() <= near_bytes(10));
            let shown = shown(&text, 10);
            assert!(width(&shown) <= 10 && shown.ends_with('…'), "{}", shown.len());
        }
        let endless = std::iter::repeat("scope");
        assert_eq!(listed(endless, " ", 13), "scope scope …");
        assert_eq!(listed(["a\u{1b}", "b"], ", ", 5), "a␛, b");
        assert_eq!(listed(["取取", "b"], " ", 4), "取…");
    }
}
