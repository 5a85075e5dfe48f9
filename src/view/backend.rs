use std::convert::Infallible;

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::fit;
use super::pen::Pen;

/// Synchronized output (DEC mode 2026): the terminal shows a frame at once.
const BEGIN_FRAME: &str = "\x1b[?2026h";
const END_FRAME: &str = "\x1b[?2026l";

/// Encodes changed cells in few bytes and collects them until [`take`](Self::take). It asks the
/// terminal nothing; it keeps track of what the terminal was told.
#[derive(Debug, Default)]
pub struct FrameEncoder {
    pub size: Size,
    bytes: String,
    pen: Pen,
    /// `None` if terminals may disagree on where the cursor is.
    cursor: Option<Position>,
    /// `None` until the terminal was told.
    shows_cursor: Option<bool>,
}

impl FrameEncoder {
    /// For a terminal of this size that shows something unknown.
    pub fn new(size: Size) -> Self {
        let mut encoder = Self { size, ..Self::default() };
        let Ok(()) = encoder.clear();
        encoder
    }

    /// Returns one frame as a single synchronized write; `None` if nothing has changed.
    pub fn take(&mut self) -> Option<String> {
        let bytes = std::mem::take(&mut self.bytes);
        (!bytes.is_empty()).then(|| [BEGIN_FRAME, &bytes, END_FRAME].concat())
    }

    fn set_cursor(&mut self, shown: bool, sequence: &str) {
        if self.shows_cursor != Some(shown) {
            self.bytes.push_str(sequence);
            self.shows_cursor = Some(shown);
        }
    }

    fn move_to(&mut self, to: Position) {
        if self.cursor == Some(to) {
            return;
        }
        let absolute = format!("\x1b[{};{}H", to.y + 1, to.x + 1);
        let relative = self.cursor.and_then(|from| relative_move(from, to));
        self.bytes.push_str(&relative.filter(|way| way.len() < absolute.len()).unwrap_or(absolute));
        self.cursor = Some(to);
    }

    fn print(&mut self, at: Position, cell: &Cell) {
        self.move_to(at);
        let pen = Pen::of(cell);
        let is_blank = cell.symbol() == " " && !pen.draws_on_blanks();
        // A blank printed with the present pen may look like this one.
        if !(is_blank && pen.bg == self.pen.bg && !self.pen.draws_on_blanks()) {
            self.bytes.push_str(&pen.after(self.pen));
            self.pen = pen;
        }
        self.bytes.push_str(cell.symbol());
        // Terminals disagree on what the last column does.
        let next = Position { x: at.x + 1, ..at };
        self.cursor = (next.x < self.size.width && advances_by_one(cell.symbol())).then_some(next);
    }
}

/// The way along a row, or to the beginning of the next one.
fn relative_move(from: Position, to: Position) -> Option<String> {
    match (to.y.checked_sub(from.y)?, to.x.checked_sub(from.x)) {
        (0, Some(1)) => Some("\x1b[C".into()),
        (0, Some(columns)) => Some(format!("\x1b[{columns}C")),
        (1, _) if to.x == 0 => Some("\r\n".into()),
        (0, None) => Some(format!("\x1b[{}G", to.x + 1)),
        _ => None,
    }
}

/// Returns `true` if every terminal moves the cursor by one column for this symbol. They disagree on wide
/// and joined characters, on marks that join the character before them, and on parts of emoji. A
/// symbol that holds an escape sequence moves it too far.
fn advances_by_one(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    match (characters.next(), characters.next()) {
        (Some(only), None) => {
            only.is_ascii()
                || (fit::width(symbol) == 1 && u32::from(only) < EMOJI && !fit::joins(symbol))
        }
        _ => false,
    }
}

/// The first code point of the blocks of emoji; the few below have been narrow for long.
const EMOJI: u32 = 0x1f000;

impl Backend for FrameEncoder {
    type Error = Infallible;

    fn draw<'a, I>(&mut self, content: I) -> Result<(), Infallible>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (x, y, cell) in content {
            self.print(Position { x, y }, cell);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> Result<(), Infallible> {
        self.set_cursor(false, "\x1b[?25l");
        Ok(())
    }

    fn show_cursor(&mut self) -> Result<(), Infallible> {
        self.set_cursor(true, "\x1b[?25h");
        Ok(())
    }

