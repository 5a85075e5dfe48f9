use super::effort::Effort;
use super::part::parts;
use super::problem::Problem;
use super::search::{self, Aim};
use crate::domain::{ScopeIndex, ScopeSet};

/// A set of scopes that meets every clause.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Solution {
    pub scopes: ScopeSet,
    /// Whether it is proved that none is better. `false` only if the effort ran out.
    pub proved: bool,
}

impl Problem {
    /// The best set: it unlocks the fewest calls that change data, then the fewest calls, then has the
    /// fewest scopes, then the earliest.
    ///
    /// With [`Aim::FewestScopes`] the number of scopes comes before what they unlock.
    ///
    /// Power only grows with scopes, so the best set has no scope to spare. When `effort` runs out,
    /// the best set found so far is taken, which has none to spare either.
    pub fn solve(self, aim: Aim, effort: usize) -> Solution {
        let mut effort = Effort(effort);
        let mut proved = true;
        let mut scopes: Vec<_> = self.chosen.ones().collect();
        for part in parts(self) {
            let (best, is_proved) = search::best(&part, aim, &mut effort);
            scopes.extend(best.ones().map(|place| part.scopes[place]));
            proved &= is_proved;
        }
        let scopes = scopes.into_iter().map(ScopeIndex::from_position).collect();
        Solution { scopes, proved }
    }
}
