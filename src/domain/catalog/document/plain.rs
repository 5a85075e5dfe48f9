//! Plain YAML, as most descriptions are written: maps, lists and scalars, without anchors, tags and
//! merges. It is read straight from the events of the parser below the library, which is much faster.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use granit_parser::{Event, Parser, ScalarStyle, StrInput};
use serde::de::value::{BorrowedStrDeserializer, StringDeserializer};
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::text::DEEPEST;

/// The values of a text. `None` if it is not plain, or if anything in it is wrong: the library knows
/// what it means then, and where it is wrong.
pub fn read<'t, T: Deserialize<'t>>(text: &'t str) -> Option<T> {
    let mut events = Events { parser: Parser::new_from_str(text), peeked: None, depth: 0 };
    let is_start = |event: Option<Event>| matches!(event, Some(Event::StreamStart));
    let begins = |event: Option<Event>| matches!(event, Some(Event::DocumentStart(..)));
    if !is_start(events.event()) || !begins(events.event()) {
        return None;
    }
    let value = T::deserialize(&mut events).ok()?;
    let ends = matches!(events.event(), Some(Event::DocumentEnd))
        && matches!(events.event(), Some(Event::StreamEnd));
    ends.then_some(value)
}

/// Why a text is not read here; nobody asks for more.
#[derive(Debug)]
struct NotPlain;

type Result<T> = std::result::Result<T, NotPlain>;

struct Events<'t> {
    parser: Parser<'t, StrInput<'t>>,
    peeked: Option<Node<'t>>,
    /// Lists and maps that are open.
    depth: usize,
}

enum Node<'t> {
    Scalar { value: Cow<'t, str>, is_quoted: bool },
    List,
    Map,
    End,
}

impl<'t> Events<'t> {
    fn event(&mut self) -> Option<Event<'t>> {
        Some(self.parser.next()?.ok()?.0)
    }

    fn next(&mut self) -> Result<Node<'t>> {
        if let Some(node) = self.peeked.take() {
            return Ok(node);
        }
        let node = match self.event().ok_or(NotPlain)? {
            Event::Scalar(value, style, 0, None) => {
                Node::Scalar { value, is_quoted: style != ScalarStyle::Plain }
            }
            Event::SequenceStart(_, 0, None) => Node::List,
            Event::MappingStart(_, 0, None) => Node::Map,
            Event::SequenceEnd | Event::MappingEnd => Node::End,
            _ => return Err(NotPlain),
        };
        match node {
            Node::Scalar { .. } => {}
            Node::List | Node::Map if self.depth == DEEPEST => return Err(NotPlain),
            Node::List | Node::Map => self.depth += 1,
            Node::End => self.depth = self.depth.saturating_sub(1),
        }
        Ok(node)
    }

    fn peek(&mut self) -> Result<&Node<'t>> {
        let node = self.next()?;
        Ok(self.peeked.insert(node))
    }

    /// Whether the list or map ends here, which it then does.
    fn ends(&mut self) -> Result<bool> {
        let ends = matches!(self.peek()?, Node::End);
        if ends {
            self.peeked = None;
        }
        Ok(ends)
    }

    fn text(&mut self) -> Result<Cow<'t, str>> {
        match self.next()? {
            node @ Node::Scalar { .. } if node.is_null() => Err(NotPlain),
            Node::Scalar { value, .. } => Ok(value),
            Node::List | Node::Map | Node::End => Err(NotPlain),
        }
    }

    /// The next key of a map, which `keys` does not have yet. `None` at its end.
    fn key(&mut self, keys: &mut Keys<'t>) -> Result<Option<Cow<'t, str>>> {
        if self.ends()? {
            return Ok(None);
        }
        if matches!(self.peek()?, Node::Scalar { value, is_quoted: false } if value == "<<") {
            return Err(NotPlain);
        }
        let key = self.text()?;
        if keys.add(key.clone()) { Ok(Some(key)) } else { Err(NotPlain) }
    }

    fn skip(&mut self) -> Result<()> {
        match self.next()? {
            Node::Scalar { .. } => {}
            Node::List => {
                while !self.ends()? {
                    self.skip()?;
                }
            }
            Node::Map => {
                let mut keys = Keys::default();
                while self.key(&mut keys)?.is_some() {
                    self.skip()?;
                }
            }
            Node::End => return Err(NotPlain),
        }
        Ok(())
    }
}

impl Node<'_> {
    fn is_null(&self) -> bool {
        let Self::Scalar { value, is_quoted: false } = self else { return false };
        matches!(&**value, "" | "~" | "null" | "Null" | "NULL")
    }
}

/// The keys of a map, most of which are small.
#[derive(Default)]
struct Keys<'t> {
    first: Vec<Cow<'t, str>>,
    others: HashSet<Cow<'t, str>>,
}

impl<'t> Keys<'t> {
    /// Whether it is a new one.
    fn add(&mut self, key: Cow<'t, str>) -> bool {
        if self.first.contains(&key) {
            return false;
        }
        if self.first.len() == 8 {
            return self.others.insert(key);
        }
        self.first.push(key);
        true
    }
}

impl<'t> Deserializer<'t> for &mut Events<'t> {
    type Error = NotPlain;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        match self.peek()? {
            Node::List => {
                self.peeked = None;
                let mut list = Within { events: self, keys: Keys::default(), has_ended: false };
                let value = visitor.visit_seq(&mut list)?;
                if list.has_ended { Ok(value) } else { Err(NotPlain) }
            }
            Node::Map => {
                self.peeked = None;
                let mut map = Within { events: self, keys: Keys::default(), has_ended: false };
                let value = visitor.visit_map(&mut map)?;
                if map.has_ended { Ok(value) } else { Err(NotPlain) }
            }
            // It could be a number, or a text.
            Node::Scalar { .. } | Node::End => Err(NotPlain),
        }
    }

    fn deserialize_str<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        match self.text()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_string<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        if self.peek()?.is_null() {
            self.peeked = None;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value> {
        self.skip()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct seq
        tuple tuple_struct map struct enum identifier
    }
}

