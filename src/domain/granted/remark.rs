//! Remarks beside scopes: comments, descriptions and the cells of tables.
//!
//! A remark is not understood. It counts only where it says in so many words that something is not granted.

use super::{is_among, is_yes, key};

/// What a remark may say of scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Denial {
    /// That something is not in force, as `pending` does. It may be anything beside the scopes.
    Likely,
    /// That a grant is not there, as `not granted yet` does.
    Sure,
}

/// Words that deny at the beginning of a clause, whatever follows.
const BEGINNING: &str = "await* declined denied expired fixme missing pending refused rejected revok* tbd \
    todo unapproved ungranted wait* withdrawn withheld";

/// Words that deny as a clause of their own.
const ALONE: &str = "asked candidate desired optional partial* planned proposed requested soon upcoming wanted wip \
    wishlist";

/// Words of what is still to come, behind `be`.
const TO_COME: &str = "added approv* authori* confirmed grant* removed requested revoked";

/// Verbs before the state of something.
const BEFORE_STATES: &str = "are been got had has have is was were";

/// Words between that change nothing about it.
const BETWEEN: &str = "currently in now on still under";

/// Behind these, another word than those of [`BEGINNING`] speaks of the grant, and not of a record.
const BEHIND: &str = "at by for from in it now on since them these this until";

/// Words about a grant.
const GRANTS: &str = "access approv* authori* consent* given got grant* had has have longer more obtained \
    ours permission* received response token us we yet";

/// Texts of so few words are no prose.
const BRIEF: usize = 3;

/// Marks that strike out, refuse, doubt or wait.
const STRIKES: &str = "\u{d7} \u{2610} \u{2612} \u{274e} \u{2b1c} \u{1f512} \u{1f534} \u{231b} \u{23f3} \u{2753} \
    \u{1f44e} ~~ \u{2715} \u{2716} \u{2717} \u{2718} \u{26d4} \u{274c} \u{1f6ab} \u{1f6d1}";

/// Returns `true` if a remark says that what stands beside it is not granted.
pub fn denies(remark: &str) -> bool {
    clauses(remark).any(|clause| denial(clause).is_some())
}

/// The texts between commas, brackets, colons and full stops.
pub fn clauses(remark: &str) -> impl Iterator<Item = &str> {
    let parts = remark.split([',', ';', '(', '\n']);
    parts.flat_map(|part| part.split(": ")).flat_map(|part| part.split(". "))
}

/// What a clause says. An address has words by chance.
pub fn denial(clause: &str) -> Option<Denial> {
    let has_host = |word: &str| word.split_once('@').is_some_and(|(_, host)| host.contains('.'));
    let is_address = |word: &&str| has_host(word) || word.contains("://");
    let words: Vec<_> = clause.split_whitespace().filter(|word| !is_address(word)).collect();
    let clause = words.join(" ");
    if denies_a_grant(&clause) {
        return Some(Denial::Sure);
    }
    let words = key::words(&clause);
    let is_likely = has_strike(&clause)
        || only_denies(&clause)
        || asks(&clause)
        || begins_denial(&words)
        || words.windows(2).any(|pair| pair == ["to", "request"] || pair == ["yet", "to"])
        || words.iter().enumerate().any(|(at, word)| {
            is_among(BEFORE_STATES, word)
                && state(&words[at + 1..]).first().is_some_and(|state| is_among(BEGINNING, state))
        });
    is_likely.then_some(Denial::Likely)
}

/// Without words such as `is still` at the beginning.
fn state(words: &[String]) -> &[String] {
    let is_before = |word: &&String| is_among(BETWEEN, word) || is_among(BEFORE_STATES, word);
    let skipped = words.iter().take_while(is_before).count();
    &words[skipped..]
}

fn begins_denial(words: &[String]) -> bool {
    let [first, rest @ ..] = state(words) else { return false };
    let is_about_grant = rest.first().is_none_or(|next| {
        is_among(BEHIND, next)
            || is_among("scope scopes", next)
            || key::is_number(next)
            || speaks_of_grants(next)
    });
    is_among(BEGINNING, first)
        || rest.is_empty() && is_among(ALONE, first)
        || is_about_grant && key::contradicts(first) && !is_among(key::NEGATIONS, first)
}

/// Returns `true` for a mark or a word that chooses what stands beside it.
pub fn is_tick(text: &str) -> bool {
    is_yes(text)
        || text.starts_with(['✓', '✔', '✅', '☑'])
        || is_among("approved granted ok", &text.trim().to_ascii_lowercase())
}

/// Returns `true` if a text has a mark that strikes out, refuses, doubts or waits.
pub fn has_strike(text: &str) -> bool {
    STRIKES.split(' ').any(|mark| text.contains(mark))
}

/// Returns `true` if a text surely says that a grant is not there, as `revoked`, `not granted yet` and
/// `to be approved` do. A text without blanks may be random.
pub fn denies_a_grant(text: &str) -> bool {
    let mut words = key::words(text);
    // `revoked on 2026-05-01`
    words.retain(|word| !key::is_number(word) && !is_among("at by on since", word));
    let negates = |(place, word): (usize, &String)| {
        let mut behind = words.iter().skip(place + 1).take(2);
        is_among(key::NEGATIONS, word) && behind.any(|next| speaks_of_grants(next))
    };
    let is_to_come = |pair: &[String]| pair[0] == "be" && is_among(TO_COME, &pair[1]);
    let has_ended = |pair: &[String]| {
        is_among(BEFORE_STATES, &pair[0]) && is_among(key::ENDING_A_GRANT, &pair[1])
    };
    let is_not_yet = || {
        let mut before = words.iter().take_while(|word| *word != "yet");
        words.iter().any(|word| word == "yet") && before.any(|word| is_among(key::NEGATIONS, word))
    };
    let is_prose = text.trim().contains(char::is_whitespace);
    is_prose && (words.iter().enumerate().any(negates) || is_not_yet())
        || words.windows(2).any(|pair| is_to_come(pair) || has_ended(pair))
        || words.len() <= BRIEF && words.iter().any(|word| is_among(key::ENDING_A_GRANT, word))
}

/// Returns `true` if a text has no words but such as deny, and of grants, as `Pending approval` has.
pub fn only_denies(text: &str) -> bool {
    let words = key::words(text);
    let denies = |word: &String| {
        key::contradicts(word) && (words.len() > 1 || !is_among(key::NEGATIONS, word))
    };
    words.iter().any(denies)
        && words.iter().all(|word| key::contradicts(word) || speaks_of_grants(word))
}

/// Returns `true` for `granted?`, but not for the `?` of an address.
fn asks(clause: &str) -> bool {
    let mut words = clause.split(' ').map(|word| word.trim_end_matches([')', '.', '!']));
    words.any(|word| word.ends_with('?'))
}

/// Returns `true` if a word, in lower case, speaks of grants, as `approved` and `consent` do.
pub fn speaks_of_grants(word: &str) -> bool {
    is_among(GRANTS, word)
}
