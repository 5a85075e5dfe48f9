//! StackOne's answers and connectors of any bytes are read or refused, and what is read keeps the rules.

#![no_main]

mod laws;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    laws::hold(&[&br#"{"data":"#[..], bytes, b"}"].concat(), "");
    laws::hold(&[&b"StackOne: 1.0.0\n"[..], bytes].concat(), "connector.s1.yaml");
});
