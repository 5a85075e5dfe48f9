use ratatui::buffer::Cell;
use ratatui::layout::Position;

use super::cells::{Cells, shows_nothing};
use super::fit;
use super::links::{self, Link};
use super::pen::Pen;

/// Turns the cells that changed into as few bytes as will do. It collects them instead of writing
/// them, and asks the terminal nothing: it keeps track of what the terminal has been told.
#[derive(Debug, Default)]
pub struct Encoder {
    bytes: String,
    pen: Pen,
    /// Where the terminal's cursor is, where that is known.
    cursor: Option<Position>,
    shows_cursor: Option<bool>,
}

impl Encoder {
    /// What has been collected.
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.bytes)
    }

    /// Nothing is known of the terminal any more but that it is to be empty.
    pub fn begin_anew(&mut self) {
        self.bytes.push_str("\x1b[m\x1b[2J");
        (self.pen, self.cursor, self.shows_cursor) = (Pen::default(), None, None);
    }

    /// Makes a row that looks like `before` look like `after`.
    pub fn row(&mut self, y: u16, before: &Cells, after: &Cells) {
        let mut open: Option<&Link> = None;
        let changed = after.changed_since(before);
        for (place, &x) in changed.iter().enumerate() {
            let link = after.link_at(x);
            if link != open {
                self.bytes.push_str(&link.map_or(links::END.to_owned(), Link::begin));
                open = link;
            }
            if link.is_none() {
                self.step_to(Position { x, y }, after);
            }
            self.move_to(Position { x, y });
            if changed.len() - place > ERASING_IS_WORTH && after.ends_blank_at(x) {
                self.set_pen(Pen::default());
                self.bytes.push_str("\x1b[K");
                break;
            }
            self.print(after.get(x), after.columns());
        }
        if open.is_some() {
            self.bytes.push_str(links::END);
        }
    }

    /// Writes text from a place on, which runs over the edge by itself.
    pub fn run_on(&mut self, position: Position, text: &str) {
        self.set_pen(Pen::default());
        self.move_to(position);
        self.bytes.push_str(text);
        self.cursor = None;
    }

    /// Shows the cursor at a place, or hides it.
    pub fn put_cursor(&mut self, position: Option<Position>) {
        if let Some(position) = position {
            self.move_to(position);
        }
        let shown = position.is_some();
        if self.shows_cursor != Some(shown) {
            self.bytes.push_str(if shown { "\x1b[?25h" } else { "\x1b[?25l" });
            self.shows_cursor = Some(shown);
        }
    }

    fn set_pen(&mut self, pen: Pen) {
        self.bytes.push_str(&pen.after(self.pen));
        self.pen = pen;
    }

    /// Prints what lies before a place on a row once more, where that is shorter than going over it.
    fn step_to(&mut self, to: Position, row: &Cells) {
        let Some(from) = self.cursor.filter(|from| from.y == to.y && from.x < to.x) else {
            return;
        };
        let between = row.between(from.x, to.x);
        let as_now = |cell: &Cell| {
            cell.symbol().len() == 1 && (Pen::of(cell) == self.pen || self.leaves_blank(cell))
        };
        let in_link = (from.x..to.x).any(|x| row.link_at(x).is_some());
        if between.len() < ESCAPE_LENGTH && between.iter().all(as_now) && !in_link {
            between.iter().for_each(|cell| self.bytes.push_str(cell.symbol()));
            self.cursor = Some(to);
        }
    }

    fn move_to(&mut self, to: Position) {
        if self.cursor == Some(to) {
            return;
        }
        let anywhere = format!("\x1b[{};{}H", to.y + 1, to.x + 1);
        let cheaper = self.cursor.and_then(|from| nearby(from, to));
        self.bytes.push_str(&cheaper.filter(|way| way.len() < anywhere.len()).unwrap_or(anywhere));
        self.cursor = Some(to);
    }

    fn print(&mut self, cell: &Cell, columns: u16) {
        if !self.leaves_blank(cell) {
            self.set_pen(Pen::of(cell));
        }
        self.bytes.push_str(cell.symbol());
        // Terminals agree on where the cursor is behind a plain character, but not in the last column.
        self.cursor = self.cursor.filter(|_| is_plain(cell.symbol())).and_then(|at| {
            let x = at.x + 1;
            (x < columns).then_some(Position { x, ..at })
        });
    }

    /// Whether the pen can stay as it is for a cell of which nothing but its background is seen.
    fn leaves_blank(&self, cell: &Cell) -> bool {
        shows_nothing(cell) && cell.bg == self.pen.bg && !self.pen.draws_on_blanks()
    }
}

