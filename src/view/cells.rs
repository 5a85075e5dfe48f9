use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;

use super::fit;
use super::glyphs::Glyphs;
use super::links::{self, Link};
use super::pen::Pen;

/// One row of the terminal. A character that takes several columns is in the cell of its first; the
/// others are blank.
#[derive(Debug, Default)]
pub struct Cells {
    cells: Vec<Cell>,
    links: Vec<Link>,
    /// Whether every cell holds a character of ASCII.
    is_ascii: bool,
}

impl Cells {
    /// Begins anew with so many blanks.
    pub fn clear(&mut self, columns: u16, ground: Style) {
        let mut bare = Cell::EMPTY;
        bare.set_style(ground);
        self.cells.clear();
        self.cells.resize(usize::from(columns), bare);
        self.links.clear();
        self.is_ascii = true;
    }

    /// Puts a text over what is there, as far as it fits in `room` columns.
    pub fn put(&mut self, x: u16, room: u16, text: &str, style: Style) {
        let start = usize::from(x).min(self.cells.len());
        let end = (start + usize::from(room)).min(self.cells.len());
        let mut rest = &mut self.cells[start..end];
        let (plain, other) = text.split_at(fit::plain(text));
        for (at, _) in plain.bytes().enumerate().filter(|(_, byte)| !byte.is_ascii_control()) {
            let Some((cell, others)) = rest.split_first_mut() else {
                return;
            };
            cell.set_symbol(&plain[at..=at]);
            put_style(cell, style);
            rest = others;
        }
        self.is_ascii &= other.is_empty();
        for character in other.graphemes(true).filter(|text| !text.contains(char::is_control)) {
            let columns = fit::width(character);
            let Some((taken, others)) = rest.split_at_mut_checked(columns) else {
                return;
            };
            for cell in taken.iter_mut() {
                cell.set_symbol(" ");
                put_style(cell, style);
            }
            if let Some(first) = taken.first_mut() {
                first.set_symbol(character);
            }
            rest = others;
        }
    }

    pub fn link(&mut self, link: &Link) {
        self.links.push(link.clone());
    }

    /// Leaves nothing that the terminal cannot show, and makes blanks alike that look alike.
    pub fn finish(&mut self, glyphs: Glyphs) {
        if !self.is_ascii {
            glyphs.limit(&mut self.cells);
        }
        for cell in self.cells.iter_mut().filter(|cell| shows_nothing(cell)) {
            (cell.fg, cell.modifier) = (Color::Reset, Modifier::empty());
        }
    }

    pub fn columns(&self) -> u16 {
        fit::as_columns(self.cells.len())
    }

    pub fn get(&self, x: u16) -> &Cell {
        &self.cells[usize::from(x)]
    }

    /// From a column up to another one.
    pub fn between(&self, from: u16, to: u16) -> &[Cell] {
        &self.cells[usize::from(from)..usize::from(to)]
    }

    pub fn link_at(&self, x: u16) -> Option<&Link> {
        links::at(&self.links, x)
    }

    /// The columns, from the left, whose characters have to be sent to a terminal that shows
    /// `before`.
    pub fn changed_since(&self, before: &Self) -> Vec<u16> {
        let mut changed = Vec::new();
        // Columns from here on that the character before takes, or that a wide one has left.
        let (mut covered, mut stale) = (0_usize, 0_usize);
        let linked = !before.links.is_empty() || !self.links.is_empty();
        for (x, (old, new)) in (0..).zip(before.cells.iter().zip(&self.cells)) {
            let begins = covered == 0;
            let differs =
                old != new || stale > 0 || (linked && before.link_at(x) != self.link_at(x));
            if begins {
                covered = fit::width(new.symbol()).max(1);
            }
            if begins && differs {
                changed.push(x);
            }
            if differs || !begins {
                stale = stale.max(fit::width(old.symbol()));
            }
            (covered, stale) = (covered - 1, stale.saturating_sub(1));
        }
        changed
    }

