use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::time::{Duration, Instant};

use crate::view::Size;

#[cfg(unix)]
const DEVICE: &str = "/dev/tty";
#[cfg(windows)]
const DEVICE: &str = "CONOUT$";

/// The size assumed of a terminal that does not know it, such as a serial line.
const USUAL: Size = Size { width: 80, height: 24 };

/// More than any display has. Each cell takes memory, and a terminal may say what it likes.
const LARGEST: Size = Size { width: 2000, height: 1000 };

/// The longest wait for a stuck terminal on leaving, before its output is discarded.
const WRITE_TIMEOUT: Duration = Duration::from_millis(250);

/// The terminal itself, whatever stdout and stderr are redirected to.
pub fn open() -> io::Result<File> {
    OpenOptions::new().read(true).write(true).open(DEVICE)
}

/// The terminal to read lines from, whatever stdin is redirected to.
pub fn open_input() -> io::Result<File> {
    #[cfg(unix)]
    return File::open(DEVICE);
    #[cfg(windows)]
    return OpenOptions::new().read(true).write(true).open("CONIN$");
}

/// Writes to a terminal opened [nonblocking](open_nonblocking) and returns how much it took, which is nothing
/// where it takes nothing now.
pub fn write(mut tty: &File, bytes: &[u8]) -> io::Result<usize> {
    match tty.write(bytes) {
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {
            Ok(0)
        }
        written => written,
    }
}

/// Writes everything, but waits for no longer than [`WRITE_TIMEOUT`].
pub fn write_soon(tty: &File, mut bytes: &[u8]) -> io::Result<()> {
    let deadline = Instant::now() + WRITE_TIMEOUT;
    loop {
        let count = write(tty, bytes)?;
        bytes = bytes.get(count..).unwrap_or_default();
        if bytes.is_empty() {
            return Ok(());
        }
        if !is_writable_by(tty, deadline) {
            return Err(ErrorKind::TimedOut.into());
        }
    }
}

fn known(width: u16, height: u16) -> Size {
    match width == 0 || height == 0 {
        true => USUAL,
        false => Size { width: width.min(LARGEST.width), height: height.min(LARGEST.height) },
    }
}

#[cfg(unix)]
pub use unix::*;

#[cfg(unix)]
mod unix {
    use std::fs::{File, OpenOptions};
    use std::io::{self, ErrorKind};
    use std::os::fd::{AsRawFd, RawFd};
    use std::os::unix::fs::OpenOptionsExt;
    use std::os::unix::net::UnixStream;
    use std::time::{Duration, Instant};

    use filedescriptor::{Error, POLLIN, POLLOUT, pollfd};
    use rustix::fs::OFlags;
    use rustix::io::Errno;
    use rustix::process::getpgrp;
    use rustix::termios::{QueueSelector, tcflush, tcgetpgrp, tcgetwinsize};

    use super::{DEVICE, Size, known};

    /// A terminal that has sent nothing for so long sends no more of what was under way.
    const INPUT_PAUSE: Duration = Duration::from_millis(30);

    /// The longest time for dropping input, should it never end.
    const INPUT_TIMEOUT: Duration = Duration::from_millis(300);

    /// The terminal, refusing what it cannot take at once.
    pub fn open_nonblocking() -> io::Result<File> {
        let flags = OFlags::NONBLOCK.bits().cast_signed();
        OpenOptions::new().read(true).write(true).custom_flags(flags).open(DEVICE)
    }

    /// Returns the size of the terminal.
    pub fn size(tty: &File) -> io::Result<Size> {
        let size = tcgetwinsize(tty)?;
        Ok(known(size.ws_col, size.ws_row))
    }

    /// Returns `true` if another job of the session has the terminal: after `bg`, or after a `kill %1` that
    /// lets a stopped job go on so that it can end. Not where the session has no terminal left.
    pub fn is_background(tty: &File) -> bool {
        tcgetpgrp(tty).is_ok_and(|group| group != getpgrp())
    }

    /// Returns `true` if an error means that there is no terminal any more.
    pub fn is_gone(error: &io::Error) -> bool {
        let gone = [Errno::IO, Errno::NXIO, Errno::NODEV];
        Errno::from_io_error(error).is_some_and(|error| gone.contains(&error))
    }

