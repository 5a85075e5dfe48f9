//! The calls that scopes unlock.

use super::pluralize::counted;
use super::privilege::ADMIN;
use super::{Catalog, Operation, Power, Reference, ScopeIndex, ScopeSet};

impl Catalog {
    /// The power of scopes, with those that every app has. `None` without a reference.
    pub fn power(&self, scopes: &ScopeSet) -> Option<Power> {
        Some(self.counting_reference()?.powers().of(scopes))
    }

    fn counting_reference(&self) -> Option<&Reference> {
        self.reference().filter(|reference| reference.counts_calls())
    }

    /// The power of one scope, with those that every app has. `None` without a reference.
    pub fn power_of_scope(&self, scope: ScopeIndex) -> Option<Power> {
        let reference = self.counting_reference()?;
        let own = reference.operations_with(scope);
        let further = own.filter(|call| !call.is_possible(&reference.always_granted));
        Some(reference.powers().always.with(further))
    }

    /// Orders scopes from the one that lets an app do the least: `admin`, the number of calls that change
    /// data, and that of all.
    pub(super) fn rank(&self, scope: ScopeIndex) -> (bool, usize, usize) {
        // With the calls that every app may make: to leave them out takes milliseconds at 10,000 actions.
        let power = Power::default().with(self.operations_with(scope));
        (self.scope(scope) == ADMIN, power.writes, power.calls)
    }

    /// The calls that `scope` is enough for, as some source says, but for those that ask for nothing.
    pub fn operations_with(&self, scope: ScopeIndex) -> impl Iterator<Item = &Operation> {
        self.reference().into_iter().flat_map(move |reference| reference.operations_with(scope))
    }

