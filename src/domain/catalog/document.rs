//! Documents in JSON and YAML: from a text to its values, and from a path in it back to the line.

mod language;
mod locate;
mod pointer;
mod problems;
mod shape;
mod slip;
mod string;
mod text;

pub(super) use language::Language;
pub(super) use pointer::{Pointer, local_keys};
pub(super) use problems::Problems;
pub(super) use shape::{Entries, List, Unfollowed, present, read_entries};
pub(in crate::domain) use shape::{Object, objects};
pub(super) use slip::{is_slip, no_key};
pub(in crate::domain) use string::Text;
pub(in crate::domain) use text::{COMMENT, is_comment};
pub(super) use text::{parse, parse_repeating, visit_keys};
