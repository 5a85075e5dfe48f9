//! The helper: a process of its own that holds copied text until another program copies or the
//! display goes away.
//!
//! The text comes on stdin, so that no list of processes shows it. One line on stdout answers:
//! [`OK`] once the display's server has confirmed, or a reason. stdout stays open after that, which
//! tells the program that started it when it ends.

mod wayland;
mod x11;

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Write};
use std::process::{self, ExitCode};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Duration;

use crate::shell::background;

/// The first argument of a helper.
pub(super) const ARGUMENT: &str = "__clipboard-serve";
pub(super) const WAYLAND: &str = "wayland";
pub(super) const X11: &str = "x11";
/// The answer of a helper that holds the text.
pub(super) const OK: &str = "ok";

/// How long a display may take to confirm. The program that started the helper waits less, but it
/// may be gone.
const READY_LIMIT: Duration = Duration::from_secs(3);

/// Serves as the helper that holds copied text if this process was started as one. To be asked
/// before anything else is done, since a helper shares nothing with the program that started it.
pub fn serve_if_asked() -> Option<ExitCode> {
    let mut arguments = env::args_os().skip(1);
    let is_asked = arguments.next()? == ARGUMENT;
    let display = arguments.next();
    is_asked.then(|| match serve(display.as_deref().and_then(OsStr::to_str)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            answer(&reason.replace('\n', " "));
            ExitCode::FAILURE
        }
    })
}

fn serve(display: Option<&str>) -> Result<(), String> {
    close_what_was_inherited();
    // Neither the terminal's end nor Ctrl-C in it may reach the helper.
    rustix::process::setsid().map_err(|error| format!("no session of its own: {error}"))?;
    let deadline = exit_after(READY_LIMIT)?;
    let mut text = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut text);
    read.map_err(|error| format!("the text did not arrive: {error}"))?;
    let confirmed = move || {
        drop(deadline);
        answer(OK);
    };
    match display {
        Some(WAYLAND) => wayland::serve(&text, confirmed),
        Some(X11) => x11::serve(text, confirmed).map_err(|error| error.to_string()),
        _ => Err(format!("name a display: {WAYLAND} or {X11}")),
    }
}

/// Closes what the shell left open beside the standard streams, such as the pipe of `$(... 3>&1)`,
/// whose reader would wait for the helper's end. Nothing of this process's own is open yet.
fn close_what_was_inherited() {
    let Ok(entries) = fs::read_dir("/dev/fd") else { return };
    let names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
    for name in names {
        if let Some(descriptor @ 3..) = name.to_str().and_then(|name| name.parse::<i32>().ok()) {
            // One of them was that of the directory, and is closed.
            let _ = nix::unistd::close(descriptor);
        }
    }
}

fn answer(line: &str) {
    let mut stdout = io::stdout().lock();
    // The program that asked may be gone; the text is held all the same.
    let _ = writeln!(stdout, "{line}").and_then(|()| stdout.flush());
}

/// Ends the process after `limit`, unless the sender is dropped before. Connecting to a display that is
/// not alive can block for good, and nothing else can interrupt it.
fn exit_after(limit: Duration) -> Result<Sender<()>, String> {
    let (sender, ended) = mpsc::channel();
    let deadline = background::spawn("deadline", move || {
        if ended.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
            process::exit(1);
        }
    });
    deadline.map_err(|error| format!("no thread can be started: {error}"))?;
    Ok(sender)
}
