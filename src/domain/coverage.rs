use std::cmp::Reverse;

use super::clauses::superfluous;
use super::pluralize::{counted, pluralize};
use super::{
    ActionIndex, Catalog, Difference, Least, Requirement, ScopeList, ScopeSet, Selection, Verdict,
};

/// Whether an action works with some scopes, as far as can be known, from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coverage {
    /// The API accepts the scopes or, if its requirements are unknown, they include all of the
    /// guide's.
    Covered,
    /// Some version or source of the reference accepts them.
    Uncertain,
    Missing,
}

impl Coverage {
    /// A clause without its subject.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Covered => "covered by your app's current scopes",
            Self::Uncertain => "may be covered by your app's current scopes",
            Self::Missing => "not covered by your app's current scopes",
        }
    }
}

/// The change from the scopes that an app has to those of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantedChange {
    /// In the answer, and not granted.
    pub add: ScopeSet,
    /// In the answer and not granted, but no action needs them in addition to what is granted.
    pub needless: ScopeSet,
    /// Granted, and of no use.
    pub remove: ScopeSet,
    /// Granted scopes that are not in the answer, but that a selected action needs because the
    /// answer alone does not cover it.
    pub keep: ScopeSet,
    /// The numbers of selected actions that the app does not cover after the change, and that it may not
    /// cover.
    pub missing: usize,
    pub uncertain: usize,
    /// Whether scopes are granted that the catalog does not know.
    pub has_unknown: bool,
}

impl GrantedChange {
    /// The heading of the scopes that the app has, as long as nothing is selected.
    pub const NOW: &str = "Your app's current scopes:";
    /// The headings of the scopes in `add` and in `remove`.
    pub const ADD: &str = "Your app needs:";
    pub const REMOVE: &str = "Your app can drop:";

    /// A sentence beside the lists of what the app needs and can drop. `None` if these say it all.
    pub fn remark(&self) -> Option<String> {
        let changes = !self.add.is_empty() || !self.remove.is_empty();
        let then = if changes { " even then" } else { "" };
        let actions = |count| pluralize(count, "selected action");
        Some(match (self.missing, self.uncertain) {
            (0, 0) if changes => return None,
            (0, 0) if !self.needless.is_empty() => "Your app's scopes are enough.".into(),
            (0, 0) if !self.keep.is_empty() => {
                "Your app has these scopes, and others that the API needs.".into()
            }
            (0, 0) if self.has_unknown => {
                "Your app has these scopes, and others that the catalog does not know.".into()
            }
            (0, 0) => "Your app has exactly these scopes.".into(),
            (0, uncertain) => format!("{} may not be covered{then}.", actions(uncertain)),
            (missing, uncertain) => {
                let are = counted(missing, "selected action", ["is", "are"]);
                let maybe = match uncertain {
                    0 => String::new(),
                    uncertain => format!(", and {uncertain} may not be"),
                };
                format!("{are} not covered{then}{maybe}.")
            }
        })
    }
}

impl Catalog {
    pub fn coverage(&self, action: ActionIndex, scopes: &ScopeSet) -> Coverage {
        match self.verdict(action, scopes) {
            Verdict::Accepted => Coverage::Covered,
            Verdict::Uncertain => Coverage::Uncertain,
            Verdict::Refused => Coverage::Missing,
            // Its requirements are unknown.
            Verdict::Unknown if self.is_described() => Coverage::Uncertain,
            Verdict::Unknown => {
                let mut asked = self.action(action).scopes().iter();
                let has = |&scope| scopes.contains(scope) || self.is_granted_for(action, scope);
                if asked.all(has) { Coverage::Covered } else { Coverage::Missing }
            }
        }
    }

    /// The actions that need no scope beyond these.
    pub fn covered(&self, scopes: &ScopeSet) -> Selection {
        self.indices()
            .filter(|&action| self.coverage(action, scopes) == Coverage::Covered)
            .collect()
    }

