use ratatui::buffer::{Buffer, CellDiffOption};
use unicode_width::UnicodeWidthChar;

use super::fit;

/// Which characters a terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Glyphs {
    #[default]
    Unicode,
    /// Those in the font of the Linux console, which is IBM's code page 437.
    Console,
    Ascii,
}

/// Every character of the screen's own that is not ASCII: what stands for it, and whether the
/// Linux console has it. All of them take one column.
const TABLE: &[(&str, &str, bool)] = &[
    ("─", "-", true),
    ("│", "|", true),
    ("▌", ">", true),
    ("•", "*", true),
    ("…", "%", false),
    ("✓", "+", false),
    ("␣", "\\", false),
    ("↵", "$", false),
];

/// Stands in every column of a character that cannot be shown.
const UNKNOWN: &str = "?";

impl Glyphs {
    /// Replaces what the terminal cannot show. Every column keeps its place.
    pub fn limit(self, buffer: &mut Buffer) {
        if self == Self::Unicode {
            return;
        }
        for at in 0..buffer.content.len() {
            let symbol = buffer.content[at].symbol();
            if symbol.is_ascii() {
                continue;
            }
            let columns = fit::width(symbol).max(1);
            if let Some(shown) = self.instead_of(symbol) {
                for cell in buffer.content.iter_mut().skip(at).take(columns) {
                    cell.set_symbol(shown).set_diff_option(CellDiffOption::None);
                }
            }
        }
    }

    /// `None` if the symbol can stay.
    fn instead_of(self, symbol: &str) -> Option<&'static str> {
        let own = TABLE.iter().find(|(own, _, _)| *own == symbol);
        match (self, own) {
            (Self::Unicode, _) | (Self::Console, Some((_, _, true)) | None) => None,
            (Self::Console | Self::Ascii, Some((_, shown, _))) => Some(shown),
            (Self::Ascii, None) => Some(UNKNOWN),
        }
    }
}

/// Turns a sequence of characters that takes `columns` into symbols whose width no terminal disputes,
/// each with its columns.
///
/// Some terminals show a sequence as one, some add its characters up. Where that comes to the same,
/// each column gets its part, so that it can be wiped out by itself; where it does not, as with an
/// emoji spelt with joiners, only the first character is shown.
pub fn settled(sequence: &str, columns: usize) -> Vec<(String, usize)> {
    let parts = parts(sequence);
    if parts.iter().map(|(_, columns)| columns).sum::<usize>() == columns {
        return parts;
    }
    match parts.first() {
        Some((part, width)) if (1..=columns).contains(width) => {
            vec![(part.chars().take(1).collect(), *width)]
        }
        Some(_) | None => vec![(UNKNOWN.to_owned(), 1)],
    }
}

/// Each character that takes columns, with the marks that take none after it. What only selects another picture of
/// a character or joins it to the next is left out: terminals differ in whether it makes it wider.
fn parts(symbol: &str) -> Vec<(String, usize)> {
    let mut parts: Vec<(String, usize)> = Vec::new();
    for character in symbol.chars().filter(|c| !matches!(c, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}')) {
        let width = character.width().unwrap_or(0);
        match parts.last_mut() {
            Some((part, _)) if width == 0 => part.push(character),
            Some(_) | None => parts.push((character.into(), width)),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::marks;
    use crate::view::print::Print;
    use ratatui::layout::Rect;
    use ratatui::style::Style;
    use unicode_width::UnicodeWidthStr;

    fn cells(glyphs: Glyphs, text: &str) -> Vec<String> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, fit::columns(text), 1));
        buffer.print((0, 0), text, buffer.area.width, Style::new());
        glyphs.limit(&mut buffer);
        buffer.content.iter().map(|cell| cell.symbol().to_owned()).collect()
    }

    fn limited(glyphs: Glyphs, text: &str) -> String {
        cells(glyphs, text).concat()
    }

    #[test]
    fn every_column_keeps_its_place_in_ascii() {
        assert_eq!(limited(Glyphs::Ascii, "▌[x] 取引 x"), ">[x] ???? x");
        assert_eq!(limited(Glyphs::Ascii, "a…✓e\u{301}─│␣↵•"), "a%+?-|\\$*");
        assert_eq!(limited(Glyphs::Ascii, "👩\u{200d}🔧|"), "??|");
    }

    #[test]
    fn what_terminals_give_different_widths_is_shown_by_its_first_character() {
        assert_eq!(limited(Glyphs::Unicode, "👩\u{200d}🔧|"), "👩|");
        assert_eq!(
            limited(Glyphs::Unicode, "क्\u{200d}ष|"),
            "क्ष|",
            "tmux draws the joiner elsewhere"
        );
        assert_eq!(limited(Glyphs::Unicode, "👍\u{1f3fd}|☺\u{fe0f}|"), "👍|☺ |");
        assert_eq!(limited(Glyphs::Unicode, "e\u{301}取|…"), "e\u{301}取|…");
    }

    #[test]
    fn a_sequence_as_wide_as_its_characters_is_spread_over_its_columns() {
        let symbols = cells(Glyphs::Unicode, "aिa\u{301}🇩🇪ｶﾞ");
        assert_eq!(symbols, ["a", "ि", "a\u{301}", "🇩", "🇪", "ｶ", "ﾞ"]);
    }

    #[test]
    fn the_linux_console_keeps_what_its_font_has() {
        assert_eq!(limited(Glyphs::Console, "▌é─│•…✓␣↵"), "▌é─│•%+\\$");
    }

    #[test]
    fn no_two_signs_look_alike_in_ascii() {
        let marks = [marks::REFUSED, marks::UNCERTAIN, marks::MAY_BE_COVERED];
        let mut signs: Vec<_> = TABLE.iter().map(|(_, shown, _)| *shown).chain(marks).collect();
        signs.sort_unstable();
        assert!(signs.windows(2).all(|pair| pair[0] != pair[1]), "{signs:?}");
    }

    #[test]
    fn every_glyph_and_what_stands_for_it_takes_one_column() {
        for (own, shown, _) in TABLE {
            assert_eq!((own.width(), shown.len()), (1, 1), "{own}");
            assert!(shown.is_ascii());
        }
    }
}
