mod file;
mod known;
mod own;

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

pub(in crate::domain) use own::OwnReference;

use super::clauses::clauses;
use super::power::alternatives;
use super::{Accepts, ActionIndex, ListedScopes, Operation, Powers, ScopeIndex, ScopeSet};

/// Scopes, each with those that satisfy it, itself among them.
pub(super) type IncludedIn = Vec<(ScopeIndex, ScopeSet)>;

/// The most clauses of an action that are compared with each other.
const MOST_CLAUSES: usize = 100;

/// The scopes that the provider's API accepts, joined to a catalog: the calls that each action
/// makes, and the scopes that each call accepts. All of these are claims of its [`Source`].
#[derive(Clone, Debug, Default)]
pub struct Reference {
    pub source: Source,
    /// Whether the reference came with the catalog. Such a catalog has no guide.
    pub(super) is_own: bool,
    /// The meaning that the user gave to lists of several scopes, if there are some.
    pub(super) listed: Option<ListedScopes>,
    /// Scopes that the catalog's form does not list, in the reference's order.
    pub(super) further_scopes: Vec<String>,
    /// The key of the connector whose actions it covers. `None` if it covers all actions.
    key: Option<&'static str>,
    /// Whether the catalog has actions of other APIs too, whose calls it does not know.
    is_partial: bool,
    /// Scopes that actions of other connectors need. By its name alone such a scope does not tell
    /// whose it is, so nothing is said of it.
    shared: ScopeSet,
    pub(super) facts: HashMap<ScopeIndex, ScopeFacts>,
    /// The scopes that every app of the provider has without asking.
    pub(super) always_granted: ScopeSet,
    /// The operations of one action are adjacent. Those of no action come last.
    operations: Vec<Operation>,
    /// Of the actions that it knows.
    calls: hashbrown::HashMap<ActionIndex, Calls>,
    /// The scopes that satisfy each of some scopes, itself among them, where some include others.
    pub(super) included_in: IncludedIn,
    /// Made when it is first asked for, like the next: most commands never do.
    powers: OnceLock<Powers>,
    /// By scope, the places of the calls that it is enough for, as some source says.
    by_scope: OnceLock<HashMap<ScopeIndex, Vec<usize>>>,
}

/// The source of the claims.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Who says which scopes a call accepts.
    pub accepts: String,
    /// Who says it differently, where somebody does.
    pub documented: Option<String>,
    /// Whether the claims were tested on a live account.
    pub verified_live: bool,
}

/// The provider's description of a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeFacts {
    /// The name of the scope in the provider's form. `None` if it is unknown.
    pub form_name: Option<String>,
    pub description: String,
}

/// The calls of one action, and what they come to.
#[derive(Clone, Debug)]
pub(super) struct Calls {
    /// Their places in the reference.
    operations: Range<usize>,
    /// The clauses of every version and every source: the app needs one scope of each. No scope
    /// meets an empty clause.
    pub clauses: Vec<ScopeSet>,
    /// The scopes in the clauses of some version and some source.
    pub any: ScopeSet,
    /// Whether every version and every source says what it accepts, in no more clauses than are built.
    is_known: bool,
}

impl Reference {
    /// The same, but for the actions of which it knows no call what `other` knows. That one speaks
    /// of the same catalog.
    pub(super) fn completed_by(mut self, mut other: Self) -> Self {
        let start = self.operations.len();
        self.operations.append(&mut other.operations);
        for (action, mut calls) in other.calls {
            if self.operations_of(action).is_empty() {
                calls.operations = calls.operations.start + start..calls.operations.end + start;
                self.calls.insert(action, calls);
            }
        }
        self.source = Source {
            accepts: format!("{} and {}", self.source.accepts, other.source.accepts),
            ..other.source
        };
        self.included_in.retain(|(scope, _)| !other.facts.contains_key(scope));
        other.facts.extend(self.facts);
        Self {
            // By its name alone, a scope of other actions would be granted too.
            always_granted: other.always_granted.difference(&other.shared),
            facts: other.facts,
            further_scopes: other.further_scopes,
            shared: other.shared,
            is_partial: self.is_partial || other.is_partial,
            ..self
        }
    }

