use std::error::Error;
use std::io::Read;
use std::iter;
use std::thread;
use std::time::Duration;

use wl_clipboard_rs::copy::{self, Options, Source};
use wl_clipboard_rs::paste::{self, ClipboardType, Seat};

use crate::shell::background;

/// Time between two looks at a clipboard that does not have the text yet.
const BETWEEN_LOOKS: Duration = Duration::from_millis(5);

/// Serves `text` to the compositor's programs until one of them copies. Calls `confirmed` once the
/// text was read back from the clipboard, for the compositor does not answer to an offer.
pub(super) fn serve(text: &[u8], confirmed: impl FnOnce() + Send + 'static) -> Result<(), String> {
    let mut options = Options::new();
    options.foreground(true);
    let offer = options
        .prepare_copy(Source::Bytes(text.into()), copy::MimeType::Text)
        .map_err(|error| with_causes(&error))?;
    let expected = text.to_vec();
    let look = background::spawn("look", move || {
        while !is_pasted(&expected) {
            thread::sleep(BETWEEN_LOOKS);
        }
        confirmed();
    });
    look.map_err(|error| format!("no thread can be started: {error}"))?;
    offer.serve().map_err(|error| with_causes(&error))
}

fn is_pasted(expected: &[u8]) -> bool {
    let contents =
        paste::get_contents(ClipboardType::Regular, Seat::Unspecified, paste::MimeType::Text);
    let mut pasted = Vec::new();
    contents.is_ok_and(|(mut pipe, _)| pipe.read_to_end(&mut pasted).is_ok()) && pasted == expected
}

/// The library keeps what happened in the causes of its errors.
fn with_causes(error: &dyn Error) -> String {
    let causes = iter::successors(Some(error), |&error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
