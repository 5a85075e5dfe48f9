//! Everything that is tested from outside the crate, in one binary.
//!
//! - `stage`: the real loop on a terminal in memory, for the others to drive
//! - `journeys`: what a person does, key by key and click by click
//! - `screens`: what they see, at several sizes
//! - `properties`: what holds after any sequence of events
//! - `catalog`: the data against the facts that it is made from
//! - `clipboard`: copies that reach other programs, and hold
//! - `readme`: what the README says and shows against the code

mod catalog;
mod clipboard;
mod journeys;
#[path = "../../examples/screenshot/picture.rs"]
mod picture;
mod properties;
mod readme;
mod screens;
mod stage;
