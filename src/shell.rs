//! The outside world: the terminal and what happens on it, signals, clipboards.

pub mod clipboard;
mod event;
mod event_loop;
mod guard;
mod input;
#[cfg(unix)]
mod leave;
pub mod line_mode;
pub mod loader;
pub mod looks;
mod modes;
mod run;
mod searcher;
mod settings;
#[cfg(unix)]
mod signals;
#[cfg(unix)]
mod suspend;
mod tty;
#[cfg(unix)]
mod watch;

pub use event::{Event, Mouse, MouseKind, Signal};
pub use event_loop::{Device, Ending, EventLoop};
pub use run::{Options, ScreenError, run};
pub use searcher::Searcher;
