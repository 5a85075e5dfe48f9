//! One file a subcommand: its arguments, and the answer that it writes.

pub mod audit;
pub mod catalog;
pub mod check;
pub mod clipboard;
pub mod completions;
pub mod diff;
pub mod explain;
pub mod guide;
pub mod list;
pub mod man;
pub mod scopes;
pub mod url;
