//! What a text says against the scopes that it states.

use super::claim::{self, Claim, doubts_briefly, is_of_token};
use super::key::{self, Meaning};
use super::node::{Entries, Node};
use super::remark;
use super::words::{Lexicon, Names, Unknown, is_plain_word, unquoted};
use super::{GrantedError, GrantedFault, Where};
use crate::domain::Separator;

/// Keys whose value is the name of a scope.
const NAMING: &str = "handle id key label name permission scope scope_name value";

/// Words of keys whose object says something of each scope, by its name.
const OF_EACH: &str = "grant grants permission permissions scope scopes";

/// Words of keys that state what is granted, or say whether it is.
const GRANTED: &str = "accepted actual approved authorised authorized consented current effective enabled \
    given granted has have issued obtained provided received";

/// Refuses a text that says somewhere that something failed.
pub fn refuse_anywhere(node: &Node) -> Result<(), GrantedFault> {
    match node {
        Node::List(items) => items.iter().try_for_each(refuse_anywhere),
        Node::Map(entries) => {
            entries.iter().try_for_each(|(key, value)| match Claim::of(key, value) {
                Claim::Failure => Err(GrantedFault::ErrorResponse),
                Claim::Fine | Claim::FailureHere | Claim::NotInForce => refuse_anywhere(value),
            })
        }
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) => Ok(()),
    }
}

/// Refuses an object that says that what it states is not granted, or no more.
pub fn refuse_beside(lexicon: &Lexicon, entries: &Entries) -> Result<(), GrantedError> {
    entries.iter().try_for_each(|(key, value)| refuse_entry(lexicon, key, value, true))
}

/// What stands within may speak of something else, such as a user: then only entries about grants count.
fn refuse_entry(lexicon: &Lexicon, key: &str, value: &Node, all: bool) -> Result<(), GrantedError> {
    refuse_as(lexicon, key, &lexicon.without_own(key), value, all)
}

/// The same of the entry under `key`, or of an item of its list, by this name.
fn refuse_as(
    lexicon: &Lexicon,
    key: &str,
    name: &str,
    value: &Node,
    all: bool,
) -> Result<(), GrantedError> {
    let value = value.inner();
    let states = states_scopes(lexicon, value);
    let counts = if key::is_of_environment(key) {
        !claim::is_unset(name, value) && claim::may_be_about_grants(name)
            || claim::ends_a_grant(name, value)
    } else {
        all || is_of_grant(key) || claim::ends_a_grant(name, value)
    };
    if counts && names_provider(name) && names_another(lexicon, value) {
        return Err(GrantedFault::OfAnother.into());
    }
    let claim = match counts && !states {
        true => Claim::of(name, value),
        false => Claim::Fine,
    };
    let all_within = lexicon.is_own(key) || is_of_token(name);
    match (claim, value) {
        (Claim::NotInForce, _) => Err(GrantedFault::Inactive.at(Where::Under(key::shown(key)))),
        (Claim::Failure | Claim::FailureHere, _) => Err(GrantedFault::ErrorResponse.into()),
        (Claim::Fine, Node::Map(inner)) if all_within || !states => {
            inner.iter().try_for_each(|(key, value)| refuse_entry(lexicon, key, value, all_within))
        }
        (Claim::Fine, Node::List(items)) if !states && lexicon.meaning(key) != Meaning::Granted => {
            // The items of `statuses` say something, those of `events` and `stages` only name what
            // there is.
            let said = claim::name_of_items(name);
            items.iter().try_for_each(|item| {
                let all = all && (said.is_some() || item.text().is_none());
                refuse_as(lexicon, key, said.as_deref().unwrap_or(name), item, all)
            })
        }
        (Claim::Fine, _) => Ok(()),
    }
}

/// Refuses scopes under the name of a variable that is another app's, as it seems from the variables
/// beside it.
pub fn refuse_another(
    lexicon: &Lexicon,
    variable: &str,
    others: &Entries,
) -> Result<(), GrantedError> {
    let is_foreign = !lexicon.is_of_app(variable)
        && !lexicon.is_own_part(variable)
        && others.iter().any(|(key, _)| lexicon.is_own_part(key));
    match is_foreign {
        true => Err(GrantedFault::OfAnother.at(Where::Under(key::shown(variable)))),
        false => Ok(()),
    }
}

/// Refuses a section beside the one that states scopes, if it says that they are not granted. Its name
/// says nothing by itself.
pub fn refuse_section(
    lexicon: &Lexicon,
    name: &str,
    entries: &Entries,
) -> Result<(), GrantedError> {
    let all = lexicon.is_own(name) || is_of_token(&lexicon.without_own(name));
    entries.iter().try_for_each(|(key, value)| refuse_entry(lexicon, key, value, all))
}

