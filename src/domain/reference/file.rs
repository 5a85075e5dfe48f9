use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::{Operation, Reference, ScopeFacts, Source};
use crate::domain::catalog::check_token;
use crate::domain::{
    Accepts, ActionIndex, Catalog, CatalogError, CatalogFault, Index, Provider, ScopeIndex,
    ScopeSet,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReferenceFile<'a> {
    source: SourceEntry,
    scopes: Vec<ScopeEntry>,
    #[serde(borrow)]
    operations: Vec<OperationEntry<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceEntry {
    accepts: String,
    documented: Option<String>,
    verified_live: bool,
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
    action: Option<Cow<'a, str>>,
    version: String,
    method: String,
    path: String,
    #[serde(borrow)]
    accepts: Vec<Name<'a>>,
    #[serde(borrow)]
    documented: Option<Vec<Name<'a>>>,
}

/// A scope that is only looked up: there are many, and a script waits for them all.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// Names to places, the catalog's scopes first. A reference may only speak of scopes that its own
/// list has.
struct Names {
    indices: HashMap<String, ScopeIndex>,
    listed: HashSet<ScopeIndex>,
}

/// Reads a reference and holds it against its own rules: nothing empty, no scope twice, every
/// scope of an operation in the list of scopes, and no operation that nothing authorises.
/// Operations without an action, and of actions that `catalog` does not have, are calls of the API
/// all the same.
pub(super) fn read(
    json: &str,
    catalog: &Catalog,
    provider: Option<Provider>,
) -> Result<Reference, CatalogError> {
    Ok(checked(serde_json::from_str(json)?, catalog, provider)?)
}

fn checked(
    file: ReferenceFile<'_>,
    catalog: &Catalog,
    provider: Option<Provider>,
) -> Result<Reference, CatalogFault> {
    let mut names = Names::of(catalog);
    let mut reference = Reference {
        source: Source {
            accepts: text(file.source.accepts, || "source.accepts".into())?,
            documented: file
                .source
                .documented
                .map(|documented| text(documented, || "source.documented".into()))
                .transpose()?,
            verified_live: file.source.verified_live,
        },
        provider,
        ..Reference::default()
    };
    let mut always_granted = Vec::new();
    for (position, entry) in file.scopes.into_iter().enumerate() {
        let is_always_granted = entry.always_granted;
        let scope = add_scope(&mut reference, &mut names, entry, position)?;
        always_granted.extend(is_always_granted.then_some(scope));
    }
    reference.always_granted = always_granted.into_iter().collect();
    let is_other = |&action: &ActionIndex| !reference.speaks_of(catalog.provider(action));
    reference.shared = catalog.guide_scopes(&catalog.indices().filter(is_other).collect());
    let mut operations = Vec::with_capacity(file.operations.len());
    for (position, entry) in file.operations.into_iter().enumerate() {
        let own = |&action: &ActionIndex| reference.speaks_of(catalog.provider(action));
        let action = entry.action.as_ref().and_then(|action| catalog.find(action)).filter(own);
        operations.push((action, names.operation(entry, position)?));
    }
    reference.add_operations(operations);
    Ok(reference)
}

impl Reference {
    /// Reads a reference for the actions of `provider` in `catalog`, or for all actions without a
    /// provider. Returns `None` if it knows none of them.
    pub(in crate::domain) fn parse(
        json: &str,
        catalog: &Catalog,
        provider: Option<Provider>,
    ) -> Result<Option<Self>, CatalogError> {
        let reference = read(json, catalog, provider)?;
        Ok((!reference.calls.is_empty()).then_some(reference))
    }
}

fn add_scope(
    reference: &mut Reference,
    names: &mut Names,
    entry: ScopeEntry,
    position: usize,
) -> Result<ScopeIndex, CatalogFault> {
    let field = |name: &str| format!("scopes[{position}].{name}");
    check_token(&entry.name, || field("name"))?;
    let facts = ScopeFacts {
        description: text(entry.description, || field("description"))?,
        form_name: entry.hub_name.map(|name| text(name, || field("hub_name"))).transpose()?,
    };
    let known = names.indices.len();
    let index = *names.indices.entry(entry.name.clone()).or_insert_with(|| {
        reference.further_scopes.push(entry.name.clone());
        ScopeIndex::from_position(known)
    });
    if !names.listed.insert(index) {
        return Err(CatalogFault::Repeated { field: field("name"), value: entry.name });
    }
    reference.facts.insert(index, facts);
    Ok(index)
}

impl Names {
    fn of(catalog: &Catalog) -> Self {
        let indices = catalog.scopes().iter().enumerate();
        Self {
            indices: indices
                .map(|(position, name)| (name.clone(), ScopeIndex::from_position(position)))
                .collect(),
            listed: HashSet::new(),
        }
    }

    fn operation(
        &self,
        entry: OperationEntry<'_>,
        position: usize,
    ) -> Result<Operation, CatalogFault> {
        let field = |name: &str| format!("operations[{position}].{name}");
        let action = entry.action.as_deref();
        let set = |scopes: Vec<Name<'_>>, name: &str| {
            if scopes.is_empty() {
                return Err(CatalogFault::Empty { field: field(name) });
            }
            let unknown = |scope: &str| CatalogFault::UnknownScope {
                action: action.map_or_else(|| field(name), str::to_owned),
                scope: scope.to_owned(),
            };
            let index = |Name(scope): &Name<'_>| self.find(scope).ok_or_else(|| unknown(scope));
            scopes.iter().map(index).collect::<Result<ScopeSet, _>>().map(Accepts::AnyOf)
        };
        if let Some(action) = action {
            check_token(action, || field("action"))?;
        }
        Ok(Operation {
            version: text(entry.version, || field("version"))?,
            method: text(entry.method, || field("method"))?,
            path: text(entry.path, || field("path"))?,
            accepts: set(entry.accepts, "accepts")?,
            documented: entry.documented.map(|scopes| set(scopes, "documented")).transpose()?,
        })
    }

    fn find(&self, scope: &str) -> Option<ScopeIndex> {
        self.indices.get(scope).copied().filter(|index| self.listed.contains(index))
    }
}

