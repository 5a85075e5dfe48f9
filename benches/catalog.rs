//! How long reading a catalog takes, at the sizes that people have and at one that nobody has.

use std::ops::ControlFlow;
use std::thread;

use pdscopes::domain::{Catalog, Task, Wait};

use catalogs::{SIZES, array};

#[path = "made/catalogs.rs"]
#[allow(dead_code, reason = "shared with benchmarks that need more of it")]
mod catalogs;

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn read(bencher: divan::Bencher, actions: usize) {
    let text = array(actions);
    bencher
        .with_inputs(|| text.clone().into_bytes())
        .bench_values(|bytes| Catalog::read(bytes, "").expect("valid").len());
}

/// The same on two threads, as the screen does it.
#[divan::bench(args = SIZES, sample_count = 5)]
fn read_on_two_threads(bencher: divan::Bencher, actions: usize) {
    let text = array(actions);
    let beside = |task: Task| -> Wait {
        let thread = thread::spawn(task);
        Box::new(|| thread.join().ok().flatten())
    };
    bencher.with_inputs(|| text.clone().into_bytes()).bench_values(|bytes| {
        let read = Catalog::read_growing(bytes, "", &beside, |_| ControlFlow::Continue(()));
        read.expect("valid").len()
    });
}

/// The time until there is something to show.
#[divan::bench(args = [1_000_000], sample_count = 5)]
fn first_copy(bencher: divan::Bencher, actions: usize) {
    let text = array(actions);
    let alone = |_: Task| -> Wait { Box::new(|| None) };
    bencher.with_inputs(|| text.clone().into_bytes()).bench_values(|bytes| {
        Catalog::read_growing(bytes, "", &alone, |growth| {
            if growth.catalog.is_some() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })
        .is_err()
    });
}
