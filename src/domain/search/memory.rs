use std::collections::HashMap;

use super::index::ScopeSet;

/// Scores that are remembered a scan, and answers for scopes: some megabytes at the most.
const MOST_REMEMBERED: usize = 1 << 14;

/// The scores of the labels seen, as far as the matcher can tell them apart.
#[derive(Default)]
pub(super) struct Scores {
    /// By the number of the word, then by what the matcher sees.
    by_word: Vec<HashMap<Box<[u8]>, Option<i32>>>,
    count: usize,
}

/// Whether a word stands in one of an action's scopes, by scope set.
#[derive(Default)]
pub(super) struct InScopes {
    answers: Vec<Option<bool>>,
}

impl Scores {
    /// The score of word `number` for what it sees, worked out by `score` where nobody knows it.
    pub fn of(
        &mut self,
        number: usize,
        sight: &[u8],
        score: impl FnOnce() -> Option<i32>,
    ) -> Option<i32> {
        if let Some(&known) = self.by_word.get(number).and_then(|scores| scores.get(sight)) {
            return known;
        }
        let score = score();
        if self.count < MOST_REMEMBERED {
            self.count += 1;
            if self.by_word.len() <= number {
                self.by_word.resize_with(number + 1, HashMap::new);
            }
            self.by_word[number].insert(sight.into(), score);
        }
        score
    }
}

impl InScopes {
    /// Whether word `number` of `words` stands in a scope of the set, found out by `look` where
    /// nobody knows it.
    pub fn of(
        &mut self,
        set: ScopeSet,
        (number, words): (usize, usize),
        look: impl FnOnce() -> bool,
    ) -> bool {
        let place = set.number().map(|set| set * words + number);
        let Some(place) = place.filter(|&place| place < MOST_REMEMBERED) else { return look() };
        if self.answers.len() <= place {
            self.answers.resize(place + 1, None);
        }
        *self.answers[place].get_or_insert_with(look)
    }
}
