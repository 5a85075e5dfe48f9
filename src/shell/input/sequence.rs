//! The sequences that terminals send for keys and the mouse.

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use vte::Params;

use crate::app::{Code, Key};

/// The meaning of a control sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sequence {
    Key(Key),
    Mouse(MouseEvent),
    /// A paste begins.
    Paste,
    /// One ends.
    PasteEnd,
}

/// Keys that are held with another, as bits of the parameter of a key.
const SHIFT: u16 = 1;
const ALT: u16 = 2;
const CTRL: u16 = 4;
/// Super, Hyper and Meta. A key that is held with one of them is another program's.
const FOREIGN: u16 = 8 | 16 | 32;

/// The meaning of a finished CSI sequence. `None` if it has none here.
pub fn csi(params: &Params, intermediates: &[u8], action: char) -> Option<Sequence> {
    let fields: Vec<&[u16]> = params.iter().collect();
    let number = |at: usize| fields.get(at).and_then(|field| field.first()).copied().unwrap_or(0);
    let mouse_of = |button| mouse(button, number(1), number(2)).map(Sequence::Mouse);
    let key = match (intermediates, action) {
        (b"<", 'M') => return mouse_of(number(0)),
        (b"", 'M') => return number(0).checked_sub(32).and_then(mouse_of),
        (b"", '~') if number(0) == 200 => return Some(Sequence::Paste),
        (b"", '~') if number(0) == 201 => return Some(Sequence::PasteEnd),
        // modifyOtherKeys of xterm.
        (b"", '~') if number(0) == 27 => held(modifiers(&fields, 1)?, &[number(2)])?,
        (b"", '~') => pressed(special(number(0))?, modifiers(&fields, 1)?),
        // The kitty protocol.
        (b"", 'u') => held(modifiers(&fields, 1)?, fields.first()?)?,
        // rxvt: with Ctrl, and with Ctrl and Shift.
        (b"", '^' | '@') => Key::new(special(number(0))?, true, false),
        // A report of the cursor ends in the letter of F3. Old terminals send the modifiers alone.
        (b"", _) if fields.len() > 1 && number(0) > 1 => return None,
        (b"", letter) => {
            let at = usize::from(fields.len() > 1);
            pressed(named(u8::try_from(letter).ok()?)?, modifiers(&fields, at)?)
        }
        _ => return None,
    };
    Some(Sequence::Key(key))
}

/// The key that ESC `O` and a letter mean: of the keypad, or where cursor keys are application keys.
pub fn ss3(letter: u8) -> Option<Key> {
    Some(match letter {
        b'A'..=b'D' | b'F' | b'H' | b'P'..=b'S' => Key::plain(named(letter)?),
        b'a'..=b'd' => Key::new(named(letter)?, true, false),
        b'I' => Key::plain(Code::Tab),
        b'M' => Key::plain(Code::Enter),
        b'X' => Key::char('='),
        b'j'..=b'y' => Key::char(char::from(letter - b'j' + b'*')),
        _ => return None,
    })
}

/// The function key that ESC `[ [` and a letter mean on the Linux console.
pub fn console(letter: u8) -> Option<Key> {
    (b'A'..=b'E').contains(&letter).then(|| Key::plain(Code::F(letter - b'A' + 1)))
}

/// The key that a control character means.
pub fn control(byte: u8) -> Option<Key> {
    let on = match byte {
        0 => ' ',
        1..=0x1a => char::from(byte - 1 + b'a'),
        0x1c..=0x1f => char::from(byte + b'@'),
        _ => return None,
    };
    Some(Key::new(Code::Char(on), true, false))
}