    /// Whether there is nothing to see from a column on. What terminals erase to differs where there
    /// is a background.
    pub fn ends_blank_at(&self, x: u16) -> bool {
        let rest = &self.cells[usize::from(x)..];
        rest.iter().all(|cell| shows_nothing(cell) && cell.bg == Color::Reset)
    }
}

/// What was bold or dim there is so no more: a cell that is both looks different from terminal to
/// terminal.
fn put_style(cell: &mut Cell, style: Style) {
    cell.modifier.remove(Modifier::BOLD | Modifier::DIM);
    cell.set_style(style);
}

/// Whether nothing but its background is to be seen of a cell.
pub fn shows_nothing(cell: &Cell) -> bool {
    cell.symbol() == " " && !Pen::of(cell).draws_on_blanks()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Cells {
        let mut cells = Cells::default();
        cells.clear(6, Style::new());
        cells.put(0, 6, text, Style::new());
        cells.finish(Glyphs::Unicode);
        cells
    }

    #[test]
    fn what_changed_is_told_by_the_columns_where_characters_begin() {
        for (before, after, changed) in [
            ("abc", "abc", &[][..]),
            ("abc", "axc", &[1]),
            ("ab", "取", &[0]),
            // What a wide character leaves is blank on some terminals, and on others it stays.
            ("取", "ab", &[0, 1]),
            ("取", "a", &[0, 1]),
            ("取b", "取c", &[2]),
            ("a取b", "取 b", &[0, 2]),
            ("a取", "取", &[0, 2]),
            // Two columns, of which each has its own character.
            ("ｶﾞｷﾞ", "ｶﾞｸﾞ", &[2]),
            ("ｶﾞab", "ｶﾞxb", &[2]),
        ] {
            assert_eq!(cells(after).changed_since(&cells(before)), changed, "{before} to {after}");
        }
    }

    #[test]
    fn another_address_is_a_change_though_nothing_else_is() {
        let linked = |address: &str| {
            let mut cells = cells("abcd");
            cells.link(&Link::of(1..3, address).expect("harmless"));
            cells
        };
        assert_eq!(linked("https://a").changed_since(&linked("https://a")), [0_u16; 0]);
        assert_eq!(linked("https://b").changed_since(&linked("https://a")), [1, 2]);
        assert_eq!(cells("abcd").changed_since(&linked("https://a")), [1, 2]);
    }

    #[test]
    fn a_wide_character_keeps_its_looks_in_every_column() {
        let black = Style::new().bg(Color::Black);
        for (text, glyphs) in
            [("取a", Glyphs::Unicode), ("取a", Glyphs::Ascii), ("☺\u{fe0f}a", Glyphs::Unicode)]
        {
            let mut cells = Cells::default();
            cells.clear(3, black);
            cells.put(0, 3, text, Style::new().bold());
            cells.finish(glyphs);
            assert!(cells.between(0, 3).iter().all(|cell| cell.bg == Color::Black), "{text}");
        }
    }

    #[test]
    fn what_is_put_over_something_bold_is_as_bold_or_dim_as_it_says() {
        let mut row = cells("");
        for (style, modifier) in [
            (Style::new().bold().italic(), Modifier::BOLD | Modifier::ITALIC),
            (Style::new().dim(), Modifier::DIM | Modifier::ITALIC),
            (Style::new(), Modifier::ITALIC),
        ] {
            row.put(0, 6, "a取", style);
            assert_eq!([0, 1].map(|x| row.get(x).modifier), [modifier; 2]);
        }
    }

    #[test]
    fn half_a_character_is_not_put() {
        assert_eq!(cells("取取取取").get(4).symbol(), "取");
        let mut narrow = Cells::default();
        narrow.clear(3, Style::new());
        narrow.put(0, 3, "取取", Style::new());
        assert_eq!(narrow.get(2).symbol(), " ");
    }
}
