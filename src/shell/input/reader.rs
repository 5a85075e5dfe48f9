use std::mem;
use std::time::Duration;

use vte::{Params, Parser, Perform};

use super::sequence::{self, Sequence};
use crate::app::{Code, Key};
use crate::shell::event::Event;

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;
const CTRL_C: u8 = 0x03;
const PASTE_END: &[u8] = b"\x1b[201~";

/// The longest pause within a sequence. A slow link pauses; typed keys must not be lost in a sequence
/// that never ends.
const SEQUENCE_TIMEOUT: Duration = Duration::from_secs(1);

/// The longest pause within a paste, whose lines must not become keys: a retransmission takes seconds.
const PASTE_TIMEOUT: Duration = Duration::from_secs(5);

/// Makes events of the bytes that a terminal sends, in whatever pieces they come.
///
/// Control sequences are read whole and, where they mean nothing, dropped whole: replies to what
/// other programs asked must not become keys. A control character ends whatever is unfinished and is
/// always a key, so that Ctrl-C cannot be swallowed.
#[derive(Default)]
pub struct KeyReader {
    /// Decodes UTF-8 and the parameters of control sequences.
    parser: Parser,
    open: Open,
    decoded: Decoded,
}

/// An unfinished sequence.
#[derive(Default)]
enum Open {
    #[default]
    Nothing,
    /// ESC.
    Escape(Before),
    /// ESC and the beginning of a character that is not ASCII: Alt with it.
    AltCharacter,
    /// ESC `[`, which alone may be Alt with `[`.
    Csi(Progress),
    /// ESC `O`.
    Ss3 { alt: bool },
    /// ESC and one of `]`, `P`, `X`, `^`, `_`: text up to BEL or ST, none of which is a key.
    Text { introducer: u8, progress: Progress },
    /// ESC `[ [`: a function key of the Linux console.
    ConsoleFunction,
    /// ESC `[ M`: three bytes that say where the mouse is.
    Coordinates(Vec<u8>),
    /// ESC `[ 200 ~`, and what was not delivered yet. A Ctrl-C at this place is a key, unless the end of
    /// the paste follows at once.
    Paste { text: Vec<u8>, interrupt: Option<usize> },
}

/// The context of an ESC.
#[derive(Clone, Copy, Default, PartialEq)]
enum Before {
    #[default]
    Nothing,
    /// Another ESC.
    Escape,
    /// A text, which `\` then ends.
    Text,
}

#[derive(Clone, Copy, PartialEq)]
enum Progress {
    Begun,
    /// So far it is this number.
    Number(u8),
    Underway,
}

/// The output of the parser.
#[derive(Default)]
struct Decoded {
    events: Vec<Event>,
    /// ESC came right before, so that the next key may be meant with Alt.
    alt: bool,
    sequence: Option<Sequence>,
}

impl KeyReader {
    /// The events that these bytes complete, in order.
    pub fn read(&mut self, bytes: &[u8]) -> Vec<Event> {
        for &byte in bytes {
            self.advance(byte);
        }
        mem::take(&mut self.decoded.events)
    }

    /// Returns how long to wait for more, which is `escape_timeout` for more of what may be a key of its
    /// own. `None` if nothing is unfinished.
    pub fn patience(&self, escape_timeout: Duration) -> Option<Duration> {
        match &self.open {
            Open::Nothing => None,
            Open::Escape(_)
            | Open::Ss3 { .. }
            | Open::Csi(Progress::Begun)
            | Open::Text { progress: Progress::Begun, .. } => Some(escape_timeout),
            Open::Paste { interrupt: Some(_), .. } => Some(escape_timeout),
            Open::Paste { text, .. } if PASTE_END.starts_with(text) => Some(PASTE_TIMEOUT),
            _ => Some(SEQUENCE_TIMEOUT),
        }
    }

    /// Returns the events of an unfinished sequence whose rest has not come in time. A paste goes on for
    /// a while behind what has come of it.
    pub fn give_up(&mut self) -> Vec<Event> {
        match mem::take(&mut self.open) {
            Open::Escape(before) => {
                self.decoded.escape_if(before == Before::Escape);
                self.decoded.escape_if(true);
            }
            Open::Csi(Progress::Begun) => self.decoded.after_escape(Key::char('[')),
            Open::Ss3 { .. } => self.decoded.after_escape(Key::char('O')),
            Open::Text { introducer, progress: Progress::Begun } => {
                self.decoded.after_escape(Key::char(introducer.into()));
            }
            Open::Paste { text, interrupt: Some(at) } => {
                self.decoded.paste(&text[..at]);
                self.forget();
                return self.read(&text[at..]);
            }
            Open::Paste { text, interrupt: None } => self.pause_paste(&text),
            Open::AltCharacter => self.decoded.escape_if(true),
            _ => {}
        }
        self.forget();
        mem::take(&mut self.decoded.events)
    }

