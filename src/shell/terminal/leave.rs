use std::process;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::guard;
use crate::error::Exit;
use crate::shell::event::{Event, Signal};

/// The time in which the loop has to leave. Only one that waits for a stuck terminal takes longer.
const LEAVE_TIMEOUT: Duration = Duration::from_millis(250);

/// Ends the screen from beside the loop, whatever the loop is doing.
#[derive(Clone)]
pub struct Leave {
    events: Sender<Event>,
    left: Arc<Left>,
}

/// Whether the screen has been left and the terminal given back.
#[derive(Default)]
struct Left {
    has: Mutex<bool>,
    changed: Condvar,
}

/// As long as this value, the screen has not been left.
pub struct OnScreen(Arc<Left>);

impl Leave {
    pub fn new(events: Sender<Event>) -> (Self, OnScreen) {
        let left = Arc::<Left>::default();
        (Self { events, left: left.clone() }, OnScreen(left))
    }

    /// Asks the loop to leave. Where it cannot, what the terminal does not take is thrown away so
    /// that it can, and where that does not help, or the screen was left already and the answer
    /// does not get out, the process ends here.
    pub fn by(&self, signal: Signal) {
        if self.has_left() {
            process::exit(exit_after(signal).code().into());
        }
        // A loop that has ended receives nothing, and is leaving.
        let _ = self.events.send(Event::Signal(signal));
        if self.has_left_within(LEAVE_TIMEOUT) {
            return;
        }
        guard::discard_output();
        if self.has_left_within(LEAVE_TIMEOUT) {
            return;
        }
        guard::restore();
        process::exit(exit_after(signal).code().into());
    }

    pub fn has_left(&self) -> bool {
        self.has_left_within(Duration::ZERO)
    }

    fn has_left_within(&self, time: Duration) -> bool {
        let has = self.left.has.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.left.changed.wait_timeout_while(has, time, |has| !*has);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

impl Drop for OnScreen {
    fn drop(&mut self) {
        *self.0.has.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.changed.notify_all();
    }
}

fn exit_after(signal: Signal) -> Exit {
    match signal {
        Signal::Hangup => Exit::HungUp,
        Signal::Terminate => Exit::Terminated,
        Signal::Interrupt | Signal::Suspend | Signal::Continue => Exit::Left,
    }
}
