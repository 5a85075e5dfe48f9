//! The output of commands: formats, tables and colour.

pub mod format;
pub mod paint;
pub mod table;
