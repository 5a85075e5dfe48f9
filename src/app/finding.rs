use std::fmt;
use std::sync::Arc;

use super::Listed;
use crate::domain::{ActionIndex, Candidates, Catalog, Matches, Scan, Search, SearchIndex};

/// Rows up to which a search is done at once: it takes less than a millisecond, and handing it to
/// another thread would take longer.
const AT_ONCE: usize = 20_000;

/// What is searched for, and what is known from having searched before.
pub struct Finding {
    search: Arc<Search>,
    index: SearchIndex,
    /// The last search whose answer is known, and the rows that it left.
    answered: Arc<Search>,
    candidates: Candidates,
    /// Rises with every search, so that an answer to an earlier one is known as such.
    number: u64,
}

/// A search to be carried out: all that it takes, on any thread.
#[derive(Clone)]
pub struct SearchJob {
    pub number: u64,
    pub search: Arc<Search>,
    pub catalog: Arc<Catalog>,
    pub index: SearchIndex,
    pub candidates: Candidates,
}

/// What came of a [`SearchJob`].
#[derive(Clone)]
pub struct SearchResult {
    pub number: u64,
    /// The best first.
    pub listed: Vec<ActionIndex>,
    /// The rows that a search for more need look at.
    pub candidates: Candidates,
}

/// The answer to a new query, or what it takes to get it.
pub enum Sought {
    Found(Listed),
    Job(SearchJob),
}

impl Finding {
    pub fn new(catalog: &Catalog) -> Self {
        let nothing = Arc::new(Search::new(""));
        Self {
            search: nothing.clone(),
            index: SearchIndex::of(catalog),
            answered: nothing,
            candidates: Candidates::all(),
            number: 0,
        }
    }

    /// The catalog has more rows than before.
    pub fn grow(&mut self, catalog: &Catalog) {
        self.index.extend(catalog, catalog.len());
    }

    pub fn search(&self) -> &Search {
        &self.search
    }

    /// Whether the answer to the present search is still to come.
    pub fn is_awaited(&self) -> bool {
        !Arc::ptr_eq(&self.search, &self.answered)
    }

    pub fn seek(&mut self, query: &str, catalog: &Arc<Catalog>) -> Sought {
        self.number += 1;
        self.search = Arc::new(Search::new(query));
        if self.search.is_empty() {
            self.answered = self.search.clone();
            self.candidates = Candidates::all();
            return Sought::Found(Listed::FirstOf(self.index.rows()));
        }
        let narrows = self.search.narrows(&self.answered);
        let job = SearchJob {
            number: self.number,
            search: self.search.clone(),
            catalog: catalog.clone(),
            index: self.index.clone(),
            candidates: if narrows { self.candidates.clone() } else { Candidates::all() },
        };
        if self.index.rows() > AT_ONCE {
            return Sought::Job(job);
        }
        Sought::Found(self.accept(job.carry_out()))
    }

    /// The list that a result comes to; none where it answers an earlier search.
    pub fn take(&mut self, result: SearchResult) -> Option<Listed> {
        (result.number == self.number).then(|| self.accept(result))
    }

    fn accept(&mut self, result: SearchResult) -> Listed {
        self.answered = self.search.clone();
        self.candidates = result.candidates;
        Listed::These(result.listed)
    }
}

impl SearchJob {
    pub fn rows(&self) -> usize {
        self.index.rows()
    }

    /// One thread's way through the job.
    pub fn scan(&self) -> Scan<'_> {
        Scan::new(&self.search, &self.catalog, &self.index)
    }

    /// The result, once the matches of all rows are there.
    pub fn result(&self, matches: &Matches) -> SearchResult {
        let mut candidates = self.candidates.clone();
        matches.found().iter().for_each(|found| candidates.narrow(found));
        SearchResult { number: self.number, listed: matches.in_order(), candidates }
    }

    /// Carries it out here, in one thread.
    pub fn carry_out(&self) -> SearchResult {
        let mut matches = Matches::default();
        matches.add(self.scan().rows(0..self.rows(), &self.candidates));
        self.result(&matches)
    }
}

