mod ends;
mod input;
mod panics;
mod stops;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

use crate::program::{command, output, pdscopes};
use crate::pty::Pty;

/// Runs the program with its streams in files, and says how it ended and whether the terminal's
/// settings are as before.
const WATCHED: &str = r#"
    before=$(stty -g)
    "$PDSCOPES" >out 2>err
    echo "exit=$?"
    [ "$before" = "$(stty -g)" ] && echo settings=same
"#;

fn room() -> TempDir {
    tempfile::tempdir().expect("a directory")
}

fn read(room: &TempDir, file: &str) -> String {
    fs::read_to_string(room.path().join(file)).unwrap_or_default()
}

fn watched(room: &TempDir) -> Pty {
    let mut pty = Pty::shell(WATCHED, room.path());
    pty.wait_for("List Users");
    pty
}

/// The process that wrote its number to the file `pid`.
#[track_caller]
fn signal(room: &TempDir, signal: &str) {
    let pid = read(room, "pid");
    let sent = output(command("kill").args([&format!("-{signal}"), pid.trim()]));
    assert!(sent.status.success(), "{signal} to {pid}");
}

/// Waits until that process has ended and its shell knows it.
#[track_caller]
fn is_over(room: &TempDir) {
    let pid = read(room, "pid");
    let patience = Instant::now() + Duration::from_secs(20);
    while output(command("kill").args(["-0", pid.trim()])).status.success() {
        assert!(Instant::now() < patience, "process {pid} does not end");
    }
}

#[test]
fn the_main_job_on_the_built_program() {
    let room = room();
    let mut pty = watched(&room);
    pty.send("deal field").wait_for("Search  deal field");
    pty.send("\t\u{1b}[B\t").wait_for("2 selected");
    pty.send("\u{15}list users\t").wait_for("3 selected");
    pty.send("\u{14}").wait_for("[Comma]");
    pty.send("\r").wait_for("exit=0").wait_for("settings=same").is_restored();
    assert_eq!(read(&room, "out"), "deals:read,deals:full,users:read\n");
    let told = read(&room, "err");
    assert!(told.starts_with("note: 1 action is refused with these scopes: "), "{told}");
    assert!(
        told.contains("pipedrive_add_deal_field (accepts admin or deal-fields:full); `--least`")
    );
}

#[test]
fn nothing_ticked_prints_nothing_and_hints() {
    let room = room();
    let mut pty = watched(&room);
    pty.send("\r").wait_for("Nothing is selected: Tab selects, Enter again leaves.");
    pty.send("\r").wait_for("exit=1").is_restored();
    assert_eq!(read(&room, "out"), "");
    assert!(read(&room, "err").contains("Nothing is selected"), "{}", read(&room, "err"));
}

#[test]
fn leaving_by_key_is_130_and_prints_nothing() {
    for keys in ["\t\u{3}", "\t\u{1b}\u{1b}\u{1b}"] {
        let room = room();
        let mut pty = watched(&room);
        let mut escapes = 0;
        // A lone Esc byte must not be read as the beginning of the next key.
        for key in keys.chars() {
            pty.send(&key.to_string());
            match key {
                '\t' => pty.wait_for("1 selected"),
                '\u{1b}' => {
                    escapes += 1;
                    pty.wait_for(["browsing", "Esc or q leaves", "exit="][escapes - 1])
                }
                _ => &mut pty,
            };
        }
        pty.wait_for("exit=130").wait_for("settings=same").is_restored();
        assert_eq!((read(&room, "out"), read(&room, "err")), (String::new(), String::new()));
    }
}

