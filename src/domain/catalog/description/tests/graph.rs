//! Microsoft Graph's permissions.

use super::*;

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
        .names
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
