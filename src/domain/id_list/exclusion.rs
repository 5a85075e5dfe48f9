//! What takes an id of a list back: headings, columns, and entries of JSON.

use crate::domain::granted::{Node, has_strike, is_negation, is_no, may_exclude};
use crate::domain::name_words::{any_word, is_among, words};

/// Returns `true` for a heading or a column such as `no`, `[ ]`, `Removed:`, `not in MVP` or `Phase 2`.
pub fn takes_back(text: &str) -> bool {
    let words = words(text);
    let is_not_in = matches!(&words[..], [not, place, ..] if words.len() <= LONGEST_PUT_OFF
        && is_negation(not) && is_among("for in now on yet", place));
    let is_later_phase = matches!(&words[..], [phase, which, ..]
        if is_among("phase wave", phase) && is_among(LATER, which));
    is_exclusion(text)
        || is_no(text)
        || matches!(text, "[ ]" | "?")
        || is_not_in
        || is_later_phase
        || PUTTING_OFF.split(", ").any(|known| known == words.join(" "))
}

/// The most words of a text such as `not in MVP`.
const LONGEST_PUT_OFF: usize = 4;

/// The phases behind the first.
const LATER: &str = "2 3 4 5 6 7 8 9 four ii iii iv second third three two";

/// What says of actions that they are not chosen, or not yet.
const PUTTING_OFF: &str = "backlog, blocked, deferred, future, later, maybe, next phase, nice to have, on hold, optional, \
    parked, postponed, someday, tbc, tbd, todo, wont do, wont have";

/// Returns `true` for a heading or a column such as `Removed:` or `do not use`.
fn is_exclusion(text: &str) -> bool {
    let words = words(text);
    let excludes = |pair: &[String]| {
        is_negation(&pair[0]) && is_among(WITH_NOT, &pair[1])
            || EXCLUDING.split(", ").any(|known| known == pair.join(" "))
    };
    words.iter().any(|word| is_among(LEFT_OUT, word) || is_among(OUT_OF_USE, word))
        || words.windows(2).any(excludes)
        || has_strike(text)
}

/// Words that say so too, but not in the keys of JSON.
const OUT_OF_USE: &str = "blacklist* canceled cancelled declined denied denylist deprecated forbidden legacy obsolete \
    rejected retired revoked unneeded unused unwanted wontfix";

/// Words that say so behind a negation.
const WITH_NOT: &str =
    "add allowed approved do include* longer need* required select* these this those use* want*";

/// Pairs of words that say so.
const EXCLUDING: &str = "drop it, drop these, drop this, everything but, leave out, left out, of scope, off limits, to drop";

/// Keys that say with `false` that something is not chosen.
const CHOSEN: &str = "active checked chosen enable enabled include included keep picked selected ticked use used wanted";

/// Words of keys that take something back.
const LEFT_OUT: &str = "deleted deselected disabled dropped exclu* except hidden ignor* off omit* remov* skip* unchecked unselected unticked";

/// Keys of this program's own documents that have `false` beside an action.
const OWN_FLAGS: &str = "always_granted called_read_only changes_data needs_nothing verified_live";

/// Keys whose text says what becomes of an action.
const SAYING: &str =
    "change comment decision effect event mode note op operation remark state status";

/// Keys whose text explains, and may say so too.
const TELLING: &str = "comments notes reason remarks todo";

/// Keys of one word that may say so, or that only sort.
const SORTING: &str = "category flag flags group tag tags type";

/// Returns `true` for entries such as `"selected": false` and `"exclude": ["x"]`, which take back what stands
/// beside them.
pub fn is_against((key, value): &(String, Node)) -> bool {
    let is_flag = matches!(value, Node::Bool(_)) || value.says_no();
    let excludes = |text: &str| !text.contains(' ') && is_exclusion(text);
    let says = if value.entries().is_some() { SAYING } else { SORTING };
    if is_among(says, &key.to_lowercase()) {
        return value.any_text(&excludes);
    }
    match (value.is_no(), value.text()) {
        (true, _) => is_flag && !is_among(OWN_FLAGS, key) || is_among(CHOSEN, &key.to_lowercase()),
        (false, Some(text)) if is_among(SAYING, &key.to_lowercase()) => may_exclude(text),
        (false, Some(text)) if is_among(TELLING, &key.to_lowercase()) => is_exclusion(text),
        (false, Some(text)) if is_among(CHOSEN, &key.to_lowercase()) => has_strike(text),
        (false, _) => {
            any_word(key, |word| is_among(LEFT_OUT, word))
                || value.entries().is_some_and(|within| within.iter().any(is_against))
        }
    }
}
