use std::collections::HashMap;
use std::error::Error;
use std::ops::Range;
use std::time::Duration;

use x11rb::connection::Connection;
use x11rb::errors::ReplyError;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ChangeWindowAttributesAux, ConnectionExt as _, CreateWindowAux, EventMask,
    PropMode, Property, SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent,
    Timestamp, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;
use x11rb::{COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT, CURRENT_TIME, NONE, atom_manager};

use super::exit_after;

/// A text of more bytes is handed over in pieces of as many.
const PIECE: usize = 64 * 1024;
/// How long programs in the middle of a paste may go on with it once another one has copied.
const LAST_PIECES_LIMIT: Duration = Duration::from_secs(5);
/// Most conversions that one request for several may ask for.
const MOST_CONVERSIONS: u32 = 256;

atom_manager! {
    /// Names that this program and those which paste have in common.
    Atoms: AtomsCookie {
        CLIPBOARD,
        TARGETS,
        TIMESTAMP,
        MULTIPLE,
        ATOM_PAIR,
        INCR,
        UTF8_STRING,
        TEXT,
        TEXT_PLAIN: b"text/plain",
        TEXT_PLAIN_UTF_8: b"text/plain;charset=utf-8",
    }
}

/// Serves `text` to the X server's programs until one of them copies or the server ends: from the
/// clipboard, and from PRIMARY, which the middle button pastes, until something is selected. Calls
/// `confirmed` once the server names this process as the clipboard's owner.
pub(super) fn serve(text: Vec<u8>, confirmed: impl FnOnce()) -> Result<(), Box<dyn Error>> {
    let mut owner = Owner::take(text)?;
    let clipboard = owner.connection.get_selection_owner(owner.atoms.CLIPBOARD)?.reply()?;
    if clipboard.owner != owner.window {
        return Err("another program took the clipboard".into());
    }
    // Fails silently if something was selected since then. Who holds it decides nothing: the server asks
    // only its owner.
    let primary = AtomEnum::PRIMARY.into();
    owner.connection.set_selection_owner(owner.window, primary, owner.since)?.check()?;
    confirmed();
    Ok(owner.serve()?)
}

/// The owner of the clipboard, and of PRIMARY until another program selects something.
struct Owner {
    connection: RustConnection,
    atoms: Atoms,
    /// Never shown; it stands for this process.
    window: Window,
    /// The server's time at which the clipboard was taken, in its milliseconds.
    since: Timestamp,
    text: Vec<u8>,
    /// The texts that are sent in pieces.
    transfers: HashMap<Place, Transfer>,
}

/// Where a program that pastes wants its answer.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Place {
    window: Window,
    property: Atom,
}

/// A text that is sent in pieces. It is over once its empty last piece was sent.
struct Transfer {
    /// The type of the pieces, such as `UTF8_STRING`.
    kind: Atom,
    /// Bytes that were sent.
    sent: usize,
}

impl Transfer {
    /// The bytes of the next piece, of at most `most` bytes of a text of `length`.
    fn next(&mut self, length: usize, most: usize) -> Range<usize> {
        let piece = self.sent..length.min(self.sent + most);
        self.sent = piece.end;
        piece
    }
}

impl Owner {
    fn take(text: Vec<u8>) -> Result<Self, Box<dyn Error>> {
        let (connection, screen) = x11rb::connect(None)?;
        let root = connection.setup().roots[screen].root;
        let atoms = Atoms::new(&connection)?.reply()?;
        let window = connection.generate_id()?;
        let (depth, visual) = (COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT);
        let class = WindowClass::INPUT_OUTPUT;
        let listening = CreateWindowAux::new().event_mask(EventMask::PROPERTY_CHANGE);
        connection.create_window(depth, window, root, 0, 0, 1, 1, 0, class, visual, &listening)?;
        let since = CURRENT_TIME;
        let mut owner = Self { connection, atoms, window, since, text, transfers: HashMap::new() };
        owner.since = owner.server_time()?;
        owner.connection.set_selection_owner(window, owner.atoms.CLIPBOARD, owner.since)?;
        Ok(owner)
    }

    /// The server's own time, by which it orders those who want the clipboard. It comes with the event
    /// of a change of a property, here of one that stays as it is.
    fn server_time(&self) -> Result<Timestamp, ReplyError> {
        let Self { connection, atoms, window, .. } = self;
        let text = AtomEnum::STRING;
        connection.change_property8(PropMode::APPEND, *window, atoms.TIMESTAMP, text, &[])?;
        connection.flush()?;
        loop {
            match connection.wait_for_event()? {
                Event::PropertyNotify(change) if change.window == *window => return Ok(change.time),
                Event::Error(error) => return Err(ReplyError::X11Error(error)),
                _ => {}
            }
        }
    }

    fn serve(&mut self) -> Result<(), ReplyError> {
        let mut last_pieces = None;
        loop {
            match self.connection.wait_for_event()? {
                Event::SelectionRequest(request) => self.answer(&request)?,
                Event::PropertyNotify(change) if change.state == Property::DELETE => {
                    self.send_piece(Place { window: change.window, property: change.atom })?;
                }
                Event::DestroyNotify(gone) => {
                    self.transfers.retain(|place, _| place.window != gone.window);
                }
                // The loss of PRIMARY needs nothing: no more is asked for it.
                Event::SelectionClear(lost) if lost.selection == self.atoms.CLIPBOARD => {
                    last_pieces = exit_after(LAST_PIECES_LIMIT).ok();
                    if last_pieces.is_none() {
                        return Ok(());
                    }
                }
                // Errors among them: a program that asked may be gone when the answer comes.
                _ => {}
            }
            if last_pieces.is_some() && self.transfers.is_empty() {
                return Ok(());
            }
        }
    }

