use super::objection::{self, denies};
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
pub fn without_comments(text: &str) -> Result<String, GrantedError> {
    match text.lines().position(comment_denies) {
        Some(before) => Err(GrantedFault::Denied.at(Where::line(before))),
        None => Ok(text.lines().map(without_comment).collect::<Vec<_>>().join("\n")),
    }
}

/// Refuses scopes beside a comment that says that they are not granted: on their line, or directly above
/// it. Other lines of the text may have any comment.
pub fn refuse_denied(text: &str) -> Result<(), GrantedError> {
    let mut is_denied = false;
    for (before, line) in text.lines().map(str::trim).enumerate().filter(|(_, l)| !l.is_empty()) {
        let content = without_comment(line);
        let begins =
            content.starts_with(['-', '[', '{', '"', '\'']) || content.starts_with("value");
        let states = begins || content.to_ascii_lowercase().contains("scope");
        is_denied |= comment_denies(line);
        if states && is_denied {
            return Err(GrantedFault::Denied.at(Where::line(before)));
        }
        is_denied &= content.is_empty();
    }
    Ok(())
}

/// Returns `true` if the comment of a line says that something is not granted, as in `# pending`. One
/// that names a scope, as in `# not deals:full`, speaks of that one.
pub fn comment_denies(line: &str) -> bool {
    let content = without_comment(line);
    let comment = &line[content.len()..];
    let comment = comment.trim_matches(['#', '/', ' ', ':', '.', '!']);
    let names_scope = || comment.contains([':', '.', '_']);
    objection::comment_denies(comment) && !names_scope()
        || line.starts_with("##") && denies(comment)
}

/// The name of a section, which stands in `[...]` in INI and TOML, or in `[[...]]` in TOML.
pub fn section(line: &str) -> Option<&str> {
    let inner = |line| str::strip_prefix(line, '[').and_then(|line: &str| line.strip_suffix(']'));
    let name = inner(line).map(|name| inner(name).unwrap_or(name))?;
    let is_name = |c: char| c.is_alphanumeric() || "_-. ".contains(c);
    (!name.trim().is_empty() && name.chars().all(is_name)).then_some(name)
}
