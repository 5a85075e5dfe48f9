//! Input from the terminal: keys, pastes and clicks.

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

use super::{Event, Reports, background};
#[cfg(windows)]
pub use console::listen;
#[cfg(unix)]
pub use reader::KeyReader;
#[cfg(unix)]
pub use stream::listen;

/// Sends these events, beside the loop, until it is gone or no more can come.
///
/// # Errors
/// No thread can be started.
pub fn send_all(
    reports: Reports,
    events: impl Iterator<Item = Event> + Send + 'static,
) -> io::Result<()> {
    background::spawn("input", move || {
        for event in events.chain([Event::InputEnded]) {
            if !reports.send(event) {
                return;
            }
        }
    })
}
