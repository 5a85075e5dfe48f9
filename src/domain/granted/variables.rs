use std::mem;

use super::lines::{section, significant_lines, without_comment};
use super::{
    Form, GrantedFault, Lexicon, Meaning, Node, Read, Result, any_word, claim, data, is_among, key,
    node, objection, provider, refuse_if,
};

/// Words that shells, Docker and scripts put before a variable.
const DECLARATIONS: &str = "ARG ENV const declare export let local readonly set setx typeset var";

/// The quotes around a value, the longest first.
const QUOTES: [&str; 5] = ["\"\"\"", "'''", "\"", "'", "`"];

/// A variable that states scopes.
struct Variable<'t> {
    name: &'t str,
    value: String,
    /// The number of lines before it.
    before: usize,
    /// The name of its section, empty if it has none.
    section: &'t str,
}

/// A section of variables that state no scopes. The name is empty before the first heading.
#[derive(Default)]
struct Section<'t> {
    name: &'t str,
    others: Vec<(String, Node)>,
}

impl Section<'_> {
    /// Returns `true` if its variables are beside those of another section: one is in the other, or this one is
    /// about all.
    fn is_beside(&self, other: &str) -> bool {
        let is_within = |inner: &str, outer: &str| {
            inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.name.is_empty()
            || is_among("default defaults general global", &self.name.to_ascii_lowercase())
            || is_within(self.name, other)
            || is_within(other, self.name)
            || self.others.iter().any(|(name, _)| key::is_error(name))
    }

    /// As an object, in another one if its name has two parts.
    fn nested(self) -> (String, Node) {
        let object = |name: &str, entries| (name.to_owned(), Node::Map(entries));
        match self.name.split_once('.') {
            Some((outer, inner)) => object(outer, vec![object(inner, self.others)]),
            None => object(self.name, self.others),
        }
    }
}

/// Returns `true` if a text begins with a variable, or with a section of them.
pub fn are_some(_: &Lexicon, text: &str) -> bool {
    let first = significant_lines(text).find(|line| !is_option_of_shell(line));
    first.is_some_and(|line| section(line).is_some() || assignment(line).is_some())
}

/// Reads lines of `NAME=value`, as in `.env`, INI and TOML files and in shells. The one variable
/// whose name ends in SCOPE or SCOPES states the granted scopes; no other value is read.
pub fn read(lexicon: &Lexicon, text: &str) -> Read {
    let (mut stating, sections) = variables(lexicon, text)?;
    if stating.iter().any(|variable| lexicon.owns_part(variable.name)) {
        // An app may have `SLACK_SCOPES` and `AUTH0_SCOPE` too.
        let may_count = |name: &str| lexicon.owns_part(name) || lexicon.is_of_app(name);
        stating.retain(|variable| may_count(variable.name));
    }
    let Some(Variable { name, value, before, section }) = stating.first() else {
        let others = sections.into_iter().flat_map(|section| section.others);
        let errors: Vec<_> = others.filter(|(name, _)| key::is_error(name)).collect();
        objection::refuse_beside(lexicon, &errors)?;
        return Err(GrantedFault::NoStatement("list of variables").into());
    };
    // The words before `SCOPES` name the app, so `ACME_ACTIVE` is about it too.
    let of_app = &lexicon.with_own(name);
    let (beside, apart): (Vec<_>, Vec<_>) =
        sections.into_iter().partition(|other| other.is_beside(section));
    let mut others: Vec<_> = beside.into_iter().flat_map(|section| section.others).collect();
    objection::refuse_beside(of_app, &others)?;
    for Section { name, others } in &apart {
        objection::refuse_within(of_app, name, others)?;
    }
    let shown = key::shown(name);
    if let Some(other) = stating.get(1) {
        let fault = GrantedFault::TwoStatements(shown, key::shown(other.name));
        return Err(fault.on_line(other.before));
    }
    objection::refuse_another(lexicon, &[name], &others)?;
    let names = data::read_value(lexicon, name, value).map_err(|error| error.below(*before))?;
    refuse_if(names.is_empty(), GrantedFault::Empty.under(name))?;
    others.extend(apart.into_iter().map(Section::nested));
    objection::refuse_named(of_app, &others, &shown, &names)?;
    Ok((names, Form::Variable(shown)))
}

