use std::fmt;
use std::io;

use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, KeyboardEnhancementFlags,
    PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{Command, queue};

/// What a terminal knows how to do.
#[derive(Clone, Copy, Debug)]
pub struct Modes {
    /// Whether the kitty protocol can be asked for; a terminal without it ignores that. The Linux
    /// console prints it, and for Windows crossterm has no words for it.
    keyboard: bool,
}

impl Modes {
    pub fn here() -> Self {
        let console = std::env::var_os("TERM").is_some_and(|term| term == "linux");
        Self { keyboard: cfg!(unix) && !console }
    }

    /// The other screen, pasting in brackets, unambiguous keys and, if wanted, clicks.
    pub fn taken(self, clicks: bool) -> io::Result<Vec<u8>> {
        let flags = KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES;
        let mut bytes = Vec::new();
        queue!(bytes, EnterAlternateScreen, EnableBracketedPaste)?;
        if self.keyboard {
            queue!(bytes, PushKeyboardEnhancementFlags(flags))?;
        }
        if clicks {
            queue!(bytes, EnableClicks)?;
        }
        Ok(bytes)
    }

    /// The same where nobody knows what a shell left of it. Keyboard modes are a stack: what is
    /// still there is taken off first, so that there is one again.
    #[cfg(unix)]
    pub fn taken_again(self, clicks: bool) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        queue!(bytes, EnterAlternateScreen)?;
        if self.keyboard {
            queue!(bytes, PopKeyboardEnhancementFlags)?;
        }
        if !clicks {
            queue!(bytes, DisableMouseCapture)?;
        }
        bytes.extend(self.taken(clicks)?);
        Ok(bytes)
    }

    /// Everything undone, whether or not it was done. The clicks come first: what the terminal
    /// sends until it reads this is dropped.
    pub fn given_back(self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        queue!(bytes, DisableMouseCapture, DisableBracketedPaste)?;
        if self.keyboard {
            queue!(bytes, PopKeyboardEnhancementFlags)?;
        }
        queue!(bytes, LeaveAlternateScreen, Show)?;
        Ok(bytes)
    }
}

/// Asks for presses and the wheel only. crossterm's own command asks for every movement as well,
/// each of which would wake the program, and be under way when it leaves.
#[derive(Clone, Copy, Debug)]
pub struct EnableClicks;

impl Command for EnableClicks {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[?1000h\x1b[?1006h")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        crossterm::event::EnableMouseCapture.execute_winapi()
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        false
    }
}
