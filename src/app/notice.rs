/// One line about what just happened. It stays until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub tone: Tone,
    pub text: String,
    /// Whether it is out of date as soon as actions are there that are still loaded or searched for.
    pub(super) is_provisional: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It happened as asked.
    Good,
    /// There was nothing to do, or it is not known whether it happened.
    Plain,
    /// It did not happen.
    Bad,
}

impl Notice {
    pub fn good(text: impl Into<String>) -> Self {
        Self { tone: Tone::Good, text: text.into(), is_provisional: false }
    }

    pub fn plain(text: impl Into<String>) -> Self {
        Self { tone: Tone::Plain, ..Self::good(text) }
    }

    pub fn bad(text: impl Into<String>) -> Self {
        Self { tone: Tone::Bad, ..Self::good(text) }
    }
}
