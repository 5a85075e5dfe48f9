use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A string, borrowed from the file unless it is written with escapes.
#[derive(Deserialize, Serialize)]
#[serde(transparent)]
pub struct Text<'t>(#[serde(borrow)] pub Cow<'t, str>);

impl<'t> From<&'t str> for Text<'t> {
    fn from(text: &'t str) -> Self {
        Self(text.into())
    }
}
