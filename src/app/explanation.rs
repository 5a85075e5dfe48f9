use super::Model;
use crate::domain::{ActionIndex, Coverage, Difference, Operation, ScopeSet, Verdict, visible};

/// What there is to say of one action as things are, in words that are safe to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    pub id: String,
    pub needs: String,
    /// What ticking or unticking it would do to the scopes.
    pub consequence: String,
    /// Whether it works with the granted scopes; none where those are not known.
    pub granted: Option<&'static str>,
    pub verdict: Verdict,
    /// Each call of the provider's API that it makes, and what that accepts. Empty without a
    /// reference.
    pub calls: Vec<String>,
}

impl Model {
    pub fn explanation(&self, action: ActionIndex) -> Explanation {
        let operations = self.catalog().operations(action);
        Explanation {
            id: visible(self.catalog().action(action).id()).into_owned(),
            needs: self.needs(action),
            consequence: self.consequence_words(action),
            granted: self.coverage(action).map(|coverage| match coverage {
                Coverage::Covered => "works with what is granted",
                Coverage::Uncertain => "may work with what is granted",
                Coverage::Missing => "does not work with what is granted",
            }),
            verdict: self.verdict(action),
            calls: operations.iter().map(|operation| self.call(operation)).collect(),
        }
    }

    fn needs(&self, action: ActionIndex) -> String {
        let scopes: ScopeSet = self.catalog().action(action).scopes().iter().copied().collect();
        if scopes.is_empty() {
            "needs no scope".to_owned()
        } else {
            format!("needs {}", self.joined(&scopes, " "))
        }
    }

    fn consequence_words(&self, action: ActionIndex) -> String {
        let Difference { add, remove } = self.consequence(action);
        let ticked = self.selection().contains(action);
        let verb = if ticked { "unticking" } else { "ticking" };
        match (add.is_empty(), remove.is_empty()) {
            (true, true) if ticked => "unticking drops nothing".to_owned(),
            (true, true) => "already covered".to_owned(),
            (false, true) => format!("{verb} adds {}", self.joined(&add, " ")),
            (true, false) => format!("{verb} drops {}", self.joined(&remove, " ")),
            (false, false) => {
                let (add, remove) = (self.joined(&add, " "), self.joined(&remove, " "));
                format!("{verb} adds {add} and drops {remove}")
            }
        }
    }

    /// `v2 GET /dealFields accepts deals:read or deals:full`.
    fn call(&self, operation: &Operation) -> String {
        let Operation { version, method, path, accepts, documented } = operation;
        let mut told = format!(
            "{} {} {} accepts {}",
            visible(version),
            visible(method),
            visible(path),
            self.joined(accepts, " or ")
        );
        if let Some(documented) = documented {
            let documented = self.joined(documented, " or ");
            told.push_str(&format!(", its documentation says {documented}"));
        }
        told
    }

    fn joined(&self, scopes: &ScopeSet, between: &str) -> String {
        let names = self.catalog().names(scopes);
        names.iter().map(|name| visible(name)).collect::<Vec<_>>().join(between)
    }
}
