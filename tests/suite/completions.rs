#[cfg(unix)]
mod shells;

use crate::help::COMMANDS;
use crate::program::answer;

/// The others ask the program.
#[test]
fn the_scripts_that_cannot_ask_hold_commands_flags_ids_scopes_and_separators() {
    for shell in ["powershell", "nushell"] {
        let script = answer(&["completions", shell]);
        for name in [
            "explain",
            "granted",
            "deals:read",
            "phone-integration",
            "semicolon",
            "pipedrive_list_deals",
        ] {
            assert!(script.contains(name), "{shell}: {name}");
        }
    }
}

#[test]
fn every_command_has_a_page() {
    let page = answer(&["man"]);
    assert!(page.contains(".TH pdscopes 1"), "{page}");
    assert!(page.contains(".SH ENVIRONMENT"), "{page}");
    assert!(page.contains(".SH \"EXIT CODES\""), "{page}");
    assert!(page.contains(".SH FILES"), "{page}");
    let keys = page.split(".SH KEYS\n").nth(1).and_then(|keys| keys.split("\n.SH ").next());
    let keys = keys.expect("a section of keys").replace("\\*(Aq", "'").replace('\\', "");
    for binding in pdscopes::app::BINDINGS {
        assert!(keys.lines().any(|line| line == binding.words), "{}: {keys}", binding.words);
        for key in [binding.typing, binding.browsing].join(" ").split_whitespace() {
            assert!(keys.contains(&format!("fB{key}fR")), "{key}: {keys}");
        }
    }
    let directory = tempfile::tempdir().expect("a directory of its own");
    let path = directory.path().to_str().expect("a UTF-8 path");
    let names = answer(&["man", "--dir", path]);
    for name in names.lines() {
        let page = std::fs::read_to_string(name).expect("it was written").replace('\\', "");
        let mut before_each: Vec<_> = page.split("(1)").collect();
        before_each.pop();
        for before in before_each {
            let named = before.rsplit(|c: char| c != '-' && !c.is_alphabetic()).next();
            let file = format!("{}.1", named.unwrap_or_default());
            assert!(directory.path().join(&file).exists(), "{name} leads to {file}");
        }
    }
    assert!(answer(&["man", "catalog", "import"]).contains("\\-\\-address"));
    for command in COMMANDS {
        let file = directory.path().join(format!("pdscopes-{command}.1"));
        let written = std::fs::read_to_string(&file).expect("it was written");
        assert_eq!(written, answer(&["man", command]), "{command}");
        assert!(written.contains(".SH EXAMPLES"), "{command}");
        // As the help has it.
        let synopsis =
            written.split(".SH SYNOPSIS\n").nth(1).and_then(|after| after.lines().next());
        let synopsis = synopsis.expect("a synopsis").replace("\\fB", "").replace("\\fI", "");
        let synopsis = synopsis.replace("\\fR", "").replace('\\', "");
        let help = answer(&[command, "--help"]);
        let usage = help.lines().find_map(|line| line.strip_prefix("Usage: ")).expect("a usage");
        assert_eq!(synopsis, usage, "{command}");
    }
}
