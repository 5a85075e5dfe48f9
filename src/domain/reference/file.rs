use indexmap::IndexSet;
use serde::Deserialize;

use super::{Operation, Reference, ScopeFacts, Source};
use crate::domain::catalog::Text;
use crate::domain::{
    Accepts, ActionIndex, Catalog, CatalogError, CatalogFault, ScopeIndex, Selection,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReferenceFile<'a> {
    source: Source,
    scopes: Vec<ScopeEntry>,
    #[serde(borrow)]
    operations: Vec<OperationEntry<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScopeEntry {
    name: String,
    hub_name: Option<String>,
    description: String,
    always_granted: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OperationEntry<'a> {
    #[serde(borrow)]
    action: Option<Text<'a>>,
    version: String,
    method: String,
    path: String,
    accepts: Vec<Text<'a>>,
    documented: Option<Vec<Text<'a>>>,
}

impl Reference {
    /// Reads a reference for the actions in `catalog` of the connector with this key, or for all actions
    /// without a key. Returns `None` if it knows none of them. Operations without an action, and of
    /// actions that `catalog` does not have, are calls of the API all the same.
    ///
    /// Users cannot give one, so a test of the program's own checks whatever else must hold.
    ///
    /// # Errors
    /// It has not the form of one, or an operation accepts a scope that neither the catalog nor the
    /// reference lists.
    pub(in crate::domain) fn parse(
        json: &str,
        catalog: &Catalog,
        key: Option<&'static str>,
    ) -> Result<Option<Self>, CatalogError> {
        let file: ReferenceFile<'_> =
            serde_json::from_str(json).map_err(|e| CatalogFault::of_json(&e))?;
        let mut reference = Self { source: file.source, key, ..Self::default() };
        let mut scopes: IndexSet<String> = catalog.scopes().iter().cloned().collect();
        let mut always = Vec::new();
        for ScopeEntry { name, hub_name, description, always_granted } in file.scopes {
            let scope = ScopeIndex::from_position(scopes.insert_full(name).0);
            reference.facts.insert(scope, ScopeFacts { form_name: hub_name, description });
            always.extend(always_granted.then_some(scope));
        }
        reference.further_scopes = scopes.iter().skip(catalog.scopes().len()).cloned().collect();
        reference.always_granted = always.into_iter().collect();
        let is_own = |&action: &ActionIndex| reference.covers(catalog.action(action).key());
        let others: Selection = catalog.indices().filter(|action| !is_own(action)).collect();
        let operations = file.operations.into_iter().enumerate().map(|(position, entry)| {
            let any_of = |accepted: Vec<Text<'_>>| {
                let find = |Text(scope): &Text<'_>| {
                    let place = scopes.get_index_of(&**scope).map(ScopeIndex::from_position);
                    place.ok_or_else(|| CatalogFault::UnlistedScope {
                        field: format!("operations[{position}]"),
                        scope: scope.to_string(),
                    })
                };
                accepted.iter().map(find).collect::<Result<Vec<_>, _>>().map(Accepts::any_of)
            };
            let action = entry.action.and_then(|Text(action)| catalog.find(&action)).filter(is_own);
            let operation = Operation {
                version: entry.version,
                method: entry.method,
                path: entry.path,
                accepts: any_of(entry.accepts)?,
                documented: entry.documented.map(any_of).transpose()?,
                ..Operation::default()
            };
            Ok((action, operation))
        });
        let operations = operations.collect::<Result<_, CatalogFault>>()?;
        reference.is_partial = !others.is_empty();
        reference.shared = catalog.guide_scopes(&others);
        reference.add_operations(operations);
        Ok((!reference.calls.is_empty()).then_some(reference))
    }
}

