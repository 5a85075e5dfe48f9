use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::fold::{Case, Folded};
use super::word::Word;

/// Cells of the matcher's table (label characters times word characters) above which it takes its
/// cheap way: a label of a megabyte must not cost a gigabyte.
const CELLS: usize = 100_000;

/// How well the letters of a word are in a label, in their order but not side by side. The higher, the
/// better; `None` if they are not.
pub(super) fn score(word: &Word, label: &Folded) -> Option<i64> {
    // The library cannot decide whether a word matches: it knows no marks.
    word.is_subsequence_of(label).then(|| {
        library(word.case).fuzzy_match(&label.bases, &word.folded.bases).unwrap_or(i64::MIN)
    })
}

/// The letters of the label that match, rising; empty if the word is not in the label.
pub(super) fn letters(word: &Word, label: &Folded) -> Vec<usize> {
    let Some(first) = word.subsequence(label.letters().enumerate()).collect::<Option<Vec<_>>>()
    else {
        return Vec::new();
    };
    // The library knows no marks.
    if word.folded.has_marks() {
        return first;
    }
    let found = library(word.case).fuzzy_indices(&label.bases, &word.folded.bases);
    found.map_or(first, |(_, letters)| letters)
}

/// A new one for each label: it keeps its table from one call to the next, and where a word has the same
/// character twice in a row it reads cells that an earlier call left there. The order of rows must not
/// depend on which rows were searched before.
fn library(case: Case) -> SkimMatcherV2 {
    let matcher = SkimMatcherV2::default().element_limit(CELLS);
    match case {
        Case::Counts => matcher.respect_case(),
        Case::Ignored => matcher.ignore_case(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The library knows no marks, and prefers other letters than the first.
    #[test]
    fn letters_with_marks_are_shown_where_the_marks_are() {
        let letters = |text: &str| {
            let word = Word::new(text).expect("a word");
            super::letters(&word, &Folded::new("Edz é z", Case::Ignored))
        };
        assert_eq!(letters("éz"), [4, 6]);
        assert_eq!(letters("ez"), [0, 6]);
    }

    #[test]
    fn what_was_searched_before_does_not_change_the_score() {
        for label in ["Connector0001 List Deal", "Call 0001 000", "Aaa Aa0001 0001"] {
            for text in ["000", "0001", "aab", "ll", "aaa", "deal", "lst"] {
                let word = Word::new(text).expect("a word");
                let label = Folded::new(label, Case::Ignored);
                let score = super::score(&word, &label);
                for before in ["aa Aa Aa 00 00 00 0 0 0 0 0 ", "L L L Ll Ll", "d de dea lst"] {
                    super::score(&word, &Folded::new(before, Case::Ignored));
                    assert_eq!(super::score(&word, &label), score, "{text} after {before:?}");
                }
            }
        }
    }
}
