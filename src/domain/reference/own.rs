//! The reference that a catalog of our own format carries: read, and written.

use std::collections::{BTreeMap, HashMap, HashSet};

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use super::{Operation, Reference, ScopeFacts};
use crate::domain::catalog::{
    Language, Object, Pointer, Problems, check_token, objects, offset_of, reason_without_place,
};
use crate::domain::json_text::each_on_a_line;
use crate::domain::{
    Accepts, ActionIndex, Catalog, CatalogFault, CatalogNote, ListedScopes, ScopeIndex, ScopeSet,
};

/// The reference in a catalog of our own format.
#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "a reference, which is an object")]
pub(in crate::domain) struct OwnReference {
    /// Who says all this.
    source: String,
    /// The meaning that the user gave to lists of several scopes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    listed_scopes: Option<ListedScopes>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    descriptions: BTreeMap<String, String>,
    #[serde(default, deserialize_with = "objects")]
    #[serde(serialize_with = "each_on_a_line", skip_serializing_if = "Vec::is_empty")]
    calls: Vec<CallFile>,
    #[serde(default, deserialize_with = "objects")]
    #[serde(serialize_with = "each_on_a_line", skip_serializing_if = "Vec::is_empty")]
    requires: Vec<RequiresFile>,
    #[serde(default, deserialize_with = "objects")]
    #[serde(serialize_with = "each_on_a_line", skip_serializing_if = "Vec::is_empty")]
    satisfied_by: Vec<SatisfiedByFile>,
}

/// A call of the API.
#[derive(Clone, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct CallFile {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    action: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    version: String,
    method: String,
    path: String,
    /// Any one of these, if the app has all of its scopes. `null` is not known.
    accepts: Option<Vec<Vec<String>>>,
    /// Whether it needs an API key or the like besides.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    other_credentials: bool,
    /// Whether it lists several scopes, of which any one may do, but was read as if it needed all.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    assumes_all: bool,
}

/// An action of which no call is known: one scope of each of these.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RequiresFile {
    action: String,
    clauses: Vec<Vec<String>>,
}

/// A scope, and those that include it, itself among them.
#[derive(Clone, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct SatisfiedByFile {
    scope: String,
    scopes: Vec<String>,
}

/// The path of what cannot be read in a reference. It is read again for that.
fn broken_field(json: &str) -> String {
    let mut parser = serde_json::Deserializer::from_str(json);
    let read: Result<Object<OwnReference>, _> = serde_path_to_error::deserialize(&mut parser);
    let path = read.err().map(|error| error.path().to_string());
    let path = path.filter(|path| path != ".");
    path.map_or_else(|| "reference".to_owned(), |path| format!("reference.{path}"))
}

/// Returns the path of an entry.
type PathOf<'a> = &'a dyn Fn() -> String;

/// Names to places. A reference speaks of the catalog's own scopes and actions alone.
struct Names<'a> {
    catalog: &'a Catalog,
    scopes: HashMap<&'a str, ScopeIndex>,
}

impl Reference {
    /// Reads the reference in a catalog.
    ///
    /// # Errors
    /// It has not the form of one, or names scopes or actions that the catalog does not list. Each fault comes
    /// with the byte at which it stands.
    pub(in crate::domain) fn parse_own(
        json: &str,
        catalog: &Catalog,
    ) -> Result<Self, Vec<(usize, CatalogFault)>> {
        let file = serde_json::from_str(json).map_err(|error| {
            let (field, reason) = (broken_field(json), reason_without_place(&error));
            let fault = CatalogFault::Malformed { field, reason };
            vec![(offset_of(json, error.line(), error.column()), fault)]
        });
        let Object(file): Object<OwnReference> = file?;
        let mut problems = Problems::default();
        if file.source.trim().is_empty() {
            let fault = CatalogFault::Empty { field: "reference.source".into() };
            problems.add(Pointer::of(["source"]), |_| fault);
        }
        let names = Names { catalog, scopes: catalog.scope_indices() };
        let facts = file.descriptions.into_iter().filter_map(|(name, words)| {
            let found = names.scope(&name, &|| "reference.descriptions".into());
            let scope = problems.keep(found, || Pointer::of(["descriptions", &name]))?;
            Some((scope, ScopeFacts::described(words)))
        });
        let facts = facts.collect();
        let call = |call, field: PathOf| names.call(call, field);
        let operations = read_list("calls", file.calls, &mut problems, call);
        let mut known: HashSet<_> = operations.iter().filter_map(|&(action, _)| action).collect();
        let need = |requires: RequiresFile, field: PathOf| {
            let action = names.action(&requires.action, field)?;
            // Of two that say what it needs, one would be lost.
            if !known.insert(action) {
                return Err(CatalogFault::Repeated { field: field(), value: requires.action });
            }
            let clauses = requires.clauses.iter().map(|clause| names.set(clause, field));
            Ok((action, clauses.collect::<Result<_, _>>()?))
        };
        let needs = read_list("requires", file.requires, &mut problems, need);
        let inclusion = |SatisfiedByFile { scope, scopes }, field: PathOf| {
            Ok((names.scope(&scope, field)?, names.set(&scopes, field)?))
        };
        let included_in = read_list("satisfied_by", file.satisfied_by, &mut problems, inclusion);
        let faults = problems.offsets(json, Language::Json);
        if !faults.is_empty() {
            return Err(faults);
        }
        let listed = file.listed_scopes;
        let reference = Self::own(file.source, operations, needs);
        Ok(Self { listed, facts, included_in, ..reference })
    }

