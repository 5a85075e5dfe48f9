//! The settings: every key does what the documentation says, and nothing wrong is passed over.

use std::fs;
use std::path::{Path, PathBuf};

use pdscopes::app::{BINDINGS, Keymap, Rebinding, Start};
use pdscopes::domain::{CopyOutcome, CopyRoute};
use tempfile::TempDir;

use crate::program::{Run, finish, pdscopes};
use crate::stage::Stage;

fn room(config: &str) -> (TempDir, PathBuf) {
    let room = tempfile::tempdir().expect("a directory");
    let file = room.path().join("pdscopes").join("config.toml");
    fs::create_dir(room.path().join("pdscopes")).expect("a directory");
    fs::write(&file, config).expect("a file");
    (room, file)
}

fn run_with(config: &str, arguments: &[&str]) -> Run {
    let (_room, file) = room(config);
    finish(pdscopes().arg("--config").arg(file).args(arguments))
}

const TWO: [&str; 3] = ["scopes", "pipedrive_list_deals", "pipedrive_list_users"];

#[test]
fn a_flag_wins_over_the_variable_which_wins_over_the_file() {
    let (room, _) = room("separator = \"comma\"");
    let answer = |variable: Option<&str>, flags: &[&str]| {
        let mut command = pdscopes();
        command.env("XDG_CONFIG_HOME", room.path()).args(flags).args(TWO);
        if let Some(flags) = variable {
            command.env("PDSCOPES_OPTS", flags);
        }
        finish(&mut command).stdout
    };
    assert_eq!(answer(None, &["--config", "none"]), "deals:read users:read\n");
    assert_eq!(answer(None, &[]), "deals:read,users:read\n");
    assert_eq!(answer(Some("--separator pipe"), &[]), "deals:read|users:read\n");
    let semicolon = ["--separator", "semicolon"];
    assert_eq!(answer(Some("--separator pipe"), &semicolon), "deals:read;users:read\n");
}

#[cfg(unix)]
#[test]
fn the_file_is_found_under_home_too_and_need_not_be_there() {
    let (room, _) = room("separator = \"pipe\"");
    let home = tempfile::tempdir().expect("a directory");
    let from_home = || {
        finish(pdscopes().env_remove("XDG_CONFIG_HOME").env("HOME", home.path()).args(TWO)).stdout
    };
    assert_eq!(from_home(), "deals:read users:read\n");
    fs::rename(room.path(), home.path().join(".config")).expect("it can be moved");
    assert_eq!(from_home(), "deals:read|users:read\n");
    for variable in ["HOME", "XDG_CONFIG_HOME"] {
        let run = finish(pdscopes().env(variable, "/dev/null").args(TWO));
        assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("deals:read users:read\n", ""));
    }
}

/// As under `sudo` or in a container, where `HOME` may be another user's. Root may go anywhere.
#[cfg(unix)]
#[test]
fn a_home_that_may_not_be_entered_is_noted_and_a_link_that_leads_nowhere_is_an_error() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let (room, file) = room("separator = \"pipe\"");
    let found = || finish(pdscopes().env("XDG_CONFIG_HOME", room.path()).args(TWO));
    let permit = |mode| {
        fs::set_permissions(room.path(), fs::Permissions::from_mode(mode)).expect("it is ours");
    };
    permit(0);
    if fs::symlink_metadata(&file).is_err() {
        let run = found();
        assert_eq!(run.stdout, "deals:read users:read\n");
        assert!(run.stderr.starts_with("note: No settings are read: "), "{}", run.stderr);
    }
    permit(0o700);
    fs::remove_file(&file).expect("it is ours");
    symlink("nowhere", &file).expect("a link");
    let run = found();
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("cannot be read"), "{}", run.stderr);
}

