use serde_saphyr::Options;
use serde_saphyr::options::{DuplicateKeyPolicy, NonFiniteFloatPolicy};

/// How a document is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Json,
    Yaml,
}

/// Events that aliases may add to any text, and as many more for each of its bytes.
const EXPANSION: usize = 1_000_000;
const EXPANSION_OF_BYTE: usize = 8;

/// Levels of YAML within each other. Each takes a piece of the stack, also where it is passed over.
pub const DEEPEST: usize = 64;

/// Options for YAML, with limits in proportion to the size of `text`.
pub fn options(text: &str, duplicate_keys: DuplicateKeyPolicy) -> Options {
    let size = text.len().saturating_mul(EXPANSION_OF_BYTE).saturating_add(EXPANSION);
    serde_saphyr::options! {
        duplicate_keys: duplicate_keys,
        with_snippet: false,
        // A tag such as `!append` says what to do with its value.
        reject_unsupported_tags: true,
        // What is passed over may be any number.
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        budget: serde_saphyr::budget! {
            max_depth: DEEPEST,
            max_events: size.saturating_mul(2),
            max_nodes: size,
            max_total_scalar_bytes: size.saturating_mul(2),
            max_anchors: size,
            max_recorded_anchor_events: size,
            max_recorded_anchor_bytes: size.saturating_mul(2),
            max_aliases: size,
            max_merge_keys: size,
            // Every operation may be an alias of the same few anchors.
            enforce_alias_anchor_ratio: false,
        },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: size },
    }
}
