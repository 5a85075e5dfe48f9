use std::path::Path;
use std::process::Command;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::child;
use crate::domain::{CopyOutcome, CopyRoute};

/// PowerShell alone takes seconds to start on a busy machine.
const LIMIT: Duration = Duration::from_secs(10);

/// Where Windows keeps it, for a Linux whose `PATH` leaves the paths of Windows out.
const USUAL_PLACE: &str = "/mnt/c/Windows/System32/WindowsPowerShell/v1.0/powershell.exe";

/// Takes the text from stdin in base64, which no code page between the two systems can garble.
const SCRIPT: &str = "$ErrorActionPreference = 'Stop'; \
    $bytes = [Convert]::FromBase64String([Console]::In.ReadToEnd().Trim()); \
    Set-Clipboard -Value ([Text.Encoding]::UTF8.GetString($bytes))";

/// The clipboard of the Windows that Linux runs in.
pub(super) fn copy(text: &str) -> Result<CopyOutcome, String> {
    let input = STANDARD.encode(text);
    match child::run(command("powershell.exe"), &input, LIMIT) {
        Err(_) if Path::new(USUAL_PLACE).exists() => {
            child::run(command(USUAL_PLACE), &input, LIMIT)?
        }
        answer => answer?,
    };
    Ok(CopyOutcome::Confirmed(CopyRoute::PowerShell))
}

fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.args(["-NoProfile", "-NonInteractive", "-Command", SCRIPT]);
    command
}
