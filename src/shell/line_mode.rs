//! The panel without a screen: a dialogue, line by line, for screen readers and for terminals that
//! cannot move the cursor.
//!
//! It only ever adds lines, writes no escape sequence, and leaves the terminal's settings alone, so
//! that there is nothing to restore. It reads from the terminal itself and writes to it; stdout
//! gets nothing but the answer.

mod command;
mod dialogue;
mod input;
mod message;

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::mpsc::{self, Receiver};

use super::clipboard::Copier;
use super::event_loop::start_copy;
use super::run::{left, wait_for_foreground};
use super::terminal::{listen, suspend, tty};
use super::{Event, Reports};
use crate::app::{Ending, LoadedCatalog, Message, Start};
use crate::error::Error;

pub use dialogue::{Dialogue, Reply};

/// Stands before what the user types.
const PROMPT: &str = "> ";

/// Leads the dialogue until it is left.
pub fn run(
    loaded: LoadedCatalog,
    start: Start,
    copier: Box<dyn Copier>,
    notes: &mut Vec<String>,
) -> Result<Ending, Error> {
    let device = tty::open().map_err(Error::NoTerminal)?;
    let lines = tty::open_input().map_err(Error::NoTerminal)?;
    let (reports, mut heard) = mpsc::channel();
    let reports = Reports::from(reports);
    let _listening = listen(&device, &reports).map_err(Error::terminal)?;
    if let Some(ending) = wait_for_foreground(&device, &mut heard) {
        return Ok(ending);
    }
    input::spawn(lines, reports.clone()).map_err(Error::terminal)?;
    let dialogue = Dialogue::new(loaded, start);
    let terminal = device.try_clone().map_err(Error::terminal)?;
    let has_terminal = Box::new(move || !tty::is_background(&terminal));
    let mut line_loop = LineLoop { dialogue, device, copier, has_terminal, reports };
    let ending = line_loop.run(&heard);
    left(ending, line_loop.dialogue.model(), notes)
}

/// Lines in, lines out.
pub struct LineLoop<W> {
    pub dialogue: Dialogue,
    pub device: W,
    pub copier: Box<dyn Copier>,
    /// Whether the terminal is this program's, and not another job's.
    pub has_terminal: Box<dyn Fn() -> bool>,
    /// Where copies report to; the other end of what [`run`](Self::run) receives from.
    pub reports: Reports,
}

impl<W: Write> LineLoop<W> {
    /// A line that comes while a copy is under way waits for it, so that answers come in the order
    /// of the questions.
    pub fn run(&mut self, events: &Receiver<Event>) -> io::Result<Ending> {
        let greeting = self.dialogue.greeting();
        self.say(&greeting)?;
        let mut waiting = VecDeque::new();
        let mut copying = false;
        loop {
            let next = if copying { None } else { waiting.pop_front() };
            let Some(heard) = next.or_else(|| events.recv().ok()) else {
                return Ok(Ending::Hangup);
            };
            match heard {
                Event::Line(_) | Event::InputEnded if copying => waiting.push_back(heard),
                Event::Line(line) => match self.dialogue.hear(&line) {
                    Reply::Message(text) => self.say(&text)?,
                    Reply::Copy { subject, text } => {
                        copying = true;
                        start_copy(&mut *self.copier, &self.reports, subject, text);
                    }
                    Reply::Leave(ending) => return Ok(ending),
                },
                Event::Copied { subject, text, delivery } => {
                    copying = false;
                    self.device.write_all(&delivery.terminal)?;
                    let message = self.dialogue.copied(subject, text, delivery.outcome);
                    self.say(&message)?;
                }
                // The end of input is the user's (Ctrl-D) while the terminal still takes a line.
                Event::InputEnded => {
                    let is_there = self.device.write_all(b"\n").is_ok();
                    return Ok(if is_there { Ending::Left } else { Ending::Hangup });
                }
                Event::Message(Message::Refused(reason)) => self.say(&reason)?,
                Event::Suspend => self.suspend()?,
                Event::Continue if (self.has_terminal)() => self.prompt()?,
                Event::Leave(ending) => {
                    if ending == Ending::Interrupted {
                        self.device.write_all(b"\n")?;
                    }
                    return Ok(ending);
                }
                // A size means nothing here, and the others are the screen's.
                _ => {}
            }
        }
    }

    fn say(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.device, "{text}")?;
        self.prompt()
    }

    fn prompt(&mut self) -> io::Result<()> {
        self.device.write_all(PROMPT.as_bytes())?;
        self.device.flush()
    }

    /// The prompt comes again with the signal to continue.
    fn suspend(&mut self) -> io::Result<()> {
        match suspend::stop(|| {})? {
            Ok(()) => Ok(()),
            Err(reason) => self.say(&format!("\n{reason}")),
        }
    }
}
