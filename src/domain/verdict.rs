use std::fmt;

use serde::Serialize;

use super::{Accepts, ActionIndex, Catalog, Operation, ScopeIndex, ScopeSet};

/// Whether the provider's API lets an action through, as far as the reference knows.
///
/// In ascending order from the worst known verdict to the best; unknown comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// No version and no source accepts any of the scopes.
    Refused,
    /// Some versions or sources accept one of the scopes, but not all of them do.
    Uncertain,
    /// Every version and every source accepts one of the scopes.
    Accepted,
    /// The reference does not know the action.
    Unknown,
}

impl Verdict {
    pub const ALL: [Self; 4] = [Self::Refused, Self::Uncertain, Self::Accepted, Self::Unknown];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Uncertain => "uncertain",
            Self::Accepted => "accepted",
            Self::Unknown => "unknown",
        }
    }
}

/// The number of actions with each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VerdictCounts {
    pub accepted: usize,
    pub uncertain: usize,
    pub refused: usize,
    pub unknown: usize,
}

impl VerdictCounts {
    pub fn of(mut self, verdict: Verdict) -> usize {
        *self.count(verdict)
    }

    fn count(&mut self, verdict: Verdict) -> &mut usize {
        match verdict {
            Verdict::Refused => &mut self.refused,
            Verdict::Uncertain => &mut self.uncertain,
            Verdict::Accepted => &mut self.accepted,
            Verdict::Unknown => &mut self.unknown,
        }
    }
}

impl FromIterator<Verdict> for VerdictCounts {
    fn from_iter<T: IntoIterator<Item = Verdict>>(verdicts: T) -> Self {
        let mut counts = Self::default();
        for verdict in verdicts {
            *counts.count(verdict) += 1;
        }
        counts
    }
}

/// `13 refused, 4 uncertain, 104 accepted`: the worst first, without those that none has.
impl fmt::Display for VerdictCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let present = Verdict::ALL.into_iter().filter(|&verdict| self.of(verdict) > 0);
        let counts = present.map(|verdict| format!("{} {}", self.of(verdict), verdict.name()));
        f.write_str(&counts.collect::<Vec<_>>().join(", "))
    }
}

impl Catalog {
    /// The verdict on an action if the app has these scopes, and those that every app has.
    pub fn verdict(&self, action: ActionIndex, scopes: &ScopeSet) -> Verdict {
        self.judge(action, |scope| scopes.contains(scope))
    }

    /// The same of an app that has the action's own scopes too, as the guide has them.
    pub fn verdict_with_own(&self, action: ActionIndex, scopes: &ScopeSet) -> Verdict {
        let own = self.action(action).scopes();
        self.judge(action, |scope| scopes.contains(scope) || own.contains(&scope))
    }

    /// The verdict on an action for an app that has these scopes, and those that every app has.
    fn judge(&self, action: ActionIndex, has: impl Fn(ScopeIndex) -> bool) -> Verdict {
        let Some((calls, always)) = self.calls(action) else { return Verdict::Unknown };
        let has = |scope| has(scope) || always.contains(scope);
        let is_met = |claim: &Accepts| {
            claim.alternatives().iter().any(|alternative| alternative.iter().all(has))
        };
        if calls.clauses.iter().all(|clause| clause.iter().any(has)) {
            Verdict::Accepted
        } else if self.claims_of(action).any(is_met) {
            Verdict::Uncertain
        } else {
            Verdict::Refused
        }
    }

    /// The clauses that `scopes` meets and that the verdict on the action hangs on. Where that is not
    /// known, those of each source that says what it accepts.
    pub(super) fn met_clauses(&self, action: ActionIndex, scopes: &ScopeSet) -> Vec<ScopeSet> {
        let Some(reference) = self.reference() else { return Vec::new() };
        let always = &reference.always_granted;
        let scopes = scopes.union(always);
        let claims = self.claims_of(action).filter(|claim| claim.is_met(&scopes));
        let mut met: Vec<_> = match self.verdict(action, &scopes) {
            Verdict::Accepted => self.clauses(action).unwrap_or_default().to_vec(),
            Verdict::Uncertain => claims.take(1).flat_map(|claim| claim.met(&scopes)).collect(),
            Verdict::Unknown => claims.flat_map(|claim| claim.met(&scopes)).collect(),
            Verdict::Refused => Vec::new(),
        };
        met.retain(|clause| !clause.intersects(always));
        met
    }

    /// Returns the claims of each version and each source about an action.
    fn claims_of(&self, action: ActionIndex) -> impl Iterator<Item = &Accepts> {
        self.operations(action).iter().flat_map(Operation::claims)
    }

    /// The verdict on one scope for an action, if the app has all other scopes that the action
    /// needs. A scope that the action does not need is refused, even if every app may carry the
    /// action out.
    pub fn scope_verdict(&self, action: ActionIndex, scope: ScopeIndex) -> Verdict {
        match self.calls(action) {
            None => Verdict::Unknown,
            Some((calls, _)) if calls.clauses.iter().any(|c| c.contains(scope)) => {
                Verdict::Accepted
            }
            Some((calls, _)) if calls.any.contains(scope) => Verdict::Uncertain,
            Some(_) => Verdict::Refused,
        }
    }

