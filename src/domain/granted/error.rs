use std::fmt;

use thiserror::Error;

use super::key;
use crate::domain::nearest::did_you_mean;
use crate::domain::{
    GuideUrlError, InputError, Position, UnknownName, pluralize, quoted, sanitize,
};

pub(super) type Result<T = (), E = GrantedError> = std::result::Result<T, E>;

/// Why a text was not taken as granted scopes.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}{fault}", .place.as_ref().map_or_else(String::new, |place| format!("{place}: ")))]
pub struct GrantedError {
    /// `None` if it is the whole text.
    pub place: Option<Where>,
    pub fault: GrantedFault,
}

/// A position in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    At(Position),
    /// The value of this key, variable or parameter.
    Under(String),
    /// An entry of a list, from 1.
    Entry(usize),
}

/// The error, as a sentence. It repeats nothing of the text except names of keys about scopes, and
/// words that are nearly a scope.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum GrantedFault {
    /// It cannot be read as text.
    #[error("{0}; give scopes as UTF-8 text, or as JSON.")]
    Input(InputError),
    /// It has words, and states no scope.
    #[error("There is no scope in it; give the scopes that the app has.")]
    Empty,
    /// A word of so many characters that is not a scope. `word` is present if it is surely no
    /// secret: short, without digits, and spelt much like a scope.
    #[error("{}", not_a_scope(.word.as_deref(), *.length, .nearest.as_deref()))]
    NotAScope { word: Option<String>, length: usize, nearest: Option<String> },
    /// Beside a scope stands a character without a width.
    #[error("Beside this scope stands a character that cannot be seen; type the scope anew.")]
    Invisible,
    /// The text says that something failed.
    #[error(
        "This is an error response, which grants nothing; give the response that has the token."
    )]
    ErrorResponse,
    /// The text says that what it states is not in force, or only in an environment for trials.
    #[error(
        "This says that the token is not active, or that its scopes are not granted, or only for trials; give what the app has now."
    )]
    Inactive,
    /// The key or section around it is not known to name an app or what holds its scopes.
    #[error(
        "Scopes stand under {}, which does not say that an app has them; give them as a plain list.",
        quoted("name", .0)
    )]
    Holder(String),
    /// It names a connector or provider that is not the catalog's. The name may be a secret.
    #[error(
        "This names another connector or provider than the catalog does; give the scopes of an app for this one."
    )]
    OfAnother,
    /// A status or a flag, as `curl -w` prints it behind a response.
    #[error(
        "A value without a key stands beside the scopes and may take them back; leave only what states them."
    )]
    Bare,
    /// Scopes of one connector say nothing of another's, even if they have the same names.
    #[error(
        "This names one of the catalog's connectors, and another has scopes of the same names; use a catalog of the one."
    )]
    OfSome,
    /// What stands beside some scopes names another app or environment than what stands beside others.
    #[error("Scopes of several apps or environments stand here; leave those of one.")]
    SeveralApps,
    /// An app has permissions of Microsoft Graph for itself, or for its users.
    #[error(
        "These permissions are for another kind of access than the catalog's; choose theirs with `--scheme`."
    )]
    OtherAccess,
    /// A catalog lists scopes that there are, not scopes that an app has.
    #[error(
        "This is a catalog, or an answer about actions: it does not say which scopes an app has."
    )]
    Catalog,
    /// These two keys, or the two places of one key, state different scopes.
    #[error("{}; leave the one that holds.", two_statements(.0, .1))]
    TwoStatements(String, String),
    /// No key, variable or parameter of this form states granted scopes.
    #[error("The {0} does not say what is granted; name it `scope` or `scopes`.")]
    NoStatement(&'static str),
    /// The value is not a text or a list of texts.
    #[error("Its value is not a text or a list of scopes.")]
    NotText,
    #[error("This is not valid {form}{}", match .reason {
        Some(reason) => format!(" ({}); correct it.", sanitize(reason)),
        None => "; correct it, or give a plain list of scopes.".into(),
    })]
    Syntax { form: &'static str, reason: Option<String> },
    #[error(
        "A tag (`!`) may change what stands behind it; remove it, or give a plain list of scopes."
    )]
    Tag,
    /// A YAML text above the limits of its library.
    #[error("This YAML has too many values, levels or aliases; give a plain list of scopes.")]
    TooLarge,
    /// A line in a list of variables that is not `NAME=value`.
    #[error("This line is not `NAME=value`; correct it.")]
    NotAVariable,
    /// A `;` that may begin a comment.
    #[error(
        "`;` begins a comment in some files and is a separator in others; remove what does not count."
    )]
    Semicolon,
    /// Some boxes are ticked and others are not, or some items have none.
    #[error("Some boxes are ticked and others are not; leave only what the app has.")]
    MixedBoxes,
    /// Items marked `+`, or only some marked `-`, are what `diff` prints.
    #[error(
        "Items marked `+` or `-` look like a comparison; give what the app has as a plain list."
    )]
    Comparison,
    /// A comment, or a heading that looks like one.
    #[error(
        "This line may say that scopes are not granted; remove what the app does not have, or the remark."
    )]
    Denied,
    /// A table with other columns than scopes and what they are needed for.
    #[error("The table has other columns than scopes; give the scopes as a plain list.")]
    Table,
    /// A link that leads elsewhere than to the guide.
    #[error("The link has no `scope` and does not lead to the guide; give one of the two.")]
    OtherLink,
    #[error("The link has an action that the catalog does not know; {}", did_you_mean(&.0.nearest, "correct it"))]
    UnknownAction(UnknownName),
    #[error(transparent)]
    GuideUrl(GuideUrlError),
}

impl GrantedError {
    /// The error in a text that begins behind so many lines of another.
    pub(super) fn below(mut self, before: usize) -> Self {
        if let Some(Where::At(place)) = &mut self.place {
            place.line += before;
        }
        self
    }
}

impl GrantedFault {
    pub(super) fn at(self, place: Where) -> GrantedError {
        GrantedError { place: Some(place), fault: self }
    }

    pub(super) fn under(self, key: &str) -> GrantedError {
        self.at(Where::Under(key::shown(key)))
    }

    /// On the line behind so many others.
    pub(super) fn on_line(self, before: usize) -> GrantedError {
        self.at(Where::At(Position { line: before + 1, column: 1 }))
    }
}

/// Fails with an error if something is so.
pub(super) fn refuse_if(is_so: bool, error: impl Into<GrantedError>) -> Result {
    if is_so { Err(error.into()) } else { Ok(()) }
}

impl From<GrantedFault> for GrantedError {
    fn from(fault: GrantedFault) -> Self {
        Self { place: None, fault }
    }
}

impl fmt::Display for Where {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(position) => position.fmt(f),
            Self::Under(key) => f.write_str(&quoted("name", key)),
            Self::Entry(entry) => write!(f, "entry {entry}"),
        }
    }
}

fn not_a_scope(word: Option<&str>, length: usize, nearest: Option<&str>) -> String {
    let length = || format!("This word of {}", pluralize(length, "character"));
    let word = word.map_or_else(length, |word| format!("`{}`", sanitize(word)));
    let remedy = match nearest {
        Some(nearest) => format!("did you mean `{}`?", sanitize(nearest)),
        None => "give a list of scopes and nothing else.".into(),
    };
    format!("{word} is not a scope; {remedy}")
}

fn two_statements(one: &str, other: &str) -> String {
    let [first, second] = [one, other].map(|name| quoted("name", name));
    match one == other {
        true => format!("{first} stands there more than once"),
        false => format!("{first} and {second} both state scopes"),
    }
}
