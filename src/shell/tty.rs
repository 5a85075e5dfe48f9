use std::fs::{File, OpenOptions};
use std::io;

#[cfg(unix)]
const DEVICE: &str = "/dev/tty";
#[cfg(windows)]
const DEVICE: &str = "CONOUT$";

/// The terminal itself, whatever stdout and stderr are redirected to.
pub fn open() -> io::Result<File> {
    OpenOptions::new().read(true).write(true).open(DEVICE)
}
