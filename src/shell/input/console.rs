use std::fs::File;
use std::io;
use std::iter::from_fn;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crossterm::event::{
    self, Event as Raw, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};

use crate::app::{Code, Key};
use crate::shell::{Event, Reports};
use crate::view::Size;

/// Reads keys, pastes, clicks and new sizes beside the loop, until it is gone: one wait for the console
/// and for reports is not to be had. The console sends keys whole, so that Esc needs no time to tell it
/// from the beginning of one.
///
/// # Errors
/// No thread can be started.
pub fn listen(_: File, _: Duration) -> io::Result<(Reports, Receiver<Event>)> {
    let (sender, events) = channel();
    let reports = Reports::from(sender);
    super::send_all(reports.clone(), from_fn(|| event::read().ok()).filter_map(event_of))?;
    Ok((reports, events))
}

fn event_of(raw: Raw) -> Option<Event> {
    match raw {
        Raw::Key(key) => key_of(key).map(Event::Key),
        Raw::Paste(text) => Some(Event::Paste(text)),
        Raw::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left)
            | MouseEventKind::ScrollUp
            | MouseEventKind::ScrollDown => Some(Event::Mouse(mouse)),
            // Moves would have the screen drawn for nothing.
            _ => None,
        },
        Raw::Resize(width, height) => Some(Event::Resized(Size { width, height })),
        Raw::FocusGained | Raw::FocusLost => None,
    }
}

fn key_of(key: KeyEvent) -> Option<Key> {
    // Windows reports releases too.
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let shift = key.modifiers.contains(KeyModifiers::SHIFT);
    let code = match key.code {
        Code::Char(c) if shift => Code::Char(c.to_ascii_uppercase()),
        Code::Tab if shift => Code::BackTab,
        code => code,
    };
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    Some(Key::new(code, ctrl, alt))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_not_a_second_press() {
        let mut release = KeyEvent::new(Code::Char('a'), KeyModifiers::NONE);
        release.kind = KeyEventKind::Release;
        assert_eq!(key_of(release), None);
    }
}
