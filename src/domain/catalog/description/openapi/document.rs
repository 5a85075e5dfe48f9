//! What is read of a document: the few fields that say which scopes an operation accepts.

use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::super::security::Security;
use crate::domain::catalog::document::{Entries, Object, Pointer, Text, Unfollowed, present};

/// A document, of either version.
pub(in super::super) type File<'t> = Object<Document<'t>>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct Document<'t> {
    #[serde(rename = "$ref")]
    _reference: Option<Unfollowed>,
    #[serde(borrow)]
    pub openapi: Option<Text<'t>>,
    pub swagger: Option<Text<'t>>,
    pub info: Option<Object<Info<'t>>>,
    pub paths: Option<Paths<'t>>,
    #[serde(default, deserialize_with = "present")]
    pub security: Option<Security<'t>>,
    pub components: Option<Object<Components<'t>>>,
    /// The security schemes of Swagger 2.
    pub security_definitions: Option<Entries<'t, Object<Scheme<'t>>>>,
}

#[derive(Deserialize)]
pub(in super::super) struct Info<'t> {
    #[serde(rename = "$ref")]
    _reference: Option<Unfollowed>,
    #[serde(borrow)]
    pub title: Option<Text<'t>>,
    pub version: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct Components<'t> {
    #[serde(rename = "$ref")]
    _reference: Option<Unfollowed>,
    #[serde(borrow)]
    pub security_schemes: Option<Entries<'t, Object<Scheme<'t>>>>,
    pub path_items: Option<Entries<'t, Option<PathItem<'t>>>>,
}

#[derive(Deserialize)]
pub(in super::super) struct Scheme<'t> {
    #[serde(borrow, rename = "$ref")]
    pub reference: Option<Text<'t>>,
    #[serde(rename = "type")]
    pub kind: Option<Text<'t>>,
    pub flows: Option<Entries<'t, Option<Object<Flow<'t>>>, true>>,
    /// The scopes of Swagger 2, which may have extensions among them.
    pub scopes: Option<Entries<'t, Option<Text<'t>>, true>>,
}

/// A flow of OAuth, with the scopes that it declares.
#[derive(Deserialize)]
pub(in super::super) struct Flow<'t> {
    #[serde(rename = "$ref")]
    _reference: Option<Unfollowed>,
    #[serde(borrow)]
    pub scopes: Option<Entries<'t, Option<Text<'t>>>>,
}

/// The paths, without the extensions beside them.
pub(in super::super) type Paths<'t> = Entries<'t, Option<PathItem<'t>>, true>;

/// The operations of a path in the order of the document.
pub(in super::super) struct PathItem<'t> {
    pub reference: Option<Text<'t>>,
    pub operations: Vec<(Method<'t>, Operation<'t>)>,
    /// Keys that mean nothing in a path item.
    pub unknown: Vec<Text<'t>>,
}

/// The key of an operation.
pub(in super::super) enum Method<'t> {
    Of(Text<'t>),
    /// Among the methods that OpenAPI 3.2 has no key for.
    Additional(Text<'t>),
}

#[derive(Default)]
pub(in super::super) struct Operation<'t> {
    pub operation_id: Option<Text<'t>>,
    pub summary: Option<Text<'t>>,
    pub security: Option<Security<'t>>,
}

impl Operation<'_> {
    /// `None` if it is blank, as in templates that nobody has filled in.
    pub fn id(&self) -> Option<&str> {
        self.operation_id.as_ref().map(|Text(id)| id.trim()).filter(|id| !id.is_empty())
    }
}

impl Method<'_> {
    /// As it is sent.
    pub fn name(&self) -> String {
        match self {
            Self::Of(Text(key)) => key.to_ascii_uppercase(),
            Self::Additional(Text(name)) => name.to_string(),
        }
    }

    /// Where its operation stands in the path item at `item`.
    pub fn path(&self, item: &Pointer) -> Pointer {
        match self {
            Self::Of(Text(key)) => item.key(key),
            Self::Additional(Text(name)) => item.key(ADDITIONAL).key(name),
        }
    }
}

