use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread;

use super::event::Event;
use crate::app::LoadedCatalog;
use crate::error::Error;

/// Where the catalog of a screen comes from.
pub enum CatalogSource {
    Ready(LoadedCatalog),
    /// It is read while the screen is up already.
    Loading(Load),
}

/// Reads a catalog and looks up what the command line names in it. It may end early once the catalog
/// is not wanted any more; the error does not matter then.
pub type Load = Box<dyn FnOnce(&Watch) -> Result<LoadedCatalog, Error> + Send>;

/// The other end of a [`Loader`], for the thread that reads.
pub struct Watch {
    stopped: Arc<AtomicBool>,
    reports: Sender<Event>,
}

/// Reads a catalog beside the loop.
pub struct Loader {
    stopped: Arc<AtomicBool>,
}

impl Watch {
    pub fn is_wanted(&self) -> bool {
        !self.stopped.load(Ordering::Relaxed)
    }

    /// Reports the bytes that have come, of so many if their number is known. Returns whether the
    /// catalog is still wanted.
    pub fn read(&self, bytes: u64, total: Option<u64>) -> bool {
        self.reports.send(Event::Read { bytes, total }).is_ok() && self.is_wanted()
    }
}

impl Loader {
    /// Begins to read.
    ///
    /// # Errors
    /// No thread can be started.
    pub fn start(load: Load, reports: Sender<Event>) -> io::Result<Self> {
        let stopped = Arc::new(AtomicBool::new(false));
        let loader = Self { stopped: stopped.clone() };
        let watch = Watch { stopped, reports };
        thread::Builder::new().name("loader".into()).spawn(move || {
            let report = match load(&watch) {
                Ok(loaded) => Event::Loaded(loaded),
                Err(_) if !watch.is_wanted() => Event::LoadingStopped,
                Err(error) => Event::LoadingFailed(error.to_string()),
            };
            // The loop may be gone already.
            let _ = watch.reports.send(report);
        })?;
        Ok(loader)
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
        let load: Load = Box::new(|watch| {
            let mut bytes = 0;
            while watch.read(bytes, None) {
                bytes += 1;
            }
            Err(CatalogError::from(CatalogFault::Stopped).into())
        });
        let loader = Loader::start(load, reports).expect("a thread");
        assert!(matches!(events.recv(), Ok(Event::Read { bytes: 0, total: None })));
        loader.stop();
        assert!(matches!(events.iter().last(), Some(Event::LoadingStopped)));
    }
}
