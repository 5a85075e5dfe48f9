use ratatui::style::Color;

/// The number of colours of a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    #[default]
    Sixteen,
    TwoHundredFiftySix,
    True,
}

/// A colour, and the one of the terminal's 16 that comes nearest to what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shade {
    /// Red, green and blue as 0xRRGGBB.
    pub rgb: u32,
    pub named: Color,
}

/// The steps of each channel in the cube of 216 colours.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

impl Depth {
    pub fn colour(self, shade: Shade) -> Color {
        let (red, green, blue) = channels(shade.rgb);
        match self {
            Self::Sixteen => shade.named,
            Self::TwoHundredFiftySix => Color::Indexed(nearest(red, green, blue)),
            Self::True => Color::Rgb(red, green, blue),
        }
    }
}

pub fn channels(rgb: u32) -> (u8, u8, u8) {
    let [_, red, green, blue] = rgb.to_be_bytes();
    (red, green, blue)
}

/// The colour of the cube or of the greys that is nearest. The first 16 are whatever the user has
/// made of them, so none of them is taken.
fn nearest(red: u8, green: u8, blue: u8) -> u8 {
    let far = |index: &u8| {
        let (r, g, b) = indexed(*index);
        let apart = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        apart(r, red) + apart(g, green) + apart(b, blue)
    };
    (16..=255).min_by_key(far).unwrap_or(16)
}

/// Returns xterm's RGB of one of the 240 colours after the first 16.
pub fn indexed(index: u8) -> (u8, u8, u8) {
    match index.saturating_sub(16) {
        grey @ 216.. => {
            let level = 8 + 10 * (grey - 216);
            (level, level, level)
        }
        cube => {
            let step = |place: u8| STEPS[usize::from(place % 6)];
            (step(cube / 36), step(cube / 6), step(cube))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_of_the_cube_or_a_grey_is_nearest_to_itself() {
        for index in 16..=255 {
            let (red, green, blue) = indexed(index);
            assert_eq!(indexed(nearest(red, green, blue)), (red, green, blue), "{index}");
        }
        assert_eq!((nearest(255, 255, 255), nearest(8, 8, 8), nearest(250, 2, 3)), (231, 232, 196));
    }
}