/// In the order of the specification.
const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

const ADDITIONAL: &str = "additionalOperations";

/// The other keys of a path item.
const BESIDE_METHODS: [&str; 4] = ["summary", "description", "servers", "parameters"];

impl<'t> Scheme<'t> {
    /// The scopes that it declares, with what it says of them.
    pub fn declared_scopes(&self) -> impl Iterator<Item = (&str, &Option<Text<'t>>)> {
        let flows = self.flows.iter().flat_map(Entries::iter).filter_map(|(_, flow)| flow.as_ref());
        let scopes = flows.filter_map(|Object(flow)| flow.scopes.as_ref()).flat_map(Entries::iter);
        scopes.chain(self.scopes.iter().flat_map(Entries::iter))
    }
}

impl<'de: 't, 't> Deserialize<'de> for PathItem<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ItemVisitor;

        impl<'de> Visitor<'de> for ItemVisitor {
            type Value = PathItem<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object with the operations of a path")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<PathItem<'de>, A::Error> {
                let mut item =
                    PathItem { reference: None, operations: Vec::new(), unknown: Vec::new() };
                while let Some(Text(key)) = map.next_key()? {
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
                        ADDITIONAL => {
                            let more: Option<Entries<Object<Operation>>> = map.next_value()?;
                            let more = more.into_iter().flat_map(|Entries(entries)| entries);
                            item.operations.extend(
                                more.map(|(name, Object(one))| (Method::Additional(name), one)),
                            );
                        }
                        _ if METHODS.iter().any(|method| key.eq_ignore_ascii_case(method)) => {
                            let Object(operation) = map.next_value()?;
                            item.operations.push((Method::Of(Text(key)), operation));
                        }
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            if !key.starts_with("x-") && !BESIDE_METHODS.contains(&&*key) {
                                item.unknown.push(Text(key));
                            }
                        }
                    }
                }
                let mut names = HashSet::new();
                for (method, _) in &item.operations {
                    let name = method.name();
                    if !names.insert(name.to_ascii_uppercase()) {
                        return Err(A::Error::custom(format_args!("`{name}` stands there twice")));
                    }
                }
                Ok(item)
            }
        }

        deserializer.deserialize_any(ItemVisitor)
    }
}

impl<'de: 't, 't> Deserialize<'de> for Operation<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OperationVisitor;

        impl<'de> Visitor<'de> for OperationVisitor {
            type Value = Operation<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an operation, which is an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Operation<'de>, A::Error> {
                let mut operation = Operation::default();
                let mut seen = Vec::new();
                while let Some(Text(key)) = map.next_key()? {
                    match &*key {
                        "operationId" => operation.operation_id = map.next_value()?,
                        "summary" => operation.summary = map.next_value()?,
                        "security" => operation.security = Some(map.next_value()?),
                        "$ref" => {
                            map.next_value::<Unfollowed>()?;
                        }
                        // With a slip in its name, the document's own would count instead.
                        slip if is_nearly_security(slip) => {
                            let reason = format_args!("`{slip}` is no key; is it `security`?");
                            return Err(A::Error::custom(reason));
                        }
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            continue;
                        }
                    }
                    if seen.contains(&key) {
                        return Err(A::Error::custom(format_args!("duplicate field `{key}`")));
                    }
                    seen.push(key);
                }
                Ok(operation)
            }
        }

        deserializer.deserialize_any(OperationVisitor)
    }
}

/// Returns `true` if a key differs from `security` by its case, or by a letter or two.
fn is_nearly_security(key: &str) -> bool {
    !key.starts_with("x-")
        && (6..=10).contains(&key.chars().count())
        && strsim::osa_distance(&key.to_ascii_lowercase(), "security") <= 2
}
