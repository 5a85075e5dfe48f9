use super::*;

fn catalog(scopes: &str, actions: &str) -> Result<Catalog, CatalogError> {
    Catalog::parse(&format!(
        r#"{{"connector": {{"key": "x", "name": "X", "method": "OAuth 2.0"}},
            "page": {{"address": "https://example.com/x", "parameter": "actions"}},
            "scopes": [{scopes}],
            "actions": [{actions}]}}"#
    ))
}

fn error(scopes: &str, actions: &str) -> CatalogFault {
    catalog(scopes, actions).expect_err("this catalog breaks a rule").fault
}

#[test]
fn an_action_may_need_several_scopes_or_none() {
    let actions = r#"{"id": "x_a", "label": "A", "scopes": ["r", "w"]},
                     {"id": "x_b", "label": "B", "scopes": []}"#;
    let catalog = catalog(r#""r", "w""#, actions).expect("both are allowed");
    let needs = |id| catalog.action(catalog.find(id).expect(id)).scopes().len();
    assert_eq!((needs("x_a"), needs("x_b")), (2, 0));
}

#[test]
fn each_broken_rule_is_told_with_its_place() {
    let action = r#"{"id": "x_a", "label": "A", "scopes": ["r"]}"#;
    let repeated = |field: &str, value: &str| CatalogFault::Repeated {
        field: field.into(),
        value: value.into(),
    };
    let empty = |field: &str| CatalogFault::Empty { field: field.into() };
    assert_eq!(error(r#""r", "r""#, action), repeated("scopes[1]", "r"));
    assert_eq!(error(r#""r""#, &format!("{action}, {action}")), repeated("actions[1].id", "x_a"));
    assert_eq!(error(r#""r", """#, action), empty("scopes[1]"));
    assert_eq!(
        error(r#""r""#, r#"{"id": "x_a", "label": " ", "scopes": []}"#),
        empty("actions[0].label")
    );
    assert_eq!(
        error(r#""w""#, action),
        CatalogFault::UnknownScope { action: "x_a".into(), scope: "r".into() }
    );
    assert_eq!(
        error(r#""r w""#, action),
        CatalogFault::Unsafe { field: "scopes[0]".into(), value: "r w".into() }
    );
}

fn read(text: &str) -> Result<Catalog, CatalogError> {
    Catalog::read(text.into(), "")
}

/// What is wrong first, as `line:column field reason`.
fn refusal(text: impl Into<Vec<u8>>) -> String {
    let error = Catalog::read(text.into(), "").expect_err("this catalog breaks a rule");
    let place = error.place.map_or(String::new(), |p| format!("{}:{} ", p.line, p.column));
    match error.fault {
        CatalogFault::Malformed { field, reason } => format!("{place}{field} {reason}"),
        fault => format!("{place}{fault:?}"),
    }
}

#[test]
fn what_is_not_a_catalog_is_refused_with_line_column_and_field() {
    for (text, told) in [
        (
            "{\n  \"scopes\": 3}",
            "2:13 scopes invalid type: integer `3`, expected an array of scopes",
        ),
        (
            "[\n{\"id\": \"é\", \"label\": 1}]",
            "2:22 [0].label invalid type: integer `1`, expected a string",
        ),
        ("[{\"id\": \"a\"}]", "1:12 [0] missing field `label`"),
        ("[{\"id\": \"a\", \"id\": \"b\"}]", "1:17 [0] duplicate field `id`"),
        (
            "[{\"id\": \"a\", \"label\": \"A\", \"scopes\": null}]",
            "1:41 [0].scopes invalid type: null, expected an array of scopes",
        ),
        ("{\"scopes\": [], \"actions\": []}", "1:29  missing field `connector`"),
        ("[{\"id\": \"x", "1:10 [0].id EOF while parsing a string"),
        ("[]x", "1:3  trailing characters"),
        ("[", "1:1 [0] EOF while parsing a list"),
        ("[1]", "1:2 [0] invalid type: integer `1`, expected an action, which is an object"),
        (
            "{\"actions\": 1}",
            "1:13 actions[0] invalid type: integer `1`, expected an array of actions",
        ),
        (
            "{\"connector\": 1}",
            "1:15 connector invalid type: integer `1`, expected a connector, which is an object",
        ),
        (
            "{\"page\": 1}",
            "1:10 page invalid type: integer `1`, expected a page, which is an object",
        ),
        (
            "{\"guide\": {\"sections\": [1]}}",
            "1:25 guide invalid type: integer `1`, expected a section, which is an object",
        ),
        (
            "{\"guide\": {\"sections\": [{\"title\": \"A\", \"steps\": [1]}]}}",
            "1:50 guide invalid type: integer `1`, expected a step, which is an object",
        ),
        (
            "{\"guide\": {\"sections\": [{\"title\": \"A\", \"steps\": [{\"title\": \"B\", \"lines\": [[1]]}]}]}}",
            "1:77 guide expected a text, or an object with `strong`, `literal`, `copy` or `link`",
        ),
        (
            "{\"guide\": 1}",
            "1:11 guide invalid type: integer `1`, expected a guide, which is an object",
        ),
    ] {
        assert_eq!(refusal(text), told, "{text}");
    }
}

#[test]
fn a_number_alone_is_told_what_is_expected() {
    let error = Catalog::read("1".into(), "x.json").expect_err("no catalog");
    let CatalogFault::Malformed { reason, .. } = error.fault else { panic!("{error:?}") };
    let expected = "expected a catalog, which is an object or an array of actions";
    assert_eq!(reason, format!("invalid type: integer `1`, {expected}"));
}

#[test]
fn a_page_to_which_no_link_can_lead_is_refused() {
    for (address, parameter, field) in
        [("a b", "p", "page.address"), ("https://example.com", "", "page.parameter")]
    {
        let told = refusal(format!(
            r#"{{"page": {{"address": "{address}", "parameter": "{parameter}"}}, "actions": []}}"#
        ));
        assert!(told.starts_with("1:3 ") && told.contains(field), "{told}");
    }
}

#[test]
fn an_id_that_comes_again_is_told_where_it_comes_again() {
    let entry = r#"{"id": "x", "label": "X", "scopes": []}"#;
    let told = refusal(format!("[{entry},\n{entry}]"));
    assert_eq!(told, "2:9 Repeated { field: \"[1].id\", value: \"x\" }");
}

#[test]
fn a_bare_array_orders_scopes_by_first_need_and_takes_its_name_from_the_ids() {
    let catalog = read(
        r#"[{"id": "x_b", "label": "B", "scopes": ["w", "r"]}, {"id": "x_a", "label": "A", "scopes": ["z", "r"]}]"#,
    )
    .expect("it keeps the rules");
    assert_eq!(catalog.scopes(), ["w", "r", "z"]);
    let connector = Connector { key: Some("x".into()), name: "x".into(), ..Connector::default() };
    assert_eq!((catalog.connector(), catalog.page()), (&connector, None));
    assert_eq!(catalog.guide_url(&catalog.indices().collect()), None);
    assert_eq!(catalog.connector().title(), "x");
}

#[test]
fn where_ids_tell_no_connector_the_file_gives_the_name() {
    let mixed =
        r#"[{"id": "x_b", "label": "B", "scopes": []}, {"id": "y_a", "label": "A", "scopes": []}]"#;
    let name = |file| {
        let catalog = Catalog::read(mixed.into(), file).expect("it keeps the rules");
        (catalog.connector().key.clone(), catalog.connector().name.clone())
    };
    assert_eq!(name("all of it.json"), (None, "all of it".into()));
    assert_eq!(name(""), (None, "Catalog".into()));
}

#[test]
fn an_empty_array_is_a_catalog_without_actions() {
    for text in ["[]", "\u{feff} [\r\n]\r\n"] {
        let catalog = read(text).expect("it keeps the rules");
        assert!(catalog.is_empty() && catalog.scopes().is_empty());
        assert_eq!(catalog.find("x"), None);
    }
}

#[test]
fn escaped_texts_are_read_and_their_places_found() {
    let catalog = read(
        r#"[{"\u0069d": "x_\u0061", "label": "\u00c4 \"b\"", "scopes": ["\u0072", "r", "w\/x"]}, {"id": "x_b", "label": "\\", "scopes": []}]"#,
    )
    .expect("it keeps the rules");
    let action = catalog.action(catalog.find("x_a").expect("unescaped"));
    assert_eq!(action.label(), "Ä \"b\"");
    assert_eq!(action.scope_names().collect::<Vec<_>>(), ["r", "w/x"]);
    assert_eq!(catalog.action(catalog.find("x_b").expect("plain")).label(), "\\");

    let bad = r#"[{"id": "x_a", "label": "\"\\", "scopes": ["a\"b", "a\u0020b"]}]"#;
    assert_eq!(refusal(bad), r#"1:53 Unsafe { field: "[0].scopes[1]", value: "a b" }"#);
    assert!(bad[52..].starts_with("a\\u0020b"));
}

#[test]
fn what_would_be_copied_unseen_or_end_early_is_refused_with_its_place() {
    for (scope, shown) in [
        ("a b", "a b"),
        ("a\u{a0}b", "a\\u{a0}b"),
        ("a\\u001b[31m", "a\\u{1b}[31m"),
        ("a\\nb", "a\\nb"),
        ("a,b", "a,b"),
        ("a;b", "a;b"),
        ("a|b", "a|b"),
        ("a\u{202e}b", "a\\u{202e}b"),
        ("a\u{200b}b", "a\\u{200b}b"),
        ("a\u{200d}b", "a\\u{200d}b"),
    ] {
        let text =
            format!("[\n{{\"id\": \"x_a\", \"label\": \"A\", \"scopes\": [\"r\", \"{scope}\"]}}]");
        let told = format!("2:46 Unsafe {{ field: \"[0].scopes[1]\", value: \"{shown}\" }}");
        assert_eq!(refusal(text), told);
    }
    let text = "[{\"id\": \"x\u{202e}a\", \"label\": \"A\", \"scopes\": []}]";
    assert_eq!(refusal(text), "1:10 Unsafe { field: \"[0].id\", value: \"x\\u{202e}a\" }");
    let text = "[{\"id\": \"x_a\", \"label\": \"A\", \"scopes\": [\"\"]}]";
    assert_eq!(refusal(text), "1:42 Empty { field: \"[0].scopes[0]\" }");
}

#[test]
fn bytes_that_are_no_utf_8_are_told_by_line_and_character() {
    assert_eq!(refusal(&b"[\n \xc3\xa4\xff"[..]), "2:3 NotUtf8");
    assert_eq!(refusal(&b"\xef\xbb\xbf[\xff"[..]), "1:2 NotUtf8");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_do_not_count_as_columns() {
    let text = "\u{feff}[\r\n{\"id\": \"x_a\",\r\n\"label\": \" \", \"scopes\": []}]";
    assert_eq!(refusal(text), "3:11 Empty { field: \"[0].label\" }");
}

#[test]
fn our_own_format_may_list_its_scopes_after_its_actions() {
    let text = r#"{"actions": [{"id": "x_a", "label": "A", "scopes": ["r", "w"]}], "scopes": ["w", "q", "r"],
        "connector": {"name": "X"}, "$schema": "catalog.json"}"#;
    let catalog = read(text).expect("it keeps the rules");
    assert_eq!(catalog.scopes(), ["w", "q", "r"]);
    let action = catalog.action(Index::from_position(0));
    assert_eq!(action.scope_names().collect::<Vec<_>>(), ["r", "w"]);
    assert_eq!(catalog.page(), None);
}

#[test]
fn an_unknown_key_is_a_slip_in_our_own_format_and_passed_over_in_an_array() {
    let own = r#"{"connector": {"name": "X"}, "scopes": [], "action": [], "actions": []}"#;
    assert!(refusal(own).starts_with("1:45  unknown key `action`"), "{}", refusal(own));
    let array =
        r#"[{"id": "x_a", "more": {"scopes": ["a b", [[1]]]}, "label": "A", "scopes": []}]"#;
    assert!(read(array).is_ok());
}

#[test]
fn examining_tells_every_problem_in_the_order_of_the_text() {
    let text = r#"{"connector": {"name": " "}, "scopes": ["r", "r"], "actions": [
{"id": "x a", "label": "", "scopes": ["w"], "x": 1},
{"id": "x_b", "label": "B", "scopes": []},
{"id": "x_b", "label": "B", "scopes": [3]}]}"#;
    let findings = Catalog::examine(text.into(), "");
    let told = findings.problems.iter().map(|problem| {
        let place = problem.place.expect("a place");
        let fault = format!("{:?}", problem.fault);
        format!("{}:{} {}", place.line, place.column, fault.split(" {").next().unwrap_or(""))
    });
    let told: Vec<_> = told.collect();
    assert_eq!(
        told,
        [
            "1:3 Empty",
            "1:47 Repeated",
            "2:9 Unsafe",
            "2:25 Empty",
            "2:46 Malformed",
            "4:40 Malformed",
        ]
    );
    assert!(findings.catalog.is_none());
}

#[test]
fn examining_a_sound_catalog_tells_what_may_be_a_slip() {
    let text = r#"{"connector": {"name": "X"}, "scopes": ["r", "q"], "actions": [
{"id": "x_a", "label": "A", "scopes": ["r", "r"]}, {"id": "x_b", "label": "A", "scopes": []}]}"#;
    let findings = Catalog::examine(text.into(), "");
    let notes: Vec<_> = findings.notes.into_iter().map(|(_, note)| note).collect();
    assert_eq!(
        notes,
        [
            CatalogNote::RepeatedScope { field: "actions[0].scopes[1]".into(), scope: "r".into() },
            CatalogNote::NoScopes { id: "x_b".into() },
            CatalogNote::AlikeLabels { label: "A".into(), ids: ["x_a".into(), "x_b".into()] },
            CatalogNote::UnneededScope { scope: "q".into() },
        ]
    );
}

#[test]
fn a_growing_catalog_is_a_beginning_of_the_whole() {
    use std::ops::ControlFlow;

    let entry =
        |n: usize| format!(r#"{{"id": "x_{n}", "label": "L\u0041{n}", "scopes": ["s{}"]}}"#, n % 7);
    let text = format!("[{}]", (0..70_000).map(entry).collect::<Vec<_>>().join(","));
    let beside: Beside = &|task| Box::new(task);
    let mut copies = Vec::new();
    let whole = Catalog::read_growing(text.clone().into(), "", beside, |growth| {
        assert!(growth.read <= growth.total);
        copies.extend(growth.catalog);
        ControlFlow::Continue(())
    })
    .expect("it keeps the rules");
    let sizes: Vec<_> = copies.iter().map(Catalog::len).collect();
    assert_eq!(sizes, [4096, 70_000]);
    for copy in copies {
        for index in copy.indices().step_by(97) {
            let (part, all) = (copy.action(index), whole.action(index));
            assert_eq!(
                (part.id(), part.label(), part.scopes()),
                (all.id(), all.label(), all.scopes())
            );
        }
        assert_eq!(copy.find("x_4000"), whole.find("x_4000"));
        assert_eq!(copy.scopes(), whole.scopes());
    }
    let stopped = Catalog::read_growing(text.into(), "", beside, |_| ControlFlow::Break(()));
    assert_eq!(stopped.expect_err("stopped").fault, CatalogFault::Stopped);
}

/// What a reader tells of our own format, which is read by one where its actions are not last.
fn told(actions: usize, scopes: usize) -> Vec<(usize, bool)> {
    let listed: Vec<_> = (0..scopes).map(|n| format!("\"s{n}\"")).collect();
    let entry =
        |n: usize| format!(r#"{{"id": "x_{n}", "label": "L", "scopes": ["s{}"]}}"#, n % scopes);
    let text = format!(
        r#"{{"connector": {{"name": "X"}}, "scopes": [{}], "actions": [{}], "$schema": ""}}"#,
        listed.join(","),
        (0..actions).map(entry).collect::<Vec<_>>().join(",")
    );
    let beside: Beside = &|_| panic!("one reads all");
    let mut told = Vec::new();
    let catalog = Catalog::read_growing(text.into(), "", beside, |growth| {
        told.push((growth.actions, growth.catalog.is_some()));
        std::ops::ControlFlow::Continue(())
    });
    assert_eq!(catalog.expect("it keeps the rules").len(), actions);
    told
}

#[test]
fn copies_become_rare_and_rarer_where_there_is_much_to_copy() {
    assert_eq!(told(70_000, 7), [(4096, true), (65_536, false), (69_632, true)]);
    assert_eq!(told(20_000, 20_000), [(4096, true), (8192, true), (16_384, true)]);
}

#[test]
fn sizes_beyond_reason_are_read_or_refused_but_never_fatal() {
    let label = "L".repeat(1 << 20);
    let scopes: Vec<_> = (0..10_000).map(|n| format!("\"s{n}\"")).collect();
    let text = format!(r#"[{{"id": "x", "label": "{label}", "scopes": [{}]}}]"#, scopes.join(","));
    let catalog = read(&text).expect("it keeps the rules");
    let action = catalog.action(Index::from_position(0));
    assert_eq!((action.label().len(), action.scopes().len()), (1 << 20, 10_000));

    for deep in ["[".repeat(100_000), format!(r#"[{{"id": {}"#, "{\"a\":".repeat(100_000))] {
        assert!(refusal(deep).contains("invalid type"));
    }
    // What is passed over may be as deep as it likes.
    let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
    let text = format!(r#"[{{"x": {open}{close}, "id": "x", "label": "X", "scopes": []}}]"#);
    assert!(read(&text).is_ok());
}

#[test]
fn a_file_cut_off_anywhere_is_refused_with_a_place() {
    let text = include_str!("../../../assets/catalog.json");
    for end in (0..text.trim_end().len()).step_by(31) {
        let cut = text.as_bytes()[..end].to_vec();
        let error = Catalog::read(cut, "catalog.json").expect_err("it is cut off");
        assert!(error.place.is_some(), "{end}");
    }
}

/// Reading each of these twice over would take hours.
#[test]
fn a_page_made_to_be_read_again_and_again_is_read_once() {
    for piece in [
        "<a {",
        "<a \"",
        "<a b='",
        "<",
        "</",
        "<!--",
        "<!",
        "{/*",
        "<script>",
        "<a ",
        "<h1>",
        "&",
        "&#",
        "# ",
        "<div data-guide-step>",
        "<p data-guide-scopes='a,'>",
        "<Step title='x'>\n",
        "<a data-guide-actions-json='[]'>",
        "<a data-guide-actions-json='[&amp;'>",
    ] {
        let page = piece.repeat((1 << 20) / piece.len());
        let findings = Catalog::examine(page.into_bytes(), "page.mdx");
        assert_eq!(findings.catalog.is_some(), findings.problems.is_empty(), "{piece}");
    }
}

#[test]
fn json_made_to_be_told_at_length_is_told_once() {
    let twice = r#"{"id": "x a", "label": "", "scopes": ["a b", "a b"]},"#.repeat(20_000);
    let same = r#"{"id": "x", "label": "X", "scopes": ["a", "a"], "y": 1},"#.repeat(20_000);
    for (entries, problems) in [(twice, 99_999), (same, 19_999)] {
        let text = format!("[{}]", entries.trim_end_matches(','));
        assert_eq!(Catalog::examine(text.into_bytes(), "").problems.len(), problems);
    }
}
