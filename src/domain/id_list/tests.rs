use super::*;
use crate::domain::Position;

fn ids(text: &str) -> Vec<String> {
    let is_known = |id: &str| ["x_a", "x_a  b", "# c"].contains(&id);
    let listed = read_ids(text.as_bytes(), is_known).expect(text);
    listed.into_iter().map(|listed| listed.id).collect()
}

#[test]
fn ids_come_one_a_line_or_from_json() {
    for text in [
        "x_a\nx_b",
        "\u{feff}x_a\r\n\r\n  x_b  \r\n",
        "x_a  List A\r# people\rx_b\tList B\r",
        "x_a\0x_b\0",
        "# Deals\nx_a  # read only\n#\n  # people\nx_b # writes\n",
        "x_a  List A  r\nx_b\tList B\tr\n",
        r#"["x_a", "x_b"]"#,
        r#" [{"id": "x_a", "label": "A"}, "x_b"]"#,
        r#"{"scopes": [1], "actions": [{"label": {}, "id": "x_a"}, {"id": "x_b"}]}"#,
    ] {
        assert_eq!(ids(text), ["x_a", "x_b"], "{text}");
    }
}

#[test]
fn a_label_that_list_has_cut_takes_nothing_back() {
    let catalog = Catalog::parse(
        r#"{"connector": {"name": "A"}, "scopes": [], "actions":
            [{"id": "x_a", "label": "DELETE /not/configurationApplications/{id}", "scopes": []}]}"#,
    );
    let catalog = catalog.expect("valid");
    let excludes = |line: &str| {
        let listed = read_ids(line.as_bytes(), |id| id == "x_a").expect(line);
        listed[0].may_be_excluded(&catalog)
    };
    assert!(!excludes("x_a  DELETE /not/configurationApplications/{i…  A  accepted"));
    assert!(!excludes("x_a  DELETE /not/configurationApplications/{id}  A  accepted"));
    assert!(excludes("x_a  not this one…  A  accepted"));
}

#[test]
fn scopes_whose_names_have_such_words_take_nothing_back() {
    let catalog = Catalog::parse(
        r#"{"connector": {"name": "A"}, "scopes": ["files:removed", "files:hidden"], "actions":
            [{"id": "x_a", "label": "A", "scopes": ["files:removed", "files:hidden"]}]}"#,
    );
    let catalog = catalog.expect("valid");
    for (scopes, excludes) in [
        ("files:removed", false),
        ("files:removed files:hidden", false),
        ("files:hidden, files:removed", false),
        ("(files:removed or …/hidden) and files:hidden", false),
        ("files:removed hidden", true),
    ] {
        let line = format!("x_a\tA\t{scopes}\taccepted");
        let listed = read_ids(line.as_bytes(), |id| id == "x_a").expect(scopes);
        assert_eq!(listed[0].may_be_excluded(&catalog), excludes, "{scopes}");
    }
}

#[test]
fn two_ids_in_a_line_are_not_taken_for_one_of_them() {
    assert_eq!(ids("x_a x_b"), ["x_a x_b"]);
    let is_known = |id: &str| ["x_a", "x_b"].contains(&id);
    for text in ["x_a x_b", "x_a,x_b", "x_a, x_b, x_c"] {
        let listed = read_ids(text.as_bytes(), is_known).expect(text);
        assert_eq!((&*listed[0].id, &*listed[0].next), ("x_a", "x_b"), "{text:?}");
    }
}

#[test]
fn an_id_may_stand_in_quotes() {
    let is_known = |id: &str| ["x_a", "x_b"].contains(&id);
    let listed = read_ids(b"\"x_a\"\n  \"x_b\",\n\"x_c\"", is_known).expect("a list");
    let ids: Vec<_> = listed.iter().map(|listed| &*listed.id).collect();
    assert_eq!(ids, ["x_a", "x_b", "\"x_c\""]);
    assert_eq!(self::ids("`x_a`\n`# c`"), ["x_a", "# c"]);
}

