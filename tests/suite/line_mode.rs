//! The dialogue, line by line, and that it comes to the same as the screen.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::channel;

use pdscopes::app::{Focus, LoadedCatalog, Start};
use pdscopes::domain::{Catalog, CopyOutcome, CopyRoute, Mode};
use pdscopes::shell::line_mode::{Dialogue, LineLoop, Reply};
use pdscopes::shell::{Ending, Event};
use proptest::prelude::*;

use crate::stage::{Recorder, Stage};

/// What became of a whole dialogue.
struct Led {
    /// All that was written to the terminal.
    written: String,
    copies: Vec<String>,
    ending: Ending,
    dialogue: Dialogue,
}

impl Led {
    /// The answer to a line, which must be one of those that were said.
    #[track_caller]
    fn answer(&self, said: usize) -> &str {
        self.written.split("> ").nth(said).unwrap_or_default().trim_end()
    }
}

fn lead_with<S: AsRef<str>>(lines: &[S], start: Start, outcome: CopyOutcome) -> Led {
    let catalog = Arc::new(Catalog::embedded().expect("valid"));
    let (sender, heard) = channel();
    for line in lines {
        sender.send(Event::Line(line.as_ref().to_owned())).expect("the receiver is here");
    }
    sender.send(Event::InputEnded).expect("the receiver is here");
    let copies = Rc::<RefCell<Vec<String>>>::default();
    let mut line_loop = LineLoop {
        dialogue: Dialogue::new(LoadedCatalog { catalog, ..LoadedCatalog::default() }, start),
        device: Vec::new(),
        copier: Box::new(Recorder { copies: copies.clone(), outcome }),
        has_terminal: Box::new(|| true),
        reports: sender.into(),
    };
    let ending = line_loop.run(&heard).expect("memory takes everything");
    let written = String::from_utf8(line_loop.device).expect("text");
    let copies = copies.borrow().clone();
    Led { written, copies, ending, dialogue: line_loop.dialogue }
}

fn lead<S: AsRef<str>>(lines: &[S]) -> Led {
    lead_with(lines, Start::default(), CopyOutcome::Confirmed(CopyRoute::X11))
}

#[test]
fn a_whole_dialogue() {
    let lines = [
        "deal field",
        "+ 1 3",
        "+ 1-2",
        "explain 3",
        "least",
        "guide's scopes",
        "undo",
        "redo",
        "sep comma",
        "scopes",
        "- pipedrive_list_deal_fields",
        "list",
        "selected",
        "granted deals:read, foo",
        "granted deals:read",
        "granted none",
        "copy",
        "copy url",
        "copy command",
        "pipelines",
        "all",
        "none",
        "clear",
        "help",
        "quit",
    ];
    let led = lead(&lines);
    let mut told = String::new();
    for (said, answer) in led.written.split("> ").enumerate() {
        let line = said.checked_sub(1).and_then(|said| lines.get(said));
        told += &line.map(|line| format!("> {line}\n")).unwrap_or_default();
        told += answer;
    }
    insta::assert_snapshot!("dialogue", told);
    assert_eq!(led.ending, Ending::Left);
    assert!(!led.written.contains(|c: char| c.is_control() && c != '\n'), "{:?}", led.written);
}

#[test]
fn one_line_does_not_throw_a_selection_away() {
    let led = lead(&["list users", "all", "q", "scopes", "quit", "done"]);
    let question = "1 selected: `done` prints the scopes, `quit` again leaves.";
    assert_eq!([led.answer(3), led.answer(5)], [question; 2]);
    assert_eq!(led.ending, Ending::Done("users:read".into()));
    assert_eq!(lead(&["list users", "all", "q", "quit", "done"]).ending, Ending::Left);
}

