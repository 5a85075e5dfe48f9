/// How much of the catalog there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loading {
    Whole,
    /// It is still read: so many bytes of so many, and so many actions by now.
    Growing {
        read: usize,
        total: usize,
        actions: usize,
    },
    /// The reader has stopped it before its end.
    Stopped,
}

impl Loading {
    pub const BEGUN: Self = Self::Growing { read: 0, total: 0, actions: 0 };

    /// How far reading has come, where it is still going on.
    pub fn percent(self) -> Option<usize> {
        match self {
            Self::Growing { read, total, .. } => Some(read.saturating_mul(100) / total.max(1)),
            Self::Whole | Self::Stopped => None,
        }
    }
}
