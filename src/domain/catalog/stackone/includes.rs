use std::collections::{HashMap, HashSet};

/// For each scope, those that include it directly.
type Includers<'a> = HashMap<&'a str, Vec<&'a str>>;

/// `scopes` come each with those that it includes.
pub(super) fn includers(scopes: &[(String, Vec<String>)]) -> Includers<'_> {
    let mut includers = Includers::new();
    for (scope, included) in scopes {
        for other in included {
            includers.entry(other).or_default().push(scope);
        }
    }
    includers
}

/// The scope itself, and all that include it, directly or over other scopes.
pub(super) fn satisfying<'a>(scope: &'a str, includers: &Includers<'a>) -> Vec<&'a str> {
    let mut found = vec![scope];
    let mut seen: HashSet<&str> = found.iter().copied().collect();
    let mut next = 0;
    while let Some(&reached) = found.get(next) {
        next += 1;
        let more = includers.get(reached).into_iter().flatten().copied();
        found.extend(more.filter(|&scope| seen.insert(scope)));
    }
    found
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
        assert_eq!(satisfying("read", &found), ["read", "write", "all"], "even in a circle");
        assert_eq!(satisfying("other", &found), ["other"]);
        assert_eq!(satisfying("unheard", &found), ["unheard"]);
        assert_eq!(satisfying("write", &includers(&scopes[..2])), ["write", "all"]);
    }
}
