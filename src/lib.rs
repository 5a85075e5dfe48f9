//! Which OAuth scopes does an app need for the actions that an integration uses?
//!
//! [`run`] is the whole program. It reads the command line, and either answers a script or shows
//! the screen:
//!
//! ```text
//! run -> cli ----------------------> domain
//!    \-> shell -> view -> app -----> domain
//! ```
//!
//! - [`domain`]: what is known and what follows from it, without input or output. Begin with
//!   [`Catalog`], [`Selection`](domain::Selection) and [`Answer`](domain::Answer): whatever is
//!   shown, counted, copied or printed comes from the three.
//! - [`app`]: what the screen is about: a [`Model`](app::Model), and the messages that change it.
//!   [`update`](app::update) takes one and may return an effect to be carried out.
//! - [`view`]: what the model looks like. It changes nothing.
//! - [`shell`]: the terminal, signals and clipboards around the two.
//!   [`EventLoop`](shell::EventLoop) turns what happens into messages, and effects into deeds.
//! - [`cli`]: the same answers for scripts, from the domain and, to copy, the clipboards.
//! - [`error`]: every way to end, with its words and its exit code.
//!
//! The way of one key press through the files, and how to add to them, is in `CONTRIBUTING.md`.

#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::dbg_macro, clippy::todo)]

pub mod app;
pub mod cli;
pub mod domain;
pub mod error;
pub mod shell;
pub mod view;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use app::{BINDINGS, Binding, Key, Keymap, PendingArgs, Rebinding, Start};
use cli::commands::man::KeyHelp;
use cli::config::{Config, KeyEntry};
use cli::{Invocation, Named, ScreenArgs, ScreenFlags, ThemeChoice, When, input::source};
use domain::Catalog;
use error::{Error, Exit};
use shell::clipboard::Clipboard;
use shell::loader::{CatalogSource, LoadedCatalog};
use shell::{Ending, Left, Options};
use view::{Glyphs, Theme, ThemeName};

/// How long an ESC may stand alone before it is the key Esc, where the settings do not say. A link
/// is rarely slower in the middle of a key, and nobody notices the wait.
const ESCAPE_TIMEOUT: Duration = Duration::from_millis(50);

/// Runs the program: `arguments` with the program's own name first, and the default flags of
/// `PDSCOPES_OPTS`. Without an open stdout nothing that has an answer is begun. What went wrong is
/// said on stderr before this returns.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    default_flags: Option<OsString>,
    stdout_is_open: bool,
) -> Exit {
    answer(arguments, default_flags, stdout_is_open).unwrap_or_else(|error| {
        let exit = error.exit();
        if exit != Exit::Done {
            cli::print_error(&error);
        }
        exit
    })
}

fn answer(
    arguments: impl IntoIterator<Item = OsString>,
    default_flags: Option<OsString>,
    stdout_is_open: bool,
) -> Result<Exit, Error> {
    let invocation = cli::parse(arguments, default_flags)?;
    if !stdout_is_open {
        return Err(Error::ClosedOutput);
    }
    let (mut output, mut notes) = (Vec::new(), Vec::new());
    let exit = match invocation {
        Invocation::Help(text) => {
            output.extend(text.into_bytes());
            Exit::Done
        }
        Invocation::Version => cli::version(&Catalog::embedded_guide()?, &mut output)?,
        Invocation::Screen(flags) => {
            let config = Config::load(flags.config())?;
            let keymap = keymap_of(&config)?;
            let escape_timeout = config.settings.escape_timeout.unwrap_or(ESCAPE_TIMEOUT);
            screen(flags.over(config.settings), keymap, escape_timeout, &mut output, &mut notes)?
        }
        Invocation::Subcommand(request) if request.uses_settings() => {
            let config = Config::load(request.config())?;
            keymap_of(&config)?;
            let request = request.over(config.settings);
            request.run(&request.catalog()?, &mut output, &mut notes)?
        }
        Invocation::Subcommand(request) => {
            let request = request.with_keys(key_help());
            request.run(&request.catalog()?, &mut output, &mut notes)?
        }
    };
    // Whole or not at all: nothing is on stdout when an error ended the work above.
    let mut stdout = io::stdout().lock();
    stdout.write_all(&output)?;
    stdout.flush()?;
    notes.iter().for_each(cli::note);
    Ok(exit)
}

