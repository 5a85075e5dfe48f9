use serde_json::json;

use proptest::prelude::*;

use super::*;
use crate::domain::{Answer, Catalog, CatalogFault, Mode, Selection, Separator};

fn document_of(catalog: &Catalog, selection: &Selection, mode: Mode) -> Option<Document> {
    let answer = Answer::in_mode(catalog, selection, mode);
    Document::of(catalog, selection, &answer)
}

fn document(selection: &Selection) -> Document {
    document_of(&Catalog::pipedrive(), selection, Mode::Guide).expect("Pipedrive has a guide")
}

fn select(wanted: impl Fn(&str) -> bool) -> Selection {
    let catalog = Catalog::pipedrive();
    let ids = catalog.indices().map(|action| (action, catalog.action(action).id()));
    ids.filter(|(_, id)| wanted(id)).map(|(action, _)| action).collect()
}

fn scopes(document: &Document) -> Vec<String> {
    let names = document.blocks.iter().filter_map(|block| match block {
        Block::Scope { name, .. } => Some(name.clone()),
        _ => None,
    });
    names.collect()
}

fn steps(document: &Document) -> Vec<(usize, usize, usize)> {
    let numbers = document.blocks.iter().filter_map(|block| match block {
        Block::Step { number, .. } => Some((number.section, number.step, number.id)),
        _ => None,
    });
    numbers.collect()
}

#[test]
fn the_guide_for_nothing() {
    let document = document(&Selection::new());
    insta::assert_snapshot!("nothing_markdown", document.markdown());
    insta::assert_snapshot!("nothing_text", document.text());
}

#[test]
fn for_nothing_the_least_is_not_in_doubt() {
    let catalog = Catalog::pipedrive();
    let of = |mode| document_of(&catalog, &Selection::new(), mode).expect("Pipedrive has a guide");
    let head = |mode| {
        of(mode).text().lines().take_while(|line| !line.starts_with("1. ")).collect::<String>()
    };
    assert_eq!(head(Mode::Least), head(Mode::Guide));
}

#[test]
fn the_guide_for_one_action() {
    let document = document(&select(|id| id == "pipedrive_add_pipeline"));
    insta::assert_snapshot!("one_markdown", document.markdown());
    insta::assert_snapshot!("one_text", document.text());
}

#[test]
fn the_guide_for_every_list() {
    let document = document(&select(|id| id.starts_with("pipedrive_list_")));
    insta::assert_snapshot!("lists_markdown", document.markdown());
    insta::assert_snapshot!("lists_text", document.text());
}

#[test]
fn the_guide_for_everything() {
    let document = document(&select(|_| true));
    insta::assert_snapshot!("all_markdown", document.markdown());
    insta::assert_snapshot!("all_text", document.text());
}

#[test]
fn actions_that_the_shown_scopes_do_not_authorise_are_warned_of_by_name() {
    let selection = select(|id| {
        ["pipedrive_add_pipeline", "pipedrive_update_deal_field", "pipedrive_get_deal"]
            .contains(&id)
    });
    let warnings = |mode| {
        let document = document_of(&Catalog::pipedrive(), &selection, mode).expect("a guide");
        let sentences = document.blocks.into_iter().filter_map(|block| match block {
            Block::Warning(sentence) => Some(sentence),
            _ => None,
        });
        sentences.collect::<Vec<_>>()
    };
    assert_eq!(
        warnings(Mode::Guide),
        ["1 action is refused and 1 may be with these scopes: Add Pipeline (accepts admin) and \
             Update Deal Field (accepts admin or deal-fields:full); least privilege gives scopes \
             that work.",]
    );
    assert!(warnings(Mode::Least).is_empty());
}

#[test]
fn the_guide_with_least_privilege_shows_a_scope_that_the_form_does_not_list() {
    let selection = select(|id| id == "pipedrive_add_deal_field" || id == "pipedrive_get_deal");
    let document = document_of(&Catalog::pipedrive(), &selection, Mode::Least).expect("a guide");
    assert_eq!(scopes(&document), ["deals:read", "deal-fields:full"]);
    insta::assert_snapshot!("least_text", document.text());
}

