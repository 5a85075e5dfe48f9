//! A provider's own description of its API: which operations it has, and which scopes each of them
//! accepts.

mod discovery;
mod graph;
mod openapi;
mod security;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde::Deserialize;

use super::actions::ActionFile;
use super::builder::Builder;
use super::document::{Language, Object, Problems, parse};
use super::{Catalog, CatalogError, CatalogNote, Connector, check_token};
use crate::domain::{Accepts, ListedScopes, Operation, Reference, ScopeFacts, ScopeIndex};
use security::Remark;

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

/// The user's decisions on questions that a description leaves open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescriptionOptions {
    /// The meaning of a list of scopes in one alternative. `None` is as OpenAPI has it, which is all,
    /// with a note where it matters.
    pub listed_scopes: Option<ListedScopes>,
    /// For Microsoft Graph the kind of access, such as `Application`. `None` is
    /// `DelegatedWork`.
    pub scheme: Option<String>,
    /// Nobody asked for them, so that an imported catalog may have been made with others.
    pub are_defaults: bool,
}

/// The scheme of Microsoft Graph that is taken where none is asked for.
const DEFAULT_SCHEME: &str = "DelegatedWork";

const NO_HTTP_METHOD: &str = "this is no HTTP method";

/// The most scopes that all operations together may accept. Where one list counts for many operations,
/// a short file can say far more than any provider has.
const MOST_ACCEPTED: usize = 10_000_000;

const TOO_MANY_ACCEPTED: &str = "up to here, operations accept 10 million scopes together, and no more are read; give a part of it";

fn is_http_method(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// An API according to its description.
#[derive(Debug, Default)]
struct Description {
    name: String,
    /// How its scopes are asked for, where there are several ways.
    method: Option<String>,
    version: String,
    /// The format with its version, such as `OpenAPI 3.1.0`.
    format: String,
    scopes: Names,
    calls: Vec<Call>,
    notes: Vec<CatalogNote>,
    /// The meaning that the user gave to lists of several scopes, if there are some.
    listed: Option<ListedScopes>,
}

/// An operation of the API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Call {
    id: String,
    label: String,
    method: String,
    path: String,
    access: Access,
    remarks: BTreeSet<Remark>,
}

impl Call {
    fn accepts_scopes(&self) -> bool {
        self.access.iter().flatten().any(|way| !way.is_empty())
    }
}

/// Alternatives that authorise an operation. Any one of these is enough, if the app has all of its scopes, which
/// are places in [`Description::scopes`]. An empty one asks for nothing. Without any, OAuth cannot
/// call it. `None` if the description does not say.
type Access = Option<BTreeSet<BTreeSet<usize>>>;

/// The names of scopes, each once, in the order in which they came.
#[derive(Debug, Default)]
struct Names {
    /// Each with what the description says of it; empty if nothing.
    names: IndexMap<String, String>,
    /// How many of them are declared. They come before those that only operations name.
    declared: usize,
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
    match format {
        Format::OpenApi(language) => read_as(text, language, options, openapi::read),
        Format::Discovery => read_as(text, Language::Json, options, discovery::read),
        Format::Graph => read_as(text, Language::Json, options, graph::read),
    }
}

fn read_as<'t, File: Deserialize<'t>>(
    text: &'t str,
    language: Language,
    options: &DescriptionOptions,
    read: fn(&File, &DescriptionOptions, &mut Problems) -> Description,
) -> Result<Description, Vec<CatalogError>> {
    let Object(file): Object<File> = parse(text, language).map_err(|error| vec![error])?;
    let mut problems = Problems::default();
    let description = read(&file, options, &mut problems);
    problems.located(text, language)?;
    Ok(description)
}

/// The catalog that a description is, with notes about the description.
///
/// # Errors
/// As for [`read`].
pub(super) fn catalog(
    format: Format,
    text: &str,
    options: &DescriptionOptions,
) -> Result<(Catalog, Vec<CatalogNote>), Vec<CatalogError>> {
    let description = read(format, text, options)?;
    Ok((description.catalog(), description.notes))
}

