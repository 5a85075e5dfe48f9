//! Remarks beside scopes: comments, descriptions and the cells of tables.
//!
//! A remark is not understood. It counts only where it says in so many words, or by a mark, that something is not
//! granted.

use super::{is_among, is_yes, key};

/// A denial that a remark may state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Denial {
    /// That something is not in force, as `pending` does. It may be anything beside the scopes.
    Likely,
    /// That a grant is not there, as `not granted yet` does.
    Sure,
}

/// Words that deny at the beginning of a clause, and behind `is`.
const STATES: &str = "await* declined denied deselected expired lacks missing pending refused rejected revok* tbc tbd unapproved ungranted vetoed wait* withdrawn withheld";

/// Words that deny as a clause of their own.
const ALONE: &str = "asked candidate changeme desired false fixme optional partial* planned proposed requested reverted soon upcoming wanted wip wishlist";

/// Words of what is still to come, behind `be` and `needs`.
const TO_COME: &str = "added approv* authori* confirmed grant* removed requested revoked";

/// Verbs before a state.
const BEFORE_STATES: &str = "are been got had has have is was were";

/// Words before a state that change nothing about it.
const BESIDE_STATES: &str =
    "all app coming currently in now on permissions scope scopes still that these they to under we";

/// Words behind a state that it may be about, or that say when and why.
const BEHIND_STATES: &str =
    "app at by for from in it now on scope scopes since them these this to until";

/// Those who approve.
const GRANTORS: &str = "admin customer marketplace owner security user";

/// Words that say with a negation what `inactive` says.
const IN_FORCE: &str =
    "accepted active available checked enabled found selected there ticked valid";

/// Environments that nobody depends on.
const TRIALS: &str = "dev development preprod sandbox staging";

/// The first words of brief remarks about scopes.
const SUBJECTS: &str = "all approval are consent customer is request review security they was were";

/// Where scopes are that an app has.
const PLACES: &str = "app hub marketplace prod production";

/// Words about a grant.
const GRANTS: &str = "access approv* authori* consent* given got grant* had has have longer more obtained \
    ours permission* received response token us we yet";

/// The most words before a state that are skipped.
const MOST_BESIDE: usize = 8;

/// Texts of so few words are no prose.
pub const BRIEF: usize = 3;

/// Marks that strike out, refuse, doubt or wait.
const STRIKES: &str = "\u{d7} \u{2610} \u{2612} \u{274e} \u{2b1c} \u{1f534} \u{231b} \u{23f3} \u{2753} \
    \u{1f44e} ~~ \u{2715} \u{2716} \u{2717} \u{2718} \u{26d4} \u{274c} \u{1f6ab} \u{1f6d1}";

/// Returns `true` if a remark says that what stands beside it is not granted.
pub fn denies(remark: &str) -> bool {
    clauses(remark).any(|clause| denial(clause).is_some())
}

/// The texts between commas, semicolons, brackets and full stops.
pub fn clauses(remark: &str) -> impl Iterator<Item = &str> {
    let parts = remark.split([',', ';', '(', '\n']);
    parts.flat_map(|part| part.split(". "))
}

/// The denial that a clause states, before or behind a colon.
pub fn denial(clause: &str) -> Option<Denial> {
    clause.split(": ").filter_map(denial_of_part).max()
}

/// An address has words by chance.
fn denial_of_part(clause: &str) -> Option<Denial> {
    let has_host = |word: &str| word.split_once('@').is_some_and(|(_, host)| host.contains('.'));
    let is_address = |word: &&str| has_host(word) || word.contains("://");
    let words: Vec<_> = clause.split_whitespace().filter(|word| !is_address(word)).collect();
    let clause = words.join(" ");
    let mut words = key::words(&clause);
    words.retain(|word| !key::is_number(word));
    let has_ended = |pair: &[String]| {
        is_among(BEFORE_STATES, &pair[0]) && is_among(key::ENDING_A_GRANT, &pair[1])
    };
    let is_about_scopes = || words.iter().any(|word| is_among("scope scopes these", word));
    if denies_a_grant(&clause) || words.windows(2).any(has_ended) && is_about_scopes() {
        return Some(Denial::Sure);
    }
    let is_likely = has_strike(&clause)
        || words.len() < BRIEF && clause.ends_with('?')
        || is_not_yet(&words)
        || states_denial(&words) && !is_negated_denial(&words);
    is_likely.then_some(Denial::Likely)
}

/// Returns `true` for `not set up yet`.
fn is_not_yet(words: &[String]) -> bool {
    let yet = words.iter().position(|word| word == "yet");
    yet.is_some_and(|yet| words[..yet].iter().any(|word| key::is_negation(word)))
}

/// Returns `true` for `never revoked`.
fn is_negated_denial(words: &[String]) -> bool {
    matches!(words, [not, rest @ ..] if key::is_negation(not) && rest.iter().any(|word| {
        key::contradicts(word) && !key::is_negation(word)
    }))
}

