//! Every way to end: an [`Exit`] is a value, and an [`Error`] knows its words and its exit.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::domain::{
    CatalogError, CatalogFault, GrantedError, GrantedFault, GuideUrlError, IdPlace, InputError,
    MergeError, Page, PatternError, UnknownAction, UnknownSubject, UnreadableForm, sanitize,
};
use crate::shell::ScreenError;

/// How the program ended, for the shell that called it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done, and what was asked for is on stdout.
    Done,
    /// There was nothing to print, or what was compared differs.
    Nothing,
    /// The arguments or the data cannot be used.
    Refused,
    /// The user left without an answer.
    Left,
    /// The terminal is gone (SIGHUP).
    HungUp,
    /// The program was asked to end (SIGTERM).
    Terminated,
}

/// Everything that can stand in the way of an answer.
#[derive(Debug)]
pub enum Error {
    /// The command line is wrong, for this reason. `command` is the one whose help tells more.
    Usage {
        reason: String,
        command: String,
    },
    /// The argument at this position (the first is 1), with its broken part replaced.
    ArgumentNotUtf8 {
        position: usize,
        text: String,
    },
    /// `PDSCOPES_OPTS` cannot be used, for this reason.
    DefaultFlags(String),
    /// The user's settings cannot be used: a whole sentence about what is wrong, and where.
    Config {
        path: PathBuf,
        /// Line and column, from 1; none where it is the whole file.
        at: Option<(usize, usize)>,
        reason: String,
    },
    Catalog {
        /// Absent for the one that the program carries.
        source: Option<Source>,
        error: CatalogError,
    },
    /// The catalog of a screen cannot be used, as this sentence says.
    Unloadable(String),
    /// Pages cannot be one catalog, because of this one.
    Merge {
        source: Source,
        error: MergeError,
    },
    /// The catalog names no guide page, so that there is no link to it.
    NoPage,
    NoAction {
        place: Place,
        error: PatternError,
    },
    Url {
        place: Place,
        error: GuideUrlError,
        /// What the link should have led to.
        page: Option<Box<Page>>,
    },
    UnknownSubject(UnknownSubject),
    Input {
        source: Source,
        error: InputError,
        wanted: Wanted,
    },
    Unreadable {
        source: Source,
        error: io::Error,
    },
    /// The input has more than this many bytes.
    TooLarge {
        source: Source,
        limit: u64,
    },
    /// Two arguments want to read stdin, which can be read once.
    StdinTwice,
    /// Neither a file nor scopes. The text is not repeated, since it may be a secret.
    NoScopes(Source),
    /// What should state granted scopes does not.
    Granted {
        source: Source,
        error: GrantedError,
    },
    /// The catalog has no guide.
    NoGuide,
    /// No action is named, so that there is no answer.
    NothingNamed,
    /// The catalog has no actions.
    EmptyCatalog,
    /// No action matches this query.
    NothingListed(String),
    /// Done on the screen, with nothing to print.
    NothingTicked,
    /// There is no terminal to draw on, for this reason.
    NoTerminal(io::Error),
    /// The terminal was there, and failed.
    Terminal(io::Error),
    /// The system starts no more threads for this user.
    NoThread(io::Error),
    Unwritable {
        path: PathBuf,
        error: io::Error,
    },
    /// stdout did not take the answer.
    Output(io::Error),
    /// There is no stdout to write the answer to.
    ClosedOutput,
}

/// Where a text came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Argument,
    Flag(&'static str),
    Stdin,
    File(PathBuf),
}

/// Where a word stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub source: Source,
    /// Absent where the source holds nothing but the word.
    pub within: Option<IdPlace>,
}

/// What an input should have held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Ids,
    Scopes,
}

/// What every command says of a catalog that answers nothing.
pub const EMPTY_CATALOG: &str =
    "The catalog has no actions, so there is nothing to answer; give one that has some.";

impl Exit {
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Nothing => 1,
            Self::Refused => 2,
            Self::Left => 130,
            Self::HungUp => 129,
            Self::Terminated => 143,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}

