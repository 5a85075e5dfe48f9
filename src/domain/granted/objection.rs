//! Objections of a text against the scopes that it states.

use super::claim::{Claim, denies_briefly, is_of_token};
use super::comment::denies_by_name;
use super::words::unquoted;
use super::{
    Entries, GrantedFault, Lexicon, Meaning, Names, Node, Result, Unknown, any_word, claim,
    is_among, key, provider, refuse_if, remark,
};
use crate::domain::Separator;

/// Keys whose value is the name of a scope.
const NAMING: &str = "handle id key label name permission scope scope_name value";

/// Words of keys whose object says something of each scope, by its name.
const OF_EACH: &str = "grant grants permission permissions scope scopes";

/// Words of keys that state what is granted, or say whether it is.
const GRANTED: &str = "accepted actual approved authorised authorized consented current effective enabled \
    given granted has have issued obtained provided received";

/// Keys of lists of the same words as the scopes.
const REPEATING: &str =
    "audience authority capability claim group permission privilege role scope tag";

/// Words of the name of a list that may have the rest of the scopes.
const FURTHER: &str = "additional beta demo extra list more preview qa second uat write";

/// The last words of keys for what an app is told of. One `event` is what happened.
const EVENTS: &str = "events hooks topics triggers webhooks";

/// GitHub's header for what the call accepts.
const OF_THE_CALL: &str = "x-accepted-oauth-scopes";

/// Refuses a text that says somewhere that something failed.
pub fn refuse_anywhere(node: &Node) -> Result {
    node.items().unwrap_or_default().iter().try_for_each(refuse_anywhere)?;
    node.entries().unwrap_or_default().iter().try_for_each(|(key, value)| {
        let fails = Claim::of(key, value) == Claim::Failure;
        refuse_if(fails, GrantedFault::ErrorResponse).and_then(|()| refuse_anywhere(value))
    })
}

/// Refuses an object that says that what it states is not granted, or no more.
pub fn refuse_beside(lexicon: &Lexicon, entries: &Entries) -> Result {
    refuse_entries(lexicon, entries, true)
}

/// Refuses an object or a section of this name beside what states scopes, if something in it says that they are
/// not granted. The name says nothing by itself.
pub fn refuse_within(lexicon: &Lexicon, name: &str, entries: &Entries) -> Result {
    refuse_entries(lexicon, entries, speaks_of_scopes(lexicon, name))
}

/// Returns `true` for the name of an object that speaks of the scopes beside it.
fn speaks_of_scopes(lexicon: &Lexicon, name: &str) -> bool {
    lexicon.owns(&name.to_lowercase()) || is_of_token(&lexicon.without_own(name))
}

/// The entries may speak of something else, such as a user: unless `all` count, only those about grants
/// count.
fn refuse_entries(lexicon: &Lexicon, entries: &Entries, all: bool) -> Result {
    entries.iter().try_for_each(|entry| refuse_entry(lexicon, entry, all, false))
}

fn refuse_entry(lexicon: &Lexicon, entry: &(String, Node), all: bool, is_checked: bool) -> Result {
    let (key, value) = entry;
    refuse_as(lexicon, key, &lexicon.without_own(key), value, all, is_checked)
}

/// The same of the entry under `key`, or of an item of its list, by this name, but for objects that are checked.
fn refuse_as(
    lexicon: &Lexicon,
    key: &str,
    name: &str,
    value: &Node,
    all: bool,
    is_checked: bool,
) -> Result {
    let value = value.inner();
    let states = states_scopes(lexicon, value);
    let may_count =
        all || key::words(key).last().is_some_and(|last| remark::speaks_of_grants(last));
    let is_unset = key::is_of_environment(key) && claim::is_unset(name, value);
    // Nothing is left of a key that is the connector's name.
    let counts = may_count && !is_unset || name.is_empty() || claim::ends_a_grant(name, value);
    refuse_if(provider::is_out_of_force(lexicon, key, value), GrantedFault::Inactive.under(key))?;
    refuse_if(counts && provider::is_another(lexicon, name, value), GrantedFault::OfAnother)?;
    if counts && !states {
        match Claim::of(name, value) {
            Claim::NotInForce => return Err(GrantedFault::Inactive.under(key)),
            Claim::Failure | Claim::FailureHere => return Err(GrantedFault::ErrorResponse.into()),
            Claim::Fine => {}
        }
    }
    match value {
        Node::Map(_) if is_checked || states && !speaks_of_scopes(lexicon, key) => Ok(()),
        Node::Map(inner) => refuse_within(lexicon, key, inner),
        // An app hears of them, as of `app.uninstalled`.
        Node::List(items) if key::ends_in(key, EVENTS) && items.iter().all(is_event) => Ok(()),
        Node::List(items) if !states && lexicon.meaning(key) != Meaning::Granted => {
            // The items of `statuses` say something, those of `events` and `stages` only name what
            // there is.
            let said = claim::name_of_items(name);
            items.iter().try_for_each(|item| {
                let all = all && (said.is_some() || item.text().is_none());
                refuse_as(lexicon, key, said.as_deref().unwrap_or(name), item, all, is_checked)
            })
        }
        _ => Ok(()),
    }
}

