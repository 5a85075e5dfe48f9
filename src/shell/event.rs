use crossterm::event::MouseEvent;

use crate::app::{Ending, Key, Message, Subject};
use crate::shell::clipboard::Delivery;
use crate::view::Size;

/// Something that the screen or line mode has to answer.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key press.
    Key(Key),
    /// ESC and this key, sent as one: Alt with the key if that is bound, else Esc and then the key.
    KeyAfterEscape(Key),
    /// Text in one piece.
    Paste(String),
    /// The end of a paste that had ended already: its text has such an end in it, and what came in
    /// between are no keys.
    PasteEnd,
    /// Text that came faster than a person types, in one piece: a paste that the terminal did not
    /// mark. Line breaks and tabs after a single line are keys, unless it is taken for a paste.
    Burst { text: String, then: Vec<Key> },
    /// A line without its end, in line mode.
    Line(String),
    /// A click, or a turn of the wheel.
    Mouse(MouseEvent),
    /// The terminal has this size now.
    Resized(Size),
    /// A copy has come to its end.
    Copied { subject: Subject, text: String, delivery: Delivery },
    /// The outcome of work beside the loop.
    Message(Message),
    /// The catalog cannot be used, for this reason: a sentence.
    LoadingFailed(String),
    /// The screen is to be left, as a signal asks.
    Leave(Ending),
    /// Another process asks the program to stop.
    Suspend,
    /// The program runs again after it was stopped.
    Continue,
    /// No more keys can come.
    InputEnded,
}
