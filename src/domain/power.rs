use std::collections::HashMap;
use std::fmt;

use serde::Serialize;

use super::{Catalog, Operation, ScopeIndex, ScopeSet};

/// What a set of scopes lets an app do, counted over every call of the provider's API, whether an
/// action of the catalog makes it or not.
///
/// It counts calls, not data: one call may read one record or all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Power {
    /// How many calls the app may make, with what every app has.
    pub calls: usize,
    /// How many of these change data.
    pub writes: usize,
    /// How many calls the API has.
    pub of: usize,
}

/// Which calls sets of scopes unlock. A set that holds another one unlocks at least as much.
#[derive(Clone, Debug, Default)]
pub struct Powers {
    kinds: Vec<CallKind>,
    of: usize,
}

/// All calls that the same scopes unlock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallKind {
    /// Each is enough, if the app has all of its scopes; an empty one asks for nothing. Their
    /// scopes are in catalog order.
    pub alternatives: Vec<Vec<ScopeIndex>>,
    pub calls: usize,
    /// How many of the calls change data.
    pub writes: usize,
}

impl Powers {
    /// From calls: the alternatives of each, any one of which is enough if the app has all of its
    /// scopes, and whether it changes data. Calls without alternatives cannot be unlocked.
    pub fn new(calls: impl IntoIterator<Item = (Vec<Vec<ScopeIndex>>, bool)>) -> Self {
        let mut powers = Self::default();
        let mut places = HashMap::new();
        for (mut alternatives, changes_data) in calls {
            powers.of += 1;
            for alternative in &mut alternatives {
                alternative.sort_unstable();
                alternative.dedup();
            }
            alternatives.sort_unstable();
            alternatives.dedup();
            let place = *places.entry(alternatives).or_insert_with_key(|alternatives| {
                let alternatives = alternatives.clone();
                powers.kinds.push(CallKind { alternatives, calls: 0, writes: 0 });
                powers.kinds.len() - 1
            });
            powers.kinds[place].calls += 1;
            powers.kinds[place].writes += usize::from(changes_data);
        }
        powers
    }

    pub fn kinds(&self) -> &[CallKind] {
        &self.kinds
    }

    pub fn of(&self, scopes: &ScopeSet) -> Power {
        let unlocked = self.kinds.iter().filter(|kind| kind.is_unlocked(scopes));
        unlocked.fold(Power { of: self.of, ..Power::default() }, |power, kind| Power {
            calls: power.calls + kind.calls,
            writes: power.writes + kind.writes,
            ..power
        })
    }
}

impl CallKind {
    fn is_unlocked(&self, scopes: &ScopeSet) -> bool {
        let has_all = |needed: &Vec<ScopeIndex>| needed.iter().all(|&scope| scopes.contains(scope));
        self.alternatives.iter().any(has_all)
    }
}

/// `64 of 368 calls, 21 change data`.
impl fmt::Display for Power {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { calls, writes, of } = self;
        let change = if *writes == 1 { "changes" } else { "change" };
        write!(f, "{calls} of {of} calls, {writes} {change} data")
    }
}

impl Operation {
    /// Whether the call may change data, by its method: HTTP calls `GET` and `HEAD` safe.
    pub fn changes_data(&self) -> bool {
        !matches!(self.method.as_str(), "GET" | "HEAD")
    }

    /// Whether some source says that one of `scopes` authorises the call.
    pub fn is_possible(&self, scopes: &ScopeSet) -> bool {
        self.claims().any(|accepted| accepted.intersects(scopes))
    }
}

impl Catalog {
    /// What scopes let an app do, with what every app has. `None` without a reference.
    pub fn power(&self, scopes: &ScopeSet) -> Option<Power> {
        Some(self.reference()?.powers().of(scopes))
    }

