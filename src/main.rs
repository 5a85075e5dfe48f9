use std::io;
use std::process::ExitCode;

use pdscopes::cli;
use pdscopes::shell::clipboard::{Choice, serve_if_asked};

fn main() -> ExitCode {
    if let Some(code) = serve_if_asked() {
        return code;
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let check = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["clipboard"] => false,
        ["clipboard", "--check"] => true,
        _ => return ExitCode::from(2),
    };
    match cli::clipboard::run(check, Choice::Auto, &mut io::stdout()) {
        Ok(_) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(2),
    }
}
