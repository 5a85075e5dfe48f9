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
