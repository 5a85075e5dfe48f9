//! The search as it would be written without a thought for time: every word against every row.

use std::cmp::Reverse;
use std::collections::HashSet;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::foldable;
use crate::domain::search::fold::Case;
use crate::domain::{ActionIndex, Catalog};

pub fn search(query: &str, catalog: &Catalog) -> Vec<ActionIndex> {
    let mut seen = HashSet::new();
    let words: Vec<_> = query.split_whitespace().filter(|&word| seen.insert(word)).collect();
    let mut found: Vec<_> = catalog
        .indices()
        .filter_map(|index| Some((rank(&words, catalog, index)?, index)))
        .collect();
    found.sort();
    found.into_iter().map(|(_, index)| index).collect()
}

fn rank(words: &[&str], catalog: &Catalog, index: ActionIndex) -> Option<(usize, Reverse<i64>)> {
    let action = catalog.action(index);
    let (mut outside, mut score) = (0, 0);
    for word in words {
        if let Some(more) = fuzzy(word, action.label()) {
            score += more;
        } else if is_in(word, action.id())
            || action.scopes().iter().any(|&scope| is_in(word, catalog.scope(scope)))
        {
            outside += 1;
        } else {
            return None;
        }
    }
    Some((outside, Reverse(score)))
}

/// With a matcher that has seen nothing before.
fn fuzzy(word: &str, label: &str) -> Option<i64> {
    let matcher = SkimMatcherV2::default().element_limit(100_000);
    let label = foldable(label, case(word));
    match case(word) {
        Case::Counts => matcher.respect_case(),
        Case::Ignored => matcher.ignore_case(),
    }
    .fuzzy_match(&label, word)
}

fn is_in(word: &str, text: &str) -> bool {
    match case(word) {
        Case::Counts => text.contains(word),
        Case::Ignored => foldable(text, Case::Ignored).to_ascii_lowercase().contains(word),
    }
}

fn case(word: &str) -> Case {
    if word.contains(char::is_uppercase) { Case::Counts } else { Case::Ignored }
}
