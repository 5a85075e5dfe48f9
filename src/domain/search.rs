use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashSet;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::{Action, ActionIndex, Catalog};

/// Cells of the matcher's table (label characters times word characters) above which it takes its
/// cheap way: a label of a megabyte must not cost a gigabyte.
const MATCHER_CELLS: usize = 100_000;

/// A query made ready for searching.
///
/// Every word of the query must be found in an action: fuzzily in the label, or as it stands in
/// the id or in one of the scopes. Ids are not searched fuzzily, because each begins with the
/// connector's name and would match nearly everything.
pub struct Search {
    words: Vec<Word>,
    ignoring_case: SkimMatcherV2,
    respecting_case: SkimMatcherV2,
}

/// Which characters of a row matched, counted from 0 and rising.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlights {
    pub label: Vec<usize>,
    /// One list a scope of the action, in the action's order.
    pub scopes: Vec<Vec<usize>>,
}

/// One word of the query. Case counts only where the user typed an upper-case letter.
struct Word {
    text: String,
    case: Case,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Counts,
    Ignored,
}

/// How well an action matches, the best first when sorted.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    words_outside_label: usize,
    score: Reverse<i64>,
    catalog_order: ActionIndex,
}

impl Search {
    pub fn new(query: &str) -> Self {
        let mut seen = HashSet::new();
        let distinct = query.split_whitespace().filter(|&text| seen.insert(text));
        let words = distinct.map(Word::new).collect();
        let matcher = || SkimMatcherV2::default().element_limit(MATCHER_CELLS);
        Self {
            words,
            ignoring_case: matcher().ignore_case(),
            respecting_case: matcher().respect_case(),
        }
    }

    /// The actions that match, the best first: label matches before others, catalog order among
    /// equals. Without a word, all actions in catalog order.
    pub fn run(&self, catalog: &Catalog) -> Vec<ActionIndex> {
        if self.words.is_empty() {
            return catalog.indices().collect();
        }
        let mut ranks: Vec<_> =
            catalog.indices().filter_map(|index| self.rank(catalog, index)).collect();
        ranks.sort_unstable();
        ranks.into_iter().map(|rank| rank.catalog_order).collect()
    }

    /// What to highlight in a row that matches. Asked for the rows on the screen only.
    pub fn highlights(&self, catalog: &Catalog, action: Action) -> Highlights {
        let mut label = Vec::new();
        for word in &self.words {
            let text = foldable(action.label(), word.case);
            if let Some((_, positions)) = self.matcher(word).fuzzy_indices(&text, &word.text) {
                label.extend(positions);
            }
        }
        let scopes = action.scopes().iter();
        let mut highlights = Highlights {
            label,
            scopes: scopes.map(|&s| self.found_in(catalog.scope(s))).collect(),
        };
        tidy(&mut highlights.label);
        highlights
    }

    fn rank(&self, catalog: &Catalog, index: ActionIndex) -> Option<Rank> {
        let action = catalog.action(index);
        let mut rank = Rank { words_outside_label: 0, score: Reverse(0), catalog_order: index };
        for word in &self.words {
            let label = foldable(action.label(), word.case);
            if let Some(score) = self.matcher(word).fuzzy_match(&label, &word.text) {
                rank.score.0 += score;
            } else if word.is_in(action.id())
                || action.scopes().iter().any(|&s| word.is_in(catalog.scope(s)))
            {
                rank.words_outside_label += 1;
            } else {
                return None;
            }
        }
        Some(rank)
    }

    fn found_in(&self, scope: &str) -> Vec<usize> {
        let mut positions = Vec::new();
        for word in &self.words {
            let text = foldable(scope, word.case);
            if let Some(start) = find(&text, &word.text, word.case) {
                let first = text[..start].chars().count();
                positions.extend(first..first + word.text.chars().count());
            }
        }
        tidy(&mut positions);
        positions
    }

    fn matcher(&self, word: &Word) -> &SkimMatcherV2 {
        match word.case {
            Case::Counts => &self.respecting_case,
            Case::Ignored => &self.ignoring_case,
        }
    }
}

impl Word {
    fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            case: if text.contains(char::is_uppercase) { Case::Counts } else { Case::Ignored },
        }
    }

    fn is_in(&self, text: &str) -> bool {
        find(&foldable(text, self.case), &self.text, self.case).is_some()
    }
}