/// Two of one model are the same when they are the same search.
impl PartialEq for SearchJob {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl fmt::Debug for SearchJob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SearchJob({})", self.number)
    }
}

/// Two of one model are the same when they answer the same search.
impl PartialEq for SearchResult {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl fmt::Debug for SearchResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SearchResult({}, {} listed)", self.number, self.listed.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Effect, Message, Model, Start, update};

    fn catalog() -> Arc<Catalog> {
        Arc::new(Catalog::pipedrive())
    }

    #[test]
    fn an_answer_to_an_earlier_search_is_not_taken() {
        let catalog = catalog();
        let mut finding = Finding::new(&catalog);
        finding.seek("deal", &catalog);
        let late = SearchResult {
            number: finding.number,
            listed: Vec::new(),
            candidates: Candidates::all(),
        };
        finding.seek("deals", &catalog);
        assert!(finding.take(late).is_none());
    }

    fn long_catalog(rows: usize) -> Arc<Catalog> {
        let entry =
            |n: usize| format!(r#"{{"id": "x_{n}", "label": "Label {n}", "scopes": ["s"]}}"#);
        let entries: Vec<_> = (0..rows).map(entry).collect();
        Arc::new(Catalog::parse(&format!("[{}]", entries.join(","))).expect("valid"))
    }

    #[test]
    fn a_long_list_is_searched_elsewhere_and_the_answer_taken_once_it_is_there() {
        let catalog = long_catalog(AT_ONCE + 1);
        let mut finding = Finding::new(&catalog);
        for query in ["77", "777"] {
            let Sought::Job(job) = finding.seek(query, &catalog) else {
                panic!("so many rows are not searched at once");
            };
            assert!(finding.is_awaited());
            let listed = finding.take(job.carry_out()).expect("it is the present search");
            assert!(!finding.is_awaited());
            assert_eq!(listed.iter().collect::<Vec<_>>(), Search::new(query).run(&catalog));
        }
        let catalog = long_catalog(AT_ONCE);
        let found = Finding::new(&catalog).seek("77", &catalog);
        assert!(matches!(found, Sought::Found(_)), "so many still are");
    }

    #[test]
    fn the_model_lists_what_a_search_elsewhere_has_found() {
        let catalog = long_catalog(AT_ONCE + 1);
        let (mut model, _) = Model::new(catalog.clone(), Start::default());
        model.cursor.go_to(900);
        let Some(Effect::Search(job)) = update(&mut model, Message::Typed("77".into())) else {
            panic!("so many rows are not searched at once");
        };
        assert!(model.is_searching());
        update(&mut model, Message::Found(Box::new(job.carry_out())));
        let listed: Vec<_> = model.listed().iter().collect();
        assert_eq!(listed, Search::new("77").run(&catalog));
        assert_eq!(model.cursor().row(), Some(0));
        assert!(!model.is_searching());
    }

    #[test]
    fn searches_and_their_results_are_told_apart_by_their_number() {
        let catalog = long_catalog(AT_ONCE + 1);
        let mut finding = Finding::new(&catalog);
        let mut job = |query| match finding.seek(query, &catalog) {
            Sought::Job(job) => job,
            Sought::Found(_) => panic!("so many rows are not searched at once"),
        };
        let (first, second) = (job("1"), job("1"));
        assert!(first == first.clone() && first != second);
        let (found, other) = (first.carry_out(), second.carry_out());
        assert!(found == found.clone() && found != other);
        assert_eq!(format!("{first:?} {found:?}").matches("(1").count(), 2);
    }

    #[test]
    fn narrowing_a_query_letter_by_letter_finds_what_searching_anew_finds() {
        let catalog = catalog();
        let mut finding = Finding::new(&catalog);
        let query = "lst dl fld :re";
        for end in 1..=query.len() {
            let Sought::Found(listed) = finding.seek(&query[..end], &catalog) else {
                panic!("so few rows are searched at once");
            };
            let anew = Search::new(&query[..end]).run(&catalog);
            assert_eq!(listed.iter().collect::<Vec<_>>(), anew, "{}", &query[..end]);
        }
    }
}