/// The items of a list, or the entries of a map.
struct Within<'e, 't> {
    events: &'e mut Events<'t>,
    keys: Keys<'t>,
    has_ended: bool,
}

impl<'t> SeqAccess<'t> for Within<'_, 't> {
    type Error = NotPlain;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        self.has_ended = self.events.ends()?;
        if self.has_ended { Ok(None) } else { seed.deserialize(&mut *self.events).map(Some) }
    }
}

impl<'t> MapAccess<'t> for Within<'_, 't> {
    type Error = NotPlain;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        let key = self.events.key(&mut self.keys)?;
        self.has_ended = key.is_none();
        let key = key.map(|key| match key {
            Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)),
            Cow::Owned(key) => seed.deserialize(StringDeserializer::new(key)),
        });
        key.transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value> {
        seed.deserialize(&mut *self.events)
    }
}

impl fmt::Display for NotPlain {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("this is no plain YAML, or not what is expected")
    }
}

impl std::error::Error for NotPlain {}

impl de::Error for NotPlain {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::super::{Language, parse_repeating};
    use super::*;
    use crate::domain::catalog::document::{Entries, List, Object, Text};

    /// All kinds of values that descriptions are read as.
    #[derive(serde::Deserialize)]
    struct Values<'t> {
        #[serde(borrow)]
        text: Option<Text<'t>>,
        #[serde(borrow)]
        list: Option<List<Text<'t>>>,
        #[serde(borrow)]
        map: Option<Entries<'t, Option<Text<'t>>>>,
        #[serde(borrow)]
        within: Option<Box<Object<Values<'t>>>>,
    }

    /// The same without its types.
    type Shown = (Option<String>, Option<Vec<String>>, Option<BTreeMap<String, Option<String>>>);

    fn shown(values: &Values) -> Vec<Shown> {
        let owned = |Text(text): &Text| text.to_string();
        let entries = |Entries(entries): &Entries<_>| -> BTreeMap<_, _> {
            let entry =
                |(key, value): &(Text, Option<Text>)| (owned(key), value.as_ref().map(owned));
            entries.iter().map(entry).collect()
        };
        let list = |List(list): &List<Text>| list.iter().map(owned).collect();
        let own = (
            values.text.as_ref().map(owned),
            values.list.as_ref().map(list),
            values.map.as_ref().map(entries),
        );
        let within = values.within.iter().flat_map(|within| shown(&within.0));
        std::iter::once(own).chain(within).collect()
    }

    fn plainly(text: &str) -> Option<Vec<Shown>> {
        read::<Object<Values>>(text).map(|Object(values)| shown(&values))
    }

    fn by_the_library(text: &str) -> Option<Vec<Shown>> {
        let read = parse_repeating::<Object<Values>>(text, Language::Yaml);
        read.ok().map(|Object(values)| shown(&values))
    }

    const SAMPLE: &str = "text: \"a\\tb\" # c\nlist: [x, 'y', 12, true, .inf]\nmap:\n  k: ~\n  'l': |\n    m\n\
                          other:\n- {a: [b], 200: c}\n- - d\n-\nwithin:\n  text: >-\n    e\n    f\n";

    #[test]
    fn plain_yaml_is_read_and_the_rest_left_to_the_library() {
        let read = plainly(SAMPLE).expect("it is plain");
        assert_eq!(Some(read), by_the_library(SAMPLE));
        let many = |key: fn(usize) -> usize| -> String {
            (0..99).map(|n| format!("  k{}: v\n", key(n))).collect()
        };
        assert!(plainly(&format!("map:\n{}", many(|n| n))).is_some());
        let deep = |levels: usize| format!("x: {}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(plainly(&deep(DEEPEST - 1)).is_some());
        for other in [
            "",
            "- text",
            "text: &a b",
            "text: !t b",
            "x: &a b\ntext: *a",
            "x: {<<: {text: a}}",
            "text: a\ntext: b",
            "x: {y: 1, 'y': 2}",
            "x: {[a]: b}",
            "x: {~: b}",
            "text: a\n---\ntext: b",
            "list: [~]",
            "list: a",
            "text: [a]",
            &deep(DEEPEST),
            &format!("map:\n{}", many(|n| n % 98)),
            &format!("x:\n{}", many(|n| n % 98)),
        ] {
            assert_eq!(plainly(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_here_the_library_reads_alike(
            changes in prop::collection::vec((any::<prop::sample::Index>(), 0..4_usize, piece()), 0..4)
        ) {
            let mut text = SAMPLE.to_owned();
            for (at, length, piece) in changes {
                let at = at.index(text.len() + 1);
                let end = (at + length).min(text.len());
                text.replace_range(at..end, piece);
            }
            if let Some(read) = plainly(&text) {
                prop_assert_eq!(Some(read), by_the_library(&text), "{}", text);
            }
        }
    }

    /// What YAML is made of.
    fn piece() -> impl Strategy<Value = &'static str> {
        prop::sample::select(
            &[
                "", " ", "  ", "\n", "\n  ", "\r\n", "\t", ": ", ":", "- ", "-", ", ", "[", "]",
                "{", "}", "'", "\"", "~", "null", "\\", "\\n", "|", ">", "#", " #", "? ", "<<",
                "&a ", "*a", "!t ", "!!str ", "%", "---\n", "...\n", "text", "list", "map", "k",
                "0", "1e3", "yes", "`", "@",
            ][..],
        )
    }
}
