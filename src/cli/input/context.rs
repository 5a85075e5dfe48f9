use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::cli::input::delimiter::Delimiter;
use crate::cli::output::paint::Paint;
use crate::cli::preferences::Preferences;
use crate::domain::Catalog;
use crate::error::{Error, Source};

/// More than this many bytes are no list of names, but a pipe that does not end.
const LARGEST_INPUT: u64 = 64 << 20;

/// What every subcommand works with.
pub struct Context<'a> {
    pub catalog: &'a Catalog,
    /// The separator that was given before the subcommand, if any.
    pub separator: Option<Delimiter>,
    pub paint: Paint,
    /// What is said on stderr after the answer.
    pub notes: Vec<String>,
    stdin: Stdin,
}

/// stdin gives its text once.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stdin {
    Unread,
    Read,
}

impl<'a> Context<'a> {
    pub fn new(catalog: &'a Catalog, preferences: &Preferences) -> Self {
        Self {
            catalog,
            separator: preferences.separator.clone(),
            paint: Paint::for_stdout(),
            notes: Vec::new(),
            stdin: match &preferences.catalog {
                Some(path) if path == Path::new("-") => Stdin::Read,
                Some(_) | None => Stdin::Unread,
            },
        }
    }

    pub fn read_stdin(&mut self) -> Result<Vec<u8>, Error> {
        if self.stdin == Stdin::Read {
            return Err(Error::StdinTwice);
        }
        self.stdin = Stdin::Read;
        read(io::stdin().lock(), Source::Stdin)
    }
}

pub fn read_file(path: &Path) -> Result<Vec<u8>, Error> {
    let source = Source::File(path.to_owned());
    match File::open(path) {
        Ok(file) => read(file, source),
        Err(error) => Err(Error::Unreadable { source, error }),
    }
}

fn read(input: impl Read, source: Source) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    match input.take(LARGEST_INPUT + 1).read_to_end(&mut bytes) {
        Err(error) => Err(Error::Unreadable { source, error }),
        Ok(_) if bytes.len() as u64 > LARGEST_INPUT => {
            Err(Error::TooLarge { source, limit: LARGEST_INPUT })
        }
        Ok(_) => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_that_does_not_end_is_given_up() {
        assert!(matches!(read(io::repeat(b'\n'), Source::Stdin), Err(Error::TooLarge { .. })));
    }

    #[test]
    fn a_directory_is_told_as_unreadable() {
        let refused = read_file(Path::new("src"));
        assert!(matches!(refused, Err(Error::Unreadable { .. })));
    }
}
