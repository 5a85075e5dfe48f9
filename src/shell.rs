//! The outside world: the terminal and what happens on it, signals, clipboards.

pub mod clipboard;
mod event;
mod event_loop;
mod guard;
mod input;
pub mod line_mode;
pub mod looks;
mod run;
#[cfg(unix)]
mod signals;
#[cfg(unix)]
mod suspend;
mod tty;

pub use event::{Event, Mouse, MouseKind, Signal};
pub use event_loop::{Device, Ending, EventLoop};
pub use run::{Options, ScreenError, run};