impl Error {
    pub fn exit(&self) -> Exit {
        match self {
            // Whoever read the answer has seen enough of it.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
            Self::NoGuide
            | Self::EmptyCatalog
            | Self::NothingNamed
            | Self::NothingListed(_)
            | Self::NothingTicked => Exit::Nothing,
            Self::Usage { .. }
            | Self::ArgumentNotUtf8 { .. }
            | Self::DefaultFlags(_)
            | Self::Config { .. }
            | Self::Catalog { .. }
            | Self::Unloadable(_)
            | Self::Merge { .. }
            | Self::NoPage
            | Self::NoAction { .. }
            | Self::Url { .. }
            | Self::UnknownSubject(_)
            | Self::Input { .. }
            | Self::Unreadable { .. }
            | Self::TooLarge { .. }
            | Self::StdinTwice
            | Self::NoScopes(_)
            | Self::Granted { .. }
            | Self::NoTerminal(_)
            | Self::Terminal(_)
            | Self::NoThread(_)
            | Self::Unwritable { .. }
            | Self::ClosedOutput
            | Self::Output(_) => Exit::Refused,
        }
    }
}

impl std::error::Error for Error {}

impl From<CatalogError> for Error {
    fn from(error: CatalogError) -> Self {
        Self::Catalog { source: None, error }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<ScreenError> for Error {
    fn from(error: ScreenError) -> Self {
        match error {
            ScreenError::NoTerminal(error) => Self::NoTerminal(error),
            // A terminal that would block is waited for.
            ScreenError::Terminal(error) if error.kind() == io::ErrorKind::WouldBlock => {
                Self::NoThread(error)
            }
            ScreenError::Terminal(error) => Self::Terminal(error),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage { reason, command } => {
                write!(f, "{}; see `{command} --help`.", sanitize(reason))
            }
            Self::ArgumentNotUtf8 { position, text } => write!(
                f,
                "Argument {position} (`{}`) is not valid UTF-8; write it as UTF-8 text.",
                shown(text)
            ),
            Self::DefaultFlags(reason) => write!(
                f,
                "PDSCOPES_OPTS cannot be used: {}; correct or unset it.",
                sanitize(reason)
            ),
            Self::Config { path, at, reason } => {
                write!(f, "{}", shown(&path.to_string_lossy()))?;
                if let Some((line, column)) = at {
                    write!(f, ", line {line}, column {column}")?;
                }
                write!(f, ": {}", sanitize(reason))
            }
            Self::Catalog { source, error } => write_catalog_error(f, source.as_ref(), error),
            Self::Unloadable(sentence) => f.write_str(sentence),
            Self::Merge { source, error: MergeError { id: Some(id), .. } } => write!(
                f,
                "{source}: The action `{}` has another label or other scopes than in a page before it; import the two pages apart.",
                shown(id)
            ),
            Self::Merge { source, error: MergeError { id: None, .. } } => write!(
                f,
                "{source}: This and the catalog before it cannot be one: one of them says what a guide asks for, the other what an API accepts; import them apart."
            ),
            Self::NoPage => f.write_str(
                "The catalog names no guide page, so there is no link to it; give it a `page` with `address` and `parameter`.",
            ),
            Self::NoAction { place, error } => write_no_action(f, place, error),
            Self::Url { place, error, page } => write_url_error(f, place, error, page.as_deref()),
            Self::UnknownSubject(unknown) => {
                write!(f, "Unknown scope or action: `{}`; ", shown(&unknown.name))?;
                write_nearest(f, &unknown.nearest)
            }
            Self::Input {
                source,
                error,
                wanted,
            } => write_input_error(f, source, error, *wanted),
            Self::Unreadable { source, error } => {
                write!(f, "{source} cannot be read ({error}); check that it is a readable file.")
            }
            Self::TooLarge { source, limit } => write!(
                f,
                "{source} is larger than {} MiB; give only what is needed of it.",
                limit >> 20
            ),
            Self::StdinTwice => f.write_str(
                "`-` stands for stdin, which can be read only once; give the other one as an argument or a file.",
            ),
            Self::NoScopes(source) => write!(
                f,
                "{source} looks like a path, but no such file exists; check it, or name scopes such as `deals:read,admin`."
            ),
            Self::Granted { source, error } => write_granted_error(f, source, error),
            Self::NoGuide => f.write_str(
                "The catalog has no guide, so nothing is printed; `pdscopes scopes` gives the scopes.",
            ),
            Self::NothingNamed => f.write_str(
                "No action is named, so nothing is printed; name action ids, `-` for stdin, --all or --from-url URL.",
            ),
            Self::EmptyCatalog => f.write_str(EMPTY_CATALOG),
            Self::NothingListed(query) => write!(
                f,
                "No action matches `{}`; use fewer or shorter words, or none to list all.",
                shown(query)
            ),
            Self::NothingTicked => f.write_str(
                "Nothing is selected, so nothing is printed; select actions with Tab before Enter.",
            ),
            Self::Terminal(error) => write!(
                f,
                "The terminal failed ({error}); `pdscopes scopes` answers without one."
            ),
            Self::NoThread(error) => write!(
                f,
                "No thread could be started ({error}); end other programs, or raise `ulimit -u`."
            ),
            Self::NoTerminal(_) => f.write_str(
                "There is no terminal to draw on; `pdscopes list`, `scopes`, `url`, `explain`, `check`, `diff`, `audit` and `guide` need none.",
            ),
            Self::ClosedOutput => f.write_str(
                "stdout is closed, so the answer has nowhere to go; send it to a file, a pipe or /dev/null.",
            ),
            Self::Unwritable { path, error } => write!(
                f,
                "`{}` cannot be written ({error}); choose another place.",
                shown(&path.to_string_lossy())
            ),
            Self::Output(error) => {
                write!(f, "The answer could not be written to stdout ({error}); it is incomplete.")
            }
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument => f.write_str("The argument"),
            Self::Flag(flag) => f.write_str(flag),
            Self::Stdin => f.write_str("stdin"),
            Self::File(path) => f.write_str(&shown(&path.to_string_lossy())),
        }
    }
}

/// The beginning of a sentence, up to and with the colon; nothing where the word itself is enough.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.source, &self.within) {
            (Source::Argument, _) => Ok(()),
            (source, None) => write!(f, "{source}: "),
            (source, Some(IdPlace::Line(line))) => write!(f, "{source}, line {line}: "),
            (source, Some(IdPlace::Entry(entry))) => write!(f, "{source}, entry {}: ", entry + 1),
        }
    }
}

