//! StackOne's own files: the answer of `GET /actions`, and a connector as its author has it. Both
//! say which scopes an action requires, and which scopes include others.

mod answer;
mod connector;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};

use super::actions::ActionFile;
use super::builder::Builder;
use super::connector::{shared_names, unambiguous_keys};
use super::document::{Pointer, Problems};
use super::{Catalog, CatalogError, CatalogFault, CatalogNote, Connector};
use crate::domain::{IncludedIn, Reference, ScopeSet};

pub(super) use connector::Partial;

/// Who says what the actions require.
const SOURCE: &str = "StackOne";

/// The most scopes that may include one, directly or over other scopes. No connector comes near it.
const LIMIT: usize = 1_000;

/// Which of the two forms a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StackOneForm {
    Answer,
    Connector,
}

/// The statements of one connector.
struct Stated {
    key: String,
    name: String,
    /// The way of authorization, where there is one.
    method: Option<String>,
    /// Its scopes in the order of the file, each with those that it includes.
    scopes: Vec<(String, Vec<String>)>,
    actions: Vec<StatedAction>,
    notes: Vec<CatalogNote>,
}

#[derive(Clone, PartialEq, Eq)]
struct StatedAction {
    id: String,
    label: String,
    /// All of these. `None` if it is not known what it requires.
    required: Option<Vec<String>>,
}

/// For each scope, those that include it directly.
type Includers<'a> = HashMap<&'a str, Vec<&'a str>>;

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
    let undeclared = undeclared(&connectors).into_iter().map(str::to_owned);
    let undeclared = undeclared.map(|scope| CatalogNote::UndeclaredScope { scope });
    Ok((catalog, own.chain(undeclared).chain(further).chain(shared).collect()))
}

/// The scopes that are required or included, where their connector declares others and not these.
fn undeclared(connectors: &[Stated]) -> IndexSet<&str> {
    // One page may have the declarations, and another the actions.
    let mut declared: HashMap<&str, HashSet<&str>> = HashMap::new();
    for Stated { key, scopes, .. } in connectors {
        declared.entry(key).or_default().extend(scopes.iter().map(|(scope, _)| scope.as_str()));
    }
    let undeclared = connectors.iter().flat_map(|Stated { key, scopes, actions, .. }| {
        let declared = &declared[&**key];
        let included = scopes.iter().flat_map(|(_, included)| included);
        let named = required(actions).chain(included).map(String::as_str);
        named.filter(move |scope| !declared.is_empty() && !declared.contains(scope))
    });
    undeclared.collect()
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

/// Holds an action against the rules of a catalog. `scope_at` gives the path of a required scope.
fn check_action(
    StatedAction { id, required, .. }: &StatedAction,
    id_at: impl Fn() -> Pointer,
    scope_at: impl Fn(usize) -> Pointer,
    ids: &mut HashSet<String>,
    problems: &mut Problems,
) {
    if problems.check_token(id, &id_at) {
        problems.check_new(ids, id, id_at);
    }
    for (nth, scope) in required.iter().flatten().enumerate() {
        problems.check_token(scope, || scope_at(nth));
    }
}

/// `scopes` come each with those that it includes.
fn includers<'a>(scopes: impl IntoIterator<Item = &'a (String, Vec<String>)>) -> Includers<'a> {
    let mut includers = Includers::new();
    for (scope, included) in scopes {
        for other in included {
            includers.entry(other).or_default().push(scope);
        }
    }
    includers
}

/// The scope itself, and all that include it, directly or over other scopes.
///
/// # Errors
/// Too many include it.
fn satisfying<'a>(scope: &'a str, includers: &Includers<'a>) -> Result<Vec<&'a str>, CatalogFault> {
    let mut found = vec![scope];
    let mut seen: HashSet<&str> = found.iter().copied().collect();
    let mut next = 0;
    while let Some(&reached) = found.get(next) {
        if found.len() > LIMIT + 1 {
            let scope = scope.to_owned();
            return Err(CatalogFault::TooManyIncluders { scope, limit: LIMIT });
        }
        next += 1;
        let more = includers.get(reached).into_iter().flatten().copied();
        found.extend(more.filter(|&scope| seen.insert(scope)));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_satisfies_what_it_includes_over_any_number_of_steps() {
        let includes = |scope: &str, others: &[&str]| {
            (scope.to_owned(), others.iter().copied().map(str::to_owned).collect())
        };
        let scopes = [
            includes("all", &["write"]),
            includes("write", &["read"]),
            includes("read", &["all"]),
            includes("other", &[]),
        ];
        let found = includers(&scopes);
        for (scope, expected) in [
            // Even in a circle.
            ("read", &["read", "write", "all"][..]),
            ("other", &["other"]),
            ("unheard", &["unheard"]),
        ] {
            assert_eq!(satisfying(scope, &found).as_deref(), Ok(expected));
        }
        let open = includers(&scopes[..2]);
        assert_eq!(satisfying("write", &open).as_deref(), Ok(&["write", "all"][..]));
    }

    #[test]
    fn more_includers_than_any_connector_has_are_refused() {
        let chain: Vec<_> =
            (0..=LIMIT).map(|nth| (format!("s{}", nth + 1), vec![format!("s{nth}")])).collect();
        assert_eq!(satisfying("s1", &includers(&chain)).map(|found| found.len()), Ok(LIMIT + 1));
        let refused = CatalogFault::TooManyIncluders { scope: "s0".into(), limit: LIMIT };
        assert_eq!(satisfying("s0", &includers(&chain)), Err(refused));
    }
}
