use std::collections::HashSet;

use fixedbitset::FixedBitSet;

use super::reduction::{self, Reduced};

/// Some of the elements, by their numbers. An earlier element is preferred to a later one.
pub(super) type Elements = FixedBitSet;

/// A set of elements that meets each of the given sets.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Solution {
    pub elements: Elements,
    /// Whether it is proved that none is better. False only when the effort ran out.
    pub proved: bool,
}

/// What is better comes first: fewer elements, then fewer heavy ones, then earlier ones.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    elements: usize,
    heavy: usize,
    places: Vec<usize>,
}

/// The search for one part of the problem that shares no element with the others.
struct Search<'a> {
    heavy: &'a Elements,
    best: Cost,
    effort: &'a mut Effort,
}

/// What may still be spent, in words looked at.
pub(super) struct Effort(usize);

/// The best set of elements that meets each of `sets`, none of which is empty.
///
/// Reductions come first; what they leave falls into parts that share no element, and each is
/// searched by branch and bound. When `effort` runs out, the best set found so far is taken:
/// it meets every set, and none of its elements can be left out.
pub(super) fn smallest(sets: Vec<Elements>, heavy: &Elements, effort: usize) -> Solution {
    let mut effort = Effort::of(effort);
    let Reduced { mut chosen, sets } = reduction::reduce(distinct(sets), heavy, &mut effort);
    for part in parts(sets) {
        let mut search =
            Search { heavy, best: Cost::of(&greedy(&part, heavy), heavy), effort: &mut effort };
        search.branch(part.clone(), Elements::new());
        let mut best: Elements = search.best.places.into_iter().collect();
        drop_unneeded(&mut best, &part, heavy);
        chosen.union_with(&best);
    }
    Solution { elements: chosen, proved: !effort.is_spent() }
}

impl Effort {
    pub(super) fn of(words: usize) -> Self {
        Self(words)
    }

    /// Takes `words` off; false when there are not that many left, and from then on.
    pub(super) fn spend(&mut self, words: usize) -> bool {
        self.0 = self.0.saturating_sub(words.max(1));
        !self.is_spent()
    }

    pub(super) fn left(&self) -> usize {
        self.0
    }

    fn is_spent(&self) -> bool {
        self.0 == 0
    }
}

impl Cost {
    fn of(elements: &Elements, heavy: &Elements) -> Self {
        let places: Vec<_> = elements.ones().collect();
        Self { elements: places.len(), heavy: elements.intersection_count(heavy), places }
    }
}

impl Search<'_> {
    /// Tries every way of meeting `sets` in addition to `chosen` that may be better than the best.
    fn branch(&mut self, sets: Vec<Elements>, chosen: Elements) {
        if !self.effort.spend(words(&sets)) {
            return;
        }
        let reduced = reduction::reduce(sets, self.heavy, self.effort);
        let mut sets = reduced.sets;
        let mut chosen = chosen;
        chosen.union_with(&reduced.chosen);
        if sets.is_empty() {
            let cost = Cost::of(&chosen, self.heavy);
            if cost < self.best {
                self.best = cost;
            }
            return;
        }
        if !self.may_be_better(&sets, &chosen) {
            return;
        }
        let narrowest = sets.iter().min_by_key(|set| set.count_ones(..));
        let Some(narrowest) = narrowest.cloned() else {
            return;
        };
        for element in narrowest.ones() {
            let mut with = chosen.clone();
            with.grow_and_insert(element);
            let unmet = sets.iter().filter(|set| !set.contains(element));
            self.branch(unmet.cloned().collect(), with);
            // What contains this element was searched: from here on it is left out.
            sets.iter_mut().for_each(|set| {
                set.grow(element + 1);
                set.remove(element);
            });
            if sets.iter().any(FixedBitSet::is_clear) {
                return;
            }
        }
    }

    /// Sets that share no element need an element each, and a heavy one where all are heavy.
    fn may_be_better(&self, sets: &[Elements], chosen: &Elements) -> bool {
        let mut elements = chosen.count_ones(..);
        let mut heavy = chosen.intersection_count(self.heavy);
        let mut seen = Elements::new();
        for set in sets {
            if set.is_disjoint(&seen) {
                seen.union_with(set);
                elements += 1;
                heavy += usize::from(set.is_subset(self.heavy));
            }
        }
        (elements, heavy) <= (self.best.elements, self.best.heavy)
    }
}

