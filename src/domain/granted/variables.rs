use super::form::Form;
use super::key::Meaning;
use super::lines::without_comment;
use super::statement::{self, shown_key};
use super::words::{Lexicon, Names, Unknown};
use super::{GrantedError, GrantedFault, Where};
use crate::domain::Position;

/// Words that shells and Docker put before a variable.
const DECLARATIONS: [&str; 5] = ["export", "set", "setx", "ENV", "ARG"];

/// A variable, with the line at which it begins, from 1.
struct Variable<'t> {
    name: &'t str,
    value: String,
    line: usize,
}

/// Returns `true` if a line is `[section]`, as in INI and TOML, or TOML's `[[section]]`.
pub fn is_section(line: &str) -> bool {
    let inner = |line| str::strip_prefix(line, '[').and_then(|line: &str| line.strip_suffix(']'));
    let name = inner(line).map(|name| inner(name).unwrap_or(name));
    let is_name = |c: char| c.is_alphanumeric() || "_-. ".contains(c);
    name.is_some_and(|name| !name.trim().is_empty() && name.chars().all(is_name))
}

pub fn is_assignment(line: &str) -> bool {
    assignment(line).is_some()
}

/// Reads lines of `NAME=value`, as in `.env`, INI and TOML files and in shells. The one variable
/// whose name ends in SCOPE or SCOPES states the granted scopes; no other value is read.
pub fn read(lexicon: &Lexicon, text: &str) -> Result<(Names, Form), GrantedError> {
    let variables = variables(text)?;
    let mut stating =
        variables.iter().filter(|variable| Meaning::of(variable.name) == Meaning::Granted);
    let variable = stating.next().ok_or(GrantedFault::NoStatement("list of variables"))?;
    if let Some(other) = stating.next() {
        let names = (shown_key(variable.name), shown_key(other.name));
        return Err(GrantedFault::TwoStatements(names.0, names.1)
            .at(Where::At(Position { line: other.line, column: 1 })));
    }
    let (name, value) = (shown_key(variable.name), variable.value.trim());
    let names = if value.starts_with(['[', '{']) {
        // A list has the same look in TOML, JSON and YAML.
        statement::of_value(lexicon, &name, value)?
    } else {
        lexicon.stated(value, Unknown::Refused, Where::Under(name.clone()))?
    };
    if names.is_empty() {
        return Err(GrantedFault::Empty.at(Where::Under(name)));
    }
    Ok((names, Form::Variable(name)))
}

fn variables(text: &str) -> Result<Vec<Variable<'_>>, GrantedError> {
    let mut variables = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((nth, line)) = lines.next() {
        let trimmed = line.trim();
        if without_comment(trimmed).is_empty() || trimmed.starts_with(';') || is_section(trimmed) {
            continue;
        }
        let not_one =
            || GrantedFault::NotAVariable.at(Where::At(Position { line: nth + 1, column: 1 }));
        let (name, first) = assignment(trimmed).ok_or_else(not_one)?;
        let mut value = Value::begin(first);
        while !value.is_complete() {
            let (_, line) = lines.next().ok_or_else(not_one)?;
            value.go_on(line);
        }
        let value = value.end().ok_or_else(not_one)?;
        variables.push(Variable { name, value, line: nth + 1 });
    }
    Ok(variables)
}

/// The name, and the text after the `=`.
fn assignment(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once('=')?;
    let name = match name.trim().split_once(char::is_whitespace) {
        Some((word, name)) if DECLARATIONS.contains(&word) => name.trim(),
        Some((_, _)) => return None,
        None => name.trim(),
    };
    let name = name.strip_prefix("$env:").unwrap_or(name);
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (begins && name.chars().all(is_name)).then(|| (name, value.trim()))
}

/// A value that may go on over several lines: in quotes, or in brackets.
struct Value {
    text: String,
    end: End,
}

enum End {
    Line,
    Quote(&'static str),
    Bracket,
}

impl Value {
    fn begin(first: &str) -> Self {
        let quotes = ["\"\"\"", "'''", "\"", "'", "`"];
        let end = match quotes.into_iter().find(|quote| first.starts_with(quote)) {
            Some(quote) => End::Quote(quote),
            None if first.starts_with('[') => End::Bracket,
            None => End::Line,
        };
        Self { text: first.to_owned(), end }
    }

    fn go_on(&mut self, line: &str) {
        self.text.push('\n');
        self.text.push_str(line);
    }

    fn is_complete(&self) -> bool {
        match self.end {
            End::Line => true,
            End::Quote(quote) => self.text[quote.len()..].contains(quote),
            End::Bracket => self.text.lines().any(|line| without_comment(line).contains(']')),
        }
    }

    /// The value without quotes and comment. `None` if something follows it.
    fn end(self) -> Option<String> {
        let nothing_behind = |rest: &str| {
            let rest = rest.trim_start().trim_start_matches([';', ',']);
            without_comment(rest).trim().is_empty()
        };
        match self.end {
            End::Line => Some(without_comment(&self.text).trim().to_owned()),
            End::Quote(quote) => {
                let (value, rest) = self.text[quote.len()..].split_once(quote)?;
                nothing_behind(rest).then(|| value.to_owned())
            }
            // The reader of lists knows comments.
            End::Bracket => Some(self.text),
        }
    }
}
