//! Catalogs that say what an API accepts: descriptions, StackOne's files, and our own format with a
//! reference.

use std::path::Path;
use std::sync::Arc;

use pdscopes::app::{LoadedCatalog, Start};
use pdscopes::cli::commands::catalog::diff;
use pdscopes::domain::{
    ActionIndex, Answer, AuditRow, Catalog, CatalogDifference, CatalogNote, Clash, CopyOutcome,
    CopyRoute, Coverage, DescriptionOptions, Findings, Least, ListedScopes, Mode, ReadOptions,
    Requirement, ScopeSet, Selection, Separator, Verdict, merge,
};
use pdscopes::error::Exit;
use pdscopes::shell::line_mode::{Dialogue, Reply};
use proptest::prelude::*;

use crate::program::{answer, feed, run};
use crate::stage::Stage;

const FILES: [&str; 7] = [
    "apis/asana.openapi3.trimmed.yaml",
    "apis/google-drive.v3.discovery.trimmed.json",
    "apis/graph-permissions.excerpt.json",
    "apis/pipedrive-openapi.v1.trimmed.yaml",
    "apis/slack-web-api.swagger2.trimmed.json",
    "stackone/slack.connector.s1.yaml",
    "stackone/stackone-actions.json",
];

fn path(file: &str) -> String {
    format!("{}/tests/suite/{file}", env!("CARGO_MANIFEST_DIR"))
}

fn read_as(file: &str, listed_scopes: Option<ListedScopes>) -> Catalog {
    let path = path(file);
    let partial = |name: &str| std::fs::read(Path::new(&path).with_file_name(name)).ok();
    let options = ReadOptions {
        description: DescriptionOptions { listed_scopes, ..DescriptionOptions::default() },
        partial: &partial,
    };
    let text = std::fs::read(&path).expect(file);
    Catalog::read_while(text, file, &options, &|| true).unwrap_or_else(|e| panic!("{file}: {e:?}"))
}

pub fn read(file: &str) -> Catalog {
    read_as(file, None)
}

fn least(catalog: &Catalog, ids: &[&str]) -> String {
    let find = |id: &&str| catalog.find(id).unwrap_or_else(|| panic!("no {id}"));
    let selection: Selection = ids.iter().map(find).collect();
    Answer::in_mode(catalog, &selection, Mode::Guide).text(catalog, Separator::Space)
}

#[test]
fn which_scope_for_these_three_calls() {
    let drive = read("apis/google-drive.v3.discovery.trimmed.json");
    let ids = ["drive.files.list", "drive.files.get", "drive.drives.list"];
    assert_eq!(least(&drive, &ids), "https://www.googleapis.com/auth/drive.readonly");
    let file = path("apis/google-drive.v3.discovery.trimmed.json");
    let printed = run(["scopes", "--catalog", &file, ids[0], ids[1], ids[2]]);
    assert_eq!((printed.stdout.trim(), printed.code), (least(&drive, &ids).as_str(), 0));
    assert!(printed.stderr.contains("may reach less data than you need"), "{}", printed.stderr);
}

#[test]
fn a_comparison_of_two_providers_is_noted() {
    let drive = path("apis/google-drive.v3.discovery.trimmed.json");
    let alone = run(["catalog", "diff", &drive]);
    assert!(alone.stderr.contains("no action in common"), "{}", alone.stderr);
    let same = run(["catalog", "diff", "--catalog", &drive, &drive]);
    assert_eq!((same.code, &*same.stderr), (0, ""));
}

#[test]
fn a_choice_among_accepted_scopes_is_said() {
    let file = path("apis/slack-web-api.swagger2.trimmed.json");
    for (id, is_choice) in [("conversations_history", true), ("conversations_join", false)] {
        let printed = run(["scopes", "--catalog", &file, "--listed-scopes", "any", id]);
        assert_eq!(printed.stderr.contains("other scopes"), is_choice, "{}", printed.stderr);
    }
}

/// Beside scopes that are needed together, and beside calls that ask for nothing.
#[test]
fn a_scope_that_is_enough_alone_is_among_the_accepted_and_free_calls_are_not_unlocked() {
    let file = tempfile::NamedTempFile::with_suffix(".json").expect("a file");
    let text = r#"{"connector": {"name": "X"}, "scopes": ["a", "b", "c"],
        "actions": [{"id": "x", "label": "X", "scopes": []}],
        "reference": {"source": "S", "calls": [
            {"action": "x", "method": "GET", "path": "/x", "accepts": [["a"], ["b", "c"]]},
            {"method": "POST", "path": "/free", "accepts": [["a"], []]}]}}"#;
    std::fs::write(file.path(), text).expect("it is writable");
    let path = file.path().to_str().expect("UTF-8");
    let json = |arguments: &[&str]| -> serde_json::Value {
        let all = [arguments, &["--format", "json", "--catalog", path, "x"]].concat();
        serde_json::from_str(&run(all).stdout).expect("JSON")
    };
    let action = &json(&["explain"])["explained"][0];
    assert_eq!(action["accepted"], serde_json::json!(["a"]), "{action}");
    assert_eq!(action["clauses"], serde_json::json!([["a", "b"], ["a", "c"]]));
    let power = &json(&["scopes", "--least", "--why"])["why"][0]["power"];
    assert_eq!((&power["calls"], &power["writes"]), (&1.into(), &0.into()), "{power}");
}

#[test]
fn what_is_imported_is_what_was_read() {
    for file in FILES {
        let catalog = read(file);
        let text =
            merge(std::slice::from_ref(&catalog)).expect("one catalog is at one with itself");
        let again = Catalog::read(text.clone().into(), "catalog.json").expect(&text);
        assert!(CatalogDifference::between(&catalog, &again).is_empty(), "{file}");
        assert_eq!(merge(std::slice::from_ref(&again)).expect("as before"), text, "{file}");
        for action in catalog.indices() {
            assert_eq!(catalog.requirement(action), again.requirement(action), "{file}");
        }
        let one_each = catalog.all_scopes().map(|scope| [scope].into_iter().collect());
        for scopes in one_each.chain([catalog.form_scopes(), ScopeSet::new()]) {
            assert_eq!(catalog.power(&scopes), again.power(&scopes), "{file}");
        }
    }
}

#[test]
fn several_pages_of_an_answer_become_one_catalog() {
    let page = |key: &str, required: &str| {
        format!(
            r#"{{"data": [{{"key": "{key}", "name": "{key}", "scope_definitions": [
                {{"name": "all", "includes": ["read"]}}, {{"name": "read"}}],
                "actions": [{{"id": "{key}_a", "label": "A", "required_scopes": {required}}}]}}]}}"#
        )
    };
    let read = |text: String| Catalog::read(text.into(), "").expect("an answer");
    let pages = [read(page("x", r#"["read"]"#)), read(page("y", "null"))];
    let text = merge(&pages).expect("they do not contradict each other");
    let merged = Catalog::read(text.into(), "").expect("what we write we read");
    let [x, y] = ["x_a", "y_a"].map(|id| merged.find(id).expect("merged"));
    let all = merged.find_scope("all").into_iter().collect();
    assert_eq!(merged.coverage(x, &all), Coverage::Covered, "it includes what is required");
    assert_eq!(merged.coverage(y, &all), Coverage::Uncertain, "not known is not nothing");
    assert_eq!(least(&merged, &["x_a"]), "read", "not the one that includes it");
}

#[test]
fn a_connector_has_a_key_that_can_be_written_and_a_name() {
    let read = |key: &str| {
        let text = format!(r#"{{"data": [{{"key": "{key}", "name": " ", "actions": []}}]}}"#);
        Catalog::read(text.into(), "")
    };
    assert_eq!(read("x").expect("it has a key").connector().name, "x");
    for key in ["", "a b", "a;b"] {
        assert!(read(key).is_err(), "{key}");
    }
}

/// What is wrong with a text: a line each, with its place and its field.
fn problems(text: &str, partial: &dyn Fn(&str) -> Option<Vec<u8>>) -> Vec<String> {
    let options = ReadOptions { partial, ..ReadOptions::default() };
    let name = if text.starts_with('{') { "" } else { "x.yaml" };
    let found = Catalog::examine_with(text.into(), name, &options);
    let problems = found.problems.iter().map(|problem| {
        let place = problem.place.map(|place| format!("{}:{}", place.line, place.column));
        format!("{} {}", place.unwrap_or_default(), problem.fault)
    });
    problems.collect()
}

#[test]
fn every_problem_of_stackones_answer_has_its_line_and_its_path() {
    let text = r#"{"data": [
        {"key": "a b", "name": "A", "scope_definitions": [
            {"name": "w x"},
            {"name": "w", "includes": ["r,s"]},
            {"name": "r"}, {"name": "r", "includes": null},
            {"name": "r", "includes": ["w"]}],
        "actions": [
            {"id": "a_1", "required_scopes": ["r"]},
            {"id": "a_1", "required_scopes": ["r"]},
            {"id": "", "required_scopes": ["r", "r w"]}]}]}"#;
    let found = problems(text, &|_| None);
    let expected = [
        "2:17 /data/0/key ",
        "3:22 /data/0/scope_definitions/0/name ",
        "4:40 /data/0/scope_definitions/1/includes/0 ",
        "6:22 /data/0/scope_definitions/4/name says `r` a second time",
        "9:20 /data/0/actions/1/id says `a_1` a second time",
        "10:20 /data/0/actions/2/id has no text",
        "10:49 /data/0/actions/2/required_scopes/1 ",
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (problem, expected) in found.iter().zip(expected) {
        assert!(problem.starts_with(expected), "{problem} is not {expected}");
    }
    let twice = r#"{"data": [{"key": "s", "scope_definitions": [{"name": "w", "includes": ["r"]}]},
        {"key": "s", "scope_definitions": [{"name": "w"}]}, {"key": "t", "scope_definitions": [{"name": "w"}]}]}"#;
    let found = problems(twice, &|_| None);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].contains("/data/1/scope_definitions/0/name says `w` a second time"),
        "{found:?}"
    );
    let cut = problems(&text[..text.len() - 40], &|_| None);
    assert!(cut[0].starts_with("10:") && cut[0].contains("/data/0/actions"), "{cut:?}");
}

