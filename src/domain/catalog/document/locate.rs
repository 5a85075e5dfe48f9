use std::collections::HashMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_saphyr::Spanned;
use serde_saphyr::options::DuplicateKeyPolicy;

use super::language::{Language, options};
use super::pointer::Pointer;

/// The bytes at which the values at these paths begin, or what they would stand in. `None` for those
/// that the text cannot be read as far as.
pub fn locate(text: &str, language: Language, paths: &[&Pointer]) -> Vec<Option<usize>> {
    let mut offsets = vec![None; paths.len()];
    let paths: Vec<_> = paths.iter().map(|path| path.steps()).collect();
    let mut wanted: Vec<Wanted> = paths.iter().map(Vec::as_slice).zip(0..).collect();
    while !wanted.is_empty() {
        let before = wanted.len();
        let walk = Walk { text, language, wanted: wanted.clone(), offsets: &mut offsets };
        // Reading may end with an error behind the values.
        let _ = match language {
            Language::Json => {
                walk.deserialize(&mut serde_json::Deserializer::from_str(text)).is_ok()
            }
            Language::Yaml => serde_saphyr::with_deserializer_from_str_with_options(
                text,
                options(text, DuplicateKeyPolicy::PassThrough),
                |parser| walk.deserialize(parser),
            )
            .is_ok(),
        };
        // A walk does not enter the values that it finds. What is within one is for the next walk.
        wanted.retain(|&(_, nth)| offsets[nth].is_none());
        if wanted.len() == before {
            let paths = wanted.into_iter();
            wanted = paths.filter_map(|(path, nth)| Some((path.split_last()?.1, nth))).collect();
        }
    }
    offsets
}

/// The steps of a path that lead on from here, with its place among all.
type Wanted<'p> = (&'p [String], usize);

/// Follows paths to the bytes where their values begin.
struct Walk<'p, 'o> {
    text: &'p str,
    language: Language,
    wanted: Vec<Wanted<'p>>,
    offsets: &'o mut [Option<usize>],
}

impl<'p> Walk<'p, '_> {
    /// The wanted paths within each entry or item.
    fn branches(&self) -> HashMap<&'p String, Vec<Wanted<'p>>> {
        let mut branches: HashMap<_, Vec<_>> = HashMap::new();
        for &(steps, nth) in &self.wanted {
            if let [first, rest @ ..] = steps {
                branches.entry(first).or_default().push((rest, nth));
            }
        }
        branches
    }

    fn within(&mut self, wanted: Vec<Wanted<'p>>) -> Walk<'p, '_> {
        Walk { text: self.text, language: self.language, wanted, offsets: self.offsets }
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.wanted.iter().all(|(steps, _)| !steps.is_empty()) {
            return deserializer.deserialize_any(self);
        }
        let offset = match self.language {
            Language::Json => {
                let value = <&RawValue>::deserialize(deserializer)?.get();
                value.as_ptr().addr().checked_sub(self.text.as_ptr().addr())
            }
            Language::Yaml => {
                let place = Spanned::<IgnoredAny>::deserialize(deserializer)?.referenced;
                place.span().byte_offset().and_then(|offset| usize::try_from(offset).ok())
            }
        };
        for (steps, nth) in self.wanted {
            if steps.is_empty() {
                self.offsets[nth] = offset;
            }
        }
        Ok(())
    }
}

impl<'de> Visitor<'de> for Walk<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list or an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        let mut branches = self.branches();
        for item in 0_usize.. {
            let more = match branches.remove(&item.to_string()) {
                Some(wanted) => list.next_element_seed(self.within(wanted))?,
                None => list.next_element::<IgnoredAny>()?.map(drop),
            };
            if more.is_none() {
                break;
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut branches = self.branches();
        while let Some(key) = map.next_key::<String>()? {
            match branches.remove(&key) {
                Some(wanted) => map.next_value_seed(self.within(wanted))?,
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}
