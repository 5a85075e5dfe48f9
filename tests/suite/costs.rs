//! What is written stays in proportion to what there is, and names of any length are no reason to end.
//! How the time grows is measured by `cargo bench --bench growth`.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use pdscopes::app::{
    AfterToggle, Command, Effect, Extents, LoadedCatalog, Message, Model, Start, update,
};
use pdscopes::domain::{Answer, Catalog, CopyOutcome, CopyRoute, LeastSearch, Mode, Separator};
use pdscopes::shell::Ending;
use pdscopes::shell::line_mode::{Dialogue, Reply};
use proptest::prelude::*;
use serde_json::json;

use crate::program::{Run, finish, pdscopes, run};
use crate::stage::Stage;

/// More than the widest column that Rust formats.
const LONG: usize = 70_000;

fn loaded(catalog: Arc<Catalog>) -> LoadedCatalog {
    LoadedCatalog { catalog, ..LoadedCatalog::default() }
}

/// Every command that prints something of a catalog, by what it is given.
const COMMANDS: [&str; 24] = [
    "list",
    "list --format json",
    "list --format tsv",
    "list --format markdown",
    "scopes --all",
    "scopes --all --format json",
    "scopes --all --format tsv",
    "scopes --all --format markdown",
    "scopes --all --least --why",
    "url --all",
    "check --granted NONE",
    "check --granted NONE --format json",
    "check --granted NONE --format markdown",
    "guide --all",
    "guide --all --format markdown",
    "audit",
    "audit --format markdown",
    "explain x_0",
    "explain *",
    "explain * * x_0 x_0",
    "explain * --format json",
    "explain x_0 --format json",
    "explain * --format tsv",
    "explain * --format markdown",
];

fn answer(catalog: &Path, arguments: &str) -> Run {
    let mut program = pdscopes();
    program.arg("--catalog").arg(catalog).args(arguments.split(' '));
    let run = finish(&mut program);
    assert!(matches!(run.code, 0 | 1), "{arguments}: {} {:.200}", run.code, run.stderr);
    run
}

/// A catalog in a file. The last scope is that of no action.
fn catalog(folder: &Path, actions: &[(String, String, Vec<String>)]) -> std::path::PathBuf {
    let mut scopes: Vec<_> = actions.iter().flat_map(|(_, _, scopes)| scopes).collect();
    scopes.sort();
    scopes.dedup();
    let none = "NONE".to_owned();
    scopes.push(&none);
    let list = actions.iter().map(
        |(id, label, scopes)| json!({"id": format!("x_{id}"), "label": label, "scopes": scopes}),
    );
    let text = json!({
        "connector": {"key": "x", "name": "X"},
        "page": {"address": "https://x.example/guide", "parameter": "actions"},
        "scopes": scopes,
        "actions": list.collect::<Vec<_>>(),
        "guide": {"sections": [{"title": "S", "steps": [
            {"title": "T", "scopes": scopes, "lines": []},
        ]}]},
    });
    let path = folder.join("catalog.json");
    fs::write(&path, text.to_string()).expect("a file");
    path
}

#[test]
fn a_name_of_any_length_is_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = |long: bool, text: &str| if long { text.repeat(LONG) } else { text.to_owned() };
    for long in 0..3 {
        let action = |n: usize| {
            let is_long = |place| n == 0 && place == long;
            // What commands name stays what it is.
            let id = if is_long(0) { format!("0{}", "i".repeat(LONG)) } else { n.to_string() };
            (id, text(is_long(1), "l"), vec![text(is_long(2), "s")])
        };
        let path = catalog(folder.path(), &[action(0), action(1)]);
        for arguments in COMMANDS {
            answer(&path, &arguments.replace("x_0", "x_1"));
        }
        let text = fs::read_to_string(&path).expect("the catalog");
        let catalog = Arc::new(Catalog::parse(&text).expect("a catalog"));
        let mut dialogue = Dialogue::new(loaded(catalog), Start::default());
        for line in ["all", "scopes", "explain 1", "ticked", "steps", "least", "steps", "granted x"]
        {
            assert!(
                matches!(dialogue.hear(line), Reply::Message(text) if !text.is_empty()),
                "{line}"
            );
        }
    }
}

#[test]
fn one_long_label_leaves_the_other_rows_as_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let label = |n| if n == 0 { "l".repeat(60_000) } else { "Short".to_owned() };
    let actions: Vec<_> =
        (0..1000).map(|n| (n.to_string(), label(n), vec!["s".to_owned()])).collect();
    let path = catalog(folder.path(), &actions);
    let list = answer(&path, "list").stdout;
    assert!(list.lines().all(|line| line.len() < 100), "a row is as long as the label");
    assert!(list.lines().next().is_some_and(|line| line.contains("lll…")), "the cut is marked");
    for format in ["json", "tsv", "markdown"] {
        let list = answer(&path, &format!("list --format {format}")).stdout;
        assert!(list.contains(&label(0)), "{format} has all of the label");
    }
}

