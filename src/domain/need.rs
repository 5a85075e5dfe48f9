use super::{ActionIndex, Catalog, Mode, Requirement, ScopeIndex, ScopeSet, Selection};

/// What toggling one action would do to the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Ticking it brings these scopes; none when the selection covers it already.
    Adds(Vec<ScopeIndex>),
    /// Unticking it takes these scopes away; none when other ticked actions need them too.
    Drops(Vec<ScopeIndex>),
}

impl Catalog {
    /// The ticked actions that need `scope`, in catalog order.
    pub fn needing<'a>(
        &'a self,
        scope: ScopeIndex,
        selection: &'a Selection,
    ) -> impl Iterator<Item = ActionIndex> + 'a {
        selection.iter().filter(move |&action| self.action(action).scopes().contains(&scope))
    }

    /// Which of `scopes` an action uses: those that the guide says it needs, or those that the API
    /// accepts for it. None in the least mode where every app may carry it out.
    pub fn used(&self, action: ActionIndex, scopes: &ScopeSet, mode: Mode) -> ScopeSet {
        let guide = || self.action(action).scopes().iter().copied().collect();
        let asked: ScopeSet = match mode {
            Mode::Guide => guide(),
            Mode::Least => match self.requirement(action) {
                Requirement::Nothing => ScopeSet::new(),
                Requirement::OneOf(asked)
                | Requirement::Disputed(asked)
                | Requirement::Guide(asked) => asked,
            },
        };
        asked.common(scopes)
    }

    pub fn change(&self, action: ActionIndex, selection: &Selection) -> Change {
        let ticked = selection.contains(action);
        let by_others =
            |scope: &ScopeIndex| self.needing(*scope, selection).any(|needing| needing != action);
        let scopes = self.action(action).scopes().iter().copied();
        let affected = scopes.filter(|scope| !by_others(scope)).collect();
        if ticked { Change::Drops(affected) } else { Change::Adds(affected) }
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
        let read = catalog.action(list).scopes().to_vec();

        let mut selection = Selection::new();
        assert_eq!(catalog.change(list, &selection), Change::Adds(read.clone()));
        selection.insert(list);
        assert_eq!(catalog.change(list, &selection), Change::Drops(read));
        assert_eq!(catalog.change(get, &selection), Change::Adds(vec![]));
        selection.insert(get);
        assert_eq!(catalog.change(list, &selection), Change::Drops(vec![]));
    }
}
