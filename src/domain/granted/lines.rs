use super::remark::{self, Denial};
use super::words::unquoted;
use super::{Lexicon, Names, is_among, key};
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

/// Text without its comments.
pub fn without_comments(text: &str) -> String {
    text.lines().map(without_comment).collect::<Vec<_>>().join("\n")
}

/// The first line with a comment that denies one of the scopes that a text grants: a sure denial anywhere, and a
/// likely one on the line of scopes, or above them or what opens them. A clause that names other
/// scopes, as in `# not deals:full`, is about those.
pub fn line_denying(lexicon: &Lexicon, text: &str, names: &Names) -> Option<usize> {
    // The least deep denial above, and how deep it stands.
    let mut above: Option<(usize, usize)> = None;
    for (before, line) in text.lines().enumerate() {
        let depth = line.len() - line.trim_start().len();
        let (content, comment) = parts(lexicon, line.trim());
        let denial = denial(lexicon, comment, names);
        if denial == Some(Denial::Sure) {
            return Some(before);
        }
        let here = denial.map(|_| (before, depth));
        if content.is_empty() {
            above = above.into_iter().chain(here).min_by_key(|(_, deep)| *deep);
            continue;
        }
        // A deeper one is about what stands before it.
        let denied = above.take().filter(|(_, deep)| *deep <= depth).or(here);
        if opens(content) {
            above = denied;
        } else if let Some((before, _)) = denied.filter(|_| states(lexicon, content)) {
            return Some(before);
        }
    }
    None
}

/// A line without its comment, and the comment without its mark. What stands behind scopes that are commented out
/// is about these.
pub fn parts<'t>(lexicon: &Lexicon, line: &'t str) -> (&'t str, &'t str) {
    // INI files have comments behind `;`.
    let content = if line.starts_with(';') { "" } else { without_comment(line).trim_end() };
    let comment = line[content.len()..].trim_start_matches(['#', '/', ';', ' ']);
    let inner = without_comment(comment);
    let is_commented_out = content.is_empty() && scopes_in(lexicon, inner).next().is_some();
    (content, if is_commented_out { inner } else { comment })
}

/// The denial of these scopes that a comment states.
fn denial(lexicon: &Lexicon, comment: &str, names: &Names) -> Option<Denial> {
    let comment = comment.trim_end_matches([' ', ':', '.', '!']);
    // A mark of what is to be done is about the file.
    let comment = match comment.split_once(": ") {
        Some((mark, task)) if is_among("fixme todo", &mark.to_lowercase()) => task,
        _ => comment,
    };
    let of_clause = |clause: &str| {
        let is_negated = key::words(clause).first().is_some_and(|first| key::is_negation(first));
        // A plain word, such as `admin`, names other things too.
        let is_name = |scope: &&str| {
            is_negated || scope.contains([':', '.', '/', '_']) || names.contains(*scope)
        };
        let named: Vec<_> = scopes_in(lexicon, clause).filter(is_name).collect();
        let is_own = named.iter().any(|scope| names.contains(*scope));
        match named[..] {
            [_, ..] if !is_own => None,
            [_, ..] if is_negated => Some(Denial::Sure),
            // `deals:full pending`
            _ => {
                let is_other = |word: &&str| !names.contains(word.trim_end_matches(':'));
                let words: Vec<_> = clause.split_whitespace().filter(is_other).collect();
                remark::denial(&words.join(" "))
            }
        }
    };
    remark::clauses(comment).filter_map(of_clause).max()
}

/// Returns `true` if a line opens what holds scopes.
pub fn opens(content: &str) -> bool {
    section(content).is_some() || content.ends_with([':', '[', '{'])
}

/// Returns `true` if a line may state scopes.
fn states(lexicon: &Lexicon, content: &str) -> bool {
    let item = content.trim_start_matches(['-', '*', ' ']);
    content.to_ascii_lowercase().contains("scope")
        || lexicon.scope_of_form_name(item).is_some()
        || scopes_in(lexicon, content).next().is_some()
}

pub fn scopes_in<'t>(lexicon: &Lexicon, text: &'t str) -> impl Iterator<Item = &'t str> {
    let ends = |c: char| Separator::ends_name(c) || "[]{}=".contains(c);
    let words = text.split(ends).map(|word| unquoted(word).trim_end_matches(['.', ':']));
    words.filter(|word| lexicon.is_scope(word))
}

/// The name of a section, which stands in `[...]` in INI and TOML, or in `[[...]]` in TOML. A comment
/// may follow it.
pub fn section(line: &str) -> Option<&str> {
    let inner = |line| str::strip_prefix(line, '[').and_then(|line: &str| line.strip_suffix(']'));
    let name = inner(without_comment(line).trim_end()).map(|name| inner(name).unwrap_or(name))?;
    let is_name = |c: char| c.is_alphanumeric() || "_-. ".contains(c);
    (!name.trim().is_empty() && name.chars().all(is_name)).then_some(name)
}
