//! Holds `assets/reference.json` against the source of Pipedrive's Node client, unpacked or checked
//! out: `cargo run --example reference -- DIR`. It prints what differs, and ends with 1 if anything
//! does, or 2 if the client cannot be read.

mod client;
mod comparison;

use std::env;
use std::path::Path;
use std::process::ExitCode;

use client::Client;
use comparison::compare;

fn main() -> ExitCode {
    match differences() {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::from(2)
        }
    }
}

fn differences() -> Result<usize, String> {
    let directory = env::args_os().nth(1).ok_or("Name the directory of the client's source.")?;
    let client = Client::read(Path::new(&directory))?;
    let comparison = compare(include_str!("../../assets/reference.json"), &client)?;
    for line in &comparison.lines {
        println!("{line}");
    }
    println!(
        "{} operations held against {} of the client {}: {} differences.",
        comparison.operations,
        client.calls.len(),
        client.version,
        comparison.lines.len()
    );
    Ok(comparison.lines.len())
}
