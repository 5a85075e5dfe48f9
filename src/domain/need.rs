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
        let requirement = match mode {
            Mode::Guide => Requirement::Guide(self.action(action).scopes()),
            Mode::Least => self.requirement(action),
        };
        match requirement {
            Requirement::Nothing => ScopeSet::new(),
            Requirement::OneOf(asked) | Requirement::Disputed(asked) => asked.common(scopes),
            Requirement::Guide(asked) => {
                asked.iter().copied().filter(|&scope| scopes.contains(scope)).collect()
            }
        }
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