#[test]
fn every_problem_of_a_connector_has_its_line_and_those_of_its_parts_name_the_part() {
    let text = "StackOne: 1.0.0\ninfo:\n  key: x\nscopeDefinitions:\n  r:\n    includes: a;b\nactions:\n\
                - actionId: one\n  requiredScopes: r s,t\n- $ref: part\n- $ref: missing\n- label: x\n\
                - $ref: part\n- $ref: part\n  actionId: both\n- $ref: cut\n\
                - $ref: empty\n";
    let partial = |name: &str| -> Option<Vec<u8>> {
        match name {
            "part.s1.partial.yaml" => Some(
                "- actionId: one\n- actionId: two\n  requiredScopes: a|b\n- $ref: within\n".into(),
            ),
            "within.s1.partial.yaml" => Some("- {}\n".into()),
            "cut.s1.partial.yaml" => Some("- actionId: [".into()),
            "empty.s1.partial.yaml" => Some("# Actions\n".into()),
            _ => None,
        }
    };
    let found = problems(text, &partial);
    let expected = [
        "6:15 /scopeDefinitions/r/includes (`a;b`) ",
        "9:19 /actions/0/requiredScopes (`s,t`) ",
        "10:9 part.s1.partial.yaml:1:13 /0/actionId says `x_one` a second time",
        "10:9 part.s1.partial.yaml:3:19 /1/requiredScopes (`a|b`) ",
        "10:9 part.s1.partial.yaml:4:9 within.s1.partial.yaml:1:3 /0: missing field `actionId`",
        "11:9 /actions/2/$ref: `missing`: no such part",
        "12:3 /actions/3: missing field `actionId`",
        "13:9 /actions/4/$ref: `part`: this part is read already",
        "14:3 /actions/5: this is both",
        "16:9 cut.s1.partial.yaml:1:1",
        "17:9 /actions/7/$ref: `empty`: the part is empty",
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (problem, expected) in found.iter().zip(expected) {
        assert!(problem.starts_with(expected), "{problem} is not {expected}");
    }
}

#[test]
fn what_fields_need_beyond_their_action_is_noted() {
    let text = "StackOne: 1.0.0\ninfo: {key: x}\nscopeDefinitions: {a: {includes: d}}\n\
                actions:\n- actionId: one\n  requiredScopes: a\n  \
                fieldConfigs:\n  - targetFieldKey: id\n  - targetFieldKey: pay\n    requiredScopes: a b c d\n\
                - actionId: two\n  fieldConfigs:\n";
    let Findings { catalog, notes, .. } =
        Catalog::examine_with(text.into(), "x.yaml", &ReadOptions::default());
    assert_eq!(catalog.expect("sound").scopes().len(), 1, "the action works without them");
    let notes: Vec<_> = notes.iter().map(|(_, note)| note.to_string()).collect();
    assert_eq!(notes[0], "Fields of `x_one` need scopes that the action itself does not: b c.");
}

#[test]
fn scopes_that_a_connector_does_not_declare_are_noted_and_placeholders_refused() {
    let with = |definitions: &str, required: &str| {
        format!(
            "StackOne: 1.0.0\ninfo: {{key: x}}\nscopeDefinitions: {definitions}\n\
             actions:\n- actionId: one\n  requiredScopes: {required}\n"
        )
    };
    let undeclared = |definitions: &str, required: &str| -> Vec<String> {
        let text = with(definitions, required);
        let found = Catalog::examine_with(text.into(), "x.yaml", &ReadOptions::default());
        assert!(found.catalog.is_some(), "{required}: {:?}", found.problems);
        let notes = found.notes.into_iter().map(|(_, note)| note);
        let undeclared = |note| match note {
            CatalogNote::UndeclaredScope { scope } => Some(scope),
            _ => None,
        };
        notes.filter_map(undeclared).collect()
    };
    let declared = "{r: {}, w: {includes: raed}, none: {}, '{x}': {}}";
    assert_eq!(undeclared(declared, "r s w t s"), ["s", "t", "raed"]);
    assert_eq!(undeclared(declared, "r none {x}"), ["raed"]);
    assert!(undeclared("{}", "r s").is_empty(), "another page may declare them");
    for required in [
        "true",
        "false",
        "N/A",
        "TBD",
        "'{{scopes}}'",
        "r ${scopes}",
        "<scopes>",
        "|\n    r\n    # w",
    ] {
        let found = problems(&with(declared, required), &|_| None);
        assert_eq!(found.len(), 1, "{required}: {found:?}");
        assert!(found[0].contains("/actions/0/requiredScopes: a placeholder"), "{found:?}");
    }
    let found = problems(&with("{r: {includes: none}}", "r"), &|_| None);
    assert!(found[0].contains("/scopeDefinitions/r/includes: a placeholder"), "{found:?}");
}

/// An action that is passed over would be missing without a word.
#[test]
fn what_stands_beside_references_in_a_map_of_actions_is_an_error() {
    let text = "StackOne: 1.0.0\ninfo: {key: x}\nactions:\n  $ref: part\n  actionId: one\n";
    let found = problems(text, &|_| Some("[]".into()));
    assert!(found[0].contains("/actions: this is both an action and a reference"), "{found:?}");
    let list = text.replace("$ref: part", "actions: [{actionId: two}]");
    let found = problems(&list, &|_| None);
    assert!(found[0].contains("/actions: this is both an action and a list"), "{found:?}");
}

#[test]
fn what_a_part_says_of_scopes_and_is_not_read_is_noted() {
    let text = "StackOne: 1.0.0\ninfo: {key: x}\nactions:\n  $ref: part\n";
    let part = |_: &str| {
        Some("scopeDefinitions: {r: {}}\nactions: [{actionId: one, requiredScopes: r}]".into())
    };
    let options = ReadOptions { partial: &part, ..ReadOptions::default() };
    let notes = Catalog::examine_with(text.into(), "x.yaml", &options).notes;
    let noted = notes.iter().any(|(_, note)| note.to_string().contains("key `scopeDefinitions`"));
    assert!(noted, "{notes:?}");
}

#[test]
fn what_is_not_understood_in_a_catalog_is_not_repeated_if_it_may_be_a_secret() {
    const SECRET: &str = "sk_live_51HabcD9fGh";
    let connector = |entry: &str| format!("StackOne: 1.0.0\ninfo: {{key: x}}\n{entry}\n");
    for text in [
        connector(&format!("actions: [{{$ref: 'https://u:{SECRET}@host/part'}}]")),
        format!(r#"{{"connector": {{"name": "X"}}, "scopes": [], "actions": [], "{SECRET}": 1}}"#),
        format!(r#"{{"connector": {{"name": "X", "{SECRET}": 1}}, "scopes": [], "actions": []}}"#),
        format!(
            r#"{{"connector": {{"name": "X"}}, "scopes": [], "actions": [{{"{SECRET}": 1}}]}}"#
        ),
    ] {
        let error = Catalog::read(text.clone().into(), "x").expect_err(&text).fault.to_string();
        assert!(error.contains(" characters"), "{error}");
        assert!(!error.contains(SECRET), "{error}");
    }
}

#[test]
fn scopes_that_connectors_share_by_name_are_noted() {
    let connector = |key: &str, scope: &str| {
        format!(
            r#"{{"key": "{key}", "actions": [{{"id": "{key}_{scope}", "required_scopes": ["{scope}"]}}]}}"#
        )
    };
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("answer.json").display().to_string();
    for (other, is_shared) in [("y", true), ("x", false)] {
        let [one, two] =
            [connector("x", "read"), connector(other, "read").replace("_read", "_two")];
        std::fs::write(&file, format!(r#"{{"data": [{one}, {two}]}}"#)).expect("it is writable");
        let checked = run(["catalog", "check", &file]);
        assert_eq!(checked.code, 0, "{}", checked.stdout);
        let shared = checked.stdout.contains("Several connectors have scopes called read.");
        assert_eq!(shared, is_shared, "{}", checked.stdout);
        let titled = checked.stdout.contains(if is_shared { ": x, y: " } else { ": x: " });
        assert!(titled, "{}", checked.stdout);
    }
}

#[test]
fn inclusions_of_several_connectors_are_imported_as_they_are_read() {
    let text = r#"{"data": [
        {"key": "s", "scope_definitions": [{"name": "c"}, {"name": "f"}]},
        {"key": "t", "scope_definitions": [{"name": "c", "includes": ["f"]}],
         "actions": [{"id": "t_x", "required_scopes": ["f"]}]}]}"#;
    let read = Catalog::parse(text).expect("an answer");
    assert_eq!(least(&read, &["t_x"]), "f", "the other one includes it");
    let imported = merge(std::slice::from_ref(&read)).expect("one catalog");
    let imported = Catalog::parse(&imported).expect("what we write we read");
    assert_eq!(least(&imported, &["t_x"]), "f");
    for scopes in [vec!["c"], vec!["f"], vec!["c", "f"]] {
        let [one, other] = [&read, &imported].map(|catalog| {
            let scopes = scopes.iter().filter_map(|name| catalog.find_scope(name)).collect();
            catalog.power(&scopes)
        });
        assert_eq!(one, other, "{scopes:?}");
    }
}

#[test]
fn an_action_that_requires_more_in_one_way_of_authorization_is_not_known() {
    let action = |id: &str, required: &str, ways: &str| {
        let ways = ways.split(' ').map(|way| format!(r#"{{"required_scopes": {way}}}"#));
        let ways = ways.collect::<Vec<_>>().join(",");
        format!(r#"{{"id": "{id}", "required_scopes": {required}, "authentication": [{ways}]}}"#)
    };
    let actions = [
        action("x_free", "[]", "null []"),
        action("x_known", r#"["a","b"]"#, r#"["a"] ["b","a"]"#),
        action("x_other", "[]", r#"[] ["a"]"#),
        action("x_more", r#"["a"]"#, r#"["a","b"]"#),
    ];
    let text = format!(r#"{{"data": [{{"key": "x", "actions": [{}]}}]}}"#, actions.join(","));
    let catalog = Catalog::parse(&text).expect("it keeps the rules");
    let verdict = |id: &str| catalog.verdict(catalog.find(id).expect(id), &ScopeSet::new());
    assert_eq!(verdict("x_free"), Verdict::Accepted);
    assert_eq!(verdict("x_known"), Verdict::Refused);
    assert_eq!(verdict("x_other"), Verdict::Unknown);
    assert_eq!(verdict("x_more"), Verdict::Unknown);
}

#[test]
fn a_page_of_a_response_says_that_there_is_another() {
    for (next, is_told) in [(r#""abc""#, true), (r#""""#, false), ("null", false)] {
        let data = r#"[{"key": "x", "actions": [{"id": "x_a"}, {"id": "x_b"}]}]"#;
        let text = format!(r#"{{"next": {next}, "data": {data}}}"#);
        let notes = Catalog::examine(text.clone().into_bytes(), "").notes;
        let told = notes.iter().any(|(_, note)| note.to_string().starts_with("`next` names"));
        assert_eq!(told, is_told, "{next}: {notes:?}");
        let catalog = Catalog::parse(&text).expect("a page");
        let all: Selection = catalog.indices().collect();
        assert_eq!(catalog.notes_on(&all).count(), usize::from(is_told), "{next}");
    }
}

#[test]
fn null_is_not_known_and_an_empty_list_needs_nothing() {
    let catalog = read("stackone/stackone-actions.json");
    let verdict = |id: &str| catalog.verdict(catalog.find(id).expect(id), &ScopeSet::new());
    assert_eq!(verdict("slack_test_auth"), Verdict::Unknown);
    assert_eq!(verdict("slack_list_emoji"), Verdict::Accepted);
    assert_eq!(verdict("slack_list_conversations"), Verdict::Refused);
    assert_eq!(catalog.connector().method.as_deref(), Some("OAuth 2.0 (Bot Token)"));
}

#[test]
fn a_connectors_parts_lie_beside_it() {
    let catalog = read("stackone/slack.connector.s1.yaml");
    let ids: Vec<_> = catalog.indices().map(|index| catalog.action(index).id()).collect();
    assert_eq!(ids, ["slack_list_conversations", "slack_test_auth"]);
    let text =
        std::fs::read_to_string(path("stackone/slack.connector.s1.yaml")).expect("it is there");
    let part = "- actionId: one\n  requiredScopes: a b\n";
    let other = "- actionId: two\n  label: Two\n";
    let read = |text: &str| {
        let partial = |name: &str| match name {
            "one.s1.partial.yaml" => Some(part.into()),
            "two.s1.partial.yaml" => Some(other.into()),
            "under.s1.partial.yaml" => Some("actions:\n  - actionId: three\n".into()),
            "circle.s1.partial.yaml" => Some("- $ref: circle\n".into()),
            _ => None,
        };
        let options = ReadOptions { description: DescriptionOptions::default(), partial: &partial };
        Catalog::read_while(text.into(), "x.yaml", &options, &|| true)
    };
    let twice = text.replace("  $ref: slack.conversations", "  $ref: one\n  $ref: two");
    let catalog = read(&twice).expect("the same key twice");
    assert_eq!(catalog.len(), 2, "every one counts");
    let top = text.replace("actions:\n  $ref: slack.conversations", "$ref: one\n$ref: two");
    assert_eq!(read(&top).expect("the same key twice at the top").len(), 2);
    let under = read(&text.replace("slack.conversations", "under")).expect("a key of their own");
    assert!(under.find("slack_three").is_some());
    let in_a_list = text.replace("  $ref: slack.conversations", "- $ref: one\n  $ref: two");
    assert_eq!(read(&in_a_list).expect("the same key twice in an item").len(), 2);
    let twice = "- actionId: one\n  requiredScopes: a\n  requiredScopes: b";
    assert!(read(&text.replace("  $ref: slack.conversations", twice)).is_err(), "one of two");
    let merging = |x: &str, item: &str| {
        let anchors = format!("x: &x {{{x}}}\ny: &y {{requiredScopes: b}}\n");
        let actions = format!("- actionId: one\n  {item}");
        read(&(anchors + &text.replace("  $ref: slack.conversations", &actions)))
    };
    let one = "requiredScopes: a";
    let merged = merging(one, "<<: *x").expect("one merge");
    assert_eq!(
        merged.action(merged.indices().next().expect("one")).scope_names().collect::<Vec<_>>(),
        ["a"]
    );
    assert!(merging(one, "<<: *x\n  <<: *y").is_err(), "one of two");
    assert!(merging("requiredScopes: a, requiredScopes: b", "<<: *x").is_err(), "one of two");
    let at_the_top = text.replace("actions:\n  $ref: slack.conversations", "$ref: one");
    assert_eq!(read(&at_the_top).expect("without a list").len(), 1);
    let action = |key: &str| format!("- actionId: a\n  {key}: x");
    for (line, slip, key) in [
        ("scopeDefinitions:", "scope_definitions:", "scopeDefinitions"),
        ("scopeDefinitions:", "scopeDefinition:", "scopeDefinitions"),
        ("includes:", "include:", "includes"),
        ("  $ref: slack.conversations", &action("required_scopes"), "requiredScopes"),
        ("  $ref: slack.conversations", &action("requiredscopes"), "requiredScopes"),
        ("  $ref: slack.conversations", &action("RequiredScope"), "requiredScopes"),
    ] {
        let fault = read(&text.replacen(line, slip, 1)).expect_err("it would be missed").fault;
        assert!(fault.to_string().contains(&format!("is no key; is it `{key}`?")), "{fault}");
    }
    for broken in ["circle", "missing", "../one", "/etc/passwd", "a\\one"] {
        assert!(read(&text.replace("slack.conversations", broken)).is_err(), "{broken}");
    }
}

#[test]
fn a_response_in_camel_case_is_read_too() {
    let text = r#"{"data": [{"key": "x", "scopeDefinitions": [{"name": "w", "includes": ["r"]}],
        "actions": [{"id": "x_a", "requiredScopes": ["r"]}]}]}"#;
    let catalog = Catalog::parse(text).expect("as the client for TypeScript has it");
    let action = catalog.find("x_a").expect("listed");
    assert_eq!(catalog.accepted_words(action), "w or r");
}

#[test]
fn what_scopes_include_counts_on_every_page_of_a_connector() {
    let text = r#"{"data": [
        {"key": "a", "scope_definitions": [{"name": "admin", "includes": ["read"]}],
         "actions": [{"id": "a_1", "required_scopes": ["read"]}]},
        {"key": "a", "scope_definitions": null,
         "actions": [{"id": "a_2", "required_scopes": ["read"]}]},
        {"key": "b", "actions": [{"id": "b_1", "required_scopes": ["read"]}]}]}"#;
    let catalog = Catalog::parse(text).expect("a sound answer");
    let admin = catalog.find_scope("admin").into_iter().collect();
    let verdict = |id: &str| catalog.verdict(catalog.find(id).expect(id), &admin);
    let verdicts = ["a_1", "a_2", "b_1"].map(verdict);
    assert_eq!(verdicts, [Verdict::Accepted, Verdict::Accepted, Verdict::Refused]);
}

#[test]
fn only_what_an_app_lacks_is_to_be_added() {
    let file = path("stackone/stackone-actions.json");
    let arguments = ["check", "--catalog", &file, "--granted", "groups:read"];
    let checked = run([&arguments[..], &["slack_list_conversations"]].concat());
    let first = checked.stdout.lines().next();
    assert_eq!(first, Some("slack_list_conversations  lacks  channels:manage or channels:read"));
    let text = r#"{"data": [{"key": "pipedrive",
        "scope_definitions": [{"name": "base"}, {"name": "deals:read"}], "actions": [
        {"id": "pipedrive_list_deals", "required_scopes": ["deals:read"]},
        {"id": "pipedrive_new", "required_scopes": ["base", "deals:read"]}]}]}"#;
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), text).expect("it is writable");
    let path = file.path().to_str().expect("UTF-8");
    let checked = run(["check", "--catalog", path, "--granted", "", "pipedrive_new"]);
    let first = checked.stdout.lines().next();
    assert_eq!(first, Some("pipedrive_new  lacks  deals:read"), "every app has `base`");
}

#[test]
fn where_scopes_alone_are_not_enough_every_answer_says_so() {
    let text = r#"{"openapi": "3.0.0", "paths": {
            "/a": {"get": {"operationId": "a", "security": [{"o": ["r"], "k": []}]}},
            "/b": {"get": {"operationId": "b", "security": [{"o": ["r"]}]}}},
        "components": {"securitySchemes": {
            "o": {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "https://x.example",
                "scopes": {"r": "R"}}}},
            "k": {"type": "apiKey", "in": "header", "name": "k"}}}}"#;
    let file = tempfile::NamedTempFile::with_suffix(".json").expect("a file");
    std::fs::write(file.path(), text).expect("it is writable");
    let file = file.path().to_str().expect("UTF-8");
    let imported = tempfile::NamedTempFile::with_suffix(".json").expect("a file");
    let written = run(["catalog", "import", file]).stdout;
    std::fs::write(imported.path(), written).expect("it is writable");
    let imported = imported.path().to_str().expect("UTF-8");
    for file in [file, imported] {
        for command in [&["scopes"][..], &["check", "--granted", "r"]] {
            let said = |id| run([command, &["--catalog", file, id]].concat()).stderr;
            assert!(
                said("a").contains("1 action may need something besides OAuth"),
                "{}",
                said("a")
            );
            assert!(!said("b").contains("besides OAuth"), "{}", said("b"));
        }
        let noted = run(["catalog", "check", file]);
        let noted = noted.stdout + &noted.stderr;
        assert!(noted.contains("1 operation may need something besides OAuth"), "{noted}");
        let explained = run(["explain", "--catalog", file, "a", "b"]).stdout;
        assert!(explained.contains("GET /a (may need something besides OAuth)\n"), "{explained}");
        assert!(explained.contains("GET /b\n"), "{explained}");
        let json = run(["scopes", "--catalog", file, "a", "b", "--format", "json"]).stdout;
        assert_eq!(json.matches("\"other_credentials\": true").count(), 1, "{json}");
    }
    let without = tempfile::NamedTempFile::with_suffix(".json").expect("a file");
    std::fs::write(without.path(), text.replace(", \"k\": []", "")).expect("it is writable");
    let without = without.path().to_str().expect("UTF-8");
    for (old, new, change) in [
        (file, without, "~ a: needs nothing besides OAuth now\n"),
        (without, file, "~ a: may need something besides OAuth now\n"),
    ] {
        let changes = run(["catalog", "diff", "--catalog", old, new]).stdout;
        assert_eq!(changes, change, "{old} {new}");
    }
}

