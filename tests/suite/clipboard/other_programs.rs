//! The programs that a copy goes through, played by scripts, and a display that never answers.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Stdio;

use tempfile::TempDir;

use super::helper;
use crate::program::{command, output, pdscopes, spawn};

const CHECK_TEXT: &str = "pdscopes clipboard check";

/// A directory with one program that is a shell script.
struct Played(TempDir);

impl Played {
    fn new(name: &str, script: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        // Written by a process of its own: one that another test starts meanwhile would inherit the
        // open file, and nothing can be run that is open for writing.
        let mut writer = spawn(
            command("sh")
                .args(["-c", "cat > \"$0\" && chmod +x \"$0\""])
                .arg(directory.path().join(name))
                .stdin(Stdio::piped()),
        );
        let mut stdin = writer.stdin().take().unwrap();
        writeln!(stdin, "#!/bin/sh\ncd '{}'\n{script}", directory.path().display()).unwrap();
        drop(stdin);
        assert!(writer.wait().unwrap().success());
        Self(directory)
    }

    fn path(&self) -> String {
        format!("{}:/usr/bin:/bin", self.0.path().display())
    }

    fn written(&self, file: &str) -> String {
        fs::read_to_string(self.0.path().join(file)).unwrap_or_default()
    }
}

/// What `pdscopes clipboard` prints in an environment of these variables alone.
fn clipboard(arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let mut command = pdscopes();
    command.arg("clipboard").args(arguments).env_clear().envs(environment.iter().copied());
    let output = output(&mut command);
    String::from_utf8(output.stdout).unwrap()
}

fn last_line(printed: &str) -> &str {
    printed.lines().last().unwrap_or_default().trim()
}

#[test]
fn without_any_way_it_says_so_and_why() {
    let printed = clipboard(&["--check"], &[("TERM", "linux")]);
    let outcome = last_line(&printed);
    assert!(outcome.starts_with("Not copied: "), "{printed}");
    assert!(outcome.ends_with("a terminal of type linux takes no copies"), "{printed}");
}

#[test]
fn without_check_nothing_is_copied() {
    let tmux = Played::new("tmux", "echo \"$@\" >> asked");
    let environment = [("TERM", "tmux"), ("TMUX", "x"), ("PATH", &tmux.path())];
    let printed = clipboard(&[], &environment);
    assert!(printed.contains("first  tmux's buffer"), "{printed}");
    assert_eq!(tmux.written("asked"), "-V\nshow-options -s -v set-clipboard\n");
}

#[test]
fn tmux_gets_the_text_on_stdin_to_pass_on() {
    let tmux = Played::new(
        "tmux",
        r#"case "$*" in
            -V) echo 'tmux 3.3a';;
            'show-options -s -v set-clipboard') echo external;;
            'load-buffer -w -') cat > buffer;;
            *) exit 1;;
        esac"#,
    );
    let environment = [("TERM", "tmux"), ("TMUX", "x"), ("PATH", &tmux.path())];
    let printed = clipboard(&["--check"], &environment);
    assert!(printed.contains("set-clipboard  external"), "{printed}");
    assert_eq!(last_line(&printed), "Copied to tmux and sent to your terminal");
    assert_eq!(tmux.written("buffer"), CHECK_TEXT);
}

#[test]
fn a_tmux_that_cannot_pass_the_text_on_is_not_said_to() {
    let tmux = Played::new(
        "tmux",
        r#"case "$*" in
            'load-buffer -') cat > buffer;;
            *) echo 'usage: load-buffer [-b buffer-name] path' >&2; exit 1;;
        esac"#,
    );
    let environment = [("TERM", "tmux"), ("TMUX", "x"), ("PATH", &tmux.path())];
    assert_eq!(
        last_line(&clipboard(&["--check"], &environment)),
        "Copied to tmux only: this tmux cannot pass it to your terminal"
    );
    assert_eq!(tmux.written("buffer"), CHECK_TEXT);
}

#[test]
fn a_tmux_that_fails_is_quoted() {
    let tmux = Played::new("tmux", "echo 'no server running on /x' >&2; exit 1");
    let environment = [("TERM", "tmux"), ("TMUX", "x"), ("PATH", &tmux.path())];
    assert_eq!(
        last_line(&clipboard(&["--check"], &environment)),
        "Not copied: tmux says: no server running on /x"
    );
}

#[test]
fn a_tmux_that_does_not_answer_is_not_asked_twice() {
    let script = r#"case "$1" in
            load-buffer) echo "$*" >>asked; mkfifo never; read -r line <never;;
        esac"#;
    let tmux = Played::new("tmux", script);
    let environment = [("TERM", "tmux"), ("TMUX", "x"), ("PATH", &tmux.path())];
    let printed = clipboard(&["--check"], &environment);
    assert_eq!(last_line(&printed), "Not copied: tmux did not answer in 1.5s");
    assert_eq!(tmux.written("asked"), "load-buffer -w -\n");
}

#[test]
fn in_wsl_powershell_gets_the_text_in_base64() {
    let powershell = Played::new("powershell.exe", "base64 -d > clipboard");
    let environment =
        [("TERM", "xterm"), ("WSL_DISTRO_NAME", "Debian"), ("PATH", &powershell.path())];
    let printed = clipboard(&["--check"], &environment);
    assert_eq!(last_line(&printed), "Copied (Windows clipboard)");
    assert_eq!(powershell.written("clipboard"), CHECK_TEXT);
}

#[test]
fn a_display_that_never_answers_costs_no_more_than_a_reason_and_leaves_no_helper() {
    let (listener, display) = listener_of_a_display();
    let printed = clipboard(&["--check"], &[("TERM", "linux"), ("DISPLAY", &display)]);
    let expected = format!("Not copied: X11 (DISPLAY={display}): no answer in 1.5s; ");
    assert!(last_line(&printed).starts_with(&expected), "{printed}");
    // The connection ends with the helper, its only owner.
    let mut connection = listener.accept().unwrap().0;
    let mut asked = Vec::new();
    connection.read_to_end(&mut asked).unwrap();
    assert!(!asked.is_empty(), "the helper had begun to talk");
}

#[test]
fn a_helper_that_nobody_waits_for_ends_by_itself() {
    let (listener, display) = listener_of_a_display();
    let output = output(helper("").env("DISPLAY", display));
    drop(listener);
    assert!(!output.status.success());
    let answer = String::from_utf8(output.stdout).unwrap();
    assert_eq!(answer, "", "an answer that would be taken for a success");
}

/// A socket that takes connections for an X display and says nothing, and that display's name.
fn listener_of_a_display() -> (TcpListener, String) {
    const FIRST_PORT: u16 = 6000;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, format!("127.0.0.1:{}", port - FIRST_PORT))
}
