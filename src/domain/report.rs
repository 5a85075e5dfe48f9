//! The JSON documents. Their keys are a promise: they are described by
//! `assets/schema/output.json`, keep their meaning, and new ones may come beside them.

use std::io;

use serde::{Serialize, Serializer};

use super::{
    ActionIndex, Answer, Catalog, ScopeDifference, ScopeIndex, ScopeList, Selection, Separator,
    Subject,
};

/// A selection, what it comes to and why.
#[derive(Serialize)]
pub struct SelectionReport<'a> {
    actions: Vec<ActionEntry<'a>>,
    scopes: Vec<&'a str>,
    scopes_by_action: Object<&'a str, Vec<&'a str>>,
    actions_by_scope: Object<&'a str, Vec<&'a str>>,
    guide_url: Option<String>,
    catalog: CatalogStamp<'a>,
}

/// The scopes of a selection, also as the one text that is pasted.
#[derive(Serialize)]
pub struct ScopesReport<'a> {
    pub text: &'a str,
    #[serde(flatten)]
    pub selection: SelectionReport<'a>,
}

/// Which actions of a selection work with the scopes that an app has.
#[derive(Serialize)]
pub struct CheckReport<'a> {
    granted: Vec<&'a str>,
    covered: Vec<&'a str>,
    missing_by_action: Object<&'a str, Vec<&'a str>>,
    missing: Vec<&'a str>,
    #[serde(flatten)]
    selection: SelectionReport<'a>,
}

/// What leads from one list of scopes to another.
#[derive(Serialize)]
pub struct DiffReport<'a> {
    add: Vec<&'a str>,
    drop: Vec<&'a str>,
    keep: Vec<&'a str>,
    /// Those of the scopes above that the catalog does not have.
    not_in_catalog: Vec<&'a str>,
    catalog: CatalogStamp<'a>,
}

/// What is known of some actions and scopes.
#[derive(Serialize)]
pub struct ExplainReport<'a> {
    explained: Vec<Explanation<'a>>,
    catalog: CatalogStamp<'a>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Explanation<'a> {
    Action {
        #[serde(flatten)]
        action: ActionEntry<'a>,
        actions_by_scope: Object<&'a str, Vec<&'a str>>,
    },
    Scope {
        scope: &'a str,
        actions: Vec<ActionEntry<'a>>,
    },
}

#[derive(Serialize)]
struct ActionEntry<'a> {
    id: &'a str,
    label: &'a str,
    scopes: Vec<&'a str>,
}

/// Says which catalog an answer was made from, so that a pasted one can be traced.
#[derive(Serialize)]
struct CatalogStamp<'a> {
    connector: Option<&'a str>,
    name: &'a str,
    actions: usize,
    scopes: usize,
    hash: String,
}

/// A JSON object whose keys stay in catalog order.
struct Object<K, V>(Vec<(K, V)>);

impl<K: Serialize, V: Serialize> Serialize for Object<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// Writes `report` as JSON for people: indented, with a newline at the end.
pub fn write_json(out: &mut impl io::Write, report: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    out.write_all(b"\n")
}

impl<'a> SelectionReport<'a> {
    pub fn new(catalog: &'a Catalog, selection: &Selection) -> Self {
        // The report has no joined text of its own, so that any separator will do.
        let answer = Answer::of(catalog, selection, Separator::default());
        let by_action = |index| {
            let entry = action_entry(catalog, index);
            (entry.id, entry.scopes)
        };
        let by_scope = |scope| {
            let needing = catalog.needing(scope, selection);
            (catalog.scope(scope), ids(catalog, needing))
        };
        Self {
            actions: entries(catalog, selection.iter()),
            scopes: names(catalog, answer.scopes().iter()),
            scopes_by_action: Object(selection.iter().map(by_action).collect()),
            actions_by_scope: Object(answer.scopes().iter().map(by_scope).collect()),
            guide_url: answer.url().map(str::to_owned),
            catalog: CatalogStamp::of(catalog),
        }
    }
}

impl<'a> CheckReport<'a> {
    pub fn new(catalog: &'a Catalog, granted: &'a ScopeList, selection: &Selection) -> Self {
        let missing = |index| granted.missing(catalog.action(index));
        let covered = selection.iter().filter(|&i| missing(i).next().is_none());
        let uncovered = selection.iter().filter(|&i| missing(i).next().is_some());
        let by_action = |index| {
            let id = catalog.action(index).id();
            (id, names(catalog, missing(index)))
        };
        let all_missing: super::ScopeSet = selection.iter().flat_map(missing).collect();
        Self {
            granted: granted.names(catalog).collect(),
            covered: ids(catalog, covered),
            missing_by_action: Object(uncovered.map(by_action).collect()),
            missing: names(catalog, all_missing.iter()),
            selection: SelectionReport::new(catalog, selection),
        }
    }
}

