use std::borrow::Cow;

use super::Model;
use crate::domain::{
    Accepts, ActionIndex, Coverage, Difference, Mode, Operation, ScopeSet, Verdict, sanitize,
    start_of,
};

/// An action explained in the present state, in words that are safe to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    pub id: String,
    pub needs: String,
    /// The change of the scopes if it were selected or deselected.
    pub consequence: String,
    /// How far the granted scopes cover it. `None` if they are unknown.
    pub coverage: Option<Coverage>,
    pub verdict: Verdict,
    /// Each call of the provider's API that it makes, and what that accepts. Empty without a
    /// reference.
    pub calls: Vec<String>,
}

impl Model {
    /// Each name of the catalog in it, and each list of them, is given up to about so many bytes, and
    /// abbreviated unless that is `usize::MAX`.
    pub fn explanation(&self, action: ActionIndex, longest: usize) -> Explanation {
        Explainer { model: self, longest }.explain(action)
    }
}

struct Explainer<'a> {
    model: &'a Model,
    longest: usize,
}

impl Explanation {
    pub fn coverage_words(&self) -> Option<&'static str> {
        Some(match self.coverage? {
            Coverage::Covered => "covered by your app's current scopes",
            Coverage::Uncertain => "may be covered by your app's current scopes",
            Coverage::Missing => "not covered by your app's current scopes",
        })
    }
}

impl Explainer<'_> {
    fn explain(&self, action: ActionIndex) -> Explanation {
        let catalog = self.model.catalog();
        let operations = catalog.operations(action);
        Explanation {
            id: self.name(catalog.action(action).id()).into_owned(),
            needs: self.needs(action),
            consequence: self.consequence(action),
            coverage: self.model.coverage(action),
            verdict: self.model.verdict(action),
            calls: operations.iter().map(|operation| self.call(operation)).collect(),
        }
    }

    fn needs(&self, action: ActionIndex) -> String {
        if self.model.catalog().is_described() {
            return self.name(&self.model.catalog().acceptance(action)).into_owned();
        }
        let scopes = self.model.catalog().action(action).scopes();
        let scopes: ScopeSet = scopes.iter().copied().collect();
        if scopes.is_empty() {
            return "needs no scope".to_owned();
        }
        let scopes = self.joined(&scopes, " ");
        match (self.model.mode, self.model.catalog().guide_verdict(action)) {
            (Mode::Guide, _) => format!("needs {scopes}"),
            (Mode::Least, Verdict::Refused) => format!("guide's scopes: {scopes} (refused)"),
            (Mode::Least, _) => format!("guide's scopes: {scopes}"),
        }
    }

    fn consequence(&self, action: ActionIndex) -> String {
        let Some(consequence) = self.model.consequence(action) else {
            return "what changes with it takes too long to search for".to_owned();
        };
        let Difference { add, remove } = &*consequence;
        let ticked = self.model.selection.contains(action);
        let verb = if ticked { "deselecting" } else { "selecting" };
        let verdict = self.model.verdict(action);
        match (add.is_empty(), remove.is_empty()) {
            (true, true) if ticked => "deselecting removes no scope".to_owned(),
            (true, true)
                if matches!(verdict, Verdict::Refused | Verdict::Uncertain)
                    || (verdict == Verdict::Unknown && self.model.catalog().is_described()) =>
            {
                "selecting adds no scope".to_owned()
            }
            (true, true) => "already covered".to_owned(),
            (false, true) => format!("{verb} adds {}", self.joined(add, " ")),
            (true, false) => format!("{verb} removes {}", self.joined(remove, " ")),
            (false, false) => {
                let (add, remove) = (self.joined(add, " "), self.joined(remove, " "));
                format!("{verb} adds {add} and removes {remove}")
            }
        }
    }

    /// `v2 GET /dealFields accepts deals:read or deals:full`.
    fn call(&self, operation: &Operation) -> String {
        let Operation { version, method, path, accepts, documented } = operation;
        let call = [version, method, path].map(|text| self.name(text));
        let call = call.iter().filter(|text| !text.is_empty()).map(Cow::as_ref);
        let call = call.collect::<Vec<_>>().join(" ");
        let mut text = format!("{call} accepts {}", self.accepts(accepts));
        if let Some(documented) = documented {
            let documented = self.accepts(documented);
            text.push_str(&format!(", its documentation says {documented}"));
        }
        text
    }

    /// `files or files.read`; the scopes that are needed together with a space between them.
    fn accepts(&self, accepts: &Accepts) -> String {
        let ways = match accepts {
            Accepts::Unknown => return "unknown scopes".to_owned(),
            Accepts::AnyOf(scopes) if scopes.is_empty() => return "no scope".to_owned(),
            Accepts::AnyOf(scopes) => return self.joined(scopes, " or "),
            Accepts::Alternatives(ways) => ways,
        };
        let ways = ways.iter().map(|way| match way.is_empty() {
            true => "every app".into(),
            false => self.joined(way, " + ").into(),
        });
        self.list(ways, " or ")
    }

    fn joined(&self, scopes: &ScopeSet, between: &str) -> String {
        let names = scopes.iter().map(|scope| self.name(self.model.catalog().scope(scope)));
        self.list(names, between)
    }

    fn list<'t>(&self, names: impl Iterator<Item = Cow<'t, str>>, between: &str) -> String {
        let mut text = String::new();
        for name in names {
            if text.len() > self.longest {
                break;
            }
            text.push_str(if text.is_empty() { "" } else { between });
            text.push_str(&name);
        }
        text
    }

    fn name<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.longest {
            usize::MAX => sanitize(text),
            longest => {
                let text = self.model.catalog().abbreviate(text);
                Cow::Owned(sanitize(start_of(&text, longest)).into_owned())
            }
        }
    }
}
