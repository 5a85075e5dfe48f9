use std::io::{self, Write};
use std::rc::Rc;

use ratatui::Terminal;
use ratatui::layout::{Position, Rect, Size};

use super::backend::FrameEncoder;
use super::glyphs::Glyphs;
use super::guide_screen::GuideFlow;
use super::layout::Layout;
use super::paint::{Measured, measure, paint, target_at};
use super::theme::Theme;
use crate::app::{Model, Target};

/// A terminal to draw on. Every frame is one write that holds only what has changed since the
/// frame before.
pub struct Screen {
    layout: Layout,
    theme: Theme,
    glyphs: Glyphs,
    terminal: Terminal<FrameEncoder>,
    /// The guide as it was last laid out.
    guide: Option<Rc<GuideFlow>>,
}

impl Screen {
    pub fn new(size: Size, theme: Theme) -> Self {
        let Ok(terminal) = Terminal::new(FrameEncoder::new(size));
        let (layout, glyphs) = (Layout::of(size), Glyphs::Unicode);
        Self { layout, theme, glyphs, terminal, guide: None }
    }

    /// With no other characters than these.
    pub fn with_glyphs(self, glyphs: Glyphs) -> Self {
        Self { glyphs, ..self }
    }

    pub fn size(&self) -> Size {
        let Ok(size) = self.terminal.size();
        size
    }

    /// Terminals move what they show when their size changes, so that the next frame holds
    /// everything.
    pub fn resize(&mut self, size: Size) {
        self.layout = Layout::of(size);
        self.terminal.backend_mut().size = size;
        let Ok(()) = self.terminal.resize(Rect::from((Position::ORIGIN, size)));
    }

    /// What is on the terminal is not known any more: the next frame holds everything.
    pub fn forget(&mut self) {
        self.resize(self.size());
    }

    /// Lays out the panes, for the model to know their extents before it is drawn.
    pub fn measure(&mut self, model: &Model) -> Measured {
        measure(model, self.layout, self.theme, &mut self.guide)
    }

    /// What a click at `position` means.
    pub fn target_at(&self, model: &Model, position: Position) -> Option<Target> {
        target_at(model, self.layout, self.guide.as_deref(), position)
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
        let (theme, glyphs) = (self.theme, self.glyphs);
        let Ok(_) = self.terminal.draw(|frame| paint(model, measured, theme, glyphs, frame));
        let Some(bytes) = self.terminal.backend_mut().take() else {
            return Ok(());
        };
        out.write_all(bytes.as_bytes())?;
        out.flush()
    }
}
