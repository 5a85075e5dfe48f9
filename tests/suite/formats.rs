use boon::{Compiler, Schemas};
use pdscopes::cli::commands::catalog::{check, diff, import};
use pdscopes::domain::{
    ActionIndex, Catalog, CatalogDifference, CatalogFault, Connector, Page, Selection, merge,
    shared_scopes,
};
use pdscopes::error::{Error, Exit, Source};
use serde_json::{Value, json};

const DOCUMENT: &str = include_str!("../../docs/catalog.md");

/// A page with the whole grammar: two panels, comments, both kinds of quotes and entities.
const PAGE: &str = include_str!("pages/panels.mdx");

fn embedded() -> Catalog {
    Catalog::embedded().expect("the embedded catalog keeps its own rules")
}

fn page(text: &str) -> Catalog {
    Catalog::read(text.into(), "page.mdx").expect("a page with a panel")
}

fn source() -> Source {
    Source::File("page.mdx".into())
}

/// The embedded catalog's actions as the attribute of a page, escaped as published pages are.
fn published(escape: impl Fn(&str) -> String) -> String {
    let catalog = embedded();
    let actions = catalog.indices().map(|index| {
        let action = catalog.action(index);
        let scopes: Vec<_> = action.scope_names().collect();
        format!(r#"{{"id":"{}","label":"{}","scopes":{scopes:?}}}"#, action.id(), action.label())
    });
    let json = format!("[{}]", actions.collect::<Vec<_>>().join(","));
    let items: String = catalog
        .scopes()
        .iter()
        .map(|scope| {
            format!("<li data-guide-display-scope=\"{scope}\"><span>{scope}</span></li>\n")
        })
        .collect();
    format!(
        "# Pipedrive OAuth 2.0 connector profile\n\n<Panel>\n  <div data-guide-actions-json=\"{}\">\n\
         <input style={{{{ flex: 1 }}}} />\n</div>\n</Panel>\n{items}",
        escape(&json)
    )
}

#[test]
fn a_published_page_says_what_the_catalog_says_whatever_the_escapes() {
    for (quote, amp) in
        [("&quot;", "&amp;"), ("&#34;", "&#38;"), ("&#x22;", "&#x26;"), ("&#X22;", "&AMP;")]
    {
        let text = published(|json| json.replace('&', amp).replace('"', quote));
        let saved = page(&text);
        assert!(CatalogDifference::between(&embedded(), &saved).is_empty(), "{quote}");
        let connector = Connector {
            key: Some("pipedrive".into()),
            name: "Pipedrive".into(),
            method: Some("OAuth 2.0".into()),
            ..Connector::default()
        };
        assert_eq!(saved.connector(), &connector);
        assert!(saved.page().is_none(), "no link is made up");
    }
}

#[test]
fn an_attribute_is_a_text_or_an_error() {
    let actions = r#"[{"id":"x_a","label":"A","scopes":["r:a"]}]"#;
    let of = |value: &str, scopes: &str| {
        format!(
            "<div data-guide-actions-json={value}></div><p data-guide-step data-guide-scopes={scopes}>A</p>"
        )
    };
    let quoted = format!("'{actions}'");
    let read = |text: &str| Catalog::read(text.into(), "page.mdx");
    for text in [of(&format!("{{{quoted}}}"), "{\"r:a\"}"), of(&quoted, "{ 'r:a' }")] {
        let catalog = read(&text).expect(&text);
        assert_eq!(catalog.scopes(), ["r:a"], "{text}");
    }
    for text in [of("{actions}", "r:a"), of(&quoted, "{scopes.join()}"), of(&quoted, "{`${a}`}")] {
        let error = read(&text).expect_err(&text);
        assert!(error.fault.to_string().contains("only a script can read"), "{error:?}");
    }
    let whole = of(&quoted, "\"r:a,r:b\"");
    let cut = &whole[..whole.find(":b").expect("it is there")];
    assert_eq!(read(cut).map_err(|error| error.fault).err(), Some(CatalogFault::Unclosed));
    // What lists scopes for people only orders them.
    let listing = of(&quoted, "r:a") + "{list.map((s) => <li data-guide-display-scope={s}>)}";
    assert_eq!(read(&listing).expect(&listing).scopes(), ["r:a"]);
}

#[test]
fn several_panels_of_a_page_are_one_list_and_its_steps_are_its_guide() {
    let catalog = page(PAGE);
    let labels: Vec<_> = catalog.indices().map(|index| catalog.action(index).label()).collect();
    assert_eq!(labels, ["A &amp; B", "B"]);
    assert_eq!(catalog.scopes(), ["w", "r"], "the list on the page comes first");
    assert_eq!(catalog.connector().title(), "X, OAuth 2.0");
    let [section] = &catalog.guide().expect("it has a step").sections[..] else {
        panic!("one section");
    };
    let [step] = &section.steps[..] else {
        panic!("one step");
    };
    assert_eq!((&*section.title, &*step.title), ("One", "First"));
    assert_eq!(step.scopes, ["w", "r"]);
    let lines: Vec<String> =
        step.lines.iter().map(|line| line.iter().map(|span| span.text()).collect()).collect();
    assert_eq!(lines, ["Tick Scopes.", "Open https://example.com/x a_b", "Then"]);
}

#[test]
fn an_action_in_two_panels_counts_once_unless_it_says_two_things() {
    let panel = |scopes: &str| {
        format!(r#"<a data-guide-actions-json='[{{"id":"x_a","label":"A","scopes":[{scopes}]}}]'>"#)
    };
    let same = format!("{}\n{}", panel("\"r\""), panel("\"r\""));
    assert_eq!(page(&same).len(), 1);
    let differing = format!("{}\n{}", panel("\"r\""), panel("\"w\""));
    let error = Catalog::read(differing.into(), "page.md").expect_err("which one?");
    let place = error.place.expect("it is on the page");
    assert_eq!((place.line, place.column), (2, 37));
    let fault = CatalogFault::Repeated { field: "actions[1].id".into(), value: "x_a".into() };
    assert_eq!(error.fault, fault);
}

#[test]
fn the_action_after_one_that_a_panel_repeats_keeps_its_scopes() {
    let panel = |actions: &str| format!("<a data-guide-actions-json='[{actions}]'>");
    let [a, b] = ["a", "b"].map(|id| format!(r#"{{"id":"x_{id}","label":"A","scopes":["r"]}}"#));
    let catalog = page(&format!("{}{}", panel(&a), panel(&format!("{a},{b}"))));
    let scopes = |id| catalog.action(catalog.find(id).expect(id)).scope_names().collect::<Vec<_>>();
    assert_eq!([scopes("x_a"), scopes("x_b")], [["r"], ["r"]]);
}

#[test]
fn what_is_wrong_in_an_attribute_is_told_by_its_place_on_the_page() {
    let told = |text: &str| {
        let error = Catalog::read(text.into(), "page.html").expect_err("it is broken");
        Error::Catalog { source: Some(Source::File("page.html".into())), error }.to_string()
    };
    let value =
        "[{&quot;id&quot;:&quot;x_a&quot;,\n&quot;label&quot;:&quot;&quot;,&quot;scopes&quot;:[]}]";
    let text = format!("<p>\n<div data-guide-actions-json=\"{value}\">");
    assert_eq!(told(&text), "page.html:3:25: actions[0].label has no text; write it.");
    let cut = &text[..text.len() - 3];
    assert_eq!(
        told(cut),
        "page.html:2:31: The page ends within a tag of its guide, so it is cut off; save it again."
    );
    let sound = text.replace("&quot;&quot;", "&quot;A&quot;");
    let behind_the_value = &sound[..sound.len() - 1];
    assert_eq!(told(behind_the_value), told(cut), "further panels may have stood there");
    let broken = text.replace(",\n", "\n");
    assert_eq!(
        told(&broken),
        "page.html:3:1: actions[0]: expected `,` or `}`; see docs/catalog.md for the format."
    );
    assert!(
        told("<p>nothing</p>")
            .starts_with("page.html: This is neither JSON nor YAML, and as a page it has no")
    );
    let scope = text.replace("[]", "[&quot;a&#32;b&quot;]");
    assert!(
        told(&scope.replace("&quot;&quot;", "&quot;A&quot;"))
            .contains("actions[0].scopes[0] (`a b`)")
    );
}

#[test]
fn hostile_text_in_an_error_steers_no_terminal() {
    let text = "[{\"id\": \"x\\u001b[J\\u202e\", \"label\": \"A\", \"scopes\": []}]";
    let error = Catalog::read(text.into(), "x.json").expect_err("an escape in an id");
    let source = Some(Source::File("a\u{1b}b.json".into()));
    let words = Error::Catalog { source, error }.to_string();
    assert!(
        !words.contains(char::is_control) && words.contains("a␛b.json:1:10: [0].id (`x␛[J�`)"),
        "{words}"
    );
}

#[test]
fn what_is_imported_is_what_the_page_says_and_fits_the_schema() {
    let link = Page { address: "https://example.com/x".into(), parameter: "actions".into() };
    let mut out = Vec::new();
    let pages = vec![(source(), page(PAGE))];
    let exit = import(pages, Some(link.clone()), &mut out).expect("imported");
    assert_eq!(exit, Exit::Done);
    insta::assert_snapshot!("imported", String::from_utf8_lossy(&out));
    let again = Catalog::read(out, "catalog.json").expect("what we write we read");
    assert!(CatalogDifference::between(&page(PAGE), &again).is_empty());
    assert_eq!(again.page(), Some(&link));
    assert_eq!(again.guide().map(|g| g.sections.len()), Some(1));
}

/// Whether a value is what a part of the catalog's schema describes.
fn described_by(part: &str) -> impl Fn(&Value) -> bool {
    let schema: Value =
        serde_json::from_str(include_str!("../../assets/schema/catalog.json")).expect("JSON");
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    compiler.add_resource("schema.json", schema).expect("a schema");
    let index = compiler.compile(&format!("schema.json#{part}"), &mut schemas).expect("a schema");
    move |value| schemas.validate(value, index).is_ok()
}

/// An editor that knows the schema warns of what the program refuses.
#[test]
fn the_schema_knows_which_characters_a_scope_may_hold() {
    let is_token = described_by("/$defs/token");
    // Validators differ in what else `\s` is.
    for c in ('\0'..='\u{ffff}').filter(|c| c.is_ascii() || !c.is_whitespace()) {
        let scope = json!(format!("a{c}"));
        let catalog = json!([{"id": "x", "label": "X", "scopes": [&scope]}]).to_string();
        assert_eq!(is_token(&scope), Catalog::parse(&catalog).is_ok(), "{c:?}");
    }
}

#[test]
fn the_schema_takes_what_we_write_and_what_we_carry() {
    let is_catalog = described_by("");
    let valid = |text: &str| is_catalog(&serde_json::from_str(text).expect("JSON"));
    let carried = include_str!("../../assets/catalog.json");
    assert!(valid(carried));
    let (_, documented) = DOCUMENT.split_once("```json\n").expect("an example");
    let (documented, _) = documented.split_once("```").expect("it ends");
    assert!(valid(documented) && Catalog::parse(documented).is_ok());
    assert!(valid(&merge(&[page(PAGE), embedded()]).expect("nothing in common")));
    for (from, to) in [
        ("\"name\": \"Pipedrive\"", "\"name\": \" \""),
        ("\"deals:read\",", "\"deals read\","),
        ("\"label\": \"List Users\"", "\"labels\": \"List Users\""),
        ("\"connector\"", "\"connectors\""),
    ] {
        let broken = carried.replacen(from, to, 1);
        assert!(broken != carried && !valid(&broken), "{to}");
        assert!(Catalog::parse(&broken).is_err(), "{to}: the program and the schema agree");
    }
}

#[test]
fn pages_of_several_connectors_become_one_catalog() {
    let text = merge(&[embedded(), page(PAGE), page(PAGE)]).expect("nothing contradicts");
    let merged = Catalog::parse(&text).expect("what we write we read");
    assert_eq!(merged.len(), 123);
    assert_eq!(merged.connector().name, "Pipedrive, X");
    assert_eq!((&merged.connector().key, merged.page()), (&None, None));
    assert_eq!(merged.scopes()[19..], ["w", "r"]);
    let again = merge(&[merged]).expect("one catalog is at one with itself");
    assert_eq!(again, text, "merging again changes nothing");
}

#[test]
fn scopes_that_several_connectors_call_the_same_are_told() {
    let text = r#"[{"id": "x_a", "label": "A", "scopes": ["admin", "r"]}]"#;
    let other = || Catalog::read(text.into(), "x.json").expect("valid");
    assert_eq!(shared_scopes(&[other(), other()]), [""; 0], "a connector is at one with itself");
    assert_eq!(shared_scopes(&[embedded(), other(), other()]), ["admin"]);
}

#[test]
fn pages_that_contradict_each_other_are_not_merged() {
    let other = PAGE.replace("A &amp;amp; B", "C");
    let pages = vec![(Source::Stdin, page(PAGE)), (source(), page(&other))];
    let error = import(pages, None, &mut Vec::new()).expect_err("two labels");
    assert!(
        error.to_string().starts_with("page.mdx and stdin: The action `x_a` has another label"),
        "{error}"
    );
}

#[test]
fn checking_lists_every_error_and_every_note_with_its_place() {
    let told = |text: &str| {
        let mut out = Vec::new();
        let findings = Catalog::examine(text.into(), "page.mdx");
        let exit = check(&source(), &findings, &mut out).expect("checked");
        (exit, String::from_utf8(out).expect("text"))
    };
    let (exit, sound) = told(PAGE);
    assert_eq!(exit, Exit::Done);
    insta::assert_snapshot!("check_sound", sound);
    let broken = PAGE
        .replace("&#34;x_a&quot;", "&quot;x&#x9;a&quot;")
        .replace("\"label\":\"B\"", "\"label\":\"\",\"more\":1")
        .replace("data-guide-display-scope=\"w\"", "data-guide-display-scope=\"w x\"");
    let (exit, broken) = told(&broken);
    assert_eq!(exit, Exit::Nothing);
    insta::assert_snapshot!("check_broken", broken);
    for attribute in ["data-guide-scopes", "data-guide-display-scopes-list"] {
        let (_, told) = told(&format!("{PAGE}<p {attribute}=\"y\u{85}x\">"));
        assert!(told.contains(&format!("error: {attribute} (")), "{told}");
    }
}

#[test]
fn a_difference_is_told_action_by_action() {
    let told = |old: &Catalog, new: &Catalog| {
        let mut out = Vec::new();
        let exit = diff(old, new, &mut out).expect("compared");
        (exit, String::from_utf8(out).expect("text"))
    };
    let old = embedded();
    assert_eq!(told(&old, &old), (Exit::Done, String::new()));
    let text = include_str!("../../assets/catalog.json")
        .replacen("\"pipedrive_get_user\"", "\"pipedrive_read_user\"", 1)
        .replacen(
            "\"List Users\", \"scopes\": [\"users:read\"]",
            "\"All Users\", \"scopes\": [\"admin\"]",
            1,
        )
        .replacen(
            "    \"deals:read\",\n    \"deals:full\",\n",
            "    \"deals:full\",\n    \"deals:read\",\n",
            1,
        )
        .replacen("    \"recents:read\"", "    \"recents:full\"", 1);
    let text = text.replace("\"recents:read\"", "\"recents:full\"");
    let new = Catalog::parse(&text).expect("still a catalog");
    let (exit, words) = told(&old, &new);
    assert_eq!(exit, Exit::Nothing);
    assert_eq!(
        words,
        "+ pipedrive_read_user: Get User (users:read)\n\
         - pipedrive_get_user: Get User (users:read)\n\
         ~ pipedrive_list_users: `List Users` is now `All Users`; needs admin; no longer needs users:read\n\
         + scope recents:full\n\
         - scope recents:read\n\
         ~ scopes: they come in another order\n"
    );
}

#[test]
fn scopes_of_another_connector_are_joined_as_they_are() {
    let scopes =
        ["channels:write.invites", "Mail.ReadBasic", "https://www.googleapis.com/auth/drive"];
    let text = format!(r#"[{{"id": "x_a", "label": "A", "scopes": {scopes:?}}}]"#);
    let catalog = Catalog::read(text.into(), "").expect("they are all sound");
    let selection: Selection = [ActionIndex::from_position(0)].into_iter().collect();
    let answer = pdscopes::domain::Answer::of(&catalog, &selection);
    let text = answer.text(&catalog, pdscopes::domain::Separator::Newline);
    assert_eq!(text.lines().collect::<Vec<_>>(), scopes);
    assert_eq!(catalog.guide_url(&selection), None);
}
