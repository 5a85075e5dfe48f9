//! The JSON documents. Their keys are a promise: they are described by
//! `assets/schema/output.json`, keep their meaning, and new ones may come beside them.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde::Serialize;

use super::fingerprint::CatalogStamp;
pub use super::json_text::write_json;
use super::{
    ActionIndex, Answer, AuditRow, Catalog, Coverage, Difference, Mode, Operation, Power,
    ScopeIndex, ScopeList, ScopeSet, Selection, Source, Subject, Uses, Verdict, VerdictCounts, Why,
};

/// A selection, its scopes and their reasons, and the API's verdicts.
#[derive(Serialize)]
pub struct SelectionReport<'a> {
    mode: Mode,
    actions: Vec<AuditRow<'a>>,
    scopes: Vec<&'a str>,
    scopes_by_action: IndexMap<&'a str, Vec<&'a str>>,
    actions_by_scope: IndexMap<&'a str, Vec<&'a str>>,
    verdicts: VerdictCounts,
    /// Of the scopes under which the actions are judged.
    power: Option<Power>,
    /// Of the guide's scopes for these actions.
    guide_power: Option<Power>,
    least_power: Option<Power>,
    guide_url: Option<String>,
    catalog: CatalogStamp<'a>,
    reference: Option<&'a Source>,
}

/// The scopes of a selection, also as the one text that is pasted.
#[derive(Serialize)]
pub struct ScopesReport<'a> {
    pub text: &'a str,
    #[serde(flatten)]
    pub selection: SelectionReport<'a>,
    /// Only if it was asked for.
    #[serde(flatten)]
    pub why: Option<Why<'a>>,
}

/// The actions of a selection, by whether the app's scopes cover them.
#[derive(Serialize)]
pub struct CheckReport<'a> {
    granted: Vec<&'a str>,
    /// Those of the granted scopes that neither the catalog nor its reference knows.
    unknown: &'a BTreeSet<String>,
    covered: Vec<&'a str>,
    uncertain: Vec<&'a str>,
    not_covered: Vec<&'a str>,
    missing: Vec<&'a str>,
    #[serde(flatten)]
    selection: SelectionReport<'a>,
}

/// The difference between two lists of scopes.
#[derive(Serialize)]
pub struct DiffReport<'a> {
    add: Vec<&'a str>,
    drop: Vec<&'a str>,
    keep: Vec<&'a str>,
    /// Those of the scopes above that neither the catalog nor its reference knows.
    unknown: Vec<&'a str>,
    power: Option<PowerChange>,
    catalog: CatalogStamp<'a>,
}

/// The power of an app before and after a change.
#[derive(Serialize)]
struct PowerChange {
    old: Power,
    new: Power,
}

/// The facts about some actions and scopes. Facts that several of them share are in it once.
#[derive(Serialize)]
pub struct ExplainReport<'a> {
    explained: Vec<Explanation<'a>>,
    /// The actions that need an explained scope.
    needed_by: Vec<AuditRow<'a>>,
    /// Of explained scopes, and of the scopes that explained actions need.
    actions_by_scope: IndexMap<&'a str, Vec<&'a str>>,
    catalog: CatalogStamp<'a>,
    reference: Option<&'a Source>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Explanation<'a> {
    Action(AuditRow<'a>),
    Scope {
        scope: &'a str,
        form_name: Option<&'a str>,
        description: Option<&'a str>,
        always_granted: bool,
        accepted_for: Vec<&'a str>,
        uncertain_for: Vec<&'a str>,
        power: Option<Power>,
        /// Those that change data first.
        calls: Vec<UnlockedCall<'a>>,
        called_read_only: bool,
    },
}

/// A call that a scope unlocks beyond what every app may do.
#[derive(Serialize)]
struct UnlockedCall<'a> {
    #[serde(flatten)]
    call: &'a Operation,
    changes_data: bool,
}

impl<'a> SelectionReport<'a> {
    /// Actions as the guide has them, each judged under its own scopes alone.
    pub fn listed(catalog: &'a Catalog, selection: &Selection) -> Self {
        let answer = Answer::of(catalog, selection);
        Self::new(catalog, selection, &answer, None)
    }

    /// Actions, judged under the scopes that they come to together.
    pub fn answered(catalog: &'a Catalog, selection: &Selection, answer: &Answer) -> Self {
        Self::new(catalog, selection, answer, Some(&answer.scopes))
    }

