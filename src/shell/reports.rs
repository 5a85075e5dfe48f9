use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;
#[cfg(unix)]
use std::{io::Write, os::unix::net::UnixStream, sync::Arc};

use super::event::Event;

/// Where the loop hears of what happens.
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

/// Tells the loop what happens beside it.
#[derive(Clone)]
pub struct Reports {
    events: Sender<Event>,
    /// Wakes a loop that waits for the terminal as well.
    #[cfg(unix)]
    wake: Option<Arc<UnixStream>>,
}

impl Reports {
    #[cfg(unix)]
    pub fn waking(events: Sender<Event>, wake: UnixStream) -> Self {
        Self { events, wake: Some(Arc::new(wake)) }
    }

    /// Returns whether the loop can still hear it. One that has ended needs to hear nothing.
    pub fn send(&self, event: Event) -> bool {
        let is_heard = self.events.send(event).is_ok();
        #[cfg(unix)]
        if let Some(wake) = &self.wake {
            // One that takes no more has not been read yet, and wakes the loop.
            let _ = (&**wake).write(&[0]);
        }
        is_heard
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
