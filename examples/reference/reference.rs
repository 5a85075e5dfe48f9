use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::client::{Accepted, Call, Client, Scopes};

/// `assets/reference.json`. Unknown keys are errors: writing must not lose any.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    source: Source,
    scopes: Vec<Scope>,
    pub operations: Vec<Operation>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Source {
    accepts: String,
    documented: String,
    verified_live: bool,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Scope {
    name: String,
    hub_name: Option<String>,
    description: String,
    always_granted: bool,
}

/// One call, and the action that it carries out if the catalog has one.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    version: String,
    method: String,
    path: String,
    accepts: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    documented: Option<Vec<String>>,
}

impl Reference {
    /// # Errors
    /// A sentence: the text is no reference.
    pub fn parse(json: &str) -> Result<Self, String> {
        serde_json::from_str(json).map_err(|error| format!("The reference cannot be read: {error}"))
    }

    pub fn scope_names(&self) -> impl Iterator<Item = &str> {
        self.scopes.iter().map(|scope| scope.name.as_str())
    }

    /// The action that a call carries out in another version of the API.
    pub fn action_in_another_version(&self, call: &Call) -> Option<&str> {
        let same =
            self.operations.iter().filter(|operation| same_but_version(&operation.call(), call));
        same.filter_map(|operation| operation.action.as_deref()).next()
    }

    /// The reference with the calls and scopes of `client`. What Pipedrive's page says, and which
    /// action a call carries out, stays. A new call takes the action of another version; calls
    /// without an action come last, by path.
    #[must_use]
    pub fn updated(&self, client: &Client) -> Self {
        let known: BTreeSet<_> = self.operations.iter().map(Operation::call).collect();
        let mut left: BTreeMap<_, _> = client.calls.iter().collect();
        let mut operations = Vec::new();
        for operation in self.operations.iter().filter(|operation| operation.action.is_some()) {
            let call = operation.call();
            let is_newer = |other: &&Call| !known.contains(other) && same_but_version(&call, other);
            let mut calls: Vec<_> = left.keys().copied().filter(is_newer).cloned().collect();
            calls.insert(0, call);
            for call in calls {
                if let Some(accepted) = left.remove(&call) {
                    let action = operation.action.clone();
                    operations.push(Operation { action, ..self.operation(&call, accepted) });
                }
            }
        }
        let mut left: Vec<_> = left.into_iter().collect();
        left.sort_by_key(|(call, accepted)| (&accepted.path, &call.version, &call.method));
        operations.extend(left.into_iter().map(|(call, accepted)| self.operation(call, accepted)));
        let accepts =
            format!("Pipedrive's official Node client, npm package pipedrive {}", client.version);
        let source = Source { accepts, ..self.source.clone() };
        Self { source, scopes: self.scopes.clone(), operations }
    }

    /// A call as the client has it, with what else is known of it.
    fn operation(&self, call: &Call, accepted: &Accepted) -> Operation {
        let known = self.operations.iter().find(|operation| operation.call() == *call);
        Operation {
            action: known.and_then(|operation| operation.action.clone()),
            version: call.version.clone(),
            method: call.method.clone(),
            path: accepted.path.clone(),
            accepts: self.ordered(&accepted.scopes),
            documented: known.and_then(|operation| operation.documented.clone()),
        }
    }

    /// In the order of the reference's own list, then those that it lacks.
    fn ordered(&self, scopes: &Scopes) -> Vec<String> {
        let place = |scope: &String| {
            let place = self.scopes.iter().position(|known| known.name == *scope);
            place.unwrap_or(usize::MAX)
        };
        let mut ordered: Vec<_> = scopes.iter().cloned().collect();
        ordered.sort_by_key(place);
        ordered
    }

    /// One line for each scope and each call, so that a change reads well as a difference.
    ///
    /// # Errors
    /// A sentence: a text in it cannot be written as JSON.
    pub fn to_json(&self) -> Result<String, String> {
        Ok(format!(
            "{{\n  \"source\": {{\n    \"accepts\": {},\n    \"documented\": {},\n    \
             \"verified_live\": {}\n  }},\n  \"scopes\": [\n    {}\n  ],\n  \"operations\": [\n    \
             {}\n  ]\n}}\n",
            line(&self.source.accepts)?,
            line(&self.source.documented)?,
            self.source.verified_live,
            lines(&self.scopes)?,
            lines(&self.operations)?,
        ))
    }
}

impl Operation {
    pub fn call(&self) -> Call {
        Call::new(&self.version, &self.method, &self.path)
    }

    pub fn accepts(&self) -> Scopes {
        self.accepts.iter().cloned().collect()
    }
}

fn lines(entries: &[impl Serialize]) -> Result<String, String> {
    let lines: Result<Vec<_>, _> = entries.iter().map(line).collect();
    Ok(lines?.join(",\n    "))
}

/// JSON on one line, with a space after each comma and colon.
fn line(value: &impl Serialize) -> Result<String, String> {
    let mut out = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, Spaced);
    value.serialize(&mut serializer).map_err(|error| error.to_string())?;
    String::from_utf8(out).map_err(|error| error.to_string())
}

struct Spaced;

impl serde_json::ser::Formatter for Spaced {
    fn begin_array_value<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> std::io::Result<()> {
        writer.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_key<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> std::io::Result<()> {
        writer.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_value<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
    ) -> std::io::Result<()> {
        writer.write_all(b": ")
    }
}

/// Version 2 changes with PATCH what version 1 changes with PUT.
fn same_but_version(call: &Call, other: &Call) -> bool {
    let verb = |call: &Call| if call.method == "PUT" { "PATCH" } else { &call.method }.to_owned();
    call.version != other.version && call.path == other.path && verb(call) == verb(other)
}
