mod properties;

use super::*;

fn labels_in(catalog: &Catalog, query: &str) -> Vec<String> {
    let found = Search::run(query, catalog).actions;
    found.iter().map(|&index| catalog.action(index).label().to_owned()).collect()
}

fn labels(query: &str) -> Vec<String> {
    labels_in(&Catalog::pipedrive(), query)
}

/// A catalog of actions with these labels, which need the scope `Mail.Read`.
fn of(labels: &[&str]) -> Catalog {
    let action = |(nth, label): (usize, &&str)| serde_json::json!({"id": format!("x_{nth}"), "label": label, "scopes": ["Mail.Read"]});
    let actions: Vec<_> = labels.iter().enumerate().map(action).collect();
    Catalog::parse(&serde_json::Value::from(actions).to_string()).expect("a valid catalog")
}

#[test]
fn a_query_without_a_word_lists_everything_in_catalog_order() {
    let catalog = Catalog::pipedrive();
    let all: Vec<_> = catalog.indices().collect();
    for query in [" \t ", "!", "'", "^", "!^ ^$ '$"] {
        assert_eq!(Search::run(query, &catalog).actions, all, "{query}");
    }
}

#[test]
fn a_word_is_taken_as_it_stands_in_labels_if_any_has_it() {
    let found = labels("deal");
    assert!(found.len() > 10 && found.iter().all(|label| label.contains("Deal")));
    assert!(!found.contains(&"Delete Goal".to_owned()));
    let found = labels("pipe");
    assert!(!found.is_empty() && found.iter().all(|label| label.contains("Pipe")));
}

#[test]
fn a_word_that_no_label_has_is_taken_as_it_stands_in_ids_or_scopes() {
    let catalog = Catalog::pipedrive();
    let found = Search::run("deals:full", &catalog).actions;
    assert_eq!(found.len(), 24);
    let need = |&index: &ActionIndex| {
        catalog.action(index).scope_names().any(|scope| scope == "deals:full")
    };
    assert!(found.iter().all(need));
    assert_eq!(labels("pipedrive_list_users"), ["List Users"]);
    assert_eq!(labels("pipedrive").len(), 121);
    assert_eq!(labels("admin").len(), labels("'admin").len());
}

#[test]
fn a_word_that_stands_nowhere_is_taken_fuzzily_in_labels() {
    assert_eq!(labels("lst dl fld"), ["List Deal Fields"]);
    assert_eq!(labels("fld lst dl"), ["List Deal Fields"]);
    for query in ["ppdrv", "zzz"] {
        assert_eq!(labels(query), [""; 0], "ids are not searched fuzzily");
    }
    let catalog = of(&["a1b1c", "abc1", "xa xb xc"]);
    assert_eq!(labels_in(&catalog, "abc1a"), [""; 0]);
    assert_eq!(labels_in(&of(&["a1b 1c", "ab 1c"]), "abc"), ["ab 1c", "a1b 1c"]);
    assert_eq!(labels_in(&of(&["a1b1c", "ab 1c"]), "abc"), ["a1b1c"], "within a word");
}

#[test]
fn signs_say_where_a_word_stands() {
    let catalog = of(&["Add Deal", "Deal Add", "Deal", "Ideal"]);
    for (query, found) in [
        ("'deal", &["Add Deal", "Deal Add", "Deal", "Ideal"][..]),
        ("'dl", &[]),
        ("^deal", &["Deal Add", "Deal"]),
        ("deal$", &["Add Deal", "Deal", "Ideal"]),
        ("^deal$", &["Deal"]),
        ("!add", &["Deal", "Ideal"]),
        ("!^deal", &["Add Deal", "Ideal"]),
        ("!deal$", &["Deal Add"]),
        ("!^deal$", &["Add Deal", "Deal Add", "Ideal"]),
        ("!'ideal", &["Add Deal", "Deal Add", "Deal"]),
        ("'deal$ ^add", &["Add Deal"]),
        ("^x_2$", &["Deal"]),
        ("read$ ^i", &["Ideal"]),
        ("!mail", &[]),
        ("!x_1 !x_2", &["Add Deal", "Ideal"]),
        ("$", &[]),
        ("!$ ^mail.read$ 'ideal", &["Ideal"]),
    ] {
        let listed: HashSet<_> = labels_in(&catalog, query).into_iter().collect();
        let found: HashSet<_> = found.iter().map(|&label| label.to_owned()).collect();
        assert_eq!(listed, found, "{query}");
    }
}

