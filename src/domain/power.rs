use std::fmt;

use indexmap::IndexMap;
use serde::Serialize;

use super::{Accepts, Mode, Operation, ScopeIndex, ScopeSet, pluralize};

/// The power of a set of scopes: the calls of the provider's API that it allows, including those
/// that no action of the catalog makes.
///
/// It counts calls, not data: one call may read one record or all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Power {
    /// The number of calls that the app may make, with the scopes that every app has.
    pub calls: usize,
    /// The number of these that change data.
    pub writes: usize,
    /// The number of calls that the API has.
    pub of: usize,
}

/// The power of an answer's scopes, compared with those of the other [`Mode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComparedPower {
    pub mode: Mode,
    /// Whose scopes those of [`Mode::Guide`] are: the guide's or the catalog's.
    pub authority: &'static str,
    /// `None` if only the API says what is needed.
    pub guide: Option<Power>,
    pub least: Power,
}

/// The calls that sets of scopes unlock. A superset unlocks at least as much.
#[derive(Clone, Debug, Default)]
pub struct Powers {
    /// Those of calls, then those of inclusions, which are not counted.
    pub(super) kinds: Vec<CallKind>,
    call_kinds: usize,
    of: usize,
    /// The power of every app.
    pub(super) always: Power,
}

/// All calls that the same scopes unlock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallKind {
    /// Each is enough, if the app has all of its scopes; an empty one asks for nothing. Their
    /// scopes are positions in the catalog, ascending.
    pub alternatives: Vec<Vec<usize>>,
    pub calls: usize,
    /// The number of calls that change data.
    pub writes: usize,
}

impl Powers {
    /// From calls: the alternatives of each, any one of which is enough if the app has the scopes at
    /// all of its positions, and whether it changes data. Calls without alternatives cannot be
    /// unlocked.
    pub fn new(calls: impl IntoIterator<Item = (Vec<Vec<usize>>, bool)>) -> Self {
        let mut counts: IndexMap<_, (usize, usize)> = IndexMap::new();
        let mut of = 0;
        for (mut alternatives, changes_data) in calls {
            of += 1;
            for alternative in &mut alternatives {
                alternative.sort_unstable();
                alternative.dedup();
            }
            alternatives.sort_unstable();
            alternatives.dedup();
            let (calls, writes) = counts.entry(alternatives).or_default();
            *calls += 1;
            *writes += usize::from(changes_data);
        }
        let kind = |(alternatives, (calls, writes))| CallKind { alternatives, calls, writes };
        let kinds: Vec<_> = counts.into_iter().map(kind).collect();
        let powers = Self { call_kinds: kinds.len(), kinds, of, always: Power::default() };
        Self { always: powers.of(&ScopeSet::new()), ..powers }
    }

    /// With sets of scopes that satisfy one scope each. A scope that includes others is more powerful
    /// than they are, though it may unlock no call that is known.
    pub fn with_inclusions<'a>(mut self, sets: impl Iterator<Item = &'a ScopeSet>) -> Self {
        self.kinds.extend(sets.map(|scopes| CallKind {
            alternatives: scopes.iter().map(|scope| vec![scope.position()]).collect(),
            calls: 1,
            writes: 0,
        }));
        self
    }

    pub fn of(&self, scopes: &ScopeSet) -> Power {
        let has = |&scope: &usize| scopes.contains(ScopeIndex::from_position(scope));
        let has_all = |needed: &Vec<usize>| needed.iter().all(has);
        let calls = self.kinds.iter().take(self.call_kinds);
        let unlocked = calls.filter(|kind| kind.alternatives.iter().any(has_all));
        unlocked.fold(Power { of: self.of, ..Power::default() }, |power, kind| Power {
            calls: power.calls + kind.calls,
            writes: power.writes + kind.writes,
            ..power
        })
    }
}

/// `64 of 368 calls, 21 change data`.
impl fmt::Display for Power {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { calls, of, .. } = self;
        write!(f, "{calls} of {}, {}", pluralize(*of, "call"), self.changing())
    }
}

impl Power {
    /// `64 calls, 21 change data`.
    pub fn counts(&self) -> String {
        format!("{}, {}", pluralize(self.calls, "call"), self.changing())
    }

