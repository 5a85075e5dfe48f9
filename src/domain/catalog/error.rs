use super::Position;
use super::form::UnreadableForm;

/// Why a catalog was not taken, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogError {
    /// In the text as it was given; none for what is wrong with the text as a whole.
    pub place: Option<Position>,
    pub fault: CatalogFault,
}

/// What is wrong with a catalog. A `field` is a path such as `actions[3].label`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogFault {
    /// The first byte that is no UTF-8.
    NotUtf8,
    /// Not the JSON that a catalog is. The field is empty outside of any.
    Malformed { field: String, reason: String },
    /// `field` has no text.
    Empty { field: String },
    /// An id, a scope or the address holds what cannot stand in a link or between separators, or
    /// what would be copied unseen: white space, a control character, a separator, a character
    /// without a shape.
    Unsafe { field: String, value: String },
    /// `field` says again what an earlier entry said.
    Repeated { field: String, value: String },
    /// An action needs a scope that the catalog's list of scopes does not have.
    UnknownScope { action: String, scope: String },
    /// The catalog's reference speaks of an action that the catalog does not have.
    UnknownAction { field: String, action: String },
    /// A step of the guide shows a scope that the catalog's list of scopes does not have.
    UnlistedScope { field: String, scope: String },
    /// An operation names a security scheme that the description does not declare.
    UndeclaredScheme { field: String, scheme: String },
    /// A `$ref` that cannot be followed.
    BrokenReference { field: String, why: &'static str },
    /// No permission of Microsoft Graph's has this scheme; those that some have.
    UnknownScheme { scheme: String, known: Vec<String> },
    /// A permission asks for another one that the file does not have.
    UnknownPermission { field: String, permission: String },
    /// The text has a form that cannot be read.
    UnreadableForm(UnreadableForm),
    /// A page without the attribute that carries the actions.
    NoPanel,
    /// A page of a guide that has no panel.
    GuideWithoutPanel,
    /// A page that was saved as text, without its attributes.
    SavedAsText,
    /// The page ends within the attribute that carries the actions.
    Unclosed,
    /// Whoever asked for the catalog no longer wants it.
    Stopped,
}

impl CatalogFault {
    /// Whether it is about the text as a whole, and stands nowhere in it.
    pub(super) const fn is_of_whole(&self) -> bool {
        matches!(self, Self::NoPanel | Self::GuideWithoutPanel | Self::SavedAsText)
    }
}

impl From<CatalogFault> for CatalogError {
    fn from(fault: CatalogFault) -> Self {
        Self { place: None, fault }
    }
}

impl From<serde_json::Error> for CatalogError {
    fn from(error: serde_json::Error) -> Self {
        Self {
            place: Some(Position { line: error.line(), column: error.column() }),
            fault: CatalogFault::Malformed {
                field: String::new(),
                reason: reason_without_place(&error),
            },
        }
    }
}

/// `serde_json` ends its message with the place, which the error already carries as numbers.
pub(in crate::domain) fn reason_without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rfind(" at line ") {
        Some(end) => message[..end].to_owned(),
        None => message,
    }
}
