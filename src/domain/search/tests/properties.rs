//! The search against a model of its rules that is written for nothing but reading.

use caseless::Caseless;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::domain::{ActionIndex, Catalog, Search};

/// A letter and its marks.
type Letter = (char, String);

fn letters(text: &str, case_counts: bool) -> Vec<Letter> {
    let characters: Vec<char> = if case_counts {
        text.nfkd().map(|c| if c == 'ς' { 'σ' } else { c }).collect()
    } else {
        text.nfkd().default_case_fold().nfkd().collect()
    };
    let mut letters: Vec<Letter> = Vec::new();
    for character in characters {
        match letters.last_mut() {
            Some((_, marks)) if is_combining_mark(character) => marks.push(character),
            _ => letters.push((character, String::new())),
        }
    }
    letters
}

fn matches(wanted: &Letter, found: &Letter) -> bool {
    wanted.0 == found.0 && (wanted.1.is_empty() || wanted.1 == found.1)
}

/// A word of the query without its signs, and the signs.
struct Word {
    not: bool,
    exact: bool,
    start: bool,
    end: bool,
    case_counts: bool,
    letters: Vec<Letter>,
}

impl Word {
    fn new(text: &str) -> Option<Self> {
        let (not, text) = (text.starts_with('!'), text.strip_prefix('!').unwrap_or(text));
        let end = text.len() > 1 && text.ends_with('$');
        let text = if end { &text[..text.len() - 1] } else { text };
        let exact = text.starts_with('\'');
        let start = text.starts_with('^');
        let text = if exact || start { &text[1..] } else { text };
        let case_counts = text.chars().any(char::is_uppercase);
        let letters = letters(text, case_counts);
        let exact = not || exact || start || end;
        (!text.is_empty()).then_some(Self { not, exact, start, end, case_counts, letters })
    }

    fn stands_in(&self, text: &str) -> bool {
        let text = letters(text, self.case_counts);
        let last = text.len().checked_sub(self.letters.len());
        last.is_some_and(|last| {
            (0..=last).any(|at| {
                let same = self.letters.iter().zip(&text[at..]).all(|(w, t)| matches(w, t));
                same && (!self.start || at == 0) && (!self.end || at == last)
            })
        })
    }

    fn is_scattered_in(&self, text: &[Letter]) -> bool {
        let mut text = text.iter();
        self.letters.iter().all(|wanted| text.any(|found| matches(wanted, found)))
    }

    fn is_scattered_in_label(&self, label: &str) -> bool {
        self.is_scattered_in(&letters(label, self.case_counts))
    }

    fn is_scattered_in_word_of(&self, label: &str) -> bool {
        let letters = letters(label, self.case_counts);
        letters.split(|letter| !letter.0.is_alphanumeric()).any(|word| self.is_scattered_in(word))
    }
}

/// The actions that match, in catalog order, each with how many words are not in its label.
fn model(query: &str, catalog: &Catalog) -> Vec<(usize, ActionIndex)> {
    let label = |index| catalog.action(index).label();
    let outside = |word: &Word, index| {
        let action = catalog.action(index);
        word.stands_in(action.id()) || action.scope_names().any(|scope| word.stands_in(scope))
    };
    let mut found: Vec<_> = catalog.indices().map(|index| (0, index)).collect();
    for word in query.split_whitespace().filter_map(Word::new) {
        let in_labels = catalog.indices().any(|index| word.stands_in(label(index)));
        let in_others = catalog.indices().any(|index| outside(&word, index));
        let in_words = catalog.indices().any(|index| word.is_scattered_in_word_of(label(index)));
        found.retain_mut(|(outsiders, index)| {
            let in_label = word.stands_in(label(*index));
            let in_other = outside(&word, *index);
            let (matches, counts) = match () {
                () if word.not => (!in_label && !in_other, false),
                () if word.exact => (in_label || in_other, !in_label),
                () if in_labels => (in_label, false),
                () if in_others => (in_other, true),
                () if in_words => (word.is_scattered_in_word_of(label(*index)), false),
                () => (word.is_scattered_in_label(label(*index)), false),
            };
            *outsiders += usize::from(counts);
            matches
        });
    }
    found
}

