use std::sync::Arc;

use crossterm::event::MouseEventKind;
use pdscopes::app::{Key, LoadedCatalog, Message, Start};
use pdscopes::domain::{Catalog, CopyOutcome, CopyRoute, Selection};

use pdscopes::shell::{Ending, Event};
use pdscopes::view::{Glyphs, Position, Theme};
use serde_json::json;

use crate::stage::{CLICK, Stage, mouse};

fn wide() -> Stage {
    Stage::new(120, 40)
}

fn catalog_url(ids: &[&str]) -> String {
    let catalog = Catalog::embedded().expect("valid");
    let selection = ids.iter().filter_map(|id| catalog.find(id)).collect();
    catalog.guide_url(&selection).expect("a page")
}

fn wide_on(catalog: Catalog) -> Stage {
    let confirmed = CopyOutcome::Confirmed(CopyRoute::X11);
    Stage::on(catalog, (120, 40), Start::default(), confirmed)
}

#[test]
fn the_main_job_type_select_and_get_the_scopes() {
    let mut stage = wide();
    stage.press("deal field<Tab><Down><Tab>").shows("2 selected");
    stage.press("<Ctrl-U>list users<Tab>").shows("3 selected").shows("2 hidden");
    stage.press("<Ctrl-T>").shows("[Comma]").shows("deals:read,deals:full,users:read");
    stage.press("<Enter>");
    let scopes = "deals:read,deals:full,users:read".to_owned();
    assert_eq!(stage.ending(), Some(&Ending::Done(scopes)));
}

#[test]
fn enter_never_adds_the_highlighted_row() {
    let mut stage = wide();
    stage
        .press("<Down><Down><Enter>")
        .shows("Nothing is selected: Tab selects, Enter again leaves.");
    assert_eq!(stage.ending(), None);
    // Another key in between asks anew.
    stage.press("<Down><Enter>").shows("Enter again leaves");
    assert_eq!(stage.ending(), None);
    // It names a key that works here.
    stage.press("<Esc>l<Enter>").shows("Nothing is selected: Left goes to the actions, Enter");
    stage.press("/zzz<Enter>").shows("Nothing is selected; Enter again leaves.");
    stage.press("<Enter>");
    assert_eq!(stage.ending(), Some(&Ending::NothingSelected));
    // What needs no scope is an answer all the same.
    let mut stage = wide();
    stage.press("current user<Tab><Alt-M>").shows("1 selected").press("<Enter>");
    assert_eq!(stage.ending(), Some(&Ending::Done(String::new())));
}

#[test]
fn searching_finds_and_says_when_nothing_is_found() {
    let mut stage = wide();
    stage.shows("121/121").shows("Search actions...");
    stage.press("deals:full").shows("24/121").hides("Search actions...");
    stage.press("<Ctrl-U>zzz").shows("0/121").shows("No actions match your search.");
    stage.press("<Tab>").shows("Nothing is listed");
    stage.press("<Ctrl-W>lst dl fld");
    let first = stage.screen().lines().nth(6).unwrap_or_default().to_owned();
    assert!(first.contains("List Deal Fields"), "the best match stands first: {first}");
}

#[test]
fn select_all_ticks_what_is_listed_and_clear_empties_everything() {
    let mut stage = wide();
    stage.press("'ped").shows("Select all 121");
    stage.press("<Ctrl-U>deals:full").shows("Select all 24");
    stage.press("<Alt-A>").shows("24 selected").shows("1 scope\n");
    stage.press("<Ctrl-U>users:read").shows("24 selected, 24 hidden");
    stage.press("<Alt-D>").shows("24 selected, 24 hidden");
    stage.press("<Ctrl-X>").shows("0 selected").shows("Nothing is selected yet.");
    stage.press("<Ctrl-U><Alt-A>").shows("121 selected").shows("17 scopes");
}

#[test]
fn every_change_of_the_selection_can_be_undone_and_redone() {
    let mut stage = wide();
    stage.press("<Tab><Alt-A><Alt-C>").shows("0 selected");
    stage.press("<Ctrl-_>").shows("121 selected").shows("Undone: selected 121 actions.");
    stage.press("<Ctrl-_>").shows("1 selected").shows("Undone: deselected 120 actions.");
    stage.press("<Ctrl-_>").shows("0 selected");
    stage.press("<Ctrl-_>").shows("There is nothing to undo.");
    stage.press("<Alt-R><Alt-R>").shows("121 selected");
    stage.press("<Alt-R><Alt-R>").shows("0 selected").shows("There is nothing to redo.");
}

#[test]
fn letters_are_text_while_typing_and_commands_while_browsing() {
    let mut stage = wide();
    stage.shows(" typing").press("ax").shows("Search  ax");
    stage.press("<Esc>").shows(" browsing").press("c").shows("Search  ax");
    stage.press("<Esc>").shows("Search actions...").shows("121/121");
    stage.press("x").shows("1 selected").press("jx").shows("2 selected");
    stage.press("Gx").shows("3 selected").press("gx").shows("2 selected");
    stage.press("/").shows(" typing").press("x").shows("Search  x");
}

#[test]
fn the_question_before_leaving_names_the_keys_that_mean_so_where_it_is_asked() {
    let mut stage = wide();
    stage.press("deal<Tab><Esc>q").shows("1 selected: Enter prints the scopes, q leaves.");
    stage.press("<F2>q").shows("1 selected: q leaves.");
    stage.press("q");
    assert_eq!(stage.ending(), Some(&Ending::Left));
}

#[test]
fn what_is_typed_is_seen_however_small_the_list_is() {
    for (columns, rows) in [(24, 8), (20, 6)] {
        let mut stage = Stage::new(columns, rows);
        stage.press("<Alt-V>deal").shows("deal").press("<Ctrl-U>user").shows("user");
        stage.press("<Ctrl-U><Alt-V><Alt-G><Alt-+>admin").shows("admin");
    }
}

#[test]
fn escape_goes_one_step_back_at_a_time_and_at_last_leaves() {
    let mut stage = wide();
    stage.press("deal<Tab><Alt-V>").shows("selected only 1/121");
    stage.press("<Esc>").shows("browsing").shows("Search  deal");
    stage.press("<Esc>").shows("Search actions...").shows("selected only 1/121");
    stage.press("<Esc>").shows("121/121");
    stage.press("<Esc>").shows("1 selected: Enter prints the scopes, Esc or q leaves");
    stage.press("j<Esc>").shows("1 selected: Enter prints the scopes, Esc or q leaves");
    assert_eq!(stage.ending(), None);
    stage.press("<Esc>");
    assert_eq!(stage.ending(), Some(&Ending::Left));
}

#[test]
fn leaving_prints_nothing_whatever_is_ticked() {
    for keys in ["<Tab><Ctrl-C>", "<Tab><Esc>qq", "<Esc>q", "<F1><Ctrl-C>"] {
        let mut stage = wide();
        stage.press(keys);
        let ending = if keys.contains("Ctrl") { Ending::Interrupted } else { Ending::Left };
        assert_eq!(stage.ending(), Some(&ending), "{keys}");
    }
}

