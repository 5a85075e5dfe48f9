use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Delivery, Provider};
use crate::domain::{CopyOutcome, CopyRoute};

/// The terminal itself, by the escape sequence OSC 52. It does not answer.
pub(super) struct Terminal;

impl Provider for Terminal {
    fn deliver(&mut self, text: &str) -> Result<Delivery, String> {
        Ok(Delivery {
            terminal: osc52(text).into_bytes(),
            outcome: CopyOutcome::Sent(CopyRoute::Terminal),
        })
    }
}

/// The sequence that asks a terminal to put `text` into its clipboard. It ends with BEL, which more
/// terminals take than the string terminator.
pub(super) fn osc52(text: &str) -> String {
    format!("\u{1b}]52;c;{}\u{7}", STANDARD.encode(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_any_kind_comes_as_one_sequence_of_plain_characters() {
        for (text, expected) in [
            ("a", "\u{1b}]52;c;YQ==\u{7}"),
            ("deals:read\nü", "\u{1b}]52;c;ZGVhbHM6cmVhZArDvA==\u{7}"),
            ("\u{1b}\u{7}", "\u{1b}]52;c;Gwc=\u{7}"),
        ] {
            assert_eq!(osc52(text), expected, "{text:?}");
        }
    }
}
