//! The tests that hold the whole program, in one binary.
//!
//! - `cli`: the built binary as a script calls it: each subcommand, its forms, its exit codes
//! - `command_line`: the shell command that the screen copies gives what the screen shows
//! - `help`: what `--help` says, and that each of its examples runs
//! - `hostile`: input that is not what it should be
//! - `schema`: the JSON documents against their schema
//! - `completions`: the scripts that shells read, and the manual pages

mod cli;
#[cfg(unix)]
mod command_line;
mod completions;
mod help;
mod hostile;
mod program;
mod schema;