#[test]
fn only_the_ticked_are_listed_and_the_cursor_stays_with_its_action() {
    let mut stage = wide();
    stage.press("<Esc>jjxjjx").shows("2 selected");
    let highlighted = stage.model().highlighted();
    stage.press("v").shows("selected only 2/121");
    assert_eq!(stage.model().highlighted(), highlighted);
    stage.press("x").shows("selected only 1/121").shows("1 selected");
    stage.press("x").shows("Nothing is selected.");
    stage.press("uu").shows("selected only 2/121");
    stage.press("v").shows("121/121");
}

#[test]
fn among_the_ticked_no_row_is_passed_over_by_unticking() {
    let mut stage = wide();
    stage.press("<Tab><Tab><Tab><Alt-V>").shows("selected only 3/121").press("<Esc>g");
    let listed = stage.model().listed.clone();
    stage.press("<Tab>");
    assert_eq!(stage.model().highlighted(), Some(listed[1]));
    stage.press("<Tab>");
    assert_eq!(stage.model().highlighted(), Some(listed[2]));
}

#[test]
fn the_separator_changes_what_is_shown_and_copied() {
    let mut stage = wide();
    stage.press("<Esc>").press("xGx");
    for (key, joined) in [
        ("", "users:read search:read"),
        ("s", "users:read,search:read"),
        ("s", "users:read;search:read"),
        ("s", "users:read|search:read"),
        ("s", "users:read\nsearch:read"),
        ("S", "users:read|search:read"),
    ] {
        stage.press(key).press("y");
        assert_eq!(stage.copies().last().map(String::as_str), Some(joined));
        let first_line = joined.replace('\n', "↵\n");
        stage.shows(first_line.lines().next().unwrap_or_default());
    }
}

#[test]
fn copies_are_told_as_they_went() {
    let mut stage = wide();
    stage.press("<Ctrl-Y>").shows("Nothing is selected, so there are no scopes to copy.");
    stage.press("<Alt-K>").shows("Nothing is selected, so there is no command to copy.");
    assert_eq!(stage.copies(), [""; 0]);
    stage.press("<Tab><Ctrl-Y>").shows("Copied (X11): 1 scope.");
    stage.press("<Ctrl-O>").shows("Copied (X11): guide URL.");
    stage.press("<Alt-K>").shows("Copied (X11): shell command.");
    let copies = stage.copies();
    assert_eq!(copies[0], "users:read");
    assert!(copies[1].ends_with("/oauth-2-0?actions=pipedrive_list_users"), "{}", copies[1]);
    assert_eq!(copies[2], "pdscopes scopes pipedrive_list_users");
}

#[test]
fn a_notice_is_shown_whole_and_keeps_clicks_from_what_it_covers() {
    let mut stage = Stage::new(40, 12);
    stage.shows("[Space]").press("<Alt-+>deals:read users:raed<Enter>");
    stage.shows("line 1, column 12: `users:raed` is not").shows("did you mean `users:read`?");
    stage.hides("[Space]").click("umn 12").shows("column 12").press("<Esc>").shows("[Space]");
}

#[test]
fn what_could_not_be_copied_stays_on_the_screen_to_be_taken_by_hand() {
    let failed = CopyOutcome::Failed("there is no clipboard".into());
    let mut stage = Stage::with(120, 40, Start::default(), failed);
    stage.press("<Alt-A><Ctrl-Y>").shows("Not copied: there is no clipboard.");
    let copied = stage.copies().join("");
    let screen = stage.screen();
    let taken: String = screen.lines().skip(3).take(5).collect();
    assert!(taken.contains(&copied), "the text is there, whole: {screen}");
    assert_eq!(stage.line_at("deals:read").trim_end(), copied, "a selection takes it as one line");
    assert!(!stage.takes_clicks(), "the mouse is the terminal's");
    stage.hides("below").resize(40, 9).shows("Not copied: there is no clip…   2 below");
    stage.press("<PgDn>").shows("Esc close").hides("below");
    assert_eq!(stage.copies().len(), 1);
    stage.press("<Ctrl-Y>").shows("Not copied: there is no clip…   2 below");
    assert_eq!(stage.copies().len(), 2, "it is tried again");
    stage.press("<Esc>").shows("121 selected");
    assert!(stage.takes_clicks(), "the mouse is the program's again");
}

#[test]
fn the_mouse_ticks_presses_and_chooses() {
    let mut stage = wide();
    stage.click("List Pipelines").shows("1 selected").shows("pipedrive_list_pipelines");
    stage.click("List Pipelines").shows("0 selected");
    stage.click("Select all").shows("121 selected");
    stage.click("Pipe ").shows("[Pipe]");
    stage.click("Copy scopes").shows("17 scopes.");
    stage.click("Copy URL").shows("guide URL.");
    stage.click("Clear").shows("0 selected");
    stage.click("[Guide's scopes]").shows("[Guide's scopes]");
    stage
        .click("help")
        .shows("deselect everything")
        .click("Search and list")
        .hides("deselect everything");
}

#[test]
fn a_click_in_the_list_leaves_the_scopes_but_not_the_search() {
    let mut stage = wide();
    stage.press("<Alt-A><Esc>l").shows("▌Scopes selected");
    stage.click("List Pipelines").shows("120 selected").press("x").shows("121 selected");
    stage.press("/").click("List Pipelines").shows("120 selected").shows(" typing");
}

/// Somebody clicked on what was there before, such as over a slow line.
#[test]
fn a_click_means_the_row_that_was_shown_or_nothing() {
    let wheel = |position| mouse(MouseEventKind::ScrollDown, position);
    let click = |position| mouse(CLICK, position);
    let mut stage = Stage::new(120, 24);
    let position = Position::new(10, 8);
    stage.happen([wheel(position), click(position)]).shows("0 selected");
    stage.happen([click(position), click(Position::new(10, 9))]).shows("2 selected");
    let typed = "deal".chars().map(|c| Event::Key(Key::char(c)));
    stage.press("<Alt-C>").happen(typed.chain([click(position)])).shows("0 selected");
    stage.happen([click(position)]).shows("1 selected");
}

#[test]
fn a_count_beside_a_long_scope_is_not_cut() {
    let scope = "https://www.googleapis.com/auth/drive.metadata.readonly.of.all.files";
    let actions =
        (0..6).map(|nth| json!({"id": format!("a{nth}"), "label": "A", "scopes": [scope]}));
    let list: serde_json::Value = actions.collect();
    let mut stage = wide_on(Catalog::parse(&list.to_string()).expect("valid"));
    stage.press("<Alt-A>").shows("6 actions\n").shows("https://www.googleapis.com/auth/");
}

#[test]
fn an_empty_list_says_whether_only_selected_actions_are_missing() {
    let mut stage = wide();
    stage.press("list users<Tab><Ctrl-U><Alt-V>goal").shows("No selected action matches");
    stage.press("zzz").shows("No actions match your search.");
}

