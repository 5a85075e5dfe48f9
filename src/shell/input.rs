use std::sync::mpsc::Sender;
use std::thread;

use crossterm::event::{
    self, Event as Raw, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind,
};

use super::event::{Event, Mouse, MouseKind};
use crate::app::{Code, Key};
use crate::view::{Position, Size};

/// Reads keys, pastes, clicks and new sizes beside the loop, until nobody listens any more.
pub fn spawn(events: Sender<Event>) {
    thread::spawn(move || {
        while let Ok(raw) = event::read() {
            if let Some(event) = event_of(raw)
                && events.send(event).is_err()
            {
                return;
            }
        }
        // The loop may be gone already, and then there is nobody to tell.
        let _ = events.send(Event::InputEnded);
    });
}

/// What the program makes of an event of the terminal; nothing where it makes nothing of it.
pub fn event_of(raw: Raw) -> Option<Event> {
    match raw {
        Raw::Key(key) => key_of(key).map(Event::Key),
        Raw::Paste(text) => Some(Event::Paste(text)),
        Raw::Mouse(mouse) => mouse_of(mouse).map(Event::Mouse),
        // Elsewhere than on Windows a signal says so, also before anything is read.
        Raw::Resize(width, height) => {
            cfg!(windows).then_some(Event::Resized(Size { width, height }))
        }
        Raw::FocusGained | Raw::FocusLost => None,
    }
}

fn key_of(key: KeyEvent) -> Option<Key> {
    // Windows and the kitty protocol report releases too.
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let shift = key.modifiers.contains(KeyModifiers::SHIFT);
    let code = match key.code {
        KeyCode::Char(c) if shift => Code::Char(c.to_ascii_uppercase()),
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Tab if shift => Code::BackTab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Tab => Code::Tab,
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number) => Code::F(number),
        _ => return None,
    };
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    Some(Key::new(code, ctrl, alt))
}

fn mouse_of(mouse: MouseEvent) -> Option<Mouse> {
    let kind = match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseKind::Click,
        MouseEventKind::ScrollUp => MouseKind::WheelUp,
        MouseEventKind::ScrollDown => MouseKind::WheelDown,
        _ => return None,
    };
    Some(Mouse { kind, position: Position::new(mouse.column, mouse.row) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
        key_of(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn the_old_protocol_and_the_new_one_name_the_same_keys() {
        // Ctrl-_ as the byte 0x1f, and as kitty sends it.
        assert_eq!(key(KeyCode::Char('7'), KeyModifiers::CONTROL), Some(Key::ctrl('_')));
        let shifted = KeyModifiers::CONTROL | KeyModifiers::SHIFT;
        assert_eq!(key(KeyCode::Char('-'), shifted), Some(Key::ctrl('_')));
        // Shift-Tab, and a capital letter.
        let back = Some(Key::plain(Code::BackTab));
        assert_eq!(key(KeyCode::BackTab, KeyModifiers::SHIFT), back);
        assert_eq!(key(KeyCode::Tab, KeyModifiers::SHIFT), back);
        assert_eq!(key(KeyCode::Char('g'), KeyModifiers::SHIFT), Some(Key::char('G')));
        assert_eq!(key(KeyCode::Char('G'), KeyModifiers::SHIFT), Some(Key::char('G')));
    }

    #[test]
    fn a_release_is_not_a_second_press() {
        let mut release = KeyEvent::new(KeyCode::Char('a'), KeyModifiers::NONE);
        release.kind = KeyEventKind::Release;
        assert_eq!(key_of(release), None);
    }
}
