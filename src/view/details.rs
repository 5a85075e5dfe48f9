use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{Print, Theme, fit, marks};
use crate::app::{Explanation, Model};
use crate::domain::Verdict;

/// Bytes of a name that are shown: as much as anybody reads here.
const LONGEST_NAME: usize = 300;
/// Columns between two parts, and before the further lines of one.
const GAP: usize = 3;

/// The highlighted action: its id, how the API judges it, its scopes, and what selecting it or not
/// would change; below, what the API accepts for each of its calls. In lines of so many columns.
pub fn content(model: &Model, columns: u16, theme: Theme) -> Vec<Line<'static>> {
    let Some(action) = model.highlighted() else {
        return Vec::new();
    };
    let Explanation { id, needs, consequence, coverage, verdict, calls } =
        model.explanation(action, Some(LONGEST_NAME));
    // The marks of the list stand before what they mean.
    let mut parts = vec![(id, theme.strong())];
    let mut calls: Vec<_> = calls.into_iter().map(|call| (call, theme.muted())).collect();
    match verdict {
        Verdict::Refused | Verdict::Uncertain => {
            let judged = format!("{} {}", marks::of_verdict(verdict), verdict.name());
            parts.push((judged, marks::verdict_style(verdict, theme)));
        }
        Verdict::Accepted | Verdict::Unknown if calls.is_empty() => {}
        Verdict::Accepted | Verdict::Unknown => {
            calls.insert(0, (verdict.name().to_owned(), theme.muted()));
        }
    }
    parts.extend([(needs, theme.muted()), (consequence, theme.plain())]);
    if let Some(coverage) = coverage {
        let text = format!("{} {}", marks::of_coverage(coverage), coverage.words());
        parts.push((text.trim_start().to_owned(), theme.muted()));
    }
    if model.needs_focused_scope(action) {
        parts.push((format!("{} needs this scope", marks::NEEDS_SCOPE), theme.accent()));
    }
    let mut lines = flow(&parts, columns);
    lines.extend(flow(&calls, columns));
    lines
}

pub fn paint(model: &Model, lines: &[Line<'_>], area: Rect, theme: Theme, buffer: &mut Buffer) {
    let scroll = model.details_scroll;
    buffer.print_lines(area, lines.iter().skip(scroll.first()));
    if scroll.below() > 0 && !area.is_empty() {
        buffer.print((area.right().saturating_sub(2), area.bottom() - 1), "…", 1, theme.muted());
    }
}

/// Parts side by side, [`GAP`] columns apart, on as many lines as they need. Behind them there is room
/// for the sign that more lies below.
fn flow(parts: &[(String, Style)], columns: u16) -> Vec<Line<'static>> {
    let end = usize::from(columns).saturating_sub(2);
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut taken = 0;
    for (text, style) in parts {
        let width = fit::width(text);
        let fits_on_one = width < end;
        let room = end.saturating_sub(taken + GAP);
        // A part begins a new line if it fits there but not here, or if little of it would stand here.
        let least = if fits_on_one { end / 2 } else { end / 3 };
        if width > room && room < least {
            taken = 0;
        }
        let mut gap = if taken == 0 { 1 } else { GAP };
        let is_whole = fits_on_one && (taken == 0 || width <= room);
        let pieces = match is_whole {
            true => vec![text.clone()],
            false => fit::wrap(text, end.saturating_sub(taken + GAP).max(1)),
        };
        for (nth, piece) in pieces.into_iter().enumerate() {
            if nth > 0 {
                (taken, gap) = (0, GAP);
            }
            let mut line = if taken == 0 { None } else { lines.pop() }.unwrap_or_default();
            taken += gap + fit::width(&piece);
            line.push_span(Span::raw(" ".repeat(gap)));
            line.push_span(Span::styled(piece, *style));
            lines.push(line);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flowed(parts: &[&str], columns: u16) -> Vec<String> {
        let parts: Vec<_> = parts.iter().map(|&part| (part.to_owned(), Style::new())).collect();
        flow(&parts, columns).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn parts_stand_side_by_side_as_long_as_they_fit() {
        assert_eq!(flowed(&["id", "needs a", "adds b"], 40), [" id   needs a   adds b"]);
        assert_eq!(flowed(&["id", "needs a", "adds b"], 24), [" id   needs a   adds b"]);
        assert_eq!(flowed(&["id", "needs a", "adds b"], 23), [" id   needs a", " adds b"]);
        assert_eq!(
            flowed(&["id", "accepts one or another or a third"], 22),
            [" id   accepts one or", "   another or a", "   third"]
        );
        assert_eq!(
            flowed(&["id", "accepts one or another or a third"], 40),
            [" id   accepts one or another or a", "   third"]
        );
        assert_eq!(flowed(&[], 10), [""; 0]);
    }

    #[test]
    fn no_part_runs_over_the_edge_or_into_the_sign_that_more_lies_below() {
        let long = "an_id_that_is_longer_than_most_lines";
        for columns in 8..60 {
            let lines = flowed(&["id", long, "needs a:b", long, long], columns);
            for line in &lines {
                assert!(fit::width(line) <= usize::from(columns) - 2, "{columns}: {lines:#?}");
            }
            let text: String = lines.concat().split_whitespace().collect();
            assert_eq!(text, format!("id{long}needsa:b{long}{long}"), "{columns}");
        }
    }
}
