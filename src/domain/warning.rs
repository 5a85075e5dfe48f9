use super::{
    ActionIndex, Answer, Catalog, Mode, Requirement, Selection, Verdict, pluralize, sanitize,
};

/// How many actions a warning names.
const NAMED: usize = 3;

impl Answer {
    /// What has to be said beside these scopes, a sentence each: which of the actions the API
    /// refuses or may refuse with them, or how far least privilege can be relied on. Empty if the
    /// API accepts all of them, or if it is not known what it accepts.
    pub fn warnings(&self, catalog: &Catalog, selection: &Selection, mode: Mode) -> Vec<String> {
        match catalog.mode(mode) {
            Mode::Guide => self.refusals(catalog, selection).into_iter().collect(),
            Mode::Least => self.caveats().to_vec(),
        }
    }

    fn refusals(&self, catalog: &Catalog, selection: &Selection) -> Option<String> {
        let with = |verdict| -> Vec<_> {
            let has = |action: &ActionIndex| catalog.verdict(*action, self.scopes()) == verdict;
            selection.iter().filter(has).collect()
        };
        let (refused, uncertain) = (with(Verdict::Refused), with(Verdict::Uncertain));
        let are = |count| if count == 1 { "is" } else { "are" };
        let beginning = match (refused.len(), uncertain.len()) {
            (0, 0) => return None,
            (0, maybe) => format!("{} may be refused", pluralize(maybe, "action")),
            (sure, 0) => format!("{} {} refused", pluralize(sure, "action"), are(sure)),
            (sure, maybe) => {
                format!("{} {} refused and {maybe} may be", pluralize(sure, "action"), are(sure))
            }
        };
        let affected = || refused.iter().chain(&uncertain).copied();
        let mut named: Vec<_> = affected().take(NAMED).map(|a| accepted(catalog, a)).collect();
        let rest = refused.len() + uncertain.len() - named.len();
        if rest > 0 {
            named.push(format!("{rest} more"));
        }
        let named = match named.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, before)) => format!("{} and {last}", before.join(", ")),
            None => String::new(),
        };
        let is_disputed =
            |action| matches!(catalog.requirement(action), Requirement::Conflicting(_));
        let remedy = match affected().any(is_disputed) {
            true => "scopes that work as far as is known",
            false => "scopes that work",
        };
        Some(format!("{beginning} with these scopes: {named}; `--least` gives {remedy}."))
    }
}

/// `pipedrive_add_pipeline (accepts admin)`.
fn accepted(catalog: &Catalog, action: ActionIndex) -> String {
    let id = sanitize(catalog.action(action).id());
    match (catalog.requirement(action), catalog.accepted_names(action)) {
        (Requirement::Conflicting(_), Some(scopes)) => {
            format!("{id} (some versions accept {scopes})")
        }
        (_, Some(scopes)) => format!("{id} (accepts {scopes})"),
        (_, None) => id.into_owned(),
    }
}

impl Catalog {
    /// The scopes that the API accepts for an action, such as `admin or deals:full`. `None` if it
    /// needs none, or if that is not known.
    pub fn accepted_names(&self, action: ActionIndex) -> Option<String> {
        match self.requirement(action) {
            Requirement::Nothing | Requirement::Guide(_) => None,
            requirement => Some(requirement.words(self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Separator;

    fn warnings(ids: &[&str], mode: Mode) -> Vec<String> {
        let catalog = Catalog::pipedrive();
        let find = |id: &&str| catalog.find(&format!("pipedrive_{id}")).expect(id);
        let selection = ids.iter().map(find).collect();
        let answer = Answer::in_mode(&catalog, &selection, Separator::Space, mode);
        answer.warnings(&catalog, &selection, mode)
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
        assert!(told.contains(" and 2 more; "), "{told}");
    }

    #[test]
    fn an_answer_that_is_accepted_is_silent() {
        assert!(warnings(&["add_deal", "list_users"], Mode::Guide).is_empty());
        assert!(warnings(&["add_pipeline"], Mode::Least).is_empty());
    }
}
