use std::sync::Arc;

use super::super::common_key::CommonKey;
use super::super::id_index::IdIndex;
use super::super::rows::Rows;
use super::super::scope_sets::{ScopeTable, SetIndex};
use super::{Effort, Reader, ScopeFacts};
use crate::domain::Index;

/// What was read of some of a list's actions.
pub struct Part {
    rows: Rows,
    scopes: ScopeTable,
    facts: Vec<ScopeFacts>,
    key: CommonKey,
    ids: IdIndex,
}

impl<'r> Reader<'r> {
    /// A reader for actions whose [`Part`] is to be appended to the reader that gave `ids`.
    pub fn of_part(source: Arc<String>, ids: IdIndex) -> Self {
        Self { ids, ..Self::new(source, Effort::UpToTheFirstProblem, None) }
    }

    /// Does what can be done of [`finish`](Self::finish) while a part is awaited.
    pub fn put_ids_in_order(&mut self) {
        self.ids.put_in_order();
    }

    /// What a reader of a part begins with.
    pub fn no_ids(&self) -> IdIndex {
        self.ids.alike()
    }

    /// None where something is wrong with it.
    pub fn into_part(self) -> Option<Part> {
        let Self { rows, scopes, facts, key, mut ids, problems, .. } = self;
        ids.put_in_order();
        problems.is_empty().then_some(Part { rows, scopes, facts, key, ids })
    }

    /// Goes on behind the actions of a part, as if it had read them itself.
    pub fn append(&mut self, part: &Part) {
        let first = self.rows.len();
        let scopes: Vec<_> = part.scopes.names().iter().map(|name| self.scope(name)).collect();
        for (facts, scope) in part.facts.iter().zip(&scopes) {
            if let Some((row, offset)) = facts.needed {
                self.facts[scope.position()].needed.get_or_insert((first + row, offset));
            }
        }
        let here = |set: &[_]| set.iter().map(|scope| scopes[Index::position(*scope)]).collect();
        let sets: Vec<Vec<_>> = part.scopes.sets().iter().map(here).collect();
        let sets: Vec<SetIndex> = sets.iter().map(|set| self.scopes.set(set)).collect();
        self.rows.append(&part.rows, &sets);
        self.key.append(&part.key);
        self.ids.append(&part.ids);
    }
}
