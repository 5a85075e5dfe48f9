//! Every role against the backgrounds that they are for, as the Web Content
//! Accessibility Guidelines measure it: 4.5 to 1 or more for text.
use ratatui::style::{Color, Style};

use super::{Depth, Palette, Theme};

const LEAST: f64 = 4.5;
/// For the theme whose one purpose it is.
const HIGH: f64 = 7.0;

/// Black, the dark greys of common editors, and the dark backgrounds of Dracula, Solarized, Nord.
const DARK: [u32; 6] = [0x000000, 0x1e1e1e, 0x2b2b2b, 0x282a36, 0x002b36, 0x2e3440];
/// White, and the light backgrounds of Solarized, Gruvbox, GitHub, Catppuccin.
const LIGHT: [u32; 5] = [0xffffff, 0xfdf6e3, 0xfbf1c7, 0xf6f8fa, 0xeff1f5];

/// xterm's own 16, in the order of their numbers.
const XTERM: [u32; 16] = [
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f,
    0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
];

/// The steps of each channel in xterm's cube of 216 colours.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

fn channels(rgb: u32) -> (u8, u8, u8) {
    let [_, red, green, blue] = rgb.to_be_bytes();
    (red, green, blue)
}

/// xterm's RGB of one of the 240 colours after the first 16.
fn indexed(index: u8) -> (u8, u8, u8) {
    match index.checked_sub(16).expect("after the first 16") {
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

fn rgb(colour: Color) -> (u8, u8, u8) {
    match colour {
        Color::Rgb(red, green, blue) => (red, green, blue),
        Color::Indexed(index) => indexed(index),
        // A light terminal has its own text in black.
        Color::Black | Color::Reset => channels(XTERM[0]),
        Color::Red => channels(XTERM[1]),
        Color::Magenta => channels(XTERM[5]),
        Color::Gray => channels(XTERM[7]),
        Color::LightRed => channels(XTERM[9]),
        Color::LightGreen => channels(XTERM[10]),
        Color::LightYellow => channels(XTERM[11]),
        Color::LightMagenta => channels(XTERM[13]),
        Color::White => channels(XTERM[15]),
        other => panic!("{other:?} is in no fixed theme"),
    }
}

/// Relative luminance, from 0 for black to 1 for white.
fn luminance((red, green, blue): (u8, u8, u8)) -> f64 {
    let linear = |channel: u8| {
        let channel = f64::from(channel) / 255.0;
        if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

fn contrast(a: (u8, u8, u8), b: (u8, u8, u8)) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Every role but the ones that are laid over another.
fn roles(theme: Theme) -> [(&'static str, Style); 9] {
    [
        ("plain", theme.plain()),
        ("strong", theme.strong()),
        ("accent", theme.accent()),
        ("muted", theme.muted()),
        ("matched", theme.matched()),
        ("good", theme.good()),
        ("bad", theme.bad()),
        ("link", theme.link()),
        ("row", theme.row()),
    ]
}

fn hold(palette: Palette, depth: Depth, backgrounds: &[u32], least: f64) {
    for (role, style) in roles(Theme::of(palette, depth)) {
        let text = rgb(style.fg.expect("a fixed theme leaves no colour open"));
        for &background in backgrounds {
            let behind = style.bg.map_or(channels(background), rgb);
            let reached = contrast(text, behind);
            assert!(
                reached >= least,
                "{palette:?}, {depth:?}: {role} on {background:06x} has {reached:.2}"
            );
        }
    }
}

#[test]
fn the_measure_is_the_one_of_the_guidelines() {
    let (black, white) = ((0, 0, 0), (255, 255, 255));
    assert!((contrast(black, white) - 21.0).abs() < 1e-9);
    assert!((contrast((0x76, 0x76, 0x76), white) - 4.54).abs() < 0.01);
}

#[test]
fn the_index_of_a_shade_is_the_same_colour() {
    for palette in [Palette::DARK, Palette::LIGHT, Palette::HIGH_CONTRAST] {
        let Palette { text, accent, good, bad, muted, background } = palette;
        for shade in [text, accent, good, bad, muted].into_iter().chain(background) {
            assert_eq!(indexed(shade.index), channels(shade.rgb), "{shade:?}");
        }
    }
}

#[test]
fn every_role_of_the_fixed_themes_can_be_read_on_the_backgrounds_they_are_for() {
    for depth in [Depth::TwoHundredFiftySix, Depth::True] {
        hold(Palette::DARK, depth, &DARK, LEAST);
        hold(Palette::LIGHT, depth, &LIGHT, LEAST);
        hold(Palette::HIGH_CONTRAST, depth, &[0x000000], HIGH);
    }
}

/// What the 16 look like is the user's to set, so only xterm's own on plain backgrounds are held.
#[test]
fn with_sixteen_colours_they_can_be_read_as_xterm_has_them() {
    hold(Palette::DARK, Depth::Sixteen, &[0x000000], LEAST);
    hold(Palette::LIGHT, Depth::Sixteen, &[0xffffff], 4.4);
    hold(Palette::HIGH_CONTRAST, Depth::Sixteen, &[0x000000], HIGH);
}

#[test]
fn without_colour_every_role_still_differs_from_plain_text_by_its_modifiers() {
    let theme = Theme::COLOURLESS;
    for (role, style) in [
        ("strong", theme.strong()),
        ("accent", theme.accent()),
        ("muted", theme.muted()),
        ("matched", theme.matched()),
        ("ticked", theme.ticked()),
        ("good", theme.good()),
        ("bad", theme.bad()),
        ("link", theme.link()),
        ("current", theme.current()),
        ("row", theme.row()),
    ] {
        assert_ne!(style.add_modifier, theme.plain().add_modifier, "{role}");
        assert!(matches!(style.fg, None | Some(Color::Reset)), "{role} is coloured");
        assert!(matches!(style.bg, None | Some(Color::Reset)), "{role} is coloured");
    }
}
