//! Which OAuth scopes does an app need for the actions that an integration uses?

#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::dbg_macro, clippy::todo)]

pub mod cli;
pub mod domain;
pub mod error;
pub mod shell;

use std::ffi::OsString;
use std::io::{self, Write};

use cli::Invocation;
use domain::Catalog;
use error::{Error, Exit};

/// Runs the program: `arguments` with the program's own name first, and the default flags of
/// `PDSCOPES_OPTS`. What went wrong is said on stderr before this returns.
pub fn run(arguments: impl IntoIterator<Item = OsString>, default_flags: Option<OsString>) -> Exit {
    answer(arguments, default_flags).unwrap_or_else(|error| {
        let exit = error.exit();
        if exit != Exit::Done {
            cli::complain(&error);
        }
        exit
    })
}

fn answer(
    arguments: impl IntoIterator<Item = OsString>,
    default_flags: Option<OsString>,
) -> Result<Exit, Error> {
    let invocation = cli::parse(arguments, default_flags)?;
    let mut output = Vec::new();
    let exit = match invocation {
        Invocation::Help(text) => {
            output.extend(text.into_bytes());
            Exit::Done
        }
        Invocation::Version => cli::version(&Catalog::embedded()?, &mut output)?,
        Invocation::Screen(flags) => {
            flags.resolve(&Catalog::embedded()?)?;
            return Err(Error::NoTerminal);
        }
        Invocation::Subcommand(subcommand) => subcommand.run(&Catalog::embedded()?, &mut output)?,
    };
    // Whole or not at all: nothing is on stdout when an error ended the work above.
    let mut stdout = io::stdout().lock();
    stdout.write_all(&output)?;
    stdout.flush()?;
    Ok(exit)
}
