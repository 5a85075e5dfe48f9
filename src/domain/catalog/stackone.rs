//! StackOne's own files: the answer of `GET /actions`, and a connector as its author has it. Both
//! say which scopes an action requires, and which scopes include others.

mod answer;
mod connector;
mod includes;
mod stated;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use indexmap::IndexMap;

use super::actions::ActionFile;
use super::builder::Builder;
use super::connector::{shared_names, unambiguous_keys};
use super::{Catalog, CatalogError, CatalogFault, CatalogNote, Connector};
use crate::domain::{IncludedIn, Reference, ScopeSet};
use includes::{Includers, includers, satisfying};
use stated::{Stated, StatedAction};

pub(super) use connector::Partial;

/// Who says what the actions require.
const SOURCE: &str = "StackOne";

/// Which of the two forms a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StackOneForm {
    Answer,
    Connector,
}

/// The catalog that a text of StackOne's is, with notes about it.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn catalog(
    form: StackOneForm,
    text: &str,
    partial: Partial,
) -> Result<(Catalog, Vec<CatalogNote>), Vec<CatalogError>> {
    let (connectors, has_more) = match form {
        StackOneForm::Answer => answer::read(text)?,
        StackOneForm::Connector => (vec![connector::read(text, partial)?], false),
    };
    let refused = |fault: CatalogFault| vec![fault.into()];
    let scopes = connectors.iter().flat_map(|connector| &connector.scopes);
    let scopes = scopes.map(|(scope, _)| scope.as_str());
    let actions = connectors.iter().flat_map(|connector| &connector.actions);
    let actions = actions.map(|StatedAction { id, label, required }| {
        ActionFile::new(id, label, required.iter().flatten().map(String::as_str))
    });
    let connector = connector(&connectors).map_err(refused)?;
    let mut catalog = Builder::assemble(connector, scopes, actions);
    catalog.reference = Some(reference(&catalog, &connectors).map_err(refused)?);
    catalog.has_more = has_more;
    let shared = CatalogNote::of_shared(shared_scopes(&connectors));
    let further = has_more.then_some(CatalogNote::FurtherPages);
    let own = connectors.iter().flat_map(|connector| connector.notes.clone());
    Ok((catalog, own.chain(further).chain(shared).collect()))
}

fn connector(connectors: &[Stated]) -> Result<Connector, CatalogFault> {
    let mut names: IndexMap<&str, &str> = IndexMap::new();
    for Stated { key, name, .. } in connectors {
        names.entry(key).or_insert(if name.trim().is_empty() { key } else { name });
    }
    let name = names.values().copied().collect::<Vec<_>>().join(", ");
    Ok(match (connectors, names.first()) {
        ([], _) => Connector { name: SOURCE.to_owned(), ..Connector::default() },
        (_, Some((&key, _))) if names.len() == 1 => {
            let method = if let [one] = connectors { one.method.clone() } else { None };
            Connector { key: Some(key.to_owned()), name, method, ..Connector::default() }
        }
        _ => Connector {
            name,
            merged: unambiguous_keys(connectors.iter().map(|Stated { key, actions, .. }| {
                (vec![key.as_str()], actions.iter().map(|action| action.id.as_str()).collect())
            }))
            .map_err(|(_, id)| CatalogFault::ForeignId { action: id.to_owned() })?,
            ..Connector::default()
        },
    })
}

/// The scopes that several of the connectors have by name.
fn shared_scopes(connectors: &[Stated]) -> Vec<&str> {
    shared_names(connectors.iter().flat_map(|Stated { key, scopes, actions, .. }| {
        let all = scopes.iter().map(|(scope, _)| scope).chain(required(actions));
        all.map(|scope| (key.as_str(), scope.as_str()))
    }))
}

fn required(actions: &[StatedAction]) -> impl Iterator<Item = &String> {
    actions.iter().flat_map(|action| action.required.iter().flatten())
}

/// The requirements of the actions. Each connector's scopes include only its own.
///
/// # Errors
/// Too many scopes include one.
fn reference(catalog: &Catalog, connectors: &[Stated]) -> Result<Reference, CatalogFault> {
    let places = catalog.scope_indices();
    let place = |name: &str| places.get(name).copied();
    let mut needs = Vec::new();
    let mut included_in: IncludedIn = Vec::new();
    // One page may have the definitions, and another the actions.
    let mut scopes: HashMap<&str, Vec<_>> = HashMap::new();
    for connector in connectors {
        scopes.entry(&connector.key).or_default().extend(&connector.scopes);
    }
    let includers: HashMap<&str, Includers> =
        scopes.into_iter().map(|(key, scopes)| (key, includers(scopes))).collect();
    for connector in connectors {
        let includers = &includers[connector.key.as_str()];
        // Those that are included or required need not be defined.
        let own =
            connector.scopes.iter().flat_map(|(scope, included)| included.iter().chain([scope]));
        let all = own.chain(required(&connector.actions));
        let names: BTreeSet<&str> = all.map(String::as_str).collect();
        let satisfied_by = names.into_iter().map(|name| {
            let scopes = satisfying(name, includers)?;
            Ok((name, scopes.into_iter().filter_map(place).collect()))
        });
        let satisfied_by: BTreeMap<&str, ScopeSet> = satisfied_by.collect::<Result<_, _>>()?;
        for action in &connector.actions {
            let index = catalog.find(&action.id);
            let Some((index, required)) = index.zip(action.required.as_ref()) else { continue };
            let clauses = required.iter().map(|scope| satisfied_by.get(scope.as_str()).cloned());
            needs.push((index, clauses.map(Option::unwrap_or_default).collect()));
        }
        let placed =
            satisfied_by.into_iter().filter_map(|(name, scopes)| Some((place(name)?, scopes)));
        included_in.extend(placed);
    }
    let mut reference = Reference::own(SOURCE.to_owned(), Vec::new(), needs);
    reference.included_in = included_in;
    Ok(reference)
}
