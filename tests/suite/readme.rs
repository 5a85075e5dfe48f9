use std::fs;
use std::path::Path;

use pdscopes::domain::{
    Answer, Audit, Catalog, Mode, ScopeSet, Selection, Separator, VerdictCounts,
};

use crate::picture::{Background, draw};
#[cfg(unix)]
use crate::program::in_shell;

pub fn read(file: &str) -> String {
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

#[test]
fn the_figures_in_the_text_are_those_of_the_data() {
    let catalog = Catalog::embedded().expect("valid");
    let all: Selection = catalog.indices().collect();
    let counts = Audit::of(&catalog).counts();
    let scopes = |mode| Answer::in_mode(&catalog, &all, Separator::default(), mode).scopes().len();
    let operations: Vec<_> =
        catalog.indices().flat_map(|action| catalog.operations(action)).collect();
    let documented = operations.iter().filter(|operation| operation.documented.is_some()).count();
    let (actions, calls) = (catalog.len(), operations.len());
    let VerdictCounts { refused, uncertain, accepted, .. } = counts;
    let reference = catalog.reference().expect("Pipedrive has one");
    let all_calls = reference.operations().len();
    let accepts = &reference.source().accepts;
    let free = catalog.power(&ScopeSet::new()).expect("a reference").calls;
    let not_read_only: Vec<_> = catalog
        .all_scopes()
        .map(|scope| (catalog.scope(scope), catalog.writes_of_read_only(scope)))
        .filter(|&(_, writes)| writes > 0)
        .collect();
    let [(scope, writes)] = not_read_only[..] else {
        panic!("the README tells of one: {not_read_only:?}");
    };
    let version = accepts.rsplit(' ').next().expect("a version");
    for (page, sentences) in [
        (
            "README.md",
            vec![
                format!(
                    "refuses {refused} of the {actions} actions and {uncertain} more are uncertain"
                ),
                format!("The other {accepted} are accepted"),
                format!(
                    "All {actions} actions need {} scopes going by the guide, and {} going by the API",
                    scopes(Mode::Guide),
                    scopes(Mode::Least)
                ),
                format!("counted over all {all_calls} of Pipedrive's API"),
                format!("`{scope}` is called read-only, but by the client {writes} calls"),
                format!("(npm package `pipedrive` {version})"),
            ],
        ),
        (
            "docs/data.md",
            vec![
                format!("{actions} actions with their scopes, {} scopes", catalog.scopes().len()),
                format!("all {all_calls} calls of versions 1 and 2"),
                format!("{calls} of them those of the actions"),
                format!("how many of the {all_calls} calls"),
                format!("which every app has ({free} calls)"),
                format!("`{scope}` is accepted by {writes} calls that change data"),
                format!("for the {documented} operations where"),
                format!("that {refused} actions are refused"),
                format!("`pipedrive` {version} |"),
                format!("With {version} it compares {all_calls} calls and finds no difference"),
            ],
        ),
    ] {
        let text = read(page).replace('\n', " ");
        let lost: Vec<_> = sentences.iter().filter(|sentence| !text.contains(*sentence)).collect();
        assert_eq!(lost, [""; 0], "{page}");
    }
}

/// The fenced blocks of a Markdown text, in order: what follows the fence, and the lines within.
#[cfg(unix)]
pub fn blocks(markdown: &str) -> Vec<(&str, String)> {
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
