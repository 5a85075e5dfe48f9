//! Searching a catalog of any size.
//!
//! Every word of a query must match an action. Each word is tried in three ways, and the first that
//! finds anything in the whole catalog counts: exact text in labels, exact text in ids or scopes,
//! fuzzy in labels, within one of their words if there are such. So `deal` lists the actions with that
//! name, and neither *Delete Goal* nor every action that needs `deals:read`; `lst dl fld` lists *List
//! Deal Fields* and not *List Product Fields*. As in fzf, `'word` matches only exact text in a label, an id or
//! a scope, `^word` at the beginning of one of them, `word$` at the end, and `!word` excludes
//! matches.
//!
//! Because a longer word may be taken in another way than a shorter one, a query is always
//! searched for in all actions.

mod fold;
mod fuzzy;
#[cfg(test)]
mod tests;
mod word;

use std::cmp::Reverse;
use std::collections::HashSet;

use super::{Action, ActionIndex, Catalog, LetterSet, SetIndex, start_of};
use fold::{Case, Folded};
use word::Word;

/// Actions that are looked at before asking again whether the result is wanted.
const STEP: usize = 4096;

/// A query, and how its words are taken in the catalog that was searched. The default one has no
/// word.
#[derive(Debug, Default)]
pub struct Search {
    terms: Vec<Term>,
    /// The whole query, as the label of an action. `None` if it has no word.
    label: Option<Word>,
}

/// The result of a search. The default one has found nothing.
#[derive(Default)]
pub struct Found {
    pub search: Search,
    /// The best first: what is called like the query, label matches before others, catalog order
    /// among equals. If the query has no word, all actions in catalog order.
    pub actions: Vec<ActionIndex>,
}

/// The characters of a row that matched, counted from 0, in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlights {
    pub label: Vec<usize>,
    /// One list per scope of the action, in the action's order.
    pub scopes: Vec<Vec<usize>>,
}

/// A word, and how it is taken.
#[derive(Debug)]
struct Term {
    word: Word,
    /// `None` if it is not looked for in labels.
    in_labels: Option<Way>,
    /// For each list of scopes of the catalog, whether the word is in one of its scopes. `None` if it is
    /// not looked for in ids and scopes.
    in_others: Option<Vec<bool>>,
}

#[derive(Clone, Copy, Debug)]
enum Way {
    Exact,
    /// The letters follow one another within one word of the label, with others between them.
    FuzzyInWord,
    /// The same within the label.
    Fuzzy,
}

/// How well an action matches: the lowest is the best.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// Whether the label is more than the query.
    is_part: bool,
    /// Words that are not found in the label.
    outside: u32,
    /// Words that are found in the label, but not at the beginning of a word.
    within: u32,
    /// The sum of the fuzzy scores.
    score: Reverse<i64>,
}

impl Search {
    pub fn run(query: &str, catalog: &Catalog) -> Found {
        Self::run_while(query, catalog, &|| true).unwrap_or_default()
    }

    /// The same, unless `is_wanted` says meanwhile that nobody waits for it; then `None`.
    pub fn run_while(
        query: &str,
        catalog: &Catalog,
        is_wanted: &dyn Fn() -> bool,
    ) -> Option<Found> {
        let rows = Rows { catalog, is_wanted };
        let mut seen = HashSet::new();
        let words = query.split_whitespace().filter(|&text| seen.insert(text));
        let mut search = Self::default();
        for word in words.filter_map(Word::new) {
            let Some(term) = rows.term(word)? else {
                return Some(Found::default());
            };
            search.terms.push(term);
        }
        let label = query.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        search.label = Word::new(&format!("^{label}$"));
        let mut ranked = Vec::new();
        rows.any(search.letters(), |index| {
            let rank = search.rank(catalog.action(index));
            ranked.extend(rank.map(|rank| (rank, index)));
            false
        })?;
        ranked.sort_by_key(|&(rank, _)| rank);
        let actions = ranked.into_iter().map(|(_, index)| index).collect();
        Some(Found { search, actions })
    }

    /// The characters of the words that an action has in its label.
    fn letters(&self) -> LetterSet {
        let in_label = self.terms.iter().filter(|term| term.in_others.is_none());
        let words = in_label.map(|term| term.word.letters);
        words.fold(LetterSet::default(), LetterSet::union)
    }

    /// The characters to highlight in an action that was found, of whose label and scopes so many bytes
    /// from the beginning are looked at.
    pub fn highlights(&self, catalog: &Catalog, action: Action, bytes: usize) -> Highlights {
        let mut left = bytes;
        let scopes = action.scopes().iter().map_while(|&scope| {
            let name = (left > 0).then(|| start_of(catalog.scope(scope), left))?;
            left = left.saturating_sub(name.len() + 1);
            Some(self.characters(name, Term::letters_of_scope))
        });
        let label = start_of(action.label(), bytes);
        Highlights {
            scopes: scopes.collect(),
            label: self.characters(label, Term::letters_of_label),
        }
    }

