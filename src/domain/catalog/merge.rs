use std::collections::{BTreeSet, HashMap};

use indexmap::{IndexMap, IndexSet};
use serde::Serialize;
use thiserror::Error;

use super::actions::ActionFile;
use super::connector::{PIPEDRIVE, shared_names, unambiguous_keys};
use super::{Action, Catalog, CatalogNote, Connector, Page};
use crate::domain::guide::Guide;
use crate::domain::json_text::{each_on_a_line, on_a_line, write_json};
use crate::domain::{OwnReference, Reference, Selection, excerpt};

/// Why catalogs cannot be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeError {
    /// The place of the later catalog among those that were to be merged, from 0.
    pub catalog: usize,
    /// The place of the earlier one.
    pub other: usize,
    pub clash: Clash,
}

/// A contradiction between two catalogs, as a sentence about the later and the earlier one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Clash {
    #[error(
        "The id `{}` in the first begins like those of Pipedrive in the second, but its action is another connector's, so they cannot be told apart; import the two files separately.",
        excerpt(.0)
    )]
    Key(String),
    #[error(
        "The action `{}` has another label, other scopes, calls or credentials in each; import the two files separately.",
        excerpt(.0)
    )]
    Action(String),
    #[error(
        "One says what a guide asks for, the other what an API accepts; import them separately."
    )]
    Authority,
    /// Such as Microsoft Graph's schemes.
    #[error(
        "Their scopes are asked for in different ways; import both descriptions again with the same `--scheme`."
    )]
    Method,
    #[error(
        "Of a list of scopes, one needs all, the other any one; import both descriptions again with the same `--listed-scopes`."
    )]
    ListedScopes,
}

/// A catalog in our own format, for people: an action and a step on a line.
#[derive(Serialize)]
struct CatalogFile<'a> {
    #[serde(serialize_with = "on_a_line")]
    connector: Connector,
    #[serde(serialize_with = "on_a_line", skip_serializing_if = "Option::is_none")]
    page: Option<&'a Page>,
    scopes: IndexSet<&'a str>,
    #[serde(serialize_with = "each_on_a_line")]
    actions: Vec<ActionFile<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<OwnReference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guide: Option<Guide>,
}

/// The text, in our own format, of all these catalogs as one.
///
/// Scopes and actions keep their order, those of the first catalog first. What two catalogs both
/// have counts once: a scope, and an action with the same label and scopes. The connector and the
/// page are those that all of them name; where they name several connectors, the name lists them.
///
/// # Errors
/// Two of them clash.
pub fn merge(catalogs: &[Catalog]) -> Result<String, MergeError> {
    let mut text = Vec::new();
    // A vector takes everything, and all keys are texts.
    let _ = write_json(&mut text, &merged(catalogs)?);
    Ok(String::from_utf8(text).unwrap_or_default())
}

/// The scopes that catalogs of different connectors have in common by name, in the order of the
/// first that has them.
pub fn shared_scopes(catalogs: &[Catalog]) -> Vec<&str> {
    shared_names(catalogs.iter().flat_map(|catalog| {
        let connector = catalog.connector().name.as_str();
        catalog.scopes().iter().map(move |scope| (connector, scope.as_str()))
    }))
}

impl Catalog {
    /// Notes on an answer for a selection: about scopes that actions of several connectors need, or the
    /// API accepts for them, by the same name, and about pages that are missing where all actions are
    /// selected.
    pub fn notes_on(&self, selection: &Selection) -> impl Iterator<Item = CatalogNote> {
        let Connector { merged, shared, .. } = self.connector();
        let is_merged = !merged.is_empty() || !shared.is_empty();
        let named = selection.iter().filter(|_| is_merged).flat_map(|index| {
            let action = self.action(index);
            let accepted = self.possible(index).map(|scope| self.scope(scope));
            action.scope_names().chain(accepted).map(move |scope| (action.key(), scope))
        });
        let (owned, others): (Vec<_>, Vec<_>) = named.partition(|(key, _)| key.is_some());
        let open = others.into_iter().map(|(_, scope)| scope).filter(|&of| shared.contains(of));
        let told: IndexSet<_> = shared_names(owned.into_iter()).into_iter().chain(open).collect();
        let told = CatalogNote::of_shared(told.into_iter().collect());
        let is_all = self.has_more && selection.len() == self.len();
        told.into_iter().chain(is_all.then_some(CatalogNote::FurtherPages))
    }
}

