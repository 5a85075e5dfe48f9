//! The one reader of "the scopes that an app has".
//!
//! It detects the form of a text first, then reads that form strictly. A text that does not
//! certainly state granted scopes is an error: a wrong scope here makes `check` say *covered*.

mod error;
mod form;
mod guide_page;
mod key;
mod lines;
mod node;
mod statement;
mod table;
#[cfg(test)]
mod tests;
mod url;
mod variables;
mod words;

use super::input::decode;
use super::{Catalog, ScopeList};

pub use error::{GrantedError, GrantedFault, Where};
pub use form::Form;
use words::Lexicon;

/// Granted scopes, and the form in which they were stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    pub scopes: ScopeList,
    pub form: Form,
}

impl Granted {
    /// Reads what an app has from a text of any form in [`Form`].
    ///
    /// A blank text grants nothing. Scopes that the catalog does not know are kept only in forms
    /// that machines write (JSON and URLs), since providers add scopes.
    ///
    /// # Errors
    /// The text has no form that states granted scopes, or a word in it is not surely a scope. The
    /// error repeats no more of the text than [`GrantedFault`] says.
    pub fn read(catalog: &Catalog, bytes: &[u8]) -> Result<Self, GrantedError> {
        let text = decode(bytes)?;
        let text = text.as_ref();
        let lexicon = Lexicon::of(catalog);
        // The catalog's scopes decide first: some look like URLs, or like anything else.
        let list = lines::read(&lexicon, text);
        if text.trim().is_empty() {
            return Ok(Self { scopes: ScopeList::default(), form: Form::List });
        }
        let (names, form) = match (list, form::detect(&lexicon, text)) {
            (Ok(names), _) => (names, Form::List),
            (Err(error), form::Shape::List) => return Err(error),
            (_, form::Shape::Json) => statement::of_json(&lexicon, text)?,
            (_, form::Shape::Yaml) => statement::of_yaml(&lexicon, text)?,
            (_, form::Shape::Url) => url::read(&lexicon, text)?,
            (_, form::Shape::Query) => url::of_query(&lexicon, text)?,
            (_, form::Shape::Variables) => variables::read(&lexicon, text)?,
            (_, form::Shape::Table) => table::read(&lexicon, text)?,
            (_, form::Shape::GuidePage) => guide_page::read(&lexicon, text)?,
        };
        Ok(Self { scopes: ScopeList::of(catalog, names.iter().map(String::as_str)), form })
    }
}