    fn advance(&mut self, byte: u8) {
        match mem::take(&mut self.open) {
            Open::Paste { text, interrupt } => self.paste(text, interrupt, byte),
            Open::Coordinates(bytes) if byte >= b' ' => self.coordinates(bytes, byte),
            Open::Escape(before) => self.after_escape(before, byte),
            Open::Text { .. } if byte == ESC => self.open = Open::Escape(Before::Text),
            Open::Text { .. } if byte == BEL => {}
            Open::Text { introducer, .. } if !byte.is_ascii_control() => {
                self.open = Open::Text { introducer, progress: Progress::Underway };
            }
            Open::Nothing | Open::AltCharacter if byte != ESC => self.ground(byte),
            _ if byte == ESC => {
                self.forget();
                self.open = Open::Escape(Before::Nothing);
            }
            _ if byte.is_ascii_control() => {
                self.forget();
                self.ground(byte);
            }
            Open::Csi(progress) => self.csi(progress, byte),
            Open::Ss3 { alt } => self.ss3(alt, byte),
            Open::ConsoleFunction => {
                if let function @ b'A'..=b'E' = byte {
                    self.decoded.key(Key::plain(Code::F(function - b'A' + 1)));
                }
            }
            Open::Nothing | Open::AltCharacter | Open::Text { .. } | Open::Coordinates(_) => {}
        }
    }

    /// Drops what the parser has of an unfinished sequence or character.
    fn forget(&mut self) {
        self.parser = Parser::new();
        self.decoded.alt = false;
    }

    fn ground(&mut self, byte: u8) {
        self.parser.advance(&mut self.decoded, &[byte]);
        if self.decoded.alt {
            self.open = Open::AltCharacter;
        }
    }

    fn after_escape(&mut self, before: Before, byte: u8) {
        let alt = before == Before::Escape;
        match byte {
            b'\\' if before == Before::Text => {}
            ESC => {
                self.decoded.escape_if(alt);
                self.open = Open::Escape(Before::Escape);
            }
            b'[' => {
                self.parser.advance(&mut self.decoded, b"\x1b[");
                self.decoded.alt = alt;
                self.open = Open::Csi(Progress::Begun);
            }
            b'O' => self.open = Open::Ss3 { alt },
            _ => {
                self.decoded.escape_if(alt);
                if let b']' | b'P' | b'X' | b'^' | b'_' = byte {
                    self.open = Open::Text { introducer: byte, progress: Progress::Begun };
                } else {
                    self.decoded.alt = true;
                    self.ground(byte);
                }
            }
        }
    }

    fn csi(&mut self, progress: Progress, byte: u8) {
        // With Shift, rxvt ends a key in `$`, which ends nothing in ECMA-48.
        if let (Progress::Number(number), b'$') = (progress, byte)
            && let Some(key) = sequence::numbered(number)
        {
            self.decoded.typed(Some(key));
            self.forget();
            return;
        }
        self.parser.advance(&mut self.decoded, &[byte]);
        if !(b'@'..=b'~').contains(&byte) {
            self.open = Open::Csi(match (progress, byte) {
                (Progress::Begun, b'0'..=b'9') => Progress::Number(byte - b'0'),
                (Progress::Number(tens @ 0..=9), b'0'..=b'9') => {
                    Progress::Number(10 * tens + byte - b'0')
                }
                _ => Progress::Underway,
            });
            return;
        }
        let sequence = self.decoded.sequence.take();
        let key = if let Some(Sequence::Key(key)) = sequence { Some(key) } else { None };
        self.decoded.typed(key);
        match sequence {
            Some(Sequence::Mouse(mouse)) => self.decoded.events.push(Event::Mouse(mouse)),
            Some(Sequence::Paste) => {
                self.open = Open::Paste { text: Vec::new(), interrupt: None };
            }
            Some(Sequence::Coordinates) => self.open = Open::Coordinates(Vec::new()),
            Some(Sequence::ConsoleFunction) => self.open = Open::ConsoleFunction,
            Some(Sequence::Key(_)) | None => {}
        }
    }

    fn ss3(&mut self, alt: bool, byte: u8) {
        match sequence::ss3(byte) {
            Some(key) if alt => self.decoded.after_escape(key),
            Some(key) => self.decoded.key(key),
            // Konsole and old terminals put modifiers there, as in a CSI sequence.
            None if byte.is_ascii_digit() => {
                self.parser.advance(&mut self.decoded, &[ESC, b'[', byte]);
                self.decoded.alt = alt;
                self.open = Open::Csi(Progress::Underway);
            }
            None => {
                self.decoded.escape_if(alt);
                self.decoded.after_escape(Key::char('O'));
                self.ground(byte);
            }
        }
    }

