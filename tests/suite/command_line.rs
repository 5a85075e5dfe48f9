//! The shell command that the screen copies.

use std::path::Path;

use crate::program::in_shell;
use pdscopes::domain::{Answer, Catalog, Mode, Selection, Separator, command_line};

/// Runs the command in a shell, with the built program first in `PATH`.
#[test]
fn the_command_prints_what_is_shown() {
    let catalog = Catalog::embedded().expect("the embedded catalog keeps its own rules");
    for every in [1, 2, 7, 60] {
        let selection: Selection = catalog.indices().skip(every / 2).step_by(every).collect();
        for separator in Separator::ALL {
            let command = command_line(&catalog, &selection, separator, Mode::Guide);
            let answer = Answer::of(&catalog, &selection, separator);
            let output = in_shell(&command, Path::new("."));
            let printed = String::from_utf8_lossy(&output.stdout).into_owned();
            assert_eq!(printed, format!("{}\n", answer.text()), "{command}");
        }
    }
}
