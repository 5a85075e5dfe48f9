//! Everything that is wrong with a catalog in JSON, and where. What can be read is read value by
//! value, so that a problem with one hides no other.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::action_file::{Object, Text};
use super::builder::{Builder, Stop};
use super::error::reason_without_place;
use super::json::{EXPECTED, Rest, Strictness};
use super::position::offset_of;
use super::{CatalogFault, CatalogNote, Connector, Page};
use crate::domain::guide::GuideFile;

/// Examines a catalog in either form.
pub(super) fn examine(
    builder: &mut Builder,
    bytes: Range<usize>,
    hint: &str,
) -> Result<Rest, Stop> {
    let source = Arc::clone(builder.source());
    let json = &source[bytes];
    let (parts, error) = Parts::of(json, Shape::Either, EXPECTED);
    let is_array = json.trim_start().starts_with('[');
    let rest = if is_array {
        builder.be_array(hint);
        examine_actions(builder, &parts.values, Strictness::Lenient)?;
        Rest::default()
    } else {
        examine_own_format(builder, json, parts, error.is_none())?
    };
    break_off(builder, json, error)?;
    Ok(rest)
}

/// Examines a list of actions, such as a page has.
pub(super) fn examine_list(builder: &mut Builder, bytes: Range<usize>) -> Result<(), Stop> {
    let source = Arc::clone(builder.source());
    let json = &source[bytes];
    let (parts, error) = Parts::of(json, Shape::Array, "an array of actions");
    examine_actions(builder, &parts.values, Strictness::Lenient)?;
    break_off(builder, json, error)
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
    Either,
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
            Shape::Either => parser.deserialize_any(visitor),
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
fn examine_own_format<'t>(
    builder: &mut Builder,
    json: &'t str,
    parts: Parts<'t>,
    is_whole: bool,
) -> Result<Rest, Stop> {
    let (mut connector, mut page, mut rest) = (None, None, Rest::default());
    builder.defer_ids();
    let mut seen = HashSet::new();
    for (nth, Text(key)) in parts.keys.iter().enumerate() {
        let value = parts.values.get(nth).copied();
        let offset = key_offset(builder, key, value);
        if !seen.insert(key) {
            duplicate(builder, String::new(), offset, key)?;
            continue;
        }
        match (&**key, value) {
            ("connector", Some(value)) => {
                connector = object::<Connector>(builder, "connector", value)?.map(|c| (offset, c));
            }
            ("page", Some(value)) => {
                page = object::<Page>(builder, "page", value)?.map(|page| (offset, page));
            }
            ("reference", Some(value)) => {
                let start = builder.offset_of(value.get());
                rest.reference = Some(start..start + value.get().len());
            }
            ("guide", Some(value)) => {
                rest.guide =
                    object::<GuideFile>(builder, "guide", value)?.map(|guide| (offset, guide));
            }
            ("scopes" | "actions", value) => {
                let json = value.map_or_else(|| behind(json, key), RawValue::get);
                examine_list_of(builder, key, json, value.is_some())?;
            }
            ("$schema", _) | (_, None) => {}
            (key, Some(_)) => {
                let keys = "`connector`, `page`, `scopes`, `actions`, `reference` or `guide`";
                unknown_key(builder, String::new(), offset, key, keys)?;
            }
        }
    }
    if is_whole {
        let known: HashSet<&str> = seen.iter().map(|key| &***key).collect();
        missing(builder, "", json, &known, &["connector", "scopes", "actions"])?;
    }
    builder.settle_ids(rest.reference.is_some())?;
    builder.be_own_format(connector, page)?;
    Ok(rest)
}

/// The list of scopes or that of actions. If it is not whole, the error is told elsewhere.
fn examine_list_of(
    builder: &mut Builder,
    key: &str,
    json: &str,
    is_whole: bool,
) -> Result<(), Stop> {
    let expected = if key == "scopes" { "an array of scopes" } else { "an array of actions" };
    let (parts, error) = Parts::of(json, Shape::Array, expected);
    if let Some(error) = error.filter(|_| is_whole) {
        // What is listed is not known.
        builder.open_list |= key == "scopes";
        return malformed(builder, key.to_owned(), json, &error);
    }
    if key == "actions" {
        return examine_actions(builder, &parts.values, Strictness::Strict);
    }
    for (item, value) in parts.values.into_iter().enumerate() {
        if let Some((Text(name), offset)) = text(builder, |_| format!("scopes[{item}]"), value)? {
            builder.listed_scope(item, &name, offset)?;
        }
    }
    Ok(())
}

fn examine_actions(
    builder: &mut Builder,
    actions: &[&RawValue],
    strictness: Strictness,
) -> Result<(), Stop> {
    actions.iter().try_for_each(|action| examine_action(builder, action.get(), strictness))
}

fn examine_action(builder: &mut Builder, json: &str, strictness: Strictness) -> Result<(), Stop> {
    let (parts, error) = Parts::of(json, Shape::Object, "an action, which is an object");
    if let Some(error) = error {
        malformed(builder, builder.field(""), json, &error)?;
        return builder.end_action(None, None);
    }
    let (mut id, mut label) = (None, None);
    let mut seen = HashSet::new();
    for (Text(key), value) in parts.keys.iter().zip(parts.values) {
        let offset = key_offset(builder, key, Some(value));
        let is_known = ["id", "label", "scopes"].contains(&&**key);
        if is_known && !seen.insert(&**key) {
            duplicate(builder, builder.field(""), offset, key)?;
            continue;
        }
        match &**key {
            "id" => id = text(builder, |builder| builder.field("id"), value)?,
            "label" => label = text(builder, |builder| builder.field("label"), value)?,
            "scopes" => examine_needed_scopes(builder, value.get())?,
            key if strictness == Strictness::Strict => {
                let field = builder.field("");
                unknown_key(builder, field, offset, key, "`id`, `label` or `scopes`")?;
            }
            key => {
                builder.note(offset, |builder| CatalogNote::UnknownKey {
                    field: builder.field(""),
                    key: key.to_owned(),
                });
            }
        }
    }
    missing(builder, &builder.field(""), json, &seen, &["id", "label", "scopes"])?;
    builder.end_action(id, label)
}

