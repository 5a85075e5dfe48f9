use std::collections::{BTreeSet, HashMap};

use super::cut::{WIDEST, cut};
use super::{Catalog, Power, ScopeIndex, ScopeSet, and_more, sanitize};

/// The most unknown names that are repeated.
const NAMED: usize = 20;

/// Scopes that somebody named: what an app has today, or an answer of another day.
///
/// It may hold names that nobody knows. They are kept, because an app may well have a scope that
/// no action needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeList {
    /// The scopes that the catalog or its reference knows.
    pub scopes: ScopeSet,
    /// Names that neither the catalog nor its reference knows. No action of the catalog needs them.
    pub unknown: BTreeSet<String>,
}

/// The difference between two sets of scopes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference<Scopes = ScopeSet> {
    /// Wanted, and not there.
    pub add: Scopes,
    /// There, and not wanted.
    pub remove: Scopes,
}

impl Difference {
    /// The headings of the difference between the guide's scopes and those of least privilege.
    pub const ADDED_TO_GUIDE: &str = "Added to the guide's scopes:";
    pub const REMOVED_FROM_GUIDE: &str = "Removed from the guide's scopes:";

    pub fn between(old: &ScopeSet, new: &ScopeSet) -> Self {
        Self { add: new.difference(old), remove: old.difference(new) }
    }
}

impl ScopeList {
    /// The scopes of these names, of which `known` tells those that the catalog knows. The others
    /// are kept apart.
    pub(super) fn of<'a>(
        known: &HashMap<&str, ScopeIndex>,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let (mut scopes, mut unknown) = (Vec::new(), BTreeSet::new());
        for name in names {
            match known.get(name) {
                Some(&scope) => scopes.push(scope),
                None => {
                    unknown.insert(name.to_owned());
                }
            }
        }
        Self { scopes: scopes.into_iter().collect(), unknown }
    }

    /// A sentence about unknown names, which are more likely typos than scopes of the app. It
    /// repeats the first of them, and shortens names that are too long to read. `None` if there are
    /// none.
    pub fn unknown_words(&self) -> Option<String> {
        let kind = match self.unknown.len() {
            0 => return None,
            1 => "scope",
            _ => "scopes",
        };
        let named = self.unknown.iter().take(NAMED).map(|name| cut(name, WIDEST));
        let mut names = sanitize(&named.collect::<Vec<_>>().join(", ")).into_owned();
        names += &and_more(self.unknown.len().saturating_sub(NAMED));
        Some(format!("Unknown {kind}: {names}. Check the spelling."))
    }

    /// All names: first those that are known, in catalog order, then the others.
    pub fn names<'a>(&'a self, catalog: &'a Catalog) -> impl Iterator<Item = &'a str> {
        let known = self.scopes.iter().map(|scope| catalog.scope(scope));
        known.chain(self.unknown.iter().map(String::as_str))
    }

    /// The names, separated by spaces.
    pub fn text(&self, catalog: &Catalog) -> String {
        self.names(catalog).collect::<Vec<_>>().join(" ")
    }

    pub fn is_empty(&self) -> bool {
        self.scopes.is_empty() && self.unknown.is_empty()
    }

    /// The difference between this list and the scopes of an answer. Unknown names are in
    /// neither part: whether they can go is not known.
    pub fn difference(&self, catalog: &Catalog, wanted: &ScopeSet) -> Difference {
        Difference {
            add: asked_for(catalog, wanted.difference(&self.scopes)),
            remove: asked_for(catalog, self.scopes.difference(wanted)),
        }
    }

    /// The difference between this list and `new`, including unknown names.
    pub fn changes(&self, catalog: &Catalog, new: &Self) -> Difference<Self> {
        let Difference { add, remove } = self.difference(catalog, &new.scopes);
        Difference {
            add: Self { scopes: add, unknown: &new.unknown - &self.unknown },
            remove: Self { scopes: remove, unknown: &self.unknown - &new.unknown },
        }
    }

    /// Returns the entries that are in both lists.
    pub fn intersection(&self, other: &Self) -> Self {
        Self {
            scopes: self.scopes.intersection(&other.scopes),
            unknown: &self.unknown & &other.unknown,
        }
    }
}

#[cfg(test)]
impl ScopeList {
    pub(crate) fn parse(catalog: &Catalog, text: &str) -> Self {
        Self::of(&catalog.scope_indices(), text.split_whitespace())
    }
}

impl Difference<ScopeList> {
    /// The power of the old and of the new scopes, if both keep `keep`. `None` without a reference.
    pub fn power(&self, catalog: &Catalog, keep: &ScopeList) -> Option<(Power, Power)> {
        let power = |own: &ScopeList| catalog.power(&keep.scopes.union(&own.scopes));
        Some((power(&self.remove)?, power(&self.add)?))
    }

    pub fn is_empty(&self) -> bool {
        self.add.is_empty() && self.remove.is_empty()
    }
}

impl Catalog {
    /// The scope of this name, of the form or known only to the reference.
    pub fn find_scope(&self, name: &str) -> Option<ScopeIndex> {
        self.all_scopes().find(|&scope| self.scope(scope) == name)
    }
}

/// Without those that every app has, which nobody can ask for or give back.
fn asked_for(catalog: &Catalog, scopes: ScopeSet) -> ScopeSet {
    scopes.iter().filter(|&scope| !catalog.is_always_granted(scope)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Answer, Mode, Selection};

    fn list(text: &str) -> ScopeList {
        ScopeList::parse(&Catalog::pipedrive(), text)
    }

    fn text_of(list: &ScopeList) -> String {
        list.text(&Catalog::pipedrive())
    }

    #[test]
    fn changes_tell_what_to_add_and_what_can_go_also_of_names_that_nobody_knows() {
        let catalog = Catalog::pipedrive();
        let (old, new) = (list("base x mail:read admin"), list("admin deals:read y x"));
        let changes = old.changes(&catalog, &new);
        assert_eq!(text_of(&changes.add), "deals:read y");
        assert_eq!(text_of(&changes.remove), "mail:read", "every app has base");
        assert_eq!(text_of(&old.intersection(&new)), "admin x");
        assert!(!changes.is_empty());
        for (from, to) in [("x", "x admin"), ("x admin", "x"), ("x", "x y"), ("x y", "x")] {
            assert!(!list(from).changes(&catalog, &list(to)).is_empty(), "{from} to {to}");
        }
        assert!(list("x admin").changes(&catalog, &list("admin base x")).is_empty());
    }

    #[test]
    fn what_to_add_and_what_can_go_leads_exactly_to_the_answer() {
        let catalog = Catalog::pipedrive();
        let find = |id: &str| catalog.find(id).expect(id);
        let selection: Selection =
            ["pipedrive_list_deals", "pipedrive_add_pipeline"].map(find).into_iter().collect();
        let granted = ScopeList::parse(&catalog, "base deals:full contacts:read");
        let in_mode = |mode| {
            let answer = Answer::in_mode(&catalog, &selection, mode);
            let Difference { add, remove } = granted.difference(&catalog, &answer.scopes);
            (catalog.names(&add).join(" "), catalog.names(&remove).join(" "))
        };
        assert_eq!(in_mode(Mode::Guide), ("deals:read".into(), "contacts:read".into()));
        assert_eq!(
            in_mode(Mode::Least),
            ("deals:read admin".into(), "deals:full contacts:read".into())
        );
    }
}