    /// Waits until one of them has something to read, for as long as `patience` lasts. Returns whether the
    /// terminal has, and whether the other.
    pub fn are_readable(
        tty: Option<&File>,
        other: &UnixStream,
        patience: Option<Duration>,
    ) -> [bool; 2] {
        match tty {
            Some(tty) => are_ready([tty.as_raw_fd(), other.as_raw_fd()], POLLIN, patience),
            None => [false, are_ready([other.as_raw_fd()], POLLIN, patience) == [true]],
        }
    }

    /// Throws away what the terminal has not taken yet.
    pub fn discard_output(tty: &File) {
        // One that is gone has nothing to throw away.
        let _ = tcflush(tty, QueueSelector::OFlush);
    }

    /// Waits for input, for as long as `patience` lasts. False if none came.
    pub fn is_readable(tty: &File, patience: Option<Duration>) -> bool {
        are_ready([tty.as_raw_fd()], POLLIN, patience) == [true]
    }

    /// Waits until one is ready, for as long as `patience` lasts, and returns which are. macOS does not poll
    /// `/dev/tty`, which the library knows.
    fn are_ready<const COUNT: usize>(
        descriptors: [RawFd; COUNT],
        events: i16,
        patience: Option<Duration>,
    ) -> [bool; COUNT] {
        // The library counts in whole milliseconds, and waiting for a part of one is no wait.
        let whole = |left: Duration| left.as_micros().div_ceil(1000).try_into().unwrap_or(u64::MAX);
        let until = patience.map(|patience| Instant::now() + patience);
        let mut watched = descriptors.map(|fd| pollfd { fd, events, revents: 0 });
        loop {
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            match filedescriptor::poll(&mut watched, left.map(whole).map(Duration::from_millis)) {
                Ok(_) => return watched.map(|one| one.revents != 0),
                // A signal came; of new sizes there may be many.
                Err(Error::Poll(error)) if error.kind() == ErrorKind::Interrupted => {}
                // Reading or writing reports the error.
                Err(_) => return [true; COUNT],
            }
        }
    }

    /// Reads and drops what the terminal still sends, such as clicks that were under way when it was
    /// told to send none: it is not for the shell.
    pub fn drop_input(tty: &File) {
        let deadline = Instant::now() + INPUT_TIMEOUT;
        let mut bytes = [0; 4096];
        while Instant::now() < deadline {
            if !is_readable(tty, Some(INPUT_PAUSE)) {
                return;
            }
            match rustix::io::read(tty, &mut bytes) {
                Ok(1..) | Err(Errno::INTR) => {}
                Ok(0) | Err(_) => return,
            }
        }
    }

    /// Waits for the terminal to take something. Returns `false` if it takes nothing until the deadline.
    pub fn is_writable_by(tty: &File, deadline: Instant) -> bool {
        let left = deadline.saturating_duration_since(Instant::now());
        !left.is_zero() && are_ready([tty.as_raw_fd()], POLLOUT, Some(left)) == [true]
    }
}

#[cfg(not(unix))]
pub use console::*;

/// A console is always there, always this program's, and always takes what is written.
#[cfg(not(unix))]
mod console {
    use std::fs::File;
    use std::io;
    use std::time::Instant;

    use super::{Size, known};

    pub use super::open as open_nonblocking;

    pub fn size(_: &File) -> io::Result<Size> {
        let (width, height) = crossterm::terminal::size()?;
        Ok(known(width, height))
    }

    pub fn is_background(_: &File) -> bool {
        false
    }

    pub fn is_gone(_: &io::Error) -> bool {
        false
    }

    pub fn discard_output(_: &File) {}

    pub fn drop_input(_: &File) {}

    pub fn is_writable_by(_: &File, _: Instant) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_what_a_terminal_says_within_reason() {
        for (said, size) in
            [((80, 25), (80, 25)), ((0, 25), (80, 24)), ((65_535, 65_535), (2000, 1000))]
        {
            let Size { width, height } = known(said.0, said.1);
            assert_eq!((width, height), size, "{said:?}");
        }
    }
}
