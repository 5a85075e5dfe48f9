//! How long a person waits for the program, at the three sizes: from starting it in a terminal to the
//! first row, and to the whole list.

#![allow(clippy::expect_used, reason = "a benchmark that cannot start must say so")]

use std::fs;
use std::io::Read;

use divan::Bencher;
use portable_pty::{Child, CommandBuilder, PtyPair, PtySize, native_pty_system};

use catalogs::{SIZES, array};

#[path = "made/catalogs.rs"]
#[allow(dead_code, reason = "shared with benchmarks that need more of it")]
mod catalogs;

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn first_row(bencher: Bencher, size: usize) {
    measure(bencher, size, "List Users");
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn whole_list(bencher: Bencher, size: usize) {
    measure(bencher, size, &format!(" {size}/{size} "));
}

/// The time until the screen says `awaited`.
fn measure(bencher: Bencher, size: usize, awaited: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("actions.json");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_pdscopes"));
    command.env("TERM", "xterm-256color");
    command.args(["--config", "none"]);
    if size > SIZES[0] {
        fs::write(&file, array(size)).expect("a file");
        command.arg("--catalog");
        command.arg(&file);
    }
    bencher.bench_local(|| start(command.clone(), awaited));
}

/// The program with its terminal. What ends it is not measured.
struct Started {
    child: Box<dyn Child + Send + Sync>,
    _terminal: PtyPair,
}

impl Drop for Started {
    fn drop(&mut self) {
        // It may have ended by itself, and then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start(command: CommandBuilder, awaited: &str) -> Started {
    let size = PtySize { rows: 40, cols: 120, ..PtySize::default() };
    let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
    let mut reader = pair.master.try_clone_reader().expect("a reader");
    let child = pair.slave.spawn_command(command).expect("a process");
    let (rows, columns) =
        (size.rows.try_into().expect("rows"), size.cols.try_into().expect("columns"));
    let mut emulator = vt100::Parser::new(rows, columns, 0);
    let mut bytes = vec![0; 1 << 16];
    while !emulator.screen().contents().contains(awaited) {
        let read = reader.read(&mut bytes).expect("the program writes");
        assert!(read > 0, "the program ended early");
        emulator.process(&bytes[..read]);
    }
    Started { child, _terminal: pair }
}
