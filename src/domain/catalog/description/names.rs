use indexmap::IndexMap;

use crate::domain::catalog::CatalogNote;
use crate::domain::catalog::token::check_token;

/// The names of scopes, each once, in the order in which they came.
#[derive(Debug, Default)]
pub struct Names {
    /// Each with what the description says of it; empty if nothing.
    names: IndexMap<String, String>,
    /// How many of them are declared. They come before those that only operations name.
    pub declared: usize,
}

impl Names {
    /// The place of a name, which is its own from now on.
    pub fn place(&mut self, name: &str) -> usize {
        let known = self.names.get_index_of(name);
        known.unwrap_or_else(|| self.names.insert_full(name.to_owned(), String::new()).0)
    }

    /// A declared scope. The first description counts, and a name that nothing could ask for is only a
    /// problem where an operation needs it.
    pub fn declare(&mut self, name: &str, description: Option<&String>) {
        if check_token(name, String::new).is_ok() {
            let place = self.place(name);
            let words = &mut self.names[place];
            if words.is_empty() {
                *words = description.map_or("", |text| text.trim()).to_owned();
            }
            self.declared = self.names.len();
        }
    }

    pub fn find(&self, name: &str) -> Option<usize> {
        self.names.get_index_of(name)
    }

    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn name(&self, place: usize) -> &str {
        self.names.get_index(place).map_or("", |(name, _)| name)
    }

    /// The note of a scope that operations need and nothing declares.
    pub fn undeclared(&self, place: usize) -> CatalogNote {
        CatalogNote::UndeclaredScope { scope: self.name(place).to_owned() }
    }

    /// Each name with what the description says of it.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().map(|(name, words)| (&**name, &**words))
    }
}
