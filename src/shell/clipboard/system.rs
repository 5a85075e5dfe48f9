use arboard::Clipboard;

use crate::domain::{CopyOutcome, CopyRoute};

/// The clipboard of macOS or Windows. The system keeps the text itself, so nothing has to stay.
pub(super) fn copy(text: &str) -> Result<CopyOutcome, String> {
    Clipboard::new()
        .and_then(|mut clipboard| clipboard.set_text(text))
        .map_err(|error| format!("the system's clipboard: {error}"))?;
    Ok(CopyOutcome::Confirmed(CopyRoute::System))
}
