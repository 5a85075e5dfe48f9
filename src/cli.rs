//! The subcommands, which need no screen.

pub mod audit;
pub mod clipboard;
pub mod guide;
