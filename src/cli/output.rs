//! The output of commands: formats, tables and colour.

mod columns;
pub mod format;
pub mod paint;
pub mod table;
