use ratatui::style::Color;

use super::depth::Shade;

/// Colours of its own for each role, once as they are meant and once for terminals with 16.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    pub text: Shade,
    pub accent: Shade,
    pub good: Shade,
    pub bad: Shade,
    pub muted: Shade,
    /// `None` keeps the background of the terminal.
    pub background: Option<Shade>,
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
}
