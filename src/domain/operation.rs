use std::fmt;
use std::ops::Not;

use serde::Serialize;

use super::{Accepts, ScopeSet};

/// One call of the provider's API. Most carry out no action of the catalog.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Operation {
    /// The version of the provider's API, such as `v2`.
    pub version: String,
    pub method: String,
    pub path: String,
    #[serde(skip)]
    pub accepts: Accepts,
    /// The same according to the documentation. `None` if that does not differ.
    #[serde(skip)]
    pub documented: Option<Accepts>,
    /// Whether scopes alone are not enough, because it needs an API key or the like besides.
    #[serde(skip_serializing_if = "Not::not")]
    pub other_credentials: bool,
    /// Whether it lists several scopes, of which any one may do, though `accepts` needs all.
    #[serde(skip)]
    pub assumes_all: bool,
}

impl Operation {
    /// The claims of each source, the client's first.
    pub fn claims(&self) -> impl Iterator<Item = &Accepts> {
        std::iter::once(&self.accepts).chain(&self.documented)
    }

    /// The scopes each of which is enough by itself, as some source says.
    pub(super) fn single_scopes(&self) -> ScopeSet {
        let alternatives = self.claims().flat_map(Accepts::alternatives);
        alternatives.filter(|scopes| scopes.len() == 1).flat_map(ScopeSet::iter).collect()
    }

    /// The identity of a call: version, method and path.
    pub fn call(&self) -> (&str, &str, &str) {
        (&self.version, &self.method, &self.path)
    }

    /// Returns `true` if the call may change data, by its method: HTTP calls these safe.
    pub fn changes_data(&self) -> bool {
        let safe = ["GET", "HEAD", "OPTIONS", "QUERY", "TRACE"];
        !safe.iter().any(|method| self.method.eq_ignore_ascii_case(method))
    }

    /// Returns `true` if some source says that these scopes together authorise the call.
    pub fn is_possible(&self, scopes: &ScopeSet) -> bool {
        self.claims().any(|accepted| accepted.is_met(scopes))
    }
}

/// `v2 GET /dealFields`.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [&*self.version, &self.method, &self.path];
        f.write_str(
            &parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "),
        )
    }
}
