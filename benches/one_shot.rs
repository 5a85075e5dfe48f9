//! How long a script waits for an answer, beside a program that only prints a constant.
//!
//! `cargo bench --bench one_shot` runs both by turns, so that whatever else the machine does
//! falls on both alike, and prints medians, and the median of the ratios of each turn. This
//! program is its own floor: started with `constant` it prints one and ends.

use std::env;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const TURNS: usize = 500;
const WARM_UP: usize = 20;

const COMMANDS: [&[&str]; 11] = [
    &["list"],
    &["list", "deal", "--format", "json"],
    &["scopes", "--all"],
    &["scopes", "pipedrive_list_*", "--format", "json"],
    &["scopes", "--least", "--all"],
    &["url", "pipedrive_list_deals"],
    &["explain", "deals:read"],
    &["check", "--granted", "deals:read", "--all"],
    &["diff", "deals:read", "deals:full"],
    &["audit"],
    &["guide", "pipedrive_list_deals"],
];

fn main() -> io::Result<()> {
    if env::args().nth(1).as_deref() == Some("constant") {
        println!("deals:read deals:full users:read");
        return Ok(());
    }
    let floor = env::current_exe()?;
    let program = Path::new(env!("CARGO_BIN_EXE_pdscopes"));
    println!("| command | median | constant | ratio |");
    println!("| --- | ---: | ---: | ---: |");
    for arguments in COMMANDS {
        let (mut ours, mut floors, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        for turn in 0..WARM_UP + TURNS {
            let constant = time(&floor, &["constant"])?;
            let command = time(program, arguments)?;
            if turn >= WARM_UP {
                ratios.push(command.as_secs_f64() / constant.as_secs_f64());
                ours.push(command);
                floors.push(constant);
            }
        }
        ratios.sort_by(f64::total_cmp);
        println!(
            "| `pdscopes {}` | {:.2?} | {:.2?} | {:.2} |",
            arguments.join(" "),
            median(&mut ours),
            median(&mut floors),
            ratios[ratios.len() / 2]
        );
    }
    Ok(())
}

/// From the start of the program to its end.
fn time(program: &Path, arguments: &[&str]) -> io::Result<Duration> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
    let start = Instant::now();
    command.status()?;
    Ok(start.elapsed())
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
