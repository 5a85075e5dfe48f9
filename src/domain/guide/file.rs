use std::collections::HashMap;

use super::{Guide, GuideFile, GuideLine, GuideSection, GuideStep, Span, is_web_address};
use crate::domain::{CatalogFault, ScopeIndex, sanitize};

impl GuideFile {
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

    /// The guide, with the places of its scopes. Unknown ones are left out.
    pub(crate) fn resolve(self, scopes: &HashMap<&str, ScopeIndex>) -> Guide {
        let place = |name: &String| scopes.get(name.as_str()).copied();
        self.with_scopes(|names| names.iter().filter_map(place).collect())
    }
}

impl<Scopes> Guide<Scopes> {
    /// The same guide with the scopes of its steps in another form.
    pub(crate) fn with_scopes<T>(self, change: impl Fn(Scopes) -> T) -> Guide<T> {
        let step = |GuideStep { title, scopes, lines, closing }| GuideStep {
            title,
            scopes: change(scopes),
            lines,
            closing,
        };
        let section = |GuideSection { title, opening, closing, steps }: GuideSection<Scopes>| {
            let steps = steps.into_iter().map(&step).collect();
            GuideSection { title, opening, closing, steps }
        };
        Guide { sections: self.sections.into_iter().map(section).collect() }
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
            faults.push(CatalogFault::Unsafe { field: field(), value });
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
