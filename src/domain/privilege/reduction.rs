use fixedbitset::FixedBitSet;

use super::effort::Effort;
use super::problem::Problem;
use crate::domain::CallKind;

/// For each scope, the lists that contain it.
pub(super) type Occurrences = Vec<Vec<usize>>;

impl Problem {
    /// Takes forced scopes, and drops the clauses and the scopes that cannot matter, until none of
    /// these finds anything. Stops early, with a correct result, if the effort runs out.
    ///
    /// The clauses that stay are not met by the scopes that were chosen. The calls that stay can be
    /// unlocked by scopes of the clauses, and say what they need beside the chosen scopes.
    pub fn reduce(&mut self, effort: &mut Effort) {
        loop {
            self.take_forced();
            self.drop_wider_clauses(effort);
            self.drop_settled_kinds();
            if !self.drop_worse_scopes(effort) {
                return;
            }
        }
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

    /// Drops clauses that contain another clause: a scope that meets the smaller one meets both.
    fn drop_wider_clauses(&mut self, effort: &mut Effort) {
        self.clauses.sort_unstable_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
        self.clauses.dedup();
        let counts = occurrences(&self.clauses);
        let rarest = |clause: &[usize]| clause.iter().copied().min_by_key(|&s| counts[s].len());
        let mut kept: Vec<Vec<usize>> = Vec::new();
        let mut by_rarest: Occurrences = vec![Vec::new(); counts.len()];
        for clause in std::mem::take(&mut self.clauses) {
            let mut narrower = clause.iter().flat_map(|&scope| &by_rarest[scope]);
            let holds = |scope: &usize| clause.binary_search(scope).is_ok();
            let is_wider =
                narrower.any(|&place| effort.spend(clause.len()) && kept[place].iter().all(holds));
            if !is_wider {
                if let Some(scope) = rarest(&clause) {
                    by_rarest[scope].push(kept.len());
                }
                kept.push(clause);
            }
        }
        self.clauses = kept;
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

    /// Drops each scope that the best set cannot have because another one could replace it: that
    /// one meets at least the same clauses, unlocks no other calls, and makes the set better, if
    /// only because it comes earlier. Returns `true` if there was one.
    fn drop_worse_scopes(&mut self, effort: &mut Effort) -> bool {
        let clauses = occurrences(&self.clauses);
        let mut kinds: Occurrences = vec![Vec::new(); clauses.len()];
        for (place, kind) in self.kinds.iter().enumerate() {
            for &scope in kind.alternatives.iter().flatten() {
                if kinds[scope].last() != Some(&place) {
                    kinds[scope].push(place);
                }
            }
        }
        let mut worse = FixedBitSet::with_capacity(clauses.len());
        for (scope, within) in clauses.iter().enumerate() {
            let mut within = within.iter().map(|&place| &self.clauses[place]);
            // A scope that meets all its clauses is in each of them.
            let mut others = within.next().cloned().unwrap_or_default();
            others.retain(|&other| other != scope);
            for clause in within {
                if others.is_empty() || !effort.spend(others.len()) {
                    break;
                }
                others.retain(|other| clause.binary_search(other).is_ok());
            }
            if effort.is_spent() {
                break;
            }
            if others.into_iter().any(|other| self.is_better(other, scope, &kinds, effort)) {
                worse.insert(scope);
            }
        }
        self.clauses.iter_mut().for_each(|clause| clause.retain(|&scope| !worse.contains(scope)));
        !worse.is_clear()
    }

    /// Returns `true` if `other` in place of `scope` makes every set better that meets as many
    /// clauses.
    fn is_better(
        &self,
        other: usize,
        scope: usize,
        kinds: &Occurrences,
        effort: &mut Effort,
    ) -> bool {
        let mut with_other = kinds[other].iter().map(|&place| &self.kinds[place]);
        let mut with_scope = kinds[scope].iter().map(|&place| &self.kinds[place]);
        with_other.all(|kind| kind.is_unlocked_no_less(scope, other, effort))
            && (other < scope || with_scope.any(|kind| kind.is_only_unlocked_by(scope, effort)))
    }
}

impl CallKind {
    /// Returns `true` if every set with `other` that unlocks this unlocks it with `scope` in its
    /// place too.
    fn is_unlocked_no_less(&self, scope: usize, other: usize, effort: &mut Effort) -> bool {
        let mut with_other = self.alternatives.iter().filter(|scopes| scopes.contains(&other));
        effort.spend(self.alternatives.len())
            && with_other.all(|scopes| {
                let is_there = |s: &usize| *s == scope || (*s != other && scopes.contains(s));
                self.alternatives.iter().any(|instead| instead.iter().all(is_there))
            })
    }

    /// Returns `true` if nothing unlocks this without `scope`, which does so alone.
    fn is_only_unlocked_by(&self, scope: usize, effort: &mut Effort) -> bool {
        effort.spend(self.alternatives.len())
            && self.alternatives.iter().all(|scopes| scopes.contains(&scope))
            && self.alternatives.iter().any(|scopes| scopes.len() == 1)
    }
}

/// For each scope, the `lists` that contain it.
pub(super) fn occurrences(lists: &[Vec<usize>]) -> Occurrences {
    let end = lists.iter().flatten().max().map_or(0, |last| last + 1);
    let mut occurrences = vec![Vec::new(); end];
    for (place, list) in lists.iter().enumerate() {
        list.iter().for_each(|&scope| occurrences[scope].push(place));
    }
    occurrences
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(alternatives: &[&[usize]]) -> CallKind {
        let alternatives = alternatives.iter().map(|scopes| scopes.to_vec()).collect();
        CallKind { alternatives, calls: 1, writes: 0 }
    }

    fn reduced(clauses: &[&[usize]], kinds: &[CallKind], effort: usize) -> Problem {
        let mut problem = Problem {
            clauses: clauses.iter().map(|clause| clause.to_vec()).collect(),
            kinds: kinds.to_vec(),
            chosen: FixedBitSet::new(),
        };
        problem.reduce(&mut Effort::of(effort));
        problem
    }

    /// The scopes taken, and the clauses left.
    fn left(clauses: &[&[usize]], kinds: &[CallKind]) -> (Vec<usize>, Vec<Vec<usize>>) {
        let reduced = reduced(clauses, kinds, 10_000);
        (reduced.chosen.ones().collect(), reduced.clauses)
    }

    /// Three clauses of which none is wider, with no scope that is worse than another.
    const TRIANGLE: [&[usize]; 3] = [&[0, 1], &[0, 2], &[1, 2]];

    #[test]
    fn what_follows_without_trying_is_done() {
        assert_eq!(left(&[&[1], &[1, 2], &[3, 4]], &[]), (vec![1, 3], vec![]));
        let triangle: Vec<_> = TRIANGLE.iter().map(|clause| clause.to_vec()).collect();
        let [a, b, c] = TRIANGLE;
        assert_eq!(left(&[&[0, 1, 2], a, b, c], &[]), (vec![], triangle));
    }

    #[test]
    fn a_scope_gives_way_to_one_that_unlocks_no_other_calls() {
        let both = [kind(&[&[3]]), kind(&[&[4], &[3]])];
        assert_eq!(left(&[&[3, 4]], &both).0, [4], "only 3 unlocks the first");
        let neither = [kind(&[&[3]]), kind(&[&[4]])];
        assert_eq!(left(&[&[3, 4]], &neither), (vec![], vec![vec![3, 4]]));
        let together = [kind(&[&[3, 5]]), kind(&[&[5]])];
        assert_eq!(left(&[&[3, 4], &[5]], &together).0, [4, 5], "5 is there already");
    }

    #[test]
    fn what_several_scopes_unlock_counts_where_the_others_may_come() {
        let clauses: [&[usize]; 3] = [&[3, 4], &[5, 6], &[3, 4, 5]];
        let together = [kind(&[&[3, 5]]), kind(&[&[5]]), kind(&[&[6]])];
        let (taken, _) = left(&clauses, &together);
        assert_eq!(taken, [0_usize; 0], "3 is worse than 4 only with 5, but earlier without");
        let reversed = [kind(&[&[4, 5]]), kind(&[&[5]]), kind(&[&[6]])];
        assert_eq!(left(&clauses, &reversed).0, [3]);
    }

    #[test]
    fn calls_that_no_choice_changes_are_dropped() {
        let kinds = [kind(&[&[7], &[0]]), kind(&[&[9]]), kind(&[&[1], &[9]]), kind(&[&[7, 1]])];
        let [a, b, c] = TRIANGLE;
        let mut triangle = reduced(&[a, b, c, &[7]], &kinds, 10_000);
        triangle.kinds.sort_by_key(|kind| kind.alternatives.clone());
        assert_eq!(triangle.kinds, [kind(&[&[1]]), kind(&[&[1]])]);
    }

    #[test]
    fn without_effort_nothing_is_dropped_that_matters() {
        let [a, b, c] = TRIANGLE;
        let cut = reduced(&[&[0, 1, 2], a, b, c, &[7]], &[], 1);
        assert_eq!(cut.chosen.ones().collect::<Vec<_>>(), [7]);
        assert_eq!(cut.clauses.len(), 4);
    }
}
