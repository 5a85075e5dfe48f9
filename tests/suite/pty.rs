//! The built program in a real pseudo-terminal, read through a terminal emulator.
//!
//! Nothing here sleeps: everything waits for a condition, and a condition that does not come
//! fails with the screen as it was.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::program::{PROGRAM, command, output};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use rustix::termios::{OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};

/// Far beyond what anything takes; only a failure waits this long.
pub const PATIENCE: Duration = Duration::from_secs(20);

type Shared<T> = Arc<Mutex<T>>;
type Writer = Shared<Box<dyn Write + Send>>;

/// The size of a terminal at first.
pub const SIZE: PtySize = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };

pub struct Pty {
    /// Absent once the terminal has disappeared.
    master: Option<Box<dyn MasterPty + Send>>,
    /// Keeps the terminal open for a program that has closed its streams and opens it anew.
    _slave: Box<dyn SlavePty + Send>,
    child: Box<dyn Child + Send + Sync>,
    writer: Option<Writer>,
    emulator: Shared<Emulator>,
    reading: Arc<Reading>,
    reader: Option<JoinHandle<()>>,
    changed: Receiver<()>,
}

/// What has become of the terminal by what was written to it.
struct Emulator {
    parser: vt100::Parser,
    keyboard: Keyboard,
    /// All of it.
    written: Vec<u8>,
}

/// The stack of keyboard modes (kitty protocol), which vt100 does not know.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keyboard {
    pub depth: i32,
    pub deepest: i32,
}

/// Whether the terminal takes what is written to it.
#[derive(Clone, Copy, PartialEq)]
enum Flow {
    Reading,
    Stuck,
    Gone,
}

struct Reading {
    flow: Mutex<Flow>,
    changed: Condvar,
}

impl Pty {
    /// Starts a shell script as a terminal's only session. `$PDSCOPES` is the program.
    pub fn shell(script: &str, directory: &Path) -> Self {
        Self::start(&["/bin/sh", "-c", script], directory)
    }

    /// Starts a shell as a person has it, with job control. It has no modes of its own, so that
    /// those of the program can be told.
    pub fn bash(directory: &Path) -> Self {
        let plain = "set enable-bracketed-paste off\n";
        std::fs::write(directory.join("inputrc"), plain).expect("a file");
        Self::start(&["bash", "--norc", "--noprofile", "-i"], directory)
    }

    /// Starts a command as a terminal's only session.
    pub fn start(command: &[&str], directory: &Path) -> Self {
        let pair = native_pty_system().openpty(SIZE).expect("a pseudo-terminal");
        let child = pair.slave.spawn_command(builder(command, directory)).expect("a process");
        let reader = pair.master.try_clone_reader().expect("a reader");
        let writer = Arc::new(Mutex::new(pair.master.take_writer().expect("a writer")));
        let emulator = Arc::new(Mutex::new(Emulator {
            parser: new_parser(SIZE),
            keyboard: Keyboard::default(),
            written: Vec::new(),
        }));
        let reading =
            Arc::new(Reading { flow: Mutex::new(Flow::Reading), changed: Condvar::new() });
        let (changes, changed) = channel();
        let thread = {
            let (emulator, writer, reading) = (emulator.clone(), writer.clone(), reading.clone());
            std::thread::spawn(move || read(reader, &reading, &emulator, &writer, &changes))
        };
        Self {
            master: Some(pair.master),
            _slave: pair.slave,
            child,
            writer: Some(writer),
            emulator,
            reading,
            reader: Some(thread),
            changed,
        }
    }

    pub fn send(&mut self, text: &str) -> &mut Self {
        self.send_bytes(text.as_bytes())
    }

    pub fn send_bytes(&mut self, bytes: &[u8]) -> &mut Self {
        let writer = self.writer.as_ref().expect("the terminal is there");
        let mut writer = writer.lock().expect("the writer");
        writer.write_all(bytes).expect("the terminal takes keys");
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
        self.wait(what, |emulator| holds(emulator.parser.screen()))
    }

