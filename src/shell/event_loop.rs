use std::io::{self, Write};
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use super::background;
use super::clipboard::Copier;
use super::loader::Loader;
use super::{Event, Events, Reports};
use crate::app::{
    Code, Command, Effect, Ending, Focus, Key, Loading, Message, Model, Subject, Tab, update,
};
use crate::domain::may_be_secret;
use crate::view::{Position, Screen, Size};

/// The rows that one notch of the wheel scrolls.
const NOTCH: isize = 3;

/// The interval at which a program in the background checks whether it still is.
pub(super) const BACKGROUND_PAUSE: Duration = Duration::from_millis(100);

/// Longer than a copy takes by all the ways that a system has. PowerShell takes long, and may be tried
/// twice.
const COPY_TIMEOUT: Duration = Duration::from_secs(if cfg!(windows) { 30 } else { 10 });

/// Longer than a clipboard that works takes, for leaving without an answer.
const COPY_TIMEOUT_ON_LEAVING: Duration = Duration::from_millis(500);

/// The same for Ctrl-C, which is answered within 100 ms.
const COPY_TIMEOUT_ON_INTERRUPT: Duration = Duration::from_millis(80);

/// The terminal, as far as the loop needs it.
pub trait Device: Write {
    /// Gives the terminal back and stops the program. Returns the reason if that is impossible.
    fn suspend(&mut self) -> io::Result<Result<(), String>>;

    /// Takes the terminal when the program continues after a stop, and returns its size. `None` if
    /// another job has the terminal.
    fn resume(&mut self) -> io::Result<Option<Size>>;

    /// Whether the terminal is the program's to draw on, as it is not around a stop.
    fn is_held(&self) -> bool;

    /// Whether the terminal has not taken all output yet. [`flush`](Write::flush) goes on with it for a
    /// moment, and waits if need be.
    fn is_stuck(&self) -> bool;

    /// Whether clicks come to the program, or are the terminal's to select text with.
    fn take_clicks(&mut self, taken: bool) -> io::Result<()>;
}

/// Events in, frames out, until the screen is left.
pub struct EventLoop<D> {
    /// Dropped first: the terminal is given back before a large catalog is freed.
    pub device: D,
    pub model: Model,
    pub screen: Screen,
    pub copier: Box<dyn Copier>,
    /// The time after which the screen is drawn although events keep coming.
    pub frame: Duration,
    /// The longest pause within a paste that the terminal did not mark.
    pub burst_pause: Duration,
    /// When text came last that was taken for a paste that the terminal did not mark.
    pub burst: Option<Instant>,
    /// Where the catalog is read beside the loop.
    pub loader: Option<Loader>,
    /// Where copies report to; the other end of what [`run`](Self::run) receives from.
    pub reports: Reports,
    /// The number of copies under way.
    pub copying: usize,
    /// The error of a copy that failed while the screen was being left: a sentence.
    pub failed_copy: Option<String>,
}

impl<D: Device> EventLoop<D> {
    /// Draws, waits for an event, takes all that have come by then, for a frame at most, and
    /// draws again.
    pub fn run(&mut self, events: &mut impl Events) -> io::Result<Ending> {
        self.draw()?;
        while let Some(event) = self.next(events)? {
            let due = Instant::now() + self.frame;
            let more =
                || if Instant::now() < due { events.next(Some(Duration::ZERO)).ok() } else { None };
            let mut come = std::iter::once(event).chain(std::iter::from_fn(more)).peekable();
            while let Some(event) = come.next() {
                let shown = self.shown();
                let ending = match self.typed(&event) {
                    None => self.take(event)?,
                    Some(mut text) => {
                        while let Some(more) = come.peek().and_then(|event| self.typed(event)) {
                            text.push_str(&more);
                            come.next();
                        }
                        self.update(Message::Typed(text))?
                    }
                };
                if let Some(ending) = ending {
                    return self.finish_copies(ending, events);
                }
                // The next key scrolls what is there only when it has been measured.
                if self.shown() != shown {
                    self.draw()?;
                }
            }
            self.draw()?;
        }
        Ok(Ending::Hangup)
    }

    /// The screen, and whether something lies over it.
    fn shown(&self) -> (Tab, bool) {
        (self.model.tab, self.model.overlay.is_some())
    }

