//! References that come with a catalog: the provider's own description, and scopes that include
//! others.

use super::{Calls, Operation, Reference, ScopeFacts, Source, least_clauses};
use crate::domain::{ActionIndex, Index, ListedScopes, ScopeIndex, ScopeSet};

/// Scopes, each with those that satisfy it, itself among them.
pub(in crate::domain) type IncludedIn = Vec<(ScopeIndex, ScopeSet)>;

/// The contents of an API description.
#[derive(Default)]
pub(in crate::domain) struct Described {
    /// The name of the description.
    pub source: String,
    /// The descriptions of its scopes.
    pub descriptions: Vec<(ScopeIndex, String)>,
    pub operations: Vec<(Option<ActionIndex>, Operation)>,
    /// Whether a list of scopes may mean any one of them, but was read as all of them.
    pub assumes_all: bool,
    /// What such lists were said to mean, if there are some.
    pub listed: Option<ListedScopes>,
}

/// All that a reference may hold which comes with its catalog.
#[derive(Default)]
pub(super) struct Own {
    pub described: Described,
    /// Actions of which no call is known: one scope of each clause.
    pub needs: Vec<(ActionIndex, Vec<ScopeSet>)>,
    pub included_in: IncludedIn,
}

impl Reference {
    /// The reference that a description of the API is.
    pub(in crate::domain) fn described(described: Described) -> Self {
        Self::own(Own { described, ..Own::default() })
    }

    /// The reference that follows from scopes which include others: what meets each action's
    /// clauses.
    pub(in crate::domain) fn of_includes(
        source: String,
        needs: Vec<(ActionIndex, Vec<ScopeSet>)>,
        included_in: IncludedIn,
    ) -> Self {
        let described = Described { source, ..Described::default() };
        Self::own(Own { described, needs, included_in })
    }

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
            ..self
        }
    }

    pub(super) fn own(Own { described, needs, included_in }: Own) -> Self {
        let Described { source, descriptions, operations, assumes_all, listed } = described;
        let facts = descriptions
            .into_iter()
            .map(|(scope, description)| (scope, ScopeFacts { form_name: None, description }));
        let mut reference = Self {
            source: Source { accepts: source, documented: None, verified_live: false },
            is_own: true,
            assumes_all,
            listed,
            facts: facts.collect(),
            included_in,
            ..Self::default()
        };
        for (action, clauses) in needs {
            let (clauses, any) = (least_clauses(clauses), ScopeSet::new());
            reference.insert(action, Calls { operations: 0..0, clauses, any, is_known: true });
        }
        reference.add_operations(operations);
        reference
    }
}
