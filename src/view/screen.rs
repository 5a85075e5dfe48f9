use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::glyphs::Glyphs;
use super::links::{self, Link};
use super::theme::Theme;
use super::{measure, paint};
use crate::app::{Extents, Model};

const BEGIN_FRAME: &[u8] = b"\x1b[?2026h";
const END_FRAME: &[u8] = b"\x1b[?2026l";

/// A terminal to draw on. Every frame is one write inside synchronized output (DEC mode 2026),
/// holding only what changed since the frame before.
pub struct Screen {
    terminal: Terminal<Frames>,
    bytes: Bytes,
    theme: Theme,
    glyphs: Glyphs,
}

impl Screen {
    pub fn new(size: Size, theme: Theme) -> io::Result<Self> {
        let bytes = Bytes::default();
        let frames =
            Frames { inner: CrosstermBackend::new(bytes.clone()), size, links: Rc::default() };
        Ok(Self { terminal: Terminal::new(frames)?, bytes, theme, glyphs: Glyphs::Unicode })
    }

    /// With no other characters than these.
    pub fn with_glyphs(self, glyphs: Glyphs) -> Self {
        Self { glyphs, ..self }
    }

    pub fn size(&self) -> Size {
        self.terminal.backend().size
    }

    pub fn resize(&mut self, size: Size) {
        self.terminal.backend_mut().size = size;
    }

    /// What is on the terminal is not known any more: the next frame holds everything.
    pub fn forget(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }

    /// What the panes hold, for the model to know before it is drawn.
    pub fn measure(&self, model: &Model) -> Extents {
        measure(model, self.size())
    }

    pub fn draw(&mut self, model: &Model, out: &mut impl Write) -> io::Result<()> {
        let (theme, glyphs) = (self.theme, self.glyphs);
        let links = self.terminal.backend().links.clone();
        self.terminal.draw(|frame| {
            *links.borrow_mut() = paint(model, theme, frame);
            glyphs.limit(frame.buffer_mut());
        })?;
        let frame = [BEGIN_FRAME, &self.bytes.0.take(), END_FRAME].concat();
        out.write_all(&frame)?;
        out.flush()
    }
}

/// A backend that collects a frame instead of writing it, and that asks the terminal nothing: the
/// size is told to it, and where the cursor is does not matter, because every frame sets it.
struct Frames {
    inner: CrosstermBackend<Bytes>,
    size: Size,
    /// Those of the frame that is being drawn.
    links: Rc<RefCell<Vec<Link>>>,
}

/// What the backend has written and nobody has sent yet.
#[derive(Clone, Default)]
struct Bytes(Rc<RefCell<Vec<u8>>>);

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Backend for Frames {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let links = self.links.borrow();
        if links.is_empty() {
            return self.inner.draw(content);
        }
        let cells: Vec<_> = content.collect();
        let same_link = |a: &(u16, u16, &Cell), b: &(u16, u16, &Cell)| {
            links::at(&links, a.0, a.1) == links::at(&links, b.0, b.1)
        };
        for run in cells.chunk_by(same_link) {
            let begin = run.first().and_then(|&(x, y, _)| links::at(&links, x, y)?.begin());
            if let Some(begin) = &begin {
                self.inner.write_all(begin.as_bytes())?;
            }
            self.inner.draw(run.iter().copied())?;
            if begin.is_some() {
                self.inner.write_all(links::END.as_bytes())?;
            }
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.inner.clear_region(clear_type)
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
