use indexmap::IndexSet;
use wildmatch::WildMatch;

use super::{ActionIndex, Catalog, ScopeIndex, UnknownName};

/// Something that can be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    Action(ActionIndex),
    Scope(ScopeIndex),
}

impl Catalog {
    /// Resolves `names`, each subject once: the action with this id and the scope with this name; if
    /// there is neither and the name has a wildcard, every scope and every action that it matches.
    ///
    /// # Errors
    /// One stands for nothing; the names most like it come along.
    pub fn subjects<'a>(
        &self,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<Vec<Subject>, UnknownName> {
        let scopes = self.scope_indices();
        let mut subjects = IndexSet::new();
        for name in names {
            let action = self.find(name).map(Subject::Action);
            let scope = scopes.get(name).copied().map(Subject::Scope);
            match (action, scope) {
                (None, None) => subjects.extend(self.matching(name)?),
                exact => subjects.extend(exact.0.into_iter().chain(exact.1)),
            }
        }
        Ok(subjects.into_iter().collect())
    }

    fn matching(&self, name: &str) -> Result<Vec<Subject>, UnknownName> {
        if name.contains(['*', '?']) {
            let pattern = WildMatch::new(name);
            let matching = self.all_subjects().filter(|(_, name)| pattern.matches(name));
            let matching: Vec<_> = matching.map(|(subject, _)| subject).collect();
            if !matching.is_empty() {
                return Ok(matching);
            }
        }
        let names = self.all_subjects().map(|(_, name)| name);
        Err(UnknownName::of(&["scope or action", "a scope or an action"], self, name, names))
    }

    fn all_subjects(&self) -> impl Iterator<Item = (Subject, &str)> {
        let scopes = self.all_scopes().map(|scope| (Subject::Scope(scope), self.scope(scope)));
        let actions = self.indices();
        scopes.chain(actions.map(|index| (Subject::Action(index), self.action(index).id())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_secret_is_not_repeated() {
        let catalog = Catalog::pipedrive();
        for word in ["CLIENT_SECRET=abc123", "ghp_16C7e42F292c6912E7710c838347Ae178B4a"] {
            let words = catalog.subjects([word]).expect_err(word).to_string();
            assert!(words.contains(" characters is not a scope or an action"), "{words}");
        }
    }

    #[test]
    fn a_name_of_both_an_action_and_a_scope_means_both() {
        let text = r#"[{"id": "read", "label": "Read", "scopes": ["read"]}]"#;
        let catalog = Catalog::parse(text).expect("it keeps the rules");
        assert_eq!(catalog.subjects(["read"]).map(|both| both.len()), Ok(2));
    }

    #[test]
    fn a_name_is_an_action_a_scope_or_near_one() {
        let catalog = Catalog::pipedrive();
        let action = catalog.find("pipedrive_add_deal").map(Subject::Action);
        assert_eq!(
            catalog.subjects(["pipedrive_add_deal"]).ok(),
            action.map(|action| vec![action])
        );
        let scope = catalog.find_scope("admin").map(Subject::Scope);
        assert_eq!(catalog.subjects(["admin"]).ok(), scope.map(|scope| vec![scope]));
        let base = catalog.find_scope("base").map(Subject::Scope);
        assert_eq!(catalog.subjects(["base"]).ok(), base.map(|scope| vec![scope]));
        assert_eq!(catalog.subjects(["*"]).map(|all| all.len()), Ok(19 + 11 + 121));
        assert_eq!(catalog.subjects(["admin", "*", "*"]).map(|all| all.len()), Ok(19 + 11 + 121));
        assert_eq!(catalog.subjects(["*s:full"]).map(|all| all.len()), Ok(12));
        for (slip, meant) in [("deal:read", "deals:read"), ("add_deal", "pipedrive_add_deal")] {
            let unknown = catalog.subjects([slip]).expect_err(slip);
            assert_eq!(unknown.nearest[0], meant);
        }
    }
}
