//! A description, whatever its format, and the catalog and the reference that are made from it.

use std::collections::BTreeSet;

use super::names::Names;
use crate::domain::catalog::actions::ActionFile;
use crate::domain::catalog::builder::Builder;
use crate::domain::catalog::{Catalog, CatalogNote, Connector};
use crate::domain::{Accepts, ListedScopes, Operation, Reference, ScopeFacts, ScopeIndex};

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
pub(super) const DEFAULT_SCHEME: &str = "DelegatedWork";

pub(super) const NO_HTTP_METHOD: &str = "this is no HTTP method";

/// The most scopes that all operations together may accept. Where one list counts for many operations,
/// a short file can say far more than any provider has.
pub(super) const MOST_ACCEPTED: usize = 10_000_000;

pub(super) const TOO_MANY_ACCEPTED: &str = "up to here, operations accept 10 million scopes together, and no more are read; give a part of it";

pub(super) fn is_http_method(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// An API according to its description.
#[derive(Debug, Default)]
pub(super) struct Description {
    pub name: String,
    /// How its scopes are asked for, where there are several ways.
    pub method: Option<String>,
    pub version: String,
    /// The format with its version, such as `OpenAPI 3.1.0`.
    pub format: String,
    pub scopes: Names,
    pub calls: Vec<Call>,
    pub notes: Vec<CatalogNote>,
    /// The meaning that the user gave to lists of several scopes, if there are some.
    pub listed: Option<ListedScopes>,
}

/// An operation of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    pub id: String,
    pub label: String,
    pub method: String,
    pub path: String,
    pub access: Access,
    /// Whether it needs something besides what OAuth gives.
    pub other_credentials: bool,
}

/// Alternatives that authorise an operation. Any one of these is enough, if the app has all of its scopes, which
/// are places in [`Description::scopes`]. An empty one asks for nothing. Without any, OAuth cannot
/// call it. `None` if the description does not say.
pub(super) type Access = Option<BTreeSet<BTreeSet<usize>>>;

impl Description {
    /// The actions, without what they accept.
    pub fn catalog(&self) -> Catalog {
        let name = if self.name.is_empty() { &self.format } else { &self.name };
        let connector =
            Connector { name: name.clone(), method: self.method.clone(), ..Connector::default() };
        let declared = self.scopes.iter().take(self.scopes.declared).map(|(name, _)| name);
        let actions = self.calls.iter().map(|call| {
            let places: BTreeSet<_> = call.access.iter().flatten().flatten().copied().collect();
            let scopes = places.into_iter().map(|place| self.scopes.name(place));
            ActionFile::new(&call.id, &call.label, scopes)
        });
        Builder::assemble(connector, declared, actions)
    }

    /// The scopes that the actions of `catalog`, which are its calls, accept.
    pub fn reference(&self, catalog: &Catalog) -> Reference {
        let places = catalog.scope_indices();
        let indices: Vec<Option<ScopeIndex>> =
            self.scopes.iter().map(|(name, _)| places.get(name).copied()).collect();
        let way = |way: &BTreeSet<usize>| way.iter().filter_map(|&place| indices[place]).collect();
        let operation = |call: &Call| Operation {
            version: self.version.clone(),
            method: call.method.clone(),
            path: call.path.clone(),
            accepts: match &call.access {
                Some(ways) => Accepts::of(ways.iter().map(way)),
                None => Accepts::UNKNOWN,
            },
            documented: None,
            other_credentials: call.other_credentials,
        };
        let calls = catalog.indices().map(Some).zip(self.calls.iter().map(operation));
        let mut reference = Reference::own(self.source(), calls.collect(), Vec::new());
        let described = self.scopes.iter().zip(&indices).filter_map(|((_, words), &scope)| {
            Some((scope.filter(|_| !words.is_empty())?, ScopeFacts::described(words.to_owned())))
        });
        reference.facts = described.collect();
        reference.listed = self.listed;
        reference.assumes_all =
            self.notes.iter().any(|note| matches!(note, CatalogNote::ListedScopes { .. }));
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
