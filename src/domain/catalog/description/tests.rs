use std::collections::BTreeSet;

use super::api::Call;
use super::graph::MOST_METHODS;
use super::*;
use crate::domain::{CatalogFault, CatalogNote, ListedScopes};

const JSON: Format = Format::OpenApi(Language::Json);
const YAML: Format = Format::OpenApi(Language::Yaml);

const ASANA: &str = include_str!("../../../../tests/suite/apis/asana.openapi3.trimmed.yaml");
const DRIVE: &str =
    include_str!("../../../../tests/suite/apis/google-drive.v3.discovery.trimmed.json");
const PIPEDRIVE: &str =
    include_str!("../../../../tests/suite/apis/pipedrive-openapi.v1.trimmed.yaml");
const SLACK: &str =
    include_str!("../../../../tests/suite/apis/slack-web-api.swagger2.trimmed.json");

fn read_with(format: Format, text: &str, listed: Option<ListedScopes>) -> Description {
    let options = DescriptionOptions { listed_scopes: listed, ..DescriptionOptions::default() };
    read(format, text, &options).unwrap_or_else(|problems| panic!("{problems:?} in {text}"))
}

/// What each operation accepts, a line each: alternatives with `|`, the scopes of one with `+`.
fn accepted(description: &Description) -> Vec<String> {
    let names = |alternative: &BTreeSet<usize>| {
        let names = alternative.iter().map(|&place| description.scopes.name(place));
        names.collect::<Vec<_>>().join(" + ")
    };
    let line = |call: &Call| {
        let accepts = match &call.access {
            None => "unknown".to_owned(),
            Some(ways) if ways.is_empty() => "not by OAuth".to_owned(),
            Some(ways) if ways.first().is_some_and(BTreeSet::is_empty) => "nothing".to_owned(),
            Some(ways) => ways.iter().map(names).collect::<Vec<_>>().join(" | "),
        };
        format!("{}: {accepts}", call.id)
    };
    description.calls.iter().map(line).collect()
}

fn faults(format: Format, text: &str) -> Vec<(Option<(usize, usize)>, CatalogFault)> {
    let read = read(format, text, &DescriptionOptions::default());
    let problems = read.err().unwrap_or_else(|| panic!("no problem in {text}"));
    let place = |error: &CatalogError| error.place.map(|place| (place.line, place.column));
    problems.into_iter().map(|error| (place(&error), error.fault)).collect()
}

#[test]
fn asana_has_tokens_that_are_not_oauth_beside_one_scope_each() {
    let asana = read_with(YAML, ASANA, None);
    assert_eq!((&*asana.name, &*asana.format), ("Asana", "OpenAPI 3.0.0"));
    assert_eq!(
        accepted(&asana),
        [
            "getTasks: tasks:read",
            "createTask: tasks:write",
            "getTask: tasks:read",
            "deleteTask: tasks:delete",
            "createBatchRequest: nothing",
            "getUser: users:read",
            "createGoal: nothing",
        ]
    );
    assert_eq!(asana.calls[0].label, "Get multiple tasks");
    assert_eq!(asana.notes, [CatalogNote::OauthWithoutScope { operations: 2 }]);
}

#[test]
fn pipedrive_lists_scopes_of_which_any_one_does() {
    let listed = |listed| accepted(&read_with(YAML, PIPEDRIVE, listed));
    let expected = |joint: &str| {
        [
            "Oauth_refreshToken: not by OAuth".to_owned(),
            "Activities_deleteBulk: activities:full".to_owned(),
            format!("Activities_listUserActivities: activities:read {joint} activities:full"),
            "Activities_addNewActivity: activities:full".to_owned(),
            "Deals_createDeal: deals:full".to_owned(),
            "Deals_deleteBulk: deals:full".to_owned(),
            format!("Deals_getAllDeals: deals:read {joint} deals:full"),
            "Deals_listDealUpdates: recents:read".to_owned(),
            format!("Deals_listParticipantsChangelog: deals:read {joint} deals:full"),
            "getCurrentUser: base".to_owned(),
        ]
    };
    assert_eq!(listed(None), expected("+"));
    assert_eq!(listed(Some(ListedScopes::All)), expected("+"));
    assert_eq!(listed(Some(ListedScopes::Any)), expected("|"));
    let notes = |listed| read_with(YAML, PIPEDRIVE, listed).notes;
    assert_eq!(notes(None), [CatalogNote::ListedScopes { operations: 3 }]);
    assert_eq!(notes(Some(ListedScopes::All)), [], "it was said");
}