#[test]
fn details_say_that_a_list_or_a_name_of_scopes_goes_on() {
    let many: Vec<_> = (0..30).map(|nth| format!("scope.number.{nth}")).collect();
    let any_of_many = many.iter().map(|scope| json!({"o": [scope]})).collect();
    let long = json!([{"o": ["x".repeat(400)]}]);
    for (security, end) in [(any_of_many, " or …"), (json!([{"o": many}]), " + …"), (long, "x…")]
    {
        let text = json!({
            "openapi": "3.0.0",
            "components": {"securitySchemes": {"o": {"type": "oauth2"}}},
            "paths": {"/a": {"get": {"operationId": "a", "security": security}}},
        });
        let stage = wide_on(Catalog::parse(&text.to_string()).expect("a description"));
        let action = stage.model().highlighted().expect("an action");
        let explanation = stage.model().explanation(action, Some(300));
        assert!(explanation.calls[0].ends_with(end), "{explanation:?}");
        assert!(explanation.needs.ends_with('…'), "{explanation:?}");
    }
}

#[test]
fn the_wheel_scrolls_what_it_is_over() {
    let mut stage = Stage::new(120, 24);
    stage.press("<Alt-A>").shows("List Users").shows("deals:read deals:full");
    stage.wheel_down("Get User").hides("List Users").shows("deals:read deals:full");
    stage.wheel_down("deals:read deals:full").hides("deals:read deals:full");
    for beside_list in ["Separator", "Copy scopes", "Guide URL"] {
        let mut stage = Stage::new(120, 24);
        stage.press("<Alt-A>").shows("deals:read deals:full");
        stage.wheel_down(beside_list).shows("List Users").hides("deals:read deals:full");
    }
}

#[test]
fn scopes_that_lose_the_focus_are_shown_from_their_beginning() {
    let mut stage = Stage::new(60, 20);
    let first_of = |stage: &Stage| stage.model().scopes_scroll.first();
    stage.press("<Alt-A><Esc>lG");
    assert_ne!(first_of(&stage), 0);
    stage.click("Get User");
    assert_eq!(first_of(&stage), 0);
}

#[test]
fn the_scopes_scroll_by_keys_when_they_have_the_focus() {
    let mut stage = Stage::new(80, 24);
    stage.press("<Alt-A><Esc>").shows("below");
    let row = stage.model().cursor.row();
    stage.press("lG").shows("search:read").shows("Search the whole account");
    assert_eq!(stage.model().cursor.row(), row);
    let last = stage.model().answer.scopes.iter().last();
    assert_eq!(stage.model().focused_scope(), last);
    stage.press("k");
    assert_ne!(stage.model().focused_scope(), last);
    stage.press("j");
    assert_eq!(stage.model().focused_scope(), last);
    stage.press("hj");
    assert_eq!(stage.model().cursor.row(), row.map(|row| row + 1));
}

#[test]
fn what_a_scope_lets_an_app_do_can_be_read_line_by_line() {
    let mut stage = Stage::new(80, 24);
    stage.press("<Alt-A><Esc>l").shows("Read deals, pipelines").hides("It is called read-only");
    let first = stage.model().focused_scope();
    stage.press("JJJJ").shows("It is called read-only").shows("lines above");
    assert_eq!(stage.model().focused_scope(), first);
    stage.press("J<Ctrl-Up>KKK").shows("Read deals, pipelines");
}

#[test]
fn a_refused_action_is_never_said_to_be_covered() {
    let mut stage = wide();
    stage
        .press("add deal<Tab><Ctrl-U>add pipeline")
        .shows("refused")
        .shows("selecting adds no scope");
    stage.hides("already covered");
}

#[test]
fn details_say_what_ticking_would_change() {
    let mut stage = wide();
    stage.press("list deals").shows("selecting adds deals:read");
    stage.press("<Esc>x").shows("deselecting removes deals:read");
    stage.press("<Esc>/list stages").shows("already covered");
    stage.press("<Esc>x").shows("deselecting removes no scope");
}

#[test]
fn help_shows_every_key_and_goes_away() {
    let mut stage = Stage::new(120, 30);
    stage.press("<F1>").shows("Alt-C Ctrl-X").shows("deselect everything").shows("below");
    stage
        .press("<PgDn><PgDn><PgDn><PgDn>")
        .shows("--no-mouse")
        .shows(" typing        browsing")
        .hides("below")
        .press("<Esc>")
        .hides("--no-mouse")
        .shows("typing");
    stage.press("<Esc>?q").shows("browsing");
    assert_eq!(stage.ending(), None);
}

#[test]
fn a_paste_is_text_on_one_line_and_accepts_nothing() {
    let mut stage = wide();
    stage.paste("list\r\nusers\n").shows("Search  list users");
    assert_eq!(stage.ending(), None);
    stage.press("<Esc>").paste("!").shows("typing");
    stage.press("<Esc><Down>").paste("").shows("browsing").hides("typing");
}

#[test]
fn text_that_comes_at_once_and_names_actions_is_a_paste_wherever_it_comes() {
    let catalog = Catalog::embedded().expect("valid");
    let two: Selection = catalog.indices().take(2).collect();
    let url = catalog.guide_url(&two).expect("a page");
    for text in [&*url, "pipedrive_list_deals,pipedrive_add_deal"] {
        for before in ["", "<Esc>", "<Esc>+"] {
            let mut stage = wide();
            stage.press(before).burst(text, "<Enter><Tab>");
            assert_eq!(stage.ending(), None, "{text} {before}");
            if before != "<Esc>+" {
                stage.shows("2 selected").shows("Selected 2 actions from the");
            }
        }
    }
    let mut stage = wide();
    stage.burst("list users", "<Tab>").shows("Search  list users").shows("1 selected");
    stage.press("<Esc>").burst("deals", "<Enter>").shows("Search  list usersdeals");
    assert_eq!(stage.ending(), None);
    let mut stage = wide();
    stage.press("<Esc>").burst("/deal", "<Tab>").shows("Search  deal").shows("1 selected");
    // It comes line by line.
    let mut stage = wide();
    stage.burst("list users", "<Enter><Enter>").burst("add deal", "<Enter>");
    stage.shows("Search  list users add deal");
    assert_eq!(stage.ending(), None);
    // The paste comes in pieces.
    let mut stage = wide();
    stage.burst("pipedrive_list_deals,pipedrive_add_deal", "").shows("2 selected");
    stage.burst("pipedrive_list_users,pipedrive_nope", "<Enter>").shows("3 selected");
    stage.press("<Enter>").shows("3 selected");
    assert_eq!(stage.ending(), None);
}

#[test]
fn words_that_are_ids_too_are_searched_for_unless_they_are_pasted() {
    let text = r#"[{"id": "list", "label": "A", "scopes": ["a"]}, {"id": "users", "label": "B",
        "scopes": ["b"]}, {"id": "x", "label": "list users", "scopes": ["a"]}]"#;
    let mut stage = wide_on(Catalog::parse(text).expect("valid"));
    stage.burst("list users", "").shows("1/3").shows("0 selected");
    stage.press("<Ctrl-U>").paste("list users").shows("2 selected");
}

#[test]
fn a_paste_before_the_catalog_is_there_is_not_taken_for_a_query() {
    let mut stage = wide();
    stage.load(Start::default()).press("deal").paste("pipedrive_list_deals").shows("paste again");
    stage.shows("Search  deal").hides("pipedrive_list_deals");
}

#[test]
fn the_screen_is_drawn_anew_when_asked() {
    let mut stage = wide();
    stage.press("<F1><Ctrl-L>").shows("close").press("<Esc>");
    let before = stage.written().matches("pdscopes").count();
    stage.press("<Ctrl-L>");
    assert_eq!(stage.written().matches("pdscopes").count(), before + 1);
}

