//! How long a person waits for the least set: it is worked out on every tick in that mode.

#![allow(clippy::expect_used, reason = "a benchmark that cannot start must say so")]

use divan::Bencher;
use pdscopes::domain::{Catalog, Least, Selection};

#[path = "made/catalogs.rs"]
#[allow(dead_code, reason = "shared with benchmarks that need more of it")]
mod catalogs;

fn main() {
    divan::main();
}

#[divan::bench]
fn all_of_pipedrive(bencher: Bencher) {
    let catalog = Catalog::embedded().expect("the embedded catalog keeps its own rules");
    let all: Selection = catalog.indices().collect();
    bencher.bench(|| Least::of(&catalog, &all));
}

/// What is asked for most: some dozen of the actions.
#[divan::bench]
fn a_third_of_pipedrive(bencher: Bencher) {
    let catalog = Catalog::embedded().expect("the embedded catalog keeps its own rules");
    let some: Selection = catalog.indices().skip(1).step_by(3).collect();
    bencher.bench(|| Least::of(&catalog, &some));
}

/// 10,000 actions, each accepting `width` of `scopes` at random: no such connector is known, and
/// most of these are too hard to be solved exactly.
#[divan::bench(args = [(30, 4), (64, 3), (64, 8), (300, 6), (1000, 5), (2000, 5)], sample_count = 5)]
fn hostile(bencher: Bencher, (scopes, width): (usize, usize)) {
    let catalog = random_catalog(10_000, scopes, width);
    let all: Selection = catalog.indices().collect();
    bencher.bench(|| Least::of(&catalog, &all));
}

/// A key while 20,000 actions are ticked that the reference does not know, each with a scope of its
/// own, beside Pipedrive's.
#[divan::bench(sample_count = 5)]
fn unknown_actions(bencher: Bencher) {
    let catalog = catalogs::beside_pipedrive(20_000, 20_000);
    let all: Selection = catalog.indices().collect();
    bencher.bench(|| Least::of(&catalog, &all));
}

fn random_catalog(actions: usize, scopes: usize, width: usize) -> Catalog {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = |end: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as usize % end
    };
    let list = |texts: Vec<String>| texts.join(",");
    let names = list((0..scopes).map(|s| format!("\"s{s}\"")).collect());
    let facts = list(
        (0..scopes)
            .map(|s| {
                format!(
                    r#"{{"name":"s{s}","hub_name":null,"description":"d","always_granted":false}}"#
                )
            })
            .collect(),
    );
    let entries = list(
        (0..actions).map(|a| format!(r#"{{"id":"x_{a}","label":"X","scopes":["s0"]}}"#)).collect(),
    );
    let operations = list(
        (0..actions)
            .map(|a| {
                let accepts = list((0..width).map(|_| format!("\"s{}\"", below(scopes))).collect());
                format!(
                    r#"{{"action":"x_{a}","version":"v","method":"GET","path":"/","accepts":[{accepts}]}}"#
                )
            })
            .collect(),
    );
    Catalog::parse(&format!(
        r#"{{"connector":{{"key":"x","name":"X","method":"OAuth 2.0"}},
            "page":{{"address":"https://example.com/x","parameter":"actions"}},
            "scopes":[{names}],"actions":[{entries}]}}"#
    ))
    .and_then(|catalog| {
        catalog.with_reference(&format!(
            r#"{{"source":{{"accepts":"a","documented":"d","verified_live":false}},
                "scopes":[{facts}],"operations":[{operations}]}}"#
        ))
    })
    .expect("the made-up catalog keeps the rules")
}