#[test]
fn too_many_keys_in_the_settings_are_refused_with_their_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("config.toml");
    let keys = format!("[keys.typing]\nundo = [{}]\n", "'a',".repeat(200_000));
    let unknown: String = (0..70_000).map(|n| format!("c{n}=[]\n")).collect();
    for (text, line) in [(keys, 2), (format!("[keys.browsing]\n{unknown}"), 1002)] {
        fs::write(&path, text).expect("a file");
        let refused = run(["--config", path.to_str().expect("text"), "list"]);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
        let place = format!(
            "config.toml, line {line}, column 1: There are more than 1000 commands and keys"
        );
        assert!(refused.stderr.contains(&place), "{}", refused.stderr);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn what_is_printed_is_a_multiple_of_catalog_and_selection(
        actions in prop::collection::vec(
            ("[a-z]{1,9}|[a-z]{200}", "[A-Z][a-z ]{0,30}|([a-z]{1,9} ){900}|L{9000}",
             prop::collection::vec("[a-c]{1,2}|[a-z]{8}|[a-z]{300}", 0..40)),
            1..60,
        ),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let actions: Vec<_> = actions.into_iter().enumerate().map(|(n, (id, label, mut scopes))| {
            scopes.sort();
            scopes.dedup();
            let id = if n == 0 { "0".to_owned() } else { format!("{id}_{n}") };
            (id, label, scopes)
        }).collect();
        let path = catalog(folder.path(), &actions);
        let input = fs::metadata(&path).expect("a file").len();
        let pairs: usize = actions.iter().map(|(_, _, scopes)| scopes.len()).sum();
        let most = 16 * usize::try_from(input).expect("small") + 400 * (pairs + actions.len());
        for arguments in COMMANDS {
            let written = answer(&path, arguments).stdout.len();
            prop_assert!(written <= most, "{}: {} bytes of {}", arguments, written, input);
        }
    }
}

/// A description of an API whose operations accept any of so many scopes each.
fn hard(operations: usize, scopes: usize, ways: usize) -> Catalog {
    let scopes: Vec<_> = (0..scopes).map(|n| format!("x:{n}")).collect();
    let path = |n: usize| {
        let way = |way: usize| json!({"o": [scopes[(n * 7 + way * 3) % scopes.len()]]});
        let method = if n.is_multiple_of(2) { "post" } else { "get" };
        let ways: Vec<_> = (0..ways).map(way).collect();
        let operation = json!({"operationId": format!("x_{n}"), "security": ways});
        (format!("/p{n}"), json!({method: operation}))
    };
    let paths: serde_json::Map<_, _> = (0..operations).map(path).collect();
    let described: serde_json::Map<_, _> =
        scopes.iter().map(|scope| (scope.clone(), json!("d"))).collect();
    let flow = json!({"authorizationUrl": "https://x.example", "scopes": described});
    let text = json!({
        "openapi": "3.0.0", "info": {"title": "X", "version": "1"}, "paths": paths,
        "components": {"securitySchemes": {"o": {"type": "oauth2", "flows": {"implicit": flow}}}},
    });
    Catalog::parse(&text.to_string()).expect("a description")
}

#[test]
fn a_row_is_not_searched_for_where_the_search_is_cut_short() {
    let catalog = Arc::new(hard(3000, 400, 3));
    let mut dialogue = Dialogue::new(loaded(catalog), Start::default());
    for (line, said) in [("all", "cut short"), ("explain x_1", "takes too long to search for")] {
        let Reply::Message(told) = dialogue.hear(line) else { panic!("{line} is answered") };
        assert!(told.contains(said), "{told}");
    }
    // What the scopes authorise already is no matter of a search.
    dialogue.hear("- x_1");
    let Reply::Message(told) = dialogue.hear("explain x_1") else { panic!("it is answered") };
    assert!(told.contains("already covered"), "{told}");
}

/// All actions of a hard catalog selected. What a frame leaves of the search beats a frame's answer.
fn searching((columns, rows): (u16, u16)) -> Stage {
    let outcome = CopyOutcome::Confirmed(CopyRoute::X11);
    let mut stage = Stage::on(hard(640, 64, 5), (columns, rows), Start::default(), outcome);
    stage.press("<Alt-A><Down>").shows("14 scopes").shows("Still searching:");
    stage
}

#[test]
fn a_long_search_goes_on_beside_the_screen_and_its_result_is_shown() {
    for size in [(120, 40), (80, 24)] {
        let mut stage = searching(size);
        stage.shows("takes too long");
        stage.happen_next().shows("13 scopes").hides("Still searching").hides("cut short");
    }
}

#[test]
fn what_is_handed_out_is_the_end_of_a_long_search() {
    let catalog = hard(640, 64, 5);
    let all = catalog.indices().collect();
    let whole = Answer::in_mode(&catalog, &all, Mode::Least).text(&catalog, Separator::Space);
    let mut stage = searching((120, 40));
    stage.press("<Ctrl-Y>").shows("13 scopes").hides("Still searching");
    assert_eq!(stage.copies(), std::slice::from_ref(&whole));
    let mut stage = searching((120, 40));
    stage.press("<Enter>");
    assert_eq!(stage.ending(), Some(&Ending::Done(whole)));
}

#[test]
fn one_search_goes_on_at_a_time_and_an_old_result_is_dropped() {
    let mut model = Model::new(Start::default());
    update(&mut model, Message::Loaded(loaded(Arc::new(hard(640, 64, 5)))));
    let measured = |model: &mut Model| update(model, Message::Measured(Extents::default()));
    update(&mut model, Message::Command(Command::SelectListed));
    let Some(Effect::Run(first)) = measured(&mut model) else { panic!("a long search") };
    update(&mut model, Message::Command(Command::Toggle(AfterToggle::Down)));
    assert!(measured(&mut model).is_none(), "one goes on");
    let before = model.answer.clone();
    update(&mut model, first().expect("a result"));
    assert_eq!(model.answer, before);
    let Some(Effect::Run(second)) = measured(&mut model) else { panic!("a long search") };
    update(&mut model, Message::Command(Command::NextSeparator));
    update(&mut model, second().expect("a result"));
    assert_eq!(model.answer.search, LeastSearch::Proved);
    assert_eq!(model.text().matches(',').count(), model.answer.scopes.len() - 1);
    assert!(measured(&mut model).is_none());
}
