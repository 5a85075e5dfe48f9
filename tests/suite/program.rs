//! The built binary, and what it said.

use std::ffi::OsStr;
#[cfg(unix)]
use std::{path::Path, process::Output};

use assert_cmd::Command;

/// What a run of the program left behind.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

/// The program in an environment that says nothing about colour and default flags.
pub fn pdscopes() -> Command {
    let mut command = Command::cargo_bin("pdscopes").expect("cargo has built it");
    for variable in ["PDSCOPES_OPTS", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    // Nor about the settings of whoever runs the tests.
    command.env("XDG_CONFIG_HOME", "/nonexistent");
    command
}

pub fn run<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Run {
    finish(pdscopes().args(arguments))
}

/// Runs with `input` on stdin.
pub fn feed(arguments: &[&str], input: impl Into<Vec<u8>>) -> Run {
    finish(pdscopes().args(arguments).write_stdin(input.into()))
}

pub fn finish(command: &mut Command) -> Run {
    let output = command.output().expect("it starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it writes UTF-8");
    Run {
        stdout: text(output.stdout),
        stderr: text(output.stderr),
        code: output.status.code().expect("it ends by itself"),
    }
}

/// What a run that answers printed.
pub fn answer(arguments: &[&str]) -> String {
    let run = run(arguments);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{arguments:?}");
    run.stdout
}

/// Runs a line in a shell, with the built program first in `PATH`.
#[cfg(unix)]
pub fn in_shell(line: &str, directory: &Path) -> Output {
    let binary = assert_cmd::cargo::cargo_bin("pdscopes");
    let first = binary.parent().expect("it lies in a directory").display();
    let others = std::env::var("PATH").unwrap_or_default();
    std::process::Command::new("sh")
        .args(["-c", line])
        .env("PATH", format!("{first}:{others}"))
        .env_remove("PDSCOPES_OPTS")
        .current_dir(directory)
        .output()
        .expect("a shell")
}
