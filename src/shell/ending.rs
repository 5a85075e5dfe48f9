use crate::app::{self, Model};
use crate::error::Exit;

/// The reason why the screen was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The answer is wanted: the joined scopes of the selection, empty if it needs none.
    Done(String),
    /// The answer is wanted, but nothing is selected.
    NothingSelected,
    Left,
    /// By Ctrl-C, or by the signal that it stands for.
    Interrupted,
    Terminated,
    /// The terminal is gone; nothing can be drawn any more.
    Hangup,
    /// The catalog cannot be used, for this reason: a sentence.
    Failed(String),
}

impl Ending {
    pub(super) fn of(ending: app::Ending, model: &Model) -> Self {
        match ending {
            app::Ending::Done if model.selection.is_empty() => Self::NothingSelected,
            app::Ending::Done => Self::Done(model.text()),
            app::Ending::Left => Self::Left,
            app::Ending::Interrupted => Self::Interrupted,
        }
    }

    /// How the program exits after it.
    pub const fn exit(&self) -> Exit {
        match self {
            Self::Done(_) => Exit::Done,
            Self::NothingSelected => Exit::Nothing,
            Self::Left | Self::Interrupted => Exit::Left,
            Self::Terminated => Exit::Terminated,
            Self::Hangup => Exit::HungUp,
            Self::Failed(_) => Exit::Refused,
        }
    }
}
