use thiserror::Error;

use super::{Catalog, excerpt, may_be_secret, pluralize};

/// Beyond this many characters no id is meant, and comparing would only take time.
const LONGEST_ID: usize = 200;

/// Below this similarity (Jaro-Winkler, 0 to 1) a suggestion is more likely to mislead.
const ALIKE: f64 = 0.8;

/// The name of an action or a scope that the catalog does not know.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", self.words(match self.is_scope {
    true => "`pdscopes list` with it shows its actions, and several scopes of `--granted` stand in quotes",
    false => "`pdscopes list` shows all actions",
}))]
pub struct UnknownName {
    /// Without and with its article.
    kind: &'static [&'static str; 2],
    pub name: String,
    /// The names most like it, the likest first, three at most.
    pub nearest: Vec<String>,
    /// Whether it is the name of a scope, where an action is meant.
    is_scope: bool,
}

impl UnknownName {
    /// An id that no action of the catalog has.
    pub fn of_action(catalog: &Catalog, id: &str) -> Self {
        let ids = catalog.indices().map(|index| catalog.action(index).id());
        let is_scope = catalog.find_scope(id).is_some();
        Self { is_scope, ..Self::of(&["action", "an action"], catalog, id, ids) }
    }

    pub(super) fn of<'a>(
        kind: &'static [&'static str; 2],
        catalog: &Catalog,
        name: &str,
        names: impl Iterator<Item = &'a str>,
    ) -> Self {
        // Every id begins with the connector's key, so comparing that part would make all of them
        // similar.
        let key = catalog.connector().key.as_deref();
        let prefix = key.map_or(String::new(), |key| format!("{}_", key.to_lowercase()));
        let tail = |id: &str| {
            let id = id.to_lowercase();
            id.strip_prefix(&prefix).unwrap_or(&id).to_owned()
        };
        let nearest = alike(&tail(name), names.map(|name| (tail(name), name))).into_iter().take(3);
        let nearest = nearest.map(str::to_owned).collect();
        Self { kind, name: name.to_owned(), nearest, is_scope: false }
    }

    /// A sentence with the nearest names or, if there are none, with `remedy`.
    pub fn words(&self, remedy: &str) -> String {
        if self.is_scope {
            return format!("`{}` is a scope, not an action; {remedy}.", excerpt(&self.name));
        }
        unknown(*self.kind, &self.name, &self.nearest, remedy)
    }
}

/// The sentence about a name of no thing of a kind, which is given without and with its article. It has
/// the nearest names or, if there are none, `remedy`, and does not repeat what may be a secret.
pub fn unknown([kind, a_kind]: [&str; 2], name: &str, nearest: &[String], remedy: &str) -> String {
    let remedy = did_you_mean(nearest, remedy);
    if name.is_empty() {
        format!("The name of {a_kind} is empty; {remedy}")
    } else if may_be_secret(name) && !nearest.iter().any(|near| is_as_long(name, near)) {
        let length = pluralize(name.chars().count(), "character");
        format!("This word of {length} is not {a_kind}; {remedy}")
    } else {
        format!("Unknown {kind}: `{}`; {remedy}", excerpt(name))
    }
}

/// Returns `true` if a name is hardly longer than the one that is meant. Behind it there may be a password.
pub(super) fn is_as_long(name: &str, meant: &str) -> bool {
    const MOST_MORE: usize = 3;
    name.chars().count() <= meant.chars().count() + MOST_MORE
}

/// The end of a sentence about a name that nothing has.
pub fn did_you_mean(nearest: &[String], remedy: &str) -> String {
    let quoted: Vec<_> = nearest.iter().map(|id| format!("`{}`", excerpt(id))).collect();
    match quoted.as_slice() {
        [] => format!("{remedy}."),
        [one] => format!("did you mean {one}?"),
        [others @ .., last] => format!("did you mean {} or {last}?", others.join(", ")),
    }
}

/// The name most like `asked`. `None` if none is like it.
pub fn nearest_name<'a>(asked: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let names = names.into_iter().map(|name| (name, name));
    alike(&asked.to_lowercase(), names).into_iter().next()
}

/// The names whose first half is like `asked`, the likest first.
fn alike<'a>(asked: &str, names: impl Iterator<Item = (impl AsRef<str>, &'a str)>) -> Vec<&'a str> {
    if asked.chars().nth(LONGEST_ID).is_some() {
        return Vec::new();
    }
    let mut alike: Vec<_> = names
        .map(|(compared, name)| (strsim::jaro_winkler(asked, compared.as_ref()), name))
        .filter(|(similarity, _)| *similarity >= ALIKE)
        .collect();
    alike.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    alike.into_iter().map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearest_to(id: &str) -> Vec<String> {
        UnknownName::of_action(&Catalog::pipedrive(), id).nearest
    }

    #[test]
    fn what_may_be_a_secret_is_not_repeated() {
        let catalog = Catalog::pipedrive();
        for word in [
            "PIPEDRIVE_CLIENT_SECRET=s3cr3tABC",
            "s3cr3tABC",
            "id=1",
            "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            "QWxhZGRpbjpvcGVuIHNlc2FtZQxyzkjh",
            "pipedrive_add_deal=ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            "pipedrive_add_deal\nSECRET=s3cr3tABC",
        ] {
            let words = UnknownName::of_action(&catalog, word).to_string();
            assert!(
                !words.contains(word) && words.contains(" characters is not an action"),
                "{words}"
            );
        }
        for word in ["frobnicate", "pipedrive_x1", "pipedrive_list_deals2", "x_2"] {
            let words = UnknownName::of_action(&catalog, word).to_string();
            assert!(words.starts_with(&format!("Unknown action: `{word}`")), "{words}");
        }
    }

    #[test]
    fn a_scope_in_the_place_of_an_action_is_told() {
        let words = UnknownName::of_action(&Catalog::pipedrive(), "contacts:read").to_string();
        assert!(words.starts_with("`contacts:read` is a scope, not an action; "), "{words}");
    }

    #[test]
    fn a_slip_or_a_missing_prefix_suggests_the_id_that_was_meant_first() {
        for id in ["pipedrive_lst_deals", "list_deals", "Pipedrive_List_Deal"] {
            assert!(
                nearest_to(id)
                    .first()
                    .is_some_and(|first| first.starts_with("pipedrive_list_deal")),
                "{id}: {:?}",
                nearest_to(id)
            );
        }
        assert_eq!(nearest_to("list_deals")[0], "pipedrive_list_deals");
    }

    #[test]
    fn the_most_similar_name_is_suggested() {
        let names = || ["quit", "copy-scopes", "copy-url"];
        assert_eq!(nearest_name("Copy-Scops", names()), Some("copy-scopes"));
        assert_eq!(nearest_name("copy-ur", names()), Some("copy-url"));
        assert_eq!(nearest_name("zzzz", names()), None);
        assert_eq!(nearest_name(&"quit".repeat(5000), names()), None);
    }

    #[test]
    fn what_is_like_nothing_suggests_nothing() {
        assert!(nearest_to("qqqq").is_empty());
        assert!(nearest_to(&"pipedrive_list_deals".repeat(5000)).is_empty());
    }
}
