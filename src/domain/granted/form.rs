use std::fmt;

use super::words::Lexicon;
use super::{guide_page, table, url, variables};

/// The forms in which people have the scopes of an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Scopes or their names in the provider's form, in any of the separators, or one an item.
    List,
    /// JSON, with the key that states the scopes, if there is one.
    Json(Option<String>),
    /// YAML; the same.
    Yaml(Option<String>),
    /// The parameter of a URL or of a form-encoded text.
    Url(String),
    /// A guide URL, which means the guide's scopes for its actions.
    GuideUrl,
    /// A variable, as in an `.env` file.
    Variable(String),
    /// The `Scope` column of a Markdown table.
    Table,
    /// The guide as Markdown.
    GuidePage,
}

/// The form that a text has if it has any, from the look of it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    List,
    Json,
    Yaml,
    Url,
    Query,
    Variables,
    Table,
    GuidePage,
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List => f.write_str("a list"),
            Self::Json(None) => f.write_str("JSON"),
            Self::Json(Some(key)) => write!(f, "JSON: `{key}`"),
            Self::Yaml(None) => f.write_str("YAML"),
            Self::Yaml(Some(key)) => write!(f, "YAML: `{key}`"),
            Self::Url(parameter) => write!(f, "a URL: `{parameter}`"),
            Self::GuideUrl => f.write_str("a guide URL"),
            Self::Variable(name) => write!(f, "the variable `{name}`"),
            Self::Table => f.write_str("a table"),
            Self::GuidePage => f.write_str("the guide"),
        }
    }
}

pub(super) fn detect(lexicon: &Lexicon, text: &str) -> Shape {
    let text = text.trim();
    let mut lines = significant_lines(text);
    let first = lines.next().unwrap_or_default();
    if text.starts_with('{') || text.starts_with('[') && !variables::is_section(first) {
        return Shape::Json;
    }
    if !text.contains(char::is_whitespace) {
        if url::is_one(text) {
            return Shape::Url;
        }
        if url::is_query(text) {
            return Shape::Query;
        }
    }
    if guide_page::is_one(lexicon.catalog(), text) {
        return Shape::GuidePage;
    }
    if table::is_one(text) {
        return Shape::Table;
    }
    if variables::is_section(first) || variables::is_assignment(first) {
        return Shape::Variables;
    }
    let is_form_name = |line: &str| lexicon.is_form_name(line.trim_start_matches("- "));
    if is_yaml(first) && !significant_lines(text).any(is_form_name) {
        return Shape::Yaml;
    }
    Shape::List
}

/// Lines that are neither blank nor a comment as a whole.
pub(super) fn significant_lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with(['#']) && !line.starts_with("//"))
}

/// `key: value`, with or without a dash before it, or a line that begins a document.
fn is_yaml(line: &str) -> bool {
    let line = line.trim_start_matches("- ");
    let Some((key, rest)) = line.split_once(':') else {
        return line == "---" || line.starts_with("%YAML");
    };
    let key = key.trim_end().trim_matches(['"', '\'']);
    let is_name = |c: char| c.is_alphanumeric() || "_-.".contains(c);
    !key.is_empty()
        && key.chars().all(is_name)
        && (rest.is_empty() || rest.starts_with([' ', '\t']))
}
