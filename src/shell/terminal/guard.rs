use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::mem;
use std::panic;
use std::process;
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant};

use super::modes::Modes;
use super::settings::Settings;
use super::tty;

/// Of the process, so that every thread can give the terminal back. Never locked by one that waits
/// for the terminal.
static TERMINAL: Mutex<Terminal> = Mutex::new(Terminal::Shells);

/// Held while a thread gives the terminal back, so that no other ends the process meanwhile.
static RESTORING: Mutex<()> = Mutex::new(());

/// Rust's exit code of a program that panicked.
const PANICKED: i32 = 101;

/// The longest wait for a stuck terminal before keys are answered again.
const STUCK_AFTER: Duration = Duration::from_millis(250);

/// Ends a sequence that was cut, the frame that it was in, and the colours of that frame.
const END_OF_FRAME: &[u8] = b"\x18\x1b[?2026l\x1b[m";

enum Terminal {
    /// The program draws on it.
    Held(Held),
    /// The program may take it.
    Shells,
    /// The program is ending, and takes it no more.
    Left,
}

#[derive(Clone)]
struct Held {
    /// Takes what is written, or refuses it, but never waits.
    tty: Arc<File>,
    settings: Settings,
    modes: Modes,
    /// Output that the terminal has not accepted yet.
    backlog: VecDeque<u8>,
    /// Whether the terminal has lost a part of what was written.
    cut: bool,
}

/// Puts the terminal back as it was, however the program ends.
///
/// Raw mode, the other screen, pasting in brackets, clicks and unambiguous keys (the kitty
/// protocol) last as long as this value, except between [`release`](Self::release) and
/// [`take`](Self::take).
#[derive(Debug)]
pub struct TerminalGuard {
    tty: Arc<File>,
}

impl TerminalGuard {
    /// Takes the terminal. `clicks` is whether they come to the program.
    pub fn new(clicks: bool) -> io::Result<Self> {
        let guard = Self { tty: Arc::new(tty::open_nonblocking()?) };
        *terminal() = Terminal::Shells;
        restore_on_panic();
        guard.take(clicks)?;
        Ok(guard)
    }

    /// Takes the terminal from a shell. What was before is what the shell made of it.
    pub fn take(&self, clicks: bool) -> io::Result<()> {
        if matches!(*terminal(), Terminal::Left) {
            return Ok(());
        }
        let modes = Modes::here();
        self.hold(Settings::make_raw(&self.tty)?, modes);
        self.write_all(&modes.enter_bytes(clicks)?)
    }

    /// Takes the terminal again after the program was stopped, perhaps unawares (SIGSTOP): then a
    /// shell may have made what it likes of what the program still holds, or there was none.
    #[cfg(unix)]
    pub fn take_again(&self, clicks: bool) -> io::Result<()> {
        let Some(Held { settings, modes, .. }) = terminal().held().cloned() else {
            return self.take(clicks);
        };
        self.hold(settings.make_raw_again(&self.tty)?, modes);
        self.write_all(&modes.reenter_bytes(clicks)?)
    }

    #[cfg(unix)]
    pub fn release(&self) {
        leave_as(Terminal::Shells);
    }

    /// False while the terminal is a shell's, to which the program was stopped.
    pub fn is_held(&self) -> bool {
        !matches!(*terminal(), Terminal::Shells)
    }

    /// Writes everything, and waits for a moment for the terminal to take it. What a terminal does
    /// not take by then is kept for [`flush`](Self::flush): keys must not wait for it. Writes nothing
    /// where another thread has given the terminal back, since that thread is about to end the
    /// process.
    pub fn write_all(&self, bytes: &[u8]) -> io::Result<()> {
        if let Some(held) = terminal().held() {
            held.backlog.extend(bytes);
        }
        let deadline = Instant::now() + STUCK_AFTER;
        while self.flush()? {
            match tty::wait_until_writable(&self.tty, deadline) {
                Err(error) if error.kind() == ErrorKind::TimedOut => break,
                waited => waited?,
            }
        }
        Ok(())
    }

    /// Writes as much of what is left as the terminal takes at once. True if something is still
    /// left.
    pub fn flush(&self) -> io::Result<bool> {
        terminal().held().map_or(Ok(false), Held::flush)
    }

    /// Whether the terminal has not taken everything that was written.
    pub fn is_stuck(&self) -> bool {
        terminal().held().is_some_and(|held| !held.backlog.is_empty())
    }

    pub fn tty(&self) -> &File {
        &self.tty
    }

    fn hold(&self, settings: Settings, modes: Modes) {
        let mut terminal = terminal();
        if matches!(*terminal, Terminal::Left) {
            // Another thread has given the terminal back for good.
            let _ = settings.put_back(&self.tty);
            return;
        }
        let tty = self.tty.clone();
        *terminal =
            Terminal::Held(Held { tty, settings, modes, backlog: VecDeque::new(), cut: false });
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        restore();
    }
}

impl Held {
    fn flush(&mut self) -> io::Result<bool> {
        while !self.backlog.is_empty() {
            let (bytes, _) = self.backlog.as_slices();
            match tty::write(&self.tty, bytes)? {
                Some(count) => drop(self.backlog.drain(..count)),
                None => return Ok(true),
            }
        }
        Ok(false)
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
    let Terminal::Held(Held { tty, settings, modes, backlog, cut }) = before else { return };
    let is_background = tty::is_background(&tty);
    if !(is_background && settings.guard_output(&tty)) {
        // Without a terminal there is nobody to tell.
        let _ = restore_sequence(&tty, modes, cut || !backlog.is_empty());
    }
    // Where a shell has the terminal already, it has put its own settings in place.
    if !is_background {
        tty::drop_input(&tty);
        let _ = settings.put_back(&tty);
    }
}

fn restore_sequence(tty: &File, modes: Modes, cut: bool) -> io::Result<()> {
    let undone = modes.leave_bytes()?;
    let after_cut = [END_OF_FRAME, &undone].concat();
    let written = tty::write_soon(tty, if cut { &after_cut } else { &undone });
    written.or_else(|_| {
        tty::discard_output(tty);
        tty::write_soon(tty, &after_cut)
    })
}

/// Discards pending output, so that a thread that waits for the terminal goes on.
#[cfg(unix)]
pub fn discard_output() {
    if let Some(held) = terminal().held() {
        held.cut = true;
        tty::discard_output(&held.tty);
    }
}

/// A panic ends the program, whichever thread it is in: without that thread it would be half of
/// one. The message comes when the terminal can show it.
fn restore_on_panic() {
    static SET: Once = Once::new();
    SET.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            restore();
            before(panic);
            process::exit(PANICKED);
        }));
    });
}