    pub(super) fn with<'a>(self, calls: impl Iterator<Item = &'a Operation>) -> Self {
        calls.fold(self, |power, call| Self {
            calls: power.calls + 1,
            writes: power.writes + usize::from(call.changes_data()),
            ..power
        })
    }

    /// `21 change data`.
    pub(super) fn changing(&self) -> String {
        let change = if self.writes == 1 { "changes" } else { "change" };
        format!("{} {change} data", self.writes)
    }
}

impl ComparedPower {
    /// Of the answer's own scopes.
    pub fn own(&self) -> Power {
        match self.mode {
            Mode::Guide => self.guide.unwrap_or(self.least),
            Mode::Least => self.least,
        }
    }

    /// From the fullest to the shortest:
    /// `64 of 368 calls, 21 change data; the guide's: 210, 98 (cuts 146, 77)`.
    pub fn words(&self) -> [String; 4] {
        let own = self.own();
        let Some(guide) = self.guide else {
            return [own.to_string(), own.to_string(), own.counts(), own.to_string()];
        };
        let (name, other, cuts) = match self.mode {
            Mode::Guide => ("least privilege".to_owned(), self.least, "can cut"),
            Mode::Least => (format!("the {}'s", self.authority), guide, "cuts"),
        };
        // Nothing is cut if least privilege saves no call, or allows what the guide's scopes do not.
        let calls = guide.calls.checked_sub(self.least.calls).filter(|&calls| calls > 0);
        let writes = guide.writes.checked_sub(self.least.writes);
        let cut = calls.zip(writes).map(|(calls, writes)| format!(" ({cuts} {calls}, {writes})"));
        let beside = format!("; {name}: {}, {}", other.calls, other.writes);
        [
            format!("{own}{beside}{}", cut.unwrap_or_default()),
            format!("{own}{beside}"),
            format!("{}{beside}", own.counts()),
            own.to_string(),
        ]
    }
}

/// The fullest of its [words](ComparedPower::words).
impl fmt::Display for ComparedPower {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [fullest, ..] = self.words();
        f.write_str(&fullest)
    }
}

/// One alternative for each scope that some source accepts, by its position.
pub(super) fn alternatives(operation: &Operation, always: &ScopeSet) -> Vec<Vec<usize>> {
    if operation.is_possible(always) {
        return vec![Vec::new()];
    }
    let alternatives = operation.claims().flat_map(Accepts::alternatives);
    alternatives.map(|scopes| scopes.iter().map(ScopeIndex::position).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Catalog, ScopeList};

    fn scopes(places: &[usize]) -> ScopeSet {
        places.iter().copied().map(ScopeIndex::from_position).collect()
    }

    fn needs(alternatives: &[&[usize]]) -> Vec<Vec<usize>> {
        alternatives.iter().map(|places| places.to_vec()).collect()
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
        assert_eq!(powers.kinds.len(), 4, "calls with the same needs are one kind");
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
    fn a_method_counts_in_any_case() {
        let catalog = Catalog::parse(
            r#"{"connector": {"name": "A"}, "scopes": ["r"], "actions": [{"id": "x", "label": "X", "scopes": ["r"]}],
            "reference": {"source": "s", "calls": [
            {"action": "x", "version": "", "method": "get", "path": "/x", "accepts": [["r"]]},
            {"action": "x", "version": "", "method": "delete", "path": "/x", "accepts": [["r"]]}]}}"#,
        );
        let catalog = catalog.expect("valid");
        let power = catalog
            .power(&ScopeList::of(&catalog.scope_indices(), ["r"]).scopes)
            .expect("it counts calls");
        assert_eq!((power.calls, power.writes), (2, 1));
    }

    #[test]
    fn an_answer_says_what_it_lets_an_app_do_beside_the_other_mode() {
        let power = |calls, writes| Power { calls, writes, of: 368 };
        let told = |mode, least| {
            let guide = Some(power(210, 98));
            ComparedPower { mode, authority: "guide", guide, least }.to_string()
        };
        let (guide, least) =
            ("210 of 368 calls, 98 change data", "64 of 368 calls, 1 changes data");
        assert_eq!(
            told(Mode::Guide, power(64, 1)),
            format!("{guide}; least privilege: 64, 1 (can cut 146, 97)")
        );
        assert_eq!(
            told(Mode::Least, power(64, 1)),
            format!("{least}; the guide's: 210, 98 (cuts 146, 97)")
        );
        let more = "the guide gets an action refused that needs more";
        for least in [power(211, 98), power(200, 99), power(210, 98)] {
            assert!(!told(Mode::Guide, least).contains("cut"), "{more}");
        }
    }
}
