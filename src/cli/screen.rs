use clap::builder::PossibleValue;
use clap::{Args, ColorChoice, ValueEnum};

use super::context::Context;
use super::joint::Joint;
use super::naming;
use crate::domain::{Catalog, Selection, Separator};
use crate::error::{Error, Source};
use crate::shell::clipboard::Choice;

/// How the screen is to start, held against the catalog.
#[derive(Clone, Debug)]
pub struct ScreenArgs {
    /// Ticked at start.
    pub selection: Selection,
    pub separator: Separator,
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
}

/// How things look and where copies go; these may stand in `PDSCOPES_OPTS`.
#[derive(Args, Clone, Debug)]
pub struct Preferences {
    /// Between two scopes: space, comma, semicolon, pipe or newline; also the default of `scopes`
    #[arg(long, value_name = "NAME", overrides_with = "separator", help_heading = "Output")]
    pub separator: Option<Joint>,

    /// When to use colour
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        overrides_with = "color",
        global = true,
        help_heading = "Output"
    )]
    pub color: ColorChoice,

    /// Leave the mouse to the terminal
    #[arg(long, overrides_with = "no_mouse", help_heading = "Screen")]
    pub no_mouse: bool,

    /// What copies go through
    #[arg(
        long,
        value_name = "ROUTE",
        default_value = "auto",
        overrides_with = "clipboard",
        help_heading = "Screen"
    )]
    pub clipboard: Choice,

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

impl Start {
    /// The first flag that was given.
    pub fn given(&self) -> Option<&'static str> {
        let flags = [
            (!self.actions.is_empty(), "--actions"),
            (self.from_url.is_some(), "--from-url"),
            (self.query.is_some(), "--query"),
        ];
        flags.into_iter().find_map(|(given, flag)| given.then_some(flag))
    }
}

impl ScreenFlags {
    /// Looks the named actions up, reading stdin where `--actions -` asks for it.
    pub fn resolve(self, catalog: &Catalog) -> Result<ScreenArgs, Error> {
        let Self { start, preferences } = self;
        let mut context = Context::new(catalog, &preferences);
        let words = start.actions.iter().map(String::as_str);
        let mut selection = naming::named(words, Source::Flag("--actions"), &mut context)?;
        if let Some(url) = &start.from_url {
            let carried = naming::carried(url, Source::Flag("--from-url"), catalog)?;
            selection = selection.iter().chain(carried.iter()).collect();
        }
        Ok(ScreenArgs {
            selection,
            separator: separator(preferences.separator)?,
            query: start.query.unwrap_or_default(),
            mouse: !preferences.no_mouse,
            clipboard: preferences.clipboard,
            colour: wants_colour(preferences.color),
            theme: preferences.theme.unwrap_or_default(),
            ascii: preferences.ascii.unwrap_or_default(),
            accessible: preferences.accessible.unwrap_or_default().is_so(needs_lines),
        })
    }
}

/// `auto` leaves it to `NO_COLOR`. That the screen is not stdout does not matter: it is a terminal.
fn wants_colour(choice: ColorChoice) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

/// Whether the user, or a terminal that cannot move its cursor, wants lines.
fn needs_lines() -> bool {
    let asked = std::env::var_os("PDSCOPES_ACCESSIBLE");
    let asked = asked.is_some_and(|value| !value.is_empty() && value != "0");
    asked || std::env::var_os("TERM").is_some_and(|term| term == "dumb")
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
