//! A provider's own description of its API: which operations it has, and which scopes each of them
//! accepts.

mod discovery;
mod graph;
mod local_ref;
mod names;
mod openapi;
mod security;
#[cfg(test)]
mod tests;

use super::assemble::{CheckedAction, assemble};
use super::builder::IsWanted;
use super::document::{Language, Problems, parse};
use super::{Catalog, CatalogError, CatalogNote, Connector, Findings};
use crate::domain::{Accepts, Described, Operation, Reference, ScopeIndex};
use names::Names;

/// The formats in which providers describe their APIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// OpenAPI 3 or Swagger 2; the document says which.
    OpenApi(Language),
    /// Google's Discovery format.
    Discovery,
    /// The permissions file of Microsoft Graph.
    Graph,
}

/// What a description leaves open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescriptionOptions {
    /// What a list of scopes in one alternative means. `None` is as OpenAPI has it, which is all,
    /// with a note where it matters.
    pub listed_scopes: Option<ListedScopes>,
    /// For Microsoft Graph the kind of access, such as `Application`. `None` is
    /// `DelegatedWork`.
    pub scheme: Option<String>,
}

/// What it means that an operation lists several scopes at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListedScopes {
    /// The app needs all of them, as OpenAPI has it.
    #[default]
    All,
    /// Any one of them is enough: Pipedrive, Slack and Xero publish such lists.
    Any,
}

/// The scheme of Microsoft Graph that is taken where none is asked for.
pub const DEFAULT_SCHEME: &str = "DelegatedWork";

/// What a description says of an API.
#[derive(Debug, Default)]
pub(super) struct Description {
    pub name: String,
    /// How its scopes are asked for, where there are several ways.
    pub method: Option<String>,
    pub version: String,
    /// The format with its version, such as `OpenAPI 3.1.0`.
    pub format: String,
    pub scopes: Names,
    /// How many of the scopes are declared, in the order of the document; the others are only
    /// named by operations.
    pub declared: usize,
    pub calls: Vec<Call>,
    pub notes: Vec<CatalogNote>,
}

/// An operation of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    pub id: String,
    pub label: String,
    pub method: String,
    pub path: String,
    pub access: Access,
}

/// What authorises an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// The description does not say.
    Unknown,
    /// Any one of these is enough, if the app has all of its scopes, which are places in
    /// [`Description::scopes`]. An empty one asks for nothing. Without any, OAuth cannot call it.
    Alternatives(Vec<Vec<usize>>),
}

/// Reads a description.
///
/// # Errors
/// Everything that is wrong with it; with its syntax or a value's type, the first.
fn read(
    format: Format,
    text: &str,
    options: &DescriptionOptions,
) -> Result<Description, Vec<CatalogError>> {
    let mut problems = Problems::default();
    let language = match format {
        Format::OpenApi(language) => language,
        Format::Discovery | Format::Graph => Language::Json,
    };
    let read = match format {
        Format::OpenApi(_) => {
            parse(text, language).map(|file| openapi::read(&file, options, &mut problems))
        }
        Format::Discovery => {
            parse(text, language).map(|file| discovery::read(&file, &mut problems))
        }
        Format::Graph => {
            parse(text, language).map(|file| graph::read(&file, options, &mut problems))
        }
    };
    let description = read.map_err(|error| vec![error])?;
    let errors = problems.located(text, language);
    if errors.is_empty() { Ok(description) } else { Err(errors) }
}

/// The catalog that a description is, with all that there is to say about it.
pub(super) fn findings(
    format: Format,
    text: &str,
    options: &DescriptionOptions,
    is_wanted: IsWanted,
) -> Option<Findings> {
    let description = match read(format, text, options) {
        Ok(description) => description,
        Err(problems) => return Some(Findings { problems, ..Findings::default() }),
    };
    let mut catalog = description.catalog(is_wanted)?;
    catalog.reference = Some(Reference::described(description.reference(&catalog)));
    let notes = description.notes.into_iter().map(|note| (None, note)).collect();
    Some(Findings { catalog: Some(catalog), problems: Vec::new(), notes })
}

impl Description {
    /// The actions, without what they accept. `None` if nobody waits for them.
    fn catalog(&self, is_wanted: IsWanted) -> Option<Catalog> {
        let name = if self.name.is_empty() { &self.format } else { &self.name };
        let connector =
            Connector { name: name.clone(), method: self.method.clone(), ..Connector::default() };
        let declared = self.scopes.iter().take(self.declared).map(|(name, _)| name);
        let actions = self.calls.iter().map(|call| {
            let mut places: Vec<_> = call.access.scopes().collect();
            places.sort_unstable();
            places.dedup();
            let scopes = places.into_iter().map(|place| self.scopes.name(place)).collect();
            CheckedAction { id: &call.id, label: &call.label, scopes }
        });
        assemble(connector, declared, actions, is_wanted)
    }

    /// What the actions of `catalog`, which are its calls, accept.
    fn reference(&self, catalog: &Catalog) -> Described {
        let places = catalog.scope_indices();
        let indices: Vec<Option<ScopeIndex>> =
            self.scopes.iter().map(|(name, _)| places.get(name).copied()).collect();
        let way = |way: &Vec<usize>| way.iter().filter_map(|&place| indices[place]).collect();
        let operation = |call: &Call| Operation {
            version: self.version.clone(),
            method: call.method.clone(),
            path: call.path.clone(),
            accepts: match &call.access {
                Access::Unknown => Accepts::Unknown,
                Access::Alternatives(ways) => Accepts::of(ways.iter().map(way).collect()),
            },
            documented: None,
        };
        let described =
            self.scopes.iter().zip(&indices).filter(|((_, words), _)| !words.is_empty());
        Described {
            source: self.source(),
            descriptions: described
                .filter_map(|((_, words), index)| Some(((*index)?, words.to_owned())))
                .collect(),
            assumes_all: self.notes.iter().any(|n| matches!(n, CatalogNote::ListedScopes { .. })),
            operations: catalog.indices().map(Some).zip(self.calls.iter().map(operation)).collect(),
        }
    }

    /// `the OpenAPI 3.0.0 description of Asana 1.0`.
    fn source(&self) -> String {
        let Self { format, name, version, .. } = self;
        let name = [name.as_str(), version].map(str::trim).join(" ");
        let of = if name.trim().is_empty() { "" } else { " of " };
        format!("the description{of}{}, {format}", name.trim())
    }
}

impl Access {
    /// Every scope of an alternative.
    fn scopes(&self) -> impl Iterator<Item = usize> {
        let ways = match self {
            Self::Unknown => &[][..],
            Self::Alternatives(ways) => ways,
        };
        ways.iter().flatten().copied()
    }
}