#[cfg(test)]
impl Catalog {
    /// With a reference of these calls: an action, a version, and what that accepts. Every app has
    /// `base`.
    pub(crate) fn with_calls<'a>(
        self,
        scopes: &[&str],
        calls: impl IntoIterator<Item = (impl AsRef<str>, &'a str, impl AsRef<[&'a str]>)>,
    ) -> Self {
        use serde_json::{Value, json};

        let scopes = scopes.iter().map(|&name| {
            let always = name == "base";
            json!({"name": name, "hub_name": null, "description": "d", "always_granted": always})
        });
        let operations = calls.into_iter().map(|(action, version, accepts)| {
            let (action, accepts) = (action.as_ref(), accepts.as_ref());
            json!({
                "action": action, "version": version, "method": "GET", "path": "/a",
                "accepts": accepts
            })
        });
        let reference = json!({
            "source": {"accepts": "a", "documented": "d", "verified_live": false},
            "scopes": scopes.collect::<Value>(),
            "operations": operations.collect::<Value>(),
        });
        self.with_reference(&reference.to_string()).expect("the reference keeps the rules")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn scope(name: &str) -> String {
        format!(
            r#"{{"name": "{name}", "hub_name": null, "description": "d", "always_granted": false}}"#
        )
    }

    #[test]
    fn calls_of_one_action_stand_together_and_other_calls_are_kept() {
        let call = |action: &str, path: &str| {
            format!(
                r#"{{{action}"version": "v", "method": "GET", "path": "{path}", "accepts": ["admin"]}}"#
            )
        };
        let (list, other) = (r#""action": "pipedrive_list_deals", "#, r#""action": "x_a", "#);
        let calls = [call("", "/1"), call(list, "/2"), call(other, "/3"), call(list, "/4")];
        let json = format!(
            r#"{{"source": {{"accepts": "a", "documented": "d", "verified_live": false}},
                "scopes": [{}], "operations": [{}]}}"#,
            scope("admin"),
            calls.join(", ")
        );
        let embedded = Catalog::pipedrive();
        let catalog = embedded.with_reference(&json).expect("it keeps the rules");
        let paths = |operations: &[Operation]| {
            operations.iter().map(|call| call.path.clone()).collect::<Vec<_>>()
        };
        let action = catalog.find("pipedrive_list_deals").expect("known");
        assert_eq!(paths(catalog.operations(action)), ["/2", "/4"]);
        let reference = catalog.reference().expect("it knows an action");
        assert_eq!(paths(&reference.operations), ["/2", "/4", "/1", "/3"]);
    }

    #[test]
    fn the_embedded_reference_says_nothing_empty_twice_or_of_scopes_that_it_does_not_list() {
        let json = include_str!("../../../assets/reference.json");
        let file: ReferenceFile<'_> = serde_json::from_str(json).expect("a reference");
        let mut texts = vec![&file.source.accepts];
        texts.extend(&file.source.documented);
        let mut listed = HashSet::new();
        for ScopeEntry { name, hub_name, description, .. } in &file.scopes {
            assert!(listed.insert(name.as_str()), "{name} is there twice");
            texts.push(description);
            texts.extend(hub_name);
        }
        let action = serde_json::json!([{"id": "x_a", "label": "A", "scopes": listed}]);
        Catalog::parse(&action.to_string()).expect("every scope can be copied as it looks");
        for operation in &file.operations {
            texts.extend([&operation.version, &operation.method, &operation.path]);
            for scopes in std::iter::once(&operation.accepts).chain(&operation.documented) {
                assert!(!scopes.is_empty(), "{} is authorized by nothing", operation.path);
                let unlisted = scopes.iter().find(|Text(scope)| !listed.contains(&**scope));
                assert!(unlisted.is_none(), "{}", operation.path);
            }
        }
        assert!(texts.iter().all(|text| !text.trim().is_empty()));
    }

    #[test]
    fn a_scope_that_nobody_lists_is_told_with_its_place() {
        let call = r#"{"version": "v", "method": "GET", "path": "/", "accepts": ["x"]}"#;
        let json = format!(
            r#"{{"source": {{"accepts": "a", "documented": "d", "verified_live": false}},
                "scopes": [], "operations": [{call}]}}"#
        );
        let error = Catalog::pipedrive().with_reference(&json).expect_err("`x` is no scope");
        let fault =
            CatalogFault::UnlistedScope { field: "operations[0]".into(), scope: "x".into() };
        assert_eq!(error.fault, fault);
    }
}
