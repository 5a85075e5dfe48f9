use std::borrow::Cow;

use thiserror::Error;

use super::position::Position;
use crate::domain::{excerpt, may_be_secret, quoted};

/// Why a catalog was not taken, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogError {
    /// In the text as it was given. `None` if the text as a whole is wrong.
    pub place: Option<Position>,
    pub fault: CatalogFault,
}

/// A fault of a catalog, as a sentence. A `field` is a path such as `actions[3].label`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CatalogFault {
    /// The first byte that is no UTF-8.
    #[error("This byte is not valid UTF-8; save the file as UTF-8.")]
    NotUtf8,
    /// It is UTF-16, and breaks off or has half a character.
    #[error("This is not valid UTF-16; save the file as UTF-8.")]
    NotUtf16,
    /// Not what the form of the text has there. The field is empty outside of any.
    #[error("{}; see docs/catalog.md for the format.", malformed(.field, .reason))]
    Malformed { field: String, reason: String },
    /// `field` has no text.
    #[error("{} has no text; write it.", excerpt(.field))]
    Empty { field: String },
    /// An id, a scope or the address holds what cannot stand in a link or between separators, or
    /// what would be copied unseen: white space, a control character, a separator, a character
    /// without a shape.
    #[error(
        "{} ({}) holds white space, a separator, or a character that is not seen; take it out.",
        excerpt(.field), quoted("text", .value)
    )]
    Unsafe { field: String, value: String },
    /// A link of a guide leads to something else than a page.
    #[error(
        "{} ({}) is no address of a page; begin it with `https://` or `http://`.",
        excerpt(.field), quoted("text", .value)
    )]
    NoPageAddress { field: String, value: String },
    /// `field` says again what an earlier entry said.
    #[error("{} says `{}` a second time; leave one.", excerpt(.field), excerpt(.value))]
    Repeated { field: String, value: String },
    /// An action needs a scope that the catalog's list of scopes does not have.
    #[error(
        "Action `{}` needs `{}`, which is not in the list of scopes; add it there.",
        excerpt(.action), excerpt(.scope)
    )]
    UnknownScope { action: String, scope: String },
    /// The catalog's reference speaks of an action that the catalog does not have.
    #[error(
        "{}: The catalog has no action `{}`; add it, or leave this out.",
        excerpt(.field), excerpt(.action)
    )]
    UnknownAction { field: String, action: String },
    /// A step of the guide, or the reference, names a scope that the catalog's list of scopes does not
    /// have.
    #[error(
        "{} names `{}`, which is not in the list of scopes; add it there.",
        excerpt(.field), excerpt(.scope)
    )]
    UnlistedScope { field: String, scope: String },
    /// The id of another connector's action begins like those of Pipedrive, whose API is known.
    #[error(
        "The id `{}` begins like those of Pipedrive, but its action is another connector's; correct it, or give each connector in a file of its own.",
        excerpt(.action)
    )]
    ForeignId { action: String },
    /// An operation names a security scheme that the description does not declare.
    #[error(
        "{}: The security scheme `{}` is not declared, so what the operation accepts cannot be told; declare it, or correct its name.",
        excerpt(.field), excerpt(.scheme)
    )]
    UndeclaredScheme { field: String, scheme: String },
    /// A `$ref` that cannot be followed.
    #[error("{}: This reference cannot be followed: {why}.", excerpt(.field))]
    BrokenReference { field: String, why: &'static str },
    /// No permission of Microsoft Graph's has this scheme; those that some have.
    #[error("No permission has {}; {}.", quoted("scheme", .scheme), choice(.known))]
    UnknownScheme { scheme: String, known: Vec<String> },
    /// A kind of access is chosen for an API whose description has none.
    #[error(
        "`--scheme` chooses the kind of access in Microsoft Graph permissions, and this file has none; leave it out."
    )]
    SchemeWithoutKinds,
    /// A catalog was imported for another scheme than the one that is asked for.
    #[error(
        "The catalog was made for {}; leave `--scheme` out, or import the permissions again with it.",
        .own.as_ref().map_or("no single scheme".into(), |own| format!("`{}`", excerpt(own)))
    )]
    OtherScheme { own: Option<String> },
    /// A catalog was imported with another meaning of lists of scopes.
    #[error(
        "The catalog was made with another meaning of lists of scopes; leave `--listed-scopes` out, or import the description again with it."
    )]
    OtherListedScopes,
    /// A permission asks for another one that the file does not have.
    #[error(
        "{}: It also requires `{}`, which is no permission of this scheme.",
        excerpt(.field), excerpt(.permission)
    )]
    UnknownPermission { field: String, permission: String },
    /// More scopes would authorize an action than is in proportion to the catalog.
    #[error("More than {limit} scopes include `{}`; list fewer in their `includes`.", excerpt(.scope))]
    TooManyIncluders { scope: String, limit: usize },
    /// In a part of a connector, at a place of its own.
    #[error("{} {fault}", excerpt(.part))]
    InPart { part: String, fault: Box<Self> },
    /// The text has a form that cannot be read.
    #[error(transparent)]
    UnreadableForm(UnreadableForm),
    /// Nothing but white space.
    #[error("This is empty; give a catalog, an API description or a saved guide page.")]
    NoText,
    /// A page without the attribute that carries the actions.
    #[error(
        "This is neither JSON nor YAML, and as a page it has no `data-guide-actions-json`, so it carries no actions; save the page of a guide, or give a catalog in JSON."
    )]
    NoPanel,
    /// A page of a guide that has no panel.
    #[error(
        "This guide has no panel, so it carries no actions; give the connector's actions in another form, such as the answer of `GET /actions`."
    )]
    GuideWithoutPanel,
    /// A page that was saved as text, without its attributes.
    #[error(
        "This page was saved as text, which loses its actions; save its source (HTML or MDX) instead."
    )]
    SavedAsText,
    /// The page ends within a tag of its guide.
    #[error("The page ends within a tag of its guide, so it is cut off; save it again.")]
    Unclosed,
    /// The catalog is no longer wanted.
    #[error("Loading the catalog was stopped.")]
    Stopped,
}

