use std::io::{self, Write};
use std::rc::Rc;

use ratatui::Terminal;
use ratatui::layout::{Position, Rect, Size};

use super::backend::FrameEncoder;
use super::guide_screen::GuideFlow;
use super::{Drawn, Glyphs, Layout, Scene, Theme};
use crate::app::{Command, Model};

/// A terminal to draw on. Every frame is one write that holds only what has changed since the
/// frame before.
pub struct Screen {
    theme: Theme,
    glyphs: Glyphs,
    terminal: Terminal<FrameEncoder>,
    /// The guide as it was last laid out.
    guide: Option<Rc<GuideFlow>>,
    drawn: Option<Drawn>,
}

impl Screen {
    pub fn new(size: Size, theme: Theme, glyphs: Glyphs) -> Self {
        let Ok(terminal) = Terminal::new(FrameEncoder::new(size));
        Self { theme, glyphs, terminal, guide: None, drawn: None }
    }

    /// Draws everything in the next frame, whether or not the size is another: terminals move what
    /// they show when it changes.
    pub fn resize(&mut self, size: Size) {
        self.terminal.backend_mut().size = size;
        let Ok(()) = self.terminal.resize(Rect::from((Position::ORIGIN, size)));
    }

    /// Draws everything in the next frame, whatever else has been written to the terminal.
    pub fn redraw(&mut self) {
        self.resize(self.terminal.backend().size);
    }

    /// Lays out a model, which has to know the extents of its panes before it is drawn.
    pub fn lay_out(&mut self, model: &Model) -> Scene {
        let size = self.terminal.backend().size;
        let offers = |command| model.offers(command);
        let layout = Layout::of(size, offers(Command::CopyUrl), offers(Command::SwitchMode));
        Scene::of(model, layout, self.theme, &mut self.guide)
    }

    /// Draws a model that knows the extents of `scene`. Writes nothing if nothing has changed.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn draw(&mut self, model: &Model, scene: Scene, out: &mut impl Write) -> io::Result<()> {
        let (theme, glyphs) = (self.theme, self.glyphs);
        let Ok(_) = self.terminal.draw(|frame| scene.paint(model, theme, glyphs, frame));
        let written = match self.terminal.backend_mut().take() {
            Some(bytes) => out.write_all(bytes.as_bytes()).and_then(|()| out.flush()),
            None => Ok(()),
        };
        // What was drawn before is freed only when the terminal has the frame.
        self.drawn = Some(Drawn::of(scene, model));
        written
    }

    /// The scene that was drawn last. `None` before the first frame.
    pub fn drawn(&self) -> Option<&Drawn> {
        self.drawn.as_ref()
    }
}
