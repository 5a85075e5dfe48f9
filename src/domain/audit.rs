mod markdown;
mod table;
#[cfg(test)]
mod tests;

use serde::Serialize;

use super::{
    ActionIndex, Answer, Catalog, ComparedPower, Mode, Operation, Power, Requirement, ScopeSet,
    Separator, Source, Verdict, VerdictCounts, counted,
};

/// The guide held against the provider's API, action by action: what becomes of each one when the
/// app has exactly the scopes that the guide says it needs.
#[derive(Clone, Debug, Serialize)]
pub struct Audit<'a> {
    #[serde(skip)]
    connector: &'a str,
    /// Whose claims these are; none without a reference.
    #[serde(rename = "reference")]
    source: Option<&'a Source>,
    /// What every app has without asking.
    always_granted: Vec<&'a str>,
    #[serde(rename = "verdicts")]
    counts: VerdictCounts,
    /// How many actions need nothing beyond what every app has.
    without_scopes: usize,
    /// Of all the guide's scopes together.
    power: Option<Power>,
    /// Of the least scopes for all actions together.
    least_power: Option<Power>,
    /// Scopes that are called read-only and are accepted for calls that change data.
    not_read_only: Vec<NotReadOnly<'a>>,
    /// In catalog order.
    actions: Vec<AuditRow<'a>>,
}

/// One action: what the guide says, and what the API accepts. Scopes are in catalog order.
#[derive(Clone, Debug, Serialize)]
pub struct AuditRow<'a> {
    id: &'a str,
    label: &'a str,
    /// What the guide says that the action needs.
    #[serde(rename = "scopes")]
    guide: Vec<&'a str>,
    verdict: Verdict,
    /// What every version and every source accepts. Empty where they have nothing in common, and
    /// where the reference does not know the action.
    accepted: Vec<&'a str>,
    /// Whether every app may carry it out.
    needs_nothing: bool,
    operations: Vec<AuditCall<'a>>,
}

/// A scope that is called read-only, and how many calls that change data accept it.
#[derive(Clone, Debug, Serialize)]
struct NotReadOnly<'a> {
    scope: &'a str,
    writes: usize,
    #[serde(skip)]
    warning: String,
}

#[derive(Clone, Debug, Serialize)]
struct AuditCall<'a> {
    version: &'a str,
    method: &'a str,
    path: &'a str,
    accepts: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    documented: Option<Vec<&'a str>>,
}

impl<'a> Audit<'a> {
    pub fn of(catalog: &'a Catalog) -> Self {
        let actions: Vec<_> =
            catalog.indices().map(|action| AuditRow::by_guide(catalog, action)).collect();
        let reference = catalog.reference();
        let all = catalog.indices().collect();
        let compared = Answer::of(catalog, &all, Separator::default()).power();
        let not_read_only = catalog.all_scopes().filter_map(|scope| {
            Some(NotReadOnly {
                scope: catalog.scope(scope),
                writes: catalog.writes_of_read_only(scope),
                warning: catalog.read_only_warning(scope)?,
            })
        });
        Self {
            connector: &catalog.connector().name,
            source: reference.map(|reference| reference.source()),
            always_granted: reference.map_or(Vec::new(), |r| catalog.names(r.always_granted())),
            counts: actions.iter().map(|row| row.verdict).collect(),
            without_scopes: actions.iter().filter(|row| row.needs_nothing).count(),
            power: compared.map(|compared| compared.guide),
            least_power: compared.map(|compared| compared.least),
            not_read_only: not_read_only.collect(),
            actions,
        }
    }

    pub fn counts(&self) -> VerdictCounts {
        self.counts
    }

    /// How many of the accepted actions need nothing beyond what every app has.
    pub fn without_scopes(&self) -> usize {
        self.without_scopes
    }

    pub fn rows(&self) -> &[AuditRow<'a>] {
        &self.actions
    }

    /// The rows as they are printed: the worst verdict first, in catalog order within each.
    fn worst_first(&self) -> Vec<&AuditRow<'a>> {
        let mut rows: Vec<_> = self.actions.iter().collect();
        rows.sort_by_key(|row| row.verdict);
        rows
    }

    fn summary(&self) -> String {
        let actions = self.actions.len();
        let mut summary =
            format!("With the guide's scopes, of {actions} actions: {}.", self.counts);
        if self.without_scopes > 0 {
            let accepted = counted(self.without_scopes, "accepted action");
            let always = self.always_granted.join(" ");
            summary += &format!(" What every app has ({always}) is enough for {accepted}.");
        }
        summary
    }

    /// What the guide's scopes let an app do, and which scopes are not what they are called.
    fn power(&self) -> Vec<String> {
        let mut told = Vec::new();
        if let (Some(guide), Some(least)) = (self.power, self.least_power) {
            let compared = ComparedPower { mode: Mode::Guide, guide, least };
            told.push(format!("All of the guide's scopes together: {compared}."));
        }
        let scopes = self.not_read_only.iter();
        told.extend(scopes.map(|NotReadOnly { scope, warning, .. }| format!("{scope}: {warning}")));
        told
    }

    fn claims(&self) -> String {
        match self.source {
            Some(source) => source.to_string(),
            None => format!("What {}'s API accepts is not known.", self.connector),
        }
    }
}

impl<'a> AuditRow<'a> {
    /// What the API makes of an action when the app has exactly what the guide says it needs.
    pub fn by_guide(catalog: &'a Catalog, action: ActionIndex) -> Self {
        Self::new(catalog, action, catalog.guide_verdict(action))
    }

    /// What the API makes of an action when the app has `scopes`.
    pub fn under(catalog: &'a Catalog, action: ActionIndex, scopes: &ScopeSet) -> Self {
        Self::new(catalog, action, catalog.verdict(action, scopes))
    }

    fn new(catalog: &'a Catalog, action: ActionIndex, verdict: Verdict) -> Self {
        let entry = catalog.action(action);
        let calls = catalog.operations(action).iter();
        Self {
            id: entry.id(),
            label: entry.label(),
            guide: entry.scopes().iter().map(|&scope| catalog.scope(scope)).collect(),
            verdict,
            accepted: catalog.accepted(action).map_or(Vec::new(), |every| catalog.names(every)),
            needs_nothing: catalog.requirement(action) == Requirement::Nothing,
            operations: calls.map(|operation| AuditCall::of(catalog, operation)).collect(),
        }
    }

    pub fn id(&self) -> &'a str {
        self.id
    }

    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The calls that carry the action out, each with what its sources say where one of them says
    /// something else than [`Audit`] tells as accepted everywhere.
    pub fn calls(&self) -> Vec<String> {
        self.operations.iter().map(|call| call.against(&self.accepted)).collect()
    }
}

impl<'a> AuditCall<'a> {
    fn of(catalog: &'a Catalog, operation: &'a Operation) -> Self {
        Self {
            version: &operation.version,
            method: &operation.method,
            path: &operation.path,
            accepts: catalog.names(&operation.accepts),
            documented: operation.documented.as_ref().map(|scopes| catalog.names(scopes)),
        }
    }

    /// The call, and what its sources say where one of them says something else.
    fn against(&self, everywhere: &[&str]) -> String {
        let call = format!("{} {} {}", self.version, self.method, self.path);
        let accepts = self.accepts.join(", ");
        match &self.documented {
            Some(documented) => {
                format!("{call} (accepts {accepts}; documented {})", documented.join(", "))
            }
            None if self.accepts != everywhere => format!("{call} (accepts {accepts})"),
            None => call,
        }
    }
}
