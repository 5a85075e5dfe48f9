//! The helper against a real X server, and every way against the real programs.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{ChildStdout, Output, Stdio};

use process_wrap::std::ChildWrapper;

use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ConnectionExt as _, CreateWindowAux, EventMask, PropMode, Property, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use super::helper;
use crate::program::{PROGRAM, command, output, spawn};

const TEXT_TARGETS: [&str; 5] =
    ["UTF8_STRING", "STRING", "TEXT", "text/plain", "text/plain;charset=utf-8"];

/// An X server without a screen to look at.
struct XServer {
    process: Box<dyn ChildWrapper>,
    display: String,
}

impl XServer {
    fn start() -> Self {
        let mut process = spawn(
            command("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", "320x200x8", "-nolisten", "tcp"])
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        );
        let number = first_line(&mut BufReader::new(process.stdout().as_mut().unwrap()));
        let display = format!(":{number}");
        Self { process, display }
    }

    fn xclip(&self, selection: &str, arguments: &[&str]) -> Output {
        output(
            command("xclip")
                .args(["-selection", selection])
                .args(arguments)
                .env("DISPLAY", &self.display),
        )
    }

    fn pasted(&self, target: &str) -> String {
        String::from_utf8(self.xclip("clipboard", &["-o", "-t", target]).stdout).unwrap()
    }

    /// What the middle button pastes.
    fn primary(&self) -> String {
        String::from_utf8(self.xclip("primary", &["-o", "-t", "UTF8_STRING"]).stdout).unwrap()
    }

    /// Has another program copy.
    fn copy_elsewhere(&self, text: &str) {
        self.take_elsewhere("clipboard", text);
    }

    /// Has text selected in another program, and waits for it: xclip may return before.
    fn select_elsewhere(&self, text: &str) {
        self.take_elsewhere("primary", text);
        while self.primary() != text {}
    }

    fn take_elsewhere(&self, selection: &str, text: &str) {
        let mut xclip = spawn(
            command("xclip")
                .args(["-selection", selection, "-i"])
                .env("DISPLAY", &self.display)
                .stdin(Stdio::piped())
                .stdout(Stdio::null()),
        );
        xclip.stdin().take().unwrap().write_all(text.as_bytes()).unwrap();
        xclip.wait().unwrap();
    }
}

impl Drop for XServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A helper that has said that it holds the text.
struct Helper {
    process: Box<dyn ChildWrapper>,
    stdout: BufReader<ChildStdout>,
}

impl Helper {
    fn holding(text: &str, server: &XServer) -> Self {
        let mut process = spawn(
            helper("3</dev/zero")
                .env("DISPLAY", &server.display)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped()),
        );
        process.stdin().take().unwrap().write_all(text.as_bytes()).unwrap();
        let mut stdout = BufReader::new(process.stdout().take().unwrap());
        assert_eq!(first_line(&mut stdout), "ok");
        Self { process, stdout }
    }

    /// Waits for its end. A helper that stays makes the test hang.
    fn wait(mut self) {
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        self.process.wait().unwrap();
    }
}

fn first_line(from: &mut impl BufRead) -> String {
    let mut line = String::new();
    from.read_line(&mut line).unwrap();
    line.trim_end().to_owned()
}

fn texts() -> [String; 5] {
    [
        "x".to_owned(),
        "deals:read contacts:full ".repeat(240),
        "https://www.googleapis.com/auth/drive,".repeat(2_700),
        "ü 取引 🔧".to_owned(),
        "deals:read\ndeals:full\n".to_owned(),
    ]
}

#[test]
#[ignore = "needs Xvfb and xclip"]
fn every_text_target_serves_what_it_advertises() {
    let server = XServer::start();
    for text in texts() {
        let helper = Helper::holding(&text, &server);
        let advertised = server.pasted("TARGETS");
        let advertised: BTreeSet<&str> = advertised.lines().collect();
        let served = ["TARGETS", "TIMESTAMP", "MULTIPLE"].into_iter().chain(TEXT_TARGETS);
        assert_eq!(advertised, served.collect());
        for target in TEXT_TARGETS {
            assert!(server.pasted(target) == text, "{target} of {} bytes", text.len());
        }
        assert!(!server.xclip("clipboard", &["-o", "-t", "image/png"]).status.success());
        server.copy_elsewhere("other");
        helper.wait();
    }
}

#[test]
#[ignore = "needs Xvfb and xclip"]
fn a_helper_ends_with_its_display() {
    let server = XServer::start();
    let helper = Helper::holding("text", &server);
    drop(server);
    helper.wait();
}

#[test]
#[ignore = "needs Xvfb and xclip"]
fn the_next_copy_takes_over_from_the_one_before() {
    let server = XServer::start();
    let first = Helper::holding("first", &server);
    let second = Helper::holding("second", &server);
    first.wait();
    assert_eq!(server.pasted("UTF8_STRING"), "second");
    assert_eq!(server.primary(), "second");
    drop(server);
    second.wait();
}

#[test]
#[ignore = "needs Xvfb and xclip"]
fn the_middle_button_pastes_the_copy_until_something_is_selected() {
    let server = XServer::start();
    for text in texts() {
        let helper = Helper::holding(&text, &server);
        assert!(server.primary() == text, "{} bytes", text.len());
        server.select_elsewhere("selected");
        assert!(server.pasted("UTF8_STRING") == text, "the clipboard holds: {} bytes", text.len());
        server.copy_elsewhere("other");
        helper.wait();
        assert_eq!(server.primary(), "selected");
    }
}

