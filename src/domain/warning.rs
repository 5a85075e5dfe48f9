use super::pluralize::counted;
use super::{
    Action, ActionIndex, Answer, Catalog, Mode, Requirement, ScopeSet, Selection, Verdict,
    VerdictCounts, pluralize, sanitize,
};

/// The actions that an API refuses, or may refuse, with some scopes.
#[derive(Clone, Debug, Default)]
pub struct Refusals {
    pub counts: VerdictCounts,
    /// The first few, the refused before the uncertain.
    named: Vec<ActionIndex>,
}

impl Refusals {
    /// The most actions that a warning names, however much room there is.
    const MOST: usize = 100;
    /// The most where there is little room.
    pub const FEW: usize = 3;

    pub fn of(
        catalog: &Catalog,
        actions: impl IntoIterator<Item = ActionIndex>,
        scopes: &ScopeSet,
    ) -> Self {
        let judged = actions.into_iter().map(|action| (catalog.verdict(action, scopes), action));
        let mut judged: Vec<_> = judged.collect();
        let counts = judged.iter().map(|&(verdict, _)| verdict).collect();
        judged.retain(|(verdict, _)| [Verdict::Refused, Verdict::Uncertain].contains(verdict));
        judged.sort_by_key(|&(verdict, _)| verdict);
        Self { counts, named: judged.into_iter().take(Self::MOST).map(|(_, a)| a).collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.named.is_empty()
    }

    /// The one action that is refused, if there is no other and none may be.
    pub fn only(&self) -> Option<ActionIndex> {
        let is_only = (self.counts.refused, self.counts.uncertain) == (1, 0);
        self.named.first().copied().filter(|_| is_only)
    }

    /// A sentence that names at most `most` of these actions and the scopes that the API accepts for them, and says
    /// that `remedy` gives scopes that work. `None` if there are no such actions.
    pub fn words(
        &self,
        most: usize,
        catalog: &Catalog,
        name: fn(Action<'_>) -> &str,
        remedy: &str,
    ) -> Option<String> {
        let are_refused = |sure| counted(sure, "action", ["is refused", "are refused"]);
        let beginning = match (self.counts.refused, self.counts.uncertain) {
            (0, 0) => return None,
            (0, maybe) => format!("{} may be refused", pluralize(maybe, "action")),
            (sure, 0) => are_refused(sure),
            (sure, maybe) => format!("{} and {maybe} may be", are_refused(sure)),
        };
        let accepted = |&action: &ActionIndex| {
            let name = sanitize(name(catalog.action(action)));
            format!("{name} (accepts {})", catalog.accepted_words(action))
        };
        let mut named: Vec<_> = self.named.iter().take(most).map(accepted).collect();
        let rest = self.counts.refused + self.counts.uncertain - named.len();
        if rest > 0 {
            named.push(format!("{rest} more"));
        }
        let named = match named.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, before)) => format!("{} and {last}", before.join(", ")),
            None => String::new(),
        };
        Some(format!("{beginning} with these scopes: {named}; {remedy} gives scopes that work."))
    }
}

impl Answer {
    /// The warnings about these scopes, one sentence each: the actions that the API refuses or may
    /// refuse with them, or the caveats of least privilege, or that there are none and why. Otherwise empty
    /// if the API accepts all actions, or if its requirements are unknown.
    pub fn warnings(&self, catalog: &Catalog, selection: &Selection) -> Vec<String> {
        let mut warnings: Vec<_> = match self.mode {
            Mode::Guide => Refusals::of(catalog, selection.iter(), &self.scopes)
                .words(Refusals::MOST, catalog, |action| action.id(), "`--least`")
                .into_iter()
                .collect(),
            Mode::Least => self.caveats.to_vec(),
        };
        warnings.extend(catalog.note_on_free(selection));
        // An empty line would look like a failure.
        if warnings.is_empty() && self.scopes.is_empty() && !selection.is_empty() {
            warnings.push("The selected actions need no scope.".to_owned());
        }
        warnings
    }

    /// A clause on the selected actions for an answer without scopes. `refusals` are the actions that the
    /// API refuses with it.
    pub fn without_scopes(&self, refusals: &Refusals) -> &'static str {
        if self.mode == Mode::Guide && !refusals.is_empty() {
            "The guide lists no scope for the selected actions"
        } else if self.caveats.is_empty() {
            "The selected actions need no scope"
        } else {
            "No scope is known for the selected actions"
        }
    }
}

impl Catalog {
    /// A note about the actions that need no scope. The catalog may only have left theirs out.
    pub fn note_on_free(&self, selection: &Selection) -> Option<String> {
        let is_free = |&action: &ActionIndex| self.requirement(action) == Requirement::Nothing;
        let free = selection.iter().filter(is_free).count();
        (free > 0 && self.is_described()).then(|| {
            let actions = pluralize(free, "action");
            format!("The catalog names no scope for {actions}: covered by every app.")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warnings(ids: &[&str], mode: Mode) -> Vec<String> {
        let catalog = Catalog::pipedrive();
        let find = |id: &&str| catalog.find(&format!("pipedrive_{id}")).expect(id);
        let selection = ids.iter().map(find).collect();
        let answer = Answer::in_mode(&catalog, &selection, mode);
        answer.warnings(&catalog, &selection)
    }

    #[test]
    fn an_answer_that_is_refused_names_the_actions_and_the_way_out() {
        assert_eq!(
            warnings(&["add_pipeline"], Mode::Guide),
            ["1 action is refused with these scopes: pipedrive_add_pipeline (accepts admin); \
              `--least` gives scopes that work."]
        );
        assert_eq!(
            warnings(&["add_deal_field", "update_deal_field"], Mode::Guide),
            ["1 action is refused and 1 may be with these scopes: pipedrive_add_deal_field \
              (accepts admin or deal-fields:full) and pipedrive_update_deal_field (accepts admin \
              or deal-fields:full); `--least` gives scopes that work."]
        );
        let stages =
            ["add_stage", "update_stage", "delete_stage", "add_pipeline", "delete_pipeline"];
        let [told] = warnings(&stages, Mode::Guide).try_into().expect("one sentence");
        assert!(told.starts_with("5 actions are refused with"), "{told}");
        assert!(told.contains(" and pipedrive_delete_stage (accepts admin); "), "{told}");
    }

    #[test]
    fn an_answer_that_is_accepted_is_silent() {
        assert!(warnings(&["add_deal", "list_users"], Mode::Guide).is_empty());
        assert!(warnings(&["add_pipeline"], Mode::Least).is_empty());
    }
}
