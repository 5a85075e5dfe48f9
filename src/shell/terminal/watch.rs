use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::thread;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::retry_on_intr;

use super::leave::Leave;
use crate::app::Ending;

/// Leaves when the terminal disappears, or the process that waits for the answer.
///
/// The kernel mostly says so by SIGHUP, but not to a program that has it blocked, nor where a
/// shell is killed that is not the first of its terminal. crossterm does not see it: it reads the
/// end of the input over and over. Waiting for it here costs nothing until it happens.
pub fn spawn(tty: File, leave: Leave) -> io::Result<()> {
    // Before that process can have ended and left this one to another.
    let parent = parent();
    thread::Builder::new().name("watch".into()).spawn(move || {
        if disappears(&tty, parent.as_ref()) {
            leave.by(Ending::Hangup);
        }
    })?;
    Ok(())
}

/// Returns when that happens; at once, and with false, where this system cannot tell.
fn disappears(tty: &File, parent: Option<&OwnedFd>) -> bool {
    // A hang-up is reported whatever is asked for; keys are not asked for.
    let mut watched = vec![PollFd::new(tty, PollFlags::empty())];
    watched.extend(parent.map(|parent| PollFd::new(parent, PollFlags::IN)));
    let polled = retry_on_intr(|| poll(&mut watched, None));
    // macOS watches no terminals, and says so.
    polled.is_ok() && !watched.iter().any(|one| one.revents().contains(PollFlags::NVAL))
}

/// The process that started this one, to wait for. `None` if its end cannot be seen.
#[cfg(target_os = "linux")]
fn parent() -> Option<OwnedFd> {
    use rustix::process::{PidfdFlags, getppid, pidfd_open};

    pidfd_open(getppid()?, PidfdFlags::empty()).ok()
}

#[cfg(not(target_os = "linux"))]
fn parent() -> Option<OwnedFd> {
    None
}
