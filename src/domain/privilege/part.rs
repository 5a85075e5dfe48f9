use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use super::problem::Problem;
use crate::domain::CallKind;

/// A part of a problem that shares neither scopes nor calls with the others, so that its best
/// solution does not depend on theirs. Its scopes are numbered from 0, in catalog order.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The position of each scope in the catalog, ascending.
    pub scopes: Vec<usize>,
    pub clauses: Vec<Vec<usize>>,
    pub kinds: Vec<CallKind>,
}

impl Part {
    /// The clauses that each scope meets.
    pub fn meets(&self) -> Vec<Vec<usize>> {
        let mut meets = vec![Vec::new(); self.scopes.len()];
        for (place, clause) in self.clauses.iter().enumerate() {
            clause.iter().for_each(|&scope| meets[scope].push(place));
        }
        meets
    }
}

/// The parts of what the reductions left.
pub(super) fn parts(reduced: Problem) -> Vec<Part> {
    let Problem { clauses, kinds, .. } = reduced;
    let scopes: FixedBitSet = clauses.iter().flatten().copied().collect();
    let mut groups = Groups((0..scopes.len()).collect());
    clauses.iter().for_each(|clause| groups.join(clause.iter()));
    kinds.iter().for_each(|kind| groups.join(kind.alternatives.iter().flatten()));
    let mut parts: BTreeMap<usize, Part> = BTreeMap::new();
    let mut places = vec![0; scopes.len()];
    for scope in scopes.ones() {
        let part = parts.entry(groups.of(scope)).or_default();
        places[scope] = part.scopes.len();
        part.scopes.push(scope);
    }
    let renumbered = |mut scopes: Vec<usize>| {
        scopes.iter_mut().for_each(|scope| *scope = places[*scope]);
        scopes
    };
    for clause in clauses {
        if let Some(part) = clause.first().and_then(|&scope| parts.get_mut(&groups.of(scope))) {
            part.clauses.push(renumbered(clause));
        }
    }
    for mut kind in kinds {
        let first = kind.alternatives.iter().flatten().next();
        if let Some(part) = first.and_then(|&scope| parts.get_mut(&groups.of(scope))) {
            kind.alternatives = kind.alternatives.into_iter().map(renumbered).collect();
            part.kinds.push(kind);
        }
    }
    parts.into_values().collect()
}

/// Each scope points to another one of its group, and the last to itself.
struct Groups(Vec<usize>);

impl Groups {
    fn of(&mut self, mut scope: usize) -> usize {
        while self.0[scope] != scope {
            self.0[scope] = self.0[self.0[scope]];
            scope = self.0[scope];
        }
        scope
    }

    fn join<'a>(&mut self, mut scopes: impl Iterator<Item = &'a usize>) {
        if let Some(&first) = scopes.next() {
            for &scope in scopes {
                let (group, other) = (self.of(first), self.of(scope));
                self.0[group.max(other)] = group.min(other);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_that_share_a_clause_or_a_call_stay_together() {
        let kind = |scopes: &[usize]| CallKind {
            alternatives: scopes.iter().map(|&scope| vec![scope]).collect(),
            calls: 1,
            writes: 0,
        };
        let parts = parts(Problem {
            chosen: FixedBitSet::new(),
            clauses: vec![vec![2, 9], vec![3, 7], vec![5, 8], vec![8, 9]],
            kinds: vec![kind(&[3]), kind(&[5, 2])],
        });
        let scopes: Vec<_> = parts.iter().map(|part| part.scopes.clone()).collect();
        assert_eq!(scopes, [vec![2, 5, 8, 9], vec![3, 7]]);
        assert_eq!(parts[0].clauses, [vec![0, 3], vec![1, 2], vec![2, 3]]);
        assert_eq!(
            parts[0].kinds,
            [CallKind { alternatives: vec![vec![1], vec![0]], ..kind(&[]) }]
        );
    }
}
