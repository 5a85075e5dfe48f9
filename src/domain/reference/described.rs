//! References that come with a catalog: the provider's own description, and scopes that include
//! others.

use super::{Calls, Operation, Reference, ScopeFacts, Source, least_clauses};
use crate::domain::{ActionIndex, Index, ListedScopes, ScopeIndex, ScopeSet};

/// Scopes, each with those that satisfy it, itself among them.
pub(in crate::domain) type IncludedIn = Vec<(ScopeIndex, ScopeSet)>;

/// What a catalog itself says of the API.
#[derive(Default)]
pub(in crate::domain) struct Described {
    /// Who says it, such as the name of a description.
    pub source: String,
    /// The descriptions of scopes.
    pub descriptions: Vec<(ScopeIndex, String)>,
    pub operations: Vec<(Option<ActionIndex>, Operation)>,
    /// Whether a list of scopes may mean any one of them, but was read as all of them.
    pub assumes_all: bool,
    /// What such lists were said to mean, if there are some.
    pub listed: Option<ListedScopes>,
    /// Actions of which no call is known: one scope of each clause.
    pub needs: Vec<(ActionIndex, Vec<ScopeSet>)>,
    pub included_in: IncludedIn,
}

impl Reference {
    /// The same, but for the actions of which it knows no call what `other` knows. That one speaks
    /// of the same catalog.
    pub(in crate::domain) fn completed_by(mut self, mut other: Self) -> Self {
        let start = self.operations.len();
        self.operations.append(&mut other.operations);
        for (place, calls) in other.calls.into_iter().enumerate() {
            let action = ActionIndex::from_position(place);
            if let Some(mut calls) = calls
                && self.operations_of(action).is_empty()
            {
                calls.operations = calls.operations.start + start..calls.operations.end + start;
                self.insert(action, calls);
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

    /// The reference of a catalog without a guide.
    pub(in crate::domain) fn described(described: Described) -> Self {
        let facts = described.descriptions.into_iter();
        let facts =
            facts.map(|(scope, description)| (scope, ScopeFacts { form_name: None, description }));
        let mut reference = Self {
            source: Source { accepts: described.source, ..Source::default() },
            is_own: true,
            assumes_all: described.assumes_all,
            listed: described.listed,
            facts: facts.collect(),
            included_in: described.included_in,
            is_partial: !described.needs.is_empty() && !described.operations.is_empty(),
            ..Self::default()
        };
        for (action, clauses) in described.needs {
            let (clauses, any) = (least_clauses(clauses), ScopeSet::new());
            reference.insert(action, Calls { operations: 0..0, clauses, any, is_known: true });
        }
        reference.add_operations(described.operations);
        reference
    }
}
