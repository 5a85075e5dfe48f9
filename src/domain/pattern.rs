use thiserror::Error;
use wildmatch::WildMatch;

use super::{ActionIndex, Catalog, UnknownName, quoted};

/// Why a word names no action.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PatternError {
    #[error(transparent)]
    UnknownAction(UnknownName),
    /// The word holds a wildcard, and no id matches it.
    #[error("No action id matches {}; `pdscopes list` shows all actions.", quoted("pattern", .0))]
    NoMatch(String),
    #[error("A link is not an action id; give a guide URL with --from-url.")]
    Link,
}

impl Catalog {
    /// The actions that `word` names, in catalog order: the one with exactly this id or else, if the
    /// word has a wildcard, all whose ids match. `*` matches any text, `?` one character.
    ///
    /// An id that holds a wildcard character itself still names its own action, and only that.
    ///
    /// # Errors
    /// No id is or matches the word: a slip of the hand must not become a smaller set of permissions.
    pub fn named(&self, word: &str) -> Result<Vec<ActionIndex>, PatternError> {
        if let Some(action) = self.find(word) {
            return Ok(vec![action]);
        }
        if word.contains("://") {
            return Err(PatternError::Link);
        }
        if !word.contains(['*', '?']) {
            return Err(PatternError::UnknownAction(UnknownName::of_action(self, word)));
        }
        let pattern = WildMatch::new(word);
        let matching: Vec<_> =
            self.indices().filter(|&index| pattern.matches(self.action(index).id())).collect();
        if matching.is_empty() {
            return Err(PatternError::NoMatch(word.to_owned()));
        }
        Ok(matching)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(word: &str) -> Result<usize, PatternError> {
        Catalog::pipedrive().named(word).map(|named| named.len())
    }

    #[test]
    fn a_word_names_one_action_or_all_that_match() {
        assert_eq!(count("pipedrive_list_deals"), Ok(1));
        assert_eq!(count("*"), Ok(121));
        assert_eq!(count("pipedrive_???_user"), Ok(2), "get and add");
        let lists = Catalog::pipedrive()
            .indices()
            .filter(|&i| Catalog::pipedrive().action(i).id().starts_with("pipedrive_list_"))
            .count();
        assert_eq!(count("pipedrive_list_*"), Ok(lists));
    }

    #[test]
    fn what_names_nothing_is_told() {
        let told = |word| Catalog::pipedrive().named(word).expect_err(word).to_string();
        assert!(told("hubspot_*").starts_with("No action id matches `hubspot_*`; "));
        let secret = told("ghp_16C7e42F292c6912E7710c838347Ae178B4a*");
        assert!(
            secret.starts_with("No action id matches this pattern of 41 characters; "),
            "{secret}"
        );
        assert_eq!(count("hubspot_*"), Err(PatternError::NoMatch("hubspot_*".into())));
        assert!(matches!(
            count("list_deals"),
            Err(PatternError::UnknownAction(unknown)) if unknown.nearest[0] == "pipedrive_list_deals"
        ));
    }

    #[test]
    fn a_link_is_told_where_it_belongs() {
        let told = count("https://example.com/x?actions=pipedrive_list_deals");
        assert_eq!(told, Err(PatternError::Link));
    }

    #[test]
    fn an_id_with_a_wildcard_character_names_only_itself() {
        let catalog = Catalog::parse(
            r#"{"connector": {"key": "x", "name": "X", "method": "OAuth 2.0"},
                "page": {"address": "https://example.com/x", "parameter": "actions"},
                "scopes": ["r"],
                "actions": [{"id": "x_*", "label": "All", "scopes": ["r"]},
                            {"id": "x_a", "label": "A", "scopes": ["r"]}]}"#,
        )
        .expect("a valid catalog");
        let named = |word| catalog.named(word).map(|named| named.len());
        assert_eq!((named("x_*"), named("x_?")), (Ok(1), Ok(2)));
    }

    #[test]
    fn a_pattern_made_to_be_slow_is_answered_all_the_same() {
        let hostile = "*p".repeat(2_000);
        assert!(matches!(count(&hostile), Err(PatternError::NoMatch(_))));
    }
}
