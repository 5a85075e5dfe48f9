use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::iter::from_fn;

use crate::shell::event::Event;
use crate::shell::input::send_all;
use crate::shell::reports::Reports;
#[cfg(unix)]
use crate::shell::{event_loop::BACKGROUND_PAUSE, terminal::tty};

/// Reads lines beside the dialogue, until it is over.
///
/// # Errors
/// No thread can be started.
pub fn spawn(lines: File, reports: Reports) -> io::Result<()> {
    let mut lines = BufReader::new(Foreground(lines));
    send_all(reports, from_fn(move || next_line(&mut lines).map(Event::Line)))
}

/// Reads only while the terminal is this program's and has something to read: the kernel would stop
/// a program that reads what is another job's, and a stopped one ends of no signal.
struct Foreground(File);

impl Read for Foreground {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        while !tty::is_readable(&self.0, None) || tty::is_background(&self.0) {
            std::thread::sleep(BACKGROUND_PAUSE);
        }
        self.0.read(bytes)
    }
}

/// The next line without its end, be that LF or CR LF; `None` at the end. What is no
/// UTF-8 is replaced, and will match nothing.
fn next_line(lines: &mut impl BufRead) -> Option<String> {
    let mut bytes = Vec::new();
    let count = lines.read_until(b'\n', &mut bytes).ok()?;
    let line = String::from_utf8_lossy(&bytes);
    (count > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_lf_or_cr_lf_or_with_the_input() {
        let mut input: &[u8] = b"deal\r\n\n+ 1\nd\xffone";
        let lines: Vec<_> = std::iter::from_fn(|| next_line(&mut input)).collect();
        assert_eq!(lines, ["deal", "", "+ 1", "d\u{fffd}one"]);
    }
}
