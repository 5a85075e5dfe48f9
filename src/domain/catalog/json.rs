//! The two forms in JSON: our own, an object, and a bare array of actions. Both are read as a
//! stream: an action goes to the [`Reader`] and is forgotten.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::error::reason_without_place;
use super::position::offset_of;
use super::reader::{About, Halt, Reader, Said};
use super::token::check_token;
use super::{CatalogFault, CatalogNote, Connector, Page};
use crate::domain::guide::GuideFile;

/// Reads a catalog in either form. The guide comes back as it stands, with its place, because its
/// scopes can be looked up only when all are known.
pub(super) fn read(
    reader: &mut Reader,
    bytes: Range<usize>,
    hint: &str,
) -> Option<(usize, GuideFile)> {
    let mut guide = None;
    run(reader, bytes, |reader, parser| {
        parser.deserialize_any(Top { reader, guide: &mut guide, hint })
    });
    guide
}

/// Reads a list of actions, such as a page has.
pub(super) fn read_actions(reader: &mut Reader, bytes: Range<usize>) {
    reader.enter_actions("actions");
    run(reader, bytes, |reader, parser| {
        Actions { reader, strictness: Strictness::Lenient }.deserialize(parser)
    });
}

type Parser<'t> = serde_json::Deserializer<serde_json::de::StrRead<'t>>;

/// What a part of the source from its beginning on turns out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beginning {
    /// Actions, behind the last of which the list goes on.
    OfActions,
    OfSomethingElse,
    /// Something is wrong with it whatever comes behind it, and the reader has been told.
    Wrong,
}

/// Reads a catalog as far as this part of the source goes. The guide as in [`read`].
pub(super) fn read_beginning(
    reader: &mut Reader,
    bytes: Range<usize>,
    hint: &str,
) -> (Beginning, Option<(usize, GuideFile)>) {
    let mut guide = None;
    let parsed = parse(reader, bytes.clone(), |reader, parser| {
        parser.deserialize_any(Top { reader, guide: &mut guide, hint })
    });
    let beginning = match parsed {
        Err(error) if !error.is_eof() => {
            break_off(reader, bytes, &error);
            Beginning::Wrong
        }
        Err(_) if reader.is_between_actions() => Beginning::OfActions,
        Ok(()) | Err(_) => Beginning::OfSomethingElse,
    };
    (beginning, guide)
}

/// Reads the rest of a list of actions, which is strict where it is that of our own format.
pub(super) fn read_rest(reader: &mut Reader, bytes: Range<usize>, own_format: bool) {
    reader.enter_actions("actions");
    let strictness = if own_format { Strictness::Strict } else { Strictness::Lenient };
    run(reader, bytes, |reader, parser| Actions { reader, strictness }.deserialize(parser));
}

/// Parses this part of the source; what `serde_json` finds wrong is reported in our own way.
fn run<'r>(
    reader: &mut Reader<'r>,
    bytes: Range<usize>,
    read: impl FnOnce(&mut Reader<'r>, &mut Parser) -> serde_json::Result<()>,
) {
    if let Err(error) = parse(reader, bytes.clone(), read) {
        break_off(reader, bytes, &error);
    }
}

/// Reports why parsing this part of the source ended, unless that is told already.
fn break_off(reader: &mut Reader, bytes: Range<usize>, error: &serde_json::Error) {
    if !reader.has_told_why() {
        let json = &reader.source()[bytes.clone()];
        let offset = bytes.start + offset_of(json, error.line(), error.column());
        reader.break_off(offset, reason_without_place(error));
    }
}

fn parse<'r>(
    reader: &mut Reader<'r>,
    bytes: Range<usize>,
    read: impl FnOnce(&mut Reader<'r>, &mut Parser) -> serde_json::Result<()>,
) -> serde_json::Result<()> {
    let source = Arc::clone(reader.source());
    reader.skip_to(bytes.start);
    let mut parser = serde_json::Deserializer::from_str(&source[bytes]);
    read(reader, &mut parser).and_then(|()| parser.end())
}

