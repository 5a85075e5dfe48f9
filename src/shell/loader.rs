use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Event, Reports, background};
use crate::app::{LoadedCatalog, Message};
use crate::error::Error;

/// Where the catalog of a screen comes from.
pub enum CatalogSource {
    Ready(LoadedCatalog),
    /// It is read while the screen is up already.
    Loading(Load),
}

/// Reads a catalog and looks up what the command line names in it. It may end early once the catalog
/// is not wanted any more; the error does not matter then.
pub type Load = Box<dyn FnOnce(&Loader) -> Result<LoadedCatalog, Error> + Send>;

/// Reads a catalog beside the loop. The loop and the thread that reads share it.
#[derive(Clone)]
pub struct Loader {
    stopped: Arc<AtomicBool>,
    reports: Reports,
}

impl Loader {
    /// Begins to read.
    ///
    /// # Errors
    /// No thread can be started.
    pub fn start(load: Load, reports: Reports) -> io::Result<Self> {
        let loader = Self { stopped: Arc::default(), reports };
        let reader = loader.clone();
        background::spawn("loader", move || {
            let report = match load(&reader) {
                Ok(loaded) => Event::Message(Message::Loaded(loaded)),
                Err(error) => Event::LoadingFailed(error.to_string()),
            };
            reader.reports.send(report);
        })?;
        Ok(loader)
    }

    pub fn is_wanted(&self) -> bool {
        !self.stopped.load(Ordering::Relaxed)
    }

    /// Reports the bytes that have come, of so many if their number is known. Returns whether the
    /// catalog is still wanted.
    pub fn report(&self, bytes: u64, total: Option<u64>) -> bool {
        let message = Message::Read { bytes, total };
        self.reports.send(Event::Message(message)) && self.is_wanted()
    }

    /// Ends the reading. What has been read is dropped.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CatalogError, CatalogFault};
    use std::sync::mpsc::channel;

    #[test]
    fn reading_ends_when_it_is_stopped() {
        let (reports, events) = channel();
        // Reads as a page without end is read, until it is not wanted.
        let load: Load = Box::new(|loader| {
            let mut bytes = 0;
            while loader.report(bytes, None) {
                bytes += 1;
            }
            Err(CatalogError::from(CatalogFault::Stopped).into())
        });
        let loader = Loader::start(load, reports.into()).expect("a thread");
        let first = events.recv();
        assert!(matches!(first, Ok(Event::Message(Message::Read { bytes: 0, total: None }))));
        loader.stop();
        drop(loader);
        let last = events.iter().last();
        assert!(matches!(last, Some(Event::LoadingFailed(_))));
    }
}
