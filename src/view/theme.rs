mod palette;
#[cfg(test)]
mod tests;

use ratatui::style::{Color, Modifier, Style};

pub use palette::{Depth, Palette};

/// Every style of the screen, by what it says. Nothing is said by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    plain: Style,
    muted: Style,
    accent: Color,
    good: Color,
    bad: Color,
}

impl Default for Theme {
    fn default() -> Self {
        Self::TERMINAL
    }
}

impl Theme {
    /// The terminal's own colours, on its own background. The accent is magenta, the one of its
    /// colours that is readable on black and on white.
    pub const TERMINAL: Self = Self {
        plain: Style::new(),
        // The terminal's own dim follows its colours.
        muted: Style::new().add_modifier(Modifier::DIM),
        accent: Color::Magenta,
        // Terminals paint bold green so bright that it is lost on white; bold alone is not.
        good: Color::Reset,
        bad: Color::Red,
    };

    /// No colour at all, for `NO_COLOR`: every colour is the terminal's default.
    pub const COLOURLESS: Self = Self { accent: Color::Reset, bad: Color::Reset, ..Self::TERMINAL };

    /// A palette in the colours that the terminal has.
    pub fn of(palette: Palette, depth: Depth) -> Self {
        let bg = palette.background.map(|background| depth.colour(background));
        let plain = Style { bg, ..Style::new().fg(depth.colour(palette.text)) };
        Self {
            plain,
            // A dim colour might not be readable.
            muted: plain.fg(depth.colour(palette.muted)),
            accent: depth.colour(palette.accent),
            good: depth.colour(palette.good),
            bad: depth.colour(palette.bad),
        }
    }

    /// The base style of every cell.
    pub fn plain(self) -> Style {
        self.plain
    }

    /// Titles, and the focused item.
    pub fn strong(self) -> Style {
        self.plain().add_modifier(Modifier::BOLD)
    }

    /// The name of the program, the caret's prompt, the cursor's mark.
    pub fn accent(self) -> Style {
        self.strong().fg(self.accent)
    }

    /// Secondary text.
    pub fn muted(self) -> Style {
        self.muted
    }

    /// Laid over the characters that the query matched. Where those are dim they are so no more: an
    /// accent that is dimmed cannot be read on black.
    pub fn matched(self) -> Style {
        self.accent().add_modifier(Modifier::UNDERLINED).remove_modifier(Modifier::DIM)
    }

    /// A ticked box: a selected action, or a step that is done.
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

    /// Text that can be copied by itself.
    pub fn link(self) -> Style {
        self.plain().add_modifier(Modifier::UNDERLINED)
    }

    /// Laid over the piece of the guide that the cursor is on.
    pub fn current(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// Laid over the row of the cursor.
    pub fn row(self) -> Style {
        self.strong()
    }
}
