use std::env;
use std::process::ExitCode;

use pdscopes::shell::clipboard::serve_if_asked;

fn main() -> ExitCode {
    // A copy is held by this same program, started anew.
    if let Some(code) = serve_if_asked() {
        return code;
    }
    pdscopes::run(env::args_os(), env::var_os("PDSCOPES_OPTS")).into()
}
