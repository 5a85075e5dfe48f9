use std::process::ExitCode;

use pdscopes::shell::clipboard::serve_if_asked;

fn main() -> ExitCode {
    serve_if_asked().unwrap_or(ExitCode::SUCCESS)
}
