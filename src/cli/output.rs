//! The output of commands: formats, tables and colour.

mod columns;
mod format;
mod paint;
mod table;

pub use format::{Format, LineFormat};
pub use paint::{Paint, Role, choose_color, note, print_error, terminal_columns};
pub use table::{Cell, Table};
