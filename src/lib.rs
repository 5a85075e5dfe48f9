//! Which OAuth scopes does an app need for the actions that an integration uses?
//!
//! The map of the rooms, each of which may use those above it:
//!
//! - [`domain`]: what is known and what follows from it, without input or output
//! - [`app`]: what the screen is about: a model, and the messages that change it
//! - [`view`]: what the model looks like
//! - [`shell`]: the terminal, signals and clipboards around the two
//! - [`cli`]: the same answers for scripts, from the domain alone
//! - [`error`]: every way to end

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
use std::sync::Arc;

use app::{Keymap, Rebinding, Start};
use cli::config::{Config, KeyEntry};
use cli::{Invocation, ScreenArgs, ThemeChoice, When};
use domain::Catalog;
use error::{Error, Exit};
use shell::clipboard::Clipboard;
use shell::{Ending, Options};
use view::{Glyphs, Theme, ThemeName};

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
        Invocation::Version => cli::version(&Catalog::embedded_guide()?, &mut output)?,
        Invocation::Screen(flags) => {
            let config = Config::load(flags.config())?;
            let keymap = keymap_of(&config)?;
            let catalog = Catalog::embedded()?;
            let flags = flags.over(config.settings).resolve(&catalog)?;
            screen(catalog, flags, keymap, &mut output)?
        }
        Invocation::Subcommand(request) if request.uses_settings() => {
            let config = Config::load(request.config())?;
            keymap_of(&config)?;
            request.over(config.settings).run(&Catalog::embedded_guide()?, &mut output)?
        }
        // No subcommand asks what the API accepts, so that none waits for it to be read.
        Invocation::Subcommand(request) => request.run(&Catalog::embedded_guide()?, &mut output)?,
    };
    // Whole or not at all: nothing is on stdout when an error ended the work above.
    let mut stdout = io::stdout().lock();
    stdout.write_all(&output)?;
    stdout.flush()?;
    Ok(exit)
}

/// A wrong key is an error for every command, so that it is not found out on the screen at last.
fn keymap_of(config: &Config) -> Result<Keymap, Error> {
    let rebinding = |entry: &KeyEntry| Rebinding {
        typing: entry.typing,
        command: entry.command.clone(),
        keys: entry.keys.clone(),
    };
    let rebindings: Vec<_> = config.keys.iter().map(rebinding).collect();
    Keymap::with(&rebindings)
        .map_err(|((entry, key), error)| config.wrong_key(entry, key, error.to_string()))
}

fn screen(
    catalog: Catalog,
    flags: ScreenArgs,
    keymap: Keymap,
    output: &mut Vec<u8>,
) -> Result<Exit, Error> {
    let (theme, glyphs) = (theme_of(&flags), glyphs_of(&flags));
    let ScreenArgs { selection, separator, query, mouse, clipboard, accessible, .. } = flags;
    let start = Start { selection, separator, query, keymap, ..Start::default() };
    let (catalog, copier) = (Arc::new(catalog), Box::new(Clipboard::new(clipboard)));
    let ending = if accessible {
        shell::line_mode::run(catalog, start, copier)
    } else {
        shell::run(catalog, Options { start, mouse, theme, glyphs }, copier)
    };
    match ending? {
        Ending::Done(scopes) if scopes.is_empty() => Err(Error::NothingTicked),
        Ending::Done(scopes) => {
            writeln!(output, "{scopes}")?;
            Ok(Exit::Done)
        }
        Ending::Left => Ok(Exit::Left),
        Ending::Terminated => Ok(Exit::Terminated),
        Ending::Hangup => Ok(Exit::HungUp),
    }
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
    Theme::named(name, shell::looks::depth(variable))
}

fn glyphs_of(flags: &ScreenArgs) -> Glyphs {
    match flags.ascii {
        When::Auto => shell::looks::glyphs(variable),
        When::Always => Glyphs::Ascii,
        When::Never => Glyphs::Unicode,
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
