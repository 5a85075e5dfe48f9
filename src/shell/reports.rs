use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use super::Event;

/// A source of events for the loop.
pub trait Events {
    /// Waits for the next event, for as long as `patience` lasts.
    ///
    /// # Errors
    /// None came in time, or no more can come.
    fn next(&mut self, patience: Option<Duration>) -> Result<Event, RecvTimeoutError>;
}

impl Events for Receiver<Event> {
    fn next(&mut self, patience: Option<Duration>) -> Result<Event, RecvTimeoutError> {
        match patience {
            Some(patience) => self.recv_timeout(patience),
            None => self.recv().map_err(RecvTimeoutError::from),
        }
    }
}

/// Sends events to the loop from other threads.
#[derive(Clone)]
pub struct Reports {
    events: Sender<Event>,
    /// Wakes a loop that waits for the terminal too.
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Reports {
    /// For a loop that has to be woken after each event.
    pub fn with_wake(events: Sender<Event>, wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self { events, wake: Arc::new(wake) }
    }

    /// Returns `false` if the loop has ended, which is no error.
    pub fn send(&self, event: Event) -> bool {
        let is_sent = self.events.send(event).is_ok();
        (self.wake)();
        is_sent
    }
}

impl From<Sender<Event>> for Reports {
    fn from(events: Sender<Event>) -> Self {
        Self::with_wake(events, || {})
    }
}
