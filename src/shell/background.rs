use std::{io, thread};

use super::{Event, Reports};
use crate::app::Job;

/// Runs a job on a thread of its own and reports its result to the loop. A job that has become pointless
/// ends by itself. If no thread can be started, the job runs here.
pub fn run(job: Job, reports: Reports) {
    let report = move || {
        if let Some(result) = job() {
            reports.send(Event::Message(result));
        }
    };
    if spawn("background", report.clone()).is_err() {
        report();
    }
}

/// Starts a thread of this name.
///
/// # Errors
/// The system starts no more.
pub fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.into()).spawn(work).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::mpsc::channel;

    use crate::app::{Finding, Message};
    use crate::domain::{Catalog, Search};

    /// More rows than are searched at once.
    fn long_catalog() -> Arc<Catalog> {
        let entry = |n: usize| {
            format!(r#"{{"id": "x_{n}", "label": "List Deal Fields {n}", "scopes": ["r"]}}"#)
        };
        let entries: Vec<_> = (0..50_000).map(entry).collect();
        Arc::new(Catalog::parse(&format!("[{}]", entries.join(","))).expect("valid"))
    }

    #[test]
    fn the_newest_search_is_answered_as_if_it_had_been_the_only_one() {
        let catalog = long_catalog();
        let mut finding = Finding::default();
        let (reports, events) = channel();
        for query in ["l", "ls", "lst", "lst dl", "lst dl fld"] {
            let job = finding.start(query, &catalog);
            let job = job.expect("so many rows are not searched at once");
            run(Arc::new(move || job().map(Message::Found)), reports.clone().into());
        }
        loop {
            let Ok(Event::Message(Message::Found(result))) = events.recv() else {
                panic!("a search ended without a result");
            };
            if finding.accept(result) {
                break;
            }
        }
        assert_eq!(*finding.found, Search::run("lst dl fld", &catalog).actions);
    }
}