/// Takes the element that meets the most sets until all are met, then drops what was not needed.
fn greedy(sets: &[Elements], heavy: &Elements) -> Elements {
    let mut unmet: Vec<&Elements> = sets.iter().collect();
    let mut counts = counts(&unmet);
    let mut chosen = Elements::new();
    while !unmet.is_empty() {
        let lighter_and_earlier = |&(place, count): &(usize, &usize)| {
            (*count, !heavy.contains(place), usize::MAX - place)
        };
        let Some((next, _)) = counts.iter().enumerate().max_by_key(lighter_and_earlier) else {
            break;
        };
        chosen.grow_and_insert(next);
        unmet.retain(|set| {
            let met = set.contains(next);
            if met {
                set.ones().for_each(|place| counts[place] -= 1);
            }
            !met
        });
    }
    drop_unneeded(&mut chosen, sets, heavy);
    chosen
}

fn drop_unneeded(chosen: &mut Elements, sets: &[Elements], heavy: &Elements) {
    let mut met: Vec<usize> = sets.iter().map(|set| set.intersection_count(chosen)).collect();
    let mut places: Vec<_> = chosen.ones().collect();
    places.sort_by_key(|&place| (!heavy.contains(place), usize::MAX - place));
    for place in places {
        let holding = || (0..sets.len()).filter(|&set| sets[set].contains(place));
        if holding().all(|set| met[set] > 1) {
            chosen.remove(place);
            holding().for_each(|set| met[set] -= 1);
        }
    }
}

/// How many of `sets` hold each element.
fn counts(sets: &[&Elements]) -> Vec<usize> {
    let width = sets.iter().map(|set| set.len()).max().unwrap_or(0);
    let mut counts = vec![0; width];
    for set in sets {
        set.ones().for_each(|place| counts[place] += 1);
    }
    counts
}

fn distinct(sets: Vec<Elements>) -> Vec<Elements> {
    let mut seen = HashSet::with_capacity(sets.len());
    let mut sets = sets;
    sets.retain(|set| seen.insert(set.ones().collect::<Vec<_>>()));
    sets
}

/// The sets in groups, so that no two groups share an element.
fn parts(sets: Vec<Elements>) -> Vec<Vec<Elements>> {
    let mut parts: Vec<(Elements, Vec<Elements>)> = Vec::new();
    for set in sets {
        let (touching, apart): (Vec<_>, Vec<_>) =
            parts.into_iter().partition(|(held, _)| !held.is_disjoint(&set));
        let mut part = (set.clone(), vec![set]);
        for (held, sets) in touching {
            part.0.union_with(&held);
            part.1.extend(sets);
        }
        parts = apart;
        parts.push(part);
    }
    parts.into_iter().map(|(_, sets)| sets).collect()
}

/// How many words these sets take.
pub(super) fn words(sets: &[Elements]) -> usize {
    sets.iter().map(|set| set.as_slice().len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elements(places: &[usize]) -> Elements {
        places.iter().copied().collect()
    }

    /// What is taken where there is no effort to look further.
    fn at_once(sets: &[&[usize]], heavy: &[usize]) -> Vec<usize> {
        let sets = sets.iter().map(|set| elements(set)).collect();
        let solution = smallest(sets, &elements(heavy), 1);
        assert!(!solution.proved);
        solution.elements.ones().collect()
    }

    #[test]
    fn at_once_the_light_and_the_early_are_taken() {
        assert_eq!(at_once(&[&[1, 2]], &[1]), [2]);
        assert_eq!(at_once(&[&[1, 2]], &[]), [1]);
    }

    #[test]
    fn at_once_what_later_ones_make_needless_is_dropped() {
        let sets: [&[usize]; 6] = [&[0, 1, 7], &[0, 2, 8], &[0, 3, 9], &[1, 4], &[2, 5], &[3, 6]];
        assert_eq!(at_once(&sets, &[]), [1, 2, 3]);
    }

    #[test]
    fn of_two_that_serve_alike_the_heavy_or_the_later_is_dropped() {
        for (heavy, left) in [(elements(&[0]), 1), (Elements::new(), 0)] {
            let mut chosen = elements(&[0, 1]);
            drop_unneeded(&mut chosen, &[elements(&[0, 1])], &heavy);
            assert_eq!(chosen.ones().collect::<Vec<_>>(), [left]);
        }
    }

    /// Nothing in a ring is worse than its neighbours, so that only trying helps. Without the bound
    /// this one takes 1,300,000 words.
    #[test]
    fn what_cannot_be_better_is_not_tried() {
        let near = |place: usize| elements(&[place, (place + 1) % 31, (place + 5) % 31]);
        let solution = smallest((0..31).map(near).collect(), &Elements::new(), 1_000_000);
        assert!(solution.proved);
        assert_eq!(solution.elements.count_ones(..), 12);
    }
}
