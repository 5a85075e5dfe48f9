//! Objects, lists and maps that are nothing else. A YAML `null`, or a text where a list belongs, could make
//! an operation look as if it needed nothing.

use std::borrow::Cow;
use std::collections::HashSet;
use std::marker::PhantomData;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess};
use serde::{Deserialize, Serialize};

use super::slip::WithoutSlips;

/// A string, borrowed from the file unless it is written with escapes.
#[derive(Deserialize, Serialize)]
#[serde(transparent)]
pub struct Text<'t>(#[serde(borrow)] pub Cow<'t, str>);

/// An object and nothing else: what is derived would take an array of the values too, and pass over a slip in
/// the name of a field.
pub struct Object<T>(pub T);

/// A list.
pub struct List<T>(pub Vec<T>);

/// A map in the order of the text, with every entry of it, but for extensions (`x-...`) if it may have
/// any.
pub struct Entries<V, const EXTENSIBLE: bool = false>(pub Vec<(String, V)>);

impl<'t> From<&'t str> for Text<'t> {
    fn from(text: &'t str) -> Self {
        Self(text.into())
    }
}

impl<V, const EXTENSIBLE: bool> Entries<V, EXTENSIBLE> {
    pub fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.0.iter().map(|(key, value)| (&**key, value))
    }
}

/// Implements `Deserialize` for a type by what functions make of the entries of an object, or of the items of a
/// list, and of nothing else.
macro_rules! read_as {
    (
        $type:ty $([$($generic:tt)+])?, $expected:literal, $deserialize:ident,
        $($visit:ident = $read:ident: $access:ident),+
    ) => {
        impl<'de, $($($generic)+)?> serde::de::Visitor<'de>
            for $crate::domain::catalog::document::Reading<$type>
        {
            type Value = $type;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str($expected)
            }

            $(fn $visit<A: serde::de::$access<'de>>(self, access: A) -> Result<$type, A::Error> {
                $read(access)
            })+
        }

        impl<'de, $($($generic)+)?> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                use $crate::domain::catalog::document::Reading;
                deserializer.$deserialize(Reading::<$type>(std::marker::PhantomData))
            }
        }
    };
}

pub(in crate::domain::catalog) use read_as;

/// Visits what a type is read from, as [`read_as`] says.
pub struct Reading<T>(pub PhantomData<T>);

read_as!(Object<T> [T: Deserialize<'de>], "an object", deserialize_map, visit_map = read_object: MapAccess);
read_as!(List<T> [T: Deserialize<'de>], "a list", deserialize_any, visit_seq = read_list: SeqAccess);
read_as!(
    Entries<V, EXTENSIBLE> [V: Deserialize<'de>, const EXTENSIBLE: bool], "an object",
    deserialize_any, visit_map = read_entries: MapAccess
);

fn read_object<'de, T: Deserialize<'de>, A: MapAccess<'de>>(map: A) -> Result<Object<T>, A::Error> {
    T::deserialize(WithoutSlips(map)).map(Object)
}

fn read_list<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(list: A) -> Result<List<T>, A::Error> {
    Vec::deserialize(SeqAccessDeserializer::new(list)).map(List)
}

fn read_entries<'de, V: Deserialize<'de>, A: MapAccess<'de>, const EXTENSIBLE: bool>(
    mut map: A,
) -> Result<Entries<V, EXTENSIBLE>, A::Error> {
    let mut entries = Vec::new();
    while let Some(key) = map.next_key::<String>()? {
        if key == "$ref" {
            map.next_value::<Unfollowed>()?;
        } else if EXTENSIBLE && key.starts_with("x-") {
            map.next_value::<IgnoredAny>()?;
        } else {
            entries.push((key, map.next_value()?));
        }
    }
    // A key that stands twice would say two things, of which one would be lost.
    let mut seen = HashSet::with_capacity(entries.len());
    match entries.iter().find(|(key, _)| !seen.insert(&**key)) {
        Some((key, _)) => Err(A::Error::custom(format_args!("the key `{key}` stands there twice"))),
        None => Ok(Entries(entries)),
    }
}

/// A list of objects and nothing else.
pub fn objects<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let List(objects) = List::deserialize(deserializer)?;
    Ok(objects.into_iter().map(|Object(object)| object).collect())
}

/// A field that is absent or has a value. `null` is a value, and seldom the right one.
pub fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// A `$ref` where none is followed. What stands where it leads would be missing.
pub struct Unfollowed;

impl<'de> Deserialize<'de> for Unfollowed {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(D::Error::custom(
            "a reference is not followed here; write what it stands for in its place, or bundle the description into one",
        ))
    }
}
