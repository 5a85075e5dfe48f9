#[path = "../../examples/reference/client.rs"]
mod client;
#[path = "../../examples/reference/comparison.rs"]
mod comparison;
#[path = "../../examples/reference/reference.rs"]
#[expect(clippy::module_inception, reason = "the example's own name")]
mod reference;

use std::fmt::Write;
use std::fs;

use client::Client;
use reference::Reference;
use serde_json::Value;

const OWN: &str = include_str!("../../assets/reference.json");

const SMALL: &str = r#"{
    "source": {"accepts": "an older client", "documented": "a page", "verified_live": false},
    "scopes": [
        {"name": "x:read", "hub_name": null, "description": "r", "always_granted": false},
        {"name": "x:full", "hub_name": null, "description": "w", "always_granted": false}
    ],
    "operations": [
        {"action": "list_x", "version": "v1", "method": "GET", "path": "/x", "accepts": ["x:read", "x:full"], "documented": ["x:read"]},
        {"action": "update_x", "version": "v1", "method": "PUT", "path": "/x/{id}", "accepts": ["x:full"]},
        {"version": "v1", "method": "GET", "path": "/x/{id}", "accepts": ["x:read"]}
    ]
}"#;

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

fn small() -> Reference {
    Reference::parse(SMALL).expect("a reference")
}

fn differences(calls: &[[&str; 4]]) -> Vec<String> {
    comparison::differences(&small(), &client(calls).expect("a client"))
}

/// A client that says what the program's own reference says.
fn own_client() -> Client {
    let reference: Value = serde_json::from_str(OWN).expect("JSON");
    let operations = reference["operations"].as_array().expect("operations");
    let calls: Vec<[String; 4]> = operations
        .iter()
        .map(|operation| {
            let [version, method, path] =
                ["version", "method", "path"].map(|key| operation[key].as_str().expect("text"));
            let scopes = operation["accepts"].to_string().replace(['[', ']'], "");
            [version.into(), method.into(), path.into(), scopes]
        })
        .collect();
    let calls: Vec<_> = calls.iter().map(|call| call.each_ref().map(String::as_str)).collect();
    client(&calls).expect("a client")
}

#[test]
fn every_call_of_the_client_is_compared() {
    let (reference, client) = (Reference::parse(OWN).expect("a reference"), own_client());
    assert_eq!(comparison::differences(&reference, &client), [""; 0]);
    let with_action = reference.operations.iter().filter(|call| call.action.is_some()).count();
    assert_eq!((reference.operations.len(), with_action, client.calls.len()), (368, 147, 368));
}

#[test]
fn writing_what_the_client_says_already_changes_the_version_alone() {
    let reference = Reference::parse(OWN).expect("a reference");
    let written = reference.updated(&own_client()).to_json().expect("JSON");
    assert_eq!(written.replace("pipedrive 34.0.0", "pipedrive 33.7.0"), OWN);
}

#[test]
fn an_updated_reference_keeps_actions_and_the_page_and_takes_the_rest_from_the_client() {
    let client = client(&[
        ["v1", "GET", "/x", r#""x:full", "y:read""#],
        ["v1", "GET", "/x/{id}", r#""x:full", "x:read""#],
        ["v2", "PATCH", "/x/{key}", r#""x:full""#],
        ["v2", "GET", "/b", r#""x:read""#],
        ["v2", "PUT", "/a", r#""x:read""#],
    ])
    .expect("a client");
    let updated = small().updated(&client);
    let json = updated.to_json().expect("JSON");
    let operations: Vec<_> =
        json.lines().filter(|line| line.contains("method")).map(|line| line.trim()).collect();
    assert_eq!(
        operations,
        [
            r#"{"action": "list_x", "version": "v1", "method": "GET", "path": "/x", "accepts": ["x:full", "y:read"], "documented": ["x:read"]},"#,
            r#"{"action": "update_x", "version": "v2", "method": "PATCH", "path": "/x/{key}", "accepts": ["x:full"]},"#,
            r#"{"version": "v2", "method": "PUT", "path": "/a", "accepts": ["x:read"]},"#,
            r#"{"version": "v2", "method": "GET", "path": "/b", "accepts": ["x:read"]},"#,
            r#"{"version": "v1", "method": "GET", "path": "/x/{id}", "accepts": ["x:read", "x:full"]}"#,
        ]
    );
    assert!(json.contains("package pipedrive 34.0.0"), "{json}");
    let left = comparison::differences(&updated, &client);
    assert_eq!(left, ["+ scope y:read: accepted for 1 of the calls"], "a person must describe it");
    let again = Reference::parse(&json).expect("a reference").updated(&client);
    assert_eq!(again.to_json().expect("JSON"), json);
}

#[test]
fn parameters_may_be_named_otherwise_and_scopes_stand_in_any_order() {
    let calls = [
        ["v1", "GET", "/x", r#""x:full", "x:read""#],
        ["v1", "PUT", "/x/{x_id}", r#""x:full""#],
        ["v1", "GET", "/x/{x_id}", r#""x:read""#],
    ];
    assert_eq!(differences(&calls), [""; 0]);
}

#[test]
fn every_kind_of_difference_is_told() {
    let calls = [
        ["v1", "GET", "/x", r#""x:read", "y:read""#],
        ["v2", "PATCH", "/x/{id}", r#""x:full", "y:read""#],
        ["v2", "GET", "/y", r#""x:read""#],
    ];
    assert_eq!(
        differences(&calls),
        [
            "~ list_x v1 GET /x: accepts y:read; no longer accepts x:full",
            "- update_x v1 PUT /x/{}: the client no longer has it",
            "- v1 GET /x/{}: the client no longer has it",
            "+ v2 GET /y: accepts x:read",
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
