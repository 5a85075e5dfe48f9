//! Extensions (`x-...`) that name scopes. Their meaning is the provider's own: it is noted that they are there.

use std::ops::Deref;

use serde::Deserialize;
use serde::de::value::CowStrDeserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess};
use serde_json::Value;

use crate::domain::catalog::document::{Text, WithoutSlips, read_as};
use crate::domain::name_words::{any_word, is_among};

/// An object without its extensions.
pub(in super::super) struct Extended<T> {
    own: T,
    /// The keys of the extensions that name scopes.
    pub extensions: Vec<String>,
}

impl<T> Deref for Extended<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.own
    }
}

read_as!(
    Extended<T> [T: Deserialize<'de>], "an object", deserialize_any,
    visit_map = read_extended: MapAccess
);

fn read_extended<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    map: A,
) -> Result<Extended<T>, A::Error> {
    let mut extensions = Vec::new();
    let own = T::deserialize(WithoutSlips(Own { map, extensions: &mut extensions }))?;
    Ok(Extended { own, extensions })
}

/// The entries of a map that are no extensions.
struct Own<'e, A> {
    map: A,
    extensions: &'e mut Vec<String>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Own<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        while let Some(Text(key)) = self.map.next_key()? {
            if !key.starts_with("x-") {
                return seed.deserialize(CowStrDeserializer::new(key)).map(Some);
            }
            // Others may have what a description may not, such as numbers without bounds.
            if !any_word(&key, |word| is_of_scopes(word) || is_among(ACCESS, word)) {
                self.map.next_value::<IgnoredAny>()?;
            } else if names_scopes(&key, &self.map.next_value()?) {
                self.extensions.push(key.into_owned());
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

/// Words of the names of extensions about access.
const ACCESS: &str = "access auth* oauth* polic* require* security";

fn is_of_scopes(word: &str) -> bool {
    is_among("oauthpermission* oauthscope* permission permissions scope scopes", word)
}

/// Returns `true` if the name of an extension says that it has scopes, or that of a value within it.
fn names_scopes(key: &str, value: &Value) -> bool {
    let is_security = key.eq_ignore_ascii_case("x-security") && value.is_array();
    (is_security || any_word(key, is_of_scopes)) && says_something(value) || has_scopes(value)
}

fn has_scopes(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_scopes),
        Value::Object(entries) => entries.iter().any(|(key, value)| {
            any_word(key, is_of_scopes) && says_something(value) || has_scopes(value)
        }),
        _ => false,
    }
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(is_so) => *is_so,
        Value::Number(_) => true,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => items.iter().any(says_something),
        Value::Object(entries) => entries.values().any(says_something),
    }
}
