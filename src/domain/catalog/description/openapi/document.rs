//! What is read of a document: the few fields that say which scopes an operation accepts.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::super::local_ref::Referable;
use super::super::security::Security;
use super::super::shape::{Entries, check_keys, present};
use crate::domain::catalog::action_file::{Object, Text};

/// A document, of either version.
pub(in super::super) type File<'t> = Object<Document<'t>>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct Document<'t> {
    #[serde(borrow)]
    pub openapi: Option<Text<'t>>,
    #[serde(borrow)]
    pub swagger: Option<Text<'t>>,
    #[serde(borrow)]
    pub info: Option<Object<Info<'t>>>,
    #[serde(borrow, default)]
    pub paths: Option<Paths<'t>>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub security: Option<Security<'t>>,
    #[serde(borrow)]
    pub components: Option<Object<Components<'t>>>,
    /// The security schemes of Swagger 2.
    #[serde(borrow)]
    pub security_definitions: Option<Entries<'t, Object<Scheme<'t>>>>,
}

#[derive(Deserialize)]
pub(in super::super) struct Info<'t> {
    #[serde(borrow)]
    pub title: Option<Text<'t>>,
    #[serde(borrow)]
    pub version: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct Components<'t> {
    #[serde(borrow)]
    pub security_schemes: Option<Entries<'t, Object<Scheme<'t>>>>,
    #[serde(borrow)]
    pub path_items: Option<Entries<'t, Option<PathItem<'t>>>>,
}

#[derive(Deserialize)]
pub(in super::super) struct Scheme<'t> {
    #[serde(borrow, rename = "$ref")]
    pub reference: Option<Text<'t>>,
    #[serde(borrow, rename = "type")]
    pub kind: Option<Text<'t>>,
    #[serde(borrow)]
    pub flows: Option<Object<Flows<'t>>>,
    /// The scopes of Swagger 2.
    #[serde(borrow)]
    pub scopes: Option<Entries<'t, Option<Text<'t>>>>,
}

/// The flows of OAuth. Each declares its scopes.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct Flows<'t> {
    #[serde(borrow)]
    pub implicit: Option<Object<Flow<'t>>>,
    #[serde(borrow)]
    pub password: Option<Object<Flow<'t>>>,
    #[serde(borrow)]
    pub client_credentials: Option<Object<Flow<'t>>>,
    #[serde(borrow)]
    pub authorization_code: Option<Object<Flow<'t>>>,
    #[serde(borrow)]
    pub device_authorization: Option<Object<Flow<'t>>>,
}

#[derive(Deserialize)]
pub(in super::super) struct Flow<'t> {
    #[serde(borrow)]
    pub scopes: Option<Entries<'t, Option<Text<'t>>>>,
}

/// The paths, without the extensions beside them.
pub(in super::super) struct Paths<'t>(pub Vec<(Text<'t>, Option<PathItem<'t>>)>);

/// The operations of a path in the order of the document, by their methods in capitals.
pub(in super::super) struct PathItem<'t> {
    pub reference: Option<Text<'t>>,
    pub operations: Vec<(&'static str, Operation<'t>)>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct Operation<'t> {
    #[serde(borrow)]
    pub operation_id: Option<Text<'t>>,
    #[serde(borrow)]
    pub summary: Option<Text<'t>>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub security: Option<Security<'t>>,
    /// No operation has one; what it would lead to is not read.
    #[serde(borrow, rename = "$ref")]
    pub reference: Option<Text<'t>>,
}

impl Referable for Scheme<'_> {
    fn reference(&self) -> Option<&Text<'_>> {
        self.reference.as_ref()
    }
}

impl Referable for PathItem<'_> {
    fn reference(&self) -> Option<&Text<'_>> {
        self.reference.as_ref()
    }
}

impl<'t> Scheme<'t> {
    /// The scopes that it declares, with what it says of them.
    pub fn declared_scopes(&self) -> impl Iterator<Item = (&str, &Option<Text<'t>>)> {
        let flows = self.flows.iter().flat_map(|Object(flows)| {
            [
                &flows.authorization_code,
                &flows.implicit,
                &flows.password,
                &flows.client_credentials,
                &flows.device_authorization,
            ]
        });
        let scopes = flows.flatten().filter_map(|Object(flow)| flow.scopes.as_ref());
        scopes.chain(&self.scopes).flat_map(Entries::iter)
    }
}

impl<'de: 't, 't> Deserialize<'de> for Paths<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PathsVisitor;

        impl<'de> Visitor<'de> for PathsVisitor {
            type Value = Paths<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object with a path for each key")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Paths<'de>, A::Error> {
                let mut paths = Vec::new();
                while let Some(key) = map.next_key::<Text>()? {
                    if key.0.starts_with("x-") {
                        map.next_value::<IgnoredAny>()?;
                    } else {
                        paths.push((key, map.next_value()?));
                    }
                }
                check_keys(&paths)?;
                Ok(Paths(paths))
            }
        }

        deserializer.deserialize_any(PathsVisitor)
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
                let mut item = PathItem { reference: None, operations: Vec::new() };
                while let Some(Text(key)) = map.next_key()? {
                    let method = match &*key {
                        "get" => "GET",
                        "put" => "PUT",
                        "post" => "POST",
                        "delete" => "DELETE",
                        "options" => "OPTIONS",
                        "head" => "HEAD",
                        "patch" => "PATCH",
                        "trace" => "TRACE",
                        "query" => "QUERY",
                        "$ref" => {
                            item.reference = Some(map.next_value()?);
                            continue;
                        }
                        "security" => {
                            let reason = "`security` belongs to an operation, not to a path";
                            return Err(A::Error::custom(reason));
                        }
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            continue;
                        }
                    };
                    if item.operations.iter().any(|(known, _)| *known == method) {
                        return Err(A::Error::custom(format_args!("`{key}` stands there twice")));
                    }
                    let Object(operation) = map.next_value()?;
                    item.operations.push((method, operation));
                }
                Ok(item)
            }
        }

        deserializer.deserialize_any(ItemVisitor)
    }
}