/// Returns `true` for keys such as `provider` and `oauth_connector_key`.
fn names_provider(key: &str) -> bool {
    let words = key::words(key);
    let is_name = |word: &String| key::is_among("connector integration provider", word);
    let is_beside =
        |word: &String| key::is_among("app config id key name oauth oauth2 slug x", word);
    words.iter().any(is_name) && words.iter().all(|word| is_name(word) || is_beside(word))
}

fn names_another(lexicon: &Lexicon, value: &Node) -> bool {
    match value {
        Node::Map(of) => of.iter().any(|(key, value)| {
            key::is_among("id key name slug", key) && names_another(lexicon, value)
        }),
        Node::List(items) => items.iter().any(|item| names_another(lexicon, item)),
        value => value.text().is_some_and(|name| lexicon.is_of_another(name)),
    }
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
        if let Node::Map(inner) = value
            && is_of_token(&lexicon.without_own(key))
        {
            refuse_named(lexicon, inner, stated, names)?;
        }
        if denies_one(lexicon, key, value, names) {
            return Err(GrantedFault::Inactive.at(Where::Under(key::shown(key))));
        }
        let is_key = |(key, value): &(String, Node)| names.contains(key) && !value.is_no();
        let has_key = || value.entries().is_some_and(|entries| entries.iter().any(is_key));
        if lexicon.speaks_against(key) && (names_one(lexicon, value, names) || has_key())
            || states_grants(key) && lists_others(lexicon, value, names)
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
        Node::Bool(_) | Node::Number(_) => is_named && value.is_no(),
        // An address is not a remark, however short it is.
        Node::Text(text) => {
            let doubts = |text: &str| match text.trim().contains(' ') {
                true => remark::doubts(text),
                false => doubts_briefly(text),
            };
            is_named && !text.contains(['@', '/']) && (value.says_no() || doubts(text))
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
            let is_of_each = key::words(key).iter().any(|word| key::is_among(OF_EACH, word));
            let objects = |(key, value): &(String, Node)| Claim::of(key, value) != Claim::Fine;
            entries.iter().any(|entry| {
                let (key, value) = entry;
                let of_this = value.entries().filter(|_| is_of_each && names.contains(key));
                (is_of_one || is_named && states_grants(key)) && objects(entry)
                    || of_this.is_some_and(|entries| entries.iter().any(objects))
                    || lexicon.speaks_against(key) && names_one(lexicon, value, names)
                    || denies_one(lexicon, key, value, names)
            })
        }
    }
}

fn names_one(lexicon: &Lexicon, value: &Node, names: &Names) -> bool {
    let is_one = |word: &str| {
        key::is_among("all any everything", word) || word == "*" || names.contains(unquoted(word))
    };
    value.any_text(&|text| match lexicon.names(text, Unknown::Refused) {
        Ok(named) => !named.is_disjoint(names),
        Err(_) => text.split(Separator::ends_name).any(is_one),
    })
}

/// Returns `true` if a value is a list of scopes of the catalog, or an object that states such a list.
/// Under `missing` it is about these alone.
fn states_scopes(lexicon: &Lexicon, value: &Node) -> bool {
    let is_scope = |item: &Node| {
        let named = item.text().map(|text| lexicon.names(text, Unknown::Refused));
        named.is_some_and(|named| named.is_ok_and(|names| !names.is_empty()))
    };
    match value {
        Node::List(items) => {
            !items.is_empty()
                && items.iter().all(|item| is_scope(item) || states_scopes(lexicon, item))
        }
        Node::Map(entries) => entries.iter().any(|(key, value)| {
            lexicon.meaning(key) == Meaning::Granted
                && (is_scope(value) || states_scopes(lexicon, value))
        }),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) => false,
    }
}

fn states_grants(key: &str) -> bool {
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
        Node::Map(entries) => {
            entries.iter().filter(|(_, value)| !value.is_no()).map(|(key, _)| &**key).collect()
        }
        Node::Text(_) | Node::Null | Node::Bool(_) | Node::Number(_) => Vec::new(),
    };
    !items.is_empty()
        && items.iter().all(|item| lexicon.is_scope(item))
        && (items.len() < names.len() || items.iter().any(|item| !names.contains(*item)))
}

fn is_of_grant(name: &str) -> bool {
    key::words(name).last().is_some_and(|last| remark::speaks_of_grants(last))
}
