use super::list::fence;
use super::words::unquoted;
use super::{Lexicon, Names};
use crate::domain::Separator;

/// Lines that are neither blank nor a comment as a whole, without blanks around them.
pub fn significant_lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(str::trim);
    let begins_comment = |line: &str| ["#", "//", ";"].iter().any(|mark| line.starts_with(mark));
    lines.filter(move |line| !line.is_empty() && !begins_comment(line))
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

/// A line, what stands in it before a comment, and that comment without its mark.
pub struct Line<'t> {
    pub text: &'t str,
    pub content: &'t str,
    pub comment: &'t str,
}

impl<'t> Line<'t> {
    /// The lines of a text that grants scopes of these names.
    pub fn all(lexicon: &Lexicon, text: &'t str, names: &Names) -> Vec<Self> {
        text.lines().map(|line| Self::of(lexicon, line, names)).collect()
    }

    /// What stands behind scopes that are commented out is about these, unless all of them are granted elsewhere.
    fn of(lexicon: &Lexicon, text: &'t str, names: &Names) -> Self {
        let line = text.trim();
        // INI files have comments behind `;`. The fence of a code block says no more than one.
        let is_comment = line.starts_with(';') || fence(lexicon, line).is_some();
        let content = if is_comment { "" } else { without_comment(line).trim_end() };
        let comment = line[content.len()..].trim_start_matches(['#', '/', ';', '`', ' ']);
        let inner = without_comment(comment);
        let mut commented_out = scopes_in(lexicon, inner).peekable();
        let is_commented_out = content.is_empty()
            && commented_out.peek().is_some()
            && (inner.contains('=') || commented_out.any(|scope| !names.contains(&scope)));
        Self { text, content, comment: if is_commented_out { inner } else { comment } }
    }
}

pub fn scopes_in(lexicon: &Lexicon, text: &str) -> impl Iterator<Item = String> {
    let ends = |c: char| Separator::ends_name(c) || "[](){}=".contains(c);
    let words = text.split(ends).map(|word| unquoted(word).trim_end_matches(['.', ':', '!', '?']));
    words.flat_map(|word| lexicon.all_scopes_of(word))
}

/// The name of a section, which stands in `[...]` in INI and TOML, or in `[[...]]` in TOML. A comment
/// may follow it.
pub fn section(line: &str) -> Option<&str> {
    let inner = |line| str::strip_prefix(line, '[').and_then(|line: &str| line.strip_suffix(']'));
    let name = inner(without_comment(line).trim_end()).map(|name| inner(name).unwrap_or(name))?;
    let is_name = |c: char| c.is_alphanumeric() || "_-. ".contains(c);
    (!name.trim().is_empty() && name.chars().all(is_name)).then_some(name)
}
