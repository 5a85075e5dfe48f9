use std::mem;
use std::str;
use std::time::Duration;

use vte::{Params, Parser, Perform};

use super::sequence::{self, Sequence};
use crate::app::{Code, Key, SEQUENCE_STARTS};
use crate::shell::Event;

pub const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;
/// The end of a text, in 8 bits.
const ST: u8 = 0x9c;
pub const CTRL_C: u8 = 0x03;
pub const PASTE_END: &[u8] = b"\x1b[201~";

/// Bytes that are kept of an unfinished sequence; one that is longer means nothing here.
const LONGEST: usize = 1 << 12;

/// The longest pause within a sequence. A slow link pauses; typed keys must not be lost in a sequence
/// that never ends.
const SEQUENCE_TIMEOUT: Duration = Duration::from_secs(1);

/// The most pieces of a sequence that may pause so long. Further ones are rather keys behind a sequence that never
/// ends, so each halves the pause.
const WHOLE_PAUSES: usize = 4;

/// The longest pause within a paste, whose lines must not become keys: a retransmission takes seconds.
const PASTE_TIMEOUT: Duration = Duration::from_secs(5);

/// Makes events of the bytes that a terminal sends, in whatever pieces they come.
///
/// Control sequences are read whole and, where they mean nothing, dropped whole: replies to what
/// other programs asked must not become keys. A control character ends whatever is unfinished and is
/// always a key, so that Ctrl-C cannot be swallowed.
#[derive(Default)]
pub struct KeyReader {
    /// The beginning of a sequence or of a character.
    pending: Vec<u8>,
    /// The number of reads that have added to it.
    pieces: usize,
    paste: Option<Paste>,
    events: Vec<Event>,
}

/// ESC `[ 200 ~`, and what was not delivered yet.
#[derive(Default)]
struct Paste {
    text: Vec<u8>,
    /// The place of a Ctrl-C, which is a key unless the end of the paste follows at once.
    interrupt: Option<usize>,
}

impl KeyReader {
    /// The events that these bytes complete, in order.
    pub fn read(&mut self, bytes: &[u8]) -> Vec<Event> {
        let mut pending = mem::take(&mut self.pending);
        pending.extend_from_slice(bytes);
        let mut rest = &pending[..];
        while let Some(taken) = self.next(rest) {
            rest = &rest[taken..];
        }
        self.pieces = if rest.len() == pending.len() { self.pieces + 1 } else { 0 };
        self.pending = rest.to_vec();
        if rest.len() > LONGEST {
            // The last byte may begin the end.
            self.pending.drain(LONGEST..rest.len() - 1);
        }
        mem::take(&mut self.events)
    }

    /// Returns how long to wait for more, which is `escape_timeout` for more of what may be a key of its
    /// own. `None` if nothing is unfinished.
    pub fn patience(&self, escape_timeout: Duration) -> Option<Duration> {
        match (&self.paste, &self.pending[..]) {
            (Some(Paste { interrupt: Some(_), .. }), _) => Some(escape_timeout),
            (Some(Paste { text, .. }), _) if PASTE_END.starts_with(text) => Some(PASTE_TIMEOUT),
            (None, []) => None,
            // The rest of a character, however long it takes.
            (None, [byte, ..]) if *byte != ESC && c1(&self.pending).is_none() => None,
            (None, [.., ESC]) if !ends_text(&self.pending) => Some(escape_timeout),
            (None, _) if self.pieces > WHOLE_PAUSES => {
                let halvings = (self.pieces - WHOLE_PAUSES).min(4);
                Some(SEQUENCE_TIMEOUT / (1 << halvings))
            }
            _ => Some(SEQUENCE_TIMEOUT),
        }
    }

