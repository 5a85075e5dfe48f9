use std::collections::HashMap;

use fixedbitset::FixedBitSet;

use crate::domain::CallKind;

/// The clauses that a set of scopes has to meet, and the calls that it should not unlock. It knows
/// no provider: scopes are their positions in the catalog.
pub(super) struct Problem {
    /// Of each of these, the set has at least one scope. None is empty. They come in any order,
    /// their scopes in ascending order, each once.
    pub clauses: Vec<Vec<usize>>,
    /// All calls that depend on the choice, and maybe others.
    pub kinds: Vec<CallKind>,
    /// The scopes that are in every set.
    pub chosen: FixedBitSet,
}

impl Problem {
    /// Takes forced scopes, and drops the clauses and the calls that cannot matter.
    ///
    /// The clauses that stay are not met by the scopes that were chosen. The calls that stay can be
    /// unlocked by scopes of the clauses, and say what they need beside the chosen scopes.
    pub fn reduce(&mut self) {
        self.take_forced();
        self.clauses.sort_unstable();
        self.clauses.dedup();
        self.drop_settled_kinds();
        self.drop_certain_kinds();
    }

    /// A clause of one scope can only be met by that one.
    fn take_forced(&mut self) {
        for clause in &self.clauses {
            if let [only] = clause[..] {
                self.chosen.grow_and_insert(only);
            }
        }
        let chosen = &self.chosen;
        self.clauses.retain(|clause| !clause.iter().any(|&scope| chosen.contains(scope)));
    }

    /// Drops the calls that are unlocked already, and those that no scope of a clause unlocks.
    fn drop_settled_kinds(&mut self) {
        let candidates: FixedBitSet = self.clauses.iter().flatten().copied().collect();
        let chosen = &self.chosen;
        self.kinds.retain_mut(|kind| {
            kind.alternatives
                .iter_mut()
                .for_each(|scopes| scopes.retain(|&scope| !chosen.contains(scope)));
            let is_unlocked = kind.alternatives.iter().any(Vec::is_empty);
            kind.alternatives
                .retain(|scopes| scopes.iter().all(|&scope| candidates.contains(scope)));
            !is_unlocked && !kind.alternatives.is_empty()
        });
    }

    /// Drops the calls that each scope of some clause unlocks alone: every set unlocks them.
    fn drop_certain_kinds(&mut self) {
        let mut by_scope: HashMap<usize, Vec<usize>> = HashMap::new();
        for (place, kind) in self.kinds.iter().enumerate() {
            for alternative in &kind.alternatives {
                if let [scope] = alternative[..] {
                    by_scope.entry(scope).or_default().push(place);
                }
            }
        }
        let kinds_of = |scope: &usize| by_scope.get(scope).map_or(&[][..], Vec::as_slice);
        let mut certain = FixedBitSet::with_capacity(self.kinds.len());
        for clause in &self.clauses {
            let rarest = clause.iter().map(kinds_of).min_by_key(|kinds| kinds.len());
            let unlocks = |kind: &usize| {
                clause.iter().all(|scope| kinds_of(scope).binary_search(kind).is_ok())
            };
            certain.extend(rarest.unwrap_or_default().iter().copied().filter(unlocks));
        }
        let mut place = 0..;
        self.kinds.retain(|_| place.next().is_none_or(|place| !certain.contains(place)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CallKind;

    fn kind(alternatives: &[&[usize]]) -> CallKind {
        let alternatives = alternatives.iter().map(|scopes| scopes.to_vec()).collect();
        CallKind { alternatives, calls: 1, writes: 0 }
    }

    fn reduced(clauses: &[&[usize]], kinds: &[CallKind]) -> Problem {
        let mut problem = Problem {
            clauses: clauses.iter().map(|clause| clause.to_vec()).collect(),
            kinds: kinds.to_vec(),
            chosen: FixedBitSet::new(),
        };
        problem.reduce();
        problem
    }

    #[test]
    fn what_follows_without_trying_is_done() {
        let reduced = reduced(&[&[1], &[1, 2], &[3, 4], &[3, 4]], &[]);
        assert_eq!(reduced.chosen.ones().collect::<Vec<_>>(), [1]);
        assert_eq!(reduced.clauses, [[3, 4]]);
    }

    #[test]
    fn calls_that_no_choice_changes_are_dropped() {
        let kinds = [kind(&[&[7], &[0]]), kind(&[&[9]]), kind(&[&[1], &[9]]), kind(&[&[7, 1]])];
        let mut triangle = reduced(&[&[0, 1], &[0, 2], &[1, 2], &[7]], &kinds);
        triangle.kinds.sort_by_key(|kind| kind.alternatives.clone());
        assert_eq!(triangle.kinds, [kind(&[&[1]]), kind(&[&[1]])]);
    }
}
