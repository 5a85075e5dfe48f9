use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::mpsc;

use crossterm::event::{DisableMouseCapture, EnableMouseCapture};
use crossterm::{queue, terminal};

use super::clipboard::Copier;
use super::event_loop::{Device, Ending, EventLoop};
use super::guard::TerminalGuard;
use super::{input, tty};
use crate::app::{Model, Start};
use crate::domain::Catalog;
use crate::view::{Glyphs, Screen, Size, Theme};

/// How the screen is to be.
#[derive(Debug)]
pub struct Options {
    pub start: Start,
    /// Whether clicks and the wheel come to the program; else they are left to the terminal.
    pub mouse: bool,
    pub theme: Theme,
    pub glyphs: Glyphs,
}

/// Why there was no screen, or no more.
#[derive(Debug)]
pub enum ScreenError {
    /// There is no terminal to draw on.
    NoTerminal(io::Error),
    /// It was there, and failed.
    Terminal(io::Error),
}

/// Shows the screen until it is left. The terminal is as before when this returns.
pub fn run(
    catalog: Arc<Catalog>,
    options: Options,
    copier: Box<dyn Copier>,
) -> Result<Ending, ScreenError> {
    // Whether there is colour is the theme's to say. Left to itself, crossterm answers NO_COLOR by
    // writing a reset in place of each colour, which ends bold and underline too.
    crossterm::style::force_color_output(true);
    let tty = tty::open().map_err(ScreenError::NoTerminal)?;
    let (width, height) = terminal::size().map_err(ScreenError::NoTerminal)?;
    let (reports, events) = mpsc::channel();
    // Before the terminal is taken, so that none of them can end the program in between.
    #[cfg(unix)]
    super::signals::spawn(reports.clone()).map_err(ScreenError::Terminal)?;
    let screen = Screen::new(Size { width, height }, options.theme)
        .map_err(ScreenError::Terminal)?
        .with_glyphs(options.glyphs);
    let guard = TerminalGuard::new(options.mouse).map_err(ScreenError::Terminal)?;
    input::spawn(reports.clone());
    let mut event_loop = EventLoop {
        model: Model::new(catalog, options.start),
        screen,
        device: Tty { tty, guard, mouse: options.mouse },
        copier,
        reports,
    };
    event_loop.run(&events).map_err(ScreenError::Terminal)
}

struct Tty {
    tty: File,
    guard: TerminalGuard,
    mouse: bool,
}

impl Write for Tty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.tty.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.tty.flush()
    }
}

impl Device for Tty {
    #[cfg(unix)]
    fn suspend(&mut self) -> io::Result<Result<(), String>> {
        if !super::suspend::can_stop() {
            let reason = "The shell is waiting for the scopes, so pdscopes cannot be suspended.";
            return Ok(Err(reason.into()));
        }
        self.guard.release();
        super::suspend::stop()?;
        self.guard.take()?;
        Ok(Ok(()))
    }

    #[cfg(not(unix))]
    fn suspend(&mut self) -> io::Result<Result<(), String>> {
        Ok(Err("Programs cannot be suspended on this system.".into()))
    }

    fn take_clicks(&mut self, taken: bool) -> io::Result<()> {
        let mut bytes = Vec::new();
        match (self.mouse, taken) {
            (false, _) => {}
            (true, true) => queue!(bytes, EnableMouseCapture)?,
            (true, false) => queue!(bytes, DisableMouseCapture)?,
        }
        self.tty.write_all(&bytes)
    }
}
