use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Arg, Args, Command, ValueEnum, ValueHint};

use crate::cli::input::delimiter::Delimiter;
use crate::cli::input::source;
use crate::cli::look::{ThemeChoice, When};
use crate::domain::{Catalog, DescriptionOptions, ListedScopes};
use crate::error::Error;
use crate::shell::clipboard::Choice;

/// The flags that are set once, for output, catalog, screen and the route of copies. `PDSCOPES_OPTS` can
/// hold them.
#[derive(Args, Clone, Debug, Default)]
pub struct Preferences {
    /// Separator between scopes: space, comma, semicolon, pipe or newline; also for `scopes`
    #[arg(long, value_name = "NAME", overrides_with = "separator", help_heading = "Output")]
    pub separator: Option<Delimiter>,

    /// When to use colour (default: auto)
    #[arg(long, value_name = "WHEN", help_heading = "Output")]
    #[arg(overrides_with = "color", global = true)]
    pub color: Option<When>,

    /// Use the settings in this file instead of your own; `none` for no settings
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output")]
    #[arg(overrides_with = "config")]
    pub config: Option<PathBuf>,

    /// Use the actions in this file, or on stdin for `-`: a catalog, a JSON array of actions, a
    /// saved guide page, StackOne's actions, or an API description
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Catalog")]
    #[arg(overrides_with = "catalog", global = true)]
    pub catalog: Option<PathBuf>,

    /// Whether an operation that lists several scopes in an API description, such as `read, write`,
    /// needs all of them or any one (default: all)
    #[arg(long, value_name = "all|any", help_heading = "Catalog")]
    #[arg(overrides_with = "listed_scopes", global = true)]
    pub listed_scopes: Option<ListedScopes>,

    /// The kind of access in Microsoft Graph permissions (default: DelegatedWork)
    #[arg(long, value_name = "NAME", help_heading = "Catalog")]
    #[arg(overrides_with = "scheme", global = true)]
    pub scheme: Option<String>,

    /// Don't capture the mouse
    #[arg(long, overrides_with_all = ["no_mouse", "mouse"], help_heading = "Screen")]
    pub no_mouse: bool,

    /// Capture the mouse, whatever the settings say
    #[arg(long, overrides_with_all = ["no_mouse", "mouse"], help_heading = "Screen")]
    pub mouse: bool,

    /// Where copies go (default: auto)
    #[arg(long, value_name = "ROUTE", overrides_with = "clipboard", help_heading = "Screen")]
    pub clipboard: Option<Choice>,

    /// Colours of the screen
    #[arg(long, value_name = "NAME", overrides_with = "theme", help_heading = "Screen")]
    pub theme: Option<ThemeChoice>,

    /// Draw with ASCII only: always, never, or auto (depends on the locale)
    #[arg(long, value_name = "WHEN", overrides_with = "ascii", help_heading = "Screen")]
    #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "always")]
    pub ascii: Option<When>,

    /// Replace the screen with a line-by-line dialogue, for screen readers: always, never, or auto (if
    /// PDSCOPES_ACCESSIBLE=1 or TERM=dumb)
    #[arg(long, value_name = "WHEN", overrides_with = "accessible", help_heading = "Screen")]
    #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "always")]
    pub accessible: Option<When>,
}

impl Preferences {
    /// The flags of these ids, hidden: a command that has them among its own has no use for them.
    pub fn without_use(ids: &[&str]) -> Vec<Arg> {
        let all = Self::augment_args(Command::default());
        let named = all.get_arguments().filter(|flag| ids.contains(&flag.get_id().as_str()));
        named.map(|flag| flag.clone().hide(true)).collect()
    }

    /// The catalog in use, without a reference.
    pub fn catalog(&self) -> Result<Catalog, Error> {
        match &self.catalog {
            Some(path) => source::catalog(path, &self.description()),
            None => Ok(Catalog::embedded_guide()?),
        }
    }

    /// How an API's description is to be understood.
    pub fn description(&self) -> DescriptionOptions {
        DescriptionOptions {
            listed_scopes: self.listed_scopes,
            scheme: self.scheme.clone(),
            are_defaults: false,
        }
    }
}

impl ValueEnum for ListedScopes {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::All, Self::Any]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::All => PossibleValue::new("all").help("All of them, as OpenAPI specifies"),
            Self::Any => {
                PossibleValue::new("any").help("Any one, as in the files of Pipedrive and Slack")
            }
        })
    }
}

impl ValueEnum for Choice {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Auto, Self::System, Self::Terminal, Self::Off]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Auto => PossibleValue::new("auto").help("Whatever reaches your own clipboard"),
            Self::System => PossibleValue::new("system").help("Only the system's clipboard"),
            Self::Terminal => PossibleValue::new("terminal").help("Only the terminal (OSC 52)"),
            Self::Off => PossibleValue::new("off").help("Nowhere: select the text with the mouse"),
        })
    }
}
