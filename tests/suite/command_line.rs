//! The shell command that the screen copies.

use std::path::Path;

use crate::program::in_shell;
use crate::stage::Stage;
use pdscopes::app::Start;
use pdscopes::domain::{
    Answer, Catalog, CommandStart, CopyOutcome, CopyRoute, Mode, Selection, Separator, command_line,
};

/// What the command prints in a shell, with the built program first in `PATH`.
fn printed(command: &str) -> String {
    String::from_utf8_lossy(&in_shell("sh", command, Path::new(".")).stdout).into_owned()
}

#[test]
fn the_command_prints_what_is_shown() {
    let catalog = Catalog::embedded().expect("the embedded catalog keeps its own rules");
    for every in [1, 2, 7, 60] {
        let selection: Selection = catalog.indices().skip(every / 2).step_by(every).collect();
        for separator in Separator::ALL {
            for mode in [Mode::Guide, Mode::Least] {
                let start = CommandStart::default();
                let command = command_line(&catalog, &selection, separator, mode, &start)
                    .expect("the catalog is the program's own");
                let answer = Answer::in_mode(&catalog, &selection, mode);
                let text = answer.text(&catalog, separator);
                assert_eq!(printed(&command), format!("{text}\n"), "{command}");
            }
        }
    }
}

#[test]
fn the_key_copies_a_command_that_prints_what_the_screen_does() {
    for (keys, expected) in [
        ("deal_field<Alt-A><Esc>Y", "deals:read deals:full"),
        ("deal_field<Alt-A><Esc>mY", "deal-fields:full"),
        ("goals:<Alt-A><Esc>sY", "goals:read,goals:full"),
        (
            "<Alt-A><Alt-M><Ctrl-T><Alt-K>",
            "deals:full,contacts:full,activities:full,leads:full,products:full,projects:full,\
             goals:full,users:read,admin,search:read",
        ),
    ] {
        let mut stage = Stage::new(120, 40);
        stage.press(keys);
        let copies = stage.copies();
        let command = copies.last().expect("the command was copied");
        let shown = stage.model().text();
        assert_eq!(shown, expected, "{keys}");
        assert_eq!(printed(command), format!("{shown}\n"), "{keys}: {command}");
        let is_least = stage.model().answer.mode == Mode::Least;
        assert_eq!(command.starts_with("pdscopes scopes --least"), is_least, "{command}");
    }
}

#[test]
fn the_key_says_so_where_no_command_can_name_the_catalog() {
    let command = CommandStart { is_lost: true, ..CommandStart::default() };
    let start = Start { command, ..Start::default() };
    let mut stage = Stage::with(120, 40, start, CopyOutcome::Confirmed(CopyRoute::X11));
    stage.press("<Tab><Alt-K>").shows("No command can name this catalog:");
    assert!(stage.copies().is_empty());
}
