use super::claim;
use super::data;
use super::key::{self, Meaning};
use super::lines::{refuse_denied, section, significant_lines, without_comment};
use super::node::Node;
use super::objection;
use super::words::{Lexicon, Names, Unknown};
use super::{Form, GrantedError, GrantedFault, Where};

/// Words that shells, Docker and scripts put before a variable.
const DECLARATIONS: &str = "ARG ENV const declare export let local readonly set setx typeset var";

/// Words of variables that switch a part of a program on or off, and say nothing of scopes.
const OF_A_PROGRAM: &str = "analytics cache caching cors cron csrf datadog debug email gzip http \
    feature https limit log logging logs mail maintenance metrics newrelic otel proxy queue rate redis \
    sentry signup smtp ssl stripe swagger telemetry tls tracing";

/// What may stand around a value, the longest first.
const QUOTES: [&str; 5] = ["\"\"\"", "'''", "\"", "'", "`"];

/// A variable that states scopes.
struct Variable<'t> {
    name: &'t str,
    value: String,
    place: Where,
}

/// Those that state scopes, and the others.
type Variables<'t> = (Vec<Variable<'t>>, Vec<(String, Node)>);

/// A section of variables.
struct Section<'t> {
    /// Empty before the first section.
    name: &'t str,
    /// Whether one of its variables states scopes.
    states: bool,
    others: Vec<(String, Node)>,
}

impl<'t> Section<'t> {
    fn of(name: &'t str) -> Self {
        Self { name, states: false, others: Vec::new() }
    }

    /// The variables that state no scopes. Refuses those that say that the scopes of the section are not
    /// granted; an error counts anywhere.
    fn refuse(self, lexicon: &Lexicon) -> Result<Vec<(String, Node)>, GrantedError> {
        let counts = |(name, value): &&(String, Node)| {
            let is_unset = name.to_ascii_lowercase().ends_with("token")
                && matches!(value, Node::Text(text) if text.is_empty());
            let says_nothing =
                is_unset || is_of_a_program(name) || claim::is_plain_message(name, value);
            (self.states || is_error(name)) && !says_nothing
        };
        let counting: Vec<_> = self.others.iter().filter(counts).cloned().collect();
        objection::refuse_beside(lexicon, &counting)?;
        Ok(self.others)
    }
}

/// Returns `true` if a text begins with a variable, or with a section of them.
pub fn are_some(_: &Lexicon, text: &str) -> bool {
    let first = significant_lines(text).next();
    first.is_some_and(|line| section(line).is_some() || assignment(line).is_some())
}

/// Reads lines of `NAME=value`, as in `.env`, INI and TOML files and in shells. The one variable
/// whose name ends in SCOPE or SCOPES states the granted scopes; no other value is read.
pub fn read(lexicon: &Lexicon, text: &str) -> Result<(Names, Form), GrantedError> {
    refuse_denied(lexicon, text)?;
    let (stating, others) = variables(lexicon, text)?;
    let mut stating = stating.into_iter();
    let Variable { name, value, .. } =
        stating.next().ok_or(GrantedFault::NoStatement("list of variables"))?;
    let name = key::shown(name);
    if let Some(other) = stating.next() {
        return Err(GrantedFault::TwoStatements(name, key::shown(other.name)).at(other.place));
    }
    let place = Where::Under(name.clone());
    let names = if value.starts_with(['[', '{']) {
        // A list has the same look in TOML, JSON and YAML.
        data::read_value(lexicon, &name, &value)?
    } else {
        lexicon.stated(&value, Unknown::Refused, place.clone())?
    };
    if names.is_empty() {
        return Err(GrantedFault::Empty.at(place));
    }
    data::refuse_other(lexicon, &others)?;
    objection::refuse_named(lexicon, &others, &name, &names)?;
    Ok((names, Form::Variable(name)))
}

/// All variables, in the order of the text.
fn variables<'t>(lexicon: &Lexicon, text: &'t str) -> Result<Variables<'t>, GrantedError> {
    let (mut stating, mut others) = (Vec::new(), Vec::new());
    let mut of_section = Section::of("");
    let mut lines = text.lines().map(str::trim).enumerate();
    while let Some((before, line)) = lines.next() {
        if without_comment(line).is_empty() || line.starts_with(';') {
            continue;
        }
        if let Some(name) = section(line) {
            others.extend(of_section.refuse(lexicon)?);
            of_section = Section::of(name.trim());
            continue;
        }
        let place = Where::line(before);
        let Some((name, first)) = assignment(line) else {
            return Err(GrantedFault::NotAVariable.at(place));
        };
        let of_name = Meaning::of(of_section.name);
        let is_outside = matches!(of_name, Meaning::NotGranted | Meaning::Failure);
        let states = Meaning::of(name) == Meaning::Granted && !is_outside;
        // A name such as `app.scopes` has its section in it.
        let within = name.rsplit_once('.').map_or("", |(within, _)| within);
        let is_stranger = |around: &&str| !around.is_empty() && !lexicon.holds(around);
        let stranger = [of_section.name, within].into_iter().find(is_stranger);
        if let Some(stranger) = stranger.filter(|_| states) {
            return Err(GrantedFault::Holder(stranger.to_owned()).at(place));
        }
        match value(first, lines.by_ref().map(|(_, line)| line)) {
            Ok(value) if states => {
                of_section.states = true;
                stating.push(Variable { name, value, place });
            }
            Ok(value) if Meaning::of(name) != Meaning::Failure || is_error(name) => {
                of_section.others.push((name.to_owned(), Node::Text(value)));
            }
            Ok(_) => {}
            Err(GrantedFault::Semicolon) if !states => {}
            Err(fault) => return Err(fault.at(place)),
        }
    }
    others.extend(of_section.refuse(lexicon)?);
    Ok((stating, others))
}

