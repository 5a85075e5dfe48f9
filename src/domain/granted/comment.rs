//! Comments and headings beside scopes.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::mem;

use super::lines::{Line, scopes_in, section};
use super::list::{split_box, split_mark};
use super::words::unquoted;
use super::{GrantedFault, Lexicon, Names, Result, is_among, key, provider, refuse_if, remark};
use crate::domain::Separator;

/// A heading has no more words. A longer comment is prose.
const LONGEST_HEADING: usize = 4;

/// The same for a heading that has the word *permissions* or *scopes*.
const LONGEST_OF_SCOPES: usize = 8;

/// The most bytes of a comment that says whose scopes something is not.
const LONGEST_NAME: usize = 40;

/// Words of headings over a part of what an app has, besides those of the catalog.
const PARTING: &str = "access all and api app approved base basic common core crm current currently data email export for full \
    general granted has have import info installed live main misc now object of our owner people permission prod \
    production profile read reading report scope search sync team that the this we with write writing";

/// Words of a clause that names what is granted in the place of something else.
const INSTEAD: &str = "changed downgraded instead reduced replaced";

/// Refuses scopes that a comment may deny, and those below headings that are not understood.
///
/// A comment is about the scopes of its block: the lines around it up to one that is blank. Within a block, one above
/// another entry is about that. One that names a scope is about that, wherever it stands.
pub fn refuse(lexicon: &Lexicon, lines: &[Line], names: &Names) -> Result {
    // The last provider that is named counts.
    let mut another = None;
    for block in blocks(lexicon, lines) {
        let is_about_scopes = block.iter().any(|line| line.states)
            || block.iter().all(|line| line.line.content.is_empty());
        let mut is_aside = false;
        for (nth, &Placed { before, line, states }) in block.iter().enumerate() {
            if !line.content.is_empty() {
                is_aside = is_of_something_else(lexicon, line.content);
            } else if nth > 0 && !block[nth - 1].line.content.is_empty() {
                is_aside = is_above_another(lexicon, &block[nth..]);
            }
            let is_near = states || is_about_scopes && !is_aside;
            let is_denied = denies(lexicon, line.comment, names, is_near, states);
            refuse_if(is_denied, GrantedFault::Denied.on_line(before))?;
            if provider::is_name_of_another(lexicon, line.comment) {
                another = Some(before);
            } else if lexicon.owns_part(line.text) {
                another = None;
            }
            if let Some(before) = another.filter(|_| states) {
                return Err(GrantedFault::OfAnother.on_line(before));
            }
        }
    }
    match unknown_heading(lexicon, lines).or_else(|| line_without_tick(lexicon, lines)) {
        Some(before) => Err(GrantedFault::Denied.on_line(before)),
        None => Ok(()),
    }
}

/// A line in its place.
struct Placed<'l, 't> {
    /// The number of lines before it.
    before: usize,
    line: &'l Line<'t>,
    /// Whether it may state scopes.
    states: bool,
}

/// Lines without a blank one between them. Comments by themselves belong to what follows them.
fn blocks<'l, 't>(lexicon: &Lexicon, lines: &'l [Line<'t>]) -> Vec<Vec<Placed<'l, 't>>> {
    let (mut blocks, mut block, mut has_content) = (Vec::new(), Vec::new(), false);
    for (before, line) in lines.iter().enumerate() {
        if !line.text.trim().is_empty() {
            has_content |= !line.content.is_empty();
            block.push(Placed { before, line, states: states(lexicon, line.content) });
        } else if mem::take(&mut has_content) {
            blocks.push(mem::take(&mut block));
        }
    }
    blocks.push(block);
    blocks
}

