use std::collections::BTreeSet;

use serde::Deserialize;

use super::input::{LONGEST_NAME, decode, is_json, parse_json};
use super::{Action, Catalog, InputError, ScopeIndex, ScopeSet};

/// Scopes that were given from outside: what an app has, or an answer of another day.
///
/// It may hold scopes that the catalog does not have. They are kept, because an app may well have
/// a scope that no action needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeList {
    known: ScopeSet,
    /// In alphabetical order, because the catalog gives them none.
    foreign: BTreeSet<String>,
}

/// What leads from one list of scopes to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeDifference {
    /// Only the new list has these.
    pub add: ScopeList,
    /// Only the old list has these.
    pub drop: ScopeList,
    /// Both have these.
    pub keep: ScopeList,
}

#[derive(Deserialize)]
struct Document {
    scopes: Vec<String>,
}

impl ScopeList {
    /// Reads scopes that are separated by any of the separators or by white space, or JSON: a
    /// document of ours, whose `scopes` are read, or an array of scopes. No scope is a valid list.
    pub fn parse(catalog: &Catalog, bytes: &[u8]) -> Result<Self, InputError> {
        let text = decode(bytes)?;
        if is_json(text) {
            let texts: Vec<String> = if text.trim_start().starts_with('{') {
                parse_json::<Document>(text)?.scopes
            } else {
                parse_json(text)?
            };
            return Ok(Self::of(catalog, texts.iter().flat_map(|text| names(text))));
        }
        for (position, line) in text.split('\n').enumerate() {
            if let Some(name) = names(line).find(|name| name.len() > LONGEST_NAME) {
                return Err(InputError::TooLong { line: position + 1, bytes: name.len() });
            }
        }
        Ok(Self::of(catalog, names(text)))
    }

    pub fn of<'a>(catalog: &Catalog, names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut list = Self::default();
        for name in names {
            match catalog.find_scope(name) {
                Some(scope) => list.known.insert(scope),
                None => {
                    list.foreign.insert(name.to_owned());
                }
            }
        }
        list
    }

    /// The scopes that the catalog has too.
    pub fn known(&self) -> &ScopeSet {
        &self.known
    }

    /// The scopes that the catalog does not have.
    pub fn foreign(&self) -> impl Iterator<Item = &str> {
        self.foreign.iter().map(String::as_str)
    }

    /// All names: first those of the catalog, in its order, then the others in alphabetical order.
    pub fn names<'a>(&'a self, catalog: &'a Catalog) -> impl Iterator<Item = &'a str> {
        let known = self.known.iter().map(|scope| catalog.scope(scope));
        known.chain(self.foreign())
    }

    pub fn is_empty(&self) -> bool {
        self.known.is_empty() && self.foreign.is_empty()
    }

    /// The scopes that `action` needs, going by the guide, and that are not in this list.
    pub fn missing<'a>(&'a self, action: Action<'a>) -> impl Iterator<Item = ScopeIndex> + 'a {
        let scopes = action.scopes().iter().copied();
        scopes.filter(|&scope| !self.known.contains(scope))
    }

    /// What leads from this list to `new`.
    pub fn difference(&self, new: &Self) -> ScopeDifference {
        ScopeDifference {
            add: new.filtered(|known| !self.known.contains(known), |f| !self.foreign.contains(f)),
            drop: self.filtered(|known| !new.known.contains(known), |f| !new.foreign.contains(f)),
            keep: self.filtered(|known| new.known.contains(known), |f| new.foreign.contains(f)),
        }
    }

    fn filtered(&self, known: impl Fn(ScopeIndex) -> bool, foreign: impl Fn(&str) -> bool) -> Self {
        Self {
            known: self.known.iter().filter(|&scope| known(scope)).collect(),
            foreign: self.foreign.iter().filter(|name| foreign(name)).cloned().collect(),
        }
    }
}

impl ScopeDifference {
    pub fn is_empty(&self) -> bool {
        self.add.is_empty() && self.drop.is_empty()
    }
}

impl Catalog {
    pub fn find_scope(&self, name: &str) -> Option<ScopeIndex> {
        let position = self.scopes().iter().position(|scope| scope == name)?;
        Some(super::Index::from_position(position))
    }
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '\0');
    text.split(ends).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> ScopeList {
        ScopeList::parse(&Catalog::pipedrive(), text.as_bytes()).expect(text)
    }

    fn names_of(list: &ScopeList) -> Vec<String> {
        let catalog = Catalog::pipedrive();
        list.names(&catalog).map(str::to_owned).collect()
    }

    #[test]
    fn scopes_are_read_in_every_form_in_which_they_are_written() {
        for text in [
            "deals:read admin base",
            "base,admin,,deals:read,admin",
            "admin; base; deals:read\r\n",
            "admin|base|deals:read",
            "\u{feff}admin\n\nbase\ndeals:read\n",
            r#"["base", "admin", "deals:read", "base"]"#,
            r#"["base admin", "deals:read"]"#,
            r#"{"actions": [], "scopes": ["admin", "deals:read", "base"]}"#,
        ] {
            assert_eq!(names_of(&list(text)), ["deals:read", "admin", "base"], "{text}");
        }
        assert!(list(" \n").is_empty());
    }

    #[test]
    fn a_difference_adds_drops_and_keeps_also_what_the_catalog_does_not_have() {
        let difference = list("base mail:read admin").difference(&list("admin deals:read base x"));
        assert_eq!(names_of(&difference.add), ["deals:read", "x"]);
        assert_eq!(names_of(&difference.drop), ["mail:read"]);
        assert_eq!(names_of(&difference.keep), ["admin", "base"]);
        assert!(!difference.is_empty());
        assert!(list("x admin").difference(&list("admin x")).is_empty());
    }

    #[test]
    fn an_action_lacks_what_was_not_given() {
        let catalog = Catalog::pipedrive();
        let add = catalog.find("pipedrive_add_deal").expect("it is an action");
        let lacks = |text| {
            let given = list(text);
            let missing = given.missing(catalog.action(add));
            missing.map(|s| catalog.scope(s).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(lacks("deals:read"), ["deals:full"]);
        assert_eq!(lacks("deals:full"), [""; 0]);
    }

    #[test]
    fn what_is_no_list_is_refused() {
        let catalog = Catalog::pipedrive();
        let refused = |bytes: &[u8]| ScopeList::parse(&catalog, bytes).expect_err("no list");
        assert_eq!(refused(b"a \xff"), InputError::NotUtf8 { line: 1, column: 3 });
        assert!(matches!(refused(b"{}"), InputError::Malformed { .. }));
        assert_eq!(refused(&[b'x'; 2_000]), InputError::TooLong { line: 1, bytes: 2_000 });
    }
}
