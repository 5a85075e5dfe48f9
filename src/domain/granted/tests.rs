mod above;
mod clauses;
mod forms;
mod named;
mod objections;
mod places;
mod providers;
mod remarks;
mod to_come;

use super::*;

/// What each text comes to: the scopes in catalog order with unknown ones behind, or the beginning
/// of the error behind `!`.
fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    [
        forms::ROWS,
        providers::ROWS,
        remarks::ROWS,
        above::ROWS,
        named::ROWS,
        clauses::ROWS,
        objections::ROWS,
        places::ROWS,
        to_come::ROWS,
    ]
    .concat()
    .into_iter()
}

fn read(catalog: &Catalog, bytes: &[u8]) -> String {
    match Granted::read(catalog, bytes) {
        Ok(granted) => granted.scopes.text(catalog),
        Err(error) => format!("!{error}"),
    }
}

#[track_caller]
fn assert_reads(catalog: &Catalog, text: &str, expected: &str) {
    let found = read(catalog, text.as_bytes());
    match expected.strip_prefix('!') {
        None => assert_eq!(found, expected, "{text}"),
        Some(_) => assert!(found.starts_with(expected), "{text}: {found}"),
    }
}

#[test]
fn every_form_is_read_strictly_or_refused() {
    let catalog = Catalog::pipedrive();
    let mut wrong = Vec::new();
    for (text, expected) in rows() {
        let found = read(&catalog, text.as_bytes());
        let is_right = match expected.strip_prefix('!') {
            None => found == expected,
            Some(_) => found.starts_with(expected),
        };
        if !is_right {
            wrong.push(format!("{text:?}\n  {expected}\n  {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_scope_with_a_denial_behind_it_is_not_granted() {
    for denial in clauses::DENIALS {
        let text = format!("contacts:read\ndeals:full # {denial}");
        assert_reads(&Catalog::pipedrive(), &text, "!line 2, column 1: This line may say");
    }
}

/// Office programs, browsers and editors have more of them than shells.
#[test]
fn headings_are_heard_whatever_ends_their_line() {
    for end in ["\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}", "\0"] {
        let text = ["# Granted", "contacts:read", "# Missing", "deals:full"].join(end);
        assert_reads(&Catalog::pipedrive(), &text, "!line 3, column 1: This line may say");
    }
}

#[test]
fn permissions_of_graph_count_for_their_kind_of_access_alone() {
    let of_app = r#"{"aud":"https://graph.microsoft.com","idtyp":"app","roles":["Mail.Read"]}"#;
    let of_user = r#"{"aud":"https://graph.microsoft.com","idtyp":"user","scp":"Mail.Read"}"#;
    let elsewhere = r#"{"aud":"https://management.azure.com","scp":"Mail.Read"}"#;
    let another = "!`aud`: This names another";
    let response = r#"{"token_type":"Bearer","scope":"Mail.Read","refresh_token":"x"}"#;
    let url = "https://login.microsoftonline.com/x?response_type=code&scope=Mail.Read";
    let [delegated, application] =
        ["Delegated", "Application"].map(|access| format!("# {access} permissions\nMail.Read"));
    let (read, other) = ("Mail.Read", "!These permissions");
    for (method, texts) in [
        (
            "DelegatedWork",
            [
                (of_app, "!`roles`: These permissions"),
                (of_user, read),
                (response, read),
                (url, read),
                (&delegated, read),
                (&application, other),
            ],
        ),
        (
            "Application",
            [
                (of_app, read),
                (of_user, "!`scp`: These permissions"),
                (response, "!`scope`: These permissions"),
                (url, "!`scope`: These permissions"),
                (&delegated, other),
                ("Mail.Read DelegatedPermissionGrant.Read.All", "!line 1, column 11: This word"),
            ],
        ),
    ] {
        let catalog = Catalog::parse(&format!(
            r#"{{"connector": {{"name": "Microsoft Graph", "method": "{method}"}},
            "scopes": ["Mail.Read"], "actions": [{{"id": "a", "label": "A", "scopes": ["Mail.Read"]}}]}}"#
        ));
        let catalog = catalog.expect("valid");
        for (text, expected) in texts.into_iter().chain([(elsewhere, another)]) {
            assert_reads(&catalog, text, expected);
        }
    }
}

#[test]
fn a_word_that_an_address_ends_in_is_near_to_it() {
    let scope = "https://www.googleapis.com/auth/gmail.readonly";
    let actions = format!(r#"[{{"id": "a", "label": "A", "scopes": ["{scope}"]}}]"#);
    let catalog = Catalog::parse(&actions).expect("valid");
    let read = Granted::read(&catalog, b"gmail.readonly").expect_err("it is no scope");
    assert!(read.to_string().contains(&format!("did you mean `{scope}`")), "{read}");
}

#[test]
fn a_catalog_knows_its_provider_by_a_name_of_several_words_or_not_at_all() {
    let of = |name: &str| {
        let text =
            format!(r#"{{"connector": {{"name": "{name}"}}, "scopes": ["crm"], "actions": []}}"#);
        Catalog::parse(&text).expect("valid")
    };
    for (name, text, expected) in [
        ("HubSpot Contacts", "HUBSPOT_SCOPES=crm", "crm"),
        ("HubSpot Contacts", r#"{"provider": "hubspot", "scope": "crm"}"#, "crm"),
        ("HubSpot Contacts", "SLACK_SCOPES=crm", "!`SLACK_SCOPES`: This names another"),
        (
            "Microsoft Graph",
            "https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=1&scope=crm",
            "crm",
        ),
        ("The Jira Cloud API", "https://auth.atlassian.com/authorize?client_id=1&scope=crm", "crm"),
        ("Contacts", "HUBSPOT_SCOPES=crm", "crm"),
        ("Contacts", r#"{"iss": "https://api.hubapi.com", "scope": "crm"}"#, "crm"),
    ] {
        assert_reads(&of(name), text, expected);
    }
}

#[test]
fn a_word_that_has_the_key_of_the_connector_in_it_does_not_name_it() {
    let of = |key: &str| {
        let text = format!(
            r#"{{"connector": {{"name": "Own", "key": "{key}"}}, "scopes": ["a:x"], "actions": []}}"#
        );
        Catalog::parse(&text).expect("valid")
    };
    for (key, text, expected) in [
        ("box", r#"{"service": "dropbox", "scope": "a:x"}"#, "!This names another"),
        ("hr", "SERVICE=slack\nB=chrome\nSCOPES=a:x", "!This names another"),
        ("bamboo_hr", r#"{"service": "slack", "app": "BambooHr", "scope": "a:x"}"#, "a:x"),
        ("bamboohr", r#"{"service": "slack", "app": "BambooHR", "scope": "a:x"}"#, "a:x"),
        ("box", r#"{"service": "slack", "url": "https://api.box.com/", "scope": "a:x"}"#, "a:x"),
    ] {
        assert_reads(&of(key), text, expected);
    }
}

#[test]
fn scopes_of_one_connector_are_not_those_of_another_of_the_same_names() {
    let catalog = Catalog::parse(
        r#"{"data": [
            {"key": "slack", "name": "Slack", "actions":
                [{"id": "slack_a", "label": "A", "required_scopes": ["users:read"]}]},
            {"key": "hubspot", "name": "HubSpot", "actions":
                [{"id": "hubspot_b", "label": "B", "required_scopes": ["users:read", "crm"]}]}
        ]}"#,
    );
    let catalog = catalog.expect("valid");
    for (text, expected) in [
        ("users:read", "users:read"),
        (r#"{"provider": "slack", "scope": "users:read"}"#, "!This names one of"),
        ("SLACK_SCOPES=users:read", "!This names one of"),
        ("slack:\n  scopes: users:read", "!This names one of"),
        (r#"{"provider": "hubspot", "scope": "crm"}"#, "crm"),
    ] {
        assert_reads(&catalog, text, expected);
    }
}

#[test]
fn every_form_is_read_in_utf_16_and_with_other_line_ends_too() {
    let catalog = Catalog::pipedrive();
    for (text, expected) in rows() {
        let with = |text: &str, unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
            format!("\u{feff}{}", text.trim_start_matches('\u{feff}'))
                .encode_utf16()
                .flat_map(unit)
                .collect()
        };
        let crlf = text.replace("\r\n", "\n").replace('\n', "\r\n");
        let plain = read(&catalog, text.as_bytes());
        assert_eq!(read(&catalog, &with(text, u16::to_le_bytes)), plain, "{text} {expected}");
        assert_eq!(read(&catalog, &with(text, u16::to_be_bytes)), plain, "{text}");
        assert_eq!(read(&catalog, crlf.as_bytes()), plain, "{text}");
    }
}

#[test]
fn scopes_of_another_catalog_look_like_anything() {
    let text = r#"[{"id": "x_a", "label": "A", "scopes": ["https://www.googleapis.com/auth/drive", "https://www.googleapis.com/auth/drive.file",
        "https://x.com/a?scope=b", "Mail.ReadBasic", "channels:write.invites", "base",
        "support:read", "Scope"]}]"#;
    let catalog = Catalog::parse(text).expect("it keeps the rules");
    for (text, expected) in [
        ("https://www.googleapis.com/auth/drive", "https://www.googleapis.com/auth/drive"),
        ("https://x.com/a?scope=b", "https://x.com/a?scope=b"),
        (
            "- https://www.googleapis.com/auth/drive\n- Mail.ReadBasic",
            "https://www.googleapis.com/auth/drive Mail.ReadBasic",
        ),
        // A heading elsewhere.
        ("Scope", "Scope"),
        // Words that deny elsewhere.
        ("| Scope | Needed by |\n|---|---|\n| support:read | Cancel Deal |", "support:read"),
        ("SCOPES=https://www.googleapis.com/auth/drive", "https://www.googleapis.com/auth/drive"),
        ("https://graph.microsoft.com/Mail.ReadBasic", "Mail.ReadBasic"),
        (r#"{"scp":"https://graph.microsoft.com/Mail.ReadBasic openid"}"#, "Mail.ReadBasic openid"),
        (
            r#"{"aud":"https://graph.microsoft.com","idtyp":"app","roles":["Mail.ReadBasic"],"scp_note":1}"#,
            "Mail.ReadBasic",
        ),
        (
            "https://www.googleapis.com/auth/driv",
            "!line 1, column 1: This word of 36 characters is not a scope; did you mean `https:",
        ),
        ("https://www.googleapis.com/auth/driv?x=1", "!The link does not say"),
        ("admin", "!line 1, column 1: This word of 5 characters is not a scope"),
        (
            r#"{"scope":"https://www.googleapis.com/auth/calendar Mail.ReadBasic"}"#,
            "Mail.ReadBasic https://www.googleapis.com/auth/calendar",
        ),
        (
            "https://accounts.google.com/o/oauth2?scope=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fdrive",
            "https://www.googleapis.com/auth/drive",
        ),
    ] {
        assert_reads(&catalog, text, expected);
    }
}

#[test]
fn the_form_is_told() {
    let catalog = Catalog::pipedrive();
    let form = |text: &str| Granted::read(&catalog, text.as_bytes()).expect(text).form.to_string();
    assert_eq!(form("admin"), "a list");
    assert_eq!(form("admin # the CRM"), "a list, without its comments");
    assert_eq!(form(r#"{"scope":"admin"}"#), "JSON: `scope`");
    assert_eq!(form(r#"["admin"]"#), "JSON");
    assert_eq!(form("scopes: admin"), "YAML: `scopes`");
    assert_eq!(form("https://x.com/?scope=admin"), "a URL: `scope`");
    assert_eq!(form("A_SCOPES=admin\n"), "the variable `A_SCOPES`");
    assert_eq!(form("|Scope|\n|---|\n|admin|"), "a table");
}

#[test]
fn what_the_guide_prints_is_read_as_markdown_and_refused_as_text() {
    use crate::domain::{Answer, Document, Separator};
    let catalog = Catalog::pipedrive();
    let selection = ["pipedrive_add_deal", "pipedrive_list_users"]
        .iter()
        .map(|id| catalog.find(id).expect("known"))
        .collect();
    let answer = Answer::of(&catalog, &selection);
    let document = Document::of(&catalog, &selection, &answer).expect("it has a guide");
    assert_eq!(
        read(&catalog, document.markdown().as_bytes()),
        answer.text(&catalog, Separator::Space)
    );
    assert!(read(&catalog, document.text().as_bytes()).starts_with('!'));
    let edited = document.markdown().replace("- [ ] Deals: Full access (", "- [ ] Not granted: (");
    assert!(read(&catalog, edited.as_bytes()).starts_with("!line"), "{edited}");
    for remark in [
        "NB: deals:full could not be enabled.",
        "Jane: I did not tick users:read",
        "We only have deals:full.",
        "Do not set up yet.",
    ] {
        let remarked = format!("{}\n{remark}\n", document.markdown());
        assert!(read(&catalog, remarked.as_bytes()).starts_with("!line"), "{remark}");
    }
    let signed = format!("{}\nSet up by Jane in May.\n", document.markdown());
    assert!(!read(&catalog, signed.as_bytes()).starts_with('!'));
}

#[test]
fn the_guide_for_every_action_is_read_back_in_either_mode() {
    use crate::domain::{Answer, Document, Mode, Separator};
    let catalog = Catalog::pipedrive();
    for action in catalog.indices() {
        let selection = [action].into_iter().collect();
        for mode in [Mode::Guide, Mode::Least] {
            let answer = Answer::in_mode(&catalog, &selection, mode);
            let document = Document::of(&catalog, &selection, &answer).expect("it has a guide");
            let scopes = answer.text(&catalog, Separator::Space);
            let found = read(&catalog, document.markdown().as_bytes());
            // A guide that needs none lists none.
            let expected = if scopes.is_empty() { found.starts_with('!') } else { found == scopes };
            assert!(expected, "{found}");
        }
    }
}

#[test]
fn a_guide_url_stands_for_what_its_actions_need() {
    let catalog = Catalog::pipedrive();
    let action = catalog.find("pipedrive_list_users").into_iter().collect();
    let url = catalog.guide_url(&action).expect("a page");
    assert_eq!(read(&catalog, url.as_bytes()), "users:read");
    assert_eq!(read(&catalog, format!("<{url}>\n").as_bytes()), "users:read");
    let bare = catalog.guide_url(&crate::domain::Selection::new()).expect("a page");
    assert!(read(&catalog, bare.as_bytes()).starts_with("!The link carries no action"));
}

#[test]
fn a_section_may_have_a_name_of_any_length() {
    let text = format!("[{}]\nb=1\n[app]\nscopes=admin", ["a"; 60_000].join("."));
    assert_eq!(read(&Catalog::pipedrive(), text.as_bytes()), "admin");
}

#[test]
fn an_alias_that_would_expand_without_end_is_refused() {
    let mut text = "a0: &a0 [deals:read]\n".to_owned();
    for level in 1..30 {
        let before = format!("*a{}", level - 1);
        text += &format!("a{level}: &a{level} [{}]\n", [before.as_str(); 10].join(", "));
    }
    let too_large = |text: &str| {
        let error = read(&Catalog::pipedrive(), text.as_bytes());
        assert!(error.contains("This YAML has too many values, levels or aliases"), "{error}");
    };
    too_large(&text);
    let deep: String = (0..100).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    too_large(&format!("scopes: admin\n{deep}"));
    let shared = "app: &app\n  scopes: [admin]\nother: *app\n";
    assert_eq!(read(&Catalog::pipedrive(), shared.replace("other", "live").as_bytes()), "admin");
}

mod laws {
    use super::*;
    use proptest::prelude::*;

    /// A secret in the value of another key, in every form, beside scopes that are read or not.
    fn with_secret(secret: &str, scopes: &str) -> Vec<String> {
        vec![
            format!(r#"{{"access_token":"{secret}","scope":"{scopes}"}}"#),
            format!(r#"{{"access_token":"{secret}","scope":"{scopes}"#),
            format!(r#"{{"scope":"{scopes}","error":"{secret}"}}"#),
            format!(r#"{{'token':'{secret}','scope':'{scopes}'}}"#),
            format!("https://{secret}@x.com/cb?code={secret}&scope={scopes}#state={secret}"),
            format!("access_token={secret}&scope={scopes}"),
            format!("CLIENT_SECRET={secret}\nSCOPES={scopes}\n"),
            format!("CLIENT_SECRET=\"{secret}\nSCOPES={scopes}\n"),
            format!("CLIENT_SECRET={secret}\n{secret}\nSCOPES={scopes}\n"),
            format!("secret: {secret}\nscopes: {scopes}\n"),
            format!("secret: [{secret}\nscopes: {scopes}\n"),
            format!("[a]\nsecret = '{secret}'\nscopes = ['{scopes}']\n"),
            format!("| Scope | {secret} |\n|---|---|\n| {scopes} | {secret} |"),
            format!("{scopes} # {secret}"),
            format!("{scopes} {secret}"),
            format!("{secret}"),
            format!("Authorization: Bearer {secret}"),
            format!("curl -H 'Authorization: Bearer {secret}' {scopes}"),
        ]
    }

    proptest! {
        #[test]
        fn a_secret_in_place_of_a_scope_is_refused(secret in "[a-zA-Z]{3}[0-9][A-Za-z0-9]{9,40}") {
            let catalog = Catalog::pipedrive();
            for text in [
                format!(r#"{{"scope":"{secret}"}}"#),
                format!(r#"{{"scopes":["sk_{secret}"]}}"#),
                format!(r#"["{secret}"]"#),
                format!("https://x.com/cb?scope=v1:{secret}"),
                format!("https://x.com/cb?scope=me:{secret}@x.com"),
            ] {
                let told = read(&catalog, text.as_bytes());
                prop_assert!(told.starts_with('!') && !told.contains(&secret), "{text}: {told}");
            }
        }

        #[test]
        fn no_token_denies_by_chance(token in "[A-Za-z0-9]{1,8}([._:-](un|no|not|old|never|deleted|[A-Za-z0-9]{1,8})){1,12}") {
            let catalog = Catalog::pipedrive();
            for text in [
                format!(r#"{{"access_token":"{token}","refresh_token":"{token}","id_token":"{token}","scope":"admin"}}"#),
                format!("https://x.com/cb#access_token={token}&state={token}&scope=admin"),
                format!("ACCESS_TOKEN={token}\nSCOPES=admin\n"),
            ] {
                prop_assert_eq!(read(&catalog, text.as_bytes()), "admin", "{}", text);
            }
        }

        #[test]
        fn no_secret_is_repeated(
            secret in "[a-z]{4}[0-9][A-Za-z0-9_-]{11,40}",
            scopes in "(deals:read|admin|deals:raed|new:scope)( (deals:full|x))?",
        ) {
            let catalog = Catalog::pipedrive();
            for text in with_secret(&secret, &scopes) {
                let told = match Granted::read(&catalog, text.as_bytes()) {
                    Ok(granted) => format!("{} {}", granted.scopes.text(&catalog), granted.form),
                    Err(error) => error.to_string(),
                };
                prop_assert!(!told.contains(&secret[..8]), "{text}: {told}");
            }
        }

        #[test]
        fn what_is_granted_stands_in_the_text(
            text in "([{\\[\"':,=#|>&\n -]|scopes?|deals:(read|full)|admin|%20|\\+|\\]|\\}|https://x.com/\\?){0,12}",
        ) {
            let catalog = Catalog::pipedrive();
            if let Ok(granted) = Granted::read(&catalog, text.as_bytes()) {
                let words: Vec<_> = text.split(|c: char| !(c.is_alphanumeric() || ":.-".contains(c))).collect();
                for name in granted.scopes.scopes.iter().map(|scope| catalog.scope(scope)) {
                    let stands = |word: &&str| word.trim_matches([':', '-', '.']) == name || word.ends_with(&format!("20{name}"));
                    prop_assert!(words.iter().any(stands), "{text:?}: {name}");
                }
            }
        }
    }
}