    /// Notes on calls that list several scopes, of which any one may do, and on those that need something
    /// besides what OAuth gives.
    pub(in crate::domain) fn notes(&self) -> impl Iterator<Item = CatalogNote> {
        let count = |is_so: fn(&&Operation) -> bool| self.operations.iter().filter(is_so).count();
        let several = count(|call| call.assumes_all);
        let others = count(|call| call.other_credentials);
        let listed = (several > 0).then_some(CatalogNote::ListedScopes { operations: several });
        let others = (others > 0).then_some(CatalogNote::OtherCredentials { operations: others });
        listed.into_iter().chain(others)
    }

    /// The references that these catalogs came with as one. `None` if none of them has one.
    pub(in crate::domain) fn merge_own(catalogs: &[Catalog]) -> Option<OwnReference> {
        let mut file = OwnReference::default();
        let mut sources: IndexSet<&str> = IndexSet::new();
        let (mut actions, mut owners) = (HashSet::new(), HashMap::new());
        let order = catalogs.iter().flat_map(Catalog::scopes).map(String::as_str).collect();
        for catalog in catalogs.iter().filter(|catalog| catalog.is_described()) {
            let reference = catalog.reference()?;
            sources.insert(&reference.source.accepts);
            file.listed_scopes = file.listed_scopes.or(reference.listed);
            reference.add_to(&mut file, catalog, &order, &mut actions, &mut owners);
        }
        if sources.is_empty() {
            return None;
        }
        // A call that no action makes in one of them may be an action's in another.
        let made = file.calls.iter().filter(|call| call.action.is_some());
        let made: HashSet<_> = made.map(CallFile::of_no_action).collect();
        file.calls.retain(|call| !made.contains(call));
        file.source = sources.into_iter().collect::<Vec<_>>().join("; ");
        Some(file)
    }

    /// Entries that both catalogs have count once. `order` is that of the merged scopes, and `known` are the actions of
    /// catalogs before. Another API, which `owners` has the name of, may have a call of the same version, method and
    /// path; then this one gets the name of its API, so that both count.
    fn add_to<'c>(
        &self,
        file: &mut OwnReference,
        catalog: &'c Catalog,
        order: &IndexSet<&str>,
        known: &mut HashSet<&'c str>,
        owners: &mut HashMap<(String, String, String), &'c str>,
    ) {
        let names = |scopes| owned_names(catalog, scopes);
        for (&scope, facts) in &self.facts {
            let name = catalog.scope(scope).to_owned();
            file.descriptions.entry(name).or_insert_with(|| facts.description.clone());
        }
        let api = &*catalog.connector().name;
        let mut named = |mut call: CallFile| {
            if *owners.entry(call.call()).or_insert(api) != api {
                call.version = format!("{api} {}", call.version).trim_end().to_owned();
            }
            call
        };
        let earlier: HashSet<_> =
            file.calls.iter().filter(|call| call.action.is_none()).cloned().collect();
        for action in catalog.indices() {
            let id = catalog.action(action).id();
            let Some(calls) = self.calls.get(&action).filter(|_| known.insert(id)) else {
                continue;
            };
            if calls.operations.is_empty() {
                let clauses = calls.clauses.iter().map(names).collect();
                file.requires.push(RequiresFile { action: id.to_owned(), clauses });
            }
            let calls = self.operations_of(action).iter();
            file.calls
                .extend(calls.map(|call| named(CallFile::of(catalog, order, Some(id), call))));
        }
        let acted = self.calls.values().map(|calls| calls.operations.end).max();
        let further = self.operations.iter().skip(acted.unwrap_or(0));
        let further = further.map(|operation| named(CallFile::of(catalog, order, None, operation)));
        file.calls.extend(further.filter(|call| !earlier.contains(call)));
        // Several connectors of one catalog may say the same, each of its own scopes.
        let earlier: HashSet<_> = file.satisfied_by.iter().cloned().collect();
        let inclusions = self.included_in.iter().map(|(scope, scopes)| SatisfiedByFile {
            scope: catalog.scope(*scope).to_owned(),
            scopes: names(scopes),
        });
        file.satisfied_by.extend(inclusions.filter(|entry| !earlier.contains(entry)));
    }
}

