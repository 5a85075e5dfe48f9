mod hitting_set;
mod reduction;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::{ActionIndex, Catalog, Index, ScopeIndex, ScopeSet, Selection, counted};
use hitting_set::{Elements, smallest};

/// How many words of 64 scopes or 64 requirements the search may look at. Pipedrive's whole
/// catalog takes a few hundred; a reference made to be hard gets its answer after some
/// hundredths of a second, and [`Least::is_smallest`] then says that it may not be the smallest.
const EFFORT: usize = 2_000_000;

/// What an action asks of the app's scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement<'a> {
    /// Nothing beyond what every app has.
    Nothing,
    /// Any one of these: every version and every source accepts each of them.
    OneOf(&'a ScopeSet),
    /// Versions or sources have no scope in common: any one of these is accepted by some.
    Disputed(&'a ScopeSet),
    /// The reference does not know the action: all of these, as the guide says.
    Guide(&'a [ScopeIndex]),
}

/// The smallest set of scopes that authorises every ticked action in every version and source.
///
/// Smallest means, in this order: without `admin`, unless some ticked action accepts nothing else;
/// the fewest scopes; the fewest that end in `:full`; the earliest in catalog order.
///
/// What [`uncertain`](Self::uncertain) and [`unknown`](Self::unknown) hold is authorised as far as
/// can be known, and no further. When both are empty, every ticked action is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Least {
    scopes: ScopeSet,
    uncertain: Selection,
    unknown: Selection,
    smallest: bool,
}

impl Least {
    pub fn of(catalog: &Catalog, selection: &Selection) -> Self {
        Self::with_effort(catalog, selection, EFFORT)
    }

    fn with_effort(catalog: &Catalog, selection: &Selection, effort: usize) -> Self {
        let mut needs = Needs::default();
        for action in selection.iter() {
            needs.add(catalog, action);
        }
        let (scopes, smallest) = needs.smallest(catalog, effort);
        Self { scopes, uncertain: needs.uncertain, unknown: needs.unknown, smallest }
    }

    pub fn scopes(&self) -> &ScopeSet {
        &self.scopes
    }

    /// Ticked actions whose versions or sources have no scope in common: their verdict stays
    /// *uncertain*, whatever the app asks for.
    pub fn uncertain(&self) -> &Selection {
        &self.uncertain
    }

    /// Ticked actions that the reference does not know: the set has what the guide says they need.
    pub fn unknown(&self) -> &Selection {
        &self.unknown
    }

    /// Whether it is proved that no smaller set does. False only when the search was cut short.
    pub fn is_smallest(&self) -> bool {
        self.smallest
    }

    /// How far the set can be relied on, a sentence each, where that is not all the way.
    pub fn doubts(&self) -> Vec<String> {
        let mut doubts = Vec::new();
        if !self.uncertain.is_empty() {
            let actions = counted(self.uncertain.len(), "action");
            doubts.push(format!(
                "Versions or sources of the API disagree about {actions}, which may be refused."
            ));
        }
        if !self.unknown.is_empty() {
            let actions = counted(self.unknown.len(), "action");
            doubts.push(format!(
                "What the API accepts is not known for {actions}, so the guide's scopes stand in."
            ));
        }
        if !self.smallest {
            doubts.push("The search was cut short: a smaller set of scopes may do.".to_owned());
        }
        doubts
    }
}

impl Catalog {
    pub fn requirement(&self, action: ActionIndex) -> Requirement<'_> {
        let known = self.reference().and_then(|reference| {
            let calls = reference.calls(action)?;
            Some((calls, calls.every().intersects(reference.always_granted())))
        });
        match known {
            None => Requirement::Guide(self.action(action).scopes()),
            Some((_, true)) => Requirement::Nothing,
            Some((calls, false)) if calls.every().is_empty() => Requirement::Disputed(calls.any()),
            Some((calls, false)) => Requirement::OneOf(calls.every()),
        }
    }
}

/// What the ticked actions ask for together, each requirement once.
#[derive(Default)]
struct Needs {
    one_of: BTreeSet<Vec<usize>>,
    all_of: ScopeSet,
    uncertain: Selection,
    unknown: Selection,
}

impl Needs {
    fn add(&mut self, catalog: &Catalog, action: ActionIndex) {
        match catalog.requirement(action) {
            Requirement::Nothing => {}
            Requirement::OneOf(scopes) => self.add_one_of(scopes),
            Requirement::Disputed(scopes) => {
                self.uncertain.insert(action);
                if !scopes.iter().any(|scope| catalog.is_granted_for(action, scope)) {
                    self.add_one_of(scopes);
                }
            }
            Requirement::Guide(scopes) => {
                self.unknown.insert(action);
                let asked = scopes.iter().copied().filter(|&s| !catalog.is_granted_for(action, s));
                asked.for_each(|scope| self.all_of.insert(scope));
            }
        }
    }

    fn add_one_of(&mut self, scopes: &ScopeSet) {
        self.one_of.insert(scopes.iter().map(Index::position).collect());
    }

    /// The set, and whether it is proved to be the smallest.
    fn smallest(&self, catalog: &Catalog, effort: usize) -> (ScopeSet, bool) {
        let admin = catalog.all_scopes().find(|&scope| is_admin(catalog, scope));
        let mut chosen = self.all_of.clone();
        if let Some(admin) = admin.filter(|admin| self.one_of.contains(&vec![admin.position()])) {
            chosen.insert(admin);
        }
        let full = catalog.all_scopes().filter(|&scope| is_full(catalog, scope));
        let full = full.map(Index::position).collect();
        let solution = smallest(self.open(&chosen, admin), &full, effort);
        let found = solution.elements.ones().map(ScopeIndex::from_position);
        found.for_each(|scope| chosen.insert(scope));
        (chosen, solution.proved)
    }

    /// The requirements that `chosen` does not meet, without `admin`: where that is not chosen yet,
    /// nothing forces it.
    fn open(&self, chosen: &ScopeSet, admin: Option<ScopeIndex>) -> Vec<Elements> {
        let admin = admin.map(Index::position);
        let is_chosen = |&position: &usize| chosen.contains(ScopeIndex::from_position(position));
        let open = self.one_of.iter().filter(|scopes| !scopes.iter().any(is_chosen));
        let others = |scopes: &Vec<usize>| {
            scopes.iter().copied().filter(|&position| Some(position) != admin).collect()
        };
        open.map(others).collect()
    }
}

pub(super) fn is_admin(catalog: &Catalog, scope: ScopeIndex) -> bool {
    catalog.scope(scope) == "admin"
}

pub(super) fn is_full(catalog: &Catalog, scope: ScopeIndex) -> bool {
    catalog.scope(scope).ends_with(":full")
}
