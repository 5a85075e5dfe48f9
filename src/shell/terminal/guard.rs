use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Write};
use std::mem;
use std::panic;
use std::process;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crossterm::event::DisableMouseCapture;
use crossterm::queue;

use super::modes::{self, Modes};
use super::settings::Settings;
use super::{suspend, tty};
use crate::shell::Device;
use crate::view::Size;

/// Of the process, so that every thread can give the terminal back. Never locked by one that waits
/// for the terminal.
static TERMINAL: Mutex<Terminal> = Mutex::new(Terminal::Shells);

/// Held while a thread gives the terminal back, so that no other ends the process meanwhile.
static RESTORING: Mutex<()> = Mutex::new(());

/// Rust's exit code of a program that panicked.
const PANICKED: i32 = 101;

/// The longest wait for a stuck terminal before keys are answered again.
const STUCK_AFTER: Duration = Duration::from_millis(50);

/// Ends a sequence that was cut, the frame that it was in, and the colours of that frame.
const END_OF_FRAME: &[u8] = b"\x18\x1b[?2026l\x1b[m";

/// Takes the picture away where there is no other screen to leave, as in GNU screen, so that what
/// follows does not stand in it.
const CLEAR: &[u8] = b"\x1b[m\x1b[H\x1b[2J";

enum Terminal {
    /// The program draws on it.
    Held(Held),
    /// The program may take it.
    Shells,
    /// The program is ending, and takes it no more.
    Left,
}

struct Held {
    /// Takes what is written, or refuses it, but never waits.
    tty: Arc<File>,
    settings: Settings,
    /// Output that the terminal has not accepted yet.
    backlog: VecDeque<u8>,
}

/// Puts the terminal back as it was, however the program ends.
///
/// Raw mode, the other screen, pasting in brackets, clicks and unambiguous keys (the kitty
/// protocol) last as long as this value, except while the program is suspended.
#[derive(Debug)]
pub struct TerminalGuard {
    tty: Arc<File>,
    /// Whether clicks come to the program now. `None` if they are always the terminal's.
    clicks: Option<bool>,
}

impl TerminalGuard {
    /// Takes the terminal, and clicks if `mouse` is true.
    pub fn new(mouse: bool) -> io::Result<Self> {
        let guard = Self { tty: Arc::new(tty::open_nonblocking()?), clicks: mouse.then_some(true) };
        *terminal() = Terminal::Shells;
        guard.take()?;
        Ok(guard)
    }

    /// Takes the terminal from a shell. What was before is what the shell made of it.
    fn take(&self) -> io::Result<()> {
        if matches!(*terminal(), Terminal::Left) {
            return Ok(());
        }
        self.hold(Settings::make_raw(&self.tty)?);
        self.write_bytes(&Modes::here().enter_bytes(self.clicks == Some(true))?)
    }

    /// Takes the terminal again after the program was stopped, perhaps unawares (SIGSTOP): then a
    /// shell may have made what it likes of what the program still holds, or there was none.
    fn take_again(&self) -> io::Result<()> {
        let Some(settings) = terminal().held().map(|held| held.settings.clone()) else {
            return self.take();
        };
        self.hold(settings.make_raw_again(&self.tty)?);
        self.write_bytes(&Modes::here().reenter_bytes(self.clicks == Some(true))?)
    }

    /// Writes as much as the terminal takes in a moment, and keeps the rest for
    /// [`flush`](Write::flush): keys must not wait for it. Writes nothing where another thread has
    /// given the terminal back, since that thread is about to end the process.
    fn write_bytes(&self, bytes: &[u8]) -> io::Result<()> {
        if let Some(held) = terminal().held() {
            held.backlog.extend(bytes);
        }
        self.write_backlog()
    }

    fn write_backlog(&self) -> io::Result<()> {
        let deadline = Instant::now() + STUCK_AFTER;
        // Another thread may give the terminal back between two writes.
        let write_some = || terminal().held().map_or(Ok(false), Held::write_some);
        while write_some()? && tty::is_writable_by(&self.tty, deadline) {}
        Ok(())
    }