/// An app may not have the key.
#[test]
fn what_needs_another_credential_covers_nothing_beside_what_needs_none() {
    for (security, expected, is_noted) in [
        (r#"[{"o": ["r"], "k": []}, {"o": ["w"]}]"#, "w", false),
        (r#"[{"o": ["w"]}, {"k": [], "o": []}]"#, "w", false),
        (r#"[{"o": ["w"]}, {"k": []}]"#, "w", false),
        (r#"[{"o": ["w"], "k": []}, {"k": []}]"#, "w", true),
        (r#"[{"o": ["w"], "k": []}, {}]"#, "", false),
    ] {
        let text = format!(
            r#"{{"openapi": "3.0.0", "paths": {{"/a": {{"get": {{"operationId": "a", "security": {security}}}}}}},
                "components": {{"securitySchemes": {{"o": {{"type": "oauth2"}},
                    "k": {{"type": "apiKey", "in": "header", "name": "k"}}}}}}}}"#
        );
        let file = tempfile::NamedTempFile::with_suffix(".json").expect("a file");
        std::fs::write(file.path(), text).expect("it is writable");
        let file = file.path().to_str().expect("UTF-8");
        let scopes = run(["scopes", "--catalog", file, "a"]);
        assert_eq!(scopes.stdout.trim_end(), expected, "{security}");
        assert_eq!(scopes.stderr.contains("besides OAuth"), is_noted, "{security}");
        let check = run(["check", "--catalog", file, "--granted", "", "a"]);
        assert_eq!(check.code, i32::from(!expected.is_empty()), "{security}");
    }
}

#[test]
fn what_list_says_in_place_of_scopes_takes_no_id_back() {
    let text = r#"{"openapi": "3.0.0", "paths": {"/a": {
            "get": {"security": []},
            "put": {"security": [{"k": []}]},
            "post": {"summary": "GET /a", "security": [{"o": ["w"]}]}}},
        "components": {"securitySchemes": {"o": {"type": "oauth2"},
            "k": {"type": "apiKey", "in": "header", "name": "k"}}}}"#;
    let file = tempfile::NamedTempFile::with_suffix(".json").expect("a file");
    std::fs::write(file.path(), text).expect("it is writable");
    let catalog = ["--catalog", file.path().to_str().expect("UTF-8")];
    let list = run([&["list"][..], &catalog].concat()).stdout;
    assert!(list.contains("no scope needed") && list.contains("not by OAuth"), "{list}");
    for format in ["text", "tsv", "json"] {
        let list = run([&["list", "--format", format][..], &catalog].concat()).stdout;
        let read = feed(&[&["scopes", "-"][..], &catalog].concat(), list);
        assert_eq!((read.code, &*read.stdout), (0, "w\n"), "{format}: {}", read.stderr);
    }
    let two = run([&["scopes", "POST /a", "PUT /a", "--format", "json"][..], &catalog].concat());
    let read = feed(&[&["scopes", "-"][..], &catalog].concat(), two.stdout);
    assert_eq!((read.code, &*read.stdout), (0, "w\n"), "{}", read.stderr);
}