impl Wanted {
    const fn words(self) -> &'static str {
        match self {
            Self::Ids => "give action ids as UTF-8 text, one a line, or as JSON",
            Self::Scopes => "give scopes as UTF-8 text, or as JSON",
        }
    }
}

fn write_no_action(f: &mut fmt::Formatter<'_>, place: &Place, error: &PatternError) -> fmt::Result {
    match error {
        PatternError::UnknownAction(unknown) => {
            write!(f, "{place}")?;
            write_unknown_action(f, unknown)
        }
        PatternError::NoMatch(pattern) => write!(
            f,
            "{place}No action id matches `{}`; `pdscopes list` shows all actions.",
            shown(pattern)
        ),
    }
}

fn write_unknown_action(f: &mut fmt::Formatter<'_>, unknown: &UnknownAction) -> fmt::Result {
    if unknown.id.is_empty() {
        return f.write_str("An action id is empty; `pdscopes list` shows all actions.");
    }
    write!(f, "Unknown action: `{}`; ", shown(&unknown.id))?;
    write_nearest(f, &unknown.nearest)
}

fn write_nearest(f: &mut fmt::Formatter<'_>, nearest: &[String]) -> fmt::Result {
    let quoted: Vec<_> = nearest.iter().map(|id| format!("`{}`", shown(id))).collect();
    match quoted.as_slice() {
        [] => f.write_str("`pdscopes list` shows all actions."),
        [one] => write!(f, "did you mean {one}?"),
        [others @ .., last] => write!(f, "did you mean {} or {last}?", others.join(", ")),
    }
}

fn write_url_error(
    f: &mut fmt::Formatter<'_>,
    place: &Place,
    error: &GuideUrlError,
    page: Option<&Page>,
) -> fmt::Result {
    let Some(page) = page else {
        return write!(
            f,
            "{place}The catalog names no guide page, so no link can be read; name action ids."
        );
    };
    let (address, parameter) = (sanitize(&page.address), sanitize(&page.parameter));
    match error {
        GuideUrlError::OtherPage => {
            write!(f, "{place}The link leads to another page; the guide's is {address}.")
        }
        GuideUrlError::NoSelection => write!(
            f,
            "{place}The link carries no action; it needs the parameter `{parameter}`, as in the link that `pdscopes url` prints."
        ),
        GuideUrlError::RepeatedSelection => write!(
            f,
            "{place}The link has the parameter `{parameter}` more than once; leave only one."
        ),
        GuideUrlError::UnknownAction(unknown) => {
            write!(f, "{place}")?;
            write_unknown_action(f, unknown)
        }
    }
}

