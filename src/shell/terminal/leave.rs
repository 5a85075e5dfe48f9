use std::process;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::guard;
use crate::app::Ending;
use crate::shell::{Event, Reports};

/// The loop has to leave within this time. It gives up on a stuck terminal sooner.
const LEAVE_TIMEOUT: Duration = Duration::from_millis(500);

/// Ends the screen from beside the loop, whatever the loop is doing.
#[derive(Clone)]
pub struct Leave {
    reports: Reports,
    /// Disconnected once the screen has been left and the terminal given back.
    on_screen: Arc<Mutex<Receiver<()>>>,
}

impl Leave {
    /// The sender is dropped once the screen has been left.
    pub fn new(reports: Reports) -> (Self, Sender<()>) {
        let (sender, on_screen) = mpsc::channel();
        (Self { reports, on_screen: Arc::new(Mutex::new(on_screen)) }, sender)
    }

    /// Asks the loop to leave. Where it cannot, or the screen was left already and the answer does not get
    /// out, the process ends here.
    pub fn by(&self, ending: Ending) {
        let code = ending.exit() as i32;
        if !self.has_left() {
            self.reports.send(Event::Leave(ending));
            if self.has_left_within(LEAVE_TIMEOUT) {
                return;
            }
            guard::restore();
        }
        process::exit(code);
    }

    pub fn has_left(&self) -> bool {
        self.has_left_within(Duration::ZERO)
    }

    fn has_left_within(&self, time: Duration) -> bool {
        let on_screen = self.on_screen.lock().unwrap_or_else(PoisonError::into_inner);
        on_screen.recv_timeout(time) == Err(RecvTimeoutError::Disconnected)
    }
}