#[test]
fn a_file_that_cannot_be_used_is_told_with_its_place_and_never_passed_over() {
    let mut sentences = String::new();
    for config in [
        "theme = \"drak\"",
        "# mine\nmouse = \"no\"",
        "sparator = \"comma\"",
        "separator = \"comma",
        "[keys.browsing]\nundo = \"z\"\ncopy-scope = \"y\"",
        "[keys.browsing]\nundo = [\"u\",\n  \"y\"]",
        "[keys.typing]\nundo = \"ctrl-h\"",
        "[keys.typing]\nundo = \"u\"",
        "[keys.browsing]\nundo = \"f0\"",
        "[keys.browsing]\nundo = \"f+5\"",
        "[keys.browsing]\nundo = \"ctrl-\\u0003\"",
        "[keys.browsing]\nundo = \"\\t\"",
        "escape-timeout = 0",
        "escape-timeout = \"50\"",
        "[keys.browsing]\nleave = []",
        "theme = \"\u{1b}[31m\"",
        "\"\u{202e}\" = 1",
    ] {
        let (_room, file) = room(config);
        let told = |arguments: &[&str]| {
            let run = finish(pdscopes().arg("--config").arg(&file).args(arguments));
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{config}: {}", run.stderr);
            assert!(!run.stderr.trim_end().contains(char::is_control), "{:?}", run.stderr);
            run.stderr.replace(&*file.to_string_lossy(), "config.toml")
        };
        assert_eq!(told(&["scopes", "--all"]), told(&[]), "for a script as for the screen");
        sentences += &told(&["list"]);
    }
    insta::assert_snapshot!("wrong_settings", sentences);
}

#[test]
fn a_named_file_must_be_there_and_be_text() {
    let (room, file) = room("");
    fs::write(&file, b"theme = \"\xff\"").expect("a file");
    let large = room.path().join("large.toml");
    fs::write(&large, vec![b'\n'; (1 << 20) + 1]).expect("a file");
    for (path, told) in [
        (Path::new("no/such/file.toml"), "no/such/file.toml cannot be read"),
        (room.path(), " is a directory; name a file."),
        (&file, ": The file is not valid UTF-8; save it as UTF-8."),
        (&large, " is larger than 1 MiB; give only what is needed of it."),
    ] {
        let run = finish(pdscopes().arg("--config").arg(path).arg("list"));
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
        assert!(run.stderr.contains(told), "{}", run.stderr);
    }
    let run = run_with("theme = 1", &["completions", "bash"]);
    assert_eq!(run.code, 0, "what the settings cannot change does not read them");
}

#[test]
fn clipboard_and_color_are_those_of_the_file() {
    let told = run_with("clipboard = \"off\"", &["clipboard"]).stdout;
    assert!(told.contains("--clipboard off"), "{told}");
    assert!(run_with("color = \"always\"", &["list", "deal"]).stdout.contains('\u{1b}'));
    let never = ["--color", "never", "list", "deal"];
    assert!(!run_with("color = \"always\"", &never).stdout.contains('\u{1b}'));
}

fn stage_with(rebindings: &[(bool, &str, &[&str])]) -> Stage {
    let rebindings: Vec<_> = rebindings
        .iter()
        .map(|(typing, command, keys)| Rebinding {
            typing: *typing,
            command: (*command).to_owned(),
            place: 0,
            keys: keys.iter().map(|key| ((*key).to_owned(), 0)).collect(),
        })
        .collect();
    let keymap = Keymap::with(&rebindings).expect("no key is taken twice");
    let start = Start { keymap, ..Start::default() };
    Stage::with(120, 50, start, CopyOutcome::Confirmed(CopyRoute::X11))
}

