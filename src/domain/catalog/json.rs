//! The two forms in JSON: our own, an object, and a bare array of actions. A quick look takes actions
//! as they stand; to say what is wrong, all are read value by value, so that a problem with one hides
//! no other.

use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::builder::{Builder, Stop};
use super::document::{Object, Text};
use super::error::reason_without_place;
use super::position::offset_of;
use super::{CatalogFault, CatalogNote, Connector, Page, check_token};
use crate::domain::name_words::ends_in;

/// Reads a catalog in either form from the builder's source.
pub(super) fn read(builder: &mut Builder) -> Result<(), Stop> {
    let json = builder.source;
    let expected = "a catalog, which is an object or an array of actions";
    if json.trim_start().starts_with('[') {
        builder.open_list = true;
        builder.list = "";
        return read_list(builder, json);
    }
    let (parts, error) = Parts::of(json, Shape::Object, expected);
    read_own_format(builder, json, &parts, error.is_none())?;
    break_off(builder, json, error);
    Ok(())
}

/// Reads a list of actions, such as a page has. Unlike in our own format, an action may have
/// further keys.
pub(super) fn read_list(builder: &mut Builder, json: &str) -> Result<(), Stop> {
    builder.lenient = true;
    let error = read_actions(builder, json)?;
    break_off(builder, json, error);
    Ok(())
}

/// An object or an array, as far as it can be read.
#[derive(Default)]
struct Parts<'t> {
    /// One more than `values` if the text cannot be read on within a value.
    keys: Vec<Text<'t>>,
    values: Vec<&'t RawValue>,
}

enum Shape {
    Object,
    Array,
}

struct PartsVisitor<'a, 't> {
    parts: &'a mut Parts<'t>,
    expected: &'a str,
}

impl<'t> Parts<'t> {
    fn of(json: &'t str, shape: Shape, expected: &str) -> (Self, Option<serde_json::Error>) {
        let mut parts = Self::default();
        let mut parser = serde_json::Deserializer::from_str(json);
        let visitor = PartsVisitor { parts: &mut parts, expected };
        let read = match shape {
            Shape::Object => parser.deserialize_map(visitor),
            Shape::Array => parser.deserialize_seq(visitor),
        };
        let error = read.and_then(|()| parser.end()).err();
        (parts, error)
    }
}

impl<'t> Visitor<'t> for PartsVisitor<'_, 't> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key()? {
            self.parts.keys.push(key);
            self.parts.values.push(map.next_value()?);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(value) = list.next_element()? {
            self.parts.values.push(value);
        }
        Ok(())
    }
}

/// `is_whole` says whether nothing of the text is missing.
fn read_own_format<'t>(
    builder: &mut Builder<'t>,
    json: &'t str,
    parts: &Parts<'t>,
    is_whole: bool,
) -> Result<(), Stop> {
    // The operations of an API may have ids with white space.
    builder.any_id = parts.keys.iter().zip(&parts.values).any(|(Text(key), _)| key == "reference");
    let mut seen = HashSet::new();
    // The places of scopes are those of their list, wherever it stands.
    let mut entries: Vec<_> = parts.keys.iter().enumerate().collect();
    entries.sort_by_key(|(_, Text(key))| key != "scopes");
    for (nth, Text(key)) in entries {
        let value = parts.values.get(nth).copied();
        let offset = key_offset(builder, key, value);
        if !seen.insert(&**key) {
            refuse(builder, offset + key.len(), "", format!("duplicate field `{key}`"));
            continue;
        }
        match (&**key, value) {
            ("connector", Some(value)) => {
                let connector = object(builder, key, value);
                builder.connector = connector.inspect(|c| check_connector(builder, offset, c));
            }
            ("page", Some(value)) => {
                let page = object(builder, key, value);
                builder.page = page.inspect(|page| check_page(builder, offset, page));
            }
            ("reference", Some(value)) => builder.reference = Some(value.get()),
            ("guide", Some(value)) => {
                builder.guide = object(builder, key, value).map(|guide| (offset, guide));
            }
            (list @ ("scopes" | "actions"), value) => {
                let json = value.map_or_else(|| behind(json, key), RawValue::get);
                let error = match list {
                    "actions" => read_actions(builder, json)?,
                    _ => read_scopes(builder, list, json, Builder::listed_scope),
                };
                // If the list is not whole, the error is reported elsewhere.
                if let Some(error) = error.filter(|_| value.is_some()) {
                    // What is listed is not known.
                    builder.open_list |= list == "scopes";
                    malformed(builder, list, json, &error);
                }
            }
            ("$schema", _) | (_, None) => {}
            (key, Some(_)) => {
                let keys = "`connector`, `page`, `scopes`, `actions`, `reference` or `guide`";
                refuse(builder, offset, "", format!("unknown key `{key}`, expected {keys}"));
            }
        }
    }
    if is_whole {
        missing(builder, "", json, &seen, &["connector", "scopes", "actions"]);
    }
    Ok(())
}

