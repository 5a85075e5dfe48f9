use std::collections::{HashMap, HashSet};

use crate::domain::catalog::CatalogFault;

/// The most scopes that may include one, directly or over other scopes. No connector comes near it.
const LIMIT: usize = 1_000;

/// For each scope, those that include it directly.
pub(super) type Includers<'a> = HashMap<&'a str, Vec<&'a str>>;

/// `scopes` come each with those that it includes.
pub(super) fn includers<'a>(
    scopes: impl IntoIterator<Item = &'a (String, Vec<String>)>,
) -> Includers<'a> {
    let mut includers = Includers::new();
    for (scope, included) in scopes {
        for other in included {
            includers.entry(other).or_default().push(scope);
        }
    }
    includers
}

/// The scope itself, and all that include it, directly or over other scopes.
///
/// # Errors
/// Too many include it.
pub(super) fn satisfying<'a>(
    scope: &'a str,
    includers: &Includers<'a>,
) -> Result<Vec<&'a str>, CatalogFault> {
    let mut found = vec![scope];
    let mut seen: HashSet<&str> = found.iter().copied().collect();
    let mut next = 0;
    while let Some(&reached) = found.get(next) {
        if found.len() > LIMIT + 1 {
            let scope = scope.to_owned();
            return Err(CatalogFault::TooManyIncluders { scope, limit: LIMIT });
        }
        next += 1;
        let more = includers.get(reached).into_iter().flatten().copied();
        found.extend(more.filter(|&scope| seen.insert(scope)));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_satisfies_what_it_includes_over_any_number_of_steps() {
        let includes = |scope: &str, others: &[&str]| {
            (scope.to_owned(), others.iter().copied().map(str::to_owned).collect())
        };
        let scopes = [
            includes("all", &["write"]),
            includes("write", &["read"]),
            includes("read", &["all"]),
            includes("other", &[]),
        ];
        let found = includers(&scopes);
        for (scope, expected) in [
            // Even in a circle.
            ("read", &["read", "write", "all"][..]),
            ("other", &["other"]),
            ("unheard", &["unheard"]),
        ] {
            assert_eq!(satisfying(scope, &found).as_deref(), Ok(expected));
        }
        let open = includers(&scopes[..2]);
        assert_eq!(satisfying("write", &open).as_deref(), Ok(&["write", "all"][..]));
    }

    #[test]
    fn more_includers_than_any_connector_has_are_refused() {
        let chain: Vec<_> =
            (0..=LIMIT).map(|nth| (format!("s{}", nth + 1), vec![format!("s{nth}")])).collect();
        assert_eq!(satisfying("s1", &includers(&chain)).map(|found| found.len()), Ok(LIMIT + 1));
        let refused = CatalogFault::TooManyIncluders { scope: "s0".into(), limit: LIMIT };
        assert_eq!(satisfying("s0", &includers(&chain)), Err(refused));
    }
}