/// A wrong key is an error for every command, so that it is not found out on the screen at last.
fn keymap_of(config: &Config) -> Result<Keymap, Error> {
    let rebinding = |entry: &KeyEntry| Rebinding {
        typing: entry.typing,
        command: entry.command.clone(),
        keys: entry.keys.iter().map(|(name, _)| name.clone()).collect(),
    };
    let rebindings: Vec<_> = config.settings.keys.iter().map(rebinding).collect();
    Keymap::with(&rebindings)
        .map_err(|((entry, key), error)| config.wrong_key(entry, key, error.to_string()))
}

fn screen(
    flags: ScreenFlags,
    keymap: Keymap,
    escape_timeout: Duration,
    output: &mut Vec<u8>,
    notes: &mut Vec<String>,
) -> Result<Exit, Error> {
    let arguments = flags.arguments()?;
    let (theme, glyphs) = (theme_of(&arguments), glyphs_of(&arguments));
    let ScreenArgs { separator, mode, query, mouse, clipboard, accessible, .. } = arguments;
    let command = flags.command_start();
    let awaits = PendingArgs { ticks: flags.names_actions(), granted: flags.names_granted() };
    let start = Start { separator, mode, query, keymap, command, awaits, ..Start::default() };
    let copier = Box::new(Clipboard::new(clipboard));
    let left = if accessible {
        shell::line_mode::run(supplied(&flags)?, start, copier)
    } else {
        let options = Options { start, mouse, theme, glyphs, escape_timeout };
        shell::run(supply(flags)?, options, copier)
    };
    let Left { ending, failed_copy, warnings } = left?;
    notes.extend(warnings);
    if let Some(failed) = failed_copy {
        cli::note(failed);
    }
    match ending {
        Ending::NothingTicked => Err(Error::NothingTicked),
        Ending::Done(scopes) => {
            writeln!(output, "{scopes}")?;
            Ok(Exit::Done)
        }
        Ending::Left => Ok(Exit::Left),
        Ending::Terminated => Ok(Exit::Terminated),
        Ending::Hangup => Ok(Exit::HungUp),
        Ending::Failed(reason) => Err(Error::Unloadable(reason)),
    }
}

/// The program's own catalog is there at once; another one is read while the screen is up.
fn supply(flags: ScreenFlags) -> Result<CatalogSource, Error> {
    let Some(path) = flags.catalog().map(Path::to_owned) else {
        return Ok(CatalogSource::Ready(supplied(&flags)?));
    };
    Ok(CatalogSource::Loading(Box::new(move |watch| {
        let go_on = &mut |bytes, total| watch.read(bytes, total);
        let description = flags.description();
        match source::catalog_while(&path, &description, go_on, &|| watch.is_wanted())? {
            Some(catalog) => with_names(catalog.with_embedded_reference()?, &flags).map(Some),
            None => Ok(None),
        }
    })))
}

fn supplied(flags: &ScreenFlags) -> Result<LoadedCatalog, Error> {
    let catalog = match flags.catalog() {
        Some(path) => source::catalog(path, &flags.description())?.with_embedded_reference()?,
        None => Catalog::embedded()?,
    };
    with_names(catalog, flags)
}

fn with_names(catalog: Catalog, flags: &ScreenFlags) -> Result<LoadedCatalog, Error> {
    let Named { selection, granted } = flags.named(&catalog)?;
    Ok(LoadedCatalog { catalog: Arc::new(catalog), selection, granted })
}

fn key_help() -> Vec<KeyHelp> {
    let names = |keys: &[Key]| keys.iter().map(ToString::to_string).collect();
    let help = |binding: &Binding| KeyHelp {
        meaning: binding.words,
        typing: names(binding.typing),
        browsing: names(binding.browsing),
    };
    BINDINGS.iter().map(help).collect()
}

fn theme_of(flags: &ScreenArgs) -> Theme {
    if !flags.colour {
        return Theme::COLOURLESS;
    }
    let name = match flags.theme {
        ThemeChoice::Terminal => ThemeName::Terminal,
        ThemeChoice::Dark => ThemeName::Dark,
        ThemeChoice::Light => ThemeName::Light,
        ThemeChoice::HighContrast => ThemeName::HighContrast,
    };
    Theme::named(name, shell::capabilities::depth(variable))
}

fn glyphs_of(flags: &ScreenArgs) -> Glyphs {
    match flags.ascii {
        When::Auto => shell::capabilities::glyphs(variable),
        When::Always => Glyphs::Ascii,
        When::Never => Glyphs::Unicode,
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
