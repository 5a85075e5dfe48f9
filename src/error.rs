//! Every way to end: an [`Exit`] is a value, and an [`Error`] knows its words and its exit.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::domain::{
    CatalogError, GuideUrlError, IdPlace, InputError, Page, PatternError, UnknownAction,
    UnknownSubject, visible,
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
    Catalog(CatalogError),
    NoAction {
        place: Place,
        error: PatternError,
    },
    Url {
        place: Place,
        error: GuideUrlError,
        /// What the link should have led to.
        page: Box<Page>,
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
    /// Neither a file nor a list of scopes.
    NoScopes(String),
    /// No action is named, so that there is no answer.
    NothingNamed,
    /// No action matches this query.
    NothingListed(String),
    /// Done on the screen, with nothing to print.
    NothingTicked,
    /// There is no terminal to draw on, for this reason.
    NoTerminal(io::Error),
    /// The terminal was there, and failed.
    Terminal(io::Error),
    Unwritable {
        path: PathBuf,
        error: io::Error,
    },
    /// stdout did not take the answer.
    Output(io::Error),
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
            Self::NothingNamed | Self::NothingListed(_) | Self::NothingTicked => Exit::Nothing,
            Self::Usage { .. }
            | Self::ArgumentNotUtf8 { .. }
            | Self::DefaultFlags(_)
            | Self::Config { .. }
            | Self::Catalog(_)
            | Self::NoAction { .. }
            | Self::Url { .. }
            | Self::UnknownSubject(_)
            | Self::Input { .. }
            | Self::Unreadable { .. }
            | Self::TooLarge { .. }
            | Self::StdinTwice
            | Self::NoScopes(_)
            | Self::NoTerminal(_)
            | Self::Terminal(_)
            | Self::Unwritable { .. }
            | Self::Output(_) => Exit::Refused,
        }
    }
}

impl std::error::Error for Error {}

impl From<CatalogError> for Error {
    fn from(error: CatalogError) -> Self {
        Self::Catalog(error)
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
            ScreenError::Terminal(error) => Self::Terminal(error),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage { reason, command } => {
                write!(f, "{}; see `{command} --help`.", visible(reason))
            }
            Self::ArgumentNotUtf8 { position, text } => write!(
                f,
                "Argument {position} (`{}`) is not valid UTF-8; write it as UTF-8 text.",
                shown(text)
            ),
            Self::DefaultFlags(reason) => write!(
                f,
                "PDSCOPES_OPTS cannot be used: {}; correct or unset it.",
                visible(reason)
            ),
            Self::Config { path, at, reason } => {
                write!(f, "{}", shown(&path.to_string_lossy()))?;
                if let Some((line, column)) = at {
                    write!(f, ", line {line}, column {column}")?;
                }
                write!(f, ": {}", visible(reason))
            }
            Self::Catalog(error) => write_catalog_error(f, error),
            Self::NoAction { place, error } => write_no_action(f, place, error),
            Self::Url { place, error, page } => write_url_error(f, place, error, page),
            Self::UnknownSubject(unknown) => {
                write!(f, "No action and no scope is called `{}`; ", shown(&unknown.name))?;
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
                "{source} is larger than {} MiB; give only what is to be named.",
                limit >> 20
            ),
            Self::StdinTwice => f.write_str(
                "`-` stands for stdin, which can be read only once; give the other one as an argument or a file.",
            ),
            Self::NoScopes(text) => write!(
                f,
                "`{}` is neither a file nor a list of scopes; check the path, or name scopes such as `deals:read,admin`.",
                shown(text)
            ),
            Self::NothingNamed => f.write_str(
                "No action is named, so nothing is printed; name action ids, `-` for stdin, --all or --from-url URL.",
            ),
            Self::NothingListed(query) => write!(
                f,
                "No action matches `{}`; use fewer or shorter words, or none to list all.",
                shown(query)
            ),
            Self::NothingTicked => f.write_str(
                "Nothing is ticked, so nothing is printed; tick actions with Tab before Enter.",
            ),
            Self::Terminal(error) => write!(
                f,
                "The terminal failed ({error}); `pdscopes scopes` answers without one."
            ),
            Self::NoTerminal(_) => f.write_str(
                "There is no terminal to draw on; `pdscopes list`, `scopes`, `url`, `explain`, `check` and `diff` need none.",
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
            "{place}No action id matches `{}`; `pdscopes list` shows them all.",
            shown(pattern)
        ),
    }
}

