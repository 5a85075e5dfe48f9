//! The user's settings: options that they would otherwise pass every time.

mod read;

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::Duration;
use std::{env, fs};

use crate::app::Keymap;
use crate::cli::input::source::read_file;
use crate::cli::look::When;
use crate::cli::output::choose_color;
use crate::cli::preferences::Preferences;
use crate::domain::excerpt;
use crate::error::Error;

/// The most bytes of a settings file.
const LARGEST_FILE: u64 = 1 << 20;

/// The settings that have no flag.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The time to wait after an ESC before it counts as the key Esc.
    pub escape_timeout: Option<Duration>,
    pub keymap: Keymap,
}

impl Config {
    /// Reads the file that `--config` names, or else the user's own, which need not exist. Fills
    /// in what no flag and, for line mode, no variable has set, and sets the colour of the whole process if
    /// the file names one. `notes` get a sentence if the user's own file is in a place that cannot be read.
    ///
    /// # Errors
    /// The named file does not exist, or a file cannot be read or used. The error has the line.
    pub fn load(preferences: &mut Preferences, notes: &mut Vec<String>) -> Result<Self, Error> {
        preferences.accessible = preferences.accessible.or_else(asked_for_lines);
        let path = match &preferences.config {
            Some(named) => Some(named.clone()).filter(|path| path.as_os_str() != "none"),
            None => own_file(notes),
        };
        let Some(path) = path else { return Ok(Self::default()) };
        let bytes = read_file(&path, LARGEST_FILE, &mut |_, _| true)?;
        let Ok(text) = String::from_utf8(bytes) else {
            let reason = "The file is not valid UTF-8; save it as UTF-8.".into();
            return Err(Error::Config { path, place: None, reason });
        };
        let mut config = Self::default();
        config.read(&text, preferences).map_err(|(place, reason)| Error::Config {
            path,
            place: Some(place),
            reason,
        })?;
        if let Some(color) = preferences.color {
            choose_color(color);
        }
        Ok(config)
    }
}

/// The user's own file. `None` if there is none, or none that can be reached.
fn own_file(notes: &mut Vec<String>) -> Option<PathBuf> {
    let path = own_path(|name| env::var_os(name))?;
    let Err(error) = fs::symlink_metadata(&path) else { return Some(path) };
    match error.kind() {
        // A part of the path may be no directory, as with `HOME=/dev/null`.
        ErrorKind::NotFound | ErrorKind::NotADirectory => None,
        // `HOME` of another user, as under `sudo` or in a container.
        ErrorKind::PermissionDenied => {
            let path = path.to_string_lossy();
            notes.push(format!(
                "No settings are read: {} ({error}); set HOME, or pass `--config none`.",
                excerpt(&path)
            ));
            None
        }
        // Reading it reports the error.
        _ => Some(path),
    }
}

/// The path of the user's own settings. Returns `None` if no directory for them is known.
///
/// A relative `XDG_CONFIG_HOME` does not count: it would mean another file in every directory.
fn own_path(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let directory =
        |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = if cfg!(windows) {
        directory("APPDATA")?
    } else {
        directory("XDG_CONFIG_HOME").or_else(|| Some(directory("HOME")?.join(".config")))?
    };
    Some(base.join("pdscopes").join("config.toml"))
}

fn asked_for_lines() -> Option<When> {
    const NOT_ASKED: [&str; 7] = ["", "0", "false", "no", "off", "never", "auto"];
    let value = env::var_os("PDSCOPES_ACCESSIBLE")?.to_ascii_lowercase();
    (!NOT_ASKED.iter().any(|word| value == *word)).then_some(When::Always)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_first_absolute_directory_counts() {
        for (set, expected) in [
            (&[("XDG_CONFIG_HOME", "/x"), ("HOME", "/h")][..], Some("/x/pdscopes/config.toml")),
            (&[("XDG_CONFIG_HOME", "x"), ("HOME", "/h")], Some("/h/.config/pdscopes/config.toml")),
            (&[("XDG_CONFIG_HOME", ""), ("HOME", "")], None),
            (&[], None),
        ] {
            let variable = |asked: &str| {
                set.iter().find(|(name, _)| *name == asked).map(|(_, value)| value.into())
            };
            assert_eq!(own_path(variable), expected.map(PathBuf::from), "{set:?}");
        }
    }
}
