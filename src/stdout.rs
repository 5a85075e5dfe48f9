//! Whether stdout was open when the program was started. Rust opens `/dev/null` in its place before
//! `main`, and an answer would be lost there unseen.

use std::sync::atomic::{AtomicBool, Ordering};

use rustix::io::fcntl_getfd;
use rustix::stdio::stdout;

static IS_OPEN: AtomicBool = AtomicBool::new(true);

#[ctor::ctor(unsafe)]
fn look() {
    IS_OPEN.store(fcntl_getfd(stdout()).is_ok(), Ordering::Relaxed);
}

pub fn is_open() -> bool {
    IS_OPEN.load(Ordering::Relaxed)
}
