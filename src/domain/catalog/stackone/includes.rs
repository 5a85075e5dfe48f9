use std::collections::{HashMap, HashSet};

/// Which scopes satisfy which, because they include them, directly or over other scopes.
pub(super) struct Includes<'a> {
    /// For each scope, those that include it directly.
    by: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Includes<'a> {
    /// From scopes, each with those that it includes.
    pub fn of(scopes: &'a [(String, Vec<String>)]) -> Self {
        let mut by: HashMap<&str, Vec<&str>> = HashMap::new();
        for (scope, included) in scopes {
            for other in included {
                by.entry(other).or_default().push(scope);
            }
        }
        Self { by }
    }

    /// The scope itself, and all that include it.
    pub fn satisfying<'s>(&'s self, scope: &'s str) -> Vec<&'s str> {
        let mut found = vec![scope];
        let mut seen: HashSet<&str> = found.iter().copied().collect();
        let mut next = 0;
        while let Some(&reached) = found.get(next) {
            next += 1;
            let more = self.by.get(reached).into_iter().flatten().copied();
            found.extend(more.filter(|&scope| seen.insert(scope)));
        }
        found
    }
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
        let found = Includes::of(&scopes);
        assert_eq!(found.satisfying("read"), ["read", "write", "all"], "even in a circle");
        assert_eq!(found.satisfying("other"), ["other"]);
        assert_eq!(found.satisfying("unheard"), ["unheard"]);
        assert_eq!(Includes::of(&scopes[..2]).satisfying("write"), ["write", "all"]);
    }
}
