use std::collections::{BTreeSet, HashSet};
use std::mem::{Discriminant, discriminant};

use super::{Action, Catalog};
use crate::domain::clauses::clauses;
use crate::domain::{Accepts, ActionIndex, Requirement, ScopeSet};

/// The changes from one catalog to a newer one. Everything is in catalog order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CatalogDifference {
    /// Actions that only the newer catalog has.
    pub added: Vec<ActionIndex>,
    /// Actions that only the older catalog has.
    pub removed: Vec<ActionIndex>,
    pub changed: Vec<ActionChange>,
    pub added_scopes: Vec<String>,
    pub removed_scopes: Vec<String>,
    /// Whether the scopes that both have come in another order, which is the order of the answers.
    pub reordered: bool,
}

/// An action that both catalogs have and that is not the same in both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActionChange {
    pub old: ActionIndex,
    pub new: ActionIndex,
    pub relabelled: bool,
    /// Of what the guide says it needs; empty where a catalog says what the API accepts.
    pub added_scopes: Vec<String>,
    pub removed_scopes: Vec<String>,
    /// Whether other sets of scopes authorise it than before.
    pub accepts_otherwise: bool,
    /// Whether one of its calls accepts something else than before, which may change a verdict.
    pub calls_accept_otherwise: bool,
    /// Whether it makes other calls than before, as far as both catalogs know its calls.
    pub calls_otherwise: bool,
    /// Whether it needs something besides OAuth now. `None` if it is as before.
    pub needs_other_credentials: Option<bool>,
}

impl CatalogDifference {
    pub fn between<'c>(old: &'c Catalog, new: &'c Catalog) -> Self {
        let only_in = |catalog: &Catalog, other: &Catalog| {
            let indices = catalog.indices();
            indices.filter(|&index| other.find(catalog.action(index).id()).is_none()).collect()
        };
        let scopes = |catalog: &'c Catalog| catalog.scopes().iter().map(String::as_str);
        let both =
            old.indices().filter_map(|index| Some((index, new.find(old.action(index).id())?)));
        let both = both.map(|(was, is)| (old.action(was), new.action(is)));
        let changed = both.filter_map(|(was, is)| ActionChange::between(was, is));
        Self {
            added: only_in(new, old),
            removed: only_in(old, new),
            changed: changed.collect(),
            added_scopes: missing(scopes(new), scopes(old)),
            removed_scopes: missing(scopes(old), scopes(new)),
            reordered: reordered(old, new),
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl ActionChange {
    fn between(was: Action, is: Action) -> Option<Self> {
        let [was_described, now_described] = [was, is].map(|action| action.catalog.is_described());
        // A scope that is accepted only beside one that is enough alone changes nothing.
        let is_described = was_described || now_described;
        let missing = |one: Action, other: Action| {
            if is_described { Vec::new() } else { missing(one.scope_names(), other.scope_names()) }
        };
        let [was_called, called] = [was, is].map(Action::named_calls);
        let are_known = !was_called.is_empty() && !called.is_empty();
        let [old_names, new_names] = [&was_called, &called]
            .map(|calls| calls.iter().map(|&(call, ..)| call).collect::<HashSet<_>>());
        // What is known of an API counts only for the actions of its connector.
        let is_owned_otherwise = was.key() != is.key();
        let [needed, needs] = [was, is].map(Action::needs_other_credentials);
        let change = Self {
            old: was.index,
            new: is.index,
            relabelled: was.label() != is.label(),
            added_scopes: missing(is, was),
            removed_scopes: missing(was, is),
            accepts_otherwise: (is_described || is_owned_otherwise)
                && was.named_requirement() != is.named_requirement(),
            calls_accept_otherwise: are_known
                && old_names == new_names
                && (needed == needs && was_called != called
                    || claims(&was_called) != claims(&called)),
            calls_otherwise: was_described && now_described && are_known && old_names != new_names,
            needs_other_credentials: (are_known && needed != needs).then_some(needs),
        };
        let same = Self { old: was.index, new: is.index, ..Self::default() };
        (change != same).then_some(change)
    }
}

/// The calls without the word on what they need besides OAuth.
fn claims<'a, 'c>(calls: &'a BTreeSet<NamedCall<'c>>) -> BTreeSet<(Call<'c>, &'a Claims<'c>)> {
    calls.iter().map(|(call, _, claims)| (*call, claims)).collect()
}

/// Method and path. A description states its own version, which changes without its calls.
type Call<'c> = (&'c str, &'c str);

/// The clauses of what each source says that a call accepts, where that is known.
type Claims<'c> = Vec<Option<BTreeSet<BTreeSet<&'c str>>>>;

/// A call, whether it needs something besides OAuth, and what it accepts.
type NamedCall<'c> = (Call<'c>, bool, Claims<'c>);

impl<'c> Action<'c> {
    /// Its requirement by the names of scopes, to compare two catalogs: its kind, and the clauses of
    /// which the app needs one scope each.
    pub(super) fn named_requirement(
        self,
    ) -> (Discriminant<Requirement<'c>>, BTreeSet<BTreeSet<&'c str>>) {
        let clause = |scopes: &ScopeSet| self.catalog.names(scopes).into_iter().collect();
        let requirement = self.catalog.requirement(self.index);
        let clauses = match requirement {
            Requirement::Nothing => BTreeSet::new(),
            Requirement::Impossible => [BTreeSet::new()].into(),
            Requirement::EachOf(clauses) => clauses.iter().map(clause).collect(),
            Requirement::Guide(_) => self.scope_names().map(|scope| [scope].into()).collect(),
        };
        (discriminant(&requirement), clauses)
    }

    /// Its calls by the names of scopes, to compare two catalogs: each with whether it needs something
    /// besides OAuth, and with the clauses of what each source says that it accepts, where that is known.
    pub(super) fn named_calls(self) -> BTreeSet<NamedCall<'c>> {
        let named = |scopes: &ScopeSet| self.catalog.names(scopes).into_iter().collect();
        let claim = |claim: &Accepts| {
            let alternatives = claim.is_known().then(|| claim.alternatives())?;
            let clauses = clauses(alternatives).unwrap_or_else(|| alternatives.to_vec());
            Some(clauses.iter().map(named).collect())
        };
        let calls = self.catalog.operations(self.index).iter().map(|call| {
            let claims = call.claims().map(claim).collect();
            ((&*call.method, &*call.path), call.other_credentials, claims)
        });
        calls.collect()
    }
}

fn missing<'c>(
    has: impl Iterator<Item = &'c str>,
    lacks: impl Iterator<Item = &'c str>,
) -> Vec<String> {
    let lacks: HashSet<&str> = lacks.collect();
    has.filter(|name| !lacks.contains(name)).map(str::to_owned).collect()
}

