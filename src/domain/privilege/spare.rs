use fixedbitset::FixedBitSet;

use super::part::Part;

/// All scopes but those to spare: a set that meets every clause, good but seldom the best.
pub(super) fn first_set(part: &Part) -> FixedBitSet {
    let mut chosen = (0..part.scopes.len()).collect();
    drop_spare(&mut chosen, part);
    chosen
}

/// Takes out, the worst first, what the other scopes make needless. Of those that unlock as much, the one that
/// meets the fewest clauses is the worst.
pub(super) fn drop_spare(chosen: &mut FixedBitSet, part: &Part) {
    let meets = part.meets();
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
    scopes.sort_unstable_by_key(|&s| std::cmp::Reverse((sums[s], usize::MAX - meets[s].len(), s)));
    for scope in scopes {
        if meets[scope].iter().all(|&clause| met[clause] > 1) {
            chosen.set(scope, false);
            meets[scope].iter().for_each(|&clause| met[clause] -= 1);
        }
    }
}
