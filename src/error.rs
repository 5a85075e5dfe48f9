//! Every way to end: an [`Exit`] is a value, and an [`enum@Error`] knows its words and its exit.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::domain::{
    CatalogError, GrantedError, GuideUrlError, IdPlace, InputError, MergeError, PatternError,
    Position, UnknownName, excerpt, may_be_secret, quoted, sanitize,
};

/// How the program ended, for the shell that called it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done, and what was asked for is on stdout.
    Done = 0,
    /// There was nothing to print, or what was compared differs.
    Nothing = 1,
    /// The arguments or the data cannot be used.
    Refused = 2,
    /// The user left without an answer.
    Left = 130,
    /// The terminal is gone (SIGHUP).
    HungUp = 129,
    /// The program was asked to end (SIGTERM).
    Terminated = 143,
}

/// Everything that can stand in the way of an answer, as a sentence.
#[derive(Debug, Error)]
pub enum Error {
    /// The command line is wrong, for this reason. `command` is the one whose help tells more.
    #[error("{}; see `{command} --help`.", sanitize(.reason))]
    Usage { reason: String, command: String },
    /// The first argument is 1.
    #[error("Argument {position} is not valid UTF-8; write it as UTF-8 text.")]
    ArgumentNotUtf8 { position: usize },
    #[error("PDSCOPES_OPTS cannot be used: {}; correct or unset it.", sanitize(.0))]
    DefaultFlags(String),
    /// The user's settings cannot be used: a whole sentence, and where unless it is the whole file.
    #[error(
        "{}{}: {}", excerpt(&.path.to_string_lossy()),
        within(*.place), sanitize(.reason)
    )]
    Config { path: PathBuf, place: Option<Position>, reason: String },
    /// Without a source it is the catalog that the program carries.
    #[error("{}", catalog_words(.r#source.as_ref(), .error))]
    Catalog { r#source: Option<Source>, error: CatalogError },
    /// The catalog of a screen cannot be used, as this sentence says.
    #[error("{0}")]
    Unloadable(String),
    /// Two files cannot be one catalog.
    #[error("{source} and {other}: {}", .error.clash)]
    Merge { r#source: Source, other: Source, error: MergeError },
    #[error(
        "The catalog names no guide page, so there is no link to it; give it a `page` with `address` and `parameter`."
    )]
    NoPage,
    #[error("{place}{error}")]
    NoAction { place: Place, error: PatternError },
    #[error(
        "{place}Another id stands beside this one, {id}; give one a line, or all as one JSON array."
    )]
    SecondId { place: Place, id: String },
    #[error("{0}What stands beside this id may exclude it; give only the actions to select.")]
    ExcludedId(Place),
    #[error("{place}{error}")]
    Url { place: Place, error: GuideUrlError },
    #[error(transparent)]
    UnknownSubject(UnknownName),
    /// stdin names no actions.
    #[error("stdin{}: {}; give action ids as UTF-8 text, one a line, or as JSON.", within(.0.place()), .0)]
    Ids(InputError),
    #[error("{}", unreadable(.r#source, .error))]
    Unreadable { r#source: Source, error: io::Error },
    /// The input has more than this many bytes.
    #[error("{source} is larger than {} MiB; give only what is needed of it.", .limit >> 20)]
    TooLarge { r#source: Source, limit: u64 },
    #[error(
        "`-` stands for stdin, which can be read only once; give the other one as an argument or a file."
    )]
    StdinTwice,
    /// Neither a file nor scopes. The text is not repeated, since it may be a secret.
    #[error(
        "{0} looks like a path, but no such file exists; check it, or name the scopes instead."
    )]
    NoScopes(Source),
    /// The input does not state granted scopes.
    #[error("{source}{}: {}", within(.error.place.as_ref()), .error.fault)]
    Granted { r#source: Source, error: GrantedError },
    #[error("The catalog has no guide, so nothing is printed; `pdscopes scopes` gives the scopes.")]
    NoGuide,
    #[error(
        "No action is named, so nothing is printed; name action ids, `-` for stdin, --all or --from-url URL."
    )]
    NothingNamed,
    #[error("The catalog has no actions, so there is nothing to answer; give one that has some.")]
    EmptyCatalog,
    /// No action matches this query.
    #[error("No action matches {}; check the words, or leave them out to list all.", quoted("query", .0))]
    NothingListed(String),
    /// Done on the screen, with nothing to print.
    #[error("Nothing is selected, so nothing is printed; select an action before you finish.")]
    NothingSelected,
    #[error(
        "The screen and `--accessible` need a terminal of their own (over SSH, `ssh -t`; with su, `su --pty`), and there is none; `pdscopes list`, `scopes`, `url`, `explain`, `check`, `diff`, `audit` and `guide` work without one."
    )]
    NoTerminal(io::Error),
    #[error(
        "The screen needs the terminal, so nothing can be typed for `-`; name a file, or use a pipe."
    )]
    TypedInput,
    /// The terminal was there, and failed.
    #[error("The terminal failed ({0}); `pdscopes scopes` answers without one.")]
    Terminal(io::Error),
    /// The system starts no more threads for this user.
    #[error("No thread could be started ({0}); end other programs, or raise `ulimit -u`.")]
    NoThread(io::Error),
    #[error("`{}` cannot be written ({error}); choose another place.", excerpt(&.path.to_string_lossy()))]
    Unwritable { path: PathBuf, error: io::Error },
    /// stdout did not take the answer.
    #[error("The answer could not be written to stdout ({0}); it is incomplete.")]
    Output(#[from] io::Error),
    #[error(
        "stdout is closed, so the answer has nowhere to go; send it to a file, a pipe or /dev/null."
    )]
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
    /// `None` if the source holds nothing but the word.
    pub within: Option<IdPlace>,
}