fn states_denial(words: &[String]) -> bool {
    let pair_states = |pair: &[String]| match (&*pair[0], &*pair[1]) {
        ("to", "request") | ("yet", "to") => true,
        ("be" | "needs", next) => is_among(TO_COME, next),
        (not, next) => key::is_negation(not) && is_among(IN_FORCE, next),
    };
    let pair_states_briefly = |pair: &[String]| {
        let pair = (&*pair[0], &*pair[1]);
        matches!(
            pair,
            ("turned" | "switched", "off")
                | ("rolled" | "taken", "back")
                | ("said", "no")
                | ("commented", "out")
                | ("in", "progress")
                | ("n", "a")
        ) || key::is_negation(pair.0) && matches!(pair.1, "deployed" | "live")
    };
    let is_behind_verb = |(at, verb): (usize, &String)| {
        is_among(BEFORE_STATES, verb)
            && state(&words[at + 1..]).first().is_some_and(|state| is_among(STATES, state))
    };
    // But not `added after approval` and `once approved by security`, which it may have been.
    let is_condition = matches!(state(words), [when, approved] if matches!(
        (&**when, &**approved),
        ("after", "approval") | ("if" | "once" | "when", "approved")
    ));
    let ends_in_state = words.last().is_some_and(|last| is_among(STATES, last));
    // `not in the app`, but not `not in use`
    let words_without_the: Vec<_> =
        words.iter().filter(|word| !is_among("our the this", word)).cloned().collect();
    let is_elsewhere = |three: &[String]| {
        key::is_negation(&three[0]) && three[1] == "in" && is_among(PLACES, &three[2])
    };
    let is_negated = words.iter().any(|word| key::is_negation(word));
    matches!(words, [only] if key::is_negation(only))
        || matches!(words, [.., verb, last] if !is_negated
            && (is_among(STATES, verb) || is_among(key::ENDING_A_GRANT, verb))
            && is_among("it them these this", last))
        || is_condition
        || needs_approval(words)
        || is_on_trial(words)
        || words_without_the.windows(3).any(is_elsewhere)
        || words.windows(2).any(pair_states)
        || words.len() <= BRIEF
            && (words.len() == 2 || words.first().is_some_and(|first| is_among(SUBJECTS, first)))
            && words.windows(2).any(pair_states_briefly)
        || matches!(&*words.join(" "), "out of scope" | "used to have" | "we used to have")
        || asks(words)
        || words.iter().enumerate().any(is_behind_verb)
        || words.len() <= BRIEF && ends_in_state
        || only_denies(&words.join(" "))
        || begins_with_state(words)
}

/// Returns `true` for `please grant these`, but not for `please add new ones at the end`.
fn asks(words: &[String]) -> bool {
    let [please, verb, rest @ ..] = words else { return false };
    is_among("please pls", please)
        && is_among("add allow approve enable grant request", verb)
        && rest.iter().all(|word| is_among(BESIDE_STATES, word) || is_among("app our the", word))
}

/// Returns `true` for `requires customer approval` and `approval needed`.
fn needs_approval(words: &[String]) -> bool {
    let needs = |word: &str| is_among("need* requ*", word);
    let is_beside = |word: &str| is_among(BESIDE_STATES, word) || is_among(GRANTORS, word);
    words.iter().any(|word| word == "approval")
        && words.iter().any(|word| needs(word))
        && words.iter().all(|word| word == "approval" || needs(word) || is_beside(word))
}

/// Returns `true` for `dev only` and `only in staging`.
fn is_on_trial(words: &[String]) -> bool {
    words.iter().any(|word| word == "only")
        && words.iter().any(|word| is_among(TRIALS, word))
        && words.iter().all(|word| {
            is_among(TRIALS, word) || is_among("are for in is it on only the these they this", word)
        })
}

/// Without words such as `is still` at the beginning.
fn state(words: &[String]) -> &[String] {
    let is_before = |word: &&String| is_among(BESIDE_STATES, word) || is_among(BEFORE_STATES, word);
    // A remark with more of them says nothing.
    let skipped = words.iter().take(MOST_BESIDE).take_while(is_before).count();
    &words[skipped..]
}

fn begins_with_state(words: &[String]) -> bool {
    let [first, rest @ ..] = state(words) else { return false };
    let is_about_grant =
        rest.first().is_none_or(|next| is_among(BEHIND_STATES, next) || speaks_of_grants(next));
    let are_scopes = rest.iter().all(|word| is_among("scope scopes", word));
    is_among(STATES, first) && (is_about_grant || words.len() <= BRIEF)
        || is_among(ALONE, first) && are_scopes
        || is_about_grant && key::contradicts(first) && !key::is_negation(first)
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

/// Returns `true` if a text surely says that a grant is not there, as `revoked` and `not granted yet` do. A
/// text without blanks may be random.
pub fn denies_a_grant(text: &str) -> bool {
    let mut words = key::words(text);
    // `revoked on 2026-05-01` and `none of these are granted`
    words.retain(|word| !key::is_number(word) && !is_among("at by of on since these", word));
    let negates = |(place, word): (usize, &String)| {
        let mut behind = words.iter().skip(place + 1).take(2);
        key::is_negation(word) && behind.any(|next| speaks_of_grants(next))
    };
    let is_prose = text.trim().contains(char::is_whitespace);
    let is_negated = words.first().is_some_and(|first| key::is_negation(first));
    is_prose && words.iter().enumerate().any(negates)
        || words.len() <= BRIEF
            && !is_negated
            && words.iter().any(|word| is_among(key::ENDING_A_GRANT, word))
}

/// Returns `true` if a text has no words but such as deny, and of grants, as `Pending approval` has.
pub fn only_denies(text: &str) -> bool {
    let words = key::words(text);
    let denies =
        |word: &String| key::contradicts(word) && (words.len() > 1 || !key::is_negation(word));
    words.iter().any(denies)
        && words.iter().all(|word| key::contradicts(word) || speaks_of_grants(word))
}

/// Returns `true` if a word, in lower case, speaks of grants, as `approved` and `consent` do.
pub fn speaks_of_grants(word: &str) -> bool {
    is_among(GRANTS, word)
}
