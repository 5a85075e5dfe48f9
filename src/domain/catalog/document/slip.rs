//! Keys with a slip in their name. What they state would be passed over, and an action look as if it needed
//! less than it does.

use serde::de::value::CowStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use super::shape::Text;

/// Shorter names are too near to others, and those that are as short to names with two other letters.
const SHORTEST: usize = 7;

/// Fields that say nothing of scopes: a slip in their names makes no action need less.
const HARMLESS: [&str; 3] = ["operationId", "summary", "version"];

/// Words that look like a slip of a name and are none.
const NO_SLIPS: [&str; 1] = ["severity"];

/// Other names for `security`, without case and `_`.
const SECURITY: [&str; 3] = ["securities", "securityrequirement", "securityrequirements"];

/// Returns `true` if a key differs from `name` only by its case, by a letter or two (of short names by one), or by
/// words before it, as a remark on the line before has them, or if it is another word for it.
pub fn is_slip(key: &str, name: &str) -> bool {
    let last = key.split_whitespace().next_back().unwrap_or_default();
    // Comparing much longer ones would only take time.
    let most = if name.len() > SHORTEST { 2 } else { 1 };
    let is_as_long = last.chars().count().abs_diff(name.len()) <= most;
    let distance =
        |last: &str| strsim::osa_distance(&last.to_ascii_lowercase(), &name.to_ascii_lowercase());
    let is_synonym =
        || name == "security" && SECURITY.contains(&&*last.replace('_', "").to_ascii_lowercase());
    key != name
        && !key.starts_with("x-")
        && !NO_SLIPS.contains(&key)
        && (is_as_long && distance(last) <= most || is_synonym())
}

/// The sentence about a key that is a slip.
pub fn no_key<E: Error>(key: &str, name: &str) -> E {
    E::custom(format_args!("`{key}` is no key; is it `{name}`?"))
}

/// A map as a deserializer of a struct, which refuses slips in the names of its fields.
pub struct WithoutSlips<A>(pub A);

impl<'de, A: MapAccess<'de>> Deserializer<'de> for WithoutSlips<A> {
    type Error = A::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_map(self.0)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        visitor.visit_map(Fields { map: self.0, fields })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct Fields<A> {
    map: A,
    fields: &'static [&'static str],
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Fields<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        self.map.next_key_seed(Key { seed, fields: self.fields })
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

struct Key<K> {
    seed: K,
    fields: &'static [&'static str],
}

impl<'de, K: DeserializeSeed<'de>> DeserializeSeed<'de> for Key<K> {
    type Value = K::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<K::Value, D::Error> {
        let Text(key) = Text::deserialize(deserializer)?;
        let is_checked = |field: &&&str| field.len() >= SHORTEST && !HARMLESS.contains(*field);
        let mut checked = self.fields.iter().filter(is_checked);
        match checked.find(|field| is_slip(&key, field)) {
            Some(field) if !self.fields.contains(&&*key) => Err(no_key(&key, field)),
            _ => self.seed.deserialize(CowStrDeserializer::new(key)),
        }
    }
}