#[test]
fn a_pasted_guide_url_adds_what_it_carries() {
    let mut stage = wide();
    stage.press("deals:full<Alt-A><Ctrl-O><Ctrl-U><Alt-C><Tab>").shows("1 selected");
    let url = stage.copies().pop().unwrap_or_default();
    stage.paste(&url).shows("25 selected").shows("Selected 24 actions from the guide URL");
    stage.press("<Ctrl-_>").shows("1 selected").shows("Search actions...");
    for around in [
        "<URL>",
        "(URL)",
        "URL.",
        "URL)",
        " URL\n",
        "\"URL\",",
        "See URL for it.\nThanks!",
        "Which? URL",
        "{\"guide_url\": \"URL\",\n\"other\": 1}",
        "<a href= \"URL\">guide</a>",
        "<a href=\"URL\">guide</a>",
        "{\"url\":\"URL\",\"other\":1}",
        "[URL](URL)",
        "URL\nURL",
    ] {
        stage.paste(&around.replace("URL", &url)).shows("25 selected").press("<Ctrl-_>");
    }
    let one = catalog_url(&["pipedrive_list_users"]);
    let mut other = wide();
    other.paste(&format!("{one}, pipedrive_list_deals\npipedrive_add_deal")).shows("3 selected");
    let mut other = wide();
    other.paste(&format!("{one} but not pipedrive_delete_deal"));
    other.shows("1 selected").shows("Other words stand among the ids");
    let mut other = wide();
    other.paste(&format!("{one} -pipedrive_list_users")).shows("Other words stand among the ids");
    let page = url.split_once('?').map_or("", |(page, _)| page);
    let with_unknown = "pipedrive_list_deals,\u{1b}[mfrobnicate,x_2,x_3,x_4";
    stage.paste(&format!("{page}?actions={with_unknown}")).shows("2 selected");
    stage
        .shows("Selected 1 action from the guide URL")
        .shows("Unknown: ␛[mfrobnicate, x_2, x_3 and 1 more.");
    stage
        .paste(&format!("{page}?actions=pipedrive_list_deals"))
        .shows("Nothing new in the guide URL");
}

#[test]
fn links_to_the_guide_that_differ_are_told_and_one_without_a_selection_is_no_list() {
    let [one, other] =
        ["pipedrive_list_users", "pipedrive_list_deals"].map(|id| catalog_url(&[id]));
    let page = one.split_once('?').map_or("", |(page, _)| page);
    let mut stage = wide();
    stage.paste(&format!("{one}\n{other}")).shows("different links").shows("0 selected");
    stage.paste(page).shows("carries no action");
    stage.paste(&format!("pipedrive_list_users\npipedrive_add_deal\n# from {page}"));
    stage.shows("2 selected").shows("from the pasted list");
}

#[test]
fn a_pasted_list_of_methods_and_paths_adds_to_the_selection() {
    let ids = ["GET /users", "GET /users/{id}", "GET /a(b='{c}')"];
    let calls = ids.map(|id| {
        let (_, path) = id.split_once(' ').unwrap_or_default();
        format!(r#""{path}": {{"get": {{"security": [{{"o": ["a"]}}]}}}}"#)
    });
    let text = format!(
        r#"{{"openapi": "3.0.0", "info": {{"title": "T", "version": "1"}}, "paths": {{{}}}, "components":
        {{"securitySchemes": {{"o": {{"type": "oauth2", "flows": {{"authorizationCode": {{"scopes": {{"a": ""}}}}}}}}}}}}}}"#,
        calls.join(",")
    );
    let mut stage = wide_on(Catalog::parse(&text).expect("valid"));
    let items = |around: fn(&str) -> String| ids.map(around);
    for list in [
        ids.join(", "),
        ids.join(","),
        items(|id| format!("- {id}")).join("\n"),
        items(|id| format!("1. `{id}`")).join("\n"),
        items(|id| format!("\"{id}\"")).join(", "),
    ] {
        stage.paste(&list).shows("3 selected").press("<Ctrl-_>").shows("0 selected");
    }
    stage.paste("- [ ] GET /users\n- [x] GET /users/{id}").shows("may exclude some of these ids");
}

#[test]
fn a_pasted_list_of_ids_adds_to_the_selection() {
    for list in [
        "pipedrive_list_deals\npipedrive_add_deal\n",
        "pipedrive_list_deals, pipedrive_add_deal",
        "[\"pipedrive_list_deals\", \"pipedrive_add_deal\"]",
        "- `pipedrive_list_deals`\n- `pipedrive_add_deal`",
        "# my ids\npipedrive_list_deals # both\npipedrive_add_deal\n",
        "pipedrive_list_deals  List Deals  deals:read\npipedrive_add_deal  Add Deal  deals:full",
        "pipedrive_list_deals\tpipedrive_add_deal",
        "\u{200b}pipedrive_list_deals\u{200b}, pipedrive_add\u{ad}_deal",
    ] {
        let mut stage = wide();
        stage.press("<Tab>").paste(list).shows("3 selected").shows("from the pasted list");
        stage.press("<Ctrl-_>").shows("1 selected");
    }
    let mut stage = wide();
    stage
        .paste("pipedrive_list_deals pipedrive_nope")
        .shows("1 selected")
        .shows("Unknown: pipedrive_nope.");
    let mut stage = wide();
    stage
        .paste("pipedrive_list_deals\tList Deals\tlater\n")
        .shows("0 selected")
        .shows("may exclude");
    stage.paste("pipedrive_list_deals, pipedrive_x, pipedrive_y").shows("1 selected");
    stage.shows("Unknown: pipedrive_x, pipedrive_y.");
    stage
        .paste("pipedrive_list_deals s3cr3tABC")
        .shows("Unknown: this word of 9 characters.")
        .hides("s3cr3t");
    stage.paste("list the deals").shows("Search  list the deals").shows("1 selected");
    for excluding in [
        "- [ ] pipedrive_delete_deal\n- [ ] pipedrive_add_deal",
        "- [ ] pipedrive_delete_deal\n- [x] pipedrive_add_deal",
        "- pipedrive_delete_deal\n+ pipedrive_add_deal",
        "not pipedrive_delete_deal",
        "pipedrive_list_deals, but not pipedrive_delete_deal",
        "☐ pipedrive_delete_deal\n☑ pipedrive_add_deal",
        "- [] pipedrive_delete_deal",
        "exclude pipedrive_delete_deal, pipedrive_add_deal",
        "pipedrive_add_deal\ndon't\npipedrive_delete_deal",
        "// pipedrive_delete_deal\npipedrive_add_deal",
        "exclude:\n  - pipedrive_delete_deal\n  - pipedrive_add_deal",
        "remove: pipedrive_delete_deal pipedrive_add_deal",
        "pipedrive_add_deal\tyes\npipedrive_delete_deal\tno",
        "pipedrive_add_deal: 1\npipedrive_delete_deal: 0",
        "1 pipedrive_add_deal\n0 pipedrive_delete_deal",
        "pipedrive_add_deal w/o pipedrive_delete_deal",
        "☑ pipedrive_add_deal\n□ pipedrive_delete_deal",
        "● pipedrive_add_deal\n○ pipedrive_delete_deal",
        "🟢 pipedrive_add_deal\n⚪ pipedrive_delete_deal",
        "[x] pipedrive_add_deal\n[-] pipedrive_delete_deal",
        "pipedrive_add_deal ✔\npipedrive_delete_deal",
        "| pipedrive_add_deal | ✓ |\n| pipedrive_delete_deal | |",
        "2d1\n< pipedrive_delete_deal",
        "pipedrive_add_deal <!-- pipedrive_delete_deal -->",
        "pipedrive_add_deal\n; pipedrive_delete_deal",
        "pipedrive_add_deal -> pipedrive_delete_deal",
        "Get rid of:\npipedrive_add_deal\npipedrive_delete_deal\npipedrive_add_pipeline",
        "Everything but\npipedrive_add_deal\npipedrive_delete_deal",
        "# Removed:\npipedrive_add_deal\npipedrive_delete_deal",
        "pipedrive_add_deal\n# Denied\npipedrive_delete_deal",
    ] {
        // tmux and xterm send a carriage return at the end of a line.
        for text in [excluding.to_owned(), excluding.replace('\n', "\r")] {
            stage.paste(&text).shows("1 selected").shows("may exclude some of these ids");
        }
    }
    for list in [
        "- [x] pipedrive_list_deals\n- [X] pipedrive_add_deal",
        "☑ pipedrive_list_deals\n☑ pipedrive_add_deal",
        "✔️ pipedrive_list_deals\n✔️ pipedrive_add_deal",
        "| pipedrive_list_deals | ✓ |\n| pipedrive_add_deal | ✓ |",
        "+ pipedrive_list_deals\n+ pipedrive_add_deal",
        "1) pipedrive_list_deals\n2) pipedrive_add_deal",
    ] {
        let mut stage = wide();
        stage.paste(list).shows("2 selected").hides("Unknown");
    }
}

