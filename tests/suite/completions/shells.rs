//! Tab in real shells, set up in a home of their own by the words of the README.

use std::fs;
use std::path::Path;

use crate::program::{PROGRAM, command, is_installed, output};
use crate::pty::Pty;
use crate::readme::{blocks, read};

/// A line as it is typed before Tab, and as it stands after it. What is ambiguous stays, or grows by
/// what all answers share.
const LINES: &[(&str, &str)] = &[
    ("pdscopes expl", "pdscopes explain "),
    ("pdscopes --theme hi", "pdscopes --theme high-contrast "),
    ("pdscopes --from", "pdscopes --from-url "),
    ("pdscopes --separator com", "pdscopes --separator comma "),
    ("pdscopes --actions pipedrive_list_us", "pdscopes --actions pipedrive_list_users "),
    ("pdscopes --granted goals:r", "pdscopes --granted goals:read "),
    ("pdscopes --granted tok", "pdscopes --granted token.json "),
    ("pdscopes --catalog=tok", "pdscopes --catalog=token.json "),
    ("pdscopes --config no", "pdscopes --config none "),
    ("pdscopes list ", "pdscopes list "),
    ("pdscopes scopes --format=js", "pdscopes scopes --format=json "),
    ("pdscopes scopes --separator=com", "pdscopes scopes --separator=comma "),
    ("pdscopes scopes pipedrive_add_deal pipedrive_list_us", "pipedrive_list_users "),
    ("pdscopes scopes nothing_like_this", "pdscopes scopes nothing_like_this"),
    ("pdscopes scopes tok", "pdscopes scopes tok"),
    ("pdscopes guide pipedrive_list_us", "pdscopes guide pipedrive_list_users "),
    ("pdscopes url --from-url ", "pdscopes url --from-url "),
    ("pdscopes explain search:", "pdscopes explain search:read "),
    ("pdscopes explain pipedrive_list_us", "pdscopes explain pipedrive_list_users "),
    ("pdscopes diff to", "pdscopes diff token.json "),
    ("pdscopes diff deals:read nothing:", "pdscopes diff deals:read nothing:"),
    ("pdscopes diff dea", "pdscopes diff deal"),
    ("pdscopes check --granted=goals:re", "pdscopes check --granted=goals:read "),
    ("pdscopes check --granted=tok", "pdscopes check --granted=token.json "),
    ("pdscopes check --granted deals:read,goals:r", "--granted deals:read,goals:read "),
    ("pdscopes check --granted 'deals:read goals:r", "--granted 'deals:read goals:read' "),
    ("pdscopes check --granted deals:read\\ goals:r", "--granted deals:read\\ goals:read "),
    ("pdscopes list > tok", "pdscopes list > token.json "),
    ("pdscopes -c", "pdscopes -c"),
    ("pdscopes diff deals:read tok", "pdscopes diff deals:read token.json "),
    ("pdscopes diff tw", "pdscopes diff two\\ words.json "),
    ("pdscopes catalog ch", "pdscopes catalog check "),
    ("pdscopes catalog check ", "pdscopes catalog check "),
    ("pdscopes catalog check ~/tok", "pdscopes catalog check ~/token.json "),
    ("pdscopes catalog import token.json tw", "import token.json two\\ words.json "),
    ("pdscopes man ", "pdscopes man "),
    ("pdscopes man cl", "pdscopes man clipboard "),
    ("pdscopes man catalog im", "pdscopes man catalog import "),
    ("pdscopes man --dir dir", "pdscopes man --dir directory/"),
    ("pdscopes completions f", "pdscopes completions fish "),
    ("pdscopes --catalog other.json scopes other_", "scopes other_action "),
    ("pdscopes --catalog ~/other.json scopes other_", "scopes other_action "),
];

#[test]
fn bash_completes() {
    press_tab("bash", &[(".bashrc", "PS1='ready> '\n")]);
}

#[test]
fn bash_completes_beside_bash_completion_and_with_any_ifs() {
    let library = "/usr/share/bash-completion/bash_completion";
    if Path::new(library).exists() {
        press_tab("bash", &[(".bashrc", &format!(". {library}\nIFS=$'\\n' PS1='ready> '\n"))]);
    } else {
        eprintln!("SKIP bash-completion: it is not installed");
    }
}

#[test]
fn zsh_completes() {
    press_tab("zsh", &[]);
}

#[test]
fn zsh_completes_where_completion_is_set_up_already() {
    press_tab("zsh", &[(".zshrc", "autoload -Uz compinit && compinit\n")]);
}

#[test]
fn fish_completes() {
    let prompt = "function fish_prompt; printf 'ready> '; end\n";
    press_tab("fish", &[(".config/fish/config.fish", prompt)]);
}

#[track_caller]
fn press_tab(shell: &str, startup: &[(&str, &str)]) {
    if !is_installed(shell) {
        eprintln!("SKIP {shell}: it is not installed");
        return;
    }
    let home = tempfile::tempdir().expect("a directory of its own");
    let home = home.path();
    for (file, text) in startup {
        let path = home.join(file);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        fs::write(path, text).expect("a file");
    }
    let programs = Path::new(PROGRAM).parent().expect("it lies in a directory").display();
    let path = format!("PATH={programs}:{}", std::env::var("PATH").unwrap_or_default());
    let home_variable = format!("HOME={}", home.display());
    let environment = [path.as_str(), &home_variable];

    let readme = read("README.md");
    let installs = blocks(&readme).into_iter().filter(|(language, _)| *language == shell);
    let mut installed = 0;
    for (_, block) in installs.filter(|(_, block)| block.contains("completions")) {
        let mut install = command("env");
        install.args(environment).args([shell, "-c", &block]).current_dir(home);
        let output = output(&mut install);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{block}");
        assert!(output.status.success(), "{block}");
        installed += 1;
    }
    assert_eq!(installed, 1, "the README has one block that installs completions for {shell}");

    let action = r#"[{"id": "other_action", "label": "Other", "scopes": ["other"]}]"#;
    for (file, text) in [
        ("token.json", r#"{"scope": "deals:read"}"#),
        ("two words.json", "{}"),
        ("other.json", action),
        ("dealings.txt", "deals:read"),
        ("readings.txt", "deals:read"),
    ] {
        fs::write(home.join(file), text).expect("a file");
    }
    fs::create_dir(home.join("directory")).expect("a directory");

    let mut terminal = Pty::start(&["env", environment[0], environment[1], shell, "-i"], home);
    terminal.wait_for("ready> ");
    for (typed, completed) in LINES {
        // What is typed after Tab stands behind what it put there.
        let expected = format!("{completed}@");
        terminal
            .send(&format!("{typed}\t@"))
            .wait_until(&format!("{expected:?} before the cursor in {shell}"), |screen| {
                before_cursor(screen).ends_with(&expected)
            });
        terminal
            .send("\x15")
            .wait_until("empty line", |screen| !before_cursor(screen).contains('@'));
    }
}

/// The text of the cursor's row that stands before it.
fn before_cursor(screen: &vt100::Screen) -> String {
    let (row, column) = screen.cursor_position();
    screen.contents_between(row, 0, row, column)
}
