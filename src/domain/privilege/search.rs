use fixedbitset::FixedBitSet;

use super::effort::Effort;
use super::part::Part;
use super::spare::{drop_spare, first_set};

/// The most words that the tables of a search may take. A part that needs more is not searched.
const LARGEST: usize = 4_000_000;

/// The first criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    LeastPower,
    FewestScopes,
}

/// Lower is better.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    /// The numbers of calls that change data, of calls and of scopes, in the order of the aim.
    counts: [usize; 3],
    places: Vec<usize>,
}

/// The best set of scopes that meets every clause of a part, and whether that is proved. When the
/// effort runs out, it is the best that was found so far.
pub(super) fn best(part: &Part, aim: Aim, effort: &mut Effort) -> (FixedBitSet, bool) {
    let first_set = first_set(part);
    let words = (part.clauses.len() + part.kinds.len()).div_ceil(64) * part.scopes.len();
    if words > LARGEST || !effort.spend(words) {
        return (first_set, false);
    }
    let tables = Tables::of(part, aim);
    let mut first = tables.start();
    first_set.ones().for_each(|scope| first.choose(scope, &tables));
    let mut search = Search { best: first.cost(&tables), tables: &tables, effort };
    search.branch(tables.start());
    let mut best = search.best.places.into_iter().collect();
    // A set that was found on the way may have a scope to spare.
    drop_spare(&mut best, part);
    (best, !effort.is_spent())
}

/// The same as a [`Part`], in sets.
struct Tables {
    aim: Aim,
    /// The scopes of each clause.
    clauses: Vec<FixedBitSet>,
    /// The clauses that each scope meets.
    meets: Vec<FixedBitSet>,
    /// The kinds of calls that each scope unlocks alone.
    unlocks: Vec<FixedBitSet>,
    /// The calls that each scope unlocks together with others: the kind, and all of the scopes.
    together: Vec<Vec<(usize, FixedBitSet)>>,
    /// For each kind, the number of calls that change data, and of all calls.
    weights: Vec<(usize, usize)>,
}

/// Some scopes are chosen, some are left out, the others are left to choose from.
#[derive(Clone)]
struct Node {
    chosen: FixedBitSet,
    left: FixedBitSet,
    /// The clauses that the chosen scopes do not meet.
    open: FixedBitSet,
    /// The kinds of calls that the chosen scopes unlock.
    unlocked: FixedBitSet,
}

struct Search<'a> {
    tables: &'a Tables,
    best: Cost,
    effort: &'a mut Effort,
}

impl Tables {
    fn of(part: &Part, aim: Aim) -> Self {
        let (scopes, kinds) = (part.scopes.len(), part.kinds.len());
        let set = |bits: usize, places: &[usize]| {
            let mut set = FixedBitSet::with_capacity(bits);
            set.extend(places.iter().copied());
            set
        };
        let mut unlocks = vec![FixedBitSet::with_capacity(kinds); scopes];
        let mut together = vec![Vec::new(); scopes];
        for (place, kind) in part.kinds.iter().enumerate() {
            for alternative in &kind.alternatives {
                if let [alone] = alternative[..] {
                    unlocks[alone].insert(place);
                } else {
                    let all = set(scopes, alternative);
                    alternative.iter().for_each(|&s| together[s].push((place, all.clone())));
                }
            }
        }
        let meets = part.meets();
        Self {
            aim,
            clauses: part.clauses.iter().map(|clause| set(scopes, clause)).collect(),
            meets: meets.iter().map(|clauses| set(part.clauses.len(), clauses)).collect(),
            unlocks,
            together,
            weights: part.kinds.iter().map(|kind| (kind.writes, kind.calls)).collect(),
        }
    }

    fn start(&self) -> Node {
        let all = |end: usize| (0..end).collect();
        Node {
            chosen: FixedBitSet::with_capacity(self.meets.len()),
            left: all(self.meets.len()),
            open: all(self.clauses.len()),
            unlocked: FixedBitSet::with_capacity(self.weights.len()),
        }
    }

    fn counts(&self, writes: usize, calls: usize, scopes: usize) -> [usize; 3] {
        match self.aim {
            Aim::LeastPower => [writes, calls, scopes],
            Aim::FewestScopes => [scopes, writes, calls],
        }
    }

    /// The number of calls of some kinds that change data, and of all their calls.
    fn weight(&self, kinds: impl Iterator<Item = usize>) -> (usize, usize) {
        kinds.fold((0, 0), |(writes, calls), kind| {
            let (more_writes, more_calls) = self.weights[kind];
            (writes + more_writes, calls + more_calls)
        })
    }
}

