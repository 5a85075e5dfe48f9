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
    thread::Builder::new().name("input".into()).spawn(move || {
        if read(&tty, escape_timeout, &events).is_err() {
            // The loop may be gone already, and then there is nobody to tell.
            let _ = events.send(Event::InputEnded);
        }
    })?;
    Ok(())
}

/// Returns when the receiver is gone. An error is the end of the input.
fn read(tty: &File, escape_timeout: Duration, events: &Sender<Event>) -> Result<(), Errno> {
    let mut reader = KeyReader::default();
    let mut bytes = [0; 4096];
    loop {
        let read = if tty::is_readable(tty, reader.patience(escape_timeout)) {
            // Reading what is another job's would stop this one.
            if tty::is_background(tty) {
                thread::sleep(BACKGROUND_PAUSE);
                continue;
            }
            match rustix::io::read(tty, &mut bytes) {
                Ok(0) => return Err(Errno::IO),
                Ok(count) => gather(reader.read(&bytes[..count])),
                Err(Errno::INTR | Errno::AGAIN) => continue,
                Err(error) => return Err(error),
            }
        } else {
            reader.give_up()
        };
        for event in read {
            if events.send(event).is_err() {
                return Ok(());
            }
        }
    }
}
