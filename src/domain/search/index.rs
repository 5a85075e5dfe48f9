use std::collections::HashMap;
use std::sync::Arc;

use super::letters::{IdLetters, Letters};
use crate::domain::{ActionIndex, Catalog, Index, ScopeIndex};

/// Rows that are kept together.
const BLOCK: usize = 8192;

/// Scopes of an action up to which it is worth looking for another action with the same ones.
const MOST_SCOPES_SHARED: usize = 8;

/// What is known of a catalog's rows before any query, to rule most of them out without a look at
/// their texts: 14 bytes a row.
///
/// A copy costs next to nothing, because it shares the rows: a catalog that is still being loaded
/// is searched with a copy of what is there.
#[derive(Clone, Default)]
pub struct SearchIndex {
    blocks: Vec<Arc<Block>>,
    scope_sets: Arc<ScopeSets>,
    rows: usize,
}

/// One list a column, because a search for what a label has leaves the others alone.
#[derive(Clone, Default)]
struct Block {
    labels: Vec<Letters>,
    ids: Vec<IdLetters>,
    scope_sets: Vec<ScopeSet>,
}

/// What the index knows of one row.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub label: Letters,
    pub id: IdLetters,
    pub scopes: ScopeSet,
}

/// A number that actions with the same scopes share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ScopeSet(u16);

/// The numbers given so far.
#[derive(Clone, Default)]
struct ScopeSets {
    /// For an action with one scope, by that scope: nearly all are such.
    single: Vec<Option<ScopeSet>>,
    several: HashMap<Box<[ScopeIndex]>, ScopeSet>,
    given: u16,
}

impl SearchIndex {
    pub fn of(catalog: &Catalog) -> Self {
        let mut index = Self::default();
        index.extend(catalog, catalog.len());
        index
    }

    /// Takes in the rows up to `end` that are not in it yet. `catalog` is the one of the rows
    /// before, grown.
    pub fn extend(&mut self, catalog: &Catalog, end: usize) {
        let scope_sets = Arc::make_mut(&mut self.scope_sets);
        while self.rows < end.min(catalog.len()) {
            if self.rows.is_multiple_of(BLOCK) {
                self.blocks.push(Arc::default());
            }
            let Some(block) = self.blocks.last_mut().map(Arc::make_mut) else { return };
            let block_end = (self.rows / BLOCK + 1) * BLOCK;
            let added = self.rows..end.min(catalog.len()).min(block_end);
            block.reserve(added.len());
            self.rows = added.end;
            for row in added {
                let action = catalog.action(ActionIndex::from_position(row));
                block.labels.push(Letters::of(action.label()));
                block.ids.push(IdLetters::of(action.id()));
                block.scope_sets.push(scope_sets.number(action.scopes()));
            }
        }
    }

    /// How many rows it knows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn row(&self, row: usize) -> Row {
        let (block, place) = (&self.blocks[row / BLOCK], row % BLOCK);
        Row { label: block.labels[place], id: block.ids[place], scopes: block.scope_sets[place] }
    }
}

impl Block {
    fn reserve(&mut self, rows: usize) {
        self.labels.reserve_exact(rows);
        self.ids.reserve_exact(rows);
        self.scope_sets.reserve_exact(rows);
    }
}

impl ScopeSet {
    /// What all the others get, which no one may take for the same.
    const OTHER: Self = Self(u16::MAX);

    /// The number, where it stands for the same scopes in every row.
    pub fn number(self) -> Option<usize> {
        (self != Self::OTHER).then_some(usize::from(self.0))
    }
}

impl ScopeSets {
    fn number(&mut self, scopes: &[ScopeIndex]) -> ScopeSet {
        if let &[scope] = scopes {
            return self.number_of_single(scope);
        }
        if scopes.len() > MOST_SCOPES_SHARED {
            return ScopeSet::OTHER;
        }
        if let Some(&known) = self.several.get(scopes) {
            return known;
        }
        let new = self.next();
        if new != ScopeSet::OTHER {
            self.several.insert(scopes.into(), new);
        }
        new
    }

    fn number_of_single(&mut self, scope: ScopeIndex) -> ScopeSet {
        let position = scope.position();
        if let Some(&Some(known)) = self.single.get(position) {
            return known;
        }
        let new = self.next();
        if self.single.len() <= position {
            self.single.resize(position + 1, None);
        }
        self.single[position] = Some(new);
        new
    }

    fn next(&mut self) -> ScopeSet {
        let new = ScopeSet(self.given);
        self.given = self.given.saturating_add(1);
        new
    }
}
