//! Copying, by the built program: `pdscopes clipboard`, and the helper that holds a copy.
#![cfg(all(unix, not(target_os = "macos")))]

mod displays;
mod other_programs;

use std::process::Command;

use crate::program::{PROGRAM, command};

/// The helper for an X display. It makes a session of its own, which the first process of one cannot.
fn helper(redirection: &str) -> Command {
    let mut shell = command("sh");
    shell.args(["-c", &format!("\"$0\" __clipboard-serve x11 {redirection}; exit $?"), PROGRAM]);
    shell
}
