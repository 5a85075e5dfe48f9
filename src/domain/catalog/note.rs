use std::collections::HashMap;

use super::Catalog;
use crate::domain::{Accepts, Operation, Requirement, ScopeSet};

/// What is allowed in a catalog and may still be a slip. A `field` is a path such as
/// `actions[3].label`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogNote {
    /// There is nothing to select.
    NoActions,
    /// The action needs no scope.
    NoScopes { id: String },
    /// No scope authorises the operation.
    NotByOauth { id: String },
    /// The description does not say what the operation accepts.
    NotKnown { id: String },
    /// It says what it accepts, in more combinations than can be kept apart.
    TooManyClauses { id: String },
    /// Two actions that look alike in the list; their ids tell them apart.
    AlikeLabels { label: String, ids: [String; 2] },
    /// No action needs this scope of the list.
    UnneededScope { scope: String },
    /// A key that means nothing here, passed over.
    UnknownKey { field: String, key: String },
    /// A scope that its action has twice, taken once.
    RepeatedScope { field: String, scope: String },
    /// Operations that list several scopes at once, all of which are taken to be needed.
    ListedScopes { operations: usize },
    /// Operations that need something besides OAuth, such as an API key.
    OtherCredentials { operations: usize },
    /// Operations that name OAuth without a scope, which asks for nothing.
    OauthWithoutScope { operations: usize },
    /// Operations need this scope, and the description does not declare it.
    UndeclaredScope { scope: String },
    /// Scopes that several connectors of one file have by name.
    SharedScopes { scopes: Vec<String> },
    /// Operations that can be authorised in too many ways to tell.
    TooManyAlternatives { operations: usize },
}

impl Catalog {
    /// What the catalog as a whole makes one think.
    pub(super) fn notes(&self) -> Vec<CatalogNote> {
        let mut notes = Vec::new();
        if self.is_empty() {
            notes.push(CatalogNote::NoActions);
        }
        let mut by_label = HashMap::with_capacity(self.len());
        let mut needed = ScopeSet::new();
        for index in self.indices() {
            let action = self.action(index);
            let id = || action.id().to_owned();
            let scopes = action.scopes();
            match self.requirement(index) {
                Requirement::Impossible => notes.push(CatalogNote::NotByOauth { id: id() }),
                Requirement::Guide(_) if self.is_described() => {
                    let is_said = |call: &Operation| call.accepts != Accepts::Unknown;
                    let calls = self.operations(index);
                    notes.push(match calls.iter().all(is_said) && !calls.is_empty() {
                        true => CatalogNote::TooManyClauses { id: id() },
                        false => CatalogNote::NotKnown { id: id() },
                    });
                }
                _ if scopes.is_empty() => notes.push(CatalogNote::NoScopes { id: id() }),
                _ => {}
            }
            let accepted = self.clauses(index).into_iter().flatten().flat_map(ScopeSet::iter);
            scopes.iter().copied().chain(accepted).for_each(|scope| needed.insert(scope));
            if let Some(other) = by_label.insert(action.label(), action.id()) {
                let ids = [other, action.id()].map(str::to_owned);
                let label = action.label().to_owned();
                notes.push(CatalogNote::AlikeLabels { label, ids });
            }
        }
        let unneeded = self.form_scopes().difference(&needed);
        notes.extend(
            unneeded
                .iter()
                .map(|scope| CatalogNote::UnneededScope { scope: self.scope(scope).to_owned() }),
        );
        notes
    }
}
