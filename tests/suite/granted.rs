//! What people hand over as the scopes that an app has, through every way in: an argument, a file,
//! stdin and the `+` line. `src/domain/granted/tests.rs` has the forms in full.

use pdscopes::app::Focus;
use proptest::prelude::*;

use crate::program::{Run, answer, feed, run};
use crate::stage::Stage;

fn wide() -> Stage {
    Stage::new(120, 40)
}

/// A form, and the scopes that it states; none where it has to be refused.
const TABLE: &[(&str, Option<&str>)] = &[
    ("deals:read deals:full", Some("deals:read deals:full")),
    ("deals:full,deals:read;\u{a0}admin|", Some("deals:read deals:full admin")),
    ("deals:read+deals:full", Some("deals:read deals:full")),
    ("deals%3Aread%20deals%3Afull", Some("deals:read deals:full")),
    ("deals:read # not deals:full, admin is too much", Some("deals:read")),
    ("# PIPEDRIVE_SCOPES=deals:full admin", None),
    ("Error 403: the app needs admin to do that", None),
    (r#"["deals:read","deals:full"]"#, Some("deals:read deals:full")),
    ("['deals:read','deals:full',]", Some("deals:read deals:full")),
    (
        r#"{"access_token":"s3cretT0ken","token_type":"Bearer","scope":"deals:full,contacts:read","api_domain":"https://x.pipedrive.com"}"#,
        Some("deals:full contacts:read"),
    ),
    (r#"{"active":true,"scope":"deals:full","client_secret":"s3cretT0ken"}"#, Some("deals:full")),
    (r#"{"scopes":[],"scope":"deals:full"}"#, None),
    (r#"{"success":false,"error":"Scope and URL mismatch","errorCode":403}"#, None),
    (
        "https://oauth.pipedrive.com/oauth/authorize?client_id=s3cretT0ken&scope=contacts%3Afull%20deals%3Afull",
        Some("deals:full contacts:full"),
    ),
    ("https://oauth.pipedrive.com/oauth/authorize?client_id=s3cretT0ken&scope=", None),
    (
        "PIPEDRIVE_CLIENT_SECRET=s3cretT0ken\nPIPEDRIVE_SCOPES=\"deals:read contacts:read\"\n",
        Some("deals:read contacts:read"),
    ),
    ("A_SCOPES=admin\nB_SCOPES=deals:read\nKEY=s3cretT0ken", None),
    ("secret: s3cretT0ken\nscopes: [deals:read, admin]\n", Some("deals:read admin")),
    ("scopes:\n  - deals:read\n  - admin\n", Some("deals:read admin")),
    ("SCOPES = [\"deals:read\"]", Some("deals:read")),
    ("'deals:full',\n'admin',\n", Some("deals:full admin")),
    ("- [ ] deals:full\n- [ ] admin\n", Some("deals:full admin")),
    ("Deals: Full access\nContacts: Read only\n", Some("deals:full contacts:read")),
    ("Deals:Full", None),
    ("persons:full", None),
    ("s3cretT0ken", None),
    ("deals:full Bearer s3cretT0ken", None),
];

/// What `diff` calls the way from nothing to `input` lists every scope of it.
fn scopes_of(run: &Run) -> Option<String> {
    assert!(matches!(run.code, 0..=2), "{run:?}");
    let names: Vec<_> = run.stdout.lines().filter_map(|line| line.strip_prefix("+ ")).collect();
    (run.code != 2).then(|| names.join(" "))
}

#[track_caller]
fn tells_no_secret(text: &str) {
    assert!(!text.contains("s3cret"), "{text}");
}

#[test]
fn every_way_in_reads_the_same() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("granted");
    for &(input, expected) in TABLE {
        std::fs::write(&path, input).expect("a file");
        let path = path.to_str().expect("UTF-8");
        for run in [
            run(["diff", "--", "", input]),
            run(["diff", "", path]),
            feed(&["diff", "", "-"], input),
        ] {
            assert_eq!(scopes_of(&run).as_deref(), expected, "{input}: {}", run.stderr);
            tells_no_secret(&run.stdout);
            tells_no_secret(&run.stderr);
        }
        let argument = run(["check", "--all", "--granted", input]);
        assert_eq!(argument.code == 2, expected.is_none(), "{input}: {}", argument.stderr);
        tells_no_secret(&argument.stderr);
        let check = feed(&["check", "--granted", "-", "--all", "--format", "json"], input);
        assert_eq!(check.code == 2, expected.is_none(), "{input}: {}", check.stderr);
        tells_no_secret(&check.stdout);
        tells_no_secret(&check.stderr);
        on_the_line(input, expected);
    }
}

fn on_the_line(input: &str, expected: Option<&str>) {
    let mut stage = wide();
    stage.press("<Esc>+").paste(input);
    tells_no_secret(&stage.screen());
    stage.press("<Enter>");
    tells_no_secret(&stage.screen());
    let granted = stage.model().granted.as_ref().map(|list| list.text(stage.model().catalog()));
    assert_eq!(granted.as_deref(), expected, "{input}");
}

#[test]
fn what_is_refused_on_the_line_can_be_corrected_and_changes_nothing() {
    let mut stage = wide();
    stage.press("<Esc>+deals:full<Enter>+<Ctrl-U>").paste("the app needs admin").press("<Enter>");
    stage.shows("This word of 3 characters is not a scope");
    let text = |stage: &Stage| {
        stage.model().granted.as_ref().map(|list| list.text(stage.model().catalog()))
    };
    assert_eq!(text(&stage).as_deref(), Some("deals:full"));
    stage.press("admin<Enter>").hides("is not a scope");
    assert_eq!(text(&stage).as_deref(), Some("admin"));
}

#[test]
fn one_word_that_may_be_a_secret_takes_no_scopes_with_it() {
    for (typed, left) in [
        ("deals:read,contacts:fulll9 search:read", "deals:read search:read"),
        ("not deals:full s3cretT0ken", ""),
        ("Error 403: deals:full is not granted", ""),
    ] {
        let mut stage = wide();
        stage.press("<Esc>+<Ctrl-U>").press(typed).press("<Enter>").shows("not");
        assert_eq!(stage.model().granting.line.text(), left, "{typed}");
        stage.press("<Enter>");
        assert!(stage.model().granted.is_none(), "{typed}: what is left was not stated");
    }
}

#[test]
fn a_paste_that_the_terminal_did_not_mark_shows_no_secret_and_accepts_nothing() {
    for secret in
        ["CLIENT_SECRET=s3cretvalue", r#"{"access_token":"v1u:s3cret"}"#, "v1u-s3cret0123"]
    {
        let mut stage = wide();
        stage.press("<Esc>+<Ctrl-U>").burst(secret, "<Enter>");
        tells_no_secret(&stage.screen());
        assert_eq!(stage.model().focus(), Focus::Granting, "{secret}");
    }
    let mut stage = wide();
    stage.press("<Esc>+<Ctrl-U>").burst("deals:read", "<Enter>").hides("is not a scope");
    assert!(stage.model().granted.is_some(), "what is no secret is typed as fast as one likes");
}

#[test]
fn a_refused_paste_behind_typed_scopes_leaves_them_to_be_taken() {
    let mut stage = wide();
    stage.press("<Esc>+<Ctrl-U>deals:read").paste("the app needs admin");
    stage.press("<Enter>").shows("is not a scope");
    stage.press("<Enter>").hides("is not a scope");
    let granted = stage.model().granted.as_ref().map(|list| list.text(stage.model().catalog()));
    assert_eq!(granted.as_deref(), Some("deals:read"));
}

#[test]
fn what_the_program_prints_is_read_back() {
    let ids = ["pipedrive_add_deal", "pipedrive_list_users"];
    let scopes = answer(&["scopes", ids[0], ids[1]]);
    let compact = |json: String| -> String {
        serde_json::from_str::<serde_json::Value>(&json).expect("JSON").to_string()
    };
    let json = answer(&["scopes", ids[0], ids[1], "--format", "json"]);
    let check = run(["check", "--granted", scopes.trim(), "--all", "--format", "json"]).stdout;
    for printed in [
        scopes.clone(),
        answer(&["scopes", ids[0], ids[1], "--print0"]),
        answer(&["scopes", ids[0], ids[1], "--separator", ", "]),
        answer(&["scopes", ids[0], ids[1], "--format", "markdown"]),
        answer(&["guide", ids[0], ids[1], "--format", "markdown"]),
        answer(&["url", ids[0], ids[1]]),
        json.clone(),
        compact(json),
        check.clone(),
        compact(check),
    ] {
        let back = feed(&["diff", scopes.trim(), "-"], printed.clone());
        assert_eq!((back.code, back.stdout.as_str()), (0, ""), "{printed}: {}", back.stderr);
    }
    for refused in [
        answer(&["guide", ids[0], ids[1]]),
        answer(&["list", "deal"]),
        run(["diff", "", "deals:full"]).stdout,
        run(["diff", "", "deals:full", "--format", "json"]).stdout,
        run(["diff", "", "deals:full", "--format", "markdown"]).stdout,
        run(["check", "--granted", "", "--all"]).stdout,
        run(["audit", "--format", "json"]).stdout,
        answer(&["list", "--format", "json"]),
        answer(&["url", "--all", "--format", "json"]),
    ] {
        assert_eq!(feed(&["diff", "", "-"], refused.clone()).code, 2, "{refused}");
    }
    let again =
        feed(&["scopes", "-"], compact(answer(&["scopes", ids[0], ids[1], "--format", "json"])));
    assert_eq!(again.stdout, scopes);
}

#[test]
fn a_file_without_text_is_an_error_whatever_its_encoding() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("granted");
    for bytes in
        [&b""[..], b" \n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b"\xff\xfe", b"\xfe\xff\0\n"]
    {
        std::fs::write(&path, bytes).expect("a file");
        let run = run(["check", "--all", "--granted", path.to_str().expect("UTF-8")]);
        assert_eq!(run.code, 2, "{bytes:?}");
        assert!(run.stderr.contains("Nothing is named"), "{bytes:?}: {}", run.stderr);
    }
}

#[test]
fn an_answer_that_the_api_refuses_is_never_silent() {
    for arguments in [
        &["scopes", "pipedrive_add_pipeline"][..],
        &["scopes", "pipedrive_add_pipeline", "--print0"],
        &["scopes", "pipedrive_add_pipeline", "--format", "json"],
        &["url", "pipedrive_add_pipeline"],
        &["guide", "pipedrive_add_pipeline"],
    ] {
        let run = run(arguments);
        let told = "note: 1 action is refused with these scopes: pipedrive_add_pipeline (accepts \
                    admin); `--least` gives scopes that work.\n";
        assert_eq!((run.code, run.stderr.as_str()), (0, told), "{arguments:?}");
    }
    answer(&["scopes", "pipedrive_add_pipeline", "--least"]);
    answer(&["url", "pipedrive_add_deal"]);
}

#[test]
fn json_holds_nothing_that_steers_a_terminal() {
    let catalog =
        "[{\"id\": \"x_a\", \"label\": \"a\u{7f}\u{9b}2J\u{202e}b\", \"scopes\": [\"r\"]}]";
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("x.json");
    std::fs::write(&path, catalog).expect("a file");
    let path = path.to_str().expect("UTF-8");
    let imported = answer(&["catalog", "import", path]);
    let listed = answer(&["--catalog", path, "list", "--format", "json"]);
    for json in [&imported, &listed] {
        assert!(json.contains(r"a\u007f\u009b2J\u202eb"), "{json}");
        let value: serde_json::Value = serde_json::from_str(json).expect("JSON");
        assert_eq!(value["actions"][0]["label"], "a\u{7f}\u{9b}2J\u{202e}b");
    }
    let granted = run(["diff", "", "[\"a:\u{202e}b\"]", "--format", "json"]);
    assert_eq!(granted.code, 2, "no scope has such a character");
}

#[test]
fn an_empty_catalog_is_told_as_such() {
    for arguments in [
        &["list"][..],
        &["scopes", "--all"],
        &["url", "--all"],
        &["explain", "x"],
        &["check", "--granted", ""],
        &["audit"],
        &["guide"],
    ] {
        let run = feed(&[&["--catalog", "-"], arguments].concat(), "[]");
        let told = "error: The catalog has no actions, so there is nothing to answer; give one that has some.\n";
        assert_eq!(
            (run.code, run.stdout.as_str(), run.stderr.as_str()),
            (2, "", told),
            "{arguments:?}"
        );
    }
    let checked = feed(&["catalog", "check", "-"], "[]");
    assert!(checked.stderr.contains("has no actions"), "{}", checked.stderr);
}

/// A secret among the values of other keys, in every form.
fn with_secret(form: usize, secret: &str, scopes: &str) -> String {
    match form {
        0 => format!(
            r#"{{"access_token":"{secret}","refresh_token":"{secret}","scope":"{scopes}"}}"#
        ),
        1 => format!(r#"{{"access_token":"{secret}","scope":"{scopes}""#),
        2 => format!("https://x.com/cb#access_token={secret}&scope={scopes}"),
        3 => format!("CLIENT_SECRET={secret}\nSCOPES=\"{scopes}\"\n"),
        4 => format!("client:\n  secret: {secret}\n  scopes: {scopes}\n"),
        5 => format!("{scopes} # {secret}"),
        6 => format!("{scopes} {secret}"),
        _ => secret.to_owned(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_secret_comes_out_anywhere(
        form in 0_usize..8,
        secret in "[A-Z]{3}[0-9][A-Za-z0-9_-]{8,40}",
        scopes in "(deals:read|admin|deals:raed)( deals:full)?",
    ) {
        let input = with_secret(form, &secret, &scopes);
        let mark = &secret[..8];
        for format in ["text", "json", "markdown"] {
            let run = feed(&["diff", "", "-", "--format", format], input.clone());
            prop_assert!(!run.stdout.contains(mark) && !run.stderr.contains(mark), "{:?}", run);
        }
        let run = run(["check", "--all", "--granted", &input]);
        prop_assert!(!run.stdout.contains(mark) && !run.stderr.contains(mark), "{:?}", run);
        let mut stage = wide();
        stage.press("<Tab><Esc>+").paste(&input);
        prop_assert!(!stage.screen().contains(mark), "{}", stage.screen());
        stage.press("<Enter>");
        prop_assert!(!stage.screen().contains(mark), "{}", stage.screen());
        stage.press("<Alt-K>");
        prop_assert!(stage.copies().iter().all(|copy| !copy.contains(mark)));
    }
}