#[test]
fn clearing_the_query_keeps_the_row() {
    let mut stage = wide();
    stage.press("get deal field<Esc><Esc>").shows("121/121");
    let highlighted = stage
        .model()
        .highlighted()
        .map(|action| stage.model().catalog().action(action).id().to_owned());
    assert_eq!(highlighted.as_deref(), Some("pipedrive_get_deal_field"));
}

#[test]
fn the_details_can_be_scrolled() {
    let mut stage = Stage::new(80, 24);
    let documented = "documentation says";
    stage.press("update deal field").hides(documented);
    stage.press("<Ctrl-Down><Ctrl-Down>").shows(documented);
    stage.press("<Ctrl-Up><Ctrl-Up>").shows("pipedrive_update_deal_field");
    // Another action begins at its beginning.
    stage.press("<Ctrl-Down><Ctrl-U>list users").shows("pipedrive_list_users");
}

#[test]
fn a_notice_leaves_what_is_selected_in_sight() {
    for (columns, rows) in [(80, 8), (80, 6), (39, 24)] {
        let mut stage = Stage::new(columns, rows);
        stage.press("pipeline<Alt-A>").shows("Selected 7").shows("7 selected  ! 3 refused");
    }
}

#[test]
fn eighty_by_twenty_four_has_every_switch() {
    let mut stage = Stage::new(80, 24);
    stage.press("add pipeline<Tab>");
    for text in [
        "Least privilege  Alt-M",
        "Separator [Space] Comma  Semicolon  Pipe  Newline  Ctrl-T",
        "1 selected",
        "1/121",
        "! Add Pipeline is refused: it takes admin. Alt-M",
        "F2 Guide",
        "F1 help",
        "91 of 368 calls, 42 change data",
    ] {
        stage.shows(text);
    }
    let mut stage = Stage::new(60, 20);
    for text in
        ["F2 Guide  F1 help", "Least privilege  Alt-M", "Separator [Space]", "Newline  Ctrl-T"]
    {
        stage.shows(text);
    }
    let mut stage = Stage::new(40, 12);
    for text in ["F2 Guide  F1 help", "Alt-M", "Separator [Space] Ctrl-T", "0 selected"] {
        stage.shows(text);
    }
}

#[test]
fn what_changes_many_says_how_to_take_it_back() {
    let mut stage = wide();
    stage.press("<Alt-A>").shows("Selected 121 actions; Ctrl-_ undoes it.");
    stage.press("<Esc>c").shows("Deselected 121 actions; u undoes it.");
    stage.press("u").shows("121 selected").press("d").shows("Deselected 121 actions; u undoes it.");
}

#[test]
fn what_the_command_line_ticks_is_ticked_at_the_start() {
    let catalog = Arc::new(Catalog::embedded().expect("valid"));
    let selection = catalog.indices().take(2).collect();
    let loaded = Message::Loaded(LoadedCatalog { catalog, selection, granted: None });
    let mut stage = wide();
    stage.load(Start { query: "deal".into(), ..Start::default() });
    stage.happen([Event::Message(loaded)]);
    stage.shows("2 selected, 2 hidden").shows("Search  deal");
}

#[test]
fn the_cursor_of_the_terminal_follows_the_focus() {
    let mut stage = wide();
    stage.press("ab<Left>");
    assert_eq!(stage.cursor(), Some((10, 3)), "at the caret while typing");
    stage.press("<Ctrl-U><Esc>j");
    assert_eq!(stage.cursor(), Some((3, 7)), "on the row while browsing");
    stage.press("<Alt-A>ljj");
    let (_, row) = stage.cursor().expect("on the scope that has the keys");
    let scope = stage.model().focused_scope().expect("it has them");
    let line = stage.screen().lines().nth(row.into()).unwrap_or_default().to_owned();
    assert!(line.contains(stage.model().catalog().scope(scope)), "{line}");
}

#[test]
fn the_screen_is_drawn_while_events_keep_coming() {
    wide().suspend_until_drawn(Event::Key(Key::char('z'))).shows("Search  z");
}

#[test]
fn suspending_and_signals_reach_the_loop() {
    let mut stage = wide();
    stage.press("<Ctrl-Z>");
    assert_eq!(stage.suspensions(), 1);
    stage.shows("List Users");
    stage.happen([Event::Leave(Ending::Terminated)]);
    assert_eq!(stage.ending(), Some(&Ending::Terminated));
}

#[test]
fn resizing_keeps_everything() {
    let mut stage = wide();
    stage.press("deal<Tab>");
    for (columns, rows) in [(80, 24), (40, 12), (20, 5), (1, 1), (3, 2), (500, 200), (120, 40)] {
        stage.resize(columns, rows);
        assert_eq!(stage.model().selection.len(), 1, "{columns}x{rows}");
    }
    stage.shows("1 selected").shows("Search  deal");
}

#[test]
fn text_of_any_script_is_typed_and_shown_without_breaking_the_table() {
    for text in ["👩\u{200d}🔧", "e\u{301}e\u{301}", "取引取引", "שלום", "\u{202e}abc"]
    {
        let mut stage = wide();
        stage.press(text).press("<Left><Right>").shows("│  Scopes selected");
        stage.press("<Backspace>").press("<Ctrl-U>").shows("121/121");
    }
}

#[test]
fn a_hundred_kilobytes_pasted_are_a_query_like_any_other() {
    let mut stage = wide();
    stage.press("<Tab>").paste(&"deal\u{1b}[2J ".repeat(12_500)).shows("1 selected, 1 hidden");
    stage.press("<Ctrl-U>").shows("121/121");
}

