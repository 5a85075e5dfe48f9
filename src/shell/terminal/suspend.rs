use rustix::io;
use rustix::process::{self, Signal};

/// Whether stopping would leave a shell that can let the program go on.
///
/// In `scopes=$(pdscopes)` the program shares the process group of the shell, which waits for the
/// output and would stop with it, or wait for ever. The same holds where it is a terminal's only
/// program. Where that shell was itself started by another, the other can let both go on.
pub fn can_stop() -> bool {
    let session = process::getsid(None);
    let leader_group = session.and_then(|leader| process::getpgid(Some(leader)));
    leader_group.is_ok_and(|group| group != process::getpgrp())
}

/// Stops the whole job, as Ctrl-Z does. SIGCONT lets it go on.
pub fn stop() -> io::Result<()> {
    process::kill_current_process_group(Signal::STOP)
}