#[test]
fn ids_with_spaces_are_told_apart_and_read_back() {
    let operation = |path: &str, id: &str, scope: &str| {
        format!(r#""/{path}": {{"get": {{{id} "security": [{{"o": ["{scope}"]}}]}}}}"#)
    };
    let text = format!(
        r#"{{"openapi": "3.0.0", "paths": {{{}, {}, {}, {}}},
            "components": {{"securitySchemes": {{"o": {{"type": "oauth2"}}}}}}}}"#,
        operation("1", r#""operationId": "files","#, "r"),
        operation("2", r#""operationId": "files  delete","#, "w"),
        operation("3", r##""operationId": "# all","##, "w"),
        operation("4", "", "r"),
    );
    let file = tempfile::NamedTempFile::with_suffix(".json").expect("a file");
    std::fs::write(file.path(), text).expect("it is writable");
    let path = file.path().to_str().expect("UTF-8");
    let catalog = ["--catalog", path];
    for id in ["files", "files  delete", "# all", "GET /4"] {
        let row = run([&["explain", "--format", "tsv", id][..], &catalog].concat());
        assert_eq!(row.code, 0, "{}", row.stderr);
        let one = run([&["scopes", id][..], &catalog].concat()).stdout;
        for list in [format!("{id}\0"), format!("{id}\tlabel\n"), format!("[\"{id}\"]")] {
            let read = feed(&[&["scopes", "-"][..], &catalog].concat(), list.clone());
            assert_eq!((read.code, &read.stdout), (0, &one), "{list:?}");
        }
    }
    for format in [&["--print0"][..], &["--format", "tsv"], &["--format", "json"]] {
        let list = run([&["list"][..], format, &catalog].concat()).stdout;
        let read = feed(&[&["scopes", "-", "--format", "tsv"][..], &catalog].concat(), list);
        assert_eq!(read.stdout, "r\tfiles, GET /4\nw\tfiles  delete, # all\n", "{format:?}");
    }
    let read = feed(&[&["scopes", "-"][..], &catalog].concat(), "files  delete\n");
    assert_eq!(read.code, 2, "it may be `files`, and its label: {}", read.stdout);
}

#[test]
fn a_check_says_for_how_many_actions_the_description_names_no_scope() {
    let path = path("apis/asana.openapi3.trimmed.yaml");
    let check = |actions: &[&str]| {
        let catalog = ["check", "--granted", "tasks:read", "--catalog", &path];
        run([&catalog[..], actions].concat())
    };
    let free = check(&["createGoal", "createBatchRequest", "getTasks"]);
    let note = "note: The catalog names no scope for 2 actions: covered by every app.";
    assert!(free.code == 0 && free.stderr.contains(note), "{free:?}");
    assert!(!check(&["getTasks"]).stderr.contains("names no scope"));
}

#[test]
fn what_oauth_cannot_call_is_refused_and_said() {
    let catalog = read("apis/pipedrive-openapi.v1.trimmed.yaml");
    let action = catalog.find("Oauth_refreshToken").expect("listed");
    assert_eq!(catalog.verdict(action, &catalog.form_scopes()), Verdict::Refused);
    let selection = [action].into_iter().collect();
    let least = Least::of(&catalog, &selection);
    assert!(least.scopes.is_empty());
    let caveats = least.caveats(&catalog, &selection);
    let [told] = &caveats[..] else { panic!("{caveats:?}") };
    assert!(told.contains("OAuth cannot call"), "{told}");
    let row = AuditRow::by_guide(&catalog, action);
    assert_eq!(row.accepted(), Some(vec!["not by OAuth"]));
}

#[test]
fn where_lists_may_mean_any_one_a_note_says_so() {
    let file = path("apis/pipedrive-openapi.v1.trimmed.yaml");
    let scopes =
        |more: &[&str]| run([&["scopes", "--catalog", &file, "Deals_getAllDeals"], more].concat());
    let all = scopes(&[]);
    assert_eq!(all.stdout, "deals:read deals:full\n");
    assert!(all.stderr.contains("--listed-scopes any"), "{}", all.stderr);
    let any = scopes(&["--listed-scopes", "any"]);
    assert_eq!(any.stdout, "deals:read\n");
    assert!(!any.stderr.contains("--listed-scopes"), "{}", any.stderr);
}

/// Nobody who has the imported file alone could tell that its author had not decided.
#[test]
fn what_was_not_decided_at_import_is_said_with_each_answer() {
    let file = path("apis/pipedrive-openapi.v1.trimmed.yaml");
    let directory = tempfile::tempdir().expect("a directory");
    let at = |name: &str| directory.path().join(name).display().to_string();
    let imported = |name: &str, more: &[&str]| {
        let imported = run([&["catalog", "import", &file], more].concat());
        std::fs::write(at(name), &imported.stdout).expect("it is writable");
        at(name)
    };
    let scopes = |catalog: &str| run(["scopes", "--catalog", catalog, "Deals_getAllDeals"]);
    let check = |catalog: &str| run(["catalog", "check", catalog]).stdout;
    let noted = "read the API's description with `--listed-scopes any`";

    let open = imported("open.json", &[]);
    let again = run(["catalog", "import", &open]);
    std::fs::write(at("again.json"), &again.stdout).expect("it is writable");
    for catalog in [&open, &at("again.json")] {
        let all = scopes(catalog);
        assert_eq!(all.stdout, "deals:read deals:full\n");
        assert!(all.stderr.contains(noted), "{}", all.stderr);
        let command = ["check", "--granted", "deals:read", "Deals_getAllDeals"];
        let checked = run([&command[..], &["--catalog", catalog]].concat());
        assert!(checked.stderr.contains(noted), "{}", checked.stderr);
        for command in [
            &["explain", "Deals_getAllDeals"][..],
            &["explain", "deals:read"],
            &["list", "deals"],
            &["audit"],
            &["diff", "deals:read", ""],
        ] {
            let said = run([command, &["--catalog", catalog]].concat()).stderr;
            assert!(said.contains(noted), "{command:?}: {said}");
        }
        assert!(check(catalog).contains("3 operations list several scopes"), "{}", check(catalog));
    }
    for (decided, answer) in [("all", "deals:read deals:full\n"), ("any", "deals:read\n")] {
        let catalog = imported("decided.json", &["--listed-scopes", decided]);
        let said = scopes(&catalog);
        assert_eq!(said.stdout, answer);
        assert!(!said.stderr.contains("--listed-scopes"), "{}", said.stderr);
        assert!(!check(&catalog).contains("--listed-scopes"), "{}", check(&catalog));
    }
}

/// The catalog may only have left its scopes out.
#[test]
fn an_action_without_scopes_is_noted_wherever_the_answer_is_printed() {
    let catalog = read("apis/asana.openapi3.trimmed.yaml");
    let is_free = |action: &ActionIndex| catalog.requirement(*action) == Requirement::Nothing;
    let free = catalog.indices().find(is_free).expect("one is free");
    let selection: Selection = [free].into_iter().collect();
    let warnings = Answer::of(&catalog, &selection).warnings(&catalog, &selection);
    let note = "The catalog names no scope for 1 action: covered by every app.";
    assert!(warnings.iter().any(|warning| warning == note), "{warnings:?}");
}

/// OpenAPI has schemes of its own, among which nothing can be chosen.
#[test]
fn a_kind_of_access_is_refused_where_there_is_none() {
    for file in ["apis/asana.openapi3.trimmed.yaml", "apis/google-drive.v3.discovery.trimmed.json"]
    {
        let run = run(["list", "--catalog", &path(file), "--scheme", "Application"]);
        assert_eq!(run.code, 2, "{file}");
        assert!(run.stderr.contains("and this file has none"), "{}", run.stderr);
    }
}

/// A scope of each of two schemes is no list, so `--listed-scopes` would change nothing there.
#[test]
fn scopes_of_two_schemes_are_no_list_of_scopes() {
    let scheme = r#"{"type": "oauth2", "flows": {}}"#;
    let description = format!(
        r#"{{"openapi": "3.0.0", "info": {{"title": "X", "version": "1"}},
            "components": {{"securitySchemes": {{"o": {scheme}, "p": {scheme}}}}},
            "paths": {{"/p": {{
                "get": {{"operationId": "both", "security": [{{"o": ["a"], "p": ["z"]}}]}},
                "put": {{"operationId": "listed", "security": [{{"o": ["a", "b"]}}]}}}}}}}}"#
    );
    let directory = tempfile::tempdir().expect("a directory");
    let at = |name: &str| directory.path().join(name).display().to_string();
    std::fs::write(at("api.json"), description).expect("it is writable");
    let imported = run(["catalog", "import", &at("api.json")]).stdout;
    std::fs::write(at("imported.json"), imported).expect("it is writable");
    for file in ["api.json", "imported.json"] {
        let said = |arguments: &[&str]| {
            let run = run([arguments, &["--catalog", &at(file)]].concat());
            run.stdout + &run.stderr
        };
        assert!(!said(&["scopes", "both"]).contains("--listed-scopes"), "{file}");
        assert!(said(&["scopes", "listed"]).contains("--listed-scopes"), "{file}");
        assert!(said(&["list"]).contains("1 action lists several scopes"), "{file}");
        let check = run(["catalog", "check", &at(file)]).stdout;
        assert!(check.contains("1 operation lists several scopes"), "{file}: {check}");
    }
}

