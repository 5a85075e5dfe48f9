//! What a text says against the scopes that it states.

use super::GrantedFault;
use super::key::{self, Meaning};
use super::node::{Entries, Node};

/// Keys that say with `false` that what stands beside them is not granted.
const IN_FORCE: &str = "active allowed approved authorised authorized enabled granted valid";

/// Keys that say so with anything else, such as a time.
const NOT_IN_FORCE: &str = "deleted denied disabled expired inactive invalid pending rejected \
    revoked suspended";

/// Words of keys such as `is_active` and `revoked_at` that change nothing about their meaning.
const BESIDE_FLAGS: [&str; 4] = ["is", "was", "at", "on"];

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
pub fn refuse_beside(entries: &Entries) -> Result<(), GrantedFault> {
    let mut objections = entries.iter().filter_map(|(key, value)| of(key, value));
    objections.next().map_or(Ok(()), |(fault, _)| Err(fault))
}

/// What an entry of an object says against the scopes that stand beside it.
fn of(key: &str, value: &Node) -> Option<(GrantedFault, Reach)> {
    let failed = |reach| Some((GrantedFault::ErrorResponse, reach));
    let inactive = Some((GrantedFault::Inactive, Reach::Object));
    let is_error = |code: f64| (400.0..600.0).contains(&code);
    let denies = |text: &str| matches!(Meaning::of(text), Meaning::NotGranted | Meaning::Failure);
    if Meaning::of(key) == Meaning::Failure {
        return if is_no(value) { None } else { failed(Reach::Text) };
    }
    let mut words = key::words(key);
    words.retain(|word| !BESIDE_FLAGS.contains(&word.as_str()));
    match (words.concat().as_str(), value) {
        ("status" | "statuscode" | "code", Node::Number(code)) if is_error(*code) => {
            failed(Reach::Text)
        }
        ("status" | "statuscode", Node::Text(text)) if text.parse().is_ok_and(is_error) => {
            failed(Reach::Text)
        }
        ("status", Node::Text(text)) if says_failure(text) => failed(Reach::Text),
        ("status" | "state", Node::Text(text)) if denies(text) => inactive,
        ("code" | "detail" | "message" | "reason" | "title" | "type", Node::Text(text))
            if denies(text) =>
        {
            failed(Reach::Object)
        }
        ("success" | "ok" | "succeeded", value) if is_no(value) => failed(Reach::Text),
        (key, value) if is_among(IN_FORCE, key) && is_no(value) => inactive,
        (key, value) if is_among(NOT_IN_FORCE, key) && !is_no(value) => inactive,
        _ => None,
    }
}

fn says_failure(status: &str) -> bool {
    is_among("error fail failed failure", &status.to_ascii_lowercase())
}

fn is_among(words: &str, word: &str) -> bool {
    words.split(' ').any(|one| one == word)
}

/// Returns `true` if a value says no, or nothing.
fn is_no(value: &Node) -> bool {
    match value {
        Node::Null => true,
        Node::Bool(yes) => !yes,
        Node::Number(number) => *number == 0.0,
        Node::Text(text) => {
            matches!(&*text.to_ascii_lowercase(), "" | "0" | "false" | "no" | "off")
        }
        Node::List(items) => items.is_empty(),
        Node::Map(entries) => entries.is_empty(),
    }
}
