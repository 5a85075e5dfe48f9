mod file;

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use serde::Serialize;

use super::power::alternatives;
use super::{ActionIndex, Catalog, CatalogError, Index, Powers, Provider, ScopeIndex, ScopeSet};

/// What the provider's own API accepts, joined to a catalog: which calls stand behind an action,
/// and which scopes each of them takes. All of it is claimed by its [`Source`].
#[derive(Clone, Debug)]
pub struct Reference {
    source: Source,
    /// Scopes that the catalog's form does not list, in the reference's order.
    further_scopes: Vec<String>,
    /// Whose actions it speaks of; none where it speaks of all.
    provider: Option<Provider>,
    /// Scopes that actions of other providers need. By its name alone such a scope does not tell
    /// whose it is, so nothing is said of it.
    shared: ScopeSet,
    facts: HashMap<ScopeIndex, ScopeFacts>,
    always_granted: ScopeSet,
    /// Those of one action stand together; those that carry out no action of the catalog come last.
    operations: Vec<Operation>,
    calls: HashMap<ActionIndex, Calls>,
    /// Made when it is first asked for: most commands never do.
    powers: OnceLock<Powers>,
}

/// Where the claims come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Who says which scopes a call accepts.
    pub accepts: String,
    /// Who says it differently, where somebody does.
    pub documented: String,
    /// Whether the claims were tried on a live account.
    pub verified_live: bool,
}

/// What the provider says of a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeFacts {
    /// What the scope is called in the provider's form, where that is known.
    pub form_name: Option<String>,
    pub description: String,
}

/// One call of the provider's API. Most carry out no action of the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The version of the provider's API, such as `v2`.
    pub version: String,
    pub method: String,
    pub path: String,
    /// Any one of these authorises the call.
    pub accepts: ScopeSet,
    /// The same according to the documentation, only where that differs.
    pub documented: Option<ScopeSet>,
}

/// The calls of one action, and what they come to.
#[derive(Clone, Debug)]
pub(super) struct Calls {
    /// Their places in the reference. Never empty.
    operations: Range<usize>,
    /// The scopes that every version and every source accepts.
    every: ScopeSet,
    /// The scopes that some version and some source accepts.
    any: ScopeSet,
}

impl Reference {
    /// Reads a reference for the actions of `provider` in `catalog`, or for all where none is
    /// given. None when it knows none of them.
    pub(super) fn parse(
        json: &str,
        catalog: &Catalog,
        provider: Option<Provider>,
    ) -> Result<Option<Self>, CatalogError> {
        let reference = file::read(json, catalog, provider)?;
        Ok((!reference.calls.is_empty()).then_some(reference))
    }

    pub fn source(&self) -> &Source {
        &self.source
    }

    pub(super) fn further_scopes(&self) -> &[String] {
        &self.further_scopes
    }

    /// Whether it may say anything of the actions of `provider`.
    pub(super) fn speaks_of(&self, provider: Provider) -> bool {
        self.provider.is_none_or(|own| own == provider)
    }

    /// The scopes that every app of the provider has without asking.
    pub fn always_granted(&self) -> &ScopeSet {
        &self.always_granted
    }

    /// Every call of the API that it knows, whether an action makes it or not.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// Which of the calls scopes unlock. Where client and page differ, either is believed.
    pub(super) fn powers(&self) -> &Powers {
        self.powers.get_or_init(|| {
            let operations = self.operations.iter();
            Powers::new(operations.map(|operation| {
                (alternatives(operation, &self.always_granted), operation.changes_data())
            }))
        })
    }

    fn operations_of(&self, action: ActionIndex) -> &[Operation] {
        let places = self.calls(action).map(|calls| calls.operations.clone());
        places.and_then(|places| self.operations.get(places)).unwrap_or_default()
    }

    /// The actions that it knows, in no order.
    pub(super) fn actions(&self) -> impl Iterator<Item = ActionIndex> {
        self.calls.keys().copied()
    }

    pub(super) fn calls(&self, action: ActionIndex) -> Option<&Calls> {
        self.calls.get(&action)
    }
}

/// Says whose claims these are, and that they are claims.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { accepts, documented, verified_live } = self;
        let tried = if *verified_live { "was tried" } else { "was not tried" };
        write!(
            f,
            "What the API accepts is a claim of {accepts}, and of {documented} where that says \
             otherwise. It {tried} on a live account."
        )
    }
}

