//! How long a person waits for what is typed, at the three sizes: the search alone, without
//! painting.

#![allow(clippy::expect_used, reason = "a benchmark that cannot start must say so")]

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use divan::Bencher;
use pdscopes::domain::{Candidates, Catalog, Found, Matches, Scan, Search, SearchIndex};

use catalogs::{SIZES, letters, made, number};

#[path = "made/catalogs.rs"]
#[allow(dead_code, reason = "shared with benchmarks that need more of it")]
mod catalogs;

/// One letter that every label has, one that few have, a name, words of several, a scope, digits
/// that repeat, a word with upper case.
const QUERIES: [&str; 8] = ["c", "w", "deal", "lst dl fld", "deals:full", "0001", "add", "Deal"];

/// Rows that a thread takes at a time. A search that is overtaken by a newer query ends within
/// such a piece.
const PIECE: usize = 8192;

fn main() {
    divan::main();
}

/// A whole search, as the screen does it: rows shared between two threads, then put in order.
#[divan::bench(args = cases(), sample_count = 20, sample_size = 1)]
fn on_two_threads(bencher: Bencher, (size, query): (usize, &str)) {
    let (catalog, index) = catalog(size);
    let search = Search::new(query);
    bencher.bench(|| search_on(2, &search, catalog, index, &Candidates::all()).in_order());
}

#[divan::bench(args = cases(), sample_count = 20, sample_size = 1)]
fn on_one_thread(bencher: Bencher, (size, query): (usize, &str)) {
    let (catalog, index) = catalog(size);
    let search = Search::new(query);
    bencher.bench(|| search_on(1, &search, catalog, index, &Candidates::all()).in_order());
}

/// The same where connectors have names of letters, so that what the matcher sees of their labels
/// hardly repeats.
#[divan::bench(args = QUERIES, sample_count = 20, sample_size = 1)]
fn a_million_with_names(bencher: Bencher, query: &str) {
    static MADE: OnceLock<(Catalog, SearchIndex)> = OnceLock::new();
    let (catalog, index) = MADE.get_or_init(|| with_index(made(1_000_000, letters)));
    let search = Search::new(query);
    bencher.bench(|| search_on(2, &search, catalog, index, &Candidates::all()).in_order());
}

/// The last letter of a query, looked for among the survivors of the others.
#[divan::bench(args = cases(), sample_count = 20, sample_size = 1)]
fn one_letter_more(bencher: Bencher, (size, query): (usize, &str)) {
    let (catalog, index) = catalog(size);
    let mut candidates = Candidates::all();
    let former = Search::new(&query[..query.len() - 1]);
    let former = search_on(1, &former, catalog, index, &candidates);
    former.found().iter().for_each(|found| candidates.narrow(found));
    let search = Search::new(query);
    bencher.bench(|| search_on(2, &search, catalog, index, &candidates).in_order());
}

/// The part of a search that no second thread helps with.
#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn putting_in_order(bencher: Bencher, size: usize) {
    let (catalog, index) = catalog(size);
    let matches = search_on(2, &Search::new("c"), catalog, index, &Candidates::all());
    bencher.bench(|| matches.in_order());
}

/// With the index made for this one search, as the command line does it.
#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn from_nothing(bencher: Bencher, size: usize) {
    let (catalog, _) = catalog(size);
    bencher.bench(|| Search::new("deal").run(catalog));
}

#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn indexing(bencher: Bencher, size: usize) {
    let (catalog, _) = catalog(size);
    bencher.bench(|| SearchIndex::of(catalog));
}

fn cases() -> Vec<(usize, &'static str)> {
    SIZES.iter().flat_map(|&size| QUERIES.map(|query| (size, query))).collect()
}

fn search_on(
    threads: usize,
    search: &Search,
    catalog: &Catalog,
    index: &SearchIndex,
    candidates: &Candidates,
) -> Matches {
    let next = AtomicUsize::new(0);
    let scan = || {
        let mut scan = Scan::new(search, catalog, index);
        let start = || next.fetch_add(PIECE, Ordering::Relaxed);
        let pieces = std::iter::repeat_with(start).take_while(|&start| start < index.rows());
        pieces.map(|start| scan.rows(start..start + PIECE, candidates)).collect::<Vec<Found>>()
    };
    let mut matches = Matches::default();
    // Starting a thread takes longer than looking at a few pieces.
    if threads == 1 || index.rows() <= 4 * PIECE {
        scan().into_iter().for_each(|found| matches.add(found));
        return matches;
    }
    thread::scope(|scope| {
        let scans: Vec<_> = (0..threads).map(|_| scope.spawn(scan)).collect();
        for scan in scans {
            let found = scan.join().expect("a scan does not panic");
            found.into_iter().for_each(|found| matches.add(found));
        }
    });
    matches
}

/// A catalog of this size, and what is known of it.
fn catalog(size: usize) -> (&'static Catalog, &'static SearchIndex) {
    static MADE: [OnceLock<(Catalog, SearchIndex)>; 3] = [const { OnceLock::new() }; 3];
    let place = SIZES.iter().position(|&known| known == size).expect("one of the sizes");
    let (catalog, index) = MADE[place].get_or_init(|| with_index(made(size, number)));
    (catalog, index)
}

fn with_index(catalog: Catalog) -> (Catalog, SearchIndex) {
    let index = SearchIndex::of(&catalog);
    (catalog, index)
}