/// `scopes.txt, line 3, column 5: ...`
fn write_granted_error(
    f: &mut fmt::Formatter<'_>,
    source: &Source,
    error: &GrantedError,
) -> fmt::Result {
    match (&error.place, &error.fault) {
        (_, GrantedFault::Input(error)) => write_input_error(f, source, error, Wanted::Scopes),
        (None, fault) => write!(f, "{source}: {fault}"),
        (Some(place), fault) => write!(f, "{source}, {place}: {fault}"),
    }
}

fn write_input_error(
    f: &mut fmt::Formatter<'_>,
    source: &Source,
    error: &InputError,
    wanted: Wanted,
) -> fmt::Result {
    let remedy = wanted.words();
    match error {
        InputError::NotUtf16 => {
            write!(f, "{source}: The text is UTF-16 and breaks off; {remedy}.")
        }
        InputError::NotUtf8 { line, column } => write!(
            f,
            "{source}, line {line}, column {column}: This byte is not valid UTF-8; {remedy}."
        ),
        InputError::TooLong { line, bytes } => write!(
            f,
            "{source}, line {line}: A name of {bytes} bytes is longer than any; {remedy}."
        ),
        InputError::Malformed { line, column, reason } => {
            write!(f, "{source}, line {line}, column {column}: {}; {remedy}.", shown(reason))
        }
        InputError::Empty => write!(f, "{source} names nothing; {remedy}."),
    }
}

/// `slack.mdx:12:34: actions[3].label has no text; write it.`
fn write_catalog_error(
    f: &mut fmt::Formatter<'_>,
    source: Option<&Source>,
    error: &CatalogError,
) -> fmt::Result {
    match source {
        Some(source) => write!(f, "{source}:")?,
        None => f.write_str("The built-in catalog:")?,
    }
    if let Some(place) = error.place {
        write!(f, "{}:{}:", place.line, place.column)?;
    }
    write!(f, " {}", Worded(&error.fault))
}

/// A fault as a sentence.
pub struct Worded<'a>(pub &'a CatalogFault);

impl fmt::Display for Worded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            CatalogFault::NotUtf8 => {
                f.write_str("This byte is not valid UTF-8; save the file as UTF-8.")
            }
            CatalogFault::Malformed { field, reason } if field.is_empty() => {
                let mut letters = reason.chars();
                let first = letters.next().map(|first| first.to_ascii_uppercase());
                let reason: String = first.into_iter().chain(letters).collect();
                write!(f, "{}; see docs/catalog.md for the format.", shown(&reason))
            }
            CatalogFault::Malformed { field, reason } => {
                write!(f, "{}: {}; see docs/catalog.md for the format.", shown(field), shown(reason))
            }
            CatalogFault::Empty { field } => {
                write!(f, "{} has no text; write it.", shown(field))
            }
            CatalogFault::Unsafe { field, value } => write!(
                f,
                "{} (`{}`) holds white space, a separator, or a character that is not seen; take it out.",
                shown(field),
                shown(value)
            ),
            CatalogFault::Repeated { field, value } => {
                write!(f, "{} says `{}` a second time; leave one.", shown(field), shown(value))
            }
            CatalogFault::UnlistedScope { field, scope } => write!(
                f,
                "{} shows `{}`, which is not in the list of scopes; add it there.",
                shown(field),
                shown(scope)
            ),
            CatalogFault::UnknownScope { action, scope } => write!(
                f,
                "Action `{}` needs `{}`, which is not in the list of scopes; add it there.",
                shown(action),
                shown(scope)
            ),
            CatalogFault::UnknownAction { field, action } => write!(
                f,
                "{}: The catalog has no action `{}`; add it, or leave this out.",
                shown(field),
                shown(action)
            ),
            CatalogFault::UndeclaredScheme { field, scheme } => write!(
                f,
                "{}: The security scheme `{}` is not declared, so what the operation accepts \
                 cannot be told; declare it, or correct its name.",
                shown(field),
                shown(scheme)
            ),
            CatalogFault::BrokenReference { field, why } => {
                write!(f, "{}: This reference cannot be followed: {why}.", shown(field))
            }
            CatalogFault::UnknownScheme { scheme, known } => write!(
                f,
                "No permission has the scheme `{}`; name one of these with --scheme: {}.",
                shown(scheme),
                shown(&known.join(", "))
            ),
            CatalogFault::UnknownPermission { field, permission } => write!(
                f,
                "{}: It also requires `{}`, which is no permission of this scheme.",
                shown(field),
                shown(permission)
            ),
            CatalogFault::UnreadableForm(form) => f.write_str(match form {
                UnreadableForm::Postman => {
                    "This is a Postman collection, which does not say which scopes a call accepts; \
                     give the API's OpenAPI document."
                }
                UnreadableForm::GraphQl => {
                    "This is a GraphQL schema, which does not say which scopes a field needs; give \
                     a JSON array of actions with `id`, `label` and `scopes`."
                }
                UnreadableForm::Stone => {
                    "This is a Stone file, which cannot be read; give a JSON array of actions with \
                     `id`, `label` and `scopes`."
                }
                UnreadableForm::StackOnePartial => {
                    "This is a part of a StackOne connector; give the connector's own file, and \
                     leave its parts beside it."
                }
                UnreadableForm::Yaml => {
                    "This YAML is neither OpenAPI, nor Swagger, nor a StackOne connector; see \
                     docs/catalog.md for what can be read."
                }
            }),
            CatalogFault::NoPanel => f.write_str(
                "The page has no `data-guide-actions-json`, so it carries no actions; save the page of a guide, or give a catalog in JSON.",
            ),
            CatalogFault::GuideWithoutPanel => f.write_str(
                "This guide has no panel, so it carries no actions; give the connector's actions in another form, such as the answer of `GET /actions`.",
            ),
            CatalogFault::SavedAsText => f.write_str(
                "This page was saved as text, which loses its actions; save its source (HTML or MDX) instead.",
            ),
            CatalogFault::Unclosed => f.write_str(
                "`data-guide-actions-json` has no closing quote, so the page is cut off; save it again.",
            ),
            CatalogFault::Stopped => f.write_str("Loading the catalog was stopped."),
        }
    }
}

