//! The input of commands: catalogs, actions, scopes and delimiters, from arguments, files and stdin.

pub mod action_selector;
pub mod context;
pub mod delimiter;
pub mod scope_input;
pub mod source;

pub use action_selector::ActionSelector;
pub use context::Context;
pub use delimiter::Delimiter;
pub use scope_input::scopes_of;
