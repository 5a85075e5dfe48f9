use std::collections::BTreeSet;

use proptest::prelude::*;

use super::problem::Problem;
use super::search::Aim;
use super::solution::Solution;
use super::*;
use crate::domain::{Powers, Verdict};

fn select(catalog: &Catalog, ids: &[&str]) -> Selection {
    let find = |id: &&str| catalog.find(&format!("pipedrive_{id}")).expect(id);
    ids.iter().map(find).collect()
}

fn least(ids: &[&str]) -> Vec<String> {
    let catalog = Catalog::pipedrive();
    let least = Least::of(&catalog, &select(&catalog, ids));
    assert!(least.proved);
    names(&catalog, &least.scopes)
}

fn names_of(catalog: &Catalog, scopes: &ScopeSet) -> String {
    names(catalog, scopes).join(" ")
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
    assert_eq!(names(&catalog, &least.scopes).join(" "), expected);
    assert!(least.proved);
    assert!(least.impossible.is_empty() && least.unknown.is_empty());
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
    let least = names(&catalog, &Least::of(&catalog, &selection).scopes);
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

/// By the client, `deals:read` lets an app change discounts and installments.
#[test]
fn a_scope_that_changes_less_data_comes_before_a_shorter_list() {
    let scopes = least(&["update_filter", "search_organizations", "list_stages"]);
    assert_eq!(scopes, ["deals:read", "activities:full", "search:read"]);
    assert_eq!(least(&["list_notes"]), ["contacts:read"]);
}

#[test]
fn adding_a_file_takes_the_scope_that_changes_the_least() {
    assert_eq!(least(&["add_file"]), ["activities:full"]);
}

#[test]
fn what_an_app_has_already_costs_nothing() {
    let catalog = Catalog::pipedrive();
    let beside = |names: &str| {
        let granted = names.split_whitespace();
        let granted = granted.map(|name| catalog.find_scope(name).expect(name)).collect();
        let least = Least::beside(&catalog, &select(&catalog, &["add_file"]), &granted);
        names_of(&catalog, &least.scopes)
    };
    assert_eq!(beside("deals:full"), "deals:full");
    assert_eq!(beside("deals:read"), "deals:read activities:full");
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
    assert_eq!(names(&catalog, &least.scopes), ["deals:read", "deals:full"]);
    assert_eq!(least.unknown, selection);
}

#[test]
fn a_search_that_is_cut_short_says_so_and_still_authorises_everything() {
    let catalog = Catalog::pipedrive();
    let selection = select(&catalog, &["add_file", "list_notes", "list_stages", "update_filter"]);
    let least = Needs::of(&catalog, &selection, &ScopeSet::new()).least(1);
    assert!(!least.proved);
    for action in selection.iter() {
        assert_eq!(catalog.verdict(action, &least.scopes), Verdict::Accepted);
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

/// The least set by trying all of them, in the words of the objective. Nothing that the solver uses
/// is used here but the verdict.
fn by_trying_all(catalog: &Catalog, actions: &[Vec<Vec<usize>>]) -> ScopeSet {
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
        let has = |place: &usize| SCOPES[*place] == "base" || names.contains(&SCOPES[*place]);
        let calls = actions.iter().flatten().filter(|accepted| accepted.iter().any(has)).count();
        let places: Vec<_> = set.iter().collect();
        (names.contains(&"admin"), calls, names.len(), places)
    };
    subsets.filter(authorises).min_by_key(cost).expect("everything authorises")
}

fn places() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::btree_set(0..SCOPES.len(), 1..5).prop_map(|set| set.into_iter().collect())
}

fn actions() -> impl Strategy<Value = Vec<Vec<Vec<usize>>>> {
    prop::collection::vec(prop::collection::vec(places(), 1..3), 1..8)
}

const FEW: usize = 9;

/// Clauses, and calls with their alternatives, which may need several scopes at once.
fn small_problems() -> impl Strategy<Value = (Vec<Vec<usize>>, Vec<MadeUpCall>)> {
    let scopes = |most| {
        let set = prop::collection::btree_set(0..FEW, 1..=most);
        set.prop_map(|set| set.into_iter().collect::<Vec<_>>())
    };
    let call = (prop::collection::vec(scopes(3), 0..4), any::<bool>());
    (prop::collection::vec(scopes(4), 0..10), prop::collection::vec(call, 0..12))
}

type MadeUpCall = (Vec<Vec<usize>>, bool);

fn powers(calls: &[MadeUpCall]) -> Powers {
    Powers::new(calls.iter().cloned())
}

fn solve(
    clauses: &[Vec<usize>],
    powers: &Powers,
    chosen: &[usize],
    aim: Aim,
    effort: usize,
) -> Solution {
    let distinct =
        |clause: &Vec<usize>| clause.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let clauses = clauses.iter().map(distinct).collect();
    let chosen = chosen.iter().copied().collect();
    Problem::reduced(clauses, chosen, &powers.kinds).solve(aim, effort)
}

fn bits_of(places: &[usize]) -> u32 {
    places.iter().map(|place| 1 << place).fold(0, |all, bit| all | bit)
}

fn bits_of_set(scopes: &ScopeSet) -> u32 {
    bits_of(&scopes.iter().map(ScopeIndex::position).collect::<Vec<_>>())
}

/// Of two sets with as many scopes, the one with the earliest scope that only one of them has.
fn places_of(set: u32) -> Vec<u32> {
    (0..u32::BITS).filter(|place| set >> place & 1 == 1).collect()
}

proptest! {
    /// With every scope there is, every action is accepted. The least set reaches the same, and no
    /// better set does.
    #[test]
    fn no_set_that_authorises_as_much_is_better(actions in actions()) {
        let catalog = made_up(&actions);
        let least = Least::of(&catalog, &catalog.indices().collect());
        prop_assert!(least.proved);
        prop_assert_eq!(
            names(&catalog, &least.scopes),
            names(&catalog, &by_trying_all(&catalog, &actions))
        );
    }

    #[test]
    fn the_least_set_authorises_every_action(
        actions in actions(),
        ticks in any::<u8>(),
    ) {
        let catalog = made_up(&actions);
        let selection: Selection =
            catalog.indices().filter(|a| ticks >> a.position() & 1 == 1).collect();
        let least = Least::of(&catalog, &selection);
        for action in selection.iter() {
            prop_assert_eq!(catalog.verdict(action, &least.scopes), Verdict::Accepted);
        }
    }

    #[test]
    fn on_the_real_reference_every_selection_is_accepted(ticks in any::<u128>()) {
        let catalog = Catalog::pipedrive();
        let selection: Selection =
            catalog.indices().filter(|a| ticks >> a.position() & 1 == 1).collect();
        let least = Least::of(&catalog, &selection);
        prop_assert!(least.proved);
        for action in selection.iter() {
            prop_assert_eq!(catalog.verdict(action, &least.scopes), Verdict::Accepted);
        }
        for scope in least.scopes.iter() {
            let fewer = least.scopes.iter().filter(|&other| other != scope).collect();
            let refused = |a| catalog.verdict(a, &fewer) != Verdict::Accepted;
            prop_assert!(selection.iter().any(refused), "{} is idle", catalog.scope(scope));
        }
    }

    #[test]
    fn the_search_finds_what_trying_all_subsets_finds(
        (clauses, calls) in small_problems(),
        chosen in prop::collection::vec(0..FEW, 0..3),
        is_short in any::<bool>(),
    ) {
        let has = |set: u32, scopes: &Vec<usize>| bits_of(scopes) & !set == 0;
        let cost = |&set: &u32| {
            let unlocked = calls.iter().filter(|(needs, _)| needs.iter().any(|all| has(set, all)));
            let (writes, reads): (Vec<_>, Vec<_>) =
                unlocked.partition(|(_, changes_data)| *changes_data);
            let calls = writes.len() + reads.len();
            let length = if is_short { set.count_ones() } else { 0 };
            (length, writes.len(), calls, set.count_ones(), places_of(set))
        };
        let meets_all = |set: &u32| {
            has(*set, &chosen) && clauses.iter().all(|clause| set & bits_of(clause) != 0)
        };
        let best = (0..1 << FEW).filter(meets_all).min_by_key(cost).expect("all scopes do");
        let aim = if is_short { Aim::FewestScopes } else { Aim::LeastPower };
        let found = solve(&clauses, &powers(&calls), &chosen, aim, Budget::Whole.effort());
        prop_assert!(found.proved);
        let found = bits_of_set(&found.scopes);
        prop_assert_eq!(cost(&found), cost(&best), "{:b} {:b}", found, best);
    }

    /// However little the effort, the answer meets every clause and has nothing to spare.
    #[test]
    fn a_cut_search_still_meets_every_clause(
        (clauses, calls) in small_problems(),
        effort in 0usize..300,
    ) {
        let found = bits_of_set(&solve(&clauses, &powers(&calls), &[], Aim::LeastPower, effort).scopes);
        let meets_all = |set: u32| clauses.iter().all(|clause| set & bits_of(clause) != 0);
        prop_assert!(meets_all(found));
        for place in places_of(found) {
            prop_assert!(!meets_all(found & !(1 << place)));
        }
    }
}

/// On its way the search finds 0, 1 and 8, of which 0 is spare, before it finds the other two alone.
#[test]
fn a_set_that_was_found_just_before_the_cut_has_no_scope_to_spare() {
    let clauses: Vec<Vec<usize>> =
        [&[0, 1, 6][..], &[0, 8], &[1, 4, 6], &[3, 8], &[6, 7, 8], &[1, 2, 6], &[1, 7]]
            .iter()
            .map(|clause| clause.to_vec())
            .collect();
    let calls =
        [(vec![vec![1, 8], vec![8]], false), (vec![vec![3]], false), (vec![vec![3, 8]], false)];
    let meets_all = |set: u32| clauses.iter().all(|clause| set & bits_of(clause) != 0);
    for effort in 0..100 {
        let found = solve(&clauses, &powers(&calls), &[], Aim::LeastPower, effort);
        let found = bits_of_set(&found.scopes);
        let is_spare = |place: &u32| meets_all(found & !(1 << place));
        assert!(!places_of(found).iter().any(is_spare), "{effort}: {found:b}");
    }
}

/// The calls of the embedded reference, read without the program's own reader: which of Pipedrive's
/// scopes authorise each by client or page, and whether it changes data.
struct Claims {
    calls: Vec<(u32, bool)>,
    /// For each action, the scopes that every version and source accepts.
    every: Vec<u32>,
    admin: u32,
    base: u32,
}

impl Claims {
    fn read(catalog: &Catalog) -> Self {
        let json: serde_json::Value =
            serde_json::from_str(include_str!("../../../assets/reference.json")).expect("JSON");
        let names: Vec<_> = catalog.all_scopes().map(|scope| catalog.scope(scope)).collect();
        let bit = |name: &str| 1 << names.iter().position(|known| *known == name).expect("known");
        let bits = |list: &serde_json::Value| {
            let scopes = list.as_array().into_iter().flatten();
            scopes.map(|name| bit(name.as_str().expect("text"))).fold(0, |all, bit| all | bit)
        };
        let mut claims = Self {
            calls: Vec::new(),
            every: vec![u32::MAX; catalog.len()],
            admin: bit("admin"),
            base: bit("base"),
        };
        for call in json["operations"].as_array().expect("operations") {
            let (client, page) = (bits(&call["accepts"]), bits(&call["documented"]));
            claims.calls.push((client | page, call["method"] != "GET"));
            if let Some(action) = call["action"].as_str() {
                let every = if page == 0 { client } else { client & page };
                claims.every[catalog.find(action).expect("in the catalog").position()] &= every;
            }
        }
        claims
    }

    fn cost(&self, set: u32) -> (bool, usize, usize, u32, Vec<u32>) {
        let possible = self.calls.iter().filter(|(by, _)| by & (set | self.base) != 0);
        let writes = possible.clone().filter(|(_, changes_data)| *changes_data).count();
        (set & self.admin != 0, writes, possible.count(), set.count_ones(), places_of(set))
    }

    /// Every set that authorises some actions and has no scope to spare.
    fn minimal_sets(&self, selection: &Selection) -> BTreeSet<u32> {
        let every = selection.iter().map(|action| self.every[action.position()]);
        let clauses: Vec<_> = every.filter(|clause| clause & self.base == 0).collect();
        let mut found = BTreeSet::new();
        Self::grow(&clauses, 0, &mut found);
        found
    }

    fn grow(clauses: &[u32], set: u32, found: &mut BTreeSet<u32>) {
        let alone = |scope: &u32| clauses.iter().any(|clause| clause & set == 1 << scope);
        if !places_of(set).iter().all(alone) {
            return;
        }
        match clauses.iter().find(|clause| *clause & set == 0) {
            None => {
                found.insert(set);
            }
            Some(clause) => {
                places_of(*clause).iter().for_each(|s| Self::grow(clauses, set | 1 << s, found));
            }
        }
    }
}

fn random(below: u64, state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    (*state >> 33) % below
}

/// The proof that *Least* is least: no other set of those that have no scope to spare is better.
#[test]
fn of_a_thousand_random_selections_no_minimal_set_lets_the_app_do_less() {
    let catalog = Catalog::pipedrive();
    let claims = Claims::read(&catalog);
    let mut state = 0x9e37_79b9;
    let mut compared = 0;
    for round in 0..1_000 {
        let ticks = if round % 10 == 0 { 2 + random(120, &mut state) } else { 2 + round % 20 };
        let selection: Selection = (0..ticks)
            .map(|_| ActionIndex::from_position(random(121, &mut state) as usize))
            .collect();
        let least = Least::of(&catalog, &selection);
        assert!(least.proved);
        let least = bits_of_set(&least.scopes);
        let sets = claims.minimal_sets(&selection);
        compared += sets.len();
        let best = sets.iter().copied().min_by_key(|&set| claims.cost(set));
        assert_eq!(Some(claims.cost(least)), best.map(|set| claims.cost(set)));
    }
    assert!(compared > 5_000, "only {compared} sets were compared");
}

#[test]
fn one_scope_for_everything_is_found_beside_one_for_each_call() {
    for (all, first) in [(0, 1), (3_000, 0)] {
        let clauses: Vec<_> = (first..first + 3_000).map(|own| vec![all, own]).collect();
        let calls: Vec<_> = clauses
            .iter()
            .map(|clause| (clause.iter().map(|&s| vec![s]).collect(), true))
            .collect();
        let found = solve(&clauses, &powers(&calls), &[], Aim::LeastPower, Budget::Whole.effort());
        assert_eq!(found.scopes.iter().map(ScopeIndex::position).collect::<Vec<_>>(), [all]);
        assert!(found.proved);
    }
}

/// Problems made to be hard: the search must end, and what it gives must hold.
#[test]
fn ten_thousand_random_clauses_are_met() {
    let mut state = 0x9e37_79b9;
    for (scopes, width) in [(30, 4), (64, 8), (1_000, 5)] {
        let mut some = |count: u64| -> Vec<usize> {
            (0..count).map(|_| random(scopes, &mut state) as usize).collect()
        };
        let clauses: Vec<_> = (0..10_000).map(|_| some(width)).collect();
        let calls: Vec<_> = (0..2_000).map(|n| (vec![some(1), some(2)], n % 2 == 0)).collect();
        let found =
            solve(&clauses, &powers(&calls), &[], Aim::LeastPower, Budget::Whole.effort() / 10);
        assert!(scopes < 1_000 || !found.proved);
        let places: BTreeSet<_> = found.scopes.iter().map(ScopeIndex::position).collect();
        assert!(clauses.iter().all(|clause| clause.iter().any(|place| places.contains(place))));
    }
}
