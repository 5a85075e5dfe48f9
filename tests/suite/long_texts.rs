//! Texts of megabytes wherever a catalog can have one. A frame looks at what is in sight: where one
//! looks at all of a text, line by line, these tests do not come to an end.

use pdscopes::app::Start;
use pdscopes::domain::{Catalog, CopyOutcome, CopyRoute};
use serde_json::json;

use crate::stage::Stage;

const BYTES: usize = 1 << 20;

/// What can be long, as the beginning of its text.
const PLACES: [&str; 7] =
    ["x_id", "Label", "scope:read", "Name", "Section", "Step", "https://link.example/"];

/// A catalog whose first action needs so many scopes. What begins with `long` goes on.
fn catalog(long: &str, scopes: usize) -> Catalog {
    let text = |beginning: &str| {
        let rest = if beginning == long { "é".repeat(BYTES / 2) } else { String::new() };
        format!("{beginning}{rest}")
    };
    let mut names = vec![text("scope:read")];
    names.extend((1..scopes).map(|number| format!("scope{number}:read")));
    let json = json!({
        "connector": {"key": "x", "name": text("Name"), "method": "OAuth 2.0"},
        "page": {"address": "https://x.example/guide", "parameter": "actions"},
        "scopes": names,
        "actions": [
            {"id": text("x_id"), "label": text("Label"), "scopes": names},
            {"id": "x_short", "label": "Short", "scopes": []},
        ],
        "guide": {"sections": [{"title": text("Section"), "steps": [{
            "title": text("Step"), "scopes": names,
            "lines": [[{"link": text("https://link.example/")}]],
        }]}]},
    });
    Catalog::parse(&json.to_string()).expect("a catalog")
}

fn walk(catalog: Catalog, outcome: CopyOutcome) {
    let mut stage = Stage::on(catalog, (120, 40), Start::default(), outcome);
    stage.shows("Label").shows("scope:read").press("<Tab>").shows("1 selected");
    stage.press("<Up><Ctrl-T><Ctrl-T><Esc>lhhlGgj").shows("Scopes selected");
    stage.press("<PgDn><PgDn><PgUp><PgUp>").shows("Scopes selected");
    stage.press("2").shows("Section").press("jjkG<PgDn><PgUp>gx1").shows("Label");
    for copy in ["y", "w"] {
        stage.press(copy);
        if stage.model().overlay.is_some() {
            stage.shows("Not copied").press("<PgDn><PgDn><Esc>");
        }
    }
    stage.resize(60, 20).press("uv").shows("Nothing is selected.");
}

#[test]
fn a_text_of_megabytes_costs_no_more_than_what_is_in_sight() {
    for place in PLACES {
        walk(catalog(place, 1), CopyOutcome::Confirmed(CopyRoute::X11));
    }
    walk(catalog("scope:read", 1), CopyOutcome::Failed("no clipboard".into()));
}

#[test]
fn many_scopes_cost_no_more_than_what_is_in_sight() {
    walk(catalog("", 2_000), CopyOutcome::Confirmed(CopyRoute::X11));
}