    #[track_caller]
    fn wait(&mut self, what: &str, holds: impl Fn(&Emulator) -> bool) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if holds(&self.emulator.lock().expect("the emulator")) {
                return self;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            match self.changed.recv_timeout(left) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    let emulator = self.emulator.lock().expect("the emulator");
                    let (holds_now, keyboard) = (holds(&emulator), emulator.keyboard);
                    drop(emulator);
                    assert!(holds_now, "no {what}:\n{}\n{keyboard:?}", self.contents());
                    return self;
                }
            }
        }
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let rows = rows.try_into().expect("a row");
        let columns = columns.try_into().expect("a column");
        let mut emulator = self.emulator.lock().expect("the emulator");
        emulator.parser.screen_mut().set_size(rows, columns);
        drop(emulator);
        self.master().resize(size).expect("the terminal takes a size");
        self
    }

    pub fn contents(&self) -> String {
        self.emulator.lock().expect("the emulator").parser.screen().contents()
    }

    /// Everything that was written to the terminal.
    pub fn written(&self) -> String {
        String::from_utf8_lossy(&self.emulator.lock().expect("the emulator").written).into_owned()
    }

    pub fn keyboard(&self) -> Keyboard {
        self.emulator.lock().expect("the emulator").keyboard
    }

    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("a process that runs")
    }

    /// Asserts that no mode of the screen is left on.
    #[track_caller]
    pub fn is_restored(&mut self) -> &mut Self {
        self.wait("terminal as it was", |Emulator { parser, keyboard, .. }| {
            let screen = parser.screen();
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
                && keyboard.depth == 0
        })
    }

    /// Asserts that the modes of the screen are on, and none of them twice.
    #[track_caller]
    pub fn is_taken(&mut self) -> &mut Self {
        self.wait("terminal in the program's hands", |Emulator { parser, keyboard, .. }| {
            let screen = parser.screen();
            screen.alternate_screen()
                && screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::PressRelease
                && screen.mouse_protocol_encoding() == vt100::MouseProtocolEncoding::Sgr
                && keyboard.depth == 1
                && keyboard.deepest == 1
        })
    }

    /// The terminal takes no more, and is full when this returns: whoever writes waits. The program
    /// has to draw for it, which it does anew for every size.
    pub fn get_stuck(&mut self) -> &mut Self {
        self.set_flow(Flow::Stuck);
        let slave = self.slave();
        let deadline = Instant::now() + PATIENCE;
        for columns in (100..120).cycle() {
            if !is_writable(&slave) {
                break;
            }
            assert!(Instant::now() < deadline, "the terminal does not fill:\n{}", self.contents());
            let size = PtySize { rows: 40, cols: columns, pixel_width: 0, pixel_height: 0 };
            self.master().resize(size).expect("the terminal takes a size");
        }
        self
    }

    pub fn get_loose(&mut self) -> &mut Self {
        self.set_flow(Flow::Reading);
        self
    }

    /// The terminal is closed, as a window is, or a connection.
    pub fn disappear(&mut self) -> &mut Self {
        self.set_flow(Flow::Gone);
        if let Some(reader) = self.reader.take() {
            // The reader sees it when it has read something, as it does when the size changes.
            let size = PtySize { rows: 30, cols: 100, pixel_width: 0, pixel_height: 0 };
            let _ = self.master().resize(size);
            reader.join().expect("the reader ends");
        }
        // Without a character that ends the input, the writer sends no such thing when it goes.
        let slave = self.slave();
        let mut settings = tcgetattr(&slave).expect("settings");
        settings.special_codes[SpecialCodeIndex::VEOF] = 0;
        tcsetattr(&slave, OptionalActions::Now, &settings).expect("settings");
        self.writer = None;
        self.master = None;
        self
    }

    /// What the first process of the terminal ends with.
    #[track_caller]
    pub fn exit_code(&mut self) -> u32 {
        let (ended, end) = channel();
        let (pid, mut killer) = (self.pid(), self.child.clone_killer());
        std::thread::scope(|scope| {
            let child = &mut self.child;
            scope.spawn(move || ended.send(child.wait()));
            end.recv_timeout(PATIENCE).unwrap_or_else(|_| {
                let _ = killer.kill();
                panic!("process {pid} does not end")
            })
        })
        .map(|status| {
            assert_eq!(status.signal(), None);
            status.exit_code()
        })
        .expect("an end")
    }

    /// The settings of the terminal, without its size, as `stty` writes them for itself.
    pub fn settings(&self) -> String {
        let output = output(command("stty").arg("-g").stdin(self.slave()));
        String::from_utf8(output.stdout).expect("words")
    }

    fn master(&self) -> &(dyn MasterPty + Send) {
        self.master.as_deref().expect("the terminal is there")
    }

    fn slave(&self) -> File {
        let path = self.master().tty_name().expect("a name");
        let flags = (OFlags::NOCTTY | OFlags::NONBLOCK).bits().cast_signed();
        let mut options = OpenOptions::new();
        options.read(true).write(true).custom_flags(flags).open(path).expect("the terminal")
    }

    fn set_flow(&self, flow: Flow) {
        *self.reading.flow.lock().expect("the flow") = flow;
        self.reading.changed.notify_all();
    }
}

