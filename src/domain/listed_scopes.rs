use serde::{Deserialize, Serialize};

/// The meaning of several scopes that an operation lists at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ListedScopes {
    /// The app needs all of them, as OpenAPI has it.
    #[default]
    All,
    /// Any one of them is enough: Pipedrive, Slack and Xero publish such lists.
    Any,
}
