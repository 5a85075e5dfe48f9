use ratatui::style::Color;

use super::depth::Depth;
use super::{Muted, Theme};

/// Colours of its own for each role, once as they are meant and once for terminals with 16.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    pub text: Shade,
    pub accent: Shade,
    pub good: Shade,
    pub bad: Shade,
    pub muted: Shade,
    /// Painted under everything; the terminal's own is left where there is none.
    pub background: Option<Shade>,
}

/// A colour, and the one of the terminal's 16 that comes nearest to what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shade {
    /// Red, green and blue as 0xRRGGBB.
    pub rgb: u32,
    pub named: Color,
}

const fn shade(rgb: u32, named: Color) -> Shade {
    Shade { rgb, named }
}

impl Palette {
    pub const DARK: Self = Self {
        text: shade(0xe4e4e4, Color::White),
        accent: shade(0xffafff, Color::LightMagenta),
        good: shade(0x87ff87, Color::LightGreen),
        bad: shade(0xffafaf, Color::LightRed),
        muted: shade(0xbcbcbc, Color::Gray),
        background: None,
    };

    pub const LIGHT: Self = Self {
        text: shade(0x1c1c1c, Color::Black),
        accent: shade(0x870087, Color::Magenta),
        good: shade(0x005f00, Color::Black),
        bad: shade(0xaf0000, Color::Red),
        muted: shade(0x585858, Color::Black),
        background: None,
    };

    pub const HIGH_CONTRAST: Self = Self {
        text: shade(0xffffff, Color::White),
        accent: shade(0xffff00, Color::LightYellow),
        good: shade(0x00ff00, Color::LightGreen),
        bad: shade(0xffafaf, Color::White),
        muted: shade(0xffffff, Color::White),
        background: Some(shade(0x000000, Color::Black)),
    };

    pub fn theme(self, depth: Depth) -> Theme {
        Theme {
            text: depth.colour(self.text),
            accent: depth.colour(self.accent),
            good: depth.colour(self.good),
            bad: depth.colour(self.bad),
            muted: Muted::Colour(depth.colour(self.muted)),
            background: self.background.map_or(Color::Reset, |shade| depth.colour(shade)),
        }
    }
}
