//! Stops and going on, under a shell with job control as a person has it.

use tempfile::TempDir;

use super::{is_over, read, room, signal};
use crate::pty::Pty;

/// Keeps the program's number in a file, and is the program.
const PROGRAM: &str = "sh -c 'echo $$ >pid; exec \"$PDSCOPES\"' >out 2>err\r";

/// Lets it go on, and says how it ends, or that it stopped again.
const FG: &str = "fg; echo exit=$?\r";

/// A shell that has written its terminal's settings to `before` and runs the program, with one
/// action ticked.
fn running(room: &TempDir) -> Pty {
    let mut pty = Pty::bash(room.path());
    pty.wait_for("ready>");
    settings_to(&mut pty, "before");
    pty.send(PROGRAM).wait_for("List Users").is_taken();
    pty.send("\t").wait_for("1 selected");
    pty
}

/// Writes the settings that commands of the shell find to a file, and clears the screen.
#[track_caller]
fn settings_to(pty: &mut Pty, file: &str) {
    pty.send(&format!("clear; stty -g >{file}; echo written=$((6*7))\r")).wait_for("written=42");
    pty.send("clear; echo cleared=$((6*7))\r").wait_for("cleared=42");
}

#[track_caller]
fn is_stopped(pty: &mut Pty, room: &TempDir) {
    pty.wait_for("Stopped");
    settings_to(pty, "stopped");
    assert_eq!(read(room, "stopped"), read(room, "before"), "{}", pty.contents());
}

/// The program is whole on the screen, and ends as ever.
#[track_caller]
fn goes_on(pty: &mut Pty, room: &TempDir) {
    pty.wait_for("1 selected").wait_for("Guide URL").is_taken();
    pty.send("\u{1b}[B\t").wait_for("2 selected").send("\r").wait_for("exit=0").is_restored();
    settings_to(pty, "after");
    assert_eq!(read(room, "after"), read(room, "before"));
    assert_eq!(read(room, "out").lines().count(), 1);
}

#[test]
fn ctrl_z_and_fg() {
    let room = room();
    let mut pty = running(&room);
    for size in [(100, 30), (120, 40)] {
        pty.send("\u{1a}").is_restored();
        is_stopped(&mut pty, &room);
        // Nobody tells a stopped program of a new size.
        pty.resize(size.0, size.1).send(FG).wait_for("1 selected").is_taken();
        pty.wait_for("Guide URL");
    }
    goes_on(&mut pty, &room);
}

#[test]
fn what_is_typed_before_a_stop_is_not_done_after_it() {
    let room = room();
    let mut pty = running(&room);
    pty.send("\u{1a}\u{1a}\u{18}\u{1a}").is_restored();
    is_stopped(&mut pty, &room);
    pty.send(FG).wait_for("1 selected").is_taken();
    goes_on(&mut pty, &room);
}

#[test]
fn a_stop_asked_for_by_another_program() {
    let room = room();
    let mut pty = running(&room);
    signal(&room, "TSTP");
    pty.is_restored();
    is_stopped(&mut pty, &room);
    pty.send(FG);
    goes_on(&mut pty, &room);
}

#[test]
fn a_stop_that_nobody_announced() {
    let room = room();
    let mut pty = running(&room);
    signal(&room, "STOP");
    is_stopped(&mut pty, &room);
    pty.send(FG);
    goes_on(&mut pty, &room);
}

#[test]
fn in_the_background_the_terminal_is_left_alone() {
    let room = room();
    let mut pty = running(&room);
    pty.send("\u{1a}").is_restored();
    is_stopped(&mut pty, &room);
    // With `-b` the shell says at once what becomes of its jobs.
    pty.send("set -b; bg\r").wait_for("Stopped").is_restored();
    pty.send(FG);
    goes_on(&mut pty, &room);
}

