use std::collections::HashMap;

use serde::Deserialize;

use super::{Guide, GuideSection, GuideStep, Span, is_web_address};
use crate::domain::{CatalogFault, ScopeIndex, ScopeSet, sanitize};

/// The guide as the catalog's file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a guide, which is an object")]
pub(crate) struct GuideFile {
    sections: Vec<SectionEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a section, which is an object")]
struct SectionEntry {
    title: String,
    #[serde(default)]
    opening: Vec<Vec<Span>>,
    steps: Vec<StepEntry>,
    #[serde(default)]
    closing: Vec<Vec<Span>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a step, which is an object")]
struct StepEntry {
    title: String,
    #[serde(default)]
    scopes: Vec<String>,
    lines: Vec<Vec<Span>>,
    #[serde(default)]
    closing: Vec<Vec<Span>>,
}

/// The errors in a guide.
struct Faults<'a> {
    found: Vec<CatalogFault>,
    scopes: &'a HashMap<&'a str, ScopeIndex>,
}

impl GuideFile {
    /// Checks the guide's rules: no empty title or line, every scope in the catalog's list, and no
    /// text to copy that differs from what is shown.
    pub(crate) fn checked(
        self,
        scopes: &HashMap<&str, ScopeIndex>,
    ) -> Result<Guide, Vec<CatalogFault>> {
        let mut faults = Faults { found: Vec::new(), scopes };
        let sections = self.sections.into_iter().enumerate();
        let sections = sections
            .map(|(n, section)| section.checked(&format!("guide.sections[{n}]"), &mut faults))
            .collect();
        if faults.found.is_empty() { Ok(Guide { sections }) } else { Err(faults.found) }
    }
}

impl SectionEntry {
    fn checked(self, field: &str, faults: &mut Faults) -> GuideSection {
        faults.of_title(&self.title, field);
        faults.of_lines(&self.opening, &format!("{field}.opening"));
        let steps = self.steps.into_iter().enumerate();
        let steps = steps.map(|(n, step)| step.checked(&format!("{field}.steps[{n}]"), faults));
        let steps = steps.collect();
        faults.of_lines(&self.closing, &format!("{field}.closing"));
        GuideSection { title: self.title, opening: self.opening, steps, closing: self.closing }
    }
}

impl StepEntry {
    fn checked(self, field: &str, faults: &mut Faults) -> GuideStep {
        faults.of_title(&self.title, field);
        let mut scopes = ScopeSet::new();
        for (n, scope) in self.scopes.into_iter().enumerate() {
            match faults.scopes.get(scope.as_str()) {
                Some(&index) => scopes.insert(index),
                None => {
                    let field = format!("{field}.scopes[{n}]");
                    faults.found.push(CatalogFault::UnlistedScope { field, scope });
                }
            }
        }
        faults.of_lines(&self.lines, &format!("{field}.lines"));
        faults.of_lines(&self.closing, &format!("{field}.closing"));
        GuideStep { title: self.title, scopes, lines: self.lines, closing: self.closing }
    }
}

impl Faults<'_> {
    fn of_title(&mut self, title: &str, field: &str) {
        if title.trim().is_empty() {
            self.found.push(CatalogFault::Empty { field: format!("{field}.title") });
        }
    }

    fn of_lines(&mut self, lines: &[Vec<Span>], field: &str) {
        for (n, line) in lines.iter().enumerate() {
            let field = || format!("{field}[{n}]");
            if line.iter().all(|span| span.text().trim().is_empty()) {
                self.found.push(CatalogFault::Empty { field: field() });
            }
            for span in line.iter().filter(|span| !is_safe(span)) {
                let value = span.text().to_owned();
                self.found.push(CatalogFault::Unsafe { field: field(), value });
            }
        }
    }
}

fn is_safe(span: &Span) -> bool {
    match span {
        Span::Text(_) | Span::Strong(_) | Span::Literal(_) => true,
        Span::Copy(text) => !text.trim().is_empty() && sanitize(text) == text.as_str(),
        Span::Link(address) => is_web_address(address),
    }
}
