use std::cell::LazyCell;
use std::collections::HashSet;
use std::mem;

use super::words::unquoted;
use super::{
    GrantedFault, Lexicon, Meaning, Names, Result, any_word, is_among, key, provider, remark,
};
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
pub fn without_comments(lexicon: &Lexicon, text: &str) -> Result<String> {
    match text.lines().position(|line| line_denies(lexicon, line)) {
        Some(before) => Err(GrantedFault::Denied.on_line(before)),
        None => Ok(text.lines().map(without_comment).collect::<Vec<_>>().join("\n")),
    }
}

/// Refuses scopes with a comment that says that they are not granted: on their line, above them or
/// their heading, or below them if nothing follows it; elsewhere only one that surely speaks of scopes.
pub fn refuse_denied(lexicon: &Lexicon, text: &str) -> Result {
    let refuse_at = |denial: Option<usize>| match denial {
        Some(before) => Err(GrantedFault::Denied.on_line(before)),
        None => Ok(()),
    };
    // The line of the least deep denial, and how deep it stands.
    let mut above: Option<(usize, usize)> = None;
    let (mut below, mut follows_scopes, mut follows_blank) = (None, false, false);
    // The denial of a heading, which is about all that stands deeper than it, or in its section.
    let mut heading: Option<(usize, Option<usize>)> = None;
    for (before, line) in text.lines().chain([""]).enumerate() {
        let depth = line.len() - line.trim_start().len();
        // INI files have comments behind `;`.
        let line =
            line.trim().strip_prefix(';').map_or(line.trim().into(), |rest| format!("#{rest}"));
        let content = without_comment(&line).trim_end();
        let comment = &line[content.len()..];
        let denial = line_denies(lexicon, &line).then_some(before);
        refuse_at(denial.filter(|_| is_surely_about_scopes(comment)))?;
        let denials = above.into_iter().chain(denial.map(|before| (before, depth)));
        above = denials.min_by_key(|(_, deep)| *deep);
        if content.is_empty() {
            follows_blank = line.is_empty();
            let points_up =
                denial.is_some() && comment.trim_start_matches(['#', '/', ' ']).starts_with('^');
            if follows_scopes && below.is_none() {
                below = denial.filter(|_| points_up || is_about_a_grant(comment));
            }
            refuse_at(below.filter(|_| points_up || comment.is_empty()))?;
            continue;
        }
        let is_section = section(content).is_some();
        heading = heading.filter(|(_, depth_above)| {
            !is_section && depth_above.is_none_or(|depth_above| depth > depth_above)
        });
        // A deeper one, with a blank line behind it, belongs to what stands before it.
        let is_apart = mem::take(&mut follows_blank);
        let denial = above.take().filter(|(_, deep)| !is_apart || *deep <= depth);
        let denial = denial.map(|(before, _)| before);
        (below, follows_scopes) = (None, states(lexicon, content));
        let above_all = denial.or(heading.map(|(before, _)| before));
        refuse_at(above_all.filter(|_| follows_scopes))?;
        if let Some(before) = denial.filter(|_| is_section || content.ends_with(':')) {
            heading = Some((before, (!is_section).then_some(depth)));
        }
    }
    Ok(())
}

/// Returns `true` if a comment that denies something speaks of scopes, wherever it stands.
fn is_surely_about_scopes(comment: &str) -> bool {
    let points = |word: &str| is_among("above below following scope scopes these", word);
    // What is to be uncommented is no scope yet.
    let is_of_comments = any_word(comment, |word| word == "uncomment");
    any_word(comment, points) && !is_of_comments
        || remark::denies_a_grant(comment)
        || key::words(comment).len() > 1 && remark::only_denies(comment)
}

/// Returns `true` if a comment speaks of grants, or of something that is not in force.
fn is_about_a_grant(comment: &str) -> bool {
    any_word(comment, |word| {
        remark::speaks_of_grants(word) || key::contradicts(word) && !is_among(key::NEGATIONS, word)
    })
}

