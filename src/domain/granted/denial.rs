//! The line with a comment that says that scopes are not granted.

use super::lines::{opens, parts, scopes_in, section};
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
pub fn line_denying(lexicon: &Lexicon, text: &str, names: &Names) -> Option<usize> {
    // The widest denial above, and one that is about the scopes right above it if nothing follows.
    let (mut above, mut below) = (None::<Above>, None);
    let (mut is_next, mut is_head, mut has_stated) = (false, true, false);
    // The comment on the line before, if it has nothing else.
    let mut last = "";
    for (before, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            last = "";
            if let Some(Above { before, .. }) = below {
                return Some(before);
            }
            has_stated = false;
            continue;
        }
        let depth = line.len() - line.trim_start().len();
        let (content, comment) = parts(lexicon, line.trim());
        let of_both = goes_on(last, comment)
            .then(|| denial(lexicon, &format!("{last} {comment}"), names))
            .flatten();
        let denial = of_both.or_else(|| denial(lexicon, comment, names));
        last = if content.is_empty() { comment } else { "" };
        if denial == Some(Denial::Sure) {
            return Some(before);
        }
        let is_about_grants = is_about_grants(comment);
        let reach = if is_head && content.is_empty() && is_about_grants {
            Reach::Block(depth)
        } else {
            Reach::Line
        };
        let here = denial.map(|_| Above { before, depth, is_about_grants, reach });
        if content.is_empty() {
            let is_about_them = || points_back(comment) || names_one(lexicon, comment, names);
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

/// Returns `true` if a comment goes on with the sentence of the one above it.
fn goes_on(above: &str, comment: &str) -> bool {
    let is_open = above.ends_with(|c: char| c.is_alphanumeric() || c == ',');
    is_open && comment.starts_with(char::is_lowercase)
}

/// Returns `true` if a text names one of these scopes and says that it is not granted.
pub fn denies_one(lexicon: &Lexicon, text: &str, names: &Names) -> bool {
    denial(lexicon, text, names) == Some(Denial::Sure) && names_one(lexicon, text, names)
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
        let words = key::words(clause);
        let is_negated = words.first().is_some_and(|first| key::is_negation(first));
        // A plain word, such as `admin`, names other things too.
        let is_name = |scope: &String| {
            is_negated && words.get(1) == Some(scope)
                || scope.contains([':', '.', '/', '_'])
                || names.contains(scope)
        };
        let named: Vec<_> = scopes_in(lexicon, clause).filter(is_name).collect();
        let is_own = named.iter().any(|scope| names.contains(scope));
        // `deals:full pending`
        let others = || {
            let is_other = |word: &&str| !names.contains(word.trim_end_matches(':'));
            let words: Vec<_> = clause.split_whitespace().filter(is_other).collect();
            remark::denial(&words.join(" "))
        };
        let is_marked = |scope: &String| scope.contains([':', '.', '/', '_']);
        match named[..] {
            [_, ..] if !is_own => remark::is_instead(&words).then_some(Denial::Likely),
            [_, ..] if is_negated => Some(Denial::Sure),
            [_, ..] if named.iter().any(is_marked) => others().map(|_| Denial::Sure),
            _ => others(),
        }
    };
    // `To add deals` tells what a scope is for.
    let is_to_add = comment.eq_ignore_ascii_case("to add");
    let of_clauses = remark::clauses(comment).filter_map(of_clause).max();
    of_clauses.or_else(|| is_to_add.then_some(Denial::Likely))
}

/// Returns `true` if a line may state scopes.
fn states(lexicon: &Lexicon, content: &str) -> bool {
    let item = content.trim_start_matches(['-', '*', ' ']);
    let (name, _) = content.split_once(['=', ':']).unwrap_or((content, ""));
    let speaks_of_scopes = |text: &str| text.to_ascii_lowercase().contains("scope");
    // `SLACK_SCOPES` states those of another app.
    let is_of_another = speaks_of_scopes(name) && provider::names_another(lexicon, name);
    speaks_of_scopes(content) && !is_of_another
        || lexicon.scope_of_form_name(item).is_some()
        || scopes_in(lexicon, content).next().is_some()
}