    /// The characters of the letters that a function gives for each word.
    fn characters(&self, text: &str, letters: fn(&Term, &Folded) -> Vec<usize>) -> Vec<usize> {
        let mut characters = Vec::new();
        for term in self.terms.iter().filter(|term| !term.word.negated) {
            let text = Folded::new(text, term.word.case);
            let letters = letters(term, &text).into_iter();
            characters.extend(letters.flat_map(|letter| text.characters(letter)));
        }
        characters.sort_unstable();
        characters.dedup();
        characters
    }

    /// `None` if a word is not found.
    fn rank(&self, action: Action) -> Option<Rank> {
        let mut rank = Rank::default();
        let mut folded: [Option<Folded>; 2] = [None, None];
        for Term { word, in_labels, in_others } in &self.terms {
            let folded = &mut folded[usize::from(word.case == Case::Counts)];
            let label = folded.get_or_insert_with(|| Folded::new(action.label(), word.case));
            if let Some(Way::FuzzyInWord) = in_labels {
                word.subsequence_of_word(label)?;
            }
            if let Some(Way::FuzzyInWord | Way::Fuzzy) = in_labels {
                rank.score = Reverse(rank.score.0.saturating_add(fuzzy::score(word, label)?));
                continue;
            }
            let found = in_labels.and_then(|_| word.occurrence(label));
            let in_others = || {
                in_others.as_ref().is_some_and(|sets| {
                    sets[action.scope_set().position()] || word.is_in(action.id())
                })
            };
            match found {
                _ if word.negated && (found.is_some() || in_others()) => return None,
                _ if word.negated => {}
                Some(found) => rank.within += u32::from(!found.begins_word),
                None if in_others() => rank.outside += 1,
                None => return None,
            }
        }
        rank.is_part = self.label.as_ref().is_some_and(|label| !label.is_in(action.label()));
        Some(rank)
    }
}

impl Term {
    fn letters_of_label(&self, label: &Folded) -> Vec<usize> {
        match self.in_labels {
            Some(Way::Exact) => self.exact_letters(label),
            Some(Way::FuzzyInWord) => self.word.subsequence_of_word(label).unwrap_or_default(),
            Some(Way::Fuzzy) => fuzzy::letters(&self.word, label),
            None => Vec::new(),
        }
    }

    fn letters_of_scope(&self, scope: &Folded) -> Vec<usize> {
        self.in_others.as_ref().map_or_else(Vec::new, |_| self.exact_letters(scope))
    }

    fn exact_letters(&self, text: &Folded) -> Vec<usize> {
        let found = self.word.occurrence(text);
        found.map_or_else(Vec::new, |found| (found.start..found.end).collect())
    }
}

/// The actions of a catalog, for as long as the result is wanted.
struct Rows<'a> {
    catalog: &'a Catalog,
    is_wanted: &'a dyn Fn() -> bool,
}

impl Rows<'_> {
    /// Returns `true` if `holds` says so of an action, after which it is not asked again. It is not
    /// asked of actions without these letters. `None` if nobody waits any more.
    fn any(&self, letters: LetterSet, mut holds: impl FnMut(ActionIndex) -> bool) -> Option<bool> {
        for (row, index) in self.catalog.indices().enumerate() {
            if row.is_multiple_of(STEP) && !(self.is_wanted)() {
                return None;
            }
            if self.catalog.action(index).letters().contains(letters) && holds(index) {
                return Some(true);
            }
        }
        Some(false)
    }

    /// The first way to match a word that finds anything; no term if none does. All are looked for
    /// in one pass, because a million labels take longer to fetch than to compare.
    fn term(&self, word: Word) -> Option<Option<Term>> {
        let scopes = self.catalog.scopes().iter().map(|scope| word.is_in(scope));
        let scopes: Vec<bool> = scopes.collect();
        let sets = (0..self.catalog.scope_sets()).map(SetIndex::from_position);
        let holds = |set| self.catalog.scope_set(set).iter().any(|scope| scopes[scope.position()]);
        let sets: Vec<bool> = sets.map(holds).collect();
        let mut in_others = word.exact || sets.contains(&true);
        let mut fuzzily = None;
        let in_labels = !word.exact
            && self.any(word.letters, |index| {
                let action = self.catalog.action(index);
                let label = Folded::new(action.label(), word.case);
                in_others = in_others || word.is_in(action.id());
                if !matches!(fuzzily, Some(Way::FuzzyInWord)) && word.is_subsequence_of(&label) {
                    let in_word = word.subsequence_of_word(&label);
                    fuzzily = Some(in_word.map_or(Way::Fuzzy, |_| Way::FuzzyInWord));
                }
                word.occurrence(&label).is_some()
            })?;
        let (in_labels, in_others) = match (in_labels, in_others) {
            (true, _) => (Some(Way::Exact), None),
            (false, true) => (word.exact.then_some(Way::Exact), Some(sets)),
            (false, false) => (fuzzily, None),
        };
        let is_found = in_labels.is_some() || in_others.is_some();
        Some(is_found.then_some(Term { word, in_labels, in_others }))
    }
}
