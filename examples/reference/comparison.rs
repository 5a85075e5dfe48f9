use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::client::{Call, Client, Scopes};

/// What a client says otherwise than the reference.
#[derive(Debug, Default)]
pub struct Comparison {
    /// One line a difference, in the order of the reference.
    pub lines: Vec<String>,
    /// How many operations the reference has.
    pub operations: usize,
}

/// Holds a reference, as JSON, against a client. Calls that no action of the reference makes are
/// passed over, but for the scopes that they are the first to name.
///
/// # Errors
/// A sentence: the reference has not the form of `assets/reference.json`.
pub fn compare(reference: &str, client: &Client) -> Result<Comparison, String> {
    let reference: Value = serde_json::from_str(reference).map_err(|error| error.to_string())?;
    let operations = operations(&reference).ok_or("The reference has no readable operations.")?;
    let known: BTreeSet<_> = operations.iter().map(|operation| &operation.call).collect();
    let mut lines = Vec::new();
    for Operation { action, call, accepts } in &operations {
        let named = format!("{action} {}", words(call));
        match client.calls.get(call) {
            None => lines.push(format!("- {named}: the client has it no longer")),
            Some(scopes) if scopes != accepts => {
                lines.push(format!("~ {named}: {}", change(accepts, scopes)));
            }
            Some(_) => {}
        }
        for (other, scopes) in
            client.calls.iter().filter(|(other, _)| same_but_version(call, other))
        {
            if !known.contains(other) {
                let scopes = listed(scopes.iter());
                lines.push(format!("+ {action} {}: accepts {scopes}", words(other)));
            }
        }
    }
    lines.extend(new_scopes(&reference, client));
    Ok(Comparison { lines, operations: operations.len() })
}

struct Operation {
    action: String,
    call: Call,
    accepts: Scopes,
}

fn operations(reference: &Value) -> Option<Vec<Operation>> {
    let read = |entry: &Value| {
        let text = |key: &str| entry[key].as_str();
        Some(Operation {
            action: text("action")?.to_owned(),
            call: Call::new(text("version")?, text("method")?, text("path")?),
            accepts: entry["accepts"]
                .as_array()?
                .iter()
                .map(|scope| scope.as_str().map(str::to_owned))
                .collect::<Option<_>>()?,
        })
    };
    reference["operations"].as_array()?.iter().map(read).collect()
}

/// Version 2 changes with PATCH what version 1 changes with PUT.
fn same_but_version(call: &Call, other: &Call) -> bool {
    let verb = |call: &Call| if call.method == "PUT" { "PATCH" } else { &call.method }.to_owned();
    call.version != other.version && call.path == other.path && verb(call) == verb(other)
}

fn change(before: &Scopes, now: &Scopes) -> String {
    let parts = [
        ("accepts", listed(now.difference(before))),
        ("no longer accepts", listed(before.difference(now))),
    ];
    let parts = parts.iter().filter(|(_, scopes)| !scopes.is_empty());
    parts.map(|(words, scopes)| format!("{words} {scopes}")).collect::<Vec<_>>().join("; ")
}

fn new_scopes(reference: &Value, client: &Client) -> Vec<String> {
    let known: BTreeSet<_> = reference["scopes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|scope| scope["name"].as_str())
        .collect();
    let mut calls: BTreeMap<&str, usize> = BTreeMap::new();
    for scope in client.calls.values().flatten() {
        *calls.entry(scope).or_default() += 1;
    }
    calls.retain(|scope, _| !known.contains(scope));
    let accepted = |(scope, count)| format!("+ scope {scope}: accepted for {count} of the calls");
    calls.iter().map(accepted).collect()
}

fn words(call: &Call) -> String {
    format!("{} {} {}", call.version, call.method, call.path)
}

fn listed<'a>(scopes: impl Iterator<Item = &'a String>) -> String {
    scopes.map(String::as_str).collect::<Vec<_>>().join(", ")
}
