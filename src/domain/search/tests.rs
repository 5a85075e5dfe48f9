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

/// A catalog of these labels, ids and scopes.
fn catalog_of(actions: &[(String, String, Vec<String>)]) -> Catalog {
    let mut scopes: Vec<_> = actions.iter().flat_map(|(_, _, scopes)| scopes).collect();
    scopes.sort_unstable();
    scopes.dedup();
    let actions: Vec<_> = actions
        .iter()
        .map(|(label, id, scopes)| serde_json::json!({"id": id, "label": label, "scopes": scopes}))
        .collect();
    Catalog::parse(
        &serde_json::json!({
            "connector": {"key": "x", "name": "X", "method": "OAuth 2.0"},
            "page": {"address": "https://example.com/x", "parameter": "actions"},
            "scopes": scopes,
            "actions": actions,
        })
        .to_string(),
    )
    .expect("a valid catalog")
}

#[test]
fn labels_of_any_length_are_ranked_as_the_reference_does() {
    let filled = |length, end: &str| format!("Deal {}{end}", "x y".repeat(length));
    let mut rows = Vec::new();
    for length in [0, 100, 169, 170, 171, 200, 16_660, 16_670, 40_000] {
        for end in [" List", " Über List", " dEaL lisst"] {
            rows.push((filled(length, end), format!("x_{}", rows.len()), Vec::new()));
        }
    }
    let catalog = catalog_of(&rows);
    for query in ["deal", "dl", "list", "ss", "Deal", "über", "zz"] {
        let found = Search::new(query).run(&catalog);
        assert_eq!(found, reference::search(query, &catalog), "{query}");
    }
}

#[test]
fn more_scope_sets_than_have_numbers_are_told_apart() {
    let rows: Vec<_> = (0..66_000_u32)
        .map(|row| {
            let several = (0..row % 3 * 5).map(|more| format!("several{more}"));
            let scopes = several.chain([format!("only{row}")]).collect();
            ("A".to_owned(), format!("x_{row}"), scopes)
        })
        .collect();
    let catalog = catalog_of(&rows);
    for (query, matches) in [("only65999", 1), ("only1", 11_111), ("several9", 22_000)] {
        assert_eq!(Search::new(query).run(&catalog).len(), matches, "{query}");
    }
}

#[test]
fn a_copy_of_the_index_stays_as_it_was_while_the_catalog_grows() {
    let catalog = Catalog::pipedrive();
    let (search, all) = (Search::new("deal"), Candidates::all());
    let mut index = SearchIndex::default();
    index.extend(&catalog, 50);
    let copy = index.clone();
    index.extend(&catalog, usize::MAX);
    assert_eq!((copy.rows(), index.rows()), (50, 121));

    let beyond = |index| Scan::new(&search, &catalog, index).rows(40..1000, &all).rows();
    assert_eq!((beyond(&copy), beyond(&index)), (40..50, 40..121));
}

#[test]
fn a_query_narrows_another_where_its_words_hold_the_others() {
    let narrows = |query, former| Search::new(query).narrows(&Search::new(former));
    for (former, query) in [
        ("", "d"),
        ("dea", "deal"),
        ("deal", "lst deal"),
        ("de fi", "deal fields"),
        ("deal d", "deal"),
        ("Dea", "Deal"),
    ] {
        assert!(narrows(query, former), "{former:?} then {query:?}");
    }
    for (former, query) in [("deal", "dea"), ("lst dl", "lst"), ("de", "deAl"), ("Dea", "deal")] {
        assert!(!narrows(query, former), "{former:?} then {query:?}");
    }
}

#[test]
fn a_search_is_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<(Search, SearchIndex, Candidates, Matches)>();
}
