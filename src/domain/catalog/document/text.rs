use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_path_to_error::Segment;
use serde_saphyr::Options;
use serde_saphyr::budget::BudgetBreach;
use serde_saphyr::options::{DuplicateKeyPolicy, MergeKeyPolicy};

use super::language::{DEEPEST, Language, options};
use super::locate::locate;
use super::pointer::Pointer;
use crate::domain::Position;
use crate::domain::catalog::error::without_text;
use crate::domain::catalog::{CatalogError, CatalogFault, reason_without_place};

/// Why a comment of JavaScript is refused.
pub const COMMENT: &str =
    "a comment that begins with a slash stands here, which hides a key; remove the comments";

/// The values of a text.
///
/// # Errors
/// The first thing in it that is not what is expected, with its path.
pub fn parse<'t, T: Deserialize<'t>>(text: &'t str, language: Language) -> Result<T, CatalogError> {
    match language {
        Language::Json => parse_json(text),
        Language::Yaml => {
            check_merges(text)?;
            check_comments(text)?;
            parse_yaml(text, &options(text, DuplicateKeyPolicy::Error))
        }
    }
}

fn parse_json<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, CatalogError> {
    let mut field = Pointer::default();
    let mut parser = serde_json::Deserializer::from_str(text);
    let values = serde_path_to_error::deserialize(&mut parser).map_err(|error| {
        field = pointer(error.path());
        error.into_inner()
    });
    values.and_then(|values| parser.end().map(|()| values)).map_err(|error| {
        let place = Position::of_json(text, &error);
        malformed(Some(place), &field, reason_without_place(&error))
    })
}

/// The same for YAML in which a key may stand several times in one map. What reads it decides.
pub fn parse_repeating<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, CatalogError> {
    check_merges(text)?;
    check_comments(text)?;
    parse_yaml(text, &options(text, DuplicateKeyPolicy::PassThrough))
}

/// Of two merges (`<<`) in one map the library counts the first alone, and of a key that stands twice
/// in what is merged too: either could say less than what stands there. So a text that merges may
/// repeat no key.
pub fn check_merges(text: &str) -> Result<(), CatalogError> {
    let pass_over = |merge_keys, duplicate_keys| {
        let mut options = options(text, duplicate_keys);
        options.merge_keys = merge_keys;
        parse_yaml::<IgnoredAny>(text, &options).map(drop)
    };
    let merges = text.contains("<<")
        && pass_over(MergeKeyPolicy::Error, DuplicateKeyPolicy::PassThrough).is_err();
    if merges { pass_over(MergeKeyPolicy::AsOrdinary, DuplicateKeyPolicy::Error) } else { Ok(()) }
}

/// To YAML, which has other comments, `// note` and the key on the next line are one key: what stands under
/// that key would be passed over.
fn check_comments(text: &str) -> Result<(), CatalogError> {
    // Addresses and media types such as `*/*` begin none.
    let begins = |sign: &str| {
        text.match_indices(sign).any(|(place, _)| !text[..place].ends_with([':', '*']))
    };
    let options = options(text, DuplicateKeyPolicy::PassThrough);
    if begins("//") || begins("/*") {
        parse_yaml::<WithoutComments<false>>(text, &options).map(drop)
    } else {
        Ok(())
    }
}

/// Returns `true` for a key that begins with a comment of JavaScript. The key that it hides stands behind white space;
/// without that, it is a key of its own, such as `//` or the path `/*/deals`.
pub fn is_comment(key: &str) -> bool {
    ["//", "/*"].iter().any(|sign| key.starts_with(sign)) && key.contains(char::is_whitespace)
}

/// A key, or any value, in which no key begins with a comment.
struct WithoutComments<const IS_KEY: bool>;

impl<'de, const IS_KEY: bool> Deserialize<'de> for WithoutComments<IS_KEY> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

/// Scalars that are no texts, and no comments therefore.
macro_rules! pass_over {
    ($($visit:ident: $scalar:ty),+) => {$(
        fn $visit<E>(self, _: $scalar) -> Result<Self, E> {
            Ok(self)
        }
    )+};
}

