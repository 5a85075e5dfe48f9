use std::collections::HashMap;
use std::ops::Range;

use x11rb::protocol::xproto::{Atom, Window};

/// Where a program that pastes wants its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub window: Window,
    pub property: Atom,
}

/// Texts that are sent in pieces. A transfer is over once its empty last piece was sent.
#[derive(Default)]
pub(super) struct Transfers(HashMap<Place, Transfer>);

struct Transfer {
    /// The type of the pieces, such as `UTF8_STRING`.
    kind: Atom,
    /// Bytes that were sent.
    sent: usize,
}

impl Transfers {
    /// Begins a transfer instead of one that is under way to the same place.
    pub(super) fn begin(&mut self, to: Place, kind: Atom) {
        self.0.insert(to, Transfer { kind, sent: 0 });
    }

    /// The kind and the bytes of the next piece, of at most `most` bytes of a text of `length`.
    /// `None` if no transfer is under way.
    pub(super) fn next(
        &mut self,
        to: Place,
        length: usize,
        most: usize,
    ) -> Option<(Atom, Range<usize>)> {
        let Transfer { kind, sent } = self.0.get_mut(&to)?;
        let (kind, piece) = (*kind, *sent..length.min(*sent + most));
        *sent = piece.end;
        if piece.is_empty() {
            self.0.remove(&to);
        }
        Some((kind, piece))
    }

    /// Drops the transfers to a window that is gone.
    pub(super) fn forget(&mut self, window: Window) {
        self.0.retain(|place, _| place.window != window);
    }

    /// Returns `true` if a transfer to the window is under way.
    pub(super) fn concern(&self, window: Window) -> bool {
        self.0.keys().any(|place| place.window == window)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place = Place { window: 7, property: 8 };
    const OTHER: Place = Place { property: 9, ..PLACE };
    const KIND: Atom = 10;

    #[test]
    fn a_text_comes_whole_and_ends_with_an_empty_piece() {
        for length in [11, 12] {
            let mut transfers = Transfers::default();
            transfers.begin(PLACE, KIND);
            let mut taken = 0;
            loop {
                let (kind, piece) = transfers.next(PLACE, length, 4).expect("there is more");
                assert_eq!((kind, piece.start), (KIND, taken), "of {length}");
                taken = piece.end;
                if piece.is_empty() {
                    break;
                }
            }
            assert_eq!(taken, length);
            assert!(transfers.is_empty());
            assert_eq!(transfers.next(PLACE, length, 4), None);
        }
    }

    #[test]
    fn transfers_to_two_places_do_not_mix() {
        let mut transfers = Transfers::default();
        transfers.begin(PLACE, KIND);
        transfers.begin(OTHER, KIND + 1);
        assert_eq!(transfers.next(PLACE, 9, 4), Some((KIND, 0..4)));
        assert_eq!(transfers.next(OTHER, 9, 4), Some((KIND + 1, 0..4)));
        transfers.begin(PLACE, KIND);
        assert_eq!(transfers.next(PLACE, 9, 4), Some((KIND, 0..4)));
        transfers.forget(PLACE.window);
        assert!(!transfers.concern(PLACE.window));
    }
}
