use std::collections::HashMap;

use super::{Guide, GuideLine, GuideSection, GuideStep, Span, is_web_address};
use crate::domain::{CatalogFault, ScopeIndex, sanitize};

impl Guide {
    /// Checks the guide's rules: no empty title or line, every scope in the catalog's list, and no
    /// text to copy that differs from what is shown.
    pub(crate) fn check(&self, scopes: &HashMap<&str, ScopeIndex>) -> Vec<CatalogFault> {
        let mut faults = Vec::new();
        for (n, section) in self.sections.iter().enumerate() {
            let GuideSection { title, opening, steps, closing } = section;
            let field = format!("guide.sections[{n}]");
            check_title(title, &field, &mut faults);
            check_lines(opening, &format!("{field}.opening"), &mut faults);
            for (n, step) in steps.iter().enumerate() {
                let GuideStep { title, scopes: names, lines, closing } = step;
                let field = format!("{field}.steps[{n}]");
                check_title(title, &field, &mut faults);
                for (n, scope) in names.iter().enumerate() {
                    if !scopes.contains_key(scope.as_str()) {
                        let (field, scope) = (format!("{field}.scopes[{n}]"), scope.clone());
                        faults.push(CatalogFault::UnlistedScope { field, scope });
                    }
                }
                check_lines(lines, &format!("{field}.lines"), &mut faults);
                check_lines(closing, &format!("{field}.closing"), &mut faults);
            }
            check_lines(closing, &format!("{field}.closing"), &mut faults);
        }
        faults
    }

    /// Brings the scopes of each step, which are known, into the order of their places, each once.
    pub(crate) fn order_scopes(&mut self, places: &HashMap<&str, ScopeIndex>) {
        for step in self.sections.iter_mut().flat_map(|section| &mut section.steps) {
            step.scopes.sort_by_key(|scope| places.get(scope.as_str()));
            step.scopes.dedup();
        }
    }
}

fn check_title(title: &str, field: &str, faults: &mut Vec<CatalogFault>) {
    if title.trim().is_empty() {
        faults.push(CatalogFault::Empty { field: format!("{field}.title") });
    }
}

fn check_lines(lines: &[GuideLine], field: &str, faults: &mut Vec<CatalogFault>) {
    for (n, line) in lines.iter().enumerate() {
        let field = || format!("{field}[{n}]");
        if line.iter().all(|span| span.text().trim().is_empty()) {
            faults.push(CatalogFault::Empty { field: field() });
        }
        for span in line.iter().filter(|span| !is_safe(span)) {
            let value = span.text().to_owned();
            let is_of_page = || value.starts_with("https://") || value.starts_with("http://");
            faults.push(match span {
                Span::Link(_) if !is_of_page() => {
                    CatalogFault::NoPageAddress { field: field(), value }
                }
                _ => CatalogFault::Unsafe { field: field(), value },
            });
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
