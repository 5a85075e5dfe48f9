//! What the user does at the terminal, read beside the loop.

#[cfg(unix)]
mod burst;
#[cfg(windows)]
mod console;
#[cfg(unix)]
mod reader;
#[cfg(unix)]
mod sequence;
#[cfg(unix)]
mod stream;

#[cfg(windows)]
pub use console::spawn;
#[cfg(unix)]
pub use reader::KeyReader;
#[cfg(unix)]
pub use stream::spawn;
