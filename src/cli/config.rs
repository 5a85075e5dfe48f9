//! The user's settings: options that they would otherwise pass every time.

mod path;
mod read;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::ColorChoice;

use crate::cli::input::delimiter::Delimiter;
use crate::cli::look::{ThemeChoice, When};
use crate::domain::Position;
use crate::error::Error;
use crate::shell::clipboard::Choice;

pub use read::KeyEntry;

/// The most bytes of a settings file.
const LARGEST_FILE: u64 = 1 << 20;

/// The settings; `None` for each that the file leaves open.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub theme: Option<ThemeChoice>,
    pub separator: Option<Delimiter>,
    pub mouse: Option<bool>,
    pub clipboard: Option<Choice>,
    pub ascii: Option<When>,
    pub accessible: Option<When>,
    pub color: Option<ColorChoice>,
    /// The time to wait after an ESC before it counts as the key Esc.
    pub escape_timeout: Option<Duration>,
    /// In the order of the file.
    pub keys: Vec<KeyEntry>,
}

/// A settings file that has been read.
#[derive(Clone, Debug, Default)]
pub struct Config {
    pub settings: Settings,
    /// The path of the settings file; empty if there is none.
    pub path: PathBuf,
    /// The text of the file.
    text: String,
}

impl Config {
    /// Reads the file that `--config` names, or else the user's own, which need not exist.
    ///
    /// # Errors
    /// The named file does not exist, or a file cannot be read or used. The error has the line.
    pub fn load(named: Option<&Path>) -> Result<Self, Error> {
        let (path, must_be_there) = match named {
            Some(none) if none.as_os_str() == "none" => return Ok(Self::default()),
            Some(path) => (path.to_owned(), true),
            None => match path::own(|name| std::env::var_os(name)) {
                Some(path) => (path, false),
                None => return Ok(Self::default()),
            },
        };
        match text_of(&path) {
            Ok(text) => Self::parse(path, text),
            Err(error) if is_absent(&error) && !must_be_there => Ok(Self::default()),
            Err(error) => {
                let reason = format!(
                    "The settings cannot be read ({error}); correct the file, or use --config none."
                );
                Err(Error::Config { path, place: None, reason })
            }
        }
    }

    fn parse(path: PathBuf, text: String) -> Result<Self, Error> {
        match read::read(&text) {
            Ok(settings) => Ok(Self { settings, path, text }),
            Err((place, reason)) => Err(Error::Config { path, place: Some(place), reason }),
        }
    }

    /// The error for a key that cannot be bound.
    pub fn wrong_key(&self, entry: usize, key: Option<usize>, reason: String) -> Error {
        let entry = self.settings.keys.get(entry);
        let place = entry.and_then(|entry| match key {
            Some(key) => entry.keys.get(key).map(|(_, place)| *place),
            None => Some(entry.place),
        });
        let place = place.map(|place| Position::of(&self.text, place));
        Error::Config { path: self.path.clone(), place, reason }
    }
}

/// A part of the path may be no directory, as with `HOME=/dev/null`.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn text_of(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LARGEST_FILE {
        return Err(io::Error::other("it is larger than 1 MiB"));
    }
    String::from_utf8(bytes).map_err(|_| io::Error::other("it is not valid UTF-8"))
}
