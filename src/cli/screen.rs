use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::{Args, ColorChoice, ValueEnum};

use super::config::Settings;
use super::context::Context;
use super::joint::Joint;
use super::naming;
use super::parse::choose_color;
use super::scope_input::scopes_of;
use crate::domain::{Catalog, CatalogPlace, CommandStart, Mode, ScopeList, Selection, Separator};
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
    /// Begin with these ticked: ids or globs, separated by commas; `-` reads them from stdin
    #[arg(long, value_name = "ID,ID")]
    pub actions: Vec<String>,

    /// Begin with what this guide URL carries
    #[arg(long, value_name = "URL")]
    pub from_url: Option<String>,

    /// Begin with this in the search box
    #[arg(short, long, value_name = "TEXT")]
    pub query: Option<String>,

    /// Begin with the fewest scopes that the API accepts, not the guide's
    #[arg(long)]
    pub least: bool,

    /// Begin with what the app has today: a list of scopes, a file, a guide URL, or `-` for stdin
    #[arg(long, value_name = "SCOPES", allow_hyphen_values = true)]
    pub granted: Option<String>,
}

/// How things look and where copies go; these may stand in `PDSCOPES_OPTS`.
#[derive(Args, Clone, Debug)]
pub struct Preferences {
    /// Between two scopes: space, comma, semicolon, pipe or newline; also the default of `scopes`
    #[arg(long, value_name = "NAME", overrides_with = "separator", help_heading = "Output")]
    pub separator: Option<Joint>,

    /// When to use colour; auto if not said
    #[arg(
        long,
        value_name = "WHEN",
        overrides_with = "color",
        global = true,
        help_heading = "Output"
    )]
    pub color: Option<ColorChoice>,

    /// Read these settings in the place of the user's own: a file, or `none`
    #[arg(long, value_name = "FILE", overrides_with = "config", help_heading = "Output")]
    pub config: Option<PathBuf>,

    /// Take the actions from this file, or from stdin for `-`: a catalog, a JSON array of actions, or
    /// a saved guide page
    #[arg(
        long,
        value_name = "FILE",
        overrides_with = "catalog",
        global = true,
        help_heading = "Catalog"
    )]
    pub catalog: Option<PathBuf>,

    /// Leave the mouse to the terminal
    #[arg(long, overrides_with_all = ["no_mouse", "mouse"], help_heading = "Screen")]
    pub no_mouse: bool,

    /// Take the mouse, where the settings leave it to the terminal
    #[arg(long, overrides_with_all = ["no_mouse", "mouse"], help_heading = "Screen")]
    pub mouse: bool,

    /// What copies go through; auto if not said
    #[arg(long, value_name = "ROUTE", overrides_with = "clipboard", help_heading = "Screen")]
    pub clipboard: Option<Choice>,

    /// Colours of the screen
    #[arg(long, value_name = "NAME", overrides_with = "theme", help_heading = "Screen")]
    pub theme: Option<ThemeChoice>,

    /// Draw with ASCII alone: always, never, or auto (as the locale says)
    #[arg(
        long,
        value_name = "WHEN",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "always",
        overrides_with = "ascii",
        help_heading = "Screen"
    )]
    pub ascii: Option<When>,

    /// Ask and answer line by line, for screen readers: always, never, or auto (PDSCOPES_ACCESSIBLE, TERM=dumb)
    #[arg(
        long,
        value_name = "WHEN",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "always",
        overrides_with = "accessible",
        help_heading = "Screen"
    )]
    pub accessible: Option<When>,
}

/// The themes of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ThemeChoice {
    /// The terminal's own colours
    #[default]
    Terminal,
    /// For dark backgrounds
    Dark,
    /// For light backgrounds
    Light,
    /// White on black, whatever the background
    HighContrast,
}

/// Whether to do something that the surroundings may ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    #[default]
    Auto,
    Always,
    Never,
}

impl When {
    /// `asked` is what the surroundings say, where it is left to them.
    fn is_so(self, asked: impl FnOnce() -> bool) -> bool {
        match self {
            Self::Auto => asked(),
            Self::Always => true,
            Self::Never => false,
        }
    }
}

impl Preferences {
    /// These, and where they say nothing, those of the settings. `PDSCOPES_ACCESSIBLE` stands
    /// between the two. What is coloured from here on follows the settings' colour too.
    pub fn over(self, settings: Settings) -> Self {
        if let (None, Some(color)) = (self.color, settings.color) {
            choose_color(color);
        }
        let mouse = if self.mouse || self.no_mouse { None } else { settings.mouse };
        Self {
            separator: self.separator.or(settings.separator),
            color: self.color.or(settings.color),
            config: self.config,
            catalog: self.catalog,
            no_mouse: self.no_mouse || mouse == Some(false),
            mouse: self.mouse || mouse == Some(true),
            clipboard: self.clipboard.or(settings.clipboard),
            theme: self.theme.or(settings.theme),
            ascii: self.ascii.or(settings.ascii),
            accessible: self.accessible.or_else(asked_for_lines).or(settings.accessible),
        }
    }
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

    /// What a command has to name to find the same catalog and separator.
    pub fn command_start(&self) -> CommandStart {
        let absolute = |path| std::path::absolute(path).ok()?.into_os_string().into_string().ok();
        let catalog = match self.catalog() {
            None => CatalogPlace::Embedded,
            Some(path) if !lasts(path) => CatalogPlace::Nowhere,
            Some(path) => absolute(path).map_or(CatalogPlace::Nowhere, CatalogPlace::File),
        };
        let Preferences { separator, config, .. } = &self.preferences;
        CommandStart { catalog, names_separator: separator.is_some() || config.is_some() }
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
        let mut selection = naming::named(words, Source::Flag("--actions"), &mut context)?;
        if let Some(url) = &start.from_url {
            let carried = naming::carried(url, Source::Flag("--from-url"), catalog)?;
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

fn asked_for_lines() -> Option<When> {
    let asked = std::env::var_os("PDSCOPES_ACCESSIBLE");
    let asked = asked.is_some_and(|value| !value.is_empty() && value != "0");
    asked.then_some(When::Always)
}

fn cannot_move_its_cursor() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

fn separator(joint: Option<Joint>) -> Result<Separator, Error> {
    match joint {
        None => Ok(Separator::default()),
        Some(Joint::Separator(separator)) => Ok(separator),
        Some(Joint::Text(text)) => Err(Error::Usage {
            reason: format!(
                "The screen has no separator `{text}`, only space, comma, semicolon, pipe and newline; \
                 other text is for `pdscopes scopes`"
            ),
            command: "pdscopes".into(),
        }),
    }
}

impl ValueEnum for Choice {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Auto, Self::System, Self::Terminal, Self::Off]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Auto => {
                PossibleValue::new("auto").help("Whatever reaches your own clipboard from here")
            }
            Self::System => PossibleValue::new("system").help("The system's clipboard only"),
            Self::Terminal => PossibleValue::new("terminal").help("The terminal only (OSC 52)"),
            Self::Off => {
                PossibleValue::new("off").help("Nothing: copies are shown to be taken by hand")
            }
        })
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
