use std::env;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::child::{self, Child};
use super::serve;
use crate::domain::{CopyOutcome, CopyRoute};

/// How long a display may take. One that accepts and never answers must not keep a copy waiting.
const LIMIT: Duration = Duration::from_millis(1500);

/// A copy that another process of this program holds, for [`CopyRoute::Wayland`] or
/// [`CopyRoute::X11`]. `owner` is the process that held the one before.
pub(super) fn copy(
    route: CopyRoute,
    text: &str,
    owner: &mut Option<Child>,
) -> Result<CopyOutcome, String> {
    let (display, name) = match route {
        CopyRoute::Wayland => (serve::WAYLAND, "WAYLAND_DISPLAY"),
        _ => (serve::X11, "DISPLAY"),
    };
    let failed = |reason: String| {
        let value = env::var_os(name).unwrap_or_default();
        format!("{route} ({name}={}): {reason}", value.to_string_lossy())
    };
    let (child, answer) =
        child::spawn_and_read_line(command(display), text, LIMIT).map_err(failed)?;
    if answer != serve::OK {
        return Err(failed(answer));
    }
    // The one before has lost the clipboard by now, unless it held that of another display.
    if let Some(before) = owner.replace(child) {
        before.end();
    }
    Ok(CopyOutcome::Confirmed(route))
}

/// This program again, as a helper for `display`. Its directory is `/`, to keep none busy.
fn command(display: &str) -> Command {
    // The path under /proc leads to this very program also after its file was replaced.
    let itself = Path::new("/proc/self/exe");
    let mut command = match env::current_exe() {
        Ok(path) if !itself.exists() => Command::new(path),
        _ => Command::new(itself),
    };
    command.arg0(env!("CARGO_PKG_NAME")).args([serve::ARGUMENT, display]).current_dir("/");
    command
}
