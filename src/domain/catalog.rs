mod actions;
mod builder;
mod connector;
mod description;
mod difference;
mod document;
mod error;
mod form;
mod html;
mod json;
mod merge;
mod note;
mod page;
mod panels;
mod position;
mod read;
mod sections;
mod stackone;
#[cfg(test)]
mod tests;
mod token;

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::guide::Guide;
use super::{ActionIndex, LetterSet, Reference, ScopeIndex, ScopeSet, SetIndex};
use actions::Actions;

pub use connector::Connector;
pub use description::DescriptionOptions;
pub use difference::{ActionChange, CatalogDifference};
pub use error::{CatalogError, CatalogFault, UnreadableForm};
pub use merge::{Clash, MergeError, merge, shared_scopes};
pub use note::CatalogNote;
pub use position::Position;
pub use read::{Findings, ReadOptions};
pub use token::is_token;

pub(super) use connector::MICROSOFT_GRAPH;
pub(super) use document::{
    COMMENT, Language, Object, Pointer, Problems, Text, check_merges, is_comment, objects,
};
pub(super) use error::reason_without_place;
pub(super) use note::{listed_scopes, other_credentials};
pub(super) use position::offset_of;
pub(super) use token::check_token;

/// All that is known of one connector: its scopes in the order of the provider's form, and its
/// actions in the order of the guide. By default nothing of it is known yet.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    connector: Connector,
    page: Option<Page>,
    scopes: Vec<String>,
    /// What [`abbreviate`](Self::abbreviate) leaves out.
    pub(super) scope_prefix: OnceLock<String>,
    /// How many of the scopes stand in the form; the others come in the order of first need.
    form: usize,
    /// The distinct lists of scopes that actions need. Most actions share theirs with many others.
    sets: Vec<Vec<ScopeIndex>>,
    actions: Actions,
    guide: Option<Guide>,
    reference: Option<Reference>,
    /// Whether it was one page of several.
    has_more: bool,
}

/// The web page of the guide, and how a link to it carries a selection.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "a page, which is an object")]
pub struct Page {
    pub address: String,
    /// The name of the query parameter whose value is the list of action ids.
    pub parameter: String,
}

/// One thing that an integration can do, with the scopes that the guide says it needs. Looking at
/// it costs nothing; it is made when it is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Action<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) index: ActionIndex,
}

impl Catalog {
    /// The setup steps; `None` if the catalog has no guide.
    pub fn guide(&self) -> Option<&Guide> {
        self.guide.as_ref()
    }

    /// What the provider's own API accepts; `None` if that is not documented.
    pub fn reference(&self) -> Option<&Reference> {
        self.reference.as_ref()
    }

    pub fn connector(&self) -> &Connector {
        &self.connector
    }

    /// `None` if it is not known to which page a link would lead, or how it would carry a
    /// selection.
    pub fn page(&self) -> Option<&Page> {
        self.page.as_ref()
    }

    /// How many bytes all ids, labels and scopes have.
    pub fn text_bytes(&self) -> usize {
        self.actions.text_bytes() + self.scopes.iter().map(String::len).sum::<usize>()
    }

    /// How many actions there are.
    pub fn len(&self) -> usize {
        self.actions.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn indices(&self) -> impl Iterator<Item = ActionIndex> + use<> {
        (0..self.len()).map(ActionIndex::from_position)
    }

    /// The accessors of an [`Action`] panic with an index of another catalog, which is a mistake
    /// in the program.
    pub fn action(&self, index: ActionIndex) -> Action<'_> {
        Action { catalog: self, index }
    }

    /// How many distinct lists of scopes the actions have.
    pub fn scope_sets(&self) -> usize {
        self.sets.len()
    }

    /// # Panics
    ///
    /// With an index of another catalog, which is a mistake in the program.
    pub fn scope_set(&self, index: SetIndex) -> &[ScopeIndex] {
        &self.sets[index.position()]
    }

    /// The names of the scopes: those that the guide's form lists, in its order, then those that
    /// it does not list, in the order in which actions first need them.
    pub fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// # Panics
    ///
    /// With an index of another catalog, which is a mistake in the program.
    pub fn scope(&self, index: ScopeIndex) -> &str {
        let position = index.position();
        match &self.reference {
            Some(reference) if position >= self.scopes.len() => {
                &reference.further_scopes[position - self.scopes.len()]
            }
            _ => &self.scopes[position],
        }
    }

    /// Every scope that has a place in this catalog's order: its own, then those that only the
    /// reference knows, in its order.
    pub fn all_scopes(&self) -> impl Iterator<Item = ScopeIndex> + use<> {
        let further = self.reference.as_ref().map_or(0, |r| r.further_scopes.len());
        (0..self.scopes.len() + further).map(ScopeIndex::from_position)
    }

    /// Names to places, of the form's scopes and of those that only the reference knows.
    pub(super) fn scope_indices(&self) -> HashMap<&str, ScopeIndex> {
        self.all_scopes().map(|index| (self.scope(index), index)).collect()
    }

    /// The names of some scopes, in catalog order.
    pub fn names(&self, scopes: &ScopeSet) -> Vec<&str> {
        scopes.iter().map(|scope| self.scope(scope)).collect()
    }

    /// The set of all scopes in the catalog's own list.
    pub fn form_scopes(&self) -> ScopeSet {
        (0..self.scopes().len()).map(ScopeIndex::from_position).collect()
    }

    pub fn find(&self, id: &str) -> Option<ActionIndex> {
        self.actions.find(id).map(ActionIndex::from_position)
    }
}

impl<'c> Action<'c> {
    pub fn id(self) -> &'c str {
        self.catalog.actions.id(self.index.position())
    }

    pub fn label(self) -> &'c str {
        self.catalog.actions.label(self.index.position())
    }

    /// The key of its connector, where that is known.
    pub(super) fn key(self) -> Option<&'c str> {
        self.catalog.connector().key_of(self.id())
    }

    /// The characters of its id and its label.
    pub(super) fn letters(self) -> LetterSet {
        self.catalog.actions.letters(self.index.position())
    }

    /// Whether scopes alone are not enough, because a call needs an API key or the like besides.
    pub fn needs_other_credentials(self) -> bool {
        self.catalog.operations(self.index).iter().any(|call| call.other_credentials)
    }

    pub fn scopes(self) -> &'c [ScopeIndex] {
        self.catalog.scope_set(self.scope_set())
    }

    /// The place of its list of scopes among the distinct ones of the catalog.
    pub fn scope_set(self) -> SetIndex {
        self.catalog.actions.scopes(self.index.position())
    }

    /// The names of its scopes, in its own order.
    pub fn scope_names(self) -> impl Iterator<Item = &'c str> + Clone {
        self.scopes().iter().map(move |&scope| self.catalog.scope(scope))
    }
}
