use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::Provider;

/// The product at the other end, and the way in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "a connector, which is an object")]
pub struct Connector {
    /// What every action id begins with, before `_`; `None` if they begin differently.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    pub name: String,
    /// The way of authorization that the guide sets up, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The keys of the connectors that a merged catalog was made of. An id tells which of them its
    /// action belongs to.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub merged: BTreeSet<String>,
}

impl Connector {
    /// The name, and the way of authorization where that is known.
    pub fn title(&self) -> String {
        match &self.method {
            Some(method) => format!("{}, {method}", self.name),
            None => self.name.clone(),
        }
    }

    /// The connector says whose an action is. The id decides only in a merged catalog, and only
    /// between the connectors that the catalog was made of.
    pub(super) fn provider_of(&self, id: &str) -> Provider {
        self.key_of(id).map_or(Provider::Other, Provider::of_key)
    }

    /// The key of the connector that has the action with this id, where that is known.
    pub(super) fn key_of<'a>(&'a self, id: &'a str) -> Option<&'a str> {
        // The longest key that the id begins with.
        let merged = || {
            let starts = id.rmatch_indices('_').map(|(end, _)| &id[..end]);
            starts.into_iter().find(|&start| self.merged.contains(start))
        };
        self.key.as_deref().or_else(merged)
    }

    /// The connector's own key, and the keys of the connectors merged into it.
    pub(in crate::domain) fn keys(&self) -> impl Iterator<Item = &str> {
        self.key.iter().chain(&self.merged).map(String::as_str)
    }
}