/// Each could make an action free that is not.
#[test]
fn a_reference_says_once_and_in_its_own_shape_what_an_action_needs() {
    let read = |reference: &str| {
        let text = format!(
            r#"{{"connector": {{"name": "X"}}, "scopes": ["a"],
                "actions": [{{"id": "x", "label": "X", "scopes": ["a"]}}], "reference": {reference}}}"#
        );
        Catalog::parse(&text)
    };
    let call = r#"{"action": "x", "method": "GET", "path": "/p", "accepts": [["a"]]}"#;
    let requires = r#"{"action": "x", "clauses": [["a"]]}"#;
    let free = r#"{"action": "x", "clauses": []}"#;
    let with = |key: &str, items: &[&str]| format!("\"{key}\": [{}]", items.join(", "));
    for more in
        [with("calls", &[call]), with("calls", &[call, call]), with("requires", &[requires])]
    {
        let catalog = read(&format!(r#"{{"source": "s", {more}}}"#)).expect(&more);
        let action = catalog.find("x").expect("listed");
        assert_eq!(catalog.verdict(action, &ScopeSet::new()), Verdict::Refused, "{more}");
    }
    for more in [
        with("requires", &[requires, free]),
        [with("requires", &[free]), with("calls", &[call])].join(", "),
        with("calls", &[r#"["x", "", "GET", "/p", [[]]]"#]),
        with("requires", &[r#"["x", []]"#]),
    ] {
        assert!(read(&format!(r#"{{"source": "s", {more}}}"#)).is_err(), "{more}");
    }
    assert!(read(r#"["s"]"#).is_err());
}

#[test]
fn completions_are_those_of_the_scheme_that_is_named() {
    let permission = |name: &str, scheme: &str| {
        format!(
            r#""{name}": {{"schemes": {{"{scheme}": {{}}}}, "pathSets": [
                {{"schemeKeys": ["{scheme}"], "methods": ["GET"], "paths": {{"/mail": ""}}}}]}}"#
        )
    };
    let [one, other] =
        [permission("Mail.Read", "DelegatedWork"), permission("Mail.Send", "Application")];
    let file = tempfile::NamedTempFile::with_suffix(".json").expect("a file");
    std::fs::write(file.path(), format!(r#"{{"permissions": {{{one}, {other}}}}}"#))
        .expect("it is writable");
    let path = file.path().to_str().expect("UTF-8");
    let scopes = |scheme: &str| {
        let line = ["pdscopes", "--catalog", path, "--scheme", scheme, "check", "--granted", "M"];
        answer(&[&["completions", "bash", "--"], &line[..]].concat())
    };
    assert_eq!(scopes("DelegatedWork"), "files\nMail.Read\t\n");
    assert_eq!(scopes("Application"), "files\nMail.Send\t\n");
}

#[test]
fn an_imported_catalog_keeps_what_its_lists_of_scopes_mean() {
    let description = |security: &str| {
        format!(
            r#"{{"openapi": "3.0.0", "paths": {{"/a": {{"get": {{"security": [{{"o": [{security}]}}]}}}}}},
                "components": {{"securitySchemes": {{"o": {{"type": "oauth2"}}}}}}}}"#
        )
    };
    let directory = tempfile::tempdir().expect("a directory");
    let at = |name: &str| directory.path().join(name).display().to_string();
    let check = |imported: &[&str], security: &str, asked: &[&str]| {
        std::fs::write(at("api.json"), description(security)).expect("it is writable");
        let [api, catalog] = [at("api.json"), at("catalog.json")];
        let import = run([&["catalog", "import", &api], imported].concat());
        std::fs::write(&catalog, import.stdout).expect("it is writable");
        let command = ["check", "--granted", "a", "GET /a", "--catalog", &catalog];
        run([&command, asked].concat()).code
    };
    let (all, any) = (&["--listed-scopes", "all"][..], &["--listed-scopes", "any"][..]);
    let (one, two) = (r#""a""#, r#""a", "b""#);
    for (imported, security, asked, code) in [
        (any, two, &[][..], 0),
        (any, two, any, 0),
        (any, two, all, 2),
        (all, two, any, 2),
        (all, two, all, 1),
        (&[], two, any, 2),
        (&[], two, all, 1),
        (any, one, all, 0),
    ] {
        assert_eq!(check(imported, security, asked), code, "{imported:?} {security} {asked:?}");
    }
}

#[test]
fn an_imported_catalog_answers_for_its_own_scheme_alone() {
    let graph = r#"{"permissions": {"Mail.Read": {
        "schemes": {"DelegatedWork": {}, "Application": {}},
        "pathSets": [{"schemeKeys": ["DelegatedWork"], "methods": ["GET"], "paths": {"/me/mail": ""}}]}}}"#;
    let directory = tempfile::tempdir().expect("a directory");
    let at = |name: &str| directory.path().join(name).display().to_string();
    std::fs::write(at("graph.json"), graph).expect("it is writable");
    std::fs::write(at("catalog.json"), run(["catalog", "import", &at("graph.json")]).stdout)
        .expect("it is writable");
    let check = |scheme: &[&str]| {
        let command = ["check", "--granted", "Mail.Read", "GET /me/mail", "--catalog"];
        run([&command, &[at("catalog.json").as_str()][..], scheme].concat())
    };
    for own in [&[][..], &["--scheme", "DelegatedWork"]] {
        assert!(check(own).stdout.contains("covered"), "{}", check(own).stderr);
    }
    let other = check(&["--scheme", "Application"]);
    assert_eq!((&*other.stdout, other.code), ("", 2), "{}", other.stderr);
    assert!(other.stderr.contains("made for `DelegatedWork`"), "{}", other.stderr);
}

#[test]
fn no_word_of_a_guide_is_said() {
    for name in FILES {
        let catalog = read(name);
        let id = catalog.action(catalog.indices().next().expect("an action")).id();
        let scope = catalog.scopes()[0].as_str();
        let file = path(name);
        for command in [
            &["scopes", "--all"][..],
            &["scopes", "--all", "--why"],
            &["scopes", "--all", "--least", "--format", "tsv"],
            &["list"],
            &["list", "--format", "markdown"],
            &["check", "--granted", "x", "--all"],
            &["explain", scope, id],
            &["explain", scope, id, "--format", "markdown"],
            &["diff", "x", scope],
            &["audit"],
            &["audit", "--format", "markdown"],
            &["catalog", "check", &file],
            &["catalog", "import", &file],
        ] {
            let said = run([command, &["--catalog", &file]].concat());
            let text = [said.stdout, said.stderr].concat().to_lowercase();
            assert!(!text.contains("guide"), "{command:?} of {file}: {text}");
        }
        for command in ["url", "guide"] {
            let said = run([command, id, "--catalog", &file]);
            assert_eq!((&*said.stdout, said.code), ("", 1), "{command} of {file}");
            assert!(said.stderr.contains("`pdscopes scopes` gives the scopes"), "{}", said.stderr);
        }
    }
}

#[test]
fn a_scope_that_is_enough_only_with_others_is_explained_so() {
    let text = r#"{"openapi": "3.0.0", "paths": {
        "/one": {"get": {"operationId": "one", "security": [{"o": ["a"]}]}},
        "/both": {"get": {"operationId": "both", "security": [{"o": ["a", "b"]}]}}},
        "components": {"securitySchemes": {"o": {"type": "oauth2"}}}}"#;
    let file = tempfile::NamedTempFile::with_suffix(".json").expect("a file");
    std::fs::write(file.path(), text).expect("it is writable");
    let path = file.path().to_str().expect("UTF-8");
    let rows = run(["explain", "a", "--format", "tsv", "--catalog", path]).stdout;
    assert_eq!(rows, "a\tone\tone\taccepted\na\tboth\tboth\taccepted with others\n");
}

#[test]
fn the_rows_of_a_scope_have_no_column_of_a_guide() {
    let file = path("apis/asana.openapi3.trimmed.yaml");
    let explain = |format| run(["explain", "users:read", "--catalog", &file, "--format", format]);
    assert_eq!(explain("tsv").stdout, "users:read\tgetUser\tGet a user\taccepted\n");
    let heading = explain("markdown").stdout.lines().next().map(str::to_owned);
    assert_eq!(heading.as_deref(), Some("| Scope | Action | Label | API |"));
    let text = explain("text").stdout;
    assert!(text.contains("getUser  Get a user  accepted\n"), "{text}");
}

#[test]
fn importing_notes_what_checking_notes() {
    let ways: Vec<_> = (0..8).map(|n| format!(r#"{{"o": ["a{n}", "b{n}", "c{n}"]}}"#)).collect();
    let scopes: Vec<_> = (0..8).map(|n| format!(r#""a{n}": "", "b{n}": "", "c{n}": """#)).collect();
    let text = format!(
        r#"{{"openapi": "3.0.0", "paths": {{
            "/many": {{"get": {{"operationId": "many", "security": [{}]}}}},
            "/key": {{"get": {{"operationId": "key", "security": [{{"k": [], "o": ["a0"]}}]}}}},
            "/open": {{"get": {{"operationId": "open"}}}}}},
            "components": {{"securitySchemes": {{
                "o": {{"type": "oauth2", "flows": {{"implicit": {{"scopes": {{{}}}}}}}}}, "k": {{"type": "apiKey"}}}}}}}}"#,
        ways.join(", "),
        scopes.join(", ")
    );
    let directory = tempfile::tempdir().expect("a directory");
    let at = |name: &str| directory.path().join(name).display().to_string();
    std::fs::write(at("api.json"), text).expect("it is writable");
    let imported = run(["catalog", "import", &at("api.json")]);
    std::fs::write(at("catalog.json"), &imported.stdout).expect("it is writable");
    let notes = |text: &str| -> Vec<String> {
        let lines = text.lines().filter_map(|line| line.split_once("note: "));
        lines.map(|(_, words)| words.rsplit(".json: ").next().unwrap_or(words).to_owned()).collect()
    };
    let noted = notes(&imported.stderr.replace(": note: ", ": "));
    let checked = run(["catalog", "check", &at("api.json")]);
    assert_eq!(noted, notes(&checked.stdout), "{}", imported.stderr);
    for words in
        ["`many` accepts too many combinations", "something besides OAuth", "`open` accepts"]
    {
        assert!(noted.iter().any(|note| note.contains(words)), "{words}: {noted:?}");
    }
    for unknown in ["many", "open"] {
        let checked = run(["check", "--granted", "a0", unknown, "--catalog", &at("api.json")]);
        let expected = format!("{unknown}  uncertain  not known\n");
        assert!(checked.stdout.starts_with(&expected), "{}", checked.stdout);
    }
    let again = run(["catalog", "check", &at("catalog.json")]);
    let again = notes(&again.stdout);
    for words in ["`many` accepts too many combinations", "What `open` accepts is not known"] {
        assert!(again.iter().any(|note| note.contains(words)), "{words}: {again:?}");
    }
}

#[test]
fn operations_that_accept_other_scopes_are_told() {
    let old = read_as("apis/slack-web-api.swagger2.trimmed.json", Some(ListedScopes::Any));
    let text = std::fs::read_to_string(path("apis/slack-web-api.swagger2.trimmed.json"))
        .expect("it is there")
        .replace("\"users:read\"\n      ]", "\"users:read.email\"\n      ]");
    let options = ReadOptions {
        description: DescriptionOptions {
            listed_scopes: Some(ListedScopes::Any),
            ..DescriptionOptions::default()
        },
        ..ReadOptions::default()
    };
    let new = Catalog::read_while(text.into(), "", &options, &|| true).expect("still sound");
    let mut out = Vec::new();
    let exit = diff(&old, &new, &mut out).expect("a vector takes everything");
    let told = String::from_utf8(out).expect("UTF-8");
    assert!(told.contains("~ users_list: accepts users:read.email (before: users:read)"), "{told}");
    assert_eq!(told.matches('~').count(), 1, "{told}");
    assert_eq!(exit, Exit::Nothing);
}

#[test]
fn a_slip_in_the_name_of_security_is_an_error_and_other_unknown_keys_are_noted() {
    let of = |item: &str| {
        let text = format!(
            r#"{{"openapi": "3.0.0", "security": [], "paths": {{"/a": {{{item}}}}},
                "components": {{"securitySchemes": {{"o": {{"type": "oauth2"}}}}}}}}"#
        );
        Catalog::examine(text.into_bytes(), "")
    };
    for slip in [
        "Security",
        "SECURITY",
        "securty",
        "security ",
        "securitys",
        "\u{200b}security",
        "only admins security",
        "securities",
        "security_requirements",
    ] {
        let Findings { catalog, problems, .. } =
            of(&format!(r#""get": {{"{slip}": [{{"o": ["a"]}}]}}"#));
        assert!(catalog.is_none(), "{slip}");
        assert!(
            problems[0].fault.to_string().contains("is it `security`?"),
            "{slip}: {}",
            problems[0].fault
        );
    }
    for other in
        ["x-security", "severity", "servers", "summary", "description", "deprecated", "operationID"]
    {
        let found = of(&format!(r#""get": {{"{other}": null, "security": [{{"o": ["a"]}}]}}"#));
        assert!(found.problems.is_empty(), "{other}: {:?}", found.problems);
    }
    let found = of(r#""gett": {}, "parameters": [], "x-y": 1, "get": {"security": []}"#);
    let noted = |note: &str| found.notes.iter().any(|(_, words)| words.to_string() == note);
    assert!(noted("/paths/~1a: The key `gett` is not known here and is ignored."));
    assert!(!found.notes.iter().any(|(_, note)| note.to_string().contains("parameters")));
    let absent = of(r#""trace": null, "get": {"security": []}"#);
    assert_eq!(absent.catalog.map(|catalog| catalog.len()), Some(1), "{:?}", absent.problems);
    let twice = of(r#""get": {"security": [], "security": [{"o": ["a"]}]}"#);
    assert!(twice.problems[0].fault.to_string().contains("duplicate field `security`"));
}

#[test]
fn a_slip_in_the_name_of_methods_is_an_error() {
    let of = |key: &str| {
        let method = r#"{"id": "m", "httpMethod": "GET", "path": "/a", "scopes": ["a"]}"#;
        let methods = |key: &str| format!(r#""{key}": {{"m": {method}}}"#);
        let text = format!(
            r#"{{"kind": "discovery#restDescription", "resources": {{"r": {{{}}}}}, {}}}"#,
            methods(key),
            methods("methods")
        );
        Catalog::read(text.into(), "").map_err(|error| error.fault.to_string())
    };
    for slip in ["Methods", "methodss", "mehods"] {
        let error = of(slip).expect_err(slip);
        assert!(error.contains("is it `methods`?"), "{slip}: {error}");
    }
    assert!(of("deprecated").is_ok());
}

/// Two APIs may have scopes of the same name; one that is described has no key to tell them by.
#[test]
fn the_answer_for_one_api_is_not_granted_for_another() {
    let [acme, zeta] = ["Acme CRM", "Zeta Mail"].map(|title| {
        let file = tempfile::NamedTempFile::with_suffix(".yaml").expect("a file");
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: {title}, version: '1'}}\nsecurity: [{{o: [admin]}}]\n\
             paths: {{/a: {{get: {{operationId: x}}}}}}\n\
             components: {{securitySchemes: {{o: {{type: oauth2}}}}}}\n"
        );
        std::fs::write(file.path(), text).expect("it is writable");
        file
    });
    let [acme, zeta] = [&acme, &zeta].map(|file| file.path().to_str().expect("UTF-8"));
    let answer = run(["scopes", "--catalog", acme, "--all", "--format", "json"]).stdout;
    let check =
        |catalog: &str| feed(&["check", "--catalog", catalog, "--granted", "-", "--all"], &*answer);
    assert_eq!(check(acme).code, 0);
    let run = check(zeta);
    assert_eq!((run.code, &*run.stdout), (2, ""));
    assert!(run.stderr.contains("names another connector"), "{}", run.stderr);
}

/// To YAML, a comment of JavaScript and the key behind it are one key, under which the security of a call
/// would be passed over.
#[test]
fn a_comment_that_hides_a_key_is_an_error() {
    let of = |comment: &str| {
        let text = format!(
            r#"
openapi: 3.1.0
components: {{securitySchemes: {{o: {{type: oauth2}}}}}}
security: [{{o: [a]}}]
paths:
  /a:
    delete: {{ operationId: d, {comment}
      "security": [{{o: [admin]}}] }}
  /*/b: {{get: {{security: []}}}}
"#
        );
        Catalog::examine(text.into(), "")
    };
    assert!(of("//admins, only").catalog.is_none(), "the comma ends the first key");
    for comment in ["// only administrators", "/* only administrators */"] {
        let Findings { catalog, problems, .. } = of(comment);
        assert!(catalog.is_none(), "{comment}");
        let fault = problems[0].fault.to_string();
        assert!(fault.contains("a comment that begins with a slash"), "{comment}: {fault}");
    }
    assert!(of("# only administrators").problems.is_empty());
}

/// A quoted key, or a path, that begins with a slash is no comment.
#[test]
fn a_key_of_slashes_alone_hides_nothing() {
    let text = r#"
openapi: 3.1.0
components: {securitySchemes: {o: {type: oauth2, flows: {}}}}
paths:
  //users:
    get: {operationId: u, security: [{o: [a]}]}
  /b:
    get:
      operationId: b
      security: [{o: [b]}]
      responses: {200: {content: {application/json: {example: {"//": a note, name: x}}}}}
"#;
    let Findings { catalog, problems, .. } = Catalog::examine(text.into(), "");
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(catalog.expect("it is sound").len(), 2);
}

#[test]
fn an_error_behind_a_reference_has_the_line_that_leads_to_it() {
    let text = r##"{"openapi": "3.1.0", "paths": {
        "/b": {"$ref": "#/components/pathItems/p"}},
        "components": {"pathItems": {"p": {"delete": {"security": [{"x": []}]}}}}}"##;
    let problems = Catalog::examine(text.into(), "").problems;
    let place = problems[0].place.map(|place| (place.line, place.column));
    assert_eq!(place, Some((2, 15)));
    let fault = problems[0].fault.to_string();
    assert!(fault.starts_with("/paths/~1b/delete/security/0/x: "), "{fault}");
}

#[test]
fn an_id_with_a_comma_is_no_list() {
    let operation = |id: &str, security: &str| {
        format!(r#""/{id}": {{"get": {{"operationId": "{id}", "security": [{security}]}}}}"#)
    };
    let (free, one) = ("{}", r#"{"o": ["a"]}"#);
    let text = format!(
        r#"{{"openapi": "3.0.0", "paths": {{{}, {}, {}}},
            "components": {{"securitySchemes": {{"o": {{"type": "oauth2"}}}}}}}}"#,
        operation("x", free),
        operation("y", free),
        operation("x,y", one)
    );
    let file = tempfile::NamedTempFile::with_suffix(".html").expect("a file");
    std::fs::write(file.path(), text).expect("it is writable");
    let path = file.path().to_str().expect("UTF-8");
    let check = |id: &str| run(["check", "--granted", "", id, "--catalog", path]);
    let whole = check("x,y");
    assert_eq!((whole.code, whole.stdout.lines().next()), (1, Some("x,y  lacks  a")));
    assert_eq!(check("x,y,x").code, 0, "a list of ids");
}

#[test]
fn a_call_without_a_method_or_a_path_is_an_error() {
    let discovery = |method: &str, path: &str| {
        format!(
            r#"{{"kind": "discovery#restDescription", "methods": {{"m": {{"id": "m",
                "httpMethod": "{method}", "path": "{path}", "scopes": ["a"]}}}}}}"#
        )
    };
    let openapi = |path: &str| {
        format!(
            r#"{{"openapi": "3.0.0", "paths": {{"{path}": {{"get": {{"operationId": "m", "security": []}}}}}}}}"#
        )
    };
    let is_sound = |text: String| Catalog::read(text.into(), "").is_ok();
    assert!(is_sound(discovery("get", "/a")) && is_sound(openapi("/a")));
    for text in [discovery("", "/a"), discovery("GET ", "/a"), discovery("GET", " ")] {
        assert!(!is_sound(text.clone()), "{text}");
    }
    for path in ["", " "] {
        assert!(!is_sound(openapi(path)), "`{path}`");
    }
    let get = Catalog::read(discovery("get", "/a").into(), "").expect("sound");
    let power = get.power(&get.form_scopes()).expect("it knows calls");
    assert_eq!((power.calls, power.writes), (1, 0));
}

