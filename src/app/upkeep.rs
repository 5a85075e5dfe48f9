//! Recomputes the fields of the model that follow from others.

use std::sync::Arc;

use super::{Effect, Extents, Listing, Message, Model, Scroll, Tab};
use crate::domain::{ActionIndex, Answer, Budget, Document, LeastSearch, Refusals};

impl Model {
    pub(super) fn measured(&mut self, extents: Extents) -> Option<Effect> {
        self.cursor.set_height(extents.list_height);
        self.is_list_alone = extents.is_list_alone;
        self.scopes_scroll.measured(extents.scopes);
        if extents.details.is_some() && self.details_of != self.highlighted() {
            self.details_of = self.highlighted();
            self.details_scroll = Scroll::default();
        }
        self.details_scroll.measured(extents.details);
        self.overlay_scroll.measured(extents.overlay);
        self.guide.scroll.measured(extents.guide);
        self.begin_to_solve()
    }

    /// Asks for the rest of a search that takes longer than a frame. One goes on at a time: when it
    /// ends, the next one is that for the newest answer.
    fn begin_to_solve(&mut self) -> Option<Effect> {
        if self.is_solving || self.answer.search != LeastSearch::Unfinished {
            return None;
        }
        self.is_solving = true;
        let (number, mode) = (self.answered, self.answer.mode);
        let (catalog, selection) = (self.catalog.clone(), self.selection.clone());
        Some(Effect::Run(Arc::new(move || {
            let answer = Box::new(Answer::in_mode(&catalog, &selection, mode));
            Some(Message::Solved { number, answer })
        })))
    }

    pub(super) fn solved(&mut self, number: u64, answer: Answer) {
        self.is_solving = false;
        if number == self.answered && self.answer.search == LeastSearch::Unfinished {
            self.set_answer(answer);
        }
    }

    /// Ends the search at once, before the answer is handed out.
    pub(super) fn solve(&mut self) {
        if self.answer.search == LeastSearch::Unfinished {
            self.set_answer(Answer::in_mode(&self.catalog, &self.selection, self.answer.mode));
        }
    }

    /// Searches for the query, or begins to.
    pub(super) fn search_again(&mut self) -> Option<Effect> {
        let job = self.finding.start(self.query.text(), &self.catalog);
        if job.is_none() {
            self.show_found();
        }
        job.map(|job| Effect::Run(Arc::new(move || job().map(Message::Found))))
    }

    /// Ends a search that is under way, before its list is acted on: what is listed until then is
    /// another query's.
    pub(super) fn finish_search(&mut self) {
        if self.finding.is_pending() {
            self.finding.run(self.query.text(), &self.catalog);
            self.show_found();
        }
    }

    /// A new list is read from its top.
    pub(super) fn show_found(&mut self) {
        if !self.finding.found.is_empty() {
            self.drop_provisional_notice();
        }
        self.cursor.go_to(0);
        self.refresh_listed();
    }

    pub(super) fn drop_provisional_notice(&mut self) {
        self.notice.take_if(|notice| notice.is_provisional);
    }

    /// Recomputes `listed`. The cursor stays with its action where that is still listed.
    pub(super) fn refresh_listed_at_action(&mut self) {
        let action = self.highlighted();
        self.refresh_listed();
        self.put_cursor_on(action);
    }

    /// Returns `false` if there is no action, or if it is not listed.
    pub(super) fn put_cursor_on(&mut self, action: Option<ActionIndex>) -> bool {
        let row = action.and_then(|of| self.listed.iter().position(|&listed| listed == of));
        row.inspect(|&row| self.cursor.go_to(row)).is_some()
    }

    /// Recomputes `listed`. The cursor keeps its row number.
    pub(super) fn refresh_listed(&mut self) {
        let found = self.finding.found.iter().copied();
        self.listed = match self.listing {
            Listing::All => self.finding.found.clone(),
            Listing::OnlySelected => found.filter(|&a| self.selection.contains(a)).collect(),
            Listing::OnlyCovered => {
                let granted = self.granted.as_ref().map(|granted| &granted.scopes);
                let covered = self.catalog.covered(granted.unwrap_or(&self.answer.scopes));
                found.filter(|&action| covered.contains(action)).collect()
            }
        };
        self.cursor.set_rows(self.listed.len());
        self.count_hidden();
    }

    fn count_hidden(&mut self) {
        let listed = || self.listed.iter().filter(|&&action| self.selection.contains(action));
        self.hidden = match self.selection.len() {
            selected if selected > 0 && self.listed.len() < self.catalog.len() => {
                selected - listed().count()
            }
            _ => 0,
        };
    }

    /// Recomputes `to_change`.
    pub(super) fn compare_granted(&mut self) {
        let granted = self.granted.as_ref().filter(|_| !self.selection.is_empty());
        self.to_change = granted
            .map(|granted| self.catalog.to_change(granted, &self.answer.scopes, &self.selection));
    }

    /// Recomputes `answer` and all that follows from it.
    pub(super) fn answer_again(&mut self) {
        self.answered += 1;
        let (catalog, selection) = (&self.catalog, &self.selection);
        self.set_answer(Answer::within(Budget::Frame, catalog, selection, self.answer.mode));
    }

    /// Makes the guide for the present selection. Returns `false` if the catalog has none.
    pub(super) fn make_guide(&mut self) -> bool {
        if !self.guide.is_current
            && let Some(document) = Document::of(&self.catalog, &self.selection, &self.answer)
        {
            self.guide.show(document);
        }
        self.guide.is_current
    }

    fn set_answer(&mut self, answer: Answer) {
        self.answer = answer;
        let (catalog, selection) = (&self.catalog, &self.selection);
        let scopes = &self.answer.scopes;
        self.refusals = Refusals::of(catalog, selection.iter(), scopes);
        let needing = self.answer.needing(catalog, selection).into_iter();
        self.needed = scopes.iter().zip(needing.map(|actions| actions.len())).collect();
        self.scope_cursor.set_rows(scopes.len());
        self.compare_granted();
        self.guide.is_current = false;
        if self.tab == Tab::Guide {
            self.make_guide();
        }
        match self.listing {
            Listing::All => self.count_hidden(),
            Listing::OnlySelected | Listing::OnlyCovered => self.refresh_listed_at_action(),
        }
    }
}
