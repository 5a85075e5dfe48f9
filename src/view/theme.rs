mod depth;
mod palette;
#[cfg(test)]
mod tests;

use ratatui::style::{Color, Modifier, Style};

pub use depth::Depth;
use palette::Palette;

/// Every style of the screen, by what it says. Nothing is said by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    text: Color,
    accent: Color,
    good: Color,
    bad: Color,
    muted: Muted,
    background: Color,
}

/// The style of secondary text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Muted {
    /// By the terminal's own dim, which follows its colours.
    Dim,
    /// By a colour that is known to be readable, where a dim one might not be.
    Colour(Color),
}

/// The themes that can be asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeName {
    /// The terminal's own colours.
    #[default]
    Terminal,
    /// For dark backgrounds, which are left as they are.
    Dark,
    /// For light backgrounds, which are left as they are.
    Light,
    /// White and strong colours on a black background of its own.
    HighContrast,
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
        text: Color::Reset,
        accent: Color::Magenta,
        // Terminals paint bold green so bright that it is lost on white; bold alone is not.
        good: Color::Reset,
        bad: Color::Red,
        muted: Muted::Dim,
        background: Color::Reset,
    };

    /// No colour at all, for `NO_COLOR`. Every colour is the terminal's default rather than
    /// something that the backend would suppress, because suppressing one would also end bold and
    /// reverse.
    pub const COLOURLESS: Self = Self {
        text: Color::Reset,
        accent: Color::Reset,
        good: Color::Reset,
        bad: Color::Reset,
        muted: Muted::Dim,
        background: Color::Reset,
    };

    /// A theme in the colours that the terminal has.
    pub fn named(name: ThemeName, depth: Depth) -> Self {
        let palette = match name {
            ThemeName::Terminal => return Self::TERMINAL,
            ThemeName::Dark => Palette::DARK,
            ThemeName::Light => Palette::LIGHT,
            ThemeName::HighContrast => Palette::HIGH_CONTRAST,
        };
        Self {
            text: depth.colour(palette.text),
            accent: depth.colour(palette.accent),
            good: depth.colour(palette.good),
            bad: depth.colour(palette.bad),
            muted: Muted::Colour(depth.colour(palette.muted)),
            background: palette.background.map_or(Color::Reset, |shade| depth.colour(shade)),
        }
    }

    /// The base style of every cell.
    pub fn plain(self) -> Style {
        let style = Style::new();
        let style = if self.text == Color::Reset { style } else { style.fg(self.text) };
        if self.background == Color::Reset { style } else { style.bg(self.background) }
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
        match self.muted {
            Muted::Dim => self.plain().add_modifier(Modifier::DIM),
            Muted::Colour(colour) => self.plain().fg(colour),
        }
    }

    /// Laid over the characters that the query matched. Where those are dim they are so no more: an
    /// accent that is dimmed cannot be read on black.
    pub fn matched(self) -> Style {
        self.accent().add_modifier(Modifier::UNDERLINED).remove_modifier(Modifier::DIM)
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
