//! Compares `assets/reference.json` with the source of Pipedrive's Node client, unpacked or checked
//! out: `cargo run --example reference -- DIR`. It prints the differences, and exits with 1 if there
//! are any, or 2 if the client cannot be read. With `--write` after DIR it makes the reference say
//! what the client says.

mod client;
mod comparison;
mod reference;

use std::env;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use client::Client;
use comparison::differences;
use reference::Reference;

const OWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/reference.json");

fn main() -> ExitCode {
    match run() {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::from(2)
        }
    }
}

/// How many differences are left.
fn run() -> Result<usize, String> {
    let mut arguments = env::args_os().skip(1);
    let directory = arguments.next().ok_or("Name the directory of the client's source.")?;
    let write = match arguments.next() {
        None => false,
        Some(flag) if flag == "--write" => true,
        Some(_) => return Err("Only --write may follow the directory.".into()),
    };
    let client = Client::read(Path::new(&directory))?;
    let text = fs::read_to_string(OWN).map_err(|error| format!("{OWN}: {error}"))?;
    let mut reference = Reference::parse(&text)?;
    if write {
        reference = reference.updated(&client);
        fs::write(OWN, reference.to_json()?).map_err(|error| format!("{OWN}: {error}"))?;
    }
    let differences = differences(&reference, &client);
    for line in &differences {
        println!("{line}");
    }
    println!(
        "{} calls of the reference, {} of the client {}: {} differences.",
        reference.operations.len(),
        client.calls.len(),
        client.version,
        differences.len()
    );
    Ok(differences.len())
}
