#[cfg(test)]
mod tests;

use serde::Serialize;

use super::fingerprint::CatalogStamp;
use super::{
    Accepts, ActionIndex, Answer, Catalog, ComparedPower, Mode, Operation, Power, Requirement,
    ScopeIndex, ScopeSet, Source, Verdict, VerdictCounts, pluralize,
};

/// The guide held against the provider's API, action by action: what becomes of each one when the
/// app has exactly the scopes that the guide says it needs.
#[derive(Serialize)]
pub struct Audit<'a> {
    /// The source of the claims. `None` without a reference.
    #[serde(rename = "reference")]
    source: Option<&'a Source>,
    /// The scopes that every app has without asking.
    always_granted: Vec<&'a str>,
    #[serde(rename = "verdicts")]
    pub counts: VerdictCounts,
    /// The number of accepted actions that need only the scopes that every app has.
    pub without_scopes: usize,
    /// Of all the guide's scopes together.
    power: Option<Power>,
    /// Of the least scopes for all actions together.
    least_power: Option<Power>,
    /// Scopes that are called read-only and are accepted for calls that change data.
    not_read_only: Vec<NotReadOnly<'a>>,
    /// In catalog order.
    pub actions: Vec<AuditRow<'a>>,
    #[serde(serialize_with = "CatalogStamp::instead")]
    catalog: &'a Catalog,
}

/// One action: what the guide says, and what the API accepts. Scopes are in catalog order.
#[derive(Clone, Debug, Serialize)]
pub struct AuditRow<'a> {
    pub id: &'a str,
    label: &'a str,
    /// The guide's scopes for the action.
    #[serde(rename = "scopes")]
    pub guide: Vec<&'a str>,
    pub verdict: Verdict,
    /// The scopes that every version and every source accepts. Empty if no scope is enough alone, or if
    /// the reference does not know the action.
    accepted: Vec<&'a str>,
    /// Present if scopes are needed together: one scope of each clause authorises the action
    /// everywhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    clauses: Option<Vec<Vec<&'a str>>>,
    /// The same in words.
    #[serde(skip)]
    asked: Option<String>,
    /// Whether every app may carry it out.
    needs_nothing: bool,
    operations: Vec<AuditCall<'a>>,
}

/// A scope that is called read-only, and how many calls that change data accept it.
#[derive(Clone, Debug, Serialize)]
struct NotReadOnly<'a> {
    scope: &'a str,
    writes: usize,
}

#[derive(Clone, Debug, Serialize)]
struct AuditCall<'a> {
    #[serde(flatten)]
    operation: &'a Operation,
    /// Any one of these is enough. Scopes that are needed together are in one text, with a space
    /// between them; an empty text needs no scope. `None` if the requirements are unknown.
    accepts: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    documented: Option<Vec<String>>,
}

impl<'a> Audit<'a> {
    pub fn of(catalog: &'a Catalog) -> Self {
        let actions: Vec<_> =
            catalog.indices().map(|action| AuditRow::by_guide(catalog, action)).collect();
        let reference = catalog.reference();
        let all = catalog.indices().collect();
        let compared = Answer::of(catalog, &all).power;
        let not_read_only = catalog.all_scopes().map(|scope| NotReadOnly {
            scope: catalog.scope(scope),
            writes: catalog.writes_of_read_only(scope),
        });
        Self {
            source: reference.map(|reference| &reference.source),
            always_granted: reference.map_or(Vec::new(), |r| catalog.names(&r.always_granted)),
            counts: actions.iter().map(|row| row.verdict).collect(),
            without_scopes: actions.iter().filter(|row| row.needs_nothing).count(),
            power: compared.and_then(|compared| compared.guide),
            least_power: compared.map(|compared| compared.least),
            not_read_only: not_read_only.filter(|scope| scope.writes > 0).collect(),
            actions,
            catalog,
        }
    }

    /// What is compared.
    pub fn title(&self) -> String {
        let what = match self.catalog.is_described() {
            true => "what the API accepts".to_owned(),
            false => format!("the {} and the API", self.catalog.authority()),
        };
        format!("{}: {what}", self.catalog.connector().name)
    }

    /// The rows, the worst verdict first, in catalog order within each.
    pub fn worst_first(&self) -> Vec<&AuditRow<'a>> {
        let mut rows: Vec<_> = self.actions.iter().collect();
        rows.sort_by_key(|row| row.verdict);
        rows
    }

    /// The result, the power of the scopes, and whose claims these are.
    pub fn sentences(&self) -> Vec<String> {
        [vec![self.summary()], self.power(), vec![self.catalog.claims()]].concat()
    }

    fn summary(&self) -> String {
        let actions = pluralize(self.actions.len(), "action");
        let with = match self.catalog.is_described() {
            true => "With the catalog's scopes".to_owned(),
            false => format!("With the {}'s scopes", self.catalog.authority()),
        };
        let mut summary = format!("{with}, of {actions}: {}.", self.counts);
        if self.without_scopes > 0 {
            let accepted = pluralize(self.without_scopes, "accepted action");
            let always = self.always_granted.join(" ");
            summary += &match always.is_empty() {
                true => format!(" No scope is needed for {accepted}."),
                false => format!(" What every app has ({always}) is enough for {accepted}."),
            };
        }
        summary
    }

    /// The power of the guide's scopes, and the scopes whose names are misleading.
    fn power(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        if let (Some(guide), Some(least)) = (self.power, self.least_power) {
            let (mode, authority, guide) = (Mode::Guide, self.catalog.authority(), Some(guide));
            let compared = ComparedPower { mode, authority, guide, least };
            sentences.push(format!("All of the {authority}'s scopes together: {compared}."));
        }
        sentences.extend(self.catalog.all_scopes().filter_map(|scope| {
            let warning = self.catalog.read_only_warning(scope)?;
            Some(format!("{}: {warning}", self.catalog.scope(scope)))
        }));
        sentences
    }
}