    /// Returns the events of an unfinished sequence whose rest has not come in time. A paste goes on for
    /// a while behind what has come of it.
    pub fn give_up(&mut self) -> Vec<Event> {
        self.pieces = 0;
        match &mem::take(&mut self.pending)[..] {
            [ESC, ESC] => (0..2).for_each(|_| self.typed(true, None)),
            [.., ESC] => self.typed(true, None),
            // Alt with a letter, or a sequence that was cut: it is not the key Esc.
            [.., ESC, byte] if begins_sequence(*byte) => {
                self.events.push(Event::Key(Key::char((*byte).into()).with_alt()));
            }
            // Alt with a character that is cut.
            [ESC, byte, ..] if !byte.is_ascii() => self.typed(true, None),
            _ => {}
        }
        match self.paste.take() {
            Some(Paste { text, interrupt: Some(at) }) => {
                self.pasted(&text[..at]);
                self.read(&text[at..])
            }
            Some(Paste { text, interrupt: None }) => {
                self.pause_paste(&text);
                mem::take(&mut self.events)
            }
            None => mem::take(&mut self.events),
        }
    }

    /// Reads what stands at the front of `bytes`, and returns its length. `None` if it is unfinished.
    fn next(&mut self, bytes: &[u8]) -> Option<usize> {
        if let Some(paste) = self.paste.take_if(|_| !bytes.is_empty()) {
            return Some(self.paste(paste, bytes));
        }
        if let Some((length, letter)) = c1(bytes) {
            let in_7_bits = [&[ESC, letter], &bytes[length..]].concat();
            return self.next(&in_7_bits).map(|taken| taken - 2 + length);
        }
        let (alt, bytes) = match bytes {
            [ESC, sequence @ ..] if matches!(sequence, [ESC, b'[' | b'O', ..]) => (true, sequence),
            _ => (false, bytes),
        };
        let taken = match bytes {
            [] | [ESC] | [ESC, ESC] | [ESC, b'[', b'['] => return None,
            [ESC, ESC, ..] => {
                self.typed(true, None);
                1
            }
            [ESC, b'[', b'[', byte, ..] => {
                self.typed(alt, sequence::console(*byte));
                if byte.is_ascii_control() { 3 } else { 4 }
            }
            [ESC, b'[', b'M', rest @ ..] => 3 + self.coordinates(alt, rest)?,
            [ESC, b'[', rest @ ..] => 2 + self.csi(alt, rest)?,
            [ESC, b'O', rest @ ..] => 2 + self.ss3(alt, rest)?,
            [ESC, byte, rest @ ..] if begins_sequence(*byte) => 2 + text(rest)?,
            // The end of a text whose beginning was dropped, or Alt with the key.
            [ESC, b'\\', ..] => {
                self.events.push(Event::Key(Key::char('\\').with_alt()));
                2
            }
            [ESC, rest @ ..] => 1 + self.character(true, rest)?,
            _ => self.character(false, bytes)?,
        };
        Some(taken + usize::from(alt))
    }

    /// A character, or whatever is no UTF-8, which is no key.
    fn character(&mut self, alt: bool, bytes: &[u8]) -> Option<usize> {
        let near = &bytes[..bytes.len().min(4)];
        let Some(c) = near.utf8_chunks().next()?.valid().chars().next() else {
            let taken = str::from_utf8(near).err()?.error_len()?;
            self.typed(alt, None);
            return Some(taken);
        };
        let key = match c {
            '\u{7f}' => Some(Key::plain(Code::Backspace)),
            char::REPLACEMENT_CHARACTER | '\u{80}'..='\u{9f}' => None,
            c if c.is_ascii_control() => u8::try_from(c).ok().and_then(sequence::control),
            c => Some(Key::char(c)),
        };
        self.typed(alt, key);
        Some(c.len_utf8())
    }

    /// Reads the control sequence after ESC `[`.
    fn csi(&mut self, alt: bool, bytes: &[u8]) -> Option<usize> {
        // With Shift, rxvt ends a key in `$`, which ends nothing in ECMA-48.
        let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if bytes.get(digits) == Some(&b'$')
            && let Some(Sequence::Key(key)) = decode(&[b"\x1b[", &bytes[..digits], b"~"].concat())
        {
            self.typed(alt, Some(key));
            return Some(digits + 1);
        }
        let end = bytes
            .iter()
            .position(|byte| byte.is_ascii_control() || (b'@'..=b'~').contains(byte))?;
        if bytes[end].is_ascii_control() {
            return Some(end);
        }
        let decoded = decode(&[b"\x1b[", &bytes[..=end]].concat());
        let key = if let Some(Sequence::Key(key)) = decoded { Some(key) } else { None };
        // Alt with a key that means nothing is no key; before what no key sends, an ESC is one.
        if key.is_some() || !is_of_key(&bytes[..=end]) {
            self.typed(alt, key);
        }
        match decoded {
            Some(Sequence::Mouse(mouse)) => self.events.push(Event::Mouse(mouse)),
            Some(Sequence::Paste) => self.paste = Some(Paste::default()),
            Some(Sequence::PasteEnd) => self.events.push(Event::PasteEnd),
            Some(Sequence::Key(_)) | None => {}
        }
        Some(end + 1)
    }