#[test]
fn refused_actions_are_marked_explained_and_counted() {
    let mut stage = wide();
    stage.press("add pipeline").shows("! deals:full").hides("1 refused");
    stage.shows("! refused   needs deals:full").shows("POST /pipelines accepts admin");
    stage.press("<Tab>").shows("! 1 refused  1 scope");
    stage.shows("! 1 action is refused with these scopes: Add Pipeline");
    stage.shows("(accepts admin); Alt-M gives scopes that work.");
    stage.press("<Ctrl-U>add user<Tab>").hides("1 refused").shows("2 scopes");
    stage.press("<Ctrl-U><Alt-C>deals:full<Alt-A>").shows("! 8 refused  ? 1 uncertain  1 scope");
    stage.shows("! 8 actions are refused and 1 may be with these scopes:").shows("and 6 more");
}

#[test]
fn least_privilege_is_shown_copied_and_printed_and_says_what_it_changed() {
    let mut stage = wide();
    stage.press("list deals<Tab><Ctrl-U>add pipeline<Tab>").shows("deals:read deals:full");
    stage.press("<Alt-M>").shows("[Least privilege]").shows("Guide's scope(s)");
    stage.shows("deals:read admin").shows("+admin").shows("-deals:full").hides("refused with");
    stage.press("<Ctrl-Y><Alt-K>");
    let command = "pdscopes scopes --least pipedrive_add_pipeline pipedrive_list_deals";
    assert_eq!(stage.copies(), ["deals:read admin", command]);
    stage.press("<Ctrl-U>add deal<Down>").press("<Ctrl-U>duplicate deal");
    stage.shows("selecting adds deals:full and removes deals:read");
    stage.press("<Alt-M>").shows("[Guide's scopes]").press("<Alt-M><Enter>");
    assert_eq!(stage.ending(), Some(&Ending::Done("deals:read admin".into())));
}

#[test]
fn every_action_needs_ten_scopes_where_the_guide_gives_seventeen() {
    let mut stage = wide();
    stage.press("<Alt-A>").shows("17 scopes");
    stage.click("Least privilege").shows("10 scopes");
    stage.click(" Guide's scopes [Least").shows("17 scopes");
}

#[test]
fn what_the_app_has_is_held_against_what_is_ticked() {
    let mut stage = wide();
    stage.press("list deals<Tab><Ctrl-U>list deal<Esc>+").shows("Granted").shows("granted scopes");
    stage.press("deals:full, users:read;").press("<Enter>");
    stage.shows("Your app needs: +deals:read").shows("Your app can drop: -deals:full -users:read");
    stage.shows("✓[x] List Deals").shows("covered by your app's current scopes");
    stage
        .shows("~[ ] List Deal Products")
        .press("m")
        .shows("deals:read")
        .press("f")
        .shows("only covered");
    stage.hides("List Deal Products").shows("List Deals").press("f").shows("3/121");
    stage.press("+").shows("Granted  deals:full users:read").press("<Esc>").shows("browsing");
    // What is listed follows what is granted.
    stage.press("f").shows("List Deals").press("+<Ctrl-U>goals:read<Enter>").shows("only covered");
    stage.hides("List Deals  ").press("f");
    stage.press("+<Ctrl-U><Enter>").hides("Granted").hides("✓");
}

#[test]
fn what_the_api_needs_is_not_said_to_go() {
    let mut stage = wide();
    stage.press("add pipeline<Tab><Esc>+admin<Enter>").shows("Your app's scopes are enough.");
    stage.shows("Covered: 1 of 1 selected actions.").hides("can drop");
    stage
        .press("+ deals:full<Enter>")
        .shows("Your app has these scopes, and others that the API needs.");
    stage.press("m").shows("can drop: -deals:full");
}

