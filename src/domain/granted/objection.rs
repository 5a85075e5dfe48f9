//! What a text says against the scopes that it states.

use super::key::{self, Meaning};
use super::node::{Entries, Node};
use super::remark::{
    OF_GRANTS, denies, denies_a_grant, denies_briefly, disclaims, disclaims_at_length, has_ended,
};
use super::words::{Lexicon, Names, Unknown, is_plain_word, unquoted};
use super::{GrantedError, GrantedFault, Where};
use crate::domain::Separator;

/// Keys that say with `false` that what stands beside them is not granted.
const IN_FORCE: &str = "accepted active allow allowed approved assigned authorised authorized \
    authenticated available checked connected consent consented current enabled granted \
    installed issued obtained selected ticked valid";

/// Further keys that say so with anything else, such as a time: something is asked for, or over.
const ASKED_OR_OVER: &str = "archived canceled cancelled deleted deprecated draft failed ignored \
    invalid needed notgranted off optional requested required restricted submitted uninstalled";

/// Words of keys such as `is_active`, `token_status` and `revoked_at` that change nothing about their
/// meaning.
const BESIDE_FLAGS: &str = "are at by date grant had has is on since time timestamp token was \
    when";

/// Keys of objects that speak of the scopes beside them.
const OF_TOKENS: &str = "access app application approval authorisation authorization client connection \
    consent credentials flags grant info install installation integration meta metadata oauth oauth2 review \
    session state status token";

/// Keys whose number is a status of HTTP.
const STATUS: &str =
    "code httpcode httpstatus httpstatuscode responsecode responsestatus status statuscode";

/// Keys whose text is one of few words.
const STATE: &str = "action approval category code command consent event eventname eventtype kind level op \
    operation outcome phase result review severity stage state status statustext title topic type";

/// Those of them that say whether it is granted, so that any word but one of success objects.
const OUTCOME: &str = "approval consent decision effect outcome permission result status \
    userconsent verdict";

/// Keys whose text tells people what happened.
const MESSAGE: &str = "detail details message msg reason";

/// The last words of keys whose text is a remark.
const REMARK: &str =
    "comment comments explanation hint info note notes problem readme remark remarks";

/// The last words of keys whose text is not one of few words.
const FREE: &str = "code label name secret title token";

/// Keys whose value is the name of a scope.
const NAMING: &str = "handle id key name permission scope scope_name value";

/// Those who grant.
const GRANTORS: &str = "admin customer merchant owner tenant user";

/// Words of keys that say with `false` that something is not granted.
const GRANTING: &str =
    "accepted approved authorised authorized confirmed consented given granted permitted";

/// Words of keys that state what is granted, or say whether it is.
const GRANTED: &str = "accepted actual approved authorised authorized consented current effective enabled \
    given granted have issued provided";

/// The words that a message of success consists of.
const SUCCESS: &str = "a accept accepted access account active all allow allowed app application \
    approved authenticated authorised authorized been complete completed connected consented \
    created current done enabled exchange exchanged fetched for generated given good granted has \
    have healthy here in installed is issued live ok on online public published ready refreshed \
    retrieved returned success successful successfully succeeded the to token tokens true use user \
    valid verified was welcome were with yes you your";

/// How far an objection reaches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// An error response can name the very scope that is missing.
    Text,
    /// The object that it stands in, and all below it.
    Object,
}

/// Refuses a text that says somewhere that something failed.
pub fn refuse_anywhere(node: &Node) -> Result<(), GrantedFault> {
    match node {
        Node::List(items) => items.iter().try_for_each(refuse_anywhere),
        Node::Map(entries) => entries.iter().try_for_each(|(key, value)| match of(key, value) {
            Some((fault, Reach::Text)) => Err(fault),
            _ => refuse_anywhere(value),
        }),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) => Ok(()),
    }
}

/// Refuses an object that says that what it states is not granted, or no more.
pub fn refuse_beside(lexicon: &Lexicon, entries: &Entries) -> Result<(), GrantedError> {
    refuse_in(lexicon, entries, true)
}

/// An object within may speak of something else, such as a user: then only its entries about grants
/// count.
fn refuse_in(lexicon: &Lexicon, entries: &Entries, all: bool) -> Result<(), GrantedError> {
    entries.iter().try_for_each(|(key, value)| {
        let counts = (all || is_of_grant(key)) && !lists_scopes(lexicon, value);
        let objection = counts.then(|| of(key, value)).flatten();
        match (objection, value) {
            (Some((GrantedFault::Inactive, _)), _) => {
                Err(GrantedFault::Inactive.at(Where::Under(key::shown(key))))
            }
            (Some((fault, _)), _) => Err(fault.into()),
            (None, Node::Map(inner)) => {
                let all = lexicon.is_own(key) || is_of_token(key);
                let counts = all || lexicon.meaning(key) != Meaning::NotGranted;
                if counts { refuse_in(lexicon, inner, all) } else { Ok(()) }
            }
            _ => Ok(()),
        }
    })
}

