//! The line with a comment that says that scopes are not granted.

use std::mem;

use super::lines::{Line, opens, scopes_in, section};
use super::list::split_mark;
use super::remark::{self, Denial};
use super::{Lexicon, Names, is_among, key, provider};

/// A likely denial above scopes, and how far it reaches.
#[derive(Clone, Copy)]
struct Above {
    /// The number of lines before it.
    before: usize,
    depth: usize,
    /// Whether it speaks of grants, so that it is about more than the line that follows.
    is_about_grants: bool,
    reach: Reach,
}

/// How far a comment reaches that stands above something else than scopes.
#[derive(Clone, Copy)]
enum Reach {
    /// The next line alone.
    Line,
    /// The lines that are as deep.
    Block(usize),
    /// The section that it opens.
    Section,
}

impl Above {
    /// Its reach behind a line with content.
    fn behind(self, content: &str, depth: usize) -> Option<Self> {
        let is_section = section(content).is_some();
        let reach = match self.reach {
            // A deeper one is about what stands before it.
            Reach::Line if self.depth > depth => return None,
            Reach::Line if self.is_about_grants && is_section => Reach::Section,
            Reach::Line if self.is_about_grants && opens(content) => Reach::Block(depth + 1),
            reach => reach,
        };
        Some(Self { reach, ..self })
    }

    /// Returns `true` if it is about this line too.
    fn reaches(self, content: &str, depth: usize) -> bool {
        match self.reach {
            Reach::Line => true,
            Reach::Block(least) => depth >= least,
            Reach::Section => section(content).is_none(),
        }
    }
}

/// The first line with a comment that denies one of the scopes that a text grants: a sure denial, and one that names
/// the scope, anywhere, and a likely one on the line of scopes, above them, above what opens them, or at the head of
/// the text or of a block. A clause that names other scopes, as in `# not deals:full`, is about those.
pub fn line_denying(lexicon: &Lexicon, lines: &[Line], names: &Names) -> Option<usize> {
    // The widest denial above, and one that is about the scopes right above it if nothing follows.
    let (mut above, mut below) = (None::<Above>, None);
    let (mut is_next, mut is_head, mut has_stated) = (false, true, false);
    for (before, &Line { text: line, content, comment }) in lines.iter().enumerate() {
        if line.trim().is_empty() {
            if let Some(Above { before, .. }) = below {
                return Some(before);
            }
            has_stated = false;
            continue;
        }
        let depth = line.len() - line.trim_start().len();
        let next = lines.get(before + 1).map(|next| (next.content, next.comment));
        let next = next.filter(|(next, _)| content.is_empty() && next.is_empty());
        let next = next.map(|(_, next)| next).filter(|next| goes_on(lexicon, comment, next));
        let of_both =
            next.and_then(|next| denial(lexicon, &format!("{comment} {}", item(next)), names));
        let denial = denial(lexicon, comment, names).max(of_both);
        if denial == Some(Denial::Sure) {
            return Some(before);
        }
        let said = [Some(comment), next.filter(|_| of_both.is_some())];
        let is_about_grants = said.into_iter().flatten().any(is_about_grants);
        let reach = if is_head && content.is_empty() && is_about_grants {
            Reach::Block(depth)
        } else {
            Reach::Line
        };
        let here = denial.map(|_| Above { before, depth, is_about_grants, reach });
        if content.is_empty() {
            let is_about_them = || {
                remark::only_denies(comment)
                    || points_back(comment)
                    || names_one(lexicon, comment, names)
            };
            below = below.or(here.filter(|_| has_stated && is_about_them()));
            above = above.into_iter().chain(here).min_by_key(|above| above.depth);
            continue;
        }
        below = None;
        above = above.filter(|above| is_next || above.reaches(content, depth));
        let behind = |above: Above| above.behind(content, depth);
        above = above.and_then(behind).or_else(|| here.and_then(behind));
        has_stated = states(lexicon, content);
        if let Some(Above { before, .. }) = above.filter(|_| has_stated && !opens(content)) {
            return Some(before);
        }
        is_next = opens(content);
        is_head = is_next;
        above = above.filter(|above| is_next || !matches!(above.reach, Reach::Line));
    }
    below.map(|below: Above| below.before)
}