impl<'a> DiffReport<'a> {
    pub fn new(catalog: &'a Catalog, difference: &'a ScopeDifference) -> Self {
        let ScopeDifference { add, drop, keep } = difference;
        let foreign = [add, drop, keep].into_iter().flat_map(ScopeList::foreign);
        Self {
            add: add.names(catalog).collect(),
            drop: drop.names(catalog).collect(),
            keep: keep.names(catalog).collect(),
            not_in_catalog: foreign.collect(),
            catalog: CatalogStamp::of(catalog),
        }
    }
}

impl<'a> ExplainReport<'a> {
    pub fn new(catalog: &'a Catalog, subjects: &[Subject]) -> Self {
        let explain = |&subject| Explanation::of(catalog, subject);
        Self {
            explained: subjects.iter().map(explain).collect(),
            catalog: CatalogStamp::of(catalog),
        }
    }
}

impl<'a> Explanation<'a> {
    fn of(catalog: &'a Catalog, subject: Subject) -> Self {
        let everything = catalog.indices().collect();
        match subject {
            Subject::Action(index) => {
                let scopes = catalog.action(index).scopes().iter();
                let by_scope = |&scope| {
                    let needing = catalog.needing(scope, &everything);
                    (catalog.scope(scope), ids(catalog, needing))
                };
                Self::Action {
                    action: action_entry(catalog, index),
                    actions_by_scope: Object(scopes.map(by_scope).collect()),
                }
            }
            Subject::Scope(scope) => Self::Scope {
                scope: catalog.scope(scope),
                actions: entries(catalog, catalog.needing(scope, &everything)),
            },
        }
    }
}

impl<'a> CatalogStamp<'a> {
    fn of(catalog: &'a Catalog) -> Self {
        Self {
            connector: catalog.connector().key.as_deref(),
            name: &catalog.connector().name,
            actions: catalog.len(),
            scopes: catalog.scopes().len(),
            hash: catalog.fingerprint().to_string(),
        }
    }
}

fn entries<'a>(
    catalog: &'a Catalog,
    actions: impl Iterator<Item = ActionIndex>,
) -> Vec<ActionEntry<'a>> {
    actions.map(|index| action_entry(catalog, index)).collect()
}

fn action_entry(catalog: &Catalog, index: ActionIndex) -> ActionEntry<'_> {
    let action = catalog.action(index);
    ActionEntry {
        id: action.id(),
        label: action.label(),
        scopes: names(catalog, action.scopes().iter().copied()),
    }
}

fn ids(catalog: &Catalog, actions: impl Iterator<Item = ActionIndex>) -> Vec<&str> {
    actions.map(|index| catalog.action(index).id()).collect()
}

fn names(catalog: &Catalog, scopes: impl Iterator<Item = ScopeIndex>) -> Vec<&str> {
    scopes.map(|scope| catalog.scope(scope)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Index, PatternError, read_ids};
    use proptest::prelude::*;

    fn json(report: &impl Serialize) -> Vec<u8> {
        let mut out = Vec::new();
        write_json(&mut out, report).expect("a vector takes everything");
        out
    }

    proptest! {
        #[test]
        fn a_selection_is_read_back_from_its_report(
            positions in prop::collection::btree_set(0_usize..121, 1..121),
        ) {
            let catalog = Catalog::pipedrive();
            let selection: Selection = positions.into_iter().map(Index::from_position).collect();
            let ids = read_ids(&json(&SelectionReport::new(&catalog, &selection)));
            let mut read_back = Selection::new();
            for listed in ids.expect("our own JSON") {
                let named: Result<Selection, PatternError> = catalog.named(&listed.id);
                named.expect("our own ids").iter().for_each(|index| read_back.insert(index));
            }
            prop_assert_eq!(read_back, selection);
        }

        #[test]
        fn the_scopes_of_a_report_are_those_of_the_answer(
            positions in prop::collection::btree_set(0_usize..121, 0..121),
        ) {
            let catalog = Catalog::pipedrive();
            let selection: Selection = positions.into_iter().map(Index::from_position).collect();
            let answer = Answer::of(&catalog, &selection, Separator::Comma);
            let bytes = json(&SelectionReport::new(&catalog, &selection));
            let list = ScopeList::parse(&catalog, &bytes).expect("our own JSON");
            prop_assert_eq!(list.known(), answer.scopes());
            prop_assert_eq!(list.foreign().next(), None);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let catalog = Catalog::pipedrive();
            let _ = read_ids(&bytes);
            if let Ok(list) = ScopeList::parse(&catalog, &bytes) {
                for name in list.names(&catalog) {
                    let ends = |c: char| c.is_whitespace() || ",;|".contains(c);
                    prop_assert!(!name.is_empty() && !name.contains(ends), "{name:?}");
                }
            }
        }
    }
}
