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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    #[default]
    Auto,
    Always,
    Never,
}

impl When {
    /// `auto` is the environment's choice.
    pub fn resolve(self, auto: impl FnOnce() -> bool) -> bool {
        match self {
            Self::Auto => auto(),
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// The word for a value of a flag.
pub fn value_name<T: ValueEnum>(value: &T) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