/// `text` in a form in which ASCII is all that is left to be folded, because the matcher folds
/// only that. One character stays one character, so that positions hold.
fn foldable(text: &str, case: Case) -> Cow<'_, str> {
    if case == Case::Counts || text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let fold = |c: char| {
        let mut lower = c.to_lowercase();
        match (c.is_ascii(), lower.next(), lower.next()) {
            (false, Some(single), None) => single,
            _ => c,
        }
    };
    Cow::Owned(text.chars().map(fold).collect())
}

/// The byte at which `needle` begins in `text`.
fn find(text: &str, needle: &str, case: Case) -> Option<usize> {
    match case {
        Case::Counts => text.find(needle),
        Case::Ignored => {
            let (text, needle) = (text.as_bytes(), needle.as_bytes());
            text.windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle))
        }
    }
}

fn tidy(positions: &mut Vec<usize>) {
    positions.sort_unstable();
    positions.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Index;

    fn labels(query: &str) -> Vec<String> {
        let catalog = Catalog::pipedrive();
        let found = Search::new(query).run(&catalog);
        let label = |&index: &ActionIndex| catalog.action(index).label().to_owned();
        found.iter().map(label).collect()
    }

    fn one(label: &str) -> Catalog {
        Catalog::parse(&format!(
            r#"{{"connector": {{"key": "x", "name": "X", "method": "OAuth 2.0"}},
                "page": {{"address": "https://example.com/x", "parameter": "actions"}},
                "scopes": ["Mail.Read"],
                "actions": [{{"id": "x_a", "label": "{label}", "scopes": ["Mail.Read"]}}]}}"#
        ))
        .expect("a valid catalog")
    }

    #[test]
    fn an_empty_query_lists_everything_in_catalog_order() {
        let catalog = Catalog::pipedrive();
        let all: Vec<_> = catalog.indices().collect();
        assert_eq!(Search::new(" \t ").run(&catalog), all);
    }

    #[test]
    fn words_are_found_fuzzily_in_labels_in_any_order() {
        assert_eq!(labels("lst dl fld")[0], "List Deal Fields");
        assert_eq!(labels("fld lst dl")[0], "List Deal Fields");
        assert_eq!(labels("zzz"), [""; 0]);
    }

    #[test]
    fn a_scope_lists_exactly_the_actions_that_need_it() {
        let catalog = Catalog::pipedrive();
        let found = Search::new("deals:full").run(&catalog);
        assert_eq!(found.len(), 24);
        for action in found {
            let scopes = catalog.action(action).scopes();
            assert!(scopes.iter().any(|&s| catalog.scope(s) == "deals:full"));
        }
    }

    #[test]
    fn an_id_is_found_as_it_stands_but_not_fuzzily() {
        assert_eq!(labels("pipedrive_list_users"), ["List Users"]);
        assert_eq!(labels("pipedrive").len(), 121);
        assert_eq!(labels("ppdrv"), [""; 0]);
    }

    #[test]
    fn label_matches_come_before_the_others() {
        // "admin" is nobody's label, "search" is the label of some and the scope of others.
        let found = labels("search");
        let in_label = |label: &&String| label.contains("Search");
        let first = found.iter().take_while(in_label).count();
        assert!(first > 0);
        assert_eq!(first, found.iter().filter(in_label).count());
    }

    #[test]
    fn case_counts_only_in_a_word_with_an_upper_case_letter() {
        assert_eq!(labels("list users"), labels("list uSers".to_lowercase().as_str()));
        assert!(labels("Users").contains(&"List Users".to_owned()));
        assert_eq!(labels("uSers"), [""; 0]);
        for (query, matches) in [("mail.read", true), ("Mail", true), ("MAIL", false)] {
            assert_eq!(!Search::new(query).run(&one("A")).is_empty(), matches, "{query}");
        }
        for (query, matches) in [("übernehmen", true), ("Über", true), ("ÜBER", false)] {
            let catalog = one("Angebot Übernehmen");
            assert_eq!(!Search::new(query).run(&catalog).is_empty(), matches, "{query}");
        }
    }

    #[test]
    fn highlights_count_characters_not_bytes() {
        let catalog = one("Ünï Deal");
        let action = catalog.action(Index::from_position(0));
        let highlights = Search::new("dea rea ï").highlights(&catalog, action);
        assert_eq!(highlights.label, [2, 4, 5, 6]);
        assert_eq!(highlights.scopes, [vec![5, 6, 7]]);
    }

    #[test]
    fn a_hundred_kilobytes_of_query_are_searched_all_the_same() {
        assert_eq!(labels(&"list ".repeat(20_000)), labels("list"));
        assert_eq!(labels(&"x".repeat(100_000)), [""; 0]);
    }
}
