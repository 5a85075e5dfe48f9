use std::io::{self, Write};

use ratatui::Terminal;
use ratatui::layout::{Position, Size};

use super::encoder::Encoder;
use super::glyphs::Glyphs;
use super::paint::running;
use super::theme::Theme;
use super::{fit, measure, paint};
use crate::app::{Extents, Model};

const BEGIN_FRAME: &[u8] = b"\x1b[?2026h";
const END_FRAME: &[u8] = b"\x1b[?2026l";

/// A terminal to draw on. Every frame is one write inside synchronized output (DEC mode 2026),
/// holding only what changed since the frame before.
pub struct Screen {
    terminal: Terminal<Encoder>,
    theme: Theme,
    glyphs: Glyphs,
}

impl Screen {
    pub fn new(size: Size, theme: Theme) -> io::Result<Self> {
        let terminal = Terminal::new(Encoder::new(size))?;
        Ok(Self { terminal, theme, glyphs: Glyphs::Unicode })
    }

    /// With no other characters than these.
    pub fn with_glyphs(self, glyphs: Glyphs) -> Self {
        Self { glyphs, ..self }
    }

    pub fn size(&self) -> Size {
        self.terminal.backend().size
    }

    pub fn resize(&mut self, size: Size) {
        self.terminal.backend_mut().resize(size);
    }

    /// What is on the terminal is not known any more: the next frame holds everything.
    pub fn forget(&mut self) -> io::Result<()> {
        self.terminal.backend_mut().forget();
        self.terminal.clear()
    }

    /// What the panes hold, for the model to know before it is drawn.
    pub fn measure(&self, model: &Model) -> Extents {
        measure(model, self.size())
    }

    /// Writes nothing where nothing has changed.
    pub fn draw(&mut self, model: &Model, out: &mut impl Write) -> io::Result<()> {
        self.terminal.autoresize()?;
        let painted = paint(model, self.theme, self.terminal.current_buffer_mut());
        self.glyphs.limit(self.terminal.current_buffer_mut());
        self.terminal.backend_mut().links = painted.links;
        self.terminal.apply_buffer_with_cursor(painted.cursor)?;
        self.run_on(model);
        let frame = self.terminal.backend_mut().take();
        if frame.is_empty() {
            return Ok(());
        }
        out.write_all(&[BEGIN_FRAME, &frame, END_FRAME].concat())?;
        out.flush()
    }

    fn run_on(&mut self, model: &Model) {
        let Some((mut row, lines)) = running(model, self.size()) else {
            return;
        };
        let columns = usize::from(self.size().width).max(1);
        for line in lines {
            self.terminal.backend_mut().run_on(Position { x: 0, y: row }, &line);
            let rows = fit::pieces(&line, columns).len().max(1);
            row = row.saturating_add(u16::try_from(rows).unwrap_or(u16::MAX));
        }
    }
}
