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

/// Clauses that deny, doubt or put off, behind one of the subjects or without one.
const WHOLE: &str = "after approval, after consent, after re auth, after reauth, after reconnect, after reinstall, all but, all \
    except, all granted except, another app, ask first, belongs to another app, commented out, consent needed, \
    consent required, copied from the docs, customer has to approve, customer removed, do not use, dont use, \
    downgraded, enterprise only, enterprise plan only, everything except, example values, filtered out, for the \
    other app, from another app, from the old app, gaps, i guess, i think, if approved, if granted, in \
    discussion, in progress, in the next quarter, in the next release, maybe granted, maybe later, maybe not, \
    must add, must be enabled, must be enabled first, must request, n a, need to add, needs admin consent, needs \
    checking, needs consent, needs enabling, needs re auth, needs to be enabled, next milestone, next month, \
    next phase, next quarter, next release, next sprint, nice to have, not allowed, not for our app, not for \
    this app, not ok, not on prod, not set, of another app, once approved, once granted, only approved, only \
    got, only granted, only have, only if needed, only if possible, only is granted, only when needed, open \
    question, other app, out of scope, paid plan only, partially granted, perhaps granted, perhaps not, please \
    ask first, please check, please verify, probably granted, probably not, prod no, production no, re auth \
    needed, re auth required, rolled back, said no, sample values, scopes to add, should add, should request, \
    still needed, still open, still required, still to add, submitted, submitted for approval, submitted for \
    review, switched off, taken away, taken back, temporarily disabled, till, to be added, to be checked, to \
    check, to confirm, to decide, to discuss, to do, to verify, todo add, todo request, toggle off, toggled off, \
    turned down, turned off, un granted, under discussion, until, until granted, used to be, used to have, we \
    need, we still need, we used to have, when approved, when granted, wish list, would be nice";

/// Words that deny as a clause of their own.
const ALONE: &str = "allegedly asked assumed broken candidate changeme commented desired disapproved false fixme forbidden maybe \
    optional partial* perhaps phase planned probably proposal proposed requested reverted roadmap skipped soon \
    supposedly uncertain unclear unsupported unsure upcoming wanted wip wishlist";

/// Words before `scopes` for what a provider has, and not the app.
const OFFERED: &str = "available possible potential supported";

/// Words of what is still to come, behind `be` and `needs`.
const TO_COME: &str = "added approv* authori* confirmed grant* removed requested revoked ticked";

/// Verbs before a state.
const BEFORE_STATES: &str = "are been got had has have is was were";

/// Words before a state that change nothing about it.
const BESIDE_STATES: &str =
    "all app coming currently in now on permissions scope scopes still that these they to under we";

/// Words behind a state that it may be about, or that say when and why.
const BEHIND_STATES: &str =
    "app at by for from in it now on scope scopes since them these this to until with";

/// Those who approve.
const GRANTORS: &str =
    "admin admins customer customers marketplace owner owners security user users";

/// Words that say with a negation what `inactive` says.
const IN_FORCE: &str =
    "accepted active available checked enabled found selected there ticked valid";

/// Verbs that ask for a grant.
const REQUESTS: &str = "add allow approve enable grant request";

/// What has to come before a grant.
const APPROVALS: &str =
    "approval off plan reauth* reconnect* reconsent* reinstall* sign signoff upgrade";

/// Words that deny what stands behind them.
const NOT: &str =
    "aint arent doesnt dont hasnt havent isnt never nicht non not pas wasnt werent wont";

/// What happens before a grant.
const BEFORE_A_GRANT: &str = "applied asked planned proposed requested submitted";

/// What cannot be done with a scope that an app does not get.
const REQUESTED: &str =
    "added ask enabled get got granted have obtain obtained request requested ticked";

/// Words for the scopes that a clause is about.
const THEM: &str = "it them these this";

/// Words of clauses that say what happens without the scopes.
const CONDITIONS: &str = "avoid* before due else fix* handler offline otherwise prevent* remove resolv* solv* unless untick via without";

/// What is said to be done where scopes are granted.
const DONE: &str = "accordé anymore approved approuvé aprobado assigned concedido confirmed deployed done enabled \
    erteilt freigegeben genehmigt included installed live now ours permitted possible ready released returned shipped \
    supported sure today work working";

