use super::nearest::nearest_of;
use super::{ActionIndex, Catalog, ScopeIndex};

/// Something that can be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Action(ActionIndex),
    Scope(ScopeIndex),
}

/// A name that neither an action nor a scope of the catalog has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownSubject {
    pub name: String,
    /// The ids and scopes most like it, the likest first, three at most.
    pub nearest: Vec<String>,
}

impl Catalog {
    /// The action or, where none has that id, the scope of this name.
    pub fn subject(&self, name: &str) -> Result<Subject, UnknownSubject> {
        let action = self.find(name).map(Subject::Action);
        let scope = || self.find_scope(name).map(Subject::Scope);
        action.or_else(scope).ok_or_else(|| {
            let ids = self.indices().map(|index| self.action(index).id());
            let names = ids.chain(self.scopes().iter().map(String::as_str));
            UnknownSubject { name: name.to_owned(), nearest: nearest_of(self, name, names) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_an_action_a_scope_or_near_one() {
        let catalog = Catalog::pipedrive();
        let action = catalog.find("pipedrive_add_deal").map(Subject::Action);
        assert_eq!(catalog.subject("pipedrive_add_deal").ok(), action);
        let scope = catalog.find_scope("admin").map(Subject::Scope);
        assert_eq!(catalog.subject("admin").ok(), scope);
        for (slip, meant) in [("deal:read", "deals:read"), ("add_deal", "pipedrive_add_deal")] {
            let unknown = catalog.subject(slip).expect_err(slip);
            assert_eq!(unknown.nearest[0], meant);
        }
    }
}
