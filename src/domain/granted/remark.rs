//! Remarks beside scopes: comments, descriptions and the cells of tables.

use super::key::{self, Meaning};

/// Words about a grant: a negation beside one of them denies it.
pub const OF_GRANTS: &str = "approved authorised authorized consented given got granted had has have \
    obtained our ours received us we yet";

/// Words for a grant that is still to come, or over.
const STILL_TO_COME: &str = "coming gone planned tbc tbd todo yet";

/// Words for a request.
const ASKED: &str = "asked requested";

/// Verbs of refusal.
const REFUSES: &str = "declines refuses rejects";

/// Negations of the next noun: they deny a grant only if it means one.
const OF_NOUNS: &str = "no without";

/// Nouns that mean a grant.
const GRANTS: &str = "access approval consent grant longer more permission";

/// Words before one such as `revoked` or `optional`, if that describes the scope itself.
const IS: &str = "been being got gets is was";

/// Words that confirm a grant.
const AFFIRMATIONS: &str = "approved granted obtained received";

/// Words before the purpose of a scope.
const PURPOSES: &str = "needed required used";

/// Verbs of instructions about a file, such as `do not edit`.
const OF_FILES: &str = "change commit delete edit modify remove share";

/// Words for something that is still to come, in a short comment or beside a grant.
const TO_COME: &str = "ask asking be eventually false must need needs next once phase please \
    progress shall should soon still tba will wip";

/// Further words about a grant, in comments.
const OF_GRANTING: &str = "active add added allowed approval approve assigned available confirmed \
    consent enable enabled get grant included live pass passed request requesting response review \
    selected sure tick ticked valid work worked working works";

/// Words of doubt.
const DOUBTS: &str = "fixme hopefully perhaps probably unclear unsure";

/// Words before a condition.
const CONDITIONS: &str = "after if once unless until when";

/// Words that deny a grant, in a short comment or beside a grant.
const OF_COMMENTS: &str = "away formerly maybe replaced scrapped skipped";

/// Whole comments about a grant that is still to come.
const BRIEFLY_TO_COME: [&str; 7] =
    ["being added", "being granted", "being requested", "n a", "to add", "to do", "to get"];

/// Phrases about such a grant in a comment of any length.
const TO_COME_ANYWHERE: [&str; 9] = [
    "change me",
    "in review",
    "nice to have",
    "only if",
    "replace me",
    "to be requested",
    "to request",
    "under review",
    "used to have",
];

/// Marks that strike out, refuse, doubt or wait.
const STRIKES: [&str; 13] = [
    "\u{231b}",
    "\u{23f3}",
    "\u{2753}",
    "\u{1f44e}",
    "~~",
    "\u{2715}",
    "\u{2716}",
    "\u{2717}",
    "\u{2718}",
    "\u{26d4}",
    "\u{274c}",
    "\u{1f6ab}",
    "\u{1f6d1}",
];

/// Returns `true` if a text says that something is not granted, or failed.
pub fn denies(text: &str) -> bool {
    let words = key::words(text);
    // `Delete pipelines` and `allows to read` say what a scope is for.
    let is_task = |word: &str| {
        words.len() > 1 && (word == "allows" || key::is_over(word) && !has_ended(word))
    };
    Meaning::of(text) == Meaning::Failure
        || words.iter().any(|word| key::denies(word) && !is_task(word))
}

/// Returns `true` for `revoked`, `revocation` and the like: the grant itself is over.
pub fn has_ended(word: &str) -> bool {
    key::is_over(word) && ["ed", "ion"].into_iter().any(|end| word.ends_with(end))
}

/// Returns `true` if a few words beside a scope, numbers apart, or a mark say that it is not granted.
pub fn denies_briefly(text: &str) -> bool {
    let is_struck = |mark: &str| text.contains(mark);
    let words = key::words(text);
    let words = words.iter().filter(|word| !key::is_number(word)).count();
    words <= 3 && denies(text) || STRIKES.into_iter().any(is_struck)
}

/// Returns `true` if a few words, alone or before a colon, or a description of any length say that a
/// scope is not granted.
pub fn disclaims(text: &str) -> bool {
    let head = text.split_once(':').map_or(text, |(head, _)| head);
    let words = key::words(text);
    let over_since = |pair: &[String]| {
        has_ended(&pair[0])
            && (key::is_among("at by in on since", &pair[1]) || key::is_number(&pair[1]))
    };
    [head, text].into_iter().any(denies_briefly)
        || begins_with_optional(text)
        || words.windows(2).next().is_some_and(over_since)
        || disclaims_at_length(text)
}

/// Returns `true` if a text of any length denies a grant. A description may have a *not* about
/// something else.
pub fn disclaims_at_length(text: &str) -> bool {
    let words = key::words(text);
    let any = |list: &str| words.iter().any(|word| key::is_among(list, word));
    words.iter().any(|word| key::is_not_in_force(word))
        || is_of_another_time(&words)
        || any(TO_COME) && any(AFFIRMATIONS)
        || denies_a_grant(text)
}

