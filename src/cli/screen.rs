#[cfg(unix)]
use std::fs::File;
use std::io::{self, IsTerminal};
use std::path::Path;

use clap::{Args, ValueHint};

use crate::cli::input::{Context, Delimiter, action_selector, scopes_of, source};
use crate::cli::look::{resolve, value_name};
use crate::cli::preferences::Preferences;
use crate::domain::{Catalog, CommandStart, ScopeList, Selection, Separator};
use crate::error::{Error, Source};

/// The names of stdin.
const STDIN: [&str; 4] = ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"];

/// The selection and the query with which the screen opens.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Starting state of the screen")]
pub struct StartFlags {
    /// Select these actions: ids or globs, separated by commas; `-` reads them from stdin
    #[arg(long, value_name = "ID,ID")]
    pub actions: Vec<String>,

    /// Select the actions of this guide URL
    #[arg(long, value_name = "URL")]
    pub from_url: Option<String>,

    /// Put this text in the search box
    #[arg(short, long, value_name = "TEXT")]
    pub query: Option<String>,

    /// Show least privilege instead of the guide's scopes
    #[arg(long)]
    pub least: bool,

    /// Your app's current scopes: a list, a file, a guide URL, or `-` for stdin
    #[arg(long, value_name = "SCOPES", value_hint = ValueHint::FilePath)]
    #[arg(allow_hyphen_values = true)]
    pub granted: Option<String>,
}

impl StartFlags {
    /// Refuses what would be typed while the screen is up: its reader would take the keys.
    pub fn refuse_typed_input(&self, preferences: &Preferences) -> Result<(), Error> {
        // Without a catalog to wait for, they are all read before the screen is up.
        let is_typed =
            preferences.catalog.is_some() && self.read_paths(preferences).any(is_terminal);
        if is_typed { Err(Error::TypedInput) } else { Ok(()) }
    }

    /// Returns `true` if stdin is a pipe or a file, and no flag reads it.
    pub fn ignores_stdin(&self, preferences: &Preferences) -> bool {
        source::stdin_is_input() && !self.read_paths(preferences).any(is_stdin)
    }

    /// The arguments that may name a file to read.
    fn read_paths<'a>(&'a self, preferences: &'a Preferences) -> impl Iterator<Item = &'a Path> {
        let named = self.actions.iter().chain(&self.granted).map(Path::new);
        named.chain(preferences.catalog.as_deref())
    }

    /// The first flag that was given.
    pub fn given(&self) -> Option<&'static str> {
        let flags = [
            (!self.actions.is_empty(), "--actions"),
            (self.from_url.is_some(), "--from-url"),
            (self.query.is_some(), "--query"),
            (self.least, "--least"),
            (self.granted.is_some(), "--granted"),
        ];
        flags.into_iter().find_map(|(given, flag)| given.then_some(flag))
    }

    /// The flag that names actions to select. [`given`](Self::given) looks for these first.
    pub fn names_actions(&self) -> Option<&'static str> {
        self.given().filter(|flag| ["--actions", "--from-url"].contains(flag))
    }

    /// Looks up the named actions, and the scopes that the app has if the flags say so. Reads stdin
    /// for `-`.
    pub fn resolve(
        &self,
        catalog: &Catalog,
        preferences: &Preferences,
    ) -> Result<(Selection, Option<ScopeList>), Error> {
        let mut context = Context::new(catalog, preferences);
        let (source, url) = (Source::Flag("--actions"), self.from_url.as_deref());
        let selection = action_selector::resolve(&self.actions, source, url, &mut context)?;
        let granted = |text: &String| scopes_of(text, Source::Flag("--granted"), &mut context);
        Ok((selection, self.granted.as_ref().map(granted).transpose()?))
    }
}

impl Preferences {
    /// The parts of a shell command that select the same catalog and separator.
    pub fn command_start(&self) -> CommandStart {
        let absolute = |path| std::path::absolute(path).ok()?.into_os_string().into_string().ok();
        let path = self.catalog.as_deref().filter(|path| is_reusable(path)).and_then(absolute);
        let is_lost = self.catalog.is_some() && path.is_none();
        let catalog = path.map(|path| format!("--catalog={path}"));
        let listed = self.listed_scopes.as_ref().map(value_name);
        let listed = listed.map(|name| format!("--listed-scopes={name}"));
        let scheme = self.scheme.as_ref().map(|scheme| format!("--scheme={scheme}"));
        CommandStart {
            catalog_flags: [catalog, listed, scheme].into_iter().flatten().collect(),
            is_lost,
            names_separator: self.separator.is_some() || self.config.is_some(),
        }
    }

    /// The separator of the screen, which must be one of the five.
    pub fn screen_separator(&self) -> Result<Separator, Error> {
        match &self.separator {
            None => Ok(Separator::default()),
            Some(Delimiter::Separator(separator)) => Ok(*separator),
            Some(Delimiter::Text(_)) => Err(Error::usage(
                "pdscopes",
                format!(
                    "The separators of the screen are {}; other text is for `pdscopes scopes`",
                    Separator::NAMES
                ),
            )),
        }
    }

    /// `auto` leaves it to `NO_COLOR`. It does not matter whether stdout is a terminal: the screen is one.
    pub fn wants_colour(&self) -> bool {
        let is_allowed = || std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        resolve(self.color.unwrap_or_default(), is_allowed)
    }

    /// Returns `true` if a line-by-line dialogue takes the place of the screen.
    pub fn is_accessible(&self) -> bool {
        let is_dumb = || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        resolve(self.accessible.unwrap_or_default(), is_dumb)
    }
}

fn is_stdin(path: &Path) -> bool {
    STDIN.iter().any(|name| path == *name)
}

/// Returns `true` for a terminal, whatever its name.
fn is_terminal(path: &Path) -> bool {
    if is_stdin(path) { io::stdin().is_terminal() } else { is_terminal_device(path) }
}

/// Opens devices only: a pipe would wait for its writer.
#[cfg(unix)]
fn is_terminal_device(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;

    path.metadata().is_ok_and(|file| file.file_type().is_char_device())
        && File::open(path).is_ok_and(|file| file.is_terminal())
}

#[cfg(not(unix))]
fn is_terminal_device(_: &Path) -> bool {
    false
}

/// Returns `true` if another program finds the same under this path. `-`, `/dev/stdin` and a shell's
/// `<(command)` exist for this one alone.
fn is_reusable(path: &Path) -> bool {
    let is_private =
        (path.starts_with("/dev") && !path.starts_with("/dev/shm")) || path.starts_with("/proc");
    path.is_file() && !is_private
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_this_program_finds_is_not_reusable() {
        assert!(is_reusable(&Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")));
        #[cfg(target_os = "linux")]
        {
            let shared = tempfile::NamedTempFile::new_in("/dev/shm").expect("a file in memory");
            assert!(is_reusable(shared.path()));
        }
        for path in ["-", "/dev/stdin", "/dev/fd/63", "/proc/self/fd/0", "/dev/null", "."] {
            assert!(!is_reusable(Path::new(path)), "{path}");
        }
    }
}
