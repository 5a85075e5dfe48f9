mod effort;
mod part;
mod problem;
mod search;
mod solution;
mod spare;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use fixedbitset::FixedBitSet;

use super::catalog::{listed_scopes, other_credentials};
use super::{
    ActionIndex, Catalog, Operation, Refusals, ScopeIndex, ScopeSet, Selection, Verdict, and_more,
    pluralize, sanitize,
};
use problem::Problem;
use search::Aim;
use solution::Solution;

/// The scope that no answer has unless an action accepts nothing else.
pub(super) const ADMIN: &str = "admin";

/// How far a search for the least privilege goes before it is cut short, and [`Least::proved`]
/// is `false`. Pipedrive's whole catalog takes a few thousand steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// A few milliseconds, so that a key is answered within a frame.
    Frame,
    /// Some hundredths of a second.
    Whole,
}

impl Budget {
    const fn effort(self) -> usize {
        match self {
            Self::Frame => 150_000,
            Self::Whole => 3_000_000,
        }
    }
}

/// The requirement that an action places on the app's scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement<'a> {
    /// Nothing beyond what every app has.
    Nothing,
    /// One of each of these, so that every version and every source accepts one.
    EachOf(&'a [ScopeSet]),
    /// Some version or source accepts no scope: the action cannot be called with OAuth.
    Impossible,
    /// The reference does not know the action: all of these, as the guide says.
    Guide(&'a [ScopeIndex]),
}

/// Of all sets of scopes that authorise every selected action in every version and source, the one
/// that allows the least beyond them.
///
/// Least means, in this order: no `admin`, unless a selected action accepts nothing else; the
/// fewest calls that change data; the fewest calls; the fewest scopes; the earliest in catalog
/// order. Calls are counted over all operations of the API, as in [`Power`](super::Power).
///
/// If [`unknown`](Self::unknown) and [`impossible`](Self::impossible) are empty, every selected action
/// is accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Least {
    pub scopes: ScopeSet,
    /// Selected actions that the reference does not know: the set has what the guide says they need.
    pub unknown: Selection,
    /// Selected actions that no scope authorises.
    pub impossible: Selection,
    /// Whether an action accepts more than one scope.
    is_choice: bool,
    /// Whether it is proved that no other set does with less. `false` only when the search was cut
    /// short.
    pub proved: bool,
}

impl Least {
    pub fn of(catalog: &Catalog, selection: &Selection) -> Self {
        Self::within(Budget::Whole, catalog, selection)
    }

    pub fn within(budget: Budget, catalog: &Catalog, selection: &Selection) -> Self {
        Needs::of(catalog, selection, &ScopeSet::new()).least(budget.effort())
    }

    /// The same for an app that has `granted` already: they are in the set, whatever they unlock.
    pub fn beside(catalog: &Catalog, selection: &Selection, granted: &ScopeSet) -> Self {
        Needs::of(catalog, selection, granted).least(Budget::Whole.effort())
    }

    /// The shortest list of scopes that authorises as much, and of these the one with the least
    /// power. `None` if the search for it was cut short.
    pub fn shortest(catalog: &Catalog, selection: &Selection) -> Option<ScopeSet> {
        let mut needs = Needs::of(catalog, selection, &ScopeSet::new());
        let Solution { scopes, proved } = needs.solve(Aim::FewestScopes, Budget::Whole.effort());
        proved.then_some(scopes)
    }

