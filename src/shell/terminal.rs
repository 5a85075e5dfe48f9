//! The terminal device: taken, given back, stopped, and gone.

pub mod guard;
#[cfg(unix)]
pub mod leave;
pub mod modes;
mod settings;
#[cfg(unix)]
pub mod signals;
#[cfg(unix)]
pub mod suspend;
pub mod tty;
#[cfg(unix)]
pub mod watch;