    fn answer(&mut self, request: &SelectionRequestEvent) -> Result<(), ReplyError> {
        let property = match request.property {
            NONE => request.target, // what clients older than the present rules expect
            property => property,
        };
        let to = Place { window: request.requestor, property };
        let done = if request.target == self.atoms.MULTIPLE {
            request.property != NONE && self.convert_several(to)?
        } else {
            self.convert(request.target, to)?
        };
        let notice = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor: request.requestor,
            selection: request.selection,
            target: request.target,
            property: if done { property } else { NONE },
        };
        self.connection.send_event(false, request.requestor, EventMask::NO_EVENT, notice)?;
        self.connection.flush()?;
        Ok(())
    }

    /// Answers what `target` asks for. Whether there is such an answer.
    fn convert(&mut self, target: Atom, to: Place) -> Result<bool, ReplyError> {
        let Atoms { UTF8_STRING, TEXT_PLAIN_UTF_8, TEXT_PLAIN, TEXT, .. } = self.atoms;
        let texts = [UTF8_STRING, TEXT_PLAIN_UTF_8, TEXT_PLAIN, TEXT, AtomEnum::STRING.into()];
        if target == self.atoms.TARGETS {
            let Atoms { TARGETS, TIMESTAMP, MULTIPLE, .. } = self.atoms;
            let targets = [&[TARGETS, TIMESTAMP, MULTIPLE], &texts[..]].concat();
            self.put_numbers(to, AtomEnum::ATOM.into(), &targets)?;
        } else if target == self.atoms.TIMESTAMP {
            self.put_numbers(to, AtomEnum::INTEGER.into(), &[self.since])?;
        } else if texts.contains(&target) {
            // TEXT leaves the encoding to the owner; the others name their own.
            let kind = if target == TEXT { UTF8_STRING } else { target };
            self.put_text(to, kind)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// Makes every conversion of the list of targets and properties that stands at this place, and
    /// strikes out there those that cannot be made.
    fn convert_several(&mut self, to: Place) -> Result<bool, ReplyError> {
        let Place { window, property } = to;
        let asked = self
            .connection
            .get_property(false, window, property, AtomEnum::ANY, 0, 2 * MOST_CONVERSIONS)?
            .reply();
        let asked = match asked {
            Err(ReplyError::X11Error(_)) => return Ok(false),
            asked => asked?,
        };
        let Some(list) = asked.value32() else { return Ok(false) };
        let mut list: Vec<Atom> = list.collect();
        for pair in list.chunks_exact_mut(2) {
            let nested = pair[0] == self.atoms.MULTIPLE;
            let to = Place { window, property: pair[1] };
            if nested || to.property == NONE || !self.convert(pair[0], to)? {
                pair[1] = NONE;
            }
        }
        self.put_numbers(to, self.atoms.ATOM_PAIR, &list)?;
        Ok(true)
    }

    fn put_numbers(&self, to: Place, kind: Atom, numbers: &[u32]) -> Result<(), ReplyError> {
        let Place { window, property } = to;
        self.connection.change_property32(PropMode::REPLACE, window, property, kind, numbers)?;
        Ok(())
    }

    fn put_bytes(&self, to: Place, kind: Atom, bytes: &[u8]) -> Result<(), ReplyError> {
        let Place { window, property } = to;
        self.connection.change_property8(PropMode::REPLACE, window, property, kind, bytes)?;
        Ok(())
    }

    fn put_text(&mut self, to: Place, kind: Atom) -> Result<(), ReplyError> {
        if self.text.len() <= PIECE {
            return self.put_bytes(to, kind, &self.text);
        }
        // The requestor asks for each piece by deleting the one before, which has to be heard.
        self.listen_to(to.window, EventMask::PROPERTY_CHANGE | EventMask::STRUCTURE_NOTIFY)?;
        self.transfers.insert(to, Transfer { kind, sent: 0 });
        let length = [u32::try_from(self.text.len()).unwrap_or(u32::MAX)];
        self.put_numbers(to, self.atoms.INCR, &length)
    }

    /// Sends the piece after the one that has just been taken from this place.
    fn send_piece(&mut self, to: Place) -> Result<(), ReplyError> {
        let Some(transfer) = self.transfers.get_mut(&to) else { return Ok(()) };
        let (kind, piece) = (transfer.kind, transfer.next(self.text.len(), PIECE));
        if piece.is_empty() {
            self.transfers.remove(&to);
        }
        self.put_bytes(to, kind, &self.text[piece])?;
        let has_others = self.transfers.keys().any(|place| place.window == to.window);
        if !has_others && to.window != self.window {
            self.listen_to(to.window, EventMask::NO_EVENT)?;
        }
        self.connection.flush()?;
        Ok(())
    }

    fn listen_to(&self, window: Window, events: EventMask) -> Result<(), ReplyError> {
        let listening = ChangeWindowAttributesAux::new().event_mask(events);
        self.connection.change_window_attributes(window, &listening)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_whole_and_ends_with_an_empty_piece() {
        for length in [11, 12] {
            let mut transfer = Transfer { kind: 10, sent: 0 };
            let mut taken = 0;
            loop {
                let piece = transfer.next(length, 4);
                assert_eq!(piece.start, taken, "of {length}");
                taken = piece.end;
                if piece.is_empty() {
                    break;
                }
            }
            assert_eq!(taken, length);
        }
    }
}