    fn hold(&self, settings: Settings) {
        let mut terminal = terminal();
        if matches!(*terminal, Terminal::Left) {
            // Another thread has given the terminal back for good.
            let _ = settings.put_back(&self.tty);
            return;
        }
        let tty = self.tty.clone();
        *terminal = Terminal::Held(Held { tty, settings, backlog: VecDeque::new() });
    }
}

impl Write for TerminalGuard {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_bytes(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.write_backlog()
    }
}

impl Device for TerminalGuard {
    fn suspend(&mut self) -> io::Result<Result<(), String>> {
        suspend::stop(|| leave_as(Terminal::Shells))
    }

    fn resume(&mut self) -> io::Result<Option<Size>> {
        if tty::is_background(&self.tty) {
            // Stopped unawares and let go on behind a shell, which has the terminal now.
            leave_as(Terminal::Shells);
            return Ok(None);
        }
        self.take_again()?;
        tty::size(&self.tty).map(Some)
    }

    fn is_held(&self) -> bool {
        !matches!(*terminal(), Terminal::Shells)
    }

    fn is_stuck(&self) -> bool {
        terminal().held().is_some_and(|held| !held.backlog.is_empty())
    }

    fn take_clicks(&mut self, taken: bool) -> io::Result<()> {
        let Some(clicks) = &mut self.clicks else { return Ok(()) };
        *clicks = taken;
        if taken {
            self.write_bytes(&modes::click_bytes()?)
        } else {
            queue!(self, DisableMouseCapture)
        }
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        restore();
    }
}

impl Held {
    /// Writes as much of what is left as the terminal takes at once. True if something is still left.
    fn write_some(&mut self) -> io::Result<bool> {
        let (bytes, _) = self.backlog.as_slices();
        if bytes.is_empty() {
            return Ok(false);
        }
        let count = tty::write(&self.tty, bytes)?;
        self.backlog.drain(..count);
        Ok(!self.backlog.is_empty())
    }
}

impl Terminal {
    fn held(&mut self) -> Option<&mut Held> {
        match self {
            Self::Held(held) => Some(held),
            Self::Shells | Self::Left => None,
        }
    }
}

fn terminal() -> MutexGuard<'static, Terminal> {
    TERMINAL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Gives the terminal back for good, from any thread, without waiting for one that takes nothing.
/// Undoes as much as it lets: one that has disappeared cannot be restored. Does nothing the second
/// time.
pub fn restore() {
    leave_as(Terminal::Left);
}

fn leave_as(then: Terminal) {
    let _one = RESTORING.lock().unwrap_or_else(PoisonError::into_inner);
    let before = mem::replace(&mut *terminal(), then);
    let Terminal::Held(Held { tty, settings, backlog }) = before else { return };
    let is_background = tty::is_background(&tty);
    if !(is_background && settings.guard_output(&tty)) {
        // Without a terminal there is nobody to tell.
        let _ = restore_sequence(&tty, settings.is_editing(), !backlog.is_empty());
    }
    // Where a shell has the terminal already, it has put its own settings in place.
    if !is_background {
        tty::drop_input(&tty);
        let _ = settings.put_back(&tty);
    }
}

fn restore_sequence(tty: &File, is_editing: bool, cut: bool) -> io::Result<()> {
    let undone = Modes::here().leave_bytes(is_editing)?;
    let after_cut = [END_OF_FRAME, &undone].concat();
    let after_frame = [CLEAR, &undone].concat();
    let written = tty::write_soon(tty, if cut { &after_cut } else { &after_frame });
    written.or_else(|_| {
        tty::discard_output(tty);
        tty::write_soon(tty, &after_cut)
    })
}

/// From now on a panic in any thread puts the terminal back, is told, and ends the program: without
/// that thread it would be half of one.
pub fn end_on_panic() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        restore();
        before(panic);
        process::exit(PANICKED);
    }));
}