/// Compares the order of the form's scopes, or of all scopes if both catalogs are API descriptions: there, order
/// decides between scopes that allow as much.
fn reordered(old: &Catalog, new: &Catalog) -> bool {
    let are_described = old.is_described() && new.is_described();
    let length =
        |catalog: &Catalog| if are_described { catalog.scopes.len() } else { catalog.form };
    let (old, new) = (&old.scopes[..length(old)], &new.scopes[..length(new)]);
    let (in_old, in_new): (HashSet<_>, HashSet<_>) = (old.iter().collect(), new.iter().collect());
    let common_of_old = old.iter().filter(|scope| in_new.contains(scope));
    let common_of_new = new.iter().filter(|scope| in_old.contains(scope));
    !common_of_old.eq(common_of_new)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Actions by what their ids end with, their labels and the scopes that they need.
    fn catalog(scopes: &str, actions: &[(&str, &str, &str)]) -> Catalog {
        let list = |scopes: &str| -> Vec<String> {
            scopes.split_whitespace().map(str::to_owned).collect()
        };
        let action = |&(id, label, scopes): &(&str, &str, &str)| {
            let scopes = list(scopes);
            format!(r#"{{"id": "x_{id}", "label": "{label}", "scopes": {scopes:?}}}"#)
        };
        let actions = actions.iter().map(action).collect::<Vec<_>>().join(",");
        let text = format!(
            r#"{{"connector": {{"name": "X"}}, "scopes": {:?}, "actions": [{actions}]}}"#,
            list(scopes)
        );
        Catalog::parse(&text).expect(&text)
    }

    #[test]
    fn every_change_of_an_action_is_told_and_nothing_else() {
        let old = catalog(
            "a b",
            &[
                ("same", "Same", "a"),
                ("named", "Old", "a"),
                ("more", "More", "a"),
                ("less", "Less", "a b"),
                ("gone", "Gone", "b"),
            ],
        );
        let new = catalog(
            "a c",
            &[
                ("come", "Come", "c"),
                ("same", "Same", "a"),
                ("named", "New", "a"),
                ("more", "More", "a c"),
                ("less", "Less", "a"),
            ],
        );
        let difference = CatalogDifference::between(&old, &new);
        let ids = |catalog: &Catalog, indices: &[ActionIndex]| -> Vec<String> {
            indices.iter().map(|&index| catalog.action(index).id().to_owned()).collect()
        };
        assert_eq!(ids(&new, &difference.added), ["x_come"]);
        assert_eq!(ids(&old, &difference.removed), ["x_gone"]);
        assert_eq!(difference.added_scopes, ["c"]);
        assert_eq!(difference.removed_scopes, ["b"]);
        assert!(!difference.reordered);
        let changed: Vec<_> = difference
            .changed
            .iter()
            .map(|change| {
                let id = old.action(change.old).id();
                assert_eq!(new.action(change.new).id(), id);
                let scopes = (change.added_scopes.join(" "), change.removed_scopes.join(" "));
                (id, change.relabelled, scopes)
            })
            .collect();
        let scopes = |added: &str, removed: &str| (added.to_owned(), removed.to_owned());
        assert_eq!(
            changed,
            [
                ("x_named", true, scopes("", "")),
                ("x_more", false, scopes("c", "")),
                ("x_less", false, scopes("", "b"))
            ]
        );
        assert!(!difference.is_empty());
    }

    #[test]
    fn another_order_of_the_common_scopes_is_a_change_and_the_same_catalog_is_none() {
        let of = |scopes| catalog(scopes, &[("a", "A", "a")]);
        let (old, new) = (of("a b c"), of("b d a"));
        assert!(CatalogDifference::between(&old, &new).reordered);
        let same_order = of("d a c");
        assert!(!CatalogDifference::between(&old, &same_order).reordered);
        // The first of two scopes that allow as much is the answer.
        let described = |ways: &str| {
            let text = format!(
                r#"{{"openapi": "3.0.0", "paths": {{"/a": {{"get": {{"security": [{ways}]}}}}}},
                    "components": {{"securitySchemes": {{"o": {{"type": "openIdConnect"}}}}}}}}"#
            );
            Catalog::parse(&text).expect(&text)
        };
        let [old, new] = [
            described(r#"{"o": ["x"]}, {"o": ["y"]}"#),
            described(r#"{"o": ["y"]}, {"o": ["x"]}"#),
        ];
        assert!(CatalogDifference::between(&old, &new).reordered);
        assert!(CatalogDifference::between(&old, &old).is_empty());
    }
}