    /// Waits for copies that are under way. A signal that ends the program, or the key that leaves at
    /// once, ends the wait, and is then how the screen was left.
    fn finish_copies(&mut self, ending: Ending, events: &mut impl Events) -> io::Result<Ending> {
        let patience = match ending {
            Ending::Done(_) | Ending::NothingSelected => COPY_TIMEOUT,
            Ending::Left => COPY_TIMEOUT_ON_LEAVING,
            Ending::Interrupted => COPY_TIMEOUT_ON_INTERRUPT,
            Ending::Terminated | Ending::Hangup | Ending::Failed(_) => return Ok(ending),
        };
        let deadline = Instant::now() + patience;
        while self.copying > 0 {
            let left = deadline.saturating_duration_since(Instant::now());
            match events.next(Some(left)) {
                Ok(Event::Copied { delivery, .. }) => {
                    self.copying -= 1;
                    self.device.write_all(&delivery.terminal)?;
                    if delivery.outcome.is_failure() {
                        self.failed_copy = Some(delivery.outcome.to_string());
                    }
                }
                Ok(Event::Key(key)) if self.leaves(key) => return Ok(Ending::Interrupted),
                Ok(Event::Leave(ending)) => return Ok(ending),
                Ok(Event::Suspend) => self.suspend()?,
                Ok(Event::Continue) => self.resume()?,
                Ok(_) => {}
                Err(_) => {
                    self.failed_copy = Some("Not copied: it took too long.".into());
                    break;
                }
            }
        }
        Ok(ending)
    }

    fn leaves(&self, key: Key) -> bool {
        let meaning = self.model.keymap.resolve(key, self.model.focus());
        matches!(meaning, Some(Message::Command(Command::Leave)))
    }

