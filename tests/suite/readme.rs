use std::fs;
use std::path::Path;

use crate::picture::{Background, draw};
#[cfg(unix)]
use crate::program::in_shell;

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

/// Words in backquotes that look like a path from the project's root.
fn paths(markdown: &str) -> impl Iterator<Item = &str> {
    let rooted = |word: &&str| {
        ["src/", "tests/", "assets/", "docs/", "fuzz/", "examples/", "benches/", ".ci/", ".github/"]
            .iter()
            .any(|room| word.starts_with(room))
            || word.ends_with(".md")
            || word.ends_with(".toml")
    };
    markdown.split('`').skip(1).step_by(2).filter(rooted)
}

#[test]
fn the_files_that_the_contributors_page_leads_to_are_there() {
    let page = read("CONTRIBUTING.md");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lost: Vec<_> = paths(&page).filter(|path| !root.join(path).exists()).collect();
    assert_eq!(lost, [""; 0]);
    assert!(paths(&page).count() > 30, "paths are written in backquotes");
}

/// The fenced blocks of a Markdown text, in order: what follows the fence, and the lines within.
#[cfg(unix)]
fn blocks(markdown: &str) -> Vec<(&str, String)> {
    let mut blocks = Vec::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let within = lines.by_ref().take_while(|line| *line != "```");
            blocks.push((language, within.map(|line| format!("{line}\n")).collect()));
        }
    }
    blocks
}

/// A block of commands that is followed by a block of text says what the commands print.
#[cfg(unix)]
#[test]
fn the_commands_print_what_the_readme_shows() {
    let readme = read("README.md");
    let blocks = blocks(&readme);
    let mut ran = 0;
    for pair in blocks.windows(2) {
        if let [("sh", commands), ("text", shown)] = pair {
            let scratch = tempfile::tempdir().expect("a directory of its own");
            let output = in_shell(commands, scratch.path());
            assert_eq!(&String::from_utf8_lossy(&output.stdout), shown, "{commands}");
            assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{commands}");
            ran += 1;
        }
    }
    assert!(ran >= 10, "only {ran} blocks were found");
}