#[test]
fn a_stop_that_nobody_announced_and_going_on_behind_the_shell() {
    let room = room();
    let mut pty = running(&room);
    signal(&room, "STOP");
    is_stopped(&mut pty, &room);
    pty.send("set -b; bg\r").wait_for("Stopped").is_restored();
    pty.send(FG);
    goes_on(&mut pty, &room);
}

#[test]
fn a_stopped_program_can_be_ended() {
    for stop in ["STOP", "TSTP"] {
        let room = room();
        let mut pty = running(&room);
        signal(&room, stop);
        is_stopped(&mut pty, &room);
        pty.send("kill %1\r").is_restored();
        is_over(&room);
        pty.send("\r").wait_for("Exit 143");
        settings_to(&mut pty, "after");
        assert_eq!(read(&room, "after"), read(&room, "before"));
    }
}

#[test]
fn where_no_shell_could_let_it_go_on_it_does_not_stop() {
    let room = room();
    let mut pty = Pty::bash(room.path());
    pty.wait_for("ready>").send("x=$(\"$PDSCOPES\"); echo \"got=[$x] exit=$?\"\r");
    pty.wait_for("List Users").send("\t").wait_for("1 selected");
    pty.send("\u{1a}").wait_for("No shell here could resume pdscopes").is_taken();
    pty.send("\r").wait_for("got=[users:read] exit=0").is_restored();
}

#[test]
fn a_shell_within_a_shell_stops_with_it() {
    let room = room();
    let mut pty = Pty::bash(room.path());
    pty.wait_for("ready>").send("PS1='within> ' bash --norc --noprofile -i\r").wait_for("within>");
    pty.send("x=$(\"$PDSCOPES\"); echo \"got=[$x] exit=$?\"\r");
    pty.wait_for("List Users").send("\t").wait_for("1 selected");
    pty.send("\u{1a}").wait_for("Stopped").is_restored();
    pty.send("fg\r").wait_for("1 selected").is_taken();
    pty.send("\r").wait_for("got=[users:read] exit=0").is_restored();
}

#[test]
fn in_the_background_it_waits_and_any_signal_ends_it() {
    for flags in ["", "--accessible"] {
        for (name, code) in [("INT", "130"), ("TERM", "143"), ("HUP", "129")] {
            let room = room();
            let mut pty = Pty::bash(room.path());
            pty.wait_for("ready>")
                .send(&format!("\"$PDSCOPES\" {flags} >out 2>err &\r"))
                .wait_for("[1]");
            pty.send(&format!("clear; kill -{name} %1; wait %1; echo exit=$?\r"));
            pty.wait_for(&format!("exit={code}")).is_restored();
            assert_eq!(read(&room, "out"), "", "{flags} {name}");
        }
    }
}

#[test]
fn a_time_limit_ends_it() {
    for flags in ["", "--accessible"] {
        let room = room();
        let mut pty = Pty::bash(room.path());
        // `timeout` has its command in the background.
        pty.wait_for("ready>").send(&format!("timeout 0.3 \"$PDSCOPES\" {flags}; echo exit=$?\r"));
        pty.wait_for("exit=124").is_restored();
    }
}

#[test]
fn what_waits_in_the_background_begins_in_the_foreground() {
    let room = room();
    let mut pty = Pty::bash(room.path());
    pty.wait_for("ready>").send(&format!("{} &\r", PROGRAM.trim_end())).wait_for("[1]");
    pty.send("clear; fg; echo exit=$?\r").wait_for("List Users").is_taken();
    pty.send("\t").wait_for("1 selected").send("\r").wait_for("exit=0").is_restored();
}

#[test]
fn a_session_of_its_own_does_not_stop_for_good() {
    for flags in ["", "--accessible"] {
        let room = room();
        let mut pty = Pty::shell(&format!("exec \"$PDSCOPES\" {flags}"), room.path());
        pty.wait_for(if flags.is_empty() { "0 selected" } else { ">" });
        pty.send("\x03\x1a");
        assert_eq!(pty.exit_code(), 130, "{flags}");
    }
}
