use std::collections::{BTreeMap, BTreeSet};

use super::client::{Call, Client, Scopes};
use super::reference::Reference;

/// One line for each difference between a client and the reference, in the order of the reference:
/// `~` a call that accepts other scopes, `-` one that is gone, `+` a new call or scope.
pub fn differences(reference: &Reference, client: &Client) -> Vec<String> {
    let mut lines = Vec::new();
    let mut known = BTreeSet::new();
    for operation in &reference.operations {
        let (call, accepts) = (operation.call(), operation.accepts());
        let named = named(operation.action.as_deref(), &call);
        match client.calls.get(&call) {
            None => lines.push(format!("- {named}: the client no longer has it")),
            Some(accepted) if accepted.scopes != accepts => {
                lines.push(format!("~ {named}: {}", change(&accepts, &accepted.scopes)));
            }
            Some(_) => {}
        }
        known.insert(call);
    }
    for (call, accepted) in client.calls.iter().filter(|(call, _)| !known.contains(call)) {
        let named = named(reference.action_in_another_version(call), call);
        lines.push(format!("+ {named}: accepts {}", listed(accepted.scopes.iter())));
    }
    lines.extend(new_scopes(reference, client));
    lines
}

fn change(before: &Scopes, now: &Scopes) -> String {
    let parts = [
        ("accepts", listed(now.difference(before))),
        ("no longer accepts", listed(before.difference(now))),
    ];
    let parts = parts.iter().filter(|(_, scopes)| !scopes.is_empty());
    parts.map(|(words, scopes)| format!("{words} {scopes}")).collect::<Vec<_>>().join("; ")
}

fn new_scopes(reference: &Reference, client: &Client) -> Vec<String> {
    let known: BTreeSet<_> = reference.scope_names().collect();
    let mut calls: BTreeMap<&str, usize> = BTreeMap::new();
    for scope in client.calls.values().flat_map(|accepted| &accepted.scopes) {
        *calls.entry(scope).or_default() += 1;
    }
    calls.retain(|scope, _| !known.contains(scope));
    let accepted = |(scope, count)| format!("+ scope {scope}: accepted for {count} of the calls");
    calls.iter().map(accepted).collect()
}

fn named(action: Option<&str>, call: &Call) -> String {
    let call = format!("{} {} {}", call.version, call.method, call.path);
    action.map_or(call.clone(), |action| format!("{action} {call}"))
}

fn listed<'a>(scopes: impl Iterator<Item = &'a String>) -> String {
    scopes.map(String::as_str).collect::<Vec<_>>().join(", ")
}
