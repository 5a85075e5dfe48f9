use std::ffi::c_int;
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::retry_on_intr;
use signal_hook::consts::{
    SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2,
    SIGVTALRM, SIGWINCH, SIGXCPU, SIGXFSZ,
};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::leave::Leave;
use super::{guard, suspend, tty};
use crate::app::Ending;
use crate::shell::{Event, Reports, background};

/// All that would end or stop the program, or tell it something. SIGPIPE is not among them: Rust
/// ignores it, and a closed pipe is an error of the write.
const SIGNALS: [c_int; 14] = [
    SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGALRM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGPROF, SIGXCPU,
    SIGXFSZ, SIGTSTP, SIGCONT, SIGWINCH,
];

/// Turns signals into events, beside the loop, as long as the screen is up. From then on they do
/// what they do to any program.
pub fn spawn(tty: File, reports: Reports, leave: Leave) -> io::Result<()> {
    let mut signals = Signals::new(SIGNALS)?;
    background::spawn("signals", move || {
        for raw in signals.forever() {
            match raw {
                SIGINT => leave.by(Ending::Interrupted),
                SIGTERM => leave.by(Ending::Terminated),
                SIGHUP => leave.by(Ending::Hangup),
                // Where nobody could let it go on, a program that is leaving does not stop.
                SIGTSTP if leave.has_left() && !suspend::can_stop() => {}
                // A signal that is ignored by default stays without effect.
                other if leave.has_left() => drop(emulate_default_handler(other)),
                SIGTSTP => _ = reports.send(Event::Suspend),
                SIGCONT => _ = reports.send(Event::Continue),
                SIGWINCH => {
                    // A terminal without a size has gone, of which there is another signal.
                    if let Ok(size) = tty::size(&tty) {
                        reports.send(Event::Resized(size));
                    }
                }
                // The exit is the signal itself, as of any program that does not know it.
                other => {
                    guard::restore();
                    let _ = emulate_default_handler(other);
                }
            }
        }
    })
}

/// Leaves when the terminal disappears, or the process that waits for the answer.
///
/// The kernel mostly says so by SIGHUP, but not to a program that has it blocked, nor where a
/// shell is killed that is not the first of its terminal. Waiting for it here costs nothing until it
/// happens.
pub fn watch(tty: File, leave: Leave) -> io::Result<()> {
    // Before that process can have ended and left this one to another.
    let parent = parent();
    background::spawn("watch", move || {
        if disappears(&tty, parent.as_ref()) {
            leave.by(Ending::Hangup);
        }
    })
}

/// Blocks until one of them is gone. Returns `false` at once if this system cannot watch them.
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
