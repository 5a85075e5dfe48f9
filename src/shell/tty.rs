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

/// The terminal to read lines from, whatever stdin is redirected to.
pub fn open_input() -> io::Result<File> {
    #[cfg(unix)]
    return File::open(DEVICE);
    #[cfg(windows)]
    return OpenOptions::new().read(true).write(true).open("CONIN$");
}
