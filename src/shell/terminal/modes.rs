use std::io;

use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, KeyboardEnhancementFlags,
    PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::queue;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen};

/// Has the terminal remember how it sends cursor keys, the keypad, Alt and Meta, and whether it marks pastes: the
/// shell that waits for the answer may be in the middle of a line. Terminals that cannot do that ignore it.
const SAVE: &[u8] = b"\x1b[?1;66;1036;1039;2004s";
const RESTORE: &[u8] = b"\x1b[?1;66;1036;1039;2004r";

/// Has xterm send Alt and Meta as Escape before the key. As it comes, it types another letter instead,
/// such as `á` for Alt-A. Others do so anyway, or ignore it.
const ALT_AS_ESCAPE: &[u8] = b"\x1b[?1036;1039h";

/// Ends what an earlier program may have left on and what this one does not read: keys as
/// modifyOtherKeys, win32-input-mode, and reports of focus, colour scheme and size.
const NOTHING_LEFT_ON: &[u8] = b"\x1b[>4;0m\x1b[?1004;2031;2048;9001l\x1b F";

/// Gives modifyOtherKeys the value with which the terminal began. Some take it for underlining.
const OTHER_KEYS_AS_CONFIGURED: &[u8] = b"\x1b[>4m\x1b[m";

/// Ends what would garble the picture (inserting, lines for letters, a part of the screen for the whole)
/// and the keys (a line feed behind each Enter, and other sequences for the cursor).
const PLAIN_TERMINAL: &[u8] = b"\x1b[4;20l\x1b(B\x0f\x1b[?1;6;69l\x1b[r";

const PLAIN_KEYPAD: &[u8] = b"\x1b>";

/// With a plain keypad, st sends for Delete what kitty sends for F1.
const KEYPAD_OF_ST: &[u8] = b"\x1b=";

/// The modes that a terminal supports.
#[derive(Clone, Copy, Debug)]
pub struct Modes {
    /// Whether the kitty protocol can be asked for; a terminal without it ignores that. The Linux
    /// console prints it, and for Windows crossterm has no words for it.
    keyboard: bool,
    keypad: &'static [u8],
}

impl Modes {
    pub fn here() -> Self {
        Self::of(&std::env::var("TERM").unwrap_or_default())
    }

    fn of(term: &str) -> Self {
        let is_st = term.split('-').next() == Some("st");
        Self {
            keyboard: cfg!(unix) && term != "linux",
            keypad: if is_st { KEYPAD_OF_ST } else { PLAIN_KEYPAD },
        }
    }

    /// The other screen, pasting in brackets, unambiguous keys and, if wanted, clicks.
    pub fn enter_bytes(self, clicks: bool) -> io::Result<Vec<u8>> {
        // The alternates say which key of a US keyboard a letter of another layout is on.
        let flags = KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES
            | KeyboardEnhancementFlags::REPORT_ALTERNATE_KEYS;
        let mut bytes = Vec::new();
        queue!(bytes, EnterAlternateScreen, DisableMouseCapture)?;
        if self.keyboard {
            bytes.extend_from_slice(SAVE);
        }
        if cfg!(unix) {
            bytes.extend([PLAIN_TERMINAL, self.keypad].concat());
        }
        if self.keyboard {
            bytes.extend_from_slice(NOTHING_LEFT_ON);
            queue!(bytes, PushKeyboardEnhancementFlags(flags))?;
            bytes.extend_from_slice(ALT_AS_ESCAPE);
        }
        queue!(bytes, EnableBracketedPaste)?;
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
            bytes.extend_from_slice(RESTORE);
        }
        bytes.extend(self.enter_bytes(clicks)?);
        Ok(bytes)
    }

    /// Everything undone, whether or not it was done. The clicks come first: what the terminal
    /// sends until it reads this is dropped. Pastes go on being marked if a shell `is_editing` a line.
    pub fn leave_bytes(self, is_editing: bool) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        queue!(bytes, DisableMouseCapture)?;
        match is_editing {
            true => queue!(bytes, EnableBracketedPaste)?,
            false => queue!(bytes, DisableBracketedPaste)?,
        }
        if self.keyboard {
            queue!(bytes, PopKeyboardEnhancementFlags)?;
            bytes.extend([OTHER_KEYS_AS_CONFIGURED, PLAIN_KEYPAD, RESTORE].concat());
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
    fn what_is_changed_is_saved_before_and_restored_except_on_the_linux_console() {
        for (term, times) in [("xterm", 1), ("linux", 0)] {
            let modes = Modes::of(term);
            let taken = modes.enter_bytes(true).expect("in memory");
            let again = modes.reenter_bytes(true).expect("in memory");
            let back = modes.leave_bytes(false).expect("in memory");
            assert_eq!(count(&taken, SAVE), times);
            assert_eq!(
                [PLAIN_TERMINAL, b"4;20l", b"?1;6;69l"].map(|part| count(&taken, part)),
                [1; 3]
            );
            let saved = taken.windows(SAVE.len()).position(|window| window == SAVE);
            let changed = taken.windows(5).position(|window| window == b"\x1b[?1;");
            assert!(times == 0 || saved == changed, "what is saved is not ours");
            let marked = taken.windows(8).position(|window| window == b"\x1b[?2004h");
            assert!(marked > saved, "so that it is not saved as ours");
            assert_eq!([RESTORE, SAVE].map(|part| count(&again, part)), [times; 2]);
            assert_eq!(count(&back, RESTORE), times);
        }
    }

    #[test]
    fn the_keypad_of_st_sends_delete_and_is_put_back() {
        for (term, keypad) in [("st-256color", KEYPAD_OF_ST), ("stterm", PLAIN_KEYPAD)] {
            let modes = Modes::of(term);
            assert_eq!(count(&modes.enter_bytes(true).expect("in memory"), keypad), 1, "{term}");
            assert_eq!(count(&modes.leave_bytes(false).expect("in memory"), PLAIN_KEYPAD), 1);
        }
    }

    /// In tmux, which remembers no modes, the next paste would run as commands.
    #[test]
    fn pastes_go_on_being_marked_for_a_shell_that_is_editing_a_line() {
        let modes = Modes::of("tmux-256color");
        for (is_editing, bytes) in [(true, b"\x1b[?2004h"), (false, b"\x1b[?2004l")] {
            let left = modes.leave_bytes(is_editing).expect("in memory");
            assert_eq!([&b"\x1b[?2004"[..], bytes].map(|part| count(&left, part)), [1; 2]);
        }
    }
}
