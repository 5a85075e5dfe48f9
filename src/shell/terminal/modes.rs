use std::io;

use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, KeyboardEnhancementFlags,
    PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::queue;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen};

/// Has xterm send Alt and Meta as Escape before the key, and remembers what it did before. As it
/// comes, it types another letter instead, such as `á` for Alt-A. Others do so anyway, or ignore it.
const ALT_AS_ESCAPE: &[u8] = b"\x1b[?1036;1039s\x1b[?1036;1039h";
const ALT_AS_BEFORE: &[u8] = b"\x1b[?1036;1039r";

/// Ends what an earlier program may have left on and what this one does not read: keys as
/// modifyOtherKeys, win32-input-mode, and reports of focus, colour scheme and size.
const NOTHING_LEFT_ON: &[u8] = b"\x1b[>4;0m\x1b[?1004;2031;2048;9001l";

/// The modes that a terminal supports.
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
    pub fn enter_bytes(self, clicks: bool) -> io::Result<Vec<u8>> {
        // The alternates say which key of a US keyboard a letter of another layout is on.
        let flags = KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES
            | KeyboardEnhancementFlags::REPORT_ALTERNATE_KEYS;
        let mut bytes = Vec::new();
        queue!(bytes, EnterAlternateScreen, DisableMouseCapture, EnableBracketedPaste)?;
        if self.keyboard {
            bytes.extend_from_slice(NOTHING_LEFT_ON);
            queue!(bytes, PushKeyboardEnhancementFlags(flags))?;
            bytes.extend_from_slice(ALT_AS_ESCAPE);
        }
        if clicks {
            bytes.extend(click_bytes()?);
        }
        Ok(bytes)
    }

    /// The same where nobody knows what a shell left of it. Keyboard modes are a stack: what is
    /// still there is taken off first, so that there is one again.
    pub fn reenter_bytes(self, clicks: bool) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        queue!(bytes, EnterAlternateScreen)?;
        if self.keyboard {
            queue!(bytes, PopKeyboardEnhancementFlags)?;
            bytes.extend_from_slice(ALT_AS_BEFORE);
        }
        bytes.extend(self.enter_bytes(clicks)?);
        Ok(bytes)
    }

    /// Everything undone, whether or not it was done. The clicks come first: what the terminal
    /// sends until it reads this is dropped.
    pub fn leave_bytes(self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        queue!(bytes, DisableMouseCapture, DisableBracketedPaste)?;
        if self.keyboard {
            queue!(bytes, PopKeyboardEnhancementFlags)?;
            bytes.extend_from_slice(ALT_AS_BEFORE);
        }
        queue!(bytes, LeaveAlternateScreen, Show)?;
        Ok(bytes)
    }
}

/// Asks for presses and the wheel only. crossterm's own command asks for every movement as well,
/// each of which would wake the program, and be under way when it leaves.
pub fn click_bytes() -> io::Result<Vec<u8>> {
    #[cfg(unix)]
    return Ok(b"\x1b[?1000h\x1b[?1006h".to_vec());
    #[cfg(windows)]
    {
        let mut bytes = Vec::new();
        queue!(bytes, crossterm::event::EnableMouseCapture)?;
        Ok(bytes)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// How often `part` stands in the bytes.
    fn count(bytes: &[u8], part: &[u8]) -> usize {
        bytes.windows(part.len()).filter(|&window| window == part).count()
    }

    #[test]
    fn what_alt_sends_is_asked_for_and_given_back_except_on_the_linux_console() {
        for (keyboard, times) in [(true, 1), (false, 0)] {
            let modes = Modes { keyboard };
            let taken = modes.enter_bytes(true).expect("in memory");
            let again = modes.reenter_bytes(true).expect("in memory");
            let back = modes.leave_bytes().expect("in memory");
            assert_eq!(count(&taken, ALT_AS_ESCAPE), times);
            assert_eq!(count(&again, ALT_AS_ESCAPE), times);
            assert_eq!(count(&again, ALT_AS_BEFORE), times, "so that it is not saved as ours");
            assert_eq!(count(&back, ALT_AS_BEFORE), times);
        }
    }
}
