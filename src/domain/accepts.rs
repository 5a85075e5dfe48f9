use super::clauses::clauses;
use super::{ScopeIndex, ScopeSet};

/// The scopes that authorise a call of the provider's API, according to one source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Accepts(
    /// Alternatives in catalog order, each once: any one of them, if the app has all of its scopes.
    /// An empty one asks for nothing; if there is none, OAuth cannot call it. `None` if the source
    /// does not say.
    Option<Vec<ScopeSet>>,
);

impl Accepts {
    pub const UNKNOWN: Self = Self(None);

    pub fn of(alternatives: impl IntoIterator<Item = ScopeSet>) -> Self {
        let mut alternatives: Vec<_> = alternatives.into_iter().collect();
        alternatives.sort_unstable();
        alternatives.dedup();
        Self(Some(alternatives))
    }

    /// Any one of these scopes is enough.
    pub fn any_of(scopes: impl IntoIterator<Item = ScopeIndex>) -> Self {
        Self::of(scopes.into_iter().map(|scope| ScopeSet::from_iter([scope])))
    }

    pub fn is_known(&self) -> bool {
        self.0.is_some()
    }

    /// Empty if the source does not say.
    pub fn alternatives(&self) -> &[ScopeSet] {
        self.0.as_deref().unwrap_or_default()
    }

    /// Clauses that `scopes`, which are accepted, meet: all of them or, where there would be too many,
    /// those of one alternative.
    pub(super) fn met(&self, scopes: &ScopeSet) -> Vec<ScopeSet> {
        clauses(self.alternatives()).unwrap_or_else(|| {
            let met = self.alternatives().iter().find(|alternative| alternative.is_subset(scopes));
            met.into_iter()
                .flat_map(ScopeSet::iter)
                .map(|scope| [scope].into_iter().collect())
                .collect()
        })
    }

    pub fn is_met(&self, scopes: &ScopeSet) -> bool {
        // Without scopes, only an empty alternative is met, which stands first.
        let may_be_met = |one: &&ScopeSet| !scopes.is_empty() || one.is_empty();
        let mut alternatives = self.alternatives().iter().take_while(may_be_met);
        alternatives.any(|alternative| alternative.is_subset(scopes))
    }
}
