//! A panic, in whichever thread: the terminal is as before, the message is on it, and the program
//! has ended.

use std::sync::Arc;
use std::thread;

use pdscopes::app::LoadedCatalog;
use pdscopes::domain::{Catalog, Selection};
use pdscopes::shell::clipboard::{Copier, Delivery};
use pdscopes::shell::loader::CatalogSource;
use pdscopes::shell::{Options, end_on_panic, run};

use super::room;
use crate::pty::Pty;

const SCRIPT: &str = r#"
    before=$(stty -g)
    "$SUITE" --ignored --exact --nocapture terminal::panics::NAME
    echo "exit=$?"
    [ "$before" = "$(stty -g)" ] && echo settings=same
"#;

/// A clipboard with a defect.
struct Defective {
    beside: bool,
}

impl Copier for Defective {
    fn copy(&mut self, _: String, _: Box<dyn FnOnce(Delivery) + Send>) {
        if self.beside {
            thread::spawn(|| panic!("a defect beside the loop"));
        } else {
            panic!("a defect in the loop");
        }
    }
}

fn screen(beside: bool) {
    end_on_panic();
    let catalog = Arc::new(Catalog::embedded().expect("the embedded catalog is valid"));
    let options = Options { mouse: true, ..Options::default() };
    let supplied = LoadedCatalog { catalog, selection: Selection::new(), granted: None };
    let copier = Box::new(Defective { beside });
    drop(run(CatalogSource::Ready(supplied), options, copier, &mut Vec::new()));
}

#[test]
#[ignore = "is run by a test below, in a terminal of its own"]
fn in_the_loop() {
    screen(false);
}

#[test]
#[ignore = "is run by a test below, in a terminal of its own"]
fn beside_the_loop() {
    screen(true);
}

#[track_caller]
fn is_told(name: &str, message: &str) {
    let room = room();
    let suite = std::env::current_exe().expect("this program");
    let script = SCRIPT.replace("NAME", name).replace("$SUITE", &suite.to_string_lossy());
    let mut pty = Pty::shell(&script, room.path());
    pty.wait_for("List Users").is_taken().send("\t").wait_for("1 selected").send("\u{19}");
    pty.wait_for("exit=101").wait_for("settings=same").wait_for(message).is_restored();
}

#[test]
fn a_panic_in_the_loop_is_told_on_the_screen_as_it_was() {
    is_told("in_the_loop", "a defect in the loop");
}

#[test]
fn a_panic_beside_the_loop_ends_the_program_too() {
    is_told("beside_the_loop", "a defect beside the loop");
}
