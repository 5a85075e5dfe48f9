use std::sync::Arc;

use crate::domain::{Answer, Catalog, Mode, Selection};

/// An answer to be worked out with the whole [`Budget`](crate::domain::Budget), on any thread.
pub struct AnswerJob {
    /// The number of the answer that it takes the place of.
    pub(super) number: u64,
    pub(super) catalog: Arc<Catalog>,
    pub(super) selection: Selection,
    pub(super) mode: Mode,
}

/// The result of an [`AnswerJob`].
#[derive(Clone, Debug)]
pub struct Solved {
    pub(super) number: u64,
    pub(super) answer: Answer,
}

impl AnswerJob {
    pub fn run(&self) -> Solved {
        let Self { number, catalog, selection, mode } = self;
        let answer = Answer::in_mode(catalog, selection, *mode);
        Solved { number: *number, answer }
    }
}