/// Words before it.
const BEFORE_DONE: &str = "a been be for in of on our part the to";

/// Where scopes are that an app has.
const PLACES: &str = "app hub integration marketplace plan prod production response scope token";

/// The most words of a clause that is taken for a denial, a question or a refused call.
const LONGEST_DENIAL: usize = 5;

/// Environments that nobody depends on.
pub const TRIALS: &str = "alpha beta demo dev development local localhost preprod preview qa sandbox staging test tests uat";

/// The first words of brief remarks about scopes.
const SUBJECTS: &str = "all approval are consent customer is request review security they was were";

/// Words about a grant.
const GRANTS: &str = "access approv* authori* consent* given got grant* had has have longer more obtained \
    ours permission* received response token us we yet";

/// The most words before a state that are skipped.
const MOST_BESIDE: usize = 8;

/// Texts of so few words are no prose.
pub const BRIEF: usize = 3;

/// Marks that strike out, refuse, doubt or wait.
const STRIKES: &str = "\u{d7} \u{2610} \u{2612} \u{274e} \u{2b1c} \u{1f534} \u{231b} \u{23f3} \u{2753} \
    \u{1f44e} \u{1f51c} \u{1f6a7} \u{23f8} ~~ \u{2715} \u{2716} \u{2717} \u{2718} \u{26d4} \u{274c} \u{1f6ab} \u{1f6d1}";

/// Returns `true` if a remark says that what stands beside it is not granted.
pub fn denies(remark: &str) -> bool {
    clauses(remark).any(|clause| denial(clause).is_some())
}

/// The clauses of a remark, without those that deny nothing beside the others: `delete` in `read, write, delete`, and
/// `requested in May` before `approved in June`.
pub fn clauses(remark: &str) -> impl Iterator<Item = &str> {
    let is_list = remark.contains(',');
    let is_granted = is_list && parts(remark).any(states_grant);
    let is_harmless = move |part: &str| {
        let part = part.trim().to_ascii_lowercase();
        let first = part.split_whitespace().next().unwrap_or_default();
        is_list && part == "delete" || is_granted && is_among(BEFORE_A_GRANT, first)
    };
    parts(remark).filter(move |part| !is_harmless(part))
}

/// The texts between commas, semicolons, brackets, dashes, full stops and marks of comments.
fn parts(remark: &str) -> impl Iterator<Item = &str> {
    let parts = remark.split([',', ';', '(', '\n', '—']);
    let parts = parts.flat_map(|part| part.split(". ")).flat_map(|part| part.split(" - "));
    parts.flat_map(|part| part.split(" – ")).flat_map(|part| part.split(" # "))
}

/// Returns `true` for `approved in June` and `granted 2026-05-02`.
fn states_grant(clause: &str) -> bool {
    let mut words = key::words(clause);
    words.retain(|word| !key::is_number(word));
    let [first, rest @ ..] = &words[..] else { return false };
    is_among("accepted approved granted", first)
        && rest.first().is_none_or(|next| is_among("at by in on since", next))
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
    let is_conditional = words.iter().any(|word| is_among(CONDITIONS, word));
    let is_likely = has_strike(&clause)
        || asks_whether(&words, &clause)
        || is_not_yet(&words)
        || !is_conditional && (says_what_is_not(&words) || is_refused_call(&clause))
        || is_whole_denial(&words)
        || states_denial(&words) && !is_negated_denial(&words);
    is_likely.then_some(Denial::Likely)
}

/// Returns `true` for `admin?`, `do we need this?` and `Which scopes do you need?`, but not for `Which scopes do we
/// have?`.
fn asks_whether(words: &[String], clause: &str) -> bool {
    let is_heading =
        words.first().is_some_and(|first| is_among("how what where which who why", first));
    let is_about_needs = matches!(words, [which, scopes, .., _] if is_among("what which", which)
        && is_among("permissions scopes", scopes)
        && words.iter().any(|word| is_among("need* requ*", word)));
    let last = words.last().filter(|_| !is_heading);
    let is_about_them =
        last.is_some_and(|last| is_among("approved granted it scope scopes them these this", last));
    clause.trim_end_matches([')', ']', '"', '\'', '.']).ends_with('?')
        && (words.len() < BRIEF || is_about_needs || is_about_them && words.len() <= LONGEST_DENIAL)
}