    /// The limits of this answer for `selection`, one sentence each, besides those of the search. Empty if there
    /// are none.
    pub fn caveats(&self, catalog: &Catalog, selection: &Selection) -> Vec<String> {
        let is_described = catalog.is_described();
        let mut caveats = Vec::new();
        if !self.unknown.is_empty() {
            let actions = named(catalog, &self.unknown);
            let instead = match is_described {
                true => "no scope is added there".to_owned(),
                false => format!("the {}'s scopes stand in", catalog.authority()),
            };
            caveats.push(format!("What the API accepts is not known for {actions}, so {instead}."));
        }
        caveats.extend(catalog.limits_of_calls(selection));
        if !self.impossible.is_empty() {
            let actions = named(catalog, &self.impossible);
            let them = if self.impossible.len() == 1 { "it" } else { "them" };
            caveats.push(format!("OAuth cannot call {actions}: no scope authorizes {them}."));
        }
        // Where no call is known, nothing tells which of them allows less.
        let has_calls = catalog.reference().is_some_and(|known| known.counts_calls());
        if is_described && self.is_choice && has_calls {
            caveats.push(
                "This answer allows the fewest calls, but may reach less data than you need: \
                 `explain ACTION` lists the other scopes that the API accepts."
                    .to_owned(),
            );
        }
        caveats
    }
}

impl Catalog {
    /// The limits of what is said of these actions, one sentence each, without those of an answer.
    pub fn limits(&self, selection: &Selection) -> Vec<String> {
        let of_reference = self.notes_on(selection).map(|note| note.to_string());
        self.limits_of_calls(selection).into_iter().chain(of_reference).collect()
    }

    /// The limits of what is said of the calls of these actions, one sentence each.
    pub fn limits_of_calls(&self, selection: &Selection) -> Vec<String> {
        let count = |is_so: fn(&Operation) -> bool| {
            selection.iter().filter(|&action| self.operations(action).iter().any(is_so)).count()
        };
        let (several, others) =
            (count(|call| call.assumes_all), count(|call| call.other_credentials));
        let several = (several > 0).then(|| listed_scopes(several, "action"));
        let others = (others > 0).then(|| other_credentials(others, "action"));
        several.into_iter().chain(others).collect()
    }
}

/// How many actions there are, and the ids of the first few.
fn named(catalog: &Catalog, actions: &Selection) -> String {
    let first = actions.iter().take(Refusals::FEW);
    let ids: Vec<_> = first.map(|action| sanitize(catalog.action(action).id())).collect();
    let more = and_more(actions.len() - ids.len());
    format!("{} ({}{more})", pluralize(actions.len(), "action"), ids.join(", "))
}

impl Requirement<'_> {
    /// `deals:read or deals:full`, `a and (b or c)`.
    pub fn words(self, catalog: &Catalog) -> String {
        match self {
            Self::Nothing => "no scope needed".to_owned(),
            Self::Impossible => "not by OAuth".to_owned(),
            Self::EachOf(clauses) => {
                let clause = |scopes: &ScopeSet| {
                    let any = catalog.names(scopes).join(" or ");
                    if clauses.len() > 1 && scopes.len() > 1 { format!("({any})") } else { any }
                };
                clauses.iter().map(clause).collect::<Vec<_>>().join(" and ")
            }
            Self::Guide(scopes) => {
                let names = scopes.iter().map(|&scope| catalog.scope(scope));
                names.collect::<Vec<_>>().join(" and ")
            }
        }
    }
}

impl Catalog {
    /// The scopes that the API accepts for an action, such as `files or files.read`.
    pub fn accepted_words(&self, action: ActionIndex) -> String {
        match self.requirement(action) {
            Requirement::Guide(_) => "not known".to_owned(),
            requirement => requirement.words(self),
        }
    }

    /// What the API accepts, for a table to show in place of an action's own scopes. `None` if these are not
    /// accepted, so that the verdict stands beside them, or if a guide lists them.
    pub fn words_instead_of_scopes(&self, action: ActionIndex) -> Option<String> {
        let is_doubtful =
            matches!(self.guide_verdict(action), Verdict::Refused | Verdict::Uncertain);
        let are_shown = is_doubtful && !self.action(action).scopes().is_empty();
        (self.is_described() && !are_shown).then(|| self.accepted_words(action))
    }