/// Forms that are known and cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum UnreadableForm {
    #[error(
        "This is a Postman collection, which does not say which scopes a call accepts; give the API's OpenAPI document."
    )]
    Postman,
    #[error(
        "This is a GraphQL schema, which does not say which scopes a field needs; give a JSON array of actions with `id`, `label` and `scopes`."
    )]
    GraphQl,
    /// Dropbox's interface language.
    #[error(
        "This is a Stone file, which cannot be read; give a JSON array of actions with `id`, `label` and `scopes`."
    )]
    Stone,
    /// Another one that names itself by a key, or in its first line.
    #[error(
        "This is {0}, which cannot be read; give the API's OpenAPI document, or a JSON array of actions with `id`, `label` and `scopes`."
    )]
    Other(&'static str),
    #[error("This is a page saved as MHTML; save it as HTML.")]
    Mhtml,
    /// A list of actions that belongs to a StackOne connector.
    #[error(
        "This is a part of a StackOne connector; give the connector's own file, and leave its parts beside it."
    )]
    StackOnePartial,
    /// YAML that is none of the forms.
    #[error(
        "This YAML is neither OpenAPI 3, nor Swagger 2, nor a StackOne connector; see docs/catalog.md for what can be read."
    )]
    Yaml,
}

fn choice(schemes: &[String]) -> String {
    if schemes.is_empty() {
        return "none has any scheme, so this is not the whole file".to_owned();
    }
    format!("name one of these with --scheme: {}", excerpt(&schemes.join(", ")))
}

/// Outside of any field the reason begins the sentence.
fn malformed(field: &str, reason: &str) -> String {
    let reason = without_secret(reason);
    if !field.is_empty() {
        return format!("{}: {}", excerpt(field), excerpt(&reason));
    }
    let mut letters = reason.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    let sentence: String = first.into_iter().chain(letters).collect();
    excerpt(&sentence).into_owned()
}

/// The reason, which may be serde's own, without the name of an unknown or repeated key that may be a secret.
fn without_secret(reason: &str) -> Cow<'_, str> {
    let starts = ["unknown key ", "unknown field ", "duplicate field "];
    let named = starts.iter().find_map(|start| Some((start, reason.strip_prefix(start)?)));
    let Some((start, rest)) = named else { return reason.into() };
    let end = rest.rfind("`, expected ").or(rest.rfind('`')).map_or(rest.len(), |end| end + 1);
    let (name, rest) = rest.split_at(end);
    let name = name.trim_matches('`');
    match may_be_secret(name) {
        true => format!("{start}of {} characters{rest}", name.chars().count()).into(),
        false => reason.into(),
    }
}

impl CatalogFault {
    /// The fault of a JSON text that cannot be read.
    pub(in crate::domain) fn of_json(error: &serde_json::Error) -> Self {
        Self::Malformed { field: String::new(), reason: reason_without_place(error) }
    }

    /// Returns `true` if it is about the text as a whole, and stands nowhere in it.
    pub(super) const fn is_of_whole(&self) -> bool {
        matches!(self, Self::NoPanel | Self::GuideWithoutPanel | Self::SavedAsText)
    }
}

impl From<CatalogFault> for CatalogError {
    fn from(fault: CatalogFault) -> Self {
        Self { place: None, fault }
    }
}

/// `serde_json` ends its message with the place, which the error already carries as numbers.
pub(in crate::domain) fn reason_without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let end = message.rfind(" at line ").unwrap_or(message.len());
    match &message[..end] {
        "lone leading surrogate in hex escape" | "unexpected end of hex escape" => {
            "a `\\u` is half of a character, as where a text was cut; write the whole character"
                .into()
        }
        reason => without_text(reason),
    }
}

/// A reason of serde's without the value that it found where something else belongs: that may be a
/// secret.
pub(super) fn without_text(reason: &str) -> String {
    let found = [" string \"", " integer `", " floating point `", " character `", " boolean `"];
    let value = found.iter().filter_map(|kind| Some(reason.find(kind)? + kind.len() - 2)).min();
    match value.zip(reason.rfind(", expected ")) {
        Some((start, end)) if start < end => format!("{}{}", &reason[..start], &reason[end..]),
        _ => reason.to_owned(),
    }
}
