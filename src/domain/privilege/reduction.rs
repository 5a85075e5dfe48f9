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

#[cfg(test)]
mod tests {
    use super::*;

    /// What is chosen and what is left of `sets`, with so much to spend.
    fn reduced(sets: &[&[usize]], effort: usize) -> (Vec<usize>, Vec<Vec<usize>>) {
        let sets = sets.iter().map(|set| set.iter().copied().collect()).collect();
        let reduced = reduce(sets, &Elements::new(), &mut Effort::of(effort));
        let places = |set: &Elements| set.ones().collect::<Vec<_>>();
        (places(&reduced.chosen), reduced.sets.iter().map(places).collect())
    }

    /// Three sets of which none is wider, with no element that is worse than another.
    const TRIANGLE: [&[usize]; 3] = [&[0, 1], &[0, 2], &[1, 2]];

    #[test]
    fn what_follows_without_trying_is_done() {
        assert_eq!(reduced(&[&[1], &[1, 2], &[3, 4]], 1_000), (vec![1, 3], vec![]));
        let triangle: Vec<_> = TRIANGLE.iter().map(|set| set.to_vec()).collect();
        let [a, b, c] = TRIANGLE;
        assert_eq!(reduced(&[&[0, 1, 2], a, b, c], 1_000), (vec![], triangle));
    }

    /// Otherwise the reductions of one step could take what all others need.
    #[test]
    fn a_reduction_takes_a_quarter_of_what_may_be_spent_at_most() {
        let [a, b, c] = TRIANGLE;
        let wider = |effort| reduced(&[&[0, 1, 2], a, b, c], effort).1.len();
        assert_eq!((wider(4 * 16 - 1), wider(4 * 16)), (4, 3));
        let worse = |effort| reduced(&[&[3, 4]], effort).0;
        assert_eq!((worse(1 + 4 * 4 - 1), worse(1 + 4 * 4)), (vec![], vec![3]));
    }
}
