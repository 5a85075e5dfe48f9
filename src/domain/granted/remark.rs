//! Remarks beside scopes: comments, headings, descriptions and the cells of tables.
//!
//! A remark is not understood. One word of denial or doubt is enough to refuse what stands beside it, if the remark is
//! brief or speaks of scopes.

use super::node::is_no;
use super::{any_word, is_among, is_yes, key};

/// Words that deny or doubt, besides those of keys.
const DOUBTS: &str = "401 403 allegedly applied approval ask asked asking assum* beta broken but candidat* \
    changed changeme commented competitor* consent copied descoped deselected desir* disapprov* doubt* down \
    downgrade* dunno exampl* expires filtered guess hopefully maybe milestone nice partial* perhaps phase \
    planned planning possibly probably promised propos* re reauth* reconnect* reconsent* reinstall* replaced \
    request requested requesting revert* roadmap rolled sampl* soon submitted suppos* taken tbc temporarily \
    think till un uncertain unclear unless unsure until upcoming upgrade vetoed wanted wip wish* yet";

/// The same in other languages.
const ABROAD: &str = "abgelehnt attente ausstehend beantragt denegad* falta fehl* geen gesperrt kein* manqu* nein nicht niet \
    pas pendente pendiente rechazad* recusad* refuse* révoqu* verweigert widerrufen";

/// Words that deny by themselves, and beside words about grants or the app. Elsewhere they are said of records and of calls.
const MAYBE: &str = "add after another archiv* before clos* delet* depends different draft false fixme if lost minus month next \
    nothing old once only open other out past please previous prior progress quarter release skipped spare sprint \
    todo want when will without would";

/// Words about grants.
const GRANTS: &str = "access approv* authori* consent* given got grant* permission*";

/// Words that show that a remark is about scopes, such as `no longer` and `not ours`.
const ABOUT_SCOPES: &str = "added enabl* have longer ours review scope scopes there tick*";

/// Words for the app or plan that has the scopes.
const ABOUT_AN_APP: &str = "app enterprise license paid plan premium token";

/// Words for the scopes that a remark is about, and those between a denial and them.
const THEM: &str =
    "a an are go golive in is it launch line live me our out still the them these this to version";

/// Words that show that `not` is about the text, and not about scopes.
const ABOUT_THE_TEXT: &str = "change changed commit committed copy edit edited file hand if log logged modify move print remove \
    quotes rename secret secrets set share sort store touch";

/// Words that say that scopes are needed, offered or asked for, and not that an app has them.
const NEEDS: &str = "additional ask asking available be check checking coming confirm copy decide desired \
    discuss do documented empty enable enabling future gaps get hypothetical ideal* lack lacks mandatory maximum \
    missing must necessary need* new next offer* open optional pending phase planned please possible \
    prerequisite* propos* recommend* requ* roadmap select should sprint still submitted suggest* supported \
    target tick to todo unselected upcoming used verify want* will would";

/// Words beside them.
const BESIDE_NEEDS: &str = "a add added admin all also an api app approved are by confirmed customer customers \
    developer docs documentation done enabled first following for from going granted has have hub if in it later \
    like minimum more now oauth of on only others our permission permissions release scope scopes state that the \
    them these they this ticked we you your";

/// Words beside environments.
const BESIDE_TRIALS: &str = "account app are client env environment for has in is it of on only scopes the these they \
    this those token users";

/// Longer remarks are about scopes only if they say so.
const BRIEF: usize = 6;

/// The same of those that name the app.
const BRIEF_OF_AN_APP: usize = 8;

/// The same, with `not`, on a line of their own.
const BRIEFEST: usize = 4;

/// Longer remarks are prose, whatever words they have.
const LONGEST: usize = 20;

/// The same for a text that may be about anything.
const LONGEST_OF_ANYTHING: usize = 12;

/// Marks that strike out, refuse, doubt or wait.
const STRIKES: &str = "\u{d7} \u{2610} \u{2612} \u{274e} \u{2b1c} \u{1f534} \u{231b} \u{23f3} \u{2753} \
    \u{1f44e} \u{1f51c} \u{1f6a7} \u{23f8} ~~ \u{2715} \u{2716} \u{2717} \u{2718} \u{26d4} \u{274c} \u{1f6ab} \u{1f6d1}";

/// The first arrow. Below it are dashes and quotation marks, which say nothing.
const FIRST_SYMBOL: char = '\u{2190}';

