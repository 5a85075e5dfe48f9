use std::io::{self, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
    KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{queue, terminal};

use super::tty;

/// Whether the terminal is in the program's hands, for the panic hook to know.
static HELD: AtomicBool = AtomicBool::new(false);

/// Puts the terminal back as it was, however the program ends.
///
/// Raw mode, the other screen, pasting in brackets, clicks and unambiguous keys (the kitty
/// protocol, which a terminal without it ignores) last as long as this value, except between
/// [`release`](Self::release) and [`take`](Self::take).
#[derive(Debug)]
pub struct TerminalGuard {
    mouse: bool,
}

impl TerminalGuard {
    pub fn new(mouse: bool) -> io::Result<Self> {
        restore_on_panic();
        let guard = Self { mouse };
        guard.take()?;
        Ok(guard)
    }

    pub fn take(&self) -> io::Result<()> {
        HELD.store(true, Ordering::SeqCst);
        terminal::enable_raw_mode()?;
        let mut tty = tty::open()?;
        let flags = KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES;
        let mut bytes = Vec::new();
        queue!(bytes, EnterAlternateScreen, EnableBracketedPaste)?;
        if knows_private_modes() {
            queue!(bytes, PushKeyboardEnhancementFlags(flags))?;
        }
        if self.mouse {
            queue!(bytes, EnableMouseCapture)?;
        }
        tty.write_all(&bytes)
    }

    pub fn release(&self) {
        restore();
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        restore();
    }
}

/// Undoes everything, whether or not it was done, and as much of it as the terminal lets it: one
/// that has disappeared cannot be restored. Does nothing the second time.
fn restore() {
    if !HELD.swap(false, Ordering::SeqCst) {
        return;
    }
    let undone = tty::open().and_then(|mut tty| {
        let mut bytes = Vec::new();
        queue!(bytes, DisableMouseCapture, DisableBracketedPaste)?;
        if knows_private_modes() {
            queue!(bytes, PopKeyboardEnhancementFlags)?;
        }
        queue!(bytes, LeaveAlternateScreen, Show)?;
        tty.write_all(&bytes)
    });
    // Without a terminal there is nobody to tell.
    let _ = undone.and_then(|()| terminal::disable_raw_mode());
}

fn restore_on_panic() {
    static SET: AtomicBool = AtomicBool::new(false);
    if SET.swap(true, Ordering::SeqCst) {
        return;
    }
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        restore();
        before(panic);
    }));
}

/// The Linux console prints what it does not know.
fn knows_private_modes() -> bool {
    std::env::var_os("TERM").is_none_or(|term| term != "linux")
}
