use super::{ScopeIndex, ScopeSet};

/// The scopes that authorise a call of the provider's API, according to one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accepts {
    /// The source does not say.
    Unknown,
    /// Any one of these. If there is none, OAuth cannot call it.
    AnyOf(ScopeSet),
    /// Any one of these, if the app has all of its scopes. An empty one asks for nothing.
    Alternatives(Vec<ScopeSet>),
}

impl Accepts {
    /// From alternatives, any one of which is enough if the app has all of its scopes.
    pub fn of(alternatives: Vec<Vec<ScopeIndex>>) -> Self {
        if alternatives.iter().all(|alternative| alternative.len() == 1) {
            Self::AnyOf(alternatives.into_iter().flatten().collect())
        } else {
            Self::Alternatives(alternatives.into_iter().map(ScopeSet::from_iter).collect())
        }
    }

    pub fn is_met(&self, scopes: &ScopeSet) -> bool {
        match self {
            Self::Unknown => false,
            Self::AnyOf(accepted) => accepted.intersects(scopes),
            Self::Alternatives(ways) => ways.iter().any(|way| way.is_subset(scopes)),
        }
    }

    /// Each alternative, with its scopes in catalog order.
    pub fn alternatives(&self) -> Vec<Vec<ScopeIndex>> {
        match self {
            Self::Unknown => Vec::new(),
            Self::AnyOf(accepted) => accepted.iter().map(|scope| vec![scope]).collect(),
            Self::Alternatives(ways) => ways.iter().map(|way| way.iter().collect()).collect(),
        }
    }
}
