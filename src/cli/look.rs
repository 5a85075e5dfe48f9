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
    /// `asked` is the environment's choice.
    pub fn is_so(self, asked: impl FnOnce() -> bool) -> bool {
        match self {
            Self::Auto => asked(),
            Self::Always => true,
            Self::Never => false,
        }
    }
}