impl Calls {
    /// The calls of `all` at some places, which are not none.
    fn new(all: &[Operation], places: Range<usize>) -> Self {
        let mut claims = all[places.clone()].iter().flat_map(Operation::claims);
        let first = claims.next().cloned().unwrap_or_default();
        let (every, any) = claims.fold((first.clone(), first), |(every, any), claim| {
            (every.common(claim), any.joined(claim))
        });
        Self { operations: places, every, any }
    }

    pub(super) fn every(&self) -> &ScopeSet {
        &self.every
    }

    pub(super) fn any(&self) -> &ScopeSet {
        &self.any
    }
}

impl Operation {
    /// What each source says, the client first.
    pub fn claims(&self) -> impl Iterator<Item = &ScopeSet> {
        std::iter::once(&self.accepts).chain(&self.documented)
    }
}

impl Catalog {
    /// The calls that carry out an action; none where the reference does not know it.
    pub fn operations(&self, action: ActionIndex) -> &[Operation] {
        self.reference().map_or(&[], |reference| reference.operations_of(action))
    }

    /// The scopes that every version and every source accepts for an action. Empty where they have
    /// none in common; none where the reference does not know the action.
    pub fn accepted(&self, action: ActionIndex) -> Option<&ScopeSet> {
        self.reference()?.calls(action).map(Calls::every)
    }

    /// What the provider says of a scope, where the reference knows it.
    pub fn facts(&self, scope: ScopeIndex) -> Option<&ScopeFacts> {
        let reference = self.reference()?;
        reference.facts.get(&scope).filter(|_| !reference.shared.contains(scope))
    }

    /// The name of a scope in the provider's form, where that is known.
    pub fn form_name(&self, scope: ScopeIndex) -> Option<&str> {
        self.facts(scope)?.form_name.as_deref()
    }

    /// Names to places, of the form's scopes and of those that only the reference knows.
    pub(super) fn scope_indices(&self) -> HashMap<&str, ScopeIndex> {
        self.all_scopes().map(|index| (self.scope(index), index)).collect()
    }

    /// The names of some scopes, in catalog order.
    pub fn names(&self, scopes: &ScopeSet) -> Vec<&str> {
        scopes.iter().map(|scope| self.scope(scope)).collect()
    }

    /// Whether every app has this scope without asking, whichever action needs it.
    pub fn is_always_granted(&self, scope: ScopeIndex) -> bool {
        self.reference().is_some_and(|reference| {
            reference.always_granted.contains(scope) && !reference.shared.contains(scope)
        })
    }

    /// Whether every app that `action` is for has this scope without asking.
    pub fn is_granted_for(&self, action: ActionIndex, scope: ScopeIndex) -> bool {
        self.reference().is_some_and(|reference| {
            reference.always_granted.contains(scope) && reference.speaks_of(self.provider(action))
        })
    }

    /// The set of every scope that stands in the catalog's own list.
    pub fn form_scopes(&self) -> ScopeSet {
        (0..self.scopes().len()).map(ScopeIndex::from_position).collect()
    }
}

#[cfg(test)]
impl Catalog {
    /// With a reference of these calls: an action, a version, and what that accepts. Every app has
    /// `base`.
    pub(crate) fn with_calls<'a>(
        self,
        scopes: &[&str],
        calls: impl IntoIterator<Item = (impl AsRef<str>, &'a str, impl AsRef<[&'a str]>)>,
    ) -> Self {
        use serde_json::{Value, json};

        let scopes = scopes.iter().map(|&name| {
            let always = name == "base";
            json!({"name": name, "hub_name": null, "description": "d", "always_granted": always})
        });
        let operations = calls.into_iter().map(|(action, version, accepts)| {
            let (action, accepts) = (action.as_ref(), accepts.as_ref());
            json!({
                "action": action, "version": version, "method": "GET", "path": "/a",
                "accepts": accepts
            })
        });
        let reference = json!({
            "source": {"accepts": "a", "documented": "d", "verified_live": false},
            "scopes": scopes.collect::<Value>(),
            "operations": operations.collect::<Value>(),
        });
        self.with_reference(&reference.to_string()).expect("the reference keeps the rules")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(catalog.names(documented), ["admin", "deal-fields:full"]);
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
