use fixedbitset::FixedBitSet;

use super::effort::Effort;
use super::problem::Problem;

/// For each scope, the lists that contain it.
pub(super) type Occurrences = Vec<Vec<usize>>;

impl Problem {
    /// Takes forced scopes, and drops the clauses and the calls that cannot matter. Keeps more of them,
    /// with a correct result, if the effort runs out.
    ///
    /// The clauses that stay are not met by the scopes that were chosen. The calls that stay can be
    /// unlocked by scopes of the clauses, and say what they need beside the chosen scopes.
    pub fn reduce(&mut self, effort: &mut Effort) {
        self.take_forced();
        self.drop_wider_clauses(effort);
        self.drop_settled_kinds();
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
    use crate::domain::CallKind;

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
        assert_eq!(left(&[&[1], &[1, 2], &[3, 4]], &[]), (vec![1], vec![vec![3, 4]]));
        let triangle: Vec<_> = TRIANGLE.iter().map(|clause| clause.to_vec()).collect();
        let [a, b, c] = TRIANGLE;
        assert_eq!(left(&[&[0, 1, 2], a, b, c], &[]), (vec![], triangle));
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