#[test]
fn hints_buttons_choices_help_and_heading_show_the_keys_that_are_bound() {
    let mut stage = stage_with(&[
        (true, "tick-down", &["f3"]),
        (true, "copy-scopes", &["alt-y"]),
        (true, "next-separator", &["f4"]),
        (true, "help", &["f9"]),
        (false, "actions", &["8"]),
        (false, "guide", &["9"]),
        (false, "select-all", &[]),
        (false, "next-separator", &["s"]),
        (false, "back", &["b", "esc"]),
    ]);
    stage.shows("F3 select").shows("[ Copy scopes Alt-Y ]").shows("Newline  F4").shows("F9 help");
    stage.press("<F3><Alt-Y>").shows("1 selected");
    assert_eq!(stage.copies(), ["users:read"]);
    stage.press("<F9>").shows("F3").hides("Ctrl-T").press("<PgDn>").shows("b Esc").press("b");
    stage.press("<Esc>").shows("[ Select all ").press("9").shows("[9 Guide]").press("b");
    stage.shows("b leave").press("b").shows("1 selected: Enter prints the scopes").press("b");
    assert!(stage.ending().is_some());
}

#[test]
fn no_sentence_names_a_key_that_was_taken_away() {
    let gone = ["undo", "back", "tick", "tick-down", "least-privilege"];
    let rebindings: Vec<(bool, &str, &[&str])> = gone
        .iter()
        .flat_map(|command| [(true, *command, &[][..]), (false, *command, &[])])
        .collect();
    let mut stage = stage_with(&rebindings);
    stage.press("<Enter>").shows("Nothing is selected: Enter again leaves.").press("pipeline");
    stage.paste("pipedrive_add_pipeline pipedrive_list_users");
    stage.shows("Selected 2 actions from the pasted list.");
    stage.shows("(accepts admin); least").shows("privilege gives scopes that work.");
    stage.press("<F2>a").shows("This is not for the guide.").press("jy");
    stage.shows("A step can't be copied.");
}

fn documentation() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/config.md");
    fs::read_to_string(path).expect("docs/config.md")
}

#[test]
fn the_documented_file_can_be_used_and_names_every_key() {
    let text = documentation();
    let example = text.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
    let example = example.expect("an example");
    let run = run_with(example, &TWO);
    assert_eq!((run.code, run.stdout.as_str()), (0, "deals:read users:read\n"), "{}", run.stderr);
    let unknown = run_with("qqq = 1", &["list"]).stderr;
    let keys =
        unknown.split("there are ").nth(1).unwrap_or_default().trim_end().trim_end_matches('.');
    assert_eq!(keys.split(", ").count(), 9, "{unknown}");
    for key in keys.split(", ") {
        assert!(example.contains(&format!("{key} = ")) || key == "keys", "{key} is not shown");
    }
}

#[test]
fn the_documented_commands_are_those_of_the_bindings() {
    // As they are written in the file: letters as they are, names in small letters.
    let written = |key: pdscopes::app::Key| match key.typed() {
        Some(' ') | None => key.to_string().to_lowercase(),
        Some(letter) => letter.to_string(),
    };
    let spans = |names: &str| {
        let keys = pdscopes::app::Key::named(names);
        keys.map(|key| format!("`{}`", written(key))).collect::<Vec<_>>().join(" ")
    };
    let rows = BINDINGS.iter().map(|binding| {
        let (typing, browsing) = (spans(binding.typing), spans(binding.browsing));
        format!("| `{}` | {} | {typing} | {browsing} |\n", binding.name, binding.words)
    });
    let table: String = rows.collect();
    assert!(documentation().ends_with(&table), "docs/config.md should end with:\n{table}");
}

#[cfg(unix)]
mod in_a_terminal {
    use super::*;
    use crate::pty::Pty;

    /// The screen with settings, as far as its first frame.
    fn screen_with(config: &str, flags: &str) -> (TempDir, Pty) {
        let (room, _) = room(config);
        let script =
            format!("XDG_CONFIG_HOME=$PWD LC_ALL=C.UTF-8 \"$PDSCOPES\" {flags}; echo exit=$?");
        let mut pty = Pty::shell(&script, room.path());
        pty.wait_for(if config.contains("accessible = true") {
            "Type words"
        } else {
            "List Users"
        });
        (room, pty)
    }