fn check_connector(builder: &mut Builder, offset: usize, connector: &Connector) {
    let Connector { key, name, method, merged, shared } = connector;
    if let Some(key) = key {
        builder.check(offset, check_token(key, || "connector.key".into()));
    }
    for (list, tokens) in [("merged", merged), ("shared", shared)] {
        for (nth, token) in tokens.iter().enumerate() {
            builder.check(offset, check_token(token, || format!("connector.{list}[{nth}]")));
        }
    }
    for (field, text) in [("connector.name", Some(name)), ("connector.method", method.as_ref())] {
        if text.is_some_and(|text| text.trim().is_empty()) {
            builder.report(offset, CatalogFault::Empty { field: field.into() });
        }
    }
}

fn check_page(builder: &mut Builder, offset: usize, Page { address, parameter }: &Page) {
    for (field, text) in [("page.address", address), ("page.parameter", parameter)] {
        builder.check(offset, check_token(text, || field.into()));
    }
}

/// Reads a list of actions as far as it goes. Returns why it does not go on.
fn read_actions(builder: &mut Builder, json: &str) -> Result<Option<serde_json::Error>, Stop> {
    if builder.quick {
        // Whatever is malformed or not known ends it, unexplained.
        let mut parser = serde_json::Deserializer::from_str(json);
        let read = parser.deserialize_seq(QuickActions(builder)).and_then(|()| parser.end());
        return read.map(|()| None).map_err(|_| Stop);
    }
    let (parts, error) = Parts::of(json, Shape::Array, "an array of actions");
    for action in parts.values {
        builder.go_on()?;
        read_action(builder, action.get());
    }
    Ok(error)
}

/// The same for the scopes of the catalog or of an action, of which `take` takes each with its place.
fn read_scopes<'r>(
    builder: &mut Builder<'r>,
    field: &str,
    json: &str,
    take: fn(&mut Builder<'r>, usize, &str, usize),
) -> Option<serde_json::Error> {
    let (parts, error) = Parts::of(json, Shape::Array, "an array of scopes");
    for (item, value) in parts.values.into_iter().enumerate() {
        if let Some((Text(name), offset)) = text(builder, |_| format!("{field}[{item}]"), value) {
            take(builder, item, &name, offset);
        }
    }
    error
}

/// Takes actions without their places.
struct QuickActions<'a, 'r>(&'a mut Builder<'r>);

impl<'t> Visitor<'t> for QuickActions<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array of actions")
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut list: A) -> Result<(), A::Error> {
        let Self(builder) = self;
        while let Some(Object(action)) = list.next_element()? {
            builder.go_on().map_err(|Stop| A::Error::custom("nobody waits"))?;
            builder.add_action(&action);
        }
        Ok(())
    }
}

fn read_action(builder: &mut Builder, json: &str) {
    let (parts, error) = Parts::of(json, Shape::Object, "an action, which is an object");
    let field = builder.field("");
    if let Some(error) = error {
        malformed(builder, &field, json, &error);
        return builder.end_action(None, None);
    }
    let (mut id, mut label) = (None, None);
    let mut seen = HashSet::new();
    for (Text(key), value) in parts.keys.iter().zip(parts.values) {
        let offset = key_offset(builder, key, Some(value));
        let is_known = ["id", "label", "scopes"].contains(&&**key);
        if is_known && !seen.insert(&**key) {
            refuse(builder, offset + key.len(), &field, format!("duplicate field `{key}`"));
            continue;
        }
        match &**key {
            "id" => id = text(builder, |builder| builder.field("id"), value),
            "label" => label = text(builder, |builder| builder.field("label"), value),
            "scopes" => {
                let (field, json) = (builder.field("scopes"), value.get());
                if let Some(error) = read_scopes(builder, &field, json, Builder::needed_scope) {
                    malformed(builder, &field, json, &error);
                }
            }
            // `required_scopes` may say what the action needs.
            key if !builder.lenient || ends_in(key, "scope scopes") => {
                let reason = format!("unknown key `{key}`, expected `id`, `label` or `scopes`");
                refuse(builder, offset, &field, reason);
            }
            key => {
                let (field, key) = (field.clone(), key.to_owned());
                builder.note(offset, CatalogNote::UnknownKey { field, key });
            }
        }
    }
    missing(builder, &field, json, &seen, &["id", "label", "scopes"]);
    let [id, label] =
        [&id, &label].map(|text| text.as_ref().map(|(Text(text), at)| (&**text, *at)));
    builder.end_action(id, label)
}