#[test]
fn a_step_whose_scopes_nobody_needs_is_left_out_and_the_others_keep_their_ids() {
    let step = |scopes| json!({"title": "T", "scopes": scopes, "lines": []});
    let catalog = json!({
        "connector": {"name": "X"},
        "scopes": ["r", "w"],
        "actions": [{"id": "x_a", "label": "A", "scopes": ["w"]},
                    {"id": "x_b", "label": "B", "scopes": []}],
        "guide": {"sections": [{"title": "S", "steps": [step(vec!["r"]), step(vec!["w"]), step(vec![])]}]}
    });
    let catalog = Catalog::parse(&catalog.to_string()).expect("it keeps the rules");
    let guide_of = |id| {
        let selection = [catalog.find(id).expect("listed")].into_iter().collect();
        document_of(&catalog, &selection, Mode::Guide).expect("a guide")
    };
    assert_eq!(steps(&guide_of("x_a")), [(1, 1, 1), (1, 2, 2)]);
    // Where no scope is needed, the first of them stays for what else it says.
    let none = guide_of("x_b");
    assert_eq!(steps(&none), [(1, 1, 0), (1, 2, 2)]);
    assert!(scopes(&none).is_empty());
    assert!(
        none.text().contains("The selected actions need no scope. If the form cannot be saved")
    );
}

#[test]
fn a_guide_without_scopes_says_what_the_api_refuses() {
    let catalog = json!({
        "connector": {"key": "pipedrive", "name": "Pipedrive"},
        "scopes": ["deals:full"],
        "actions": [{"id": "pipedrive_add_pipeline", "label": "Add Pipeline", "scopes": []}],
        "guide": {"sections": [{"title": "S", "steps": [{"title": "T", "scopes": ["deals:full"], "lines": []}]}]}
    });
    let catalog = Catalog::parse(&catalog.to_string()).and_then(Catalog::with_embedded_reference);
    let catalog = catalog.expect("it keeps the rules");
    let selection = catalog.indices().collect();
    let text = document_of(&catalog, &selection, Mode::Guide).expect("a guide").text();
    assert!(text.contains("Add Pipeline (accepts admin); least privilege gives"), "{text}");
    assert!(text.contains("The guide lists no scope for the selected actions."), "{text}");
}

#[test]
fn nothing_ticked_shows_all_nineteen_scopes_and_says_so() {
    let document = document(&Selection::new());
    assert_eq!(scopes(&document), Catalog::pipedrive().scopes());
    assert!(document.text().contains("No action is selected, so this guide shows all 19 scopes."));
}

#[test]
fn nothing_ticked_counts_the_actions_and_names_none() {
    let catalog = Catalog::parse(
        r#"{"connector": {"name": "X"}, "scopes": ["r", "w"],
            "actions": [{"id": "x_a", "label": "First", "scopes": ["r"]},
                        {"id": "x_b", "label": "Second", "scopes": ["r"]},
                        {"id": "x_c", "label": "Third", "scopes": ["w"]}],
            "guide": {"sections": [{"title": "S", "steps": [
                {"title": "Read", "scopes": ["r"], "lines": []},
                {"title": "Write", "scopes": ["w"], "lines": []}]}]}}"#,
    )
    .expect("it keeps the rules");
    let of = |selection: &Selection| {
        document_of(&catalog, selection, Mode::Guide).expect("a guide").text()
    };
    let nothing = of(&Selection::new());
    let (read, write) = nothing.split_once("Write").expect("two steps");
    assert!(read.contains("Enables 2 actions\n"), "{nothing}");
    assert!(write.contains("Enables 1 action\n"), "{nothing}");
    assert!(!["First", "Second", "Third"].iter().any(|label| nothing.contains(label)), "{nothing}");
    let everything = of(&catalog.indices().collect());
    assert!(everything.contains("Enables actions: First, Second\n"), "{everything}");
}

proptest! {
    #[test]
    fn the_scopes_of_the_guide_are_those_of_the_answer(ticks in 1u128.., least in any::<bool>()) {
        let catalog = Catalog::pipedrive();
        let selection: Selection =
            catalog.indices().filter(|a| ticks >> a.position() & 1 == 1).collect();
        prop_assume!(!selection.is_empty());
        let mode = if least { Mode::Least } else { Mode::Guide };
        let answer = Answer::in_mode(&catalog, &selection, mode);
        let document = document_of(&catalog, &selection, mode).expect("Pipedrive has a guide");
        prop_assert_eq!(scopes(&document).join("\n"), answer.text(&catalog, Separator::Newline));
    }
}

fn error(step: &str) -> CatalogFault {
    Catalog::parse(&format!(
        r#"{{"connector": {{"key": "x", "name": "X", "method": "OAuth 2.0"}},
            "page": {{"address": "https://example.com/x", "parameter": "actions"}},
            "scopes": ["r"], "actions": [],
            "guide": {{"sections": [{{"title": "S", "steps": [{step}]}}]}}}}"#
    ))
    .expect_err("this guide breaks a rule")
    .fault
}

