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
use std::sync::mpsc::{self, Receiver, Sender};

use super::clipboard::{Copier, Delivery};
use super::event::Signal;
use super::run::wait_for_foreground;
use super::terminal::tty;
use super::{Ending, Left};
use crate::app::{self, LoadedCatalog, Start, Subject};
use crate::error::Error;

pub use dialogue::{Dialogue, Reply};

/// Stands before what the user types.
const PROMPT: &str = "> ";

/// Something that happens during the dialogue.
#[derive(Clone, Debug)]
pub enum LineEvent {
    Line(String),
    Copied {
        subject: Subject,
        text: String,
        delivery: Delivery,
    },
    Signal(Signal),
    /// No more lines can come.
    Ended,
}

/// Leads the dialogue until it is left.
pub fn run(
    LoadedCatalog { catalog, selection, granted }: LoadedCatalog,
    start: Start,
    copier: Box<dyn Copier>,
) -> Result<Left, Error> {
    let start = Start { selection, granted, ..start };
    let device = tty::open().map_err(Error::NoTerminal)?;
    let lines = tty::open_input().map_err(Error::NoTerminal)?;
    let (reports, heard) = mpsc::channel();
    #[cfg(unix)]
    let _listening = input::listen(&device, reports.clone()).map_err(Error::terminal)?;
    let signal = |heard: &LineEvent| match heard {
        LineEvent::Signal(signal) => Some(*signal),
        _ => None,
    };
    if let Some(ending) = wait_for_foreground(&device, &heard, signal) {
        return Ok(ending.into());
    }
    input::spawn(lines, reports.clone()).map_err(Error::terminal)?;
    let dialogue = Dialogue::new(catalog, start);
    let mut line_loop = LineLoop { dialogue, device, copier, reports };
    match line_loop.run(&heard) {
        Err(error) if tty::is_gone(&error) => Ok(Ending::Hangup.into()),
        Err(error) => Err(Error::terminal(error)),
        Ok(ending) => Ok(Left::of(ending, line_loop.dialogue.model())),
    }
}

/// Lines in, lines out.
pub struct LineLoop<W> {
    pub dialogue: Dialogue,
    pub device: W,
    pub copier: Box<dyn Copier>,
    /// Where copies report to; the other end of what [`run`](Self::run) receives from.
    pub reports: Sender<LineEvent>,
}

impl<W: Write> LineLoop<W> {
    /// A line that comes while a copy is under way waits for it, so that answers come in the order
    /// of the questions.
    pub fn run(&mut self, events: &Receiver<LineEvent>) -> io::Result<Ending> {
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
                LineEvent::Line(_) | LineEvent::Ended if copying => waiting.push_back(heard),
                LineEvent::Line(line) => match self.dialogue.hear(&line) {
                    Reply::Message(text) => self.say(&text)?,
                    Reply::Copy { subject, text } => {
                        copying = true;
                        self.copy(subject, text);
                    }
                    Reply::Leave(app::Ending::Done) => {
                        return Ok(Ending::done(self.dialogue.model()));
                    }
                    Reply::Leave(app::Ending::Left | app::Ending::Interrupted) => {
                        return Ok(Ending::Left);
                    }
                },
                LineEvent::Copied { subject, text, delivery } => {
                    copying = false;
                    self.device.write_all(&delivery.terminal)?;
                    let message = self.dialogue.copied(subject, text, delivery.outcome);
                    self.say(&message)?;
                }
                LineEvent::Ended => return Ok(self.ended()),
                LineEvent::Signal(Signal::Suspend) => self.suspend()?,
                LineEvent::Signal(Signal::Continue) => self.prompt()?,
                LineEvent::Signal(Signal::Terminate) => return Ok(Ending::Terminated),
                LineEvent::Signal(Signal::Hangup) => return Ok(Ending::Hangup),
                LineEvent::Signal(Signal::Interrupt) => {
                    self.device.write_all(b"\n")?;
                    return Ok(Ending::Interrupted);
                }
            }
        }
    }

    /// An end of input is the user's (Ctrl-D) while the terminal still takes a line.
    fn ended(&mut self) -> Ending {
        match self.device.write_all(b"\n") {
            Ok(()) => Ending::Left,
            Err(_) => Ending::Hangup,
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

    fn copy(&mut self, subject: Subject, text: String) {
        let reports = self.reports.clone();
        let report = {
            let text = text.clone();
            move |delivery| {
                // Where the dialogue has been left meanwhile, there is nobody to tell.
                let _ = reports.send(LineEvent::Copied { subject, text, delivery });
            }
        };
        self.copier.copy(text, Box::new(report));
    }

    #[cfg(unix)]
    fn suspend(&mut self) -> io::Result<()> {
        if super::terminal::suspend::can_stop() {
            // The prompt comes again with the signal to continue.
            return super::terminal::suspend::stop().map_err(Into::into);
        }
        self.say(&format!("\n{}", super::run::CANNOT_SUSPEND))
    }

    #[cfg(not(unix))]
    fn suspend(&mut self) -> io::Result<()> {
        self.say(super::run::CANNOT_SUSPEND)
    }
}
