//! The parts of a document that are read: the few fields that say which scopes an operation accepts.

use std::collections::HashSet;

use serde::Deserialize;
use serde::de::{Error, IgnoredAny, MapAccess};
use serde_json::Value;

use super::super::security::Security;
use super::extension::Extended;
use crate::domain::catalog::document::{Entries, Object, Unfollowed, present, read_as};

/// A document, of either version.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct Document {
    #[serde(rename = "$ref")]
    _reference: Option<Unfollowed>,
    pub openapi: Option<String>,
    pub swagger: Option<String>,
    pub info: Option<Object<Info>>,
    pub paths: Option<Paths>,
    #[serde(default, deserialize_with = "present")]
    pub security: Option<Security>,
    pub components: Option<Object<Components>>,
    /// The security schemes of Swagger 2.
    pub security_definitions: Option<Entries<Object<Scheme>>>,
}

#[derive(Deserialize)]
pub(in super::super) struct Info {
    #[serde(rename = "$ref")]
    _reference: Option<Unfollowed>,
    pub title: Option<String>,
    pub version: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct Components {
    #[serde(rename = "$ref")]
    _reference: Option<Unfollowed>,
    pub security_schemes: Option<Entries<Object<Scheme>>>,
    pub path_items: Option<Entries<Option<Extended<PathItem>>>>,
}

#[derive(Deserialize)]
pub(in super::super) struct Scheme {
    #[serde(rename = "$ref")]
    pub reference: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// How a token is sent, such as `bearer`. A value of another type is no reason to refuse the document.
    scheme: Option<Value>,
    /// The name of a key, and where it is sent; the same.
    name: Option<Value>,
    r#in: Option<Value>,
    pub flows: Option<Entries<Option<Object<Flow>>, true>>,
    /// The scopes of Swagger 2, which may have extensions among them.
    pub scopes: Option<Entries<Option<String>, true>>,
}

/// A flow of OAuth, with the scopes that it declares.
#[derive(Deserialize)]
pub(in super::super) struct Flow {
    #[serde(rename = "$ref")]
    _reference: Option<Unfollowed>,
    pub scopes: Option<Entries<Option<String>>>,
}

/// The paths, without the extensions beside them.
pub(in super::super) type Paths = Entries<Option<Extended<PathItem>>, true>;

/// The operations of a path in the order of the document.
pub(in super::super) struct PathItem {
    pub reference: Option<String>,
    pub operations: Vec<(Method, Extended<Operation>)>,
    /// Keys that mean nothing in a path item.
    pub unknown: Vec<String>,
}

pub(in super::super) struct Method {
    /// As it is sent.
    pub name: String,
    /// The keys in the path item that lead to its operation.
    pub keys: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct Operation {
    #[serde(rename = "$ref")]
    _reference: Option<Unfollowed>,
    pub operation_id: Option<String>,
    pub summary: Option<String>,
    /// `None` if the document's own counts.
    #[serde(default, deserialize_with = "present")]
    pub security: Option<Security>,
}

impl Document {
    /// The path items with their paths.
    pub fn path_items(&self) -> impl Iterator<Item = (&str, &Extended<PathItem>)> {
        let paths = self.paths.iter().flat_map(Entries::iter);
        paths.filter_map(|(path, item)| Some((path, item.as_ref()?)))
    }

    /// The path items with their names that are there to be referred to.
    pub fn shared_items(&self) -> impl Iterator<Item = (&str, &Extended<PathItem>)> {
        let items = self.components.iter().filter_map(|Object(shared)| shared.path_items.as_ref());
        items.flat_map(Entries::iter).filter_map(|(name, item)| Some((name, item.as_ref()?)))
    }

    /// The security schemes of OpenAPI 3.
    pub fn security_schemes(&self) -> Option<&Entries<Object<Scheme>>> {
        self.components.as_ref()?.0.security_schemes.as_ref()
    }
}

impl Operation {
    /// `None` if it is blank, as in templates that nobody has filled in.
    pub fn id(&self) -> Option<&str> {
        self.operation_id.as_deref().map(str::trim).filter(|id| !id.is_empty())
    }
}

/// In the order of the specification.
const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// The other keys of a path item.
const BESIDE_METHODS: [&str; 4] = ["summary", "description", "servers", "parameters"];

impl Scheme {
    /// Returns `true` if it takes what may be a token of OAuth.
    pub fn takes_token(&self) -> bool {
        let is = |value: &Option<Value>, word| {
            let text = value.as_ref().and_then(Value::as_str);
            text.is_some_and(|text| text.eq_ignore_ascii_case(word))
        };
        match self.kind.as_deref() {
            Some("http") => is(&self.scheme, "bearer"),
            Some("apiKey") => is(&self.r#in, "header") && is(&self.name, "Authorization"),
            _ => false,
        }
    }

    /// The scopes that it declares, with what it says of them.
    pub fn declared_scopes(&self) -> impl Iterator<Item = (&str, &Option<String>)> {
        let flows = self.flows.iter().flat_map(Entries::iter).filter_map(|(_, flow)| flow.as_ref());
        let scopes = flows.filter_map(|Object(flow)| flow.scopes.as_ref()).flat_map(Entries::iter);
        scopes.chain(self.scopes.iter().flat_map(Entries::iter))
    }
}

read_as!(
    PathItem, "an object with the operations of a path", deserialize_any,
    visit_map = read_path_item: MapAccess
);

fn read_path_item<'de, A: MapAccess<'de>>(mut map: A) -> Result<PathItem, A::Error> {
    let mut item = PathItem { reference: None, operations: Vec::new(), unknown: Vec::new() };
    while let Some(key) = map.next_key::<String>()? {
        match &*key {
            "$ref" => {
                if item.reference.replace(map.next_value()?).is_some() {
                    return Err(A::Error::custom("`$ref` stands there twice"));
                }
            }
            "security" => {
                let reason = "`security` belongs to an operation, not to a path";
                return Err(A::Error::custom(reason));
            }
            // For methods that OpenAPI has no key for.
            "additionalOperations" => {
                let more: Option<Entries<Extended<Operation>>> = map.next_value()?;
                let more = more.into_iter().flat_map(|Entries(entries)| entries);
                item.operations.extend(more.map(|(name, operation)| {
                    let keys = vec![key.clone(), name.clone()];
                    (Method { name, keys }, operation)
                }));
            }
            _ if METHODS.iter().any(|method| key.eq_ignore_ascii_case(method)) => {
                // Some programs write `null` for each method that a path does not have.
                let Some(operation) = map.next_value()? else { continue };
                let method = Method { name: key.to_ascii_uppercase(), keys: vec![key] };
                item.operations.push((method, operation));
            }
            _ => {
                map.next_value::<IgnoredAny>()?;
                if !BESIDE_METHODS.contains(&&*key) {
                    item.unknown.push(key);
                }
            }
        }
    }
    let mut names = HashSet::new();
    for (Method { name, .. }, _) in &item.operations {
        if !names.insert(name.to_ascii_uppercase()) {
            return Err(A::Error::custom(format_args!("`{name}` stands there twice")));
        }
    }
    Ok(item)
}
