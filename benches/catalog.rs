//! How long reading a catalog takes, at the sizes that people have and at one that nobody has.

use pdscopes::domain::Catalog;

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

/// What it takes to say why a catalog cannot be used.
#[divan::bench(args = SIZES, sample_count = 5)]
fn refuse(bencher: divan::Bencher, actions: usize) {
    let text = array(actions).replacen("\"id\"", "\"ids\"", 1);
    bencher
        .with_inputs(|| text.clone().into_bytes())
        .bench_values(|bytes| Catalog::read(bytes, "").is_err());
}

/// A page whose text is full of comments.
#[divan::bench(args = [1 << 18, 1 << 19, 1 << 20, 1 << 21], sample_count = 5)]
fn page_of_comments(bencher: divan::Bencher, bytes: usize) {
    let text = "a{/**/}".repeat(bytes / 7);
    bencher
        .with_inputs(|| text.clone().into_bytes())
        .bench_values(|bytes| Catalog::read(bytes, "page.mdx").is_err());
}

/// Two connectors that share all of their scopes.
#[divan::bench(args = [12_500, 25_000, 50_000, 100_000], sample_count = 5)]
fn shared_scopes_of(bencher: divan::Bencher, scopes: usize) {
    let of = |key: &str| {
        let names: Vec<_> = (0..scopes).map(|n| format!("s{n}")).collect();
        let text = format!(r#"[{{"id": "{key}_a", "label": "A", "scopes": {names:?}}}]"#);
        Catalog::read(text.into_bytes(), "").expect("valid")
    };
    let catalogs = [of("x"), of("y")];
    bencher.bench(|| pdscopes::domain::shared_scopes(&catalogs).len());
}
