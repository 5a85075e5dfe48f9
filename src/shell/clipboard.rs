//! Copies that stay, and messages that claim no more than is known.
//!
//! A [`Plan`] says from the environment alone which [routes](crate::domain::CopyRoute) a copy takes
//! here; every route has a file of its own. On Linux and similar systems a clipboard is no place but
//! a program that answers for the text, so a helper (this same program, started again and detached)
//! holds it after the program has ended.

mod child;
mod environment;
#[cfg(all(unix, not(target_os = "macos")))]
mod helper;
mod osc52;
mod plan;
mod powershell;
#[cfg(all(unix, not(target_os = "macos")))]
mod serve;
#[cfg(any(target_os = "macos", windows))]
mod system;
mod tmux;
mod worker;

use std::io::Write;

use super::terminal::tty;
use crate::domain::CopyOutcome;

pub use environment::{Environment, Os};
pub use plan::{Plan, plan};
#[cfg(all(unix, not(target_os = "macos")))]
pub use serve::serve_if_asked;
pub use tmux::TmuxFacts;
pub use worker::Clipboard;

/// The user's choice of where copies go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Every route that reaches the user's own clipboard from here.
    #[default]
    Auto,
    /// The system's clipboard only.
    System,
    /// The terminal only, also where there is a display.
    Terminal,
    /// Nowhere: the screen shows the text, to be selected with the mouse.
    Off,
}

/// The result of a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Bytes for the terminal, to be written whole by the thread that draws, between two frames.
    /// Empty where the terminal has no part in it.
    pub terminal: Vec<u8>,
    /// Holds once `terminal` is written.
    pub outcome: CopyOutcome,
}

impl From<CopyOutcome> for Delivery {
    fn from(outcome: CopyOutcome) -> Self {
        Self { terminal: Vec::new(), outcome }
    }
}

/// Something that copies. It never blocks its caller: the copy runs beside it, and `report` is
/// called once, from any thread.
pub trait Copier {
    fn copy(&mut self, text: String, report: Box<dyn FnOnce(Delivery) + Send>);
}

/// Copies where no screen is drawn, and waits for the outcome. What is for the terminal goes to
/// the terminal itself, never to stdout.
pub fn copy_and_wait(choice: Choice, text: &str) -> CopyOutcome {
    let plan = plan(choice, &Environment::here());
    let Delivery { terminal, outcome } =
        worker::deliver(&plan, text, |route| worker::copy(route, text, &mut None));
    if terminal.is_empty() {
        return outcome;
    }
    match tty::open().and_then(|mut tty| tty.write_all(&terminal)) {
        Ok(()) => outcome,
        Err(error) => CopyOutcome::Failed(format!("there is no terminal to send it to: {error}")),
    }
}

/// On these systems a copy needs no process of its own.
#[cfg(any(target_os = "macos", windows))]
pub fn serve_if_asked() -> Option<std::process::ExitCode> {
    None
}
