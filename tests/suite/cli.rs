use std::collections::HashSet;

#[cfg(unix)]
use crate::program::{PROGRAM, spawn};
use crate::program::{Run, answer, feed, finish, pdscopes, run};
use insta::assert_snapshot;

const ALL: &str = "deals:read deals:full contacts:read contacts:full activities:read \
    activities:full leads:read leads:full products:read products:full projects:read \
    projects:full goals:read goals:full users:read admin search:read";

#[test]
fn list_prints_actions_in_each_form() {
    assert_eq!(answer(&["list"]).lines().count(), 121);
    assert_eq!(answer(&["list", "deals:full"]).lines().count(), 24);
    assert_snapshot!("list_text", answer(&["list", "deal", "field"]));
    for format in ["json", "tsv", "markdown"] {
        let name = format!("list_{format}");
        assert_snapshot!(name, answer(&["list", "lst", "dl", "fld", "--format", format]));
    }
    assert_eq!(
        answer(&["list", "lst", "dl", "fld", "--print0"]).split('\0').next(),
        answer(&["list", "lst", "dl", "fld", "--format", "tsv"]).split('\t').next()
    );
}

#[test]
fn a_verdict_on_scopes_that_stackone_names_stands_beside_them() {
    let text = r#"{"data": [{"key": "pipedrive", "name": "Pipedrive", "actions": [
        {"id": "pipedrive_add_pipeline", "label": "A", "required_scopes": ["deals:full"]},
        {"id": "pipedrive_list_deals", "label": "L", "required_scopes": ["deals:read"]}]}]}"#;
    let listed = feed(&["list", "--catalog", "-", "--format", "tsv"], text).stdout;
    let rows: Vec<Vec<_>> = listed.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows[0][2..], ["deals:full", "refused"], "{listed}");
    assert_eq!(rows[1][2..], ["deals:full or deals:read", "accepted"], "{listed}");
    let audit = feed(&["audit", "--catalog", "-", "--format", "tsv"], text).stdout;
    assert!(audit.contains("refused\tpipedrive_add_pipeline\tdeals:full\tadmin\t"), "{audit}");
}

#[test]
fn what_looks_like_json_is_no_path() {
    let json = r#"{"access_token":"a/b","scope":"deals:full""#;
    let told = run(["check", "--granted", json, "pipedrive_list_deals"]).stderr;
    assert!(told.contains("not valid JSON"), "{told}");
}

#[test]
fn the_least_scopes_of_what_no_reference_knows_are_told_to_be_the_guides() {
    let catalog = r#"[{"id": "x_a", "label": "A", "scopes": ["r"]}]"#;
    let told = "note: What the API accepts is not known for 1 action (x_a), so the catalog's scopes stand in.\n";
    for (least, told) in [(&["--least"][..], told), (&[], "")] {
        let run = feed(&[&["--catalog", "-", "scopes", "--all"], least].concat(), catalog);
        assert_eq!((run.code, &*run.stdout, &*run.stderr), (0, "r\n", told));
    }
}

#[test]
fn why_says_what_the_guides_scopes_are_needed_for() {
    let why = answer(&["scopes", "--why", "pipedrive_add_deal", "pipedrive_list_stages"]);
    assert!(why.contains("deals:full\n  needed by pipedrive_add_deal\n"), "{why}");
    assert!(!why.contains("Shorter"), "{why}");
}

#[test]
fn a_list_of_actions_has_comments() {
    let run = feed(&["scopes", "-"], "# deals\npipedrive_list_deals # read only\n");
    assert_eq!((run.code, &*run.stdout), (0, "deals:read\n"), "{}", run.stderr);
}

#[test]
fn a_label_that_names_an_id_is_not_read_back_as_one() {
    let catalog = r#"[{"id": "x_b", "label": "B", "scopes": ["admin"]}, {"id": "x_a", "scopes": ["r"],
        "label": "Get a very long summary of something that nobody reads, cf. x_b"}]"#;
    let directory = tempfile();
    let catalog = write(&directory, "x.json", catalog);
    let listed = answer(&["list", "--catalog", &catalog, "Get"]);
    let run = feed(&["scopes", "--catalog", &catalog, "-"], listed);
    assert_eq!((run.code, &*run.stdout), (0, "r\n"), "{}", run.stderr);
}

#[test]
fn another_key_of_the_connector_is_another_requirement() {
    let catalog = r#"{"connector": {"name": "P", "key": "pipedrive_eu"}, "scopes": ["deals:full"], "actions":
        [{"id": "pipedrive_add_pipeline", "label": "A", "scopes": ["deals:full"]}]}"#;
    let directory = tempfile();
    let new = write(&directory, "new.json", catalog);
    let old = write(&directory, "old.json", &catalog.replace("_eu", ""));
    let run = run(["catalog", "diff", &old, &new]);
    let told = "~ pipedrive_add_pipeline: needs deals:full (before: accepts admin)\n";
    assert_eq!((run.code, &*run.stdout), (1, told), "{}", run.stderr);
}

#[test]
fn one_of_two_catalogs_does_not_answer_for_both() {
    for words in [
        ["--catalog", "a.json", "scopes", "--all", "--catalog=b.json"],
        ["scopes", "--all", "--catalog=a.json", "--catalog", "b.json"],
    ] {
        let run = run(words);
        assert_eq!((run.code, &*run.stdout), (2, ""));
        assert!(run.stderr.contains("`--catalog` takes one file"), "{}", run.stderr);
    }
}

#[test]
fn a_label_takes_no_id_back() {
    let text = r#"[{"id": "x_a", "label": "No", "scopes": ["s"]}]"#;
    let file = tempfile::NamedTempFile::with_suffix(".json").expect("a file");
    std::fs::write(file.path(), text).expect("it is writable");
    let catalog = file.path().to_str().expect("UTF-8");
    let listed = run(["list", "--format", "json", "--catalog", catalog]).stdout;
    assert_eq!(feed(&["scopes", "-", "--catalog", catalog], listed).stdout, "s\n");
    let other = r#"[{"id": "x_a", "label": "no"}]"#;
    assert_eq!(feed(&["scopes", "-", "--catalog", catalog], other).code, 2);
}

#[test]
fn a_flag_of_the_screen_is_not_suggested_as_a_value() {
    let run = run(["list", "-q", "deal"]);
    assert_eq!(run.stderr, "error: Unexpected argument '-q' found; see `pdscopes list --help`.\n");
}

#[test]
fn a_second_id_on_a_line_of_stdin_is_not_passed_over() {
    for between in ["\t", "  "] {
        let line = format!("pipedrive_list_deals{between}pipedrive_add_deal\n");
        let run = feed(&["check", "--granted", "deals:read", "-"], line);
        assert_eq!((run.code, &*run.stdout), (2, ""), "{between:?}");
        assert!(
            run.stderr.contains("stdin, line 1: Another id stands beside this one"),
            "{}",
            run.stderr
        );
    }
    assert_eq!(feed(&["scopes", "-"], "pipedrive_list_deals\tpipedrive_list_deals\n").code, 0);
}

