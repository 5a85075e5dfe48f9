use crate::app::Ending;
use crate::error::Exit;

impl Ending {
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
