use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::fold::Case;
use super::word::Word;

/// Cells of the matcher's table (label characters times word characters) above which it takes its
/// cheap way: a label of a megabyte must not cost a gigabyte.
const CELLS: usize = 100_000;

/// How well a word is found in a label, and where.
///
/// The library keeps its table from one call to the next, and where a word has the same character
/// twice in a row it reads cells that an earlier call left there. The order of rows must not
/// depend on which rows were looked at before, nor by which thread: such a word gets a new table
/// every time.
pub(super) struct Matcher {
    ignoring_case: SkimMatcherV2,
    respecting_case: SkimMatcherV2,
}

impl Matcher {
    pub fn new() -> Self {
        Self { ignoring_case: library(Case::Ignored), respecting_case: library(Case::Counts) }
    }

    /// `text` is foldable. None where the word is not found in it.
    pub fn score(&self, word: &Word, text: &str) -> Option<i32> {
        let score = if repeats(word.text()) {
            library(word.case()).fuzzy_match(text, word.text())
        } else {
            self.for_case(word.case()).fuzzy_match(text, word.text())
        }?;
        // The library counts in the same type, and only widens what it gives.
        Some(i32::try_from(score).unwrap_or(i32::MAX))
    }

    /// The matched characters of `text`, which is foldable.
    pub fn positions(&self, word: &Word, text: &str) -> Vec<usize> {
        let found = if repeats(word.text()) {
            library(word.case()).fuzzy_indices(text, word.text())
        } else {
            self.for_case(word.case()).fuzzy_indices(text, word.text())
        };
        found.map_or_else(Vec::new, |(_, positions)| positions)
    }

    fn for_case(&self, case: Case) -> &SkimMatcherV2 {
        match case {
            Case::Counts => &self.respecting_case,
            Case::Ignored => &self.ignoring_case,
        }
    }
}

fn library(case: Case) -> SkimMatcherV2 {
    let matcher = SkimMatcherV2::default().element_limit(CELLS);
    match case {
        Case::Counts => matcher.respect_case(),
        Case::Ignored => matcher.ignore_case(),
    }
}

fn repeats(word: &str) -> bool {
    let next = word.chars().skip(1);
    word.chars().zip(next).any(|(one, next)| one.eq_ignore_ascii_case(&next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_at_before_changes_neither_score_nor_places() {
        for label in ["Connector0001 List Deal", "Call 0001 000", "Aaa Aa0001 0001"] {
            for word in ["000", "0001", "aab", "ll", "aaa", "deal", "lst"].map(Word::new) {
                let score = Matcher::new().score(&word, label);
                let positions = Matcher::new().positions(&word, label);
                for before in ["aa Aa Aa 00 00 00 0 0 0 0 0 ", "L L L Ll Ll", "d de dea lst"] {
                    for other in ["a", "aa", "0", "l", "al"].map(Word::new) {
                        let matcher = Matcher::new();
                        matcher.score(&other, before);
                        assert_eq!(matcher.score(&word, label), score, "after {before:?}");
                        matcher.positions(&other, before);
                        assert_eq!(matcher.positions(&word, label), positions, "after {before:?}");
                    }
                }
            }
        }
    }
}
