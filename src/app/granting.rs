use super::{Focus, Query, Tab};
use crate::domain::{Granted, GrantedError};

/// The line in which the scopes that the app has are entered.
#[derive(Default)]
pub struct Granting {
    pub line: Query,
    /// The tab and focus to return to.
    pub(super) before: (Tab, Focus),
    /// The scopes that exactly this text stands for, which was put into the line, not typed.
    pub(super) held: Option<(String, Result<Granted, GrantedError>)>,
    /// A line that was entered before the whole catalog was there.
    pub(super) later: Option<String>,
}

impl Granting {
    /// Remembers what the line, as it is, stands for.
    pub(super) fn hold(&mut self, read: Result<Granted, GrantedError>) {
        self.held = Some((self.line.text().to_owned(), read));
    }
}