#[test]
fn each_broken_rule_is_told_with_its_place() {
    let step = |lines: &str| format!(r#"{{"title": "T", "lines": [{lines}]}}"#);
    let field = |rest: &str| format!("guide.sections[0].steps[0].{rest}");
    assert_eq!(
        error(r#"{"title": " ", "lines": []}"#),
        CatalogFault::Empty { field: field("title") }
    );
    assert_eq!(error(&step(r#"["a"], [" "]"#)), CatalogFault::Empty { field: field("lines[1]") });
    assert_eq!(
        error(r#"{"title": "T", "lines": [], "scopes": ["r", "w"]}"#),
        CatalogFault::UnlistedScope { field: field("scopes[1]"), scope: "w".into() }
    );
    let value = "javascript:alert(1)".to_owned();
    assert_eq!(
        error(&step(r#"[{"link": "javascript:alert(1)"}]"#)),
        CatalogFault::NoPageAddress { field: field("lines[0]"), value }
    );
    for value in ["https://a/<b>", "https://a/\u{202e}b"] {
        assert_eq!(
            error(&step(&format!(r#"[{{"link": "{value}"}}]"#))),
            CatalogFault::Unsafe { field: field("lines[0]"), value: value.into() }
        );
    }
    assert_eq!(
        error(&step(r#"[{"copy": "a\nrm -r b"}]"#)),
        CatalogFault::Unsafe { field: field("lines[0]"), value: "a\nrm -r b".into() }
    );
}

#[test]
fn text_of_a_strange_catalog_reaches_no_terminal_as_it_is() {
    let catalog = Catalog::parse(
        r#"{"connector": {"key": "x", "name": "X\u001b[31m", "method": "OAuth\n2.0"},
            "page": {"address": "https://example.com/x", "parameter": "actions"},
            "scopes": ["r"],
            "actions": [{"id": "x_a", "label": "A\u009b2J", "scopes": ["r"]}],
            "guide": {"sections": [{"title": "S\r", "steps": [
                {"title": "T\u0007", "lines": [["l\u001b]8;;x\u0007", {"strong": "s\u007f"}]]}]}]}}"#,
    )
    .expect("it keeps the rules");
    let document = document_of(&catalog, &Selection::new(), Mode::Guide).expect("a guide");
    for text in [document.text(), document.markdown()] {
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
        assert!(text.contains("Further scopes"), "no step lists the scope: {text}");
    }
}

#[test]
fn scopes_that_no_step_lists_come_in_a_section_after_the_others() {
    let catalog = Catalog::parse(
        r#"{"connector": {"key": "x", "name": "X", "method": "OAuth 2.0"},
            "scopes": ["r"],
            "actions": [{"id": "x_a", "label": "A", "scopes": ["r"]}],
            "guide": {"sections": [{"title": "S", "steps": [{"title": "T", "lines": []}]}]}}"#,
    )
    .expect("it keeps the rules");
    let document = document_of(&catalog, &Selection::new(), Mode::Guide).expect("a guide");
    let sections = document.blocks.iter().filter_map(|block| match block {
        Block::Section { number, title } => Some((*number, title.as_str())),
        _ => None,
    });
    assert_eq!(sections.collect::<Vec<_>>(), [(1, "S"), (2, "Further scopes")]);
}

#[test]
fn an_address_that_would_break_out_of_a_link_is_no_link() {
    let catalog = Catalog::parse(
        r#"{"connector": {"key": "x", "name": "X", "method": "OAuth 2.0"},
            "page": {"address": "https://example.com/><script>", "parameter": "actions"},
            "scopes": [], "actions": [], "guide": {"sections": []}}"#,
    )
    .expect("it keeps the rules");
    let document = document_of(&catalog, &Selection::new(), Mode::Guide).expect("a guide");
    assert!(document.markdown().contains("On the web: `https://example.com/><script>`"));
}

#[test]
fn the_least_mode_says_what_it_could_not_look_up() {
    let catalog = Catalog::parse(include_str!("../../../assets/catalog.json")).expect("valid");
    let selection: Selection = catalog.indices().take(2).collect();
    let plain = document_of(&catalog, &selection, Mode::Guide).expect("a guide");
    assert!(!plain.text().contains("is not known"), "{}", plain.text());
    let document = document_of(&catalog, &selection, Mode::Least).expect("a guide");
    let caveat = "What the API accepts is not known for 2 actions (pipedrive_list_users, pipedrive_get_user), so \
        the guide's scopes stand in.";
    assert!(document.blocks.contains(&Block::Warning(caveat.into())));
}