    /// What an action accepts, as a predicate: `accepts files or files.read`. What it needs, where only
    /// a guide says that.
    pub fn acceptance(&self, action: ActionIndex) -> String {
        match self.requirement(action) {
            Requirement::Nothing => "needs no scope".to_owned(),
            Requirement::Impossible => "cannot be called with OAuth".to_owned(),
            Requirement::Guide(_) if self.is_described() => "accepts unknown scopes".to_owned(),
            Requirement::Guide([]) => "needs no scope".to_owned(),
            requirement @ Requirement::Guide(_) => format!("needs {}", requirement.words(self)),
            requirement => format!("accepts {}", requirement.words(self)),
        }
    }

    pub fn requirement(&self, action: ActionIndex) -> Requirement<'_> {
        match self.calls(action).map(|(calls, always)| (&calls.clauses[..], always)) {
            None => Requirement::Guide(self.action(action).scopes()),
            Some((clauses, always)) if clauses.iter().all(|c| c.intersects(always)) => {
                Requirement::Nothing
            }
            Some((clauses, _)) if clauses.iter().any(ScopeSet::is_empty) => Requirement::Impossible,
            Some((clauses, _)) => Requirement::EachOf(clauses),
        }
    }
}

/// The requirements of all selected actions, each once.
struct Needs<'a> {
    catalog: &'a Catalog,
    one_of: HashSet<&'a ScopeSet>,
    all_of: FixedBitSet,
    /// What is said of them, without the scopes that they come to.
    least: Least,
}

impl<'a> Needs<'a> {
    /// Those of `selection`, for an app that has `granted` in any case.
    fn of(catalog: &'a Catalog, selection: &Selection, granted: &ScopeSet) -> Self {
        let all_of = granted.iter().map(ScopeIndex::position).collect();
        let mut needs = Self { catalog, one_of: HashSet::new(), all_of, least: Least::default() };
        selection.iter().for_each(|action| needs.add(action));
        needs
    }

    fn least(mut self, effort: usize) -> Least {
        let Solution { scopes, proved } = self.solve(Aim::LeastPower, effort);
        Least { scopes, proved, ..self.least }
    }

    fn add(&mut self, action: ActionIndex) {
        let catalog = self.catalog;
        match catalog.requirement(action) {
            Requirement::Nothing => {}
            Requirement::EachOf(clauses) => {
                let Some(reference) = catalog.reference() else { return };
                let always = &reference.always_granted;
                let asked = clauses.iter().filter(|clause| !clause.intersects(always));
                asked.for_each(|clause| self.add_one_of(clause));
            }
            Requirement::Impossible => self.least.impossible.insert(action),
            Requirement::Guide(scopes) => {
                self.least.unknown.insert(action);
                // The scopes that a description names are not those that the action needs.
                if catalog.is_described() {
                    return;
                }
                let asked = scopes.iter().copied().filter(|&s| !catalog.is_granted_for(action, s));
                asked.for_each(|scope| self.all_of.grow_and_insert(scope.position()));
            }
        }
    }

    fn add_one_of(&mut self, scopes: &'a ScopeSet) {
        if scopes.len() == 1 {
            self.all_of.extend(scopes.iter().map(ScopeIndex::position));
        } else {
            self.least.is_choice = true;
            self.one_of.insert(scopes);
        }
    }

    fn solve(&mut self, aim: Aim, effort: usize) -> Solution {
        let clause = |scopes: &ScopeSet| scopes.iter().map(ScopeIndex::position).collect();
        let mut clauses: Vec<Vec<usize>> = self.one_of.drain().map(clause).collect();
        // Each of these has another scope.
        if let Some(admin) = self.catalog.find_scope(ADMIN).map(ScopeIndex::position)
            && !self.all_of.contains(admin)
        {
            clauses.iter_mut().for_each(|clause| clause.retain(|&scope| scope != admin));
        }
        // Only a choice needs the calls: counting them delays the first frame.
        let reference = self.catalog.reference().filter(|_| !clauses.is_empty());
        let kinds = reference.map_or(&[][..], |known| &known.powers().kinds);
        let chosen = std::mem::take(&mut self.all_of);
        Problem::reduced(clauses, chosen, kinds).solve(aim, effort)
    }
}