fn write_unknown_action(f: &mut fmt::Formatter<'_>, unknown: &UnknownAction) -> fmt::Result {
    if unknown.id.is_empty() {
        return f.write_str("An action id is empty; `pdscopes list` shows them all.");
    }
    write!(f, "No action is called `{}`; ", shown(&unknown.id))?;
    write_nearest(f, &unknown.nearest)
}

fn write_nearest(f: &mut fmt::Formatter<'_>, nearest: &[String]) -> fmt::Result {
    let quoted: Vec<_> = nearest.iter().map(|id| format!("`{}`", shown(id))).collect();
    match quoted.as_slice() {
        [] => f.write_str("`pdscopes list` shows what there is."),
        [one] => write!(f, "did you mean {one}?"),
        [others @ .., last] => write!(f, "did you mean {} or {last}?", others.join(", ")),
    }
}

fn write_url_error(
    f: &mut fmt::Formatter<'_>,
    place: &Place,
    error: &GuideUrlError,
    page: &Page,
) -> fmt::Result {
    let (address, parameter) = (visible(&page.address), visible(&page.parameter));
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

fn write_input_error(
    f: &mut fmt::Formatter<'_>,
    source: &Source,
    error: &InputError,
    wanted: Wanted,
) -> fmt::Result {
    let remedy = wanted.words();
    match error {
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

fn write_catalog_error(f: &mut fmt::Formatter<'_>, error: &CatalogError) -> fmt::Result {
    f.write_str("The catalog cannot be used: ")?;
    match error {
        CatalogError::Malformed { line, column, reason } => {
            write!(f, "line {line}, column {column}: {}.", shown(reason))
        }
        CatalogError::Empty { field } => write!(f, "{} has no text.", shown(field)),
        CatalogError::Unsafe { field, value } => write!(
            f,
            "{} (`{}`) holds white space, a control character or a separator.",
            shown(field),
            shown(value)
        ),
        CatalogError::Repeated { field, value } => {
            write!(f, "{} says `{}` a second time.", shown(field), shown(value))
        }
        CatalogError::UnlistedScope { field, scope } => {
            write!(
                f,
                "{} says `{}`, which is not in the list of scopes.",
                shown(field),
                shown(scope)
            )
        }
        CatalogError::UnknownScope { action, scope } => write!(
            f,
            "action `{}` needs `{}`, which is not in the list of scopes.",
            shown(action),
            shown(scope)
        ),
    }
}

/// A text from outside, harmless and short enough for a sentence.
fn shown(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 200;
    match text.char_indices().nth(LONGEST) {
        None => visible(text),
        Some((end, _)) => Cow::Owned(format!("{}...", visible(&text[..end]))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        for (error, end) in [
            (
                CatalogError::Malformed { line: 2, column: 13, reason: "expected a list".into() },
                "line 2, column 13: expected a list.",
            ),
            (CatalogError::Empty { field: field.clone() }, "actions[1].id has no text."),
            (
                CatalogError::Unsafe { field: field.clone(), value: value.clone() },
                "actions[1].id (`a␛b`) holds white space, a control character or a separator.",
            ),
            (CatalogError::Repeated { field, value }, "actions[1].id says `a␛b` a second time."),
            (
                CatalogError::UnknownScope { action: "x".into(), scope: "r".into() },
                "action `x` needs `r`, which is not in the list of scopes.",
            ),
        ] {
            let sentence = Error::from(error).to_string();
            assert_eq!(sentence, format!("The catalog cannot be used: {end}"));
        }
    }
}