/// Returns `true` for `not released`, `isn't on our plan` and `does not work`, but not for `not secret`, and not for
/// what a scope cannot do.
fn says_what_is_not(words: &[String]) -> bool {
    let is_denied = |(at, not): (usize, &String)| {
        let behind = &words[at + 1..];
        let has = |list: &str, word: Option<&String>| word.is_some_and(|word| is_among(list, word));
        let is_asked = || {
            let is_about_them = behind.get(1).is_none_or(|word| is_among(THEM, word));
            has(REQUESTED, behind.first())
                || has("approve enable grant tick", behind.first()) && is_about_them
                || has("be", behind.first()) && has(REQUESTED, behind.get(1))
        };
        let is_unsigned = || behind.windows(2).any(|pair| pair == ["signed", "off"]);
        let lacks_them =
            || has("contain have include show", behind.first()) && has(THEM, behind.get(1));
        let done = behind.iter().find(|word| !is_among(BEFORE_DONE, word));
        let is_in_place = || behind.iter().any(|word| is_among("in on", word)) && has(PLACES, done);
        match &**not {
            "cannot" | "cant" | "couldnt" | "didnt" | "wont" if is_asked() => true,
            "not" if at > 0 && words[at - 1] == "did" => is_asked(),
            not => {
                is_among(NOT, not)
                    && (has(DONE, done) || is_in_place() || lacks_them() || is_unsigned())
            }
        }
    };
    words.len() <= LONGEST_DENIAL && words.iter().enumerate().any(is_denied)
}

/// Returns `true` for `next quarter` and `was rolled back`, but not for `added after approval`.
fn is_whole_denial(words: &[String]) -> bool {
    let has_subject = words.first().is_some_and(|first| is_among(SUBJECTS, first));
    let clauses = [words, &words[usize::from(has_subject)..]].map(|words| words.join(" "));
    // `turned off by the customer`, `we still need these`
    let says = |clause: &String, denial| match clause.strip_prefix(denial) {
        Some("") => true,
        Some(behind) => {
            let mut behind = behind.split_whitespace();
            let (next, is_last) = (behind.next(), behind.next().is_none());
            let goes_on = |endings, words| {
                key::ends_in(denial, endings) && next.is_some_and(|next| is_among(words, next))
            };
            goes_on("away back down off review", "by on since with")
                || is_last && goes_on("add have need request use", THEM)
        }
        None => false,
    };
    WHOLE.split(", ").any(|denial| clauses.iter().any(|clause| says(clause, denial)))
}

/// Returns `true` for `gives 403`, but not for `ticket 403`.
fn is_refused_call(clause: &str) -> bool {
    let mut words = key::words(clause);
    let all = words.len();
    words.retain(|word| !is_among("401 403", word));
    let fails = |word: &String| {
        is_among("error fail* forbidden get* give* got http return* throw* unauthorized", word)
    };
    let is_place = |word: &String| is_among("in on", word) || is_among(PLACES, word);
    words.len() < all
        && all <= LONGEST_DENIAL
        && (words.iter().all(is_place) || words.iter().any(fails))
}

/// Returns `true` for `not set up yet`.
fn is_not_yet(words: &[String]) -> bool {
    words.iter().skip_while(|word| !key::is_negation(word)).any(|word| word == "yet")
}

/// Returns `true` for `never revoked`.
fn is_negated_denial(words: &[String]) -> bool {
    matches!(words, [not, rest @ ..] if key::is_negation(not) && rest.iter().any(|word| {
        key::contradicts(word) && !key::is_negation(word)
    }))
}

