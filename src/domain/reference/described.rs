//! References that come with a catalog: the provider's own description, and scopes that include
//! others.

use super::{Calls, Operation, Reference, ScopeFacts, Source, least_clauses};
use crate::domain::{ActionIndex, ScopeIndex, ScopeSet};

/// Scopes, each with those that satisfy it, itself among them.
pub(in crate::domain) type IncludedIn = Vec<(ScopeIndex, ScopeSet)>;

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

    /// The reference that came with a catalog: who says it, the calls with the actions that they carry
    /// out, and actions of which no call is known, which need one scope of each clause.
    pub(in crate::domain) fn own(
        source: String,
        operations: Vec<(Option<ActionIndex>, Operation)>,
        needs: Vec<(ActionIndex, Vec<ScopeSet>)>,
    ) -> Self {
        let is_partial = !needs.is_empty() && !operations.is_empty();
        let source = Source { accepts: source, ..Source::default() };
        let mut reference = Self { source, is_own: true, is_partial, ..Self::default() };
        for (action, clauses) in needs {
            let (clauses, any) = (least_clauses(clauses), ScopeSet::new());
            reference.insert(action, Calls { operations: 0..0, clauses, any, is_known: true });
        }
        reference.add_operations(operations);
        reference
    }
}

impl ScopeFacts {
    /// The provider's description of a scope, which has no form.
    pub(in crate::domain) fn described(description: String) -> Self {
        Self { form_name: None, description }
    }
}