/// A press of the left button or a turn of the wheel. Cells count from 1.
pub fn mouse(button: u16, column: u16, row: u16) -> Option<MouseEvent> {
    // Shift, Alt and Ctrl make no difference.
    let kind = match button & !(4 | 8 | 16) {
        0 => MouseEventKind::Down(MouseButton::Left),
        64 => MouseEventKind::ScrollUp,
        65 => MouseEventKind::ScrollDown,
        _ => return None,
    };
    let (column, row) = (column.checked_sub(1)?, row.checked_sub(1)?);
    Some(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
}

/// Returns the modifiers of a key. `None` if the key is not for this program: it was released, or is held
/// with Super, Hyper or Meta.
fn modifiers(fields: &[&[u16]], at: usize) -> Option<u16> {
    const RELEASED: u16 = 3;
    let field = fields.get(at).copied().unwrap_or_default();
    let modifiers = field.first().copied().unwrap_or(0).saturating_sub(1);
    let is_ours = field.get(1) != Some(&RELEASED) && modifiers & FOREIGN == 0;
    is_ours.then_some(modifiers)
}

fn pressed(code: Code, modifiers: u16) -> Key {
    let code = match code {
        Code::Tab if modifiers & SHIFT != 0 => Code::BackTab,
        code => code,
    };
    Key::new(code, modifiers & CTRL != 0, modifiers & ALT != 0)
}

/// A key by the code points of its character: alone, with Shift, and at the same place of a US
/// keyboard, as far as the terminal says them.
fn held(modifiers: u16, codes: &[u16]) -> Option<Key> {
    let point = |at: usize| codes.get(at).copied().filter(|&code| code != 0);
    let code = point(0)?;
    if let Some(code) = keypad(code) {
        return Some(pressed(code, modifiers));
    }
    let character = |code: u16| {
        let private = (0xe000..=0xf8ff).contains(&code) || code == u16::MAX;
        char::from_u32(code.into()).filter(|c| !private && !c.is_control())
    };
    let mut c = character(code)?;
    if modifiers & SHIFT != 0 {
        c = point(1).and_then(character).unwrap_or_else(|| with_shift(c));
    }
    if modifiers & (CTRL | ALT) != 0 && !is_latin(c) {
        c = point(2).and_then(character).unwrap_or(c);
    }
    Some(pressed(Code::Char(c), modifiers))
}

/// Letters that a layout for a Latin script has, and whatever is no letter.
fn is_latin(c: char) -> bool {
    !c.is_alphabetic() || matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Returns the character of a US key with Shift.
fn with_shift(c: char) -> char {
    const ALONE: &str = "`1234567890-=[]\\;',./";
    const SHIFTED: &str = "~!@#$%^&*()_+{}|:\"<>?";
    let shifted = ALONE.chars().zip(SHIFTED.chars()).find(|&(alone, _)| alone == c);
    shifted.map_or_else(|| c.to_uppercase().next().unwrap_or(c), |(_, shifted)| shifted)
}

/// The key that has a letter of its own.
fn named(letter: u8) -> Option<Code> {
    Some(match letter {
        b'A' | b'a' => Code::Up,
        b'B' | b'b' => Code::Down,
        b'C' | b'c' => Code::Right,
        b'D' | b'd' => Code::Left,
        b'F' => Code::End,
        b'H' => Code::Home,
        b'P'..=b'S' => Code::F(letter - b'P' + 1),
        b'Z' => Code::BackTab,
        _ => return None,
    })
}

/// The key that has a number.
fn special(number: u16) -> Option<Code> {
    Some(match u8::try_from(number).ok()? {
        1 | 7 => Code::Home,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        number @ 11..=15 => Code::F(number - 10),
        number @ 17..=21 => Code::F(number - 11),
        number @ 23..=26 => Code::F(number - 12),
        number @ (28 | 29) => Code::F(number - 13),
        number @ 31..=34 => Code::F(number - 14),
        _ => return None,
    })
}

/// The key of a code point that stands for no character: a control character, or one of the kitty
/// protocol for the keypad and far function keys.
fn keypad(code: u16) -> Option<Code> {
    use Code::{Down, End, Home, Left, PageDown, PageUp, Right, Up};

    const MOVING: [Code; 8] = [Left, Right, Up, Down, PageUp, PageDown, Home, End];
    Some(match code {
        8 | 127 => Code::Backspace,
        9 => Code::Tab,
        10 | 13 | 57414 => Code::Enter,
        27 => Code::Esc,
        57376..=57398 => Code::F(u8::try_from(code - 57376 + 13).ok()?),
        57399..=57413 => Code::Char(char::from(b"0123456789./*-+"[usize::from(code - 57399)])),
        57415 => Code::Char('='),
        57416 => Code::Char(','),
        57417..=57424 => MOVING[usize::from(code - 57417)],
        57426 => Code::Delete,
        _ => return None,
    })
}
