use indexmap::IndexSet;
use serde::Serialize;

use super::actions::ActionFile;
use super::{Connector, Page};
use crate::domain::OwnReference;
use crate::domain::guide::GuideFile;
use crate::domain::json_text::{each_on_a_line, on_a_line};

/// A catalog in our own format, for people: an action and a step on a line.
#[derive(Serialize)]
pub(super) struct CatalogFile<'a> {
    #[serde(serialize_with = "on_a_line")]
    pub connector: Connector,
    #[serde(serialize_with = "on_a_line", skip_serializing_if = "Option::is_none")]
    pub page: Option<&'a Page>,
    pub scopes: IndexSet<&'a str>,
    #[serde(serialize_with = "each_on_a_line")]
    pub actions: Vec<ActionFile<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<OwnReference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guide: Option<GuideFile>,
}
