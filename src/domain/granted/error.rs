use std::fmt;

use crate::domain::{GuideUrlError, InputError, Position, pluralize, sanitize};

/// Why a text was not taken as granted scopes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantedError {
    /// Where it is; none where it is the whole text.
    pub place: Option<Where>,
    pub fault: GrantedFault,
}

/// Where in a text something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    At(Position),
    /// The value of this key, variable or parameter.
    Under(String),
    /// An entry of a list, from 1.
    Entry(usize),
}

/// What is wrong. It holds nothing of the text but names of keys that speak of scopes, and short
/// words that were taken for a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GrantedFault {
    /// It cannot be read as text.
    Input(InputError),
    /// It has words, and states no scope.
    Empty,
    /// A word that is not a scope. `word` is given where it is short and harmless.
    NotAScope {
        word: Option<String>,
        length: usize,
        nearest: Option<String>,
    },
    /// The text says that something failed.
    ErrorResponse,
    /// The text says that the token is not valid.
    Inactive,
    /// A catalog lists scopes that there are, not scopes that an app has.
    Catalog,
    /// These two keys state different scopes.
    TwoStatements(String, String),
    /// No key, variable or parameter of this form states granted scopes.
    NoStatement(&'static str),
    /// The value is not a text or a list of texts.
    NotText,
    Syntax {
        form: &'static str,
        reason: Option<String>,
    },
    /// A line in a list of variables that is not `NAME=value`.
    NotAVariable,
    /// Some boxes are ticked and others are not.
    MixedBoxes,
    /// Items marked `+` are what `diff` prints.
    Additions,
    /// A table with other columns than scopes and what they are needed for.
    Table,
    GuideUrl(GuideUrlError),
}

impl GrantedFault {
    pub(super) fn at(self, place: Where) -> GrantedError {
        GrantedError { place: Some(place), fault: self }
    }
}

impl From<GrantedFault> for GrantedError {
    fn from(fault: GrantedFault) -> Self {
        Self { place: None, fault }
    }
}

impl From<InputError> for GrantedError {
    fn from(error: InputError) -> Self {
        GrantedFault::Input(error).into()
    }
}

impl fmt::Display for Where {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(Position { line, column }) => write!(f, "line {line}, column {column}"),
            Self::Under(key) => write!(f, "`{key}`"),
            Self::Entry(entry) => write!(f, "entry {entry}"),
        }
    }
}

impl fmt::Display for GrantedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(f, "{place}: {}", self.fault),
            None => write!(f, "{}", self.fault),
        }
    }
}

impl fmt::Display for GrantedFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(error) => write_input_error(f, error),
            Self::Empty => f.write_str("There is no scope in it; give scopes such as `deals:read`."),
            Self::NotAScope { word, length, nearest } => {
                match word {
                    Some(word) => write!(f, "`{}` is not a scope; ", sanitize(word))?,
                    None => {
                        let characters = pluralize(*length, "character");
                        write!(f, "This word of {characters} is not a scope; ")?;
                    }
                }
                match nearest {
                    Some(nearest) => write!(f, "did you mean `{}`?", sanitize(nearest)),
                    None => f.write_str("give a list of scopes and nothing else."),
                }
            }
            Self::ErrorResponse => f.write_str(
                "This is an error response, which grants nothing; give the response that has the token.",
            ),
            Self::Inactive => f.write_str(
                "This token is not active, so it grants nothing; give the response of a valid one.",
            ),
            Self::Catalog => f.write_str(
                "This is a catalog: it lists the scopes that there are, not those that an app has.",
            ),
            Self::TwoStatements(one, other) if one == other => {
                write!(f, "`{one}` stands there more than once; leave the one that holds.")
            }
            Self::TwoStatements(one, other) => write!(
                f,
                "`{one}` and `{other}` both state scopes; leave the one that holds."
            ),
            Self::NoStatement(form) => {
                write!(f, "The {form} does not say what is granted; name it `scope` or `scopes`.")
            }
            Self::NotText => f.write_str("Its value is not a text or a list of scopes."),
            Self::Syntax { form, reason: Some(reason) } => {
                write!(f, "This is not valid {form} ({}); correct it.", sanitize(reason))
            }
            Self::Syntax { form, reason: None } => {
                write!(f, "This is not valid {form}; correct it, or give a plain list of scopes.")
            }
            Self::NotAVariable => f.write_str("This line is not `NAME=value`; correct it."),
            Self::MixedBoxes => f.write_str(
                "Some boxes are ticked and others are not; leave only what the app has.",
            ),
            Self::Additions => f.write_str(
                "Items marked `+` look like a comparison; give what the app has as a plain list.",
            ),
            Self::Table => f.write_str(
                "The table has other columns than scopes; give the scopes as a plain list.",
            ),
            Self::GuideUrl(error) => write_guide_url_error(f, error),
        }
    }
}

fn write_input_error(f: &mut fmt::Formatter<'_>, error: &InputError) -> fmt::Result {
    match error {
        InputError::NotUtf16 => f.write_str("This is not valid UTF-16; save it as UTF-8."),
        InputError::NotUtf8 { line, column } => write!(
            f,
            "The byte at line {line}, column {column} is not valid UTF-8; save it as UTF-8."
        ),
        InputError::Empty | InputError::TooLong { .. } | InputError::Malformed { .. } => {
            f.write_str("There is no scope in it; give scopes such as `deals:read`.")
        }
    }
}

fn write_guide_url_error(f: &mut fmt::Formatter<'_>, error: &GuideUrlError) -> fmt::Result {
    match error {
        GuideUrlError::OtherPage => f.write_str(
            "The link has no `scope` and does not lead to the guide; give one of the two.",
        ),
        GuideUrlError::NoSelection => {
            f.write_str("The link leads to the guide without actions; give one that has some.")
        }
        GuideUrlError::RepeatedSelection => {
            f.write_str("The link has more than one list of actions; leave one.")
        }
        GuideUrlError::UnknownAction(unknown) => match unknown.nearest.first() {
            Some(nearest) => write!(
                f,
                "The link has an action that the catalog does not know; did you mean `{}`?",
                sanitize(nearest)
            ),
            None => f.write_str("The link has an action that the catalog does not know."),
        },
    }
}