    /// Waits for the next event. A program in the background stops again after a moment, in which
    /// the signal arrives that a shell sends with SIGCONT (`kill %1`).
    fn next(&mut self, events: &mut impl Events) -> io::Result<Option<Event>> {
        while !self.device.is_held() || self.device.is_stuck() {
            let is_held = self.device.is_held();
            // A stuck terminal is waited for in `flush`.
            let pause = if is_held { Duration::ZERO } else { BACKGROUND_PAUSE };
            match events.next(Some(pause)) {
                Ok(event) => return Ok(Some(event)),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) if is_held => {
                    self.device.flush()?;
                    self.draw()?;
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.resume()?;
                    if !self.device.is_held() {
                        self.suspend()?;
                    }
                }
            }
        }
        Ok(events.next(None).ok())
    }

    /// Returns the text that an event types. Keys that come together are one message, because some
    /// terminals send a paste as a hundred thousand of them.
    fn typed(&self, event: &Event) -> Option<String> {
        match event {
            _ if !self.device.is_held() => None,
            Event::Burst { text, then } if then.is_empty() && self.types(text) => {
                Some(text.clone())
            }
            Event::Key(key) => match self.model.keymap.resolve(*key, self.model.focus()) {
                Some(Message::Typed(text)) => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        if !self.device.is_held() || self.device.is_stuck() {
            return Ok(());
        }
        let scene = self.screen.lay_out(&self.model);
        self.update(Message::Measured(scene.extents.clone()))?;
        self.screen.draw(&self.model, scene, &mut self.device)
    }

    fn take(&mut self, event: Event) -> io::Result<Option<Ending>> {
        match event {
            // Input from before a stop must not act after it.
            Event::Key(_)
            | Event::KeyAfterEscape(_)
            | Event::Paste(_)
            | Event::Burst { .. }
            | Event::Line(_)
            | Event::Mouse(_)
                if !self.device.is_held() =>
            {
                Ok(None)
            }
            // It belongs to the paste.
            Event::Key(key) if key == Key::plain(Code::Enter) && self.is_in_burst() => Ok(None),
            Event::Key(key) => self.update(self.model.keymap.resolve(key, self.model.focus())),
            Event::KeyAfterEscape(key) => self.key_after_escape(key),
            Event::Burst { mut text, mut then } if self.types(&text) => {
                if self.may_end_line(&then) {
                    text.push(' ');
                    then.clear();
                }
                let mut ending = self.update(Message::Typed(text))?;
                for key in then.into_iter().map(Event::Key) {
                    if ending.is_none() {
                        ending = self.take(key)?;
                    }
                }
                Ok(ending)
            }
            Event::Burst { text, then } if self.searches(&text) => {
                self.update(Message::Command(Command::Search))?;
                let text = text.chars().skip(1).collect();
                self.take(Event::Burst { text, then })
            }
            Event::Burst { text, .. } => {
                self.burst = Some(Instant::now());
                self.update(Message::Paste(text))
            }
            Event::Paste(text) | Event::Line(text) => self.update(Message::Paste(text)),
            Event::PasteEnd => Ok(None),
            Event::Mouse(mouse) => self.update(self.meaning(mouse)),
            Event::Resized(size) => {
                self.screen.resize(size);
                Ok(None)
            }
            Event::Copied { subject, text, delivery } => {
                self.copying = self.copying.saturating_sub(1);
                self.device.write_all(&delivery.terminal)?;
                self.update(Message::Copied { subject, text, outcome: delivery.outcome })
            }
            Event::Message(message) => self.update(message),
            // A reader that was stopped may still fail.
            Event::LoadingFailed(_) if self.model.loading == Loading::Stopped => Ok(None),
            Event::LoadingFailed(reason) => Ok(Some(Ending::Failed(reason))),
            Event::Leave(ending) => Ok(Some(ending)),
            Event::Suspend => self.suspend().map(|()| None),
            Event::Continue => self.resume().map(|()| None),
            Event::InputEnded => Ok(Some(Ending::Hangup)),
        }
    }

    fn key_after_escape(&mut self, key: Key) -> io::Result<Option<Ending>> {
        let chord = key.with_alt();
        let alt = self.model.keymap.resolve(chord, self.model.focus());
        // Where it means nothing, it is still not the key Esc, which may leave.
        if alt.is_some() || self.model.keymap.binds(chord) {
            return self.update(alt);
        }
        // Two steps there could leave, or run a command that nobody asked for.
        if !self.model.focus().types() && key != Key::ctrl('c') {
            return Ok(None);
        }
        match self.take(Event::Key(Key::plain(Code::Esc)))? {
            None => self.take(Event::Key(key)),
            ending => Ok(ending),
        }
    }

    /// Returns `true` if keys behind a text may be the end of a pasted line, and the next line come later. A
    /// paste never accepts.
    fn may_end_line(&self, keys: &[Key]) -> bool {
        keys.first() == Some(&Key::plain(Code::Enter)) && self.model.focus() != Focus::Granting
    }

    /// Returns `true` if a text is the key that begins a search, and a word typed behind it.
    fn searches(&self, text: &str) -> bool {
        let meaning = |first| self.model.keymap.resolve(Key::char(first), self.model.focus());
        text.starts_with(|first| matches!(meaning(first), Some(Message::Command(Command::Search))))
    }

    /// Returns `true` if text is the same typed as pasted.
    fn types(&self, text: &str) -> bool {
        // What may be a secret is read before it is shown.
        let is_hidden = self.model.focus() == Focus::Granting && may_be_secret(text);
        self.model.focus().types()
            && !is_hidden
            && !text.contains(char::is_control)
            && !self.model.is_action_list(text)
            && !self.is_in_burst()
    }

    /// Returns `true` if more may come of a paste that the terminal did not mark.
    fn is_in_burst(&self) -> bool {
        self.burst.is_some_and(|begun| begun.elapsed() < self.burst_pause)
    }

    pub fn update(&mut self, message: impl Into<Option<Message>>) -> io::Result<Option<Ending>> {
        let Some(message) = message.into() else { return Ok(None) };
        let took_clicks = self.model.takes_clicks();
        let effect = update(&mut self.model, message);
        if self.model.takes_clicks() != took_clicks {
            self.device.take_clicks(!took_clicks)?;
        }
        match effect {
            Some(effect) => self.carry_out(effect),
            None => Ok(None),
        }
    }

    fn carry_out(&mut self, effect: Effect) -> io::Result<Option<Ending>> {
        match effect {
            Effect::Copy { subject, text } => {
                self.copying += 1;
                start_copy(&mut *self.copier, &self.reports, subject, text);
            }
            Effect::StopLoading => self.loader.iter().for_each(Loader::stop),
            Effect::Run(job) => background::run(job, self.reports.clone()),
            Effect::Suspend => self.suspend()?,
            Effect::Redraw => self.screen.redraw(),
            Effect::Leave(ending) => return Ok(Some(ending)),
        }
        Ok(None)
    }

    fn meaning(&self, mouse: MouseEvent) -> Option<Message> {
        let drawn = self.screen.drawn()?;
        let position = Position::new(mouse.column, mouse.row);
        let over = drawn.pane_at(position);
        match mouse.kind {
            MouseEventKind::ScrollUp => Some(Message::Wheel { over, lines: -NOTCH }),
            MouseEventKind::ScrollDown => Some(Message::Wheel { over, lines: NOTCH }),
            MouseEventKind::Down(MouseButton::Left) => {
                drawn.target_at(&self.model, position).map(Message::Click)
            }
            _ => None,
        }
    }

    fn suspend(&mut self) -> io::Result<()> {
        if let Err(reason) = self.device.suspend()? {
            update(&mut self.model, Message::Refused(reason));
        }
        Ok(())
    }

    fn resume(&mut self) -> io::Result<()> {
        if let Some(size) = self.device.resume()? {
            self.screen.resize(size);
        }
        Ok(())
    }
}

/// Copies beside the loop, which hears of the outcome.
pub(super) fn start_copy(
    copier: &mut dyn Copier,
    reports: &Reports,
    subject: Subject,
    text: String,
) {
    let (reports, copy) = (reports.clone(), text.clone());
    let report = move |delivery| {
        reports.send(Event::Copied { subject, text: copy, delivery });
    };
    copier.copy(text, Box::new(report));
}
