//! What commands write: formats, tables and colour.

pub mod format;
pub mod paint;
pub mod table;