#[test]
fn label_matches_come_before_the_others_and_beginnings_of_words_first() {
    // `users` is in the label of some and in the scope of others.
    let found = labels("'users");
    let in_label = |label: &&String| label.contains("Users");
    let first = found.iter().take_while(in_label).count();
    assert!(first > 0 && first < found.len());
    assert_eq!(first, found.iter().filter(in_label).count());

    let catalog = of(&["Ideal", "Add deal", "ideal deal", "listDeals", "DEAL", "IDEAL"]);
    let expected = ["DEAL", "Add deal", "ideal deal", "listDeals", "Ideal", "IDEAL"];
    assert_eq!(labels_in(&catalog, "deal"), expected);
}

#[test]
fn an_action_that_is_called_like_the_query_comes_first() {
    for label in labels("") {
        for query in
            [label.clone(), label.to_lowercase(), format!(" {} ", label.replace(' ', "  "))]
        {
            assert_eq!(labels(&query)[0], label, "{query:?}");
        }
    }
}

#[test]
fn case_counts_only_in_a_word_with_an_upper_case_letter() {
    assert_eq!(labels("list users"), ["List Users"]);
    assert!(labels("Users").contains(&"List Users".to_owned()));
    assert_eq!(labels("uSers"), [""; 0]);
    let catalog = of(&["Angebot Übernehmen"]);
    for (query, found) in [
        ("mail.read", true),
        ("Mail", true),
        ("MAIL", false),
        ("übernehmen", true),
        ("Über", true),
        ("ÜBER", false),
        ("Agbt", true),
        ("AGbt", false),
    ] {
        assert_eq!(!labels_in(&catalog, query).is_empty(), found, "{query}");
    }
}

#[test]
fn forms_of_one_character_are_one() {
    for (query, label) in [
        ("müller", "Mu\u{308}ller"),
        ("mu\u{308}ller", "Müller"),
        ("οδος", "ΟΔΟΣ"),
        ("Οδος", "Οδοσ"),
        ("istanbul", "İstanbul"),
        ("abc", "ＡＢＣ"),
        ("ａｂｃ", "ABC"),
        ("muller", "Müller"),
        ("orsted", "Ørsted"),
        ("^mullér$", "Mülle\u{301}r"),
        ("strasse", "Straße"),
        ("straße", "STRASSE"),
        ("mlr", "Müller"),
        ("mül", "M1ü1l"),
        ("ᾳ\u{301}", "α\u{345}\u{301}"),
        ("ㅠㅠ", "테스트 ㅠㅠ"),
        ("ㅏ", "모음 ㅏ"),
        ("하", "ㅎㅏ"),
    ] {
        assert_eq!(labels_in(&of(&[label]), query), [label], "{query}");
    }
    for (query, label) in [
        ("müller", "Muller"),
        ("aá", "aaa"),
        ("é", "e\u{302}"),
        ("^하$", "한"),
        ("mür", "Mulu\u{308}"),
    ] {
        assert_eq!(labels_in(&of(&[label]), query), [""; 0], "{query}");
    }
    assert_eq!(labels_in(&of(&["xaaá"]), "aá"), ["xaaá"]);
}

