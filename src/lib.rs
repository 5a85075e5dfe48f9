//! Which OAuth scopes does an app need for the actions that an integration uses?

#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::dbg_macro, clippy::todo)]

pub mod app;
pub mod cli;
pub mod domain;
pub mod shell;
pub mod view;
