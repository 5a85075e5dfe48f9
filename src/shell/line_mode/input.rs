use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::iter::from_fn;

use crate::app::Message;
use crate::shell::input::send_all;
use crate::shell::{Event, Reports};
#[cfg(unix)]
use crate::shell::{event_loop::BACKGROUND_PAUSE, terminal::tty};

/// Of a line with its end, the bytes from which on the kernel drops the rest without a word. A console of
/// Windows hands over the whole line.
const LONGEST: usize = if cfg!(target_os = "linux") {
    4096
} else if cfg!(unix) {
    1024
} else {
    1 << 20
};

/// Reads lines beside the dialogue, until it is over.
///
/// # Errors
/// No thread can be started.
pub fn spawn(lines: File, reports: Reports) -> io::Result<()> {
    let mut lines = BufReader::new(Foreground(lines));
    send_all(reports, from_fn(move || next_line(&mut lines)))
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
/// UTF-8 is replaced, and will match nothing. A line that may have been cut is refused.
fn next_line(lines: &mut impl BufRead) -> Option<Event> {
    let mut bytes = Vec::new();
    let count = lines.read_until(b'\n', &mut bytes).ok()?;
    if count >= LONGEST {
        let reason = "This line is longer than a terminal takes, so its end may be missing. Nothing was \
                      changed; give it in shorter lines.";
        return Some(Event::Message(Message::Refused(reason.into())));
    }
    let line = String::from_utf8_lossy(&bytes);
    (count > 0).then(|| Event::Line(line.trim_end_matches(['\r', '\n']).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_lf_or_cr_lf_or_with_the_input() {
        let mut input: &[u8] = b"deal\r\n\n+ 1\nd\xffone";
        let lines = from_fn(|| next_line(&mut input)).map(|event| match event {
            Event::Line(line) => line,
            other => panic!("{other:?}"),
        });
        assert_eq!(lines.collect::<Vec<_>>(), ["deal", "", "+ 1", "d\u{fffd}one"]);
    }

    #[test]
    fn a_line_that_may_be_cut_is_refused() {
        for (length, is_whole) in [(LONGEST - 2, true), (LONGEST - 1, false), (2 * LONGEST, false)]
        {
            let line = "x".repeat(length) + "\n";
            let heard = next_line(&mut line.as_bytes());
            assert_eq!(matches!(heard, Some(Event::Line(_))), is_whole, "{length} bytes");
        }
    }
}
