//! What terminals send besides keys: replies, reports, keys of other layouts, and all of it in pieces.

use std::collections::BTreeSet;
use std::thread;
use std::time::{Duration, Instant};

use super::room;
use crate::pty::Pty;

const THREE: &str = "--actions pipedrive_list_users,pipedrive_list_deals,pipedrive_list_persons";

/// Where the program is when the bytes come.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// In the search box, which has this in it.
    Typing(&'static str),
    /// In the list, on its second row, with three actions selected.
    Browsing,
}

/// What has come of them.
#[derive(Clone, Copy, Debug)]
enum Outcome {
    Query(&'static str),
    /// Three are still selected, on the row with this action.
    Three(&'static str),
    Left,
    Shows(&'static str),
}

use Outcome::{Left, Query, Shows, Three};
use State::{Browsing, Typing};

const SECOND: &str = "Get User ";
const FIRST: &str = "List Users";
const THIRD: &str = "Get Current User";

/// Bytes, where they come, what is typed after them, and what both come to.
const TABLE: &[(&str, State, &str, Outcome)] = &[
    // Replies and reports mean nothing.
    ("\x1b[?2026;2$y", Typing(""), "deals", Query("deals")),
    ("\x1b[?997;1n", Typing(""), "deals", Query("deals")),
    ("\x1b[?1;1R", Typing(""), "deals", Query("deals")),
    ("\x1b[?1;2R", Browsing, "", Three(SECOND)),
    ("\x1b[>0;276;0c", Browsing, "", Three(SECOND)),
    ("\x1b[?62;1;6c", Browsing, "", Three(SECOND)),
    ("\x1b[?0u", Browsing, "", Three(SECOND)),
    ("\x1b[I\x1b[O", Browsing, "", Three(SECOND)),
    ("\x1b[48;40;120;0;0t", Browsing, "", Three(SECOND)),
    ("\x1b]11;rgb:1d1d/1f1f/2121\x1b\\", Browsing, "", Three(SECOND)),
    ("\x1b]52;c;aGVsbG8=\x07", Typing(""), "x", Query("x")),
    ("\x1bP>|tmux 3.4\x1b\\", Browsing, "", Three(SECOND)),
    ("\x1bP1$r0m\x1b\\", Typing(""), "x", Query("x")),
    ("\x1b_Gi=31;OK\x1b\\", Typing(""), "x", Query("x")),
    ("\x1b^private\x1b\\", Typing(""), "x", Query("x")),
    ("\x1bXstring\x1b\\", Typing(""), "x", Query("x")),
    ("\u{9b}?62;1;2;c", Browsing, "", Three(SECOND)),
    ("\u{9d}11;rgb:1\u{9c}", Typing(""), "x", Query("x")),
    ("\x1b\\", Browsing, "", Three(SECOND)),
    // Text and Enter that come together are a paste, which never accepts.
    ("deal\r", Browsing, "", Query("deal")),
    ("\tdeal fields\r", Typing(""), "", Query("deal fields")),
    ("deal\r", Typing(""), "", Shows("Nothing is selected")),
    // Keys in each of their forms.
    ("\x1b[B", Browsing, "", Three(THIRD)),
    ("\x1bOB", Browsing, "", Three(THIRD)),
    ("\x1b[1;1:1B", Browsing, "", Three(THIRD)),
    ("\x1b[1;1:3B", Browsing, "", Three(SECOND)),
    ("\x1b\x1b[A", Browsing, "", Three(FIRST)),
    ("\x1b[1;3A", Browsing, "", Three(FIRST)),
    ("\x1b[[A", Browsing, "", Shows("select all listed")),
    // Other layouts, and modifiers that are not ours.
    ("\x1b[1089;5u", Typing(""), "", Left),
    ("\x1b[1489;5u", Typing(""), "", Left),
    ("\x1b[1089::99;5u", Typing(""), "", Left),
    ("\x1b[963::115;5u\x1b[1089;5u", Typing(""), "", Left),
    ("\x1b[27;5;99~", Typing(""), "", Left),
    ("\x1b[27;5;1089~", Typing(""), "", Left),
    ("\x1b[1095;5u", Browsing, "", Shows("0 selected")),
    ("\x1b[1095:1063:120;5u", Browsing, "", Shows("0 selected")),
    ("ч", Browsing, "", Shows("4 selected")),
    ("\x1b[61;4u", Typing(""), "", Shows(" Granted ")),
    ("\x1b[61:43;4u", Typing(""), "", Shows(" Granted ")),
    ("\x1b[99;9u", Browsing, "", Three(SECOND)),
    ("\x1b[99;17u", Browsing, "", Three(SECOND)),
    ("\x1b[99;33u", Browsing, "", Three(SECOND)),
    ("\x1b[113;9u\x1b[113;9u", Browsing, "", Three(SECOND)),
    ("\x1b[1;9B", Browsing, "", Three(SECOND)),
    // Alt, where it is bound, and ESC and the key where it is not.
    ("\x1bq", Typing("deal"), "", Left),
    ("\x1b/", Typing("deal"), "s", Query("deals")),
    ("\x1ba", Browsing, "", Shows("121 selected")),
    ("\x1bф", Browsing, "", Shows("121 selected")),
    ("\x1b\x1bOP", Typing(""), "", Shows("select all listed")),
    ("\x1b\x1b[11~", Typing(""), "", Shows("select all listed")),
    // Alt with a key that means nothing while browsing: neither Esc nor the key.
    ("\x1bq", Browsing, "", Three(SECOND)),
    ("\x1bx", Browsing, "", Three(SECOND)),
    ("\x1b\r", Browsing, "", Three(SECOND)),
    ("\x1b\x1b[2~\x1b\x1b[2~", Browsing, "", Three(SECOND)),
    ("\x1b\x1b[Z", Browsing, "", Three(SECOND)),
    ("\x1b[M \0c", Browsing, "", Three(SECOND)),
    // Bound, but not while browsing.
    ("\x1bb\x1bb\x1bf\x1b\x7f", Browsing, "", Three(SECOND)),
    // Words of the query.
    ("\x1b[1;5D", Typing("deal field"), "x", Query("deal xfield")),
    ("\x1b[1;3D", Typing("deal field"), "x", Query("deal xfield")),
    ("\x1b\x7f", Typing("deal field"), "x", Query("deal x")),
    ("\x17", Typing("deal field"), "x", Query("deal x")),
    ("\x1b[127;5u", Typing("deal field"), "x", Query("deal x")),
    ("\x1bb", Typing("deals:full"), "x", Query("deals:xfull")),
    ("\x1b\x7f", Typing("deals:full"), "read", Query("deals:read")),
    // Pastes, with marks and without.
    ("\x1b[200~list\rusers\x1b[201~", Typing(""), "", Query("list users")),
    ("deals:read", Browsing, "", Query("deals:read")),
    ("pipedrive_list_leads\rpipedrive_get_lead\r", Typing(""), "", Shows("2 selected")),
];

fn start(state: State) -> Pty {
    let (flags, ready) = match state {
        Typing("") => (String::new(), "121/121"),
        Typing(query) => (format!("--query '{query}'"), query),
        Browsing => (THREE.to_owned(), "3 selected"),
    };
    let room = room();
    let mut pty = Pty::shell(&format!("\"$PDSCOPES\" {flags} >out; echo \"exit=$?\""), room.path());
    pty.wait_for(ready);
    if state == Browsing {
        pty.send("\x1b")
            .wait_for("browsing")
            .send("j")
            .wait_until("the second row", |screen| is_on(&screen.contents(), SECOND));
    }
    pty
}

/// Whether the cursor is on the row of an action.
fn is_on(contents: &str, label: &str) -> bool {
    contents.lines().any(|line| line.trim_start().starts_with('▌') && line.contains(label))
}

#[track_caller]
fn comes_to(pty: &mut Pty, outcome: Outcome) {
    match outcome {
        Query(query) => pty.wait_until(&format!("query {query:?}"), |screen| {
            screen.contents().lines().any(|line| {
                let typed = line.trim_start().strip_prefix("Search  ").unwrap_or_default();
                typed.strip_prefix(query).is_some_and(|rest| rest.starts_with("  "))
            })
        }),
        // A redraw that is asked for by a new size shows that what came before was read.
        Three(label) => {
            pty.resize(110, 40).wait_until(&format!("three selected, on {label}"), |screen| {
                let contents = screen.contents();
                contents.contains("3 selected") && is_on(&contents, label)
            })
        }
        Left => pty.wait_for("exit=130").is_restored(),
        Shows(text) => pty.wait_for(text),
    };
}

/// Sends bytes one by one, with a pause between.
fn send_slowly(pty: &mut Pty, bytes: &str, pause: Duration) {
    for byte in bytes.bytes() {
        pty.send_bytes(&[byte]);
        let until = Instant::now() + pause;
        while Instant::now() < until {
            thread::yield_now();
        }
    }
}

#[test]
fn what_a_terminal_sends_comes_to_what_it_means() {
    for &(bytes, state, then, outcome) in TABLE {
        let mut pty = start(state);
        pty.send(bytes);
        pty.send(then);
        comes_to(&mut pty, outcome);
    }
}

#[test]
fn it_comes_to_the_same_in_pieces() {
    // Text in pieces is typed, and not pasted.
    let whole_only = |bytes: &str| !bytes.contains('\x1b') && bytes.len() > 4;
    for pause in [0, 1, 10].map(Duration::from_millis) {
        for &(bytes, state, then, outcome) in TABLE {
            if !whole_only(bytes) {
                let mut pty = start(state);
                send_slowly(&mut pty, bytes, pause);
                pty.send(then);
                comes_to(&mut pty, outcome);
            }
        }
    }
}

#[test]
fn ctrl_c_leaves_from_within_anything() {
    let beginnings =
        TABLE.iter().flat_map(|&(bytes, ..)| (1..bytes.len()).map(|end| &bytes.as_bytes()[..end]));
    let beginnings: BTreeSet<_> =
        beginnings.chain([b"\x1b[200~without an end".as_slice()]).collect();
    for beginning in beginnings {
        let mut pty = start(Typing(""));
        pty.send_bytes(beginning).send("\x03").wait_for("exit=130").is_restored();
    }
    let mut pty = start(Typing(""));
    pty.send("\x1b[200~with the kitty protocol\x1b[99;5u").wait_for("exit=130").is_restored();
}

#[test]
fn a_paste_with_an_end_in_it_accepts_nothing() {
    let mut pty = start(Typing(""));
    pty.send("\x1b[200~pipedrive_list_leads,pipedrive_get_lead\x1b[201~\r\x1b[201~");
    pty.wait_for("2 selected").send("\x03").wait_for("exit=130");
}

#[test]
fn keys_that_are_held_down_are_moves_however_they_are_cut() {
    let mut pty = start(Browsing);
    let downs = "\x1b[B".repeat(20_000);
    // Two thousand is no multiple of three: every third write ends within a key.
    for piece in downs.as_bytes().chunks(2_000) {
        pty.send_bytes(piece);
    }
    pty.wait_until("the last row", |screen| is_on(&screen.contents(), "Search Items By Field"));
    pty.wait_for("3 selected");
}
