use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use shared_child::SharedChild;

use crate::shell::background;

/// A process that was handed a text. It is reaped as soon as it ends, whenever that is.
pub(super) struct Child(Arc<SharedChild>);

impl Child {
    /// Ends it, if it has not ended by itself, and reaps it.
    pub(super) fn end(&self) {
        // Both fail only if it is gone, which is what is wanted.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs `command` to its end with `input` on stdin. Returns what it said.
///
/// # Errors
/// A clause: it cannot be started, it is not done within `limit` (then it is killed), or it failed,
/// with the first line that it said.
pub(super) fn run(mut command: Command, input: &str, limit: Duration) -> Result<String, String> {
    command.stderr(Stdio::piped());
    let deadline = Instant::now() + limit;
    let name = name(&command);
    let (child, heard) = start(command, input)?;
    let mut said: Vec<String> = Vec::new();
    loop {
        match heard.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(line) => said.push(line),
            Err(RecvTimeoutError::Disconnected) => {
                if child.0.wait().is_ok_and(|status| status.success()) {
                    return Ok(said.join("\n"));
                }
                return Err(match said.into_iter().find(|line| !line.trim().is_empty()) {
                    Some(line) => format!("{name} says: {line}"),
                    None => format!("{name} failed and does not say why"),
                });
            }
            Err(RecvTimeoutError::Timeout) => {
                child.end();
                return Err(format!("{name} did not answer in {limit:?}"));
            }
        }
    }
}

/// Starts `command` with `input` on stdin and waits for the first line that it says, not for its
/// end.
///
/// # Errors
/// A clause: it cannot be started, or it says nothing within `limit` (then it is killed).
#[cfg(all(unix, not(target_os = "macos")))]
pub(super) fn spawn_and_read_line(
    mut command: Command,
    input: &str,
    limit: Duration,
) -> Result<(Child, String), String> {
    command.stderr(Stdio::null());
    let (child, heard) = start(command, input)?;
    let reason = match heard.recv_timeout(limit) {
        Ok(line) => return Ok((child, line)),
        Err(RecvTimeoutError::Disconnected) => "it ended early".to_owned(),
        Err(RecvTimeoutError::Timeout) => format!("no answer in {limit:?}"),
    };
    child.end();
    Err(reason)
}

/// The channel passes on the child's lines, and closes when the child has ended.
fn start(mut command: Command, input: &str) -> Result<(Child, Receiver<String>), String> {
    let name = name(&command);
    let failed = |error| format!("{name} cannot be started: {error}");
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let child = Child(Arc::new(SharedChild::spawn(&mut command).map_err(failed)?));
    let (stdin, stdout, stderr) =
        (child.0.take_stdin(), child.0.take_stdout(), child.0.take_stderr());
    let (sender, heard) = mpsc::channel();

    let input = input.as_bytes().to_vec();
    let writer = background::spawn("writer", move || {
        if let Some(mut stdin) = stdin {
            // A child that does not want it says so in its own words.
            let _ = stdin.write_all(&input);
        }
    });
    let shared = child.0.clone();
    let listener = background::spawn("listener", move || {
        if let Some(stdout) = stdout {
            read_lines(stdout, &sender);
        }
        if let Some(stderr) = stderr {
            read_lines(stderr, &sender);
        }
        // The channel closes when this thread ends. Its receiver then asks for the status.
        let _ = shared.wait();
    });
    match writer.and(listener) {
        Ok(()) => Ok((child, heard)),
        Err(error) => {
            child.end();
            Err(failed(error))
        }
    }
}

/// Passes lines on until the last of those who could write one is gone.
fn read_lines(from: impl Read, sender: &Sender<String>) {
    for line in BufReader::new(from).split(b'\n').map_while(Result::ok) {
        // The listener may be gone.
        let _ = sender.send(String::from_utf8_lossy(&line).trim_end().to_owned());
    }
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_child_that_closes_its_outputs_and_lives_on_is_ended() {
        let mut command = Command::new("sh");
        command.args(["-c", "exec >&- 2>&-; kill -STOP $$"]);
        let said = run(command, "text", Duration::from_millis(50));
        assert_eq!(said, Err("sh did not answer in 50ms".to_owned()));
    }
}