#[test]
fn slack_is_swagger_with_lists_of_which_any_one_does() {
    let slack = read_with(JSON, SLACK, Some(ListedScopes::Any));
    assert_eq!((&*slack.name, &*slack.format), ("Slack Web API", "Swagger 2.0"));
    assert_eq!(
        accepted(&slack),
        [
            "api_test: none",
            "auth_test: none",
            "conversations_list: channels:read | groups:read | im:read | mpim:read",
            "conversations_create: channels:write | groups:write | im:write | mpim:write",
            "conversations_history: channels:history | groups:history | im:history | mpim:history",
            "conversations_invite: channels:write | groups:write | im:write | mpim:write",
            "conversations_join: channels:write",
            "chat_postMessage: chat:write:bot | chat:write:user",
            "files_upload: files:write:user",
            "users_list: users:read",
            "admin_apps_approve: admin.apps:write",
            "emoji_list: emoji:read",
            "oauth_access: none",
        ]
    );
    let all = read_with(JSON, SLACK, None);
    assert_eq!(all.notes, [CatalogNote::ListedScopes { operations: 5 }]);
    assert_eq!(slack.calls[0].label, "api_test", "it has no summary");
}

#[test]
fn of_the_scopes_of_a_discovery_document_any_one_does() {
    let drive = read_with(Format::Discovery, DRIVE, None);
    assert_eq!((&*drive.name, &*drive.version), ("Google Drive API", "v3"));
    let accepted: Vec<_> = accepted(&drive)
        .iter()
        .map(|line| line.replace("https://www.googleapis.com/auth/drive", "d"))
        .collect();
    let reading = "d | d.appdata | d.file | d.metadata | d.metadata.readonly | d.photos.readonly | d.readonly";
    let with_meet = reading.replace("d.file", "d.file | d.meet.readonly");
    assert_eq!(
        accepted,
        [
            format!("drive.about.get: {reading}"),
            "drive.apps.list: d.apps.readonly".to_owned(),
            format!("drive.changes.list: {with_meet}"),
            "drive.comments.list: d | d.file | d.meet.readonly | d.readonly".to_owned(),
            "drive.drives.list: d | d.readonly".to_owned(),
            "drive.files.create: d | d.appdata | d.file".to_owned(),
            "drive.files.delete: d | d.appdata | d.file".to_owned(),
            format!("drive.files.get: {with_meet}"),
            format!("drive.files.list: {with_meet}"),
            "drive.permissions.create: d | d.file".to_owned(),
        ]
    );
}

const GRAPH: &str = r#"{"permissions": {
    "Mail.Read": {
        "schemes": {"DelegatedWork": {"adminDisplayName": "Read mail"}, "Application": {}},
        "pathSets": [
            {"schemeKeys": ["DelegatedWork"], "methods": ["GET"],
             "paths": {"/me/messages": "least=DelegatedWork", "/me/Drafts": ""}},
            {"schemeKeys": ["Application"], "methods": ["GET", "HEAD"],
             "paths": {"/users/{id}/messages": "least=Application"}}]},
    "Mail.ReadWrite": {
        "schemes": {"DelegatedWork": {}},
        "pathSets": [
            {"schemeKeys": ["DelegatedWork"], "methods": ["GET", "PATCH"],
             "paths": {"/me/messages": "least=;AlsoRequires=User.Read", "/me/drafts": ""}}]},
    "User.Read": {"schemes": {"DelegatedWork": {}}, "pathSets": []}}}"#;

#[test]
fn graphs_permissions_are_turned_into_calls_of_one_scheme() {
    let graph = read_with(Format::Graph, GRAPH, None);
    assert_eq!(
        accepted(&graph),
        [
            "GET /me/Drafts: Mail.Read | Mail.ReadWrite",
            "PATCH /me/Drafts: Mail.ReadWrite",
            "GET /me/messages: Mail.Read | Mail.ReadWrite + User.Read",
            "PATCH /me/messages: Mail.ReadWrite + User.Read",
            "GET /users/{id}/messages: not by OAuth",
            "HEAD /users/{id}/messages: not by OAuth",
        ]
    );
    let options =
        DescriptionOptions { scheme: Some("Application".into()), ..DescriptionOptions::default() };
    let graph = read(Format::Graph, GRAPH, &options).expect("it is there");
    let own = accepted(&graph);
    assert!(own.contains(&"GET /users/{id}/messages: Mail.Read".to_owned()), "{own:?}");
    assert!(own.contains(&"GET /me/messages: not by OAuth".to_owned()), "{own:?}");
}

