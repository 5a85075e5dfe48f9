use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::domain::{ActionIndex, Catalog, Found, Search};

/// Actions, and bytes of text, each times the different words of a query, up to which a search is run at once: it
/// takes a few milliseconds.
const AT_ONCE: usize = 40_000;
const BYTES_AT_ONCE: usize = 8 << 20;

/// The search that the list answers, and whether a newer one is under way.
#[derive(Default)]
pub struct Finding {
    pub search: Arc<Search>,
    /// The actions that `search` has found, best first.
    pub found: Arc<[ActionIndex]>,
    /// The number of the search that `search` is.
    answered: u64,
    /// The number of the newest search. It rises with every search, which ends the others.
    newest: Arc<AtomicU64>,
}

/// The result of the search with this number.
#[derive(Clone, Debug)]
pub struct SearchResult {
    number: u64,
    search: Arc<Search>,
    actions: Arc<[ActionIndex]>,
}

impl Finding {
    /// Returns `true` if the newest search has no result yet.
    pub fn is_pending(&self) -> bool {
        self.answered != self.newest.load(Ordering::Relaxed)
    }

    /// Searches, or returns what will search if that may take longer than a frame. It returns `None` if
    /// a newer search has made it pointless.
    pub fn start(
        &mut self,
        query: &str,
        catalog: &Arc<Catalog>,
    ) -> Option<impl Fn() -> Option<SearchResult> + use<>> {
        // A search looks for each word once.
        let words = query.split_whitespace().collect::<HashSet<_>>().len();
        if words == 0 {
            self.search = Arc::default();
            self.answered = self.next();
            self.found = catalog.indices().collect();
            return None;
        }
        if catalog.len() * words <= AT_ONCE && catalog.text_bytes() * words <= BYTES_AT_ONCE {
            self.run(query, catalog);
            return None;
        }
        let number = self.next();
        let (query, catalog, newest) = (query.to_owned(), catalog.clone(), self.newest.clone());
        Some(move || {
            let is_wanted = || newest.load(Ordering::Relaxed) == number;
            let found = Search::run_while(&query, &catalog, &is_wanted)?;
            Some(SearchResult::new(number, found))
        })
    }

    /// Searches, however long that takes.
    pub fn run(&mut self, query: &str, catalog: &Catalog) {
        let number = self.next();
        self.accept(SearchResult::new(number, Search::run(query, catalog)));
    }

    fn next(&mut self) -> u64 {
        self.newest.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Returns `false` for the result of an earlier search, which changes nothing.
    pub fn accept(&mut self, SearchResult { number, search, actions }: SearchResult) -> bool {
        let is_newest = number == self.newest.load(Ordering::Relaxed);
        if is_newest {
            (self.answered, self.search, self.found) = (number, search, actions);
        }
        is_newest
    }
}

impl SearchResult {
    fn new(number: u64, Found { search, actions }: Found) -> Self {
        Self { number, search: Arc::new(search), actions: actions.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{
        AfterToggle, Command, Edit, Effect, LoadedCatalog, Message, Model, Motion, Start, update,
    };

    fn long_catalog(rows: usize) -> Arc<Catalog> {
        let entry =
            |n: usize| format!(r#"{{"id": "x_{n}", "label": "Label {n}", "scopes": ["s"]}}"#);
        let entries: Vec<_> = (0..rows).map(entry).collect();
        Arc::new(Catalog::parse(&format!("[{}]", entries.join(","))).expect("valid"))
    }

    fn pending(
        finding: &mut Finding,
        query: &str,
        catalog: &Arc<Catalog>,
    ) -> impl Fn() -> Option<SearchResult> + use<> {
        finding.start(query, catalog).expect("so many rows are not searched at once")
    }

    #[test]
    fn only_the_result_of_the_newest_search_is_accepted() {
        let catalog = long_catalog(AT_ONCE + 1);
        let mut finding = Finding::default();
        let first = pending(&mut finding, "77", &catalog);
        let second = pending(&mut finding, "777", &catalog);
        assert!(first().is_none(), "nobody waits for it");
        let found = second().expect("it is the newest search");
        assert_eq!((found.number, found.actions.len()), (2, 76));
        let earlier = SearchResult { number: 1, ..found.clone() };
        assert!(!finding.accept(earlier));
        assert!(finding.is_pending());
        assert!(finding.accept(found), "it is the newest search");
        assert!(!finding.is_pending());
        assert_eq!(*finding.found, Search::run("777", &catalog).actions);

        drop(pending(&mut finding, "7", &catalog));
        assert!(finding.start(" ", &catalog).is_none());
        assert_eq!(finding.found.len(), AT_ONCE + 1);
        assert!(!finding.is_pending());
    }

    #[test]
    fn a_list_of_usual_size_is_searched_at_once_for_few_words() {
        let catalog = long_catalog(AT_ONCE / 4);
        let is_at_once = |query| Finding::default().start(query, &catalog).is_none();
        assert!(is_at_once("7 8 9 a"));
        assert!(!is_at_once("7 8 9 a b"));
    }

    #[test]
    fn a_long_text_is_searched_beside_the_screen() {
        let label = "x".repeat(BYTES_AT_ONCE);
        let text = format!(r#"[{{"id": "x_a", "label": "{label}", "scopes": []}}]"#);
        let catalog = Arc::new(Catalog::parse(&text).expect("valid"));
        drop(pending(&mut Finding::default(), "y", &catalog));
    }

    fn loaded(catalog: &Arc<Catalog>) -> Message {
        let catalog = catalog.clone();
        Message::Loaded(LoadedCatalog { catalog, ..LoadedCatalog::default() })
    }

    #[test]
    fn the_model_lists_what_a_search_elsewhere_has_found() {
        let catalog = long_catalog(AT_ONCE + 1);
        let mut model = Model::new(Start::default());
        update(&mut model, loaded(&catalog));
        model.cursor.go_to(900);
        let Some(Effect::Run(job)) = update(&mut model, Message::Typed("77".into())) else {
            panic!("so many rows are not searched at once");
        };
        assert!(model.finding.is_pending());
        update(&mut model, job().expect("it is the newest search"));
        assert_eq!(*model.listed, Search::run("77", &catalog).actions);
        assert_eq!(model.cursor.row(), Some(0));
        assert!(!model.finding.is_pending());
    }

    #[test]
    fn what_acts_on_the_list_waits_for_the_newest_search() {
        let catalog = long_catalog(AT_ONCE + 1);
        let mut model = Model::new(Start::default());
        update(&mut model, loaded(&catalog));
        let found: Vec<_> = Search::run("777", &catalog).actions;
        for (asked, selected) in [
            (Command::SelectListed, &found[..]),
            (Command::DeselectListed, &[]),
            (Command::Toggle(AfterToggle::Stay), &found[..1]),
        ] {
            update(&mut model, Message::Edit(Edit::DeleteFromStart));
            let late = update(&mut model, Message::Typed("777".into()));
            update(&mut model, Message::Command(asked));
            assert_eq!(model.selection, selected.iter().copied().collect(), "{asked:?}");
            let Some(Effect::Run(late)) = late else { panic!("the list is searched beside it") };
            assert!(late().is_none(), "nobody waits for it");
        }
        update(&mut model, Message::Command(Command::Clear));
        update(&mut model, Message::Edit(Edit::DeleteFromStart));
        update(&mut model, Message::Typed("777".into()));
        let down = Command::Move(Motion::Down);
        for key in [down, down, Command::Toggle(AfterToggle::Down)] {
            update(&mut model, Message::Command(key));
        }
        assert_eq!(model.selection, found[2..3].iter().copied().collect());
    }
}
