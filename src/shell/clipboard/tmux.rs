use std::process::Command;
use std::time::Duration;

use super::{Delivery, Provider, child};
use crate::domain::{CopyOutcome, CopyRoute};

/// tmux answers at once, unless its server is stopped.
const LIMIT: Duration = Duration::from_millis(1500);

/// tmux's buffer, and from there the terminal outside. What a program in tmux sends to the terminal
/// itself is dropped by tmux's own defaults.
pub(super) struct Tmux;

impl Provider for Tmux {
    fn deliver(&mut self, text: &str) -> Result<Delivery, String> {
        // tmux before 3.2 has no -w, which passes the text on to the terminal.
        let route = load_buffer(&["-w", "-"], text)
            .map(|()| CopyRoute::Tmux)
            .or_else(|_| load_buffer(&["-"], text).map(|()| CopyRoute::TmuxBuffer))?;
        Ok(Delivery::without_terminal(CopyOutcome::Sent(route)))
    }
}

fn load_buffer(arguments: &[&str], text: &str) -> Result<(), String> {
    let mut command = Command::new("tmux");
    command.arg("load-buffer").args(arguments);
    child::run(command, text, LIMIT).map(drop)
}

/// What the tmux around this process says of itself.
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
            version: ask(&["-V"]),
            set_clipboard: ask(&["show-options", "-s", "-v", "set-clipboard"]),
        }
    }
}

fn ask(arguments: &[&str]) -> Result<String, String> {
    let mut command = Command::new("tmux");
    command.args(arguments);
    child::run(command, "", LIMIT)
}