#[test]
fn a_long_list_comes_in_pages_and_only_what_was_listed_has_a_number() {
    let led = lead(&["+ 1", "list", "+ 21", "more", "+ 21", "/", "list", "", "+ 0", "+ 4-2"]);
    assert!(led.answer(1).contains("Nothing is listed, so"), "{}", led.written);
    assert!(led.answer(2).ends_with("101 more; `more` lists the next 20."), "{}", led.written);
    assert!(led.answer(3).contains("the list has 1 to 20"), "{}", led.written);
    assert!(led.answer(4).starts_with("21. ") && led.answer(4).contains("40. "), "{}", led.written);
    assert!(led.answer(5).starts_with("Selected "), "{}", led.written);
    assert!(led.answer(8).starts_with("21. "), "an empty line is more: {}", led.written);
    assert!(led.answer(9).contains("no number 0"), "{}", led.written);
    assert!(led.answer(10).contains("`2-4`"), "{}", led.written);
    assert_eq!(led.dialogue.model().selection.len(), 1);
}

#[test]
fn a_list_of_a_described_api_says_what_each_action_accepts() {
    let text = serde_json::json!({
        "openapi": "3.0.0",
        "paths": {
            "/a": {
                "get": {"operationId": "get", "security": [{"o": ["a", "b"]}, {"o": ["c"]}]},
                "post": {"operationId": "post", "security": [{"k": []}]},
            },
            "/b": {"get": {"operationId": "other"}},
        },
        "components": {"securitySchemes": {
            "o": {"type": "oauth2", "flows": {"implicit": {"scopes": {"a": "", "b": "", "c": ""}}}},
            "k": {"type": "apiKey", "in": "header"},
        }},
    });
    let catalog = Arc::new(Catalog::parse(&text.to_string()).expect("a description"));
    let mut dialogue =
        Dialogue::new(LoadedCatalog { catalog, ..LoadedCatalog::default() }, Start::default());
    let Reply::Message(list) = dialogue.hear("/") else { panic!("a list") };
    for words in ["(a or c) and (b or c)", "not by OAuth", "not known"] {
        assert!(list.contains(words), "{words}: {list}");
    }
    // Its label is its id.
    let Reply::Message(explanation) = dialogue.hear("explain 1") else { panic!("a message") };
    assert!(explanation.starts_with("get: accepts "), "{explanation}");
}

#[test]
fn select_and_deselect_are_commands_too() {
    let led = lead(&["list users", "select 1", "selected", "deselect 1", "select all", "select"]);
    assert!(led.answer(2).starts_with("Selected List Users. 1 selected"), "{}", led.written);
    assert!(led.answer(4).starts_with("Deselected List Users. 0 selected"), "{}", led.written);
    assert!(led.answer(5).starts_with("Selected 1 action."), "{}", led.written);
    assert!(led.answer(6).ends_with("`select 1 3-5`."), "{}", led.written);
}

#[test]
fn a_list_says_which_actions_the_granted_scopes_cover() {
    let led = lead(&["granted users:read", "list", "sep"]);
    let (list, separators) = (led.answer(2), led.answer(3));
    assert!(list.contains("List Users: users:read (covered by the granted scopes)\n"), "{list}");
    let is_covered = |line: &&str| line.contains("covered by");
    assert!(list.lines().filter(is_covered).all(|line| line.contains(": users:read")), "{list}");
    assert!(separators.contains("now it is the space"), "{separators}");
}

#[test]
fn numbers_mean_what_was_listed_last_however_the_list_has_changed_since() {
    let led = lead(&["list users", "+ 1", "selected", "- 1", "+ 1", "done"]);
    assert_eq!(led.ending, Ending::Done("users:read".into()));
}

#[test]
fn all_means_what_was_listed_however_the_list_has_changed_since() {
    let led = lead(&["covered", "+ 1", "all", "/zzz", "all", "clear", "ticked", "all"]);
    assert!(led.answer(3).contains("Nothing changed"), "{}", led.written);
    assert!(led.answer(5).contains("Nothing is listed"), "{}", led.written);
    assert!(led.answer(8).contains("Nothing is listed"), "{}", led.written);
    let led = lead(&["covered", "selected", "covered"]);
    assert!(led.answer(3).starts_with("1 of 121 actions covered."), "{}", led.written);
    let led = lead(&["covered", "+ pipedrive_add_pipeline"]);
    assert!(led.answer(2).contains("1 selected, 1 not listed"), "{}", led.written);
}