impl Error {
    pub fn exit(&self) -> Exit {
        match self {
            // The reader has seen enough of the answer.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
            Self::NoGuide
            | Self::NoPage
            | Self::NothingNamed
            | Self::NothingListed(_)
            | Self::NothingSelected => Exit::Nothing,
            _ => Exit::Refused,
        }
    }

    /// The command line is wrong, for this reason; the help of `command` tells more.
    pub fn usage(command: &str, reason: impl Into<String>) -> Self {
        Self::Usage { reason: reason.into(), command: command.to_owned() }
    }

    /// An error of the terminal. The terminal's own `WouldBlock` is waited for, so that kind means that no
    /// thread could be started.
    pub fn terminal(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::WouldBlock => Self::NoThread(error),
            _ => Self::Terminal(error),
        }
    }
}

impl From<CatalogError> for Error {
    fn from(error: CatalogError) -> Self {
        Self::Catalog { source: None, error }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument => f.write_str("The argument"),
            Self::Flag(flag) => f.write_str(flag),
            Self::Stdin => f.write_str("stdin"),
            Self::File(path) => f.write_str(&excerpt(&path.to_string_lossy())),
        }
    }
}

/// The beginning of a sentence, with its colon. Empty for an argument, which the sentence quotes.
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

fn unreadable(source: &Source, error: &io::Error) -> String {
    // A word in the place of a file's name may be a secret.
    let is_hidden = |path: &Path| {
        let name = path.to_string_lossy();
        name.is_empty() || may_be_secret(&name) && !name.contains(['/', '\\', '.'])
    };
    match (error.kind(), source) {
        (io::ErrorKind::IsADirectory, _) => format!("{source} is a directory; name a file."),
        (io::ErrorKind::NotFound, Source::File(path)) if is_hidden(path) => {
            "There is no file of this name; check it.".into()
        }
        (_, Source::File(path)) if path.starts_with("http:") || path.starts_with("https:") => {
            "URLs are not fetched; download the file first, and give its name.".into()
        }
        _ => format!("{source} cannot be read ({error}); check that it is a readable file."),
    }
}

fn catalog_words(source: Option<&Source>, error: &CatalogError) -> String {
    let source = source.map_or_else(|| "The built-in catalog".to_owned(), Source::to_string);
    placed(&source, error.place, &error.fault)
}

/// `, line 3, column 5`, behind the name of a text.
fn within(place: Option<impl fmt::Display>) -> String {
    place.map(|place| format!(", {place}")).unwrap_or_default()
}

/// `slack.mdx:12:34: actions[3].label has no text; write it.`
pub fn placed(source: &str, place: Option<Position>, words: &dyn fmt::Display) -> String {
    match place {
        Some(Position { line, column }) => format!("{source}:{line}:{column}: {words}"),
        None => format!("{source}: {words}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CatalogFault;

    /// Scripts hold on to these numbers.
    #[test]
    fn exits_have_the_codes_that_shells_expect() {
        let exits =
            [Exit::Done, Exit::Nothing, Exit::Refused, Exit::Left, Exit::HungUp, Exit::Terminated];
        assert_eq!(exits.map(|exit| exit as u8), [0, 1, 2, 130, 129, 143]);
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
            let message = |source| Error::Catalog { source, error: error.clone() }.to_string();
            assert_eq!(message(Some(Source::Stdin)), format!("stdin:2:13: {sentence}"));
            assert_eq!(message(None), format!("The built-in catalog:2:13: {sentence}"));
        }
    }
}