/// As the public file has it: a list that may mean any one, consent by the owner of a team, and names
/// for people only.
#[test]
fn what_graph_also_requires_may_be_any_one_or_all() {
    let text = r#"{"$schema": "x", "permissions": {
        "Card.Read.All": {
            "authorizationType": "oAuth2",
            "schemes": {"DelegatedWork": {"userDisplayName": "Read cards", "privilegeLevel": 3}},
            "pathSets": [
                {"schemeKeys": ["DelegatedWork"], "methods": ["GET"],
                 "paths": {"/cards?$filter=id eq '{id}'":
                    "least=DelegatedWork;AlsoRequires=Agent.Read.All,Agent.ReadWrite.All"}},
                {"schemeKeys": ["DelegatedWork"], "methods": ["GET"], "alsoRequires": "Agent.Read.All",
                 "paths": {"/set": ""}}],
            "ownerInfo": {"ownerSecurityGroup": "x"}},
        "Agent.Read.All": {"authorizationType": "oAuth2", "schemes": {"DelegatedWork": {}}, "pathSets": []},
        "Agent.ReadWrite.All":
            {"authorizationType": "oAuth2", "schemes": {"DelegatedWork": {}}, "pathSets": []},
        "Card.Read.Group": {
            "authorizationType": "RSC", "schemes": {"DelegatedWork": {}},
            "pathSets": [{"schemeKeys": ["DelegatedWork"], "methods": ["GET"],
                "paths": {"/set": "", "/team": "least=DelegatedWork"}}]}}}"#;
    let listed = |listed| accepted(&read_with(Format::Graph, text, listed));
    let rest = [
        "GET /set: Card.Read.All + Agent.Read.All".to_owned(),
        "GET /team: not by OAuth".to_owned(),
    ];
    let id = "GET /cards?$filter=id eq '{id}'";
    let all = format!("{id}: Card.Read.All + Agent.Read.All + Agent.ReadWrite.All");
    assert_eq!(listed(None), [&[all][..], &rest].concat());
    let any = format!("{id}: Card.Read.All + Agent.Read.All | Card.Read.All + Agent.ReadWrite.All");
    assert_eq!(listed(Some(ListedScopes::Any)), [&[any][..], &rest].concat());
    let notes = |listed| read_with(Format::Graph, text, listed).notes;
    assert_eq!(notes(None), [CatalogNote::ListedScopes { operations: 1 }]);
    assert_eq!(notes(Some(ListedScopes::All)), []);
    let names: Vec<_> = read_with(Format::Graph, text, None)
        .scopes
        .iter()
        .map(|(name, words)| format!("{name}: {words}"))
        .collect();
    assert_eq!(names, ["Card.Read.All: Read cards", "Agent.Read.All: ", "Agent.ReadWrite.All: "]);
}

