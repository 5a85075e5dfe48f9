use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::time::{Duration, Instant};

use rustix::io::Errno;

use super::KeyReader;
use super::burst::{FEWEST, gather};
use super::reader::{CTRL_C, ESC, PASTE_END};
use crate::shell::event_loop::BACKGROUND_PAUSE;
use crate::shell::terminal::tty;
use crate::shell::{Event, Events, Reports};

/// More bytes at once than anybody types. They are a paste, which may come in pieces; ids in it must not be
/// cut.
const PASTED: usize = 32;

/// The longest pause between two pieces of a paste.
const PAUSE: Duration = Duration::from_millis(50);

/// A paste of more bytes is judged in parts.
const MOST: usize = 1 << 20;

/// The terminal's keys, pastes and clicks, and events from other threads. The loop reads the terminal
/// itself, because a thread in between would delay each key.
pub struct Input {
    /// `None` once it has ended.
    tty: Option<File>,
    reader: KeyReader,
    escape_timeout: Duration,
    /// The end of the wait for the rest of a sequence.
    deadline: Option<Instant>,
    /// Events that were read but not returned yet.
    read: VecDeque<Event>,
    reported: Receiver<Event>,
    /// Readable after each event from another thread.
    woken: UnixStream,
}

/// Listens to the terminal and to other threads. An ESC that nothing follows for `escape_timeout` is the
/// key Esc.
///
/// # Errors
/// The process has too many open files.
pub fn listen(tty: File, escape_timeout: Duration) -> io::Result<(Reports, Input)> {
    let (sender, reported) = channel();
    let (wake, woken) = UnixStream::pair()?;
    [&wake, &woken].into_iter().try_for_each(|end| end.set_nonblocking(true))?;
    let input = Input {
        tty: Some(tty),
        reader: KeyReader::default(),
        escape_timeout,
        deadline: None,
        read: VecDeque::new(),
        reported,
        woken,
    };
    // A full buffer wakes the loop as well.
    let wake = move || drop((&wake).write(&[0]));
    Ok((Reports::with_wake(sender, wake), input))
}

impl Input {
    /// Waits for the terminal or another thread, no longer than `until`, and reads the terminal.
    fn wait(&mut self, until: Option<Instant>) {
        let until = [until, self.deadline].into_iter().flatten().min();
        let patience = until.map(|until| until.saturating_duration_since(Instant::now()));
        let [is_readable, is_woken] = tty::are_readable(self.tty.as_ref(), &self.woken, patience);
        if is_woken {
            // The bytes mean nothing: the events are in the channel.
            let _ = self.woken.read(&mut [0; 64]);
        }
        if is_readable {
            self.read(patience);
        } else if is_past(self.deadline) {
            let given_up = self.reader.give_up();
            self.take(given_up);
        }
    }

    fn read(&mut self, patience: Option<Duration>) {
        let Some(tty) = &self.tty else { return };
        // Reading the terminal of another job would stop this one.
        if tty::is_background(tty) {
            let pause =
                patience.map_or(BACKGROUND_PAUSE, |patience| patience.min(BACKGROUND_PAUSE));
            tty::are_readable(None, &self.woken, Some(pause));
            return;
        }
        let mut bytes = [0; 4096];
        match rustix::io::read(tty, &mut bytes) {
            Ok(count @ 1..) => {
                let mut events = self.reader.read(&bytes[..count]);
                let (mut whole, mut last) = (count, count);
                while (PASTED..MOST).contains(&whole)
                    && is_pasted(&bytes[..last])
                    && tty::is_readable(tty, Some(PAUSE))
                {
                    let Ok(count @ 1..) = rustix::io::read(tty, &mut bytes) else { break };
                    events.extend(self.reader.read(&bytes[..count]));
                    (whole, last) = (whole + count, count);
                }
                self.take(gather(events));
            }
            Err(Errno::INTR | Errno::AGAIN) => {}
            Ok(0) | Err(_) => {
                self.tty = None;
                self.read.push_back(Event::InputEnded);
            }
        }
    }

    fn take(&mut self, events: Vec<Event>) {
        self.read.extend(events);
        let patience = self.reader.patience(self.escape_timeout);
        self.deadline = patience.map(|patience| Instant::now() + patience);
    }
}

impl Events for Input {
    fn next(&mut self, patience: Option<Duration>) -> Result<Event, RecvTimeoutError> {
        let until = patience.map(|patience| Instant::now() + patience);
        loop {
            if let Some(event) = self.read.pop_front() {
                return Ok(event);
            }
            // The terminal has a turn after each report, however many come.
            match self.reported.try_recv() {
                Ok(event) => {
                    self.wait(Some(Instant::now()));
                    return Ok(event);
                }
                Err(TryRecvError::Disconnected) => return Err(RecvTimeoutError::Disconnected),
                Err(TryRecvError::Empty) => self.wait(until),
            }
            if self.read.is_empty() && is_past(until) {
                return self.reported.try_recv().map_err(|_| RecvTimeoutError::Timeout);
            }
        }
    }
}