fn text(value: String, field: impl Fn() -> String) -> Result<String, CatalogFault> {
    if value.trim().is_empty() {
        return Err(CatalogFault::Empty { field: field() });
    }
    Ok(value)
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
    use super::*;

    fn error(scopes: &str, operations: &str) -> CatalogFault {
        let json = format!(
            r#"{{"source": {{"accepts": "a", "documented": "d", "verified_live": false}},
                "scopes": [{scopes}], "operations": [{operations}]}}"#
        );
        read(&json, &Catalog::pipedrive(), None).expect_err("this reference breaks a rule").fault
    }

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
        assert_eq!(paths(reference.operations()), ["/2", "/4", "/1", "/3"]);
    }

    fn operation(accepts: &str) -> String {
        format!(
            r#"{{"action": "x_a", "version": "v1", "method": "GET", "path": "/a", "accepts": {accepts}}}"#
        )
    }

    #[test]
    fn each_broken_rule_is_told_with_its_place() {
        let admin = scope("admin");
        assert_eq!(
            error(&format!("{admin}, {admin}"), ""),
            CatalogFault::Repeated { field: "scopes[1].name".into(), value: "admin".into() }
        );
        assert_eq!(
            error(&admin, &operation("[]")),
            CatalogFault::Empty { field: "operations[0].accepts".into() }
        );
        assert_eq!(
            error(&admin, &operation(r#"["deals:read"]"#)),
            CatalogFault::UnknownScope { action: "x_a".into(), scope: "deals:read".into() },
            "the catalog knows it, the reference does not"
        );
        let without_action = operation(r#"["deals:read"]"#).replace(r#""action": "x_a", "#, "");
        assert_eq!(
            error(&admin, &without_action),
            CatalogFault::UnknownScope {
                action: "operations[0].accepts".into(),
                scope: "deals:read".into()
            }
        );
        assert_eq!(
            error(&scope("a b"), ""),
            CatalogFault::Unsafe { field: "scopes[0].name".into(), value: "a b".into() }
        );
    }
}