/// A string, and the byte behind its quote.
fn text<'t>(
    builder: &mut Builder,
    field: impl FnOnce(&Builder) -> String,
    value: &'t RawValue,
) -> Option<(Text<'t>, usize)> {
    let json = value.get();
    match serde_json::from_str(json) {
        Ok(text) => Some((text, builder.offset_of(json) + 1)),
        Err(error) => {
            malformed(builder, &field(builder), json, &error);
            None
        }
    }
}

fn object<'t, T: Deserialize<'t>>(
    builder: &mut Builder,
    field: &str,
    value: &'t RawValue,
) -> Option<T> {
    let json = value.get();
    let read = match json.starts_with('[') {
        true => serde_json::from_str(json).map(|Object(value)| value),
        false => serde_json::from_str(json),
    };
    read.map_err(|error| malformed(builder, field, json, &error)).ok()
}

/// Where a key stands. That of one with escapes is not known; its value is next to it.
fn key_offset(builder: &Builder, key: &str, value: Option<&RawValue>) -> usize {
    let offset = builder.offset_of(key);
    let value = value.map_or(0, |value| builder.offset_of(value.get()));
    if offset < builder.source.len() { offset } else { value }
}

fn malformed(builder: &mut Builder, field: &str, json: &str, error: &serde_json::Error) {
    let offset = builder.offset_of(json) + offset_of(json, error.line(), error.column());
    refuse(builder, offset, field, reason_without_place(error));
}

fn refuse(builder: &mut Builder, offset: usize, field: &str, reason: String) {
    let rest = builder.source.get(offset..).unwrap_or_default();
    let is_comment = ["//", "/*"].iter().any(|sign| rest.starts_with(sign));
    let reason =
        if is_comment { "JSON has no comments; remove this one".to_owned() } else { reason };
    builder.report(offset, CatalogFault::Malformed { field: field.to_owned(), reason });
}

/// Reports the keys that an object does not have at its end.
fn missing(builder: &mut Builder, field: &str, json: &str, seen: &HashSet<&str>, wanted: &[&str]) {
    let end = builder.offset_of(json) + json.trim_end().len().saturating_sub(1);
    for key in wanted.iter().filter(|&key| !seen.contains(key)) {
        refuse(builder, end, field, format!("missing field `{key}`"));
    }
}

/// Reports that the text cannot be read on, and where in the catalog that is.
fn break_off(builder: &mut Builder, json: &str, error: Option<serde_json::Error>) {
    let Some(error) = error else { return };
    // What was not read may have listed the scope that an action needs.
    builder.open_list = true;
    let reason = reason_without_place(&error);
    // Where serde_json skips a string it stops before a control character, else behind it.
    let skipped = usize::from(reason.starts_with("control character"));
    let offset = builder.offset_of(json) + offset_of(json, error.line(), error.column() + skipped);
    let field = match reason.as_str() {
        "trailing characters" => String::new(),
        _ => broken_field(json, 4),
    };
    let list = if field.starts_with('[') { builder.list } else { "" };
    let field = format!("{list}{}", field.strip_prefix('.').unwrap_or(&field));
    refuse(builder, offset, &field, reason);
}

/// The path of the value within which a text cannot be read on, so many steps deep.
fn broken_field(json: &str, depth: usize) -> String {
    if depth == 0 {
        return String::new();
    }
    if let Some(items) = json.trim_start().strip_prefix('[') {
        let (Parts { values, .. }, _) = Parts::of(json, Shape::Array, "");
        let next = values.last().map_or(items, |last| behind(json, last.get()));
        return format!("[{}]{}", values.len(), broken_field(next, depth - 1));
    }
    let (Parts { keys, values }, _) = Parts::of(json, Shape::Object, "");
    match keys.last() {
        Some(Text(key)) if keys.len() > values.len() => {
            format!(".{key}{}", broken_field(behind(json, key), depth - 1))
        }
        _ => String::new(),
    }
}

/// The value that follows a piece of this text.
fn behind<'t>(json: &'t str, piece: &str) -> &'t str {
    let end = (piece.as_ptr() as usize).wrapping_sub(json.as_ptr() as usize) + piece.len();
    let rest = json.get(end..).unwrap_or_default();
    // A key ends before its quote.
    let rest = rest.strip_prefix('"').unwrap_or(rest);
    rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || [':', ','].contains(&c))
}