    /// Reads the three bytes after ESC `[ M`, which say where the mouse is.
    fn coordinates(&mut self, alt: bool, bytes: &[u8]) -> Option<usize> {
        // xterm sends NUL for a place that is too far for a byte.
        let is_place = |byte: u8| byte >= b' ' || byte == 0;
        let count = bytes.iter().take(3).take_while(|&&byte| is_place(byte)).count();
        if count < 3 && count == bytes.len() {
            return None;
        }
        self.typed(alt, None);
        if bytes[..count].contains(&0) {
            return Some(count);
        }
        if let &[button, column, row] = &bytes[..count] {
            let [button, column, row] = [button, column, row].map(|byte| u16::from(byte) - 32);
            self.events.extend(sequence::mouse(button, column, row).map(Event::Mouse));
        }
        Some(count)
    }

    /// Reads the key after ESC `O`.
    fn ss3(&mut self, alt: bool, bytes: &[u8]) -> Option<usize> {
        let byte = *bytes.first()?;
        Some(match (sequence::ss3(byte), byte) {
            // A letter may be a key of the keypad or of an old terminal that means nothing here.
            (Some(key), _) => {
                self.typed(alt, Some(key));
                1
            }
            (None, b'A'..=b'Z') => 1,
            // Konsole and old terminals put modifiers there, as in a CSI sequence.
            (None, b'0'..=b'9') => self.csi(alt, bytes)?,
            (None, _) if byte.is_ascii_control() => 0,
            (None, _) => {
                self.typed(alt, None);
                self.typed(true, Some(Key::char('O')));
                0
            }
        })
    }

    fn paste(&mut self, Paste { mut text, mut interrupt }: Paste, bytes: &[u8]) -> usize {
        for (at, &byte) in bytes.iter().enumerate() {
            text.push(byte);
            interrupt = interrupt.or_else(|| ctrl_c_at_end(&text));
            if let Some(text) = text.strip_suffix(PASTE_END) {
                self.pasted(text);
                return at + 1;
            }
        }
        self.paste = Some(Paste { text, interrupt });
        bytes.len()
    }

    /// Delivers what has come of a paste, but for what may begin its end. Where nothing has come since,
    /// the paste is over.
    fn pause_paste(&mut self, text: &[u8]) {
        let ends_in = |length: &usize| text.ends_with(&PASTE_END[..*length]);
        let kept = (0..PASTE_END.len()).rev().find(ends_in).unwrap_or(0);
        let (text, end) = text.split_at(text.len() - kept);
        if !text.is_empty() {
            // The last of several words may go on: an id that is cut may be another one.
            let is_between = |byte: &u8| byte.is_ascii_whitespace() || b",;|".contains(byte);
            let whole = text.iter().rposition(is_between).map_or(text.len(), |at| at + 1);
            let (text, word) = text.split_at(whole);
            self.pasted(text);
            let end = [word, end].concat();
            self.paste = Some(Paste { text: end, interrupt: None });
        }
    }

    fn pasted(&mut self, text: &[u8]) {
        self.events.push(Event::Paste(String::from_utf8_lossy(text).into_owned()));
    }

    /// A key, behind an ESC if `alt` is true; an ESC without a key behind it is the key Esc.
    fn typed(&mut self, alt: bool, key: Option<Key>) {
        self.events.extend(match (alt, key) {
            (false, key) => key.map(Event::Key),
            (true, Some(key)) => Some(Event::KeyAfterEscape(key)),
            (true, None) => Some(Event::Key(Key::plain(Code::Esc))),
        });
    }
}

