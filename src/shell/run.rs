use std::fs::File;
use std::io;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use super::clipboard::Copier;
use super::event_loop::{BACKGROUND_PAUSE, EventLoop};
use super::loader::{CatalogSource, Loader};
use super::terminal::guard::TerminalGuard;
use super::terminal::{listen, tty};
use super::{Event, Events, input};
use crate::app::{Ending, Message, Model, Start};
use crate::error::{Error, Exit};
use crate::view::{Glyphs, Screen, Theme};

/// How the screen is to be.
#[derive(Debug, Default)]
pub struct Options {
    pub start: Start,
    /// Take clicks and the wheel; otherwise they are left to the terminal.
    pub mouse: bool,
    pub theme: Theme,
    pub glyphs: Glyphs,
    /// How long an ESC may stand alone before it is the key Esc.
    pub escape_timeout: Duration,
}

/// Shows the screen until it is left. The terminal is as before when this returns. `notes` get the
/// sentences for stderr.
///
/// # Errors
/// There is no terminal, or it fails while the screen is up.
pub fn run(
    source: CatalogSource,
    options: Options,
    copier: Box<dyn Copier>,
    notes: &mut Vec<String>,
) -> Result<Ending, Error> {
    let tty = tty::open().map_err(Error::NoTerminal)?;
    // Another process may read what was there to read.
    let (reports, mut events) = tty::open_nonblocking()
        .and_then(|tty| input::listen(tty, options.escape_timeout))
        .map_err(Error::terminal)?;
    // Before the terminal is taken and its size is read, so that no signal can end the program in
    // between, and no new size be missed.
    let _on_screen = listen(&tty, &reports).map_err(Error::terminal)?;
    if let Some(ending) = wait_for_foreground(&tty, &mut events) {
        return Ok(ending);
    }
    // It is read while the terminal is taken.
    let (loaded, loader) = match source {
        CatalogSource::Ready(loaded) => (Some(loaded), None),
        CatalogSource::Loading(load) => {
            (None, Some(Loader::start(load, reports.clone()).map_err(Error::terminal)?))
        }
    };
    let size = tty::size(&tty).map_err(Error::NoTerminal)?;
    let screen = Screen::new(size, options.theme, options.glyphs);
    let device = TerminalGuard::new(options.mouse).map_err(Error::terminal)?;
    let mut event_loop = EventLoop {
        model: Model::new(options.start),
        screen,
        device,
        copier,
        frame: Duration::from_millis(16),
        burst_pause: Duration::from_millis(300),
        burst: None,
        loader,
        reports,
        copying: 0,
        failed_copy: None,
    };
    let begun = loaded.map_or(Ok(None), |loaded| event_loop.update(Message::Loaded(loaded)));
    let ending = begun.and_then(|_| event_loop.run(&mut events));
    notes.extend(event_loop.failed_copy.take());
    left(ending, &event_loop.model, notes)
}

/// The end of a loop, and what there is to say about an answer that is printed.
pub(super) fn left(
    ending: io::Result<Ending>,
    model: &Model,
    notes: &mut Vec<String>,
) -> Result<Ending, Error> {
    match &ending {
        Err(error) if tty::is_gone(error) => return Ok(Ending::Hangup),
        Ok(Ending::Done(_)) => {
            notes.extend(model.answer.warnings(model.catalog(), &model.selection));
        }
        _ => {}
    }
    ending.map_err(Error::terminal)
}

impl Ending {
    /// How the program exits after it.
    pub const fn exit(&self) -> Exit {
        match self {
            Self::Done(_) => Exit::Done,
            Self::NothingSelected => Exit::Nothing,
            Self::Left | Self::Interrupted => Exit::Left,
            Self::Terminated => Exit::Terminated,
            Self::Hangup => Exit::HungUp,
            Self::Failed(_) => Exit::Refused,
        }
    }
}

/// Waits until the terminal is this program's and not another job's, as after `pdscopes &`. The
/// kernel would stop a program that takes the terminal from there, and a stopped one ends of no
/// signal. `Some` if it was ended meanwhile.
pub(super) fn wait_for_foreground(tty: &File, events: &mut impl Events) -> Option<Ending> {
    while tty::is_background(tty) {
        match events.next(Some(BACKGROUND_PAUSE)) {
            Ok(Event::Leave(ending)) => return Some(ending),
            Err(RecvTimeoutError::Disconnected) => return Some(Ending::Hangup),
            Ok(_) | Err(RecvTimeoutError::Timeout) => {}
        }
    }
    None
}
