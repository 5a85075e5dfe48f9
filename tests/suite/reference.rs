#[path = "../../examples/reference/client.rs"]
mod client;
#[path = "../../examples/reference/comparison.rs"]
mod comparison;

use std::fmt::Write;
use std::fs;

use client::Client;
use comparison::compare;
use serde_json::Value;

const OWN: &str = include_str!("../../assets/reference.json");

const SMALL: &str = r#"{"scopes": [{"name": "x:read"}, {"name": "x:full"}], "operations": [
    {"action": "list_x", "version": "v1", "method": "GET", "path": "/x", "accepts": ["x:read", "x:full"]},
    {"action": "update_x", "version": "v1", "method": "PUT", "path": "/x/{id}", "accepts": ["x:full"]}
]}"#;

/// A client with these calls, as version, method, path and quoted scopes.
fn client(calls: &[[&str; 4]]) -> Result<Client, String> {
    let directory = tempfile::tempdir().expect("a directory of its own");
    for version in ["v1", "v2"] {
        let api = directory.path().join("dist/versions").join(version).join("api");
        fs::create_dir_all(&api).expect("a place for the files");
        let mut text = String::new();
        for [_, method, path, scopes] in calls.iter().filter(|call| call[0] == version) {
            let _ = write!(
                text,
                "const localVarPath = `{path}`\n  .replace(`{{${{\"id\"}}}}`, id);\n\
                 const options = Object.assign({{ method: '{method}' }}, baseOptions);\n\
                 yield (0, common_1.setOAuthToObject)(header, \"oauth2\", [{scopes}], configuration);\n"
            );
        }
        fs::write(api.join("all-api.js"), text).expect("a file");
        fs::write(api.join("all-api.d.ts"), "declare const localVarPath = `/no`;").expect("a file");
    }
    fs::write(directory.path().join("package.json"), r#"{"version": "34.0.0"}"#).expect("a file");
    Client::read(directory.path())
}

fn differences(calls: &[[&str; 4]]) -> Vec<String> {
    let client = client(calls).expect("a client");
    compare(SMALL, &client).expect("a reference").lines
}

#[test]
fn a_client_that_says_what_the_reference_says_differs_in_nothing() {
    let reference: Value = serde_json::from_str(OWN).expect("JSON");
    let operations = reference["operations"].as_array().expect("operations");
    let scopes: Vec<String> = operations
        .iter()
        .map(|operation| operation["accepts"].to_string().replace(['[', ']'], ""))
        .collect();
    let text =
        |value: &'static str, operation: &Value| operation[value].as_str().map(str::to_owned);
    let owned: Vec<_> = operations
        .iter()
        .map(|o| ["version", "method", "path"].map(|key| text(key, o).expect("text")))
        .collect();
    let calls: Vec<_> = owned
        .iter()
        .zip(&scopes)
        .map(|([version, method, path], scopes)| {
            [version, method, path, scopes].map(String::as_str)
        })
        .collect();
    let client = client(&calls).expect("a client");
    let comparison = compare(OWN, &client).expect("a reference");
    assert_eq!(comparison.lines, [""; 0]);
    assert_eq!((comparison.operations, client.version.as_str()), (147, "34.0.0"));
}

#[test]
fn parameters_may_be_named_otherwise_and_scopes_stand_in_any_order() {
    let calls = [
        ["v1", "GET", "/x", r#""x:full", "x:read""#],
        ["v1", "PUT", "/x/{x_id}", r#""x:full""#],
        ["v1", "GET", "/elsewhere", r#""x:read""#],
    ];
    assert_eq!(differences(&calls), [""; 0]);
}

#[test]
fn every_kind_of_difference_is_told() {
    let calls = [
        ["v1", "GET", "/x", r#""x:read", "y:read""#],
        ["v2", "PATCH", "/x/{id}", r#""x:full", "y:read""#],
    ];
    assert_eq!(
        differences(&calls),
        [
            "~ list_x v1 GET /x: accepts y:read; no longer accepts x:full",
            "- update_x v1 PUT /x/{}: the client has it no longer",
            "+ update_x v2 PATCH /x/{}: accepts x:full, y:read",
            "+ scope y:read: accepted for 2 of the calls",
        ]
    );
}

#[test]
fn a_client_that_is_written_otherwise_is_refused() {
    let twice = [["v1", "GET", "/x", r#""x:read""#], ["v1", "GET", "/x", r#""x:full""#]];
    let error = client(&twice).expect_err("two lists");
    assert!(error.ends_with("all-api.js: GET /x has two lists of scopes."), "{error}");
    let error = client(&[["v1", "GET", "/x", ""]]).expect_err("an empty list");
    assert!(error.ends_with("all-api.js: GET /x has no scopes."), "{error}");
    let error = client(&[]).expect_err("nothing to read");
    assert!(error.starts_with("No call is found below "), "{error}");
}
