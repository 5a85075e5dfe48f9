//! The marks beside actions and scopes, so that no state is shown by colour alone.

use ratatui::style::Style;

use super::Theme;
use crate::domain::{Coverage, Verdict, VerdictCounts};

/// Before the row that the cursor is on.
pub const CURSOR: &str = "▌";
/// For a space or a newline between two scopes where a line ends and neither would be seen.
pub const SPACE: &str = "␣";
pub const NEWLINE: &str = "↵";
pub const REFUSED: &str = "!";
pub const UNCERTAIN: &str = "?";
pub const COVERED: &str = "✓";
pub const MAY_BE_COVERED: &str = "~";
/// Beside a selected action that needs the scope under the cursor.
pub const NEEDS_SCOPE: &str = "•";

/// The mark of a verdict; empty for a verdict without one.
pub const fn of_verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Refused => REFUSED,
        Verdict::Uncertain => UNCERTAIN,
        Verdict::Accepted | Verdict::Unknown => "",
    }
}

/// The mark of a coverage; blank for what is not covered.
pub const fn of_coverage(coverage: Coverage) -> &'static str {
    match coverage {
        Coverage::Covered => COVERED,
        Coverage::Uncertain => MAY_BE_COVERED,
        Coverage::Missing => " ",
    }
}

/// The colour of a verdict's mark, and of the verdict's name.
pub fn verdict_style(verdict: Verdict, theme: Theme) -> Style {
    match verdict {
        Verdict::Refused => theme.bad(),
        Verdict::Uncertain => theme.strong(),
        Verdict::Accepted | Verdict::Unknown => theme.muted(),
    }
}

/// `! 2 refused  ? 1 uncertain  ` and, for where that is too long, `! 2  ? 1  `; both empty if there is
/// nothing to warn of.
pub fn warnings(counts: VerdictCounts) -> [String; 2] {
    let warned = [Verdict::Refused, Verdict::Uncertain].into_iter();
    let present = warned.filter(|&verdict| counts.of(verdict) > 0);
    let short = |verdict| format!("{} {}", of_verdict(verdict), counts.of(verdict));
    let long = present.clone().map(|v| format!("{} {}  ", short(v), v.name()));
    [long.collect(), present.map(|v| short(v) + "  ").collect()]
}
