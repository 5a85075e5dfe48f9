use ratatui::style::Color;

/// The number of colours of a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    #[default]
    Sixteen,
    TwoHundredFiftySix,
    True,
}

/// One of xterm's 240 colours after the first 16, and the one of those 16 that comes nearest to what
/// it says. The 16 are whatever the user has made of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shade {
    /// Red, green and blue as 0xRRGGBB.
    pub rgb: u32,
    /// Its number, from 16.
    pub index: u8,
    pub named: Color,
}

impl Depth {
    pub const fn colour(self, shade: Shade) -> Color {
        match self {
            Self::Sixteen => shade.named,
            Self::TwoHundredFiftySix => Color::Indexed(shade.index),
            Self::True => Color::from_u32(shade.rgb),
        }
    }
}

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

const fn shade(rgb: u32, index: u8, named: Color) -> Shade {
    Shade { rgb, index, named }
}

impl Palette {
    /// For dark backgrounds, which are left as they are.
    pub const DARK: Self = Self {
        text: shade(0xe4e4e4, 254, Color::White),
        accent: shade(0xffafff, 219, Color::LightMagenta),
        good: shade(0x87ff87, 120, Color::LightGreen),
        bad: shade(0xffafaf, 217, Color::LightRed),
        muted: shade(0xbcbcbc, 250, Color::Gray),
        background: None,
    };

    /// For light backgrounds, which are left as they are. Of 16 colours, bold black is grey in many
    /// terminals.
    pub const LIGHT: Self = Self {
        text: shade(0x1c1c1c, 234, Color::Reset),
        accent: shade(0x870087, 90, Color::Magenta),
        good: shade(0x005f00, 22, Color::Reset),
        bad: shade(0xaf0000, 124, Color::Red),
        muted: shade(0x585858, 240, Color::Reset),
        background: None,
    };

    /// White and strong colours on a black background of its own.
    pub const HIGH_CONTRAST: Self = Self {
        text: shade(0xffffff, 231, Color::White),
        accent: shade(0xffff00, 226, Color::LightYellow),
        good: shade(0x00ff00, 46, Color::LightGreen),
        bad: shade(0xffafaf, 217, Color::White),
        muted: shade(0xffffff, 231, Color::White),
        background: Some(shade(0x000000, 16, Color::Black)),
    };
}