#[test]
fn only_what_is_in_sight_is_looked_at_for_highlights() {
    let label = format!("ideal {}deal", "x".repeat(1 << 20));
    let text = format!(r#"[{{"id": "a", "label": "{label}", "scopes": ["deal", "deal2"]}}]"#);
    let catalog = Catalog::parse(&text).expect("a catalog");
    let action = catalog.action(ActionIndex::from_position(0));
    let highlights =
        |query, bytes| Search::run(query, &catalog).search.highlights(&catalog, action, bytes);
    assert_eq!(highlights("deal", 10).label, [1, 2, 3, 4]);
    assert_eq!(highlights("deal", 3).label, [0; 0]);
    assert_eq!(highlights("'deal", 7).scopes, [vec![0, 1, 2, 3], vec![]]);
    assert_eq!(highlights("'deal", 5).scopes.len(), 1, "a space stands between scopes");
}

#[test]
fn matched_characters_are_highlighted() {
    let catalog = of(&["Ünï Deal", "Mu\u{308}d Idea", "ideal deal"]);
    let highlights = |query, row| {
        let action = catalog.action(ActionIndex::from_position(row));
        Search::run(query, &catalog).search.highlights(&catalog, action, usize::MAX)
    };
    let found = highlights("dea ï", 0);
    assert_eq!((found.label, found.scopes), (vec![2, 4, 5, 6], vec![vec![]]));
    assert_eq!(highlights("mud !zz", 1).label, [0, 1, 2, 3]);
    assert_eq!(highlights("deal", 2).label, [6, 7, 8, 9], "where it begins a word");
    let found = highlights("rea", 0);
    assert_eq!((found.label, found.scopes), (vec![], vec![vec![5, 6, 7]]));
    assert_eq!(highlights("'mail '^x", 0).scopes, [vec![0, 1, 2, 3]]);
    assert_eq!(highlights("ndl", 0).label, [1, 4, 7]);
    assert_eq!(highlights("ndl", 1).label, [0; 0]);
    let catalog = of(&["Unter Rüstung"]);
    let found = Search::run("üg", &catalog).search;
    let action = catalog.action(ActionIndex::from_position(0));
    assert_eq!(found.highlights(&catalog, action, usize::MAX).label, [7, 12]);
}

#[test]
fn a_search_that_nobody_waits_for_ends() {
    let catalog = Catalog::pipedrive();
    for query in ["", "deal", "deals:full", "ppdrv"] {
        let asked = std::cell::Cell::new(0);
        let all = Search::run_while(query, &catalog, &|| {
            asked.set(asked.get() + 1);
            true
        });
        assert!(all.is_some());
        for end in 0..asked.get() {
            asked.set(0);
            let given_up = Search::run_while(query, &catalog, &|| {
                asked.set(asked.get() + 1);
                asked.get() <= end
            });
            assert!(given_up.is_none(), "{query} {end}");
        }
    }
}

#[test]
fn long_queries_and_labels_are_searched_all_the_same() {
    assert_eq!(labels(&"list ".repeat(20_000)), labels("list"));
    assert_eq!(labels(&"x".repeat(100_000)), [""; 0]);
    let long = format!("{}List Deal", "x y".repeat(40_000));
    let catalog = of(&[&long, "List Deal"]);
    for query in ["lstdl", "deal", "xxlist"] {
        assert!(labels_in(&catalog, query).contains(&long), "{query}");
    }
}

#[test]
fn scopes_of_any_number_are_searched() {
    let rows: Vec<_> = (0..66_000_u32)
        .map(|row| {
            let several = (0..row % 3 * 5).map(|more| format!("several{more}"));
            let scopes: Vec<_> = several.chain([format!("only{row}")]).collect();
            serde_json::json!({"id": format!("x_{row}"), "label": "A", "scopes": scopes})
        })
        .collect();
    let catalog = Catalog::parse(&serde_json::Value::from(rows).to_string()).expect("valid");
    for (query, matches) in [("only65999", 1), ("only1", 11_111), ("several9", 22_000)] {
        assert_eq!(Search::run(query, &catalog).actions.len(), matches, "{query}");
    }
}

#[test]
fn a_search_can_be_sent_to_another_thread() {
    fn sent<T: Send>() {}
    sent::<Found>();
}
