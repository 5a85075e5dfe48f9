//! What the user does at the terminal, read beside the loop.

#[cfg(unix)]
mod burst;
#[cfg(windows)]
mod console;
#[cfg(unix)]
mod reader;
#[cfg(unix)]
mod sequence;
#[cfg(unix)]
mod stream;

use std::io;
use std::sync::mpsc::Sender;
use std::thread;

use super::event::Event;
#[cfg(windows)]
pub use console::spawn;
#[cfg(unix)]
pub use reader::KeyReader;
#[cfg(unix)]
pub use stream::spawn;

/// Sends what `next` returns, beside the loop, until it is gone or no more can come.
///
/// # Errors
/// No thread can be started.
pub fn send_all(
    events: Sender<Event>,
    mut next: impl FnMut() -> Option<Vec<Event>> + Send + 'static,
) -> io::Result<()> {
    thread::Builder::new().name("input".into()).spawn(move || {
        while let Some(read) = next() {
            for event in read {
                if events.send(event).is_err() {
                    return;
                }
            }
        }
        // The loop may be gone already, and then there is nobody to tell.
        let _ = events.send(Event::InputEnded);
    })?;
    Ok(())
}
