use std::io::{self, Write};

use ratatui::layout::{Position, Size};
use ratatui::style::Style;

use super::canvas::Canvas;
use super::cells::Cells;
use super::encoder::Encoder;
use super::fit;
use super::glyphs::Glyphs;
use super::paint::{Measured, measure, paint, running};
use super::theme::Theme;
use crate::app::Model;

const BEGIN_FRAME: &str = "\x1b[?2026h";
const END_FRAME: &str = "\x1b[?2026l";

/// A terminal to draw on. Every frame is one write inside synchronized output (DEC mode 2026),
/// holding only what changed since the frame before.
pub struct Screen {
    size: Size,
    theme: Theme,
    glyphs: Glyphs,
    /// What is being painted; between two frames, that which was painted before the last.
    canvas: Canvas,
    /// What the terminal shows; none where that is not known.
    shown: Option<Canvas>,
    encoder: Encoder,
}

impl Screen {
    pub fn new(size: Size, theme: Theme) -> Self {
        Self {
            size,
            theme,
            glyphs: Glyphs::Unicode,
            canvas: Canvas::new(size, theme.plain()),
            shown: None,
            encoder: Encoder::default(),
        }
    }

    /// With no other characters than these.
    pub fn with_glyphs(self, glyphs: Glyphs) -> Self {
        Self { glyphs, ..self }
    }

    pub fn size(&self) -> Size {
        self.size
    }

    /// Terminals move what they show when their size changes, so that the next frame holds
    /// everything.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.canvas = Canvas::new(size, self.theme.plain());
        self.forget();
    }

    /// What is on the terminal is not known any more: the next frame holds everything.
    pub fn forget(&mut self) {
        self.shown = None;
    }

    /// What the panes hold, for the model to know before it is drawn.
    pub fn measure(&self, model: &Model) -> Measured {
        measure(model, self.size, self.theme)
    }

    /// Draws a model that has been told what was measured of it. Writes nothing where nothing has
    /// changed.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn draw(
        &mut self,
        model: &Model,
        measured: &Measured,
        out: &mut impl Write,
    ) -> io::Result<()> {
        self.canvas.clear(self.theme.plain());
        let cursor = paint(model, measured, self.theme, &mut self.canvas);
        let shown = self.shown.take().unwrap_or_else(|| {
            self.encoder.begin_anew();
            Canvas::new(self.size, Style::new())
        });
        let (mut before, mut after) = (Cells::default(), Cells::default());
        for (y, old, new) in shown.differing(&self.canvas) {
            shown.fill(old, &mut before, self.glyphs);
            self.canvas.fill(new, &mut after, self.glyphs);
            self.encoder.row(y, &before, &after);
        }
        self.encoder.put_cursor(cursor);
        self.run_on(model);
        self.shown = Some(std::mem::replace(&mut self.canvas, shown));
        let frame = self.encoder.take();
        if frame.is_empty() {
            return Ok(());
        }
        out.write_all([BEGIN_FRAME, &frame, END_FRAME].concat().as_bytes())?;
        out.flush()
    }

    fn run_on(&mut self, model: &Model) {
        let Some((mut row, lines)) = running(model, self.size) else {
            return;
        };
        let columns = usize::from(self.size.width).max(1);
        for line in lines {
            self.encoder.run_on(Position { x: 0, y: row }, &line);
            let rows = fit::pieces(&line, columns).len().max(1);
            row = row.saturating_add(u16::try_from(rows).unwrap_or(u16::MAX));
        }
    }
}
