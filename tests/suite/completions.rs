use crate::help::COMMANDS;
use crate::program::answer;

#[test]
fn every_script_holds_commands_flags_ids_scopes_and_separators() {
    for shell in ["bash", "zsh", "fish", "powershell", "nushell"] {
        let script = answer(&["completions", shell]);
        for name in ["explain", "granted", "deals:read", "phone-integration", "semicolon"] {
            // zsh takes a colon for the end of a name.
            let escaped = name.replace(':', "\\:");
            assert!(script.contains(name) || script.contains(&escaped), "{shell}: {name}");
        }
        let asks = script.contains("(pdscopes list --format tsv");
        assert!(asks || script.contains("pipedrive_list_deals"), "{shell}: ids");
    }
}

#[cfg(unix)]
#[test]
fn bash_completes_names_also_behind_a_colon() {
    use crate::program::{command, output};
    let script = answer(&["completions", "bash"]);
    let complete = |words: &[&str]| {
        let last = words.len() - 1;
        let call = format!(
            "{script}\nCOMP_WORDS=(\"$@\")\nCOMP_CWORD={last}\n\
             _pdscopes_with_colons pdscopes \"${{COMP_WORDS[{last}]}}\" \"${{COMP_WORDS[{}]}}\"\n\
             printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            last - 1
        );
        let mut bash = command("bash");
        let output = output(bash.args(["--noprofile", "--norc", "-c", &call, "bash"]).args(words));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{words:?}");
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    };
    for (words, answers) in [
        (&["pdscopes", "expl"][..], "explain\n"),
        (&["pdscopes", "explain", "deals"], "deals:read\ndeals:full\n"),
        (&["pdscopes", "explain", "deals", ":"], "read\nfull\n"),
        (&["pdscopes", "explain", "deals", ":", "f"], "full\n"),
        (&["pdscopes", "check", "--granted", "goals", ":", "r"], "read\n"),
        (
            &["pdscopes", "scopes", "pipedrive_add_deal", "pipedrive_list_us"],
            "pipedrive_list_users\n",
        ),
        (&["pdscopes", "scopes", "--separator", "s"], "space\nsemicolon\n"),
        (&["pdscopes", "--separator", "n"], "newline\n"),
    ] {
        // Where there is no bash there is nothing to complete.
        let Some(given) = complete(words) else { return };
        assert_eq!(given, answers, "{words:?}");
    }
}

#[test]
fn every_command_has_a_page() {
    let page = answer(&["man"]);
    assert!(page.contains(".TH pdscopes 1"), "{page}");
    assert!(page.contains(".SH \"ENVIRONMENT\""), "{page}");
    assert!(page.contains(".SH \"EXIT CODES\""), "{page}");
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
        assert!(written.contains(".SH \"EXAMPLES\""), "{command}");
    }
}
