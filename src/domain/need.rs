use std::collections::BTreeSet;

use super::clauses::superfluous;
use super::{
    ActionIndex, Answer, Budget, Catalog, Difference, Least, Mode, Requirement, ScopeIndex,
    ScopeSet, Selection,
};

impl Answer {
    /// The scopes of this answer that an action needs: the guide's or, with least privilege, those that authorise
    /// it and let the app do the least. None of them can go.
    pub fn needs(&self, catalog: &Catalog, action: ActionIndex) -> ScopeSet {
        let requirement = match self.mode {
            Mode::Guide => Requirement::Guide(catalog.action(action).scopes()),
            Mode::Least => catalog.requirement(action),
        };
        match requirement {
            Requirement::EachOf(clauses) => {
                let Some(reference) = catalog.reference() else { return ScopeSet::new() };
                let always = &reference.always_granted;
                let asked = clauses.iter().filter(|clause| !clause.intersects(always));
                self.least_of(&Vec::from_iter(asked))
            }
            // A description names scopes of such an action too, and the answer has none of them for it.
            Requirement::Guide(scopes) if !catalog.is_described() => {
                scopes.iter().copied().filter(|&scope| self.scopes.contains(scope)).collect()
            }
            Requirement::Guide(_) | Requirement::Nothing | Requirement::Impossible => {
                ScopeSet::new()
            }
        }
    }

    /// Of each clause the scope that lets the app do the least, without those that another one of them makes
    /// superfluous.
    fn least_of(&self, clauses: &[&ScopeSet]) -> ScopeSet {
        let rank = |scope: ScopeIndex| self.ranks.get(scope.position()).copied().flatten();
        let least_of = |clause: &&ScopeSet| {
            clause.iter().filter_map(|scope| Some((rank(scope)?, scope))).min()
        };
        let least: BTreeSet<_> = clauses.iter().filter_map(least_of).collect();
        let least = || least.iter().map(|&(_, scope)| scope);
        // Of two, the one that lets the app do more is superfluous.
        let chosen: ScopeSet = least().collect();
        chosen.difference(&superfluous(clauses, &chosen, least().rev()))
    }

    /// The selected actions that need each scope, in the order of the scopes.
    pub fn needing(&self, catalog: &Catalog, selection: &Selection) -> Vec<Vec<ActionIndex>> {
        let mut needing: Vec<Vec<_>> = vec![Vec::new(); catalog.all_scopes().count()];
        for action in selection.iter() {
            for scope in self.needs(catalog, action).iter() {
                needing[scope.position()].push(action);
            }
        }
        self.scopes.iter().map(|scope| std::mem::take(&mut needing[scope.position()])).collect()
    }
}

impl Catalog {
    /// The guide's scopes for the selected actions.
    pub fn guide_scopes(&self, selection: &Selection) -> ScopeSet {
        selection.iter().flat_map(|action| self.action(action).scopes()).copied().collect()
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
    fn each_scope_has_the_actions_that_need_it() {
        let catalog = Catalog::pipedrive();
        let selection: Selection = catalog.indices().step_by(2).collect();
        for mode in [Mode::Guide, Mode::Least] {
            let answer = Answer::in_mode(&catalog, &selection, mode);
            let needing = answer.needing(&catalog, &selection);
            assert_eq!(needing.len(), answer.scopes.len());
            for (scope, actions) in answer.scopes.iter().zip(needing) {
                let needs = |&action: &ActionIndex| answer.needs(&catalog, action).contains(scope);
                assert_eq!(actions, selection.iter().filter(needs).collect::<Vec<_>>());
                assert!(!actions.is_empty(), "it would not be in the answer");
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
    fn an_action_needs_no_scope_that_others_are_there_for() {
        let catalog = Catalog::pipedrive();
        let find = |id: &&str| catalog.find(&format!("pipedrive_{id}")).expect(id);
        let ids = ["list_pipelines", "add_pipeline", "list_deals", "get_current_user"];
        let selection: Selection = ids.iter().map(find).collect();
        let needs = |mode, id: &str| {
            let answer = Answer::in_mode(&catalog, &selection, mode);
            catalog.names(&answer.needs(&catalog, find(&id))).join(" ")
        };
        assert_eq!(needs(Mode::Guide, "add_pipeline"), "deals:full");
        assert_eq!(needs(Mode::Least, "add_pipeline"), "admin");
        assert_eq!(needs(Mode::Least, "list_pipelines"), "deals:read", "though it accepts admin");
        assert_eq!(needs(Mode::Guide, "get_current_user"), "users:read");
        assert_eq!(needs(Mode::Least, "get_current_user"), "");
    }

    #[test]
    fn a_scope_that_is_enough_alone_makes_those_for_parts_superfluous() {
        let catalog = Catalog::parse(
            r#"{"connector": {"name": "T"}, "scopes": ["admin", "extra", "read", "write"], "actions": [
                {"id": "a", "label": "A", "scopes": ["admin"]},
                {"id": "c", "label": "C", "scopes": ["admin"]},
                {"id": "d", "label": "D", "scopes": ["admin"]},
                {"id": "r", "label": "R", "scopes": ["read"]}],
            "reference": {"source": "s", "calls": [], "requires": [
                {"action": "a", "clauses": [["admin"]]},
                {"action": "c", "clauses": [["admin", "read"], ["admin", "write"]]},
                {"action": "d", "clauses": [["admin", "read"], ["extra", "read"], ["admin", "extra"]]},
                {"action": "r", "clauses": [["read"]]}]}}"#,
        );
        let catalog = catalog.expect("it keeps the rules");
        let needs = |ids: &[&str], id: &str| {
            let selection = ids.iter().map(|id| catalog.find(id).expect(id)).collect();
            let answer = Answer::in_mode(&catalog, &selection, Mode::Least);
            catalog.names(&answer.needs(&catalog, catalog.find(id).expect(id))).join(" ")
        };
        assert_eq!(needs(&["a", "c", "r"], "c"), "admin", "`read` is there for others");
        assert_eq!(needs(&["c", "r"], "c"), "read write");
        assert_eq!(needs(&["a", "d", "r"], "d"), "admin read");
    }

    /// The answer has no scope for it, whatever else is selected.
    #[test]
    fn a_described_action_of_which_nothing_is_known_needs_nothing_that_is_named() {
        let catalog = Catalog::parse(
            r#"{"connector": {"name": "T"}, "scopes": ["c"],
            "actions": [{"id": "u", "label": "U", "scopes": ["c"]},
                        {"id": "r", "label": "R", "scopes": ["c"]}],
            "reference": {"source": "s", "calls": [], "requires": [{"action": "r", "clauses": [["c"]]}]}}"#,
        );
        let catalog = catalog.expect("it keeps the rules");
        let selection: Selection = catalog.indices().collect();
        let answer = Answer::in_mode(&catalog, &selection, Mode::Least);
        assert_eq!(answer.needing(&catalog, &selection), [[catalog.find("r").expect("r")]]);
    }
}
