use std::process::Command;
use std::time::{Duration, Instant};

use super::child;
use crate::domain::{CopyOutcome, CopyRoute};

/// tmux answers at once, unless its server is stopped.
const LIMIT: Duration = Duration::from_millis(1500);

/// tmux's buffer, and from there the terminal outside. What a program in tmux sends to the terminal
/// itself is dropped by tmux's own defaults.
pub(super) fn copy(text: &str) -> Result<CopyOutcome, String> {
    let begun = Instant::now();
    // tmux before 3.2 has no -w, which passes the text on to the terminal.
    match tmux(&["load-buffer", "-w", "-"], text) {
        Ok(_) => Ok(CopyOutcome::Sent(CopyRoute::Tmux)),
        Err(reason) if begun.elapsed() >= LIMIT => Err(reason),
        Err(_) => tmux(&["load-buffer", "-"], text).map(|_| CopyOutcome::OnlyInTmux),
    }
}

fn tmux(arguments: &[&str], input: &str) -> Result<String, String> {
    let mut command = Command::new("tmux");
    command.args(arguments);
    child::run(command, input, LIMIT)
}

/// The version and the settings of the tmux around this process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TmuxFacts {
    /// Such as `tmux 3.3a`, or a clause that says why it is not known.
    pub version: Result<String, String>,
    /// tmux's option `set-clipboard`: `on`, `external` or `off`.
    pub set_clipboard: Result<String, String>,
}

impl TmuxFacts {
    /// Asks tmux. Takes as long as tmux does, but no more than a few seconds.
    pub fn ask() -> Self {
        Self {
            version: tmux(&["-V"], ""),
            set_clipboard: tmux(&["show-options", "-s", "-v", "set-clipboard"], ""),
        }
    }
}