#[test]
fn the_answer_can_be_captured_whatever_the_other_streams_are() {
    for redirection in ["", "2>/dev/null", "</dev/null", "<&-", "2>&-"] {
        let room = room();
        let script =
            format!(r#"scopes=$("$PDSCOPES" {redirection}); echo "got=[$scopes] exit=$?""#);
        let mut pty = Pty::shell(&script, room.path());
        pty.wait_for("List Users").send("\t").wait_for("1 selected").send("\r");
        pty.wait_for("got=[users:read] exit=0").is_restored();
    }
}

const IGNORED: &str = "stdin is not read; `pdscopes --actions -` selects the ids on it.";

#[test]
fn a_pipe_that_nothing_reads_is_said_to_be_left_and_is_left() {
    let room = room();
    let script = r#"
        printf 'one\ntwo\n' | while read line; do
            scopes=$("$PDSCOPES" 2>>err)
            echo "$line=[$scopes]" >>out
        done
        "$PDSCOPES" --accessible <err
    "#;
    fs::write(room.path().join("err"), "").expect("a file");
    let mut pty = Pty::shell(script, room.path());
    for _ in ["one", "two"] {
        pty.wait_for(IGNORED).send("\t").wait_for("1 selected").send("\r");
        pty.wait_until("the end of the screen", |screen| !screen.contents().contains("1 selected"));
    }
    // An empty file has nothing that could be meant.
    pty.wait_for("for all commands.").send("quit\n");
    assert!(!pty.contents().contains(IGNORED), "{}", pty.contents());
    assert_eq!(read(&room, "out"), "one=[users:read]\ntwo=[users:read]\n");
    assert_eq!(read(&room, "err"), "");
}

#[test]
fn a_pipe_that_is_read_is_not_said_to_be_left() {
    let room = room();
    for (flags, shows) in [("--actions -", "1 selected"), ("--accessible -q users", IGNORED)] {
        let script = format!(r#"echo pipedrive_list_users | "$PDSCOPES" {flags}"#);
        let mut pty = Pty::shell(&script, room.path());
        pty.wait_for("List Users").wait_for(shows);
        assert_eq!(pty.contents().contains(IGNORED), shows == IGNORED, "{}", pty.contents());
    }
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let room = room();
    let script = r#""$PDSCOPES" 2>err | true; echo "exit=$?""#;
    let mut pty = Pty::shell(script, room.path());
    pty.wait_for("List Users").send("\t").wait_for("1 selected").send("\r");
    pty.wait_for("exit=0").is_restored();
    assert_eq!(read(&room, "err"), "");
}

#[test]
fn a_closed_stdout_is_told_before_anything_is_done() {
    for command in ["", "scopes --all", "list", "audit", "--version"] {
        let room = room();
        let script = format!(r#""$PDSCOPES" {command} 2>err >&-; echo "exit=$?""#);
        Pty::shell(&script, room.path()).wait_for("exit=2").is_restored();
        let told = read(&room, "err");
        assert!(told.starts_with("error: stdout is closed"), "{command}: {told}");
    }
}

#[test]
fn tables_are_no_wider_than_the_terminal() {
    for command in ["list", "audit", "check --granted deals:read", "explain deals:full"] {
        for columns in [80, 60, 200] {
            let script = format!(
                r#"stty cols {columns}; "$PDSCOPES" --color never {command}; echo "exit=$?""#
            );
            let mut pty = Pty::shell(&script, room().path());
            pty.wait_for("exit=");
            let written = pty.written();
            let is_row = |line: &&str| line.contains("pipedrive_") || line.starts_with("    ");
            let rows: Vec<_> = written.lines().filter(is_row).collect();
            assert!(rows.len() > 20, "{command}: {written}");
            let wide = rows.iter().find(|row| row.trim_end().width() > columns);
            assert_eq!(wide, None, "{command} in {columns} columns");
        }
    }
}

#[test]
fn bytes_that_terminals_send_reach_the_commands() {
    let room = room();
    let mut pty = watched(&room);
    pty.send("\u{1b}a").wait_for("121 selected"); // Alt-A
    pty.send("\u{18}").wait_for("0 selected"); // Ctrl-X
    pty.send("\u{1f}").wait_for("121 selected"); // Ctrl-_
    pty.send("\u{1b}[Z").wait_for("120 selected"); // Shift-Tab
    pty.send("\u{1b}[200~list\rusers\u{1b}[201~").wait_for("Search  list users"); // a paste
    pty.send("\u{1b}[<0;20;7M").wait_for("121 selected"); // a click on the first row
    pty.send("\u{3}").wait_for("exit=130");
}

#[test]
fn a_storm_of_sizes_leaves_the_screen_whole() {
    let room = room();
    let mut pty = watched(&room);
    pty.send("\t").wait_for("1 selected");
    for round in 0..40_u16 {
        pty.resize(1 + (round * 37) % 180, 1 + (round * 23) % 60);
    }
    pty.resize(100, 30).wait_for("1 selected").wait_for("Guide URL").send("\r").wait_for("exit=0");
    assert_eq!(read(&room, "out"), "users:read\n");
}

#[test]
fn without_a_terminal_the_commands_that_need_none_are_named() {
    let output = output(&mut pdscopes());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("`scopes`"), "{told}");
    assert!(output.stdout.is_empty());
}

#[test]
fn a_terminal_of_one_cell_is_no_reason_to_fail() {
    let room = room();
    let script =
        r#"stty cols 1 rows 1; "$PDSCOPES" --actions pipedrive_list_users >out; echo "exit=$?""#;
    let mut pty = Pty::shell(script, Path::new(room.path()));
    pty.wait_until("screen of its own", vt100::Screen::alternate_screen);
    pty.send("\r").wait_for("exit=0");
    assert_eq!(read(&room, "out"), "users:read\n");
}

const ARRAY: &str = r#"[
  {"id": "x_list", "label": "List Things", "scopes": ["https://example.com/auth/things.read"]},
  {"id": "x_add", "label": "Add Things", "scopes": ["things:write", "Other.All"]}
]"#;

#[test]
fn another_catalog_is_read_while_the_screen_is_up() {
    for command in ["--catalog x.json --actions x_add", "--catalog - --actions x_add <x.json"] {
        let room = room();
        fs::write(room.path().join("x.json"), ARRAY).expect("a file");
        let script = format!(r#""$PDSCOPES" {command} >out 2>err; echo "exit=$?""#);
        let mut pty = Pty::shell(&script, room.path());
        pty.wait_for("List Things").wait_for("1 selected").send("list\t").wait_for("2 selected");
        pty.send("\r").wait_for("exit=0").is_restored();
        let scopes = "https://example.com/auth/things.read things:write Other.All\n";
        assert_eq!(read(&room, "out"), scopes, "{command}: {}", read(&room, "err"));
    }
}

#[test]
fn a_catalog_that_cannot_be_used_is_told_with_its_place_after_the_screen() {
    let room = room();
    fs::write(room.path().join("x.json"), ARRAY.replace("things:write", "things write"))
        .expect("a file");
    let script = r#""$PDSCOPES" --catalog x.json >out 2>err; echo "exit=$?""#;
    Pty::shell(script, room.path()).wait_for("exit=2").is_restored();
    let told = read(&room, "err");
    assert!(told.contains("x.json:3:") && told.contains("[1].scopes[0]"), "{told}");
    assert_eq!(read(&room, "out"), "");
}

#[test]
fn escape_stops_a_catalog_that_does_not_end() {
    let room = room();
    let endless = r#"(printf '['; while printf '{"id": "x_%d", "label": "L", "scopes": []},' $((i=i+1)); do :; done)"#;
    let script = format!(r#"{endless} | "$PDSCOPES" --catalog - >out 2>err; echo "exit=$?""#);
    let mut pty = Pty::shell(&script, room.path());
    pty.wait_for("Loading actions...").send("\u{3}").wait_for("exit=").is_restored();
}
