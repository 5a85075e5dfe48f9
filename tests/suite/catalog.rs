use std::collections::BTreeSet;

use pdscopes::domain::{Catalog, ScopeIndex};

/// The form's order, as the guide lists it.
const SCOPES: [&str; 19] = [
    "deals:read",
    "deals:full",
    "contacts:read",
    "contacts:full",
    "activities:read",
    "activities:full",
    "leads:read",
    "leads:full",
    "products:read",
    "products:full",
    "projects:read",
    "projects:full",
    "goals:read",
    "goals:full",
    "users:read",
    "admin",
    "search:read",
    "phone-integration",
    "recents:read",
];

fn catalog() -> Catalog {
    Catalog::embedded().expect("the embedded catalog keeps its own rules")
}

#[test]
fn the_scopes_are_those_of_the_form_in_its_order() {
    assert_eq!(catalog().scopes(), SCOPES);
}

#[test]
fn every_action_has_an_id_of_the_connector_a_label_and_a_known_scope() {
    let catalog = catalog();
    assert_eq!(catalog.len(), 121);
    let mut ids = BTreeSet::new();
    let mut labels = BTreeSet::new();
    for index in catalog.indices() {
        let action = catalog.action(index);
        let id = action.id();
        let word = |c: char| c.is_ascii_lowercase() || c == '_';
        assert!(id.starts_with("pipedrive_") && id.chars().all(word), "{id} is no id of Pipedrive");
        assert!(ids.insert(id.to_owned()), "{id} is there twice");
        assert!(labels.insert(action.label().to_owned()), "{id} has the label of another action");
        assert!(!action.scopes().is_empty(), "{id} needs no scope");
    }
}

#[test]
fn two_scopes_of_the_form_are_needed_by_no_action() {
    let catalog = catalog();
    let needed: BTreeSet<usize> = catalog
        .indices()
        .flat_map(|index| catalog.action(index).scopes().to_vec())
        .map(ScopeIndex::position)
        .collect();
    assert_eq!(needed.len(), 17);
    let unneeded: Vec<_> =
        (0..19).filter(|scope| !needed.contains(scope)).map(|scope| SCOPES[scope]).collect();
    assert_eq!(unneeded, ["phone-integration", "recents:read"]);
}
