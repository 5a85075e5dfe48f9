//! How long a key takes to become a frame, at the three sizes: resolved, carried out, measured,
//! painted and encoded. Searching a list too long to be searched at once is not in it, because no
//! frame waits for that.

#![allow(clippy::expect_used, reason = "a benchmark that cannot start must say so")]

use std::sync::Arc;

use divan::Bencher;
use pdscopes::app::{Code, Key};
use pdscopes::domain::Catalog;

use catalogs::{SIZES, beside_pipedrive, made, number};
use desk::Desk;

#[path = "made/catalogs.rs"]
#[allow(dead_code, reason = "shared with benchmarks that need more of it")]
mod catalogs;
#[path = "made/desk.rs"]
mod desk;

fn main() {
    divan::main();
}

/// The first frame of a catalog that is there.
#[divan::bench(args = SIZES)]
fn first(bencher: Bencher, size: usize) {
    let catalog = Arc::new(made(size, number));
    bencher.bench(|| Desk::of(&catalog));
}

#[divan::bench(args = SIZES)]
fn moved(bencher: Bencher, size: usize) {
    by_turns(bencher, size, Key::plain(Code::Down), Key::plain(Code::Up));
}

#[divan::bench(args = SIZES)]
fn ticked(bencher: Bencher, size: usize) {
    by_turns(bencher, size, Key::plain(Code::Tab), Key::plain(Code::BackTab));
}

/// The same where all others are ticked.
#[divan::bench(args = SIZES, sample_count = 20)]
fn ticked_among_all(bencher: Bencher, size: usize) {
    let mut desk = Desk::of(&Arc::new(made(size, number)));
    desk.press(Key::alt('a'));
    bencher.bench_local(|| {
        desk.press(Key::plain(Code::Tab));
        desk.press(Key::plain(Code::BackTab));
    });
}

/// In least privilege, with all ticked: Pipedrive's, and 20,000 that the reference does not know, each
/// with one of `scopes` scopes.
#[divan::bench(args = [100, 20_000], sample_count = 20)]
fn ticked_in_least_privilege(bencher: Bencher, scopes: usize) {
    let mut desk = Desk::of(&Arc::new(beside_pipedrive(20_000, scopes)));
    desk.press(Key::alt('a'));
    desk.press(Key::alt('m'));
    bencher.bench_local(|| {
        desk.press(Key::plain(Code::Tab));
        desk.press(Key::plain(Code::BackTab));
    });
}

#[divan::bench(args = SIZES)]
fn typed(bencher: Bencher, size: usize) {
    by_turns(bencher, size, Key::char('d'), Key::plain(Code::Backspace));
}

/// Moves beside a ticked action whose scope has so many bytes.
#[divan::bench(args = [1 << 10, 100 << 20])]
fn moved_beside_a_long_scope(bencher: Bencher, bytes: usize) {
    let scope = "x".repeat(bytes);
    let catalog = format!(
        r#"[{{"id":"a","label":"A","scopes":["{scope}"]}},{{"id":"b","label":"B","scopes":[]}}]"#
    );
    let mut desk = Desk::of(&Arc::new(Catalog::parse(&catalog).expect("a catalog")));
    desk.press(Key::plain(Code::Tab));
    bencher.bench_local(|| {
        desk.press(Key::plain(Code::Up));
        desk.press(Key::plain(Code::Down));
    });
}

/// Two frames: of a key, and of one that takes it back.
fn by_turns(bencher: Bencher, size: usize, key: Key, back: Key) {
    let mut desk = Desk::of(&Arc::new(made(size, number)));
    bencher.bench_local(|| {
        desk.press(key);
        desk.press(back);
    });
}
