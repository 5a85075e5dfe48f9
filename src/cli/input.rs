//! What commands are given: catalogs, actions, scopes and delimiters, from arguments, files and stdin.

pub mod context;
pub mod joint;
pub mod naming;
pub mod scope_input;
pub mod source;