impl CallFile {
    /// The call alone, whichever action makes it.
    fn of_no_action(&self) -> Self {
        Self { action: None, ..self.clone() }
    }

    /// The identity of a call: version, method and path.
    fn call(&self) -> (String, String, String) {
        (self.version.clone(), self.method.clone(), self.path.clone())
    }

    /// With the scopes in the order in which they are read again, so that calls can be compared.
    fn of(
        catalog: &Catalog,
        order: &IndexSet<&str>,
        action: Option<&str>,
        operation: &Operation,
    ) -> Self {
        let place = |name: &String| order.get_index_of(name.as_str());
        let names = |scopes| {
            let mut names = owned_names(catalog, scopes);
            names.sort_by_key(place);
            names
        };
        let accepts = &operation.accepts;
        let mut alternatives: Vec<_> = accepts.alternatives().iter().map(names).collect();
        alternatives.sort_by_cached_key(|names| Vec::from_iter(names.iter().map(place)));
        Self {
            action: action.map(str::to_owned),
            version: operation.version.clone(),
            method: operation.method.clone(),
            path: operation.path.clone(),
            accepts: accepts.is_known().then_some(alternatives),
            other_credentials: operation.other_credentials,
            assumes_all: operation.assumes_all,
        }
    }
}

fn owned_names(catalog: &Catalog, scopes: &ScopeSet) -> Vec<String> {
    catalog.names(scopes).into_iter().map(str::to_owned).collect()
}

/// Reads the entries of one of the reference's lists. Those with a fault, which is reported, are left out.
fn read_list<File, Entry>(
    list: &str,
    files: Vec<File>,
    problems: &mut Problems,
    mut read: impl FnMut(File, PathOf) -> Result<Entry, CatalogFault>,
) -> Vec<Entry> {
    let entries = files.into_iter().enumerate().filter_map(|(nth, file)| {
        let read = read(file, &|| format!("reference.{list}[{nth}]"));
        problems.keep(read, || Pointer::of([list]).item(nth))
    });
    entries.collect()
}

impl Names<'_> {
    fn call(
        &self,
        call: CallFile,
        field: PathOf,
    ) -> Result<(Option<ActionIndex>, Operation), CatalogFault> {
        let action = call.action.as_ref().map(|action| self.action(action, field)).transpose()?;
        let accepts = match &call.accepts {
            None => Accepts::UNKNOWN,
            Some(ways) => {
                let ways = ways.iter().map(|names| self.set(names, field));
                Accepts::of(ways.collect::<Result<Vec<_>, _>>()?)
            }
        };
        let CallFile { version, mut method, path, other_credentials, assumes_all, .. } = call;
        method.make_ascii_uppercase();
        for (text, key) in [(&method, "method"), (&path, "path")] {
            if text.trim().is_empty() {
                return Err(CatalogFault::Empty { field: format!("{}.{key}", field()) });
            }
        }
        check_token(&method, || format!("{}.method", field()))?;
        let operation = Operation { version, method, path, accepts, ..Operation::default() };
        Ok((action, Operation { other_credentials, assumes_all, ..operation }))
    }

    fn action(&self, id: &str, field: PathOf) -> Result<ActionIndex, CatalogFault> {
        let unknown = || CatalogFault::UnknownAction { field: field(), action: id.to_owned() };
        self.catalog.find(id).ok_or_else(unknown)
    }

    fn scope(&self, name: &str, field: PathOf) -> Result<ScopeIndex, CatalogFault> {
        let unknown = || CatalogFault::UnlistedScope { field: field(), scope: name.to_owned() };
        self.scopes.get(name).copied().ok_or_else(unknown)
    }

    fn set(&self, names: &[String], field: PathOf) -> Result<ScopeSet, CatalogFault> {
        names.iter().map(|name| self.scope(name, field)).collect()
    }
}