    #[test]
    fn the_look_of_the_screen_is_that_of_the_file() {
        screen_with("ascii = true", "")
            .1
            .wait_until("ASCII", |screen| screen.contents().is_ascii());
        screen_with("ascii = true", "--ascii=never")
            .1
            .wait_until("lines", |screen| screen.contents().contains('│'));
        let painted = |screen: &vt100::Screen| {
            screen.cell(0, 1).is_some_and(|cell| cell.bgcolor() != vt100::Color::Default)
        };
        screen_with("theme = \"high-contrast\"", "").1.wait_until("background", painted);
        screen_with("theme = \"high-contrast\"", "--theme dark")
            .1
            .wait_until("no background", |screen| !painted(screen));
        let coloured = |screen: &vt100::Screen| {
            screen.cell(0, 1).map(vt100::Cell::fgcolor) != Some(vt100::Color::Default)
        };
        screen_with("color = \"never\"", "").1.wait_until("no colour", |screen| !coloured(screen));
        screen_with("color = \"never\"", "--color always").1.wait_until("colour", coloured);
        screen_with("accessible = true", "").1.send("done\n").wait_for("exit=1");
        screen_with("", "").1.send("\u{3}").wait_for("exit=130");
    }

    #[test]
    fn a_command_that_is_copied_does_not_rely_on_the_settings() {
        let flags = "--config none --clipboard off --actions pipedrive_list_users";
        let (_room, mut pty) = screen_with("separator = \"comma\"", flags);
        pty.send("\u{1b}k").wait_for("pdscopes scopes --separator space pipedrive_list_users");
    }

    #[test]
    fn a_command_without_a_key_while_typing_is_not_said_to_have_one() {
        let (_room, mut pty) = screen_with("[keys.typing]\nundo = []", "");
        pty.send("\u{1b}a").wait_for("121 selected").send("\u{1b}c");
        pty.wait_for("Deselected 121 actions.");
        assert!(!pty.contents().contains("undoes it"), "{}", pty.contents());
        let flags = "--actions pipedrive_add_pipeline";
        let (_room, mut pty) = screen_with("[keys.typing]\nleast-privilege = []", flags);
        pty.wait_for("least privilege gives");
    }

    #[test]
    fn granted_scopes_can_be_entered_whatever_keys_are_taken_away() {
        let (_room, mut pty) = screen_with("[keys.typing]\ndone = []\nback = []", "");
        pty.send("\u{1b}+").wait_for("Enter apply").send("deals:read").wait_for("deals:read");
        pty.send("\r").wait_for("Your app's current scopes");
        pty.send("\u{1b}+").wait_for("Enter apply").send("\u{1b}").wait_for("121/121");
    }

    #[test]
    fn a_button_gives_up_a_long_name_of_its_key() {
        let config = "[keys.typing]\ncopy-url = \"ctrl-home\"\ncopy-scopes = \"alt-space\"";
        let (_room, mut pty) = screen_with(config, "");
        pty.resize(80, 24);
        pty.wait_for("[ Copy URL ]").wait_for("[ Copy scopes ]");
    }

    #[test]
    fn help_without_the_key_that_goes_back_names_another_that_closes_it() {
        let (_room, mut pty) = screen_with("[keys.browsing]\nback = []", "");
        pty.send("\u{1b}OP").wait_for("q close");
    }

    #[test]
    fn the_mouse_and_the_keys_are_those_of_the_file() {
        let clicks =
            |screen: &vt100::Screen| screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None;
        screen_with("mouse = false", "").1.wait_until("no clicks", |screen| !clicks(screen));
        screen_with("mouse = false", "--mouse").1.wait_until("clicks", clicks);
        let (_room, mut pty) = screen_with("[keys.typing]\ntick-down = \"f5\"", "");
        pty.wait_for("F5 select").send("\u{1b}[15~").wait_for("1 selected");
    }
}
