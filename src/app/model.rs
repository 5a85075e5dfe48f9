use std::sync::Arc;

use super::history::History;
use super::{Extents, ListCursor, Notice, Query, Scroll};
use crate::domain::{ActionIndex, Answer, Catalog, Change, Search, Selection, Separator};

/// All there is to know about the screen. Only [`update`](super::update) changes it.
pub struct Model {
    pub(super) catalog: Arc<Catalog>,
    /// The ticked actions. No change of the query changes it.
    pub(super) selection: Selection,
    /// Every change of `selection` since the start went through it.
    pub(super) history: History,
    /// Always what `selection` and `separator` come to.
    pub(super) answer: Answer,
    pub(super) separator: Separator,
    pub(super) query: Query,
    /// Always made from `query`.
    pub(super) search: Search,
    pub(super) listing: Listing,
    /// What matches `search` and belongs to `listing`, the best first.
    pub(super) listed: Vec<ActionIndex>,
    /// Always has as many rows as `listed`.
    pub(super) cursor: ListCursor,
    pub(super) focus: Focus,
    pub(super) scopes_scroll: Scroll,
    pub(super) cover: Option<Cover>,
    pub(super) cover_scroll: Scroll,
    /// About the last key, or about a copy that has come to its end since.
    pub(super) notice: Option<Notice>,
}

/// Where the keys go. Letters are text while typing and commands while browsing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Typing,
    Browsing(Pane),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    Actions,
    Scopes,
}

/// Which actions can be listed at all, whatever the query.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Listing {
    #[default]
    All,
    OnlyTicked,
}

/// A text that takes the place of the panes until it is put away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cover {
    Help,
    /// A text that could not be copied, to be taken with the mouse, and the reason.
    Uncopied {
        text: String,
        reason: String,
    },
}

/// What going one step back does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackStep {
    PutCoverAway,
    Browse,
    ClearQuery,
    ListAll,
    Leave,
}

/// What the screen begins with.
#[derive(Clone, Debug, Default)]
pub struct Start {
    pub selection: Selection,
    pub separator: Separator,
    pub query: String,
}

impl Model {
    pub fn new(catalog: Arc<Catalog>, start: Start) -> Self {
        let query = Query::new(&start.query);
        let mut model = Self {
            answer: Answer::of(&catalog, &start.selection, start.separator),
            search: Search::new(query.text()),
            selection: start.selection,
            history: History::default(),
            separator: start.separator,
            query,
            listing: Listing::All,
            listed: Vec::new(),
            cursor: ListCursor::default(),
            focus: Focus::Typing,
            scopes_scroll: Scroll::default(),
            cover: None,
            cover_scroll: Scroll::default(),
            notice: None,
            catalog,
        };
        model.list();
        model
    }

    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    pub fn separator(&self) -> Separator {
        self.separator
    }

    pub fn query(&self) -> &Query {
        &self.query
    }

    pub fn search(&self) -> &Search {
        &self.search
    }

    pub fn listing(&self) -> Listing {
        self.listing
    }

    pub fn listed(&self) -> &[ActionIndex] {
        &self.listed
    }

    pub fn cursor(&self) -> ListCursor {
        self.cursor
    }

    /// The action on the cursor's row; none where no action is listed.
    pub fn highlighted(&self) -> Option<ActionIndex> {
        self.listed.get(self.cursor.row()?).copied()
    }

    /// What toggling the highlighted action would do to the answer.
    pub fn change(&self) -> Option<Change> {
        self.highlighted().map(|action| self.catalog.change(action, &self.selection))
    }

    /// How many ticked actions the list does not show.
    pub fn hidden(&self) -> usize {
        let ticked = |&&action: &&ActionIndex| self.selection.contains(action);
        self.selection.len() - self.listed.iter().filter(ticked).count()
    }

    /// Where keys go. Under a cover they are commands.
    pub fn focus(&self) -> Focus {
        match (&self.cover, self.focus) {
            (Some(_), Focus::Typing) => Focus::Browsing(Pane::Actions),
            (_, focus) => focus,
        }
    }

    /// The next step back, of which there is always one until the screen is left.
    pub fn back_step(&self) -> BackStep {
        if self.cover.is_some() {
            BackStep::PutCoverAway
        } else if self.focus == Focus::Typing {
            BackStep::Browse
        } else if !self.query.is_empty() {
            BackStep::ClearQuery
        } else if self.listing == Listing::OnlyTicked {
            BackStep::ListAll
        } else {
            BackStep::Leave
        }
    }

    pub fn scopes_scroll(&self) -> Scroll {
        self.scopes_scroll
    }

    pub fn cover(&self) -> Option<&Cover> {
        self.cover.as_ref()
    }

    pub fn cover_scroll(&self) -> Scroll {
        self.cover_scroll
    }

    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// Whether clicks should come to the program. Not while a text is to be taken with the mouse,
    /// which is then the terminal's.
    pub fn takes_clicks(&self) -> bool {
        !matches!(self.cover, Some(Cover::Uncopied { .. }))
    }

    pub(super) fn measured(&mut self, extents: Extents) {
        self.cursor.set_height(extents.list_height);
        self.scopes_scroll.measured(extents.scopes_lines, extents.scopes_height);
        self.cover_scroll.measured(extents.cover_lines, extents.cover_height);
    }

    /// Makes `listed` hold again. The cursor keeps its row number.
    pub(super) fn list(&mut self) {
        self.listed = self.search.run(&self.catalog);
        if self.listing == Listing::OnlyTicked {
            self.listed.retain(|&action| self.selection.contains(action));
        }
        self.cursor.set_rows(self.listed.len());
    }

    /// Makes `answer` and `listed` hold again after a change of the selection.
    pub(super) fn selection_changed(&mut self) {
        self.answer = Answer::of(&self.catalog, &self.selection, self.separator);
        if self.listing == Listing::OnlyTicked {
            self.list();
        }
    }
}
