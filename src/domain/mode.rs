use serde::Serialize;

/// The authority on which scopes an action needs: the guide or the API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The guide's, faithfully.
    #[default]
    Guide,
    /// The provider's API: of the sets that it accepts, the one that lets the app do the least.
    Least,
}

impl Mode {
    /// The mode that the flag `--least` selects.
    pub const fn of_least(least: bool) -> Self {
        if least { Self::Least } else { Self::Guide }
    }

    pub const fn other(self) -> Self {
        match self {
            Self::Guide => Self::Least,
            Self::Least => Self::Guide,
        }
    }

    /// The name at the head of something.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Guide => "Guide's scopes",
            Self::Least => "Least privilege",
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Guide => "guide's scopes",
            Self::Least => "least privilege",
        }
    }
}
