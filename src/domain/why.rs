use std::collections::HashSet;
use std::fmt;

use serde::Serialize;

use super::{Answer, Catalog, Least, Mode, Operation, Power, ScopeSet, Selection, pluralize};

/// The reasons for the scopes of an answer, and for its length.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Why<'a> {
    #[serde(rename = "why")]
    pub scopes: Vec<WhyScope<'a>>,
    /// The shortest list that authorises as much. `None` if the answer is as short, and for the
    /// guide's scopes.
    pub shortest: Option<Shortest<'a>>,
}

/// Why one scope is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WhyScope<'a> {
    pub scope: &'a str,
    /// The ids of the actions that it is there for.
    pub actions: Vec<&'a str>,
    /// The calls that it unlocks beyond those of every app.
    pub power: Option<Power>,
    /// The part of it that none of these actions makes use of.
    pub beyond: Option<Power>,
}

/// A list with fewer scopes than the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shortest<'a> {
    pub scopes: Vec<&'a str>,
    pub power: Option<Power>,
    /// The calls that it would allow and that the answer does not.
    pub avoided: Option<Power>,
}

impl fmt::Display for Shortest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shorter, but avoided: {}", self.scopes.join(" "))?;
        if let Some(power) = self.avoided {
            let calls = pluralize(power.calls, "further call");
            write!(f, ", which unlocks {calls}, of which {}", power.changing())?;
        }
        f.write_str(".")
    }
}

impl<'a> Why<'a> {
    pub fn of(catalog: &'a Catalog, selection: &Selection, answer: &Answer) -> Self {
        let needing = answer.needing(catalog, selection);
        let why = answer.scopes.iter().zip(needing).map(|(scope, actions)| {
            let own = catalog.unlocked_by(scope);
            let calls = actions.iter().flat_map(|&action| catalog.operations(action));
            let used: HashSet<_> = calls.map(Operation::call).collect();
            let beyond = own.iter().copied().filter(|call| !used.contains(&call.call()));
            WhyScope {
                scope: catalog.scope(scope),
                actions: actions.iter().map(|&action| catalog.action(action).id()).collect(),
                beyond: catalog.count_calls(beyond),
                power: catalog.count_calls(own.into_iter()),
            }
        });
        let shortest = match answer.mode {
            Mode::Guide => None,
            Mode::Least => Least::shortest(catalog, selection),
        };
        let shortest = shortest.filter(|shortest| shortest.len() < answer.scopes.len());
        let shortest = shortest.map(|shortest| Shortest {
            scopes: catalog.names(&shortest),
            power: catalog.power(&shortest),
            avoided: avoided(catalog, &shortest, &answer.scopes),
        });
        Self { scopes: why.collect(), shortest }
    }
}

/// The calls that `shortest` allows and `scopes` does not.
fn avoided(catalog: &Catalog, shortest: &ScopeSet, scopes: &ScopeSet) -> Option<Power> {
    let reference = catalog.reference()?;
    let is_avoided = |operation: &&Operation| {
        operation.is_possible(shortest)
            && !operation.is_possible(scopes)
            && !operation.is_possible(&reference.always_granted)
    };
    catalog.count_calls(reference.operations().filter(is_avoided))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Mode;

    #[test]
    fn each_scope_says_who_needs_it_and_the_longer_answer_what_it_avoids() {
        let catalog = Catalog::pipedrive();
        let ids = ["update_filter", "search_organizations", "list_stages"];
        let find = |id: &str| catalog.find(&format!("pipedrive_{id}")).expect(id);
        let selection: Selection = ids.into_iter().map(find).collect();
        let answer = Answer::in_mode(&catalog, &selection, Mode::Least);
        let why = Why::of(&catalog, &selection, &answer);
        let scopes: Vec<_> = why.scopes.iter().map(|why| (why.scope, &why.actions[..])).collect();
        assert_eq!(
            scopes,
            [
                ("deals:read", &["pipedrive_list_stages"][..]),
                ("activities:full", &["pipedrive_update_filter"]),
                ("search:read", &["pipedrive_search_organizations"]),
            ]
        );
        let reads = &why.scopes[0];
        let [power, beyond] = [reads.power, reads.beyond].map(|p| p.expect("a reference"));
        assert_eq!((power.calls, power.writes), (51, 6));
        assert_eq!((beyond.calls, beyond.writes), (50, 6));
        let shortest = why.shortest.expect("two scopes would do");
        assert_eq!(shortest.scopes, ["deals:full", "search:read"]);
        let avoided = shortest.avoided.expect("a reference");
        assert!(avoided.writes > 20, "{avoided}");
        let more = [shortest.power, answer.power.map(|power| power.own())];
        let [shortest, own] = more.map(|power| power.expect("a reference"));
        assert!(shortest.writes > own.writes);
    }

    #[test]
    fn an_answer_that_is_shortest_avoids_nothing() {
        let catalog = Catalog::pipedrive();
        let selection: Selection = catalog.find("pipedrive_list_deals").into_iter().collect();
        let answer = Answer::in_mode(&catalog, &selection, Mode::Least);
        assert_eq!(Why::of(&catalog, &selection, &answer).shortest, None);
    }
}
