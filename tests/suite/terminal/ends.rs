//! Every way in which the program is made to end: the terminal is as before, whether somebody
//! still looks at it or not, and the exit code says what happened.

use std::process::Command;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use super::{read, room, signal, watched};
use crate::program::PROGRAM;
use crate::pty::{Pty, SIZE, new_parser};

/// As `WATCHED`, with the program's number in a file.
const NUMBERED: &str = r#"
    before=$(stty -g)
    sh -c 'echo $$ >pid; exec "$PDSCOPES"' >out 2>err
    echo "exit=$?"
    [ "$before" = "$(stty -g)" ] && echo settings=same
"#;

fn numbered(room: &tempfile::TempDir) -> Pty {
    let mut pty = Pty::shell(NUMBERED, room.path());
    pty.wait_for("List Users").is_taken();
    pty
}

#[test]
fn a_signal_ends_with_its_own_code_and_restores_the_terminal() {
    let signals = [("INT", 130), ("TERM", 143), ("HUP", 129), ("QUIT", 131), ("XCPU", 152)];
    for (name, code) in signals {
        let room = room();
        let mut pty = numbered(&room);
        pty.send("\t").wait_for("1 selected");
        signal(&room, name);
        pty.wait_for(&format!("exit={code}")).wait_for("settings=same").is_restored();
        assert_eq!(read(&room, "out"), "", "{name}");
    }
}

/// Their reader would take every key.
#[test]
fn what_would_be_typed_while_the_screen_is_up_is_refused() {
    for flags in [
        &["--catalog", "-"][..],
        &["--catalog", "/dev/stdin"],
        &["--catalog", "/dev/tty"],
        &["--catalog", "/dev/fd/../fd/0"],
        &["--catalog", "x.json", "--granted", "/dev/tty"],
        &["--catalog", "x.json", "--actions", "-"],
        &["--catalog", "x.json", "--granted", "-"],
    ] {
        let room = room();
        let mut pty = Pty::start(&[&[PROGRAM], flags].concat(), room.path());
        pty.wait_for("nothing can be typed for `-`");
        assert_eq!(pty.exit_code(), 2, "{flags:?}");
    }
}

/// GNU screen has no other screen unless it is told to.
#[test]
fn what_follows_does_not_stand_in_the_picture_where_there_is_one_screen_only() {
    for (keys, code) in [("\t\r", 0), ("\u{3}", 130)] {
        let room = room();
        let mut pty = numbered(&room);
        pty.send(keys).wait_for(&format!("exit={code}")).wait_for("settings=same");
        let written = pty.written().replace("\u{1b}[?1049h", "").replace("\u{1b}[?1049l", "");
        let mut one_screen = new_parser(SIZE);
        one_screen.process(written.as_bytes());
        let left = one_screen.screen().contents();
        assert!(left.starts_with(&format!("exit={code}\nsettings=same")), "{left}");
    }
}

/// Each new size interrupts what the program waits for.
#[test]
fn it_ends_while_the_window_is_being_resized() {
    let room = room();
    let mut pty = numbered(&room);
    pty.send("\u{3}");
    let patience = Instant::now() + Duration::from_secs(20);
    for columns in (100..120).cycle() {
        if pty.contents().contains("exit=130") {
            break;
        }
        assert!(Instant::now() < patience, "it does not end: {}", pty.contents());
        pty.resize(columns, 40);
    }
    pty.wait_for("settings=same").is_restored();
}

#[test]
fn signals_that_mean_nothing_change_nothing() {
    let room = room();
    let mut pty = numbered(&room);
    for name in ["PIPE", "CHLD", "URG", "WINCH", "CONT", "STOP", "CONT"] {
        signal(&room, name);
    }
    pty.send("\t").wait_for("1 selected").is_taken();
    pty.send("\r").wait_for("exit=0").wait_for("settings=same").is_restored();
    assert_eq!(read(&room, "out"), "users:read\n");
}

#[test]
fn a_terminal_that_disappears_ends_the_program() {
    // With the signal, with the signal ignored, and without the signal.
    let commands: [&[&str]; 3] =
        [&[PROGRAM], &["nohup", PROGRAM], &["env", "--block-signal=HUP", PROGRAM]];
    for command in commands {
        let room = room();
        let mut pty = Pty::start(command, room.path());
        pty.wait_for("List Users");
        assert_eq!(pty.disappear().exit_code(), 129, "{command:?}");
    }
}

