//! Remarks beside scopes: comments, descriptions and the cells of tables.
//!
//! A remark is never understood in full. One word of doubt in it is enough to ask a person.

use super::{is_among, is_yes, key};

/// Words of doubt beside those that deny: of a grant that is asked for, still to come, or bound to a
/// condition.
const DOUBTS: &str = "401 403 abandoned after almost applied apply applying approval approve ask asked asking \
    assume assumed assuming axed barred be believed bounced candidate coming condition* consent culled delayed \
    demoted desired discarded ditched doubtful downgraded eventually excluding expires false fill fixme formerly \
    guess guessing half hopefully hoping if impossible inaccessible killed longer maybe must nah nearly next \
    nixed null omitted once optional* partial* perhaps phase* please pls possibly presum* previously probably \
    progress propos* purged questionable recommend* reconnect* reinstall* relinquished replace* request \
    requested requesting requires rescind* reverted rid roadmap sans scrapped should skipped soon still stripped \
    submitted suggest* sunset superfluous supposed* surrendered taken target tba tbc temp temporar* theoretical* \
    trashed trimmed uncheck* unclear undone unless unnecessary unset unsure untick* until upcoming vetoed voided \
    wanted was when will wip wishlist would xxx yet";

/// Phrases of doubt.
const PHRASES: &str = "all but, another app, anything but, change me, double check, e g, everything but, \
    handed back, in the works, n a, nice to have, only in, only on, opted out, other account, other app, \
    other client, rolled back, to add, to check, to confirm, to do, to get, to verify, turned down, used to";

/// Words of requests, which name the purpose of a scope before one of [`PREPOSITIONS`].
const PURPOSES: &str = "asked needed requested required";

const PREPOSITIONS: &str = "by for in";

/// What a negation before it says of a file, and not of a grant.
const OF_FILES: &str = "change commit delete edit modify remove share touch";

/// Where scopes may be granted that are not in production.
const ENVIRONMENTS: &str =
    "ci demo dev development local preview qa sandbox stage staging test testing uat";

/// Words about a grant.
const GRANTS: &str = "access approv* authori* consent* given got grant* had has have longer more obtained \
    ours permission* received response token us we yet";

/// Words such as `want` and `example` cast doubt in clauses of so few words.
pub const BRIEF: usize = 3;

/// Marks that strike out, refuse, doubt or wait.
const STRIKES: &str = "\u{d7} \u{2610} \u{2612} \u{274e} \u{2b1c} \u{1f512} \u{1f534} \u{231b} \u{23f3} \u{2753} \
    \u{1f44e} ~~ \u{2715} \u{2716} \u{2717} \u{2718} \u{26d4} \u{274c} \u{1f6ab} \u{1f6d1}";

/// Returns `true` if one of the clauses of a remark doubts that something is granted.
pub fn doubts(remark: &str) -> bool {
    clauses(remark).any(clause_doubts)
}

/// What stands between commas, brackets, colons and full stops. A `no` at the end of one denies.
pub fn clauses(remark: &str) -> impl Iterator<Item = &str> {
    let parts = remark.split([',', ';', '(', '\n']);
    parts.flat_map(|part| part.split(": ")).flat_map(|part| part.split(". "))
}

/// Returns `true` if a clause has a mark, a phrase or a word of doubt.
pub fn clause_doubts(clause: &str) -> bool {
    // An address has words by chance.
    let has_host = |word: &str| word.split_once('@').is_some_and(|(_, host)| host.contains('.'));
    let is_address = |word: &&str| has_host(word) || word.contains("://");
    let words: Vec<_> = clause.split_whitespace().filter(|word| !is_address(word)).collect();
    let words = key::words(&words.join(" "));
    let text = format!(" {} ", words.join(" "));
    let has_phrase = |phrase: &str| {
        let is_whole =
            |at: usize| text[..at].ends_with(' ') && text[at + phrase.len()..].starts_with(' ');
        text.match_indices(phrase).any(|(at, _)| is_whole(at))
    };
    let next = words.iter().skip(1).map(String::as_str).chain([""]);
    // `Scopes needed to add pipelines`
    let lists_needs = |pair: &[String]| {
        is_among("permissions scopes", &pair[0]) && is_among(key::OFFERED, &pair[1])
    };
    let is_limit = match &words[..] {
        [.., before, last] if last == "only" => {
            is_among(ENVIRONMENTS, before) || is_among("admin admins prod production", before)
        }
        _ => false,
    };
    asks(clause)
        || is_limit
        || words.windows(2).any(lists_needs)
        || has_strike(clause)
        || PHRASES.split(", ").any(has_phrase)
        || words.iter().zip(next).any(|(word, next)| word_doubts(word, next, words.len()))
}