/// A text from outside, harmless and short enough for a sentence.
pub fn shown(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 200;
    match text.char_indices().nth(LONGEST) {
        None => sanitize(text),
        Some((end, _)) => Cow::Owned(format!("{}...", sanitize(&text[..end]))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Position;

    /// Scripts hold on to these numbers.
    #[test]
    fn exits_have_the_codes_that_shells_expect() {
        let exits =
            [Exit::Done, Exit::Nothing, Exit::Refused, Exit::Left, Exit::HungUp, Exit::Terminated];
        assert_eq!(exits.map(Exit::code), [0, 1, 2, 130, 129, 143]);
    }

    #[test]
    fn a_closed_pipe_is_an_end_like_any_other() {
        let error = |kind: io::ErrorKind| Error::Output(kind.into()).exit();
        assert_eq!(error(io::ErrorKind::BrokenPipe), Exit::Done);
        assert_eq!(error(io::ErrorKind::StorageFull), Exit::Refused);
    }

    #[test]
    fn every_broken_rule_of_a_catalog_has_its_sentence() {
        let (field, value) = ("actions[1].id".to_owned(), "a\u{1b}b".to_owned());
        let malformed = |field: &str| CatalogFault::Malformed {
            field: field.into(),
            reason: "expected a list".into(),
        };
        for (fault, sentence) in [
            (malformed(""), "Expected a list; see docs/catalog.md for the format."),
            (malformed("page"), "page: expected a list; see docs/catalog.md for the format."),
            (CatalogFault::Empty { field: field.clone() }, "actions[1].id has no text; write it."),
            (
                CatalogFault::Unsafe { field: field.clone(), value: value.clone() },
                "actions[1].id (`a␛b`) holds white space, a separator, or a character that is not seen; take it out.",
            ),
            (
                CatalogFault::Repeated { field, value },
                "actions[1].id says `a␛b` a second time; leave one.",
            ),
            (
                CatalogFault::UnknownScope { action: "x".into(), scope: "r".into() },
                "Action `x` needs `r`, which is not in the list of scopes; add it there.",
            ),
        ] {
            let place = Some(Position { line: 2, column: 13 });
            let error = CatalogError { place, fault };
            let told = |source| Error::Catalog { source, error: error.clone() }.to_string();
            assert_eq!(told(Some(Source::Stdin)), format!("stdin:2:13: {sentence}"));
            assert_eq!(told(None), format!("The built-in catalog:2:13: {sentence}"));
        }
    }
}