    pub fn to_change(
        &self,
        granted: &ScopeList,
        answer: &ScopeSet,
        selection: &Selection,
    ) -> GrantedChange {
        let Difference { add: wanted, remove: beyond } = granted.difference(self, answer);
        let kept = granted.scopes.union(answer);
        let changed = wanted.union(&beyond);
        // One scope of each of these has to stay, so that no action works less well than with all. Where
        // the API does not say what an action needs, what the guide asks for has to stay.
        let (mut clauses, mut asked) = (Vec::new(), Vec::new());
        for action in selection.iter() {
            if let Requirement::Guide(scopes) = self.requirement(action) {
                asked.extend(scopes);
            }
            let met = self.met_clauses(action, &kept);
            clauses.extend(met.into_iter().filter(|clause| clause.intersects(&changed)));
        }
        let asked: ScopeSet = asked.into_iter().collect();
        // What the app has goes first, and of that the most powerful scope.
        let mut candidates: Vec<_> =
            changed.difference(&wanted.intersection(&asked)).iter().collect();
        candidates.sort_by_cached_key(|&scope| (wanted.contains(scope), Reverse(self.rank(scope))));
        let idle = superfluous(&clauses, &kept, candidates.into_iter());
        let after = kept.difference(&idle);
        let count = |coverage| {
            selection.iter().filter(|&action| self.coverage(action, &after) == coverage).count()
        };
        GrantedChange {
            has_unknown: !granted.unknown.is_empty(),
            missing: count(Coverage::Missing),
            uncertain: count(Coverage::Uncertain),
            add: wanted.difference(&idle),
            needless: wanted.intersection(&idle),
            keep: beyond.difference(&idle),
            remove: beyond.intersection(&idle),
        }
    }

    /// The scopes that cover what `scopes` does not, and let the app do the least beside those.
    pub fn lacking(&self, actions: &Selection, scopes: &ScopeSet) -> ScopeSet {
        let is_uncovered =
            |&action: &ActionIndex| self.coverage(action, scopes) != Coverage::Covered;
        let uncovered = actions.iter().filter(is_uncovered).collect();
        Least::beside(self, &uncovered, scopes).scopes.difference(scopes)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Answer, Mode};

    proptest! {
        /// Without what can go every action works as before, and without one more some do not.
        #[test]
        fn exactly_what_no_action_needs_can_go(
            granted in prop::collection::vec(0..30_usize, 0..20),
            actions in prop::collection::vec(0..121_usize, 0..10),
            by_guide: bool,
        ) {
            let catalog = Catalog::pipedrive();
            let scopes: Vec<_> = catalog.all_scopes().collect();
            let names = granted.iter().map(|&place| catalog.scope(scopes[place]));
            let granted = ScopeList::of(&catalog.scope_indices(), names);
            let indices: Vec<_> = catalog.indices().collect();
            let selection: Selection = actions.iter().map(|&place| indices[place]).collect();
            let mode = if by_guide { Mode::Guide } else { Mode::Least };
            let answer = Answer::in_mode(&catalog, &selection, mode);
            let change = catalog.to_change(&granted, &answer.scopes, &selection);
            let coverages = |scopes: &ScopeSet| -> Vec<_> {
                selection.iter().map(|action| catalog.coverage(action, scopes)).collect()
            };
            let before = granted.scopes.union(&answer.scopes);
            let after = before.difference(&change.remove.union(&change.needless));
            prop_assert_eq!(coverages(&after), coverages(&before));
            for scope in change.keep.iter() {
                let fewer = after.difference(&[scope].into_iter().collect());
                prop_assert!(coverages(&fewer) != coverages(&before), "{}", catalog.scope(scope));
            }
        }
    }

    #[test]
    fn an_action_works_now_when_the_api_accepts_what_is_granted() {
        let catalog = Catalog::pipedrive();
        let granted = ScopeList::parse(&catalog, "deals:full");
        let coverage = |id| {
            let action = catalog.find(&format!("pipedrive_{id}")).expect(id);
            catalog.coverage(action, &granted.scopes)
        };
        assert_eq!(coverage("list_deals"), Coverage::Covered);
        assert_eq!(coverage("get_current_user"), Coverage::Covered);
        assert_eq!(coverage("update_deal_field"), Coverage::Uncertain);
        assert_eq!(coverage("add_pipeline"), Coverage::Missing);
    }

