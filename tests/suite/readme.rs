use std::fs;
use std::path::Path;

use pdscopes::app::BINDINGS;
use pdscopes::domain::{Answer, Audit, Catalog, Mode, ScopeSet, Selection, VerdictCounts};

use crate::picture;
#[cfg(unix)]
use crate::program::{command, in_shell, is_installed, output};

pub fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect(file)
}

#[test]
fn the_key_table_is_the_table_of_the_bindings() {
    let mut table = String::from("| | typing | browsing |\n|---|---|---|\n");
    for binding in BINDINGS {
        let [typing, browsing] = [binding.typing, binding.browsing].map(|keys| {
            let spans: Vec<_> = keys.split_whitespace().map(|key| format!("`{key}`")).collect();
            spans.join(" ")
        });
        table.push_str(&format!("| {} | {typing} | {browsing} |\n", binding.words));
    }
    assert!(read("docs/screen.md").contains(&table), "docs/screen.md should hold:\n{table}");
}

#[test]
fn the_pictures_show_the_screen_as_it_is() {
    let readme = read("README.md");
    for (size, background) in picture::ALL {
        let file = picture::file(size, background);
        let fresh = read(file) == picture::draw(size, background);
        assert!(fresh, "{file} is stale: run `cargo run --example screenshot`");
        assert!(readme.contains(file), "the README shows {file}");
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
    let counts = Audit::of(&catalog).counts;
    let scopes = |mode| Answer::in_mode(&catalog, &all, mode).scopes.len();
    let operations: Vec<_> =
        catalog.indices().flat_map(|action| catalog.operations(action)).collect();
    let documented = operations.iter().filter(|operation| operation.documented.is_some()).count();
    let (actions, calls) = (catalog.len(), operations.len());
    let VerdictCounts { refused, uncertain, accepted, .. } = counts;
    let reference = catalog.reference().expect("Pipedrive has one");
    let all_calls = reference.operations().count();
    let accepts = &reference.source.accepts;
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
    let three =
        ["pipedrive_update_filter", "pipedrive_search_organizations", "pipedrive_list_stages"];
    let three: Selection = three.iter().filter_map(|id| catalog.find(id)).collect();
    let power = |mode| {
        let answer = Answer::in_mode(&catalog, &three, mode);
        catalog.power(&answer.scopes).expect("a reference")
    };
    for (page, sentences) in [
        (
            "README.md",
            vec![
                format!("The guide is wrong for {refused} of {actions} actions"),
                format!(
                    "the guide's scopes allow {} of the API's {all_calls} calls, {} of which change data; \
                     with least privilege it is {} and {}",
                    power(Mode::Guide).calls,
                    power(Mode::Guide).writes,
                    power(Mode::Least).calls,
                    power(Mode::Least).writes
                ),
                format!("(npm package `pipedrive` {version})"),
            ],
        ),
        (
            "docs/guide-and-api.md",
            vec![
                format!(
                    "refuses {refused} of the {actions} actions and {uncertain} more are uncertain"
                ),
                format!("The other {accepted} are accepted"),
                format!(
                    "For all {actions} actions, the guide names {} scopes; with least privilege it is {}",
                    scopes(Mode::Guide),
                    scopes(Mode::Least)
                ),
                format!("counted over all {all_calls} of Pipedrive's API"),
                format!(
                    "`{scope}`, for example, is called read-only, but according to the client {writes} calls"
                ),
                format!("(npm package `pipedrive` {version})"),
            ],
        ),
        (
            "docs/data.md",
            vec![
                format!("{actions} actions with their scopes, {} scopes", catalog.scopes().len()),
                format!("all {all_calls} calls of versions 1 and 2"),
                format!("the actions use {calls} of them"),
                format!("how many of the {all_calls} calls"),
                format!("which every app has ({free} calls)"),
                format!("`{scope}` is accepted by {writes} calls that change data"),
                format!("for the {documented} calls where"),
                format!("that {refused} actions are refused"),
                format!("`pipedrive` {version} |"),
                format!("With {version} it compares {all_calls} calls and finds no difference"),
            ],
        ),
    ] {
        let text = read(page).split_whitespace().collect::<Vec<_>>().join(" ");
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

/// The pages whose commands are run, and at least how many blocks each has.
#[cfg(unix)]
const PAGES: [(&str, usize); 4] = [
    ("README.md", 4),
    ("docs/scripts.md", 9),
    ("docs/guide-and-api.md", 4),
    ("docs/catalog.md", 1),
];

/// A block of commands that is followed by a block of text says what the commands print.
#[cfg(unix)]
#[test]
fn the_commands_print_what_the_pages_show() {
    for (page, at_least) in PAGES {
        let text = read(page);
        let ran = printed(&text).map(|(commands, shown)| runs_in("sh", &commands, &shown)).count();
        assert!(ran >= at_least, "only {ran} blocks were found in {page}");
    }
}

/// Who reads the README may have any of them.
#[cfg(unix)]
#[test]
fn the_commands_of_the_readme_run_in_every_shell() {
    let readme = read("README.md");
    for shell in ["bash", "zsh", "fish"] {
        if !is_installed(shell) {
            eprintln!("SKIP {shell}: it is not installed");
            continue;
        }
        for (commands, shown) in printed(&readme) {
            runs_in(shell, &commands, &shown);
        }
        for (language, commands) in blocks(&readme) {
            if language == "sh" || language == shell {
                let read = output(command(shell).args(["-n", "-c", &commands]));
                assert!(read.status.success(), "{shell} cannot read: {commands}");
            }
        }
    }
}

#[cfg(unix)]
fn printed(markdown: &str) -> impl Iterator<Item = (String, String)> {
    let blocks = blocks(markdown);
    let pairs = blocks.windows(2).filter_map(|pair| match pair {
        [("sh", commands), ("text", shown)] => Some((commands.clone(), shown.clone())),
        _ => None,
    });
    pairs.collect::<Vec<_>>().into_iter()
}

#[cfg(unix)]
#[track_caller]
fn runs_in(shell: &str, commands: &str, shown: &str) {
    let scratch = tempfile::tempdir().expect("a directory of its own");
    let output = in_shell(shell, commands, scratch.path());
    assert_eq!(String::from_utf8_lossy(&output.stdout), shown, "{shell}: {commands}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{shell}: {commands}");
}

#[test]
fn the_readme_is_short_and_its_code_fits_into_80_columns() {
    let readme = read("README.md");
    let lines = readme.lines().count();
    assert!(lines <= 250, "{lines} lines");
    let mut is_code = false;
    for line in readme.lines() {
        is_code ^= line.trim_start().starts_with("```");
        assert!(!is_code || line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn what_the_pages_link_to_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for page in ["README.md", "docs/screen.md", "docs/scripts.md", "docs/guide-and-api.md"] {
        let text = read(page);
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let links = links.filter(|link| !link.contains("://"));
        let mut count = 0;
        for link in links {
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let file = match file {
                "" => root.join(page),
                file => root.join(page).parent().expect("a directory").join(file),
            };
            let linked = fs::read_to_string(&file).unwrap_or_else(|_| panic!("{page}: {link}"));
            let is_there = linked.lines().any(|line| anchor(line) == Some(heading.to_owned()));
            assert!(heading.is_empty() || is_there, "{page}: {link}");
            count += 1;
        }
        assert!(count > 0, "{page} has links");
    }
}

/// What a link to a heading calls it.
fn anchor(line: &str) -> Option<String> {
    let heading = line.strip_prefix('#')?.trim_start_matches('#').trim();
    Some(heading.to_lowercase().replace(' ', "-"))
}