/// Returns `true` for names such as `app.uninstalled`, which have two parts.
fn is_event(item: &Node) -> bool {
    item.text().is_some_and(|name| name.contains(['.', '_', '/', ':']) && !name.contains(' '))
}

/// Refuses scopes under one of these names of variables that is another app's, as it seems from that name or from the
/// variables beside it.
pub fn refuse_another(lexicon: &Lexicon, variables: &[&str], others: &Entries) -> Result {
    let is_of_their_app = |(key, _): &(String, Node)| {
        key::ends_in(key, "id secret") && provider::names_another(lexicon, key)
    };
    let are_own = others.iter().any(|(key, _)| lexicon.owns_part(key));
    let are_theirs = !lexicon.is_named && others.iter().any(is_of_their_app);
    let is_of_another = |variable: &&&str| {
        are_own && !lexicon.is_of_app(variable) && !lexicon.owns_part(variable)
            || are_theirs
            || provider::names_another(lexicon, variable)
    };
    let another = variables.iter().find(is_of_another);
    another.map_or(Ok(()), |variable| Err(GrantedFault::OfAnother.under(variable)))
}

/// Refuses an object that says something against the scopes stated under `stated`. Entries that are `checked`, by
/// their places, are not entered.
pub fn refuse(
    lexicon: &Lexicon,
    entries: &Entries,
    checked: &[bool],
    stated: &str,
    names: &Names,
) -> Result {
    let is_checked = |nth| checked.get(nth) == Some(&true);
    for (nth, entry) in entries.iter().enumerate() {
        refuse_entry(lexicon, entry, true, is_checked(nth))?;
    }
    for (nth, entry) in entries.iter().enumerate() {
        refuse_entry_named(lexicon, entry, is_checked(nth), stated, names)?;
    }
    Ok(())
}

/// Refuses an object that names one of the scopes stated under `stated` in what is not granted, such as
/// `missing_scopes`, says of one of them alone that it is not granted, or lists others as granted under
/// a name of its own.
pub fn refuse_named(lexicon: &Lexicon, entries: &Entries, stated: &str, names: &Names) -> Result {
    entries.iter().try_for_each(|entry| refuse_entry_named(lexicon, entry, false, stated, names))
}

fn refuse_entry_named(
    lexicon: &Lexicon,
    (key, value): &(String, Node),
    is_checked: bool,
    stated: &str,
    names: &Names,
) -> Result {
    let denies = match value.entries().filter(|_| speaks_of_scopes(lexicon, key)) {
        Some(inner) if !is_checked => {
            refuse_named(lexicon, inner, stated, names)?;
            denies_one_here(lexicon, key, inner, names)
        }
        _ => denies_one(lexicon, key, value, is_checked, names),
    };
    refuse_if(denies, GrantedFault::Inactive.under(key))?;
    let is_key = |(key, value): &(String, Node)| names.contains(key) && !value.is_no();
    let has_key = || value.entries().is_some_and(|entries| entries.iter().any(is_key));
    let is_denial = |item: &Node| {
        item.text()
            .is_some_and(|text| !claim::is_address(text) && denies_by_name(lexicon, text, names))
    };
    let has_denial = lexicon.meaning(key) != Meaning::Granted && is_denial(value)
        || value.items().is_some_and(|items| items.iter().any(is_denial));
    refuse_if(has_denial, GrantedFault::Inactive.under(key))?;
    let differs = lexicon.speaks_against(key) && (names_one(lexicon, value, names) || has_key())
        || (states_grants(key) || restates(lexicon, key))
            && lists_others(lexicon, key, value, names)
        || !may_repeat(lexicon, key) && repeats_some(value, names);
    refuse_if(differs, GrantedFault::TwoStatements(stated.to_owned(), key::shown(key)))
}

/// Returns `true` if an entry says of one scope that it is not granted: under its name, or in an object
/// that names it. Objects that are checked are not entered.
fn denies_one(lexicon: &Lexicon, key: &str, value: &Node, is_checked: bool, names: &Names) -> bool {
    let is_named = names.contains(key);
    match value {
        Node::Null => false,
        Node::Bool(_) | Node::Number(_) => is_named && value.is_no(),
        // An address is not a remark, however short it is.
        Node::Text(text) => {
            let denies = |text: &str| match text.trim().contains(' ') {
                true => remark::denies(text),
                false => denies_briefly(text),
            };
            is_named && !text.contains(['@', '/']) && (value.says_no() || denies(text))
        }
        Node::List(items) => {
            items.iter().any(|item| denies_one(lexicon, key, item, is_checked, names))
        }
        Node::Map(entries) => {
            denies_one_here(lexicon, key, entries, names)
                || !is_checked
                    && entries
                        .iter()
                        .any(|(key, value)| denies_one(lexicon, key, value, false, names))
        }
    }
}

