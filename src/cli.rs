//! The same answers for scripts: arguments in, text out.
//!
//! [`parse`] turns the command line into an [`Invocation`] and touches neither catalog nor files.
//! Each subcommand has a file of its own, and writes only when its answer is complete.

mod arguments;
mod audit;
pub mod catalog;
mod check;
mod clipboard;
mod completions;
pub mod config;
mod context;
mod diff;
mod explain;
mod format;
mod guide;
mod joint;
mod list;
mod man;
mod naming;
mod paint;
mod parse;
mod scope_input;
mod scopes;
mod screen;
pub mod source;
mod subcommand;
mod table;
mod url;

pub use paint::{complain, note};
pub use parse::{Invocation, parse};
pub use screen::{Named, ScreenArgs, ScreenFlags, ThemeChoice, When};
pub use subcommand::Request;

use std::io::{self, Write};

use crate::domain::{Catalog, visible};
use crate::error::Exit;

/// Says which program this is, and which catalog its answers come from.
pub fn version(catalog: &Catalog, out: &mut impl Write) -> io::Result<Exit> {
    writeln!(out, "pdscopes {}", env!("CARGO_PKG_VERSION"))?;
    writeln!(
        out,
        "catalog {}: {} actions, {} scopes, {}",
        visible(&catalog.connector().name),
        catalog.len(),
        catalog.scopes().len(),
        catalog.fingerprint()
    )?;
    Ok(Exit::Done)
}
