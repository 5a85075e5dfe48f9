//! The one reader of "the scopes that an app has".
//!
//! It detects the form of a text first, then reads that form strictly. A text that does not
//! certainly state granted scopes is an error: a wrong scope here makes `check` say *covered*.

mod claim;
mod comment;
mod data;
mod error;
mod http;
mod key;
mod lines;
mod list;
mod markdown;
mod node;
mod objection;
mod provider;
mod remark;
#[cfg(test)]
mod tests;
mod url;
mod variables;
mod words;

use std::fmt;

use super::input::{LINE_BREAKS, decode, with_line_feeds};
use super::{Catalog, ScopeList};

use self::lines::Line;
use self::words::{Lexicon, Names, OPENID, Unknown};
pub use error::{GrantedError, GrantedFault, Where};
use error::{Result, refuse_if};
pub(super) use key::is_negation;
use key::{Meaning, any_word, is_among};
pub(super) use list::{split_box, split_mark};
use node::Entries;
use node::is_yes;
pub(super) use node::{Node, is_no};
pub(super) use remark::{has_strike, is_tick};

/// Returns `true` for a word such as `old`, `blocked` and `later`, but not for a verb such as `delete`, which may say
/// what an action does.
pub(super) fn is_out_of_force(word: &str) -> bool {
    key::contradicts(word) && (!is_among(key::ENDING, word) || word.ends_with("ed"))
}

/// Returns `true` if a text beside something may say that it is not meant.
pub(super) fn may_exclude(text: &str) -> bool {
    remark::denies(text) || any_word(text, key::contradicts)
}

/// The same of a flag too, such as `no` and `0`.
pub(super) fn says_no(text: &str) -> bool {
    may_exclude(text) || is_no(text)
}

/// Granted scopes, and the form in which they were stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    pub scopes: ScopeList,
    pub form: Form,
}

/// The forms in which people have the scopes of an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Scopes or their names in the provider's form, in any of the separators, or one an item.
    List,
    /// The same, with comments that were passed over.
    CommentedList,
    /// JSON, with the key that states the scopes, if there is one.
    Json(Option<String>),
    /// YAML; the same.
    Yaml(Option<String>),
    /// The parameter of a URL or of a form-encoded text.
    Url(String),
    /// A guide URL, which means the guide's scopes for its actions.
    GuideUrl,
    /// The header of an HTTP response.
    Header(String),
    /// A variable, as in an `.env` file.
    Variable(String),
    /// The `Scope` column of a Markdown table.
    Table,
    /// The guide as Markdown.
    GuidePage,
}

/// A test of the look of a text, which has no blanks around it.
type Looks = fn(&Lexicon, &str) -> bool;
type Reader = fn(&Lexicon, &str) -> Read;
/// The scopes that a text states, and its form.
type Read = Result<(Names, Form)>;

/// A text that looks like none of these is a list. The first form that it looks like counts.
const FORMS: [(Looks, Reader); 9] = [
    (http::is_response, http::read_response),
    (data::is_json, data::read_json),
    (url::is_url, url::read_url),
    (url::is_query, url::read_query),
    (markdown::is_guide, markdown::read_guide),
    (markdown::is_table, markdown::read_table),
    (variables::are_some, variables::read),
    (data::is_yaml, data::read_yaml),
    (data::is_line_of_json, data::read_line_of_json),
];

impl Granted {
    /// Returns `true` for a text, with or without a byte order mark, that grants nothing because it is
    /// blank.
    pub fn is_blank(bytes: &[u8]) -> bool {
        decode(bytes).is_ok_and(|text| text.trim().is_empty())
    }

    /// Reads what an app has from a text of any form in [`Form`].
    ///
    /// A blank text grants nothing. Scopes that the catalog does not know are kept only in forms
    /// that machines write (JSON and URLs), since providers add scopes.
    ///
    /// # Errors
    /// The text has no form that states granted scopes, or a word in it is not surely a scope. The
    /// error repeats no more of the text than [`GrantedFault`] says.
    pub fn read(catalog: &Catalog, bytes: &[u8]) -> Result<Self, GrantedError> {
        let text = decode(bytes).map_err(|error| GrantedError {
            place: error.place().map(Where::At),
            fault: GrantedFault::Input(error),
        })?;
        let text = &with_line_feeds(&text);
        if text.trim().is_empty() {
            return Ok(Self { scopes: ScopeList::default(), form: Form::List });
        }
        let mut lexicon = Lexicon::of(catalog);
        lexicon.is_named = [text, &text.to_lowercase()].iter().any(|text| lexicon.owns_part(text));
        refuse_if(provider::is_of_other_access(&lexicon, text), GrantedFault::OtherAccess)?;
        let is_openid = |word: String| word == OPENID;
        let has_openid = lines::scopes_in(&lexicon, &lines::without_comments(text)).any(is_openid);
        lexicon.has_openid = has_openid;
        let (names, form) = read(&lexicon, text)?;
        let text = &with_lines(text);
        let lines = Line::all(&lexicon, text, &names);
        // The reader of the guide knows the guide's own lines.
        if form != Form::GuidePage {
            comment::refuse(&lexicon, &lines, &names)?;
        }
        refuse_if(provider::is_of_some(&lexicon, text, &names), GrantedFault::OfSome)?;
        Ok(Self { scopes: lexicon.list(&names), form })
    }
}

/// The text as an editor shows it, with a line feed wherever a line may end. What reads values decides for itself.
fn with_lines(text: &str) -> String {
    text.replace(LINE_BREAKS, "\n")
}

fn read(lexicon: &Lexicon, text: &str) -> Read {
    // The catalog's scopes decide first: some look like URLs, or like anything else.
    let is_commented = || text.lines().any(|line| lines::without_comment(line) != line);
    let form = || if is_commented() { Form::CommentedList } else { Form::List };
    list::read(lexicon, text).map(|names| (names, form())).or_else(|error| {
        let unfenced = unfenced(text);
        let text = unfenced.as_deref().unwrap_or(text);
        let form = FORMS.iter().find(|(looks, _)| looks(lexicon, text.trim()));
        form.map_or(Err(error), |(_, read)| read(lexicon, text))
    })
}

/// The content of a code block that is the whole text. Its lines keep their numbers.
fn unfenced(text: &str) -> Option<String> {
    let (first, rest) = text.trim_end().split_once('\n')?;
    let info = first.trim_start().strip_prefix("```")?;
    let is_plain = !list::begins_patch(first.trim()) && !remark::denies(info);
    let inner = rest.strip_suffix("```").filter(|inner| is_plain && !inner.contains("```"))?;
    Some(format!("\n{inner}"))
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List => f.write_str("a list"),
            Self::CommentedList => f.write_str("a list, without its comments"),
            Self::Json(None) => f.write_str("JSON"),
            Self::Json(Some(key)) => write!(f, "JSON: `{key}`"),
            Self::Yaml(None) => f.write_str("YAML"),
            Self::Yaml(Some(key)) => write!(f, "YAML: `{key}`"),
            Self::Url(parameter) => write!(f, "a URL: `{parameter}`"),
            Self::GuideUrl => f.write_str("a guide URL"),
            Self::Header(name) => write!(f, "the header `{name}`"),
            Self::Variable(name) => write!(f, "the variable `{name}`"),
            Self::Table => f.write_str("a table"),
            Self::GuidePage => f.write_str("the guide"),
        }
    }
}
