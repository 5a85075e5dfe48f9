use std::ops::Range;

use x11rb::protocol::xproto::{Atom, Window};

/// Texts that are sent in pieces. A transfer is over once its empty last piece was sent.
#[derive(Default)]
pub(super) struct Transfers(Vec<Transfer>);

struct Transfer {
    requestor: Window,
    property: Atom,
    /// The type of the pieces, such as `UTF8_STRING`.
    kind: Atom,
    /// Bytes that were sent.
    sent: usize,
}

impl Transfers {
    /// Begins a transfer, in place of one that the requestor wanted at the same place.
    pub(super) fn begin(&mut self, requestor: Window, property: Atom, kind: Atom) {
        self.0.retain(|transfer| !transfer.is_at(requestor, property));
        self.0.push(Transfer { requestor, property, kind, sent: 0 });
    }

    /// The kind and the bytes of the next piece, of at most `most` bytes of a text of `length`.
    /// `None` if no transfer is under way.
    pub(super) fn next(
        &mut self,
        requestor: Window,
        property: Atom,
        length: usize,
        most: usize,
    ) -> Option<(Atom, Range<usize>)> {
        let index = self.0.iter().position(|transfer| transfer.is_at(requestor, property))?;
        let transfer = &mut self.0[index];
        let kind = transfer.kind;
        let piece = transfer.sent..length.min(transfer.sent + most);
        transfer.sent = piece.end;
        if piece.is_empty() {
            self.0.swap_remove(index);
        }
        Some((kind, piece))
    }

    /// Drops the transfers to a window that is gone.
    pub(super) fn forget(&mut self, requestor: Window) {
        self.0.retain(|transfer| transfer.requestor != requestor);
    }

    /// Returns `true` if a transfer to the window is under way.
    pub(super) fn concern(&self, requestor: Window) -> bool {
        self.0.iter().any(|transfer| transfer.requestor == requestor)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Transfer {
    fn is_at(&self, requestor: Window, property: Atom) -> bool {
        self.requestor == requestor && self.property == property
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window = 7;
    const PROPERTY: Atom = 8;
    const KIND: Atom = 9;

    #[test]
    fn a_text_comes_whole_and_ends_with_an_empty_piece() {
        for length in [11, 12] {
            let mut transfers = Transfers::default();
            transfers.begin(WINDOW, PROPERTY, KIND);
            let mut taken = 0;
            loop {
                let (kind, piece) =
                    transfers.next(WINDOW, PROPERTY, length, 4).expect("there is more");
                assert_eq!((kind, piece.start), (KIND, taken), "of {length}");
                taken = piece.end;
                if piece.is_empty() {
                    break;
                }
            }
            assert_eq!(taken, length);
            assert!(transfers.is_empty());
            assert_eq!(transfers.next(WINDOW, PROPERTY, length, 4), None);
        }
    }

    #[test]
    fn transfers_to_two_places_do_not_mix() {
        let mut transfers = Transfers::default();
        transfers.begin(WINDOW, PROPERTY, KIND);
        transfers.begin(WINDOW, PROPERTY + 1, KIND + 1);
        assert_eq!(transfers.next(WINDOW, PROPERTY, 9, 4), Some((KIND, 0..4)));
        assert_eq!(transfers.next(WINDOW, PROPERTY + 1, 9, 4), Some((KIND + 1, 0..4)));
        transfers.begin(WINDOW, PROPERTY, KIND);
        assert_eq!(transfers.next(WINDOW, PROPERTY, 9, 4), Some((KIND, 0..4)));
        transfers.forget(WINDOW);
        assert!(!transfers.concern(WINDOW));
    }
}
