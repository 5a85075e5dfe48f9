use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    pdscopes::run(env::args_os(), env::var_os("PDSCOPES_OPTS")).into()
}
