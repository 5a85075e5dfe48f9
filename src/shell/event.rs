use crate::app::{Key, SearchResult, Subject};
use crate::shell::clipboard::Delivery;
use crate::view::{Position, Size};

/// Something that happens while the screen is up.
#[derive(Clone, Debug)]
pub enum Event {
    Key(Key),
    Paste(String),
    Mouse(Mouse),
    Resized(Size),
    Copied {
        subject: Subject,
        text: String,
        delivery: Delivery,
    },
    Found(Box<SearchResult>),
    Signal(Signal),
    /// No more keys can come.
    InputEnded,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    pub kind: MouseKind,
    pub position: Position,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    Click,
    WheelUp,
    WheelDown,
}

/// What other processes, or the kernel, ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    Interrupt,
    Terminate,
    /// The terminal is gone; nothing can be drawn any more.
    Hangup,
    Suspend,
    /// The program runs again after it was stopped.
    Continue,
}
