use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::ScopeIndex;
use crate::domain::Index;

/// The place of a list of scopes among the distinct ones of a catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SetIndex(u32);

/// The distinct lists of scopes that actions need. Most actions share theirs with many others.
#[derive(Clone, Debug, Default)]
pub(super) struct ScopeSets {
    scopes: Vec<ScopeIndex>,
    /// Where each list ends in `scopes`; it begins where the one before it ends.
    ends: Vec<u32>,
}

impl Index for SetIndex {
    fn from_position(position: usize) -> Self {
        Self(u32::try_from(position).unwrap_or(u32::MAX))
    }

    fn position(self) -> usize {
        self.0 as usize
    }
}

impl ScopeSets {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn get(&self, set: SetIndex) -> &[ScopeIndex] {
        let position = set.position();
        let end = |position: usize| self.ends[position] as usize;
        let start = position.checked_sub(1).map_or(0, end);
        &self.scopes[start..end(position)]
    }

    /// Gives every scope the place that `places` has for it.
    pub fn replace(&mut self, places: &[ScopeIndex]) {
        for scope in &mut self.scopes {
            *scope = places[scope.position()];
        }
    }

    fn push(&mut self, scopes: &[ScopeIndex]) -> SetIndex {
        let index = SetIndex::from_position(self.len());
        self.scopes.extend_from_slice(scopes);
        self.ends.push(u32::try_from(self.scopes.len()).unwrap_or(u32::MAX));
        index
    }
}

/// The names of scopes and the lists of them, each once, while a catalog is read.
///
/// The hashes are keyed at random, so that no catalog can be written to make them collide.
#[derive(Debug, Default)]
pub(super) struct ScopeTable {
    names: Vec<String>,
    sets: ScopeSets,
    by_name: HashTable<ScopeIndex>,
    by_scopes: HashTable<SetIndex>,
    hasher: DefaultHashBuilder,
}

impl ScopeTable {
    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub fn into_parts(self) -> (Vec<String>, ScopeSets) {
        (self.names, self.sets)
    }

    /// The place of a name, and whether it is new.
    pub fn name(&mut self, name: &str) -> (ScopeIndex, bool) {
        let (names, hasher) = (&self.names, &self.hasher);
        let hash = hasher.hash_one(name);
        if let Some(&known) = self.by_name.find(hash, |&at| names[at.position()] == name) {
            return (known, false);
        }
        let index = ScopeIndex::from_position(names.len());
        let rehash = |&at: &ScopeIndex| hasher.hash_one(names[at.position()].as_str());
        self.by_name.insert_unique(hash, index, rehash);
        self.names.push(name.to_owned());
        (index, true)
    }

    pub fn set(&mut self, scopes: &[ScopeIndex]) -> SetIndex {
        let (sets, hasher) = (&self.sets, &self.hasher);
        let hash = hasher.hash_one(scopes);
        if let Some(&known) = self.by_scopes.find(hash, |&at| sets.get(at) == scopes) {
            return known;
        }
        let index = self.sets.push(scopes);
        let (sets, hasher) = (&self.sets, &self.hasher);
        self.by_scopes.insert_unique(hash, index, |&at| hasher.hash_one(sets.get(at)));
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_lists_share_their_place_and_the_order_in_a_list_counts() {
        let mut table = ScopeTable::default();
        let (r, w) = (table.name("r").0, table.name("w").0);
        assert_eq!(table.name("r"), (r, false));
        let sets = [&[r, w][..], &[w, r], &[], &[r, w]].map(|scopes| table.set(scopes));
        assert_eq!(sets[0], sets[3]);
        assert_eq!(table.sets.len(), 3);
        assert_eq!(table.sets.get(sets[1]), [w, r]);
        assert!(table.sets.get(sets[2]).is_empty());
    }
}
