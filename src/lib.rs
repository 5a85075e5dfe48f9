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
//! - [`domain`]: facts and conclusions, without input or output. Begin with [`Catalog`],
//!   [`Selection`](domain::Selection) and [`Answer`](domain::Answer): everything that is shown,
//!   counted, copied or printed comes from the three.
//! - [`app`]: the screen's [`Model`](app::Model), and the messages that change it.
//!   [`update`](app::update) takes one and may return an effect.
//! - [`view`]: paints the model, and changes nothing.
//! - [`shell`]: the terminal, signals and clipboards. [`EventLoop`](shell::EventLoop) turns events into
//!   messages, and carries out effects.
//! - [`cli`]: the same answers for scripts, from the domain and, to copy, the clipboards.
//! - [`error`]: every exit and its code, and the errors.
//!
//! `CONTRIBUTING.md` has the path of one key press through the files, and how to add to them.

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
use std::time::Duration;

use app::{LoadedCatalog, PendingArgs, Start};
use cli::config::Config;
use cli::{Arguments, Invocation, Preferences, ThemeChoice, When, input::source};
use domain::{Catalog, Mode};
use error::{Error, Exit};
use shell::clipboard::Clipboard;
use shell::loader::CatalogSource;
use shell::{Ending, Options};
use view::{Glyphs, Palette, Theme};

/// How long an ESC may stand alone before it is the key Esc, unless the settings say. A link is rarely
/// slower in the middle of a key, and nobody notices the wait.
const ESCAPE_TIMEOUT: Duration = Duration::from_millis(50);

/// The first notice where something is on stdin that no argument asks for. It may be for another program,
/// as in a loop of `while read`, so it is neither read nor an error.
const IGNORED_STDIN: &str = "stdin is not read; `pdscopes --actions -` selects the ids on it.";

/// Runs the program: `arguments` with the program's own name first, and the default flags of
/// `PDSCOPES_OPTS`. Refuses to begin without an open stdout. Errors are on stderr when this returns.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    default_flags: Option<OsString>,
    stdout_is_open: bool,
) -> Exit {
    let mut notes = Vec::new();
    let answered = cli::parse(arguments, default_flags).and_then(|invocation| {
        if stdout_is_open { answer(invocation, &mut notes) } else { Err(Error::ClosedOutput) }
    });
    notes.iter().for_each(cli::note);
    answered.unwrap_or_else(|error| {
        cli::print_error(&error);
        error.exit()
    })
}

fn answer(invocation: Invocation, notes: &mut Vec<String>) -> Result<Exit, Error> {
    let mut output = Vec::new();
    let exit = match invocation {
        Invocation::Help(text) => {
            output.extend(text.into_bytes());
            Exit::Done
        }
        Invocation::Version => cli::version(&Catalog::embedded()?, &mut output)?,
        Invocation::Run(arguments) => match *arguments {
            Arguments { subcommand: Some(command), mut preferences, .. } => {
                if command.uses_settings() {
                    // A wrong key of the screen is an error here too, so that it is found at once.
                    Config::load(&mut preferences, notes)?;
                }
                command.run(&preferences, Arguments::program, &mut output, notes)?
            }
            flags => screen(flags, &mut output, notes)?,
        },
    };
    // Whole or not at all: nothing is on stdout when an error ended the work above.
    let mut stdout = io::stdout().lock();
    stdout.write_all(&output)?;
    stdout.flush()?;
    Ok(exit)
}

fn screen(
    mut flags: Arguments,
    output: &mut Vec<u8>,
    notes: &mut Vec<String>,
) -> Result<Exit, Error> {
    let Config { escape_timeout, keymap } = Config::load(&mut flags.preferences, notes)?;
    let Arguments { start, preferences, .. } = &flags;
    start.refuse_typed_input(preferences)?;
    let awaits = PendingArgs { selects: start.names_actions(), granted: start.granted.is_some() };
    let start = Start {
        separator: preferences.screen_separator()?,
        mode: Mode::of_least(start.least),
        query: start.query.clone().unwrap_or_default(),
        keymap,
        command: preferences.command_start(),
        awaits,
        notice: start.ignores_stdin(preferences).then_some(IGNORED_STDIN),
    };
    let copier = Box::new(Clipboard::new(preferences.clipboard.unwrap_or_default()));
    let ending = if preferences.is_accessible() {
        let loaded = with_arguments(preferences.catalog()?, &flags)?;
        shell::line_mode::run(loaded, start, copier, notes)?
    } else {
        let mouse = !preferences.no_mouse;
        let (theme, glyphs) = (theme_of(preferences), glyphs_of(preferences));
        let escape_timeout = escape_timeout.unwrap_or(ESCAPE_TIMEOUT);
        let options = Options { start, mouse, theme, glyphs, escape_timeout };
        shell::run(catalog_source(flags)?, options, copier, notes)?
    };
    match ending {
        Ending::NothingSelected => Err(Error::NothingSelected),
        Ending::Done(scopes) => {
            writeln!(output, "{scopes}")?;
            Ok(Exit::Done)
        }
        Ending::Failed(reason) => Err(Error::Unloadable(reason)),
        other => Ok(other.exit()),
    }
}

/// The program's own catalog is there at once; another one is read while the screen is up.
fn catalog_source(flags: Arguments) -> Result<CatalogSource, Error> {
    let Some(path) = flags.preferences.catalog.clone() else {
        return Ok(CatalogSource::Ready(with_arguments(flags.preferences.catalog()?, &flags)?));
    };
    Ok(CatalogSource::Loading(Box::new(move |loader| {
        let progress = &mut |bytes, total| loader.report(bytes, total);
        let description = flags.preferences.description();
        let catalog = source::catalog_while(&path, &description, progress, &|| loader.is_wanted())?;
        with_arguments(catalog, &flags)
    })))
}

/// Adds the reference, and looks up what the command line names.
fn with_arguments(catalog: Catalog, flags: &Arguments) -> Result<LoadedCatalog, Error> {
    let catalog = catalog.with_embedded_reference()?;
    let (selection, granted) = flags.start.resolve(&catalog, &flags.preferences)?;
    Ok(LoadedCatalog { catalog: Arc::new(catalog), selection, granted })
}

fn theme_of(preferences: &Preferences) -> Theme {
    if !preferences.wants_colour() {
        return Theme::COLOURLESS;
    }
    let palette = match preferences.theme.unwrap_or_default() {
        ThemeChoice::Terminal => return Theme::TERMINAL,
        ThemeChoice::Dark => Palette::DARK,
        ThemeChoice::Light => Palette::LIGHT,
        ThemeChoice::HighContrast => Palette::HIGH_CONTRAST,
    };
    Theme::of(palette, shell::capabilities::depth(variable))
}

fn glyphs_of(preferences: &Preferences) -> Glyphs {
    match preferences.ascii.unwrap_or_default() {
        When::Auto => shell::capabilities::glyphs(variable),
        When::Always => Glyphs::Ascii,
        When::Never => Glyphs::Unicode,
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