/// The place of a Ctrl-C at the end of a text, as a byte or as a sequence.
fn ctrl_c_at_end(text: &[u8]) -> Option<usize> {
    const LONGEST: usize = 24;
    match text.last()? {
        &CTRL_C => Some(text.len() - 1),
        b'u' | b'~' => {
            let near = text.len().saturating_sub(LONGEST);
            let start = near + text[near..].iter().rposition(|&byte| byte == ESC)?;
            let is_ctrl_c = decode(&text[start..]) == Some(Sequence::Key(Key::ctrl('c')));
            is_ctrl_c.then_some(start)
        }
        _ => None,
    }
}

/// The meaning of a whole control sequence, if it has one.
fn decode(sequence: &[u8]) -> Option<Sequence> {
    let mut decoded = Decoded(None);
    Parser::new().advance(&mut decoded, sequence);
    decoded.0
}

/// Returns `true` if a control sequence, after ESC `[`, has the form of those that keys send.
fn is_of_key(sequence: &[u8]) -> bool {
    let [parameters @ .., last] = sequence else { return false };
    b"~^@ABCDEFGHPQSZ".contains(last)
        && parameters.iter().all(|byte| byte.is_ascii_digit() || b";:".contains(byte))
}

/// Returns `true` if ESC and this byte begin more than Alt with a key: a control sequence, or a text.
fn begins_sequence(byte: u8) -> bool {
    SEQUENCE_STARTS.as_bytes().contains(&byte)
}

/// The length of a control character of 8 bits, as a byte or in UTF-8, and the letter that means the same
/// behind ESC: it begins a sequence, or ends a text.
fn c1(bytes: &[u8]) -> Option<(usize, u8)> {
    let (length, byte) = match bytes {
        [0xc2, byte, ..] => (2, byte),
        [byte, ..] => (1, byte),
        [] => return None,
    };
    let letter = (0x80..0xa0).contains(byte).then(|| byte - 0x40)?;
    (begins_sequence(letter) || letter == b'\\').then_some((length, letter))
}

/// Returns `true` if bytes are a text after ESC and one of `]`, `P`, `X`, `^`, `_`, or their form of 8 bits, and
/// the ESC that begins its end.
fn ends_text(bytes: &[u8]) -> bool {
    let (letter, text) = match (c1(bytes), bytes) {
        (Some((length, letter)), _) => (letter, &bytes[length..]),
        (None, [ESC, letter, text @ ..]) => (*letter, text),
        _ => return false,
    };
    b"]PX^_".contains(&letter) && matches!(text, [_, .., ESC])
}

/// The length of the text after ESC and one of `]`, `P`, `X`, `^`, `_`, up to BEL or ST. It is no key.
fn text(bytes: &[u8]) -> Option<usize> {
    let mut start = 0;
    let end = bytes.utf8_chunks().find_map(|chunk| {
        // In a character, it is no ST.
        let st = chunk.invalid().iter().position(|&byte| byte == ST);
        let at = chunk.valid().find(char::is_control);
        let at = at.or(st.map(|at| chunk.valid().len() + at)).map(|at| start + at);
        start += chunk.valid().len() + chunk.invalid().len();
        at
    })?;
    match bytes[end..] {
        [BEL | ST, ..] => Some(end + 1),
        [ESC] => None,
        [ESC, b'\\', ..] | [0xc2, ST, ..] => Some(end + 2),
        _ => Some(end),
    }
}

/// Receives the meaning of one control sequence from the parser.
struct Decoded(Option<Sequence>);

