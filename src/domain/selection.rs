use fixedbitset::FixedBitSet;

use super::ActionIndex;

/// The selected actions, in catalog order whatever the order of insertion.
#[derive(Clone, Debug, Default)]
pub struct Selection(FixedBitSet);

impl Selection {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn insert(&mut self, index: ActionIndex) {
        self.0.grow_and_insert(index.position());
    }

    /// Removes `index` if it is in the set, and inserts it otherwise.
    pub fn flip(&mut self, index: ActionIndex) {
        let position = index.position();
        self.0.grow(position + 1);
        self.0.toggle(position);
    }

    pub fn contains(&self, index: ActionIndex) -> bool {
        self.0.contains(index.position())
    }

    pub fn len(&self) -> usize {
        self.0.count_ones(..)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_clear()
    }

    pub fn is_subset(&self, other: &Self) -> bool {
        self.0.is_subset(&other.0)
    }

    pub fn iter(&self) -> impl Iterator<Item = ActionIndex> + '_ {
        self.0.ones().map(ActionIndex::from_position)
    }
}

/// Two sets are equal when they hold the same positions, however far each has grown.
impl PartialEq for Selection {
    fn eq(&self, other: &Self) -> bool {
        self.0.ones().eq(other.0.ones())
    }
}

impl Eq for Selection {}

impl FromIterator<ActionIndex> for Selection {
    fn from_iter<T: IntoIterator<Item = ActionIndex>>(indices: T) -> Self {
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
        let positions: Vec<_> = set(&[9, 2, 70]).iter().map(ActionIndex::position).collect();
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
        assert!(some == set(&[70, 1]) && some != more && some != other);
    }
}
