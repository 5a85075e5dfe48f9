//! The answer of `GET /actions`.

use serde::Deserialize;

use super::{Stated, StatedAction};
use crate::domain::catalog::CatalogError;
use crate::domain::catalog::action_file::{Object, Text};
use crate::domain::catalog::description::{Language, List, parse};

#[derive(Deserialize)]
struct Answer<'t> {
    #[serde(borrow)]
    data: List<Object<ConnectorFile<'t>>>,
}

#[derive(Deserialize)]
struct ConnectorFile<'t> {
    #[serde(borrow)]
    key: Text<'t>,
    #[serde(borrow)]
    name: Option<Text<'t>>,
    #[serde(borrow)]
    authentication: Option<List<Object<Authentication<'t>>>>,
    #[serde(borrow)]
    scope_definitions: Option<List<Object<ScopeDefinition<'t>>>>,
    #[serde(borrow)]
    actions: Option<List<Object<ActionFile<'t>>>>,
}

#[derive(Deserialize)]
struct Authentication<'t> {
    #[serde(borrow)]
    label: Option<Text<'t>>,
}

#[derive(Deserialize)]
struct ScopeDefinition<'t> {
    #[serde(borrow)]
    name: Text<'t>,
    #[serde(borrow)]
    includes: Option<List<Text<'t>>>,
}

#[derive(Deserialize)]
struct ActionFile<'t> {
    #[serde(borrow)]
    id: Text<'t>,
    #[serde(borrow)]
    label: Option<Text<'t>>,
    /// `null` is not known; an empty list is nothing.
    #[serde(borrow)]
    required_scopes: Option<List<Text<'t>>>,
}

pub(super) fn read(text: &str) -> Result<Vec<Stated>, CatalogError> {
    let Object(Answer { data: List(connectors) }) = parse(text, Language::Json)?;
    Ok(connectors.into_iter().map(|Object(connector)| stated(connector)).collect())
}

fn stated(connector: ConnectorFile) -> Stated {
    let key = connector.key.0.into_owned();
    let mut labels = connector.authentication.unwrap_or_default().0.into_iter();
    let method = match (labels.next(), labels.next()) {
        (Some(Object(only)), None) => only.label.map(owned),
        _ => None,
    };
    let scopes = connector.scope_definitions.unwrap_or_default().0.into_iter();
    let scopes = scopes.map(|Object(ScopeDefinition { name, includes })| {
        (owned(name), includes.unwrap_or_default().0.into_iter().map(owned).collect())
    });
    let actions = connector.actions.unwrap_or_default().0.into_iter();
    Stated {
        name: connector.name.map_or_else(|| key.clone(), owned),
        method: method.filter(|method| !method.trim().is_empty()),
        scopes: scopes.collect(),
        actions: actions.map(|Object(action)| stated_action(action)).collect(),
        key,
    }
}

fn stated_action(ActionFile { id, label, required_scopes }: ActionFile) -> StatedAction {
    let id = owned(id);
    let label = label.map(owned).filter(|label| !label.trim().is_empty());
    StatedAction {
        label: label.unwrap_or_else(|| id.clone()),
        id,
        required: required_scopes.map(|List(scopes)| scopes.into_iter().map(owned).collect()),
    }
}

fn owned(Text(text): Text) -> String {
    text.into_owned()
}