/// Returns `true` if a text may put something in the place of something else.
pub fn speaks_of_change(text: &str) -> bool {
    let changes = |word: &str| is_among("become* downgrad* instead make now switch* to use", word);
    text.contains("->") || text.contains('→') || key::any_word(text, changes)
}

/// Returns `true` for a mark or a word that chooses what stands beside it.
pub fn is_tick(text: &str) -> bool {
    is_yes(text)
        || text.starts_with(['✓', '✔', '✅', '☑'])
        || is_among("approved granted ok", &text.trim().to_ascii_lowercase())
}

/// Returns `true` for a mark of which it is not certain what it says.
pub fn is_unclear(text: &str) -> bool {
    is_among("0 n x", &text.to_ascii_lowercase())
}

/// Returns `true` if a text names nothing but an environment, as a heading above its scopes does.
pub fn names_environment(text: &str) -> bool {
    let words = key::words(text);
    let (named, others): (Vec<_>, Vec<_>) =
        words.iter().partition(|word| is_among(ENVIRONMENTS, word));
    !named.is_empty() && others.iter().all(|word| is_among("app env environment in on", word))
}

/// Returns `true` if a text has a mark that strikes out, refuses, doubts or waits.
pub fn has_strike(text: &str) -> bool {
    STRIKES.split(' ').any(|mark| text.contains(mark))
}

/// Returns `true` if a text surely says that a grant is not there, as `revoked` and `not granted yet` do.
/// A text without blanks may be random.
pub fn denies_a_grant(text: &str) -> bool {
    let mut words = key::words(text);
    // `revoked on 2026-05-01`
    words.retain(|word| !key::is_number(word) && !is_among("at by on since", word));
    let negates = |(place, word): (usize, &String)| {
        let mut behind = words.iter().skip(place + 1).take(2);
        is_among(key::NEGATIONS, word) && behind.any(|next| speaks_of_grants(next))
    };
    let is_prose = text.trim().contains(char::is_whitespace);
    is_prose && words.iter().enumerate().any(negates)
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

/// `next` is the word behind it, or empty. `count` is the number of words in its clause.
fn word_doubts(word: &str, next: &str, count: usize) -> bool {
    match word {
        "no" | "without" if !next.is_empty() => speaks_of_grants(next),
        _ if is_among(key::NEGATIONS, word) => !is_among(OF_FILES, next),
        _ if is_among(PURPOSES, word) && is_among(PREPOSITIONS, next) => false,
        _ if is_among(DOUBTS, word) => true,
        // `Delete pipelines` says what a scope is for, and `revoked` that the grant itself is over.
        _ if is_among(key::ENDING, word) => {
            let is_about_scope = count == 1 || is_among("it now them these this", next);
            is_about_scope || word.ends_with("ed") || word.ends_with("ion")
        }
        _ => key::contradicts(word) || count <= BRIEF && is_among(key::OFFERED, word),
    }
}

/// Returns `true` if a word, in lower case, speaks of grants, as `approved` and `consent` do.
pub fn speaks_of_grants(word: &str) -> bool {
    is_among(GRANTS, word)
}

/// Returns `true` for `granted?`, but not for the `?` of an address.
fn asks(clause: &str) -> bool {
    let mut words = clause.split_whitespace().map(|word| word.trim_end_matches([')', '.', '!']));
    words.any(|word| word.ends_with('?'))
}
