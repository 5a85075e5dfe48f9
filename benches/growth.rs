//! How costs grow with what there is: each command and each action of the screen with catalogs of n, 2n,
//! 4n and 8n. It prints the exponent of the time, the time at 8n, and the exponent of the output. 1 is in
//! proportion, 2 is four times as much for twice as much.
//!
//! `cargo bench --bench growth` prints all of it, `cargo bench --bench growth -- explain` the rows
//! that name it.

#![allow(clippy::expect_used, reason = "a benchmark that cannot start must say so")]

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use pdscopes::app::{Code, Key, LoadedCatalog, Start};
use pdscopes::domain::{Catalog, Granted};
use pdscopes::shell::line_mode::{Dialogue, Reply};

use catalogs::text_beside_pipedrive;
use desk::Desk;

#[path = "made/catalogs.rs"]
#[allow(dead_code, reason = "shared with benchmarks that need more of it")]
mod catalogs;
#[path = "made/desk.rs"]
mod desk;

const SIZES: [usize; 4] = [10_000, 20_000, 40_000, 80_000];

/// The best of so many runs counts: whatever else the machine does only adds to it.
const RUNS: usize = 5;

/// Makes a catalog of so many parts.
type Shape = fn(usize) -> String;

/// What grows in a catalog, and how to make one.
const SHAPES: [(&str, Shape); 6] = [
    ("actions with a scope each", |n| text_beside_pipedrive(n, n)),
    ("actions with 20 scopes", |n| text_beside_pipedrive(n, 20)),
    ("scopes of one action", one_action),
    ("bytes of a label, and actions", one_label),
    ("lines of the guide", long_guide),
    ("operations of an API", described),
];

/// Commands, with `@` for the file of the catalog.
const COMMANDS: [&str; 29] = [
    "list",
    "list --format json",
    "list x --format tsv",
    "list --format markdown",
    "scopes --all",
    "scopes --all --format json",
    "scopes --all --format tsv",
    "scopes --all --format markdown",
    "scopes --all --least --format json",
    "scopes --all --least --why",
    "scopes x_*",
    "url --all",
    "url --all --format json",
    "check --granted x:0 --all",
    "check --granted x:0 --format json",
    "check --granted x:0 --format markdown",
    "explain x_*",
    "explain x_* --format tsv",
    "explain x:* --format tsv",
    "explain x:*",
    "explain * --format json",
    "guide --all",
    "guide --all --least --format markdown",
    "audit",
    "audit --format json",
    "audit --format markdown",
    "catalog check @",
    "catalog diff @",
    "catalog import @ @",
];

