use std::collections::BTreeSet;

use fixedbitset::FixedBitSet;

use super::effort::Effort;
use super::part::parts;
use super::reduction::{Kind, Reduced};
use super::search::{self, Aim};
use crate::domain::{Index, Powers, ScopeIndex, ScopeSet};

/// The clauses that a set of scopes has to meet, and the calls that it should not unlock. It knows
/// no provider: the order of scopes is that of their indices.
pub(super) struct Problem<'a> {
    /// Of each of these, the set has at least one scope. None is empty, their scopes come in any
    /// order.
    pub clauses: BTreeSet<Vec<ScopeIndex>>,
    /// The scopes that are in every set.
    pub chosen: ScopeSet,
    /// Scopes of which the set has as few as can be, before all else.
    pub avoided: ScopeSet,
    pub powers: &'a Powers,
    pub aim: Aim,
}

/// A set of scopes that meets every clause.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Solution {
    pub scopes: ScopeSet,
    /// Whether it is proved that none is better. `false` only if the effort ran out.
    pub proved: bool,
}

impl Problem<'_> {
    /// The best set: it has the fewest avoided scopes, then unlocks the fewest calls that change
    /// data, then the fewest calls, then has the fewest scopes, then the earliest.
    ///
    /// With [`Aim::FewestScopes`] the number of scopes comes before what they unlock.
    ///
    /// Power only grows with scopes, so the best set has no scope to spare. When `effort` runs out,
    /// the best set found so far is taken, which has none to spare either.
    pub fn solve(&self, effort: usize) -> Solution {
        let mut effort = Effort::of(effort);
        let mut proved = true;
        let mut scopes = self.chosen.clone();
        let reduced = self.reduced(&mut effort);
        reduced.chosen.ones().for_each(|place| scopes.insert(Index::from_position(place)));
        for part in parts(reduced) {
            let (best, is_proved) = search::best(&part, self.aim, &mut effort);
            best.ones().for_each(|place| scopes.insert(part.scope(place)));
            proved &= is_proved;
        }
        Solution { scopes, proved: proved && !effort.is_spent() }
    }

    fn reduced(&self, effort: &mut Effort) -> Reduced {
        let positions = |scopes: &Vec<ScopeIndex>| scopes.iter().map(|s| s.position()).collect();
        let choice: FixedBitSet = self.clauses.iter().flatten().map(|s| s.position()).collect();
        // No other calls depend on the choice.
        let kinds = self.powers.kinds().iter().filter(|kind| {
            kind.alternatives.iter().flatten().any(|scope| choice.contains(scope.position()))
        });
        let kinds = kinds.map(|kind| Kind {
            alternatives: kind.alternatives.iter().map(positions).collect(),
            calls: kind.calls,
            writes: kind.writes,
        });
        let set = |scopes: &ScopeSet| scopes.iter().map(Index::position).collect::<FixedBitSet>();
        let clauses = self.clauses.iter().map(|clause| {
            let mut clause: Vec<_> = positions(clause);
            clause.sort_unstable();
            clause.dedup();
            clause
        });
        Reduced::new(
            clauses.collect(),
            kinds.collect(),
            set(&self.chosen),
            set(&self.avoided),
            effort,
        )
    }
}
