use std::collections::BTreeSet;

use super::ScopeIndex;

/// Some of the catalog's scopes, walked in catalog order whatever the order of insertion.
///
/// Its size depends on its elements, not on the catalog: there may be as many sets as actions or
/// scopes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ScopeSet(BTreeSet<ScopeIndex>);

impl ScopeSet {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn insert(&mut self, scope: ScopeIndex) {
        self.0.insert(scope);
    }

    /// Returns whether `scope` was in it.
    pub fn remove(&mut self, scope: ScopeIndex) -> bool {
        self.0.remove(&scope)
    }

    pub fn contains(&self, scope: ScopeIndex) -> bool {
        self.0.contains(&scope)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn intersects(&self, other: &Self) -> bool {
        !self.0.is_disjoint(&other.0)
    }

    pub fn is_subset(&self, other: &Self) -> bool {
        self.0.is_subset(&other.0)
    }

    /// Returns the elements that are in both sets.
    pub fn intersection(&self, other: &Self) -> Self {
        Self(&self.0 & &other.0)
    }

    /// Returns the elements of this set that are not in `other`.
    pub fn difference(&self, other: &Self) -> Self {
        Self(&self.0 - &other.0)
    }

    /// Returns the elements that are in either set.
    pub fn union(&self, other: &Self) -> Self {
        Self(&self.0 | &other.0)
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = ScopeIndex> + DoubleEndedIterator + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<ScopeIndex> for ScopeSet {
    fn from_iter<T: IntoIterator<Item = ScopeIndex>>(scopes: T) -> Self {
        Self(scopes.into_iter().collect())
    }
}
