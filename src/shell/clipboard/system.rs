use arboard::Clipboard;

use super::{Delivery, Provider};
use crate::domain::{CopyOutcome, CopyRoute};

/// The clipboard of macOS or Windows. The system keeps the text itself, so nothing has to stay.
pub(super) struct System;

impl Provider for System {
    fn deliver(&mut self, text: &str) -> Result<Delivery, String> {
        Clipboard::new()
            .and_then(|mut clipboard| clipboard.set_text(text))
            .map_err(|error| format!("the system's clipboard: {error}"))?;
        let outcome = CopyOutcome::Confirmed(CopyRoute::System);
        Ok(Delivery::without_terminal(outcome))
    }
}