    /// The reference that came with a catalog: who says it, the calls with the actions that they carry
    /// out, and actions of which no call is known, which need one scope of each clause.
    pub(super) fn own(
        source: String,
        operations: Vec<(Option<ActionIndex>, Operation)>,
        needs: Vec<(ActionIndex, Vec<ScopeSet>)>,
    ) -> Self {
        let is_partial = !needs.is_empty() && !operations.is_empty();
        let source = Source { accepts: source, ..Source::default() };
        let mut reference = Self { source, is_own: true, is_partial, ..Self::default() };
        for (action, clauses) in needs {
            let (clauses, any) = (least_clauses(clauses), ScopeSet::new());
            reference
                .calls
                .insert(action, Calls { operations: 0..0, clauses, any, is_known: true });
        }
        reference.add_operations(operations);
        reference
    }

    /// Takes in calls, each with the action that it carries out.
    fn add_operations(&mut self, mut operations: Vec<(Option<ActionIndex>, Operation)>) {
        operations.sort_by_key(|&(action, _)| (action.is_none(), action));
        let (actions, operations): (Vec<_>, _) = operations.into_iter().unzip();
        self.operations = operations;
        let mut end = 0;
        for same in actions.chunk_by(|one, next| one == next) {
            let places = end..end + same.len();
            end = places.end;
            if let Some(action) = same[0] {
                self.calls.insert(action, Calls::new(&self.operations, places));
            }
        }
    }

    /// Whether it covers the actions of the connector with this key.
    fn covers(&self, key: Option<&str>) -> bool {
        self.key.is_none_or(|own| key == Some(own))
    }

    /// Returns `true` if it knows the calls of every API that the catalog has actions of, so that what
    /// scopes allow can be counted.
    pub(super) fn counts_calls(&self) -> bool {
        !self.operations.is_empty() && !self.is_partial
    }

    /// The places of all calls that it knows, whether an action makes them or not. Several actions may
    /// make the same call, which counts once.
    fn distinct(&self) -> impl Iterator<Item = usize> {
        let mut known = HashSet::new();
        let is_new = move |&place: &usize| {
            let operation = &self.operations[place];
            known.insert((operation.call(), &operation.accepts, &operation.documented))
        };
        (0..self.operations.len()).filter(is_new)
    }

    /// Every call of the API that it knows.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.distinct().map(|place| &self.operations[place])
    }

    /// The calls that scopes unlock. If client and page differ, either is enough.
    pub(super) fn powers(&self) -> &Powers {
        self.powers.get_or_init(|| {
            let calls = self.operations().map(|operation| {
                (alternatives(operation, &self.always_granted), operation.changes_data())
            });
            Powers::new(calls).with_inclusions(self.included_in.iter().map(|(_, scopes)| scopes))
        })
    }

    /// The calls that `scope` is enough for, as some source says, but for those that ask for nothing.
    pub(super) fn operations_with(&self, scope: ScopeIndex) -> impl Iterator<Item = &Operation> {
        let by_scope = self.by_scope.get_or_init(|| {
            let mut by_scope: HashMap<_, Vec<_>> = HashMap::new();
            for place in self.distinct() {
                for scope in self.operations[place].single_scopes().iter() {
                    by_scope.entry(scope).or_default().push(place);
                }
            }
            by_scope
        });
        let places = by_scope.get(&scope).into_iter().flatten();
        places.filter_map(|&place| self.operations.get(place))
    }

    fn operations_of(&self, action: ActionIndex) -> &[Operation] {
        let places = self.calls.get(&action).map(|calls| calls.operations.clone());
        places.and_then(|places| self.operations.get(places)).unwrap_or_default()
    }
}

impl ScopeFacts {
    /// The provider's description of a scope, which has no form.
    pub(super) fn described(description: String) -> Self {
        Self { form_name: None, description }
    }
}

/// Says whose claims these are, and that they are claims.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { accepts, documented, verified_live } = self;
        let tried = if *verified_live { "was tried" } else { "was not tried" };
        write!(f, "What the API accepts is a claim of {accepts}")?;
        if let Some(documented) = documented {
            write!(f, ", and of {documented} where that says otherwise")?;
        }
        write!(f, ". It {tried} on a live account.")
    }
}

