use serde::Serialize;

use super::actions::ActionFile;
use super::{Catalog, Connector, Page};
use crate::domain::OwnReference;
use crate::domain::guide::{GuideLine, GuideSection, GuideStep};
use crate::domain::json_text::{each_on_a_line, on_a_line};

/// A catalog in our own format, for people: an action and a step on a line.
#[derive(Serialize)]
pub(super) struct CatalogFile<'a> {
    #[serde(serialize_with = "on_a_line")]
    pub connector: Connector,
    #[serde(serialize_with = "on_a_line", skip_serializing_if = "Option::is_none")]
    pub page: Option<&'a Page>,
    pub scopes: Vec<&'a str>,
    #[serde(serialize_with = "each_on_a_line")]
    pub actions: Vec<ActionFile<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<OwnReference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guide: Option<GuideFile<'a>>,
}

#[derive(Serialize)]
pub(super) struct GuideFile<'a> {
    sections: Vec<SectionFile<'a>>,
}

#[derive(Serialize)]
struct SectionFile<'a> {
    title: &'a str,
    #[serde(serialize_with = "each_on_a_line", skip_serializing_if = "<[_]>::is_empty")]
    opening: &'a [GuideLine],
    #[serde(serialize_with = "each_on_a_line", skip_serializing_if = "<[_]>::is_empty")]
    closing: &'a [GuideLine],
    #[serde(serialize_with = "each_on_a_line")]
    steps: Vec<StepFile<'a>>,
}

#[derive(Serialize)]
struct StepFile<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    scopes: Vec<&'a str>,
    lines: &'a [GuideLine],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    closing: &'a [GuideLine],
}

impl<'a> GuideFile<'a> {
    /// The guides of these catalogs as one. `None` if none of them has one.
    pub fn of(catalogs: &'a [Catalog]) -> Option<Self> {
        let sections = catalogs.iter().flat_map(|catalog| {
            let sections = catalog.guide().map_or(&[][..], |guide| &guide.sections);
            sections.iter().map(|section| SectionFile::of(catalog, section))
        });
        let sections: Vec<_> = sections.collect();
        (!sections.is_empty()).then_some(Self { sections })
    }
}

impl<'a> SectionFile<'a> {
    fn of(catalog: &'a Catalog, section: &'a GuideSection) -> Self {
        let GuideSection { title, opening, steps, closing } = section;
        let step = |GuideStep { title, scopes, lines, closing }: &'a GuideStep| StepFile {
            title,
            scopes: catalog.names(scopes),
            lines,
            closing,
        };
        Self { title, opening, closing, steps: steps.iter().map(step).collect() }
    }
}
