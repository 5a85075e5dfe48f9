use fixedbitset::FixedBitSet;

use super::hitting_set::{Effort, Elements, words};

/// What is left when nothing more follows without trying.
pub(super) struct Reduced {
    /// Elements that the best solution has.
    pub chosen: Elements,
    /// The sets that these do not meet.
    pub sets: Vec<Elements>,
}

/// Takes forced choices, and drops the sets and the elements that cannot matter, until none of
/// the three finds anything. Stops early, with a correct result, when the effort runs out.
pub(super) fn reduce(sets: Vec<Elements>, heavy: &Elements, effort: &mut Effort) -> Reduced {
    let mut reduced = Reduced { chosen: Elements::new(), sets };
    loop {
        reduced.take_forced();
        reduced.drop_wider_sets(effort);
        if !reduced.drop_worse_elements(heavy, effort) {
            return reduced;
        }
    }
}

impl Reduced {
    /// A set of one element can only be met by that one.
    fn take_forced(&mut self) {
        let before = self.chosen.count_ones(..);
        for set in &self.sets {
            let mut elements = set.ones();
            if let (Some(only), None) = (elements.next(), elements.next()) {
                self.chosen.grow_and_insert(only);
            }
        }
        if self.chosen.count_ones(..) > before {
            let chosen = &self.chosen;
            self.sets.retain(|set| set.is_disjoint(chosen));
        }
    }

    /// What meets a set meets every wider one too.
    fn drop_wider_sets(&mut self, effort: &mut Effort) {
        let cost = words(&self.sets).saturating_mul(self.sets.len());
        if cost > effort.left() / 4 {
            return;
        }
        effort.spend(cost);
        self.sets.sort_by_cached_key(|set| set.count_ones(..));
        let mut kept: Vec<Elements> = Vec::new();
        for set in self.sets.drain(..) {
            if kept.iter().all(|narrower| !narrower.is_subset(&set)) {
                kept.push(set);
            }
        }
        self.sets = kept;
    }

    /// An element is worse than another that meets at least the same sets, and is lighter or, at
    /// the same weight, earlier. Some best solution, in fact the best one, has no such element: with
    /// the other in its place it would be better. True when one was found.
    fn drop_worse_elements(&mut self, heavy: &Elements, effort: &mut Effort) -> bool {
        let mut all = Elements::new();
        self.sets.iter().for_each(|set| all.union_with(set));
        let places: Vec<usize> = all.ones().collect();
        let cost = (places.len().saturating_mul(places.len()))
            .saturating_mul(self.sets.len().div_ceil(usize::BITS as usize));
        if cost > effort.left() / 4 {
            return false;
        }
        effort.spend(cost);
        let mut ranked: Vec<_> =
            places.into_iter().map(|place| (place, self.sets_holding(place))).collect();
        ranked.sort_by_key(|&(place, _)| (heavy.contains(place), place));
        let mut kept: Vec<FixedBitSet> = Vec::new();
        let mut worse = Elements::with_capacity(all.len());
        for (place, holding) in ranked {
            if kept.iter().any(|better| holding.is_subset(better)) {
                worse.insert(place);
            } else {
                kept.push(holding);
            }
        }
        self.sets.iter_mut().for_each(|set| set.difference_with(&worse));
        !worse.is_clear()
    }

    fn sets_holding(&self, place: usize) -> FixedBitSet {
        let mut holding = FixedBitSet::with_capacity(self.sets.len());
        holding.extend((0..self.sets.len()).filter(|&set| self.sets[set].contains(place)));
        holding
    }
}
