//! The outside world: the terminal and what happens on it, signals, clipboards.

mod background;
pub mod capabilities;
pub mod clipboard;
mod event;
mod event_loop;
mod input;
pub mod line_mode;
pub mod loader;
mod reports;
mod run;
mod terminal;

pub use crate::app::Ending;
pub use event::Event;
pub use event_loop::{Device, EventLoop};
#[cfg(unix)]
pub use input::KeyReader;
pub use reports::{Events, Reports};
pub use run::{Options, run};
pub use terminal::guard::end_on_panic;
