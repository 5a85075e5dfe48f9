//! Documents in JSON and YAML: from a text to its values, and from a path in it back to the line.

mod language;
mod locate;
mod pointer;
mod problems;
mod shape;
mod slip;
mod text;

pub(in crate::domain) use language::Language;
pub(in crate::domain) use pointer::Pointer;
pub(super) use pointer::local_keys;
pub(in crate::domain) use problems::Problems;
pub(super) use shape::{Entries, List, Reading, Unfollowed, present, read_as};
pub(in crate::domain) use shape::{Object, Text, objects};
pub(super) use slip::{WithoutSlips, is_slip, no_key};
pub(in crate::domain) use text::{COMMENT, check_merges, is_comment};
pub(super) use text::{parse, parse_repeating, visit_keys};
