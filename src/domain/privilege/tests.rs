use proptest::prelude::*;

use super::hitting_set::{Elements, smallest};
use super::*;
use crate::domain::Verdict;

fn select(catalog: &Catalog, ids: &[&str]) -> Selection {
    let find = |id: &&str| catalog.find(&format!("pipedrive_{id}")).expect(id);
    ids.iter().map(find).collect()
}

fn least(ids: &[&str]) -> Vec<String> {
    let catalog = Catalog::pipedrive();
    let least = Least::of(&catalog, &select(&catalog, ids));
    assert!(least.is_smallest());
    names(&catalog, least.scopes())
}

fn names(catalog: &Catalog, scopes: &ScopeSet) -> Vec<String> {
    catalog.names(scopes).into_iter().map(String::from).collect()
}

#[test]
fn all_actions_need_ten_scopes() {
    let catalog = Catalog::pipedrive();
    let least = Least::of(&catalog, &catalog.indices().collect());
    let expected = "deals:full contacts:full activities:full leads:full products:full \
                    projects:full goals:full users:read admin search:read";
    assert_eq!(names(&catalog, least.scopes()).join(" "), expected);
    assert!(least.is_smallest());
    assert!(least.uncertain().is_empty() && least.unknown().is_empty());
}

#[test]
fn every_list_get_and_search_action_needs_ten_scopes_to_read_and_admin() {
    let catalog = Catalog::pipedrive();
    let reads = |id: &str| {
        ["list", "get", "search"].iter().any(|verb| id.starts_with(&format!("pipedrive_{verb}_")))
    };
    let selection: Selection =
        catalog.indices().filter(|&action| reads(catalog.action(action).id())).collect();
    assert_eq!(selection.len(), 56);
    let least = names(&catalog, Least::of(&catalog, &selection).scopes());
    assert_eq!(least.len(), 10);
    for scope in &least {
        assert!(scope.ends_with(":read") || scope == "admin", "{scope}");
    }
    assert!(least.contains(&"admin".to_owned()));
}

#[test]
fn a_wider_scope_that_is_needed_anyway_replaces_the_narrower_one() {
    assert_eq!(least(&["list_deals", "add_deal"]), ["deals:full"]);
}

#[test]
fn one_scope_to_read_serves_three_lists() {
    assert_eq!(least(&["list_deals", "list_notes", "list_files"]), ["deals:read"]);
}

#[test]
fn admin_comes_only_where_nothing_else_is_accepted() {
    assert_eq!(least(&["add_pipeline"]), ["admin"]);
    assert_eq!(least(&["add_deal_field"]), ["deal-fields:full"]);
    assert_eq!(least(&["add_pipeline", "add_deal_field"]), ["admin"]);
}

#[test]
fn what_every_app_has_is_never_put_out() {
    assert!(least(&["get_current_user"]).is_empty());
    assert!(least(&[]).is_empty());
}

#[test]
fn without_a_reference_the_least_is_what_the_guide_says() {
    let catalog = Catalog::parse(include_str!("../../../assets/catalog.json")).expect("valid");
    let selection = select(&catalog, &["list_deals", "add_deal"]);
    let least = Least::of(&catalog, &selection);
    assert_eq!(names(&catalog, least.scopes()), ["deals:read", "deals:full"]);
    assert_eq!(least.unknown(), &selection);
}

#[test]
fn a_search_that_is_cut_short_says_so_and_still_authorises_everything() {
    let catalog = Catalog::pipedrive();
    let all: Selection = catalog.indices().collect();
    let least = Least::with_effort(&catalog, &all, 1);
    assert!(!least.is_smallest());
    for action in all.iter() {
        assert_eq!(catalog.verdict(action, least.scopes()), Verdict::Accepted);
    }
}

/// Scopes of a made-up connector: the form's, then those that only the reference knows.
const SCOPES: [&str; 9] =
    ["a:read", "a:full", "admin", "b:read", "b:full", "c:read", "d", "e:full", "base"];
const IN_FORM: usize = 6;

/// A catalog with one action an entry; an entry has one list of places in [`SCOPES`] a version.
fn made_up(actions: &[Vec<Vec<usize>>]) -> Catalog {
    let entry = |n| format!(r#"{{"id": "x_{n}", "label": "X", "scopes": ["a:read"]}}"#);
    let entries: Vec<_> = (0..actions.len()).map(entry).collect();
    let named = |places: &[usize]| places.iter().map(|&p| SCOPES[p]).collect::<Vec<_>>();
    let calls = actions.iter().enumerate().flat_map(|(n, versions)| {
        versions.iter().map(move |scopes| (format!("x_{n}"), "v", named(scopes)))
    });
    Catalog::parse(&format!(
        r#"{{"connector": {{"key": "x", "name": "X", "method": "OAuth 2.0"}},
            "page": {{"address": "https://example.com/x", "parameter": "actions"}},
            "scopes": {:?}, "actions": [{}]}}"#,
        &SCOPES[..IN_FORM],
        entries.join(", ")
    ))
    .expect("it keeps the rules")
    .with_calls(&SCOPES, calls)
}

