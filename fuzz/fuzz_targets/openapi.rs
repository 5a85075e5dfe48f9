//! OpenAPI and Swagger, as JSON and as YAML, of any bytes are read or refused, and what is read keeps the rules.

#![no_main]

mod laws;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    laws::hold(bytes, "openapi.json");
    laws::hold(bytes, "openapi.yaml");
});
