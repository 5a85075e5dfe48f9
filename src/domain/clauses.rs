//! Alternatives (any one is enough, if all of it is there) as clauses (each needs one of its scopes).

/// More clauses than this are not built: no API that people use comes near it.
const LIMIT: usize = 256;

/// The alternatives come to more clauses than the program builds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyClauses;

/// The clauses that exactly those sets meet which hold all of some alternative. Each needs one of
/// its items; no clause holds another one, and all are in ascending order.
///
/// An empty alternative is always met, so no clause is left. If there is no alternative, the result
/// is one empty clause, which is never met.
///
/// # Errors
/// There would be too many.
pub fn clauses<T: Copy + Ord>(alternatives: &[Vec<T>]) -> Result<Vec<Vec<T>>, TooManyClauses> {
    if alternatives.iter().any(Vec::is_empty) {
        return Ok(Vec::new());
    }
    // Items that are enough alone are in every clause.
    let mut alone: Vec<T> = alternatives.iter().filter(|a| a.len() == 1).map(|a| a[0]).collect();
    alone.sort_unstable();
    alone.dedup();
    let mut clauses = vec![Vec::new()];
    for alternative in alternatives {
        if !alternative.iter().any(|item| alone.binary_search(item).is_ok()) {
            clauses = meeting(clauses, alternative)?;
        }
    }
    for clause in &mut clauses {
        clause.extend_from_slice(&alone);
        clause.sort_unstable();
    }
    clauses.sort_unstable();
    Ok(clauses)
}

/// The clauses that `alternative` meets too: one of its items in each. What meets `clauses` is
/// minimal, and so is the result.
fn meeting<T: Copy + Ord>(
    clauses: Vec<Vec<T>>,
    alternative: &[T],
) -> Result<Vec<Vec<T>>, TooManyClauses> {
    let is_met = |clause: &Vec<T>| alternative.iter().any(|item| clause.contains(item));
    let (mut met, unmet): (Vec<_>, Vec<_>) = clauses.into_iter().partition(is_met);
    let narrower = met.len();
    let mut items = alternative.to_vec();
    items.sort_unstable();
    items.dedup();
    for clause in unmet {
        for &item in &items {
            let holds = |other: &T| *other == item || clause.contains(other);
            if met[..narrower].iter().any(|narrow| narrow.iter().all(holds)) {
                continue;
            }
            if met.len() == LIMIT {
                return Err(TooManyClauses);
            }
            met.push(clause.iter().copied().chain([item]).collect());
        }
    }
    Ok(met)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_to_ask_for_is_no_clause_and_no_way_is_an_empty_one() {
        assert_eq!(clauses(&[vec![1], vec![]]), Ok(vec![]));
        assert_eq!(clauses::<u8>(&[]), Ok(vec![vec![]]));
    }

    #[test]
    fn one_item_of_each_alternative_is_chosen_and_only_the_smallest_choices_stay() {
        assert_eq!(clauses(&[vec![1], vec![2]]), Ok(vec![vec![1, 2]]));
        assert_eq!(clauses(&[vec![1, 2]]), Ok(vec![vec![1], vec![2]]));
        assert_eq!(clauses(&[vec![1, 2], vec![2, 3]]), Ok(vec![vec![1, 3], vec![2]]));
        assert_eq!(clauses(&[vec![1, 2], vec![3]]), Ok(vec![vec![1, 3], vec![2, 3]]));
        assert_eq!(clauses(&[vec![1], vec![1, 2]]), Ok(vec![vec![1]]), "the wider one is idle");
    }

    #[test]
    fn what_would_explode_is_refused() {
        let pairs: Vec<Vec<u8>> = (0..20).map(|nth| vec![2 * nth, 2 * nth + 1]).collect();
        assert_eq!(clauses(&pairs[..7]).map(|clauses| clauses.len()), Ok(128));
        assert_eq!(clauses(&pairs), Err(TooManyClauses));
    }

    fn some_alternatives() -> impl Strategy<Value = Vec<Vec<u8>>> {
        prop::collection::vec(prop::collection::vec(0..12u8, 0..5), 0..7)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn clauses_accept_exactly_what_the_alternatives_accept(given in some_alternatives()) {
            let Ok(built) = clauses(&given) else { return Ok(()) };
            for set in 0..1u32 << 12 {
                let has = |item: &u8| set >> item & 1 == 1;
                let accepted = given.iter().any(|alternative| alternative.iter().all(has));
                let met = built.iter().all(|clause| clause.iter().any(has));
                prop_assert_eq!(accepted, met, "{:012b} of {:?}", set, &built);
            }
            for (nth, clause) in built.iter().enumerate() {
                let within = |other: &Vec<u8>| other.iter().all(|item| clause.contains(item));
                let narrower = built.iter().enumerate().find(|&(place, o)| place != nth && within(o));
                prop_assert!(narrower.is_none(), "{:?} in {:?}", clause, &built);
            }
        }
    }
}
