use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::event::Event;
use crate::app::SearchJob;
use crate::domain::Matches;

/// Rows that a thread looks through before it asks whether its search is still wanted: a fraction
/// of a millisecond.
const PIECE: usize = 8192;

/// More threads than this gain nothing: they wait for the memory that the rows are in.
const MOST_THREADS: usize = 4;

/// Carries out searches beside the loop. The newest one wins: one that is still under way when it
/// comes is given up.
pub struct Searcher {
    threads: Vec<Sender<Arc<Work>>>,
    newest: Arc<AtomicU64>,
    reports: Sender<Event>,
}

/// One search, shared by the threads that carry it out.
struct Work {
    job: SearchJob,
    /// The first row that nobody has taken yet.
    next: AtomicUsize,
    gathered: Mutex<Gathered>,
}

#[derive(Default)]
struct Gathered {
    matches: Matches,
    rows: usize,
}

impl Searcher {
    /// No thread is started before there is something to do.
    pub fn new(reports: Sender<Event>) -> Self {
        Self { threads: Vec::new(), newest: Arc::default(), reports }
    }

    pub fn search(&mut self, job: SearchJob) {
        if self.threads.is_empty() {
            self.start();
        }
        self.newest.store(job.number, Ordering::Relaxed);
        let work = Arc::new(Work { job, next: AtomicUsize::new(0), gathered: Mutex::default() });
        for thread in &self.threads {
            // A thread ends only with this value, or by a panic, which ends the program.
            let _ = thread.send(work.clone());
        }
    }

    fn start(&mut self) {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..cores.min(MOST_THREADS) {
            let (sender, jobs) = channel();
            let (newest, reports) = (self.newest.clone(), self.reports.clone());
            thread::spawn(move || carry_out(&jobs, &newest, &reports));
            self.threads.push(sender);
        }
    }
}

fn carry_out(jobs: &Receiver<Arc<Work>>, newest: &AtomicU64, reports: &Sender<Event>) {
    while let Ok(work) = jobs.recv() {
        if let Some(matches) = work.share(newest) {
            let result = Box::new(work.job.result(&matches));
            if reports.send(Event::Found(result)).is_err() {
                return;
            }
        }
    }
}

impl Work {
    /// Looks through pieces until none is left or a newer search has come. The thread that brings
    /// the last piece gets all that was found.
    fn share(&self, newest: &AtomicU64) -> Option<Matches> {
        let mut scan = self.job.scan();
        loop {
            let start = self.next.fetch_add(PIECE, Ordering::Relaxed);
            if start >= self.job.rows() || newest.load(Ordering::Relaxed) != self.job.number {
                return None;
            }
            let found = scan.rows(start..start + PIECE, &self.job.candidates);
            let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
            gathered.rows += found.rows().len();
            gathered.matches.add(found);
            if gathered.rows == self.job.rows() {
                return Some(std::mem::take(&mut gathered.matches));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Finding, Sought};
    use crate::domain::{Catalog, Search};

    /// More rows than are searched at once, with labels of Pipedrive's catalog.
    fn large_catalog() -> Arc<Catalog> {
        let small = Catalog::pipedrive();
        let actions: Vec<_> = (0..30_000)
            .map(|number| {
                let labels =
                    small.indices().nth(number % small.len()).map(|a| small.action(a).label());
                format!(
                    r#"{{"id": "x_{number}", "label": "{} {number}", "scopes": ["r"]}}"#,
                    labels.unwrap_or_default()
                )
            })
            .collect();
        let json = format!(
            r#"{{"connector": {{"key": "x", "name": "X", "method": "OAuth 2.0"}},
                "page": {{"address": "https://example.com/x", "parameter": "actions"}},
                "scopes": ["r"], "actions": [{}]}}"#,
            actions.join(",")
        );
        Arc::new(Catalog::parse(&json).expect("a valid catalog"))
    }

    #[test]
    fn the_newest_search_is_answered_as_if_it_had_been_the_only_one() {
        let catalog = large_catalog();
        let mut finding = Finding::new(&catalog);
        let (reports, events) = channel();
        let mut searcher = Searcher::new(reports);
        for query in ["l", "ls", "lst", "lst dl", "lst dl fld"] {
            let Sought::Job(job) = finding.seek(query, &catalog) else {
                panic!("so many rows are not searched at once");
            };
            searcher.search(job);
        }
        let listed = loop {
            let Ok(Event::Found(result)) = events.recv() else {
                panic!("a search ended without an answer");
            };
            if let Some(listed) = finding.take(*result) {
                break listed;
            }
        };
        let alone = Search::new("lst dl fld").run(&catalog);
        assert_eq!(listed.iter().collect::<Vec<_>>(), alone);
    }
}
