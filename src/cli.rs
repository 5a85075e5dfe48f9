//! The same answers for scripts: arguments in, text out.
//!
//! [`parse`] turns the command line into an [`Invocation`] and touches neither catalog nor files.
//! Each subcommand has a file of its own, and writes only when its answer is complete.

mod arguments;
pub mod commands;
pub mod config;
pub mod input;
mod look;
mod output;
mod parse;
mod preferences;
mod screen;

pub use arguments::Arguments;
pub use look::{ThemeChoice, When};
pub use output::{note, print_error};
pub use parse::{Invocation, parse};
pub use preferences::Preferences;

use std::io::{self, Write};

use crate::domain::{Catalog, sanitize};
use crate::error::Exit;

/// Says which program this is, and which catalog its answers come from.
pub fn version(catalog: &Catalog, out: &mut Vec<u8>) -> io::Result<Exit> {
    writeln!(out, "pdscopes {}", env!("CARGO_PKG_VERSION"))?;
    let (name, fingerprint) = (sanitize(&catalog.connector().name), catalog.fingerprint());
    let (actions, scopes) = (catalog.len(), catalog.scopes().len());
    writeln!(out, "catalog {name}: {actions} actions, {scopes} scopes, {fingerprint}")?;
    Ok(Exit::Done)
}
