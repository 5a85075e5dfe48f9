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
        ("{\n  \"scopes\": 3}", "2:13 scopes invalid type: integer, expected an array of scopes"),
        (
            "[\n{\"id\": \"é\", \"label\": 1}]",
            "2:22 [0].label invalid type: integer, expected a string",
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
        ("[{\"id\": \"[x", "1:11 [0].id EOF while parsing a string"),
        ("[{\"scopes\": [\"a\", \"{", "1:20 [0].scopes[1] EOF while parsing a string"),
        ("[{\"id\": \"x\" 1", "1:13 [0] expected `,` or `}`"),
        ("{\"scopes\": [\"a\" \"b\"]}", "1:17 scopes[1] expected `,` or `]`"),
        ("[", "1:1 [0] EOF while parsing a list"),
        (
            r#"[{"id": "\ud83d"}]"#,
            "1:16 [0].id a `\\u` is half of a character, as where a text was cut; write the whole character",
        ),
        ("[1]", "1:2 [0] invalid type: integer, expected an action, which is an object"),
        ("{\"actions\": 1}", "1:13 actions invalid type: integer, expected an array of actions"),
        (
            "{\"connector\": 1}",
            "1:15 connector invalid type: integer, expected a connector, which is an object",
        ),
        ("{\"page\": 1}", "1:10 page invalid type: integer, expected a page, which is an object"),
        (
            "{\"guide\": {\"sections\": [1]}}",
            "1:25 guide invalid type: integer, expected a section, which is an object",
        ),
        (
            "{\"guide\": {\"sections\": [{\"title\": \"A\", \"steps\": [1]}]}}",
            "1:50 guide invalid type: integer, expected a step, which is an object",
        ),
        (
            "{\"guide\": {\"sections\": [{\"title\": \"A\", \"steps\": [{\"title\": \"B\", \"lines\": [[1]]}]}]}}",
            "1:77 guide expected a text, or an object with `strong`, `literal`, `copy` or `link`",
        ),
        (
            "{\"guide\": 1}",
            "1:11 guide invalid type: integer, expected a guide, which is an object",
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
    assert_eq!(reason, format!("invalid type: integer, {expected}"));
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
    assert_eq!(refusal(&b"\xff\xfe[\0]"[..]), "1:1 NotUtf16");
    let text = r#"[{"id": "x_a", "label": "Ä", "scopes": []}]"#;
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [[&b"\xff\xfe"[..], &utf16].concat(), utf16] {
        assert!(Catalog::read(bytes, "").is_ok_and(|catalog| catalog.find("x_a").is_some()));
    }
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
    let action = catalog.action(ActionIndex::from_position(0));
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
    let needs = r#"[{"id": "x_a", "label": "A", "scopes": [], "required_scopes": ["r"]}]"#;
    assert!(refusal(needs).contains("unknown key `required_scopes`"), "{}", refusal(needs));
}

#[test]
fn a_comment_in_json_is_named() {
    let sound = r#"{"connector": {"name": "X"}, "scopes": [], "actions": []}"#;
    for (text, place) in [
        (format!("// made by hand\n{sound}"), "1:1"),
        (sound.replace(r#""scopes""#, r#"/* all */ "scopes""#), "1:30"),
        (sound.replace("[]}", "[ // none\n]}"), "1:57"),
        (sound.replace(r#""scopes""#, r#""// note": 1, "scopes""#), "1:31"),
    ] {
        let error = Catalog::read(text.clone().into(), "x.json").expect_err(&text);
        let Position { line, column } = error.place.expect("a place");
        assert_eq!(format!("{line}:{column}"), place, "{text}");
        assert!(error.fault.to_string().contains("JSON has no comments"), "{}", error.fault);
    }
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
            "2:40 UnknownScope",
            "2:46 Malformed",
            "4:9 Repeated",
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
    let described = r#"{"connector": {"name": "X"}, "scopes": ["a"],
        "actions": [{"id": "x", "label": "X", "scopes": []}], "reference": {"source": "s", "calls": [
        {"action": "x", "method": "GET", "path": "/x", "accepts": [["a"]]}]}}"#;
    assert_eq!(Catalog::examine(described.into(), "").notes, [], "its call needs one");
}

#[test]
fn every_action_has_its_own_errors() {
    let told = |text: &str| {
        let problems = Catalog::examine(text.into(), "").problems.into_iter();
        let told = problems.map(|problem| {
            let place = problem.place.expect("a place");
            let words = match problem.fault {
                CatalogFault::Malformed { field, reason } => format!("{field} {reason}"),
                fault => format!("{fault:?}"),
            };
            format!("{}:{} {words}", place.line, place.column)
        });
        told.collect::<Vec<_>>()
    };
    assert_eq!(
        told("[{\"id\":\"x_a\",\"label\":\"A\"},\n{\"id\":\"x_b\",\"label\":\"B\"}]"),
        ["1:25 [0] missing field `scopes`", "2:24 [1] missing field `scopes`"]
    );
    assert_eq!(
        told(
            "[{\"id\": 1, \"label\": [], \"scopes\": [2, \"a b\"]}, 3, {\"id\": \"x\", \"id\": 4}]"
        ),
        [
            "1:9 [0].id invalid type: integer, expected a string",
            "1:21 [0].label invalid type: sequence, expected a string",
            "1:36 [0].scopes[0] invalid type: integer, expected a string",
            "1:40 Unsafe { field: \"[0].scopes[1]\", value: \"a b\" }",
            "1:48 [1] invalid type: integer, expected an action, which is an object",
            "1:66 [2] duplicate field `id`",
            "1:70 [2] missing field `label`",
            "1:70 [2] missing field `scopes`",
        ]
    );
    let guide = r#"{"sections": [{"title": "", "steps": [{"title": "A", "scopes": ["r"], "lines": [[]]}]}]}"#;
    assert_eq!(
        told(&format!(
            "{{\"actions\": 1, \"more\": 2,\n\"connector\": [], \"page\": {{\"address\": \"a b\", \"parameter\": \"\"}},\n\"guide\": {guide}, \"guide\": 1}}"
        )),
        [
            "1:13 actions invalid type: integer, expected an array of actions",
            "1:17  unknown key `more`, expected `connector`, `page`, `scopes`, `actions`, `reference` or `guide`",
            "2:14 connector invalid type: sequence, expected an object",
            "2:19 Unsafe { field: \"page.address\", value: \"a b\" }",
            "2:19 Empty { field: \"page.parameter\" }",
            "3:106  duplicate field `guide`",
            "3:110  missing field `scopes`",
        ]
    );
    assert_eq!(
        told(&format!(
            "{{\"connector\": {{\"name\": \"X\"}}, \"scopes\": [], \"actions\": [],\n\"guide\": {guide}}}"
        )),
        [
            "2:2 Empty { field: \"guide.sections[0].title\" }",
            "2:2 UnlistedScope { field: \"guide.sections[0].steps[0].scopes[0]\", scope: \"r\" }",
            "2:2 Empty { field: \"guide.sections[0].steps[0].lines[0]\" }",
        ]
    );
    // What was read before the text breaks off is told too.
    assert_eq!(
        told(
            "{\"actions\" : [{\"id\": \"x\", \"label\": \"\", \"scopes\": []}, {\"id\": \"x\", \"scopes\": [\"r\", oops"
        ),
        ["1:37 Empty { field: \"actions[0].label\" }", "1:83 actions[1].scopes[1] expected value",]
    );
}

#[test]
fn keys_with_escapes_are_keys() {
    let text = r#"[{"\u0069d": "x", "\u006cabel": "\u0020", "sc\u006fpes": [], "m\u006fre": 1}]"#;
    let findings = Catalog::examine(text.into(), "");
    assert_eq!(refusal(text), r#"1:34 Empty { field: "[0].label" }"#);
    let note = CatalogNote::UnknownKey { field: "[0]".into(), key: "more".into() };
    assert_eq!(findings.notes, [(Some(Position { line: 1, column: 75 }), note)]);
}

#[test]
fn an_array_of_values_is_no_object() {
    assert!(refusal(r#"[["x_a", "A", []]]"#).contains("[0] invalid type: sequence"));
    let text = r#"{"connector": [null, "X", null], "scopes": [], "actions": []}"#;
    assert!(refusal(text).contains("connector invalid type: sequence"));
}

#[test]
fn reading_ends_when_nobody_waits_for_it() {
    let entry = |n: usize| format!(r#"{{"id": "x_{n}", "label": "L", "scopes": ["s"]}}"#);
    let sound = format!("[{}]", (0..20_000).map(entry).collect::<Vec<_>>().join(","));
    let twice = format!("[{},{}]", &sound[1..sound.len() - 1], entry(0));
    let page = "<p>a</p>{/* b */}".repeat(60_000);
    let panel = format!("{page}<a data-guide-actions-json='{sound}'>");
    for (text, name) in [(sound, "a.json"), (twice, "a.json"), (page, "a.md"), (panel, "a.md")] {
        let asked = std::cell::Cell::new(0);
        let read = |end| {
            asked.set(0);
            let read =
                Catalog::read_while(text.clone().into(), name, &ReadOptions::default(), &|| {
                    asked.set(asked.get() + 1);
                    asked.get() < end
                });
            (read.map_err(|error| error.fault), asked.get())
        };
        let (whole, times) = read(usize::MAX);
        assert_ne!(whole.err(), Some(CatalogFault::Stopped));
        assert!(times >= 10, "{name}: asked {times} times");
        for end in [1, times / 2, times] {
            let (stopped, times) = read(end);
            assert_eq!(stopped.err(), Some(CatalogFault::Stopped));
            assert!(times <= end + 1, "it goes on after it was told to end");
        }
    }
}

#[test]
fn sizes_beyond_reason_are_read_or_refused_but_never_fatal() {
    let label = "L".repeat(1 << 20);
    let scopes: Vec<_> = (0..10_000).map(|n| format!("\"s{n}\"")).collect();
    let text = format!(r#"[{{"id": "x", "label": "{label}", "scopes": [{}]}}]"#, scopes.join(","));
    let catalog = read(&text).expect("it keeps the rules");
    let action = catalog.action(ActionIndex::from_position(0));
    assert_eq!((action.label().len(), action.scopes().len()), (1 << 20, 10_000));

    for deep in ["[".repeat(100_000), format!(r#"[{{"id": {}"#, "{\"a\":".repeat(100_000))] {
        assert!(refusal(deep).contains("EOF"));
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
        "a{/**/}",
        "a{",
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

const SOUND: [&str; 3] = [
    r#"{"connector": {"key": "x", "name": "X"}, "page": {"address": "a", "parameter": "b"},
        "scopes": ["r", "w"], "actions": [{"id": "x_a", "label": "A", "scopes": ["r"]},
        {"label": "\u0042", "scopes": [], "id": "x_\u0062"}],
        "guide": {"sections": [{"title": "T", "steps": [{"title": "S", "scopes": ["w"], "lines": [["L"]]}]}]}}"#,
    r#"[{"id": "x_a", "label": "A", "scopes": ["r", "w"]}, {"id": "x_b", "more": 1, "label": "B", "scopes": []}]"#,
    "# X\n<a data-guide-actions-json='[{\"id\": \"x_a\", \"label\": \"A&amp;\", \"scopes\": [\"r\"]}]' \
     data-guide-scopes='r,w'>{/* c */}<p data-guide-step>a</p>",
];

proptest::proptest! {
    /// What reads quickly and what says why a catalog is refused agree on every text.
    #[test]
    fn a_catalog_is_read_if_and_only_if_nothing_is_wrong_with_it(
        which in 0..SOUND.len(),
        from in 0..500_usize,
        length in 0..12_usize,
        piece in proptest::sample::select(vec![
            "", " ", ",", "[", "]", "{", "}", "\"", ":", "null", "1", "\"r\"", "\\u0061", "\\", "\u{1}",
            "é", "\"id\": \"x_a\",", "\"scopes\": [],", "[]", "{}", "\"a b\"", "x_b", "<", "&quot;",
        ]),
    ) {
        let sound = SOUND[which];
        let floor = |at: usize| (0..=at.min(sound.len())).rev().find(|&at| sound.is_char_boundary(at));
        let (from, to) = (floor(from).unwrap_or(0), floor(from + length).unwrap_or(0));
        let text = [&sound[..from], piece, &sound[to.max(from)..]].concat();
        let examined = Catalog::examine(text.clone().into(), "");
        match Catalog::read(text.clone().into(), "") {
            Ok(read) => {
                proptest::prop_assert!(examined.problems.is_empty(), "{text}");
                let examined = examined.catalog.expect("nothing is wrong");
                proptest::prop_assert_eq!(read.fingerprint(), examined.fingerprint());
            }
            Err(error) => proptest::prop_assert_eq!(Some(&error), examined.problems.first()),
        }
    }
}