    /// The calls that this scope unlocks beyond what every app may do: those that change data
    /// first, in the order of the reference.
    pub fn unlocked_by(&self, scope: ScopeIndex) -> Vec<&Operation> {
        let Some(reference) = self.reference() else {
            return Vec::new();
        };
        let always = reference.always_granted();
        let own = [scope].into_iter().collect();
        let calls = reference.operations().iter();
        let mut unlocked: Vec<_> = calls
            .filter(|call| call.is_possible(&own))
            .filter(|call| always.contains(scope) || !call.is_possible(always))
            .collect();
        unlocked.sort_by_key(|call| !call.changes_data());
        unlocked
    }

    /// How many calls that change data a scope unlocks although it is called read-only.
    pub fn writes_of_read_only(&self, scope: ScopeIndex) -> usize {
        if !self.scope(scope).ends_with(":read") {
            return 0;
        }
        self.unlocked_by(scope).iter().filter(|call| call.changes_data()).count()
    }
}

/// One alternative for each scope that some source accepts.
pub(super) fn alternatives(operation: &Operation, always: &ScopeSet) -> Vec<Vec<ScopeIndex>> {
    if operation.is_possible(always) {
        return vec![Vec::new()];
    }
    operation.claims().flat_map(ScopeSet::iter).map(|scope| vec![scope]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Index;

    fn scopes(places: &[usize]) -> ScopeSet {
        places.iter().copied().map(ScopeIndex::from_position).collect()
    }

    fn needs(alternatives: &[&[usize]]) -> Vec<Vec<ScopeIndex>> {
        let alternative = |places: &&[usize]| {
            places.iter().copied().map(ScopeIndex::from_position).collect::<Vec<_>>()
        };
        alternatives.iter().map(alternative).collect()
    }

    #[test]
    fn a_call_may_need_several_scopes_at_once() {
        let calls = [
            (needs(&[&[0]]), false),
            (needs(&[&[0, 1], &[2]]), true),
            (needs(&[&[2], &[1, 0, 1]]), false),
            (needs(&[&[]]), true),
            (needs(&[]), true),
        ];
        let powers = Powers::new(calls);
        assert_eq!(powers.kinds().len(), 4, "calls with the same needs are one kind");
        let power = |places: &[usize]| {
            let Power { calls, writes, of } = powers.of(&scopes(places));
            (calls, writes, of)
        };
        assert_eq!(power(&[]), (1, 1, 5));
        assert_eq!(power(&[0]), (2, 1, 5));
        assert_eq!(power(&[1]), (1, 1, 5));
        assert_eq!(power(&[0, 1]), (4, 2, 5));
        assert_eq!(power(&[2]), (3, 2, 5));
    }

    #[test]
    fn pipedrives_scopes_unlock_what_client_or_page_say() {
        let catalog = Catalog::pipedrive();
        let power = |names: &str| {
            let find = |name: &str| catalog.find_scope(name).expect("known");
            catalog.power(&names.split_whitespace().map(find).collect()).expect("a reference")
        };
        let counts = |names: &str| (power(names).calls, power(names).writes);
        assert_eq!(power("deals:read").to_string(), "55 of 368 calls, 6 change data");
        assert_eq!(counts(""), (4, 0), "what every app may do");
        assert_eq!(counts("base"), (4, 0));
        assert_eq!(counts("contacts:read"), (43, 0));
        assert_eq!(counts("deals:full"), (91, 42));
        assert_eq!(counts("webhooks:read"), (5, 0), "by the page alone");
    }

    #[test]
    fn one_scope_is_called_read_only_and_is_not() {
        let catalog = Catalog::pipedrive();
        let writing = catalog.all_scopes().filter(|&scope| catalog.writes_of_read_only(scope) > 0);
        let writing: Vec<_> = writing.map(|scope| catalog.scope(scope)).collect();
        assert_eq!(writing, ["deals:read"]);
        let unlocked = catalog.unlocked_by(catalog.find_scope("deals:read").expect("known"));
        assert_eq!(unlocked.len(), 51);
        let writes: Vec<_> = unlocked.iter().take_while(|call| call.changes_data()).collect();
        assert_eq!(writes.len(), 6);
        let of_a_deal = |path: &str| path.contains("discounts") || path.contains("installments");
        assert!(writes.iter().all(|call| of_a_deal(&call.path)));
    }
}