/// The first item of a list without a comment, where another has a tick: `deals:read # ✅`.
pub fn line_without_tick(lexicon: &Lexicon, lines: &[Line]) -> Option<usize> {
    let is_item = |line: &Line| {
        let (_, item) = split_mark(line.content.trim_start());
        let mut words = item.split_whitespace().peekable();
        lexicon.scope_of_form_name(item).is_some()
            || words.peek().is_some() && words.all(|word| lexicon.is_scope(word))
    };
    let has_tick = lines.iter().any(|line| remark::is_tick(line.comment) && is_item(line));
    lines.iter().position(|line| has_tick && line.comment.is_empty() && is_item(line))
}

/// Returns `true` if a comment speaks of grants, and not of some setting.
fn is_about_grants(comment: &str) -> bool {
    let grants = "approval approved authori* permission permissions scope scopes status";
    // `after approval` is said of anything.
    let is_condition = key::any_word(comment, |word| is_among("after if once when", word));
    key::any_word(comment, |word| is_among(grants, word)) && !is_condition
        || key::all_words(comment, |word| {
            is_among("deployed disabled live not pending phase released revoked still yet", word)
                || key::is_number(word)
        })
}

/// Returns `true` if a comment is about what stands above it.
fn points_back(comment: &str) -> bool {
    comment.starts_with('^')
        || key::any_word(comment, |word| is_among("above all these those", word))
}

fn names_one(lexicon: &Lexicon, comment: &str, names: &Names) -> bool {
    scopes_in(lexicon, comment).any(|scope| names.contains(&scope))
}

/// Returns `true` if a comment goes on with the sentence of the one above it, or is a scope below a heading.
fn goes_on(lexicon: &Lexicon, above: &str, comment: &str) -> bool {
    let is_scope =
        || item(comment).split_whitespace().next().is_some_and(|word| lexicon.is_scope(word));
    let is_open = above.ends_with(|c: char| c.is_alphanumeric() || c == ',');
    is_open && comment.starts_with(char::is_lowercase) || above.ends_with(':') && is_scope()
}

/// A comment without the mark of an item.
fn item(comment: &str) -> &str {
    comment.trim_start_matches(['-', '*', ' '])
}

/// Returns `true` if a text names one of these scopes and says that it is not granted.
pub fn note_denies(lexicon: &Lexicon, text: &str, names: &Names) -> bool {
    denial_in(lexicon, text, names, Place::Note) == Some(Denial::Sure)
        && names_one(lexicon, text, names)
}

/// Where a text about scopes stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Comment,
    /// A value of JSON or YAML. It may tell what scopes are for, and how they are used.
    Note,
}

/// The denial of these scopes that a comment states.
fn denial(lexicon: &Lexicon, comment: &str, names: &Names) -> Option<Denial> {
    denial_in(lexicon, comment, names, Place::Comment)
}

fn denial_in(lexicon: &Lexicon, comment: &str, names: &Names, place: Place) -> Option<Denial> {
    let comment = comment.trim_end_matches([' ', ':', '.', '!']);
    // A mark of what is to be done is about the file.
    let comment = match comment.split_once(": ") {
        Some((mark, task)) if is_among("fixme todo", &mark.to_lowercase()) => task,
        _ => comment,
    };
    // `To add deals` tells what a scope is for.
    let is_to_add = comment.eq_ignore_ascii_case("to add");
    let clauses = joined_clauses(lexicon, comment).into_iter();
    let of_clauses = clauses.filter_map(|clause| of_clause(lexicon, &clause, names, place)).max();
    of_clauses.or_else(|| is_to_add.then_some(Denial::Likely))
}

