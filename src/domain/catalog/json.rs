//! The two forms in JSON: our own, an object, and a bare array of actions. Both are read as a
//! stream: an action goes to the [`Builder`] and is forgotten. Whatever is wrong ends it; what that
//! is, [`examine`](super::examine) says.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use serde_json::value::RawValue;

use super::action_file::{ActionFile, Object, StrictActionFile, Text};
use super::builder::{About, Builder, Stop};
use super::{CatalogFault, Connector, Page, check_token};
use crate::domain::guide::GuideFile;

/// What can be looked up only when all scopes and actions are known, as it stands.
#[derive(Default)]
pub(super) struct Rest {
    /// With the byte of the source at which its key stands, if that has been looked for.
    pub guide: Option<(usize, GuideFile)>,
    /// The bytes of the reference.
    pub reference: Option<Range<usize>>,
}

/// Reads a catalog in either form.
pub(super) fn read(builder: &mut Builder, bytes: Range<usize>, hint: &str) -> Result<Rest, Stop> {
    let mut rest = Rest::default();
    let source = Arc::clone(builder.source());
    let mut parser = serde_json::Deserializer::from_str(&source[bytes]);
    let read = parser.deserialize_any(Top { builder, rest: &mut rest, hint });
    read.and_then(|()| parser.end()).map_err(|_| Stop)?;
    Ok(rest)
}

/// Reads a list of actions, such as a page has.
pub(super) fn read_actions(builder: &mut Builder, bytes: Range<usize>) -> Result<(), Stop> {
    let source = Arc::clone(builder.source());
    let mut parser = serde_json::Deserializer::from_str(&source[bytes]);
    let actions = Actions { builder, strictness: Strictness::Lenient };
    actions.deserialize(&mut parser).and_then(|()| parser.end()).map_err(|_| Stop)
}

/// Whether a key that means nothing is an error.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// In our own format it is a slip.
    Strict,
    /// Others may have more to say.
    Lenient,
}

/// Either form.
struct Top<'a, 'r> {
    builder: &'a mut Builder<'r>,
    rest: &'a mut Rest,
    hint: &'a str,
}

impl<'de> Visitor<'de> for Top<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        self.builder.be_array(self.hint);
        Actions { builder: self.builder, strictness: Strictness::Lenient }.visit_seq(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { builder, rest, .. } = self;
        builder.defer_ids();
        let (mut scopes, mut actions) = (None, None);
        let (mut connector, mut page) = (None, None);
        while let Some(Text(key)) = map.next_key()? {
            let is_new = match &*key {
                "connector" => {
                    let Object(value) = map.next_value()?;
                    connector.replace(value).is_none()
                }
                "page" => {
                    let Object(value) = map.next_value()?;
                    page.replace(value).is_none()
                }
                "scopes" => {
                    let names: Vec<Text> = map.next_value()?;
                    for (item, Text(name)) in names.iter().enumerate() {
                        builder.listed_scope(item, name, 0).map_err(stopped)?;
                    }
                    scopes.replace(()).is_none()
                }
                "actions" => {
                    map.next_value_seed(Actions { builder, strictness: Strictness::Strict })?;
                    actions.replace(()).is_none()
                }
                "guide" => {
                    let Object(value) = map.next_value()?;
                    rest.guide.replace((0, value)).is_none()
                }
                "reference" => {
                    let value: &RawValue = map.next_value()?;
                    let start = builder.offset_of(value.get());
                    rest.reference.replace(start..start + value.get().len()).is_none()
                }
                "$schema" => map.next_value::<IgnoredAny>().map(|_| true)?,
                _ => false,
            };
            if !is_new {
                return Err(stopped(Stop));
            }
        }
        let (Some(connector), Some(()), Some(())) = (connector, scopes, actions) else {
            return Err(stopped(Stop));
        };
        let page = page.map(|page| (0, page));
        builder.settle_ids(rest.reference.is_some()).map_err(stopped)?;
        builder.be_own_format(Some((0, connector)), page).map_err(stopped)
    }
}

/// A list of actions.
struct Actions<'a, 'r> {
    builder: &'a mut Builder<'r>,
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
        loop {
            let action: Option<ActionFile> = match self.strictness {
                Strictness::Lenient => list.next_element()?.map(|Object(action)| action),
                Strictness::Strict => {
                    let action = list.next_element()?;
                    action.map(|Object(action): Object<StrictActionFile>| action.into())
                }
            };
            let Some(ActionFile { id, label, scopes }) = action else {
                return Ok(());
            };
            for (item, Text(name)) in scopes.iter().enumerate() {
                self.builder.needed_scope(item, name, 0).map_err(stopped)?;
            }
            self.builder.end_action(Some((id, 0)), Some((label, 0))).map_err(stopped)?;
        }
    }
}

pub(super) const EXPECTED: &str = "a catalog, which is an object or an array of actions";

impl Builder<'_> {
    /// The catalog is a bare array.
    pub(super) fn be_array(&mut self, hint: &str) {
        self.open_list = true;
        self.list = "";
        self.about.hint = hint.to_owned();
    }

    /// The catalog is in our own format; its connector and its page come with their places.
    pub(super) fn be_own_format(
        &mut self,
        connector: Option<(usize, Connector)>,
        page: Option<(usize, Page)>,
    ) -> Result<(), Stop> {
        if let Some((offset, Connector { key, name, method, merged })) = &connector {
            let checked = key.as_ref().map(|key| check_token(key, || "connector.key".into()));
            self.check(*offset, checked.unwrap_or(Ok(())))?;
            for (nth, key) in merged.iter().enumerate() {
                let checked = check_token(key, || format!("connector.merged[{nth}]"));
                self.check(*offset, checked)?;
            }
            let texts = [("connector.name", Some(name)), ("connector.method", method.as_ref())];
            for (field, text) in texts {
                if text.is_some_and(|text| text.trim().is_empty()) {
                    self.report(*offset, CatalogFault::Empty { field: field.into() })?;
                }
            }
        }
        if let Some((offset, Page { address, parameter })) = &page {
            for (field, text) in [("page.address", address), ("page.parameter", parameter)] {
                self.check(*offset, check_token(text, || field.into()))?;
            }
        }
        let (connector, page) = (connector.map(|(_, value)| value), page.map(|(_, value)| value));
        self.about = About { connector, page, hint: String::new() };
        Ok(())
    }
}

fn stopped<E: Error>(_: Stop) -> E {
    E::custom("")
}
