mod document;
mod file;
mod markdown;
#[cfg(test)]
mod tests;
mod text;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::json_text::each_on_a_line;
use super::sanitize;

pub use document::{Block, Document, StepNumber};

/// The setup steps, as the catalog has them: nothing is left out and nothing narrowed yet.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "a guide, which is an object")]
pub struct Guide {
    pub sections: Vec<GuideSection>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "a section, which is an object")]
pub struct GuideSection {
    pub title: String,
    /// Paragraphs before the first step.
    #[serde(default, serialize_with = "each_on_a_line", skip_serializing_if = "Vec::is_empty")]
    pub opening: Vec<GuideLine>,
    /// Paragraphs after the last step.
    #[serde(default, serialize_with = "each_on_a_line", skip_serializing_if = "Vec::is_empty")]
    pub closing: Vec<GuideLine>,
    #[serde(serialize_with = "each_on_a_line")]
    pub steps: Vec<GuideStep>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "a step, which is an object")]
pub struct GuideStep {
    pub title: String,
    /// The scopes that this step is about, in catalog order. Empty for a step that everybody takes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
    /// The instructions before the scopes, one line each.
    pub lines: Vec<GuideLine>,
    /// The same, after the scopes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closing: Vec<GuideLine>,
}

/// The pieces of a line, which the guide and the documents made from it share.
pub type GuideLine = Arc<[Span]>;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
// For an untagged enum, serde's whole error is this text.
#[serde(
    rename_all = "lowercase",
    expecting = "expected a text, or an object with `strong`, `literal`, `copy` or `link`"
)]
pub enum Span {
    /// The provider's name of a button, a field or a page.
    Strong(String),
    /// Text to be read letter by letter; `{...}` in it is for the reader to fill in.
    Literal(String),
    /// Text to be copied as it is.
    Copy(String),
    /// An address to open or to copy. It begins with `http://` or `https://`.
    Link(String),
    #[serde(untagged)]
    Text(String),
}

impl Span {
    /// An address to open, or only to copy if it may not be safe to open.
    pub(super) fn address(address: &str) -> Self {
        if is_web_address(address) {
            Self::Link(address.into())
        } else {
            Self::Copy(address.into())
        }
    }

    pub fn text(&self) -> &str {
        match self {
            Self::Strong(text)
            | Self::Literal(text)
            | Self::Copy(text)
            | Self::Link(text)
            | Self::Text(text) => text,
        }
    }

    pub(super) fn text_mut(&mut self) -> &mut String {
        match self {
            Self::Strong(text)
            | Self::Literal(text)
            | Self::Copy(text)
            | Self::Link(text)
            | Self::Text(text) => text,
        }
    }

    /// The text that copying this piece gives. `None` if it cannot be copied.
    pub fn copies(&self) -> Option<&str> {
        match self {
            Self::Copy(text) | Self::Link(text) => Some(text),
            Self::Strong(_) | Self::Literal(_) | Self::Text(_) => None,
        }
    }
}

/// Returns `true` if the address is safe as a link in any document: a web page, without a character
/// that ends a link or is invisible.
pub(super) fn is_web_address(address: &str) -> bool {
    let web = address.starts_with("https://") || address.starts_with("http://");
    web && !address.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>'))
        && sanitize(address) == address
}
