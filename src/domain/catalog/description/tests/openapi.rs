//! What operations accept by their security.

use super::*;

#[test]
fn alternatives_are_or_and_schemes_of_one_are_and() {
    for (security, accepts) in [
        ("[]", "nothing"),
        ("[{}]", "nothing"),
        (r#"[{"oauth": ["a"]}, {}]"#, "nothing"),
        (r#"[{"oauth": []}]"#, "nothing"),
        (r#"[{"key": []}]"#, "not by OAuth"),
        (r#"[{"key": []}, {"oauth": ["a"]}]"#, "a"),
        (r#"[{"key": [], "oauth": ["a"]}]"#, "a"),
        (r#"[{"oauth": ["a"]}, {"other": ["c"]}]"#, "a | c"),
        (r##"[{"#/components/securitySchemes/oauth": ["a"]}]"##, "a"),
        (r#"[{"oauth": ["a"]}, {"oauth": []}]"#, "nothing"),
        (r#"[{"oauth": ["a"]}, {"other": []}]"#, "a"),
        (r#"[{"oauth": ["a"]}, {"other": []}, {"oauth": null}]"#, "a"),
        (r#"[{"oauth": ["a"]}, {"other": []}, {"oauth": [], "unheard": []}]"#, "a"),
        (r#"[{"oauth": ["a"]}, {"other": []}, {"oauth": [], "key": []}]"#, "a"),
        (r#"[{"oauth": ["a"]}, {"other": []}, {"oauth": [], "other": ["c"]}]"#, "a | c"),
        (r#"[{"oauth": ["a"]}, {"oauth": []}, {"other": ["c"], "key": []}]"#, "nothing"),
        (r#"[{"oauth": ["a"]}, {"oauth": []}, {"other": []}]"#, "nothing"),
        (r#"[{"oauth": ["a"]}, {"unheard": ["c"]}, {"oauth": null}]"#, "a"),
        (r#"[{"unheard": []}, {}]"#, "nothing"),
        (r#"[{"oauth": ["a"], "other": ["c", "a"]}]"#, "a + c"),
        (r#"[{"oauth": ["b", "a"]}, {"oauth": ["c"]}]"#, "a + b | c"),
    ] {
        assert_eq!(of_security(security), format!("GET /p: {accepts}"), "{security}");
    }
}

#[test]
fn an_operations_own_security_stands_in_for_the_global_one() {
    let paths = r#""/own": {"get": {"security": [{"oauth": ["b"]}]}}, "/none": {"get": {}},
        "/free": {"get": {"security": []}}, "x-note": "no path""#;
    let text = document(paths);
    let read = |text: &str| accepted(&read_with(JSON, text, None));
    let own = ["GET /own: b", "GET /none: unknown", "GET /free: nothing"];
    assert_eq!(read(&text), own);
    let text = text.replacen('{', r#"{"security": [{"oauth": ["a"]}],"#, 1);
    assert_eq!(read(&text), ["GET /own: b", "GET /none: a", "GET /free: nothing"]);
}

#[test]
fn path_items_stand_where_their_references_lead() {
    let paths = r##""/a": {"get": {"operationId": "x", "security": [{"oauth": ["a"]}]}},
        "/b": {"$ref": "#/paths/~1a"}, "/c": {"$ref": "#/paths/~1b"},
        "/null": null"##;
    let text = document(paths);
    let read = accepted(&read_with(JSON, &text, None));
    assert_eq!(read, ["x: a", "GET /b: a", "GET /c: a"]);
}

#[test]
fn a_path_item_has_its_own_operations_and_those_behind_its_reference() {
    let paths = r##""/a": {"$ref": "#/paths/~1b", "post": {"security": [{"oauth": ["b"]}]}},
        "/b": {"$ref": "#/components/pathItems/c", "put": {"security": [{"oauth": ["a"]}]}}"##;
    let text = document(paths).replace(
        r#""securitySchemes""#,
        r#""pathItems": {"c": {"get": {"security": []}}}, "securitySchemes""#,
    );
    let read = accepted(&read_with(JSON, &text, None));
    assert_eq!(
        read,
        ["POST /a: b", "PUT /b: a", "PUT /a: a", "GET /a: nothing", "GET /b: nothing"]
    );
}

/// Otherwise the order of the paths would decide which of them it names.
#[test]
fn an_id_of_several_operations_behind_references_names_none_of_them() {
    let item = |name: &str, scope: &str| {
        format!(
            r#""{name}": {{"get": {{"operationId": "x", "security": [{{"oauth": ["{scope}"]}}]}}}}"#
        )
    };
    let refers =
        |path: &str, to: &str| format!(r##""{path}": {{"$ref": "#/components/pathItems/{to}"}}"##);
    let read = |paths: &[String]| {
        let items = format!(
            r#""pathItems": {{{}, {}}}, "securitySchemes""#,
            item("c", "a"),
            item("d", "b")
        );
        let text = document(&paths.join(",")).replace(r#""securitySchemes""#, &items);
        accepted(&read_with(JSON, &text, None))
    };
    assert_eq!(read(&[refers("/p", "c"), refers("/q", "d")]), ["GET /p: a", "GET /q: b"]);
    assert_eq!(read(&[refers("/p", "c"), refers("/q", "c")]), ["GET /p: a", "GET /q: a"]);
    assert_eq!(read(&[refers("/p", "c"), item("/q", "b")]), ["GET /q: b", "GET /p: a"]);
    assert_eq!(read(&[refers("/p", "c")]), ["x: a"]);
}

#[test]
fn an_operation_that_stands_here_and_behind_a_reference_is_an_error() {
    let paths = r##""/a": {"$ref": "#/paths/~1b", "get": {"security": [{"oauth": ["b"]}]}},
        "/b": {"get": {"security": []}}"##;
    let found = faults(JSON, &document(paths));
    let [(Some(_), CatalogFault::Malformed { field, .. })] = &found[..] else {
        panic!("{found:?}");
    };
    assert_eq!(field, "/paths/~1a/$ref");
}

/// What stands where it leads would be missing.
#[test]
fn a_reference_where_none_is_followed_is_an_error_at_its_path() {
    let scheme =
        |rest: &str| format!(r#"{{"openapi": "3.0.0", "paths": {{}}, "components": {{{rest}}}}}"#);
    let flows = |rest: &str| {
        scheme(&format!(r#""securitySchemes": {{"o": {{"type": "oauth2", "flows": {{{rest}}}}}}}"#))
    };
    for (text, path) in [
        (scheme(r#""$ref": "x.yaml""#), "/components/$ref"),
        (document("").replacen('{', r#"{"$ref": "x.yaml", "#, 1), "/$ref"),
        (document("").replacen('{', r#"{"info": {"$ref": "x.yaml"}, "#, 1), "/info/$ref"),
        (scheme(r#""securitySchemes": {"$ref": "x"}"#), "/components/securitySchemes/$ref"),
        (flows(r#""$ref": "x""#), "/components/securitySchemes/o/flows/$ref"),
        (
            flows(r#""implicit": {"scopes": {"$ref": "x"}}"#),
            "/components/securitySchemes/o/flows/implicit/scopes/$ref",
        ),
        (document(r#""/a": {"get": {"$ref": "x"}}"#), "/paths/~1a/get/$ref"),
        (
            document(r#""/a": {"get": {"security": [{"$ref": "x"}]}}"#),
            "/paths/~1a/get/security/0/$ref",
        ),
    ] {
        for format in [JSON, YAML] {
            let found = faults(format, &text);
            let [(Some(_), CatalogFault::Malformed { field, .. })] = &found[..] else {
                panic!("{found:?} in {text}");
            };
            assert_eq!(field, path);
        }
    }
}

#[test]
fn methods_are_told_in_capitals_too_and_openapi_3_2_has_more_of_them() {
    let paths = r#""/a": {"GET": {"security": []}, "x-get": {"security": []},
        "additionalOperations": {"COPY": {"security": [{"oauth": ["a"]}]}}}"#;
    let read = accepted(&read_with(JSON, &document(paths), None));
    assert_eq!(read, ["GET /a: nothing", "COPY /a: a"]);
    for twice in [
        r#""/a": {"GET": {}, "get": {}}"#,
        r#""/a": {"get": {}, "additionalOperations": {"GET": {}}}"#,
    ] {
        assert_eq!(faults(JSON, &document(twice)).len(), 1, "{twice}");
    }
    let unheard = r#""/a": {"additionalOperations": {"COPY": {"security": [{"unheard": []}]}}}"#;
    let found = faults(JSON, &document(unheard));
    let [(Some(_), CatalogFault::UndeclaredScheme { field, .. })] = &found[..] else {
        panic!("{found:?}");
    };
    assert_eq!(field, "/paths/~1a/additionalOperations/COPY/security/0/unheard");
}

#[test]
fn schemes_are_declared_where_their_version_declares_them() {
    let schemes = r#"{"o": {"type": "oauth2"}}"#;
    let paths = r#"{"/a": {"get": {"security": [{"o": ["a"]}]}}}"#;
    for (version, place) in [
        (r#""openapi": "3.0.0""#, format!(r#""securityDefinitions": {schemes}"#)),
        (r#""swagger": "2.0""#, format!(r#""components": {{"securitySchemes": {schemes}}}"#)),
    ] {
        let found = faults(JSON, &format!("{{{version}, \"paths\": {paths}, {place}}}"));
        assert!(
            matches!(found[..], [(Some(_), CatalogFault::UndeclaredScheme { .. })]),
            "{found:?}"
        );
    }
}

/// Many providers publish such files.
#[test]
fn ids_and_scopes_that_are_not_as_they_should_be_are_read_where_their_meaning_is_sure() {
    let operation = |path: &str, id: &str, scopes: &str| {
        format!(
            r#""/{path}": {{"get": {{"operationId": "{id}", "security": [{{"oauth": [{scopes}]}}]}}}}"#
        )
    };
    let paths = [
        operation("a", "list", r#""r""#),
        operation("b", "list ", r#""w""#),
        operation("c", "", r#"" r""#),
        operation("d", " one ", r#""r w""#),
    ];
    let read = read_with(JSON, &document(&paths.join(",")), None);
    assert_eq!(accepted(&read), ["GET /a: r", "GET /b: w", "GET /c: r", "one: r + w"]);
    let id = "list".to_owned();
    let [repeated, listed] =
        [CatalogNote::RepeatedId { id }, CatalogNote::ListedScopes { operations: 1 }];
    assert!(read.notes.contains(&repeated) && read.notes.contains(&listed), "{:?}", read.notes);
    let any = read_with(JSON, &document(&paths.join(",")), Some(ListedScopes::Any));
    assert_eq!(accepted(&any)[3], "one: r | w");
    let declared = r#"{"openapi": "3.0.0", "paths": {}, "components": {"securitySchemes": {"o":
        {"type": "oauth2", "flows": {"implicit": {"scopes": {"r w": "Both"}}}}}}}"#;
    assert_eq!(read_with(JSON, declared, None).scopes.declared, 2);
}

/// A slip in a name would otherwise become a scope that nothing grants.
#[test]
fn a_scope_that_is_needed_and_not_declared_is_noted() {
    let undeclared = |text: &str, format| -> Vec<String> {
        let notes = read_with(format, text, None).notes.into_iter();
        notes
            .filter_map(|note| match note {
                CatalogNote::UndeclaredScope { scope } => Some(scope),
                _ => None,
            })
            .collect()
    };
    let text = document(
        r#""/p": {"get": {"security": [{"oauth": ["a", "aa"]}, {"other": ["c"]}, {"key": ["d"]}]}}"#,
    );
    assert_eq!(undeclared(&text, JSON), ["aa"], "OpenID Connect declares its own elsewhere");
    let drive = DRIVE.replacen("auth/drive.readonly\"", "auth/drive.readonyl\"", 1);
    assert_eq!(undeclared(&drive, Format::Discovery).len(), 1);
    assert_eq!(undeclared(DRIVE, Format::Discovery), [""; 0]);
}

#[test]
fn what_the_global_security_comes_to_is_noted_for_each_operation_that_it_counts_for() {
    let text = document(r#""/a": {"get": {}, "put": {}}, "/b": {"get": {"security": []}}"#)
        .replacen('{', r#"{"security": [{"oauth": ["a", "b"], "key": []}],"#, 1);
    assert_eq!(
        read_with(JSON, &text, None).notes,
        [
            CatalogNote::ListedScopes { operations: 2 },
            CatalogNote::OtherCredentials { operations: 2 }
        ]
    );
}

/// Official files have a slip or two among hundreds of operations.
#[test]
fn what_a_scheme_that_cannot_be_told_asks_for_is_unknown() {
    let text = document(
        r#""/a": {"get": {"security": [{"oauth": ["a"]}]}, "put": {"security": [{"oauth": null}]}},
        "/b": {"get": {"security": [{"unheard": []}, {"key": []}]},
            "put": {"security": [{"oauth": ["a"], "unheard": []}]},
            "post": {"security": [{"oauth": []}, {"unheard": ["a"]}]}}"#,
    );
    let read = read_with(JSON, &text, None);
    let unknown = ["PUT /a", "GET /b", "PUT /b", "POST /b"].map(|id| format!("{id}: unknown"));
    assert_eq!(accepted(&read), [&["GET /a: a".to_owned()][..], &unknown].concat());
    let field = "/paths/~1a/put/security/0/oauth".to_owned();
    let reason =
        "`null` does not say which scopes are accepted; name them, or write `[]` if none is needed"
            .to_owned();
    let unheard = "/paths/~1b/get/security/0/unheard".to_owned();
    assert_eq!(
        read.notes,
        [
            CatalogNote::UnclearSecurity { operations: 4 },
            CatalogNote::Fault(CatalogFault::Malformed { field, reason }),
            CatalogNote::Fault(CatalogFault::UndeclaredScheme {
                field: unheard,
                scheme: "unheard".to_owned()
            }),
        ]
    );
    let all = text.replacen(r#"["a"]"#, "null", 1);
    let found = faults(JSON, &all);
    assert_eq!(found.len(), 5, "if none can be told, each is an error: {found:?}");
    assert!(matches!(&found[1].1, CatalogFault::Malformed { .. }));
}

#[test]
fn a_token_may_be_one_of_oauth_where_no_scheme_is() {
    let of = |scheme: &str, more: &str| {
        let text = format!(
            r#"{{"openapi": "3.0.0", "paths": {{"/p": {{"get": {{"security": [{{"t": []}}]}}}}}},
                "components": {{"securitySchemes": {{"t": {{{scheme}}} {more}}}}}}}"#
        );
        let read = read_with(JSON, &text, None);
        (accepted(&read).join(""), read.notes)
    };
    let oauth = r#", "o": {"type": "oauth2"}"#;
    for scheme in [
        r#""type": "http", "scheme": "Bearer""#,
        r#""type": "apiKey", "in": "header", "name": "Authorization""#,
    ] {
        let note = CatalogNote::UndeclaredToken { operations: 1 };
        assert_eq!(of(scheme, ""), ("GET /p: unknown".to_owned(), vec![note]), "{scheme}");
        assert_eq!(of(scheme, oauth).0, "GET /p: not by OAuth", "{scheme}");
    }
    for scheme in [
        r#""type": "http", "scheme": "basic", "in": "header", "name": "Authorization""#,
        r#""type": "apiKey", "in": "query", "name": "authorization""#,
        r#""type": "apiKey", "in": "header", "name": {"key": 1}"#,
    ] {
        assert_eq!(of(scheme, "").0, "GET /p: not by OAuth", "{scheme}");
    }
}

/// `security` is not the whole truth there.
#[test]
fn scopes_that_only_an_extension_names_leave_it_unknown() {
    let text = document(
        r#""/a": {"get": {"security": [], "x-required-scopes": ["a"]},
            "put": {"security": [{"key": []}], "x-pd-requires-scope": "a"},
            "post": {"security": [{"oauth": ["b"]}], "x-required-scopes": [{"state": "Beta"}]}},
        "/b": {"get": {"security": [], "x-required-scopes": [{"scopes": []}], "x-telescope": 1},
            "put": {"security": [{"oauth": []}], "x-scopes-required": ["a"]}}"#,
    );
    let read = read_with(JSON, &text, None);
    assert_eq!(
        accepted(&read),
        ["GET /a: unknown", "PUT /a: unknown", "POST /a: b", "GET /b: nothing", "PUT /b: unknown"]
    );
    let keys = ["x-pd-requires-scope", "x-required-scopes", "x-scopes-required"];
    let keys = keys.map(str::to_owned).to_vec();
    assert_eq!(read.notes, [CatalogNote::ScopesInExtension { operations: 4, keys }]);
}

/// Wherever it stands, and whatever it is called.
#[test]
fn an_extension_of_a_path_or_the_document_counts_for_what_is_in_it() {
    let known = |root: &str, item: &str, own: &str| {
        let paths = format!(
            r##""/a": {{{item} "get": {{{own} "security": [{{"oauth": []}}]}}}},
            "/b": {{"$ref": "#/paths/~1a"}},
            "/c": {{"get": {{"security": [{{"oauth": ["b"]}}]}}}}"##
        );
        let text = document(&paths).replacen('{', &format!("{{{root}"), 1);
        let read = [JSON, YAML].map(|format| accepted(&read_with(format, &text, None)));
        assert_eq!(read[0], read[1], "{text}");
        let free = read[0].iter().filter(|call| call.ends_with(": nothing")).count();
        assert!(read[0].contains(&"GET /c: b".to_owned()), "{read:?}");
        free
    };
    assert_eq!(known("", "", ""), 2);
    for named in [
        r#""x-required-scopes": ["a"],"#,
        r#""x-auth": {"scopes": ["a"]},"#,
        r#""x-policies": [{"rules": {"requiredScopes": "a"}}],"#,
        r#""x-permissions": ["a"],"#,
        r#""x-oauthpermissions": ["a"],"#,
        r#""x-authorization": {"all": {"permissions": ["a"]}},"#,
        r#""x-security": [{"oauth": ["a"]}],"#,
        r#""x-access": {"all": [{"oauth_scope": "a"}]},"#,
    ] {
        for places in [[named, "", ""], ["", named, ""], ["", "", named]] {
            let [root, item, own] = places;
            assert_eq!(known(root, item, own), 0, "{places:?}");
        }
    }
    for other in [
        r#""x-code-samples": [{"source": {"scope": "a"}}],"#,
        r#""x-examples": {"one": {"scopes": ["a"]}},"#,
        r#""x-properties": {"permissions": ["a"]}, "x-big": 1e999,"#,
        r#""x-auth-type": "OAuth", "x-auth": {"scopes": []},"#,
        r#""x-security": "reviewed", "x-telescope": 1,"#,
    ] {
        assert_eq!(known(other, other, other), 2, "{other}");
    }
}

#[test]
fn where_no_operation_names_a_scope_that_is_declared_they_may_be_left_out() {
    let free = r#""/a": {"get": {"security": [{"oauth": []}]}}"#;
    let read = |paths: &[&str]| {
        let read = read_with(JSON, &document(&paths.join(",")), None);
        (accepted(&read), read.notes)
    };
    let (bare, other) =
        (free.replace("/a", "/b"), free.replace("/a", "/c").replace("[]", r#"["a"]"#));
    let (accepts, notes) = read(&[free, &bare]);
    assert_eq!(accepts, ["GET /a: unknown", "GET /b: unknown"]);
    assert_eq!(notes, [CatalogNote::ScopesLeftOut { operations: 2 }]);
    let nothing = "GET /a: nothing";
    assert_eq!(read(&[free]).0, [nothing], "a single one may need none");
    assert_eq!(read(&[free, &bare, &other]).0, [nothing, "GET /b: nothing", "GET /c: a"]);
    let elsewhere = bare.replace(r#""security""#, r#""x-scopes": ["a"], "security""#);
    assert_eq!(read(&[free, &elsewhere]).0, ["GET /a: unknown", "GET /b: unknown"]);
    let global = document(&format!("{free}, {bare}")).replacen(
        '{',
        r#"{"security": [{"oauth": ["a"]}],"#,
        1,
    );
    let unused = accepted(&read_with(JSON, &global, None));
    assert_eq!(unused, ["GET /a: unknown", "GET /b: unknown"], "what counts for none says nothing");
}

#[test]
fn schemes_with_scopes_of_the_same_names_are_noted() {
    let notes = |security: &str| {
        let text = document(&format!(
            r#""/p": {{"get": {{"security": [{{"oauth": ["a"]}}]}},
                       "put": {{"security": [{security}]}}}}"#
        ));
        read_with(JSON, &text, None).notes
    };
    let schemes = ["oauth", "other"].map(str::to_owned).to_vec();
    assert_eq!(notes(r#"{"other": ["a"]}"#), [CatalogNote::SharingSchemes { schemes }]);
    assert_eq!(notes(r#"{"other": ["b"]}"#), []);
    assert_eq!(notes(r#"{"oauth": ["a"]}"#), []);
}

#[test]
fn nothing_is_noted_of_alternatives_beside_one_that_asks_for_nothing() {
    let notes = |security: &str| {
        let text = document(&format!(r#""/p": {{"get": {{"security": [{security}]}}}}"#));
        read_with(JSON, &text, None).notes
    };
    assert_eq!(notes(r#"{"oauth": ["a", "b"], "key": []}, {"oauth": []}, {}"#), []);
    assert_eq!(
        notes(r#"{"oauth": ["a", "b"], "key": []}, {"other": ["c"]}"#),
        [],
        "what needs a key as well is left out"
    );
    assert_eq!(
        notes(r#"{"oauth": [], "key": []}, {"key": []}"#),
        [
            CatalogNote::OtherCredentials { operations: 1 },
            CatalogNote::OauthWithoutScope { operations: 1 }
        ]
    );
}

#[test]
fn alternatives_are_limited_and_their_combinations_more() {
    let one_each = |count: usize| {
        let each = (0..count).map(|nth| format!(r#"{{"oauth": ["s{nth}"]}}"#));
        each.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(of_security(&format!("[{}]", one_each(513))), "GET /p: unknown");
    let one_each = one_each(512);
    assert_eq!(of_security(&format!("[{one_each}]")).matches('|').count(), 511);
    assert_eq!(of_security(&format!("[{one_each}, {{}}]")), "GET /p: nothing");
    let names = |letter: char, count: usize| {
        (0..count).map(|nth| format!("\"{letter}{nth}\"")).collect::<Vec<_>>().join(", ")
    };
    let any = |security: &str| {
        let text = document(&format!(r#""/p": {{"get": {{"security": {security}}}}}"#));
        accepted(&read_with(JSON, &text, Some(ListedScopes::Any))).join("\n")
    };
    let list = names('s', 200);
    assert_eq!(any(&format!(r#"[{{"oauth": [{list}]}}]"#)).matches('|').count(), 199);
    let (s, t) = (names('s', 20), names('t', 20));
    let both = format!(r#"{{"oauth": [{s}], "other": [{t}]}}"#);
    assert_eq!(any(&format!("[{both}]")), "GET /p: unknown");
    assert_eq!(any(&format!("[{both}, {{}}]")), "GET /p: nothing");
    let bare = r#"{"third": []}"#;
    let third = r#""third": {"type": "oauth2"}, "oauth": {"#;
    let text = document(&format!(r#""/p": {{"get": {{"security": [{both}, {bare}]}}}}"#));
    let text = text.replacen(r#""oauth": {"type""#, &format!(r#"{third}"type""#), 1);
    let read = accepted(&read_with(JSON, &text, Some(ListedScopes::Any)));
    assert_eq!(read, ["GET /p: unknown"], "an empty list of another scheme");
}

#[test]
fn a_discovery_document_describes_one_api() {
    let list = r#"{"kind": "discovery#directoryList", "discoveryVersion": "v1", "items": []}"#;
    let found = faults(Format::Discovery, list);
    let [(Some((1, 10)), CatalogFault::Malformed { field, .. })] = &found[..] else {
        panic!("{found:?}");
    };
    assert_eq!(field, "/kind");
}
