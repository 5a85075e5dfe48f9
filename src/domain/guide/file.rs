use std::collections::HashMap;

use serde::Deserialize;

use super::{Guide, GuideSection, GuideStep, Span, is_web_address};
use crate::domain::{CatalogFault, ScopeIndex, ScopeSet, visible};

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

impl GuideFile {
    /// Holds the guide against its rules: no empty title or line, every scope in the catalog's
    /// list, and nothing to copy that would not be what it looks like.
    pub(crate) fn checked(self, scopes: &HashMap<&str, ScopeIndex>) -> Result<Guide, CatalogFault> {
        let sections = self.sections.into_iter().enumerate();
        let sections =
            sections.map(|(n, section)| section.checked(&format!("guide.sections[{n}]"), scopes));
        Ok(Guide { sections: sections.collect::<Result<_, _>>()? })
    }
}

impl SectionEntry {
    fn checked(
        self,
        field: &str,
        scopes: &HashMap<&str, ScopeIndex>,
    ) -> Result<GuideSection, CatalogFault> {
        let steps = self.steps.into_iter().enumerate();
        let steps = steps.map(|(n, step)| step.checked(&format!("{field}.steps[{n}]"), scopes));
        Ok(GuideSection {
            title: title(self.title, field)?,
            opening: lines(self.opening, &format!("{field}.opening"))?,
            steps: steps.collect::<Result<_, _>>()?,
            closing: lines(self.closing, &format!("{field}.closing"))?,
        })
    }
}

impl StepEntry {
    fn checked(
        self,
        field: &str,
        scopes: &HashMap<&str, ScopeIndex>,
    ) -> Result<GuideStep, CatalogFault> {
        let listed = |(n, scope): (usize, String)| match scopes.get(scope.as_str()) {
            Some(&index) => Ok(index),
            None => {
                Err(CatalogFault::UnlistedScope { field: format!("{field}.scopes[{n}]"), scope })
            }
        };
        let scopes = self.scopes.into_iter().enumerate().map(listed);
        Ok(GuideStep {
            title: title(self.title, field)?,
            scopes: scopes.collect::<Result<ScopeSet, _>>()?,
            lines: lines(self.lines, &format!("{field}.lines"))?,
            closing: lines(self.closing, &format!("{field}.closing"))?,
        })
    }
}

fn title(title: String, field: &str) -> Result<String, CatalogFault> {
    if title.trim().is_empty() {
        return Err(CatalogFault::Empty { field: format!("{field}.title") });
    }
    Ok(title)
}

fn lines(lines: Vec<Vec<Span>>, field: &str) -> Result<Vec<Vec<Span>>, CatalogFault> {
    for (n, line) in lines.iter().enumerate() {
        let field = || format!("{field}[{n}]");
        if line.iter().all(|span| span.text().trim().is_empty()) {
            return Err(CatalogFault::Empty { field: field() });
        }
        for span in line {
            check_span(span, field)?;
        }
    }
    Ok(lines)
}

fn check_span(span: &Span, field: impl Fn() -> String) -> Result<(), CatalogFault> {
    let safe = match span {
        Span::Text(_) | Span::Strong(_) | Span::Literal(_) => true,
        Span::Copy(text) => !text.trim().is_empty() && visible(text) == text.as_str(),
        Span::Link(address) => is_web_address(address),
    };
    if safe {
        Ok(())
    } else {
        Err(CatalogFault::Unsafe { field: field(), value: span.text().to_owned() })
    }
}
