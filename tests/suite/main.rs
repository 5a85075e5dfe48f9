//! Everything that is tested from outside the crate, in one binary.
//!
//! - `stage`: the real loop on a terminal in memory, for the others to drive
//! - `journeys`: what a person does, key by key and click by click
//! - `screens`: what they see, at several sizes
//! - `properties`: what holds after any sequence of events
//! - `catalog`: the data against the facts that it is made from

mod catalog;
mod journeys;
mod properties;
mod screens;
mod stage;