/// Returns `true` if a cell beside a scope says that nothing needs it.
pub fn denies_need(cell: &str) -> bool {
    let negates = |first: &String| key::negates(first);
    begins_with_optional(cell)
        || key::words(cell).first().is_some_and(negates)
        || disclaims_at_length(cell)
}

/// Returns `true` for texts such as `was not granted by the user`.
pub fn denies_a_grant(text: &str) -> bool {
    negates_one_of(&key::words(text), OF_GRANTS)
}

/// Returns `true` if a comment says that something is not granted, in a few words or surely so at any
/// length, or that it is still to come.
pub fn comment_denies(comment: &str) -> bool {
    let all = key::words(comment);
    let words = without_asides(&all);
    let comment = if words.len() < all.len() { &words.join(" ") } else { comment };
    let any = |list: &str| words.iter().any(|word| key::is_among(list, word));
    let has = |matches: fn(&str) -> bool| words.iter().any(|word| matches(word));
    let is_over = |pair: &[String]| {
        key::is_among(IS, &pair[0]) && (has_ended(&pair[1]) || pair[1] == "optional")
    };
    let surely_denies = any(REFUSES)
        || any("401 403 off")
        || any("no") && !denies_a_noun(comment)
        || words.windows(2).any(is_over)
        || has(key::is_not_in_force)
        || has(key::is_earlier);
    let is_about_grants = words.len() <= 3 || any(OF_GRANTS) || any(OF_GRANTING);
    let joined = words.join(" ");
    let is_to_come = any(TO_COME) && is_about_grants
        || BRIEFLY_TO_COME.contains(&&*joined)
        || TO_COME_ANYWHERE.into_iter().any(|phrase| joined.contains(phrase));
    let is_conditional = any(CONDITIONS) && (any(AFFIRMATIONS) || any(OF_GRANTING));
    if surely_denies || is_to_come || is_conditional || any(DOUBTS) || asks(comment) {
        return true;
    }
    if any(AFFIRMATIONS) && !any(STILL_TO_COME) && !has(key::negates) {
        return any(OF_COMMENTS) || has(has_ended);
    }
    let mut denying = words.iter().filter(|word| key::denies(word));
    if denies_a_noun(comment) && denying.all(|word| key::is_among(OF_NOUNS, word)) && !any(GRANTS) {
        return false;
    }
    disclaims(comment) || negates_one_of(&words, OF_GRANTING) || any(OF_COMMENTS) && is_about_grants
}

/// Returns `true` for `granted?`, but not for the `?` of an address.
fn asks(comment: &str) -> bool {
    let mut words = comment.split_whitespace().map(|word| word.trim_end_matches([')', '.', '!']));
    words.any(|word| word.ends_with('?'))
}

/// Returns `true` for `no notes` and `read without notes`, but not for `no, see below` or `they said
/// no`.
fn denies_a_noun(comment: &str) -> bool {
    let words: Vec<_> = comment.split_whitespace().map(str::to_lowercase).collect();
    words
        .windows(2)
        .any(|pair| key::is_among(OF_NOUNS, &pair[0]) && pair[1].starts_with(char::is_alphanumeric))
}

/// Returns `true` if a comment has a word about a grant.
pub fn is_about_a_grant(comment: &str) -> bool {
    let is_about_one = |word: &String| {
        let lists = [OF_GRANTS, OF_GRANTING, AFFIRMATIONS];
        key::is_not_in_force(word) || lists.into_iter().any(|list| key::is_among(list, word))
    };
    key::words(comment).iter().any(is_about_one)
}

/// Returns the words without `do not edit`, which is about a file, and without `needed for`, which is
/// about the purpose of a scope.
fn without_asides(words: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for word in words {
        let last = kept.last().map_or("", String::as_str);
        if key::negates(last) && key::is_among(OF_FILES, word) {
            kept.pop();
            kept.pop_if(|last| last == "do");
        } else if key::is_among("by for in", word) && key::is_among(PURPOSES, last) {
            kept.pop();
        } else {
            kept.push(word.clone());
        }
    }
    kept
}

/// Returns `true` if a negation stands beside one of the words in `of`.
fn negates_one_of(words: &[String], of: &str) -> bool {
    let any = |list: &str| words.iter().any(|word| key::is_among(list, word));
    let denies = |word: &String| key::negates(word) && !key::is_among(OF_NOUNS, word);
    words.iter().any(denies) && any(of) || any(OF_NOUNS) && any(GRANTS)
}

/// Returns `true` for a grant that is still to come or asked for. *Requested by* somebody says who uses
/// the scope.
fn is_of_another_time(words: &[String]) -> bool {
    let next = words.iter().skip(1).map(String::as_str).chain([""]);
    words.iter().zip(next).any(|(word, next)| {
        key::is_among(STILL_TO_COME, word) || key::is_among(ASKED, word) && next != "by"
    })
}

/// Returns `true` for `optional, for filters`, but not for `optional fields`.
fn begins_with_optional(text: &str) -> bool {
    let text = text.trim_start().to_lowercase();
    let rest = text.strip_prefix("optional").map(|rest| rest.strip_prefix("ly").unwrap_or(rest));
    rest.is_some_and(|rest| !rest.trim_start().starts_with(char::is_alphabetic))
}
