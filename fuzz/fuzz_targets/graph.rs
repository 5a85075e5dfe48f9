//! Microsoft Graph's permissions of any bytes are read or refused, and what is read keeps the rules.

#![no_main]

mod laws;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    laws::hold(&[&br#"{"permissions":"#[..], bytes, b"}"].concat(), "");
    laws::hold(bytes, "");
});