/// Returns `true` if these comments stand above an entry of something else, and above no scopes before the next comment.
fn is_above_another(lexicon: &Lexicon, lines: &[Placed]) -> bool {
    let is_comment = |placed: &&Placed| placed.line.content.is_empty();
    let comments: Vec<_> = lines.iter().take_while(is_comment).collect();
    let below = || lines[comments.len()..].iter().take_while(|placed| !is_comment(placed));
    let indent = |placed: &Placed| placed.line.text.find(|c: char| !c.is_whitespace());
    let is_about_scopes = |placed: &&Placed| {
        let comment = placed.line.comment;
        comment.starts_with('^')
            || speaks_of_scopes(comment)
            || key::any_word(comment, remark::is_about_grants)
    };
    below().next().is_some_and(|entry| {
        is_of_something_else(lexicon, entry.line.content) && indent(comments[0]) <= indent(entry)
    }) && !below().any(|placed| placed.states)
        && !comments.iter().any(is_about_scopes)
}

/// Returns `true` if a comment may deny one of these scopes: one near them, and one that names one. A clause that names
/// others alone, as in `# not deals:full`, is about those, unless it names what is granted in their place.
fn denies(lexicon: &Lexicon, comment: &str, names: &Names, is_near: bool, is_beside: bool) -> bool {
    let clauses = comment.split_inclusive([',', ';', '(', ')']);
    let (others, about): (Vec<_>, Vec<_>) = clauses.partition(|clause| {
        let named = named(lexicon, clause, names);
        !named.is_empty() && !named.iter().any(|scope| names.contains(scope))
    });
    let about = about.concat();
    let own = without_names(lexicon, &about, names);
    let is_of_another = lexicon.owns_part(&own)
        && key::any_word(&own, key::is_negation)
        && own.len() < LONGEST_NAME;
    let is_denied =
        || remark::denies_above(&own) || remark::denies_above(&lexicon.without_own(&own));
    is_near && (others.into_iter().any(is_instead) || is_of_another || is_denied())
        || (is_beside || own != about) && remark::denies(&own)
}

/// Returns `true` if a text names one of these scopes and may say that it is not granted.
pub fn denies_by_name(lexicon: &Lexicon, text: &str, names: &Names) -> bool {
    let own = without_names(lexicon, text, names);
    own != text && remark::denies(&own)
}

/// A text without the words that name one of these scopes, but with the question mark behind one.
fn without_names<'t>(lexicon: &Lexicon, text: &'t str, names: &Names) -> String {
    let names_one = |word: &str| scopes_in(lexicon, word).any(|scope| names.contains(&scope));
    let rest = |word: &'t str| match names_one(word) {
        true => word.trim_end().strip_suffix('?').map_or("", |_| "?"),
        false => word,
    };
    text.split_inclusive(Separator::ends_name).map(rest).collect()
}

/// Returns `true` for `deals:read instead` and `has only deals:read`, but not for `instead of deals:full`.
fn is_instead(clause: &str) -> bool {
    let clause = &clause.to_lowercase();
    let any = |is_so: fn(&str) -> bool| key::any_word(clause, is_so);
    any(|word| is_among(INSTEAD, word)) && !clause.contains("instead of")
        || any(|word| word == "only")
            && any(|word| remark::speaks_of_grants(word) || is_among("has have", word))
}

/// The scopes that a clause names. A plain word, such as `admin`, names other things too, unless it is the first or stands
/// behind a negation or `need`.
fn named(lexicon: &Lexicon, clause: &str, names: &Names) -> Vec<String> {
    let words = key::words(clause);
    let begins = |before: &str| key::is_negation(before) || before == "need";
    let behind = words.windows(2).filter(|pair| begins(&pair[0])).map(|pair| &pair[1]);
    let meant: HashSet<_> = words.first().into_iter().chain(behind).collect();
    let is_name = |scope: &String| {
        scope.contains([':', '.', '/', '_']) || names.contains(scope) || meant.contains(scope)
    };
    scopes_in(lexicon, clause).filter(is_name).collect()
}

/// The line of a heading that says that scopes are needed, or of one of several that divides them by a word that the
/// catalog does not have: they may be of another app, or not granted.
fn unknown_heading(lexicon: &Lexicon, lines: &[Line]) -> Option<usize> {
    let groups = groups(lexicon, lines);
    let headings = || groups.iter().flatten();
    let asks = |(_, said): &&(usize, &str)| remark::asks(&lexicon.without_own(said));
    let things = LazyCell::new(|| things(lexicon));
    // `# used for sync` tells what the scope below it is for.
    let is_remark = |said: &str| {
        key::words(said).first().is_some_and(|first| is_among("for needed used", first))
    };
    let is_unknown = |(_, said): &&(usize, &str)| {
        groups.len() > 1
            && !is_remark(said)
            && !key::all_words(said, |word| things.contains(&key::singular(word)))
    };
    headings().find(asks).or_else(|| headings().find(is_unknown)).map(|(before, _)| *before)
}