#[test]
fn a_granted_scope_that_nobody_knows_is_told() {
    let mut stage = wide();
    stage
        .press("<Alt-+>deals:raed<Enter>")
        .shows("`deals:raed` is not a scope; did you mean `deals:read`?");
    stage
        .press("<Ctrl-W><Ctrl-W>deals:read<Enter>")
        .hides("not a scope")
        .shows("Your app's current scopes: deals:read")
        .hides("Your app can drop")
        .press("<Tab>")
        .shows("Your app can drop: -deals:read")
        .press("<Ctrl-_>");
    stage
        .press("<Alt-+><Ctrl-U>")
        .paste(r#"{"scope": "deals:full deals:new", "access_token": "s3cret"}"#);
    stage.shows("Granted  deals:full deals:new").hides("s3cret").press("<Enter>");
    stage.shows("Unknown scope: deals:new").hides("s3cret");
}

#[test]
fn a_focused_scope_says_what_it_gives_and_marks_the_actions_that_need_it() {
    let mut stage = wide();
    stage.press("deals:full<Alt-A><Ctrl-U>list deals<Tab><Esc>l").shows("▌deals:read");
    stage.shows("For List Deals.").shows("Read deals, pipelines").shows("•[x] List Deals");
    stage.press("j").shows("▌deals:full").hides("•[x] List Deals");
    stage.press("k").click("deals:full  24").shows("▌deals:full");
    stage.press("x").shows("Select actions in the list");
}

#[test]
fn text_below_the_last_scope_is_reached_and_leaving_the_scopes_shows_their_beginning() {
    let mut stage = Stage::new(80, 24);
    stage.press("add pipeline<Tab><Esc>ml").hides("For Add Pipeline.");
    stage.press("jjjjjjjj").shows("For Add Pipeline.").press("h").shows("\n admin\n");
}

#[test]
fn the_sentence_below_the_title_is_as_long_as_the_screen_is_wide() {
    let ends = |columns| {
        let screen = Stage::new(columns, 50).screen();
        let sentence =
            screen.lines().find_map(|line| line.split_once("Select the actions you use"));
        sentence.map(|(_, end)| end.trim_end().to_owned())
    };
    for columns in 40..130 {
        let expected = match columns {
            ..47 => ".",
            47..61 => "; the scopes update.",
            61..97 => "; the scopes and the guide update.",
            97.. => "; the scopes and the guide update. Some need extra setup in Pipedrive.",
        };
        assert_eq!(ends(columns).as_deref(), Some(expected), "{columns}");
    }
}

#[test]
fn going_to_the_actions_from_the_actions_leaves_the_scopes_where_they_are() {
    let mut stage = Stage::new(80, 24);
    stage.press("list deals<Tab><Ctrl-U>add deal<Tab><Ctrl-U>add pipeline<Tab><Esc>");
    let before = stage.screen();
    stage.press("hh");
    assert_eq!(stage.screen(), before);
}

#[test]
fn a_scope_that_hundreds_of_actions_need_names_the_first_of_them() {
    let entry = |n: usize| format!(r#"{{"id": "x_{n}", "label": "Label {n}", "scopes": ["s"]}}"#);
    for (actions, told) in [(200, "Label 199."), (300, "Label 199 and 100 more.")] {
        let entries: Vec<_> = (0..actions).map(entry).collect();
        let catalog = Catalog::parse(&format!("[{}]", entries.join(","))).expect("valid");
        let confirmed = CopyOutcome::Confirmed(CopyRoute::X11);
        let mut stage = Stage::on(catalog, (150, 80), Start::default(), confirmed);
        stage.press("<Alt-A><Esc>l").shows(&format!("{actions} actions")).shows(told);
    }
}

#[test]
fn a_list_that_loses_the_cursors_action_is_read_from_its_top() {
    let mut stage = Stage::new(120, 40);
    stage.press(&"<Tab>".repeat(10)).press(&"<Down>".repeat(20)).press("<Alt-V>");
    let cursor = stage.model().cursor;
    assert_eq!((cursor.row(), cursor.rows()), (Some(0), 10));
    // Where it is listed in both, the cursor stays with it.
    stage.press("<Down><Down><Alt-V>");
    assert_eq!(stage.model().cursor.row(), Some(2));
}

/// Two actions; of the first the two versions of its API have no scope in common, so that it needs two,
/// and the second no reference knows.
fn doubtful() -> Catalog {
    let actions = json!([
        {"id": "x_a", "label": "A", "scopes": ["r"]},
        {"id": "x_b", "label": "B", "scopes": ["w"]},
    ]);
    let scope =
        |name| json!({"name": name, "hub_name": null, "description": "d", "always_granted": false});
    let call = |version, scope| {
        json!({
            "action": "x_a", "version": version, "method": "GET", "path": "/a",
            "accepts": [scope]
        })
    };
    let reference = json!({
        "source": {"accepts": "a", "documented": "d", "verified_live": false},
        "scopes": [scope("r"), scope("w")],
        "operations": [call("v1", "r"), call("v2", "w")],
    });
    let catalog = Catalog::read(actions.to_string().into(), "x.json").expect("valid");
    catalog.with_reference(&reference.to_string()).expect("valid")
}

#[test]
fn the_least_mode_says_how_far_it_can_be_relied_on() {
    let mut stage = wide_on(doubtful());
    stage.press("<Alt-M>").shows("accepts for every selected action").press("<Alt-M><Tab>");
    stage.press("<Alt-M>").shows("accepts for every").shows("  r w").hides("is not known");
    stage.press("<Alt-M><Ctrl-X><Down><Tab><Alt-M>");
    stage.shows("with caveats: see the warnings").hides("accepts for every");
    stage.shows("? What the API accepts is not");
}

#[test]
fn a_click_in_the_search_box_puts_the_caret_there() {
    let mut stage = Stage::new(120, 40);
    stage.press("dal<Esc>");
    stage.click("al ").press("e");
    assert_eq!(stage.model().query.text(), "deal");
}

#[test]
fn pages_show_every_action_once_or_twice() {
    let mut stage = Stage::new(120, 40);
    let labels = |stage: &Stage| -> Vec<String> {
        let model = stage.model();
        let shown = model.cursor.shown().filter_map(|row| model.listed.get(row).copied());
        shown.map(|action| model.catalog().action(action).label().to_owned()).collect()
    };
    let mut seen = labels(&stage);
    for _ in 0..6 {
        stage.press("<PgDn>");
        let page = labels(&stage);
        assert!(seen.contains(&page[0]), "the page before ends where this one begins");
        seen.extend(page);
    }
    let all: std::collections::BTreeSet<_> = seen.iter().collect();
    assert_eq!(all.len(), stage.model().catalog().len());
    stage.press("<PgUp>");
    assert!(stage.model().cursor.row() < Some(120));
    stage.press(&"<PgUp>".repeat(6));
    assert_eq!(stage.model().cursor.row(), Some(0));
}

#[test]
fn help_explains_the_marks_of_the_list_as_they_are_drawn() {
    let mut stage = Stage::new(120, 120);
    stage.press("<Esc>+deals:read contacts:full<Enter>");
    let list = stage.screen();
    assert!(["✓[ ]", "~[ ]", " ! ", " ? "].iter().all(|mark| list.contains(mark)), "{list}");
    stage.press("?").shows(" ✓       covered").shows(" ~       may be covered");
    stage.shows(" !       refused").shows(" ?       uncertain").shows(" •       selected, and");
    stage.look(Theme::TERMINAL, Glyphs::Ascii);
    stage
        .shows(" +       covered")
        .shows(" *       selected, and")
        .shows(" 'word   matches only literally");
}

#[test]
fn without_a_reference_nothing_is_marked_and_the_guide_is_the_only_mode() {
    let catalog = Catalog::parse(include_str!("../../assets/catalog.json")).expect("valid");
    let mut stage = wide_on(catalog);
    stage.press("<Alt-A>").hides("! ").hides("refused").hides("Least privilege");
    stage.press("<Alt-M>").shows("only the guide's scopes can be shown").shows("17 scopes");
}

#[test]
fn a_catalog_without_a_guide_says_so_and_stays_in_the_panel() {
    let mut stage = wide_on(doubtful());
    stage.hides("Guide  ").hides("the guide").hides("F2 guide").hides("Copy URL");
    stage.press("<Esc>2").shows("This catalog has no guide.").press("x").shows("1 selected");
}

#[test]
fn the_covered_list_keeps_the_cursor_on_its_action() {
    let mut stage = wide();
    stage.press("<Esc>f").shows("only covered 1/121").shows("select actions, or + enters them.");
    stage.press(" ").shows("1 selected");
    let highlighted = stage.model().highlighted();
    stage.press(" ").shows("0 selected").shows("only covered 1/121");
    assert_eq!(stage.model().highlighted(), highlighted);
}

#[test]
fn the_pane_of_scopes_shows_its_cursor_as_soon_as_it_has_the_keys() {
    let mut stage = Stage::new(80, 24);
    stage.press("<Alt-A><Esc>l").shows("▌deals:read").press("j").shows("▌deals:full");
}

#[test]
fn granted_scopes_are_typed_in_the_panel_wherever_one_was() {
    let mut stage = wide();
    stage.press("deal").press("<Alt-+>deals:full").shows("Granted  deals:full");
    stage.click("ls:full").press("X").shows("Granted  deaXls:full").press("<Ctrl-H>");
    stage.press("<Ctrl-Y>").shows("there are no scopes to copy").press("<Enter>").shows(" typing");
    stage.press("s").shows("Search  deals").press("<Esc>2+").shows("Granted  deals:full");
    stage.press("<F1>").shows("deselect everything").press("<Esc>").shows("Granted  deals:full");
    stage.press("<Esc>").hides("Granted").press("?").shows("In the guide").press("<Esc><Esc>");
    stage.shows(" browsing");
}

#[test]
fn a_key_that_would_lead_away_from_the_granted_scopes_says_how_to_end_them() {
    let mut stage = wide();
    stage.press("<Alt-+>deals:read").hides("F2 Guide");
    for key in ["<Tab>", "<Shift-Tab>", "<Up>", "<Down>", "<PgDn>", "<F2>", "<Alt-V>"] {
        stage.press(key).shows("These scopes come first: Enter applies them, Esc cancels.");
        stage.shows("Granted  deals:read").press("<Left>").hides("come first");
    }
    stage.click("List Users").shows("1 selected").click("users:read  1 action").shows("come first");
    stage.click("Comma").hides("come first").press("<Ctrl-_>");
    stage.press("<Enter>").shows("F2 Guide").shows("Your app's current scopes: deals:read");
}

#[test]
fn a_notice_names_a_key_that_works_in_the_guide() {
    let mut stage = wide();
    let url = "https://docs.stackone.com/connectors/pipedrive/guides/connector-profile/oauth-2-0";
    stage.press("<F2>").paste(&format!("{url}?actions=pipedrive_list_users"));
    stage.shows("Selected 1 action from the guide URL; u undoes it.").press("u").shows("Undone");
}

#[test]
fn what_the_help_shows_at_the_top_works_over_it() {
    let mut stage = wide();
    stage.press("<F1>2").shows("[2 Guide]").press("?").shows("Search syntax").press("1");
    stage.hides("Search syntax").shows("[Actions]").press("<F1>").click("2 Guide");
    stage.shows("[2 Guide]").press("?").click("Search syntax").hides("Search syntax");
}

#[test]
fn a_line_longer_than_its_field_shows_at_which_end_it_goes_on() {
    let mut stage = Stage::new(40, 12);
    stage.press("abcdefghijklmnopqrstuvw").shows("  abcdefghijklmnopqrstuvw  0/121");
    stage.press("xyz").shows(" …efghijklmnopqrstuvwxyz  0/121");
    assert_eq!(stage.cursor(), Some((32, 1)));
    stage.press("<Ctrl-A>").shows("  abcdefghijklmnopqrstuvw… 0/121");
    stage.press("<Ctrl-E><Left><Left><Left>").shows(" …cdefghijklmnopqrstuvwx… 0/121");
    // A click on what is to be seen puts the caret there, on either side of the marks.
    stage.click("hij").press("-").shows("fg-hij").press("<Ctrl-A>").click("qrs").press("+");
    stage.shows("p+qrs");
    let mut stage = Stage::new(40, 12);
    stage.press("取取取取取取取取取取取取取取").shows(" …取取取取取取取取取取取").press("<Left>");
    let (column, row) = stage.cursor().expect("it is shown");
    stage.each_row(|y, cells| {
        let at_caret = cells[usize::from(column)].contents();
        assert!(y != row || at_caret == "取", "the caret stands on {at_caret:?}");
    });
    stage.press("<Ctrl-A>").shows("  取取取取取取取取取取取…");
    stage.press("<Esc>+deals:read contacts:full activities:read").shows(" …");
}

#[test]
fn a_terminal_that_was_small_for_a_while_shows_again_what_it_showed() {
    for keys in
        ["<Esc>jjjjj", "<Esc>Gkkk", "<Esc>al<Down><Down><Down>", "<Alt-A><F2><Down><Down><Down>"]
    {
        let mut stage = wide();
        let before = stage.press(keys).screen();
        for (columns, rows) in [(1, 1), (30, 5), (120, 16), (60, 13)] {
            let after = stage.resize(columns, rows).resize(120, 40).screen();
            assert_eq!(after, before, "{keys}, {columns}x{rows}");
        }
    }
}

#[test]
fn a_pane_that_has_no_room_takes_no_keys() {
    let mut stage = wide();
    stage.press("<Alt-A><Esc>l").resize(40, 10).press("x").shows("120 selected");
    stage.press("l").shows("too small for the").press("x").shows("121 selected");
    stage.resize(120, 40).press("x").shows("Left goes back to it.");
}

#[test]
fn at_every_size_the_screen_tells_what_is_refused_and_where_keys_go() {
    let mut stage = wide();
    stage.press("add pipeline<Tab>");
    for (columns, rows) in (16..60).flat_map(|columns| [4, 8, 12].map(|rows| (columns, rows))) {
        let typing = stage.resize(columns, rows).screen();
        let row = typing.lines().find(|line| line.contains("[x] Add"));
        assert!(row.is_some_and(|row| row.contains('!')), "{columns}x{rows}: {typing}");
        let browsing = stage.press("<Esc>").screen();
        assert!(typing != browsing, "{columns}x{rows}: {typing}");
        stage.press("/");
    }
    stage.resize(20, 5).shows(" 1 selected  ! 1").press("<F1>").shows(" below");
    assert!(stage.screen().starts_with(" typing"), "nothing else has a row: {}", stage.screen());
}

#[test]
fn a_click_on_a_choice_that_stands_alone_or_on_its_key_goes_to_the_next() {
    let mut stage = Stage::new(40, 12);
    stage.press("deal<Tab>").shows("Separator [Space] Ctrl-T");
    stage.click("[Space]").shows("[Comma]").click("Ctrl-T").shows("[Semicolon]");
    stage.resize(120, 40).click("Ctrl-T").shows("[Pipe]").click("Alt-M").shows("[Least privilege]");
}

#[test]
fn what_is_not_for_the_guide_is_said_there() {
    let mut stage = wide();
    for key in ["a", "c", "d", "v", "f", "<Alt-A>"] {
        stage.press("<Esc>2").press(key);
        stage.shows("This is not for the guide; Esc goes back to the actions.").press("<Esc>/");
    }
    stage.shows("0 selected");
}

#[test]
fn a_guide_url_stands_for_what_its_actions_need_as_granted_scopes() {
    let mut stage = wide();
    let catalog = Catalog::embedded().expect("valid");
    let action = catalog.find("pipedrive_list_users").into_iter().collect();
    stage.press("<Esc>+").paste(&catalog.guide_url(&action).expect("a page"));
    stage.press("<Enter>").shows("current scopes: users:read").hides("Check the spelling");
}

#[test]
fn whatever_is_searched_for_can_be_selected() {
    let mut stage = wide();
    stage.press("deal<Alt-A><Ctrl-U><Alt-V>").hides("Delete Goal").hides("List Pipelines");
    let catalog = stage.model().catalog();
    let ticked: Vec<_> = stage.model().selection.iter().collect();
    assert!(!ticked.is_empty());
    assert!(ticked.iter().all(|&index| catalog.action(index).label().contains("Deal")));
    stage.press("<Alt-C><Alt-V>'pipelines !get<Alt-A>").shows("List Pipelines").shows("1 selected");
    stage.press("<Ctrl-U>^pipedrive_get_user$").shows("1/121");
}

#[test]
fn the_footer_offers_what_does_something_here() {
    let mut stage = wide();
    stage.press("<Tab><Esc>").shows("Tab select").press("<Right>").hides("Tab select");
    stage.press("<F2>").shows("Enter copy").hides("s separator").hides("mark the step done");
    stage.press("s").shows("Separator: comma.").press("S").shows("Separator: space.");
    stage.press("j").shows("mark the step done").hides("Enter copy");
    stage.press("j").shows("Enter copy").hides("mark the step done");
}

#[test]
fn a_screen_without_separators_says_which_one_is_chosen() {
    let mut stage = Stage::new(40, 10);
    stage
        .press("<Tab><Ctrl-T>")
        .shows("Separator: comma.")
        .press("<Esc>S")
        .shows("Separator: space.");
    stage.resize(120, 40).press("s").hides("Separator: comma.");
}

#[test]
fn help_is_there_over_a_text_that_could_not_be_copied() {
    let failed = CopyOutcome::Failed("there is no clipboard".into());
    let mut stage = Stage::with(120, 40, Start::default(), failed);
    stage
        .press("<Tab><Ctrl-Y>")
        .shows("Not copied")
        .press("<F1>")
        .shows("select all listed actions");
}
