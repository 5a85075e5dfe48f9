use crate::program::{Run, feed, run};
use insta::assert_snapshot;
use proptest::prelude::*;

const PAGE: &str =
    "https://docs.stackone.com/connectors/pipedrive/guides/connector-profile/oauth-2-0";

/// Refused: exit 2, nothing on stdout, one sentence on one line of stderr.
fn refused(run: Run) -> String {
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    assert!(run.stderr.len() < 1000, "{}", run.stderr);
    let harmless = |c: char| !c.is_control() || c == '\n';
    assert!(run.stderr.chars().all(harmless), "{:?}", run.stderr);
    run.stderr
}

#[test]
fn unknown_names_are_told_with_those_that_are_near() {
    let mut sentences = String::new();
    for arguments in [
        &["scopes", "pipedrive_lst_deals"][..],
        &["scopes", "pipedrive_list_deals", "list_users"],
        &["url", "qqqq"],
        &["check", "--granted", "admin", "hubspot_*"],
        &["explain", "deal:read"],
        &["scopes", ""],
        &["scopes", ","],
        &["scopes", "x\u{1b}[31m\u{202e}"],
    ] {
        sentences += &refused(run(arguments));
    }
    assert_snapshot!("unknown_names", sentences);
    let long = refused(run(["scopes", &"pipedrive_".repeat(5_000)]));
    assert!(long.contains("pipedrive_...`"), "{long}");
}

#[test]
fn stdin_that_names_no_action_is_told_with_its_place() {
    let ten_megabytes = [b"pipedrive_add_deal\n".as_slice(), &vec![b'x'; 10_000_000]].concat();
    let mut sentences = String::new();
    for input in [
        b"".as_slice(),
        b" \r\n\t\n",
        b"pipedrive_add_deal\n\npipedrive_ad_deal\n",
        b"pipedrive_add_deal pipedrive_get_deal\n",
        b"pipedrive_add_deal\npipe\xff\n",
        b"\xff\xfe\x00",
        &ten_megabytes,
        b"{",
        b"{\"actions\": 3}",
        b"[\"pipedrive_add_deal\", 3]",
        b"[{\"id\": \"pipedrive_add_deal\"}, {\"id\": \"nope\"}]",
        &b"[".repeat(100_000),
    ] {
        let sentence = refused(feed(&["scopes", "-"], input));
        assert_eq!(refused(feed(&["url", "-"], input)), sentence);
        sentences += &sentence;
    }
    assert_snapshot!("stdin", sentences);
}

#[test]
fn links_that_carry_no_selection_of_this_page_are_refused() {
    let mut sentences = String::new();
    for link in [
        "",
        "not a link",
        "https://example.com/?actions=pipedrive_add_deal",
        PAGE,
        &format!("{PAGE}?action=pipedrive_add_deal"),
        &format!("{PAGE}?actions="),
        &format!("{PAGE}?actions=pipedrive_add_deal&actions=pipedrive_get_deal"),
        &format!("{PAGE}?actions=%ff%1b%zz%"),
        &format!("{PAGE}?actions=pipedrive_add_deal,pipedrive_ad_deal"),
        &format!("{PAGE}?actions={}", "%00".repeat(10_000)),
    ] {
        let sentence = refused(run(["scopes", "--from-url", link]));
        assert_eq!(refused(run(["url", "--from-url", link])), sentence);
        assert_eq!(refused(run(["--from-url", link])), sentence, "the screen");
        sentences += &sentence;
    }
    assert_snapshot!("links", sentences);
}

#[test]
fn scopes_that_cannot_be_read_are_refused() {
    let mut sentences = String::new();
    for arguments in [
        &["diff", "admin", "no/such/file"][..],
        &["diff", "scopes.txt", "admin"],
        &["diff", "{\"scopes\": [1]}", "admin"],
        &["diff", "-", "-"],
        &["check", "--granted", "-", "-"],
        &["check", "--granted", "https://example.com/?actions=x"],
        &["--granted", "-", "--actions", "-"],
    ] {
        sentences += &refused(feed(arguments, "pipedrive_add_deal"));
    }
    assert_snapshot!("scopes", sentences);
    refused(run(["diff", "admin", "./src"]));
    refused(run(["diff", "tests", "admin"]));
    let empty = refused(feed(&["diff", "admin", "-"], "\n"));
    assert!(empty.starts_with("error: stdin: Nothing is named; "), "{empty}");
    assert_eq!(feed(&["check", "--granted", "-"], ""), feed(&["diff", "-", "x"], ""));
    refused(feed(&["diff", "-", "admin"], b"admin \xff".as_slice()));
    refused(feed(&["diff", "-", "admin"], vec![b'x'; 10_000_000]));
}

#[test]
fn a_wrong_command_line_is_told_in_a_sentence() {
    let mut sentences = String::new();
    for arguments in [
        &["lst"][..],
        &["scopes", "--formt", "json"],
        &["list", "--format", "xml"],
        &["explain"],
        &["diff", "admin"],
        &["scopes", "--all", "pipedrive_add_deal"],
        &["scopes", "--print0", "--separator", "pipe", "--all"],
        &["scopes", "--separator", "newlin", "--all"],
        &["--actions", "pipedrive_add_deal", "scopes"],
        &["--least", "scopes"],
        &["--granted", "admin", "check"],
        &["audit", "pipedrive_add_deal"],
        &["guide", "--format", "json"],
        &["--separator", "%20"],
        &["--clipboard", "x"],
        &["completions", "tcsh"],
        &["man", "nope"],
    ] {
        sentences += &refused(run(arguments));
    }
    assert_snapshot!("command_line", sentences);
    refused(run(["man", "--dir", "no/such/directory"]));
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_no_utf_8_is_told_with_its_place() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let broken = OsStr::from_bytes(b"pipe\xff");
    for before in [&["scopes"][..], &["list", "deal"], &["--query"], &["lst"]] {
        let arguments = before.iter().map(OsStr::new).chain([broken]);
        let sentence = refused(run(arguments));
        if before != ["lst"] {
            let place = format!("Argument {} is not valid UTF-8", before.len() + 1);
            assert!(sentence.contains(&place), "{sentence}");
        }
    }
}

proptest! {
    /// In the process, because thousands of starts would take too long.
    #[test]
    fn any_arguments_are_parsed_or_told_in_one_line(
        command in "(list|scopes|url|explain|check|diff|audit|guide|completions|man|)",
        arguments in prop::collection::vec("(--?[a-z0-9]{0,8}(=.{0,4})?|.{0,8}|--actions|-)", 0..4),
        default_flags in prop::option::of("(--separator |--color=|--no-mouse |'|.{0,6}){0,3}"),
    ) {
        let words = ["pdscopes".to_owned(), command].into_iter().chain(arguments);
        let parsed = pdscopes::cli::parse(words.map(Into::into), default_flags.map(Into::into));
        if let Err(error) = parsed {
            let sentence = error.to_string();
            prop_assert!(!sentence.contains(char::is_control), "{sentence:?}");
            prop_assert!(sentence.ends_with(['.', '?']), "{sentence:?}");
            prop_assert_eq!(error.exit() as u8, 2);
        }
    }
}