/// The variables that state scopes, and the others by section, in the order of the text.
fn variables<'t>(
    lexicon: &Lexicon,
    text: &'t str,
) -> Result<(Vec<Variable<'t>>, Vec<Section<'t>>)> {
    let mut stating = Vec::new();
    let mut sections = Vec::new();
    let mut current = Section::default();
    let mut lines = text.lines().map(str::trim).enumerate();
    while let Some((before, line)) = lines.next() {
        if without_comment(line).is_empty() || line.starts_with(';') || is_option_of_shell(line) {
            continue;
        }
        if let Some(name) = section(line) {
            let next = Section { name: name.trim(), ..Section::default() };
            sections.push(mem::replace(&mut current, next));
            continue;
        }
        let (name, first) = assignment(line).ok_or(GrantedFault::NotAVariable.on_line(before))?;
        let of_name = Meaning::of(current.name);
        // What stands in `[hubspot]` is about that.
        let is_of_another =
            provider::names_another(lexicon, current.name) && !lexicon.owns_part(name);
        let is_outside = is_of_another || matches!(of_name, Meaning::NotGranted | Meaning::Failure);
        let names_scopes = Meaning::of(name) == Meaning::Granted;
        let states = names_scopes && !is_outside;
        // A name such as `app.scopes` has its section in it.
        let within = name.rsplit_once('.').map_or("", |(within, _)| within);
        for around in [current.name, within] {
            let is_stranger = states && !around.is_empty() && !lexicon.holds(around);
            refuse_if(is_stranger, GrantedFault::Holder(around.to_owned()).on_line(before))?;
        }
        match value(first, lines.by_ref().map(|(_, line)| line)) {
            Ok(value) if states => {
                stating.push(Variable { name, value, before, section: current.name });
            }
            Err(fault) if states || fault != GrantedFault::Semicolon => {
                return Err(fault.on_line(before));
            }
            value => {
                let value = other_value(first, value);
                let is_theirs = names_scopes && is_of_another;
                if !is_theirs && speaks(&lexicon.without_own(name), &value) {
                    current.others.push((name.to_owned(), value));
                }
            }
        }
    }
    sections.push(current);
    Ok((stating, sections))
}

/// Returns `true` for `set -euo pipefail` and `set +a`.
fn is_option_of_shell(line: &str) -> bool {
    let names = "allexport errexit nounset pipefail xtrace";
    let is_option = |word: &str| word.starts_with(['-', '+']) || is_among(names, word);
    let options = without_comment(line).strip_prefix("set ");
    options.is_some_and(|options| options.split_whitespace().all(is_option))
}

/// Returns `true` unless a variable is a token that is not set, a message of the program that denies nothing, or
/// a setting of what becomes of errors.
fn speaks(name: &str, value: &Node) -> bool {
    let denies = |text: &str| any_word(text, key::denies);
    let is_message =
        is_among(claim::MESSAGE, &name.to_ascii_lowercase()) && !value.any_text(&denies);
    let is_setting = Meaning::of(name) == Meaning::Failure && !key::is_error(name);
    !claim::is_unset(name, value) && !is_setting && !is_message
}

/// A list, an object of JSON or TOML, or a text. In INI files, a `;` in it begins a comment.
fn other_value(first: &str, value: Result<String, GrantedFault>) -> Node {
    let before = || first.split(" ;").next().unwrap_or_default().trim_end().to_owned();
    let value = value.unwrap_or_else(|_| before());
    let yaml = match value.as_bytes() {
        [b'[', ..] => value.clone(),
        [b'{', ..] => value.replace('=', ": "),
        _ => return Node::Text(value),
    };
    let read = node::of_yaml(&yaml).ok().and_then(|values| values.into_iter().next());
    read.unwrap_or(Node::Text(value))
}

/// The name, and the text after the `=`.
fn assignment(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once('=').or_else(|| without_sign(line))?;
    let words: Vec<_> = name.split_whitespace().collect();
    let (name, before) = words.split_last()?;
    let declares = |word: &&str| is_among(DECLARATIONS, word);
    // `export -n` takes a variable back.
    let is_flag = |word: &&str| word.starts_with('-') && *word != "-n";
    if !(before.first().is_none_or(declares) && before.iter().all(|w| declares(w) || is_flag(w))) {
        return None;
    }
    let name = name.strip_prefix("$env:").unwrap_or(name);
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let ends = !name.ends_with(['-', '.']);
    (begins && ends && name.chars().all(is_name)).then(|| (name, value.trim()))
}

/// The name and the value of `set -gx NAME value`, as in fish, and of `setx NAME value`.
fn without_sign(line: &str) -> Option<(&str, &str)> {
    let mut declares = ["set -gx ", "set -Ux ", "set -x ", "setx "].into_iter();
    declares.find_map(|words| line.strip_prefix(words))?.trim_start().split_once(' ')
}

/// A value without quotes and comment, or a list with its brackets. Both may go on over several
/// lines.
fn value<'t>(
    first: &'t str,
    mut lines: impl Iterator<Item = &'t str>,
) -> Result<String, GrantedFault> {
    let mut until = |first: &'t str, ends: &dyn Fn(&str) -> bool| {
        let (mut text, mut last) = (first.to_owned(), first);
        while !ends(last) {
            last = lines.next().ok_or(GrantedFault::NotAVariable)?;
            text.extend(["\n", last]);
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
    // Beside white space, it begins a comment in INI files.
    let is_blank = |c| matches!(c, Some(' ' | '\t'));
    let mut places = value.match_indices(';');
    let begins_comment = |(at, _): (usize, &str)| {
        is_blank(value[..at].chars().next_back()) || is_blank(value[at + 1..].chars().next())
    };
    match places.any(begins_comment) {
        true => Err(GrantedFault::Semicolon),
        false => Ok(value.to_owned()),
    }
}

/// The text before the closing quote, and the text behind it. A quote behind a `\` is a part of the value; a single
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