#[test]
fn a_terminal_that_takes_nothing_is_left_all_the_same() {
    let commands: [&[&str]; 2] = [&[PROGRAM], &["env", "--block-signal=HUP", PROGRAM]];
    for command in commands {
        let room = room();
        let mut pty = Pty::start(command, room.path());
        pty.wait_for("List Users").get_stuck();
        assert_eq!(pty.disappear().exit_code(), 129, "{command:?}");
    }
}

#[test]
fn a_terminal_that_takes_nothing_is_restored_when_it_goes_on() {
    let room = room();
    let mut pty = Pty::start(&[PROGRAM], room.path());
    let cooked = {
        // The shell's settings are the terminal's first ones.
        let other = Pty::start(&["cat"], room.path());
        other.settings()
    };
    pty.wait_for("List Users").get_stuck();
    std::fs::write(room.path().join("pid"), pty.pid().to_string()).expect("a file");
    signal(&room, "TERM");
    assert_eq!(pty.exit_code(), 143);
    assert_eq!(pty.settings(), cooked);
    pty.get_loose().is_restored();
}

#[test]
fn the_shell_that_waits_is_killed() {
    // The first shell of the terminal, whose end the kernel tells, and one within it, whose end
    // it does not.
    let first = r#"echo $$ >pid; "$PDSCOPES" >out 2>err; true"#;
    let within = r#"
        before=$(stty -g)
        sh -c 'echo $$ >pid; "$PDSCOPES" >out 2>err; true'
        until [ "$before" = "$(stty -g)" ]; do :; done; echo settings=same
    "#;
    for (script, told) in [(first, None), (within, Some("settings=same"))] {
        let room = room();
        let mut pty = Pty::shell(script, room.path());
        pty.wait_for("List Users");
        signal(&room, "KILL");
        pty.is_restored();
        if let Some(told) = told {
            pty.wait_for(told);
        }
        assert_eq!((read(&room, "out"), read(&room, "err")), (String::new(), String::new()));
    }
}

#[test]
fn a_job_of_a_killed_shell_leaves_the_terminal_to_the_next() {
    let room = room();
    let lifetime = room.path().join("lifetime");
    assert!(Command::new("mkfifo").arg(&lifetime).status().is_ok_and(|status| status.success()));
    let (ended, has_ended) = channel();
    std::thread::spawn(move || ended.send(std::fs::read(lifetime).map(|_| ())));
    let mut pty = Pty::bash(room.path());
    pty.wait_for("ready>").send("sh -c 'echo $$ >pid; \"$PDSCOPES\" 3>lifetime; true'\r");
    pty.wait_for("List Users");
    signal(&room, "KILL");
    // Until it ends, the program drops what is typed: it may be the rest of a click.
    let ended = has_ended.recv_timeout(crate::pty::PATIENCE).expect("the program ends");
    ended.expect("a pipe");
    pty.is_restored().send("echo answer=$((6*7))\r").wait_for("answer=42");
}

#[test]
fn what_was_sent_to_the_program_does_not_reach_the_shell() {
    let room = room();
    let script = r#"
        "$PDSCOPES" >out 2>err
        echo "exit=$?"
        IFS= read -r line
        echo "line=[$line]"
    "#;
    let mut pty = Pty::shell(script, room.path());
    pty.wait_for("List Users").send("\t").wait_for("1 selected");
    let reports = "\u{1b}[<0;20;7M\u{1b}[<0;20;7m".repeat(100);
    pty.send(&format!("\r{reports}")).wait_for("exit=0").is_restored();
    pty.send("typed\r").wait_for("line=[typed]");
    assert_eq!(read(&room, "out"), "users:read\n");
}

