use std::path::Path;

use crate::cli::input::source;
use crate::cli::output::StdoutStyle;
use crate::cli::preferences::Preferences;
use crate::domain::Catalog;
use crate::error::Error;

/// The most bytes of a list of names. More come from a pipe that does not end.
pub const LARGEST_INPUT: u64 = 64 << 20;

/// The input and the look of every subcommand.
pub struct Context<'a> {
    pub catalog: &'a Catalog,
    pub preferences: &'a Preferences,
    pub style: StdoutStyle,
    /// Sentences for stderr, after the answer.
    pub notes: Vec<String>,
    /// It gives its text once.
    stdin_is_read: bool,
}

impl<'a> Context<'a> {
    pub fn new(catalog: &'a Catalog, preferences: &'a Preferences) -> Self {
        Self {
            catalog,
            preferences,
            style: StdoutStyle::of_stdout(),
            notes: Vec::new(),
            stdin_is_read: preferences.catalog.as_deref() == Some(Path::new("-")),
        }
    }

    pub fn read_stdin(&mut self) -> Result<Vec<u8>, Error> {
        if std::mem::replace(&mut self.stdin_is_read, true) {
            return Err(Error::StdinTwice);
        }
        source::read_stdin(LARGEST_INPUT, &mut |_, _| true)
    }
}
