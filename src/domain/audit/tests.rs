use super::*;
use crate::domain::report::write_json;

#[test]
fn the_guide_holds_for_104_actions_of_which_one_needs_no_scope_at_all() {
    let catalog = Catalog::pipedrive();
    let audit = Audit::of(&catalog);
    let expected = VerdictCounts { accepted: 104, uncertain: 4, refused: 13, unknown: 0 };
    assert_eq!(audit.counts, expected);
    assert_eq!(audit.without_scopes, 1);
    let free: Vec<_> = audit.actions.iter().filter(|row| row.needs_nothing).collect();
    assert_eq!((free[0].id, free[0].verdict), ("pipedrive_get_current_user", Verdict::Accepted));
}

#[test]
fn the_audit_of_a_smaller_catalog_as_json() {
    let catalog = Catalog::parse(
        r#"{"connector": {"key": "pipedrive", "name": "Pipedrive", "method": "OAuth 2.0"},
            "page": {"address": "https://example.com/x", "parameter": "actions"},
            "scopes": ["users:read", "deals:full"],
            "actions": [
                {"id": "pipedrive_get_current_user", "label": "Me", "scopes": ["users:read"]},
                {"id": "pipedrive_update_deal_field", "label": "Field", "scopes": ["deals:full"]},
                {"id": "pipedrive_of_tomorrow", "label": "New", "scopes": []}
            ]}"#,
    )
    .and_then(Catalog::with_embedded_reference)
    .expect("it keeps the rules");
    let mut json = Vec::new();
    write_json(&mut json, &Audit::of(&catalog)).expect("memory takes everything");
    insta::assert_snapshot!("json", String::from_utf8(json).expect("JSON is UTF-8"));
}

#[test]
fn it_says_whose_claims_these_are_and_that_they_were_not_tried() {
    let sentences = Audit::of(&Catalog::pipedrive()).sentences().join("\n");
    assert!(sentences.contains("pipedrive 33.7.0"), "{sentences}");
    assert!(sentences.contains("not tried on a live account"), "{sentences}");
}

#[test]
fn without_a_reference_everything_is_unknown_and_nothing_is_claimed() {
    let catalog = Catalog::parse(include_str!("../../../assets/catalog.json")).expect("valid");
    let audit = Audit::of(&catalog);
    assert_eq!(audit.counts, VerdictCounts { unknown: 121, ..VerdictCounts::default() });
    assert_eq!(audit.without_scopes, 0);
    assert_eq!(
        audit.sentences(),
        [
            "With the guide's scopes, of 121 actions: 121 unknown.",
            "What Pipedrive's API accepts is not known."
        ]
    );
}

#[test]
fn a_call_says_what_it_accepts_only_where_another_accepts_less() {
    let catalog = Catalog::parse(r#"[{"id": "x_a", "label": "A", "scopes": ["a"]}]"#)
        .expect("it keeps the rules")
        .with_calls(&["a", "b"], [("x_a", "v1", vec!["a"]), ("x_a", "v2", vec!["a", "b"])]);
    assert_eq!(Audit::of(&catalog).actions[0].calls(), ["v1 GET /a", "v2 GET /a (accepts a, b)"]);
}
