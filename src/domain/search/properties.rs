//! The search against [`reference`](super::reference), over catalogs and queries that are made to
//! confuse it.

use proptest::prelude::*;

use super::{Candidates, Matches, Scan, Search, SearchIndex, reference};
use crate::domain::{ActionIndex, Catalog};

const SCOPES: [&str; 5] = ["deals:read", "Mail.Read", "übung:alle", "a_b", "ÀÉ/00"];

/// Few characters, so that they meet often: repeated ones, both cases, every class that the
/// matcher knows, one that folds into ASCII and one that has a case of its own.
const LABEL: &str = "[aAbBd0_ (.éÉKǅ]{1,14}";
const WORD: &str = "[aAbBd0_.éKǅ]{1,5}";

fn catalog() -> impl Strategy<Value = Catalog> {
    let own = (LABEL, "[aAb0_é]{0,6}", prop::collection::vec(0..SCOPES.len(), 0..3));
    let known = (sample(), "[a-c]{0,2}", prop::collection::vec(0..SCOPES.len(), 1..2));
    prop::collection::vec(prop_oneof![own, known], 1..60).prop_map(|rows| of(&rows))
}

fn sample() -> impl Strategy<Value = String> {
    let connector = prop::sample::select(vec!["", "Connector0001 ", "Connector0010 "]);
    let rest = vec!["List Deals", "Add Deal Field", "Call Llama 000", "addAll AddALL aab"];
    (connector, prop::sample::select(rest))
        .prop_map(|(connector, rest)| format!("{connector}{rest}"))
}

fn of(rows: &[(String, String, Vec<usize>)]) -> Catalog {
    let action = |(number, (label, id, scopes)): (usize, &(String, String, Vec<usize>))| {
        let label = if label.trim().is_empty() { "A" } else { label };
        let scopes: Vec<_> = scopes.iter().map(|&scope| SCOPES[scope]).collect();
        serde_json::json!({"id": format!("x{number}_{id}"), "label": label, "scopes": scopes})
    };
    let actions: Vec<_> = rows.iter().enumerate().map(action).collect();
    Catalog::parse(
        &serde_json::json!({
            "connector": {"key": "x", "name": "X", "method": "OAuth 2.0"},
            "page": {"address": "https://example.com/x", "parameter": "actions"},
            "scopes": SCOPES,
            "actions": actions,
        })
        .to_string(),
    )
    .expect("a valid catalog")
}

fn query() -> impl Strategy<Value = String> {
    let known = vec!["deal", "lst dl", "000", "0001", "add", "all", "Add", "read", "x1_", "a:"];
    prop_oneof![
        prop::collection::vec(WORD, 1..4).prop_map(|words| words.join(" ")),
        prop::sample::select(known).prop_map(str::to_owned),
    ]
}

/// What `search` lists when it looks through `catalog` in pieces that end at `cuts`, the last piece
/// first, with an index that was made in as many steps.
fn in_pieces(search: &Search, catalog: &Catalog, cuts: &[usize], former: &Candidates) -> Matches {
    let mut ends: Vec<_> = cuts.iter().map(|cut| cut % (catalog.len() + 1)).collect();
    ends.push(catalog.len());
    ends.sort_unstable();
    let mut index = SearchIndex::default();
    for &end in &ends {
        index.extend(catalog, end);
    }
    let mut scans = [(); 2].map(|()| Scan::new(search, catalog, &index));
    let mut matches = Matches::default();
    for (number, &end) in ends.iter().enumerate().rev() {
        let start = if number == 0 { 0 } else { ends[number - 1] };
        matches.add(scans[number % 2].rows(start..end, former));
    }
    matches
}

proptest! {
    #[test]
    fn every_row_is_found_and_ranked_as_the_reference_does(catalog in catalog(), query in query()) {
        prop_assert_eq!(Search::new(&query).run(&catalog), reference::search(&query, &catalog));
    }

    #[test]
    fn the_order_does_not_depend_on_how_the_rows_were_shared(
        catalog in catalog(),
        query in query(),
        cuts in prop::collection::vec(0..100_usize, 0..4),
    ) {
        let search = Search::new(&query);
        let matches = in_pieces(&search, &catalog, &cuts, &Candidates::all());
        prop_assert_eq!(matches.len(), matches.in_order().len());
        prop_assert_eq!(matches.in_order(), search.run(&catalog));
    }

    #[test]
    fn a_longer_query_finds_all_among_the_survivors_of_a_shorter_one(
        catalog in catalog(),
        query in query(),
        cut in 1..6_usize,
        looked_at in prop::collection::vec(0..100_usize, 1..3),
    ) {
        let shorter: String = query.chars().take(cut).collect();
        let (former, search) = (Search::new(&shorter), Search::new(&query));
        prop_assume!(search.narrows(&former));
        let mut candidates = Candidates::all();
        for found in in_pieces(&former, &catalog, &looked_at, &Candidates::all()).found() {
            // A search that was given up has not looked at everything.
            if found.rows().start != 0 {
                candidates.narrow(found);
            }
        }
        let matches = in_pieces(&search, &catalog, &[], &candidates);
        prop_assert_eq!(matches.in_order(), search.run(&catalog));
    }
}

#[test]
fn every_word_of_pipedrive_lists_what_the_reference_lists() {
    let catalog = Catalog::pipedrive();
    let mut queries: Vec<_> =
        ["deal", "lst dl fld", "d", "e:r", "Deal", "_deal", "ss ee", "admin d"]
            .map(str::to_owned)
            .into();
    for index in catalog.indices() {
        let action = catalog.action(index);
        queries.extend([action.label().to_lowercase(), action.id().to_owned()]);
    }
    for query in queries {
        let listed: Vec<ActionIndex> = Search::new(&query).run(&catalog);
        assert_eq!(listed, reference::search(&query, &catalog), "{query:?}");
    }
}