/// Refuses an object that names one of the scopes stated under `stated` in what is not granted, such as
/// `missing_scopes`, says of one of them alone that it is not granted, or lists others as granted under
/// a name of its own.
pub fn refuse_named(
    lexicon: &Lexicon,
    entries: &Entries,
    stated: &str,
    names: &Names,
) -> Result<(), GrantedError> {
    for (key, value) in entries {
        if denies_one(lexicon, key, value, names) {
            return Err(GrantedFault::Inactive.at(Where::Under(key::shown(key))));
        }
        if lexicon.speaks_against(key) && names_one(lexicon, value, names)
            || speaks_of_grants(key) && lists_others(lexicon, value, names)
        {
            return Err(GrantedFault::TwoStatements(stated.to_owned(), key::shown(key)).into());
        }
    }
    Ok(())
}

/// Returns `true` if an entry says of one scope that it is not granted: under its name, or in an object
/// that names it.
fn denies_one(lexicon: &Lexicon, key: &str, value: &Node, names: &Names) -> bool {
    let is_named = names.contains(key);
    match value {
        Node::Null => false,
        Node::Bool(_) | Node::Number(_) => is_named && is_no(value),
        // An address is not a remark, however short it is.
        Node::Text(text) => {
            is_named && !text.contains(['@', '/']) && (says_no(value) || denies_briefly(text))
        }
        Node::List(items) => items.iter().any(|item| denies_one(lexicon, key, item, names)),
        Node::Map(entries) => {
            let names_it = |(key, value): &(String, Node)| {
                let name = value.text().filter(|_| key::is_among(NAMING, key));
                name.is_some_and(|name| names.contains(name))
            };
            // A plain word, such as `profile`, names other things too.
            let is_of_scope = is_named && key.contains([':', '.', '/']);
            let is_of_one = is_of_scope || entries.iter().any(names_it);
            entries.iter().any(|(key, value)| {
                let objects = is_of_one || is_named && speaks_of_grants(key);
                objects && of(key, value).is_some()
                    || lexicon.speaks_against(key) && names_one(lexicon, value, names)
                    || denies_one(lexicon, key, value, names)
            })
        }
    }
}

fn names_one(lexicon: &Lexicon, value: &Node, names: &Names) -> bool {
    let is_one = |word: &str| names.contains(unquoted(word));
    value.any_text(&|text| match lexicon.names(text, Unknown::Refused) {
        Ok(named) => !named.is_disjoint(names),
        Err(_) => text.split(Separator::ends_name).any(is_one),
    })
}

/// Returns `true` if a value is a list of scopes of the catalog. Under `missing` it is about these alone.
fn lists_scopes(lexicon: &Lexicon, value: &Node) -> bool {
    let is_scope = |item: &Node| {
        let named = item.text().map(|text| lexicon.names(text, Unknown::Refused));
        named.is_some_and(|named| named.is_ok_and(|names| !names.is_empty()))
    };
    matches!(value, Node::List(items) if !items.is_empty() && items.iter().all(is_scope))
}

fn speaks_of_grants(key: &str) -> bool {
    key::words(key).iter().any(|word| key::is_among(GRANTED, word))
}

/// Returns `true` if a value is a list of scopes of the catalog, and not the same ones. A plain word
/// may name who granted them.
fn lists_others(lexicon: &Lexicon, value: &Node, names: &Names) -> bool {
    let items: Vec<_> = match value {
        Node::List(items) => items.iter().filter_map(Node::text).collect(),
        Node::Text(text) if !is_plain_word(text) => {
            text.split(Separator::ends_name).filter(|word| !word.is_empty()).collect()
        }
        Node::Text(_) | Node::Null | Node::Bool(_) | Node::Number(_) | Node::Map(_) => Vec::new(),
    };
    !items.is_empty()
        && items.iter().all(|item| lexicon.is_scope(item))
        && (items.len() < names.len() || items.iter().any(|item| !names.contains(*item)))
}

/// Returns `true` if a variable is a message that denies nothing, and not a part of a response.
pub fn is_plain_message(name: &str, value: &Node) -> bool {
    key::is_among(MESSAGE, &name.to_ascii_lowercase()) && !value.any_text(&denies)
}

