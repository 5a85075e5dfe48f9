use std::ops::Range;

use super::fold::fold_into;
use super::index::{Row, ScopeSet};
use super::matches::{Found, Match};
use super::memory::{InScopes, Scores};
use super::word::Word;
use super::{Candidates, Search, SearchIndex};
use crate::domain::{ActionIndex, Catalog, Index};

/// Bytes of a label up to which its score is remembered: long ones are few, and take the memory of
/// many.
const LONGEST_REMEMBERED: usize = 512;

/// What begins the sight of a label beyond ASCII, which is its text: no text has such a byte.
const TEXT: u8 = 0xff;

/// One thread's way through the rows of a search.
///
/// It remembers what it found out, because labels repeat from connector to connector and few
/// scopes serve many actions: a scan should live as long as there are rows to look at.
pub struct Scan<'a> {
    search: &'a Search,
    catalog: &'a Catalog,
    index: &'a SearchIndex,
    scores: Scores,
    in_scopes: InScopes,
    /// Room to work in, so that a row needs no memory of its own.
    sight: Vec<u8>,
    text: String,
}

impl<'a> Scan<'a> {
    /// `index` is of `catalog`, or of the part of it that was there.
    pub fn new(search: &'a Search, catalog: &'a Catalog, index: &'a SearchIndex) -> Self {
        Self {
            search,
            catalog,
            index,
            scores: Scores::default(),
            in_scopes: InScopes::default(),
            sight: Vec::new(),
            text: String::new(),
        }
    }

    /// Looks through `rows`, as far as the index has them and `candidates` does not rule them out.
    /// A few thousand rows are a fraction of a millisecond.
    pub fn rows(&mut self, rows: Range<usize>, candidates: &Candidates) -> Found {
        let end = rows.end.min(self.index.rows());
        let rows = rows.start.min(end)..end;
        let mut matches = Vec::new();
        matches.extend(candidates.among(rows.clone()).filter_map(|row| self.look_at(row)));
        // Many pieces are kept, each until all are there.
        matches.shrink_to_fit();
        Found::new(rows, matches)
    }

    fn look_at(&mut self, row: usize) -> Option<Match> {
        let known = self.index.row(row);
        let words = self.search.words.iter().enumerate();
        for (number, word) in words {
            let possible = known.label.hold(word.letters())
                || known.id.hold(word.id_letters())
                || self.is_in_scopes(number, row, known.scopes);
            if !possible {
                return None;
            }
        }
        self.rank(row, known)
    }

    fn rank(&mut self, row: usize, known: Row) -> Option<Match> {
        let action = self.catalog.action(ActionIndex::from_position(row));
        let mut found = Match { row: row as u32, words_outside_label: 0, score: 0 };
        for (number, word) in self.search.words.iter().enumerate() {
            if let Some(score) = self.score(number, action.label(), known) {
                found.score = found.score.saturating_add(score);
            } else if self.is_in_scopes(number, row, known.scopes)
                || self.is_in_id(word, action.id(), known)
            {
                found.words_outside_label += 1;
            } else {
                return None;
            }
        }
        Some(found)
    }

    fn score(&mut self, number: usize, label: &str, known: Row) -> Option<i32> {
        let (word, matcher) = (&self.search.words[number], &self.search.matcher);
        if !known.label.hold(word.letters()) {
            return None;
        }
        if known.label.are_ascii() && label.len() <= LONGEST_REMEMBERED {
            let seen = word.seen_in(label, &mut self.sight)?;
            return self.scores.of(number, &self.sight, || matcher.score(word, seen));
        }
        fold_into(label, word.case(), &mut self.text);
        if label.len() > LONGEST_REMEMBERED {
            return matcher.score(word, &self.text);
        }
        self.sight.clear();
        self.sight.push(TEXT);
        self.sight.extend(self.text.bytes());
        self.scores.of(number, &self.sight, || matcher.score(word, &self.text))
    }

    fn is_in_id(&mut self, word: &Word, id: &str, known: Row) -> bool {
        known.id.hold(word.id_letters())
            && if known.id.are_plain() {
                word.is_in_plain(id)
            } else {
                word.is_in(id, &mut self.text)
            }
    }

    fn is_in_scopes(&mut self, number: usize, row: usize, set: ScopeSet) -> bool {
        let (catalog, words, text) = (self.catalog, &self.search.words, &mut self.text);
        self.in_scopes.of(set, (number, words.len()), || {
            let action = catalog.action(ActionIndex::from_position(row));
            action.scopes().iter().any(|&scope| words[number].is_in(catalog.scope(scope), text))
        })
    }
}
