//! What the program knows: pure nouns and functions, with no file, clock, thread or terminal.
//!
//! A [`Catalog`] holds the facts about one connector. A [`Selection`] is the set of selected
//! actions, and [`Answer`] is the one function from a selection to everything that is shown,
//! counted, copied and printed.
//!
//! A [`Reference`] holds the scopes that the provider's own API accepts. The [`Verdict`] on an
//! action, the [`Least`] set of scopes, and the [`Audit`] of the whole guide follow from it. A
//! [`Document`] is the setup guide for a selection.

mod accepts;
mod answer;
mod audit;
mod catalog;
mod clauses;
mod command_line;
mod copy_outcome;
mod coverage;
mod cut;
mod fingerprint;
mod granted;
mod guide;
mod guide_url;
mod id_list;
mod index;
mod input;
mod json_text;
mod letter_set;
mod listed_scopes;
mod markdown;
mod mode;
mod name_words;
mod nearest;
mod need;
mod operation;
mod pattern;
mod pluralize;
mod power;
mod privilege;
mod reference;
pub mod report;
mod sanitize;
mod scope_list;
mod scope_prefix;
mod scope_set;
mod search;
mod secret;
mod selection;
mod separator;
mod subject;
mod unlocked;
mod uses;
mod verdict;
mod warning;
mod why;

pub use accepts::Accepts;
pub use answer::{Answer, LeastSearch};
pub use audit::{Audit, AuditRow};
pub use catalog::{
    Action, ActionChange, Catalog, CatalogDifference, CatalogError, CatalogFault, CatalogNote,
    Clash, Connector, DescriptionOptions, Findings, MergeError, Page, Position, ReadOptions,
    UnreadableForm, is_token, merge, shared_scopes,
};
pub use command_line::{CommandStart, command_line};
pub use copy_outcome::{CopyOutcome, CopyRoute};
pub use coverage::{Coverage, GrantedChange};
pub use cut::{WIDEST, cut};
pub(crate) use cut::{head, near, near_bytes, width};
pub use granted::{Form, Granted, GrantedError, GrantedFault, Where};
pub use guide::{Block, Document, Guide, GuideSection, GuideStep, Span, StepNumber};
pub use guide_url::{GuideUrlError, words_behind_url};
pub use id_list::{IdPlace, ListedId, read_ids};
pub use index::{ActionIndex, ScopeIndex, SetIndex};
pub use input::{INVISIBLE, InputError, with_line_feeds};
pub(in crate::domain) use letter_set::LetterSet;
pub use listed_scopes::ListedScopes;
pub use markdown::{code_in_table, escaped};
pub use mode::Mode;
pub use nearest::{UnknownName, nearest_name, unknown};
pub use operation::Operation;
pub use pattern::PatternError;
pub use pluralize::{and_more, pluralize};
pub use power::{CallKind, ComparedPower, Power, Powers};
pub use privilege::{Budget, Least, Requirement};
pub(in crate::domain) use reference::{IncludedIn, OwnReference};
pub use reference::{Reference, ScopeFacts, Source};
pub use sanitize::{excerpt, sanitize, start_of};
pub use scope_list::{Difference, ScopeList};
pub use scope_set::ScopeSet;
pub use search::{Found, Highlights, Search};
pub use secret::{may_be_secret, quoted};
pub use selection::Selection;
pub use separator::Separator;
pub use subject::Subject;
pub use uses::Uses;
pub use verdict::{Verdict, VerdictCounts};
pub use warning::Refusals;
pub use why::{Shortest, Why, WhyScope};
