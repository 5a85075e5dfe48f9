use std::marker::PhantomData;

use fixedbitset::FixedBitSet;

use super::ActionIndex;

/// A position in one of the catalog's lists.
pub trait Index: Copy {
    fn from_position(position: usize) -> Self;
    fn position(self) -> usize;
}

/// A set of catalog positions, walked in catalog order whatever the order of insertion.
#[derive(Clone, Debug)]
pub struct IndexSet<I> {
    bits: FixedBitSet,
    holds: PhantomData<I>,
}

/// The selected actions.
pub type Selection = IndexSet<ActionIndex>;

impl<I: Index> IndexSet<I> {
    pub fn new() -> Self {
        Self { bits: FixedBitSet::new(), holds: PhantomData }
    }

    pub fn insert(&mut self, index: I) {
        self.bits.grow_and_insert(index.position());
    }

    /// Removes `index` if it is in the set, and inserts it otherwise.
    pub fn flip(&mut self, index: I) {
        let position = index.position();
        self.bits.grow(position + 1);
        self.bits.toggle(position);
    }

    pub fn contains(&self, index: I) -> bool {
        self.bits.contains(index.position())
    }

    pub fn len(&self) -> usize {
        self.bits.count_ones(..)
    }

    pub fn is_empty(&self) -> bool {
        self.bits.is_clear()
    }

    pub fn intersects(&self, other: &Self) -> bool {
        !self.bits.is_disjoint(&other.bits)
    }

    pub fn is_subset(&self, other: &Self) -> bool {
        self.bits.is_subset(&other.bits)
    }

    /// Returns the elements that are in both sets.
    pub fn intersection(&self, other: &Self) -> Self {
        self.iter().filter(|&index| other.contains(index)).collect()
    }

    /// Returns the elements of this set that are not in `other`.
    pub fn difference(&self, other: &Self) -> Self {
        self.iter().filter(|&index| !other.contains(index)).collect()
    }

    /// Returns the elements that are in either set.
    pub fn union(&self, other: &Self) -> Self {
        self.iter().chain(other.iter()).collect()
    }

    pub fn iter(&self) -> impl Iterator<Item = I> + '_ {
        self.bits.ones().map(I::from_position)
    }
}

impl<I: Index> Default for IndexSet<I> {
    fn default() -> Self {
        Self::new()
    }
}

/// Two sets are equal when they hold the same positions, however far each has grown.
impl<I: Index> PartialEq for IndexSet<I> {
    fn eq(&self, other: &Self) -> bool {
        self.bits.ones().eq(other.bits.ones())
    }
}

impl<I: Index> Eq for IndexSet<I> {}

impl<I: Index> FromIterator<I> for IndexSet<I> {
    fn from_iter<T: IntoIterator<Item = I>>(indices: T) -> Self {
        let mut set = Self::new();
        for index in indices {
            set.insert(index);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(positions: &[usize]) -> Selection {
        positions.iter().copied().map(ActionIndex::from_position).collect()
    }

    #[test]
    fn a_set_is_walked_in_catalog_order() {
        let positions: Vec<_> = set(&[9, 2, 70]).iter().map(Index::position).collect();
        assert_eq!(positions, [2, 9, 70]);
    }

    #[test]
    fn flipping_twice_leaves_an_equal_set() {
        let mut flipped = set(&[1]);
        flipped.flip(ActionIndex::from_position(300));
        assert_eq!(flipped.len(), 2);
        flipped.flip(ActionIndex::from_position(300));
        assert_eq!(flipped, set(&[1]), "the room it grew does not count");
    }

    #[test]
    fn sets_compare_by_what_is_in_them() {
        let (some, more, other) = (set(&[1, 70]), set(&[1, 2, 70]), set(&[3]));
        assert!(some.is_subset(&more) && !more.is_subset(&some) && !some.is_subset(&other));
        assert!(some.intersects(&more) && !some.intersects(&other));
        assert!(some == set(&[70, 1]) && some != more && some != other);
        assert_eq!(some.union(&other), set(&[1, 3, 70]));
        assert_eq!(more.difference(&some), set(&[2]));
        assert_eq!(more.intersection(&some), some);
    }
}