/// The smallest set by trying all of them, in the words of the objective. Nothing that the solver
/// uses is used here but the verdict.
fn by_trying_all(catalog: &Catalog) -> ScopeSet {
    let scopes: Vec<_> = catalog.all_scopes().filter(|&s| catalog.scope(s) != "base").collect();
    let everything: ScopeSet = scopes.iter().copied().collect();
    let subsets = (0u32..1 << scopes.len()).map(|bits| -> ScopeSet {
        let taken = scopes.iter().enumerate().filter(|(place, _)| bits >> place & 1 == 1);
        taken.map(|(_, &scope)| scope).collect()
    });
    let authorises = |set: &ScopeSet| {
        catalog
            .indices()
            .all(|action| catalog.verdict(action, set) == catalog.verdict(action, &everything))
    };
    let cost = |set: &ScopeSet| {
        let names = catalog.names(set);
        let full = names.iter().filter(|name| name.ends_with(":full")).count();
        let places: Vec<_> = set.iter().collect();
        (names.contains(&"admin"), names.len(), full, places)
    };
    subsets.filter(authorises).min_by_key(cost).expect("everything authorises")
}

fn places() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::btree_set(0..SCOPES.len(), 1..5).prop_map(|set| set.into_iter().collect())
}

fn actions() -> impl Strategy<Value = Vec<Vec<Vec<usize>>>> {
    prop::collection::vec(prop::collection::vec(places(), 1..3), 1..8)
}

/// Sets over fewer than twelve elements.
fn sets() -> impl Strategy<Value = Vec<Vec<usize>>> {
    let set = prop::collection::btree_set(0usize..11, 1..5);
    prop::collection::vec(set.prop_map(|set| set.into_iter().collect()), 0..14)
}

proptest! {
    /// With every scope there is, an action is accepted, or uncertain where its versions have no
    /// scope in common. The least set reaches the same, and no better set does.
    #[test]
    fn no_set_that_authorises_as_much_is_better(actions in actions()) {
        let catalog = made_up(&actions);
        let least = Least::of(&catalog, &catalog.indices().collect());
        prop_assert!(least.is_smallest());
        prop_assert_eq!(
            names(&catalog, least.scopes()),
            names(&catalog, &by_trying_all(&catalog))
        );
    }

    /// The least set authorises, which is that it names no uncertain action, exactly when every
    /// ticked action's verdict under it is *accepted*. What it names is uncertain, never refused.
    #[test]
    fn the_least_set_authorises_exactly_when_every_verdict_is_accepted(
        actions in actions(),
        ticks in any::<u8>(),
    ) {
        let catalog = made_up(&actions);
        let selection: Selection =
            catalog.indices().filter(|a| ticks >> a.position() & 1 == 1).collect();
        let least = Least::of(&catalog, &selection);
        for action in selection.iter() {
            let expected = if least.uncertain().contains(action) {
                Verdict::Uncertain
            } else {
                Verdict::Accepted
            };
            prop_assert_eq!(catalog.verdict(action, least.scopes()), expected);
        }
        let all_accepted = selection
            .iter()
            .all(|action| catalog.verdict(action, least.scopes()) == Verdict::Accepted);
        prop_assert_eq!(least.uncertain().is_empty(), all_accepted);
    }

    #[test]
    fn on_the_real_reference_every_selection_is_accepted(ticks in any::<u128>()) {
        let catalog = Catalog::pipedrive();
        let selection: Selection =
            catalog.indices().filter(|a| ticks >> a.position() & 1 == 1).collect();
        let least = Least::of(&catalog, &selection);
        prop_assert!(least.is_smallest());
        for action in selection.iter() {
            prop_assert_eq!(catalog.verdict(action, least.scopes()), Verdict::Accepted);
        }
        for scope in least.scopes().iter() {
            let fewer = least.scopes().iter().filter(|&other| other != scope).collect();
            let refused = |a| catalog.verdict(a, &fewer) != Verdict::Accepted;
            prop_assert!(selection.iter().any(refused), "{} is idle", catalog.scope(scope));
        }
    }

    #[test]
    fn the_search_finds_what_trying_all_subsets_finds(sets in sets(), heavy in 0u32..1 << 11) {
        let of_bits = |bits: u32| -> Elements { (0..11).filter(|p| bits >> p & 1 == 1).collect() };
        let heavy = of_bits(heavy);
        let sets: Vec<Elements> = sets.into_iter().map(Elements::from_iter).collect();
        let meets_all = |set: &Elements| sets.iter().all(|other| !other.is_disjoint(set));
        let cost = |set: &Elements| {
            (set.count_ones(..), set.intersection_count(&heavy), set.ones().collect::<Vec<_>>())
        };
        let best = (0..1 << 11).map(of_bits).filter(meets_all).min_by_key(cost).expect("all do");
        let found = smallest(sets.clone(), &heavy, EFFORT);
        prop_assert!(found.proved);
        prop_assert_eq!(cost(&found.elements), cost(&best));
    }

    /// However little the effort, the answer meets every set and has nothing to spare.
    #[test]
    fn a_cut_search_still_meets_every_set(sets in sets(), effort in 0usize..200) {
        let sets: Vec<Elements> = sets.into_iter().map(Elements::from_iter).collect();
        let found = smallest(sets.clone(), &Elements::new(), effort).elements;
        for set in &sets {
            prop_assert!(!set.is_disjoint(&found));
        }
        for place in found.ones() {
            let mut fewer = found.clone();
            fewer.remove(place);
            prop_assert!(sets.iter().any(|set| set.is_disjoint(&fewer)));
        }
    }
}

/// A reference made to be hard: the search must end, and what it gives must hold.
#[test]
fn ten_thousand_random_requirements_are_met() {
    let mut state = 0x9e37_79b9_u64;
    let mut below = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % end
    };
    for (elements, width) in [(30, 4), (64, 8), (300, 6)] {
        let sets: Vec<Elements> =
            (0..10_000).map(|_| (0..width).map(|_| below(elements)).collect()).collect();
        let found = smallest(sets.clone(), &Elements::new(), EFFORT / 10).elements;
        assert!(sets.iter().all(|set| !set.is_disjoint(&found)));
    }
}
