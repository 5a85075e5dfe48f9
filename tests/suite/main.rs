//! Everything that is tested from outside the crate, in one binary.
//!
//! The screen:
//! - `stage`: the real loop on a terminal in memory, for the others to drive
//! - `journeys`: what a person does, key by key and click by click
//! - `loading`: the same, while the catalog is still read
//! - `guide_screen`: the same, in the guide
//! - `line_mode`: the panel line by line, and that it comes to the same as the screen
//! - `offers`: that a key which the screen names does something there
//! - `screens`: what they see, at several sizes
//! - `looks`: without colour, in themes, in ASCII, and with characters of any width
//! - `properties`: what holds after any sequence of events
//! - `soak`: anything, for a long time
//! - `long_texts`: texts of megabytes, of which little is in sight
//! - `terminal`: the built program in a real pseudo-terminal, which `pty` opens and reads; how it
//!   `ends`, `stops` and `panics`
//! - `clipboard`: copies that reach other programs, and hold
//!
//! Scripts:
//! - `cli`: the built `program` as a script calls it: each subcommand, its forms, its exit codes
//! - `command_line`: the shell command that the screen copies gives what the screen shows
//! - `config`: the settings in a file
//! - `help`: what `--help` says, and that each of its examples runs
//! - `hostile`: input that is not what it should be
//! - `granted`: what people hand over as the scopes that an app has, and that no secret comes out
//! - `schema`: the JSON documents against their schema
//! - `costs`: what is written against what there is, and names of any length
//! - `formats`: catalogs in every form, from outside and back
//! - `described`: catalogs that say what an API accepts
//! - `completions`: Tab in real `shells`, the scripts that these read, and the manual pages
//!
//! What the project says:
//! - `catalog`: the data against the facts that it is made from
//! - `reference`: the comparison of the reference with a newer client
//! - `readme`: what the README says and shows against the code
//! - `rooms`: that each room uses only what the contributors' page gives it

mod catalog;
mod cli;
mod clipboard;
#[cfg(unix)]
mod command_line;
mod completions;
mod config;
mod costs;
mod described;
mod formats;
mod granted;
mod guide_screen;
mod help;
mod hostile;
mod journeys;
mod line_mode;
mod loading;
mod long_texts;
mod looks;
mod offers;
#[path = "../../examples/screenshot/picture.rs"]
mod picture;
mod program;
mod properties;
#[cfg(unix)]
mod pty;
mod readme;
mod reference;
mod rooms;
mod schema;
mod screens;
mod soak;
mod stage;
#[cfg(unix)]
mod terminal;