#[test]
fn an_id_that_its_line_excludes_is_not_taken() {
    let is_refused = |list: &str| {
        let run = feed(&["scopes", "-"], list);
        assert_eq!((run.code, &*run.stdout), (2, ""), "{list}");
        assert!(run.stderr.contains("What stands beside"), "{}", run.stderr);
        run.stderr
    };
    for behind in ["no", "FALSE", "0", "do not use", "REMOVED"] {
        let lines = format!("pipedrive_list_deals\tyes\npipedrive_delete_deal\t{behind}\n");
        assert!(is_refused(&lines).contains("stdin, line 2: "), "{behind}");
    }
    for list in [
        "pipedrive_list_deals\tList Deals\tdeals:read\taccepted\tno\n",
        "pipedrive_list_deals  List Deals  removed\n",
        "pipedrive_list_deals\t\tno\n",
        "pipedrive_list_deals\tpipedrive_list_deals\tno\n",
        "pipedrive_list_deals  List Deals  # removed\n",
        "# Removed:\npipedrive_list_deals\n",
        "# Not these:\npipedrive_list_deals\n",
        "pipedrive_add_deal\n\n# Not these:\n\n\npipedrive_list_deals\n",
        "# we no longer call these\npipedrive_list_deals\n",
        "# Out of scope\npipedrive_list_deals\n",
        "# ❌\npipedrive_list_deals\n",
        "pipedrive_list_deals # wontfix\n",
        "pipedrive_list_deals # everything but\n",
        "pipedrive_list_deals\tList Deals\tdeals:read\taccepted\tdo not use\n",
        "pipedrive_list_deals  List Deals  deals:read  accepted  deprecated\n",
        "pipedrive_list_deals\tList Deals\tdenied\n",
        r#"[{"id": "pipedrive_list_deals", "selected": false}]"#,
        r#"[{"id": "pipedrive_list_deals", "excluded": true}]"#,
        r#"[{"id": "pipedrive_list_deals", "needed": "no"}]"#,
        r#"[{"id": "pipedrive_list_deals", "reason": "not needed"}]"#,
        r#"[{"id": "pipedrive_list_deals", "notes": "not needed"}]"#,
        r#"[{"id": "pipedrive_list_deals", "decision": "rejected"}]"#,
        r#"[{"id": "pipedrive_list_deals", "status": "inactive"}]"#,
        r#"{"effect": "exclude", "actions": ["pipedrive_list_deals"]}"#,
        "pipedrive_add_deal\tx\npipedrive_list_deals\t\n",
        r#"{"actions": ["pipedrive_list_deals"], "exclude": ["pipedrive_list_deals"]}"#,
    ] {
        is_refused(list);
    }
    for list in [
        "pipedrive_list_deals\tList Deals\n",
        "pipedrive_delete_deal\tpipedrive_delete_deal\n",
        "# Never run\n\n# Deals\npipedrive_list_deals  List Deals  deals:read  refused\n",
        "# generated, do not edit\npipedrive_list_deals\n# Delete\npipedrive_delete_deal\n",
        "# Deals that are not won\npipedrive_list_deals\n",
        "# pipedrive_add_deal (not needed any more)\npipedrive_list_deals\n",
        r#"{"exclude": [], "actions": [{"id": "pipedrive_list_deals", "enabled": true}]}"#,
        r#"[{"id": "pipedrive_list_deals", "reason": "show closed deals", "required": null}]"#,
        r#"[{"id": "pipedrive_delete_deal", "notes": "GDPR: delete personal data"}]"#,
    ] {
        assert_eq!(feed(&["scopes", "-"], list).code, 0, "{list}");
    }
}

#[test]
fn calls_are_not_asked_for_where_they_are_left_out() {
    for format in ["tsv", "markdown"] {
        let run = run(["explain", "deals:full", "--all-calls", "--format", format]);
        assert_eq!((run.code, &*run.stdout), (2, ""), "{format}");
        assert!(run.stderr.contains("use text or JSON"), "{}", run.stderr);
    }
}

#[test]
fn a_query_that_nothing_matches_prints_nothing_and_says_so() {
    for format in ["text", "json", "tsv", "markdown"] {
        let run = run(["list", "zzz", "--format", format]);
        assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{format}");
        assert!(run.stderr.starts_with("note: No action matches `zzz`; "), "{}", run.stderr);
    }
}

#[test]
fn scopes_are_joined_in_catalog_order_by_any_separator() {
    assert_eq!(answer(&["scopes", "--all"]), format!("{ALL}\n"));
    assert_eq!(ALL.split(' ').count(), 17);
    let ids = ["pipedrive_list_users", "pipedrive_add_deal", "pipedrive_list_deals"];
    for (separator, text) in [
        ("space", "deals:read deals:full users:read\n"),
        ("Comma", "deals:read,deals:full,users:read\n"),
        (";", "deals:read;deals:full;users:read\n"),
        ("pipe", "deals:read|deals:full|users:read\n"),
        ("newline", "deals:read\ndeals:full\nusers:read\n"),
        (", ", "deals:read, deals:full, users:read\n"),
    ] {
        let arguments = [&["scopes", "--separator", separator], &ids[..]].concat();
        assert_eq!(answer(&arguments), text, "{separator}");
    }
    let arguments = [&["scopes", "--print0"], &ids[..]].concat();
    assert_eq!(answer(&arguments), "deals:read\0deals:full\0users:read\0");
    for format in ["json", "tsv", "markdown"] {
        let arguments = [&["scopes", "--format", format], &ids[..]].concat();
        assert_snapshot!(format!("scopes_{format}"), answer(&arguments));
    }
}

#[test]
fn the_fewest_scopes_are_those_that_the_api_accepts() {
    let least = |ids: &[&str]| answer(&[&["scopes", "--least"], ids].concat());
    let all = "deals:full contacts:full activities:full leads:full products:full projects:full \
        goals:full users:read admin search:read\n";
    assert_eq!(least(&["--all"]), all);
    assert_eq!(all.split(' ').count(), 10);
    assert_eq!(least(&["pipedrive_list_deals", "pipedrive_add_deal"]), "deals:full\n");
    let lists = ["pipedrive_list_deals", "pipedrive_list_notes", "pipedrive_list_files"];
    assert_eq!(least(&lists), "deals:read\n");
    assert_eq!(least(&["pipedrive_add_pipeline"]), "admin\n");
    let free = run(["scopes", "--least", "pipedrive_get_current_user"]);
    assert_eq!((free.code, free.stdout.as_str()), (0, "\n"));
    assert_eq!(free.stderr, "note: The selected actions need no scope.\n");
    assert_eq!(least(&["pipedrive_add_deal_field", "--print0"]), "deal-fields:full\0");
    let reading =
        answer(&["scopes", "--least", "pipedrive_list_*", "pipedrive_get_*", "pipedrive_search_*"]);
    assert_eq!(reading.split_whitespace().count(), 10, "{reading}");
    let only = |scope: &str| scope.ends_with(":read") || scope == "admin";
    assert!(reading.split_whitespace().all(only), "{reading}");
    for format in ["json", "tsv", "markdown"] {
        let ids = ["pipedrive_list_deals", "pipedrive_add_pipeline", "pipedrive_update_deal_field"];
        let arguments = [&["scopes", "--least", "--format", format], &ids[..]].concat();
        assert_snapshot!(format!("scopes_least_{format}"), answer(&arguments));
    }
}

