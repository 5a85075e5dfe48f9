use clap::ValueEnum;

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

/// A choice that may be left to the environment.
pub use clap::ColorChoice as When;

/// `auto` is the environment's choice.
pub fn resolve(choice: When, auto: impl FnOnce() -> bool) -> bool {
    match choice {
        When::Auto => auto(),
        When::Always => true,
        When::Never => false,
    }
}

/// The word for a value of a flag.
pub fn value_name<T: ValueEnum>(value: &T) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