/// Texts that state granted scopes, by what there is so much of.
const GRANTED: [(&str, Shape); 8] = [
    ("lines", |n| "deals:read\n".repeat(n)),
    ("entries of JSON", |n| format!(r#"["deals:read"{}]"#, r#", "deals:read""#.repeat(n))),
    ("keys of JSON that state some", |n| object(n, "deals:read", stating)),
    ("keys of JSON that deny others", |n| {
        object(n, "deals:full", |nth| format!("missing_{nth}_scopes"))
    }),
    ("keys of YAML that state some", |n| entries(n, ": deals:read\n", stating)),
    ("variables", |n| entries(n, "=x\n", |nth| format!("A{nth}")) + "SCOPES=deals:read\n"),
    ("rows of a table", |n| {
        "| Scope | Name |\n|---|---|\n".to_owned() + &"| deals:read | A |\n".repeat(n)
    }),
    ("parameters of a URL", |n| {
        "https://x.example/?scope=deals:read&".to_owned()
            + &entries(n, "=x&", |nth| format!("a{nth}"))
    }),
];

/// Lines of the dialogue, all of which are said one after another.
const LINES: [&str; 13] = [
    "all",
    "scopes",
    "url",
    "explain 1",
    "ticked",
    "- 1",
    "undo",
    "granted x:0",
    "covered",
    "least",
    "steps",
    "x",
    "clear",
];

/// Keys on the screen, by turns with those that take them back.
const KEYS: [(&str, &[Key], &[Key]); 9] = [
    ("move", &[Key::plain(Code::Down)], &[Key::plain(Code::Up)]),
    ("tick", &[Key::plain(Code::Tab)], &[Key::plain(Code::BackTab)]),
    ("type", &[Key::char('x')], &[Key::plain(Code::Backspace)]),
    ("clear", &[Key::ctrl('x')], &[Key::ctrl('_')]),
    ("separator", &[Key::ctrl('t')], &[Key::ctrl('t')]),
    ("least privilege", &[Key::alt('m')], &[Key::alt('m')]),
    ("only ticked", &[Key::alt('v')], &[Key::alt('v')]),
    ("the guide", &[Key::plain(Code::F(2)), Key::plain(Code::Down)], &[Key::plain(Code::F(2))]),
    ("scopes", &[Key::plain(Code::Esc), Key::char('l'), Key::char('j')], &[Key::char('/')]),
];

/// The seconds and the bytes of output at each size.
type Costs = [(f64, usize); SIZES.len()];

fn main() -> io::Result<()> {
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let is_wanted = |name: &str| wanted.as_ref().is_none_or(|wanted| name.contains(wanted));
    let folder = tempfile::tempdir()?;
    let texts = SHAPES.map(|(_, make)| SIZES.map(make));
    let file = |shape: usize, size: usize| folder.path().join(format!("{shape}-{size}.json"));
    for (shape, texts) in texts.iter().enumerate() {
        for (size, text) in texts.iter().enumerate() {
            fs::write(file(shape, size), text)?;
        }
    }
    println!("| | {} |", SHAPES.map(|(name, _)| name).join(" | "));
    println!("|---{}|", "|---".repeat(SHAPES.len()));
    for arguments in COMMANDS.into_iter().filter(|arguments| is_wanted(arguments)) {
        print!("| `{}`", arguments.replace('@', "FILE"));
        for shape in 0..SHAPES.len() {
            let mut costs = Costs::default();
            for (size, cost) in costs.iter_mut().enumerate() {
                *cost = run(arguments, &file(shape, size))?;
            }
            print!(" | {}", words(&costs));
        }
        println!(" |");
    }
    if is_wanted("dialogue") {
        print!("| the dialogue");
        for texts in &texts {
            print!(" | {}", words(&texts.each_ref().map(|text| lead(text))));
        }
        println!(" |");
    }
    for (name, keys, back) in KEYS.into_iter().filter(|(name, _, _)| is_wanted(name)) {
        print!("| screen: {name}");
        for texts in &texts {
            let costs = texts.each_ref().map(|text| (press(text, keys, back), 0));
            print!(" | {}", words(&costs));
        }
        println!(" |");
    }
    let catalog = Catalog::embedded().expect("the catalog that the program carries");
    for (name, make) in GRANTED.into_iter().filter(|_| is_wanted("granted")) {
        let costs = SIZES.map(|size| (read_granted(&catalog, &make(size)), 0));
        println!("| granted: {name} | {} |", words(&costs));
    }
    Ok(())
}

/// A name of letters alone, another one for each number.
fn stating(nth: usize) -> String {
    format!("{nth:b}_scopes").replace('0', "app_").replace('1', "bot_")
}

fn entries(n: usize, value: &str, name: impl Fn(usize) -> String) -> String {
    (0..n).map(|nth| name(nth) + value).collect()
}

fn object(n: usize, value: &str, name: impl Fn(usize) -> String) -> String {
    let others = entries(n, &format!(": {value:?}, "), |nth| format!("{:?}", name(nth)));
    format!(r#"{{{others}"scope": "deals:read"}}"#)
}

fn one_action(scopes: usize) -> String {
    let names: Vec<_> = (0..scopes).map(|n| format!("x:{n}")).collect();
    catalog(&names, &action("x_0", "X", &names), &[])
}

fn one_label(size: usize) -> String {
    let long = action("x_long", &"label ".repeat(size), &["x:0".into()]);
    let short = (0..size).map(|n| action(&format!("x_{n}"), "X", &["x:0".into()]));
    let actions: Vec<_> = short.chain([long]).collect();
    catalog(&["x:0".into()], &actions.join(","), &[])
}

fn long_guide(lines: usize) -> String {
    let lines: Vec<_> = (0..lines).map(|n| format!(r#"["go to ", {{"copy": "{n}"}}]"#)).collect();
    catalog(&["x:0".into()], &action("x_0", "X", &["x:0".into()]), &lines)
}

/// A description of an API. Each operation accepts any one of three scopes, a tenth as many as there
/// are operations.
fn described(operations: usize) -> String {
    let scopes = operations / 10;
    let operation = |n: usize| {
        let way = |way: usize| format!(r#"{{"o": ["x:{}"]}}"#, (n * 7 + way * 3) % scopes);
        let (method, ways) = (if n.is_multiple_of(2) { "get" } else { "post" }, [0, 1, 2].map(way));
        format!(
            r#""/p{n}": {{"{method}": {{"operationId": "x_{n}", "summary": "X {n}",
                "security": [{}], "responses": {{}}}}}}"#,
            ways.join(",")
        )
    };
    let paths: Vec<_> = (0..operations).map(operation).collect();
    let scopes: Vec<_> = (0..scopes).map(|n| format!(r#""x:{n}": """#)).collect();
    format!(
        r#"{{"openapi": "3.0.0", "info": {{"title": "X", "version": "1"}}, "paths": {{{}}},
            "components": {{"securitySchemes": {{"o": {{"type": "oauth2", "flows":
                {{"implicit": {{"authorizationUrl": "https://x.example", "scopes": {{{}}}}}}}}}}}}}}}"#,
        paths.join(","),
        scopes.join(",")
    )
}

fn action(id: &str, label: &str, scopes: &[String]) -> String {
    format!(r#"{{"id": "{id}", "label": "{label}", "scopes": {scopes:?}}}"#)
}

fn catalog(scopes: &[String], actions: &str, lines: &[String]) -> String {
    let lines = lines.join(",");
    format!(
        r#"{{"connector": {{"key": "x", "name": "X"}}, "scopes": {scopes:?}, "actions": [{actions}],
            "page": {{"address": "https://x.example", "parameter": "actions"}},
            "guide": {{"sections": [{{"title": "S", "steps": [
                {{"title": "T", "scopes": {scopes:?}, "lines": [{lines}]}}]}}]}}}}"#
    )
}

/// From the start of the program to its end.
fn run(arguments: &str, catalog: &Path) -> io::Result<(f64, usize)> {
    let mut best = (f64::INFINITY, 0);
    for _ in 0..RUNS {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pdscopes"));
        command.args(["--config", "none", "--catalog"]).arg(catalog);
        let path = catalog.to_str().unwrap_or_default();
        command.args(arguments.split(' ').map(|word| if word == "@" { path } else { word }));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let start = Instant::now();
        let output = command.output()?;
        best = (start.elapsed().as_secs_f64().min(best.0), output.stdout.len());
    }
    Ok(best)
}

/// What a dialogue takes, and how much it says.
fn lead(catalog: &str) -> (f64, usize) {
    let catalog = Arc::new(read(catalog));
    let mut best = (f64::INFINITY, 0);
    for _ in 0..RUNS {
        let start = Instant::now();
        let loaded = LoadedCatalog { catalog: catalog.clone(), ..LoadedCatalog::default() };
        let mut dialogue = Dialogue::new(loaded, Start::default());
        let replies = LINES.map(|line| dialogue.hear(line));
        let said = replies.iter().map(|reply| match reply {
            Reply::Message(text) => text.len(),
            Reply::Copy { .. } | Reply::Leave(_) => 0,
        });
        best = (start.elapsed().as_secs_f64().min(best.0), said.sum());
    }
    best
}

/// What reading granted scopes takes.
fn read_granted(catalog: &Catalog, text: &str) -> f64 {
    let read = || {
        let start = Instant::now();
        Granted::read(catalog, text.as_bytes()).expect("a text that states granted scopes");
        start.elapsed()
    };
    let best = (0..RUNS).map(|_| read()).min().unwrap_or(Duration::ZERO);
    best.as_secs_f64()
}

fn read(catalog: &str) -> Catalog {
    let catalog = Catalog::parse(catalog).and_then(Catalog::with_embedded_reference);
    catalog.expect("a catalog")
}

/// With all actions ticked, what `keys` and then `back` take.
fn press(catalog: &str, keys: &[Key], back: &[Key]) -> f64 {
    let mut desk = Desk::of(&Arc::new(read(catalog)));
    desk.press(Key::alt('a'));
    let mut turn = || {
        let start = Instant::now();
        keys.iter().chain(back).for_each(|&key| desk.press(key));
        start.elapsed()
    };
    turn();
    let best = (0..RUNS).map(|_| turn()).min().unwrap_or(Duration::ZERO);
    best.as_secs_f64()
}

/// `1.02, 346 ms; 0.99`: the exponent of the time, the longest time, and the exponent of the output,
/// if there is any.
fn words(costs: &Costs) -> String {
    let longest = costs.iter().map(|&(seconds, _)| seconds).fold(0.0, f64::max) * 1000.0;
    let time = exponent(costs.map(|(seconds, _)| seconds));
    let output = match costs[0].1 {
        0 => String::new(),
        _ => format!("; {:.2}", exponent(costs.map(|(_, bytes)| bytes as f64))),
    };
    format!("{time:.2}, {longest:.1} ms{output}")
}

/// The slope of the line that fits the logarithms best.
fn exponent(costs: [f64; SIZES.len()]) -> f64 {
    let x = SIZES.map(|size| (size as f64).ln());
    let y = costs.map(|cost| cost.max(f64::MIN_POSITIVE).ln());
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (mean_x, mean_y) = (mean(&x), mean(&y));
    let with = |a: f64, b: f64| (a - mean_x) * (b - mean_y);
    let covariance: f64 = x.iter().zip(y).map(|(&a, b)| with(a, b)).sum();
    covariance / x.iter().map(|a| (a - mean_x).powi(2)).sum::<f64>()
}
