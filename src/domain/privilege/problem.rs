use std::collections::HashMap;

use fixedbitset::FixedBitSet;

use crate::domain::CallKind;

/// The clauses that a set of scopes has to meet, and the calls that it should not unlock, without what
/// cannot matter. It knows no provider: scopes are their positions in the catalog.
pub(super) struct Problem {
    /// Of each of these, the set has at least one scope. They are not met by the chosen scopes. Their
    /// scopes are in ascending order, each once.
    pub clauses: Vec<Vec<usize>>,
    /// The calls that scopes of the clauses can unlock, with what they need beside the chosen scopes.
    pub kinds: Vec<CallKind>,
    /// The scopes that are in every set.
    pub chosen: FixedBitSet,
}

impl Problem {
    /// `kinds` are all calls that depend on the choice, and maybe others. No clause is empty.
    pub fn reduced(clauses: Vec<Vec<usize>>, chosen: FixedBitSet, kinds: &[CallKind]) -> Self {
        let mut problem = Self { clauses, kinds: Vec::new(), chosen };
        problem.take_forced();
        problem.clauses.sort_unstable();
        problem.clauses.dedup();
        problem.take_open_kinds(kinds);
        problem.drop_certain_kinds();
        problem
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

    /// Takes the calls that are not unlocked yet, and that scopes of the clauses can unlock.
    fn take_open_kinds(&mut self, kinds: &[CallKind]) {
        let is_chosen = |scope: &usize| self.chosen.contains(*scope);
        let candidates: FixedBitSet = self.clauses.iter().flatten().copied().collect();
        let may_have = |scope: &usize| is_chosen(scope) || candidates.contains(*scope);
        for kind in kinds {
            if kind.alternatives.iter().any(|scopes| scopes.iter().all(is_chosen)) {
                continue;
            }
            let open = kind.alternatives.iter().filter(|scopes| scopes.iter().all(may_have));
            let rest =
                |scopes: &Vec<usize>| scopes.iter().copied().filter(|s| !is_chosen(s)).collect();
            let alternatives: Vec<_> = open.map(rest).collect();
            if !alternatives.is_empty() {
                self.kinds.push(CallKind { alternatives, ..*kind });
            }
        }
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
        let clauses = clauses.iter().map(|clause| clause.to_vec()).collect();
        Problem::reduced(clauses, FixedBitSet::new(), kinds)
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
