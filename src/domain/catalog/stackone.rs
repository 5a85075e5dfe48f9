//! StackOne's own files: the answer of `GET /actions`, and a connector as its author has it. Both
//! say which scopes an action requires, and which scopes include others.

mod answer;
mod connector;
mod includes;

use std::collections::{BTreeSet, HashMap};

use super::builder::{Builder, Finished, IsWanted};
use super::{Catalog, CatalogError, CatalogFault, Connector, Findings};
use crate::domain::{IncludedIn, Reference, ScopeSet};
use includes::Includes;

/// Who says what the actions require.
const SOURCE: &str = "StackOne";

/// What one connector says.
struct Stated {
    key: String,
    name: String,
    /// The way of authorization, where there is one.
    method: Option<String>,
    /// Its scopes in the order of the file, each with those that it includes.
    scopes: Vec<(String, Vec<String>)>,
    actions: Vec<StatedAction>,
}

struct StatedAction {
    id: String,
    label: String,
    /// All of these. `None` if it is not known what it requires.
    required: Option<Vec<String>>,
}

/// Which of the two forms a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StackOneForm {
    Answer,
    Connector,
}

/// Returns the bytes of the file with this name, or `None` if there is no such file.
pub(super) type Partial<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// The catalog that a text of StackOne's is, with all that there is to say about it.
pub(super) fn findings(
    form: StackOneForm,
    text: &str,
    partial: Partial,
    is_wanted: IsWanted,
) -> Option<Findings> {
    let stated = match form {
        StackOneForm::Answer => answer::read(text),
        StackOneForm::Connector => connector::read(text, partial).map(|one| vec![one]),
    };
    let catalog = match stated.and_then(|connectors| catalog(&connectors, is_wanted)) {
        Ok(catalog) => catalog?,
        Err(problem) => return Some(Findings { problems: vec![problem], ..Findings::default() }),
    };
    Some(Findings { catalog: Some(catalog), ..Findings::default() })
}

fn catalog(connectors: &[Stated], is_wanted: IsWanted) -> Result<Option<Catalog>, CatalogError> {
    let mut builder = Builder::new("", is_wanted);
    builder.open_list = true;
    let stopped = |_| CatalogError::from(CatalogFault::Stopped);
    for connector in connectors {
        super::check_token(&connector.key, || "the connector's key".to_owned())?;
    }
    for (scope, _) in connectors.iter().flat_map(|connector| &connector.scopes) {
        super::check_token(scope, || format!("the scope `{scope}`"))?;
        builder.list_scope(scope);
    }
    for (place, action) in connectors.iter().flat_map(|one| &one.actions).enumerate() {
        for (nth, scope) in action.required.iter().flatten().enumerate() {
            builder.needed_scope(nth, scope, place);
        }
        let text = |text| Some((text, place));
        builder.end_action(text(&*action.id), text(&*action.label)).map_err(stopped)?;
    }
    builder.about.connector = Some(connector(connectors));
    let Finished { catalog, problems, .. } = builder.finish();
    if let Some((_, fault)) = problems.into_iter().min_by_key(|&(place, _)| place) {
        return Err(fault.into());
    }
    let Some(mut catalog) = catalog else { return Ok(None) };
    catalog.reference = Some(reference(&catalog, connectors));
    Ok(Some(catalog))
}

fn connector(connectors: &[Stated]) -> Connector {
    let names: Vec<_> = connectors.iter().map(|connector| connector.name.as_str()).collect();
    let keys = connectors.iter().map(|connector| connector.key.clone());
    match connectors {
        [one] => Connector {
            key: Some(one.key.clone()),
            name: if one.name.trim().is_empty() { &one.key } else { &one.name }.clone(),
            method: one.method.clone(),
            merged: BTreeSet::new(),
        },
        [] => Connector { name: SOURCE.to_owned(), ..Connector::default() },
        _ => Connector { name: names.join(", "), merged: keys.collect(), ..Connector::default() },
    }
}

/// What the actions require. Each connector's scopes include only its own.
fn reference(catalog: &Catalog, connectors: &[Stated]) -> Reference {
    let places = catalog.scope_indices();
    let place = |name: &str| places.get(name).copied();
    let mut needs = Vec::new();
    let mut included_in: IncludedIn = Vec::new();
    for connector in connectors {
        let includes = Includes::of(&connector.scopes);
        let satisfying = |scope: &str| -> ScopeSet {
            includes.satisfying(scope).into_iter().filter_map(place).collect()
        };
        let own = connector.scopes.iter().map(|(scope, _)| scope.as_str());
        let sets = own.filter_map(|scope| Some((place(scope)?, satisfying(scope))));
        included_in.extend(sets);
        let mut known: HashMap<&str, ScopeSet> = HashMap::new();
        for action in &connector.actions {
            let index = catalog.find(&action.id);
            let Some((index, required)) = index.zip(action.required.as_ref()) else { continue };
            let clauses = required
                .iter()
                .map(|scope| known.entry(scope).or_insert_with(|| satisfying(scope)).clone());
            needs.push((index, clauses.collect()));
        }
    }
    Reference::of_includes(SOURCE.to_owned(), needs, included_in)
}