#[test]
fn requirements_that_others_imply_are_no_change() {
    let of = |required: &str| {
        let text = format!(
            r#"{{"data": [{{"key": "x", "scope_definitions": [{{"name": "all", "includes": ["read"]}}],
                "actions": [{{"id": "x_a", "label": "A", "required_scopes": {required}}}]}}]}}"#
        );
        Catalog::parse(&text).expect(&text)
    };
    let difference =
        CatalogDifference::between(&of(r#"["all"]"#), &of(r#"["read", "all", "read"]"#));
    assert!(difference.changed.is_empty(), "{difference:?}");
    let both = of(r#"["read", "all"]"#);
    assert_eq!(both.accepted_words(both.find("x_a").expect("listed")), "all");
}

#[test]
fn an_action_that_makes_another_call_is_told() {
    let of = |calls: &str| {
        let text = format!(
            r#"{{"connector": {{"key": "x", "name": "X"}}, "scopes": ["a", "b"],
                "actions": [{{"id": "x_a", "label": "A", "scopes": []}}],
                "reference": {{"source": "S", "calls": [{calls}]}}}}"#
        );
        Catalog::parse(&text).expect(&text)
    };
    let call = |method: &str, scope: &str| {
        format!(
            r#"{{"action": "x_a", "method": "{method}", "path": "/a", "accepts": [["{scope}"]]}}"#
        )
    };
    let told = |old: &Catalog, new: &Catalog| {
        let mut out = Vec::new();
        diff(old, new, &mut out).expect("a vector takes everything");
        String::from_utf8(out).expect("UTF-8")
    };
    let get = of(&call("GET", "a"));
    assert_eq!(told(&get, &get), "");
    assert_eq!(
        told(&get, &of(&[call("GET", "a"), call("GET", "a")].join(","))),
        "",
        "it counts once"
    );
    let delete = of(&call("DELETE", "a"));
    assert_eq!(told(&get, &delete), "~ x_a: called `GET /a`, calls `DELETE /a`\n");
    let both = of(&[call("GET", "a"), call("PUT", "a")].join(","));
    assert_eq!(told(&get, &both), "~ x_a: called `GET /a`, calls `GET /a`, `PUT /a`\n");
    let apart = of(&[call("GET", "a"), call("PUT", "b")].join(","));
    let needs_both = "~ x_a: accepts a and b (before: a); called ";
    assert!(told(&get, &apart).starts_with(needs_both), "{}", told(&get, &apart));
    assert_eq!(least(&apart, &["x_a"]), "a b");
    let both = apart.find_scope("a").into_iter().chain(apart.find_scope("b")).collect();
    let action = apart.find("x_a").expect("listed");
    assert_eq!(apart.coverage(action, &both), Coverage::Covered);
    let guide = r#"[{"id": "x_a", "label": "A", "scopes": ["a"]}]"#;
    let guide = Catalog::parse(guide).expect("it keeps the rules");
    let from_guide = told(&guide, &get);
    assert!(from_guide.contains("accepts a (before: needs a)"), "{from_guide}");
    let of_version = |version: &str| of(&call("GET", "a").replacen('{', version, 1));
    let [one, two] = [r#"{"version": "1", "#, r#"{"version": "2", "#].map(of_version);
    assert_eq!(told(&one, &two), "", "another version of the document");
    assert!(merge(&[one, two]).is_ok());
}

/// An action may need the same of all its calls together, and another verdict follow from one of them.
#[test]
fn a_call_that_accepts_something_else_is_a_change_and_keeps_files_apart() {
    let of = |first: &str, second: &str| {
        let call = |version: u8, more: &str| {
            format!(
                r#"{{"action": "x", "version": "{version}", "method": "GET", "path": "/x", {more}}}"#
            )
        };
        let text = format!(
            r#"{{"connector": {{"name": "X"}}, "scopes": ["a", "b"],
                "actions": [{{"id": "x", "label": "X", "scopes": []}}],
                "reference": {{"source": "S", "calls": [{}, {}]}}}}"#,
            call(1, first),
            call(2, second)
        );
        Catalog::parse(&text).expect(&text)
    };
    let (one, both) = (r#""accepts": [["a"]]"#, r#""accepts": [["a", "b"]]"#);
    let (nothing, unknown) = (r#""accepts": []"#, r#""accepts": null"#);
    let other = r#""accepts": [["b"]]"#;
    for (old, new) in [
        (of(one, both), of(both, both)),
        (of(one, other), of(both, other)),
        (of(nothing, one), of(nothing, other)),
        (of(unknown, one), of(unknown, other)),
    ] {
        let mut out = Vec::new();
        diff(&old, &new, &mut out).expect("a vector takes everything");
        assert_eq!(String::from_utf8_lossy(&out), "~ x: its calls accept something else\n");
        assert!(merge(&[old, new]).is_err(), "the order would decide");
    }
}

/// `accepted nothing` would read as if it had been refused.
#[test]
fn free_and_impossible_operations_are_told_apart() {
    let of = |security: &str| {
        format!(
            r#"{{"openapi": "3.0.0", "paths": {{"/p": {{"get": {{"security": [{security}]}}}}}},
                "components": {{"securitySchemes": {{"o": {{"type": "oauth2"}}, "k": {{"type": "apiKey"}}}}}}}}"#
        )
    };
    let directory = tempfile::tempdir().expect("a directory");
    let at = |name: &str| directory.path().join(name).display().to_string();
    for (name, security) in [("free", "{}"), ("key", r#"{"k": []}"#), ("a", r#"{"o": ["a"]}"#)] {
        std::fs::write(at(name), of(security)).expect("it is writable");
    }
    let told =
        |old: &str, new: &str| run(["catalog", "diff", "--catalog", &at(old), &at(new)]).stdout;
    let free = told("a", "free");
    assert!(free.contains("~ GET /p: needs no scope (before: accepts a)\n"), "{free}");
    let key = told("free", "key");
    let expected = "~ GET /p: cannot be called with OAuth (before: needs no scope)\n";
    assert!(key.contains(expected), "{key}");
    let explained = run(["explain", "GET /p", "--catalog", &at("free")]).stdout;
    assert!(explained.contains("needs no scope, says the API"), "{explained}");
    let explained = run(["explain", "GET /p", "--catalog", &at("key")]).stdout;
    assert!(explained.contains("cannot be called with OAuth, says the API"), "{explained}");
    let checked = run(["check", "--granted", "", "GET /p", "--catalog", &at("key")]).stdout;
    assert!(checked.contains("GET /p  lacks  not by OAuth"), "{checked}");
}

/// Beside calls that are known, inclusions still tell which scope is the more powerful one.
#[test]
fn a_scope_that_includes_others_is_not_chosen_in_a_merged_catalog() {
    let answer = read("stackone/stackone-actions.json");
    let merged = merge(&[read("apis/asana.openapi3.trimmed.yaml"), answer]).expect("one catalog");
    let merged = Catalog::read(merged.into(), "catalog.json").expect("what we write we read");
    let ids = ["getTasks", "slack_list_conversations"];
    assert_eq!(least(&merged, &ids), "tasks:read channels:read groups:read");
    assert!(merged.power(&merged.form_scopes()).is_none(), "Slack's calls are not known");
}

#[test]
fn an_alternative_that_asks_for_more_than_another_is_no_change() {
    let old = of_alternatives(&[vec![1]]);
    let new = of_alternatives(&[vec![1], vec![1, 2]]);
    assert!(CatalogDifference::between(&old, &new).changed.is_empty());
    let new = of_alternatives(&[vec![1, 2]]);
    assert!(CatalogDifference::between(&old, &new).changed[0].accepts_otherwise);
}

#[test]
fn descriptions_and_guides_are_not_merged() {
    let guide = Catalog::embedded().expect("our own");
    assert!(merge(&[guide, read(FILES[0])]).is_err());
}

/// An operation of these alternatives, by the names of their scopes.
fn of_alternatives(alternatives: &[Vec<u8>]) -> Catalog {
    let alternative = |scopes: &Vec<u8>| {
        let names: Vec<_> = scopes.iter().map(|scope| format!("s{scope}")).collect();
        format!("{{\"o\": {names:?}}}")
    };
    let security = alternatives.iter().map(alternative).collect::<Vec<_>>().join(", ");
    let scopes: Vec<_> = (0..12).map(|scope| format!("\"s{scope}\": \"\"")).collect();
    let text = format!(
        r#"{{"openapi": "3.0.0", "paths": {{"/p": {{"get": {{"security": [{security}]}}}}}},
            "components": {{"securitySchemes": {{"o": {{"type": "oauth2", "flows": {{"implicit": {{
            "scopes": {{{}}}}}}}}}}}}}}}"#,
        scopes.join(", ")
    );
    Catalog::read(text.into(), "").expect("a sound document")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn an_operation_is_accepted_with_exactly_what_its_alternatives_ask_for(
        alternatives in prop::collection::vec(prop::collection::vec(0..12_u8, 0..5), 1..5),
    ) {
        let catalog = of_alternatives(&alternatives);
        let text = merge(std::slice::from_ref(&catalog)).expect("one catalog");
        let imported = Catalog::read(text.into(), "catalog.json").expect("what we write we read");
        let action: ActionIndex = catalog.indices().next().expect("one action");
        let scopes: Vec<_> = (0..12).map(|n| catalog.find_scope(&format!("s{n}"))).collect();
        for set in 0..1_u32 << 12 {
            let has = |scope: &u8| set >> scope & 1 == 1;
            let accepted = alternatives.iter().any(|alternative| alternative.iter().all(has));
            let granted: ScopeSet = (0..12_u8).filter(has).filter_map(|n| scopes[usize::from(n)]).collect();
            let verdict = catalog.verdict(action, &granted);
            prop_assert_eq!(verdict == Verdict::Accepted, accepted, "{:?}", verdict);
            let power = catalog.power(&granted).expect("it knows the call");
            prop_assert_eq!(power.calls == 1, accepted);
            prop_assert_eq!(imported.verdict(action, &granted), verdict);
            prop_assert_eq!(imported.power(&granted), Some(power));
        }
    }
}

#[test]
fn what_a_call_accepts_is_kept_as_it_is_said() {
    let catalog = of_alternatives(&[vec![1, 2], vec![3]]);
    let action = catalog.indices().next().expect("one action");
    let [call] = catalog.operations(action) else { panic!("one call") };
    let ways = call.accepts.alternatives().iter().map(|way| catalog.names(way));
    assert_eq!(ways.collect::<Vec<_>>(), [vec!["s1", "s2"], vec!["s3"]]);
    assert_eq!(catalog.requirement(action).words(&catalog), "(s1 or s3) and (s2 or s3)");
}

#[test]
fn a_scope_that_is_needed_beside_others_is_explained() {
    let file = path("apis/pipedrive-openapi.v1.trimmed.yaml");
    let said = run(["explain", "deals:full", "--catalog", &file]);
    assert!(said.stdout.contains("accepted for 4, uncertain for 0"), "{}", said.stdout);
    assert!(said.stdout.contains("Deals_getAllDeals"), "{}", said.stdout);
}

#[test]
fn the_screen_answers_by_least_privilege_and_has_no_guide() {
    for (columns, rows) in [(120, 40), (80, 24)] {
        let catalog = read("apis/asana.openapi3.trimmed.yaml");
        let confirmed = CopyOutcome::Confirmed(CopyRoute::X11);
        let mut stage = Stage::on(catalog, (columns, rows), Start::default(), confirmed);
        stage.press("multiple tasks<Tab>").shows("[x] Get multiple tasks").shows("tasks:read");
        stage.shows("4 of 7 calls, 2 change data").hides("guide");
        for keys in ["", "<F2>", "<Alt-M>"] {
            let screen = stage.press(keys).screen();
            // What pressing a key of a guide says may name it.
            let lines = screen.lines().filter(|line| !line.contains("This catalog"));
            let told: Vec<_> = lines.filter(|l| l.to_lowercase().contains("guide")).collect();
            assert_eq!(told, [""; 0], "{keys} at {columns}");
        }
    }
}