#[test]
fn ids_may_stand_behind_bullets_numbers_and_boxes() {
    for text in [
        "- x_a\n- x_b",
        "# Deals\n\n  - `x_a`\n  - x_b",
        "* x_a  A\n* x_b",
        "•  x_a\n• x_b",
        "9. x_a\n10. x_b",
        "1) x_a\n2) x_b",
        "- [x] x_a\n- [X] x_b",
        "✅ x_a\n✅ x_b",
    ] {
        assert_eq!(ids(text), ["x_a", "x_b"], "{text}");
    }
    // The lines of a diff, and a line that is none of the list.
    for (text, read) in [
        ("- x_a\n+ x_b", ["- x_a", "+ x_b"]),
        ("- x_a\n  x_b", ["- x_a", "x_b"]),
        ("1. x_a\n- x_b", ["1. x_a", "- x_b"]),
        ("actions:\n- x_a", ["actions:", "- x_a"]),
        ("* /x\n* /y", ["* /x", "* /y"]),
        ("* # all\nx_a", ["*", "x_a"]),
    ] {
        assert_eq!(ids(text), read, "{text}");
    }
}

#[test]
fn another_id_beside_one_is_noticed_wherever_it_stands() {
    let catalog = Catalog::pipedrive();
    let has_second = |text: &str| {
        let listed = read_ids(text.as_bytes(), |id| catalog.find(id).is_some()).expect(text);
        listed.iter().any(|listed| listed.second(&catalog).is_some())
    };
    for behind in [
        "\tList Deals\tpipedrive_add_deal",
        "\t\tpipedrive_add_deal",
        "\t\"pipedrive_add_deal\"",
        "  \"pipedrive_add_deal\"",
        "\tpipedrive_add_deal, pipedrive_add_note",
        "\tpipedrive_*_note",
        "\tPIPEDRIVE_ADD_DEAL",
        "\tList Deals\t'pipedrive_add_deal'",
        "\tpipedrive_add_deal and pipedrive_add_note",
        "\t[pipedrive_add_deal|pipedrive_add_note]",
        "\tx\t(pipedrive_add_deal).",
        "\tx\tpipedrive_add_deal, pipedrive_nope",
    ] {
        assert!(has_second(&format!("pipedrive_list_deals{behind}")), "{behind:?}");
        assert!(has_second(&format!("\"pipedrive_list_deals\"{behind}")), "{behind:?}");
    }
    for text in [
        r#"{"actions": ["pipedrive_list_deals"], "write_actions": ["pipedrive_add_deal"]}"#,
        r#"{"actions": ["pipedrive_list_deals"], "pipedrive_add_deal": true}"#,
        r#"[{"id": "pipedrive_list_deals", "children": [{"id": "pipedrive_add_deal"}]}]"#,
        r#"{"actions": ["pipedrive_list_deals"], "by": {"pipedrive_add_deal": 1}}"#,
        "pipedrive_get_deal*\tpipedrive_add_deal",
        r#"{"actions": ["pipedrive_list_*"], "others": ["pipedrive_add_deal"]}"#,
        r#"{"actions": ["pipedrive_list_deals"], "write": "pipedrive_add_deal, pipedrive_*_note"}"#,
    ] {
        assert!(has_second(text), "{text}");
    }
    for text in [
        "pipedrive_list_deals  List Deals  deals:read  accepted",
        "pipedrive_list_deals\tpipedrive_list_deals\tPIPEDRIVE_LIST_DEALS",
        "Deals\tpipedrive_list_deals",
        "pipedrive_list_deals\tpipedrive_api\tpipedrive_list_deals.ts",
        r#"{"actions": ["pipedrive_list_deals"], "by": {"pipedrive_list_deals": 1}}"#,
        r#"{"actions": ["pipedrive_list_deals", "pipedrive_add_deal"],
            "url": "https://example.com/?actions=pipedrive_list_deals,pipedrive_add_deal"}"#,
    ] {
        assert!(!has_second(text), "{text}");
    }
}

#[test]
fn the_first_column_of_a_table_of_markdown_has_ids() {
    let table = "\n\n| Action | Label |\n|---|:-:|\n| `x_a` | A |\n| x_b | not yet |";
    let listed = read_ids(table.as_bytes(), |id| id.starts_with("x_")).expect("a table");
    let found: Vec<_> = listed.iter().map(|one| (&*one.id, &*one.next, &one.place)).collect();
    let line = IdPlace::Line;
    assert_eq!(found, [("x_a", "A", &line(5)), ("x_b", "not yet", &line(6))]);
    assert_eq!(ids(&format!("Actions:{table}"))[0], "Actions:", "other lines stay");
    assert_eq!(ids("| x_a | A |"), ["| x_a | A |"], "no table without a rule");
}