/// The headings over each group of scopes, with the number of lines before each.
fn groups<'t>(lexicon: &Lexicon, lines: &[Line<'t>]) -> Vec<Vec<(usize, &'t str)>> {
    let (mut groups, mut above) = (Vec::new(), Vec::new());
    for (before, line) in lines.iter().enumerate() {
        if line.content.is_empty() && is_heading(line.comment) {
            above.push((before, line.comment));
        } else if is_item(lexicon, line.content) && (!above.is_empty() || groups.is_empty()) {
            groups.push(mem::take(&mut above));
        } else if !line.content.is_empty() && !line.content.starts_with('|') {
            above.clear();
        }
    }
    groups
}

fn is_heading(comment: &str) -> bool {
    let is_of_scopes = key::any_word(comment, |word| is_among("permissions scopes", word));
    let most = if is_of_scopes { LONGEST_OF_SCOPES } else { LONGEST_HEADING };
    (1..=most).contains(&key::words(comment).len())
}

/// The words of headings such as `Contacts and deals`, which part what an app has.
fn things(lexicon: &Lexicon) -> HashSet<String> {
    let catalog = lexicon.catalog;
    let labels = catalog.indices().map(|action| catalog.action(action).label());
    let scopes = catalog.all_scopes().map(|scope| catalog.scope(scope));
    let known = labels.chain(scopes).chain([PARTING]);
    known.flat_map(key::words).map(|word| key::singular(&word)).collect()
}

/// The first item of a list without a comment, or with a mark in its place, where another has a tick: `deals:read # ✅`.
fn line_without_tick(lexicon: &Lexicon, lines: &[Line]) -> Option<usize> {
    let is_item = |line: &Line| is_item(lexicon, line.content);
    let has_tick = lines.iter().any(|line| remark::is_tick(line.comment) && is_item(line));
    let is_other = |comment: &str| is_among("- x X", comment) || comment.is_empty();
    lines.iter().position(|line| has_tick && is_other(line.comment) && is_item(line))
}

/// Returns `true` for a line of a list that has nothing but scopes, and for the row of a table with scopes.
fn is_item(lexicon: &Lexicon, content: &str) -> bool {
    let item = split_box(split_mark(content).1).1;
    let mut words = item.split(Separator::ends_name).filter(|word| !word.is_empty()).peekable();
    content.starts_with('|') && scopes_in(lexicon, content).next().is_some()
        || lexicon.scope_of_form_name(item).is_some()
        || words.peek().is_some() && words.all(|word| lexicon.is_scope(unquoted(word)))
}

/// Returns `true` for a line with another entry, but not for one such as `[pipedrive]` and `oauth:`, which opens what may
/// hold scopes, or for a bracket.
fn is_of_something_else(lexicon: &Lexicon, content: &str) -> bool {
    let name = section(content).or_else(|| content.strip_suffix(':'));
    content.contains(char::is_alphanumeric)
        && !content.ends_with(['[', '{'])
        && !name.is_some_and(|name| lexicon.holds(unquoted(name)))
}

fn speaks_of_scopes(text: &str) -> bool {
    text.to_ascii_lowercase().contains("scope")
}

/// Returns `true` if a line may state scopes.
fn states(lexicon: &Lexicon, content: &str) -> bool {
    let (name, _) = content.split_once(['=', ':']).unwrap_or((content, ""));
    // `SLACK_SCOPES` states those of another app.
    let is_of_another = speaks_of_scopes(name) && provider::names_another(lexicon, name);
    !content.is_empty()
        && !is_of_another
        && (speaks_of_scopes(content)
            || scopes_in(lexicon, content).next().is_some()
            || lexicon.has_form_name(content))
}
