//! What stands beside actions and scopes, so that no state is shown by colour alone.

use crate::domain::{Coverage, Verdict};

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

/// The mark of a verdict with the space after it; empty for a verdict without one.
pub const fn of_verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Refused => "! ",
        Verdict::Uncertain => "? ",
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
