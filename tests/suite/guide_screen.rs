use pdscopes::app::{Anchor, Key};
use pdscopes::shell::Event;

use crate::stage::{CLICK, Stage, mouse};

fn guide(keys: &str) -> Stage {
    let mut stage = Stage::new(120, 90);
    stage.press(keys).press("<F2>").shows("[2 Guide]");
    stage
}

#[test]
fn the_guide_follows_the_selection() {
    let mut stage = guide("");
    stage.shows("phone-integration").shows("Call logs");
    stage.press("1").shows("[Actions]").press("list deals<Tab><F2>");
    stage.shows("Enables actions: List Deals").shows("deals:read").hides("phone-integration");
    stage.press("u").shows("phone-integration");
    // It is not on the screen while granted scopes are typed.
    stage.press("+<Alt-A><Esc>").shows("[2 Guide]").shows("Enables actions: List Deals");
}

#[test]
fn every_copyable_item_copies_exactly_its_text() {
    for keys in ["", "list deals<Tab>", "<Alt-A>", "<Alt-A><Alt-M>"] {
        let mut stage = guide(keys);
        let anchors = stage.model().guide.anchors.clone();
        let mut expected = Vec::new();
        for stop in anchors {
            if let Anchor::Copyable { text, .. } = stop {
                stage.press("y");
                expected.push(text);
            }
            stage.press("j");
        }
        assert!(expected.len() > 4, "there is something to copy");
        assert_eq!(stage.copies(), expected);
    }
}

#[test]
fn enter_and_a_click_copy_what_they_are_on() {
    let mut stage = guide("list deals<Tab>");
    stage.click("https://api.stackone.com").shows("Copied (X11): callback URL.");
    stage.click("deals:read ").shows("Copied (X11): scope.").press("<Enter>");
    let callback = "https://api.stackone.com/connect/oauth2/pipedrive/callback";
    assert_eq!(stage.copies(), [callback, "deals:read", "deals:read"]);
    assert_eq!(stage.ending(), None, "Enter copies here, and does not leave");
}

#[test]
fn a_click_on_a_guide_that_a_key_has_just_changed_copies_nothing() {
    let mut stage = guide("list deals<Tab><Ctrl-U>add person<Tab><Esc>");
    let position = stage.find("deals:read ");
    let click = mouse(CLICK, position);
    stage.happen([Event::Key(Key::char('u')), click]).hides("contacts:full");
    assert_eq!(stage.copies(), [""; 0]);
}

#[test]
fn steps_are_ticked_off_and_stay_so() {
    let mut stage = guide("list deals<Tab>");
    stage.shows("[ ] 1.2 Create a new app").click("Create a new app").shows("[x] 1.2 Create");
    stage.click("[x] 1.2").shows("[ ] 1.2 Create").click("[ ] 1.2").shows("[x] 1.2 Create");
    stage.press("<F2><F2>").shows("[x] 1.2 Create").press("x").shows("[ ] 1.2 Create");
    stage.press("j<Space>").shows("[x] 1.2 Create");
    let current = |stage: &Stage| stage.model().guide.current().cloned();
    let here = current(&stage);
    stage.press("<Tab>");
    assert_ne!(current(&stage), here, "it goes on to the next");
    stage.press("<Shift-Tab><Shift-Tab>");
    stage.press("<Tab>");
    assert_eq!(current(&stage), here, "and back");
}

#[test]
fn a_step_with_further_scopes_is_to_be_done_again() {
    let mut stage = guide("list deals<Tab>");
    stage.click("Create a new app").click("Configure").shows("[x] 1.2").shows("[x] 1.3");
    stage.press("1/<Ctrl-U>list persons<Tab><F2>").shows("contacts:read");
    stage.shows("[x] 1.2").shows("[ ] 1.3");
}

#[test]
fn tab_pressed_on_and_on_marks_every_step_once() {
    let mut stage = guide("list deals<Tab>");
    for _ in 0..stage.model().guide.anchors.len() {
        stage.press("<Tab>");
    }
    stage.hides("[ ] ");
    for _ in 0..stage.model().guide.anchors.len() {
        stage.press("<Shift-Tab>");
    }
    stage.hides("[x] ");
}

#[test]
fn the_end_of_the_guide_is_the_end_of_its_text() {
    let mut stage = Stage::new(80, 24);
    stage.press("list deals<Tab><F2>").hides("List Deals").press("<End>").hides("below");
    stage.press("<Home>").shows("1. Create a Pipedrive");
}

