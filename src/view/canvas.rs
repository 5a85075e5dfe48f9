use std::ops::Range;

use ratatui::layout::{Alignment, Rect, Size};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::cells::Cells;
use super::fit;
use super::glyphs::Glyphs;
use super::links::Link;

/// A frame as it is painted: for each row of the screen the texts on it, later ones over earlier
/// ones. No cell is made of them before a row is known to differ from the one that the terminal
/// shows, which most rows of most frames do not.
#[derive(Debug)]
pub struct Canvas {
    size: Size,
    /// How it looks where nothing is painted.
    ground: Style,
    rows: Vec<Row>,
}

/// The texts on one row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What the runs are made of, one behind the other.
    text: String,
    runs: Vec<Run>,
    links: Vec<Link>,
}

/// A piece of a row's text that looks alike.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    text: Range<usize>,
    x: u16,
    /// The columns that it may take.
    room: u16,
    style: Style,
}

impl Canvas {
    pub fn new(size: Size, ground: Style) -> Self {
        Self { size, ground, rows: vec![Row::default(); usize::from(size.height)] }
    }

    pub fn size(&self) -> Size {
        self.size
    }

    /// The rows that look different from those of `other`, which has the same size, from the top
    /// down.
    pub fn differing<'a>(
        &'a self,
        other: &'a Self,
    ) -> impl Iterator<Item = (u16, &'a Row, &'a Row)> {
        let same_ground = self.ground == other.ground;
        let pairs = (0..).zip(self.rows.iter().zip(&other.rows));
        let differ =
            move |(y, (row, other))| (row != other || !same_ground).then_some((y, row, other));
        pairs.filter_map(differ)
    }

    /// Makes the cells of one of the rows.
    pub fn fill(&self, row: &Row, cells: &mut Cells, glyphs: Glyphs) {
        cells.clear(self.size.width, self.ground);
        for Run { text, x, room, style } in &row.runs {
            cells.put(*x, *room, &row.text[text.clone()], *style);
        }
        row.links.iter().for_each(|link| cells.link(link));
        cells.finish(glyphs);
    }

    /// Leaves nothing but the ground, and keeps the memory for the next frame.
    pub fn clear(&mut self, ground: Style) {
        self.ground = ground;
        for row in &mut self.rows {
            row.text.clear();
            row.runs.clear();
            row.links.clear();
        }
    }

    /// Paints a text from a place on, what of it fits in `room` columns. Says where that ends.
    pub fn text(&mut self, (x, y): (u16, u16), text: &str, room: u16, style: Style) -> u16 {
        let room = room.min(self.size.width.saturating_sub(x));
        let Some(row) = self.rows.get_mut(usize::from(y)).filter(|_| room > 0) else {
            return x;
        };
        let start = row.text.len();
        let shown = fit::head(text, usize::from(room));
        row.text.push_str(shown);
        row.runs.push(Run { text: start..row.text.len(), x, room, style });
        x + fit::columns(shown).min(room)
    }

    /// Paints a line on the first row of an area. Where it is longer, it is cut on the side that it is
    /// not aligned to.
    pub fn line(&mut self, area: Rect, line: &Line<'_>) {
        if area.is_empty() {
            return;
        }
        let width = fit::as_columns(line.spans.iter().map(|span| fit::width(&span.content)).sum());
        let (mut x, mut hidden) = match line.alignment {
            Some(Alignment::Right) => {
                (area.right() - area.width.min(width), width.saturating_sub(area.width))
            }
            Some(Alignment::Left | Alignment::Center) | None => (area.x, 0),
        };
        for span in &line.spans {
            let mut text = fit::after(&span.content, &mut hidden);
            if !text.is_empty() && hidden > 0 {
                // Half of a wide character would stand there.
                let half = fit::first(text);
                (x, text) = (x + fit::columns(half) - hidden, &text[half.len()..]);
                hidden = 0;
            }
            let room = area.right().saturating_sub(x);
            x = self.text((x, area.y), text, room, line.style.patch(span.style));
        }
    }

    /// Makes what is on these columns of the first row of an area open an address, where it can.
    pub fn link(&mut self, area: Rect, address: &str) {
        let link = Link::of(area.left()..area.right(), address);
        if let Some(row) = self.rows.get_mut(usize::from(area.y)) {
            row.links.extend(link);
        }
    }

    pub fn span(&mut self, area: Rect, span: &Span<'_>) {
        if !area.is_empty() {
            self.text((area.x, area.y), &span.content, area.width, span.style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::buffer::Cell;
    use ratatui::style::Color;

    const SIZE: Size = Size { width: 10, height: 2 };

    /// The cells of the first row as text.
    fn first_row(canvas: &Canvas) -> String {
        let mut cells = Cells::default();
        canvas.fill(&canvas.rows[0], &mut cells, Glyphs::Unicode);
        cells.between(0, SIZE.width).iter().map(Cell::symbol).collect()
    }

    fn painted(area: Rect, line: &Line) -> String {
        let mut canvas = Canvas::new(SIZE, Style::new());
        canvas.line(area, line);
        first_row(&canvas)
    }

    #[test]
    fn a_line_is_cut_on_the_side_that_it_is_not_aligned_to() {
        let area = Rect::new(2, 0, 6, 1);
        let line = |first: &str| Line::from(vec![Span::raw(first.to_owned()), Span::raw("def")]);
        assert_eq!(painted(area, &line("abc")), "  abcdef  ");
        assert_eq!(painted(area, &line("-abc")), "  -abcde  ");
        assert_eq!(painted(area, &line("ab").right_aligned()), "   abdef  ");
        assert_eq!(painted(area, &line("abcdefgh").right_aligned()), "  fghdef  ");
        assert_eq!(painted(area, &line("a取bc").right_aligned()), "   bcdef  ", "no half");
    }

    #[test]
    fn what_is_longer_than_any_screen_is_cut_like_the_rest() {
        let long = "x".repeat(usize::from(u16::MAX));
        let line = Line::from(vec![Span::raw(long.as_str()), Span::raw(long.as_str())]);
        let area = Rect::new(8, 0, 2, 1);
        assert_eq!(painted(area, &line), "        xx");
        assert_eq!(painted(area, &line.right_aligned()), "        xx");
    }

    #[test]
    fn what_is_painted_outside_is_not_there_and_says_so() {
        let mut canvas = Canvas::new(SIZE, Style::new());
        assert_eq!(canvas.text((8, 0), "abc", 5, Style::new()), 10);
        assert_eq!(canvas.text((12, 0), "abc", 5, Style::new()), 12);
        assert_eq!(canvas.text((1, 7), "abc", 5, Style::new()), 1);
        assert_eq!(canvas.text((0, 0), "取取", 3, Style::new()), 2, "no half of a character");
        assert_eq!(first_row(&canvas), "取      ab".replacen("取", "取 ", 1));
    }

    #[test]
    fn only_rows_that_look_different_differ() {
        let painted = |text: &str| {
            let mut canvas = Canvas::new(SIZE, Style::new());
            canvas.text((0, 0), "same", 9, Style::new());
            canvas.text((0, 1), text, 9, Style::new());
            canvas
        };
        let rows = |other: &Canvas| -> Vec<u16> {
            painted("a").differing(other).map(|(y, _, _)| y).collect()
        };
        assert_eq!(rows(&painted("a")), [0_u16; 0]);
        assert_eq!(rows(&painted("b")), [1]);
        let mut elsewhere = painted("a");
        elsewhere.ground = Style::new().bg(Color::Black);
        assert_eq!(rows(&elsewhere), [0, 1]);
    }
}
