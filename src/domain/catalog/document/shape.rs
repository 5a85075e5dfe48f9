//! Objects, lists and maps that are nothing else. A YAML `null`, or a text where a list belongs, could make
//! an operation look as if it needed nothing.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
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

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ObjectVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
            type Value = Object<T>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<T>, A::Error> {
                T::deserialize(WithoutSlips(map)).map(Object)
            }
        }

        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ListVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
            type Value = List<T>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<List<T>, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(list)).map(List)
            }
        }

        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

impl<'de, V: Deserialize<'de>, const EXTENSIBLE: bool> Deserialize<'de> for Entries<V, EXTENSIBLE> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<V, const EXTENSIBLE: bool>(PhantomData<V>);

        impl<'de, V: Deserialize<'de>, const EXTENSIBLE: bool> Visitor<'de>
            for EntriesVisitor<V, EXTENSIBLE>
        {
            type Value = Entries<V, EXTENSIBLE>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
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
                    Some((key, _)) => {
                        Err(A::Error::custom(format_args!("the key `{key}` stands there twice")))
                    }
                    None => Ok(Entries(entries)),
                }
            }
        }

        deserializer.deserialize_any(EntriesVisitor(PhantomData))
    }
}

/// Reads a type by what a function makes of the entries of an object, where a derived reader would lose
/// something.
macro_rules! read_entries {
    ($type:ty, $expected:literal, $read:path) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct EntriesVisitor;

                impl<'de> serde::de::Visitor<'de> for EntriesVisitor {
                    type Value = $type;

                    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                        f.write_str($expected)
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(
                        self,
                        map: A,
                    ) -> Result<$type, A::Error> {
                        $read(map)
                    }
                }

                deserializer.deserialize_any(EntriesVisitor)
            }
        }
    };
}

pub(in crate::domain::catalog) use read_entries;

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
            "a reference is not followed here; write what it stands for in its place",
        ))
    }
}
