//! The built program in a real pseudo-terminal, read through a terminal emulator.
//!
//! Nothing here sleeps: everything waits for a condition, and a condition that does not come
//! fails with the screen as it was.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_pdscopes");

/// Far beyond what anything takes; only a failure waits this long.
const PATIENCE: Duration = Duration::from_secs(20);

type Shared<T> = Arc<Mutex<T>>;

pub struct Pty {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    writer: Shared<Box<dyn Write + Send>>,
    parser: Shared<vt100::Parser>,
    changed: Receiver<()>,
}

impl Pty {
    /// Starts a shell script as a terminal's only session. `$PDSCOPES` is the program.
    pub fn shell(script: &str, directory: &Path) -> Self {
        let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new("/bin/sh");
        command.args(["-c", script]);
        command.cwd(directory);
        command.env("PDSCOPES", PROGRAM);
        command.env("TERM", "xterm-256color");
        command.env("XDG_CONFIG_HOME", "/nonexistent");
        command.env("LC_ALL", "C.UTF-8");
        for variable in ["TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR", "PDSCOPES_OPTS"] {
            command.env_remove(variable);
        }
        let child = pair.slave.spawn_command(command).expect("a shell");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = Arc::new(Mutex::new(pair.master.take_writer().expect("a writer")));
        let parser = Arc::new(Mutex::new(new_parser(size)));
        let (changes, changed) = channel();
        let (shared_parser, shared_writer) = (parser.clone(), writer.clone());
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                shared_parser.lock().expect("the parser").process(&bytes[..count]);
                if bytes[..count].windows(4).any(|query| query == b"\x1b[6n") {
                    let _ = shared_writer.lock().expect("the writer").write_all(b"\x1b[1;1R");
                }
                if changes.send(()).is_err() {
                    return;
                }
            }
        });
        Self { master: pair.master, child, writer, parser, changed }
    }

    pub fn send(&mut self, bytes: &str) -> &mut Self {
        let mut writer = self.writer.lock().expect("the writer");
        writer.write_all(bytes.as_bytes()).expect("the terminal takes keys");
        drop(writer);
        self
    }

    #[track_caller]
    pub fn wait_for(&mut self, text: &str) -> &mut Self {
        self.wait_until(&format!("{text:?} on the screen"), |screen| {
            screen.contents().contains(text)
        })
    }

    #[track_caller]
    pub fn wait_until(&mut self, what: &str, holds: impl Fn(&vt100::Screen) -> bool) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if holds(self.parser.lock().expect("the parser").screen()) {
                return self;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            match self.changed.recv_timeout(left) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    let holds_now = holds(self.parser.lock().expect("the parser").screen());
                    assert!(holds_now, "no {what}:\n{}", self.contents());
                    return self;
                }
            }
        }
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let rows = rows.try_into().expect("a row");
        let columns = columns.try_into().expect("a column");
        self.parser.lock().expect("the parser").screen_mut().set_size(rows, columns);
        self.master.resize(size).expect("the terminal takes a size");
        self
    }

    pub fn contents(&self) -> String {
        self.parser.lock().expect("the parser").screen().contents()
    }

    /// Asserts that no mode of the screen is left on.
    #[track_caller]
    pub fn is_restored(&mut self) -> &mut Self {
        self.wait_until("terminal as it was", |screen| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        })
    }
}

/// A test that failed leaves no program behind.
impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn new_parser(size: PtySize) -> vt100::Parser {
    let rows = size.rows.try_into().expect("a row");
    let columns = size.cols.try_into().expect("a column");
    vt100::Parser::new(rows, columns, 100)
}
