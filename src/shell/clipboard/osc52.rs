use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Delivery;
use crate::domain::{CopyOutcome, CopyRoute};

/// Bytes of a sequence that screen passes on at once. A longer one it prints.
const PIECE: usize = 240;

/// The terminal, by the escape sequence OSC 52. It does not answer. For [`CopyRoute::Screen`], GNU screen
/// is between, which hands the contents of a device control string to its terminal.
pub(super) fn copy(route: CopyRoute, text: &str) -> Delivery {
    let sequence = osc52(text).into_bytes();
    let terminal = if route == CopyRoute::Screen { in_pieces(&sequence) } else { sequence };
    Delivery { terminal, outcome: CopyOutcome::Sent(route) }
}

/// The sequence that asks a terminal to put `text` into its clipboard. It ends with BEL, which more
/// terminals take than the string terminator.
fn osc52(text: &str) -> String {
    format!("\u{1b}]52;c;{}\u{7}", STANDARD.encode(text))
}

fn in_pieces(sequence: &[u8]) -> Vec<u8> {
    sequence.chunks(PIECE).flat_map(|piece| [b"\x1bP", piece, b"\x1b\\"].concat()).collect()
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

    #[test]
    fn the_pieces_are_short_and_make_up_the_sequence() {
        for length in [1, 170, 171, 6_000, 100_000] {
            let sequence = osc52(&"x".repeat(length));
            let wrapped = String::from_utf8(in_pieces(sequence.as_bytes())).expect("ASCII");
            let pieces: Vec<&str> = wrapped
                .split_terminator("\u{1b}\\")
                .map(|piece| piece.strip_prefix("\u{1b}P").expect("begins a string"))
                .collect();
            assert!(pieces.iter().all(|piece| piece.len() <= PIECE), "{length}");
            assert_eq!(pieces.concat(), sequence, "{length}");
        }
    }
}
