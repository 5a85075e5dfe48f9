use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;
#[cfg(unix)]
use std::{io::Write, os::unix::net::UnixStream, sync::Arc};

use super::event::Event;

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
    /// Wakes a loop that also waits for the terminal.
    #[cfg(unix)]
    wake: Option<Arc<UnixStream>>,
}

impl Reports {
    #[cfg(unix)]
    pub fn with_wake(events: Sender<Event>, wake: UnixStream) -> Self {
        Self { events, wake: Some(Arc::new(wake)) }
    }

    /// Returns `false` if the loop has ended, which is no error.
    pub fn send(&self, event: Event) -> bool {
        let is_sent = self.events.send(event).is_ok();
        #[cfg(unix)]
        if let Some(wake) = &self.wake {
            // A full buffer wakes the loop as well.
            let _ = (&**wake).write(&[0]);
        }
        is_sent
    }
}

impl From<Sender<Event>> for Reports {
    fn from(events: Sender<Event>) -> Self {
        Self {
            events,
            #[cfg(unix)]
            wake: None,
        }
    }
}