fn examine_needed_scopes(builder: &mut Builder, json: &str) -> Result<(), Stop> {
    let (parts, error) = Parts::of(json, Shape::Array, "an array of scopes");
    if let Some(error) = error {
        return malformed(builder, builder.field("scopes"), json, &error);
    }
    for (item, value) in parts.values.into_iter().enumerate() {
        let field = |builder: &Builder| builder.field(&format!("scopes[{item}]"));
        if let Some((Text(name), offset)) = text(builder, field, value)? {
            builder.needed_scope(item, &name, offset)?;
        }
    }
    Ok(())
}

/// A string, and the byte behind its quote.
fn text<'t>(
    builder: &mut Builder,
    field: impl FnOnce(&Builder) -> String,
    value: &'t RawValue,
) -> Result<Option<(Text<'t>, usize)>, Stop> {
    let json = value.get();
    match serde_json::from_str(json) {
        Ok(text) => Ok(Some((text, builder.offset_of(json) + 1))),
        Err(error) => malformed(builder, field(builder), json, &error).map(|()| None),
    }
}

fn object<'t, T: Deserialize<'t>>(
    builder: &mut Builder,
    field: &str,
    value: &'t RawValue,
) -> Result<Option<T>, Stop> {
    let json = value.get();
    let read = match json.starts_with('[') {
        true => serde_json::from_str(json).map(|Object(value)| value),
        false => serde_json::from_str(json),
    };
    match read {
        Ok(value) => Ok(Some(value)),
        Err(error) => malformed(builder, field.to_owned(), json, &error).map(|()| None),
    }
}

/// Where a key stands. That of one with escapes is not known; its value is next to it.
fn key_offset(builder: &Builder, key: &str, value: Option<&RawValue>) -> usize {
    let offset = builder.offset_of(key);
    let value = value.map_or(0, |value| builder.offset_of(value.get()));
    if offset < builder.source().len() { offset } else { value }
}

fn malformed(
    builder: &mut Builder,
    field: String,
    json: &str,
    error: &serde_json::Error,
) -> Result<(), Stop> {
    let offset = builder.offset_of(json) + offset_of(json, error.line(), error.column());
    let reason = reason_without_place(error);
    builder.report(offset, CatalogFault::Malformed { field, reason })
}

fn duplicate(builder: &mut Builder, field: String, offset: usize, key: &str) -> Result<(), Stop> {
    let reason = format!("duplicate field `{key}`");
    builder.report(offset + key.len(), CatalogFault::Malformed { field, reason })
}

fn unknown_key(
    builder: &mut Builder,
    field: String,
    offset: usize,
    key: &str,
    known: &str,
) -> Result<(), Stop> {
    let reason = format!("unknown key `{key}`, expected {known}");
    builder.report(offset, CatalogFault::Malformed { field, reason })
}

/// Reports the keys that an object does not have at its end.
fn missing(
    builder: &mut Builder,
    field: &str,
    json: &str,
    seen: &HashSet<&str>,
    wanted: &[&str],
) -> Result<(), Stop> {
    let end = builder.offset_of(json) + json.trim_end().len().saturating_sub(1);
    for key in wanted.iter().filter(|&key| !seen.contains(key)) {
        let (field, reason) = (field.to_owned(), format!("missing field `{key}`"));
        builder.report(end, CatalogFault::Malformed { field, reason })?;
    }
    Ok(())
}

/// Reports that the text cannot be read on, and where in the catalog that is.
fn break_off(
    builder: &mut Builder,
    json: &str,
    error: Option<serde_json::Error>,
) -> Result<(), Stop> {
    let Some(error) = error else { return Ok(()) };
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
    builder.report(offset, CatalogFault::Malformed { field, reason })
}

/// The path of the value within which a text cannot be read on, so many steps deep.
fn broken_field(json: &str, depth: usize) -> String {
    let (parts, _) = Parts::of(json, Shape::Either, "");
    let step = match (json.trim_start().as_bytes().first(), parts.keys.last()) {
        _ if depth == 0 => None,
        (Some(b'['), _) => {
            let first = json.split_once('[').map_or("", |(_, first)| first);
            let next = parts.values.last().map_or(first, |last| behind(json, last.get()));
            Some((format!("[{}]", parts.values.len()), next))
        }
        (Some(b'{'), Some(Text(key))) if parts.keys.len() > parts.values.len() => {
            Some((format!(".{key}"), behind(json, key)))
        }
        _ => None,
    };
    step.map_or_else(String::new, |(field, json)| field + &broken_field(json, depth - 1))
}

/// The value that follows a piece of this text.
fn behind<'t>(json: &'t str, piece: &str) -> &'t str {
    let end = (piece.as_ptr() as usize).wrapping_sub(json.as_ptr() as usize) + piece.len();
    let rest = json.get(end..).unwrap_or_default();
    // A key ends before its quote.
    let rest = rest.strip_prefix('"').unwrap_or(rest);
    rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || [':', ','].contains(&c))
}