/// Passed over, each would ask for less than the call needs, or list a call that there is none of.
#[test]
fn what_is_not_read_in_graphs_permissions_is_an_error() {
    let text = |set: &str| {
        format!(
            r#"{{"permissions": {{"A": {{"schemes": {{"DelegatedWork": {{}}}}, "pathSets": [
                {{"schemeKeys": ["DelegatedWork"], {set}}}]}}}}}}"#
        )
    };
    for (set, path) in [
        (
            r#""methods": ["GET"], "alsoRequires": "(A | B) & C", "paths": {"/x": ""}"#,
            "alsoRequires",
        ),
        (r#""methods": ["GET"], "paths": {"/x": "alsoRequires=A|B"}"#, "paths/~1x"),
        (r#""methods": ["GET"], "paths": {"/x": "alsoRequires=A;alsoRequires=B"}"#, "paths/~1x"),
        (r#""methods": ["<ReadMethods>"], "paths": {"/x": ""}"#, "methods/0"),
        (r#""methods": ["GET,POST"], "paths": {"/x": ""}"#, "methods/0"),
        (r#""methods": null, "paths": {"/x": ""}"#, "methods"),
        (r#""methods": ["GET"], "paths": {"/x": 1}"#, "paths/~1x"),
        (r#""methods": ["GET"], "paths": {"/x": "alsoRequires"}"#, "paths/~1x"),
        (r#""methods": ["GET"], "paths": {"/x": "alsoRequires="}"#, "paths/~1x"),
        (r#""methods": ["GET"], "paths": {"/x": "AlsoRequires=,;least="}"#, "paths/~1x"),
        (r#""methods": ["GET"], "alsoRequires": " ", "paths": {"/x": ""}"#, "alsoRequires"),
        (r#""methods": ["GET"], "paths": {"/x": "least=DelegatedWork;needs=B"}"#, "paths/~1x"),
        (r#""methods": ["GET"], "paths": {"/x": ""}, "AlsoRequires": "B""#, "AlsoRequires"),
        (r#""methods": ["GET"], "paths": {"/x": ""}, "restrictedTo": "B""#, "restrictedTo"),
        (
            r#""methods": ["GET"], "paths": {"/x": ""}, "excludedProperties": ["y"]"#,
            "excludedProperties",
        ),
        (
            r#""methods": ["GET"], "paths": {"/x": ""}, "includedProperties": ["y"]"#,
            "includedProperties",
        ),
    ] {
        let found = faults(Format::Graph, &text(set));
        let [(Some(_), fault)] = &found[..] else { panic!("{set}: {found:?}") };
        let (CatalogFault::Malformed { field, .. } | CatalogFault::UnknownPermission { field, .. }) =
            fault
        else {
            panic!("{set}: {fault:?}");
        };
        assert_eq!(field, &format!("/permissions/A/pathSets/0/{path}"), "{set}");
    }
    let set = r#""methods": ["GET"], "paths": {"/x": ""}"#;
    let misspelt =
        text(set).replace(r#"["DelegatedWork"]"#, r#"["DelegatedWork", "DelegatedWrok"]"#);
    let [(Some(_), fault)] = &faults(Format::Graph, &misspelt)[..] else { panic!("one fault") };
    assert!(fault.to_string().contains("schemeKeys/1"), "{fault}");
    let of_another = misspelt.replace("DelegatedWrok", "Application").replace(
        r#""permissions": {"#,
        r#""permissions": {"C": {"schemes": {"Application": {}}}, "#,
    );
    let [(Some(_), fault)] = &faults(Format::Graph, &of_another)[..] else { panic!("one fault") };
    assert!(fault.to_string().contains("does not declare this scheme"), "{fault}");
}

#[test]
fn a_scheme_that_no_permission_has_is_an_error_that_names_those_there_are() {
    let options =
        DescriptionOptions { scheme: Some("application".into()), ..DescriptionOptions::default() };
    let problems = read(Format::Graph, GRAPH, &options).expect_err("it is written otherwise");
    let known = vec!["Application".to_owned(), "DelegatedWork".to_owned()];
    let fault = CatalogFault::UnknownScheme { scheme: "application".into(), known };
    assert_eq!(problems[0].fault, fault);
    let none = r#"{"permissions": {"A": {"pathSets": []}}}"#;
    let [(_, fault)] = &faults(Format::Graph, none)[..] else { panic!("one fault") };
    assert!(fault.to_string().contains("none has any scheme"), "{fault}");
}

/// An OpenAPI document of these operations, with the schemes `oauth`, `other` (which is OAuth too)
/// and `key`.
fn document(operations: &str) -> String {
    format!(
        r##"{{"openapi": "3.1.0", "paths": {{{operations}}},
          "components": {{"securitySchemes": {{
            "oauth": {{"type": "oauth2", "flows": {{"implicit": {{"scopes": {{"a": "", "b": null}}}}, "x-y": 1}}}},
            "other": {{"$ref": "#/components/securitySchemes/aim"}},
            "aim": {{"type": "openIdConnect"}},
            "key": {{"type": "apiKey"}}}}}}}}"##
    )
}

fn of_security(security: &str) -> String {
    let text = document(&format!(r#""/p": {{"get": {{"security": {security}}}}}"#));
    accepted(&read_with(JSON, &text, None)).join("\n")
}

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

/// A slip in a name would otherwise become a scope that nothing grants.
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

#[test]
fn nothing_is_noted_of_alternatives_beside_one_that_asks_for_nothing() {
    let notes = |security: &str| {
        let text = document(&format!(r#""/p": {{"get": {{"security": [{security}]}}}}"#));
        read_with(JSON, &text, None).notes
    };
    assert_eq!(notes(r#"{"oauth": ["a", "b"], "key": []}, {"oauth": []}, {}"#), []);
    assert_eq!(
        notes(r#"{"oauth": [], "key": []}, {"other": ["a", "b"]}"#),
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
