use std::ops::Range;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Alignment, Rect, Size};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};

use super::fit;
use super::glyphs::Glyphs;

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
}

/// A piece of a row's text that looks alike.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    text: Range<usize>,
    x: u16,
    /// The columns that it may take. What is longer is cut.
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

    /// Makes the cells of one of the rows, in a buffer one row high.
    pub fn fill(&self, row: &Row, buffer: &mut Buffer, glyphs: Glyphs) {
        let mut bare = Cell::EMPTY;
        bare.set_style(self.ground);
        buffer.content.fill(bare);
        for run in &row.runs {
            run.fill(&row.text[run.text.clone()], buffer);
        }
        glyphs.limit(buffer);
        for cell in buffer.content.iter_mut().filter(|cell| shows_nothing(cell)) {
            // Blanks that look alike are alike, whatever is to be seen around them.
            (cell.fg, cell.modifier) = (Color::Reset, Modifier::empty());
        }
    }

    /// Leaves nothing but the ground, and keeps the memory for the next frame.
    pub fn clear(&mut self, ground: Style) {
        self.ground = ground;
        for row in &mut self.rows {
            row.text.clear();
            row.runs.clear();
        }
    }

    /// Paints a text from a place on, in at most `room` columns. Says where it ends.
    pub fn text(&mut self, (x, y): (u16, u16), text: &str, room: u16, style: Style) -> u16 {
        let room = room.min(self.size.width.saturating_sub(x));
        let Some(row) = self.rows.get_mut(usize::from(y)).filter(|_| room > 0) else {
            return x;
        };
        let start = row.text.len();
        row.text.push_str(text);
        row.runs.push(Run { text: start..row.text.len(), x, room, style });
        x + columns(fit::width(text)).min(room)
    }

    /// Paints a line on the first row of an area, where it is cut on the side that it is not aligned to.
    pub fn line(&mut self, area: Rect, line: &Line<'_>) {
        if area.is_empty() {
            return;
        }
        let width = line.spans.iter().map(|span| columns(fit::width(&span.content))).sum();
        let (mut x, mut hidden) = match line.alignment {
            Some(Alignment::Right) => {
                (area.right() - area.width.min(width), width.saturating_sub(area.width))
            }
            Some(Alignment::Left | Alignment::Center) | None => (area.x, 0),
        };
        for span in &line.spans {
            let head = fit::head(&span.content, usize::from(hidden));
            hidden -= columns(fit::width(head)).min(hidden);
            let room = area.right().saturating_sub(x);
            let style = line.style.patch(span.style);
            x = self.text((x, area.y), &span.content[head.len()..], room, style);
        }
    }

    pub fn span(&mut self, area: Rect, span: &Span<'_>) {
        if !area.is_empty() {
            self.text((area.x, area.y), &span.content, area.width, span.style);
        }
    }
}

impl Run {
    /// ASCII, which is nearly everything, is a cell a byte; only the rest is taken apart into what
    /// readers see as characters.
    fn fill(&self, text: &str, buffer: &mut Buffer) {
        if !text.is_ascii() {
            buffer.set_stringn(self.x, 0, text, usize::from(self.room), self.style);
            return;
        }
        let shown = text.char_indices().filter(|(_, character)| !character.is_ascii_control());
        let cells = buffer.content.iter_mut().skip(usize::from(self.x));
        for ((at, _), cell) in shown.zip(cells.take(usize::from(self.room))) {
            cell.set_symbol(&text[at..=at]).set_style(self.style);
        }
    }
}

/// Whether nothing but its background is to be seen of a cell.
pub fn shows_nothing(cell: &Cell) -> bool {
    let drawn = Modifier::UNDERLINED | Modifier::REVERSED | Modifier::CROSSED_OUT;
    cell.symbol() == " " && !cell.modifier.intersects(drawn)
}

fn columns(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}
