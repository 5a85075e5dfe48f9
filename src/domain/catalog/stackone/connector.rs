//! A connector as its author has it: YAML, with parts of its actions in files beside it.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Partial, Stated, StatedAction};
use crate::domain::catalog::action_file::{Object, Text};
use crate::domain::catalog::description::{Entries, Language, List, parse_repeating};
use crate::domain::catalog::{CatalogError, CatalogFault};

/// What the name of a partial's file ends with, after what `$ref` says.
const PARTIAL: &str = ".s1.partial.yaml";

/// Partials within partials.
const DEEPEST: usize = 8;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ConnectorFile<'t> {
    #[serde(borrow)]
    info: Object<Info<'t>>,
    #[serde(borrow)]
    scope_definitions: Option<Entries<'t, Option<ScopeDefinition<'t>>>>,
    #[serde(borrow)]
    authentication: Option<List<Entries<'t, Object<Authentication<'t>>>>>,
    #[serde(borrow)]
    actions: Option<Actions<'t>>,
}

#[derive(Deserialize)]
struct Info<'t> {
    #[serde(borrow)]
    title: Option<Text<'t>>,
    #[serde(borrow)]
    key: Text<'t>,
}

#[derive(Deserialize)]
struct ScopeDefinition<'t> {
    /// Names with spaces between them.
    #[serde(borrow)]
    includes: Option<Text<'t>>,
}

#[derive(Deserialize)]
struct Authentication<'t> {
    #[serde(borrow)]
    label: Option<Text<'t>>,
}

/// Actions and references to files with more of them, in the order of the text.
struct Actions<'t>(Vec<Item<'t>>);

/// An action, or a reference.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item<'t> {
    #[serde(borrow, rename = "$ref")]
    reference: Option<Text<'t>>,
    #[serde(borrow)]
    action_id: Option<Text<'t>>,
    #[serde(borrow)]
    label: Option<Text<'t>>,
    /// Names with spaces between them.
    #[serde(borrow)]
    required_scopes: Option<Text<'t>>,
}

/// Reads a connector, and the parts that `partial` gives.
pub(super) fn read(text: &str, partial: Partial) -> Result<Stated, CatalogError> {
    let Object(file) = parse_repeating::<Object<ConnectorFile>>(text, Language::Yaml)?;
    let Object(Info { title, key: Text(key) }) = &file.info;
    let scopes =
        file.scope_definitions.iter().flat_map(Entries::iter).map(|(scope, definition)| {
            let includes = definition.as_ref().and_then(|definition| definition.includes.as_ref());
            (scope.to_owned(), includes.map(words).unwrap_or_default())
        });
    let ways = file.authentication.iter().flat_map(|List(ways)| ways).flat_map(Entries::iter);
    let labels: Vec<_> = ways.filter_map(|(_, Object(way))| way.label.as_ref()).collect();
    let mut actions = Vec::new();
    if let Some(Actions(items)) = &file.actions {
        add_actions(&mut actions, key, items, partial, 0)?;
    }
    Ok(Stated {
        key: key.to_string(),
        name: title.as_ref().map_or(key, |Text(title)| title).to_string(),
        method: match labels[..] {
            [Text(label)] if !label.trim().is_empty() => Some(label.to_string()),
            _ => None,
        },
        scopes: scopes.collect(),
        actions,
    })
}

fn add_actions(
    actions: &mut Vec<StatedAction>,
    key: &str,
    items: &[Item],
    partial: Partial,
    depth: usize,
) -> Result<(), CatalogError> {
    for (nth, item) in items.iter().enumerate() {
        match (&item.reference, &item.action_id) {
            (Some(Text(reference)), _) => {
                let text = partial_text(reference, partial, depth)?;
                let Actions(items) = parse_repeating(&text, Language::Yaml)
                    .map_err(|error| within(reference, error))?;
                add_actions(actions, key, &items, partial, depth + 1)?;
            }
            (None, Some(Text(id))) => {
                let id = format!("{key}_{id}");
                let label = item.label.as_ref().map_or("", |Text(label)| label.trim());
                let required = item.required_scopes.as_ref().map(words);
                actions.push(StatedAction {
                    label: if label.is_empty() { id.clone() } else { label.to_owned() },
                    id,
                    // An empty text says no more than none at all.
                    required: required.filter(|scopes| !scopes.is_empty()),
                });
            }
            (None, None) => {
                return Err(malformed(format!("actions[{nth}]"), "missing field `actionId`"));
            }
        }
    }
    Ok(())
}

/// The text of a partial. Its name may not lead to another folder.
fn partial_text(reference: &str, partial: Partial, depth: usize) -> Result<String, CatalogError> {
    let field = || format!("actions.$ref: {reference}");
    let is_name = !reference.is_empty() && !reference.contains(['/', '\\', ':', '\0']);
    if !is_name || reference.starts_with('.') {
        return Err(malformed(field(), "a part is named by the beginning of its file's name"));
    }
    if depth >= DEEPEST {
        return Err(malformed(field(), "the parts lead in a circle"));
    }
    let bytes = partial(&format!("{reference}{PARTIAL}"));
    let missing = || malformed(field(), "no such part lies beside the connector's file");
    let text = String::from_utf8(bytes.ok_or_else(missing)?);
    text.map_err(|_| malformed(field(), "the part is no UTF-8"))
}

/// A problem of a part, whose lines are not those of the connector's own file.
fn within(reference: &str, error: CatalogError) -> CatalogError {
    let file = format!("{reference}{PARTIAL}");
    let place = error.place.map(|place| format!(":{}:{}", place.line, place.column));
    let place = place.unwrap_or_default();
    match error.fault {
        CatalogFault::Malformed { field, reason } => {
            CatalogFault::Malformed { field: format!("{file}{place} {field}"), reason }.into()
        }
        fault => fault.into(),
    }
}

fn malformed(field: String, reason: &str) -> CatalogError {
    CatalogFault::Malformed { field, reason: reason.to_owned() }.into()
}

fn words(Text(text): &Text) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

impl<'de: 't, 't> Deserialize<'de> for Actions<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ActionsVisitor;

        impl<'de> Visitor<'de> for ActionsVisitor {
            type Value = Actions<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a list of actions, or references to such lists")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Actions<'de>, A::Error> {
                let mut items = Vec::new();
                while let Some(Object(item)) = list.next_element()? {
                    items.push(item);
                }
                Ok(Actions(items))
            }

            /// The same key stands there once for each reference.
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Actions<'de>, A::Error> {
                let mut items = Vec::new();
                while let Some(Text(key)) = map.next_key()? {
                    if key == "$ref" {
                        items.push(Item {
                            reference: Some(map.next_value()?),
                            action_id: None,
                            label: None,
                            required_scopes: None,
                        });
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(Actions(items))
            }
        }

        deserializer.deserialize_any(ActionsVisitor)
    }
}