#[test]
fn actions_are_named_by_ids_globs_lists_and_links() {
    let two = "deals:read deals:full\n";
    let link = answer(&["url", "pipedrive_add_deal,pipedrive_get_deal"]);
    for arguments in [
        &["scopes", "pipedrive_add_deal", "pipedrive_get_deal"][..],
        &["scopes", "pipedrive_add_deal,pipedrive_get_deal"],
        &["scopes", "pipedrive_*_deal"],
        &["scopes", "pipedrive_get_deal", "--from-url", "LINK"],
    ] {
        let arguments = arguments.iter().map(|&a| if a == "LINK" { link.trim_end() } else { a });
        assert_eq!(answer(&arguments.collect::<Vec<_>>()), two);
    }
    let given = feed(&["scopes", "-"], "pipedrive_add_deal\r\n\r\npipedrive_get_*\r\n");
    assert_eq!(given.code, 0, "{}", given.stderr);
    assert_eq!(answer(&["scopes", "--all"]), answer(&["scopes", "*"]), "a star names everything");
}

#[test]
fn every_form_that_list_prints_is_read_back() {
    let direct = answer(&["scopes", "pipedrive_*_goal*"]);
    assert_eq!(direct, "goals:read goals:full\n");
    for arguments in [
        &["list", "goals:"][..],
        &["list", "goals:", "--format", "json"],
        &["list", "goals:", "--format", "tsv"],
        &["list", "goals:", "--print0"],
        &["url", "pipedrive_*_goal*", "--format", "json"],
    ] {
        let read_back = feed(&["scopes", "-"], answer(arguments));
        assert_eq!(read_back.stdout, direct, "{arguments:?}: {}", read_back.stderr);
    }
}

#[test]
fn a_link_carries_the_actions_there_and_back() {
    let link = answer(&["url", "pipedrive_list_deals", "pipedrive_add_deal"]);
    assert_snapshot!("url", link);
    let json = answer(&["url", "--from-url", link.trim_end(), "--format", "json"]);
    assert!(json.contains(&format!("\"guide_url\": \"{}\"", link.trim_end())), "{json}");
    let every = answer(&["url", "--all"]);
    assert_eq!(answer(&["scopes", "--from-url", every.trim_end()]), format!("{ALL}\n"));
}

#[test]
fn explain_tells_what_a_scope_gives_and_what_an_action_needs() {
    let four =
        ["explain", "goals:read", "base", "pipedrive_add_deal", "pipedrive_update_deal_field"];
    assert_snapshot!("explain_text", answer(&four));
    for format in ["json", "tsv", "markdown"] {
        let arguments = ["explain", "goals:read", "pipedrive_add_goal", "--format", format];
        assert_snapshot!(format!("explain_{format}"), answer(&arguments));
    }
    let unneeded = answer(&["explain", "recents:read"]);
    assert!(unneeded.contains("of 121 actions: needed by 0, says the guide"), "{unneeded}");
}

#[test]
fn explain_puts_no_words_into_the_mouth_of_an_api_that_nobody_asked() {
    let catalog = r#"[{"id": "x_a", "label": "A", "scopes": ["r"]}]"#;
    let run = feed(&["--catalog", "-", "explain", "r"], catalog);
    assert!(
        run.stdout.contains("  of 1 action: needed by 1, says the catalog\n"),
        "{}",
        run.stdout
    );
    let partly = r#"[{"id": "pipedrive_x", "label": "A", "scopes": ["users:read"]},
                     {"id": "pipedrive_list_users", "label": "B", "scopes": ["users:read"]}]"#;
    for (catalog, command) in [catalog, partly].into_iter().flat_map(|catalog| {
        ["explain *", "audit", "audit --format markdown", "scopes --least --why --all"]
            .map(|command| (catalog, command))
    }) {
        let words: Vec<_> = ["--catalog", "-"].into_iter().chain(command.split(' ')).collect();
        let run = feed(&words, catalog);
        assert!(!format!("{run:?}").to_lowercase().contains("guide"), "{run:?}");
    }
    let run = feed(&["--catalog", "-", "explain", "users:read"], partly);
    assert!(run.stdout.contains("uncertain for 0, says the API; not known for 1\n"));
    let both = answer(&["explain", "goals:full", "pipedrive_add_goal", "--format", "tsv"]);
    let rows: Vec<_> = both.lines().collect();
    let once: HashSet<_> = rows.iter().collect();
    assert_eq!(once.len(), rows.len(), "{both}");
    let free = answer(&["explain", "users:read", "--format", "tsv"]);
    let row = "users:read\tpipedrive_get_current_user\tGet Current User\tneeded\tnot needed\n";
    assert!(free.contains(row), "{free}");
}

