//! The answer of `GET /actions`.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde::Deserialize;

use super::stated::{Stated, StatedAction, check_action};
use crate::domain::catalog::document::{Language, List, Object, Pointer, Problems, Text, parse};
use crate::domain::catalog::{CatalogError, CatalogFault};

#[derive(Deserialize)]
struct Answer<'t> {
    #[serde(borrow)]
    data: List<Object<ConnectorFile<'t>>>,
    /// Where the next page begins.
    next: Option<Text<'t>>,
}

#[derive(Deserialize)]
struct ConnectorFile<'t> {
    #[serde(borrow)]
    key: Text<'t>,
    name: Option<Text<'t>>,
    authentication: Option<List<Object<Authentication<'t>>>>,
    #[serde(alias = "scopeDefinitions")]
    scope_definitions: Option<List<Object<ScopeDefinition<'t>>>>,
    actions: Option<List<Object<ActionFile<'t>>>>,
}

#[derive(Deserialize)]
struct Authentication<'t> {
    #[serde(borrow)]
    label: Option<Text<'t>>,
    /// What every action requires with it.
    #[serde(alias = "requiredScopes")]
    required_scopes: Option<List<Text<'t>>>,
}

#[derive(Deserialize)]
struct ScopeDefinition<'t> {
    #[serde(borrow)]
    name: Text<'t>,
    includes: Option<List<Text<'t>>>,
}

#[derive(Deserialize)]
struct ActionFile<'t> {
    #[serde(borrow)]
    id: Text<'t>,
    label: Option<Text<'t>>,
    /// `null` is not known; an empty list is nothing.
    #[serde(alias = "requiredScopes")]
    required_scopes: Option<List<Text<'t>>>,
    /// What it requires with each way of authorization.
    authentication: Option<List<Object<ActionAuthentication<'t>>>>,
}

#[derive(Deserialize)]
struct ActionAuthentication<'t> {
    #[serde(borrow, alias = "requiredScopes")]
    required_scopes: Option<List<Text<'t>>>,
}

impl<'t> ActionFile<'t> {
    /// `None` if that is not known, or if one way of authorization requires more, as those of the
    /// connector do that require `always`.
    fn required(&mut self, always: &HashSet<&str>) -> Option<Vec<Text<'t>>> {
        let List(required) = self.required_scopes.take()?;
        let all: HashSet<&str> = required.iter().map(|Text(scope)| &**scope).collect();
        let ways = self.authentication.iter().flat_map(|List(ways)| ways);
        let mut scopes =
            ways.flat_map(|Object(way)| &way.required_scopes).flat_map(|List(scopes)| scopes);
        let is_all = scopes.all(|Text(scope)| all.contains(&**scope)) && always.is_subset(&all);
        is_all.then_some(required)
    }
}

/// Reads the connectors of an answer, and whether there are further pages.
///
/// # Errors
/// Everything that is wrong with it; with its syntax or a value's type, the first.
pub(super) fn read(text: &str) -> Result<(Vec<Stated>, bool), Vec<CatalogError>> {
    let Object(Answer { data: List(connectors), next }) =
        parse(text, Language::Json).map_err(|error| vec![error])?;
    let mut reader =
        Reader { ids: HashSet::new(), known: HashMap::new(), problems: Problems::default() };
    let connectors = connectors.into_iter().enumerate();
    let stated = connectors
        .map(|(nth, Object(connector))| {
            reader.connector(connector, &Pointer::of(["data"]).item(nth))
        })
        .collect();
    let errors = reader.problems.located(text, Language::Json);
    let has_more = next.is_some_and(|Text(cursor)| !cursor.is_empty());
    if errors.is_empty() { Ok((stated, has_more)) } else { Err(errors) }
}

struct Reader {
    ids: HashSet<String>,
    /// The actions of the connectors so far, by id, each with its connector's key.
    known: HashMap<String, (String, StatedAction)>,
    problems: Problems,
}

impl Reader {
    fn connector(&mut self, connector: ConnectorFile, at: &Pointer) -> Stated {
        let key = owned(connector.key);
        self.problems.check_token(&key, || at.key("key"));
        let List(ways) = connector.authentication.unwrap_or_default();
        let method = match &ways[..] {
            [Object(Authentication { label: Some(Text(label)), .. })] => Some(label.to_string()),
            _ => None,
        };
        let always = ways.iter().flat_map(|Object(way)| &way.required_scopes);
        let always = always.flat_map(|List(scopes)| scopes).map(|Text(scope)| &**scope).collect();
        let List(files) = connector.actions.unwrap_or_default();
        let files = files.into_iter().enumerate();
        let actions: Vec<_> = files
            .filter_map(|(nth, Object(action))| {
                self.action(action, &always, &key, || at.key("actions").item(nth))
            })
            .collect();
        let known = |action: &StatedAction| (action.id.clone(), (key.clone(), action.clone()));
        self.known.extend(actions.iter().map(known));
        Stated {
            name: connector.name.map_or_else(|| key.clone(), owned),
            method: method.filter(|method| !method.trim().is_empty()),
            scopes: self.scopes(connector.scope_definitions.unwrap_or_default(), at),
            actions,
            notes: Vec::new(),
            key,
        }
    }

    fn scopes(
        &mut self,
        List(definitions): List<Object<ScopeDefinition>>,
        at: &Pointer,
    ) -> Vec<(String, Vec<String>)> {
        let mut scopes: IndexMap<String, Vec<String>> = IndexMap::new();
        for (nth, Object(ScopeDefinition { name, includes })) in definitions.into_iter().enumerate()
        {
            let at = || at.key("scope_definitions").item(nth);
            let (name, includes) = (owned(name), includes.unwrap_or_default().0);
            let includes: Vec<_> = includes.into_iter().map(owned).collect();
            self.problems.check_token(&name, || at().key("name"));
            for (nth, scope) in includes.iter().enumerate() {
                self.problems.check_token(scope, || at().key("includes").item(nth));
            }
            if scopes.get(&name).is_some_and(|earlier| *earlier != includes) {
                let repeated = |field| CatalogFault::Repeated { field, value: name };
                self.problems.add(at().key("name"), repeated);
            } else {
                scopes.insert(name, includes);
            }
        }
        scopes.into_iter().collect()
    }

    /// `None` if the same action came with another account.
    fn action(
        &mut self,
        mut action: ActionFile,
        always: &HashSet<&str>,
        key: &str,
        at: impl Fn() -> Pointer,
    ) -> Option<StatedAction> {
        let required = action.required(always);
        let id = owned(action.id);
        let label = action.label.map(owned).filter(|label| !label.trim().is_empty());
        let action = StatedAction {
            label: label.unwrap_or_else(|| id.clone()),
            id,
            required: required.map(|scopes| scopes.into_iter().map(owned).collect()),
        };
        let known = self.known.get(&action.id);
        if known.is_some_and(|(other, known)| other == key && *known == action) {
            return None;
        }
        let scope_at = |nth| at().key("required_scopes").item(nth);
        check_action(&action, || at().key("id"), scope_at, &mut self.ids, &mut self.problems);
        Some(action)
    }
}

fn owned(Text(text): Text) -> String {
    text.into_owned()
}
