use super::osc52::osc52;
use super::{Delivery, Provider};
use crate::domain::{CopyOutcome, CopyRoute};

/// Bytes of a sequence that screen passes on at once. A longer one it prints.
const PIECE: usize = 240;

/// GNU screen, which hands the contents of a device control string to its terminal.
pub(super) struct Screen;

impl Provider for Screen {
    fn deliver(&mut self, text: &str) -> Result<Delivery, String> {
        Ok(Delivery {
            terminal: in_pieces(osc52(text).as_bytes()),
            outcome: CopyOutcome::Sent(CopyRoute::Screen),
        })
    }
}

fn in_pieces(sequence: &[u8]) -> Vec<u8> {
    sequence.chunks(PIECE).flat_map(|piece| [b"\x1bP", piece, b"\x1b\\"].concat()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
