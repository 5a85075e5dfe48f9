use std::fs;
use std::path::Path;

use crate::picture::{Background, draw};

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect(file)
}

#[test]
fn the_key_table_is_the_table_of_the_bindings() {
    let table = pdscopes::app::key_table();
    assert!(read("README.md").contains(&table), "the README should hold:\n{table}");
}

#[test]
fn the_pictures_show_the_screen_as_it_is() {
    for background in Background::ALL {
        let fresh = read(background.file()) == draw(background);
        assert!(fresh, "{} is stale: run `cargo run --example screenshot`", background.file());
    }
}
