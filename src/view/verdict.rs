use ratatui::style::Style;

use super::marks;
use super::theme::Theme;
use crate::domain::{Verdict, VerdictCounts};

/// The colour of a verdict's mark, and of the verdict's name.
pub fn style(verdict: Verdict, theme: Theme) -> Style {
    match verdict {
        Verdict::Refused => theme.bad(),
        Verdict::Uncertain => theme.strong(),
        Verdict::Accepted | Verdict::Unknown => theme.muted(),
    }
}

/// `! 2 refused  ? 1 uncertain  `, or `! 2  ? 1  ` where that is too long; empty where there is
/// nothing to warn of.
pub fn warning(counts: VerdictCounts, columns: usize) -> String {
    let with = |word: fn(Verdict) -> &'static str| -> String {
        let warned = [Verdict::Refused, Verdict::Uncertain].into_iter();
        let present = warned.filter(|&verdict| counts.of(verdict) > 0);
        present.map(|v| format!("{}{}{}  ", marks::of_verdict(v), counts.of(v), word(v))).collect()
    };
    let long = with(|verdict| match verdict {
        Verdict::Refused => " refused",
        Verdict::Uncertain => " uncertain",
        Verdict::Accepted | Verdict::Unknown => "",
    });
    if long.len() <= columns { long } else { with(|_| "") }
}