/// Checks what `query` lists and that label matches come first; what comes first among those is
/// for other tests.
fn agrees(query: &str, catalog: &Catalog) -> Result<(), TestCaseError> {
    let expected = model(query, catalog);
    let found = Search::run(query, catalog).actions;
    let outsiders = |index| expected.iter().find(|(_, known)| *known == index).map(|(n, _)| *n);
    let counts: Vec<_> = found.iter().map(|&index| outsiders(index)).collect();
    prop_assert!(counts.is_sorted(), "{:?}: {:?}", query, counts);
    let mut listed = found;
    listed.sort_unstable();
    let expected: Vec<_> = expected.into_iter().map(|(_, index)| index).collect();
    prop_assert_eq!(listed, expected, "{:?}", query);
    Ok(())
}

const SCOPES: [&str; 6] = ["deals:read", "Mail.Read", "übung:alle", "a_b", "ÀÉ/00", "ＡＢ"];

/// Few characters, so that they meet often: both cases, characters of several forms, marks of
/// their own, one that folds to two letters.
const LABEL: &str = "[aAbBd0_ (.éÉKǅßẞσςΣＡü\u{301}\u{308}]{1,14}";
const WORD: &str = "!?['^]?[aAbBd0_.éKǅßsσςΣＢuü\u{301}]{1,4}[$]?";

fn catalog() -> impl Strategy<Value = Catalog> {
    let scopes = || prop::collection::vec(0..SCOPES.len(), 0..3);
    let own = (LABEL, "[aAb0_é]{0,6}", scopes());
    let names = vec!["List Deals", "Add Deal Field", "Call Llama 000", "addAll AddALL aab"];
    let known = (prop::sample::select(names).prop_map(str::to_owned), "[a-c]{0,2}", scopes());
    prop::collection::vec(prop_oneof![own, known], 1..12).prop_map(|rows| of(&rows))
}

fn of(rows: &[(String, String, Vec<usize>)]) -> Catalog {
    let action = |(number, (label, id, scopes)): (usize, &(String, String, Vec<usize>))| {
        let label = if label.trim().is_empty() { "A" } else { label };
        let scopes: Vec<_> = scopes.iter().map(|&scope| SCOPES[scope]).collect();
        serde_json::json!({"id": format!("x{number}_{id}"), "label": label, "scopes": scopes})
    };
    let actions: Vec<_> = rows.iter().enumerate().map(action).collect();
    Catalog::parse(&serde_json::Value::from(actions).to_string()).expect("a valid catalog")
}

fn query() -> impl Strategy<Value = String> {
    let known =
        vec!["deal", "lst dl", "000", "!add", "^add", "all$", "'Add", "read", "x1_", "!^List"];
    prop_oneof![
        prop::collection::vec(WORD, 1..4).prop_map(|words| words.join(" ")),
        prop::sample::select(known).prop_map(str::to_owned),
    ]
}

proptest! {
    #[test]
    fn a_query_lists_what_the_model_lists(catalog in catalog(), query in query()) {
        agrees(&query, &catalog)?;
    }

    #[test]
    fn highlighted_characters_rise_and_are_in_the_label(catalog in catalog(), query in query()) {
        let found = Search::run(&query, &catalog);
        for index in found.actions {
            let action = catalog.action(index);
            let highlights = found.search.highlights(&catalog, action, usize::MAX);
            prop_assert!(highlights.label.is_sorted_by(|a, b| a < b));
            let characters = action.label().chars().count();
            prop_assert!(highlights.label.iter().all(|&place| place < characters));
        }
    }
}

#[test]
fn every_name_of_pipedrive_lists_what_the_model_lists() {
    let catalog = Catalog::pipedrive();
    let mut queries: Vec<_> =
        ["deal", "lst dl fld", "d", "e:r", "Deal", "_deal", "ss ee", "admin d", "^list !deal"]
            .map(str::to_owned)
            .into();
    for index in catalog.indices().step_by(7) {
        let action = catalog.action(index);
        queries.extend([action.label().to_lowercase(), action.id().to_owned()]);
    }
    for query in queries {
        agrees(&query, &catalog).expect(&query);
    }
}
