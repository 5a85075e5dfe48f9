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

/// A description of an API with 11,000 operations: 3 MB of YAML, and the same as JSON.
#[divan::bench(args = ["yaml", "json"], sample_count = 5)]
fn description(bencher: divan::Bencher, language: &str) {
    let text = match language {
        "yaml" => described_in_yaml(11_000),
        _ => described_in_json(11_000),
    };
    bencher
        .with_inputs(|| text.clone().into_bytes())
        .bench_values(|bytes| Catalog::read(bytes, "").expect("valid").len());
}

fn described_in_yaml(operations: usize) -> String {
    let operation = |n: usize| {
        format!(
            "  /things{n}/{{id}}:\n    get:\n      operationId: get{n}\n      summary: Get the thing {n}\n      \
             parameters:\n      - name: id\n        in: path\n        required: true\n        schema:\n          \
             type: string\n      security:\n      - oauth:\n        - area{}:read\n      responses:\n        \
             '200':\n          description: ok\n",
            n % 60
        )
    };
    let paths: String = (0..operations).map(operation).collect();
    format!(
        "openapi: 3.0.0\npaths:\n{paths}components:\n  securitySchemes:\n    oauth:\n      type: oauth2\n"
    )
}

fn described_in_json(operations: usize) -> String {
    let operation = |n: usize| {
        format!(
            r#""/things{n}/{{id}}": {{"get": {{"operationId": "get{n}", "summary": "Get the thing {n}",
                "parameters": [{{"name": "id", "in": "path", "required": true, "schema": {{"type": "string"}}}}],
                "security": [{{"oauth": ["area{}:read"]}}], "responses": {{"200": {{"description": "ok"}}}}}}}}"#,
            n % 60
        )
    };
    let paths: Vec<_> = (0..operations).map(operation).collect();
    format!(
        r#"{{"openapi": "3.0.0", "paths": {{{}}},
            "components": {{"securitySchemes": {{"oauth": {{"type": "oauth2"}}}}}}}}"#,
        paths.join(",\n")
    )
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