#[test]
fn a_granted_name_that_nobody_knows_is_refused_in_a_list_and_told_in_a_token_response() {
    let check = |granted| run(["check", "--granted", granted, "pipedrive_add_deal"]);
    let slip = check("deals:raed deals:full");
    let told = "error: --granted, line 1, column 1: `deals:raed` is not a scope; did you mean `deals:read`?\n";
    assert_eq!((slip.code, slip.stdout.as_str(), slip.stderr.as_str()), (2, "", told));
    let newer = check(r#"{"scope": "deals:full deals:new"}"#);
    let told = "note: --granted: Read as JSON: `scope`.\n\
                note: Unknown scope: deals:new. Check the spelling.\n";
    assert_eq!((newer.code, newer.stderr.as_str()), (0, told));
}

#[test]
fn what_check_prints_is_read_as_what_is_granted() {
    let actions = ["pipedrive_list_deals", "pipedrive_add_deal"];
    let check = |granted, format| {
        [&["check", "--granted", granted, "--format", format], &actions[..]].concat()
    };
    let json = run(check("deals:read", "json")).stdout;
    let again = feed(&check("-", "json"), &*json);
    assert_eq!((again.code, again.stdout), (1, json));
}

#[test]
fn a_scope_that_looks_like_a_link_is_a_scope_on_stdin_too() {
    let directory = tempfile();
    let catalog = r#"[{"id": "x_a", "label": "A", "scopes": ["https://x.com/auth/a?b=1"]}]"#;
    let path = write(&directory, "x.json", catalog);
    let scopes = answer(&["--catalog", &path, "scopes", "--all"]);
    let check = feed(&["--catalog", &path, "check", "--granted", "-"], &*scopes);
    assert_eq!((check.code, &*check.stdout), (0, "x_a  covered\n"), "{}", check.stderr);
}

#[test]
fn check_fails_when_an_action_is_not_covered() {
    let covered = run(["check", "--granted", ALL, "--all"]);
    assert_eq!(covered.code, 0, "the guide's scopes together have `admin`: {}", covered.stdout);
    let covered = covered.stdout;
    assert_eq!(covered.lines().filter(|line| line.ends_with("  covered")).count(), 121);
    let some = |format| {
        let granted = ["check", "--granted", "deals:read, base", "--format", format];
        let ids = ["pipedrive_list_deals", "pipedrive_add_deal", "pipedrive_list_deal_products"];
        run([&granted[..], &ids].concat())
    };
    for format in ["text", "json", "tsv", "markdown"] {
        let run = some(format);
        assert_eq!((run.code, run.stderr.as_str()), (1, ""), "{format}");
        assert_snapshot!(format!("check_{format}"), run.stdout);
    }
    let nothing = run(["check", "--granted", "", "pipedrive_add_deal"]);
    assert_eq!(nothing.code, 1);
    assert_eq!(
        nothing.stdout,
        "pipedrive_add_deal  lacks  deals:full\n\
         The granted scopes: 4 of 368 calls, 0 change data; least privilege: 91, 42.\n"
    );
    let free = run(["check", "--granted", "", "pipedrive_get_current_user"]);
    assert_eq!(free.code, 0);
    assert_eq!(free.stdout.lines().next(), Some("pipedrive_get_current_user  covered"));
    let fields = run(["check", "--granted", "deal-fields:full", "pipedrive_add_deal_field"]);
    assert_eq!(fields.code, 0, "{}", fields.stdout);
    let uncertain = run(["check", "--granted", "deals:full", "pipedrive_update_deal_field"]);
    assert_eq!(uncertain.code, 1);
    let told = "pipedrive_update_deal_field  uncertain  admin or deal-fields:full\n\
         The granted scopes: 91 of 368 calls, 42 change data; least privilege: 18, 10.\n";
    assert_eq!(uncertain.stdout, told);
}

#[test]
fn diff_tells_what_to_add_and_what_can_go() {
    for format in ["text", "json", "tsv", "markdown"] {
        let old = r#"["base,deals:full;mail:read", "odd"]"#;
        let arguments = ["diff", old, "deals:read deals:full", "--format", format];
        let run = run(arguments);
        let told = "note: OLD: Read as JSON.\n";
        assert_eq!((run.code, run.stderr.as_str()), (1, told), "{format}");
        assert_snapshot!(format!("diff_{format}"), run.stdout);
    }
    let same = run(["diff", "admin;deals:read", "deals:read\nadmin"]);
    assert_eq!((same.code, same.stdout.as_str()), (0, ""));
    let base = run(["diff", "base admin", "admin"]);
    assert_eq!((base.code, base.stdout.as_str()), (0, ""), "every app has it");
}

#[test]
fn an_error_names_the_side_and_the_directory() {
    for (arguments, told) in [
        (["diff", "deals:read !!", "admin"], "OLD, line 1, column 12: "),
        (["diff", "admin", "deals:read\n!!"], "NEW, line 2, column 1: "),
        (["diff", "admin", "src"], "src is a directory; name a file."),
        (["diff", ".", "admin"], ". is a directory; name a file."),
        (["diff", "./src/", "admin"], "./src/ is a directory; name a file."),
        (["check", "--granted", "src"], "src is a directory; name a file."),
        (["--granted", ".", "--least"], ". is a directory; name a file."),
        (["--catalog", "src", "list"], "src is a directory; name a file."),
        (["--config", "src", "list"], "src is a directory; name a file."),
        (["catalog", "import", "src"], "src is a directory; name a file."),
        (["catalog", "check", "src"], "src is a directory; name a file."),
        (["catalog", "diff", "src"], "src is a directory; name a file."),
        (
            ["catalog", "check", "https://x.example/api.yaml"],
            "URLs are not fetched; download the file",
        ),
    ] {
        let run = run(arguments);
        assert!(run.code == 2 && run.stderr.contains(told), "{arguments:?}: {run:?}");
    }
}

#[test]
fn a_catalog_says_what_is_wrong_with_it_in_its_own_words() {
    for text in ["", " \n", "\u{feff}"] {
        let run = feed(&["catalog", "check", "-"], text);
        assert!(run.stdout.starts_with("stdin:1:1: error: This is empty; "), "{run:?}");
        let run = feed(&["--catalog", "-", "list"], text);
        assert!(run.code == 2 && run.stderr.contains("stdin:1:1: This is empty; "), "{run:?}");
    }
    for arguments in
        [&["catalog", "import", "-", "-"][..], &["catalog", "diff", "-", "--catalog", "-"]]
    {
        let run = feed(arguments, "[]");
        let told = "error: `-` stands for stdin, which can be read only once; ";
        assert!(run.code == 2 && run.stderr.starts_with(told), "{run:?}");
    }
    let arguments = ["scopes", "--all", "--separator", "-", "--catalog", "-"];
    let catalog = r#"[{"id": "x", "label": "X", "scopes": ["r", "w"]}]"#;
    assert_eq!(feed(&arguments, catalog).stdout, "r-w\n");
    let directory = tempfile();
    let action = |label: &str| format!(r#"[{{"id": "x", "label": "{label}", "scopes": ["r"]}}]"#);
    let one = write(&directory, "one.json", &action("A"));
    let two = write(&directory, "two.json", &action("B"));
    let told = format!(
        "error: {two} and {one}: The action `x` has another label, other scopes, calls or credentials in each; \
         import the two files separately.\n"
    );
    assert_eq!(run(["catalog", "import", &one, &two]).stderr, told);
    let action = |id: &str| format!(r#"{{"id": "{id}", "label": "{id}", "scopes": []}}"#);
    let actions = ["a", "b", "c", "d", "e"].map(action).join(", ");
    let many = write(&directory, "many.json", &format!("[{actions}]"));
    let told = format!(
        "note: {many}: `a` needs no scope.\nnote: {many}: `b` needs no scope.\nnote: {many}: `c` needs no scope.\n\
         note: {many}: 2 more notes like these; `pdscopes catalog check` prints all.\n"
    );
    assert_eq!(run(["catalog", "import", &many]).stderr, told);
    assert_eq!(run(["catalog", "check", &many]).stdout.lines().count(), 6);
    for (address, parameter, option) in [
        ("https://x.y/z", "a b", "--parameter"),
        ("https://x.y/ z", "a", "--address"),
        ("", "a", "--address"),
        ("javascript:alert(1)", "a", "--address"),
        ("https://", "a", "--address"),
    ] {
        let page = ["--address", address, "--parameter", parameter];
        let run = run([&["catalog", "import", &one], &page[..]].concat());
        assert!(run.code == 2 && run.stderr.contains(&format!("for '{option} <")), "{run:?}");
    }
    let api =
        write(&directory, "api.json", r#"{"openapi": "3.0.0", "paths": {"/x": {"get": {}}}}"#);
    let page = ["--address", "https://x.y/z", "--parameter", "a"];
    let run = run([&["catalog", "import", &api], &page[..]].concat());
    assert!(run.code == 2 && run.stderr.contains("has no guide. Leave out `--address`"), "{run:?}");
}

#[test]
fn an_action_that_needs_no_scope_is_not_unknown() {
    let response = r#"{"data": [{"key": "slack", "name": "Slack", "scope_definitions": [],
        "actions": [{"id": "slack_a", "label": "A", "required_scopes": []}]}]}"#;
    let run = feed(&["--catalog", "-", "audit", "--format", "tsv"], response);
    assert_eq!(run.stdout, "accepted\tslack_a\tno scope needed\tno scope needed\t\n");
}

#[test]
fn a_table_of_a_described_api_says_which_scopes_will_do_by_themselves() {
    let api = r#"{"openapi": "3.0.0", "info": {"title": "T", "version": "1"},
        "components": {"securitySchemes": {"o": {"type": "oauth2", "flows": {"clientCredentials":
            {"tokenUrl": "https://x.com/t", "scopes": {"a": "", "b": ""}}}}}},
        "paths": {"/x": {"get": {"operationId": "x", "security": [{"o": ["a"]}, {"o": ["b"]}]}}}}"#;
    for (command, expected) in
        [("list", "x\tx\ta or b\taccepted\n"), ("audit", "accepted\tx\ta or b\ta, b\t1 GET /x\n")]
    {
        let run = feed(&["--catalog", "-", command, "--format", "tsv"], api);
        assert_eq!(run.stdout, expected, "{command}: {}", run.stderr);
    }
}

