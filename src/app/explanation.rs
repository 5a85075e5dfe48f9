use super::{Command, Model};
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
    /// With `longest`, names of the catalog are abbreviated, and each name and each list of them ends
    /// after about so many bytes.
    pub fn explanation(&self, action: ActionIndex, longest: Option<usize>) -> Explanation {
        let catalog = self.catalog();
        let words = Words { model: self, longest };
        let operations = catalog.operations(action).iter();
        Explanation {
            id: words.name(catalog.action(action).id()),
            needs: words.needs(action),
            consequence: words.consequence(action),
            coverage: self.coverage(action),
            verdict: self.verdict(action),
            calls: operations.map(|operation| words.call(operation)).collect(),
        }
    }
}

struct Words<'a> {
    model: &'a Model,
    longest: Option<usize>,
}

impl Words<'_> {
    fn needs(&self, action: ActionIndex) -> String {
        if self.model.catalog.is_described() {
            return self.name(&self.model.catalog.acceptance(action));
        }
        let scopes: ScopeSet = self.model.catalog.action(action).scopes().iter().copied().collect();
        if scopes.is_empty() {
            return "needs no scope".to_owned();
        }
        let scopes = self.joined(&scopes, " ");
        if self.model.answer.mode == Mode::Guide || !self.model.offers(Command::SwitchMode) {
            return format!("needs {scopes}");
        }
        match self.model.catalog.guide_verdict(action) {
            Verdict::Refused => format!("guide's scopes: {scopes} (refused)"),
            _ => format!("guide's scopes: {scopes}"),
        }
    }

    fn consequence(&self, action: ActionIndex) -> String {
        let Some(Difference { add, remove }) = self.model.consequence(action) else {
            return "what changes with it takes too long to search for".to_owned();
        };
        let changes = [("adds", add), ("removes", remove)].into_iter();
        let changes = changes.filter(|(_, scopes)| !scopes.is_empty());
        let changes = changes.map(|(verb, scopes)| format!("{verb} {}", self.joined(&scopes, " ")));
        let changes = changes.collect::<Vec<_>>().join(" and ");
        let is_covered = match self.model.verdict(action) {
            Verdict::Accepted => true,
            Verdict::Unknown => !self.model.catalog.is_described(),
            Verdict::Refused | Verdict::Uncertain => false,
        };
        match (self.model.selection.contains(action), changes.as_str()) {
            (true, "") => "deselecting removes no scope".to_owned(),
            (true, changes) => format!("deselecting {changes}"),
            (false, "") if is_covered => "already covered".to_owned(),
            (false, "") => "selecting adds no scope".to_owned(),
            (false, changes) => format!("selecting {changes}"),
        }
    }

    /// `v2 GET /dealFields accepts deals:read or deals:full`.
    fn call(&self, operation: &Operation) -> String {
        let Operation { version, method, path, accepts, documented, .. } = operation;
        let mut call = [version, method, path].map(|text| self.name(text)).to_vec();
        call.retain(|text| !text.is_empty());
        let mut text = format!("{} accepts {}", call.join(" "), self.accepts(accepts));
        if let Some(documented) = documented {
            text += &format!(", its documentation says {}", self.accepts(documented));
        }
        if operation.other_credentials {
            text += ", and may need something besides OAuth";
        }
        text
    }

    /// `files or files.read`; the scopes that are needed together with a plus between them.
    fn accepts(&self, accepts: &Accepts) -> String {
        match accepts.alternatives() {
            _ if !accepts.is_known() => "unknown scopes".to_owned(),
            [] => "nothing by OAuth".to_owned(),
            alternatives => {
                let alternatives = alternatives.iter().map(|scopes| match scopes.is_empty() {
                    true => "every app".to_owned(),
                    false => self.joined(scopes, " + "),
                });
                self.list(alternatives, " or ")
            }
        }
    }

    fn joined(&self, scopes: &ScopeSet, between: &str) -> String {
        let names = scopes.iter().map(|scope| self.name(self.model.catalog.scope(scope)));
        self.list(names, between)
    }

    fn list(&self, names: impl Iterator<Item = String>, between: &str) -> String {
        let mut text = String::new();
        for name in names {
            text += if text.is_empty() { "" } else { between };
            if self.longest.is_some_and(|longest| text.len() > longest) {
                text += "…";
                break;
            }
            text += &name;
        }
        text
    }

    fn name(&self, text: &str) -> String {
        let Some(longest) = self.longest else { return sanitize(text).into_owned() };
        let text = self.model.catalog.abbreviate(text);
        let start = start_of(&text, longest);
        sanitize(start).into_owned() + if start.len() < text.len() { "…" } else { "" }
    }
}