    fn coordinates(&mut self, mut bytes: Vec<u8>, byte: u8) {
        bytes.push(byte);
        match <[u8; 3]>::try_from(bytes) {
            Ok([button, column, row]) => {
                let [button, column, row] = [button, column, row].map(|byte| u16::from(byte) - 32);
                let mouse = sequence::mouse(button, column, row);
                self.decoded.events.extend(mouse.map(Event::Mouse));
            }
            Err(bytes) => self.open = Open::Coordinates(bytes),
        }
    }

    /// Delivers what has come of a paste, but for what may begin its end. Where nothing has come since,
    /// the paste is over.
    fn pause_paste(&mut self, text: &[u8]) {
        let ends_in = |length: &usize| text.ends_with(&PASTE_END[..*length]);
        let kept = (0..PASTE_END.len()).rev().find(ends_in).unwrap_or(0);
        let (text, end) = text.split_at(text.len() - kept);
        if !text.is_empty() {
            self.decoded.paste(text);
            self.open = Open::Paste { text: end.to_vec(), interrupt: None };
        }
    }

    fn paste(&mut self, mut text: Vec<u8>, interrupt: Option<usize>, byte: u8) {
        let interrupt = interrupt.or((byte == CTRL_C).then_some(text.len()));
        text.push(byte);
        match text.strip_suffix(PASTE_END) {
            Some(text) => self.decoded.paste(text),
            None => self.open = Open::Paste { text, interrupt },
        }
    }
}

impl Decoded {
    fn key(&mut self, key: Key) {
        self.events.push(Event::Key(key));
    }

    /// The key Esc, if an ESC turned out not to begin anything.
    fn escape_if(&mut self, alone: bool) {
        if alone {
            self.key(Key::plain(Code::Esc));
        }
    }

    fn after_escape(&mut self, key: Key) {
        self.events.push(Event::KeyAfterEscape(key));
    }

    fn typed(&mut self, key: Option<Key>) {
        match (mem::take(&mut self.alt), key) {
            (false, Some(key)) => self.key(key),
            (true, Some(key)) => self.after_escape(key),
            (alt, None) => self.escape_if(alt),
        }
    }

    fn paste(&mut self, text: &[u8]) {
        self.events.push(Event::Paste(String::from_utf8_lossy(text).into_owned()));
    }
}

impl Perform for Decoded {
    fn print(&mut self, c: char) {
        self.typed(match c {
            '\u{7f}' => Some(Key::plain(Code::Backspace)),
            // Invalid UTF-8.
            char::REPLACEMENT_CHARACTER => None,
            c => Some(Key::char(c)),
        });
    }

    fn execute(&mut self, byte: u8) {
        self.typed(sequence::control(byte));
    }

    fn csi_dispatch(&mut self, params: &Params, intermediates: &[u8], ignore: bool, action: char) {
        self.sequence = (!ignore).then(|| sequence::csi(params, intermediates, action)).flatten();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::shell::event::Mouse;
    use crate::view::Position;

    /// Events by the names of their keys.
    fn named(events: &[Event]) -> String {
        let names: Vec<_> = events
            .iter()
            .map(|event| match event {
                Event::Key(key) => key.to_string(),
                Event::KeyAfterEscape(key) => format!("ESC+{key}"),
                Event::Paste(text) => format!("{text:?}"),
                Event::Mouse(Mouse { kind, position: Position { x, y } }) => {
                    format!("{kind:?}@{x},{y}")
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
                "Click@2,3 WheelUp@0,0 WheelDown@0,0",
            ),
            ("\x1b[32;3;4M\x1b[M !!", "Click@2,3 Click@0,0"),
            ("\x1b[<0;0;0M\x1b[0;5;5M", ""),
            ("\x1b[200~a\nb\x1b[A\x1b[201~c", "\"a\\nb\\u{1b}[A\" c"),
            ("\x1b[201~c", "c"),
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
            ("\x1b\x1b[?1;2cx\x1b\x1b[<0;1;1M", "Esc x Esc Click@0,0"),
            ("\x1b[", "ESC+["),
            ("\x1bO", "ESC+O"),
            ("\x1b]", "ESC+]"),
            ("\x1b_", "ESC+_"),
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
        ] {
            assert_eq!(read(bytes.as_bytes()), keys, "{bytes:?}");
        }
        assert_eq!(read(b"\xd1\x03\xd1\x1b[A\xffx"), "Ctrl-C Up x");
    }

    #[test]
    fn what_may_be_a_key_is_waited_for_as_long_as_an_escape() {
        const ESCAPE: Duration = Duration::from_millis(50);
        for (bytes, patience) in [
            ("x", None),
            ("\x1b", Some(ESCAPE)),
            ("\x1b[", Some(ESCAPE)),
            ("\x1b[1", Some(SEQUENCE_TIMEOUT)),
            ("\x1b]", Some(ESCAPE)),
            ("\x1b]1", Some(SEQUENCE_TIMEOUT)),
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
