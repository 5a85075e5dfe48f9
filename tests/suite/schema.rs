use std::io::Write;

use crate::program::run;
use boon::{Compiler, Schemas};
use serde_json::{Value, json};

const SCHEMA: &str = include_str!("../../assets/schema/output.json");

/// What each command prints, and the document of the schema that it is.
const DOCUMENTS: [(&str, &[&str]); 13] = [
    ("list_document", &["list"]),
    ("list_document", &["list", "deal"]),
    ("list_document", &["url", "pipedrive_add_deal"]),
    ("scopes_document", &["scopes", "--all"]),
    ("scopes_document", &["scopes", "--all", "--least"]),
    ("scopes_document", &["scopes", "--least", "--why", "pipedrive_add_file"]),
    (
        "scopes_document",
        &["scopes", "--least", "--why", "pipedrive_update_filter", "pipedrive_list_stages"],
    ),
    ("check_document", &["check", "--granted", "admin base", "--all"]),
    ("check_document", &["check", "--granted", "", "pipedrive_add_user"]),
    ("diff_document", &["diff", "[\"admin\", \"base\", \"x\"]", "deals:read base"]),
    ("explain_document", &["explain", "recents:read", "deals:read", "pipedrive_add_deal"]),
    ("explain_document", &["explain", "base", "project-fields:full"]),
    ("audit_document", &["audit"]),
];

fn printed(arguments: &[&str]) -> Value {
    let run = run([arguments, &["--format", "json"]].concat());
    assert!(!run.stderr.contains("error: "), "{arguments:?}: {}", run.stderr);
    assert!(run.stdout.ends_with("}\n"), "{arguments:?}");
    serde_json::from_str(&run.stdout).expect("JSON")
}

/// The schema, closed: a key that it does not describe is an error here, though not for readers.
fn closed(mut schema: Value) -> Value {
    if let Value::Object(object) = &mut schema {
        if object.contains_key("properties") {
            object.insert("additionalProperties".into(), json!(false));
        }
        for value in object.values_mut() {
            *value = closed(value.take());
        }
    } else if let Value::Array(values) = &mut schema {
        for value in values {
            *value = closed(value.take());
        }
    }
    schema
}

fn check(schema: &Value, document: &str, value: &Value) -> Result<(), String> {
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    let place = format!("schema.json#/$defs/{document}");
    compiler.add_resource("schema.json", schema.clone()).expect("a schema");
    let index = compiler.compile(&place, &mut schemas).expect("a schema");
    let result = schemas.validate(value, index);
    result.map_err(|error| format!("{error:#}"))
}

#[test]
fn every_document_is_described_to_the_last_key() {
    let schema = closed(serde_json::from_str(SCHEMA).expect("JSON"));
    for (document, arguments) in DOCUMENTS {
        let result = check(&schema, document, &printed(arguments));
        assert_eq!(result, Ok(()), "{arguments:?}");
    }
}

#[test]
fn calls_without_a_version_are_described_too() {
    let schema = closed(serde_json::from_str(SCHEMA).expect("JSON"));
    let catalog = json!({
        "permissions": {"User.Read": {
            "schemes": {"DelegatedWork": {}},
            "pathSets": [
                {"schemeKeys": ["DelegatedWork"], "methods": ["GET"], "paths": {"/me": ""}}
            ],
        }},
    });
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    write!(file, "{catalog}").expect("written");
    let path = file.path().to_str().expect("UTF-8");
    let documents: [(&str, &[&str]); 4] = [
        ("list_document", &["list"]),
        ("scopes_document", &["scopes", "--all"]),
        ("check_document", &["check", "--granted", "User.Read", "--all"]),
        ("explain_document", &["explain", "User.Read"]),
    ];
    for (document, arguments) in documents {
        let answer = printed(&[arguments, &["--catalog", path]].concat());
        assert_eq!(check(&schema, document, &answer), Ok(()), "{arguments:?}");
    }
}

#[test]
fn the_schema_refuses_what_no_command_prints() {
    let schema: Value = serde_json::from_str(SCHEMA).expect("JSON");
    let good = printed(&["scopes", "pipedrive_add_deal"]);
    assert_eq!(check(&schema, "scopes_document", &good), Ok(()));
    for key in [
        "mode",
        "text",
        "actions",
        "verdicts",
        "reference",
        "scopes",
        "scopes_by_action",
        "actions_by_scope",
        "catalog",
    ] {
        let mut without = good.clone();
        without.as_object_mut().expect("an object").remove(key);
        assert!(check(&schema, "scopes_document", &without).is_err(), "{key}");
    }
    let mut wrong = good;
    wrong["catalog"]["hash"] = json!("fnv1a64:0");
    assert!(check(&schema, "scopes_document", &wrong).is_err());
}

#[test]
fn the_keys_agree_with_each_other() {
    let all = printed(&["scopes", "--all"]);
    let list = |value: &Value| value.as_array().map_or(0, Vec::len);
    let object = |value: &Value| value.as_object().map_or(0, serde_json::Map::len);
    assert_eq!(list(&all["actions"]), 121);
    assert_eq!(list(&all["scopes"]), 17);
    assert_eq!(object(&all["scopes_by_action"]), 121);
    assert_eq!(object(&all["actions_by_scope"]), 17);
    assert_eq!(all["catalog"]["actions"], 121);
    assert_eq!(all["catalog"]["scopes"], 19);
    let names: Vec<_> = all["scopes"].as_array().expect("scopes").iter().collect();
    let names: Vec<_> = names.iter().filter_map(|name| name.as_str()).collect();
    assert_eq!(all["text"], names.join(" "));
    let least = printed(&["scopes", "--all", "--least"]);
    assert_eq!((list(&least["scopes"]), &least["mode"]), (10, &json!("least")));
    assert_eq!(least["verdicts"]["accepted"], 121);
    let current = &least["scopes_by_action"]["pipedrive_get_current_user"];
    assert_eq!(current, &json!([]), "it needs nothing that not every app has");
    let audit = printed(&["audit"]);
    let counts = json!({"accepted": 104, "uncertain": 4, "refused": 13, "unknown": 0});
    assert_eq!(audit["verdicts"], counts);
    assert_eq!(audit["actions"], printed(&["list"])["actions"]);
    assert_eq!(audit["reference"]["verified_live"], json!(false));
}
