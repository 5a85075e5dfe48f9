use std::collections::HashMap;

use fixedbitset::FixedBitSet;
use thiserror::Error;

use super::{Catalog, CatalogFault};
use crate::domain::pluralize::counted;
use crate::domain::{Requirement, ScopeIndex, ScopeSet, excerpt, pluralize};

/// Something that is allowed in a catalog and may still be a slip, as a sentence. A `field` is a path such as
/// `actions[3].label`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CatalogNote {
    /// Without these scopes the fields are empty, and the action works.
    #[error(
        "Fields of `{}` need scopes that the action itself does not: {}.",
        excerpt(.id), excerpt(&.scopes.join(" "))
    )]
    FieldScopes { id: String, scopes: Vec<String> },
    /// There is nothing to select.
    #[error("There is no action, so there is nothing to select.")]
    NoActions,
    #[error("`{}` needs no scope.", excerpt(.id))]
    NoScopes { id: String },
    #[error("OAuth cannot call `{}`: no scope authorizes it.", excerpt(.id))]
    NotByOauth { id: String },
    /// The description does not say.
    #[error("What `{}` accepts is not known.", excerpt(.id))]
    NotKnown { id: String },
    /// It says what it accepts, in more combinations than can be kept apart.
    #[error(
        "`{}` accepts too many combinations of scopes to tell what it needs; that counts as unknown.",
        excerpt(.id)
    )]
    TooManyClauses { id: String },
    /// Two actions that look alike in the list.
    #[error(
        "`{}` and `{}` are both called `{}`; only their ids tell them apart.",
        excerpt(&.ids[0]), excerpt(&.ids[1]), excerpt(.label)
    )]
    AlikeLabels { label: String, ids: [String; 2] },
    /// A provider's own slip, or two calls.
    #[error(
        "`{}` and `{}` differ only in the name of a parameter, and may be one call; each accepts what is said of it.",
        excerpt(&.ids[0]), excerpt(&.ids[1])
    )]
    AlikePaths { ids: [String; 2] },
    #[error("No action needs the scope `{}`.", excerpt(.scope))]
    UnneededScope { scope: String },
    #[error("{}: The key `{}` is not known here and is ignored.", excerpt(.field), excerpt(.key))]
    UnknownKey { field: String, key: String },
    #[error(
        "Several operations have the id `{}`; method and path name them instead.",
        excerpt(.id)
    )]
    RepeatedId { id: String },
    /// A scope that its action has twice.
    #[error("{} says `{}` again, which counts once.", excerpt(.field), excerpt(.scope))]
    RepeatedScope { field: String, scope: String },
    #[error("{}", listed_scopes(*.operations, "operation"))]
    ListedScopes { operations: usize },
    /// A grant is for one of them, and the program knows scopes by their names.
    #[error(
        "The schemes {} have scopes of the same names, which count as one; if an app has a token for each, the scopes of one may not do for the other.",
        excerpt(&.schemes.join(", "))
    )]
    SharingSchemes { schemes: Vec<String> },
    #[error("{}", other_credentials(*.operations, "operation"))]
    OtherCredentials { operations: usize },
    #[error(
        "{} OAuth without a scope: any app that is authorized may make the call.",
        counted(*.operations, "operation", ["names", "name"])
    )]
    OauthWithoutScope { operations: usize },
    #[error(
        "{} scopes for a scheme that is not OAuth, which are ignored; if the provider means scopes of OAuth, declare the scheme as `oauth2`.",
        counted(*.operations, "operation", ["lists", "list"])
    )]
    OtherScopes { operations: usize },
    #[error(
        "{} a token that may be one of OAuth, which the description does not declare; what that needs counts as unknown.",
        counted(*.operations, "operation", ["takes", "take"])
    )]
    UndeclaredToken { operations: usize },
    #[error(
        "{} a security scheme that is not declared, or that has no list of scopes there; what that needs counts as unknown.",
        counted(*.operations, "operation", ["names", "name"])
    )]
    UnclearSecurity { operations: usize },
    /// The first of its kind, or with its scheme, where other operations can be told.
    #[error(transparent)]
    Fault(CatalogFault),
    #[error(
        "{} OAuth without a scope, and no operation names any of the declared scopes; what that needs counts as unknown.",
        counted(*.operations, "operation", ["names", "name"])
    )]
    ScopesLeftOut { operations: usize },
    #[error(
        "{} scopes in an extension, which is not read ({}); where `security` names none, what that needs counts as unknown.",
        counted(*.operations, "operation", ["names", "name"]), excerpt(&.keys.join(", "))
    )]
    ScopesInExtension { operations: usize, keys: Vec<String> },
    #[error("The scope `{}` is needed, but it is not declared; check its name.", excerpt(.scope))]
    UndeclaredScope { scope: String },
    /// It is one page of a response.
    #[error("`next` names a further page; give all pages to `catalog import`.")]
    FurtherPages,
    /// Connectors of one file have scopes of the same names.
    #[error(
        "Several connectors have scopes called {}. Each of these counts as one scope here, which is right only if the connectors are of one provider.",
        excerpt(&.scopes.join(" "))
    )]
    SharedScopes { scopes: Vec<String> },
    #[error(
        "{} can be authorized in too many ways; what that needs counts as unknown.",
        pluralize(*.operations, "operation")
    )]
    TooManyAlternatives { operations: usize },
}

