//! Alternatives (any one is enough, if all of it is there) as clauses (each needs one of its scopes).

use std::borrow::Borrow;
use std::collections::HashMap;

use super::{ScopeIndex, ScopeSet};

/// More clauses than this are not built: no API that people use comes near it.
const LIMIT: usize = 256;

/// The clauses that exactly those sets meet which hold all of some alternative. Each needs one of
/// its scopes; no clause holds another one, and all are in ascending order.
///
/// An empty alternative is always met, so no clause is left. If there is no alternative, the result
/// is one empty clause, which is never met. `None` if there would be too many.
pub fn clauses(alternatives: &[ScopeSet]) -> Option<Vec<ScopeSet>> {
    if alternatives.iter().any(ScopeSet::is_empty) {
        return Some(Vec::new());
    }
    // Scopes that are enough alone are in every clause.
    let (alone, mut together): (Vec<&ScopeSet>, Vec<_>) =
        alternatives.iter().partition(|alternative| alternative.len() == 1);
    // One that holds another changes nothing behind it.
    together.sort_by_key(|alternative| alternative.len());
    let alone: ScopeSet = alone.into_iter().flat_map(ScopeSet::iter).collect();
    let mut clauses = vec![ScopeSet::new()];
    for alternative in together {
        if !alternative.intersects(&alone) {
            clauses = meeting(clauses, alternative)?;
        }
    }
    let mut clauses: Vec<_> = clauses.iter().map(|clause| clause.union(&alone)).collect();
    clauses.sort_unstable();
    Some(clauses)
}

/// Those of `candidates` that can go, one after the other, so that each clause keeps one of the `chosen` scopes.
pub fn superfluous(
    clauses: &[impl Borrow<ScopeSet>],
    chosen: &ScopeSet,
    candidates: impl Iterator<Item = ScopeIndex>,
) -> ScopeSet {
    let clauses = || clauses.iter().map(Borrow::borrow);
    let mut left: Vec<_> = clauses().map(|clause| clause.intersection(chosen).len()).collect();
    let mut places: HashMap<_, Vec<_>> = HashMap::new();
    for (place, clause) in clauses().enumerate() {
        clause.iter().for_each(|scope| places.entry(scope).or_default().push(place));
    }
    let can_go = |scope: &ScopeIndex| {
        let places = places.get(scope).map_or(&[][..], Vec::as_slice);
        let can_go = places.iter().all(|&place| left[place] > 1);
        if can_go {
            places.iter().for_each(|&place| left[place] -= 1);
        }
        can_go
    };
    candidates.filter(can_go).collect()
}

/// The clauses that `alternative` meets too: one of its scopes in each. What meets `clauses` is
/// minimal, and so is the result.
fn meeting(clauses: Vec<ScopeSet>, alternative: &ScopeSet) -> Option<Vec<ScopeSet>> {
    let is_met = |clause: &ScopeSet| alternative.intersects(clause);
    let (mut met, unmet): (Vec<_>, Vec<_>) = clauses.into_iter().partition(is_met);
    let narrower = met.len();
    for clause in unmet {
        for scope in alternative.iter() {
            let wider: ScopeSet = clause.iter().chain([scope]).collect();
            if met[..narrower].iter().any(|narrow| narrow.is_subset(&wider)) {
                continue;
            }
            if met.len() == LIMIT {
                return None;
            }
            met.push(wider);
        }
    }
    Some(met)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ScopeIndex;

    fn set(scopes: &[usize]) -> ScopeSet {
        scopes.iter().copied().map(ScopeIndex::from_position).collect()
    }

    #[test]
    fn nothing_to_ask_for_is_no_clause_and_no_way_is_an_empty_one() {
        assert_eq!(clauses(&[set(&[1]), set(&[])]), Some(vec![]));
        assert_eq!(clauses(&[]), Some(vec![set(&[])]));
    }

    #[test]
    fn one_scope_of_each_alternative_is_chosen_and_only_the_smallest_choices_stay() {
        let of = |sets: &[&[usize]]| -> Vec<_> { sets.iter().copied().map(set).collect() };
        let chosen = |sets| clauses(&of(sets));
        assert_eq!(chosen(&[&[1], &[2]]), Some(of(&[&[1, 2]])));
        assert_eq!(chosen(&[&[1, 2]]), Some(of(&[&[1], &[2]])));
        assert_eq!(chosen(&[&[1, 2], &[2, 3]]), Some(of(&[&[1, 3], &[2]])));
        assert_eq!(chosen(&[&[1, 2], &[3]]), Some(of(&[&[1, 3], &[2, 3]])));
        assert_eq!(chosen(&[&[1], &[1, 2]]), Some(of(&[&[1]])), "the wider one is idle");
    }

    #[test]
    fn an_alternative_that_holds_another_is_idle_wherever_it_stands() {
        let pairs = (0..6).map(|nth| set(&[3 * nth, 3 * nth + 1]));
        let wider = (0..6).map(|nth| set(&[3 * nth, 3 * nth + 1, 3 * nth + 2]));
        let both: Vec<_> = wider.chain(pairs.clone()).collect();
        assert_eq!(clauses(&both), clauses(&pairs.collect::<Vec<_>>()));
        assert_eq!(clauses(&both).map(|clauses| clauses.len()), Some(64));
    }

    #[test]
    fn what_would_explode_is_refused() {
        let pairs: Vec<_> = (0..20).map(|nth| set(&[2 * nth, 2 * nth + 1])).collect();
        assert_eq!(clauses(&pairs[..7]).map(|clauses| clauses.len()), Some(128));
        assert_eq!(clauses(&pairs), None);
    }

    fn some_alternatives() -> impl Strategy<Value = Vec<ScopeSet>> {
        let set = prop::collection::vec(0..12_usize, 0..5).prop_map(|scopes| set(&scopes));
        prop::collection::vec(set, 0..7)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn clauses_accept_exactly_what_the_alternatives_accept(given in some_alternatives()) {
            let Some(built) = clauses(&given) else { return Ok(()) };
            for bits in 0..1_usize << 12 {
                let has: Vec<_> = (0..12).filter(|scope| bits >> scope & 1 == 1).collect();
                let has = set(&has);
                let accepted = given.iter().any(|alternative| alternative.is_subset(&has));
                let met = built.iter().all(|clause| clause.intersects(&has));
                prop_assert_eq!(accepted, met, "{:?} of {:?}", &has, &built);
            }
            for (nth, clause) in built.iter().enumerate() {
                let others = built.iter().enumerate().filter(|&(place, _)| place != nth);
                let narrower = others.map(|(_, other)| other).find(|o| o.is_subset(clause));
                prop_assert!(narrower.is_none(), "{:?} in {:?}", clause, &built);
            }
        }
    }
}