impl Perform for Decoded {
    fn csi_dispatch(&mut self, params: &Params, intermediates: &[u8], ignore: bool, action: char) {
        self.0 = (!ignore).then(|| sequence::csi(params, intermediates, action)).flatten();
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::MouseEvent;
    use proptest::prelude::*;

    use super::*;

    /// Events by the names of their keys.
    fn named(events: &[Event]) -> String {
        let names: Vec<_> = events
            .iter()
            .map(|event| match event {
                Event::Key(key) => key.to_string(),
                Event::KeyAfterEscape(key) => format!("ESC+{key}"),
                Event::Paste(text) => format!("{text:?}"),
                Event::Mouse(MouseEvent { kind, column, row, .. }) => {
                    format!("{kind:?}@{column},{row}")
                }
                other => format!("{other:?}"),
            })
            .collect();
        names.join(" ")
    }

    fn read(bytes: &[u8]) -> String {
        let mut reader = KeyReader::default();
        let mut events = reader.read(bytes);
        events.extend(reader.give_up());
        named(&events)
    }

    #[test]
    fn bytes_are_the_keys_that_send_them() {
        for (bytes, keys) in [
            ("aÄ日", "a Ä 日"),
            (
                "\t\r\n\x7f\x08\0\x1f\x1d",
                "Tab Enter Enter Backspace Backspace Ctrl-Space Ctrl-_ Ctrl-]",
            ),
            (
                "\x1b[A\x1bOA\x1b[H\x1b[4~\x1b[5~\x1b[3~\x1b[Z",
                "Up Up Home End PgUp Delete Shift-Tab",
            ),
            ("\x1bOP\x1b[12~\x1b[[C\x1b[15~\x1b[24~\x1b[13~\x1b[57376u", "F1 F2 F3 F5 F12 F3 F13"),
            ("\x1bOM\x1bOj\x1bOy\x1b[57414u\x1b[57417u", "Enter * 9 Enter Left"),
            ("\x1b[1;5D\x1b[1;3C\x1b[5^\x1bOd", "Ctrl-Left Alt-Right Ctrl-PgUp Ctrl-Left"),
            // Konsole's and old terminals' modifiers, and rxvt's Shift.
            ("\x1bO2P\x1bO5Q\x1bO1;3R\x1b\x1bO2S", "F1 Ctrl-F2 Alt-F3 ESC+F4"),
            ("\x1b[5A\x1b[3B\x1b[1;1:3A", "Ctrl-Up Alt-Down"),
            ("\x1b[7$d\x1b[8$\x1b[3$\x1b\x1b[7$", "Home d End Delete ESC+Home"),
            ("\x1b[27u\x1b[9;2u\x1b[121;5u\x1b[121;5:3u\x1b[97;65u", "Esc Shift-Tab Ctrl-Y a"),
            ("\x1b[97:65;2u\x1b[49;2u\x1b[228:196;2u", "A ! Ä"),
            ("\x1b[1089::99;5u\x1b[1089;5u\x1b[969::118;7u", "Ctrl-C Ctrl-C Ctrl-Alt-V"),
            ("\x1b[233::50;5u", "Ctrl-é"),
            ("\x1b[61;4u\x1b[61:43;4u\x1b[43;3u", "Alt-+ Alt-+ Alt-+"),
            ("\x1b[99;9u\x1b[99;17u\x1b[99;33u\x1b[1;41A\x1b[27;9;99~", ""),
            ("\x1b[27;5;99~\x1b[27;5;8~", "Ctrl-C Ctrl-Backspace"),
            (
                "\x1b[<0;3;4M\x1b[<0;3;4m\x1b[<64;1;1M\x1b[<81;1;1M\x1b[<35;1;1M",
                "Down(Left)@2,3 ScrollUp@0,0 ScrollDown@0,0",
            ),
            ("\x1b[32;3;4M\x1b[M !!", "Down(Left)@2,3 Down(Left)@0,0"),
            ("\x1b[M \0ca\x1b[M#!\0b\x1b[M !\x03", "a b Ctrl-C"),
            ("\x1b[<0;0;0M\x1b[0;5;5M", ""),
            ("\x1b[200~a\nb\x1b[A\x1b[201~c", "\"a\\nb\\u{1b}[A\" c"),
            ("\x1b[201~c", "PasteEnd c"),
            ("\x1b[200~a\x1b[99;5ub", "\"a\" Ctrl-C b"),
            ("\x1b[200~a\x1b[27;5;99~b\x1b[201~", "\"a\\u{1b}[27;5;99~b\""),
            ("\x1b[200~a\x03b", "\"a\" Ctrl-C b"),
            ("\x1b[200~a\x03b\x1b[201~\x03", "\"a\\u{3}b\" Ctrl-C"),
            ("\x1b[23$z\x1b[7$z", "F11 z Home z"),
        ] {
            assert_eq!(read(bytes.as_bytes()), keys, "{bytes:?}");
        }
    }

    #[test]
    fn escape_is_a_key_or_begins_one() {
        for (bytes, keys) in [
            ("\x1b", "Esc"),
            ("\x1b\x1b", "Esc Esc"),
            ("\x1b\x1b\x1b", "Esc Esc Esc"),
            ("\x1bq\x1b/\x1b \x1bé", "ESC+q ESC+/ ESC+Space ESC+é"),
            ("\x1b\r\x1b\x7f\x1b\x03", "ESC+Enter ESC+Backspace ESC+Ctrl-C"),
            ("\x1b\x1b[A\x1b\x1bOB\x1b\x1bx", "ESC+Up ESC+Down Esc ESC+x"),
            ("\x1b\x1b[?1;2cx\x1b\x1b[<0;1;1M", "Esc x Esc Down(Left)@0,0"),
            ("\x1b[", "Alt-["),
            ("\x1bO", "Alt-O"),
            ("\x1bOEx\x1bOG\x1bOT", "x"),
            // Alt with a key that means nothing.
            ("\x1b\x1b[2~\x1b\x1b[99~x\x1b\x1bOE", "x"),
            ("\x1b\x1b[I\x1b\x1b[24;1R", "Esc Esc"),
            ("\x1b]", "Alt-]"),
            ("\x1b_", "Alt-_"),
        ] {
            assert_eq!(read(bytes.as_bytes()), keys, "{bytes:?}");
        }
        assert_eq!(read(b"\x1b\xffx"), "Esc x");
    }

    #[test]
    fn what_means_nothing_is_dropped_whole_and_what_is_cut_swallows_no_key() {
        for (bytes, keys) in [
            ("\x1b[?2026;2$yx", "x"),
            ("\x1b[24;1Rx\x1b[7;40Rx\x1b[2$yx\x1b[4;1$yx", "x x x x"),
            ("\x1b[?1;2Rx\x1b[>0;276;0cx\x1b[=1;2x\x1b[1?2hx", "x x x"),
            ("\x1b]11;rgb:1/2/3\x1b\\x\x1b]0;title\x07x", "x x"),
            ("\x1bP>|tmux 3.4\x1b\\x\x1b_Gi=31;OK\x1b\\x\x1b^pm\x1b\\x\x1bXsos\x07x", "x x x x"),
            ("\x1b]0;cut\x1b[Ax", "Up x"),
            ("\x1b]0;cut\x1b", "Esc"),
            ("\x1b[1;5\x1b[Ax", "Up x"),
            ("\x1b[1;5\x03x\x1b]0;cut\rx\x1bP\tx\x1b[M!\x03", "Ctrl-C x Enter x Tab x Ctrl-C"),
            ("\x1b[1;5", ""),
            ("\x1b\\x", "Alt-\\ x"),
            ("\u{9b}?62;1;2;cx\u{9d}11;rgb:1\u{9c}x\u{9b}Ax\u{85}x", "x x Up x x"),
            ("\x1b]0;\u{dc}\u{9c}x", "x"),
        ] {
            assert_eq!(read(bytes.as_bytes()), keys, "{bytes:?}");
        }
        assert_eq!(read(b"\x9b?1;2cx\x90>|y\x9cx\x9fG\x1b\\x\x1b]11;r\x9cx\x8fAx"), "x x x x Up x");
        assert_eq!(read(b"\xd1\x03\xd1\x1b[A\xffx"), "Ctrl-C Up x");
    }

    #[test]
    fn a_text_longer_than_what_is_kept_of_it_is_dropped_whole() {
        let bytes = [b"\x1b]", &vec![b'x'; 3 * LONGEST - 3][..], b"\x1b\\k"].concat();
        let mut reader = KeyReader::default();
        let events: Vec<Event> =
            bytes.chunks(LONGEST).flat_map(|piece| reader.read(piece)).collect();
        assert_eq!(named(&events), "k");
    }

    #[test]
    fn keys_behind_a_text_without_an_end_are_not_waited_for_as_long() {
        let mut reader = KeyReader::default();
        reader.read(b"\x1b]11;rgb:1");
        let patience = |reader: &KeyReader| reader.patience(Duration::ZERO).expect("unfinished");
        assert_eq!(patience(&reader), SEQUENCE_TIMEOUT);
        (0..8).for_each(|_| drop(reader.read(b"x")));
        assert!(patience(&reader) < SEQUENCE_TIMEOUT / 10);
        assert_eq!(named(&reader.give_up()), "");
        reader.read(b"\x1b]11;");
        assert_eq!(patience(&reader), SEQUENCE_TIMEOUT);
    }

    #[test]
    fn what_may_be_a_key_is_waited_for_as_long_as_an_escape() {
        const ESCAPE: Duration = Duration::from_millis(50);
        for (bytes, patience) in [
            ("x", None),
            ("\x1b", Some(ESCAPE)),
            ("\x1b[", Some(SEQUENCE_TIMEOUT)),
            ("\x1b[1", Some(SEQUENCE_TIMEOUT)),
            ("\x1b]", Some(SEQUENCE_TIMEOUT)),
            ("\u{9b}1;", Some(SEQUENCE_TIMEOUT)),
            ("\x1b]1", Some(SEQUENCE_TIMEOUT)),
            // An ESC there begins the end of the text.
            ("\x1b]11;rgb:1/2/3\x1b", Some(SEQUENCE_TIMEOUT)),
            ("\x1b[200~", Some(PASTE_TIMEOUT)),
        ] {
            let mut reader = KeyReader::default();
            reader.read(bytes.as_bytes());
            assert_eq!(reader.patience(ESCAPE), patience, "{bytes:?}");
            reader.give_up();
            assert_eq!(reader.patience(ESCAPE), None, "{bytes:?}");
        }
    }

    #[test]
    fn a_paste_that_pauses_stays_one() {
        let mut reader = KeyReader::default();
        reader.read(b"\x1b[200~deal");
        assert_eq!(reader.patience(Duration::ZERO), Some(SEQUENCE_TIMEOUT));
        assert_eq!(named(&reader.give_up()), "\"deal\"");
        assert_eq!(reader.patience(Duration::ZERO), Some(PASTE_TIMEOUT));
        assert_eq!(named(&reader.read(b"x\ny\n\x1b[20")), "");
        assert_eq!(named(&reader.give_up()), "\"x\\ny\\n\"");
        assert_eq!(named(&reader.read(b"1~\r")), "\"\" Enter");
        reader.read(b"\x1b[200~a_b,a_c");
        assert_eq!(named(&reader.give_up()), "\"a_b,\"", "an id may go on");
        assert_eq!(named(&reader.read(b"_d\x1b[201~")), "\"a_c_d\"");
        reader.read(b"\x1b[200~deal");
        reader.give_up();
        assert_eq!(named(&reader.give_up()), "");
        assert_eq!(named(&reader.read(b"\r")), "Enter");
    }

    proptest! {
        #[test]
        fn pieces_come_to_the_whole(
            parts in prop::collection::vec(
                prop_oneof![
                    any::<u8>().prop_map(|byte| vec![byte]),
                    prop::sample::select(vec![
                        &b"\x1b"[..], b"\x1b[", b"\x1bO", b"\x1b]", b"\x1bP", b"[M", b"[[", b"\x1b[200~",
                        b"\x1b[201~", b"\x1b\\", b"\x07", b"\xd1\x81", b"1;5", b":3", b"u", b"~",
                    ]).prop_map(<[u8]>::to_vec),
                ],
                0..40,
            ),
            size in 1..7_usize,
        ) {
            let bytes = parts.concat();
            let mut reader = KeyReader::default();
            let mut pieces: Vec<Event> = bytes.chunks(size).flat_map(|piece| reader.read(piece)).collect();
            pieces.extend(reader.give_up());
            prop_assert_eq!(named(&pieces), read(&bytes));

            let mut reader = KeyReader::default();
            reader.read(&bytes);
            let mut events = reader.read(b"\x03");
            while reader.patience(Duration::ZERO).is_some() {
                events.extend(reader.give_up());
            }
            let is_ctrl_c = |event: &Event| matches!(
                event,
                Event::Key(key) | Event::KeyAfterEscape(key) if *key == Key::ctrl('c')
            );
            prop_assert!(events.last().is_some_and(is_ctrl_c), "{:?}", events);
        }
    }
}
