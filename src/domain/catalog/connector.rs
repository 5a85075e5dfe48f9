use std::collections::{BTreeSet, HashMap, HashSet};

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

/// The key of the connector whose API the program's own reference describes.
pub(super) const PIPEDRIVE: &str = "pipedrive";

/// The name of the connector that Microsoft's own permissions describe. Its method is the kind of access.
pub(in crate::domain) const MICROSOFT_GRAPH: &str = "Microsoft Graph";

/// The product at the other end, and the way in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "a connector, which is an object")]
pub struct Connector {
    /// The beginning of every action id, before `_`. `None` if they begin differently.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    pub name: String,
    /// The way of authorization that the guide sets up, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The keys of the connectors that a merged catalog was made of. An id tells which of them its
    /// action belongs to.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub merged: BTreeSet<String>,
    /// The scopes that several of the merged catalogs have by name, if no id tells whose an action is.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub shared: BTreeSet<String>,
}

impl Connector {
    /// The name, and the way of authorization where that is known.
    pub fn title(&self) -> String {
        match &self.method {
            Some(method) => format!("{}, {method}", self.name),
            None => self.name.clone(),
        }
    }

    /// The key of the connector that has the action with this id, where that is known. The id decides
    /// only in a merged catalog, and only between the connectors that the catalog was made of.
    pub(in crate::domain) fn key_of<'a>(&'a self, id: &'a str) -> Option<&'a str> {
        // The longest key that the id begins with.
        let merged = || {
            let starts = id.rmatch_indices('_').map(|(end, _)| &id[..end]);
            starts.into_iter().find(|&start| self.merged.contains(start))
        };
        self.key.as_deref().or_else(merged)
    }

    /// Returns `true` for a word that begins as the ids of its actions do, in letters of either case.
    pub fn begins_id(&self, word: &str) -> bool {
        let begins = |key: &str| {
            let start = word.get(..key.len()).filter(|start| start.eq_ignore_ascii_case(key));
            start.is_some() && word[key.len()..].starts_with('_')
        };
        self.keys().any(begins)
    }

    /// The connector's own key, and the keys of the connectors merged into it.
    pub(in crate::domain) fn keys(&self) -> impl Iterator<Item = &str> {
        self.key.iter().chain(&self.merged).map(String::as_str)
    }
}

/// The names that have more than one owner, in the order in which the second owner appears.
pub(super) fn shared_names<'a, Owner: Copy + PartialEq>(
    named: impl Iterator<Item = (Owner, &'a str)>,
) -> Vec<&'a str> {
    let mut owners: HashMap<&str, Owner> = HashMap::new();
    let shared = named.filter(|(owner, name)| *owners.entry(name).or_insert(*owner) != *owner);
    shared.map(|(_, name)| name).collect::<IndexSet<_>>().into_iter().collect()
}