    #[test]
    fn what_is_lacking_covers_the_rest() {
        let catalog = Catalog::pipedrive();
        let all: Selection = catalog.indices().collect();
        let granted = ScopeList::parse(&catalog, "deals:full users:read odd");
        let lacking = catalog.lacking(&all, &granted.scopes);
        assert_eq!(
            catalog.names(&lacking).join(" "),
            "contacts:full activities:full leads:full products:full projects:full goals:full \
             admin search:read"
        );
        assert_eq!(catalog.covered(&granted.scopes.union(&lacking)), all);
        assert!(catalog.lacking(&Selection::new(), &granted.scopes).is_empty());
    }

    #[test]
    fn without_a_reference_the_guide_says_what_works() {
        let catalog = Catalog::parse(include_str!("../../assets/catalog.json")).expect("valid");
        let read = ScopeList::parse(&catalog, "deals:read");
        let full = ScopeList::parse(&catalog, "deals:full");
        let action = catalog.find("pipedrive_list_deals").expect("known");
        assert_eq!(catalog.coverage(action, &read.scopes), Coverage::Covered);
        assert_eq!(catalog.coverage(action, &full.scopes), Coverage::Missing);
        let one = [action].into_iter().collect();
        assert_eq!(catalog.lacking(&one, &full.scopes), read.scopes);
    }

    #[test]
    fn nothing_granted_covers_only_what_every_app_may_do() {
        let catalog = Catalog::pipedrive();
        let free = catalog.covered(&ScopeSet::new());
        let current = catalog.find("pipedrive_get_current_user").expect("known");
        assert_eq!(free, [current].into_iter().collect());
    }

    #[test]
    fn what_is_lacking_makes_sure_of_an_uncertain_action() {
        let catalog = Catalog::pipedrive();
        let mut seen = 0;
        for action in catalog.indices() {
            let own: ScopeSet = catalog.action(action).scopes().iter().copied().collect();
            if catalog.coverage(action, &own) != Coverage::Uncertain {
                continue;
            }
            let lacking = catalog.lacking(&[action].into_iter().collect(), &own);
            let then = catalog.coverage(action, &own.union(&lacking));
            assert_eq!((then, lacking.is_empty()), (Coverage::Covered, false));
            seen += 1;
        }
        assert_eq!(seen, 4, "the uncertain actions of the guide");

        let list = r#"[{"id": "x_a", "label": "A", "scopes": ["a"]}]"#;
        let claims = [("x_a", "v1", vec!["a"]), ("x_a", "v2", vec!["b"])];
        let catalog = Catalog::parse(list).expect("valid").with_calls(&["a", "b"], claims);
        let action = catalog.find("x_a").expect("listed");
        let held = ScopeList::parse(&catalog, "a");
        assert_eq!(catalog.coverage(action, &held.scopes), Coverage::Uncertain);
        let lacking = catalog.lacking(&[action].into_iter().collect(), &held.scopes);
        assert_eq!(catalog.names(&lacking), ["b"]);
    }

    /// The scopes that a change of the granted scopes adds and removes, for some actions in a mode.
    fn change(granted: &str, ids: &[&str], mode: Mode) -> [String; 2] {
        let catalog = Catalog::pipedrive();
        let find = |id| catalog.find(&format!("pipedrive_{id}")).expect("known");
        let selection: Selection = ids.iter().map(find).collect();
        let granted = ScopeList::parse(&catalog, granted);
        let answer = Answer::in_mode(&catalog, &selection, mode);
        let GrantedChange { add, remove, .. } =
            catalog.to_change(&granted, &answer.scopes, &selection);
        [add, remove].map(|scopes| catalog.names(&scopes).join(" "))
    }

    #[test]
    fn what_an_action_works_with_cannot_go_though_the_guide_does_not_ask_for_it() {
        let (guide, least) = (Mode::Guide, Mode::Least);
        assert_eq!(change("admin", &["add_pipeline"], guide), ["", ""]);
        assert_eq!(change("admin users:read", &["add_pipeline"], guide), ["", "users:read"]);
        assert_eq!(change("admin", &["list_deals"], guide), ["deals:read", "admin"]);
        assert_eq!(change("admin deals:full", &["add_pipeline"], least), ["", "deals:full"]);
    }

