use pdscopes::app::Start;
use pdscopes::domain::{Catalog, CopyOutcome, CopyRoute};

use crate::described;
use crate::stage::Stage;

/// The same moment at a size: some actions ticked, one hidden by the query, a cursor that moved.
fn midway(columns: u16, rows: u16) -> String {
    let mut stage = Stage::new(columns, rows);
    stage.press("list users<Tab><Ctrl-U>deal fi<Tab><Down><Tab><Ctrl-T>");
    stage.screen()
}

#[test]
fn midway_at_every_layout() {
    for (columns, rows) in [(200, 60), (120, 40), (80, 24), (40, 12), (24, 6), (10, 3)] {
        insta::assert_snapshot!(format!("midway_{columns}x{rows}"), midway(columns, rows));
    }
}

#[test]
fn at_the_start() {
    insta::assert_snapshot!("start_120x40", Stage::new(120, 40).screen());
}

#[test]
fn everything_ticked_and_joined_with_newlines() {
    let mut stage = Stage::new(120, 40);
    stage.press("<Alt-A><Esc>S");
    insta::assert_snapshot!("all_newlines_120x40", stage.screen());
}

/// The help from its beginning to its end, page by page.
fn help_pages(columns: u16, rows: u16) -> String {
    let mut stage = Stage::new(columns, rows);
    let mut pages = vec![stage.press("<F1>").screen()];
    loop {
        let page = stage.press("<PgDn>").screen();
        if pages.last() == Some(&page) {
            return pages.join("\n\n");
        }
        pages.push(page);
    }
}

#[test]
fn help() {
    for (columns, rows) in [(120, 50), (80, 24), (60, 20), (40, 12)] {
        insta::assert_snapshot!(format!("help_{columns}x{rows}"), help_pages(columns, rows));
    }
}

#[test]
fn the_panel_for_nothing_one_action_all_lists_and_everything() {
    for (name, keys) in
        [("nothing", ""), ("one", "list deals<Tab>"), ("lists", "list<Alt-A>"), ("all", "<Alt-A>")]
    {
        let mut stage = Stage::new(80, 24);
        insta::assert_snapshot!(format!("panel_{name}_80x24"), stage.press(keys).screen());
    }
}

/// Each state by its name, and the keys that lead to it.
const STATES: &[(&str, &str)] = &[
    ("selected", "list deals<Tab><Ctrl-U>update person<Tab><Ctrl-U><Esc>"),
    ("query", "list deals<Tab><Ctrl-U>deal fi"),
    ("no_match", "list deals<Tab><Ctrl-U>zzz"),
    ("least", "deal fi<Alt-A><Ctrl-U><Alt-M>"),
    ("refused", "add pipeline<Tab><Ctrl-U>"),
    ("granted_line", "list deals<Tab><Ctrl-U><Alt-+>deals:read users:raed"),
    ("granted_slip", "list deals<Tab><Ctrl-U><Alt-+>deals:read users:raed<Enter>"),
    ("granted", "list deals<Tab><Ctrl-U><Alt-+>deals:full users:read<Enter>"),
    ("guide", "list deals<Tab><Ctrl-U><F2>"),
    ("uncopied", "list deals<Tab><Ctrl-U><Ctrl-Y>"),
];

#[test]
fn every_state_at_small_sizes() {
    let drive = || described::read("apis/google-drive.v3.discovery.trimmed.json");
    let failed = || CopyOutcome::Failed("there is no clipboard".into());
    let confirmed = || CopyOutcome::Confirmed(CopyRoute::X11);
    for size @ (columns, rows) in [(80, 24), (60, 20), (40, 12)] {
        let snapshot = |name: &str, catalog: Catalog, keys: &str, outcome: CopyOutcome| {
            let mut stage = Stage::on(catalog, size, Start::default(), outcome);
            let screen = stage.press(keys).screen();
            insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), screen);
        };
        for &(name, keys) in STATES {
            let outcome = if name == "uncopied" { failed() } else { confirmed() };
            snapshot(name, Catalog::embedded().expect("valid"), keys, outcome);
        }
        snapshot("drive", drive(), "", confirmed());
        snapshot("drive_selected", drive(), "files<Tab><Tab><Tab><Tab><Tab>", confirmed());
    }
}
