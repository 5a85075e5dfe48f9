//! Any bytes of a terminal, in any pieces: they come to the same as the whole, and Ctrl-C after them is
//! Ctrl-C.

#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use pdscopes::app::Key;
use pdscopes::shell::{Event, KeyReader};

fuzz_target!(|input: (Vec<u8>, Vec<u8>)| {
    let (bytes, sizes) = input;
    let whole = KeyReader::default().read(&bytes);
    let mut reader = KeyReader::default();
    let mut rest = &bytes[..];
    let mut pieces = Vec::new();
    for size in sizes {
        let (piece, more) = rest.split_at(usize::from(size).min(rest.len()));
        pieces.extend(reader.read(piece));
        rest = more;
    }
    pieces.extend(reader.read(rest));
    assert_eq!(format!("{whole:?}"), format!("{pieces:?}"));
    match reader.read(b"\x03").last() {
        Some(Event::Key(key) | Event::KeyAfterEscape(key)) => assert_eq!(*key, Key::ctrl('c')),
        other => panic!("{other:?}"),
    }
    assert_eq!(reader.patience(Duration::ZERO), None);
});
