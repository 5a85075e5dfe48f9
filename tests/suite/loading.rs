use std::sync::Arc;

use pdscopes::app::{Awaited, Start};
use pdscopes::domain::{Catalog, Growth};
use pdscopes::shell::loader::Supplied;
use pdscopes::shell::{Ending, Event};

use crate::stage::Stage;

fn wide() -> Stage {
    Stage::new(120, 40)
}

/// The first of two actions, and both.
fn growing() -> [Catalog; 2] {
    let first = r#"{"id": "x_a", "label": "A", "scopes": ["r"]}"#;
    let second = r#"{"id": "x_b", "label": "A B", "scopes": ["w"]}"#;
    [format!("[{first}]"), format!("[{first}, {second}]")]
        .map(|text| Catalog::read(text.into(), "x.json").expect("valid"))
}

fn grown(catalog: Catalog) -> Event {
    let actions = catalog.len();
    Event::Grew(Box::new(Growth { read: 46, total: 92, actions, catalog: Some(catalog) }))
}

/// All of it, with what the command line ticks: all but the first.
fn loaded(whole: Catalog) -> Event {
    let selection = whole.indices().skip(1).collect();
    Event::Loaded(Supplied { selection, catalog: Arc::new(whole), granted: None })
}

/// The screen with the first part of a catalog, and flags whose names are still to come.
fn awaiting(first: Catalog) -> Stage {
    let awaits = Awaited { ticks: Some("--actions"), granted: true };
    let mut stage = wide();
    stage.load(Start { awaits, ..Start::default() }).happen([grown(first)]);
    stage
}

#[test]
fn the_list_is_usable_while_the_catalog_grows_and_ticks_stay() {
    let [small, whole] = growing();
    let mut stage = wide();
    stage.load(Start::default()).shows("Loading actions...").shows("loading 0, 0 %");
    stage.shows("stop loading").hides("set-up at").hides("names no guide page");
    stage.happen([grown(small)]).shows("loading 1, 50 %").press("<Tab>").shows("1 selected");
    stage.happen([loaded(whole)]).shows("2/2").shows("2 selected").shows("r w");
}

#[test]
fn what_is_granted_while_the_catalog_grows_is_known_as_soon_as_it_is() {
    let [small, whole] = growing();
    let mut stage = wide();
    stage.load(Start::default()).happen([grown(small)]).press("<Alt-+>w<Enter>");
    stage.hides("check the spelling").happen([loaded(whole)]).hides("check the spelling");
    stage.shows("Granted: exactly these.").shows("✓[x] A B");
}

#[test]
fn nothing_is_printed_before_all_that_the_command_line_ticks_is_there() {
    let [small, whole] = growing();
    let mut stage = awaiting(small);
    stage.press("<Tab><Enter>").shows("What --actions names is still to come");
    assert_eq!(stage.ending(), None);
    stage.happen([loaded(whole)]).press("<Enter>");
    assert_eq!(stage.ending(), Some(&Ending::Done("r w".into())));
}

#[test]
fn a_catalog_that_was_stopped_is_what_has_come_of_it() {
    let [small, whole] = growing();
    let mut stage = awaiting(small);
    stage.press("<Esc>").shows("after 1 action; without --actions and --granted.");
    // What the reader says after that changes nothing.
    let failed = Event::LoadingFailed("It ends too early.".into());
    stage.happen([Event::LoadingStopped, failed, loaded(whole)]).shows("1/1").hides("2/2");
    stage.press("<Alt-A><Alt-K>");
    assert_eq!(stage.copies(), ["pdscopes scopes x_a"], "not all that the file may have");
    stage.press("<Ctrl-X>").press("<Alt-M>").shows("not known so far").press("<Ctrl-O>");
    stage.shows("names no guide page so far").press("<F2>").shows("no guide so far");
    stage.press("<Tab><Enter>");
    assert_eq!(stage.ending(), Some(&Ending::Done("r".into())));
}

#[test]
fn the_cursor_stays_with_its_action_while_the_catalog_grows_under_a_query() {
    let [_, whole] = growing();
    for event in [grown(whole.clone()), loaded(whole.clone())] {
        let mut stage = wide();
        stage.load(Start::default()).happen([grown(whole.clone())]).press("a<Down>");
        assert_eq!(stage.model().cursor().row(), Some(1));
        stage.happen([event]);
        assert_eq!(stage.model().cursor().row(), Some(1));
        stage.press(" ");
        assert_eq!(stage.model().cursor().row(), Some(0), "a new query is read from its top");
    }
}
