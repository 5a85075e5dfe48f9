use std::fs::File;
use std::io;

#[cfg(unix)]
use rustix::termios::{
    LocalModes, OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcsetattr,
};

/// The settings of the terminal: the shell's, and raw mode.
///
/// Kept here rather than by crossterm, because what was before can change while the program is
/// stopped, and because `/dev/tty` cannot be opened again once the session is over, although what
/// was opened before still works.
#[cfg(unix)]
#[derive(Clone)]
pub struct Settings {
    before: Termios,
    raw: Termios,
}

#[cfg(unix)]
impl Settings {
    /// Makes the terminal raw. A program in the background is stopped here, by the kernel, until
    /// it is in the foreground.
    pub fn make_raw(tty: &File) -> io::Result<Self> {
        let before = tcgetattr(tty)?;
        let mut raw = before.clone();
        raw.make_raw();
        tcsetattr(tty, OptionalActions::Now, &raw)?;
        // The kernel need not have taken every bit.
        let raw = tcgetattr(tty)?;
        Ok(Self { before, raw })
    }

    /// The same after a stop, in which a shell may have changed the terminal, or nobody.
    pub fn make_raw_again(self, tty: &File) -> io::Result<Self> {
        if same(&tcgetattr(tty)?, &self.raw) { Ok(self) } else { Self::make_raw(tty) }
    }

    /// Puts the terminal back, without waiting, and drops what was sent to the program and not
    /// read, such as clicks under way: it is not for the shell.
    pub fn put_back(&self, tty: &File) -> io::Result<()> {
        tcflush(tty, QueueSelector::IFlush)?;
        Ok(tcsetattr(tty, OptionalActions::Now, &self.before)?)
    }

    /// Returns `true` if the shell was editing a line: one of its keys called the program.
    pub fn is_editing(&self) -> bool {
        !self.before.local_modes.contains(LocalModes::ICANON)
    }

    /// Returns `true` if a program in the background is stopped when it writes.
    pub fn guard_output(&self, tty: &File) -> bool {
        tcgetattr(tty).is_ok_and(|now| now.local_modes.contains(LocalModes::TOSTOP))
    }
}

#[cfg(unix)]
fn same(one: &Termios, other: &Termios) -> bool {
    one.input_modes == other.input_modes
        && one.output_modes == other.output_modes
        && one.control_modes == other.control_modes
        && one.local_modes == other.local_modes
}

/// The settings of the console, which crossterm keeps.
#[cfg(not(unix))]
#[derive(Clone)]
pub struct Settings;

#[cfg(not(unix))]
impl Settings {
    pub fn make_raw(_: &File) -> io::Result<Self> {
        crossterm::terminal::enable_raw_mode()?;
        Ok(Self)
    }

    pub fn make_raw_again(self, _: &File) -> io::Result<Self> {
        Ok(self)
    }

    pub fn is_editing(&self) -> bool {
        false
    }

    pub fn guard_output(&self, _: &File) -> bool {
        false
    }

    pub fn put_back(&self, _: &File) -> io::Result<()> {
        crossterm::terminal::disable_raw_mode()
    }
}
