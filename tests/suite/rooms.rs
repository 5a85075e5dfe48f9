use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::readme::read;

/// What the contributors' page lets the files of a room use.
struct Room<'a> {
    name: &'a str,
    /// Other rooms, or a part of one, such as `shell::clipboard`.
    rooms: BTreeSet<&'a str>,
    libraries: BTreeSet<String>,
}

impl<'a> Room<'a> {
    /// `None` for a line that is no row of the table.
    fn of(line: &'a str) -> Option<Self> {
        let mut cells = line.strip_prefix("| `src/")?.split(" | ");
        let name = cells.next()?.strip_suffix("/`")?;
        let rooms = cells.nth(1)?.split('`').skip(1).step_by(2).collect();
        let libraries = cells.next()?.split([',', ';']).filter_map(library).collect();
        Some(Self { name, rooms, libraries })
    }
}

/// The crate that an item of a list names, as code writes it.
fn library(item: &str) -> Option<String> {
    let name = item.split_whitespace().next()?.trim_end_matches("'s");
    Some(name.replace('-', "_"))
}

/// The crates that the program is built with, as code writes them.
fn dependencies() -> BTreeSet<String> {
    let manifest = read("Cargo.toml");
    let tables = manifest.split("\n[").filter_map(|table| table.split_once("]\n"));
    let tables = tables.filter(|(name, _)| {
        *name == "dependencies" || name.starts_with("target.") && name.ends_with(".dependencies")
    });
    let lines = tables.flat_map(|(_, entries)| entries.lines());
    lines.filter(|line| line.contains('=')).filter_map(library).collect()
}

/// The source files of a room, without those that only hold tests.
fn files(room: &str) -> Vec<PathBuf> {
    fn add(directory: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(directory).expect("a room") {
            let path = entry.expect("a file").path();
            match path.file_stem().and_then(|stem| stem.to_str()) {
                Some("tests") => {}
                _ if path.is_dir() => add(&path, files),
                _ => files.push(path),
            }
        }
    }
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![src.join(format!("{room}.rs"))];
    add(&src.join(room), &mut files);
    files.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    files
}

/// The paths in a text, such as `crate::view::Size`, without those that a brace goes on with.
fn paths(code: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    code.split(move |c| !is_part(c)).filter(|word| word.contains("::"))
}

#[test]
fn a_room_uses_only_what_the_contributors_page_gives_it() {
    let page = read("CONTRIBUTING.md");
    let (_, anywhere) = page.split_once("Any room may use ").expect("a sentence");
    let (anywhere, _) = anywhere.split_once('.').expect("an end");
    let anywhere = anywhere.split(", ").flat_map(|item| item.split(" and "));
    let anywhere: BTreeSet<_> = anywhere.filter_map(library).collect();
    let dependencies = dependencies();
    let rooms: Vec<_> = page.lines().filter_map(Room::of).collect();
    assert_eq!(rooms.len(), 5);
    for Room { name, rooms, libraries } in rooms {
        let is_within = |path: &str, room: &str| {
            path.strip_prefix(room).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
        };
        for file in files(name) {
            let text = fs::read_to_string(&file).expect("text");
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            for path in paths(code) {
                let (root, rest) = path.split_once("::").expect("a path");
                let is_allowed = match root {
                    "crate" => {
                        ["error", name].iter().chain(&rooms).any(|room| is_within(rest, room))
                    }
                    _ if !dependencies.contains(root) => true,
                    _ => libraries.contains(root) || anywhere.contains(root),
                };
                assert!(is_allowed, "{} uses {path}", file.display());
            }
        }
    }
}
