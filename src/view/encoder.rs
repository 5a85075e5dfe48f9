use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::fit;
use super::links::{self, Link};
use super::pen::Pen;

/// Turns the cells that changed into as few bytes as will do. It collects them instead of writing
/// them, and asks the terminal nothing: the size is told to it, and it keeps track of what the
/// terminal has been told.
#[derive(Debug, Default)]
pub struct Encoder {
    pub(super) size: Size,
    /// Those of the frame that is being drawn.
    pub links: Vec<Link>,
    bytes: Vec<u8>,
    pen: Pen,
    /// Where the terminal's cursor is, where that is known.
    cursor: Option<Position>,
    shows_cursor: Option<bool>,
}

impl Encoder {
    pub fn new(size: Size) -> Self {
        Self { size, ..Self::default() }
    }

    /// A new size takes the terminal's cursor to where nobody knows.
    pub fn resize(&mut self, size: Size) {
        (self.size, self.cursor) = (size, None);
    }

    /// What has been collected.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    /// Writes text from a place on, which runs over the edge by itself.
    pub fn run_on(&mut self, position: Position, text: &str) {
        self.set_pen(Pen::default());
        self.move_to(position);
        self.bytes.extend_from_slice(text.as_bytes());
        self.cursor = None;
    }

    /// Nothing is known of the terminal any more.
    pub fn forget(&mut self) {
        self.bytes.extend_from_slice(b"\x1b[m");
        (self.pen, self.cursor, self.shows_cursor) = (Pen::default(), None, None);
    }

    fn set_pen(&mut self, pen: Pen) {
        self.bytes.extend_from_slice(pen.after(self.pen).as_bytes());
        self.pen = pen;
    }

    fn move_to(&mut self, to: Position) {
        let anywhere = format!("\x1b[{};{}H", to.y + 1, to.x + 1);
        let cheaper = self.cursor.and_then(|from| nearby(from, to));
        let bytes = cheaper.filter(|bytes| bytes.len() < anywhere.len()).unwrap_or(anywhere);
        self.bytes.extend_from_slice(bytes.as_bytes());
        self.cursor = Some(to);
    }

    fn print(&mut self, cell: &Cell) {
        self.set_pen(Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier });
        self.bytes.extend_from_slice(cell.symbol().as_bytes());
        // Terminals agree on where the cursor is behind a plain character, but not in the last column.
        self.cursor = self.cursor.filter(|_| is_plain(cell.symbol())).and_then(|at| {
            let x = at.x + 1;
            (x < self.size.width).then_some(Position { x, ..at })
        });
    }

    fn show_cursor_or_not(&mut self, shown: bool) {
        if self.shows_cursor != Some(shown) {
            self.bytes.extend_from_slice(if shown { b"\x1b[?25h" } else { b"\x1b[?25l" });
            self.shows_cursor = Some(shown);
        }
    }
}

/// Whether all terminals move the cursor by one column for it: not for wide and joined characters,
/// for marks that join what is before them, and for what may be a part of an emoji.
fn is_plain(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    match (characters.next(), characters.next()) {
        (Some(only), None) if only.is_ascii() => true,
        (Some(only), None) => {
            let joins = fit::joins(symbol);
            fit::width(symbol) == 1 && u32::from(only) < EMOJI && !joins
        }
        _ => false,
    }
}

/// Emoji and their parts begin here, but for some that are as old as narrow.
const EMOJI: u32 = 0x1f000;

/// The way to a place on the same row, or to the beginning of the next.
fn nearby(from: Position, to: Position) -> Option<String> {
    match (to.y.checked_sub(from.y)?, to.x.checked_sub(from.x)) {
        (0, Some(0)) => Some(String::new()),
        (0, Some(1)) => Some("\x1b[C".into()),
        (0, Some(columns)) => Some(format!("\x1b[{columns}C")),
        (1, _) if to.x == 0 => Some("\r\n".into()),
        (0, None) => Some(format!("\x1b[{}G", to.x + 1)),
        _ => None,
    }
}

impl Backend for Encoder {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let links = std::mem::take(&mut self.links);
        let mut open: Option<&Link> = None;
        for (x, y, cell) in content {
            let link = links::at(&links, x, y);
            if link != open {
                let change = link.map_or(links::END.to_owned(), Link::begin);
                self.bytes.extend_from_slice(change.as_bytes());
                open = link;
            }
            self.move_to(Position { x, y });
            self.print(cell);
        }
        if open.is_some() {
            self.bytes.extend_from_slice(links::END.as_bytes());
        }
        self.links = links;
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show_cursor_or_not(false);
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show_cursor_or_not(true);
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.unwrap_or(Position::ORIGIN))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.move_to(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.set_pen(Pen::default());
        self.bytes.write_all(match region {
            ClearType::All => b"\x1b[2J",
            ClearType::AfterCursor => b"\x1b[J",
            ClearType::BeforeCursor => b"\x1b[1J",
            ClearType::CurrentLine => b"\x1b[2K",
            ClearType::UntilNewLine => b"\x1b[K",
        })
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(encoder: &mut Encoder, cells: &[(u16, u16, &str)]) -> String {
        let cells: Vec<_> = cells
            .iter()
            .map(|&(x, y, symbol)| {
                let mut cell = Cell::default();
                cell.set_symbol(symbol);
                (x, y, cell)
            })
            .collect();
        encoder.draw(cells.iter().map(|(x, y, cell)| (*x, *y, cell))).expect("in memory");
        String::from_utf8(encoder.take()).expect("text")
    }

    #[test]
    fn the_cursor_takes_the_shortest_way() {
        let mut encoder = Encoder::new(Size { width: 20, height: 5 });
        let cells = [(2, 1, "a"), (3, 1, "b"), (5, 1, "c"), (0, 2, "d"), (9, 4, "e")];
        assert_eq!(drawn(&mut encoder, &cells), "\x1b[2;3Hab\x1b[Cc\r\nd\x1b[5;10He");
    }

    #[test]
    fn after_a_new_size_the_place_is_not_guessed() {
        let mut encoder = Encoder::new(Size { width: 20, height: 5 });
        drawn(&mut encoder, &[(2, 1, "a")]);
        encoder.resize(Size { width: 10, height: 5 });
        assert_eq!(drawn(&mut encoder, &[(3, 1, "b")]), "\x1b[2;4Hb");
    }

    #[test]
    fn after_the_last_column_and_after_a_wide_character_the_place_is_not_guessed() {
        let mut encoder = Encoder::new(Size { width: 4, height: 3 });
        assert_eq!(drawn(&mut encoder, &[(3, 0, "a"), (0, 1, "b")]), "\x1b[1;4Ha\x1b[2;1Hb");
        assert_eq!(drawn(&mut encoder, &[(0, 2, "取"), (2, 2, "c")]), "\r\n取\x1b[3;3Hc");
    }

    #[test]
    fn behind_what_terminals_may_join_the_place_is_not_guessed() {
        let mut encoder = Encoder::new(Size { width: 9, height: 3 });
        let cells = [(0, 0, "a"), (1, 0, "ि"), (2, 0, "🇩"), (3, 0, "🇪"), (4, 0, "é"), (5, 0, "b")];
        let sent = drawn(&mut encoder, &cells);
        assert_eq!(sent, "\x1b[1;1Haि\x1b[1;3H🇩\x1b[1;4H🇪\x1b[1;5Héb");
    }
}