    fn get_cursor_position(&mut self) -> Result<Position, Infallible> {
        Ok(self.cursor.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Infallible> {
        self.move_to(position.into());
        Ok(())
    }

    fn clear(&mut self) -> Result<(), Infallible> {
        // Earlier output would be erased.
        self.bytes = "\x1b[m\x1b[2J".into();
        (self.pen, self.cursor, self.shows_cursor) = (Pen::default(), None, None);
        Ok(())
    }

    /// Clears everything, which is all that a full-screen terminal asks for.
    fn clear_region(&mut self, _: ClearType) -> Result<(), Infallible> {
        self.clear()
    }

    fn size(&self) -> Result<Size, Infallible> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> Result<WindowSize, Infallible> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};

    use crate::view::print::Print;

    const SIZE: Size = Size { width: 20, height: 5 };

    fn encoder() -> FrameEncoder {
        FrameEncoder { size: SIZE, ..FrameEncoder::default() }
    }

    fn screen(texts: &[(u16, u16, &str, Style)]) -> Buffer {
        let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, SIZE)));
        for &(x, y, text, style) in texts {
            buffer.print((x, y), text, SIZE.width, style);
        }
        buffer
    }

    fn plain(x: u16, y: u16, text: &str) -> Buffer {
        screen(&[(x, y, text, Style::new())])
    }

    fn sent(encoder: &mut FrameEncoder, before: &Buffer, after: &Buffer) -> String {
        let Ok(()) = encoder.draw(before.diff_iter(after));
        std::mem::take(&mut encoder.bytes)
    }

    fn first(before: &Buffer, after: &Buffer) -> String {
        sent(&mut encoder(), before, after)
    }

    #[test]
    fn a_frame_is_one_synchronized_write_and_nothing_where_nothing_changed() {
        let mut encoder = FrameEncoder::new(SIZE);
        assert_eq!(encoder.take().as_deref(), Some("\x1b[?2026h\x1b[m\x1b[2J\x1b[?2026l"));
        let Ok(()) = encoder.hide_cursor();
        assert_eq!(encoder.take().as_deref(), Some("\x1b[?2026h\x1b[?25l\x1b[?2026l"));
        let Ok(()) = encoder.hide_cursor();
        assert_eq!(encoder.take(), None);
    }

    #[test]
    fn the_cursor_takes_the_shortest_way() {
        let mut encoder = encoder();
        let empty = plain(0, 0, "");
        assert_eq!(sent(&mut encoder, &empty, &plain(2, 1, "ab")), "\x1b[2;3Hab");
        assert_eq!(sent(&mut encoder, &empty, &plain(9, 1, "c")), "\x1b[5Cc");
        assert_eq!(sent(&mut encoder, &empty, &plain(0, 2, "d")), "\r\nd");
        assert_eq!(sent(&mut encoder, &empty, &plain(9, 4, "e")), "\x1b[5;10He");
        assert_eq!(sent(&mut encoder, &empty, &plain(3, 4, "f")), "\x1b[4Gf");
    }

    #[test]
    fn the_pen_stays_for_blanks_but_not_where_it_would_be_seen() {
        let empty = plain(0, 0, "");
        let (bold, line) = (Style::new().bold(), Style::new().underlined());
        assert_eq!(first(&empty, &screen(&[(0, 0, "a b", bold)])), "\x1b[1;1H\x1b[1ma b");
        let before = plain(1, 0, "x");
        let after = screen(&[(0, 0, "a", line), (2, 0, "b", Style::new())]);
        assert_eq!(first(&before, &after), "\x1b[1;1H\x1b[4ma\x1b[m b");
    }

    #[test]
    fn what_has_a_background_is_painted() {
        let black = Style::new().bg(Color::Black);
        let blank = " ".repeat(20);
        let before = screen(&[(0, 0, &"x".repeat(20), black)]);
        let sent = first(&before, &screen(&[(0, 0, &blank, black)]));
        assert_eq!(sent, format!("\x1b[1;1H\x1b[40m{blank}"));
    }

    #[test]
    fn after_the_last_column_and_after_a_wide_character_the_place_is_not_guessed() {
        let mut encoder = encoder();
        let empty = plain(0, 0, "");
        assert_eq!(sent(&mut encoder, &empty, &plain(19, 0, "a")), "\x1b[1;20Ha");
        assert_eq!(sent(&mut encoder, &empty, &plain(0, 1, "b")), "\x1b[2;1Hb");
        assert_eq!(sent(&mut encoder, &empty, &plain(0, 2, "取c")), "\r\n取\x1b[3;3Hc");
    }

    #[test]
    fn behind_what_terminals_may_join_the_place_is_not_guessed() {
        let sent = first(&plain(0, 0, ""), &plain(0, 0, "aि🇩🇪éb"));
        assert_eq!(sent, "\x1b[1;1Haि\x1b[1;3H🇩\x1b[1;4H🇪\x1b[1;5Héb");
    }

    #[test]
    fn behind_a_symbol_that_holds_a_sequence_the_place_is_not_guessed() {
        let mut after = plain(0, 0, "ab");
        after.print_as_one((0, 0), 1, "\x1b]8;;x\x1b\\a\x1b]8;;\x1b\\");
        let sent = first(&plain(0, 0, ""), &after);
        assert_eq!(sent, "\x1b[1;1H\x1b]8;;x\x1b\\a\x1b]8;;\x1b\\\x1b[1;2Hb");
    }
}
