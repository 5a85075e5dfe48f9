//! The power of a set of scopes, on one line.

use ratatui::text::{Line, Span};

use super::{Theme, fit};
use crate::domain::{ComparedPower, Power};

/// The widest and the narrowest bar, without its brackets.
const WIDEST: usize = 20;
const NARROWEST: usize = 6;

/// The most that fits of the answer's power beside the other mode's, and a bar in what room is left.
pub fn line(compared: ComparedPower, columns: usize, theme: Theme) -> Line<'static> {
    let text = compared.words().into_iter().find(|text| fit::width(text) <= columns);
    let text = text.unwrap_or_else(|| fit::cut(&compared.own().to_string(), columns).into_owned());
    let room = columns.saturating_sub(fit::width(&text) + 4);
    let mut spans = vec![Span::raw(" "), Span::styled(text, theme.plain())];
    if room >= NARROWEST {
        spans.extend(bar(compared.own(), room.min(WIDEST), theme));
    }
    Line::from(spans)
}

/// `[##===.....]`: the calls that change data, the others that are unlocked, the rest. What is not
/// zero shows.
fn bar(power: Power, columns: usize, theme: Theme) -> [Span<'static>; 5] {
    let part = |calls: usize| (calls * columns).div_ceil(power.of.max(1)).min(columns);
    let writes = part(power.writes);
    let unlocked = part(power.calls).max(writes);
    [
        Span::styled("  [", theme.muted()),
        Span::styled("#".repeat(writes), theme.strong()),
        Span::styled("=".repeat(unlocked - writes), theme.plain()),
        Span::styled(".".repeat(columns - unlocked), theme.muted()),
        Span::styled("]", theme.muted()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Mode;

    fn shown(columns: usize) -> String {
        let power = |calls, writes| Power { calls, writes, of: 368 };
        let (guide, least) = (power(119, 42), power(80, 18));
        let compared =
            ComparedPower { mode: Mode::Least, authority: "guide", guide: Some(guide), least };
        line(compared, columns, Theme::default()).to_string()
    }

    #[test]
    fn the_line_says_as_much_as_fits() {
        let full = " 80 of 368 calls, 18 change data; the guide's: 119, 42 (cuts 39, 24)";
        assert_eq!(shown(100), format!("{full}  [#====...............]"));
        assert_eq!(shown(70), full);
        assert_eq!(shown(60), " 80 of 368 calls, 18 change data; the guide's: 119, 42");
        assert_eq!(shown(48), " 80 calls, 18 change data; the guide's: 119, 42");
        assert_eq!(shown(44), " 80 of 368 calls, 18 change data  [#=.......]");
        assert_eq!(shown(12), " 80 of 368 c…");
        for columns in 0..120 {
            assert!(fit::width(&shown(columns)) <= columns + 1, "{columns}");
        }
    }
}