#[test]
fn the_guide_scrolls_and_keeps_its_cursor_in_sight() {
    let mut stage = Stage::new(80, 24);
    stage.press("<F2>").hides("linking-accounts");
    stage.press("<Esc><Esc>2G").shows("linking-accounts").press("g").shows("1. Create a Pipedrive");
    stage.press("<PgDn>").hides("1. Create a Pipedrive");
    stage.press("<F1>").shows("In the guide").press("<Esc>").hides("1. Create a Pipedrive");
    stage.wheel_down("[ ] 1.2");
    stage.resize(40, 12).press("G").shows("linking");
}

#[test]
fn links_are_hyperlinks_with_the_plain_address_beside_them() {
    let mut stage = guide("");
    stage.shows("https://app.pipedrive.com/");
    let written = stage.written();
    assert!(written.contains("\u{1b}]8;;https://app.pipedrive.com/\u{1b}\\"), "no link was begun");
    assert!(written.contains("\u{1b}]8;;\u{1b}\\"), "no link was ended");
}

#[test]
fn snapshots_of_the_guide() {
    for (name, keys) in
        [("nothing", ""), ("one", "list deals<Tab>"), ("lists", "list<Alt-A>"), ("all", "<Alt-A>")]
    {
        insta::assert_snapshot!(format!("guide_{name}_120x90"), guide(keys).screen());
        let mut small = Stage::new(80, 24);
        small.press(keys).press("<F2>");
        insta::assert_snapshot!(format!("guide_{name}_80x24"), small.screen());
    }
}

#[test]
fn no_text_of_the_guide_is_cut_and_its_end_is_reached() {
    let mut stage = Stage::new(40, 12);
    stage.press("add pipeline<Tab><F2>");
    for _ in 0..40 {
        let screen = stage.press("<PgDn>").screen();
        let cut: Vec<_> = screen.lines().filter(|line| line.ends_with('…')).collect();
        assert!(cut.iter().all(|line| !line.trim().contains(' ')), "{cut:?}");
    }
    stage.press("GGG").shows("on a live");
}

#[test]
fn a_step_is_ticked_off_by_enter_and_not_by_the_keys_that_copy() {
    let mut stage = Stage::new(80, 24);
    stage.press("list<Alt-A><F2>jjj").shows("[ ] 1.1").press("<Ctrl-Y>");
    stage.hides("[x]").shows("A step can't be copied; Space marks it as done.");
    stage.press("<Enter>").shows("[x]");
}

#[test]
fn the_footer_says_what_tab_does_with_a_step() {
    let mut stage = Stage::new(120, 40);
    stage.press("list<Alt-A><F2>jjj").shows("mark the step done");
    stage.press("<Enter>").shows("[x]").shows("unmark the step");
}

#[test]
fn keys_behind_the_one_that_opens_a_text_scroll_it() {
    let mut one_by_one = Stage::new(80, 24);
    one_by_one.press("list<Alt-A>").press("<F2>").press("<PgDn>").press("<PgDn>");
    let mut at_once = Stage::new(80, 24);
    at_once.press("list<Alt-A>").press("<F2><PgDn><PgDn>");
    assert_eq!(at_once.screen(), one_by_one.screen());
    let mut help = Stage::new(80, 24);
    let mut help_at_once = Stage::new(80, 24);
    help.press("<F1>").press("<PgDn>");
    assert_eq!(help_at_once.press("<F1><PgDn>").screen(), help.screen());
}

#[test]
fn nothing_out_of_sight_is_copied_or_ticked_off() {
    for key in ["<Enter>", "<Space>", "<Ctrl-Y>"] {
        let mut stage = Stage::new(80, 24);
        stage.press("list<Alt-A><F2>jjj").shows("▌").press("<PgDn><PgDn>").hides("▌");
        let before = stage.model().guide.clone();
        stage.press(key).shows("▌").hides("[x]").hides("Copied");
        assert_eq!(stage.model().guide.cursor.row(), before.cursor.row(), "{key}");
    }
    let mut stage = Stage::new(80, 24);
    stage.press("list<Alt-A><F2><PgDn><PgDn><PgDn><Enter>").hides("Copied");
    stage.press("<Enter>").shows("Copied");
}
