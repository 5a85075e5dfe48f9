use fixedbitset::FixedBitSet;

use super::effort::Effort;
use super::part::Part;
use super::reduction::{Occurrences, occurrences};
use crate::domain::CallKind;

/// A set that meets every clause and has no scope to spare, good but seldom the best: to each
/// clause in turn, the narrowest first, it adds the scope that unlocks the least.
pub(super) fn greedy(part: &Part, effort: &mut Effort) -> FixedBitSet {
    let mut chosen = FixedBitSet::with_capacity(part.scopes.len());
    let meets = occurrences(&part.clauses);
    let mut kinds: Occurrences = vec![Vec::new(); part.scopes.len()];
    for (place, kind) in part.kinds.iter().enumerate() {
        kind.alternatives.iter().flatten().for_each(|&scope| kinds[scope].push(place));
    }
    let mut order: Vec<_> = part.clauses.iter().collect();
    order.sort_by_key(|clause| clause.len());
    for clause in order {
        if clause.iter().any(|&scope| chosen.contains(scope)) {
            continue;
        }
        let weight = |&&scope: &&usize| {
            effort.spend(kinds[scope].len());
            if effort.is_spent() {
                return (0, 0, 0);
            }
            let (writes, calls) = added(scope, &kinds[scope], &part.kinds, &chosen);
            (writes, calls, usize::MAX - meets[scope].len())
        };
        if let Some(&scope) = clause.iter().min_by_key(weight) {
            chosen.insert(scope);
        }
    }
    drop_spare(&mut chosen, part);
    chosen
}

/// The number of further calls that a scope unlocks: those that change data, and all.
fn added(
    scope: usize,
    places: &[usize],
    kinds: &[CallKind],
    chosen: &FixedBitSet,
) -> (usize, usize) {
    let is_there = |s: &usize| chosen.contains(*s);
    let unlocks = |scopes: &Vec<usize>| scopes.iter().all(|s| *s == scope || is_there(s));
    let is_added = |kind: &&CallKind| {
        let is_unlocked = kind.alternatives.iter().any(|scopes| scopes.iter().all(is_there));
        !is_unlocked && kind.alternatives.iter().any(unlocks)
    };
    let added = places.iter().map(|&place| &kinds[place]).filter(is_added);
    added.fold((0, 0), |(writes, calls), kind| (writes + kind.writes, calls + kind.calls))
}

/// Takes out, the worst first, what the other scopes make needless.
pub(super) fn drop_spare(chosen: &mut FixedBitSet, part: &Part) {
    let meets = occurrences(&part.clauses);
    let of = |clause: &Vec<usize>| clause.iter().filter(|&&scope| chosen.contains(scope)).count();
    let mut met: Vec<usize> = part.clauses.iter().map(of).collect();
    let mut sums = vec![(0, 0); part.scopes.len()];
    for kind in &part.kinds {
        for &scope in kind.alternatives.iter().flatten() {
            sums[scope].0 += kind.writes;
            sums[scope].1 += kind.calls;
        }
    }
    let mut scopes: Vec<_> = chosen.ones().collect();
    scopes.sort_unstable_by_key(|&s| std::cmp::Reverse((sums[s], s)));
    for scope in scopes {
        if meets[scope].iter().all(|&clause| met[clause] > 1) {
            chosen.set(scope, false);
            meets[scope].iter().for_each(|&clause| met[clause] -= 1);
        }
    }
}