fn merged(catalogs: &[Catalog]) -> Result<CatalogFile<'_>, MergeError> {
    let mut actions: IndexMap<&str, (usize, Action)> = IndexMap::new();
    let mut listed = None;
    let mut methods: HashMap<&str, (usize, &String)> = HashMap::new();
    for (position, catalog) in catalogs.iter().enumerate() {
        let clash_with = |other, clash| Err(MergeError { catalog: position, other, clash });
        if catalog.is_described() != catalogs[0].is_described() {
            return clash_with(0, Clash::Authority);
        }
        // Descriptions of APIs have no key.
        let Connector { key, name, method, .. } = catalog.connector();
        if let Some(own) = method.as_ref().filter(|_| key.is_none() && catalog.is_described()) {
            let (first, method) = *methods.entry(name).or_insert((position, own));
            if method != own {
                return clash_with(first, Clash::Method);
            }
        }
        if let Some(own) = catalog.listed_scopes() {
            let (first, meaning) = *listed.get_or_insert((position, own));
            if meaning != own {
                return clash_with(first, Clash::ListedScopes);
            }
        }
        for action in catalog.indices().map(|index| catalog.action(index)) {
            let (other, known) = *actions.entry(action.id()).or_insert((position, action));
            if other != position && !says_the_same(action, known) {
                return clash_with(other, Clash::Action(action.id().to_owned()));
            }
        }
    }
    let scopes = catalogs.iter().flat_map(|catalog| catalog.scopes()).map(String::as_str);
    let actions = actions
        .into_values()
        .map(|(_, action)| ActionFile::new(action.id(), action.label(), action.scope_names()));
    Ok(CatalogFile {
        connector: connector(catalogs)?,
        page: common(catalogs.iter().map(|catalog| catalog.page())).flatten(),
        scopes: scopes.collect(),
        actions: actions.collect(),
        reference: Reference::merge_own(catalogs),
        guide: guide(catalogs),
    })
}

fn says_the_same(action: Action, other: Action) -> bool {
    let accepts_the_same = || {
        action.named_requirement() == other.named_requirement()
            && action.named_calls() == other.named_calls()
    };
    let [scopes, other_scopes] =
        [action, other].map(|action| action.scope_names().collect::<BTreeSet<_>>());
    action.label() == other.label()
        && scopes == other_scopes
        && (!action.catalog.is_described() || accepts_the_same())
}

/// The guides of these catalogs as one, each once. `None` if none of them has one.
fn guide(catalogs: &[Catalog]) -> Option<Guide> {
    let mut guides: Vec<&Guide> = Vec::new();
    for guide in catalogs.iter().filter_map(Catalog::guide) {
        if !guides.contains(&guide) {
            guides.push(guide);
        }
    }
    let sections: Vec<_> = guides.into_iter().flat_map(|guide| &guide.sections).cloned().collect();
    (!sections.is_empty()).then_some(Guide { sections })
}

fn connector(catalogs: &[Catalog]) -> Result<Connector, MergeError> {
    let all = || catalogs.iter().map(Catalog::connector);
    let mut names: IndexSet<_> = all().map(|connector| connector.name.as_str()).collect();
    // A merged catalog has those of its parts.
    let lists = names.clone();
    let is_part = |name, list: &str| list != name && list.split(", ").any(|one| one == name);
    names.retain(|name| !lists.iter().any(|list| is_part(*name, list)));
    let key = common(all().map(|connector| &connector.key)).cloned().flatten();
    let merged = match key {
        Some(_) => BTreeSet::new(),
        None => unambiguous_keys(catalogs.iter().map(|catalog| {
            let ids = catalog.indices().map(|index| catalog.action(index).id());
            (catalog.connector().keys().collect(), ids.collect())
        }))
        .map_err(|(catalog, id)| {
            let other = all().position(|connector| connector.keys().any(|key| key == PIPEDRIVE));
            let clash = Clash::Key(id.to_owned());
            MergeError { catalog, other: other.unwrap_or_default(), clash }
        })?,
    };
    // Some actions have no key, so that only the catalogs tell whose a scope is.
    let is_open = key.is_none() && !all().all(|connector| connector.keys().next().is_some());
    let shared = shared_scopes(catalogs).into_iter().filter(|_| is_open).map(str::to_owned);
    let known = all().flat_map(|connector| &connector.shared).cloned();
    Ok(Connector {
        shared: shared.chain(known).collect(),
        name: names.into_iter().collect::<Vec<_>>().join(", "),
        method: common(all().map(|connector| &connector.method)).cloned().flatten(),
        merged,
        key,
    })
}

/// Returns the first item if all are the same.
fn common<T: PartialEq>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.all(|item| item == first).then_some(first)
}