/// A test that failed leaves no program behind.
impl Drop for Pty {
    fn drop(&mut self) {
        self.set_flow(Flow::Reading);
        let _ = self.child.kill();
    }
}

impl Keyboard {
    fn read(&mut self, bytes: &[u8]) {
        for sequence in bytes.windows(5) {
            match sequence {
                b"\x1b[>5u" => self.depth += 1,
                b"\x1b[<1u" => self.depth = (self.depth - 1).max(0),
                _ => {}
            }
            self.deepest = self.deepest.max(self.depth);
        }
    }
}

fn read(
    mut reader: Box<dyn Read + Send>,
    reading: &Reading,
    emulator: &Mutex<Emulator>,
    writer: &Mutex<Box<dyn Write + Send>>,
    changes: &Sender<()>,
) {
    let mut bytes = [0; 4096];
    // What may be the beginning of a sequence that was cut by the end of a read.
    let mut before = Vec::new();
    loop {
        let flow = reading.flow.lock().expect("the flow");
        let flow = reading.changed.wait_while(flow, |flow| *flow == Flow::Stuck);
        if *flow.expect("the flow") == Flow::Gone {
            return;
        }
        let Ok(count @ 1..) = reader.read(&mut bytes) else { return };
        let query_from = before.len().saturating_sub(3);
        before.extend(&bytes[..count]);
        let mut emulator = emulator.lock().expect("the emulator");
        emulator.parser.process(&bytes[..count]);
        emulator.keyboard.read(&before);
        emulator.written.extend(&bytes[..count]);
        drop(emulator);
        if before[query_from..].windows(4).any(|query| query == b"\x1b[6n") {
            let _ = writer.lock().expect("the writer").write_all(b"\x1b[1;1R");
        }
        let last = before.len() - before.len().min(4);
        before.drain(..last);
        if changes.send(()).is_err() {
            return;
        }
    }
}

fn builder(command: &[&str], directory: &Path) -> CommandBuilder {
    let mut builder = CommandBuilder::new(command[0]);
    builder.args(&command[1..]);
    builder.cwd(directory);
    builder.env_clear();
    builder.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    builder.env("PDSCOPES", PROGRAM);
    builder.env("TERM", "xterm-256color");
    builder.env("LC_ALL", "C.UTF-8");
    builder.env("PS1", "ready> ");
    builder.env("INPUTRC", "inputrc");
    builder
}

fn is_writable(slave: &File) -> bool {
    let now = Timespec { tv_sec: 0, tv_nsec: 0 };
    poll(&mut [PollFd::new(slave, PollFlags::OUT)], Some(&now)).expect("a terminal") > 0
}

pub fn new_parser(size: PtySize) -> vt100::Parser {
    let rows = size.rows.try_into().expect("a row");
    let columns = size.cols.try_into().expect("a column");
    vt100::Parser::new(rows, columns, 100)
}
