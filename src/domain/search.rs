//! Searching a catalog of any size.
//!
//! A [`Search`] is a query made ready, a [`SearchIndex`] what is worth knowing of a catalog before
//! any query. A [`Scan`] looks through rows, as many at a time as its caller likes: several scans
//! may share the rows of one search between threads, and a scan that is no longer wanted is simply
//! not asked for more. What they find comes together in [`Matches`], which gives the order, and in
//! [`Candidates`], which are all that a search for more than the last one must look at.

mod candidates;
mod fold;
mod index;
mod letters;
mod matcher;
mod matches;
mod memory;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod reference;
mod scan;
#[cfg(test)]
mod tests;
mod word;

use std::collections::HashSet;

use super::{Action, ActionIndex, Catalog};
use fold::foldable;
use matcher::Matcher;
use word::Word;

pub use candidates::Candidates;
pub use index::SearchIndex;
pub use matches::{Found, Matches};
pub use scan::Scan;

/// Words up to which two queries are compared: beyond, comparing costs more than it saves.
const MOST_WORDS_COMPARED: usize = 64;

/// A query made ready for searching.
///
/// Every word of the query must be found in an action: fuzzily in the label, or as it stands in
/// the id or in one of the scopes. Ids are not searched fuzzily, because each begins with the
/// connector's name and would match nearly everything.
pub struct Search {
    words: Vec<Word>,
    matcher: Matcher,
}

/// Which characters of a row matched, counted from 0 and rising.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlights {
    pub label: Vec<usize>,
    /// One list a scope of the action, in the action's order.
    pub scopes: Vec<Vec<usize>>,
}

impl Search {
    pub fn new(query: &str) -> Self {
        let mut seen = HashSet::new();
        let distinct = query.split_whitespace().filter(|&text| seen.insert(text));
        Self { words: distinct.map(Word::new).collect(), matcher: Matcher::new() }
    }

    /// Whether the query has no word, so that every action is listed, in catalog order.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether only what `former` lists can be listed by this search, because each word of
    /// `former` is still there, be it inside a longer one. Where it says no, it may be so all the
    /// same.
    pub fn narrows(&self, former: &Self) -> bool {
        self.words.len().max(former.words.len()) <= MOST_WORDS_COMPARED
            && former.words.iter().all(|old| self.words.iter().any(|new| new.contains(old)))
    }

    /// The actions that match, the best first: label matches before others, catalog order among
    /// equals. Without a word, all actions in catalog order.
    pub fn run(&self, catalog: &Catalog) -> Vec<ActionIndex> {
        if self.is_empty() {
            return catalog.indices().collect();
        }
        let index = SearchIndex::of(catalog);
        let mut matches = Matches::default();
        matches.add(Scan::new(self, catalog, &index).rows(0..index.rows(), &Candidates::all()));
        matches.in_order()
    }

    /// What to highlight in a row that matches. Asked for the rows on the screen only.
    pub fn highlights(&self, catalog: &Catalog, action: Action) -> Highlights {
        let mut label = Vec::new();
        for word in &self.words {
            label.extend(self.matcher.positions(word, &foldable(action.label(), word.case())));
        }
        let scopes = action.scopes().iter();
        let mut highlights = Highlights {
            label,
            scopes: scopes.map(|&s| self.found_in(catalog.scope(s))).collect(),
        };
        tidy(&mut highlights.label);
        highlights
    }

    fn found_in(&self, scope: &str) -> Vec<usize> {
        let mut positions = Vec::new();
        for word in &self.words {
            let text = foldable(scope, word.case());
            if let Some(start) = word.find_in(scope) {
                let first = text[..start].chars().count();
                positions.extend(first..first + word.text().chars().count());
            }
        }
        tidy(&mut positions);
        positions
    }
}

fn tidy(positions: &mut Vec<usize>) {
    positions.sort_unstable();
    positions.dedup();
}