    /// So many of the calls of the API. `None` without a reference.
    pub fn count_calls<'a>(&'a self, calls: impl Iterator<Item = &'a Operation>) -> Option<Power> {
        let Power { of, .. } = self.counting_reference()?.powers().always;
        Some(Power { of, ..Power::default() }.with(calls))
    }

    /// The calls that this scope unlocks beyond what every app may do: those that change data
    /// first, in the order of the reference.
    pub fn unlocked_by(&self, scope: ScopeIndex) -> Vec<&Operation> {
        let Some(reference) = self.reference() else { return Vec::new() };
        let always = &reference.always_granted;
        let mut unlocked: Vec<_> = reference
            .operations_with(scope)
            .filter(|call| always.contains(scope) || !call.is_possible(always))
            .collect();
        unlocked.sort_by_key(|call| !call.changes_data());
        unlocked
    }

    /// `51 of 368 calls, 6 change data, beyond the 4 of every app`: the calls that a scope unlocks.
    /// `None` without a reference.
    pub fn unlocked_words(&self, scope: ScopeIndex) -> Option<String> {
        let power = self.count_calls(self.unlocked_by(scope).into_iter())?;
        let reference = self.reference()?;
        let always = reference.powers().always.calls;
        if always == 0 || reference.always_granted.contains(scope) {
            return Some(power.to_string());
        }
        Some(format!("{power}, beyond the {always} of every app"))
    }

    /// Returns `true` if a scope is called read-only: by its name, or in the provider's form.
    pub fn is_called_read_only(&self, scope: ScopeIndex) -> bool {
        let in_form = |name: &str| name.to_lowercase().contains("read only");
        self.scope(scope).ends_with(":read") || self.form_name(scope).is_some_and(in_form)
    }

    /// The number of calls that change data and that a scope unlocks although it is called
    /// read-only.
    pub fn writes_of_read_only(&self, scope: ScopeIndex) -> usize {
        if !self.is_called_read_only(scope) {
            return 0;
        }
        self.unlocked_by(scope).iter().filter(|call| call.changes_data()).count()
    }

    /// A sentence about a scope that is called read-only and is not, as a claim of the reference's
    /// source.
    pub fn read_only_warning(&self, scope: ScopeIndex) -> Option<String> {
        let writes = self.writes_of_read_only(scope);
        let source = &self.reference()?.source.accepts;
        (writes > 0).then(|| {
            let calls =
                counted(writes, "call", ["that changes data accepts", "that change data accept"]);
            format!("It is called read-only, yet {calls} it, says {source}.")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_scope_unlocks_is_counted_beyond_what_every_app_may_do() {
        let catalog = Catalog::pipedrive();
        let words = |name: &str| {
            catalog.unlocked_words(catalog.find_scope(name).expect("known")).expect("a reference")
        };
        assert_eq!(
            words("deals:read"),
            "51 of 368 calls, 6 change data, beyond the 4 of every app",
            "55 in all"
        );
        assert!(!words("base").contains("beyond"), "{}", words("base"));
    }

    #[test]
    fn pipedrives_scopes_unlock_what_client_or_page_say() {
        let catalog = Catalog::pipedrive();
        let power = |names: &str| {
            let find = |name: &str| catalog.find_scope(name).expect("known");
            catalog.power(&names.split_whitespace().map(find).collect()).expect("a reference")
        };
        let counts = |names: &str| (power(names).calls, power(names).writes);
        assert_eq!(power("deals:read").to_string(), "55 of 368 calls, 6 change data");
        assert_eq!(counts(""), (4, 0), "what every app may do");
        assert_eq!(counts("base"), (4, 0));
        assert_eq!(counts("contacts:read"), (43, 0));
        assert_eq!(counts("deals:full"), (91, 42));
        assert_eq!(counts("webhooks:read"), (5, 0), "by the page alone");
    }

    #[test]
    fn a_call_that_two_actions_make_counts_once_everywhere() {
        let catalog = Catalog::parse(
            r#"{"connector": {"name": "T"}, "scopes": ["r"],
            "actions": [{"id": "x", "label": "X", "scopes": ["r"]}, {"id": "y", "label": "Y", "scopes": ["r"]}],
            "reference": {"source": "s", "calls": [
            {"action": "x", "method": "GET", "path": "/x", "accepts": [["r"]]},
            {"action": "y", "method": "GET", "path": "/x", "accepts": [["r"]]},
            {"method": "OPTIONS", "path": "/x", "accepts": [["r"]]}]}}"#,
        )
        .expect("it keeps the rules");
        let r = catalog.find_scope("r").expect("listed");
        let both = "2 of 2 calls, 0 change data";
        assert_eq!(catalog.power(&[r].into_iter().collect()).expect("calls").to_string(), both);
        assert_eq!(catalog.power_of_scope(r).expect("calls").to_string(), both);
        assert_eq!(catalog.unlocked_words(r).as_deref(), Some(both));
    }

    #[test]
    fn a_scope_that_is_called_read_only_is_warned_of_in_the_right_number() {
        for (calls, expected) in [
            (1, "yet 1 call that changes data accepts it, says s."),
            (2, "yet 2 calls that change data accept it, says s."),
        ] {
            let call =
                |n| format!(r#"{{"method": "POST", "path": "/{n}", "accepts": [["x:read"]]}}"#);
            let calls: Vec<_> = (0..calls).map(call).collect();
            let catalog = Catalog::parse(&format!(
                r#"{{"connector": {{"name": "T"}}, "scopes": ["x:read"], "actions": [],
                "reference": {{"source": "s", "calls": [{}]}}}}"#,
                calls.join(",")
            ));
            let catalog = catalog.expect("it keeps the rules");
            let warning = catalog.read_only_warning(catalog.find_scope("x:read").expect("listed"));
            assert!(warning.is_some_and(|warning| warning.ends_with(expected)), "{expected}");
        }
    }

    #[test]
    fn one_scope_is_called_read_only_and_is_not() {
        let catalog = Catalog::pipedrive();
        let writing = catalog.all_scopes().filter(|&scope| catalog.writes_of_read_only(scope) > 0);
        let writing: Vec<_> = writing.map(|scope| catalog.scope(scope)).collect();
        assert_eq!(writing, ["deals:read"]);
        let unlocked = catalog.unlocked_by(catalog.find_scope("deals:read").expect("known"));
        assert_eq!(unlocked.len(), 51);
        let writes: Vec<_> = unlocked.iter().take_while(|call| call.changes_data()).collect();
        assert_eq!(writes.len(), 6);
        let of_a_deal = |path: &str| path.contains("discounts") || path.contains("installments");
        assert!(writes.iter().all(|call| of_a_deal(&call.path)));
    }
}
