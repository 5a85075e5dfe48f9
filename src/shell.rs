//! The outside world: the terminal and what happens on it, signals, clipboards.

pub mod clipboard;