/// What an entry of an object says against the scopes that stand beside it.
fn of(name: &str, value: &Node) -> Option<(GrantedFault, Reach)> {
    let failed = |reach| Some((GrantedFault::ErrorResponse, reach));
    let inactive = Some((GrantedFault::Inactive, Reach::Object));
    let is_error = |code: f64| (400.0..600.0).contains(&code);
    let number = match value {
        Node::Number(number) => Some(*number),
        // `403 Forbidden`
        Node::Text(text) => text.split_whitespace().next().and_then(|first| first.parse().ok()),
        Node::Null | Node::Bool(_) | Node::List(_) | Node::Map(_) => None,
    };
    let mut words = key::words(name);
    // `ON_ERROR` says what is done then.
    let is_handler = words.windows(2).any(|pair| pair[0] == "on" && pair[1].starts_with("err"))
        || words.first().is_some_and(|first| first == "on");
    words.retain(|word| !key::is_among(BESIDE_FLAGS, word));
    if Meaning::of(&words.join("_")) == Meaning::Failure {
        return if is_handler || is_no(value) { None } else { failed(Reach::Text) };
    }
    let key = words.concat();
    let last = words.last().map_or("", String::as_str);
    let is = |keys: &str| key::is_among(keys, &key);
    match value {
        Node::Text(_) | Node::Map(_)
            if !is_handler && is_error_of_token(&words) && !is_no(value) && !says_yes(value) =>
        {
            failed(Reach::Object)
        }
        _ if is(STATUS) && number.is_some_and(is_error) => failed(Reach::Text),
        Node::Text(text) if is(STATE) && says_failure(text) => failed(Reach::Text),
        Node::Text(text) if (is(STATE) || last == "status") && denies(text) => inactive,
        // The state of an authorization request is random.
        Node::Text(text) if last == "state" && denies_briefly(text) => inactive,
        Node::Text(text) if is_outcome(&words) && !says_success(text) => inactive,
        Node::Bool(false) if is_about_granting(&words) => inactive,
        Node::List(_) | Node::Map(_)
            if (is(OUTCOME) || key == "state") && value.any_text(&denies) =>
        {
            inactive
        }
        value if says_yes(value) && words.iter().any(|word| objects(word)) => inactive,
        _ if number == Some(1.0) && words.iter().any(|word| key::is_over(word)) => inactive,
        // A time or a reason.
        Node::Text(_) | Node::Number(_) if names_an_end(&words) && !is_no(value) => inactive,
        Node::Text(_) if key::is_not_in_force(last) && !is_no(value) => inactive,
        Node::Text(text) if is("name") && names_error(text) => failed(Reach::Object),
        Node::Text(text) if is(MESSAGE) && !says_success(text) => failed(Reach::Object),
        value if is("success ok succeeded") && is_no(value) => failed(Reach::Text),
        Node::Text(text) if is(IN_FORCE) && denies(text) => inactive,
        value if is(IN_FORCE) && is_no(value) => inactive,
        // `admin_approved`, but only if it says so: `last_approved` may be null.
        value if key::is_among(IN_FORCE, last) && says_no(value) => inactive,
        value if (is(ASKED_OR_OVER) || key::is_not_in_force(&key)) && !is_no(value) => inactive,
        // A key such as `//` stands for a comment.
        Node::Text(text)
            if (key.is_empty() || key::is_among(REMARK, last)) && disclaims_at_length(text) =>
        {
            inactive
        }
        Node::Text(text) if is("warning warnings") && denies_a_grant(text) => inactive,
        Node::Text(text) if is("description summary") && disclaims(text) => inactive,
        Node::Text(text) if is("heading label name title") && denies_scopes(text) => inactive,
        // `"sign_off": "pending"`, whatever the key.
        Node::Text(text) if !key::is_among(FREE, last) && is_not_in_force(name, text) => inactive,
        _ if is("expiresin") && number.is_some_and(|seconds| seconds <= 0.0) => inactive,
        Node::Text(text) if name.eq_ignore_ascii_case("access") && denies(text) => inactive,
        // `access_token`, without the word that says nothing in other keys.
        value if is("access approval signedoff") && is_no(value) => inactive,
        _ => None,
    }
}

/// Returns `true` for `granted_by_user`, but not for `email_confirmed`.
fn is_about_granting(words: &[String]) -> bool {
    let (granting, others): (Vec<_>, Vec<_>) =
        words.iter().partition(|word| key::is_among(GRANTING, word));
    let is_of_grant =
        |word: &String| key::is_among(OF_TOKENS, word) || key::is_among(GRANTORS, word);
    !granting.is_empty() && others.into_iter().all(is_of_grant)
}

