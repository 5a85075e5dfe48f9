use std::io::{self, Write};

use serde::Serialize;

use super::actions::ActionFile;
use super::{Action, Catalog, Connector, Page};
use crate::domain::Reference;
use crate::domain::guide::{GuideLine, GuideSection, GuideStep};
use crate::domain::json_text::write_lines;

/// A catalog about to be written in our own format, for people: an action and a step on a line.
pub(super) struct Written<'a> {
    pub connector: Connector,
    pub page: Option<&'a Page>,
    pub scopes: Vec<&'a str>,
    pub actions: Vec<Action<'a>>,
    /// The catalogs whose references it carries.
    pub referenced: &'a [Catalog],
    pub sections: Vec<(&'a Catalog, &'a GuideSection)>,
}

#[derive(Serialize)]
struct StepLine<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    scopes: Vec<&'a str>,
    lines: &'a [GuideLine],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    closing: &'a [GuideLine],
}

impl Written<'_> {
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        write!(out, "{{\n  \"connector\": ")?;
        serde_json::to_writer(&mut *out, &self.connector)?;
        if let Some(page) = self.page {
            write!(out, ",\n  \"page\": ")?;
            serde_json::to_writer(&mut *out, page)?;
        }
        write!(out, ",\n  \"scopes\": ")?;
        write_lines(out, "    ", self.scopes.iter())?;
        write!(out, ",\n  \"actions\": ")?;
        let actions = self.actions.iter().map(|action| ActionFile {
            id: action.id(),
            label: action.label(),
            scopes: action.scope_names().collect(),
        });
        write_lines(out, "    ", actions)?;
        if self.referenced.iter().any(Catalog::is_described) {
            write!(out, ",\n  \"reference\": ")?;
            Reference::write_own(self.referenced, out)?;
        }
        if !self.sections.is_empty() {
            write!(out, ",\n  \"guide\": {{\"sections\": [")?;
            for (nth, (catalog, section)) in self.sections.iter().enumerate() {
                write!(out, "{}\n    ", if nth == 0 { "" } else { "," })?;
                write_section(out, catalog, section)?;
            }
            write!(out, "\n  ]}}")?;
        }
        writeln!(out, "\n}}")
    }
}

fn write_section(
    out: &mut impl Write,
    catalog: &Catalog,
    section: &GuideSection,
) -> io::Result<()> {
    write!(out, "{{\"title\": ")?;
    serde_json::to_writer(&mut *out, &section.title)?;
    for (key, lines) in [("opening", &section.opening), ("closing", &section.closing)] {
        if !lines.is_empty() {
            write!(out, ", \"{key}\": ")?;
            serde_json::to_writer(&mut *out, lines)?;
        }
    }
    write!(out, ", \"steps\": ")?;
    let steps = section.steps.iter().map(|GuideStep { title, scopes, lines, closing }| StepLine {
        title,
        scopes: scopes.iter().map(|scope| catalog.scope(scope)).collect(),
        lines,
        closing,
    });
    write_lines(out, "      ", steps)?;
    write!(out, "}}")
}
