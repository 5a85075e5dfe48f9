use std::io::{self, Write};
use std::sync::mpsc::{Receiver, Sender};

use super::clipboard::Copier;
use super::event::{Event, Mouse, MouseKind, Signal};
use crate::app::{self, Effect, Message, Model, Subject, update};
use crate::view::{Screen, pane_at, target_at};

/// How far one notch of the wheel moves, in rows.
const NOTCH: isize = 3;

/// Why the screen was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The answer is wanted: the joined scopes, empty where nothing is ticked.
    Done(String),
    Left,
    Terminated,
    Hangup,
}

/// The terminal, as far as the loop needs it.
pub trait Device: Write {
    /// Gives the terminal back, stops until the program is let go on, and takes it again. Says
    /// whether it stopped; the reason where it could not.
    fn suspend(&mut self) -> io::Result<Result<(), String>>;

    /// Whether clicks come to the program, or are the terminal's to select text with.
    fn take_clicks(&mut self, taken: bool) -> io::Result<()>;
}

/// Events in, frames out, until the screen is left.
pub struct EventLoop<D> {
    pub model: Model,
    pub screen: Screen,
    pub device: D,
    pub copier: Box<dyn Copier>,
    /// Where copies report to; the other end of what [`run`](Self::run) receives from.
    pub reports: Sender<Event>,
}

impl<D: Device> EventLoop<D> {
    /// Draws, waits for an event, takes all that have come by then, and draws again.
    pub fn run(&mut self, events: &Receiver<Event>) -> io::Result<Ending> {
        self.draw()?;
        while let Ok(event) = events.recv() {
            for event in std::iter::once(event).chain(events.try_iter()) {
                if let Some(ending) = self.take(event)? {
                    return Ok(ending);
                }
            }
            self.draw()?;
        }
        Ok(Ending::Hangup)
    }

    fn draw(&mut self) -> io::Result<()> {
        let extents = self.screen.measure(&self.model);
        update(&mut self.model, Message::Measured(extents));
        self.screen.draw(&self.model, &mut self.device)
    }

    fn take(&mut self, event: Event) -> io::Result<Option<Ending>> {
        match event {
            Event::Key(key) => match self.model.keymap().resolve(key, self.model.focus()) {
                Some(message) => self.update(message),
                None => Ok(None),
            },
            Event::Paste(text) => self.update(Message::Paste(text)),
            Event::Mouse(mouse) => match self.meaning(mouse) {
                Some(message) => self.update(message),
                None => Ok(None),
            },
            Event::Resized(size) => {
                self.screen.resize(size);
                Ok(None)
            }
            Event::Copied { subject, text, delivery } => {
                self.device.write_all(&delivery.terminal)?;
                self.update(Message::Copied { subject, text, outcome: delivery.outcome })
            }
            Event::Signal(signal) => self.signal(signal),
            Event::InputEnded => Ok(Some(Ending::Hangup)),
        }
    }

    fn update(&mut self, message: Message) -> io::Result<Option<Ending>> {
        let took_clicks = self.model.takes_clicks();
        let effect = update(&mut self.model, message);
        if self.model.takes_clicks() != took_clicks {
            self.device.take_clicks(!took_clicks)?;
        }
        match effect {
            None => Ok(None),
            Some(Effect::Copy { subject, text }) => {
                self.copy(subject, text);
                Ok(None)
            }
            Some(Effect::Suspend) => self.suspend(),
            Some(Effect::Leave(app::Ending::Done)) => {
                Ok(Some(Ending::Done(self.model.answer().text().to_owned())))
            }
            Some(Effect::Leave(app::Ending::Left)) => Ok(Some(Ending::Left)),
        }
    }

    fn meaning(&self, mouse: Mouse) -> Option<Message> {
        let over = pane_at(self.screen.size(), mouse.position);
        match mouse.kind {
            MouseKind::WheelUp => Some(Message::Wheel { over, lines: -NOTCH }),
            MouseKind::WheelDown => Some(Message::Wheel { over, lines: NOTCH }),
            MouseKind::Click => {
                target_at(&self.model, self.screen.size(), mouse.position).map(Message::Click)
            }
        }
    }

    fn copy(&mut self, subject: Subject, text: String) {
        let reports = self.reports.clone();
        let report = {
            let text = text.clone();
            move |delivery| {
                // Where the screen has been left meanwhile, there is nobody to tell.
                let _ = reports.send(Event::Copied { subject, text, delivery });
            }
        };
        self.copier.copy(text, Box::new(report));
    }

    fn signal(&mut self, signal: Signal) -> io::Result<Option<Ending>> {
        match signal {
            Signal::Interrupt => Ok(Some(Ending::Left)),
            Signal::Terminate => Ok(Some(Ending::Terminated)),
            Signal::Hangup => Ok(Some(Ending::Hangup)),
            Signal::Suspend => self.suspend(),
            Signal::Continue => {
                self.screen.forget()?;
                Ok(None)
            }
        }
    }

    fn suspend(&mut self) -> io::Result<Option<Ending>> {
        match self.device.suspend()? {
            Ok(()) => self.screen.forget()?,
            Err(reason) => {
                update(&mut self.model, Message::Refused(reason));
            }
        }
        Ok(None)
    }
}
