use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::event::Event;
use crate::app::Job;

/// Runs searches beside the loop, one at a time.
pub struct Searcher {
    jobs: Option<Sender<Job>>,
    reports: Sender<Event>,
}

impl Searcher {
    /// Starts no thread before there is something to do.
    pub fn new(reports: Sender<Event>) -> Self {
        Self { jobs: None, reports }
    }

    pub fn search(&mut self, job: Job) {
        if self.jobs.is_none() {
            self.jobs = self.start().ok();
        }
        match &self.jobs {
            // The thread ends only with this value, or by a panic, which ends the program.
            Some(jobs) => drop(jobs.send(job)),
            // Without a thread the screen waits for the result.
            None => {
                if let Some(result) = job() {
                    let _ = self.reports.send(Event::Message(result));
                }
            }
        }
    }

    fn start(&self) -> io::Result<Sender<Job>> {
        let (sender, jobs): (_, Receiver<Job>) = channel();
        let reports = self.reports.clone();
        thread::Builder::new().name("search".into()).spawn(move || {
            for result in jobs.iter().filter_map(|job| job()) {
                if reports.send(Event::Message(result)).is_err() {
                    return;
                }
            }
        })?;
        Ok(sender)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use crate::app::{Finding, Message};
    use crate::domain::{Catalog, Search};

    /// More rows than are searched at once.
    fn long_catalog() -> Arc<Catalog> {
        let entry = |n: usize| {
            format!(r#"{{"id": "x_{n}", "label": "List Deal Fields {n}", "scopes": ["r"]}}"#)
        };
        let entries: Vec<_> = (0..30_000).map(entry).collect();
        Arc::new(Catalog::parse(&format!("[{}]", entries.join(","))).expect("valid"))
    }

    #[test]
    fn the_newest_search_is_answered_as_if_it_had_been_the_only_one() {
        let catalog = long_catalog();
        let mut finding = Finding::default();
        let (reports, events) = channel();
        let mut searcher = Searcher::new(reports);
        for query in ["l", "ls", "lst", "lst dl", "lst dl fld"] {
            let job = finding.start(query, &catalog);
            searcher.search(job.expect("so many rows are not searched at once"));
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
