//! The terminal device: taken, given back, stopped, and gone.

pub mod guard;
#[cfg(unix)]
mod leave;
mod modes;
mod settings;
#[cfg(unix)]
mod signals;
pub mod suspend;
pub mod tty;

use std::fs::File;
use std::io;

use super::Reports;

/// Reports signals and the end of the terminal to the loop, until the returned value is dropped.
#[cfg(unix)]
pub fn listen(tty: &File, reports: &Reports) -> io::Result<impl Sized + use<>> {
    let (leave, on_screen) = leave::Leave::new(reports.clone());
    signals::spawn(tty.try_clone()?, reports.clone(), leave.clone())?;
    signals::watch(tty.try_clone()?, leave)?;
    Ok(on_screen)
}

/// The console reports its events with the keys.
#[cfg(not(unix))]
pub fn listen(_: &File, _: &Reports) -> io::Result<impl Sized + use<>> {
    Ok(())
}
