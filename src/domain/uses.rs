use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    ActionIndex, Catalog, ScopeIndex, ScopeSet, Selection, Subject, Verdict, VerdictCounts,
};

/// The actions of each scope, and the scopes of each action. Building it takes one pass over the
/// catalog, whatever the number of look-ups.
pub struct Uses<'c> {
    pub(super) catalog: &'c Catalog,
    /// By scope, the actions that need it, says the guide.
    needing: Vec<Vec<ActionIndex>>,
    /// By scope, the actions that the API accepts it for, or may accept it for. In catalog order.
    accepting: HashMap<ScopeIndex, Vec<(ActionIndex, Verdict)>>,
    /// The number of actions that the reference knows.
    known: usize,
}

impl<'c> Uses<'c> {
    pub fn of(catalog: &'c Catalog) -> Self {
        let mut needing = vec![Vec::new(); catalog.all_scopes().count()];
        for action in catalog.indices() {
            for scope in catalog.action(action).scopes() {
                needing[scope.position()].push(action);
            }
        }
        let is_known = |&action: &ActionIndex| catalog.clauses(action).is_some();
        let known: Vec<_> = catalog.indices().filter(is_known).collect();
        let mut accepting: HashMap<_, Vec<_>> = HashMap::new();
        for &action in &known {
            for scope in catalog.possible(action) {
                let verdict = catalog.scope_verdict(action, scope);
                accepting.entry(scope).or_default().push((action, verdict));
            }
        }
        Self { catalog, needing, accepting, known: known.len() }
    }

    /// The actions that need `scope`, says the guide.
    pub fn needing(&self, scope: ScopeIndex) -> &[ActionIndex] {
        &self.needing[scope.position()]
    }

    /// The actions that the API accepts `scope` for, or may accept it for.
    pub fn accepting(&self, scope: ScopeIndex) -> &[(ActionIndex, Verdict)] {
        self.accepting.get(&scope).map_or(&[], Vec::as_slice)
    }

    /// Counts the verdicts on all actions of the catalog if the app has `scope`.
    pub fn verdicts(&self, scope: ScopeIndex) -> VerdictCounts {
        let accepting = self.accepting(scope);
        let counts: VerdictCounts = accepting.iter().map(|&(_, verdict)| verdict).collect();
        VerdictCounts {
            refused: self.known - accepting.len(),
            unknown: self.catalog.len() - self.known,
            ..counts
        }
    }

    /// The scopes that the guide or the API names for actions, as far as that is about `subject`, and
    /// whether an action needs the scope, according to the guide.
    pub fn of_subject(&self, subject: Subject) -> BTreeMap<(ScopeIndex, ActionIndex), bool> {
        match subject {
            Subject::Action(action) => {
                let possible = self.catalog.possible(action).map(|scope| (scope, false));
                let own = self.catalog.action(action).scopes().iter().map(|&scope| (scope, true));
                possible.chain(own).map(|(scope, needed)| ((scope, action), needed)).collect()
            }
            Subject::Scope(scope) => {
                let accepting = self.accepting(scope).iter().map(|&(action, _)| (action, false));
                let needing = self.needing(scope).iter().map(|&action| (action, true));
                accepting.chain(needing).map(|(action, needed)| ((scope, action), needed)).collect()
            }
        }
    }
}

impl Catalog {
    /// The actions that need one of these scopes, says the guide, or for which the API may accept one.
    pub fn concerned(&self, scopes: &ScopeSet) -> Selection {
        let concerns = |&action: &ActionIndex| {
            self.action(action).scopes().iter().any(|scope| scopes.contains(*scope))
                || self.calls(action).is_some_and(|(calls, _)| {
                    calls.clauses.iter().chain([&calls.any]).any(|set| set.intersects(scopes))
                })
        };
        self.indices().filter(concerns).collect()
    }

    /// The scopes that some version or source of the API accepts for an action.
    pub(super) fn possible(&self, action: ActionIndex) -> impl Iterator<Item = ScopeIndex> {
        let calls = self.calls(action).into_iter();
        let sets = calls.flat_map(|(calls, _)| calls.clauses.iter().chain([&calls.any]));
        sets.flat_map(ScopeSet::iter).collect::<BTreeSet<_>>().into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asks of every pair by itself.
    #[test]
    fn both_sides_tell_every_pair_that_guide_or_api_name() {
        let catalog = Catalog::pipedrive();
        let uses = Uses::of(&catalog);
        let is_use = |scope, action| {
            let needed = catalog.action(action).scopes().contains(&scope);
            let verdict = catalog.scope_verdict(action, scope);
            let accepted = matches!(verdict, Verdict::Accepted | Verdict::Uncertain);
            (needed || accepted).then_some(((scope, action), needed))
        };
        for scope in catalog.all_scopes() {
            let of_scope = catalog.indices().filter_map(|action| is_use(scope, action));
            assert!(uses.of_subject(Subject::Scope(scope)).into_iter().eq(of_scope));
            let verdicts = catalog.indices().map(|action| catalog.scope_verdict(action, scope));
            assert_eq!(uses.verdicts(scope), verdicts.collect());
        }
        for action in catalog.indices() {
            let of_action = catalog.all_scopes().filter_map(|scope| is_use(scope, action));
            assert!(uses.of_subject(Subject::Action(action)).into_iter().eq(of_action));
        }
    }
}
