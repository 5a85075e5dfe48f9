//! Facts about a catalog's actions and scopes beyond its guide.

use super::{Calls, Operation, ScopeFacts};
use crate::domain::{ActionIndex, Catalog, ListedScopes, ScopeIndex, ScopeSet};

impl Catalog {
    /// The calls that carry out an action. Empty if the reference does not know it.
    pub fn operations(&self, action: ActionIndex) -> &[Operation] {
        self.reference().map_or(&[], |reference| reference.operations_of(action))
    }

    /// The requirements of an action, and the scopes that every app has. `None` if the reference does not
    /// know the action.
    pub(in crate::domain) fn calls(&self, action: ActionIndex) -> Option<(&Calls, &ScopeSet)> {
        let reference = self.reference()?;
        let calls = reference.calls.get(&action).filter(|calls| calls.is_known)?;
        Some((calls, &reference.always_granted))
    }

    /// One scope of each of these authorises an action in every version and source. `None` if that
    /// is not known.
    pub fn clauses(&self, action: ActionIndex) -> Option<&[ScopeSet]> {
        self.calls(action).map(|(calls, _)| &calls.clauses[..])
    }

    /// Returns `true` if the catalog only describes the provider's API. It has no guide, and every
    /// answer is least privilege.
    pub fn is_described(&self) -> bool {
        self.reference().is_some_and(|reference| reference.is_own)
    }

    /// The meaning that the lists of scopes in its API's description were read with. `None` if there are none, or if
    /// it is not known.
    pub fn listed_scopes(&self) -> Option<ListedScopes> {
        let reference = self.reference()?;
        let assumes_all = || reference.operations.iter().any(|call| call.assumes_all);
        reference.listed.or_else(|| assumes_all().then_some(ListedScopes::All))
    }

    /// The source of an action's scopes where its API names none: the guide or, without one, the
    /// catalog.
    pub fn authority(&self) -> &'static str {
        if self.guide().is_some() { "guide" } else { "catalog" }
    }

    /// The provider's description of a scope. `None` if the reference does not know it.
    pub fn facts(&self, scope: ScopeIndex) -> Option<&ScopeFacts> {
        let reference = self.reference()?;
        reference.facts.get(&scope).filter(|_| !reference.shared.contains(scope))
    }

    /// The name of a scope in the provider's form. `None` if it is unknown.
    pub fn form_name(&self, scope: ScopeIndex) -> Option<&str> {
        self.facts(scope)?.form_name.as_deref()
    }

    /// Returns `true` if every app has this scope without asking, whichever action needs it.
    pub fn is_always_granted(&self, scope: ScopeIndex) -> bool {
        self.reference().is_some_and(|reference| {
            reference.always_granted.contains(scope) && !reference.shared.contains(scope)
        })
    }

    /// Returns `true` if every app that `action` is for has this scope without asking.
    pub fn is_granted_for(&self, action: ActionIndex, scope: ScopeIndex) -> bool {
        self.reference().is_some_and(|reference| {
            let always = &reference.always_granted;
            always.contains(scope) && reference.covers(self.action(action).key())
        })
    }
}