/// The denial of these scopes that a clause states. One that names others alone is about those.
fn of_clause(lexicon: &Lexicon, clause: &str, names: &Names, place: Place) -> Option<Denial> {
    let words = key::words(clause);
    let is_negated = words.first().is_some_and(|first| key::is_negation(first));
    // A plain word, such as `admin`, names other things too.
    let is_name = |scope: &String| {
        is_negated && words.get(1) == Some(scope)
            || scope.contains([':', '.', '/', '_'])
            || names.contains(scope)
    };
    let named: Vec<_> = scopes_in(lexicon, clause).filter(is_name).collect();
    let own = named.iter().find(|scope| names.contains(*scope));
    let (before, after) = own.and_then(|own| clause.split_once(&**own)).unwrap_or(("", clause));
    let is_other = |word: &&str| {
        let word = word.trim_end_matches(':');
        !names.contains(word) && (own.is_none() || !lexicon.is_scope(word))
    };
    let others: Vec<_> = clause.split_whitespace().filter(is_other).collect();
    let others = others.join(" ");
    let is_taken = remark::takes_away(before);
    let is_denied = place == Place::Comment || is_brief_negation(&others) || is_taken;
    match named[..] {
        [_, ..] if own.is_none() => {
            let is_less = remark::is_instead(&words) || remark::is_changed(&words);
            is_less.then_some(Denial::Likely)
        }
        [_, ..] if is_negated && is_denied => Some(Denial::Sure),
        // `deals:full pending`
        [_, ..] if own.is_some_and(|own| own.contains([':', '.', '/', '_'])) => {
            let is_part = named.len() < names.len();
            let is_denied = remark::denial(&others).is_some()
                || is_taken
                || remark::is_task(before, after)
                || remark::ends_in_refusal(after)
                || is_part && remark::is_only(before, after)
                || remark::is_changed(&key::words(after));
            let is_sure =
                is_taken || remark::denies_a_grant(&others) || !remark::is_condition(&words);
            is_denied.then_some(if is_sure { Denial::Sure } else { Denial::Likely })
        }
        _ => remark::denial(&others),
    }
}

/// The clauses of a comment. Those that only name scopes stand with the next, unless that names its own:
/// `deals:full (pending)`.
fn joined_clauses(lexicon: &Lexicon, comment: &str) -> Vec<String> {
    let mut joined = Vec::new();
    let mut bare = String::new();
    for clause in remark::clauses(comment).filter(|clause| !clause.trim().is_empty()) {
        if clause.split_whitespace().all(|word| lexicon.is_scope(word)) {
            bare.extend([" ", clause]);
        } else {
            let before = mem::take(&mut bare);
            let names_its_own = scopes_in(lexicon, clause).next().is_some();
            joined.push(if names_its_own {
                clause.to_owned()
            } else {
                format!("{before} {clause}")
            });
        }
    }
    joined
}

/// Returns `true` for what is left of `not deals:full` without the scope, but not of `don't remove deals:full` and
/// `without deals:full the sync fails`.
fn is_brief_negation(others: &str) -> bool {
    let words = key::words(others);
    words.len() <= remark::BRIEF
        && !words.iter().any(|word| is_among("delet* drop* forget only other remov*", word))
}

/// Returns `true` if a line may state scopes.
fn states(lexicon: &Lexicon, content: &str) -> bool {
    let (name, _) = content.split_once(['=', ':']).unwrap_or((content, ""));
    let speaks_of_scopes = |text: &str| text.to_ascii_lowercase().contains("scope");
    // `SLACK_SCOPES` states those of another app.
    let is_of_another = speaks_of_scopes(name) && provider::names_another(lexicon, name);
    speaks_of_scopes(content) && !is_of_another
        || scopes_in(lexicon, content).next().is_some()
        || lexicon.has_form_name(content)
}
