use fixedbitset::FixedBitSet;

use super::{
    ActionIndex, Answer, Budget, Catalog, Difference, Index, Least, Mode, Requirement, ScopeIndex,
    ScopeSet, Selection, SetIndex,
};

impl<'a> Requirement<'a> {
    /// Every scope that it names, some of them more than once.
    fn scopes(self) -> impl Iterator<Item = ScopeIndex> + 'a {
        let (sets, list): (&[ScopeSet], &[ScopeIndex]) = match self {
            Self::Nothing | Self::Impossible => (&[], &[]),
            Self::EachOf(clauses) => (clauses, &[]),
            Self::Guide(scopes) => (&[], scopes),
        };
        sets.iter().flat_map(ScopeSet::iter).chain(list.iter().copied())
    }
}

impl Catalog {
    /// The selected actions that need `scope`, in catalog order.
    pub fn needing<'a>(
        &'a self,
        scope: ScopeIndex,
        selection: &'a Selection,
        mode: Mode,
    ) -> impl Iterator<Item = ActionIndex> + 'a {
        selection.iter().filter(move |&action| self.asks_for(action, scope, mode))
    }

    /// The guide's scopes for the selected actions.
    pub fn guide_scopes(&self, selection: &Selection) -> ScopeSet {
        // Most actions share their list of scopes with many others.
        let sets: FixedBitSet =
            selection.iter().map(|action| self.action(action).scope_set().position()).collect();
        let lists = sets.ones().map(|set| self.scope_set(SetIndex::from_position(set)));
        lists.flatten().copied().collect()
    }

    /// The selected actions that need each of `scopes`, in the order of `scopes`.
    pub fn needing_each(
        &self,
        selection: &Selection,
        scopes: &ScopeSet,
        mode: Mode,
    ) -> Vec<Vec<ActionIndex>> {
        let mut needing: Vec<Vec<ActionIndex>> = vec![Vec::new(); self.all_scopes().count()];
        self.for_each_need(selection, mode, |scope, action| {
            if scopes.contains(scope) {
                needing[scope.position()].push(action);
            }
        });
        scopes.iter().map(|scope| std::mem::take(&mut needing[scope.position()])).collect()
    }

    /// The number of selected actions that need each of `scopes`, in the order of `scopes`.
    pub fn counts(&self, selection: &Selection, scopes: &ScopeSet, mode: Mode) -> Vec<usize> {
        // With the lists of `needing_each`, a tick among a million takes twice as long.
        let mut counts = vec![0; self.all_scopes().count()];
        self.for_each_need(selection, mode, |scope, _| counts[scope.position()] += 1);
        scopes.iter().map(|scope| counts[scope.position()]).collect()
    }

    fn for_each_need(
        &self,
        selection: &Selection,
        mode: Mode,
        mut found: impl FnMut(ScopeIndex, ActionIndex),
    ) {
        let mut last = vec![None; self.all_scopes().count()];
        for action in selection.iter() {
            for scope in self.asked(action, mode).scopes() {
                // A scope may be in several of an action's clauses.
                if last[scope.position()].replace(action) != Some(action) {
                    found(scope, action);
                }
            }
        }
    }

    /// The `scopes` that an action uses, in catalog order: those that the guide names for it, or
    /// those that the API accepts for it. Empty in the least mode if every app may carry it out.
    pub fn used(&self, action: ActionIndex, scopes: &ScopeSet, mode: Mode) -> ScopeSet {
        self.asked(action, mode).scopes().filter(|&scope| scopes.contains(scope)).collect()
    }

    /// The requirement of an action: the guide's in one mode, the API's in the other.
    fn asked(&self, action: ActionIndex, mode: Mode) -> Requirement<'_> {
        match self.mode(mode) {
            Mode::Guide => Requirement::Guide(self.action(action).scopes()),
            Mode::Least => self.requirement(action),
        }
    }

    /// Returns `true` if this scope is one of those that an action can be carried out with: the
    /// guide's in one mode, the API's in the other.
    pub fn asks_for(&self, action: ActionIndex, scope: ScopeIndex, mode: Mode) -> bool {
        self.asked(action, mode).scopes().any(|asked| asked == scope)
    }

    /// The scopes that toggling one action would add to those of `answer`, which is that of
    /// `selection`, and remove from them. In the least mode one toggle can do both: a scope that
    /// covers more replaces another. `None` if finding out takes longer than a frame.
    pub fn consequence(
        &self,
        action: ActionIndex,
        selection: &Selection,
        answer: &Answer,
    ) -> Option<Difference> {
        let mut toggled = selection.clone();
        toggled.flip(action);
        let after = match answer.mode {
            Mode::Guide => self.guide_scopes(&toggled),
            Mode::Least => {
                let least = Least::within(Budget::Frame, self, &toggled);
                least.proved.then(|| least.scopes.clone())?
            }
        };
        Some(Difference::between(&answer.scopes, &after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_added_once_and_dropped_with_the_last_action_that_needs_it() {
        let catalog = Catalog::pipedrive();
        let find = |id: &str| catalog.find(id).expect(id);
        let (list, get) = (find("pipedrive_list_deals"), find("pipedrive_get_deal"));
        let mut selection = Selection::new();
        let consequence = |action, selection: &Selection| {
            let answer = Answer::of(&catalog, selection);
            let consequence = catalog.consequence(action, selection, &answer);
            let Difference { add, remove } = consequence.expect("quickly found");
            (catalog.names(&add).join(" "), catalog.names(&remove).join(" "))
        };
        let owned = |add: &str, remove: &str| (add.to_owned(), remove.to_owned());
        assert_eq!(consequence(list, &selection), owned("deals:read", ""));
        selection.insert(list);
        assert_eq!(consequence(list, &selection), owned("", "deals:read"));
        assert_eq!(consequence(get, &selection), owned("", ""));
        selection.insert(get);
        assert_eq!(consequence(list, &selection), owned("", ""));
    }

    #[test]
    fn each_scope_is_counted_with_the_actions_that_ask_for_it() {
        let catalog = Catalog::pipedrive();
        let selection: Selection = catalog.indices().step_by(2).collect();
        for mode in [Mode::Guide, Mode::Least] {
            let answer = Answer::in_mode(&catalog, &selection, mode);
            let needing = catalog.needing_each(&selection, &answer.scopes, mode);
            let counts: Vec<_> = needing.iter().map(Vec::len).collect();
            assert_eq!(counts.len(), answer.scopes.len());
            for (scope, count) in answer.scopes.iter().zip(counts) {
                let asks = |&action: &ActionIndex| catalog.asks_for(action, scope, mode);
                assert_eq!(count, selection.iter().filter(asks).count());
                assert!(count > 0, "it would not be in the answer");
            }
        }
    }

    #[test]
    fn in_the_least_mode_one_tick_can_add_one_scope_and_drop_another() {
        let catalog = Catalog::pipedrive();
        let find = |id: &str| catalog.find(id).expect(id);
        let selection = [find("pipedrive_list_deals")].into_iter().collect();
        let answer = Answer::in_mode(&catalog, &selection, Mode::Least);
        let consequence = catalog.consequence(find("pipedrive_add_deal"), &selection, &answer);
        let Difference { add, remove } = consequence.expect("quickly found");
        assert_eq!(catalog.names(&add), ["deals:full"]);
        assert_eq!(catalog.names(&remove), ["deals:read"]);
    }

    #[test]
    fn each_mode_says_which_of_the_scopes_an_action_uses() {
        let catalog = Catalog::pipedrive();
        let all: ScopeSet = catalog.all_scopes().collect();
        let used = |id: &str, mode| {
            let action = catalog.find(&format!("pipedrive_{id}")).expect(id);
            catalog.names(&catalog.used(action, &all, mode)).join(" ")
        };
        assert_eq!(used("add_deal_field", Mode::Guide), "deals:full");
        assert_eq!(used("add_deal_field", Mode::Least), "admin deal-fields:full");
        assert_eq!(used("get_current_user", Mode::Guide), "users:read");
        assert_eq!(used("get_current_user", Mode::Least), "");
    }
}
