//! Catalogs of any size to measure with.

use std::fmt::Write;

use pdscopes::domain::{ActionIndex, Catalog};

/// What Pipedrive has, what all connectors together have, and what nobody has.
pub const SIZES: [usize; 3] = [121, 10_000, 1_000_000];

/// A connector's name with its number.
pub fn number(connector: usize) -> String {
    format!("Connector{connector:04}")
}

/// Up to 8,000 names of three syllables.
pub fn letters(connector: usize) -> String {
    const SYLLABLES: [&str; 20] = [
        "ka", "lo", "mi", "nu", "ser", "dat", "flow", "hub", "ly", "zen", "pay", "ro", "work",
        "ta", "base", "o", "ven", "cli", "grid", "sa",
    ];
    let syllable = |place: usize| SYLLABLES[connector / place % SYLLABLES.len()];
    format!("C{}{}{}", syllable(1), syllable(20), syllable(400))
}

/// The actions of Pipedrive again and again, each time of another connector, so that nearly every
/// label is a text of its own. The embedded catalog itself where that has as many.
pub fn made(size: usize, name: fn(usize) -> String) -> Catalog {
    let pipedrive = Catalog::embedded().expect("the embedded catalog keeps its own rules");
    if size <= pipedrive.len() {
        return pipedrive;
    }
    let known: Vec<ActionIndex> = pipedrive.indices().collect();
    let mut actions = String::new();
    for row in 0..size {
        let action = pipedrive.action(known[row % known.len()]);
        let (connector, label) = (row / known.len(), action.label());
        let name = name(connector);
        let rest = action.id().trim_start_matches("pipedrive_");
        let scopes: Vec<_> = action.scope_names().collect();
        let comma = if row == 0 { "" } else { "," };
        write!(
            actions,
            r#"{comma}{{"id":"connector{connector:04}_{rest}","label":"{name} {label}","scopes":{scopes:?}}}"#
        )
        .expect("a String takes it");
    }
    Catalog::parse(&format!(
        r#"{{"connector":{{"key":"x","name":"X","method":"OAuth 2.0"}},
            "page":{{"address":"https://example.com/x","parameter":"actions"}},
            "scopes":{:?},"actions":[{actions}]}}"#,
        pipedrive.scopes()
    ))
    .expect("the made-up catalog keeps the rules")
}

/// A bare array of so many actions, as a program would write it.
pub fn array(actions: usize) -> String {
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

/// Pipedrive's catalog with its reference, and `actions` more that no reference knows, which need
/// one of `scopes` scopes each.
pub fn beside_pipedrive(actions: usize, scopes: usize) -> Catalog {
    Catalog::parse(&text_beside_pipedrive(actions, scopes))
        .and_then(Catalog::with_embedded_reference)
        .expect("the merged catalog keeps the rules")
}

/// The same as a text.
pub fn text_beside_pipedrive(actions: usize, scopes: usize) -> String {
    let list: Vec<_> = (0..actions)
        .map(|n| format!(r#"{{"id":"x_{n}","label":"X","scopes":["x:{}"]}}"#, n % scopes))
        .collect();
    let others = Catalog::parse(&format!("[{}]", list.join(","))).expect("a list of actions");
    let embedded = Catalog::embedded_guide().expect("the embedded catalog keeps its own rules");
    pdscopes::domain::merge(&[embedded, others]).expect("they share no id")
}