    /// The verdict on an action if the app has exactly the guide's scopes for it.
    pub fn guide_verdict(&self, action: ActionIndex) -> Verdict {
        self.verdict_with_own(action, &ScopeSet::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The verdict of an action whose two versions accept these, under the scopes of `granted`.
    fn verdict(granted: &[&str], v1: &[&str], v2: &[&str]) -> Verdict {
        let catalog = Catalog::parse(r#"[{"id": "x_a", "label": "A", "scopes": ["a"]}]"#)
            .expect("it keeps the rules")
            .with_calls(&["base", "a", "b"], [("x_a", "v1", v1), ("x_a", "v2", v2)]);
        let names = catalog.scope_indices();
        let scopes = granted.iter().map(|name| names[name]).collect();
        catalog.verdict(catalog.find("x_a").expect("listed"), &scopes)
    }

    #[test]
    fn a_scope_that_every_version_accepts_is_accepted_and_one_of_none_refused() {
        assert_eq!(verdict(&["a"], &["a"], &["a", "b"]), Verdict::Accepted);
        assert_eq!(verdict(&["b"], &["a"], &["a", "b"]), Verdict::Uncertain);
        assert_eq!(verdict(&[], &["a"], &["a", "b"]), Verdict::Refused);
    }

    #[test]
    fn two_scopes_that_share_the_versions_between_them_are_accepted_together() {
        assert_eq!(verdict(&["a", "b"], &["a"], &["b"]), Verdict::Accepted);
        assert_eq!(verdict(&["a"], &["a"], &["b"]), Verdict::Uncertain);
    }

    #[test]
    fn what_every_app_has_counts_without_being_asked_for() {
        assert_eq!(verdict(&[], &["base"], &["a", "base"]), Verdict::Accepted);
        assert_eq!(verdict(&[], &["a"], &["base"]), Verdict::Uncertain);
    }

    #[test]
    fn a_version_that_is_met_makes_an_action_uncertain_whatever_the_other_needs_together() {
        let read = |v1: &str, v2: &str| {
            let text = format!(
                r#"{{"connector": {{"name": "T"}}, "scopes": ["a", "b", "c"],
                "actions": [{{"id": "x", "label": "X", "scopes": []}}],
                "reference": {{"source": "s", "calls": [
                {{"action": "x", "version": "v1", "method": "GET", "path": "/x", "accepts": {v1}}},
                {{"action": "x", "version": "v2", "method": "GET", "path": "/x", "accepts": {v2}}}]}}}}"#
            );
            Catalog::parse(&text).expect("it keeps the rules")
        };
        let verdict = |v1: &str, v2: &str, granted: &[&str]| {
            let catalog = read(v1, v2);
            let scopes = granted.iter().map(|name| catalog.find_scope(name).expect("listed"));
            catalog.verdict(catalog.find("x").expect("listed"), &scopes.collect())
        };
        for (v1, v2, granted, expected) in [
            (r#"[["a"]]"#, r#"[["a", "b"]]"#, &["a"][..], Verdict::Uncertain),
            (r#"[["a"]]"#, r#"[["a", "b"]]"#, &["b"], Verdict::Refused),
            (r#"[["a"]]"#, r#"[["a", "b"]]"#, &["a", "b"], Verdict::Accepted),
            ("[[]]", r#"[["a"]]"#, &[], Verdict::Uncertain),
            (r#"[["a", "b"]]"#, r#"[["c"]]"#, &["a"], Verdict::Refused),
        ] {
            assert_eq!(verdict(v1, v2, granted), expected, "{v1} {v2} {granted:?}");
        }
        let catalog = read(r#"[["a"], ["b"]]"#, r#"[["b", "c"]]"#);
        let x = catalog.find("x").expect("listed");
        let of_one = |name| catalog.scope_verdict(x, catalog.find_scope(name).expect("listed"));
        assert_eq!(
            ["a", "b", "c"].map(of_one),
            [Verdict::Uncertain, Verdict::Accepted, Verdict::Accepted]
        );
    }

    #[test]
    fn one_scope_is_judged_by_itself() {
        let catalog = Catalog::pipedrive();
        let verdict = |action: &str, scope| {
            let action = catalog.find(&format!("pipedrive_{action}")).expect(action);
            catalog.scope_verdict(action, catalog.find_scope(scope).expect(scope))
        };
        assert_eq!(verdict("update_deal_field", "deal-fields:full"), Verdict::Accepted);
        assert_eq!(verdict("update_deal_field", "deals:full"), Verdict::Uncertain);
        assert_eq!(verdict("update_deal_field", "goals:full"), Verdict::Refused);
        assert_eq!(verdict("get_current_user", "base"), Verdict::Accepted);
        assert_eq!(verdict("get_current_user", "goals:full"), Verdict::Refused);
    }

    #[test]
    fn the_guide_gets_thirteen_actions_refused_and_leaves_four_uncertain() {
        let catalog = Catalog::pipedrive();
        let counts: VerdictCounts =
            catalog.indices().map(|action| catalog.guide_verdict(action)).collect();
        let expected = VerdictCounts { accepted: 104, uncertain: 4, refused: 13, unknown: 0 };
        assert_eq!(counts, expected);
    }

    #[test]
    fn with_all_scopes_of_the_form_nothing_is_refused() {
        let catalog = Catalog::pipedrive();
        let scopes = catalog.form_scopes();
        let verdicts = catalog.indices().map(|action| catalog.verdict(action, &scopes));
        let counts: VerdictCounts = verdicts.collect();
        assert_eq!(counts.accepted + counts.uncertain, 121);
        assert_eq!(counts.refused, 0);
    }
}