    /// Actions, judged under `scopes` or, if there are none, each under its own.
    fn new(
        catalog: &'a Catalog,
        selection: &Selection,
        answer: &Answer,
        scopes: Option<&ScopeSet>,
    ) -> Self {
        let judged = |action| match scopes {
            Some(scopes) => AuditRow::under(catalog, action, scopes),
            None => AuditRow::by_guide(catalog, action),
        };
        let mode = answer.mode;
        let by_action = |action| {
            let names = catalog.names(&answer.needs(catalog, action));
            (catalog.action(action).id(), names)
        };
        let needing = answer.needing(catalog, selection);
        let by_scope = |(scope, needing): (ScopeIndex, Vec<ActionIndex>)| {
            (catalog.scope(scope), ids(catalog, needing.into_iter()))
        };
        let actions: Vec<_> = selection.iter().map(judged).collect();
        let compared = answer.power;
        Self {
            mode,
            verdicts: actions.iter().map(|row| row.verdict).collect(),
            power: catalog.power(scopes.unwrap_or(&answer.scopes)),
            guide_power: compared.and_then(|compared| compared.guide),
            least_power: compared.map(|compared| compared.least),
            actions,
            scopes: catalog.names(&answer.scopes),
            scopes_by_action: selection.iter().map(by_action).collect(),
            actions_by_scope: answer.scopes.iter().zip(needing).map(by_scope).collect(),
            guide_url: catalog.guide_url(selection),
            catalog: CatalogStamp::of(catalog),
            reference: source(catalog),
        }
    }
}

impl<'a> CheckReport<'a> {
    /// The actions are judged under the granted scopes.
    pub fn new(catalog: &'a Catalog, granted: &'a ScopeList, selection: &Selection) -> Self {
        let with = |coverage| {
            let have =
                |&action: &ActionIndex| catalog.coverage(action, &granted.scopes) == coverage;
            ids(catalog, selection.iter().filter(have))
        };
        let answer = Answer::of(catalog, selection);
        Self {
            granted: granted.names(catalog).collect(),
            unknown: &granted.unknown,
            covered: with(Coverage::Covered),
            uncertain: with(Coverage::Uncertain),
            not_covered: with(Coverage::Missing),
            missing: catalog.names(&catalog.lacking(selection, &granted.scopes)),
            selection: SelectionReport::new(catalog, selection, &answer, Some(&granted.scopes)),
        }
    }
}

impl<'a> DiffReport<'a> {
    pub fn new(
        catalog: &'a Catalog,
        changes: &'a Difference<ScopeList>,
        keep: &'a ScopeList,
    ) -> Self {
        let Difference { add, remove } = changes;
        let unknown = [add, remove, keep].into_iter().flat_map(|list| &list.unknown);
        let power = changes.power(catalog, keep);
        Self {
            add: add.names(catalog).collect(),
            drop: remove.names(catalog).collect(),
            keep: keep.names(catalog).collect(),
            unknown: unknown.map(String::as_str).collect(),
            power: power.map(|(old, new)| PowerChange { old, new }),
            catalog: CatalogStamp::of(catalog),
        }
    }
}

impl<'a> ExplainReport<'a> {
    pub fn new(catalog: &'a Catalog, subjects: &[Subject]) -> Self {
        let uses = Uses::of(catalog);
        let explain = |&subject| match subject {
            Subject::Action(action) => Explanation::Action(AuditRow::by_guide(catalog, action)),
            Subject::Scope(scope) => Explanation::of_scope(&uses, scope),
        };
        let mut scopes = Vec::new();
        let mut actions = Selection::new();
        for &subject in subjects {
            match subject {
                Subject::Action(action) => scopes.extend(catalog.action(action).scopes()),
                Subject::Scope(scope) => {
                    scopes.push(scope);
                    uses.needing(scope).iter().for_each(|&action| actions.insert(action));
                }
            }
        }
        let scopes: ScopeSet = scopes.into_iter().collect();
        let by_scope =
            |scope| (catalog.scope(scope), ids(catalog, uses.needing(scope).iter().copied()));
        Self {
            explained: subjects.iter().map(explain).collect(),
            needed_by: actions.iter().map(|action| AuditRow::by_guide(catalog, action)).collect(),
            actions_by_scope: scopes.iter().map(by_scope).collect(),
            catalog: CatalogStamp::of(catalog),
            reference: source(catalog),
        }
    }
}

