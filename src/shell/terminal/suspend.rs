use std::io;

#[cfg(unix)]
use rustix::process::{Signal, getpgid, getpgrp, getsid, kill_current_process_group};

/// Stops the whole job, as Ctrl-Z does, once `prepare` is done. SIGCONT lets it go on. Returns the reason
/// if that is impossible.
#[cfg(unix)]
pub fn stop(prepare: impl FnOnce()) -> io::Result<Result<(), String>> {
    if !can_stop() {
        let reason = "No shell here could resume pdscopes, so it is not suspended.";
        return Ok(Err(reason.into()));
    }
    prepare();
    kill_current_process_group(Signal::STOP)?;
    Ok(Ok(()))
}

#[cfg(not(unix))]
pub fn stop(_: impl FnOnce()) -> io::Result<Result<(), String>> {
    Ok(Err("Programs cannot be suspended on this system.".into()))
}

/// Returns `true` if stopping would leave a shell that can let the program go on.
///
/// In `scopes=$(pdscopes)` the program shares the process group of the shell, which waits for the
/// output and would stop with it, or wait for ever. The same holds where it is a terminal's only
/// program. Where that shell was itself started by another, the other can let both go on.
#[cfg(unix)]
pub fn can_stop() -> bool {
    let leader_group = getsid(None).and_then(|leader| getpgid(Some(leader)));
    leader_group.is_ok_and(|group| group != getpgrp())
}
