//! The one way in which tests start the built program and what stands around it: in a session of its
//! own, so that it cannot open the terminal that the tests run in, and in an environment that says
//! nothing of the person who runs them.

use std::ffi::OsStr;
use std::io::Write;
#[cfg(unix)]
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;

#[cfg(unix)]
use process_wrap::std::ProcessSession;
use process_wrap::std::{ChildWrapper, CommandWrap};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_pdscopes");

/// What a run of the program left behind.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

/// A command in an environment that has a path to programs and no more.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.env_clear();
    // Windows starts nothing without its own directory.
    for name in ["PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP"] {
        command.envs(std::env::var_os(name).map(|value| (name, value)));
    }
    command.stdin(Stdio::null());
    command
}

pub fn pdscopes() -> Command {
    command(PROGRAM)
}

/// Starts a command where it has no terminal.
pub fn spawn(command: &mut Command) -> Box<dyn ChildWrapper> {
    let command = std::mem::replace(command, Command::new(""));
    let mut command = CommandWrap::from(command);
    #[cfg(unix)]
    command.wrap(ProcessSession);
    command.spawn().expect("it starts")
}

pub fn run<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Run {
    finish(pdscopes().args(arguments))
}

/// Runs with `input` on stdin.
pub fn feed(arguments: &[&str], input: impl Into<Vec<u8>>) -> Run {
    let mut command = pdscopes();
    let mut child = spawn(piped(command.args(arguments).stdin(Stdio::piped())));
    let mut stdin = child.stdin().take().expect("a pipe");
    let input = input.into();
    // A program that reads nothing must not keep the test from reading what it writes.
    let writer = thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("the writer ends");
    read(output)
}

pub fn finish(command: &mut Command) -> Run {
    read(output(command))
}

/// Runs a command to its end.
pub fn output(command: &mut Command) -> Output {
    spawn(piped(command)).wait_with_output().expect("it ends")
}

fn piped(command: &mut Command) -> &mut Command {
    command.stdout(Stdio::piped()).stderr(Stdio::piped())
}

fn read(output: Output) -> Run {
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

/// Runs lines in a shell, with the built program first in `PATH` and `directory` as the home.
#[cfg(unix)]
pub fn in_shell(shell: &str, lines: &str, directory: &Path) -> Output {
    let first = Path::new(PROGRAM).parent().expect("it lies in a directory").display();
    let others = std::env::var("PATH").unwrap_or_default();
    output(
        command(shell)
            .args(["-c", lines])
            .env("PATH", format!("{first}:{others}"))
            .env("HOME", directory)
            .current_dir(directory),
    )
}

/// Whether a test that needs this shell can run.
#[cfg(unix)]
pub fn is_installed(shell: &str) -> bool {
    command(shell).args(["-c", "exit"]).status().is_ok()
}
