use std::borrow::Borrow;
use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth};
use ratatui::layout::{Alignment, Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use unicode_segmentation::UnicodeSegmentation;

use super::fit;
use super::glyphs::settled;

/// Prints text into a [`Buffer`], as far as it is on the screen.
///
/// It differs from `Buffer::set_stringn` in three ways. ASCII, which is nearly all, is not looked
/// at grapheme by grapheme: a screen takes 10 µs instead of 107. A cell under a wide character
/// holds an empty symbol, so that it differs from whatever comes to stand there. And bold and dim
/// replace each other, because terminals show a cell that is both in different ways.
pub trait Print {
    /// Prints what fits in `room` columns. Returns the column behind it.
    fn print(&mut self, at: (u16, u16), text: &str, room: u16, style: Style) -> u16;

    /// Prints a line on the first row of an area. A line that is too long is cut on the side that it
    /// is not aligned to; on the right an ellipsis tells of it.
    fn print_line(&mut self, area: Rect, line: &Line<'_>);

    /// Prints lines on the rows of an area, as many as it has.
    fn print_lines<'l>(&mut self, area: Rect, lines: impl IntoIterator<Item: Borrow<Line<'l>>>) {
        for (row, line) in area.rows().zip(lines) {
            self.print_line(row, line.borrow());
        }
    }

    /// Makes one cell hold `symbol`, which may contain escape sequences or go on on the rows below,
    /// and stand for the `columns` cells from there on.
    fn print_as_one(&mut self, at: (u16, u16), columns: u16, symbol: &str);
}

impl Print for Buffer {
    fn print(&mut self, (x, y): (u16, u16), text: &str, room: u16, style: Style) -> u16 {
        let cells = cells_from(self, (x, y), room);
        let columns = cells.len();
        let (ascii, other) = text.split_at(plain(text, columns));
        let printed = ascii.bytes().enumerate().filter(|(_, byte)| !byte.is_ascii_control());
        let mut taken = 0;
        for ((at, _), cell) in printed.zip(cells.iter_mut()) {
            set(cell, &ascii[at..=at], style);
            taken += 1;
        }
        let other = fit::near(other, columns - taken);
        for grapheme in other.graphemes(true).filter(|text| !text.contains(char::is_control)) {
            let end = taken + fit::width(grapheme);
            let Some(own) = cells.get_mut(taken..end) else {
                break;
            };
            set_grapheme(own, grapheme, style);
            taken = end;
        }
        x + fit::as_columns(taken)
    }

    fn print_line(&mut self, area: Rect, line: &Line<'_>) {
        if area.is_empty() {
            return;
        }
        let room = usize::from(area.width);
        let is_right = line.alignment == Some(Alignment::Right);
        let seen = |text| if is_right { text } else { fit::near(text, room + 1) };
        let width: usize = line.spans.iter().map(|span| fit::width(seen(&span.content))).sum();
        let over = width.saturating_sub(room);
        let is_cut = over > 0 && !is_right;
        let end = area.right() - u16::from(is_cut);
        let mut x = if is_right { end - fit::as_columns(width.min(room)) } else { area.x };
        let mut hidden = if is_right { over } else { 0 };
        for span in &line.spans {
            let mut text = span.content.as_ref();
            if hidden > 0 {
                let width = fit::width(text);
                text = fit::tail(text, width.saturating_sub(hidden));
                // Half of a wide character stays blank.
                x += fit::as_columns((width - fit::width(text)).saturating_sub(hidden));
                hidden = hidden.saturating_sub(width);
            }
            x = self.print((x, area.y), text, end.saturating_sub(x), line.style.patch(span.style));
        }
        if let Some(last) = line.spans.last().filter(|_| is_cut) {
            self.print((x, area.y), "…", 1, line.style.patch(last.style));
        }
    }

    fn print_as_one(&mut self, (x, y): (u16, u16), columns: u16, symbol: &str) {
        if !self.area.contains(Position { x, y }) {
            return;
        }
        let start = self.index_of(x, y);
        let end = self.content.len().min(start + usize::from(columns));
        set_symbol(&mut self.content[start..end], symbol);
    }
}

/// Returns the number of leading bytes that are characters of one column each, up to `columns`:
/// ASCII, except a last one before a mark that may belong to it.
fn plain(text: &str, columns: usize) -> usize {
    let near = &text.as_bytes()[..text.len().min(columns.saturating_add(1))];
    // Looks at several bytes at a time, unlike a search for the first.
    if near.is_ascii() {
        return near.len().min(columns);
    }
    let ascii = near.iter().take_while(|byte| byte.is_ascii()).count();
    ascii.saturating_sub(1)
}

/// The cells of a row from a place on, up to the edge of the screen.
fn cells_from(buffer: &mut Buffer, (x, y): (u16, u16), room: u16) -> &mut [Cell] {
    if !buffer.area.contains(Position { x, y }) {
        return &mut [];
    }
    let start = buffer.index_of(x, y);
    let columns = room.min(buffer.area.right() - x);
    &mut buffer.content[start..start + usize::from(columns)]
}

fn set(cell: &mut Cell, symbol: &str, style: Style) {
    cell.modifier.remove(Modifier::BOLD | Modifier::DIM);
    cell.set_symbol(symbol).set_style(style);
}

/// Sets a character as a reader sees it on the columns that it takes.
fn set_grapheme(mut cells: &mut [Cell], grapheme: &str, style: Style) {
    for cell in cells.iter_mut() {
        set(cell, " ", style);
    }
    if grapheme.chars().nth(1).is_none() {
        return set_symbol(cells, grapheme);
    }
    for (symbol, columns) in settled(grapheme, cells.len()) {
        let Some((taken, rest)) = cells.split_at_mut_checked(columns) else {
            return;
        };
        set_symbol(taken, &symbol);
        cells = rest;
    }
}

/// The first cell holds the symbol, the others are empty.
fn set_symbol(cells: &mut [Cell], symbol: &str) {
    let [first, covered @ ..] = cells else {
        return;
    };
    for cell in covered.iter_mut() {
        cell.set_symbol("");
    }
    first.set_symbol(symbol);
    let columns = NonZeroU16::MIN.saturating_add(fit::as_columns(covered.len()));
    // Ratatui counts half-width sound marks twice, and escape sequences too.
    if symbol.cell_width() != columns.get() {
        first.set_diff_option(CellDiffOption::ForcedWidth(columns));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Color;
    use ratatui::text::Span;

    fn blank(columns: u16) -> Buffer {
        Buffer::empty(Rect::new(0, 0, columns, 2))
    }

    fn printed(text: &str) -> Buffer {
        let mut buffer = blank(6);
        buffer.print((0, 0), text, 6, Style::new());
        buffer
    }

    fn first_row(buffer: &Buffer) -> String {
        let columns = usize::from(buffer.area.width);
        buffer.content[..columns].iter().map(Cell::symbol).collect()
    }

    fn line(area: Rect, line: &Line) -> String {
        let mut buffer = blank(10);
        buffer.print_line(area, line);
        first_row(&buffer)
    }

    #[test]
    fn a_line_is_cut_on_the_side_that_it_is_not_aligned_to() {
        let area = Rect::new(2, 0, 6, 1);
        let of = |first: &str| Line::from(vec![Span::raw(first.to_owned()), Span::raw("def")]);
        assert_eq!(line(area, &of("abc")), "  abcdef  ");
        assert_eq!(line(area, &of("-abc")), "  -abcd…  ");
        assert_eq!(line(area, &of("取取")), "  取取d…  ");
        assert_eq!(line(area, &of("-取取")), "  -取取…  ");
        assert_eq!(line(area, &of("a取取")), "  a取取…  ");
        assert_eq!(line(area, &of("ab").right_aligned()), "   abdef  ");
        assert_eq!(line(area, &of("abcdefgh").right_aligned()), "  fghdef  ");
        assert_eq!(line(area, &of("a取bc").right_aligned()), "   bcdef  ", "no half");
    }

    #[test]
    fn a_line_that_is_longer_than_any_screen_is_cut_too() {
        let long = "x".repeat(usize::from(u16::MAX));
        let long = Line::from(vec![Span::raw(long.as_str()), Span::raw(long.as_str())]);
        let area = Rect::new(8, 0, 2, 1);
        assert_eq!(line(area, &long), "        x…");
        assert_eq!(line(area, &long.right_aligned()), "        xx");
    }

    #[test]
    fn text_outside_the_screen_is_not_printed() {
        let mut buffer = blank(10);
        assert_eq!(buffer.print((8, 0), "abc", 5, Style::new()), 10);
        assert_eq!(buffer.print((12, 0), "abc", 5, Style::new()), 12);
        assert_eq!(buffer.print((1, 7), "abc", 5, Style::new()), 1);
        assert_eq!(buffer.print((0, 0), "取取", 3, Style::new()), 2, "no half of a character");
        assert_eq!(first_row(&buffer), "取      ab");
    }

    /// Of the two frames, ratatui's own comparison.
    #[test]
    fn every_column_that_looks_different_is_sent_and_no_other() {
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
            // A selector makes it an emoji, which not all terminals show two columns wide.
            ("☺\u{fe0f}b", "☺\u{fe0f}c", &[2]),
        ] {
            let (old, new) = (printed(before), printed(after));
            let columns: Vec<_> = old.diff_iter(&new).map(|(x, _, _)| x).collect();
            assert_eq!(columns, changed, "{before} to {after}");
        }
    }

    #[test]
    fn a_wide_character_has_its_background_in_every_column() {
        for text in ["取a", "☺\u{fe0f}a"] {
            let mut buffer = blank(3);
            buffer.set_style(buffer.area, Style::new().bg(Color::Black));
            buffer.print((0, 0), text, 3, Style::new().bold());
            assert!(buffer.content.iter().all(|cell| cell.bg == Color::Black), "{text}");
        }
    }

    #[test]
    fn bold_and_dim_replace_each_other() {
        let mut buffer = printed("");
        for (style, modifier) in [
            (Style::new().bold().italic(), Modifier::BOLD | Modifier::ITALIC),
            (Style::new().dim(), Modifier::DIM | Modifier::ITALIC),
            (Style::new(), Modifier::ITALIC),
        ] {
            buffer.print((0, 0), "a取", 6, style);
            assert_eq!([0, 1].map(|x| buffer.content[x].modifier), [modifier; 2]);
        }
    }

    #[test]
    fn one_cell_can_stand_for_many_on_several_rows() {
        let mut unwrapped = printed("abcdef");
        unwrapped.print_as_one((0, 0), 8, "abcdefgh");
        let sent: Vec<_> =
            blank(6).diff_iter(&unwrapped).map(|(x, y, cell)| (x, y, cell.symbol())).collect();
        assert_eq!(sent, [(0, 0, "abcdefgh")]);
        let sent = unwrapped.diff_iter(&printed("abcdef")).count();
        assert_eq!(sent, 8, "what it stood for is sent again when it goes");
    }
}
