//! Google Discovery of any bytes is read or refused, and what is read keeps the rules.

#![no_main]

mod laws;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    laws::hold(&[&br#"{"discoveryVersion": "v1","#[..], bytes].concat(), "");
    laws::hold(bytes, "");
});