#[test]
fn what_an_api_does_not_say_is_not_said_to_be_its_word() {
    let api = r#"{"openapi": "3.0.0", "info": {"title": "T", "version": "1"}, "paths": {
        "/x": {"get": {"operationId": "x"}}}}"#;
    for (command, expected) in [
        (&["list"][..], "x  x  not known  unknown\n"),
        (&["audit", "--format", "tsv"], "unknown\tx\tnot known\tnot known\t"),
        (&["explain", "x"], "x: x\n  accepts unknown scopes\n"),
    ] {
        let run = feed(&[&["--catalog", "-"], command].concat(), api);
        assert!(run.stdout.starts_with(expected), "{command:?}: {run:?}");
    }
}

#[test]
fn a_catalog_is_refused_where_none_is_read() {
    for command in [
        &["catalog", "check", "a.json"][..],
        &["catalog", "import", "a.json"],
        &["clipboard"],
        &["completions", "nushell"],
        &["man"],
    ] {
        let run = run([&["--catalog", "b.json"], command].concat());
        assert_eq!(run.code, 2, "{command:?}");
        assert!(run.stderr.contains("`--catalog` has no meaning here"), "{}", run.stderr);
    }
}

#[test]
fn stdin_is_read_for_one_thing_alone() {
    for arguments in [
        &["scopes", "-", "--catalog", "-"][..],
        &["--catalog=-", "check", "--granted", "-", "--all"],
        &["diff", "--catalog", "-", "-", "admin"],
    ] {
        let run = feed(arguments, "pipedrive_add_deal");
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.stderr.contains("stdin"), "{}", run.stderr);
        assert!(!run.stderr.contains("JSON"), "{}", run.stderr);
    }
}

#[test]
fn help_lists_no_flag_that_a_command_has_no_use_for() {
    let flags = ["--catalog <", "--listed-scopes <", "--scheme <"];
    for (command, listed) in [
        (&["list"][..], [true, true, true]),
        (&["catalog", "diff"], [true, true, true]),
        (&["catalog", "check"], [false, true, true]),
        (&["catalog", "import"], [false, true, true]),
        (&["clipboard"], [false, false, false]),
        (&["man"], [false, false, false]),
    ] {
        let help = run([command, &["--help"]].concat()).stdout;
        assert_eq!(flags.map(|flag| help.contains(flag)), listed, "{command:?}");
    }
}

#[test]
fn a_flag_of_the_screen_behind_a_command_is_not_sent_before_it() {
    for [command, flag, value] in [
        ["url", "--separator", "comma"],
        ["list", "--theme", "dark"],
        ["scopes", "--clipboard", "off"],
    ] {
        let run = run([command, flag, value]);
        assert_eq!(run.code, 2, "{flag}");
        let told = format!("`{command}` has no use for `{flag}`. Leave it out");
        assert!(run.stderr.contains(&told), "{}", run.stderr);
    }
}

#[test]
fn each_flag_without_use_is_refused_wherever_it_stands() {
    for arguments in [
        &["man", "--scheme", "x"][..],
        &["--scheme=x", "man"],
        &["clipboard", "--listed-scopes", "any"],
        &["catalog", "check", "--catalog", "b.json", "a.json"],
    ] {
        let run = run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.stderr.contains("` has no meaning here"), "{}", run.stderr);
    }
}

#[test]
fn two_compared_files_leave_no_place_for_a_third() {
    for arguments in [
        ["--catalog", "c.json", "catalog", "diff", "a.json", "b.json"],
        ["catalog", "diff", "--catalog", "c.json", "a.json", "b.json"],
    ] {
        let run = run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.stderr.contains("`--catalog` stands for the older file"), "{}", run.stderr);
    }
}

#[test]
fn a_flag_of_another_command_is_named() {
    let run = run(["url", "--print0", "pipedrive_add_deal"]);
    assert!(run.code == 2 && run.stderr.contains("'--print0'"), "{run:?}");
}

