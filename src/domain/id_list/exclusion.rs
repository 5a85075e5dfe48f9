//! What takes an id of a list back: headings, columns, and entries of JSON.

use crate::domain::granted::{Node, has_strike, is_negation, is_no, is_out_of_force, may_exclude};
use crate::domain::name_words::{all_words, any_word, is_among, is_number, words};

/// Returns `true` for a heading or a column such as `no`, `[ ]`, `Removed:`, `not in MVP`, `Phase 2` or `To be
/// decided`.
pub fn takes_back(text: &str) -> bool {
    let words = words(text);
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let says_so = match words[..] {
        [not, place, ..] if is_negation(not) => {
            words.len() <= LONGEST_NOT_IN && is_among("for in now on yet", place)
        }
        ["iteration" | "milestone" | "phase" | "release" | "sprint" | "wave", which, ..] => {
            is_among(LATER, which)
        }
        ["to", "be", what, ..] => is_among(OPEN, what),
        ["nice", "to", "have", ..] => true,
        _ => false,
    };
    let is_mark = matches!(text, "[ ]" | "?");
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    says_so
        || is_mark
        || is_no(text)
        || is_no(bare) && !bare.is_empty()
        || is_exclusion(text)
        || is_put_off(text)
}

/// The most words of a text such as `not in MVP`.
const LONGEST_NOT_IN: usize = 4;

/// The phases behind the first.
const LATER: &str = "2 3 4 5 6 7 8 9 four ii iii iv second third three two";

/// What has yet to be done with an action.
const OPEN: &str =
    "agreed approved checked clarified confirmed decided defined determined discussed requested";

/// Returns `true` for `Archived`, `next release`, `Won't do` and `Blocked by legal`, but not for `Archived deals`: what
/// says that actions are not chosen, or not yet, and names nothing of an API.
pub fn is_put_off(text: &str) -> bool {
    let puts_off = |word: &str| {
        is_among(PUT_OFF, word)
            || is_among(LEFT_OUT, word)
            || is_among(OUT_OF_USE, word)
            || is_out_of_force(word) && !is_negation(word) && word != VERDICT
    };
    let is_beside = |word: &str| is_among(BESIDE_PUT_OFF, word) || is_number(word);
    any_word(text, puts_off) && all_words(text, |word| puts_off(word) || is_beside(word))
}

/// What `list` says of an action whose scopes the API does not accept.
const VERDICT: &str = "refused";

/// Words that say of actions that they are not chosen, or not yet.
const PUT_OFF: &str = "abandoned candidat* cut descoped killed maybe next nicht optional proposed soon someday sunset* tbc \
    tentative undecided upcoming vetoed without wip wishlist wont";

/// Words beside them.
const BESIDE_PUT_OFF: &str = "a actions all are be by calls customer do for from have in it its legal mvp now of on or \
    phase product quarter release security sprint still team the these this those to under us verwendet we with";

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
const WITH_NOT: &str = "add allowed approved call* do implement* include* longer need* part required select* support* these this those use* want*";

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

/// Keys whose text says when an action comes.
const PLANNING: &str = "iteration milestone phase priority quarter release sprint wave";

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
        (true, _) if is_put_off(key) => false,
        (true, _) => is_flag && !is_among(OWN_FLAGS, key) || is_among(CHOSEN, &key.to_lowercase()),
        (false, Some(text)) if is_among(SAYING, &key.to_lowercase()) => may_exclude(text),
        (false, Some(text)) if is_among(PLANNING, &key.to_lowercase()) => takes_back(text),
        (false, Some(text)) if is_among(TELLING, &key.to_lowercase()) => is_exclusion(text),
        (false, Some(text)) if is_among(CHOSEN, &key.to_lowercase()) => has_strike(text),
        (false, _) => {
            any_word(key, |word| is_among(LEFT_OUT, word))
                || value.says_yes() && is_put_off(key)
                || value.entries().is_some_and(|within| within.iter().any(is_against))
        }
    }
}