#[test]
fn a_scope_that_is_searched_for_stands_out_in_what_is_accepted() {
    let pipedrive = "apis/pipedrive-openapi.v1.trimmed.yaml";
    // The part of an URL that is left out has no letters that could stand out.
    let drive = "apis/google-drive.v3.discovery.trimmed.json";
    for (file, query, label, expected) in [
        (pipedrive, "recents:read", "List updates about a deal", "recents:read"),
        (drive, "apps.readonly", "drive.apps.list", "apps.readonly"),
        (drive, "auth/drive.apps", "drive.apps.list", "drive.apps"),
    ] {
        let confirmed = CopyOutcome::Confirmed(CopyRoute::X11);
        let mut stage = Stage::on(read(file), (120, 40), Start::default(), confirmed);
        stage.press(query).shows(label);
        let mut marked = String::new();
        stage.each_row(|_, cells| {
            let row: String = cells.iter().map(vt100::Cell::contents).collect();
            if row.contains('[') && row.contains(label) {
                let underlined = cells.iter().filter(|cell| cell.underline());
                marked.extend(underlined.map(vt100::Cell::contents));
            }
        });
        assert_eq!(marked, expected);
    }
}

#[test]
fn the_help_names_no_guide_where_there_is_none() {
    let asana = || read("apis/asana.openapi3.trimmed.yaml");
    let confirmed = CopyOutcome::Confirmed(CopyRoute::X11);
    let mut stage = Stage::on(asana(), (120, 40), Start::default(), confirmed);
    stage.press("<F1>").shows("Copy").hides("uide");
    stage.press("<PgDn>").shows("Marks").hides("uide");
    stage.press("<PgDn>").shows("Click an action").hides("uide");
    let loaded = LoadedCatalog { catalog: Arc::new(asana()), ..LoadedCatalog::default() };
    let mut dialogue = Dialogue::new(loaded, Start::default());
    let said = |reply| match reply {
        Reply::Message(text) => text,
        reply => panic!("{reply:?}"),
    };
    let help = said(dialogue.hear("help"));
    assert!(help.contains("copy, copy command: ") && !help.contains("guide"), "{help}");
    for line in ["url", "guide"] {
        assert_eq!(said(dialogue.hear(line)), "This catalog has no guide.", "{line}");
    }
}

