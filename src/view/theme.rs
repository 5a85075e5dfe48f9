use ratatui::style::{Color, Modifier, Style};

/// Every style of the screen, by what it says. Only the terminal's own colours are used, and no
/// background is painted, so dark and light terminals both stay readable; and nothing is said by
/// colour alone.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    accent: Color,
    good: Color,
    bad: Color,
}

impl Theme {
    /// The terminal's own colours. The accent is magenta, the one of its colours that is readable
    /// on black and on white.
    pub const TERMINAL: Self = Self { accent: Color::Magenta, good: Color::Green, bad: Color::Red };

    /// No colour at all, for `NO_COLOR`. Every colour is the terminal's default rather than
    /// something that the backend would suppress, because suppressing one would also end bold and
    /// reverse.
    pub const COLOURLESS: Self =
        Self { accent: Color::Reset, good: Color::Reset, bad: Color::Reset };

    pub fn plain(self) -> Style {
        Style::new()
    }

    /// Titles, and what has the focus.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The name of the program, the caret's prompt, the cursor's mark.
    pub fn accent(self) -> Style {
        self.strong().fg(self.accent)
    }

    /// What is there to be found, not to be read first.
    pub fn muted(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// The characters that the query matched.
    pub fn matched(self) -> Style {
        Style::new().fg(self.accent).add_modifier(Modifier::UNDERLINED | Modifier::BOLD)
    }

    /// The box of a ticked action.
    pub fn ticked(self) -> Style {
        self.accent()
    }

    pub fn key(self) -> Style {
        self.strong()
    }

    pub fn good(self) -> Style {
        self.strong().fg(self.good)
    }

    pub fn bad(self) -> Style {
        self.strong().fg(self.bad)
    }

    /// What can be copied by itself.
    pub fn link(self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }

    /// Laid over the piece of the guide that the cursor is on.
    pub fn current(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// Laid over the row of the cursor.
    pub fn row(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }
}
