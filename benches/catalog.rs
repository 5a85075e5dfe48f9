//! How long reading a catalog takes, at the sizes that people have and at one that nobody has.

use std::ops::ControlFlow;
use std::thread;

use pdscopes::domain::{Catalog, Task, Wait};

fn main() {
    divan::main();
}

/// A bare array of so many actions, as a program would write it.
fn array(actions: usize) -> String {
    let catalog = Catalog::embedded().expect("the embedded catalog keeps its own rules");
    let entry = |(round, index)| {
        let action = catalog.action(index);
        let scopes: Vec<_> = action.scope_names().collect();
        format!(
            r#"{{"id": "{}_{round}", "label": "{} {round}", "scopes": {scopes:?}}}"#,
            action.id(),
            action.label()
        )
    };
    let rows = (0..).flat_map(|round| catalog.indices().map(move |index| (round, index)));
    let entries: Vec<_> = rows.take(actions).map(entry).collect();
    format!("[{}]", entries.join(",\n"))
}

#[divan::bench(args = [121, 10_000, 1_000_000], sample_count = 5)]
fn read(bencher: divan::Bencher, actions: usize) {
    let text = array(actions);
    bencher
        .with_inputs(|| text.clone().into_bytes())
        .bench_values(|bytes| Catalog::read(bytes, "").expect("valid").len());
}

/// The same on two threads, as the screen does it.
#[divan::bench(args = [121, 10_000, 1_000_000], sample_count = 5)]
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
