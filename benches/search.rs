//! How long a person waits for a search, at the three sizes, without painting.

#![allow(clippy::expect_used, reason = "a benchmark that cannot start must say so")]

use std::sync::OnceLock;

use divan::Bencher;
use pdscopes::domain::{Catalog, Search};

use catalogs::{SIZES, letters, made, number};

#[path = "made/catalogs.rs"]
#[allow(dead_code, reason = "shared with benchmarks that need more of it")]
mod catalogs;

/// One letter that every label has, one that few have, a name, words that are found fuzzily, a
/// scope, digits that repeat, a word with upper case, signs, a word that is found nowhere though its letter is.
const QUERIES: [&str; 10] = [
    "c",
    "w",
    "deal",
    "lst dl fld",
    "deals:full",
    "0001",
    "add",
    "Deal",
    "^connector0001 !deal",
    "zzzz",
];

fn main() {
    divan::main();
}

#[divan::bench(args = cases(), sample_count = 10, sample_size = 1)]
fn search(bencher: Bencher, (size, query): (usize, &str)) {
    let catalog = catalog(size);
    bencher.bench(|| Search::run(query, catalog).actions);
}

/// The same where connectors have names of letters, so that labels are less alike.
#[divan::bench(args = QUERIES, sample_count = 5, sample_size = 1)]
fn a_million_with_names(bencher: Bencher, query: &str) {
    static MADE: OnceLock<Catalog> = OnceLock::new();
    let catalog = MADE.get_or_init(|| made(1_000_000, letters));
    bencher.bench(|| Search::run(query, catalog).actions);
}

fn cases() -> Vec<(usize, &'static str)> {
    SIZES.iter().flat_map(|&size| QUERIES.map(|query| (size, query))).collect()
}

fn catalog(size: usize) -> &'static Catalog {
    static MADE: [OnceLock<Catalog>; 3] = [const { OnceLock::new() }; 3];
    let place = SIZES.iter().position(|&known| known == size).expect("one of the sizes");
    MADE[place].get_or_init(|| made(size, number))
}