/// Returns `true` if a line may be a part of what states scopes.
fn states(lexicon: &Lexicon, content: &str) -> bool {
    let key = content.split([':', '=']).next().unwrap_or_default().trim();
    section(content).is_none() && content.starts_with(['-', '[', ']', '{', '}', '"', '\''])
        || content.starts_with("value")
        || content.to_ascii_lowercase().contains("scope")
        || lexicon.meaning(key) == Meaning::Granted
        || scopes_in(lexicon, content).next().is_some()
}

/// Returns `true` if the comment of a line casts doubt on a grant, as `# pending` does. A clause that
/// names another scope, as in `# not deals:full`, is about that one.
pub fn line_denies(lexicon: &Lexicon, line: &str) -> bool {
    let content = without_comment(line);
    let comment = line[content.len()..].trim_matches(['#', '/', ' ', ':', '.', '!']);
    if comment.is_empty() {
        return false;
    }
    // What stands behind scopes in a comment is about these.
    let comment = match scopes_in(lexicon, without_comment(comment)).next() {
        Some(_) if content.is_empty() => without_comment(comment),
        _ => comment,
    };
    let item = comment.strip_prefix("- ").and_then(|item| item.split_whitespace().next());
    let own = LazyCell::new(|| scopes_in(lexicon, content).collect::<HashSet<_>>());
    let is_about_another = |clause: &str| {
        let words = key::words(clause);
        let negated = words.split_first().filter(|(not, _)| is_among(key::NEGATIONS, not));
        let is_negated = |scope: &str| negated.is_some_and(|(_, name)| name == key::words(scope));
        let is_name = |scope: &&str| item == Some(*scope) || is_negated(scope);
        let named: Vec<_> = scopes_in(lexicon, clause).filter(is_name).collect();
        !named.is_empty() && !named.into_iter().any(|scope| own.contains(scope))
    };
    // `# use deals:read`, behind another scope.
    let replaces = |clause: &str| {
        let others = || scopes_in(lexicon, clause).any(|scope| !own.contains(scope));
        remark::speaks_of_change(clause) && !own.is_empty() && others()
    };
    let is_heading = line.starts_with("##");
    remark::is_unclear(comment)
        || remark::names_environment(comment)
        || provider::is_name_of_another(lexicon, comment)
        || is_heading && any_word(comment, key::denies)
        || remark::clauses(comment).any(|clause| {
            !is_about_another(clause) && (remark::clause_doubts(clause) || replaces(clause))
        })
}

/// The first line whose comment denies one of these scopes by its name, as `# not admin` does.
pub fn line_negating(lexicon: &Lexicon, text: &str, names: &Names) -> Option<usize> {
    let negates = |clause: &str| {
        let first = clause.split_whitespace().next();
        first.is_some_and(|first| any_word(first, |word| is_among(key::NEGATIONS, word)))
            && scopes_in(lexicon, clause).any(|scope| names.contains(scope))
    };
    text.lines().position(|line| {
        let comment = &line[without_comment(line).len()..];
        let comment = comment.trim_start_matches(['#', '/', ' ']);
        !comment.is_empty() && remark::clauses(comment).any(negates)
    })
}

/// The first line of scopes without a comment that grants them, such as `# ✓`, if another one has it.
pub fn line_without_tick(lexicon: &Lexicon, text: &str) -> Option<usize> {
    let has_tick = |line: &str| {
        let comment = &line[without_comment(line).len()..];
        remark::is_tick(comment.trim_start_matches(['#', '/', ' ']))
    };
    let states = |line: &str| scopes_in(lexicon, without_comment(line)).next().is_some();
    let is_ticked = text.lines().any(|line| has_tick(line) && states(line));
    let mut lines = text.lines();
    is_ticked.then(|| lines.position(|line| states(line) && !has_tick(line))).flatten()
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