/// Returns `true` for the names that error responses have, but not for `ERROR_LOG`.
fn is_error(name: &str) -> bool {
    let words = key::words(name);
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    matches!(
        words[..],
        ["error" | "errors"] | ["error", "code" | "description" | "message" | "reason" | "uri"]
    )
}

/// Returns `true` for names such as `CACHE_DISABLED`, but not for `CACHE_TOKEN_REVOKED`.
fn is_of_a_program(name: &str) -> bool {
    let words = key::words(name);
    let (of_program, others): (Vec<_>, Vec<_>) =
        words.iter().partition(|word| key::is_among(OF_A_PROGRAM, word));
    let is_switch = |word: &String| key::is_among("active disabled enabled", word);
    !of_program.is_empty() && others.into_iter().all(is_switch)
}

/// The name, and the text after the `=`.
fn assignment(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once('=')?;
    let words: Vec<_> = name.split_whitespace().collect();
    let (name, before) = words.split_last()?;
    let declares = |word: &&str| key::is_among(DECLARATIONS, word);
    let is_flag = |word: &&str| word.starts_with('-');
    if !(before.first().is_none_or(declares) && before.iter().all(|w| declares(w) || is_flag(w))) {
        return None;
    }
    let name = name.strip_prefix("$env:").unwrap_or(name);
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (begins && name.chars().all(is_name)).then(|| (name, value.trim()))
}

/// A value without quotes and comment, or a list with its brackets. Both may go on over several
/// lines.
fn value<'t>(
    first: &'t str,
    mut lines: impl Iterator<Item = &'t str>,
) -> Result<String, GrantedFault> {
    let mut until = |first: &str, ends: &dyn Fn(&str) -> bool| {
        let mut text = first.to_owned();
        let mut ended = ends(first);
        while !ended {
            let line = lines.next().ok_or(GrantedFault::NotAVariable)?;
            ended = ends(line);
            text.push('\n');
            text.push_str(line);
        }
        Ok(text)
    };
    // The reader of lists knows comments.
    if first.starts_with('[') {
        let list = until(first, &|line| without_comment(line).contains(']'))?;
        return Ok(list.trim_end_matches(';').to_owned());
    }
    let opening = QUOTES.into_iter().find_map(|quote| Some((quote, first.strip_prefix(quote)?)));
    if let Some((quote, first)) = opening {
        let text = until(first, &|line| closed(line, quote).is_some())?;
        let (value, rest) = closed(&text, quote).unwrap_or((&text, ""));
        let rest = rest.trim_start().trim_start_matches([';', ',']);
        let ends = without_comment(rest).trim().is_empty();
        return ends.then(|| value.to_owned()).ok_or(GrantedFault::NotAVariable);
    }
    let value = without_comment(first).trim().trim_end_matches(';').trim_end();
    // A `\` at its end continues it on the next line, or not: that depends on the program.
    if is_escaped(value) {
        return Err(GrantedFault::NotAVariable);
    }
    // Behind white space, it begins a comment in INI files.
    match value.split(';').rev().skip(1).any(|part| part.ends_with([' ', '\t'])) {
        true => Err(GrantedFault::Semicolon),
        false => Ok(value.to_owned()),
    }
}

/// What stands before the closing quote, and behind it. A quote behind a `\` is a part of the value; a single
/// one, which shells do not escape, only if the value surely goes on.
fn closed<'t>(text: &'t str, quote: &str) -> Option<(&'t str, &'t str)> {
    let parts = |(place, _)| (&text[..place], &text[place + quote.len()..]);
    let goes_on = |rest: &str| !quote.starts_with('\'') || rest.starts_with(char::is_alphanumeric);
    let mut places = text.match_indices(quote).map(parts);
    places.find(|(value, rest)| !(is_escaped(value) && goes_on(rest)))
}

/// Returns `true` if what follows a text is escaped by a `\` at its end.
fn is_escaped(before: &str) -> bool {
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}