/// How many bytes the shortest way over several columns takes.
const ESCAPE_LENGTH: usize = 4;
/// How many blanks take more bytes than to erase the rest of a row, with a change of the pen.
const ERASING_IS_WORTH: usize = 6;

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
        (0, Some(1)) => Some("\x1b[C".into()),
        (0, Some(columns)) => Some(format!("\x1b[{columns}C")),
        (1, _) if to.x == 0 => Some("\r\n".into()),
        (0, None) => Some(format!("\x1b[{}G", to.x + 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::{Color, Style};

    use crate::view::glyphs::Glyphs;

    const COLUMNS: u16 = 20;

    fn row(texts: &[(u16, &str, Style)]) -> Cells {
        let mut row = Cells::default();
        row.clear(COLUMNS, Style::new());
        for &(x, text, style) in texts {
            row.put(x, COLUMNS, text, style);
        }
        row.finish(Glyphs::Unicode);
        row
    }

    fn plain(texts: &[(u16, &str)]) -> Cells {
        row(&texts.iter().map(|&(x, text)| (x, text, Style::new())).collect::<Vec<_>>())
    }

    fn sent(encoder: &mut Encoder, y: u16, before: &Cells, after: &Cells) -> String {
        encoder.row(y, before, after);
        encoder.take()
    }

    #[test]
    fn the_cursor_takes_the_shortest_way() {
        let mut encoder = Encoder::default();
        let empty = plain(&[]);
        assert_eq!(sent(&mut encoder, 1, &empty, &plain(&[(2, "ab")])), "\x1b[2;3Hab");
        assert_eq!(sent(&mut encoder, 1, &empty, &plain(&[(9, "c")])), "\x1b[5Cc");
        assert_eq!(sent(&mut encoder, 2, &empty, &plain(&[(0, "d")])), "\r\nd");
        assert_eq!(sent(&mut encoder, 4, &empty, &plain(&[(9, "e")])), "\x1b[5;10He");
    }

    #[test]
    fn what_lies_between_is_printed_again_where_that_is_shorter_and_looks_as_it_did() {
        let (before, after) = (plain(&[(0, "add_deal")]), plain(&[(0, "bdd_fea1")]));
        assert_eq!(sent(&mut Encoder::default(), 0, &before, &after), "\x1b[1;1Hbdd_fea1");
        let bold = Style::new().bold();
        let before = row(&[(0, "a", Style::new()), (1, "b", bold), (2, "c", Style::new())]);
        let after = row(&[(0, "x", Style::new()), (1, "b", bold), (2, "y", Style::new())]);
        assert_eq!(sent(&mut Encoder::default(), 0, &before, &after), "\x1b[1;1Hx\x1b[Cy");
    }

    #[test]
    fn the_pen_stays_for_blanks_but_not_where_it_would_be_seen() {
        let empty = plain(&[]);
        let bold = row(&[(0, "a", Style::new().bold()), (2, "b", Style::new().bold())]);
        assert_eq!(sent(&mut Encoder::default(), 0, &empty, &bold), "\x1b[1;1H\x1b[1ma b");
        let line = row(&[(0, "a", Style::new().underlined()), (2, "b", Style::new())]);
        let sent = sent(&mut Encoder::default(), 0, &empty, &line);
        assert_eq!(sent, "\x1b[1;1H\x1b[4ma\x1b[C\x1b[mb");
    }

    #[test]
    fn a_long_end_that_became_blank_is_erased_at_once() {
        let (before, after) = (plain(&[(0, "a long text")]), plain(&[(0, "a")]));
        assert_eq!(sent(&mut Encoder::default(), 0, &before, &after), "\x1b[1;3H\x1b[K");
        let before = plain(&[(0, "a b c")]);
        assert_eq!(sent(&mut Encoder::default(), 0, &before, &after), "\x1b[1;3H   ");
    }

    #[test]
    fn what_has_a_background_is_not_erased_but_painted() {
        let black = Style::new().bg(Color::Black);
        let blank = " ".repeat(usize::from(COLUMNS));
        let before = row(&[(0, &"x".repeat(usize::from(COLUMNS)), black)]);
        let sent = sent(&mut Encoder::default(), 0, &before, &row(&[(0, &blank, black)]));
        assert_eq!(sent, format!("\x1b[1;1H\x1b[40m{blank}"));
    }

    #[test]
    fn after_the_last_column_and_after_a_wide_character_the_place_is_not_guessed() {
        let mut encoder = Encoder::default();
        let empty = plain(&[]);
        assert_eq!(sent(&mut encoder, 0, &empty, &plain(&[(19, "a")])), "\x1b[1;20Ha");
        assert_eq!(sent(&mut encoder, 1, &empty, &plain(&[(0, "b")])), "\x1b[2;1Hb");
        let wide = sent(&mut encoder, 2, &empty, &plain(&[(0, "取c")]));
        assert_eq!(wide, "\r\n取\x1b[3;3Hc");
    }

    #[test]
    fn behind_what_terminals_may_join_the_place_is_not_guessed() {
        let after = plain(&[(0, "aि🇩🇪éb")]);
        let sent = sent(&mut Encoder::default(), 0, &plain(&[]), &after);
        assert_eq!(sent, "\x1b[1;1Haि\x1b[1;3H🇩\x1b[1;4H🇪\x1b[1;5Héb");
    }

    #[test]
    fn a_link_is_begun_and_ended_around_its_own_cells() {
        let address = "https://a.example";
        let mut after = plain(&[(0, "abcd")]);
        after.link(&Link::of(1..3, address).expect("harmless"));
        let link = format!("\x1b]8;;{address}\x1b\\");
        let end = links::END;
        let first = sent(&mut Encoder::default(), 0, &plain(&[]), &after);
        assert_eq!(first, format!("\x1b[1;1Ha{link}bc{end}d"));
        let unlinked = sent(&mut Encoder::default(), 0, &plain(&[(0, "abcd")]), &after);
        assert_eq!(unlinked, format!("{link}\x1b[1;2Hbc{end}"));
        let mut other = plain(&[(0, "xbcy")]);
        other.link(&Link::of(1..3, address).expect("harmless"));
        let around = sent(&mut Encoder::default(), 0, &after, &other);
        assert_eq!(around, "\x1b[1;1Hx\x1b[2Cy", "what is linked is not printed without its link");
    }
}