#[test]
fn what_is_no_command_and_finds_nothing_selects_nothing_and_names_the_nearest() {
    let led =
        lead(&["deal field", "clera", "qqqq", "sep dot", "copy that", "+", "+ x", "explain 99"]);
    assert!(led.answer(2).contains("did you mean `clear`?"), "{}", led.written);
    assert!(led.answer(3).contains("`help` lists the commands"), "{}", led.written);
    for said in 4..=8 {
        assert!(led.answer(said).ends_with(['.', '?']), "{}", led.answer(said));
    }
    assert!(led.dialogue.model().selection.is_empty());
}

#[test]
fn all_after_a_search_that_found_nothing_is_not_the_list_before() {
    let led = lead(&["deal field", "zzz", "all", "none", "deal field", "clera", "all"]);
    assert!(led.answer(3).contains("Nothing is listed"), "{}", led.written);
    assert!(led.answer(4).contains("Nothing is listed"), "{}", led.written);
    assert!(led.answer(7).contains("Selected"), "{}", led.written);
}

#[test]
fn a_line_of_a_pasted_response_is_not_repeated() {
    let lines = [r#"  "access_token": "s3cret","#, "/ CLIENT_SECRET=s3cret", "granted {"];
    let led = lead(&lines);
    assert!(!led.written.contains("s3cret"), "{}", led.written);
    assert!(led.answer(1).starts_with("No actions match this search of 25 characters, and"));
    assert_eq!(led.answer(2), "No actions match this search of 20 characters.");
}

#[test]
fn granted_scopes_are_told_with_the_form_that_they_were_read_as() {
    let led = lead(&[
        "+ pipedrive_list_deals",
        r#"granted {"scope": "deals:read"}"#,
        r#"granted {"scope": "x:y"}"#,
    ]);
    let read = "Read as JSON: `scope`. Covered: 1 of 1 selected actions. ";
    assert!(led.answer(2).starts_with(read), "{}", led.written);
    assert_eq!(led.answer(3).matches("x:y").count(), 1, "{}", led.written);
}

#[test]
fn granted_scopes_of_the_command_line_are_told_at_the_start() {
    let catalog = Arc::new(Catalog::embedded().expect("valid"));
    let granted = pdscopes::domain::Granted::read(&catalog, b"deals:read").expect("a list").scopes;
    let selection = catalog.find("pipedrive_add_deal").into_iter().collect();
    let loaded = LoadedCatalog { catalog, selection, granted: Some(granted) };
    let greeting = Dialogue::new(loaded, Start::default()).greeting();
    assert!(
        greeting.contains("Your app needs: deals:full. Your app can drop: deals:read."),
        "{greeting}"
    );
}

#[test]
fn a_search_may_begin_with_the_name_of_the_command() {
    let led = lead(&["list goals", "list users", "list zzzz"]);
    assert!(led.answer(1).contains("Goals"), "{}", led.written);
    assert!(led.answer(2).starts_with("1 of 121"), "{}", led.written);
    assert!(led.answer(3).contains("did you mean `list`?"), "{}", led.written);
}

#[test]
fn of_a_list_of_ids_the_known_ones_are_selected() {
    let led = lead(&["pipedrive_list_deals pipedrive_list_dealz pipedrive_add_pipeline"]);
    assert_eq!(led.dialogue.model().selection.len(), 2, "{}", led.written);
    assert!(led.answer(1).contains("Unknown: pipedrive_list_dealz."), "{}", led.written);
}

#[test]
fn an_unknown_id_is_answered_as_elsewhere() {
    let led = lead(&["+ pipedrive_list_dealz", "explain qqqq", "+ 1", "list", "ticked"]);
    assert!(led.answer(1).starts_with("Unknown action: `pipedrive_list_dealz`; did you mean"));
    assert_eq!(led.answer(2), "Unknown action: `qqqq`; `/` lists all actions.");
    assert!(led.answer(5).starts_with("0 of 121 actions selected."), "{}", led.written);
}

#[test]
fn the_power_is_said_with_the_scopes() {
    let led = lead(&["+ pipedrive_list_deals", "clear"]);
    assert!(led.answer(1).contains("55 of 368 calls, 6 change data; least privilege: "));
    assert!(!led.answer(2).contains("calls"), "{}", led.written);
}

#[test]
fn a_guide_url_is_the_selection_that_it_carries() {
    let catalog = Catalog::embedded().expect("valid");
    let page = &catalog.page().expect("it has one").address;
    let url = format!("{page}?actions=pipedrive_list_deals,pipedrive_list_users");
    let led = lead(&[url.as_str(), "done"]);
    let selected =
        "Selected 2 actions from the guide URL. 2 selected, 2 scopes: deals:read users:read.";
    assert!(led.answer(1).starts_with(selected), "a dialogue has no keys: {}", led.written);
    assert_eq!(led.ending, Ending::Done("deals:read users:read".into()));
    let led = lead(&[format!("{page}?actions=nope").as_str()]);
    assert!(led.answer(1).contains("Unknown: nope."), "{}", led.written);
}

#[test]
fn a_list_of_ids_is_a_selection_and_a_scope_can_be_explained() {
    let led = lead(&[
        "granted deals:read",
        "pipedrive_list_deals, pipedrive_add_pipeline",
        "explain deals:full",
        "explain leads:full",
        "least",
        "selected",
    ]);
    assert_eq!(led.answer(1), "Your app's current scopes: deals:read.");
    assert!(led.answer(2).starts_with("Selected 2 actions from the pasted list. 2 selected"));
    assert!(led.answer(3).starts_with("deals:full: "), "{}", led.written);
    assert!(led.answer(3).contains(". Needed for Add Pipeline. It unlocks "), "{}", led.written);
    assert!(led.answer(4).contains(". No selected action needs it."), "{}", led.written);
    assert!(
        led.answer(6).contains("Add Pipeline: guide's scopes deals:full (selected)"),
        "{}",
        led.written
    );
}

#[test]
fn what_cannot_be_copied_is_told_with_what_can() {
    let led = lead(&["guide's", "copy all"]);
    assert_eq!(led.answer(1), "These are the guide's scopes already.");
    let there_are = "`copy` copies the scopes; there are also `copy url` and `copy command`.";
    assert_eq!(led.answer(2), there_are);
}

#[test]
fn an_answer_that_is_refused_is_never_given_in_silence() {
    let led = lead(&["+ pipedrive_add_pipeline", "scopes", "copy", "least", "scopes", "copy"]);
    let warning = "1 action is refused with these scopes";
    for said in [2, 3] {
        assert!(led.answer(said).contains(warning), "{}", led.written);
    }
    for said in [5, 6] {
        assert!(!led.answer(said).contains(warning), "{}", led.written);
    }
    assert!(led.answer(2).starts_with("deals:full\n"), "{}", led.written);
}

#[test]
fn a_number_alone_leaves_the_list_as_it_is() {
    let led = lead(&["deal field", "1-2", "99", "+ 1"]);
    assert_eq!(led.answer(2), "Nothing was done; `+ 1-2` selects by numbers.");
    assert!(led.answer(3).starts_with("There is no number 99; "), "{}", led.written);
    assert!(led.answer(4).starts_with("Selected "), "{}", led.written);
}

#[test]
fn a_copy_that_failed_is_told_whole() {
    let outcome = CopyOutcome::Failed("no".into());
    let start = Start { query: "deal".into(), ..Start::default() };
    let led = lead_with(&["+ 1", "sep newline", "copy", "list"], start, outcome);
    assert!(led.answer(0).contains("match `deal`"), "what is asked for at the start is listed");
    assert_eq!(led.answer(3), "Not copied: no.\ndeals:read");
    assert!(led.answer(4).contains("match `deal`"), "the query stayed: {}", led.written);
    let outcome = CopyOutcome::Failed("no".into());
    let led = lead_with(&["+ pipedrive_add_pipeline", "copy"], Start::default(), outcome);
    assert!(
        led.answer(2).starts_with("Not copied: no.\ndeals:full\n1 action is refused"),
        "{}",
        led.written
    );
}

/// What a person wants, whichever face they see.
#[derive(Clone, Debug)]
enum Intention {
    Toggle(usize),
    Search(&'static str),
    All,
    DeselectListed,
    Clear,
    Undo,
    Redo,
    NextSeparator,
    SwitchMode,
    Grant(&'static str),
    Copy,
}

fn intention() -> impl Strategy<Value = Intention> {
    let queries = vec!["", "deal", "deals:full", "zzz", "lst dl", "Merge", "field"];
    prop_oneof![
        6 => (0..121_usize).prop_map(Intention::Toggle),
        3 => prop::sample::select(queries).prop_map(Intention::Search),
        1 => Just(Intention::All),
        1 => Just(Intention::DeselectListed),
        1 => Just(Intention::Clear),
        3 => Just(Intention::Undo),
        2 => Just(Intention::Redo),
        2 => Just(Intention::NextSeparator),
        1 => Just(Intention::SwitchMode),
        1 => prop::sample::select(vec!["deals:read", "admin users:full"]).prop_map(Intention::Grant),
        1 => Just(Intention::Copy),
    ]
}

/// Does on the screen what is wanted; says which lines ask for the same.
fn by_keys(stage: &mut Stage, intention: &Intention) -> Vec<String> {
    let line = |line: &str| vec![line.to_owned()];
    match intention {
        Intention::Toggle(place) => {
            let catalog = stage.model().catalog();
            let action = catalog.indices().nth(*place).expect("there are 121");
            let id = catalog.action(action).id().to_owned();
            let sign = if stage.model().selection.contains(action) { '-' } else { '+' };
            stage.press(&format!("<Ctrl-U>{id}"));
            let row = stage.model().listed.iter().position(|&listed| listed == action);
            stage.press(&"<Down>".repeat(row.expect("an id finds its action"))).press("<Tab>");
            vec![format!("/{id}"), format!("{sign} {id}")]
        }
        Intention::Search(query) => {
            stage.press("<Ctrl-U>").press(query);
            vec![format!("/{query}")]
        }
        Intention::All => {
            stage.press("<Alt-A>");
            line("all")
        }
        Intention::DeselectListed => {
            stage.press("<Alt-D>");
            line("none")
        }
        Intention::Clear => {
            stage.press("<Ctrl-X>");
            line("clear")
        }
        Intention::Undo => {
            stage.press("<Ctrl-_>");
            line("undo")
        }
        Intention::Redo => {
            stage.press("<Alt-R>");
            line("redo")
        }
        Intention::NextSeparator => {
            stage.press("<Ctrl-T>");
            vec![format!("sep {}", stage.model().separator.name())]
        }
        Intention::SwitchMode => {
            stage.press("<Alt-M>");
            line(if stage.model().answer.mode == Mode::Least { "least" } else { "guide's scopes" })
        }
        Intention::Grant(scopes) => {
            stage.press("<Alt-+><Ctrl-U>").press(scopes).press("<Enter>");
            if stage.model().focus() == Focus::Granting {
                stage.press("<Esc>");
            }
            vec![format!("granted {scopes}")]
        }
        Intention::Copy => {
            stage.press("<Ctrl-Y>");
            line("copy")
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn both_faces_come_to_the_same(intentions in prop::collection::vec(intention(), 1..20)) {
        let mut stage = Stage::new(120, 40);
        let mut lines = Vec::new();
        for intention in &intentions {
            lines.extend(by_keys(&mut stage, intention));
        }
        lines.push("done".into());
        let led = lead(&lines);
        let (screen, spoken) = (stage.model(), led.dialogue.model());
        prop_assert_eq!(&screen.selection, &spoken.selection, "{:?}", &lines);
        prop_assert_eq!(&screen.answer, &spoken.answer);
        prop_assert_eq!(screen.query.text(), spoken.query.text());
        prop_assert_eq!(&screen.listed, &spoken.listed);
        prop_assert_eq!(&screen.granted, &spoken.granted);
        prop_assert_eq!(stage.copies(), led.copies);
        let screen_is_empty = screen.selection.is_empty();
        stage.press("<Enter>");
        if screen_is_empty {
            stage.press("<Enter>");
        }
        prop_assert_eq!(stage.ending(), Some(&led.ending));
    }

    #[test]
    fn no_line_breaks_the_dialogue(lines in prop::collection::vec(
        prop_oneof![".{0,30}", "[-+] ?[0-9 ,-]{0,8}", "(explain|sep|copy|granted|/) ?.{0,8}"], 0..12,
    )) {
        let led = lead(&lines);
        let harmless = !led.written.contains(|c: char| c.is_control() && c != '\n');
        prop_assert!(harmless, "{:?}", led.written);
    }
}

#[cfg(unix)]
mod in_a_terminal {
    use crate::pty::Pty;

    /// The shell must outlive the Ctrl-C that it gets too.
    const WATCHED: &str = r#"
    trap : INT
    before=$(stty -g)
    $SETTING "$PDSCOPES" $FLAGS >out 2>err
    echo "exit=$?"
    [ "$before" = "$(stty -g)" ] && echo settings=same
"#;

    fn watched(setting: &str, flags: &str) -> (tempfile::TempDir, Pty) {
        let room = tempfile::tempdir().expect("a directory");
        let script = WATCHED.replace("$SETTING", setting).replace("$FLAGS", flags);
        let mut pty = Pty::shell(&script, room.path());
        pty.wait_for("Type words to search");
        (room, pty)
    }

    fn read(room: &tempfile::TempDir, file: &str) -> String {
        std::fs::read_to_string(room.path().join(file)).unwrap_or_default()
    }

    #[test]
    fn flag_variable_and_dumb_terminals_ask_for_lines() {
        for (setting, flags) in
            [("", "--accessible"), ("PDSCOPES_ACCESSIBLE=1", ""), ("TERM=dumb", "--clipboard=off")]
        {
            let (room, mut pty) = watched(setting, flags);
            pty.send("list users\r\n").wait_for("1. List Users");
            pty.send("+ 1\n").wait_for("1 selected, 1 scope: users:read. (+users:read)");
            pty.send("done\n").wait_for("exit=0").wait_for("settings=same").is_restored();
            assert_eq!(
                (read(&room, "out"), read(&room, "err")),
                ("users:read\n".into(), String::new())
            );
        }
    }

    #[test]
    fn a_variable_that_says_no_leaves_the_screen() {
        for value in ["0", "false", "No", "never"] {
            let room = tempfile::tempdir().expect("a directory");
            let script = format!("PDSCOPES_ACCESSIBLE={value} \"$PDSCOPES\"");
            Pty::shell(&script, room.path()).wait_for("0 selected").send("\u{3}");
        }
    }

    #[test]
    fn the_dialogue_ends_as_the_screen_does() {
        for (typed, exit) in [
            ("quit\n", "exit=130"),
            ("\u{4}", "exit=130"),
            ("\u{3}", "exit=130"),
            ("list users\n\u{3}", "exit=130"),
            ("done\n", "exit=1"),
        ] {
            let (room, mut pty) = watched("", "--accessible");
            pty.send(typed).wait_for(exit).wait_for("settings=same");
            assert_eq!(read(&room, "out"), "", "{typed:?}");
            let note = "note: Nothing is selected, so nothing is printed; select an action before \
                you finish.\n";
            assert_eq!(read(&room, "err"), if exit == "exit=1" { note } else { "" }, "{typed:?}");
        }
    }
}
