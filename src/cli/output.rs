//! The output of commands: formats, tables and colour.

mod columns;
mod paint;
mod table;

pub use paint::{StdoutStyle, choose_color, note, print_error, role};
pub use table::{Cell, Format, Table};
