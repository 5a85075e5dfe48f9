use std::cmp::Reverse;
use std::ops::Range;

use crate::domain::{ActionIndex, Index};

/// What a scan found in a range of rows, in catalog order.
#[derive(Clone, Debug)]
pub struct Found {
    rows: Range<usize>,
    matches: Vec<Match>,
}

/// One row that matches, and how well.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    pub row: u32,
    /// Words that are found in the id or in a scope only.
    pub words_outside_label: u32,
    pub score: i32,
}

/// All that a search has found so far, from whichever thread and in whichever order it came.
#[derive(Clone, Debug, Default)]
pub struct Matches {
    /// By the rows that they cover, which do not overlap.
    found: Vec<Found>,
}

/// The ranks that occur, best first, as numbers from 0.
#[derive(Clone, Copy)]
struct Ranks {
    best_score: i32,
    scores: usize,
    count: usize,
}

impl Found {
    pub(super) fn new(rows: Range<usize>, matches: Vec<Match>) -> Self {
        Self { rows, matches }
    }

    /// The rows that were looked through.
    pub fn rows(&self) -> Range<usize> {
        self.rows.clone()
    }

    pub(super) fn matching(&self) -> impl Iterator<Item = usize> {
        self.matches.iter().map(|found| found.row as usize)
    }
}

impl Matches {
    pub fn add(&mut self, found: Found) {
        let place = self.found.partition_point(|other| other.rows.start < found.rows.start);
        self.found.insert(place, found);
    }

    /// How many rows match.
    pub fn len(&self) -> usize {
        self.found.iter().map(|found| found.matches.len()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.found.iter().all(|found| found.matches.is_empty())
    }

    /// The pieces, in catalog order: what [`Candidates::narrow`](super::Candidates::narrow) takes.
    pub fn found(&self) -> &[Found] {
        &self.found
    }

    /// The actions that match, the best first: label matches before others, then by score, catalog
    /// order among equals.
    pub fn in_order(&self) -> Vec<ActionIndex> {
        let Some(ranks) = self.ranks() else { return Vec::new() };
        // Ranks are few and matches are many, as a rule, and they come in catalog order.
        if ranks.count <= 1024 + 4 * self.len() { self.counted(ranks) } else { self.sorted() }
    }

    fn all(&self) -> impl Iterator<Item = &Match> {
        self.found.iter().flat_map(|found| &found.matches)
    }

    fn ranks(&self) -> Option<Ranks> {
        let first = self.all().next()?;
        let (mut best, mut worst, mut outside) = (first.score, first.score, 0);
        for found in self.all() {
            best = best.max(found.score);
            worst = worst.min(found.score);
            outside = outside.max(found.words_outside_label);
        }
        let scores = best.abs_diff(worst) as usize + 1;
        let count = scores.saturating_mul(outside as usize + 1);
        Some(Ranks { best_score: best, scores, count })
    }

    /// Puts every match where those of better ranks end, one after the other.
    fn counted(&self, ranks: Ranks) -> Vec<ActionIndex> {
        let mut places = vec![0_usize; ranks.count + 1];
        for found in self.all() {
            places[ranks.of(found) + 1] += 1;
        }
        for rank in 1..places.len() {
            places[rank] += places[rank - 1];
        }
        let mut order = vec![ActionIndex::from_position(0); self.len()];
        for found in self.all() {
            let place = &mut places[ranks.of(found)];
            order[*place] = found.index();
            *place += 1;
        }
        order
    }

    fn sorted(&self) -> Vec<ActionIndex> {
        let mut all: Vec<_> = self.all().collect();
        all.sort_by_key(|found| (found.words_outside_label, Reverse(found.score)));
        all.into_iter().map(Match::index).collect()
    }
}

impl Match {
    fn index(&self) -> ActionIndex {
        ActionIndex::from_position(self.row as usize)
    }
}

impl Ranks {
    fn of(self, found: &Match) -> usize {
        let below_best = self.best_score.abs_diff(found.score) as usize;
        found.words_outside_label as usize * self.scores + below_best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows from 0 on, by the words outside their labels and their scores.
    fn ranked(ranks: &[(u32, i32)]) -> Vec<Match> {
        let row = |(&(words_outside_label, score), row)| Match { row, words_outside_label, score };
        ranks.iter().zip(0..).map(row).collect()
    }

    #[test]
    fn pieces_are_kept_in_catalog_order_however_they_come() {
        let mut matches = Matches::default();
        for rows in [3..7, 0..3, 9..11, 7..9] {
            matches.add(Found::new(rows, Vec::new()));
        }
        let rows: Vec<_> = matches.found().iter().map(Found::rows).collect();
        assert_eq!(rows, [0..3, 3..7, 7..9, 9..11]);
        assert!(matches.is_empty());
        matches.add(Found::new(11..12, vec![Match { row: 11, words_outside_label: 0, score: 1 }]));
        assert!(!matches.is_empty());
    }

    #[test]
    fn the_order_is_the_same_by_counting_and_by_sorting() {
        let ranks = [(0, 5), (1, 900_000), (0, -70), (0, 5), (3, 5), (1, i32::MIN), (0, i32::MAX)];
        let found = ranked(&ranks);
        let mut matches = Matches::default();
        matches.add(Found::new(3..7, found[3..].to_vec()));
        matches.add(Found::new(0..3, found[..3].to_vec()));
        let rows: Vec<_> = matches.in_order().iter().map(|index| index.position()).collect();
        assert_eq!(rows, [6, 0, 3, 2, 1, 5, 4]);

        let near = ranked(&[(0, 5), (2, 7), (0, 3), (1, 5), (2, 5), (1, 7), (0, 7)]);
        let near = Matches { found: vec![Found::new(0..7, near)] };
        let ranks = near.ranks().expect("some match");
        assert_eq!(near.counted(ranks), near.sorted());
    }
}
