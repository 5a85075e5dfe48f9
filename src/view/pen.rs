use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// The style in which a terminal prints characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pen {
    pub fg: Color,
    pub bg: Color,
    pub modifier: Modifier,
}

/// The modifiers of the theme with the codes that begin them.
const MODIFIERS: [(Modifier, &str); 4] = [
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::REVERSED, "7"),
];

/// The modifiers that are visible on a blank.
const ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED);

impl Pen {
    pub const fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// Returns `true` if a blank shows more than its background.
    pub const fn draws_on_blanks(self) -> bool {
        self.modifier.intersects(ON_BLANKS)
    }

    /// The SGR sequence that makes this pen of the one before; empty if they are alike. It begins
    /// anew where a modifier ends: bold and dim end together, and what is left is seldom more.
    pub fn after(self, before: Self) -> String {
        if self == before {
            return String::new();
        }
        let adds = self.modifier.contains(before.modifier);
        let before = if adds { before } else { Self::default() };
        let added = self.modifier.difference(before.modifier);
        let modifiers = MODIFIERS.iter().filter(|(modifier, _)| added.contains(*modifier));
        let mut codes: Vec<String> = modifiers.map(|&(_, code)| code.to_owned()).collect();
        if self.fg != before.fg {
            codes.push(color(self.fg, 30));
        }
        if self.bg != before.bg {
            codes.push(color(self.bg, 40));
        }
        let codes = codes.join(";");
        match (adds, codes.as_str()) {
            (true, _) => format!("\x1b[{codes}m"),
            (false, "") => "\x1b[m".into(),
            (false, _) => format!("\x1b[0;{codes}m"),
        }
    }
}

/// The terminal's 16, in the order of their codes.
#[rustfmt::skip]
const NAMED: [Color; 16] = [
    Color::Black, Color::Red, Color::Green, Color::Yellow,
    Color::Blue, Color::Magenta, Color::Cyan, Color::Gray,
    Color::DarkGray, Color::LightRed, Color::LightGreen, Color::LightYellow,
    Color::LightBlue, Color::LightMagenta, Color::LightCyan, Color::White,
];

/// `base` is 30 for the foreground and 40 for the background.
fn color(color: Color, base: usize) -> String {
    match (color, NAMED.iter().position(|named| *named == color)) {
        (Color::Indexed(index), _) => format!("{};5;{index}", base + 8),
        (Color::Rgb(red, green, blue), _) => format!("{};2;{red};{green};{blue}", base + 8),
        (_, Some(dark @ 0..8)) => (base + dark).to_string(),
        (_, Some(bright)) => (base + 60 + bright - 8).to_string(),
        (_, None) => (base + 9).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pens() -> impl Strategy<Value = Pen> {
        let colors = vec![Color::Reset, Color::Magenta, Color::LightRed, Color::Indexed(200)];
        let colors = prop::sample::select(colors);
        let modifiers =
            prop::sample::subsequence(MODIFIERS.map(|(modifier, _)| modifier).to_vec(), 0..4);
        let pens = (colors.clone(), colors, modifiers).prop_map(|(fg, bg, modifiers)| Pen {
            fg,
            bg,
            modifier: modifiers.into_iter().collect(),
        });
        // The emulator knows one intensity at a time; terminals can be bold and dim at once.
        pens.prop_filter("bold and dim", |pen| {
            !pen.modifier.contains(Modifier::BOLD | Modifier::DIM)
        })
    }

    /// What a terminal makes of a sequence: the looks of a character printed after it.
    fn seen(sequence: &str) -> (vt100::Color, vt100::Color, [bool; 4]) {
        let one = 1.try_into().expect("not zero");
        let mut parser = vt100::Parser::new(one, one, 0);
        parser.process(sequence.as_bytes());
        parser.process(b"x");
        let cell = parser.screen().cell(0, 0).expect("the cell");
        let modifiers = [cell.bold(), cell.dim(), cell.underline(), cell.inverse()];
        (cell.fgcolor(), cell.bgcolor(), modifiers)
    }

    proptest! {
        #[test]
        fn whatever_was_before_the_looks_are_those_asked_for(before in pens(), after in pens()) {
            let first = before.after(Pen::default());
            let second = after.after(before);
            prop_assert_eq!(seen(&format!("{first}{second}")), seen(&after.after(Pen::default())));
        }
    }

    #[test]
    fn a_change_costs_no_more_than_it_has_to() {
        let bold = Pen { modifier: Modifier::BOLD, ..Pen::default() };
        let accent = Pen { fg: Color::Magenta, ..bold };
        assert_eq!(accent.after(bold), "\x1b[35m");
        assert_eq!(Pen::default().after(accent), "\x1b[m");
        assert_eq!(bold.after(bold), "");
    }
}