/// Returns `true` for text, and for text behind a marked paste, whose end may have been in it. A key that is held
/// down comes in smaller pieces, and the wheel in sequences.
fn is_pasted(piece: &[u8]) -> bool {
    let ends = piece.windows(PASTE_END.len()).rposition(|bytes| bytes == PASTE_END);
    let piece = &piece[ends.map_or(0, |at| at + PASTE_END.len())..];
    piece.len() >= FEWEST && !piece.iter().any(|byte| [CTRL_C, ESC].contains(byte))
}

fn is_past(moment: Option<Instant>) -> bool {
    moment.is_some_and(|moment| moment <= Instant::now())
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::os::fd::OwnedFd;

    use super::*;

    /// A pipe in place of the terminal, which sends what is written to the other end.
    fn input(escape_timeout: Duration) -> (io::PipeWriter, Reports, Input) {
        let (tty, keyboard) = io::pipe().expect("two files");
        let tty = File::from(OwnedFd::from(tty));
        let (reports, input) = listen(tty, escape_timeout).expect("two files");
        (keyboard, reports, input)
    }

    fn key(event: Result<Event, RecvTimeoutError>) -> String {
        match event {
            Ok(Event::Key(key)) => key.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn keys_and_reports_wake_the_loop() {
        let (mut keyboard, reports, mut input) = input(Duration::ZERO);
        assert_eq!(key(input.next(Some(Duration::ZERO))), "Err(Timeout)");
        let beside = std::thread::spawn(move || {
            assert!(reports.send(Event::Continue));
            reports
        });
        assert_eq!(key(input.next(None)), "Ok(Continue)");
        let reports = beside.join().expect("no panic");
        keyboard.write_all(b"ab").expect("a pipe");
        assert_eq!(key(input.next(Some(Duration::ZERO))), "a");
        reports.send(Event::Suspend);
        assert_eq!(key(input.next(None)), "b");
        assert_eq!(key(input.next(None)), "Ok(Suspend)");
        drop(keyboard);
        assert_eq!(key(input.next(None)), "Ok(InputEnded)");
        assert_eq!(key(input.next(Some(Duration::ZERO))), "Err(Timeout)");
        reports.send(Event::Continue);
        assert_eq!(key(input.next(None)), "Ok(Continue)");
        drop(input);
        assert!(!reports.send(Event::Continue));
    }

    /// Otherwise an id in it would be cut, and the beginning of one may be another.
    #[test]
    fn a_paste_that_comes_in_pieces_is_one() {
        let (mut keyboard, _reports, mut input) = input(Duration::ZERO);
        let ids = "pipedrive_delete_deal_field,".repeat(1_000);
        keyboard.write_all(ids.as_bytes()).expect("a pipe");
        let Ok(Event::Burst { text, .. }) = input.next(None) else { panic!("a burst") };
        assert_eq!(text.len(), ids.len());
    }

    #[test]
    fn what_follows_an_end_within_a_paste_is_no_key() {
        let (mut keyboard, _reports, mut input) = input(Duration::ZERO);
        let text = format!("\x1b[200~a_b\x1b[201~\r{}\r\x1b[201~", " ".repeat(9_000));
        keyboard.write_all(text.as_bytes()).expect("a pipe");
        assert!(matches!(input.next(None), Ok(Event::Paste(text)) if text == "a_b"));
        assert_eq!(key(input.next(Some(Duration::ZERO))), "Err(Timeout)");
    }

    /// A wheel that turns on and on may not keep the screen from being drawn.
    #[test]
    fn keys_that_come_on_and_on_are_not_waited_for() {
        let (mut keyboard, _reports, mut input) = input(Duration::ZERO);
        keyboard.write_all("\u{1b}[B".repeat(400).as_bytes()).expect("a pipe");
        let (stop, stopped) = channel();
        let turning = std::thread::spawn(move || {
            while stopped.recv_timeout(PAUSE / 2) == Err(RecvTimeoutError::Timeout) {
                keyboard.write_all(b"\x1b[A").expect("a pipe");
            }
        });
        assert_eq!(key(input.next(None)), "Down");
        stop.send(()).expect("it turns until then");
        turning.join().expect("no panic");
    }

    #[test]
    fn where_nobody_can_report_no_more_can_come() {
        let (_keyboard, reports, mut input) = input(Duration::ZERO);
        drop(reports);
        assert_eq!(key(input.next(None)), "Err(Disconnected)");
    }

    #[test]
    fn reports_without_end_put_off_no_key() {
        let (mut keyboard, reports, mut input) = input(Duration::from_millis(1));
        keyboard.write_all(b"a\x1b").expect("a pipe");
        let keys = std::iter::repeat_with(|| {
            reports.send(Event::Continue);
            input.next(None)
        });
        let keys = keys.filter(|event| !matches!(event, Ok(Event::Continue))).map(key);
        assert_eq!(keys.take(2).collect::<Vec<_>>(), ["a", "Esc"]);
    }
}