/// What a word says of scopes.
enum Weight {
    /// `pending`: a denial or a doubt.
    Denies,
    /// `not`: a denial of what stands behind it, which may be anything.
    Negates,
    /// `old` and `removes`: the same, or something about records and calls.
    MayDeny,
    Nothing,
}

impl Weight {
    fn of(word: &str) -> Self {
        if is_among(MAYBE, word) || is_among(key::ENDING, word) && !word.ends_with("ed") {
            Self::MayDeny
        } else if key::is_negation(word) {
            Self::Negates
        } else if is_among(DOUBTS, word) || is_among(ABROAD, word) || key::contradicts(word) {
            Self::Denies
        } else {
            Self::Nothing
        }
    }
}

/// Returns `true` if a remark may say that what stands beside it is not granted.
pub fn denies(remark: &str) -> bool {
    is_denial(remark)
        || is_no(remark) && remark.contains(char::is_alphanumeric)
        || remark.eq_ignore_ascii_case("n/a")
        || is_unknown_mark(remark)
        || asks(remark)
        || remark.split_once(',').is_some_and(|(first, _)| !first.contains(' ') && asks(first))
        || remark.split_once([':', '=']).is_some_and(|(name, value)| {
            is_no(value) && any_word(name, |word| is_among(key::OF_AN_APP, word))
        })
        || negates(remark, BRIEF)
        || speaks_against_them(remark)
}

/// The same of a description, which may say *not* of anything.
pub fn denies_in_description(text: &str) -> bool {
    is_denial(text) || asks(text)
}

/// The same of a remark on a line of its own. There, `do not edit` and `optional` are about the text.
pub fn denies_above(remark: &str) -> bool {
    let is_about_text = any_word(remark, |word| is_among(ABOUT_THE_TEXT, word));
    let may_deny = negates(remark, BRIEFEST) || speaks_against_them(remark);
    is_denial(remark) || may_deny && !is_about_text
}

/// Returns `true` for `customer said no`, unless it has more words than `most`.
fn negates(remark: &str, most: usize) -> bool {
    any_word(remark, |word| matches!(Weight::of(word), Weight::Negates))
        && key::words(remark).len() <= most
}

/// Returns `true` for `they were removed by the customer last week` and `we used to have this`.
fn speaks_against_them(remark: &str) -> bool {
    let words = key::words(remark);
    let denies = |word: &String| match Weight::of(word) {
        Weight::Negates => true,
        // `fails` may be said of what happens without them.
        Weight::Denies => word.ends_with("ed"),
        Weight::MayDeny | Weight::Nothing => false,
    };
    let is_about_this = |pair: &[String]| match [&*pair[0], &*pair[1]] {
        ["of" | "to", "this"] | ["no", "longer"] | ["the", "token"] => true,
        [verb, "it" | "this"] => is_among("get gets got had has have include includes use", verb),
        ["this", verb] => key::is_negation(verb) || is_among("are had has is was were", verb),
        _ => false,
    };
    let is_about_them = || {
        words.iter().any(|word| is_among("them these they those", word))
            || words.windows(2).any(is_about_this)
    };
    let is_past = |four: &[String]| {
        four[..2] == ["used", "to"]
            && is_among("have hold include", &four[2])
            && is_among("all it that them these this those", &four[3])
    };
    words.windows(4).any(is_past)
        || words.len() <= LONGEST && words.iter().any(denies) && is_about_them()
}