#[test]
fn an_id_that_has_another_in_it_is_one() {
    let catalog = r#"[{"id": "用户", "label": "A", "scopes": []}, {"id": "用户/列表", "label": "B", "scopes": []}]"#;
    let catalog = Catalog::parse(catalog).expect("it keeps the rules");
    for text in
        [r#"["用户/列表"]"#, r#"[{"id": "用户/列表", "operations": [{"path": "/用户/列表"}]}]"#]
    {
        let listed = read_ids(text.as_bytes(), |id| catalog.find(id).is_some()).expect(text);
        assert_eq!(listed[0].second(&catalog), None, "{text}");
    }
}

#[test]
fn later_columns_headings_and_kinds_take_ids_back() {
    let catalog = Catalog::pipedrive();
    let excludes = |text: &str| {
        let listed = read_ids(text.as_bytes(), |id| catalog.find(id).is_some()).expect(text);
        listed.iter().any(|listed| listed.may_be_excluded(&catalog))
    };
    for said in
        "not in MVP, Won't have, # later, later, backlog, phase 2, blocked, on hold, optional, ?, # descoped, # cut, \
         # abandoned, next release, sprint 2"
            .split(", ")
    {
        let text = format!("pipedrive_delete_deal\tDelete Deal\t{said}");
        assert!(excludes(&text), "{said}");
    }
    for heading in
        "Phase 2, Phase 3 (later), Phase two: writes, Later:, Backlog, Optional, Future, Not yet, TODO, Nice to have:, No, off, none, Archived, Wishlist, Blocked by legal, \
         Next release, Soon, Proposed, Disallowed, Without, To be decided by legal, Sprint 2, Milestone 2, Under review, \
         Candidates, Old, Killed, Sunset, Stopped, nicht verwendet, Removed actions".split(", ")
    {
        let text = format!("pipedrive_list_deals\n\n# {heading}\npipedrive_delete_deal");
        assert!(excludes(&text), "{heading}");
    }
    for text in [
        "pipedrive_list_deals\t[x]\npipedrive_delete_deal\t[ ]",
        "pipedrive_list_deals  [x]\npipedrive_delete_deal",
        "- [x] pipedrive_list_deals\n- [ ] pipedrive_delete_deal",
        "- [x] pipedrive_list_deals\n- pipedrive_delete_deal",
        "☐ pipedrive_delete_deal",
        "pipedrive_list_deals # y\npipedrive_delete_deal # n",
        "pipedrive_list_deals # [x]\npipedrive_delete_deal # [ ]",
        "# Do not call:\npipedrive_delete_deal",
        "# Not implemented yet\npipedrive_delete_deal",
        "# == NO ==\npipedrive_delete_deal",
        r#"[{"id": "pipedrive_delete_deal", "type": "removed"}]"#,
        r#"[{"id": "pipedrive_delete_deal", "settings": {"enabled": false}}]"#,
        r#"[{"id": "pipedrive_delete_deal", "flags": ["disabled"]}]"#,
        r#"[{"id": "pipedrive_delete_deal", "meta": {"flags": {"skip": true}}}]"#,
        r#"[{"id": "pipedrive_delete_deal", "state": {"value": "disabled"}}]"#,
        r#"[{"id": "pipedrive_delete_deal", "off": true}]"#,
        r#"[{"id": "pipedrive_delete_deal", "optional": true}]"#,
        r#"[{"id": "pipedrive_delete_deal", "later": "yes"}]"#,
        r#"[{"id": "pipedrive_delete_deal", "milestone": "later"}]"#,
        r#"[{"id": "pipedrive_delete_deal", "priority": "wont"}]"#,
        r#"[{"id": "pipedrive_delete_deal", "phase": "Phase 2"}]"#,
        r#"{"name": "Removed actions", "actions": ["pipedrive_delete_deal"]}"#,
        r#"[{"id": "pipedrive_delete_deal", "selected": "☐"}]"#,
        r#"[{"id": "pipedrive_delete_deal", "tags": ["crm", "deprecated"]}]"#,
    ] {
        assert!(excludes(text), "{text}");
    }
    for text in [
        "pipedrive_list_deals\tList Deals\tlists all deals that are not archived\taccepted with others",
        "pipedrive_delete_deal\tDeals\tDelete Deal\tDELETE\tno pagination\tno scope needed\tnot known",
        "# Requested by Sales\npipedrive_list_deals\n# Lost deals\npipedrive_get_deal",
        "# We need these\npipedrive_list_deals\n# Phase 1\npipedrive_get_deal",
        "# Archived deals\npipedrive_list_deals\n# Delete\npipedrive_delete_deal\n# Old and new API\npipedrive_get_deal",
        "# Proposals\npipedrive_list_deals\n# To be used in the sync\npipedrive_get_deal",
        r#"{"name": "Remove duplicates", "next": "x", "actions": ["pipedrive_delete_deal"]}"#,
        r#"[{"id": "pipedrive_delete_deal", "phase": "Phase 1", "old": "delete"}]"#,
        r#"[{"id": "pipedrive_delete_deal", "deprecated": false, "archived": false, "skip": "no", "pending": 0}]"#,
        "# Stage: production\npipedrive_list_deals\tDeals\tN/A\t[]",
        r#"[{"id": "pipedrive_delete_deal", "type": "write", "action": "Remove a deal"}]"#,
    ] {
        assert!(!excludes(text), "{text}");
    }
}

#[test]
fn every_line_break_ends_a_comment() {
    for text in ["x_a # one\u{2028}x_b", "x_a # one\u{b}x_b", "x_a #\nx_b #", "x_a\u{c}\nx_b"] {
        assert_eq!(ids(text), ["x_a", "x_b"], "{text:?}");
    }
}

/// Both must be looked at, since the line may mean either.
#[test]
fn an_id_that_has_the_marks_of_an_end_is_read_whole_where_that_is_known() {
    for text in ["x_a  b\0", "x_a  b\tLabel"] {
        assert_eq!(ids(text), ["x_a  b"], "{text:?}");
    }
    for text in ["# c\0", "# c\tLabel", "# c", "# c  Label"] {
        assert_eq!(ids(text), ["# c"], "{text:?}");
    }
    let is_known = |id: &str| ["x_a", "x_a  b"].contains(&id);
    for text in ["x_a  b", "x_a  b  Label"] {
        let listed = read_ids(text.as_bytes(), is_known).expect(text);
        assert_eq!((&*listed[0].id, &*listed[0].next), ("x_a", "x_a  b"), "{text:?}");
    }
    let listed = read_ids(b"x_a  b      Label", |id| id == "x_a  b").expect("a list");
    assert_eq!((&*listed[0].id, &*listed[0].next), ("x_a  b", "Label"));
}

#[test]
fn places_are_kept() {
    let place = |text: &str| read_ids(text.as_bytes(), |_| false).map(|ids| ids[0].place.clone());
    assert_eq!(place("\n\u{c}\nx_a"), Ok(IdPlace::Line(3)));
    assert_eq!(place(r#"["x_a"]"#), Ok(IdPlace::Entry(0)));
}

#[test]
fn what_names_nothing_is_refused() {
    for text in ["", " \n\t\n", "[]", r#"{"actions": []}"#] {
        assert_eq!(read_ids(text.as_bytes(), |_| false), Err(InputError::Empty), "{text:?}");
    }
}

#[test]
fn json_of_another_shape_is_refused_with_its_place() {
    for text in ["{", "{}", "[1]", "[{}]", r#"[{"id": 1}]"#, "[]]", &"[".repeat(9999)] {
        assert!(
            matches!(read_ids(text.as_bytes(), |_| false), Err(InputError::Malformed { .. })),
            "{text}"
        );
    }
    assert_eq!(
        read_ids(b"[\n 1]", |_| false),
        Err(InputError::Malformed {
            place: Position { line: 2, column: 2 },
            reason: "invalid type: integer, expected an action id or an object with an `id`".into()
        })
    );
}
