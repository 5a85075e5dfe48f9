use super::{ActionIndex, Catalog, ScopeIndex, Selection};

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
