use ratatui::buffer::Cell;
use unicode_width::UnicodeWidthChar;

use super::fit;

/// Which characters a terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Glyphs {
    #[default]
    Unicode,
    /// What the font of the Linux console has, which is IBM's code page 437.
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
    ("…", "~", false),
    ("✓", "+", false),
    ("␣", "_", false),
    ("↵", "$", false),
];

/// Stands in every column of a character that cannot be shown.
const UNKNOWN: &str = "?";

impl Glyphs {
    /// Puts what can be shown in the place of what cannot, and keeps every column in its place.
    pub fn limit(self, cells: &mut [Cell]) {
        for at in 0..cells.len() {
            let symbol = cells[at].symbol();
            if symbol.is_ascii() {
                continue;
            }
            let columns = fit::width(symbol).max(1);
            if let Some(shown) = self.instead_of(symbol) {
                for cell in cells.iter_mut().skip(at).take(columns) {
                    cell.set_symbol(shown);
                }
            } else if symbol.chars().nth(1).is_some() {
                settle(&mut cells[at..], columns);
            }
        }
    }

    /// None where the symbol can stay.
    fn instead_of(self, symbol: &str) -> Option<&'static str> {
        let own = TABLE.iter().find(|(own, _, _)| *own == symbol);
        match (self, own) {
            (Self::Unicode, _) | (Self::Console, Some((_, _, true)) | None) => None,
            (Self::Console | Self::Ascii, Some((_, shown, _))) => Some(shown),
            (Self::Ascii, None) => Some(UNKNOWN),
        }
    }
}

/// Makes the first of these cells, which is `columns` wide and holds several characters, something
/// whose width no terminal doubts.
///
/// Some terminals show a sequence as one, some add its characters up. Where that comes to the same,
/// each column gets its part, so that it can be wiped out by itself; where it does not, as with an
/// emoji spelt with joiners, only the first character is shown.
fn settle(cells: &mut [Cell], columns: usize) {
    let Some(first) = cells.first().cloned() else {
        return;
    };
    let parts = parts(first.symbol());
    if parts.iter().map(|(_, columns)| columns).sum::<usize>() != columns {
        let base = parts.into_iter().next().filter(|(_, width)| (1..=columns).contains(width));
        let base = base.and_then(|(part, _)| part.chars().next());
        cells[0].set_symbol(&base.map_or_else(|| UNKNOWN.to_owned(), String::from));
        return;
    }
    let mut at = 0;
    for (part, width) in parts {
        if let Some(cell) = cells.get_mut(at) {
            cell.set_symbol(&part).set_style(first.style());
        }
        at += width;
    }
}

/// Each character that takes columns, with the marks that take none after it. What only selects
/// another picture of a character is left out: terminals differ in whether it makes it wider.
fn parts(symbol: &str) -> Vec<(String, usize)> {
    let mut parts: Vec<(String, usize)> = Vec::new();
    for character in symbol.chars().filter(|c| !matches!(c, '\u{fe0e}' | '\u{fe0f}')) {
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
    use crate::view::cells::Cells;
    use ratatui::style::Style;
    use unicode_width::UnicodeWidthStr;

    fn cells(glyphs: Glyphs, text: &str) -> Vec<String> {
        let mut cells = Cells::default();
        cells.clear(fit::columns(text), Style::new());
        cells.put(0, cells.columns(), text, Style::new());
        cells.finish(glyphs);
        cells.between(0, cells.columns()).iter().map(|cell| cell.symbol().to_owned()).collect()
    }

    fn limited(glyphs: Glyphs, text: &str) -> String {
        cells(glyphs, text).concat()
    }

    #[test]
    fn every_column_keeps_its_place_in_ascii() {
        assert_eq!(limited(Glyphs::Ascii, "▌[x] 取引 x"), ">[x] ???? x");
        assert_eq!(limited(Glyphs::Ascii, "a…✓e\u{301}─│␣↵•"), "a~+?-|_$*");
        assert_eq!(limited(Glyphs::Ascii, "👩\u{200d}🔧|"), "??|");
    }

    #[test]
    fn what_terminals_give_different_widths_is_shown_by_its_first_character() {
        assert_eq!(limited(Glyphs::Unicode, "👩\u{200d}🔧|"), "👩 |");
        assert_eq!(limited(Glyphs::Unicode, "👍\u{1f3fd}|☺\u{fe0f}|"), "👍 |☺ |");
        assert_eq!(limited(Glyphs::Unicode, "e\u{301}取|…"), "e\u{301}取 |…");
    }

    #[test]
    fn a_sequence_as_wide_as_its_characters_is_spread_over_its_columns() {
        let symbols = cells(Glyphs::Unicode, "aिa\u{301}🇩🇪ｶﾞ");
        assert_eq!(symbols, ["a", "ि", "a\u{301}", "🇩", "🇪", "ｶ", "ﾞ"]);
    }

    #[test]
    fn the_linux_console_keeps_what_its_font_has() {
        assert_eq!(limited(Glyphs::Console, "▌é─│•…✓␣↵"), "▌é─│•~+_$");
    }

    #[test]
    fn every_glyph_and_what_stands_for_it_takes_one_column() {
        for (own, shown, _) in TABLE {
            assert_eq!((own.width(), shown.len()), (1, 1), "{own}");
            assert!(shown.is_ascii());
        }
    }
}