/// An API description of these operations: an id, a method, and alternatives with their scopes.
fn api(operations: &[(&str, &str, &[&[&str]])]) -> String {
    let paths = operations.iter().enumerate().map(|(nth, (id, method, alternatives))| {
        let ways: Vec<_> = alternatives.iter().map(|way| format!(r#"{{"o": {way:?}}}"#)).collect();
        let id = if id.is_empty() { String::new() } else { format!(r#""operationId": "{id}","#) };
        format!(r#""/{nth}": {{"{method}": {{{id} "security": [{}]}}}}"#, ways.join(", "))
    });
    let scopes: std::collections::BTreeSet<_> =
        operations.iter().flat_map(|(_, _, ways)| ways.iter().copied().flatten()).collect();
    let scopes: Vec<_> = scopes.iter().map(|scope| format!(r#""{scope}": """#)).collect();
    format!(
        r#"{{"openapi": "3.0.0", "info": {{"title": "X", "version": "1"}}, "paths": {{{}}},
            "components": {{"securitySchemes": {{"o": {{"type": "oauth2", "flows":
            {{"implicit": {{"authorizationUrl": "https://x.example", "scopes": {{{}}}}}}}}}}}}}}}"#,
        paths.collect::<Vec<_>>().join(", "),
        scopes.join(", ")
    )
}

#[test]
fn an_action_that_accepts_what_is_not_known_adds_nothing_and_is_not_called_covered() {
    let ways: Vec<[String; 2]> =
        (0..12).map(|nth| [format!("s{nth}"), format!("t{nth}")]).collect();
    let ways: Vec<Vec<&str>> = ways.iter().map(|way| way.iter().map(|s| &**s).collect()).collect();
    let ways: Vec<&[&str]> = ways.iter().map(Vec::as_slice).collect();
    let catalog = Catalog::parse(&api(&[("g", "get", &ways)])).expect("it keeps the rules");
    let all: Selection = catalog.indices().collect();
    let least = Least::of(&catalog, &all);
    assert!(least.scopes.is_empty(), "{:?}", catalog.names(&least.scopes));
    assert_eq!(least.unknown, all);
    let confirmed = CopyOutcome::Confirmed(CopyRoute::X11);
    let mut stage = Stage::on(catalog, (120, 40), Start::default(), confirmed);
    stage.shows("accepts unknown scopes").shows("selecting adds no scope");

    // 216 and 256 clauses are few enough.
    let three = [
        &["a", "b", "c", "d", "e", "f"][..],
        &["g", "h", "i", "j", "k", "l"],
        &["m", "n", "o", "p", "q", "r"],
    ];
    for (ways, fewest) in [(&three[..], 6), (&ways[..8], 2)] {
        let catalog = Catalog::parse(&api(&[("g", "get", ways)])).expect("it keeps the rules");
        let least = Least::of(&catalog, &catalog.indices().collect());
        assert_eq!((least.scopes.len(), least.unknown.is_empty()), (fewest, true));
    }
}

#[test]
fn merged_descriptions_have_each_call_once_and_no_two_of_one_action() {
    let read = |text: &str| Catalog::parse(text).expect("it keeps the rules");
    let one = read(&api(&[("a", "get", &[&["r"]]), ("", "post", &[&["w"]])]));
    let text = merge(&[one.clone(), one.clone()]).expect("they say the same");
    let calls = |catalog: &Catalog| catalog.power(&ScopeSet::new()).map(|power| power.of);
    assert_eq!(calls(&read(&text)), calls(&one));
    let other = read(&api(&[("a", "delete", &[&["r"]]), ("", "post", &[&["w"]])]));
    let error = merge(&[one, other]).expect_err("one would be lost");
    assert_eq!(error.clash, Clash::Action("a".into()));
}

/// However it orders its scopes and what a call needs besides.
#[test]
fn a_call_that_two_apis_have_counts_for_both() {
    let api = |title: &str, declared: &str, paths: &str| {
        let text = format!(
            "openapi: 3.0.0\ninfo: {{title: {title}, version: '1'}}\n\
             components: {{securitySchemes: {{k: {{type: apiKey}}, o: {{type: oauth2, flows: {{implicit: \
             {{scopes: {{{declared}}}}}}}}}}}}}\npaths: {{{paths}}}"
        );
        Catalog::read(text.into(), "").expect("a description")
    };
    let pay = "/p: {post: {operationId: pay, security: [{o: [s1]}, {o: [s3]}]}}";
    let put = |id: &str, security: &str| {
        format!("/x: {{put: {{operationId: {id}, security: [{security}]}}}}")
    };
    let sales = put("setX", "{o: [s1]}, {o: [s2]}");
    let sales = api("Sales", "s1: A, s2: B, s3: C", &format!("{pay}, {sales}"));
    for (declared, security) in [
        ("s2: B, s1: A", "{o: [s1]}, {o: [s2]}"),
        ("s1: A, s2: B", "{o: [s1], k: []}, {o: [s2]}"),
        ("s1: A, s2: B", "{o: [s2]}"),
    ] {
        let stock = api("Stock", declared, &put("setStockX", security));
        let text = merge(&[sales.clone(), stock]).expect("two APIs");
        let merged = Catalog::parse(&text).expect("it keeps the rules");
        assert_eq!(merged.power(&ScopeSet::new()).map(|power| power.of), Some(3), "{text}");
        let pay = [merged.find("pay").expect("listed")].into_iter().collect();
        assert_eq!(merged.names(&Least::of(&merged, &pay).scopes), ["s3"], "{text}");
        assert_eq!(merge(&[merged]).expect("one"), text);
    }
}

#[test]
fn every_fault_of_a_reference_is_listed_where_it_stands() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("own.json").display().to_string();
    let text = r#"{"connector": {"name": "X"}, "scopes": ["s"],
 "actions": [{"id": "x_a", "label": "A", "scopes": ["s"]}],
 "reference": {"source": "X", "descriptions": {
   "t": "T"},
  "calls": [{"action": "x_a", "method": "get", "path": "/a", "accepts": [["s"]]},
   {"action": "nope", "method": "GET", "path": "/b", "accepts": []},
   {"method": "G T", "path": "/c", "accepts": [["s"]]},
   {"method": "GET", "path": "/d", "accepts": [["u"]]}],
  "requires": [{"action": "x_a", "clauses": []}],
  "satisfied_by": [{"scope": "s", "scopes": ["v"]}]}}"#;
    std::fs::write(&file, text).expect("it is writable");
    let checked = run(["catalog", "check", &file]).stdout;
    let errors = checked.lines().filter_map(|line| {
        let (place, said) = line.split_once("json:")?.1.split_once(": error: ")?;
        Some(format!("{place} {}", said.split([' ', ':']).next()?))
    });
    let expected = [
        "4:9 reference.descriptions",
        "6:4 reference.calls[1]",
        "7:4 reference.calls[2].method",
        "8:4 reference.calls[3]",
        "9:16 reference.requires[0]",
        "10:20 reference.satisfied_by[0]",
    ];
    assert_eq!(errors.collect::<Vec<_>>(), expected, "{checked}");
}

#[test]
fn what_cannot_be_read_in_a_reference_is_named_by_its_path() {
    for (reference, path) in [
        ("5", "reference"),
        (r#"{"source": 5}"#, "reference.source"),
        (r#"{"source": "S", "calls": 5}"#, "reference.calls"),
        (r#"{"source": "S", "calls": [{"method": "GET"}]}"#, "reference.calls[0]"),
        (
            r#"{"source": "S", "calls": [{"method": "GET", "path": "/a", "accepts": ["s"]}]}"#,
            "reference.calls[0].accepts[0]",
        ),
        (
            r#"{"source": "S", "requires": [{"action": "x_a", "clauses": "s"}]}"#,
            "reference.requires[0].clauses",
        ),
    ] {
        let text = format!(
            r#"{{"connector": {{"name": "X"}}, "scopes": ["s"], "reference": {reference},
                "actions": [{{"id": "x_a", "label": "A", "scopes": ["s"]}}]}}"#
        );
        let error = Catalog::parse(&text).expect_err(path).fault.to_string();
        assert!(error.contains(&format!("{path}: ")), "{error}");
    }
}

#[test]
fn paths_that_differ_in_the_name_of_a_parameter_alone_are_noted() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("api.json").display().to_string();
    let call = |id: &str| serde_json::json!({"get": {"operationId": id, "security": []}});
    let text = serde_json::json!({"openapi": "3.0.0", "info": {"title": "X", "version": "1"},
        "paths": {"/u/{id}": call("a"), "/u/{uid}": call("b"), "/v/{id}": call("c")}});
    std::fs::write(&file, text.to_string()).expect("it is writable");
    let checked = run(["catalog", "check", &file]).stdout;
    assert_eq!(checked.matches("differ only in the name of a parameter").count(), 1, "{checked}");
    assert!(checked.contains("`a` and `b` differ"), "{checked}");
}

#[test]
fn an_unknown_key_of_a_connectors_action_is_noted_where_it_speaks_of_scopes() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("x.connector.s1.yaml").display().to_string();
    let text = "StackOne: 1.0.0\ninfo: {key: x}\nactions:\n  - actionId: a\n    label: A\n    \
                requiredScopes: r\n    additionalScopes: s\n    steps: []\n";
    std::fs::write(&file, text).expect("it is writable");
    let checked = run(["catalog", "check", &file]).stdout;
    assert!(checked.contains("/actions/0: The key `additionalScopes` is not known"), "{checked}");
    assert_eq!(checked.matches("is not known here").count(), 1, "{checked}");
}

#[test]
fn calls_of_two_apis_count_apart_even_where_they_look_the_same() {
    let read_method = |name: &str, method: &str, path: &str| {
        let text = serde_json::json!({
            "kind": "discovery#restDescription", "title": name, "name": name, "version": "v1",
            "methods": {"m": {"id": format!("{name}.{method}"), "httpMethod": method, "path": path,
                "scopes": ["cloud"]}},
            "auth": {"oauth2": {"scopes": {"cloud": {"description": "All"}}}},
        });
        Catalog::parse(&text.to_string()).expect("it keeps the rules")
    };
    let read = |name: &str| read_method(name, "GET", "v1/jobs");
    let (one, other) = (read("one"), read("other"));
    let of = |catalogs: &[Catalog]| {
        let merged = Catalog::parse(&merge(catalogs).expect("they do not clash")).expect("sound");
        (merged.len(), merged.power(&ScopeSet::new()).map(|power| power.of))
    };
    assert_eq!(of(&[one.clone(), other.clone()]), (2, Some(2)));
    assert_eq!(of(&[one.clone(), one]), (1, Some(1)));
    // In any order of an API's own files among those of another.
    let started = read_method("one", "POST", "v1/jobs");
    let other = read_method("other", "POST", "v1/jobs");
    let two = read("one");
    assert_eq!(of(&[two.clone(), other.clone(), started.clone()]), (3, Some(3)));
    assert_eq!(of(&[started, other, two]), (3, Some(3)));
}

#[test]
fn two_ways_of_asking_for_scopes_do_not_merge() {
    let read = |path: &str, scheme: &str| {
        let text = serde_json::json!({"permissions": {"A": {
            "schemes": {"DelegatedWork": {}, "Application": {}},
            "pathSets": [{"schemeKeys": [scheme], "methods": ["GET"], "paths": {path: ""}}],
        }}});
        let file = tempfile::NamedTempFile::with_suffix(".json").expect("a file");
        std::fs::write(file.path(), text.to_string()).expect("it is writable");
        let file = file.path().to_str().expect("UTF-8");
        let imported = run(["catalog", "import", "--scheme", scheme, file]);
        Catalog::parse(&imported.stdout).expect("it keeps the rules")
    };
    // StackOne's connectors have methods too, and are not asked with a scheme.
    let of = |name: &str| {
        format!("{}/suite/stackone/{name}", concat!(env!("CARGO_MANIFEST_DIR"), "/tests"))
    };
    let mixed =
        run(["catalog", "import", &of("slack.connector.s1.yaml"), &of("stackone-actions.json")]);
    assert!(!mixed.stderr.contains("--scheme"), "{}", mixed.stderr);
    let delegated = read("/a", "DelegatedWork");
    assert!(merge(&[delegated.clone(), read("/b", "DelegatedWork")]).is_ok());
    let error = merge(&[delegated, read("/b", "Application")]).expect_err("other scopes");
    assert_eq!((error.catalog, error.other, error.clash), (1, 0, Clash::Method));
}

#[test]
fn descriptions_do_not_merge_where_one_alone_asks_for_an_api_key() {
    let read = |other: &str| {
        let text = serde_json::json!({
            "openapi": "3.0.0",
            "paths": {"/a": {"get": {"operationId": "a", "security": [{"o": ["r"], other: []}]}}},
            "components": {"securitySchemes": {
                "o": {"type": "oauth2", "flows": {}}, "k": {"type": "apiKey", "in": "header"},
                "p": {"type": "openIdConnect"},
            }},
        });
        Catalog::parse(&text.to_string()).expect("it keeps the rules")
    };
    let (alone, with_key) = (read("p"), read("k"));
    for both in [[alone.clone(), with_key.clone()], [with_key, alone]] {
        let error = merge(&both).expect_err("scopes alone are enough in one");
        assert_eq!(error.clash, Clash::Action("a".into()));
    }
}

/// A catalog answers by what it was read with, so what was read in another way is not compared with it,
/// and no part of it.
#[test]
fn what_was_read_in_different_ways_is_not_one_catalog() {
    let directory = tempfile::tempdir().expect("a directory");
    let at = |name: &str| directory.path().join(name).display().to_string();
    let write = |name: &str, text: &str| std::fs::write(at(name), text).expect("it is writable");
    let api = |name: &str, scopes: &str| {
        format!(
            r#"{{"openapi": "3.0.0", "info": {{"title": "{name}"}},
                "paths": {{"/{name}": {{"get": {{"operationId": "{name}", "security": [{{"o": [{scopes}]}}]}}}}}},
                "components": {{"securitySchemes": {{"o": {{"type": "oauth2"}}}}}}}}"#
        )
    };
    write("h.json", &api("h", r#""r", "w""#));
    write("i.json", &api("i", r#""s", "t""#));
    write("one.json", &api("one", r#""u""#));
    let graph = r#"{"permissions": {"Mail.Read": {"schemes": {"DelegatedWork": {}, "Application": {}},
        "pathSets": [{"schemeKeys": ["Application"], "methods": ["GET"], "paths": {"/me": ""}}]}}}"#;
    write("graph.json", graph);
    let import = |file: &str, arguments: &[&str]| {
        let imported = run([&["catalog", "import"], arguments].concat());
        write(file, &imported.stdout);
        imported
    };
    let (h, i, one, graph) = (at("h.json"), at("i.json"), at("one.json"), at("graph.json"));
    let (any, all, both) = (at("any.json"), at("all.json"), at("both.json"));
    import("any.json", &["--listed-scopes", "any", &i]);
    import("all.json", &["--listed-scopes", "all", &h]);
    for files in [[&all, &any], [&any, &h], [&h, &any]] {
        let refused = import("both.json", &[files[0], files[1]]);
        let told = format!("{} and {}: Of a list of scopes, one needs all", files[1], files[0]);
        assert!(refused.code == 2 && refused.stderr.contains(&told), "{refused:?}");
    }
    assert_eq!(import("both.json", &[&any, &one]).code, 0, "it has no list");
    let covered = run(["check", "--catalog", &both, "--granted", "s", "i"]);
    assert_eq!(covered.code, 0, "{covered:?}");

    import("both.json", &[&graph, &one]);
    let asked = ["check", "--catalog", &both, "--scheme", "Application", "--granted", "", "one"];
    let refused = run(asked);
    assert!(refused.stderr.contains("The catalog was made for no single scheme; "), "{refused:?}");

    let same = run(["catalog", "diff", "--catalog", &any, &i]);
    assert_eq!((same.code, &*same.stdout), (0, ""), "{same:?}");
    import("app.json", &["--scheme", "Application", &graph]);
    let same = run(["catalog", "diff", "--catalog", &at("app.json"), &graph]);
    assert_eq!((same.code, &*same.stdout), (0, ""), "{same:?}");
    import("both.json", &[&graph, &one]);
    let more = run(["catalog", "diff", "--catalog", &at("app.json"), &both]);
    assert!(more.code == 1 && more.stdout.contains("+ one: "), "{more:?}");
}

#[test]
fn a_call_counts_once_whichever_catalog_names_its_action() {
    let directory = tempfile::tempdir().expect("a directory");
    let at = |name: &str| directory.path().join(name).display().to_string();
    let of = |id: &str, scope: &str, [get, post]: [&str; 2]| {
        format!(
            r#"{{"connector": {{"name": "F"}}, "scopes": ["r", "w"],
                "actions": [{{"id": "{id}", "label": "A", "scopes": ["{scope}"]}}],
                "reference": {{"source": "s", "calls": [
                    {{{get} "method": "GET", "path": "/x", "accepts": [["r"]]}},
                    {{{post} "method": "POST", "path": "/x", "accepts": [["w"]]}}]}}}}"#
        )
    };
    let write = |name: &str, text: &str| std::fs::write(at(name), text).expect("it is writable");
    write("a.json", &of("a", "r", [r#""action": "a","#, ""]));
    write("b.json", &of("b", "w", ["", r#""action": "b","#]));
    write("both.json", &run(["catalog", "import", &at("a.json"), &at("b.json")]).stdout);
    let checked = run(["check", "--catalog", &at("both.json"), "--granted", "r w", "--all"]);
    let power = "The granted scopes: 2 of 2 calls, 1 changes data";
    assert!(checked.code == 0 && checked.stdout.contains(power), "{checked:?}");
}

#[test]
fn descriptions_that_share_a_scope_by_name_say_so_when_they_are_one_catalog() {
    let directory = tempfile::tempdir().expect("a directory");
    let at = |name: &str| directory.path().join(name).display().to_string();
    let of = |title: &str, own: &str| {
        format!(
            r#"{{"openapi": "3.0.0", "info": {{"title": "{title}"}},
                "components": {{"securitySchemes": {{"o": {{"type": "openIdConnect"}}}}}},
                "paths": {{"/{title}": {{"get": {{"security": [{{"o": ["admin"]}}]}},
                    "put": {{"security": [{{"o": ["{own}"]}}]}}}}}}}}"#
        )
    };
    let write = |name: &str, text: &str| std::fs::write(at(name), text).expect("it is writable");
    write("a.json", &of("a", "x"));
    write("b.json", &of("b", "y"));
    write("both.json", &run(["catalog", "import", &at("a.json"), &at("b.json")]).stdout);
    write("again.json", &run(["catalog", "import", &at("both.json")]).stdout);
    for file in ["both.json", "again.json"] {
        let check = ["check", "--catalog", &at(file), "--granted", "admin x y"];
        for (actions, is_told) in [("GET /a", true), ("PUT /a", false), ("GET /*", true)] {
            let checked = run([&check[..], &[actions]].concat());
            assert_eq!(checked.code, 0, "{checked:?}");
            let told = "note: Several connectors have scopes called admin.";
            assert_eq!(checked.stderr.contains(told), is_told, "{actions}: {checked:?}");
        }
    }
    write("own.json", &run(["catalog", "import", &at("a.json"), &at("a.json")]).stdout);
    let own = run(["check", "--catalog", &at("own.json"), "--granted", "admin", "GET /a"]);
    assert!(!own.stderr.contains("Several connectors"), "{own:?}");
}

#[test]
fn scopes_that_two_connectors_share_by_name_are_told_where_they_count() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("answer.json").display().to_string();
    let connector = |key: &str, account: &str| {
        format!(
            r#"{{"key": "{key}", "name": "{key}", "account_id": "{account}",
                "actions": [{{"id": "{key}_a", "label": "A", "required_scopes": ["read"]}}]}}"#
        )
    };
    let write = |connectors: &[String]| {
        let text = format!(r#"{{"next": null, "data": [{}]}}"#, connectors.join(","));
        std::fs::write(&file, text).expect("it is writable");
    };
    write(&[connector("x", "1"), connector("y", "1")]);
    let told = "note: Several connectors have scopes called read.";
    for arguments in [&["check", "--granted", "read", "--all"][..], &["scopes", "x_a", "y_a"]] {
        let run = run([arguments, &["--catalog", &file]].concat());
        assert!(run.code == 0 && run.stderr.contains(told), "{run:?}");
    }
    let one = run(["scopes", "x_a", "--catalog", &file]);
    assert!(!one.stderr.contains("Several connectors"), "{one:?}");
    let foreign = connector("y", "1").replace("y_a", "x_a");
    write(&[connector("x", "1"), foreign]);
    let foreign = run(["catalog", "check", &file]).stdout;
    assert!(foreign.contains("says `x_a` a second time"), "{foreign}");
    write(&[connector("x", "1"), connector("x", "2")]);
    let twice = run(["catalog", "check", &file]);
    assert!(twice.stdout.contains("1 action, 1 scope; no error, 0 notes"), "{twice:?}");
}

#[test]
fn what_a_way_of_authorization_requires_is_required_of_every_action() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("answer.json").display().to_string();
    let text = r#"{"next": null, "data": [{"key": "x", "name": "X",
        "authentication": [{"label": "OAuth", "required_scopes": ["users:read"]}],
        "scope_definitions": [{"name": "users:write", "includes": ["users:edit"]},
            {"name": "users:edit", "includes": ["users:read"]}],
        "actions": [
            {"id": "x_a", "label": "A", "required_scopes": ["channels:read"]},
            {"id": "x_b", "label": "B", "required_scopes": ["channels:read", "users:read"]},
            {"id": "x_c", "label": "C", "required_scopes": ["users:write"]}]}]}"#;
    std::fs::write(&file, text).expect("it is writable");
    let granted = "channels:read users:read users:write";
    let checked = run(["check", "--granted", granted, "--all", "--catalog", &file]).stdout;
    assert!(checked.contains("x_a  uncertain  not known"), "{checked}");
    assert!(checked.contains("x_b  covered"), "{checked}");
    assert!(checked.contains("x_c  covered"), "what it requires includes the other: {checked}");
}

#[test]
fn scopes_for_a_scheme_that_is_not_oauth_are_told() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("do.json").display().to_string();
    let text = r#"{"openapi": "3.0.0", "paths": {"/d": {"get": {"security": [{"b": ["d:read"]}]}}},
        "components": {"securitySchemes": {"b": {"type": "http", "scheme": "bearer"}}}}"#;
    std::fs::write(&file, text).expect("it is writable");
    let told = "1 operation lists scopes for a scheme that is not OAuth, which are ignored; ";
    let checked = run(["catalog", "check", &file]).stdout;
    assert!(checked.contains(told), "{checked}");
}
