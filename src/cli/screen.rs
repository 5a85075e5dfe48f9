use clap::builder::PossibleValue;
use clap::{Args, ColorChoice, ValueEnum};

use super::context::Context;
use super::joint::Joint;
use super::naming;
use super::scope_input::scopes_of;
use crate::domain::{Catalog, Mode, ScopeList, Selection, Separator};
use crate::error::{Error, Source};
use crate::shell::clipboard::Choice;

/// How the screen is to start, held against the catalog.
#[derive(Clone, Debug)]
pub struct ScreenArgs {
    /// Ticked at start.
    pub selection: Selection,
    pub separator: Separator,
    pub mode: Mode,
    /// In the search box at start.
    pub query: String,
    /// What the app has today; none where that was not said.
    pub granted: Option<ScopeList>,
    /// Whether clicks and the wheel are for the screen, not for the terminal.
    pub mouse: bool,
    pub clipboard: Choice,
    pub colour: bool,
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
    #[arg(long, value_name = "SCOPES")]
    pub granted: Option<String>,
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
        let granted = |text: &String| scopes_of(text, Source::Flag("--granted"), &mut context);
        Ok(ScreenArgs {
            granted: start.granted.as_ref().map(granted).transpose()?,
            selection,
            mode: Mode::of_least(start.least),
            separator: separator(preferences.separator)?,
            query: start.query.unwrap_or_default(),
            mouse: !preferences.no_mouse,
            clipboard: preferences.clipboard,
            colour: wants_colour(preferences.color),
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
