use std::{fmt, iter};

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Error;
use serde_saphyr::options::DuplicateKeyPolicy;

use super::{GrantedError, GrantedFault, Result, Where, is_among, refuse_if};
use crate::domain::Position;
use crate::domain::catalog::{COMMENT, check_merges, is_comment, reason_without_place};

/// A value of JSON or YAML. A key that is there twice is kept twice.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub fn entries(&self) -> Option<&Entries> {
        if let Self::Map(entries) = self { Some(entries) } else { None }
    }

    pub fn items(&self) -> Option<&[Self]> {
        if let Self::List(items) = self { Some(items) } else { None }
    }

    /// Returns `true` for what is neither an object nor a list.
    pub fn is_scalar(&self) -> bool {
        self.entries().is_none() && self.items().is_none()
    }

    /// The object itself, or those in a list.
    pub fn objects(&self) -> Vec<&Entries> {
        let items = self.items().unwrap_or_default();
        self.entries().into_iter().chain(items.iter().flat_map(Self::objects)).collect()
    }

    /// The value in an object that has nothing but a value and its type, as `terraform output -json` prints
    /// it.
    pub fn inner(&self) -> &Self {
        let is_part = |(key, _): &(String, Self)| is_among("sensitive type value", key);
        let entries = self.entries().filter(|entries| entries.iter().all(is_part));
        entries.and_then(|entries| get(entries, "value")).unwrap_or(self)
    }

    /// Returns `true` if a text somewhere in it is so.
    pub fn any_text(&self, is_so: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Self::Text(text) => is_so(text),
            Self::List(items) => items.iter().any(|item| item.any_text(is_so)),
            Self::Map(entries) => entries.iter().any(|(_, value)| value.any_text(is_so)),
            Self::Null | Self::Bool(_) | Self::Number(_) => false,
        }
    }

    /// Shows every text and every key somewhere in it, but nothing under a key that `is_passed_over`.
    pub fn each_text(&self, is_passed_over: &dyn Fn(&str) -> bool, see: &mut dyn FnMut(&str)) {
        match self {
            Self::Text(text) => see(text),
            Self::List(items) => items.iter().for_each(|item| item.each_text(is_passed_over, see)),
            Self::Map(entries) => {
                for (key, value) in entries.iter().filter(|(key, _)| !is_passed_over(key)) {
                    see(key);
                    value.each_text(is_passed_over, see);
                }
            }
            Self::Null | Self::Bool(_) | Self::Number(_) => {}
        }
    }

    /// Returns `true` if an entry of an object somewhere in it is so.
    pub fn any_entry(&self, is_so: &dyn Fn(&str, &Self) -> bool) -> bool {
        self.items().unwrap_or_default().iter().any(|item| item.any_entry(is_so))
            || self
                .entries()
                .unwrap_or_default()
                .iter()
                .any(|(key, value)| is_so(key, value) || value.any_entry(is_so))
    }

    /// Returns `true` if it says yes in words.
    pub fn says_yes(&self) -> bool {
        self.is_word(is_yes)
    }

    /// Returns `true` if it says no in words.
    pub fn says_no(&self) -> bool {
        self.is_word(is_no)
    }

    fn is_word(&self, is_so: impl Fn(&str) -> bool) -> bool {
        match self {
            Self::Bool(yes) => is_so(&yes.to_string()),
            Self::Text(text) => is_so(text),
            Self::Null | Self::Number(_) | Self::List(_) | Self::Map(_) => false,
        }
    }

    /// Returns `true` if it says no, or nothing.
    pub fn is_no(&self) -> bool {
        self.says_no()
            || match self {
                Self::Null => true,
                Self::Bool(yes) => !yes,
                Self::Number(number) => *number == 0.0,
                Self::Text(text) => text.trim().is_empty(),
                Self::List(items) => items.is_empty(),
                Self::Map(entries) => entries.is_empty(),
            }
    }
}

/// The keys and values of an object.
pub type Entries = [(String, Node)];

pub fn get<'n>(entries: &'n Entries, name: &str) -> Option<&'n Node> {
    entries.iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

/// Returns `true` if a text is a word for yes.
pub fn is_yes(text: &str) -> bool {
    is_among("on true y yes", &text.trim().to_ascii_lowercase())
}

/// Returns `true` if a text is a word or a mark for no.
pub fn is_no(text: &str) -> bool {
    is_among(
        "- 0 f false n never nil no none null off undefined",
        &text.trim().to_ascii_lowercase(),
    )
}

/// The values of a JSON text: one, or one after the other as in JSON lines.
pub fn of_json(text: &str) -> Result<Vec<Node>> {
    let values = serde_json::Deserializer::from_str(text).into_iter();
    values.collect::<Result<_, _>>().map_err(|error: serde_json::Error| {
        let reason = Some(reason_without_place(&error));
        let place = Where::At(Position::of_json(text, &error));
        GrantedFault::Syntax { form: "JSON", reason }.at(place)
    })
}

/// The documents of a YAML text.
pub fn of_yaml(text: &str) -> Result<Vec<Node>> {
    let options = serde_saphyr::options! {
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        // A tag such as `!reset` says what to do with its value.
        reject_unsupported_tags: true,
        // Aliases expand to no more than the text could say without them.
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: text.len() },
    };
    let documents: Vec<Node> =
        serde_saphyr::from_multiple_with_options(text, options).map_err(|error| {
            let place = error.location().map(|place| Where::At(Position::from(place)));
            GrantedError { place, fault: fault_of(&error) }
        })?;
    let merges = "it merges maps (`<<`) and has a key twice in one; name each key once".to_owned();
    let fault = GrantedFault::Syntax { form: "YAML", reason: Some(merges) };
    refuse_if(check_merges(text).is_err(), fault)?;
    let refuse = |is_so: &dyn Fn(&str, &Node) -> bool, reason: &str| {
        let fault = GrantedFault::Syntax { form: "YAML", reason: Some(reason.to_owned()) };
        refuse_if(documents.iter().any(|document| document.any_entry(is_so)), fault)
    };
    // YAML takes `{active:false}` for a key without a value.
    let is_joined = |key: &str, value: &Node| *value == Node::Null && key.contains(':');
    refuse(&is_joined, "a key and its value have no space between them")?;
    refuse(&|key, _| is_comment(key), COMMENT)?;
    Ok(documents)
}

/// The same of what is almost JSON. A comma that is missing there makes one text of several entries.
pub fn of_almost_json(text: &str) -> Option<Vec<Node>> {
    let documents = of_yaml(text).ok()?;
    let is_entry = |word: &str| {
        word.split_once(':')
            .is_some_and(|(key, value)| key.ends_with(['"', '\'']) || is_yes(value) || is_no(value))
    };
    let holds_entries = |text: &str| text.split_whitespace().skip(1).any(is_entry);
    let is_joined = documents.iter().any(|document| document.any_text(&holds_entries));
    (!is_joined).then_some(documents)
}

/// The reasons of the library quote the text, so they are not repeated.
fn fault_of(error: &Error) -> GrantedFault {
    match error.without_snippet() {
        Error::AliasError { error, .. } => fault_of(error),
        Error::UnsupportedTag { .. } => GrantedFault::Tag,
        Error::Budget { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => GrantedFault::TooLarge,
        _ => GrantedFault::Syntax { form: "YAML", reason: None },
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value as f64))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value as f64))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Number(value))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let items = iter::from_fn(|| list.next_element().transpose());
        items.collect::<Result<_, _>>().map(Node::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let entries = iter::from_fn(|| map.next_entry().transpose());
        entries.collect::<Result<_, _>>().map(Node::Map)
    }
}
