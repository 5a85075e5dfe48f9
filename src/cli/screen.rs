use std::path::Path;

use clap::{Args, ColorChoice, ValueHint};

use crate::cli::config::Settings;
use crate::cli::input::action_selector;
use crate::cli::input::context::Context;
use crate::cli::input::delimiter::Delimiter;
use crate::cli::input::scope_input::scopes_of;
use crate::cli::look::{ThemeChoice, When};
use crate::cli::preferences::Preferences;
use crate::domain::{
    Catalog, CatalogPlace, CommandStart, DescriptionOptions, Mode, ScopeList, Selection, Separator,
};
use crate::error::{Error, Source};
use crate::shell::clipboard::Choice;

/// How the screen is to start, as far as no catalog is needed to tell.
#[derive(Clone, Debug)]
pub struct ScreenArgs {
    pub separator: Separator,
    pub mode: Mode,
    /// In the search box at start.
    pub query: String,
    /// Whether clicks and the wheel are for the screen, not for the terminal.
    pub mouse: bool,
    pub clipboard: Choice,
    pub colour: bool,
    pub theme: ThemeChoice,
    pub ascii: When,
    /// A dialogue line by line in place of the screen.
    pub accessible: bool,
}

/// What the flags of the screen name in a catalog.
#[derive(Clone, Debug)]
pub struct Named {
    /// Ticked at start.
    pub selection: Selection,
    /// What the app has today; none where that was not said.
    pub granted: Option<ScopeList>,
}

/// How the screen is to start, as it was typed.
#[derive(Debug)]
pub struct ScreenFlags {
    pub(super) start: Start,
    pub(super) preferences: Preferences,
}

/// What is ticked and typed when the screen opens.
#[derive(Args, Debug)]
#[command(next_help_heading = "Start of the screen")]
pub struct Start {
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
    #[arg(
        long,
        value_name = "SCOPES",
        value_hint = ValueHint::FilePath,
        allow_hyphen_values = true
    )]
    pub granted: Option<String>,
}

impl Start {
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
}

impl ScreenFlags {
    /// The file that `--config` names.
    pub fn config(&self) -> Option<&Path> {
        self.preferences.config.as_deref()
    }

    /// With these settings where no flag says otherwise.
    pub fn over(self, settings: Settings) -> Self {
        Self { preferences: self.preferences.over(settings), ..self }
    }

    /// Where the catalog is to be read from; none for the one that the program carries.
    pub fn catalog(&self) -> Option<&Path> {
        self.preferences.catalog.as_deref()
    }

    /// How an API's description is to be understood.
    pub fn description(&self) -> DescriptionOptions {
        self.preferences.description()
    }

    /// What a command has to name to find the same catalog and separator.
    pub fn command_start(&self) -> CommandStart {
        let absolute = |path| std::path::absolute(path).ok()?.into_os_string().into_string().ok();
        let catalog = match self.catalog() {
            None => CatalogPlace::Embedded,
            Some(path) if !lasts(path) => CatalogPlace::Nowhere,
            Some(path) => absolute(path).map_or(CatalogPlace::Nowhere, CatalogPlace::File),
        };
        let Preferences { separator, config, .. } = &self.preferences;
        CommandStart {
            catalog,
            description_flags: self.preferences.description_flags(),
            names_separator: separator.is_some() || config.is_some(),
        }
    }

    /// The flag that names actions to be ticked.
    pub fn names_actions(&self) -> Option<&'static str> {
        let Start { actions, from_url, .. } = &self.start;
        let named = (!actions.is_empty()).then_some("--actions");
        named.or(from_url.as_ref().map(|_| "--from-url"))
    }

    pub fn names_granted(&self) -> bool {
        self.start.granted.is_some()
    }

    pub fn arguments(&self) -> Result<ScreenArgs, Error> {
        let Self { start, preferences } = self;
        Ok(ScreenArgs {
            mode: Mode::of_least(start.least),
            separator: separator(preferences.separator.clone())?,
            query: start.query.clone().unwrap_or_default(),
            mouse: !preferences.no_mouse,
            clipboard: preferences.clipboard.unwrap_or_default(),
            colour: wants_colour(preferences.color.unwrap_or(ColorChoice::Auto)),
            theme: preferences.theme.unwrap_or_default(),
            ascii: preferences.ascii.unwrap_or_default(),
            accessible: preferences.accessible.unwrap_or_default().is_so(cannot_move_its_cursor),
        })
    }

    /// Looks the named actions up, reading stdin where `--actions -` asks for it.
    pub fn named(&self, catalog: &Catalog) -> Result<Named, Error> {
        let Self { start, preferences } = self;
        let mut context = Context::new(catalog, preferences);
        let words = start.actions.iter().map(String::as_str);
        let mut selection = action_selector::named(words, Source::Flag("--actions"), &mut context)?;
        if let Some(url) = &start.from_url {
            let carried = action_selector::carried(url, Source::Flag("--from-url"), catalog)?;
            selection = selection.iter().chain(carried.iter()).collect();
        }
        let granted = |text: &String| scopes_of(text, Source::Flag("--granted"), &mut context);
        Ok(Named { granted: start.granted.as_ref().map(granted).transpose()?, selection })
    }
}

/// Whether another program finds the same under this path: `-`, `/dev/stdin` and what a shell writes
/// for `<(command)` are there for this one alone.
fn lasts(path: &Path) -> bool {
    path.is_file() && !path.starts_with("/dev") && !path.starts_with("/proc")
}

/// `auto` leaves it to `NO_COLOR`. That the screen is not stdout does not matter: it is a terminal.
fn wants_colour(choice: ColorChoice) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

fn cannot_move_its_cursor() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

fn separator(delimiter: Option<Delimiter>) -> Result<Separator, Error> {
    match delimiter {
        None => Ok(Separator::default()),
        Some(Delimiter::Separator(separator)) => Ok(separator),
        Some(Delimiter::Text(text)) => Err(Error::Usage {
            reason: format!(
                "The screen has no separator `{text}`, only space, comma, semicolon, pipe and newline; \
                 other text is for `pdscopes scopes`"
            ),
            command: "pdscopes".into(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_this_program_finds_does_not_last() {
        assert!(lasts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")));
        for path in ["-", "/dev/stdin", "/dev/fd/63", "/proc/self/fd/0", "/dev/null", "."] {
            assert!(!lasts(Path::new(path)), "{path}");
        }
    }
}