/// A text without the white space around it; empty if there is none.
fn trimmed(text: Option<&String>) -> String {
    text.map_or("", |text| text.trim()).to_owned()
}

impl Description {
    /// The actions, and what they accept.
    fn catalog(&self) -> Catalog {
        let name = if self.name.is_empty() { &self.format } else { &self.name };
        let connector =
            Connector { name: name.clone(), method: self.method.clone(), ..Connector::default() };
        let declared = self.scopes.names.keys().take(self.scopes.declared).map(String::as_str);
        let actions = self.calls.iter().map(|call| {
            let places: BTreeSet<_> = call.access.iter().flatten().flatten().copied().collect();
            let scopes = places.into_iter().map(|place| self.scopes.name(place));
            ActionFile::new(&call.id, &call.label, scopes)
        });
        let mut catalog = Builder::assemble(connector, declared, actions);
        catalog.reference = Some(self.reference(&catalog));
        catalog
    }

    /// The scopes that the actions of `catalog`, which are its calls, accept.
    fn reference(&self, catalog: &Catalog) -> Reference {
        let places = catalog.scope_indices();
        let indices: Vec<Option<ScopeIndex>> =
            self.scopes.names.keys().map(|name| places.get(&**name).copied()).collect();
        let way = |way: &BTreeSet<usize>| way.iter().filter_map(|&place| indices[place]).collect();
        let operation = |call: &Call| Operation {
            version: self.version.clone(),
            method: call.method.clone(),
            path: call.path.clone(),
            accepts: match &call.access {
                Some(ways) => Accepts::of(ways.iter().map(way)),
                None => Accepts::UNKNOWN,
            },
            other_credentials: call.remarks.contains(&Remark::OtherCredentials),
            assumes_all: self.listed.is_none() && call.remarks.contains(&Remark::SeveralScopes),
            ..Operation::default()
        };
        let calls = catalog.indices().map(Some).zip(self.calls.iter().map(operation));
        let mut reference = Reference::own(self.source(), calls.collect(), Vec::new());
        let described =
            self.scopes.names.iter().zip(&indices).filter_map(|((_, words), &scope)| {
                Some((
                    scope.filter(|_| !words.is_empty())?,
                    ScopeFacts::described(words.to_owned()),
                ))
            });
        reference.facts = described.collect();
        reference.listed = self.listed;
        reference
    }

    /// `the OpenAPI 3.0.0 description of Asana 1.0`.
    fn source(&self) -> String {
        let Self { format, name, version, .. } = self;
        let name = [name.as_str(), version].map(str::trim).join(" ");
        let of = if name.trim().is_empty() { "" } else { " of " };
        format!("the description{of}{}, {format}", name.trim())
    }
}

impl Names {
    /// The place of a name, which is its own from now on.
    fn place(&mut self, name: &str) -> usize {
        let known = self.names.get_index_of(name);
        known.unwrap_or_else(|| self.names.insert_full(name.to_owned(), String::new()).0)
    }

    /// A declared scope. The first description counts, and a name that nothing could ask for is only a
    /// problem where an operation needs it.
    fn declare(&mut self, name: &str, description: Option<&String>) {
        if check_token(name, String::new).is_ok() {
            let place = self.place(name);
            let words = &mut self.names[place];
            if words.is_empty() {
                *words = trimmed(description);
            }
            self.declared = self.names.len();
        }
    }

    fn name(&self, place: usize) -> &str {
        self.names.get_index(place).map_or("", |(name, _)| name)
    }

    /// The note of a scope that operations need and nothing declares.
    fn undeclared(&self, place: usize) -> CatalogNote {
        CatalogNote::UndeclaredScope { scope: self.name(place).to_owned() }
    }
}