/// Whether a key that means nothing is an error.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strictness {
    /// In our own format it is a slip.
    Strict,
    /// Others may have more to say.
    Lenient,
}

/// Either form.
struct Top<'a, 'r> {
    reader: &'a mut Reader<'r>,
    guide: &'a mut Option<(usize, GuideFile)>,
    hint: &'a str,
}

impl<'de> Visitor<'de> for Top<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a catalog, which is an object or an array of actions")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        self.reader.open_list = true;
        self.reader.about = Some(About { hint: self.hint.to_owned(), ..About::default() });
        self.reader.enter_actions("");
        Actions { reader: self.reader, strictness: Strictness::Lenient }.visit_seq(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { reader, guide, .. } = self;
        let (mut scopes, mut actions, mut page) = (false, false, None);
        let mut connector: Option<Connector> = None;
        while let Some(key) = map.next_key_seed(Text(reader))? {
            match &*key.text {
                "connector" => {
                    once("connector", connector.is_none())?;
                    reader.enter_list("connector");
                    let value = map.next_value()?;
                    check_connector(reader, key.offset, &value)?;
                    connector = Some(value);
                }
                "page" => {
                    once("page", page.is_none())?;
                    reader.enter_list("page");
                    let value = map.next_value()?;
                    check_page(reader, key.offset, &value)?;
                    page = Some(value);
                }
                "scopes" => {
                    once("scopes", !std::mem::replace(&mut scopes, true))?;
                    reader.enter_list("scopes");
                    map.next_value_seed(Scopes { reader, of: ScopesOf::Catalog })?;
                }
                "actions" => {
                    once("actions", !std::mem::replace(&mut actions, true))?;
                    reader.enter_actions("actions");
                    if let Some(connector) = connector.clone().filter(|_| scopes) {
                        reader.about = Some(About {
                            connector: Some(connector),
                            page: page.clone(),
                            hint: String::new(),
                        });
                    }
                    map.next_value_seed(Actions { reader, strictness: Strictness::Strict })?;
                }
                "guide" => {
                    once("guide", guide.is_none())?;
                    reader.enter_list("guide");
                    *guide = Some((key.offset, map.next_value()?));
                }
                "$schema" => drop(map.next_value::<IgnoredAny>()?),
                _ => {
                    let keys = "`connector`, `page`, `scopes`, `actions` or `guide`";
                    unknown_key(reader, key, keys, Strictness::Strict)?;
                    map.next_value::<IgnoredAny>()?;
                }
            }
            reader.leave_list();
        }
        let connector = connector.ok_or_else(|| A::Error::missing_field("connector"))?;
        if !scopes {
            return Err(A::Error::missing_field("scopes"));
        }
        if !actions {
            return Err(A::Error::missing_field("actions"));
        }
        reader.about = Some(About { connector: Some(connector), page, hint: String::new() });
        Ok(())
    }
}

/// A list of actions.
struct Actions<'a, 'r> {
    reader: &'a mut Reader<'r>,
    strictness: Strictness,
}

impl<'de> DeserializeSeed<'de> for Actions<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Actions<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array of actions")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Self { reader, strictness } = self;
        while list.next_element_seed(Action { reader, strictness })?.is_some() {}
        reader.leave_list();
        Ok(())
    }
}

struct Action<'a, 'r> {
    reader: &'a mut Reader<'r>,
    strictness: Strictness,
}

impl<'de> DeserializeSeed<'de> for Action<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Action<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an action, which is an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { reader, strictness } = self;
        let (mut id, mut label, mut scopes) = (None, None, false);
        reader.begin_action();
        while let Some(key) = map.next_key_seed(Text(reader))? {
            match &*key.text {
                "id" => {
                    once("id", id.is_none())?;
                    reader.enter_key("id");
                    id = Some(map.next_value_seed(Text(reader))?);
                }
                "label" => {
                    once("label", label.is_none())?;
                    reader.enter_key("label");
                    label = Some(map.next_value_seed(Text(reader))?);
                }
                "scopes" => {
                    once("scopes", !std::mem::replace(&mut scopes, true))?;
                    reader.enter_key("scopes");
                    map.next_value_seed(Scopes { reader, of: ScopesOf::Action })?;
                }
                _ => {
                    unknown_key(reader, key, "`id`, `label` or `scopes`", strictness)?;
                    map.next_value::<IgnoredAny>()?;
                }
            }
            reader.enter_key("");
        }
        let id = id.ok_or_else(|| A::Error::missing_field("id"))?;
        let label = label.ok_or_else(|| A::Error::missing_field("label"))?;
        if !scopes {
            return Err(A::Error::missing_field("scopes"));
        }
        reader.end_action(id, label).map_err(halted)
    }
}