fn is_denial(remark: &str) -> bool {
    let is_address = |word: &&str| word.contains("://") || word.contains('@');
    let words = remark.split_whitespace().filter(|word| !is_address(word)).flat_map(key::words);
    let is_number = |word: &String| key::is_number(word) && !is_among(DOUBTS, word);
    let mut words: Vec<_> = words.filter(|word| !is_number(word)).collect();
    let is_read_only = |pair: &[String]| is_among("read view write", &pair[0]) && pair[1] == "only";
    if let Some(at) = words.windows(2).position(is_read_only) {
        words.remove(at + 1);
    }
    let has = |list: &str| words.iter().any(|word| is_among(list, word));
    let is_brief = words.len() <= BRIEF;
    let is_about_grants = words.iter().any(|word| is_about_grants(word));
    let is_about_scopes = is_about_grants || has(ABOUT_SCOPES);
    let is_about_app = is_about_scopes || has(ABOUT_AN_APP);
    let may_deny = is_brief || is_about_scopes || is_about_app && words.len() <= BRIEF_OF_AN_APP;
    let is_them = |word: &String| is_among(THEM, word);
    let is_alone = |word: &String| matches!(Weight::of(word), Weight::MayDeny) || is_them(word);
    // `for the next version`, but not `for deleting`.
    let is_for_one = matches!(&words[..], [first, second, ..]
        if first == "for" && is_among("a an later next our the", second));
    let without_for = || words.iter().skip(usize::from(is_for_one));
    let denies = |word: &String| match Weight::of(word) {
        Weight::Denies => may_deny,
        Weight::Negates => is_about_grants || is_brief && is_about_app || words.len() <= 2,
        Weight::MayDeny => is_brief && is_about_app || without_for().all(is_alone),
        Weight::Nothing => false,
    };
    let is_to_come = words.windows(2).any(|pair| pair == ["to", "be"]);
    let is_question = remark.trim_end_matches([')', ']', '"', '\'', '.']).ends_with('?');
    has_strike(remark)
        || is_brief && is_question
        || words.len() <= LONGEST && (is_to_come && may_deny || words.iter().any(denies))
        || is_on_trial(&words)
}

/// Returns `true` for `dev only`, `staging` and `the admin has them only on staging`.
fn is_on_trial(words: &[String]) -> bool {
    let is_only = |three: &[String]| three[0] == "only" && key::is_trial(&three[2]);
    let is_before = |pair: &[String]| pair[0] == "pre" && is_among("prod production", &pair[1]);
    words.len() <= LONGEST && words.windows(3).any(is_only)
        || words.len() <= BRIEF && words.windows(2).any(is_before)
        || words.iter().any(|word| key::is_trial(word))
            && words.iter().all(|word| key::is_trial(word) || is_among(BESIDE_TRIALS, word))
}

/// Returns `true` for `needed`, `Required scopes` and `still to add`, but not for `needed for sync`, which tells what
/// a scope is for.
pub fn asks(remark: &str) -> bool {
    let is_beside = |word: &str| {
        is_among(BESIDE_NEEDS, word) || key::is_number(word.strip_prefix('v').unwrap_or(word))
    };
    key::any_word(remark, |word| is_among(NEEDS, word))
        && key::all_words(remark, |word| is_among(NEEDS, word) || is_beside(word))
}

/// Returns `true` if a text surely says that a grant is not there, as `revoked` and `not granted yet` do. A
/// text without blanks may be random.
pub fn denies_a_grant(text: &str) -> bool {
    let words = key::words(text);
    let any = |is_so: &dyn Fn(&str) -> bool| words.iter().any(|word| is_so(word));
    let is_prose = text.trim().contains(char::is_whitespace);
    let is_brief = words.len() <= 3 && !key::is_negation(words.first().map_or("", String::as_str));
    is_prose
        && words.len() <= LONGEST_OF_ANYTHING
        && any(&key::contradicts)
        && any(&speaks_of_grants)
        || is_brief && any(&|word| is_among(key::ENDING_A_GRANT, word))
}

/// Returns `true` if a word, in lower case, speaks of grants, as `approved` and `consent` do.
pub fn speaks_of_grants(word: &str) -> bool {
    is_among(GRANTS, word)
}

/// The same for a word that speaks of the end of one, as `revoked` does.
pub fn is_about_grants(word: &str) -> bool {
    speaks_of_grants(word) || is_among(key::ENDING_A_GRANT, word)
}

/// Returns `true` for an empty box and symbols such as a clock, which may say anything.
fn is_unknown_mark(remark: &str) -> bool {
    let is_symbol = |c| c >= FIRST_SYMBOL;
    remark == "[ ]"
        || !remark.contains(char::is_alphanumeric) && remark.contains(is_symbol) && !is_tick(remark)
}

/// Returns `true` for a mark or a word that chooses what stands beside it.
pub fn is_tick(text: &str) -> bool {
    is_yes(text)
        || text.starts_with(['✓', '✔', '✅', '☑', '👍', '🟢'])
        || is_among("approved granted ok", &text.trim().to_ascii_lowercase())
}

/// Returns `true` if a text has a mark that strikes out, refuses, doubts or waits.
pub fn has_strike(text: &str) -> bool {
    STRIKES.split(' ').any(|mark| text.contains(mark))
}
