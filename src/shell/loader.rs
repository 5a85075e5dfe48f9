use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread;

use super::event::Event;
use crate::domain::{Catalog, Growth, ScopeList, Selection};
use crate::error::Error;

/// Where the catalog of a screen comes from.
pub enum Supply {
    Ready(Supplied),
    /// It is read while the screen is up already.
    Loading(Load),
}

/// Reads a catalog and what is to be ticked in it. It says how far it has come to the function
/// that it is given, and stops where that says so; then there is none.
pub type Load = Box<dyn FnOnce(Watch) -> Result<Option<Supplied>, Error> + Send>;

pub type Watch<'a> = &'a mut dyn FnMut(Growth) -> ControlFlow<()>;

/// A whole catalog, and what the command line says of it.
#[derive(Clone, Debug)]
pub struct Supplied {
    pub catalog: Arc<Catalog>,
    pub selection: Selection,
    pub granted: Option<ScopeList>,
}

/// Reads a catalog beside the loop.
pub struct Loader {
    stopped: Arc<AtomicBool>,
}

impl Loader {
    pub fn start(load: Load, reports: Sender<Event>) -> Self {
        let stopped = Arc::new(AtomicBool::new(false));
        let loader = Self { stopped: stopped.clone() };
        thread::spawn(move || {
            let loaded = load(&mut |growth| {
                let heard = reports.send(Event::Grew(Box::new(growth))).is_ok();
                if heard && !stopped.load(Ordering::Relaxed) {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            });
            let told = match loaded {
                Ok(Some(supplied)) => Event::Loaded(supplied),
                Ok(None) => Event::LoadingStopped,
                Err(error) => Event::LoadingFailed(error.to_string()),
            };
            // The loop may be gone already, and then there is nobody to tell.
            let _ = reports.send(told);
        });
        loader
    }

    /// What has come by now stays.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }
}
