use std::collections::HashSet;

use crate::domain::catalog::CatalogNote;
use crate::domain::catalog::document::{Pointer, Problems};

/// The statements of one connector.
pub struct Stated {
    pub key: String,
    pub name: String,
    /// The way of authorization, where there is one.
    pub method: Option<String>,
    /// Its scopes in the order of the file, each with those that it includes.
    pub scopes: Vec<(String, Vec<String>)>,
    pub actions: Vec<StatedAction>,
    pub notes: Vec<CatalogNote>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct StatedAction {
    pub id: String,
    pub label: String,
    /// All of these. `None` if it is not known what it requires.
    pub required: Option<Vec<String>>,
}

/// Holds an action against the rules of a catalog. `scope_at` gives the path of a required scope.
pub fn check_action(
    StatedAction { id, required, .. }: &StatedAction,
    id_at: impl Fn() -> Pointer,
    scope_at: impl Fn(usize) -> Pointer,
    ids: &mut HashSet<String>,
    problems: &mut Problems,
) {
    if problems.check_token(id, &id_at) {
        problems.check_new(ids, id, id_at);
    }
    for (nth, scope) in required.iter().flatten().enumerate() {
        problems.check_token(scope, || scope_at(nth));
    }
}
