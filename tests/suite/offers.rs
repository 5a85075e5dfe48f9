//! A key that the screen names does something there, in every pane, mode and size.

use std::collections::BTreeSet;

use pdscopes::app::{Key, Start};
use pdscopes::domain::{Catalog, CopyOutcome, CopyRoute, Mode};
use serde_json::json;

use crate::stage::Stage;

const SIZES: [(u16, u16); 4] = [(120, 40), (80, 24), (60, 20), (24, 6)];

/// Keys that lead to every pane and mode.
const STATES: [&str; 22] = [
    "",
    "zzz",
    "deal",
    "deal<Tab>",
    "deal<Alt-A>",
    "<Tab><Alt-V>",
    "<Alt-V>",
    "<Tab><Alt-M>",
    "<Esc>",
    "<Esc>x",
    "<Esc>a",
    "deal<Esc>",
    "zzz<Esc>",
    "<Esc>v",
    "<Esc>l",
    "<Esc>xl",
    "<Esc>axlj",
    "<Alt-+>",
    "<Alt-+>deals:read",
    "<F2>",
    "<F2><Down><Down>",
    "<F1>",
];

fn no_guide() -> Catalog {
    let actions = json!([
        {"id": "x_a", "label": "A deal", "scopes": ["r"]},
        {"id": "x_b", "label": "B", "scopes": ["w"]},
    ]);
    Catalog::read(actions.to_string().into(), "x.json").expect("valid")
}

fn catalogs() -> [(&'static str, Catalog); 2] {
    [("Pipedrive", Catalog::embedded().expect("valid")), ("a list of actions", no_guide())]
}

fn stage(catalog: &Catalog, size: (u16, u16), keys: &str) -> Stage {
    let confirmed = CopyOutcome::Confirmed(CopyRoute::X11);
    let mut stage = Stage::on(catalog.clone(), size, Start::default(), confirmed);
    stage.press(keys);
    stage
}

/// The keys in the line of hints at the bottom.
fn hinted_keys(screen: &str) -> BTreeSet<&str> {
    let hints = screen.lines().last().unwrap_or_default().split("   ");
    let keys = hints.filter_map(|hint| Some(hint.trim().split_once(' ')?.0));
    // In a low terminal it says how much is selected.
    keys.filter(|key| is_key(key) && key.parse::<u32>().is_err()).collect()
}

/// The keys in buttons and tabs, and beside separators and modes. That of the present tab is left
/// out: it says where one is.
fn other_keys(screen: &str) -> BTreeSet<&str> {
    let mut keys = Vec::new();
    for line in screen.lines() {
        let before = |word| line.split_once(word)?.0.rsplit([' ', '[']).next();
        keys.extend([" Actions ", " Guide ", " help"].into_iter().filter_map(before));
        let buttons = line.split("[ ").filter_map(|rest| rest.split_once(" ]"));
        keys.extend(buttons.filter_map(|(button, _)| button.rsplit(' ').next()));
        let choices = ["Separator ", "Least privilege "].into_iter();
        let after = choices.filter_map(|name| line.split_once(name)?.1.split("[ ").next());
        keys.extend(after.filter_map(|choices| choices.trim_end().rsplit(' ').next()));
    }
    keys.into_iter().filter(|key| is_key(key)).collect()
}

fn is_key(name: &str) -> bool {
    name.parse::<Key>().is_ok()
}

#[test]
fn the_keys_are_found_where_the_screen_names_them() {
    let screen = stage(&catalogs()[0].1, (120, 40), "<Esc>x").screen();
    assert_eq!(Vec::from_iter(hinted_keys(&screen)), ["/", "Enter", "Esc", "F2", "Tab", "m", "s"]);
    let others = ["2", "?", "a", "c", "m", "s", "w", "y"];
    assert_eq!(Vec::from_iter(other_keys(&screen)), others);
}

#[test]
fn a_catalog_without_a_guide_has_no_word_of_it() {
    let list = &catalogs()[1].1;
    for size in SIZES {
        for keys in ["", "<Esc>x", "<F1>", "<F1><PgDn>", "<F1><PgDn><PgDn>", "<F1><End>"] {
            stage(list, size, keys).hides("uide").hides("URL").hides("least privilege");
        }
        stage(list, size, "<Alt-M>").hides("uide");
        let confirmed = CopyOutcome::Confirmed(CopyRoute::X11);
        let start = Start { mode: Mode::Least, ..Start::default() };
        Stage::on(list.clone(), size, start, confirmed).hides("uide");
    }
}

#[test]
fn a_key_that_the_screen_names_does_something_or_says_why_not() {
    for (name, catalog) in catalogs() {
        for size in SIZES {
            for keys in STATES {
                let before = stage(&catalog, size, keys).screen();
                let (hinted, others) = (hinted_keys(&before), other_keys(&before));
                let at = format!("{name}, {size:?}, after {keys:?}");
                for key in hinted.union(&others) {
                    let mut stage = stage(&catalog, size, keys);
                    let copies = stage.copies().len();
                    stage.press(&format!("<{key}>"));
                    let has_effect = stage.ending().is_some()
                        || stage.copies().len() > copies
                        || stage.screen() != before;
                    assert!(has_effect, "{key} does nothing: {at}\n{before}");
                    let notice = stage.model().notice.as_ref();
                    let refuses = notice.is_some_and(|notice| notice.text.contains(", so there"));
                    assert!(!(refuses && hinted.contains(key)), "{key} does nothing: {at}");
                }
            }
        }
    }
}

#[test]
fn an_empty_list_of_scopes_is_not_an_empty_cell() {
    let text = r#"[{"id": "x_a", "label": "Free", "scopes": []}]"#;
    let catalog = Catalog::parse(text).expect("it keeps the rules");
    let screen = stage(&catalog, (80, 24), "").screen();
    assert!(screen.contains("no scope needed"), "{screen}");
}
