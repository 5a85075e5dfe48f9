use std::sync::Arc;

use pdscopes::app::{LoadedCatalog, Message, PendingArgs, Start};
use pdscopes::domain::Catalog;
use pdscopes::shell::{Ending, Event};

use crate::stage::Stage;

fn wide() -> Stage {
    Stage::new(120, 40)
}

/// Two actions, the second of which the command line selects.
fn loaded() -> Event {
    let text = r#"[{"id": "x_a", "label": "A", "scopes": ["r"]},
                   {"id": "x_b", "label": "A B", "scopes": ["w"]}]"#;
    let catalog = Catalog::read(text.into(), "x.json").expect("valid");
    let selection = catalog.indices().skip(1).collect();
    Event::Message(Message::Loaded(LoadedCatalog {
        selection,
        catalog: Arc::new(catalog),
        granted: None,
    }))
}

fn read(bytes: u64, total: Option<u64>) -> Event {
    Event::Message(Message::Read { bytes, total })
}

/// The screen of a catalog that is being read, with flags whose names are still to come.
fn awaiting() -> Stage {
    let awaits = PendingArgs { selects: Some("--actions"), granted: true };
    let mut stage = wide();
    stage.load(Start { awaits, ..Start::default() });
    stage
}

#[test]
fn the_bytes_that_have_come_are_shown_with_percent_if_the_size_is_known() {
    let mut stage = wide();
    stage.load(Start::default()).shows("Loading actions...").shows("loading 0 bytes ");
    stage.shows("stop loading").hides("extra setup").hides("names no guide page");
    stage.happen([read(46, None)]).shows("loading 46 bytes ");
    stage.happen([read(1_200_000, Some(2_400_000))]).shows("loading 1.2 MB, 50 % ");
    stage.happen([loaded()]).shows("2/2").shows("1 selected").hides("loading");
}

#[test]
fn what_was_said_of_an_empty_list_goes_when_there_are_rows() {
    for key in ["<Tab>", "<Alt-A>", "<F2>", "<Alt-M>", "<Enter>"] {
        let mut stage = wide();
        stage.load(Start::default()).press(key).hides("typing").happen([loaded()]).shows("typing");
    }
    let mut stage = wide();
    stage.load(Start::default()).happen([Event::Paste("x_a".into())]).shows("paste again");
    stage.happen([loaded()]).hides("paste again");
    // This one does not speak of the catalog.
    let start = Start { notice: Some("What stdin says is not read."), ..Start::default() };
    wide().load(start).happen([loaded()]).shows("What stdin says");
}

#[test]
fn what_is_typed_while_the_catalog_is_read_is_searched_for_once_it_is_there() {
    let mut stage = wide();
    stage.load(Start::default()).press("b").happen([loaded()]).shows("1/2").shows("A B");
    assert_eq!(stage.model().cursor.row(), Some(0));
}

#[test]
fn what_is_granted_while_the_catalog_is_read_is_known_as_soon_as_it_is() {
    let mut stage = wide();
    stage.load(Start::default()).press("<Alt-+>w<Enter>");
    stage.hides("Check the spelling").happen([loaded()]).hides("Check the spelling");
    stage.shows("✓[x] A B");
}

#[test]
fn nothing_is_printed_before_all_that_the_command_line_selects_is_there() {
    let mut stage = awaiting();
    stage.press("<Enter>").shows("--actions needs the whole catalog");
    assert_eq!(stage.ending(), None);
    stage.happen([loaded()]).press("<Enter>");
    assert_eq!(stage.ending(), Some(&Ending::Done("w".into())));
}

#[test]
fn esc_closes_the_line_of_granted_scopes_before_it_stops_the_reading() {
    let mut stage = awaiting();
    stage.happen([read(1_000, None)]).press("<Alt-+><Esc>").hides("Loading was stopped");
    stage.press("<Esc>").shows("Loading was stopped");
}

#[test]
fn nothing_comes_of_a_catalog_that_was_stopped() {
    let mut stage = awaiting();
    stage.happen([read(1_000, None)]).press("<Esc>");
    stage.shows("after 1.0 kB, so there are no actions; --actions and --granted are ignored.");
    let mut stage = wide();
    stage.load(Start::default()).press("<Alt-+>w<Enter><Esc>");
    stage.shows("after 0 bytes, so there are no actions; the line of granted scopes is ignored.");
    let mut stage = awaiting();
    stage.happen([read(1_000, None)]).press("<Esc>");
    // What the reader says after that changes nothing.
    let failed = Event::LoadingFailed("It ends too early.".into());
    stage.happen([read(2_000, None), failed, loaded()]).shows("0/0").hides("2/2");
    stage.shows("Loading was stopped").hides("The catalog has no actions.");
    stage.press("<Alt-M>").shows("not known so far").press("<Ctrl-O>");
    stage.shows("names no guide page so far").press("<F2>").shows("no guide so far");
}

#[test]
fn granted_scopes_that_cannot_be_read_once_the_catalog_is_there_can_be_corrected() {
    let mut stage = wide();
    stage.load(Start::default()).press("<Alt-+>rr<Enter>").shows("when the catalog is complete");
    let line = |stage: &mut Stage| stage.press("<Alt-+>").model().granting.line.text().to_owned();
    assert_eq!(line(&mut stage), "rr", "it can be corrected meanwhile");
    stage.press("<Esc>").happen([loaded()]).shows("`rr` is not a scope; did you mean `r`?");
    assert_eq!(line(&mut stage), "rr");
    stage.press("<Backspace><Enter>").shows("Your app can drop: -r");
    // The line is open when the catalog comes.
    let mut stage = wide();
    stage.load(Start::default()).press("<Alt-+>rr<Enter><Alt-+><Backspace>").happen([loaded()]);
    assert_eq!(stage.model().granting.line.text(), "r");
    // Nothing is left of what may be a secret.
    let mut stage = wide();
    stage.load(Start::default()).press("<Alt-+>t0ken=1<Enter>").happen([loaded()]).press("<Alt-+>");
    assert_eq!(stage.model().granting.line.text(), "");
    stage.press("r<Enter>").shows("Your app can drop: -r");
    assert_eq!(line(&mut stage), "r");
}
