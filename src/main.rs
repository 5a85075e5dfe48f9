use std::env;
use std::process::ExitCode;

use pdscopes::shell::{clipboard::serve_if_asked, end_on_panic};

#[cfg(unix)]
mod stdout;

fn main() -> ExitCode {
    end_on_panic();
    // A copy is held by this same program, started again.
    if let Some(code) = serve_if_asked() {
        return code;
    }
    #[cfg(unix)]
    let stdout_is_open = stdout::is_open();
    #[cfg(not(unix))]
    let stdout_is_open = true;
    let exit = pdscopes::run(env::args_os(), env::var_os("PDSCOPES_OPTS"), stdout_is_open);
    ExitCode::from(exit as u8)
}