impl Calls {
    /// The calls of `all` at some places, which are not none.
    fn new(all: &[Operation], places: Range<usize>) -> Self {
        let claims = all[places.clone()].iter().flat_map(Operation::claims);
        // Not known are claims that say nothing, and those of too many clauses.
        let clauses_of = |claim: &Accepts| clauses(claim.is_known().then(|| claim.alternatives())?);
        let each: Vec<_> = claims.map(clauses_of).collect();
        let any = each.iter().flatten().flatten().flat_map(ScopeSet::iter).collect();
        let clauses: Option<Vec<_>> = each.into_iter().collect();
        let is_known = clauses.is_some();
        let clauses = least_clauses(clauses.unwrap_or_default().concat());
        Self { operations: places, clauses, any, is_known }
    }
}

/// Without the clauses that others imply. Of more clauses than anybody writes, all stay.
fn least_clauses(clauses: Vec<ScopeSet>) -> Vec<ScopeSet> {
    if clauses.len() > MOST_CLAUSES {
        return clauses;
    }
    let is_implied = |place: usize| {
        let clause = &clauses[place];
        clauses.iter().enumerate().any(|(other, one)| {
            other != place && one.is_subset(clause) && (one != clause || other < place)
        })
    };
    let kept = (0..clauses.len()).filter(|&place| !is_implied(place));
    kept.map(|place| clauses[place].clone()).collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::Catalog;

    #[test]
    fn every_action_has_a_call_and_every_scope_of_the_form_is_explained() {
        let catalog = Catalog::pipedrive();
        for action in catalog.indices() {
            let id = catalog.action(action).id();
            assert!(!catalog.operations(action).is_empty(), "{id}");
        }
        for scope in catalog.form_scopes().iter() {
            assert!(catalog.facts(scope).is_some(), "{}", catalog.scope(scope));
        }
    }

    #[test]
    fn scopes_that_only_the_reference_knows_come_after_the_form_in_its_order() {
        let catalog = Catalog::pipedrive();
        let further: Vec<_> = catalog.all_scopes().skip(19).collect();
        let names: Vec<_> = further.iter().map(|&s| catalog.scope(s)).collect();
        assert_eq!(names.first(), Some(&"base"));
        assert_eq!(names.len(), 11);
        let fields = |name: &str| names.iter().position(|&n| n == name);
        assert!(fields("contact-fields:full") < fields("deal-fields:full"));
        assert!(fields("contact-fields:full").is_some());
    }

    #[test]
    fn operations_carry_version_method_path_and_both_sources() {
        let catalog = Catalog::pipedrive();
        let action = catalog.find("pipedrive_update_deal_field").expect("known");
        let [newer, older] = catalog.operations(action) else {
            panic!("two versions");
        };
        assert_eq!(
            (&*newer.version, &*newer.method, &*newer.path),
            ("v2", "PATCH", "/dealFields/{field_code}")
        );
        let documented = newer.documented.as_ref().expect("the page disagrees");
        let names = documented.alternatives().iter().map(|scopes| catalog.names(scopes));
        assert_eq!(names.collect::<Vec<_>>(), [["admin"], ["deal-fields:full"]]);
        assert_eq!((&*older.version, &older.documented), ("v1", &None));
    }

    #[test]
    fn the_form_name_is_the_one_that_pipedrive_shows() {
        let catalog = Catalog::pipedrive();
        let names = catalog.scope_indices();
        let form_name = |name: &str| catalog.form_name(names[name]);
        assert_eq!(form_name("deals:read"), Some("Deals: Read only"));
        assert_eq!(form_name("phone-integration"), Some("Call logs"));
        assert_eq!(form_name("project-fields:full"), None);
    }

    #[test]
    fn a_catalog_of_another_connector_stays_without_a_reference() {
        let catalog = Catalog::parse(
            r#"{"connector": {"key": "x", "name": "X", "method": "OAuth 2.0"},
                "page": {"address": "https://example.com/x", "parameter": "actions"},
                "scopes": ["r"],
                "actions": [{"id": "x_a", "label": "A", "scopes": ["r"]}]}"#,
        )
        .and_then(Catalog::with_embedded_reference)
        .expect("it keeps the rules");
        assert!(catalog.reference().is_none());
        assert_eq!(catalog.all_scopes().count(), 1);
    }
}
