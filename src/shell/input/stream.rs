use std::fs::File;
use std::io;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use rustix::io::Errno;

use super::KeyReader;
use super::burst::gather;
use crate::shell::event::Event;
use crate::shell::event_loop::BACKGROUND_PAUSE;
use crate::shell::terminal::tty;

/// Reads keys, pastes and clicks beside the loop, until it is gone. An ESC that nothing follows for
/// `escape_timeout` is the key Esc.
///
/// # Errors
/// No thread can be started.
pub fn spawn(tty: File, escape_timeout: Duration, events: Sender<Event>) -> io::Result<()> {
    let mut reader = KeyReader::default();
    super::send_all(events, move || read(&tty, &mut reader, escape_timeout))
}

/// Returns `None` at the end of the input, and for an error.
fn read(tty: &File, reader: &mut KeyReader, escape_timeout: Duration) -> Option<Vec<Event>> {
    let mut bytes = [0; 4096];
    loop {
        if !tty::is_readable(tty, reader.patience(escape_timeout)) {
            return Some(reader.give_up());
        }
        // Reading what is another job's would stop this one.
        if tty::is_background(tty) {
            thread::sleep(BACKGROUND_PAUSE);
            continue;
        }
        match rustix::io::read(tty, &mut bytes) {
            Ok(count @ 1..) => return Some(gather(reader.read(&bytes[..count]))),
            Err(Errno::INTR | Errno::AGAIN) => {}
            Ok(0) | Err(_) => return None,
        }
    }
}