impl CatalogNote {
    /// `None` if there are no shared scopes.
    pub fn of_shared(scopes: Vec<&str>) -> Option<Self> {
        let scopes: Vec<_> = scopes.into_iter().map(str::to_owned).collect();
        (!scopes.is_empty()).then_some(Self::SharedScopes { scopes })
    }
}

impl Catalog {
    /// Notes about the catalog as a whole.
    pub(super) fn notes(&self) -> Vec<CatalogNote> {
        let mut notes = Vec::new();
        if self.is_empty() {
            notes.push(CatalogNote::NoActions);
        }
        let mut by_label = HashMap::with_capacity(self.len());
        let mut by_path = HashMap::new();
        for index in self.indices() {
            let action = self.action(index);
            let id = || action.id().to_owned();
            match self.requirement(index) {
                Requirement::Impossible => notes.push(CatalogNote::NotByOauth { id: id() }),
                Requirement::Guide(_) if self.is_described() => {
                    let calls = self.operations(index);
                    let are_known = calls.iter().all(|call| call.accepts.is_known());
                    notes.push(if are_known && !calls.is_empty() {
                        CatalogNote::TooManyClauses { id: id() }
                    } else {
                        CatalogNote::NotKnown { id: id() }
                    });
                }
                Requirement::Nothing | Requirement::Guide(_) if action.scopes().is_empty() => {
                    notes.push(CatalogNote::NoScopes { id: id() })
                }
                Requirement::EachOf(_) | Requirement::Nothing | Requirement::Guide(_) => {}
            }
            if let Some(other) = by_label.insert(action.label(), action.id()) {
                let ids = [other, action.id()].map(str::to_owned);
                let label = action.label().to_owned();
                notes.push(CatalogNote::AlikeLabels { label, ids });
            }
        }
        for index in self.indices() {
            for call in self.operations(index).iter().filter(|call| call.path.contains('{')) {
                let (id, path) = (self.action(index).id(), without_names(&call.path));
                let (version, method, _) = call.call();
                let known = by_path.insert((version, method, path), (id, &call.path));
                if let Some((other, _)) = known.filter(|(_, path)| **path != call.path) {
                    let ids = [other, id].map(str::to_owned);
                    notes.push(CatalogNote::AlikePaths { ids });
                }
            }
        }
        let needed = |index| {
            let accepted = self.clauses(index).into_iter().flatten().flat_map(ScopeSet::iter);
            self.action(index).scopes().iter().copied().chain(accepted)
        };
        let needed: FixedBitSet =
            self.indices().flat_map(needed).map(ScopeIndex::position).collect();
        let scopes = self.scopes().iter().enumerate();
        let unneeded = scopes.filter(|&(place, _)| !needed.contains(place));
        let unneeded = unneeded.map(|(_, scope)| scope.clone());
        notes.extend(unneeded.map(|scope| CatalogNote::UnneededScope { scope }));
        notes
    }
}

/// A sentence that says how many calls or actions list several scopes.
pub(in crate::domain) fn listed_scopes(count: usize, noun: &str) -> String {
    let they = counted(count, noun, ["lists", "list"]);
    format!(
        "{they} several scopes at once, and all of them are taken to be needed; if the provider means any one of \
         them, read the API's description with `--listed-scopes any`."
    )
}

/// A sentence that says how many calls or actions may need more than scopes.
pub(in crate::domain) fn other_credentials(count: usize, noun: &str) -> String {
    let they = pluralize(count, noun);
    format!(
        "{they} may need something besides OAuth, such as an API key; scopes alone may not be enough."
    )
}

/// A path without the names of its parameters.
fn without_names(path: &str) -> String {
    let parts = path.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
    parts.collect::<Vec<_>>().join("{}")
}
