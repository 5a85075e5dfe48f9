//! Copying, by the built program: `pdscopes clipboard`, and the helper that holds a copy.
#![cfg(all(unix, not(target_os = "macos")))]

mod displays;
mod other_programs;