fn states_denial(words: &[String]) -> bool {
    let pair_states = |pair: &[String]| match (&*pair[0], &*pair[1]) {
        ("granted", "until") | ("to", "request") | ("yet", "to") => true,
        ("be" | "needs", next) => is_among(TO_COME, next),
        (not, next) => key::is_negation(not) && is_among(IN_FORCE, next),
    };
    let is_plan = |three: &[String]| {
        is_among("plan planning", &three[0]) && three[1] == "to" && is_among(REQUESTS, &three[2])
    };
    // `integration is switched off`, but not what else is
    let is_off = |(at, three): (usize, &[String])| {
        let subject = "app connection connector integration it scope scopes these they this";
        at.checked_sub(1).is_none_or(|before| is_among(subject, &words[before]))
            && is_among(BEFORE_STATES, &three[0])
            && is_among("switched turned", &three[1])
            && is_among("down off", &three[2])
    };
    let is_behind_verb = |(at, verb): (usize, &String)| {
        is_among(BEFORE_STATES, verb)
            && state(&words[at + 1..]).first().is_some_and(|state| is_among(STATES, state))
    };
    let ends_in_state = words.last().is_some_and(|last| is_among(STATES, last));
    let is_negated = words.iter().any(|word| key::is_negation(word));
    matches!(words, [only] if key::is_negation(only))
        || matches!(words, [.., verb, last] if !is_negated
            && [STATES, key::ENDING_A_GRANT, "removed unchecked unticked"].iter().any(|list| is_among(list, verb))
            && is_among(THEM, last))
        || matches!(words, [verb, last] if is_among("delete drop remove revoke untick", verb)
            && (is_among(THEM, last) || last == "me"))
        || words.first().is_some_and(|first| first == "until")
        || depends_on_grant(words)
        || wishes(words)
        || needs_approval(words)
        || is_on_trial(words)
        || words.windows(2).any(pair_states)
        || words.windows(3).any(is_plan)
        || words.windows(3).enumerate().any(is_off)
        || asks(words)
        || words.iter().enumerate().any(is_behind_verb)
        || words.len() <= BRIEF && ends_in_state
        || only_denies(&words.join(" "))
        || begins_with_state(words)
}

/// Returns `true` for `only if the plan allows` and `unless approved`, but not for `only if a deal changes`.
fn depends_on_grant(words: &[String]) -> bool {
    let decides = |word: &String| is_among("allows enabled licence license plan", word);
    let is_condition = match words {
        [first, ..] if first == "unless" => true,
        [first, second, ..] => first == "only" && second == "if",
        _ => false,
    };
    is_condition && words.iter().any(|word| decides(word) || speaks_of_grants(word))
}

/// Returns `true` for `we would like these`, but not for what users would like.
fn wishes(words: &[String]) -> bool {
    words.windows(2).enumerate().any(|(at, pair)| {
        let is_ours = at.checked_sub(1).is_none_or(|before| is_among("i we", &words[before]));
        let next = words[at + 2..].iter().find(|word| *word != "to");
        let wanted = "add ask enable get have it request them these this";
        pair == ["would", "like"] && is_ours && next.is_none_or(|word| is_among(wanted, word))
    })
}

/// Returns `true` for `please grant these` and `add later`, but not for `please add new ones at the end`.
fn asks(words: &[String]) -> bool {
    let is_please = words.first().is_some_and(|first| is_among("please pls", first));
    let [verb, rest @ ..] = &words[usize::from(is_please)..] else { return false };
    let is_beside = |word: &String| {
        is_among(BESIDE_STATES, word) || is_among("again it later our soon the them this", word)
    };
    is_among(REQUESTS, verb) && (is_please || !rest.is_empty()) && rest.iter().all(is_beside)
}

/// Returns `true` for `requires customer approval`, `needs sign-off` and `approval needed`.
fn needs_approval(words: &[String]) -> bool {
    let needs = |word: &str| is_among("get must need* requ*", word);
    let is_approval = |word: &str| is_among(APPROVALS, word);
    let is_beside = |word: &str| {
        [BESIDE_STATES, GRANTORS, "a an enterprise higher"].iter().any(|list| is_among(list, word))
    };
    words.iter().any(|word| is_approval(word))
        && words.iter().any(|word| needs(word))
        && words.iter().all(|word| is_approval(word) || needs(word) || is_beside(word))
}

