//! What is refused, with its place, and what is passed over.

use super::*;

/// JSON is no YAML: it has tabs, halves of characters and any depth.
#[test]
fn every_problem_has_its_line() {
    let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
    let paths = (0..50).map(|nth| {
        format!("\n\t\"/{nth}\": {{\"get\": {{\"security\": [{{\"unheard\": []}}, {{\"oauth\": [\"ä,ö\"]}}]}}}}")
    });
    let paths = paths.collect::<Vec<_>>().join(",");
    let text = document(&format!("\"x-deep\": [{deep}, \"\\ud83d\\ude00\"],{paths}"));
    let places: Vec<_> = faults(JSON, &text).into_iter().map(|(place, _)| place).collect();
    let expected = text.lines().enumerate().skip(1).take(50).flat_map(|(nth, line)| {
        let column = |value: &str| line.split(value).next().map_or(0, |head| head.chars().count());
        [r#"[]}"#, r#""ä,ö""#].map(|value| Some((nth + 1, column(value) + 1)))
    });
    assert_eq!(places, expected.collect::<Vec<_>>());
}

#[test]
fn a_value_within_one_that_is_wrong_has_its_own_line() {
    let text = document("\n\"/a\\n\": {\"get\": {\n\"security\": [{\n\"unheard\": []}]}}");
    for format in [JSON, YAML] {
        let lines: Vec<_> =
            faults(format, &text).iter().map(|(place, _)| place.map(|p| p.0)).collect();
        assert_eq!(lines, [Some(2), Some(4)]);
    }
}

#[test]
fn columns_count_characters() {
    let text = r#"{"openapi": "3.0.0", "x": "äöü", "security": null}"#;
    let [(Some(place), _)] = &faults(JSON, text)[..] else { panic!("one with a place") };
    assert_eq!(*place, (1, text.chars().count() - 1));
    let cut = r#"{"openapi": "3.0.0", "x": "äöü", "security": ["#;
    let [(Some(place), _)] = &faults(JSON, cut)[..] else { panic!("one with a place") };
    assert_eq!(*place, (1, cut.chars().count()));
}

#[test]
fn what_is_broken_is_told_with_line_and_path() {
    let broken = |target: &str| {
        let text = document(&format!("\n\"/a\": {{\"$ref\": \"{target}\"}}"));
        let faults = faults(JSON, &text);
        let [(place, CatalogFault::BrokenReference { field, why })] = &faults[..] else {
            panic!("{faults:?}");
        };
        assert_eq!(field, "/paths/~1a/$ref");
        assert_eq!(place.map(|(line, _)| line), Some(2));
        *why
    };
    assert!(broken("#/paths/~1b").contains("nothing"));
    assert!(broken("#/paths/~1a").contains("circle"));
    assert!(broken("other.yaml#/paths/~1a").contains("bundle the description"));

    let text = document("\n\"/a\": {\"get\": {\n\"security\": [{\"unheard\": [\"a\"]}]}}");
    let field = "/paths/~1a/get/security/0/unheard".to_owned();
    let fault = CatalogFault::UndeclaredScheme { field, scheme: "unheard".into() };
    assert_eq!(faults(JSON, &text), [(Some((3, 26)), fault)]);

    let taken = r#""/a": {"get": {"operationId": "GET /b"}}, "/b": {"get": {}}"#;
    let found = faults(JSON, &document(taken));
    let (field, value) = ("/paths/~1b/get".to_owned(), "GET /b".to_owned());
    assert_eq!(found[0].1, CatalogFault::Repeated { field, value });
}

/// Each would make the operation free, or leave out its own word, if it were passed over.
#[test]
fn security_of_a_wrong_shape_is_an_error_at_its_path() {
    for (security, path) in [
        ("null", "/paths/~1a/get/security"),
        ("\"none\"", "/paths/~1a/get/security"),
        ("{}", "/paths/~1a/get/security"),
        ("[null]", "/paths/~1a/get/security/0"),
        ("[[]]", "/paths/~1a/get/security/0"),
        (r#"[{"oauth": null}]"#, "/paths/~1a/get/security/0/oauth"),
        (r#"[{"oauth": "a"}]"#, "/paths/~1a/get/security/0/oauth"),
        (r#"[{"oauth": [null]}]"#, "/paths/~1a/get/security/0/oauth/0"),
        (r#"[{"oauth": {}}]"#, "/paths/~1a/get/security/0/oauth"),
        ("false", "/paths/~1a/get/security"),
    ] {
        let text = document(&format!(r#""/a": {{"get": {{"security": {security}}}}}"#));
        for format in [JSON, YAML] {
            let found = faults(format, &text);
            let [(Some(_), CatalogFault::Malformed { field, reason })] = &found[..] else {
                panic!("{security}: {found:?}");
            };
            assert_eq!(field, path, "{security}: {reason}");
        }
    }
    let in_yaml = "openapi: 3.0.0\npaths:\n  /a:\n    get:\n      security:\n      responses: {}\n";
    let [(Some((5 | 6, _)), CatalogFault::Malformed { field, .. })] = &faults(YAML, in_yaml)[..]
    else {
        panic!("{:?}", faults(YAML, in_yaml));
    };
    assert_eq!(field, "/paths/~1a/get/security");
}

#[test]
fn anchors_work_and_do_not_explode() {
    let text = "openapi: 3.0.0\nx: &s\n  security: [{o: [a]}]\npaths:\n  /a:\n    get:\n      <<: *s\n  \
                /b:\n    get: *s\ncomponents:\n  securitySchemes:\n    o: {type: oauth2}\n";
    assert_eq!(accepted(&read_with(YAML, text, None)), ["GET /a: a", "GET /b: a"]);
    let mut bomb = "openapi: 3.0.0\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for nth in 1..12 {
        let before = format!("*a{}", nth - 1);
        bomb += &format!("a{nth}: &a{nth} [{}]\n", [&*before; 10].join(", "));
    }
    let [(Some(_), CatalogFault::Malformed { reason, .. })] = &faults(YAML, &bomb)[..] else {
        panic!("a bomb with a place");
    };
    assert!(reason.contains("anchors"), "{reason}");
}

/// The library's own limits are made for small files.
#[test]
fn every_operation_may_share_one_anchor_and_what_is_passed_over_may_be_any_number() {
    let operation = |n: usize| match n % 2 {
        0 => format!("  /{n}: {{get: {{security: *s, responses: *r}}}}\n"),
        _ => format!("  /{n}: {{get: {{<<: *m}}}}\n"),
    };
    let paths: String = (0..21_000).map(operation).collect();
    let responses = ["x"; 100].join(", ");
    let text = format!(
        "openapi: 3.0.0\nr: &r [{responses}]\nx: &s [{{o: [a]}}]\ny: &m {{security: [{{o: [b]}}]}}\n\
         z: [.inf, -.Inf, .nan, 1e999, 99999999999999999999999999]\npaths:\n{paths}components:\n  \
         securitySchemes:\n    o: {{type: oauth2}}\n"
    );
    let read = accepted(&read_with(YAML, &text, None));
    assert_eq!(read.len(), 21_000);
    assert_eq!(read[20_998..], ["GET /20998: a", "GET /20999: b"]);
}

/// The library takes the first of two merges, and the first of a repeated key in what is merged.
#[test]
fn what_is_merged_is_never_left_out_silently() {
    let document = |anchors: &str, operation: &str| {
        format!(
            "openapi: 3.0.0\n{anchors}\npaths:\n  /a:\n    get: {operation}\ncomponents:\n  \
             securitySchemes:\n    o: {{type: oauth2}}\n"
        )
    };
    let two = "x: &x {security: [{o: [a]}]}\ny: &y {security: [{o: [b]}]}";
    for (operation, accepts) in [
        ("{<<: *x}", "a"),
        ("{<<: [*y, *x]}", "b"),
        ("{<<: *x, security: [{o: [c]}]}", "c"),
        ("{summary: '<< and <<', <<: *x}", "a"),
        ("{<<: {<<: *y}}", "b"),
    ] {
        let read = accepted(&read_with(YAML, &document(two, operation), None));
        assert_eq!(read, [format!("GET /a: {accepts}")], "{operation}");
    }
    for (anchors, operation, key) in [
        (two, "{<<: *x, <<: *y}", "<<"),
        (two, "{<<: {}, summary: s, <<: *y}", "<<"),
        (two, "{<<: {<<: *x, <<: *y}}", "<<"),
        (&two.replace("x: &x", "k: &k <<\nx: &x"), "{*k : *x, <<: *y}", "<<"),
        ("x: &x {security: [{o: [a]}], security: []}", "{<<: *x}", "security"),
    ] {
        let found = faults(YAML, &document(anchors, operation));
        let [(Some(_), CatalogFault::Malformed { reason, .. })] = &found[..] else {
            panic!("{operation}: {found:?}");
        };
        assert_eq!(reason, &format!("the key `{key}` is repeated"), "{operation}");
    }
}

#[test]
fn the_scopes_of_swagger_may_have_extensions_among_them() {
    let text = r#"{"swagger": "2.0", "paths": {"/p": {"get": {"security": [{"o": ["a"]}]}}},
        "securityDefinitions": {"o": {"type": "oauth2", "scopes": {"a": "", "x-note": {"b": 1}}}}}"#;
    let read = read_with(JSON, text, None);
    assert_eq!((accepted(&read), read.notes), (vec!["GET /p: a".to_owned()], Vec::new()));
}

#[test]
fn a_key_that_stands_twice_does_not_replace_the_first() {
    let twice = r#""/a": {"get": {"security": [{"oauth": ["a"]}], "security": []}}"#;
    for format in [JSON, YAML] {
        assert_eq!(faults(format, &document(twice)).len(), 1);
    }
    for twice in [
        r#""/a": {"get": {"operationId": "x"}, "get": {"operationId": "y"}}"#,
        r#""/a": {}, "/a": {}"#,
        r##""/a": {"$ref": "#/paths/~1b", "$ref": "#/paths/~1c"}, "/b": {}, "/c": {}"##,
        r#""/a": {"get": {"security": [{"oauth": ["a"], "oauth": []}]}}"#,
    ] {
        for format in [JSON, YAML] {
            assert_eq!(faults(format, &document(twice)).len(), 1, "{twice}");
        }
    }
}

#[test]
fn other_versions_are_not_guessed_at() {
    let both = r#"{"openapi": "3.0.0", "swagger": "2.0"}"#;
    for text in [r#"{"openapi": "4.0.0"}"#, r#"{"swagger": "1.2"}"#, r#"{"paths": {}}"#, both] {
        assert_eq!(faults(JSON, text).len(), 1, "{text}");
    }
}

/// It could be OAuth, misspelt: then the operation would be one that OAuth cannot call.
#[test]
fn the_type_of_a_security_scheme_is_one_of_the_specifications() {
    for (kind, field) in [
        ("\"OAuth2\"", "/components/securitySchemes/o/type"),
        ("2", "/components/securitySchemes/o/type"),
    ] {
        let text = format!(
            r#"{{"openapi": "3.0.0", "paths": {{"/a": {{"get": {{"security": [{{"o": []}}]}}}}}},
                "components": {{"securitySchemes": {{"o": {{"type": {kind}}}}}}}}}"#
        );
        for format in [JSON, YAML] {
            let found = faults(format, &text);
            let [(Some(_), CatalogFault::Malformed { field: at, .. })] = &found[..] else {
                panic!("{kind}: {found:?}");
            };
            assert_eq!(at, field);
        }
    }
}

#[test]
fn reasons_are_ours_and_repeat_no_text() {
    let document = |security: &str| {
        format!("openapi: 3.0.0\npaths:\n  /a:\n    get:\n      security: {security}\n")
    };
    let deep = format!("openapi: 3.0.0\nx: {}{}\n", "[".repeat(100), "]".repeat(100));
    let twice = document("[]\n      x: 1\n      x: 2");
    for (text, expected) in [
        (document("hunter2"), "invalid type: string, expected a list"),
        (document("\"a \\\"b\\\", expected c hunter2\""), "invalid type: string, expected a list"),
        (document("[{o: [hunter2: 1]}]"), "expected a string"),
        (document(""), "invalid type: null, expected a list"),
        (document("[{o: [~]}]"), "invalid type: null, expected a string"),
        (document("[{o: [[a]]}]"), "expected a string"),
        (document("*nowhere"), "an alias (`*`) has no anchor (`&`) before it"),
        (document("!append [{o: [a]}]"), "a tag (`!`) may change what stands behind it; remove it"),
        (document("&a [*a]"), "an alias (`*`) stands within its own anchor (`&`)"),
        (twice, "the key `x` is repeated"),
        (document("[]\n---\na: 1"), "a second document begins here; give one document"),
        (deep, "it is nested more than 64 levels deep"),
    ] {
        let found = faults(YAML, &text);
        let [(Some(_), CatalogFault::Malformed { reason, .. })] = &found[..] else {
            panic!("{found:?} in {text}");
        };
        assert_eq!(reason, expected, "{text}");
    }
    for secret in ["\"hunter2\"", "7315", "73.15", "-7315"] {
        let text = format!("{{\"openapi\": \"3.0.0\", \"security\": {secret}}}");
        for format in [JSON, YAML] {
            let found = format!("{:?}", faults(format, &text));
            assert!(!found.contains("hunter2") && !found.contains("73"), "{found}");
            assert!(found.contains("expected a list"), "{found}");
        }
    }
}

#[test]
fn deep_schemas_are_passed_over() {
    let schema = "{properties: {a: ".repeat(30) + "1" + &"}}".repeat(30);
    let text = format!("openapi: 3.0.0\npaths: {{}}\nx: {schema}\n");
    assert!(read_with(YAML, &text, None).calls.is_empty());
}

#[test]
fn a_short_file_that_says_far_more_than_a_provider_has_is_refused() {
    let scopes = |count: usize| -> Vec<_> { (0..count).map(|nth| format!("s{nth}")).collect() };
    let openapi = |operations: usize, scopes: &[String]| {
        let paths = (0..operations).map(|nth| (format!("/{nth}"), serde_json::json!({"get": {}})));
        serde_json::json!({
            "openapi": "3.0.0",
            "security": [{"o": scopes}],
            "paths": paths.collect::<serde_json::Map<_, _>>(),
            "components": {"securitySchemes": {"o": {"type": "oauth2", "flows": {"implicit": {
                "scopes": scopes.iter().map(|name| (name.clone(), "".into()))
                    .collect::<serde_json::Map<_, _>>(),
            }}}}},
        })
        .to_string()
    };
    assert_eq!(read_with(JSON, &openapi(40, &scopes(100)), None).calls.len(), 40);
    let graph = |methods: usize| {
        let letter = |nth: usize| char::from(b'A' + u8::try_from(nth % 26).unwrap_or_default());
        let methods: Vec<_> =
            (0..methods).map(|nth| format!("{}{}", letter(nth / 26), letter(nth))).collect();
        serde_json::json!({"permissions": {"A": {
            "schemes": {"DelegatedWork": {}},
            "pathSets": [{"schemeKeys": ["DelegatedWork"], "methods": methods, "paths": {"/a": ""}}],
        }}})
        .to_string()
    };
    assert_eq!(read_with(Format::Graph, &graph(MOST_METHODS), None).calls.len(), MOST_METHODS);
    for (format, text, expected) in [
        (JSON, openapi(4000, &scopes(4000)), "10 million scopes"),
        (Format::Graph, graph(MOST_METHODS + 1), "HTTP has fewer"),
    ] {
        let found = faults(format, &text);
        let [(Some(_), CatalogFault::Malformed { reason, .. })] = &found[..] else {
            panic!("{found:?}");
        };
        assert!(reason.contains(expected), "{reason}");
    }
}