/// Returns `true` for `last_error` and `oauth_error`, but not for `sync_error`.
fn is_error_of_token(words: &[String]) -> bool {
    let is_of_token = |word: &String| {
        key::is_among(OF_TOKENS, word) || key::is_among("auth last login refresh", word)
    };
    words.split_last().is_some_and(|(last, before)| {
        matches!(&**last, "error" | "errors") && before.iter().all(is_of_token)
    })
}

/// Returns `true` for `user_revoked` and `revoked_reason`.
fn names_an_end(words: &[String]) -> bool {
    let without_reason = match words {
        [before @ .., last] if last == "reason" => before,
        words => words,
    };
    without_reason.last().is_some_and(|last| has_ended(last))
}

/// Returns `true` for `status` and for compounds about a grant, such as `approval_status`.
fn is_outcome(words: &[String]) -> bool {
    let Some((last, before)) = words.split_last() else {
        return false;
    };
    key::is_among(OUTCOME, &words.concat())
        || key::is_among(OUTCOME, last) && before.iter().all(|word| key::is_among(OF_TOKENS, word))
}

fn is_of_grant(name: &str) -> bool {
    let is_so =
        |word: &String| key::is_among("approval consent", word) || key::is_among(OF_GRANTS, word);
    key::words(name).last().is_some_and(is_so)
}

fn is_of_token(name: &str) -> bool {
    key::is_among(OF_TOKENS, &name.to_ascii_lowercase())
}

/// `Missing scopes`, as a heading.
fn denies_scopes(heading: &str) -> bool {
    let words = key::words(heading);
    words.iter().any(|word| matches!(&**word, "scope" | "scopes")) && denies(heading)
}

/// Returns `true` if a text has one word that says that something is not in force, and none that counts
/// beside it, such as `on hold`.
fn is_not_in_force(name: &str, text: &str) -> bool {
    let mut words = key::words(text);
    words.retain(|word| !key::is_among(BESIDE_FLAGS, word));
    // A setting such as `cache: disabled` says nothing of the scopes.
    let is_setting = |word| word == "disabled" && !is_of_token(name);
    matches!(&words[..], [word] if key::is_not_in_force(word) && !is_setting(word))
}

/// A word of keys such as `admin_consent_required` and `app_deauthorized`, which say with `true` that
/// something is still to be done, or over.
fn objects(word: &str) -> bool {
    key::is_among(
        "deny invalid needed needs planned reauth reconnect required requires wanted wishlist",
        word,
    ) || key::contradicts(word)
        || key::is_over(word)
}

fn says_failure(state: &str) -> bool {
    let fails = |word: &String| {
        key::is_among("bad denied error errors exception fatal insufficient", word)
            || ["fail", "forbid", "unauthor"].iter().any(|start| word.starts_with(start))
    };
    key::words(state).iter().any(fails)
}

/// `ForbiddenError`, but not `Error Tracker`.
fn names_error(name: &str) -> bool {
    let last = key::words(name).pop();
    last.is_some_and(|last| matches!(&*last, "error" | "exception" | "fault"))
}

/// Returns `true` if a message has only words of success, in any order, and numbers. Any other message
/// may object.
fn says_success(message: &str) -> bool {
    key::words(message).iter().all(|word| key::is_among(SUCCESS, word) || key::is_number(word))
}

/// Returns `true` if a value says yes in words.
fn says_yes(value: &Node) -> bool {
    match value {
        Node::Bool(yes) => *yes,
        Node::Text(text) => key::is_among("on true y yes", &text.trim().to_ascii_lowercase()),
        Node::Null | Node::Number(_) | Node::List(_) | Node::Map(_) => false,
    }
}

/// Returns `true` if a value says no in words.
fn says_no(value: &Node) -> bool {
    match value {
        Node::Bool(yes) => !yes,
        Node::Text(text) => !text.trim().is_empty() && is_no(value),
        Node::Null | Node::Number(_) | Node::List(_) | Node::Map(_) => false,
    }
}

/// Returns `true` if a value says no, or nothing.
fn is_no(value: &Node) -> bool {
    match value {
        Node::Null => true,
        Node::Bool(yes) => !yes,
        Node::Number(number) => *number == 0.0,
        Node::Text(text) => {
            let text = text.trim().to_ascii_lowercase();
            key::is_among("0 false n never nil no none null off", &text) || text.is_empty()
        }
        Node::List(items) => items.is_empty(),
        Node::Map(entries) => entries.is_empty(),
    }
}