#[test]
#[ignore = "needs Xvfb and xclip"]
fn a_helper_keeps_nothing_open_that_it_was_given_by_chance_and_shows_no_text() {
    let server = XServer::start();
    let helper = Helper::holding("deals:read", &server);
    let shell = helper.process.id();
    let started = fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).unwrap();
    let process = format!("/proc/{}", started.trim());
    let open: Vec<_> = fs::read_dir(format!("{process}/fd"))
        .unwrap()
        .map(|entry| fs::read_link(entry.unwrap().path()).unwrap())
        .collect();
    assert!(!open.iter().any(|file| file.ends_with("zero")), "{open:?}");
    let arguments = fs::read_to_string(format!("{process}/cmdline")).unwrap();
    assert!(!arguments.contains("deals:read"), "{arguments}");
    drop(server);
    helper.wait();
}

/// Several conversions in one request, among them one in pieces and one that cannot be made.
#[test]
#[ignore = "needs Xvfb and xclip"]
fn a_request_for_several_targets_gets_each_or_a_refusal() {
    let server = XServer::start();
    let text = "https://www.googleapis.com/auth/drive,".repeat(2_700);
    let helper = Helper::holding(&text, &server);
    let pasting = Pasting::on(&server.display);
    let [pairs, first, second, third] =
        ["PAIRS", "FIRST", "SECOND", "THIRD"].map(|name| pasting.atom(name));
    let asked = [
        [pasting.atom("UTF8_STRING"), first],
        [pasting.atom("image/png"), second],
        [pasting.atom("text/plain"), third],
    ];
    pasting.ask_for_several(pairs, asked.as_flattened());
    pasting.wait_for(
        |event| matches!(event, Event::SelectionNotify(notice) if notice.property == pairs),
    );
    let (_, answered) = pasting.take(pairs, false);
    let answered: Vec<Atom> = answered
        .chunks_exact(4)
        .map(|bytes| u32::from_ne_bytes(bytes.try_into().unwrap()))
        .collect();
    let refused = [[asked[0][0], first], [asked[1][0], x11rb::NONE], [asked[2][0], third]];
    assert_eq!(answered, refused.as_flattened());
    for (property, kind) in [(third, "text/plain"), (first, "UTF8_STRING")] {
        let (got, kinds) = pasting.take_in_pieces(property);
        assert!(got == text.as_bytes(), "{kind}: {} bytes", got.len());
        assert_eq!(kinds, BTreeSet::from([pasting.atom(kind)]), "{kind}");
    }
    drop((pasting, server));
    helper.wait();
}

/// A program that pastes, as the rules for X11 programs want it.
struct Pasting {
    connection: RustConnection,
    window: u32,
}

impl Pasting {
    fn on(display: &str) -> Self {
        let (connection, screen) = RustConnection::connect(Some(display)).unwrap();
        let root = &connection.setup().roots[screen];
        let window = connection.generate_id().unwrap();
        let aux = CreateWindowAux::new().event_mask(EventMask::PROPERTY_CHANGE);
        connection
            .create_window(0, window, root.root, 0, 0, 1, 1, 0, WindowClass::INPUT_OUTPUT, 0, &aux)
            .unwrap();
        Self { connection, window }
    }

    fn atom(&self, name: &str) -> Atom {
        let cookie = self.connection.intern_atom(false, name.as_bytes()).unwrap();
        cookie.reply().unwrap().atom
    }

    fn ask_for_several(&self, property: Atom, pairs: &[Atom]) {
        let [clipboard, multiple, kind] =
            ["CLIPBOARD", "MULTIPLE", "ATOM_PAIR"].map(|name| self.atom(name));
        self.connection
            .change_property32(PropMode::REPLACE, self.window, property, kind, pairs)
            .unwrap();
        self.connection
            .convert_selection(self.window, clipboard, multiple, property, x11rb::CURRENT_TIME)
            .unwrap();
        self.connection.flush().unwrap();
    }

    fn wait_for(&self, expected: impl Fn(&Event) -> bool) {
        while !expected(&self.connection.wait_for_event().unwrap()) {}
    }

    /// The kind and the bytes of a property, which is deleted if asked for.
    fn take(&self, property: Atom, delete: bool) -> (Atom, Vec<u8>) {
        let reply = self
            .connection
            .get_property(delete, self.window, property, AtomEnum::ANY, 0, u32::MAX)
            .unwrap()
            .reply()
            .unwrap();
        (reply.type_, reply.value)
    }

    fn take_in_pieces(&self, property: Atom) -> (Vec<u8>, BTreeSet<Atom>) {
        let (kind, _) = self.take(property, true);
        assert_eq!(kind, self.atom("INCR"));
        let (mut text, mut kinds) = (Vec::new(), BTreeSet::new());
        loop {
            self.wait_for(|event| {
                matches!(event, Event::PropertyNotify(change)
                    if change.atom == property && change.state == Property::NEW_VALUE)
            });
            let (kind, piece) = self.take(property, true);
            if kind == x11rb::NONE {
                continue; // the news of the first answer, which was taken before
            }
            kinds.insert(kind);
            if piece.is_empty() {
                return (text, kinds);
            }
            text.extend(piece);
        }
    }
}

/// Every way through the real programs, for a copy of a program that ends at once.
#[test]
#[ignore = "needs bash, python3, Xvfb, xclip, sway, wl-clipboard, tmux and screen"]
fn every_way_holds_after_the_program_has_ended() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clipboard_check.sh");
    let output = output(
        command("bash")
            .args([script, "-k", "", "-n", "Not copied: ", "-t", "pdscopes clipboard check"])
            .args(["--", PROGRAM, "clipboard", "--check"]),
    );
    let seen = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{seen}");
    assert_eq!(seen.matches("PASS ").count(), 8, "{seen}");
}