impl Catalog {
    /// A sentence that says whose claims about the API these are.
    pub fn claims(&self) -> String {
        match self.reference() {
            Some(reference) => reference.source.to_string(),
            None => format!("What {}'s API accepts is not known.", self.connector().name),
        }
    }
}

impl<'a> AuditRow<'a> {
    /// The verdict on an action if the app has exactly the guide's scopes for it.
    pub fn by_guide(catalog: &'a Catalog, action: ActionIndex) -> Self {
        Self::new(catalog, action, catalog.guide_verdict(action))
    }

    /// The verdict on an action if the app has `scopes`.
    pub fn under(catalog: &'a Catalog, action: ActionIndex, scopes: &ScopeSet) -> Self {
        Self::new(catalog, action, catalog.verdict(action, scopes))
    }

    fn new(catalog: &'a Catalog, action: ActionIndex, verdict: Verdict) -> Self {
        let entry = catalog.action(action);
        let calls = catalog.operations(action).iter();
        let requirement = catalog.requirement(action);
        let clauses = catalog.clauses(action);
        let is_joint =
            matches!(requirement, Requirement::EachOf([_, _, ..]) | Requirement::Impossible);
        Self {
            id: entry.id(),
            label: entry.label(),
            guide: entry.scope_names().collect(),
            verdict,
            accepted: match clauses {
                Some([first, others @ ..]) => {
                    let is_enough = |&scope: &ScopeIndex| others.iter().all(|o| o.contains(scope));
                    first.iter().filter(is_enough).map(|scope| catalog.scope(scope)).collect()
                }
                _ => Vec::new(),
            },
            asked: is_joint.then(|| requirement.words(catalog)),
            clauses: clauses
                .filter(|_| is_joint)
                .map(|clauses| clauses.iter().map(|clause| catalog.names(clause)).collect()),
            needs_nothing: requirement == Requirement::Nothing,
            operations: calls.map(|operation| AuditCall::of(catalog, operation)).collect(),
        }
    }

    /// Scopes of which any one is accepted everywhere, or, if no scope is enough alone, one text that
    /// says which are needed together. `None` if the reference does not know the action.
    pub fn accepted(&self) -> Option<Vec<&str>> {
        match &self.asked {
            Some(asked) => Some(vec![asked]),
            None if !self.accepted.is_empty() => Some(self.accepted.clone()),
            None => self.needs_nothing.then(|| vec!["no scope needed"]),
        }
    }

    /// The calls that carry the action out, each with what its sources say where one of them says
    /// something else than [`Audit`] tells as accepted everywhere.
    pub fn calls(&self) -> Vec<String> {
        self.operations.iter().map(|call| call.against(&self.accepted)).collect()
    }
}

impl<'a> AuditCall<'a> {
    fn of(catalog: &'a Catalog, operation: &'a Operation) -> Self {
        // With a space between the scopes of an alternative, as OAuth writes them.
        let names = |claim: &Accepts| {
            claim.alternatives().iter().map(|scopes| catalog.names(scopes).join(" ")).collect()
        };
        Self {
            operation,
            accepts: operation.accepts.is_known().then(|| names(&operation.accepts)),
            documented: operation.documented.as_ref().map(names),
        }
    }

    /// The call, with the claims of its sources if they differ from `everywhere`.
    fn against(&self, everywhere: &[&str]) -> String {
        let call = self.operation;
        let accepts = match self.accepts.as_deref() {
            None => "accepts what is not known".to_owned(),
            Some([]) => "cannot be called with OAuth".to_owned(),
            Some([nothing]) if nothing.is_empty() => "needs no scope".to_owned(),
            Some(accepts) => format!("accepts {}", accepts.join(", ")),
        };
        let mut remarks = Vec::new();
        let says_the_same = |own: &[String]| own == everywhere && !own.is_empty();
        if self.documented.is_some() || !self.accepts.as_deref().is_some_and(says_the_same) {
            remarks.push(accepts);
        }
        if let Some(documented) = &self.documented {
            remarks.push(format!("documented {}", documented.join(", ")));
        }
        if call.other_credentials {
            remarks.push("may need something besides OAuth".to_owned());
        }
        match remarks.is_empty() {
            true => call.to_string(),
            false => format!("{call} ({})", remarks.join("; ")),
        }
    }
}
