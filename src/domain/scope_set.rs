use super::ScopeIndex;

/// Some of the catalog's scopes, walked in catalog order whatever the order of insertion.
///
/// Its size depends on its elements, not on the catalog: there may be as many sets as actions or
/// scopes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeSet(
    /// In ascending order, each once.
    Box<[ScopeIndex]>,
);

impl ScopeSet {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn contains(&self, scope: ScopeIndex) -> bool {
        self.0.binary_search(&scope).is_ok()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn intersects(&self, other: &Self) -> bool {
        let (few, many) = if self.len() < other.len() { (self, other) } else { (other, self) };
        few.iter().any(|scope| many.contains(scope))
    }

    pub fn is_subset(&self, other: &Self) -> bool {
        self.iter().all(|scope| other.contains(scope))
    }

    pub fn intersection(&self, other: &Self) -> Self {
        Self(self.iter().filter(|&scope| other.contains(scope)).collect())
    }

    pub fn difference(&self, other: &Self) -> Self {
        Self(self.iter().filter(|&scope| !other.contains(scope)).collect())
    }

    pub fn union(&self, other: &Self) -> Self {
        self.iter().chain(other.iter()).collect()
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = ScopeIndex> + DoubleEndedIterator + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<ScopeIndex> for ScopeSet {
    fn from_iter<T: IntoIterator<Item = ScopeIndex>>(scopes: T) -> Self {
        let mut scopes: Vec<_> = scopes.into_iter().collect();
        scopes.sort_unstable();
        scopes.dedup();
        Self(scopes.into())
    }
}