/// The keys of several connectors, each of which comes with its keys and the ids of its actions. A key
/// that an id of another connector begins with, unless its own key is longer, is left out: by their
/// ids, the actions of the two could not be told apart.
///
/// # Errors
/// The key is Pipedrive's, so that what is known of its API would count for none of its actions, or for
/// those of others: the position of the other connector, and the id.
pub(super) fn unambiguous_keys<'a>(
    connectors: impl Iterator<Item = (Vec<&'a str>, Vec<&'a str>)>,
) -> Result<BTreeSet<String>, (usize, &'a str)> {
    let connectors: Vec<_> = connectors.collect();
    let keys: BTreeSet<&str> = connectors.iter().flat_map(|(keys, _)| keys).copied().collect();
    let mut foreign = HashMap::new();
    for (position, (own, ids)) in connectors.iter().enumerate() {
        let own: HashSet<_> = own.iter().collect();
        for id in ids {
            let starts = id.rmatch_indices('_').map(|(end, _)| &id[..end]);
            let starts = starts.filter(|&start| keys.contains(start));
            // The longest one tells whose the id is.
            for start in starts.take_while(|start| !own.contains(start)) {
                foreign.entry(start).or_insert((position, *id));
            }
        }
    }
    let kept = keys.into_iter().filter(|key| !foreign.contains_key(key));
    match foreign.get(PIPEDRIVE) {
        Some(&(position, id)) => Err((position, id)),
        None => Ok(kept.map(str::to_owned).collect()),
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::{
        Catalog, CatalogDifference, CatalogFault, Clash, Least, MergeError, Requirement, Verdict,
        merge,
    };

    const M: &str = r#"{"connector": {"name": "M"}, "scopes": ["deals:read", "base"], "actions": [
        {"id": "pipedrive_list_deals", "label": "A", "scopes": ["deals:read"]},
        {"id": "slack_b", "label": "B", "scopes": ["base"]}]}"#;
    const SLACK: &str = r#"[{"id": "slack_b", "label": "B", "scopes": ["base", "admin"]}]"#;

    fn read(text: &str) -> Catalog {
        let catalog = Catalog::parse(text).and_then(Catalog::with_embedded_reference);
        catalog.expect("it keeps the rules")
    }

    fn names_of_least(catalog: &Catalog, id: &str) -> String {
        let selection = catalog.find(id).into_iter().collect();
        catalog.names(&Least::of(catalog, &selection).scopes).join(" ")
    }

    /// StackOne requires `deals:full`, with which the API refuses the call.
    #[test]
    fn what_is_known_of_pipedrive_counts_in_stackones_files_too() {
        let text = r#"{"data": [
            {"key": "pipedrive", "scope_definitions": [{"name": "deals:full", "includes": ["deals:read"]}],
             "actions": [
                {"id": "pipedrive_add_pipeline", "required_scopes": ["deals:full"]},
                {"id": "pipedrive_list_deals", "required_scopes": null},
                {"id": "pipedrive_new", "required_scopes": ["deals:read"]},
                {"id": "pipedrive_newer", "required_scopes": null},
                {"id": "pipedrive_get_current_user", "required_scopes": ["base"]}]},
            {"key": "slack", "actions": [
                {"id": "slack_b", "required_scopes": ["base"]},
                {"id": "slack_c", "required_scopes": ["deals:read"]}]}]}"#;
        let catalog = read(text);
        let full = catalog.find_scope("deals:full").into_iter().collect();
        let verdict = |id: &str| {
            let action = catalog.find(id).expect(id);
            catalog.verdict(action, &full)
        };
        for (id, expected) in [
            ("pipedrive_add_pipeline", Verdict::Refused),
            ("pipedrive_list_deals", Verdict::Accepted),
            ("pipedrive_new", Verdict::Accepted),
            ("pipedrive_newer", Verdict::Unknown),
            ("slack_b", Verdict::Refused),
            ("slack_c", Verdict::Refused),
        ] {
            assert_eq!(verdict(id), expected, "{id}");
        }
        assert_eq!(names_of_least(&catalog, "pipedrive_add_pipeline"), "admin");
        assert_eq!(names_of_least(&catalog, "slack_b"), "base", "another connector has one too");
        assert!(catalog.is_described());
        assert!(catalog.power(&full).is_none(), "Slack's calls are not known");
        let own = text.split_once(
            r#",
            {"key": "slack""#,
        );
        let own = read(&format!("{}]}}", own.expect("Pipedrive's first").0));
        let power = own.power(&own.all_scopes().collect()).expect("calls");
        assert_eq!((power.calls, power.of), (368, 368), "what includes others is no call");
        let slack = r#""slack_b", "required_scopes": ["#;
        let alone = read(&text.replace(&format!("{slack}\"base\""), &format!("{slack}\"x\"")));
        assert_eq!(names_of_least(&alone, "pipedrive_get_current_user"), "", "every app has it");
    }

    /// The API refuses `deals:full`, which the guide asks for.
    #[test]
    fn a_change_of_the_key_changes_what_the_api_accepts() {
        let text = r#"{"connector": {"name": "P", "key": "pipedrive"}, "scopes": ["deals:full"],
            "actions": [{"id": "pipedrive_add_pipeline", "label": "A", "scopes": ["deals:full"]}]}"#;
        let [old, new] = [read(text), read(&text.replace("\"pipedrive\"", "\"pipedrive_eu\""))];
        let changed = CatalogDifference::between(&old, &new).changed;
        assert!(matches!(&changed[..], [change] if change.accepts_otherwise));
        assert!(CatalogDifference::between(&old, &old).is_empty());
    }

    #[test]
    fn what_comes_twice_counts_once_whatever_the_order_of_its_scopes() {
        let of = |scopes: &str| {
            read(&format!(
                r#"{{"connector": {{"name": "X", "key": "x"}}, "scopes": ["r", "w"],
                "actions": [{{"id": "x_a", "label": "A", "scopes": [{scopes}]}}],
                "guide": {{"sections": [{{"title": "S", "steps": [{{"title": "T", "lines": []}}]}}]}}}}"#
            ))
        };
        let merged = read(&merge(&[of("\"r\", \"w\""), of("\"w\", \"r\"")]).expect("the same"));
        assert_eq!((merged.len(), merged.guide().expect("one").sections.len()), (1, 1));
    }

    #[test]
    fn an_id_that_looks_like_pipedrives_makes_nothing_pipedrives() {
        let catalog = read(M);
        assert!(catalog.reference().is_none());
        assert!(catalog.indices().all(|action| catalog.action(action).key().is_none()));
        assert_eq!(names_of_least(&catalog, "slack_b"), "base");
    }

    #[test]
    fn in_a_merged_catalog_each_action_keeps_its_connector() {
        let parts = [read(SLACK), Catalog::embedded_guide().expect("our own")];
        let catalog = read(&merge(&parts).expect("they do not contradict each other"));
        let slack = catalog.find("slack_b").expect("merged");
        let pipeline = catalog.find("pipedrive_add_pipeline").expect("merged");
        assert_eq!(catalog.action(slack).key(), Some("slack"));
        assert_eq!(catalog.action(pipeline).key(), Some("pipedrive"));
        assert_eq!(names_of_least(&catalog, "slack_b"), "base admin");
        assert_eq!(names_of_least(&catalog, "pipedrive_add_pipeline"), "admin");
        assert_eq!(catalog.guide_verdict(pipeline), Verdict::Refused);
        assert_eq!(catalog.guide_verdict(slack), Verdict::Unknown);
        let base = catalog.find_scope("base").expect("slack's");
        assert!(!catalog.is_always_granted(base), "slack's has to be asked for");
        assert!(catalog.facts(base).is_none(), "it is also slack's");
        assert!(catalog.facts(catalog.find_scope("deals:read").expect("listed")).is_some());
        let current = catalog.find("pipedrive_get_current_user").expect("merged");
        assert_eq!(catalog.requirement(current), Requirement::Nothing);
    }

    #[test]
    fn merging_a_merged_catalog_keeps_its_connectors() {
        let pair = [read(SLACK), Catalog::embedded_guide().expect("our own")];
        let pair = read(&merge(&pair).expect("no contradiction"));
        let third = read(r#"[{"id": "x_a", "label": "A", "scopes": ["r"]}]"#);
        let all = read(&merge(&[third, pair]).expect("no contradiction"));
        let pipeline = all.find("pipedrive_add_pipeline").expect("merged");
        assert_eq!(all.action(pipeline).key(), Some("pipedrive"));
        assert_eq!(all.action(all.find("x_a").expect("merged")).key(), Some("x"));
        let again = read(&merge(&[all.clone(), read(SLACK)]).expect("no contradiction"));
        assert_eq!(again.connector().name, all.connector().name);
    }

    #[test]
    fn a_key_that_a_foreign_id_begins_with_owns_nothing() {
        let response = r#"{"data": [
            {"key": "zoho", "actions": [{"id": "zoho_a", "required_scopes": ["a"]}]},
            {"key": "zoho_crm", "actions": [{"id": "zoho_crm_b", "required_scopes": ["b"]}]},
            {"key": "pipedrive", "actions": [{"id": "pipedrive_a", "required_scopes": ["a"]}]},
            {"key": "pipedrive_v2", "actions": [{"id": "pipedrive_v2_b", "required_scopes": ["b"]}]},
            {"key": "slack", "actions": [{"id": "slack_a", "required_scopes": ["a"]}]},
            {"key": "m", "actions": [{"id": "slack_b", "required_scopes": ["b"]}]}]}"#;
        let catalog = read(response);
        let key = |id: &str| catalog.action(catalog.find(id).expect(id)).key();
        assert_eq!((key("zoho_a"), key("zoho_crm_b")), (Some("zoho"), Some("zoho_crm")));
        assert_eq!(key("pipedrive_v2_b"), Some("pipedrive_v2"));
        assert_eq!((key("slack_a"), key("slack_b")), (None, None));
    }

    /// Otherwise what is known of Pipedrive's API would count for none of its actions, or for this one.
    #[test]
    fn an_id_of_another_connector_that_begins_like_pipedrives_is_refused() {
        let parts = [read(M), Catalog::embedded_guide().expect("our own")];
        assert!(merge(&parts).is_err(), "two labels for one id");
        let other = r#"{"connector": {"name": "M"}, "scopes": ["base"], "actions": [
            {"id": "pipedrive_new", "label": "N", "scopes": ["base"]}]}"#;
        let parts = [Catalog::embedded_guide().expect("our own"), read(other)];
        let clash = Clash::Key("pipedrive_new".into());
        assert_eq!(merge(&parts), Err(MergeError { catalog: 1, other: 0, clash }));
        let response = r#"{"data": [
            {"key": "pipedrive", "actions": [{"id": "pipedrive_list_deals", "required_scopes": ["a"]}]},
            {"key": "m", "actions": [{"id": "pipedrive_list_users", "required_scopes": ["q"]}]}]}"#;
        let fault = CatalogFault::ForeignId { action: "pipedrive_list_users".into() };
        assert_eq!(Catalog::parse(response).map_err(|error| error.fault).err(), Some(fault));
    }
}