    fn remark(catalog: &Catalog, granted: &str, ids: &[&str], mode: Mode) -> String {
        let find = |id: &&str| catalog.find(id).expect("known");
        let selection: Selection = ids.iter().map(find).collect();
        let answer = Answer::in_mode(catalog, &selection, mode);
        let granted = ScopeList::parse(catalog, granted);
        catalog.to_change(&granted, &answer.scopes, &selection).remark().unwrap_or_default()
    }

    #[test]
    fn scopes_that_the_api_refuses_are_not_said_to_be_enough() {
        let catalog = Catalog::pipedrive();
        let [pipeline, deals, field] =
            ["pipedrive_add_pipeline", "pipedrive_list_deals", "pipedrive_update_deal_field"];
        for (granted, ids, expected) in [
            ("deals:full", &[pipeline, deals][..], "1 selected action is not covered."),
            ("deals:read", &[pipeline], "1 selected action is not covered even then."),
            ("deals:full", &[field], "1 selected action may not be covered."),
            ("admin", &[pipeline], "Your app's scopes are enough."),
            ("deals:read", &[deals], "Your app has exactly these scopes."),
            (
                "deals:read weird:thing",
                &[deals],
                "Your app has these scopes, and others that the catalog does not know.",
            ),
            (
                "deals:full",
                &[pipeline, field],
                "1 selected action is not covered, and 1 may not be.",
            ),
            ("deals:full", &[deals], ""),
        ] {
            assert_eq!(remark(&catalog, granted, ids, Mode::Guide), expected, "{granted}");
        }
    }

    /// The provider says of one version what it accepts, and of the other nothing.
    #[test]
    fn what_an_action_is_known_to_use_stays_though_not_all_is_known_of_it() {
        let catalog = Catalog::parse(
            r#"{"connector": {"name": "T"}, "scopes": ["a", "b"],
            "actions": [{"id": "x", "label": "X", "scopes": ["a"]}],
            "reference": {"source": "s", "calls": [
            {"action": "x", "version": "v1", "method": "GET", "path": "/x", "accepts": [["a"]]},
            {"action": "x", "version": "v2", "method": "GET", "path": "/x", "accepts": null}]}}"#,
        );
        let catalog = catalog.expect("it keeps the rules");
        let selection: Selection = catalog.indices().collect();
        let answer = Answer::in_mode(&catalog, &selection, Mode::Least);
        let granted = ScopeList::parse(&catalog, "a b");
        let change = catalog.to_change(&granted, &answer.scopes, &selection);
        assert_eq!(catalog.names(&change.remove), ["b"]);
        assert_eq!(
            change.remark().as_deref(),
            Some("1 selected action may not be covered even then.")
        );
    }

    #[test]
    fn of_two_that_would_do_the_one_that_gives_more_goes() {
        let field = ["add_deal_field"];
        let granted = "admin deal-fields:full";
        assert_eq!(change(granted, &field, Mode::Guide), ["", "admin"]);
        let granted = "products:read products:full";
        let kept = change(granted, &["list_deal_products"], Mode::Guide);
        assert_eq!(kept, ["", "products:full"]);
    }

    #[test]
    fn what_the_guide_asks_for_is_not_needed_where_the_api_accepts_what_the_app_has() {
        let people = ["list_persons", "add_person", "add_pipeline"];
        assert_eq!(
            change("contacts:full", &people, Mode::Guide),
            ["", ""],
            "deals:full is refused"
        );
        assert_eq!(
            change("contacts:full", &people[..1], Mode::Guide),
            ["contacts:read", "contacts:full"]
        );
        assert_eq!(change("deals:full", &["get_current_user"], Mode::Guide), ["", "deals:full"]);
    }

    #[test]
    fn what_every_app_has_is_not_lacked_by_an_action_that_nobody_knows() {
        let text = r#"[{"id": "x_a", "label": "A", "scopes": ["base"]},
                       {"id": "x_b", "label": "B", "scopes": []}]"#;
        let catalog = Catalog::parse(text)
            .expect("it keeps the rules")
            .with_calls(&["base"], [("x_b", "v1", vec!["base"])]);
        let action = catalog.find("x_a").expect("listed");
        assert_eq!(catalog.coverage(action, &ScopeSet::new()), Coverage::Covered);
    }
}