#[test]
fn the_mouse_is_left_to_the_terminal_where_that_is_asked_for() {
    let room = room();
    let mut pty = Pty::shell(r#""$PDSCOPES" --no-mouse >out; echo "exit=$?""#, room.path());
    pty.wait_for("List Users").wait_until("mouse of its own", |screen| {
        screen.alternate_screen() && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
    });
    pty.send("\u{3}").wait_for("exit=130").is_restored();
}

#[test]
fn the_linux_console_is_not_asked_for_what_it_would_print() {
    let room = room();
    let mut pty = Pty::shell(r#"TERM=linux "$PDSCOPES" >out; echo "exit=$?""#, room.path());
    pty.wait_for("List Users").send("\u{3}").wait_for("exit=130").is_restored();
    assert_eq!(pty.keyboard().deepest, 0);
}

#[test]
fn a_terminal_without_a_size_has_the_usual_one() {
    let room = room();
    let script = r#"stty cols 0 rows 0; "$PDSCOPES" >out; echo "exit=$?""#;
    let mut pty = Pty::shell(script, room.path());
    pty.wait_for("List Users").send("\t").wait_for("1 selected").send("\r").wait_for("exit=0");
}

/// A key of a shell calls the program while the shell is editing a line, and goes on with that.
#[test]
fn a_shell_that_is_editing_a_line_goes_on_with_its_pastes_marked() {
    let room = room();
    for (settings, is_marked) in [("-icanon", true), ("icanon", false)] {
        let script = format!(r#"stty {settings}; "$PDSCOPES" >out; echo "exit=$?""#);
        let mut pty = Pty::shell(&script, room.path());
        pty.wait_for("List Users").send("\u{3}").wait_for("exit=130");
        pty.wait_until("pastes as they were", |screen| screen.bracketed_paste() == is_marked);
    }
}

#[test]
fn a_storm_of_signals_ends_once() {
    let room = room();
    let mut pty = watched(&room);
    pty.send("\t").wait_for("1 selected");
    for round in 0..20_u16 {
        pty.resize(80 + round, 20 + round);
    }
    pty.send("\u{3}").wait_for("exit=130").wait_for("settings=same").is_restored();
}

#[test]
fn a_terminal_that_takes_nothing_answers_keys_all_the_same() {
    for (key, code, out) in [("\x03", 130, ""), ("\r", 0, "users:read\n")] {
        let room = room();
        let script = "\"$PDSCOPES\" --actions pipedrive_list_users >out 2>err";
        let mut pty = Pty::shell(&format!("{script}; exit $?"), room.path());
        pty.wait_for("1 selected").get_stuck().send(key);
        assert_eq!(pty.exit_code(), code);
        pty.get_loose().is_restored();
        assert_eq!(read(&room, "out"), out);
    }
}

#[test]
fn a_terminal_that_takes_nothing_for_a_while_is_drawn_whole() {
    let room = room();
    let mut pty = watched(&room);
    pty.get_stuck().send("\tlist users").get_loose();
    pty.resize(100, 30).wait_for("Search  list users").wait_for("1 selected").wait_for("Guide URL");
    pty.send("\r").wait_for("exit=0").wait_for("settings=same").is_restored();
}

#[test]
fn a_copy_that_was_asked_for_is_made_before_the_screen_is_left() {
    for (clipboard, told) in [("terminal", ""), ("off", "note: Not copied: ")] {
        let room = room();
        let script = format!(
            "\"$PDSCOPES\" --actions pipedrive_list_users --clipboard {clipboard} >out 2>err; echo \"exit=$?\""
        );
        let mut pty = Pty::shell(&script, room.path());
        pty.wait_for("1 selected").send("\x19\r").wait_for("exit=0").is_restored();
        let copied = pty.written().contains("\x1b]52;c;dXNlcnM6cmVhZA==\x07");
        assert_eq!(copied, clipboard == "terminal");
        assert!(read(&room, "err").starts_with(told), "{}", read(&room, "err"));
        assert_eq!(told.is_empty(), read(&room, "err").is_empty(), "{}", read(&room, "err"));
    }
}

/// Whatever key that is in the settings. Who leaves then wants no answer any more.
#[test]
fn leaving_at_once_ends_the_wait_for_a_copy_and_takes_the_answer_back() {
    let room = room();
    let script = r#"
        mkfifo never
        printf '#!/bin/sh\nread -r line <never\n' >tmux
        chmod +x tmux
        printf '[keys.typing]\nleave = "ctrl-q"\n' >config.toml
        PATH="$PWD:$PATH" TMUX=x "$PDSCOPES" --config config.toml --clipboard terminal \
            --actions pipedrive_list_users >out 2>err
        echo "exit=$?"
    "#;
    let mut pty = Pty::shell(script, room.path());
    pty.wait_for("1 selected").send("\x19\r\x11").wait_for("exit=130").is_restored();
    assert_eq!(read(&room, "out"), "");
}

#[test]
fn clicks_that_are_under_way_do_not_reach_the_shell() {
    let room = room();
    let script = r#"
        "$PDSCOPES" >out 2>err
        echo "exit=$?"
        IFS= read -r line
        echo "line=[$line]"
    "#;
    let mut pty = Pty::shell(script, room.path());
    // More than the terminal holds at once, so that some of them come after the program has left.
    let reports = "\x1b[<0;20;7M\x1b[<0;20;7m".repeat(500);
    pty.wait_for("List Users").send(&format!("\x03{reports}"));
    pty.wait_for("exit=130").send("typed\r").wait_for("line=[typed]");
}
