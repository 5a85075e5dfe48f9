use std::collections::HashSet;

use super::{ActionIndex, Catalog, ScopeSet, Selection, Verdict};

/// The scopes that an app has today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Granted {
    scopes: ScopeSet,
    unknown: Vec<String>,
}

/// What leads from the granted scopes to the wanted ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Wanted and not granted.
    pub add: ScopeSet,
    /// Granted and not wanted. What every app has anyway is not in here.
    pub remove: ScopeSet,
}

/// Whether an action works with some scopes, as far as can be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// The API accepts them; where it is not known what the API accepts, they are all that the
    /// guide asks for.
    Covered,
    /// Some version or source of the reference accepts them.
    Uncertain,
    Missing,
}

impl Granted {
    /// Reads scopes with any of the five separators between them, or several.
    pub fn parse(catalog: &Catalog, text: &str) -> Self {
        let indices = catalog.scope_indices();
        let mut granted = Self::default();
        let mut strange = HashSet::new();
        let separated = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|');
        for name in text.split(separated).filter(|name| !name.is_empty()) {
            match indices.get(name) {
                Some(&scope) => granted.scopes.insert(scope),
                None if strange.insert(name) => granted.unknown.push(name.to_owned()),
                None => {}
            }
        }
        granted
    }

    pub fn scopes(&self) -> &ScopeSet {
        &self.scopes
    }

    /// Names that neither the catalog nor its reference knows, once each, as they were given. No
    /// action of the catalog needs them.
    pub fn unknown(&self) -> &[String] {
        &self.unknown
    }

    /// What [`parse`](Self::parse) reads as the same scopes.
    pub fn text(&self, catalog: &Catalog) -> String {
        let known = catalog.names(&self.scopes).into_iter();
        known.chain(self.unknown.iter().map(String::as_str)).collect::<Vec<_>>().join(" ")
    }

    pub fn difference(&self, catalog: &Catalog, wanted: &ScopeSet) -> Difference {
        let idle = self.scopes.without(wanted);
        Difference {
            add: wanted.without(&self.scopes),
            remove: idle.iter().filter(|&scope| !catalog.is_always_granted(scope)).collect(),
        }
    }
}

impl Catalog {
    pub fn coverage(&self, action: ActionIndex, scopes: &ScopeSet) -> Coverage {
        match self.verdict(action, scopes) {
            Verdict::Accepted => Coverage::Covered,
            Verdict::Uncertain => Coverage::Uncertain,
            Verdict::Refused => Coverage::Missing,
            Verdict::Unknown => {
                let mut asked = self.action(action).scopes().iter();
                if asked.all(|&scope| scopes.contains(scope)) {
                    Coverage::Covered
                } else {
                    Coverage::Missing
                }
            }
        }
    }

    /// The actions that need no scope beyond these.
    pub fn covered(&self, scopes: &ScopeSet) -> Selection {
        self.indices()
            .filter(|&action| self.coverage(action, scopes) == Coverage::Covered)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Answer, Mode, Separator};

    fn select(catalog: &Catalog, ids: &[&str]) -> Selection {
        let find = |id: &&str| catalog.find(&format!("pipedrive_{id}")).expect(id);
        ids.iter().map(find).collect()
    }

    #[test]
    fn scopes_are_read_with_any_separator_and_strange_ones_are_kept_apart() {
        let catalog = Catalog::pipedrive();
        let granted = Granted::parse(
            &catalog,
            " deals:full, base;odd|admin\nodd\tdeal-fields:full deals:full",
        );
        assert_eq!(
            catalog.names(granted.scopes()),
            ["deals:full", "admin", "base", "deal-fields:full"]
        );
        assert_eq!(granted.unknown(), ["odd"]);
        assert_eq!(Granted::parse(&catalog, " ,\n"), Granted::default());
    }

    #[test]
    fn what_to_add_and_what_can_go_leads_exactly_to_the_answer() {
        let catalog = Catalog::pipedrive();
        let selection = select(&catalog, &["list_deals", "add_pipeline"]);
        let granted = Granted::parse(&catalog, "base deals:full contacts:read");
        let in_mode = |mode| {
            let answer = Answer::in_mode(&catalog, &selection, Separator::Space, mode);
            let difference = granted.difference(&catalog, answer.scopes());
            let owned = |set| catalog.names(set).join(" ");
            (owned(&difference.add), owned(&difference.remove))
        };
        assert_eq!(in_mode(Mode::Guide), ("deals:read".into(), "contacts:read".into()));
        assert_eq!(
            in_mode(Mode::Least),
            ("deals:read admin".into(), "deals:full contacts:read".into())
        );
    }

    #[test]
    fn an_action_works_now_when_the_api_accepts_what_is_granted() {
        let catalog = Catalog::pipedrive();
        let granted = Granted::parse(&catalog, "deals:full");
        let coverage = |id| {
            let action = catalog.find(&format!("pipedrive_{id}")).expect(id);
            catalog.coverage(action, granted.scopes())
        };
        assert_eq!(coverage("list_deals"), Coverage::Covered);
        assert_eq!(coverage("get_current_user"), Coverage::Covered);
        assert_eq!(coverage("update_deal_field"), Coverage::Uncertain);
        assert_eq!(coverage("add_pipeline"), Coverage::Missing);
    }

    #[test]
    fn without_a_reference_the_guide_says_what_works() {
        let catalog = Catalog::parse(include_str!("../../assets/catalog.json")).expect("valid");
        let read = Granted::parse(&catalog, "deals:read");
        let full = Granted::parse(&catalog, "deals:full");
        let action = catalog.find("pipedrive_list_deals").expect("known");
        assert_eq!(catalog.coverage(action, read.scopes()), Coverage::Covered);
        assert_eq!(catalog.coverage(action, full.scopes()), Coverage::Missing);
    }

    #[test]
    fn nothing_granted_covers_only_what_every_app_may_do() {
        let catalog = Catalog::pipedrive();
        let free = catalog.covered(&ScopeSet::new());
        assert_eq!(free, select(&catalog, &["get_current_user"]));
    }
}