#[test]
fn a_catalog_on_stdin_without_a_name_is_called_a_catalog() {
    let run = feed(&["catalog", "check", "-"], r#"[{"id": "a", "label": "A", "scopes": ["r"]}]"#);
    assert_eq!(run.stdout, "stdin: Catalog: 1 action, 1 scope; no error, 0 notes.\n");
}

#[test]
fn a_text_that_looks_like_a_flag_is_explained() {
    let list = "- deals:full\n- deals:read";
    for arguments in [["diff", list, ""], ["diff", "", "- [ ] deals:full"]] {
        let run = run(arguments);
        assert!(run.code == 2 && run.stderr.contains("Put `--` before it"), "{run:?}");
    }
    let mistyped = run(["check", "--grantd=deals:read admin"]);
    assert!(mistyped.stderr.contains("'--granted'"), "{mistyped:?}");
    let run = run(["diff", "--", list, "deals:full deals:read"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn a_list_is_read_back_if_a_label_is_the_id_of_another_action() {
    let directory = tempfile();
    let catalog = write(
        &directory,
        "catalog.json",
        r#"[{"id": "getStatus", "label": "status", "scopes": ["r"]},
            {"id": "status", "label": "Status", "scopes": ["s"]}]"#,
    );
    for format in ["text", "tsv", "json"] {
        let list = answer(&["list", "--catalog", &catalog, "getStatus", "--format", format]);
        let run = feed(&["scopes", "--catalog", &catalog, "-"], list);
        assert_eq!(run.stdout, "r\n", "{format}: {}", run.stderr);
    }
    let both = feed(&["scopes", "--catalog", &catalog, "-"], "status  getStatus");
    assert!(
        both.code == 2 && both.stderr.contains("Another id stands beside this one"),
        "{both:?}"
    );
}

#[test]
fn a_file_with_the_name_of_a_scope_is_not_read_in_silence() {
    let directory = tempfile::tempdir().expect("a directory");
    std::fs::write(directory.path().join("base"), "deals:read").expect("it is writable");
    let check = |granted| {
        let arguments = ["check", "--granted", granted, "pipedrive_list_deals"];
        finish(pdscopes().args(arguments).current_dir(directory.path()))
    };
    let (scope, file) = (check("base"), check("./base"));
    let note = "note: --granted: `base` is a scope; for the file of that name, write `./base`.";
    assert!(scope.code == 1 && scope.stderr.contains(note), "{scope:?}");
    assert!(file.code == 0 && !file.stderr.contains("is a scope"), "{file:?}");
}

#[test]
fn diff_takes_lists_links_files_and_stdin() {
    let link = answer(&["url", "pipedrive_add_deal", "pipedrive_get_deal"]);
    let directory = tempfile();
    let json = answer(&["scopes", "pipedrive_*_deal", "--format", "json"]);
    let link_file = write(&directory, "link.txt", &link);
    let json_file = write(&directory, "scopes.json", &json);
    let list_file = write(&directory, "list", "\u{feff}deals:full\r\ndeals:read\r\n");
    for side in [link.trim_end(), &link_file, &json_file, &list_file] {
        let run = run(["diff", "deals:read deals:full", side]);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{side}: {}", run.stderr);
    }
    let none = feed(&["diff", "-", ""], "{\"scopes\": []}");
    assert_eq!(none.code, 0, "an empty list is one: {}", none.stderr);
    let from_stdin = feed(&["diff", "deals:read deals:full", "-"], json);
    assert_eq!(from_stdin.code, 0, "{}", from_stdin.stderr);
}

#[test]
fn audit_fails_when_an_action_is_refused_and_says_whose_claims_these_are() {
    for (format, begins) in
        [("text", "VERDICT"), ("json", "{"), ("tsv", "refused\t"), ("markdown", "# Pipedrive")]
    {
        let run = run(["audit", "--format", format]);
        assert_eq!((run.code, run.stderr.as_str()), (1, ""), "{format}");
        assert!(run.stdout.starts_with(begins) && run.stdout.ends_with('\n'), "{format}");
        assert_eq!(run.stdout.matches("pipedrive_").count(), 121, "{format}");
        if format != "tsv" {
            assert!(run.stdout.contains("pipedrive 33.7.0"), "{format}");
        }
    }
    let table = run(["audit"]).stdout;
    assert_snapshot!("audit_text", table);
    assert_snapshot!("audit_markdown", run(["audit", "--format", "markdown"]).stdout);
    let counts = "of 121 actions: 13 refused, 4 uncertain, 104 accepted. What every app has \
        (base) is enough for 1 accepted action.";
    assert!(table.contains(counts), "{table}");
    assert!(table.contains("It was not tried on a live account."), "{table}");
    let tsv = run(["audit", "--format", "tsv"]).stdout;
    assert_eq!(tsv.lines().count(), 121);
    assert!(tsv.lines().all(|line| line.matches('\t').count() == 4), "{tsv}");
    let first =
        "refused\tpipedrive_list_permission_sets\tusers:read\tadmin\tv1 GET /permissionSets\n";
    assert!(tsv.starts_with(first), "{tsv}");
    assert_eq!(tsv.matches("refused\t").count(), 13);
}

#[test]
fn guide_prints_the_steps_of_the_named_actions() {
    let one = ["guide", "pipedrive_add_deal_field"];
    let text = run(one);
    assert_snapshot!("guide_text", text.stdout);
    assert!(text.stderr.starts_with("note: 1 action is refused with these scopes: "));
    let least = [&one[..], &["--least", "--format", "markdown"]].concat();
    assert_snapshot!("guide_least_markdown", answer(&least));
    let scopes = |markdown: &str| {
        let lines = markdown.lines().filter(|line| line.starts_with("- [ ] ")).count();
        (lines, markdown.contains("### 1.3 Configure"))
    };
    for (arguments, shown) in
        [(&[][..], 19), (&["--all"], 17), (&["--all", "--least"], 10), (&["--least"], 10)]
    {
        let markdown = answer(&[&["guide", "--format", "markdown"], arguments].concat());
        assert_eq!(scopes(&markdown), (shown, true), "{arguments:?}");
    }
    let read_back = feed(&["guide", "-"], answer(&["list", "add deal field", "--format", "tsv"]));
    assert_eq!(read_back.code, 0, "{}", read_back.stderr);
}

#[test]
fn nothing_named_prints_nothing_and_says_what_to_name() {
    for command in ["scopes", "url"] {
        let run = run([command]);
        assert_eq!((run.code, run.stdout.as_str()), (1, ""));
        assert_snapshot!("nothing_named", run.stderr);
    }
}

#[test]
fn the_screen_needs_a_terminal() {
    let none = run(["--actions", "pipedrive_add_deal", "--query", "deal", "--no-mouse"]);
    assert_eq!((none.code, none.stdout.as_str()), (2, ""));
    assert_snapshot!("no_terminal", none.stderr);
    let least = run(["--least", "--granted", "deals:read", "--query", "deal"]);
    assert_eq!((least.code, least.stderr), (2, none.stderr));
    for path in ["no/such/file", "no such file.txt"] {
        let unreadable = run(["--granted", path]).stderr;
        let said = "--granted looks like a path, but no such file exists";
        assert!(unreadable.contains(said), "{unreadable}");
    }
    let unknown = run(["--actions", "pipedrive_ad_deal"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("--actions: "), "{}", unknown.stderr);
    assert!(unknown.stderr.contains("`pipedrive_add_deal`"), "{}", unknown.stderr);
}

#[cfg(unix)]
#[test]
fn the_screen_begins_with_what_the_flags_say() {
    let directory = tempfile();
    let script = "\"$PDSCOPES\" --least --granted 'deals:read base' --query deal \
        --actions pipedrive_add_deal_field >out; echo \"exit=$?\"";
    let mut screen = crate::pty::Pty::shell(script, directory.path());
    screen.wait_for("Least privilege").wait_for("Your app needs: +deal-fields:full");
    screen.wait_for("Your app can drop: -deals:read").send("\r").wait_for("exit=0");
    let printed = std::fs::read_to_string(directory.path().join("out"));
    assert_eq!(printed.ok().as_deref(), Some("deal-fields:full\n"));
}

#[test]
fn default_flags_come_from_the_environment_and_give_way() {
    let with = |flags: &str, arguments: &[&str]| {
        finish(pdscopes().env("PDSCOPES_OPTS", flags).args(arguments))
    };
    let ids = ["scopes", "pipedrive_add_deal,pipedrive_get_deal"];
    let flags = "--separator ', ' --no-mouse --clipboard=off --color never";
    assert_eq!(with(flags, &ids).stdout, "deals:read, deals:full\n");
    for own in
        [&["--separator", "pipe", "scopes", ids[1]], &["scopes", "--separator", "pipe", ids[1]]]
    {
        assert_eq!(with(flags, own).stdout, "deals:read|deals:full\n");
    }
    assert_eq!(with("", &ids).stdout, "deals:read deals:full\n");
    for (flags, reason) in [
        ("--separator 'x", "a quote in it is not closed"),
        ("--actions pipedrive_add_deal", "Unexpected argument '--actions' found"),
        ("--separator newlin", "Invalid value 'newlin'"),
        ("list", "Unexpected argument 'list' found"),
        ("--", "`--` has no place in it"),
        ("--no-mouse --", "`--` has no place in it"),
    ] {
        let run = with(flags, &ids);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{flags}");
        let start = format!("error: PDSCOPES_OPTS cannot be used: {reason}");
        assert!(run.stderr.starts_with(&start), "{}", run.stderr);
    }
}

#[test]
fn a_wrong_setting_keeps_no_help_from_the_user() {
    let words = ["pdscopes", "completions", "bash", "--", "pdscopes", "ex"];
    for flags in ["--theme drak", "--", "'", "--catalog nowhere.json", "--config nowhere.toml"] {
        for arguments in [
            &["--help"][..],
            &["help", "list"],
            &["list", "-h"],
            &["--version"],
            &["man"],
            &words[1..],
        ] {
            let given = finish(pdscopes().env("PDSCOPES_OPTS", flags).args(arguments));
            let expected = (0, run(arguments).stdout);
            assert_eq!((given.code, given.stdout), expected, "{flags} {arguments:?}");
        }
        let list = finish(pdscopes().env("PDSCOPES_OPTS", flags).arg("list"));
        assert_eq!((list.code, &*list.stdout), (2, ""), "{flags}");
    }
}

/// The file that is to be checked may be the one that is always used.
#[test]
fn a_catalog_that_a_command_does_not_use_is_not_read() {
    let directory = tempfile();
    let broken = write(&directory, "broken.json", r#"[{"id": "a"}, {"label": "b"}]"#);
    let sound = write(&directory, "sound.json", r#"[{"id": "x", "label": "X", "scopes": ["r"]}]"#);
    for arguments in [
        &["catalog", "check", &broken][..],
        &["catalog", "import", &sound],
        &["clipboard"],
        &["man"],
    ] {
        // Nothing ends this one's stdin but the command's own end.
        let flags = "--catalog -";
        let (stdin, _open) = std::io::pipe().expect("a pipe");
        let mut waiting = pdscopes();
        let given = finish(waiting.env("PDSCOPES_OPTS", flags).args(arguments).stdin(stdin));
        assert_eq!(given.code, run(arguments).code, "{arguments:?}: {}", given.stderr);

        let flags = format!("--catalog '{broken}'");
        let given = finish(pdscopes().env("PDSCOPES_OPTS", &flags).args(arguments));
        let without = run(arguments);
        assert_eq!((given.code, given.stdout), (without.code, without.stdout), "{arguments:?}");
        assert_eq!(given.stderr, without.stderr, "{arguments:?}");
    }
}

/// A token may be pasted in the place of anything.
#[test]
fn no_word_that_may_be_a_secret_is_repeated() {
    let directory = tempfile();
    let actions = r#"[{"id": "x", "label": "X", "scopes": ["r"]}]"#;
    let catalog = write(&directory, "x.json", actions);
    let graph = r#"{"permissions": {"A.Read": {"schemes": {"Application": {}}, "pathSets": []}}}"#;
    let graph = write(&directory, "graph.json", graph);
    for token in [
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "QWxhZGRpbjpvcGVuIHNlc2FtZQxyzkjh",
        "CLIENT_SECRET=abcdef",
        "xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcHrzqqgy",
        "Bearer abc123",
    ] {
        let config = |text: &str| {
            let text = text.replace("TOKEN", &format!("\"{token}\""));
            ["--config".to_owned(), write(&directory, "config.toml", &text), "list".to_owned()]
        };
        let tables = [
            "TOKEN = 1",
            "theme = TOKEN",
            "separator = TOKEN",
            "ascii = TOKEN",
            "mouse = TOKEN",
            "escape-timeout = TOKEN",
            "keys.TOKEN = 1",
            "[keys.typing]\nTOKEN = 1",
            "[keys.typing]\nTOKEN = 'y'",
            "[keys.typing]\nundo = TOKEN",
            "theme = TOKEN x",
            "theme = 'dark'\nTOKEN = 1\nTOKEN = 2",
        ];
        let glob = format!("{token}*");
        let list = format!("x,{token}");
        let long = format!("--{token}");
        let format = format!("--format={token}");
        let value = |flag: &str| format!("{flag}={token}");
        let mut lines: Vec<Vec<String>> = tables.iter().map(|text| config(text).to_vec()).collect();
        let (theme, ascii, plain) = (value("--theme"), value("--ascii"), value("--accessible"));
        let url = format!("https://example.com/?actions={token}");
        for line in [
            &[token][..],
            &["deals", token],
            &["help", token],
            &["man", token],
            &["man", "catalog", token],
            &["catalog", token],
            &["completions", token],
            &["list", token],
            &["list", "deal", token],
            &["list", "--format", token],
            &["list", &format],
            &["list", &long],
            &["list", "--all", token],
            &["scopes", token],
            &["scopes", &glob],
            &["scopes", &list],
            &["scopes", token, "--all"],
            &["scopes", "--from-url", token],
            &["scopes", "--from-url", &url],
            &["url", token],
            &["explain", token],
            &["explain", &glob],
            &["guide", token],
            &["audit", token],
            &["check", "--granted", token],
            &["check", "--granted", "admin", token],
            &["check", "--granted", token, "--format", token],
            &["diff", token, "admin"],
            &["diff", "admin", token],
            &["diff", "admin", "admin", token],
            &["clipboard", token],
            &["--color", token, "list"],
            &["--listed-scopes", token, "list"],
            &[&theme],
            &[&ascii],
            &[&plain],
            &["--clipboard", token],
            &["--separator", token],
            &["--actions", token],
            &["--granted", token],
            &["--from-url", token],
            &["-z", token],
            &["list", "--", "-x", token],
            &["--catalog", &graph, "--scheme", token, "list"],
            &["--catalog", token, "list"],
            &["--config", token, "list"],
            &["catalog", "check", token],
            &["catalog", "import", token],
            &["catalog", "diff", token],
            &["catalog", "import", &catalog, "--parameter", token, "--address", "https://x.y/ z"],
            &["catalog", "import", &catalog, "--address", token, "--parameter", "a b"],
        ] {
            lines.push(line.iter().map(ToString::to_string).collect());
        }
        for line in lines {
            let run = run(&line);
            assert!(matches!(run.code, 1 | 2), "{line:?}: {run:?}");
            let secret = token.rsplit(' ').next().expect("a word");
            assert!(
                !run.stderr.contains(secret) && !run.stdout.contains(secret),
                "{line:?}: {run:?}"
            );
        }
        for line in
            [&["scopes", "-"][..], &["check", "--granted", "-"], &["--catalog", "-", "list"]]
        {
            let run = feed(line, token);
            assert!(run.code == 2 && !run.stderr.contains(token), "{line:?}: {run:?}");
        }
        let run = finish(pdscopes().env("PDSCOPES_OPTS", format!("--theme '{token}'")).arg("list"));
        assert!(run.code == 2 && !run.stderr.contains(token), "{run:?}");
    }
}

#[test]
fn colour_is_used_when_asked_for_and_not_in_a_pipe() {
    let escapes = |run: &Run| (run.stdout.contains('\u{1b}'), run.stderr.contains('\u{1b}'));
    let with = |variables: &[(&str, &str)], arguments: &[&str]| {
        finish(pdscopes().envs(variables.iter().copied()).args(arguments))
    };
    let diff = ["diff", "admin", "deals:read"];
    let asked = [&["--color", "always"], &diff[..]].concat();
    let refused = [&["--color=never"], &diff[..]].concat();
    assert_eq!(escapes(&with(&[], &diff)), (false, false));
    assert_eq!(escapes(&with(&[], &asked)), (true, false));
    assert_eq!(escapes(&with(&[("CLICOLOR_FORCE", "1")], &diff)), (true, false));
    assert_eq!(escapes(&with(&[("CLICOLOR_FORCE", "1")], &refused)), (false, false));
    let both = [("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")];
    assert_eq!(escapes(&with(&both, &diff)), (false, false));
    assert_eq!(escapes(&with(&[], &["--color=always", "scopes"])), (false, true));
    assert_eq!(escapes(&with(&[], &["--color=always", "--help"])), (true, false));
    assert_eq!(
        with(&[], &["--color=always", "scopes", "--all"]).stdout,
        format!("{ALL}\n"),
        "what is pasted is never painted"
    );
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    use std::io::Read;
    use std::process::Stdio;
    // Markdown of every pair is more than a pipe holds, so that writing meets the closed end.
    let many = ["explain", "*", "--format", "markdown"];
    let mut child = spawn(pdscopes().args(many).stdout(Stdio::piped()).stderr(Stdio::piped()));
    let mut first = [0; 1];
    let mut stdout = child.stdout().take().expect("a pipe");
    stdout.read_exact(&mut first).expect("it writes");
    drop(stdout);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_an_error() {
    use std::process::Stdio;
    let full = std::fs::File::create("/dev/full").expect("Linux has it");
    let child = spawn(pdscopes().args(["scopes", "--all"]).stdout(full).stderr(Stdio::piped()));
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.starts_with("error: The answer could not be written"), "{stderr}");
}

#[cfg(unix)]
#[test]
fn arguments_that_are_no_utf_8_are_told() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let broken = |bytes: &'static [u8]| OsStr::from_bytes(bytes).to_owned();
    for arguments in [
        vec![broken(b"a\xff")],
        vec![broken(b"scopes"), broken(b"\xff")],
        vec![broken(b"--actions=\xff")],
        vec![broken(b"--\xff")],
        vec![broken(b"scopes"), broken(b"--separator"), broken(b"\xff")],
        vec![broken(b"__clipboard-serve"), broken(b"\xff")],
        vec![broken(b"lits"), broken(b"\xff")],
    ] {
        let run = run(&arguments);
        assert!(
            !run.stderr.contains("list ") && !run.stderr.contains("''"),
            "{arguments:?}: {run:?}"
        );
        assert!(matches!(run.code, 1 | 2), "{arguments:?}: {run:?}");
        assert!(!run.stderr.contains("panicked"), "{arguments:?}: {run:?}");
    }
    let room = tempfile();
    let program = room.path().join(broken(b"p\xff"));
    std::os::unix::fs::symlink(PROGRAM, &program).expect("a link");
    let run = finish(crate::program::command(program).args(["scopes", "pipedrive_list_users"]));
    assert_eq!((run.code, run.stdout.as_str()), (0, "users:read\n"), "{}", run.stderr);
}

#[test]
fn the_version_names_the_catalog() {
    let version = answer(&["--version"]);
    let mut lines = version.lines();
    assert_eq!(lines.next(), Some(concat!("pdscopes ", env!("CARGO_PKG_VERSION"))));
    let catalog = lines.next().unwrap_or_default();
    let json = answer(&["list", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let hash = json["catalog"]["hash"].as_str().expect("a text");
    assert_eq!(catalog, format!("catalog Pipedrive: 121 actions, 19 scopes, {hash}"));
}

#[test]
fn every_refused_action_is_named_beside_an_answer() {
    let of = ["deal_field", "person_field"].map(|of| [format!("add_{of}"), format!("delete_{of}")]);
    let others = ["add_pipeline", "add_stage"].map(str::to_owned);
    let ids = of.concat().into_iter().chain(others).map(|id| format!("pipedrive_{id}"));
    let run = run(["scopes".to_owned()].into_iter().chain(ids));
    assert!(run.stderr.contains("6 actions are refused with these scopes: "), "{}", run.stderr);
    assert_eq!(run.stderr.matches(" (accepts ").count(), 6, "{}", run.stderr);
}

fn tempfile() -> tempfile::TempDir {
    tempfile::tempdir().expect("a directory of its own")
}

fn write(directory: &tempfile::TempDir, name: &str, text: &str) -> String {
    let path = directory.path().join(name);
    std::fs::write(&path, text).expect("it can be written");
    path.into_os_string().into_string().expect("a UTF-8 path")
}

#[test]
fn a_word_that_is_no_command_is_told_where_to_search_for_it() {
    for (arguments, told) in [
        (
            &["deals"][..],
            "error: `deals` is not a command. To find actions, run `pdscopes list deals`, or `pdscopes -q deals` for the screen; see `pdscopes --help`.\n",
        ),
        (
            &["deal", "field", "--format", "tsv"],
            "error: `deal` is not a command. To find actions, run `pdscopes list deal field`, or `pdscopes -q 'deal field'` for the screen; see `pdscopes --help`.\n",
        ),
        (
            &["deal", "list", ""],
            "error: `deal` is not a command. To find actions, run `pdscopes list deal list`, or `pdscopes -q 'deal list'` for the screen; see `pdscopes --help`.\n",
        ),
        (
            &["--least", "-q", "x", "deals"],
            "error: `deals` is not a command. To find actions, run `pdscopes list deals`, or `pdscopes -q deals` for the screen; see `pdscopes --help`.\n",
        ),
        (
            &["--catalog", "deals", "deals"],
            "error: `deals` is not a command. To find actions, run `pdscopes --catalog deals list deals`, or `pdscopes --catalog deals -q deals` for the screen; see `pdscopes --help`.\n",
        ),
        (
            &["--catalog", "a b.json", "--", "deal"],
            "error: `deal` is not a command. To find actions, run `pdscopes --catalog 'a b.json' list deal`, or `pdscopes --catalog 'a b.json' -q deal` for the screen; see `pdscopes --help`.\n",
        ),
        (
            &["--theme", "green", "list"],
            "error: Invalid value 'green' for '--theme <NAME>' [possible values: terminal, dark, light, high-contrast]; see `pdscopes --help`.\n",
        ),
        (
            &["--theme=green", "list"],
            "error: Invalid value 'green' for '--theme <NAME>' [possible values: terminal, dark, light, high-contrast]; see `pdscopes --help`.\n",
        ),
        (
            &["lists"],
            "error: `lists` is not a command; did you mean `pdscopes list`? To find actions, run `pdscopes list lists`, or `pdscopes -q lists` for the screen; see `pdscopes --help`.\n",
        ),
    ] {
        let run = run(arguments.iter());
        assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (2, "", told));
    }
    let secret = "s3cret".repeat(20);
    let long = run([&secret]).stderr;
    assert!(long.starts_with("error: There is no such command. To find actions,"), "{long}");
    assert!(!long.contains("s3cret"), "{long}");
    let unknown = "error: There is no such command. To find actions, run `pdscopes list` with words to \
                   search for, or `pdscopes` for the screen; see `pdscopes --help`.\n";
    for empty in ["", " "] {
        assert_eq!(run([empty]).stderr, unknown);
    }
    let near = run(["scope"]).stderr;
    assert!(near.contains("did you mean `pdscopes scopes`? To find"), "{near}");
    let missing = run(["catalog"]);
    let told = "error: 'pdscopes catalog' requires a subcommand but one was not provided \
                [subcommands: import, check, diff, help]; see `pdscopes catalog --help`.\n";
    assert_eq!((missing.code, &*missing.stdout, &*missing.stderr), (2, "", told));
    let below = run(["catalog", "deals"]).stderr;
    assert_eq!(below, "error: Unrecognized subcommand 'deals'; see `pdscopes catalog --help`.\n");
}

#[test]
fn an_option_that_stands_before_its_command_is_named() {
    for (arguments, flag, command) in [
        (&["--granted", "deals:read", "check", "pipedrive_add_deal"][..], "--granted", "check"),
        (&["--no-mouse", "--least", "diff"], "--least", "diff"),
        (&["-q", "deal", "list"], "--query", "list"),
    ] {
        let told = format!(
            "error: `{flag}` before `{command}` works only without a command. Put options of `{command}` \
             after `{command}`; see `pdscopes {command} --help`.\n"
        );
        assert_eq!(run(arguments.iter()).stderr, told);
    }
    let stderr = run(["check", "--all"]).stderr;
    assert!(stderr.contains("arguments were not provided: --granted"), "{stderr}");
}

#[test]
fn an_option_that_stands_after_its_command_is_named() {
    assert_eq!(
        run(["clipboard", "--clipboard", "terminal"]).stderr,
        "error: `--clipboard` works only before the command. Put it before `clipboard`; see `pdscopes --help`.\n"
    );
    let stderr = run(["list", "--qqq"]).stderr;
    assert!(stderr.contains("'--qqq' found"), "{stderr}");
}

#[test]
fn help_of_a_flag_is_not_searched_for() {
    let run = run(["help", "--help"]);
    assert_eq!(
        run.stderr,
        "error: `pdscopes help` takes only the name of a command; see `pdscopes --help`.\n"
    );
}