impl<'de, const IS_KEY: bool> Visitor<'de> for WithoutComments<IS_KEY> {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self, E> {
        if IS_KEY && is_comment(text) { Err(E::custom(COMMENT)) } else { Ok(self) }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self, A::Error> {
        while map.next_key::<WithoutComments<true>>()?.is_some() {
            map.next_value::<WithoutComments<false>>()?;
        }
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<WithoutComments<false>>()?.is_some() {}
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    pass_over!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64);
    pass_over!(visit_i128: i128, visit_u128: u128);
}

fn parse_yaml<'t, T: Deserialize<'t>>(text: &'t str, options: &Options) -> Result<T, CatalogError> {
    let mut field = Pointer::default();
    serde_saphyr::with_deserializer_from_str_with_options(text, options.clone(), |parser| {
        serde_path_to_error::deserialize(parser).map_err(|error| {
            field = pointer(error.path());
            error.into_inner()
        })
    })
    .map_err(|error| {
        let place = error.location().map(Position::from);
        let within = || locate(text, Language::Yaml, &[&field]).pop().flatten();
        let place = place.or_else(|| Some(Position::of(text, within()?)));
        malformed(place, &field, reason(&error))
    })
}

fn malformed(place: Option<Position>, field: &Pointer, reason: String) -> CatalogError {
    CatalogError { place, fault: CatalogFault::Malformed { field: field.to_string(), reason } }
}

/// Why YAML cannot be read. The library's own words name its settings and quote the text.
fn reason(error: &serde_saphyr::Error) -> String {
    use serde_saphyr::Error;

    match error.without_snippet() {
        Error::AliasError { error, .. } => reason(error),
        Error::SerdeInvalidType { unexpected, expected, .. } => {
            let found = if unexpected == "unit value" { "null" } else { unexpected };
            without_text(&format!("invalid type: {found}, expected {expected}"))
        }
        Error::Unexpected { expected: "string scalar", .. } => "expected a string".to_owned(),
        Error::Unexpected { expected: "mapping start", .. } => "expected an object".to_owned(),
        Error::Unexpected { expected: "sequence start", .. } => "expected a list".to_owned(),
        Error::Unexpected { expected, .. } => format!("expected {expected}"),
        Error::Eof { .. } => "the text ends too early".to_owned(),
        Error::NullIntoString { .. } => "invalid type: null, expected a string".to_owned(),
        Error::DuplicateMappingKey { key: Some(key), .. } => format!("the key `{key}` is repeated"),
        Error::DuplicateMappingKey { key: None, .. } => "a key is repeated".to_owned(),
        Error::SerdeMissingField { field, .. } => format!("missing field `{field}`"),
        Error::UnknownAnchor { .. } => "an alias (`*`) has no anchor (`&`) before it".to_owned(),
        Error::RecursiveReferencesRequireWeakTypes { .. } => {
            "an alias (`*`) stands within its own anchor (`&`)".to_owned()
        }
        Error::UnsupportedTag { .. } => {
            "a tag (`!`) may change what stands behind it; remove it".to_owned()
        }
        Error::MultipleDocuments { .. } => {
            "a second document begins here; give one document".to_owned()
        }
        Error::Budget { breach: BudgetBreach::Depth { .. }, .. } => {
            format!("it is nested more than {DEEPEST} levels deep")
        }
        Error::Budget { .. }
        | Error::AliasReplayCounterOverflow { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => {
            "its anchors and aliases expand to more than is read".to_owned()
        }
        Error::Message { msg, .. } | Error::ExternalMessage { msg, .. } => without_text(msg),
        _ => "this is not the YAML that belongs here".to_owned(),
    }
}

fn pointer(path: &serde_path_to_error::Path) -> Pointer {
    path.iter().fold(Pointer::default(), |path, segment| match segment {
        Segment::Seq { index } => path.item(*index),
        Segment::Map { key } | Segment::Enum { variant: key } => path.key(key),
        Segment::Unknown => path,
    })
}

/// Shows the keys at the top of a YAML text to `visitor`, until it ends with an error.
pub fn visit_keys<'t, V: Visitor<'t>>(text: &'t str, visitor: V) {
    let options = options(text, DuplicateKeyPolicy::PassThrough);
    let _ = serde_saphyr::with_deserializer_from_str_with_options(text, options, |parser| {
        parser.deserialize_map(visitor).map(drop)
    });
}