impl<'a> Explanation<'a> {
    fn of_scope(uses: &Uses<'a>, scope: ScopeIndex) -> Self {
        let catalog = uses.catalog;
        let with = |verdict| {
            let have = uses.accepting(scope).iter().filter(|&&(_, own)| own == verdict);
            ids(catalog, have.map(|&(action, _)| action))
        };
        let calls = catalog.unlocked_by(scope).into_iter();
        let calls = calls.map(|call| UnlockedCall { call, changes_data: call.changes_data() });
        Self::Scope {
            scope: catalog.scope(scope),
            form_name: catalog.form_name(scope),
            description: catalog.facts(scope).map(|facts| facts.description.as_str()),
            always_granted: catalog.is_always_granted(scope),
            accepted_for: with(Verdict::Accepted),
            uncertain_for: with(Verdict::Uncertain),
            power: catalog.power_of_scope(scope),
            calls: calls.collect(),
            called_read_only: catalog.is_called_read_only(scope),
        }
    }
}

/// The source of the verdicts. `None` if the catalog has no reference.
fn source(catalog: &Catalog) -> Option<&Source> {
    catalog.reference().map(|reference| &reference.source)
}

fn ids(catalog: &Catalog, actions: impl Iterator<Item = ActionIndex>) -> Vec<&str> {
    actions.map(|index| catalog.action(index).id()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Granted, Separator, read_ids};
    use proptest::prelude::*;

    fn json(report: &impl Serialize) -> Vec<u8> {
        let mut out = Vec::new();
        write_json(&mut out, report).expect("a vector takes everything");
        out
    }

    #[test]
    fn a_scope_is_explained_by_the_actions_that_it_serves_and_by_whom_it_is_said() {
        let catalog = Catalog::pipedrive();
        let scope = catalog.find_scope("deals:read").expect("a scope of the form");
        let bytes = json(&ExplainReport::new(&catalog, &[Subject::Scope(scope)]));
        let report: serde_json::Value = serde_json::from_slice(&bytes).expect("our own JSON");
        let ids_under = |verdict| -> Vec<&str> {
            let have = |&action: &ActionIndex| catalog.scope_verdict(action, scope) == verdict;
            catalog.indices().filter(have).map(|action| catalog.action(action).id()).collect()
        };
        let told = &report["explained"][0];
        assert_eq!(told["accepted_for"], serde_json::json!(ids_under(Verdict::Accepted)));
        assert_eq!(told["uncertain_for"], serde_json::json!(ids_under(Verdict::Uncertain)));
        assert!(told["accepted_for"].to_string().contains("\"pipedrive_list_deals\""));
        assert!(!told["accepted_for"].to_string().contains("pipedrive_add_deal\""));
        assert!(report["reference"].is_object());
    }

    proptest! {
        #[test]
        fn a_selection_is_read_back_from_its_report(
            positions in prop::collection::btree_set(0_usize..121, 1..121),
        ) {
            let catalog = Catalog::pipedrive();
            let selection: Selection = positions.into_iter().map(ActionIndex::from_position).collect();
            let bytes = json(&SelectionReport::listed(&catalog, &selection));
            let ids = read_ids(&bytes, |_| false);
            let mut read_back = Selection::new();
            for listed in ids.expect("our own JSON") {
                let named = catalog.named(&listed.id).expect("our own ids");
                named.into_iter().for_each(|index| read_back.insert(index));
            }
            prop_assert_eq!(read_back, selection);
        }

        #[test]
        fn the_scopes_of_a_report_are_those_of_the_answer(
            positions in prop::collection::btree_set(0_usize..121, 0..16),
        ) {
            let catalog = Catalog::pipedrive();
            let selection: Selection = positions.into_iter().map(ActionIndex::from_position).collect();
            let answer = Answer::of(&catalog, &selection);
            let text = &answer.text(&catalog, Separator::default());
            let report = SelectionReport::answered(&catalog, &selection, &answer);
            let bytes = json(&ScopesReport { text, selection: report, why: None });
            let list = Granted::read(&catalog, &bytes).expect("our own JSON").scopes;
            prop_assert_eq!(list.scopes, answer.scopes);
            prop_assert!(list.unknown.is_empty());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let catalog = Catalog::pipedrive();
            let _ = read_ids(&bytes, |id| id.len() > 3);
            let _ = Granted::read(&catalog, &bytes);
        }
    }
}