/// The same of an object without what its entries say by themselves.
fn denies_one_here(lexicon: &Lexicon, key: &str, entries: &Entries, names: &Names) -> bool {
    let is_named = names.contains(key);
    let names_it = |(key, value): &(String, Node)| {
        is_among(NAMING, key) && value.text().is_some_and(|name| names.contains(name))
    };
    // A plain word, such as `profile`, names other things too.
    let is_of_one = is_named && key.contains([':', '.', '/']) || entries.iter().any(names_it);
    let is_of_each = any_word(key, |word| is_among(OF_EACH, word));
    let objects = |(key, value): &(String, Node)| {
        let denies = |text: &str| denies_by_name(lexicon, text, names);
        Claim::of(key, value) != Claim::Fine || value.text().is_some_and(denies)
    };
    entries.iter().any(|entry| {
        let (key, value) = entry;
        let of_this = value.entries().filter(|_| is_of_each && names.contains(key));
        (is_of_one || is_named && states_grants(key)) && objects(entry)
            || of_this.is_some_and(|entries| entries.iter().any(objects))
            || lexicon.speaks_against(key) && names_one(lexicon, value, names)
    })
}

fn names_one(lexicon: &Lexicon, value: &Node, names: &Names) -> bool {
    let is_one = |word: &str| {
        is_among("all any everything", word) || word == "*" || names.contains(unquoted(word))
    };
    value.any_text(&|text| match lexicon.names(text, Unknown::Refused) {
        Ok(named) => !named.is_disjoint(names),
        Err(_) => text.split(Separator::ends_name).any(is_one),
    })
}

/// Returns `true` if a value is a list of scopes of the catalog, or an object that states such a list.
/// Under `missing` it is about these alone.
fn states_scopes(lexicon: &Lexicon, value: &Node) -> bool {
    let states = |item: &Node| match item.text() {
        Some(text) => lexicon.names(text, Unknown::Refused).is_ok_and(|names| !names.is_empty()),
        None => states_scopes(lexicon, item),
    };
    let is_statement =
        |(key, value): &(String, Node)| lexicon.meaning(key) == Meaning::Granted && states(value);
    value.items().is_some_and(|items| !items.is_empty() && items.iter().all(states))
        || value.entries().is_some_and(|entries| entries.iter().any(is_statement))
}

fn states_grants(key: &str) -> bool {
    !key.eq_ignore_ascii_case(OF_THE_CALL)
        && any_word(key, |word| is_among(GRANTED, word))
        && !any_word(key, key::contradicts)
}

/// Returns `true` for names such as `SCOPES_PROD` and `permissions`, which may state scopes once more.
fn restates(lexicon: &Lexicon, key: &str) -> bool {
    let is_statement =
        |word: &str| is_among("override overrides permission permissions scope scopes", word);
    let is_version = |word: &str| word.strip_prefix('v').is_some_and(key::is_number);
    let is_beside = |word: &str| {
        key::may_hold(word)
            || lexicon.owns(word)
            || is_among(FURTHER, word)
            || is_version(word)
            || key::is_number(word)
    };
    any_word(key, is_statement) && key::all_words(key, |word| is_statement(word) || is_beside(word))
}

/// Returns `true` for keys such as `roles`, whose list may have the same words as the scopes.
fn may_repeat(lexicon: &Lexicon, key: &str) -> bool {
    let is_list = |word: &str| is_among(REPEATING, &key::singular(word));
    states_grants(key) || any_word(key, is_list) || lexicon.meaning(key) == Meaning::Granted
}

/// Returns `true` for a list of some of these scopes, and not all. What it says of them is not known.
fn repeats_some(value: &Node, names: &Names) -> bool {
    // A plain word, such as `admin`, names other things too.
    let is_one = |item: &Node| {
        item.text().is_some_and(|text| names.contains(text) && text.contains([':', '.', '/', '_']))
    };
    let is_part =
        |items: &[Node]| (1..names.len()).contains(&items.len()) && items.iter().all(is_one);
    value.items().is_some_and(is_part)
}

/// Returns `true` if a value is a list of scopes of the catalog, and not the same ones.
fn lists_others(lexicon: &Lexicon, key: &str, value: &Node, names: &Names) -> bool {
    let is_of_scopes =
        any_word(key, |word| is_among("scope scopes", word)) && !any_word(key, |word| word == "by");
    let items: Vec<_> = match value {
        Node::List(items) => items.iter().filter_map(Node::text).collect(),
        // A plain word, such as `admin`, may name who granted them.
        Node::Text(text) if is_of_scopes || text.contains([':', '.', '_', '/']) => {
            text.split(Separator::ends_name).filter(|word| !word.is_empty()).collect()
        }
        Node::Map(entries) => {
            entries.iter().filter(|(_, value)| !value.is_no()).map(|(key, _)| &**key).collect()
        }
        Node::Text(_) | Node::Null | Node::Bool(_) | Node::Number(_) => Vec::new(),
    };
    !items.is_empty()
        && items.iter().all(|item| lexicon.is_scope(item))
        && items.iter().any(|item| lexicon.scopes_of(item).is_some())
        && items.iter().flat_map(|item| lexicon.all_scopes_of(item)).collect::<Names>() != *names
}
