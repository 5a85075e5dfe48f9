use super::key::Meaning;
use super::remark;
use super::words::{Lexicon, is_plain_word, unquoted};
use super::{GrantedError, GrantedFault, Where};
use crate::domain::Separator;

/// Lines that are neither blank nor a comment as a whole, without blanks around them.
pub fn significant_lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#') && !line.starts_with("//"))
}

/// A comment begins with `#` or `//` where a word could begin, and ends with the line.
pub fn without_comment(line: &str) -> &str {
    let mut begins_word = true;
    for (place, c) in line.char_indices() {
        let rest = &line[place..];
        if begins_word && (c == '#' || rest.starts_with("//")) {
            return &line[..place];
        }
        begins_word = Separator::ends_name(c);
    }
    line
}

/// Text without its comments, none of which may say that something is not granted.
pub fn without_comments(lexicon: &Lexicon, text: &str) -> Result<String, GrantedError> {
    match text.lines().position(|line| line_denies(lexicon, line)) {
        Some(before) => Err(GrantedFault::Denied.at(Where::line(before))),
        None => Ok(text.lines().map(without_comment).collect::<Vec<_>>().join("\n")),
    }
}

/// Refuses scopes with a comment that says that they are not granted: on their line, above them or
/// their heading, or below them if the comment is surely about a grant. Comments elsewhere are ignored.
pub fn refuse_denied(lexicon: &Lexicon, text: &str) -> Result<(), GrantedError> {
    let lines = text.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty());
    let (mut is_denied, mut follows_scopes) = (false, false);
    for (before, line) in lines.clone() {
        let content = without_comment(line).trim_end();
        let comment = &line[content.len()..];
        let denies = line_denies(lexicon, line);
        is_denied |= denies;
        let points_up = comment.trim_start_matches(['#', '/', ' ']).starts_with('^');
        let denies_above =
            denies && content.is_empty() && (points_up || remark::denies_a_grant(comment));
        if is_denied && states(lexicon, content) || denies_above && follows_scopes {
            return Err(GrantedFault::Denied.at(Where::line(before)));
        }
        let is_heading = content.ends_with(':') || section(content).is_some();
        is_denied &= content.is_empty() || is_heading;
        follows_scopes = states(lexicon, content) || content.is_empty() && follows_scopes;
    }
    let denies_above = |(_, line): (usize, &str)| {
        without_comment(line).is_empty()
            && line_denies(lexicon, line)
            && remark::is_about_a_grant(line)
    };
    match follows_scopes && lines.last().is_some_and(denies_above) {
        true => Err(GrantedFault::Denied.into()),
        false => Ok(()),
    }
}

/// Returns `true` if a line may be a part of what states scopes.
fn states(lexicon: &Lexicon, content: &str) -> bool {
    let key = content.split([':', '=']).next().unwrap_or_default().trim();
    content.starts_with(['-', '[', ']', '{', '}', '"', '\''])
        || content.starts_with("value")
        || content.to_ascii_lowercase().contains("scope")
        || lexicon.meaning(key) == Meaning::Granted
        || scopes_in(lexicon, content).next().is_some()
}

/// Returns `true` if the comment of a line says that something is not granted, as in `# pending`. A
/// part of the comment that names another scope, as in `# not deals:full`, is about that one.
pub fn line_denies(lexicon: &Lexicon, line: &str) -> bool {
    let content = without_comment(line);
    let comment = &line[content.len()..];
    let comment = comment.trim_matches(['#', '/', ' ', ':', '.', '!']);
    let item = comment.strip_prefix("- ").and_then(|item| item.split_whitespace().next());
    let is_name = |scope: &&str| !is_plain_word(scope) || item == Some(*scope);
    let is_own = |scope: &str| scopes_in(lexicon, content).any(|own| own == scope);
    let is_about_another = |part: &str| {
        let named: Vec<_> = scopes_in(lexicon, part).filter(is_name).collect();
        !named.is_empty() && !named.into_iter().any(is_own)
    };
    let is_excused = || {
        let parts = comment.split([',', ';', '(']);
        let mut denying = parts.filter(|part| remark::comment_denies(part)).peekable();
        denying.peek().is_some() && denying.all(is_about_another)
    };
    remark::comment_denies(comment) && !is_excused()
        || line.starts_with("##") && remark::denies(comment)
}

fn scopes_in<'t>(lexicon: &Lexicon, text: &'t str) -> impl Iterator<Item = &'t str> {
    let ends = |c: char| Separator::ends_name(c) || "[]{}=".contains(c);
    let words = text.split(ends).map(|word| unquoted(word).trim_end_matches(['.', ':']));
    words.filter(|word| lexicon.is_scope(word))
}

/// The name of a section, which stands in `[...]` in INI and TOML, or in `[[...]]` in TOML.
pub fn section(line: &str) -> Option<&str> {
    let inner = |line| str::strip_prefix(line, '[').and_then(|line: &str| line.strip_suffix(']'));
    let name = inner(line).map(|name| inner(name).unwrap_or(name))?;
    let is_name = |c: char| c.is_alphanumeric() || "_-. ".contains(c);
    (!name.trim().is_empty() && name.chars().all(is_name)).then_some(name)
}
