//! Copying that holds, and that says no more than is known.

use crate::domain::CopyOutcome;

/// What the user wants copies to go through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Whatever reaches the user's own clipboard from here.
    #[default]
    Auto,
    /// The system's clipboard only.
    System,
    /// The terminal only, also where there is a display.
    Terminal,
    /// Nothing: every copy is shown to be taken by hand.
    Off,
}

/// What comes of a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Bytes for the terminal, to be written whole by the thread that draws, between two frames.
    /// Empty where the terminal has no part in it.
    pub terminal: Vec<u8>,
    /// Holds once `terminal` is written.
    pub outcome: CopyOutcome,
}

/// Something that copies. It never blocks its caller: the copy runs beside it, and `report` is
/// called once, from any thread.
pub trait Copier {
    fn copy(&mut self, text: String, report: Box<dyn FnOnce(Delivery) + Send>);
}