/// A list of scopes.
struct Scopes<'a, 'r> {
    reader: &'a mut Reader<'r>,
    of: ScopesOf,
}

#[derive(Clone, Copy)]
enum ScopesOf {
    Catalog,
    Action,
}

impl<'de> DeserializeSeed<'de> for Scopes<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Scopes<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array of scopes")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Self { reader, of } = self;
        for item in 0.. {
            reader.enter_item(item);
            let Some(said) = list.next_element_seed(Text(reader))? else {
                break;
            };
            match of {
                ScopesOf::Catalog => reader.listed_scope(said),
                ScopesOf::Action => reader.needed_scope(said),
            }
            .map_err(halted)?;
        }
        Ok(())
    }
}

/// A text, with its place.
struct Text<'a, 'r>(&'a mut Reader<'r>);

impl<'de> DeserializeSeed<'de> for Text<'_, '_> {
    type Value = Said<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Said<'de>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Text<'_, '_> {
    type Value = Said<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Said<'de>, E> {
        Ok(self.0.borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Said<'de>, E> {
        Ok(self.0.decoded(text))
    }
}

fn once<E: Error>(key: &'static str, first: bool) -> Result<(), E> {
    if first { Ok(()) } else { Err(E::duplicate_field(key)) }
}

fn unknown_key<E: Error>(
    reader: &mut Reader,
    key: Said,
    known: &str,
    strictness: Strictness,
) -> Result<(), E> {
    let (field, offset, key) = (reader.field(), key.offset, key.text.into_owned());
    match strictness {
        Strictness::Strict => {
            let reason = format!("unknown key `{key}`, expected {known}");
            reader.report(offset, CatalogFault::Malformed { field, reason }).map_err(halted)
        }
        Strictness::Lenient => {
            reader.note(offset, CatalogNote::UnknownKey { field, key });
            Ok(())
        }
    }
}

fn check_connector<E: Error>(
    reader: &mut Reader,
    offset: usize,
    connector: &Connector,
) -> Result<(), E> {
    let Connector { key, name, method, merged } = connector;
    let key = key.as_ref().map_or(Ok(()), |key| check_token(key, || "connector.key".into()));
    let merged = merged.iter().enumerate();
    let merged = merged.map(|(nth, key)| check_token(key, || format!("connector.merged[{nth}]")));
    let texts = [("connector.name", Some(name)), ("connector.method", method.as_ref())];
    let texts = texts.into_iter().map(|(field, text)| match text {
        Some(text) if text.trim().is_empty() => Err(CatalogFault::Empty { field: field.into() }),
        _ => Ok(()),
    });
    report_all(reader, offset, std::iter::once(key).chain(texts).chain(merged))
}

fn check_page<E: Error>(reader: &mut Reader, offset: usize, page: &Page) -> Result<(), E> {
    let texts = [("page.address", &page.address), ("page.parameter", &page.parameter)];
    let checked = texts.into_iter().map(|(field, text)| check_token(text, || field.into()));
    report_all(reader, offset, checked)
}

fn report_all<E: Error>(
    reader: &mut Reader,
    offset: usize,
    checked: impl Iterator<Item = Result<(), CatalogFault>>,
) -> Result<(), E> {
    for fault in checked.filter_map(Result::err) {
        reader.report(offset, fault).map_err(halted)?;
    }
    Ok(())
}

/// The reader has told the reason already.
fn halted<E: Error>(_: Halt) -> E {
    E::custom("")
}