impl Node {
    fn choose(&mut self, scope: usize, tables: &Tables) {
        self.chosen.insert(scope);
        self.left.set(scope, false);
        self.open.difference_with(&tables.meets[scope]);
        self.unlocked.union_with(&tables.unlocks[scope]);
        for (kind, all) in &tables.together[scope] {
            if all.is_subset(&self.chosen) {
                self.unlocked.insert(*kind);
            }
        }
    }

    fn cost(&self, tables: &Tables) -> Cost {
        let (writes, calls) = tables.weight(self.unlocked.ones());
        let places: Vec<_> = self.chosen.ones().collect();
        Cost { counts: tables.counts(writes, calls, places.len()), places }
    }

    /// No set that this may grow to costs less than this.
    ///
    /// What all scopes of an open clause unlock is unlocked in any case. Beyond that, clauses whose
    /// scopes unlock nothing in common each add at least what their weakest scope does.
    fn bound(&self, tables: &Tables) -> Cost {
        let scopes_of = |clause: usize| tables.clauses[clause].intersection(&self.left);
        let mut certain = self.unlocked.clone();
        let mut within_all = FixedBitSet::with_capacity(tables.weights.len());
        for clause in self.open.ones() {
            let mut scopes = scopes_of(clause);
            within_all.clear();
            scopes.next().into_iter().for_each(|s| within_all.union_with(&tables.unlocks[s]));
            scopes.for_each(|scope| within_all.intersect_with(&tables.unlocks[scope]));
            certain.union_with(&within_all);
        }
        let (mut writes, mut calls) = tables.weight(certain.ones());
        let mut touched = FixedBitSet::with_capacity(tables.meets.len());
        let mut scopes = self.chosen.count_ones(..);
        for clause in self.open.ones() {
            if scopes_of(clause).all(|scope| !touched.contains(scope)) {
                touched.union_with(&tables.clauses[clause]);
                scopes += 1;
            }
            let added = |scope: usize| tables.weight(tables.unlocks[scope].difference(&certain));
            let weakest = scopes_of(clause)
                .map(added)
                .reduce(|one, other| (one.0.min(other.0), one.1.min(other.1)));
            let (more_writes, more_calls) = weakest.unwrap_or_default();
            if (more_writes, more_calls) != (0, 0) {
                writes += more_writes;
                calls += more_calls;
                scopes_of(clause).for_each(|scope| certain.union_with(&tables.unlocks[scope]));
            }
        }
        let counts = tables.counts(writes, calls, scopes);
        Cost { counts, places: self.earliest(scopes) }
    }

    /// The first `scopes` scopes that a set could have which this grows to.
    fn earliest(&self, scopes: usize) -> Vec<usize> {
        let more = scopes.saturating_sub(self.chosen.count_ones(..));
        let mut places: Vec<_> = self.chosen.ones().chain(self.left.ones().take(more)).collect();
        places.sort_unstable();
        places
    }

    /// The number of words that a look at all open clauses takes.
    fn words(&self, tables: &Tables) -> usize {
        let scopes = self.open.ones().map(|clause| tables.clauses[clause].count_ones(..));
        scopes.sum::<usize>() * (1 + tables.weights.len() / 64)
    }
}

impl Search<'_> {
    /// Tries every set that `node` may grow to and that may be better than the best.
    fn branch(&mut self, mut node: Node) {
        let tables = self.tables;
        if !self.effort.spend(node.words(tables)) {
            return;
        }
        if node.open.is_clear() {
            let cost = node.cost(tables);
            if cost < self.best {
                self.best = cost;
            }
            return;
        }
        if node.bound(tables) >= self.best {
            return;
        }
        let left = |clause: &usize| tables.clauses[*clause].intersection_count(&node.left);
        let Some(narrowest) = node.open.ones().min_by_key(left) else { return };
        let scopes = tables.clauses[narrowest].intersection(&node.left);
        let mut ranked: Vec<_> = scopes
            .map(|scope| {
                let added = tables.weight(tables.unlocks[scope].difference(&node.unlocked));
                let meets = tables.meets[scope].intersection_count(&node.open);
                (added, usize::MAX - meets, scope)
            })
            .collect();
        ranked.sort_unstable();
        for (.., scope) in ranked {
            let mut with = node.clone();
            with.choose(scope, tables);
            self.branch(with);
            if self.effort.is_spent() {
                return;
            }
            // Every set with this scope was tried.
            node.left.set(scope, false);
        }
    }
}
