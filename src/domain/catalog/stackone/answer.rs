//! The answer of `GET /actions`.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::{Includers, Stated, StatedAction, check_action, includers, satisfying};
use crate::domain::catalog::document::{Language, List, Object, Pointer, Problems, parse};
use crate::domain::catalog::{CatalogError, CatalogFault};

#[derive(Deserialize)]
struct Answer {
    data: List<Object<ConnectorFile>>,
    /// Where the next page begins.
    next: Option<String>,
}

#[derive(Deserialize)]
struct ConnectorFile {
    key: String,
    name: Option<String>,
    authentication: Option<List<Object<Authentication>>>,
    #[serde(alias = "scopeDefinitions")]
    scope_definitions: Option<List<Object<ScopeDefinition>>>,
    actions: Option<List<Object<ActionFile>>>,
}

#[derive(Deserialize)]
struct Authentication {
    label: Option<String>,
    /// The scopes that every action requires with it.
    #[serde(alias = "requiredScopes")]
    required_scopes: Option<List<String>>,
}

#[derive(Deserialize)]
struct ScopeDefinition {
    name: String,
    includes: Option<List<String>>,
}

#[derive(Deserialize)]
struct ActionFile {
    id: String,
    label: Option<String>,
    /// `null` is not known; an empty list is nothing.
    #[serde(alias = "requiredScopes")]
    required_scopes: Option<List<String>>,
    /// The scopes that it requires with each way of authorization.
    authentication: Option<List<Object<ActionAuthentication>>>,
}

#[derive(Deserialize)]
struct ActionAuthentication {
    #[serde(alias = "requiredScopes")]
    required_scopes: Option<List<String>>,
}

impl ActionFile {
    /// `None` if that is not known, or if one way of authorization requires what these scopes do not
    /// include, as those of the connector do that require `always`.
    fn required(&self, always: &HashSet<&String>, includers: &Includers) -> Option<Vec<String>> {
        let List(required) = self.required_scopes.as_ref()?;
        let all: HashSet<&str> = required.iter().map(String::as_str).collect();
        let ways = self.authentication.iter().flat_map(|List(ways)| ways);
        let scopes = ways.flat_map(|Object(way)| &way.required_scopes);
        let mut scopes = scopes.flat_map(|List(scopes)| scopes).chain(always.iter().copied());
        let is_included = |scope: &String| {
            let satisfying = satisfying(scope, includers).unwrap_or_default();
            all.contains(&**scope) || satisfying.iter().any(|other| all.contains(other))
        };
        scopes.all(is_included).then(|| required.clone())
    }
}

/// Reads the connectors of an answer, and whether there are further pages.
///
/// # Errors
/// Everything that is wrong with it; with its syntax or a value's type, the first.
pub(super) fn read(text: &str) -> Result<(Vec<Stated>, bool), Vec<CatalogError>> {
    let Object(Answer { data: List(connectors), next }) =
        parse(text, Language::Json).map_err(|error| vec![error])?;
    let mut reader = Reader::default();
    let mut stated = Vec::new();
    for (nth, Object(connector)) in connectors.into_iter().enumerate() {
        stated.push(reader.connector(connector, &Pointer::of(["data"]).item(nth)));
    }
    reader.problems.located(text, Language::Json)?;
    Ok((stated, next.is_some_and(|cursor| !cursor.is_empty())))
}

#[derive(Default)]
struct Reader {
    ids: HashSet<String>,
    /// The scopes that each scope of each connector includes.
    includes: HashMap<(String, String), Vec<String>>,
    /// The actions of the connectors so far, by id, each with its connector's key.
    known: HashMap<String, (String, StatedAction)>,
    problems: Problems,
}

impl Reader {
    fn connector(&mut self, connector: ConnectorFile, at: &Pointer) -> Stated {
        let ConnectorFile { key, name, authentication, scope_definitions, actions } = connector;
        self.problems.check_token(&key, || at.key("key"));
        let ways = authentication.map_or(Vec::new(), |List(ways)| ways);
        let method = match &ways[..] {
            [Object(way)] => way.label.clone().filter(|label| !label.trim().is_empty()),
            _ => None,
        };
        let always = ways.iter().flat_map(|Object(way)| &way.required_scopes);
        let always = always.flat_map(|List(scopes)| scopes).collect();
        let scopes = self.scopes(scope_definitions, &key, at);
        let includers = includers(&scopes);
        let files = actions.into_iter().flat_map(|List(files)| files);
        let mut actions = Vec::new();
        for (nth, Object(action)) in files.enumerate() {
            let required = action.required(&always, &includers);
            actions.extend(self.action(action, required, &key, || at.key("actions").item(nth)));
        }
        let known = |action: &StatedAction| (action.id.clone(), (key.clone(), action.clone()));
        self.known.extend(actions.iter().map(known));
        let name = name.unwrap_or_else(|| key.clone());
        Stated { key, name, method, scopes, actions, notes: Vec::new() }
    }

    fn scopes(
        &mut self,
        definitions: Option<List<Object<ScopeDefinition>>>,
        key: &str,
        at: &Pointer,
    ) -> Vec<(String, Vec<String>)> {
        let mut scopes = Vec::new();
        let definitions = definitions.into_iter().flat_map(|List(definitions)| definitions);
        for (nth, Object(ScopeDefinition { name, includes })) in definitions.enumerate() {
            let at = || at.key("scope_definitions").item(nth);
            let includes = includes.map_or(Vec::new(), |List(includes)| includes);
            self.problems.check_token(&name, || at().key("name"));
            for (nth, scope) in includes.iter().enumerate() {
                self.problems.check_token(scope, || at().key("includes").item(nth));
            }
            let earlier = self.includes.entry((key.to_owned(), name.clone()));
            if *earlier.or_insert_with(|| includes.clone()) != includes {
                let repeated = |field| CatalogFault::Repeated { field, value: name };
                self.problems.add(at().key("name"), repeated);
            } else {
                scopes.push((name, includes));
            }
        }
        scopes
    }

    /// `None` if the same action came with another account.
    fn action(
        &mut self,
        ActionFile { id, label, .. }: ActionFile,
        required: Option<Vec<String>>,
        key: &str,
        at: impl Fn() -> Pointer,
    ) -> Option<StatedAction> {
        let label = label.filter(|label| !label.trim().is_empty()).unwrap_or_else(|| id.clone());
        let action = StatedAction { id, label, required };
        let known = self.known.get(&action.id);
        if known.is_some_and(|(other, known)| other == key && *known == action) {
            return None;
        }
        let scope_at = |nth| at().key("required_scopes").item(nth);
        check_action(&action, || at().key("id"), scope_at, &mut self.ids, &mut self.problems);
        Some(action)
    }
}
