/// Where the keys go. Letters are text while typing and commands while browsing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// In the search box.
    #[default]
    Typing,
    /// Typing the scopes that the app has today.
    Granting,
    Browsing(Pane),
}

impl Focus {
    /// Returns `true` if letters are text.
    pub const fn types(self) -> bool {
        matches!(self, Self::Typing | Self::Granting)
    }
}

/// The two screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    Panel,
    Guide,
}

impl Tab {
    pub const fn other(self) -> Self {
        match self {
            Self::Panel => Self::Guide,
            Self::Guide => Self::Panel,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    Actions,
    Scopes,
}