/// Returns `true` for `dev only` and `only in staging`.
fn is_on_trial(words: &[String]) -> bool {
    words.iter().any(|word| word == "only")
        && words.iter().any(|word| is_among(TRIALS, word))
        && words.iter().all(|word| {
            is_among(TRIALS, word)
                || is_among(
                    "account app are for has in is it on only the these they this token users",
                    word,
                )
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
    let is_about_grant = rest.first().is_none_or(|next| {
        is_among(BEHIND_STATES, next) || speaks_of_grants(next) || next == "review"
    });
    let is_scopes = |word: &String| is_among("scope scopes", word);
    let are_scopes = rest.iter().all(is_scopes);
    // `requested in OPS-1`, but not `scopes requested on install`
    let is_request = is_among(BEFORE_A_GRANT, first)
        && rest.first().is_some_and(|next| is_among("for in on since with", next))
        && !words.iter().any(|word| is_among("scope scopes", word));
    is_among(STATES, first) && (is_about_grant || words.len() <= BRIEF)
        || is_among(ALONE, first) && are_scopes
        || is_among(OFFERED, first) && words.len() <= BRIEF && words.iter().any(is_scopes)
        || is_request
        || is_about_grant && key::contradicts(first) && !key::is_negation(first)
}

/// Returns `true` for `only deals:read granted`, `deals:read instead` and the like, which name what is granted in the
/// place of something else.
pub fn is_instead(words: &[String]) -> bool {
    let has = |list: &str| words.iter().any(|word| is_among(list, word));
    let is_replaced = |pair: &[String]| pair[0] == "instead" && pair[1] == "of";
    words.last().is_some_and(|last| last == "instead")
        || has("instead only")
            && has("approved got granted has have")
            && !words.windows(2).any(is_replaced)
}

/// Returns `true` for what stands before and behind the one scope that is granted: `only deals:read granted`.
pub fn is_only(before: &str, behind: &str) -> bool {
    key::ends_in(before, "only")
        && key::any_word(behind, |word| is_among("approved got granted", word))
}

/// Returns `true` for `downgraded to deals:read`.
pub fn is_changed(words: &[String]) -> bool {
    words.windows(2).any(|pair| {
        is_among("changed downgraded reduced replaced", &pair[0])
            && is_among("by to with", &pair[1])
    })
}

/// Returns `true` if what stands before the name of a scope takes it away: `no`, `customer removed`, `does not
/// include`.
pub fn takes_away(before: &str) -> bool {
    let words = key::words(before);
    let ends =
        "blocked declined denied disabled dropped lost refused rejected removed revoked unticked";
    let has = "contain get grant have include list show use";
    match &words[..] {
        [.., not, verb] if key::is_negation(not) => is_among(has, verb),
        [.., last] => is_among(ends, last) || is_among("no not", last),
        [] => false,
    }
}

/// Returns `true` for what stands around the name of a scope in `request deals:full`.
pub fn is_task(before: &str, behind: &str) -> bool {
    let before = before.trim().to_ascii_lowercase();
    is_among("add ask grant request", &before) && behind.trim().is_empty()
}

/// Returns `true` for a few words behind the name of a scope that end in a refusal: `was requested but rejected`.
pub fn ends_in_refusal(behind: &str) -> bool {
    let words = key::words(behind);
    words.len() <= BRIEF + 1
        && !words.iter().any(|word| word == "that" || key::is_negation(word))
        && words.last().is_some_and(|last| is_among(STATES, last))
}

/// Returns `true` for clauses such as `if deals:full is missing`, `deals:full must not be removed` and `deals:full
/// creates what is missing`.
pub fn is_condition(words: &[String]) -> bool {
    let first = words.iter().find(|word| !key::is_number(word));
    let is_relative = |word: &String| is_among("that what which", word);
    first.is_some_and(|first| is_among("after before if once unless when without", first))
        || words.last().is_some_and(|last| last == "before")
        || words.iter().any(is_relative)
        || words.windows(2).any(|pair| pair[0] == "must" && pair[1] == "not")
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
        // `no longer pending`
        let is_over = matches!(&words[place + 1..], [longer, state] if longer == "longer" && key::contradicts(state));
        let mut behind = words.iter().skip(place + 1).take(2);
        key::is_negation(word) && behind.any(|next| speaks_of_grants(next)) && !is_over
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
