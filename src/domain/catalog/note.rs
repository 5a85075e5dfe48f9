use std::collections::HashMap;

use super::Catalog;
use crate::domain::ScopeSet;

/// What is allowed in a catalog and may still be a slip. A `field` is a path such as
/// `actions[3].label`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogNote {
    /// There is nothing to tick.
    NoActions,
    /// The action needs no scope.
    NoScopes { id: String },
    /// Two actions that look alike in the list; their ids tell them apart.
    AlikeLabels { label: String, ids: [String; 2] },
    /// No action needs this scope of the list.
    UnneededScope { scope: String },
    /// A key that means nothing here, passed over.
    UnknownKey { field: String, key: String },
    /// A scope that its action has twice, taken once.
    RepeatedScope { field: String, scope: String },
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
            if action.scopes().is_empty() {
                notes.push(CatalogNote::NoScopes { id: action.id().to_owned() });
            }
            action.scopes().iter().for_each(|&scope| needed.insert(scope));
            if let Some(other) = by_label.insert(action.label(), action.id()) {
                let ids = [other, action.id()].map(str::to_owned);
                let label = action.label().to_owned();
                notes.push(CatalogNote::AlikeLabels { label, ids });
            }
        }
        let unneeded = self.form_scopes().without(&needed);
        notes.extend(
            unneeded
                .iter()
                .map(|scope| CatalogNote::UnneededScope { scope: self.scope(scope).to_owned() }),
        );
        notes
    }
}
