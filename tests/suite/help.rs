#[cfg(unix)]
use crate::program::in_shell;
use crate::program::{answer, finish, pdscopes, run};
use insta::assert_snapshot;

pub const COMMANDS: [&str; 12] = [
    "list",
    "scopes",
    "url",
    "explain",
    "check",
    "diff",
    "audit",
    "guide",
    "catalog",
    "clipboard",
    "completions",
    "man",
];

#[test]
fn help_is_what_it_was() {
    assert_snapshot!("help", answer(&["--help"]));
    assert_snapshot!("help_short", answer(&["-h"]));
    for command in COMMANDS {
        assert_snapshot!(format!("help_{command}"), answer(&[command, "--help"]));
        assert_eq!(answer(&["help", command]), answer(&[command, "--help"]));
    }
}

#[test]
fn every_command_is_in_the_list_above() {
    let help = answer(&["--help"]);
    let commands = help.split("Commands:\n").nth(1).expect("a list of commands");
    let commands = commands.split("\n\n").next().expect("its end");
    let names = commands.lines().filter_map(|line| line.split_whitespace().next());
    let names: Vec<_> = names.filter(|&name| name != "help").collect();
    assert_eq!(names, COMMANDS);
}

/// Runs in a shell what the help shows, with the built program first in `PATH`.
#[cfg(unix)]
#[test]
fn every_example_runs() {
    let mut ran = 0;
    for help in
        COMMANDS.map(|command| answer(&[command, "--help"])).iter().chain([&answer(&["-h"])])
    {
        // A line that ends in the middle of a pipe goes on in the next.
        let help = help.replace("|\n      ", "| ");
        let examples = help.lines().filter_map(|line| line.strip_prefix("  $ "));
        for line in examples {
            let scratch = tempfile::tempdir().expect("a directory of its own");
            let output = in_shell("sh", line, scratch.path());
            let stderr = String::from_utf8_lossy(&output.stderr);
            let differs = ["check", "diff", "audit"].iter().any(|name| line.contains(name));
            let expected: &[i32] = if differs { &[0, 1] } else { &[0] };
            let code = output.status.code().unwrap_or(-1);
            assert!(expected.contains(&code), "{line}: {code} {stderr}");
            // A wide example may well name what the API refuses.
            let only_notes = stderr.lines().all(|line| line.starts_with("note: "));
            assert!(only_notes, "{line}: {stderr}");
            assert!(!output.stdout.is_empty() || line.contains('>') || differs, "{line}");
            ran += 1;
        }
    }
    assert!(ran >= 20, "only {ran} examples were found");
}

const BELOW: [[&str; 2]; 3] = [["catalog", "import"], ["catalog", "check"], ["catalog", "diff"]];

/// Rows of tables are broken by the program, if at all, and examples never.
#[test]
fn help_fits_into_narrow_terminals() {
    let commands =
        COMMANDS.iter().map(std::slice::from_ref).chain(BELOW.iter().map(<[_; 2]>::as_slice));
    for command in commands.chain([&[][..]]) {
        for flag in ["-h", "--help"] {
            let help = |columns: &str| {
                finish(pdscopes().args(command).arg(flag).env("COLUMNS", columns)).stdout
            };
            let wide = help("200");
            for (columns, width) in [("60", 60), ("80", 80)] {
                let narrow = help(columns);
                // clap never breaks the usage.
                let lines =
                    narrow.lines().filter(|line| !line.starts_with("Usage: ") || width == 80);
                let long: Vec<_> = lines.filter(|line| line.chars().count() > width).collect();
                assert_eq!(long, [""; 0], "{command:?} {flag} at {columns} columns");
                let tail =
                    |help: &str| help.split_once("\nExamples:").map(|(_, tail)| tail.to_owned());
                assert_eq!(tail(&narrow), tail(&wide), "{command:?} {flag} at {columns} columns");
            }
        }
    }
}

#[test]
fn every_manual_page_has_the_version_in_its_footer() {
    for command in COMMANDS.map(Some).into_iter().chain([None]) {
        let page = answer(&["man"].into_iter().chain(command).collect::<Vec<_>>());
        let title = page.lines().find(|line| line.starts_with(".TH ")).expect("a title");
        let version = concat!("\"pdscopes ", env!("CARGO_PKG_VERSION"), "\"");
        assert!(title.contains(version), "{title}");
    }
}

#[test]
fn the_two_ways_to_ask_for_help_and_version_exit_with_zero() {
    for flag in ["-h", "--help", "-V", "--version"] {
        assert_eq!(run([flag]).code, 0, "{flag}");
    }
}
