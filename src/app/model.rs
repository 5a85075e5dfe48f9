use std::sync::Arc;

use super::granting::Granting;
use super::history::History;
use super::{
    Command, Effect, Extents, Finding, Focus, GuidePane, Keymap, ListCursor, Loading, Message,
    Notice, Pane, Query, Scroll, Tab,
};
use crate::domain::{
    ActionIndex, Answer, Budget, Catalog, CommandStart, Coverage, Difference, Document,
    GrantedChange, LeastSearch, Mode, Refusals, ScopeIndex, ScopeList, Selection, Separator,
    Verdict,
};

/// All there is to know about the screen. Painters and the loop read its fields; only
/// [`update`](super::update) changes them.
#[derive(Default)]
pub struct Model {
    /// Empty until all of it is there.
    pub(super) catalog: Arc<Catalog>,
    pub loading: Loading,
    /// Which keys the screen names, and listens to.
    pub keymap: Keymap,
    pub(super) command_start: CommandStart,
    pub(super) awaits: PendingArgs,
    /// The selected actions. No change of the query changes it.
    pub selection: Selection,
    /// Every change of `selection` since the start went through it.
    pub(super) history: History,
    /// Always what `selection` and `mode` come to. While its search is unfinished, another goes on
    /// beside the screen.
    pub answer: Answer,
    /// The number of the answer. It rises with every change of the selection, catalog or mode.
    answered: u64,
    /// Whether a search for the least privilege goes on beside the screen.
    is_solving: bool,
    /// The selected actions that the API does not let through with the answer's scopes.
    pub refusals: Refusals,
    /// The scopes of the answer, in its order, each with the number of selected actions that need it.
    pub needed: Vec<(ScopeIndex, usize)>,
    /// The change from the granted scopes to the answer. `None` if no scopes are granted.
    pub to_change: Option<GrantedChange>,
    pub separator: Separator,
    pub mode: Mode,
    /// The scopes that the app has today, where the user has said so.
    pub granted: Option<ScopeList>,
    pub granting: Granting,
    pub tab: Tab,
    pub guide: GuidePane,
    pub query: Query,
    /// Always searches for `query`.
    pub finding: Finding,
    pub listing: Listing,
    /// The found actions that belong to `listing`.
    pub listed: Arc<[ActionIndex]>,
    /// The number of selected actions that are not in `listed`.
    pub hidden: usize,
    /// Always has as many rows as `listed`.
    pub cursor: ListCursor,
    pub(super) focus: Focus,
    /// Whether no other pane than the actions can have the focus, for want of room.
    pub is_list_alone: bool,
    /// One row a scope of the answer.
    pub scope_cursor: ListCursor,
    pub scopes_scroll: Scroll,
    pub details_scroll: Scroll,
    /// The action that the details have been scrolled for.
    pub(super) details_of: Option<ActionIndex>,
    pub overlay: Option<Overlay>,
    pub overlay_scroll: Scroll,
    /// The notice that stood before this key: a question that the same key again answers.
    pub(super) asked: Option<Notice>,
    /// About the last key, or about a copy that has come to its end since.
    pub notice: Option<Notice>,
}

/// Which actions can be listed at all, whatever the query.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Listing {
    #[default]
    All,
    OnlySelected,
    /// Actions that work with the granted scopes, or, if there are none, with those of the answer.
    OnlyCovered,
}

/// A text in place of the panes, until it is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    Help,
    /// A text that could not be copied, to be selected with the mouse, and the reason.
    Uncopied {
        text: String,
        reason: String,
    },
}

/// The next step back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackStep {
    CloseOverlay,
    StopLoading,
    CancelGranting,
    ToPanel,
    Browse,
    ClearQuery,
    ListAll,
    Leave,
}

/// The initial state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Start {
    pub separator: Separator,
    pub mode: Mode,
    pub query: String,
    pub keymap: Keymap,
    pub command: CommandStart,
    pub awaits: PendingArgs,
    /// The first notice.
    pub notice: Option<&'static str>,
}

/// Arguments of the command line that wait for the whole catalog.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PendingArgs {
    /// The flag that names actions to select.
    pub selects: Option<&'static str>,
    /// Scopes that the app has.
    pub granted: bool,
}

impl Model {
    /// A model whose catalog is still to come, by [`Message::Loaded`].
    pub fn new(start: Start) -> Self {
        Self {
            loading: Loading::Reading { bytes: 0, total: None },
            keymap: start.keymap,
            command_start: start.command,
            awaits: start.awaits,
            separator: start.separator,
            mode: start.mode,
            query: Query::new(&start.query),
            notice: start.notice.map(Notice::plain),
            ..Self::default()
        }
    }

    pub fn is_whole(&self) -> bool {
        self.loading == Loading::Whole
    }

    /// `false` if the catalog has been read and has no guide.
    pub fn may_have_guide(&self) -> bool {
        self.loading.is_reading() || self.catalog.guide().is_some()
    }

    /// Returns `false` for a command that has nothing to do in this catalog, because it has no guide,
    /// no page or only one way to answer. Hints, buttons and the help leave such commands out.
    pub fn offers(&self, command: Command) -> bool {
        match command {
            Command::CopyUrl => self.loading.is_reading() || self.catalog.page().is_some(),
            Command::SwitchTab | Command::Show(_) => self.may_have_guide(),
            Command::SwitchMode => {
                self.catalog.reference().is_some() && !self.catalog.is_described()
            }
            _ => true,
        }
    }

    /// Returns ` so far` unless the whole catalog is there, for sentences that miss something in it.
    pub fn so_far(&self) -> &'static str {
        if self.is_whole() { "" } else { " so far" }
    }

    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The scopes of the answer, joined: what is copied and printed.
    pub fn text(&self) -> String {
        self.answer.text(&self.catalog, self.separator)
    }

    /// Returns the action on the cursor's row. `None` if no action is listed.
    pub fn highlighted(&self) -> Option<ActionIndex> {
        self.listed.get(self.cursor.row()?).copied()
    }

    /// What toggling an action would do to the answer. `None` if that takes longer than a frame.
    pub fn consequence(&self, action: ActionIndex) -> Option<Difference> {
        if self.mode == Mode::Least {
            let verdict = self.catalog.verdict(action, &self.answer.scopes);
            // The least that authorises it too is still the least.
            if verdict == Verdict::Accepted && !self.selection.contains(action) {
                return Some(Difference::default());
            }
            if self.answer.search != LeastSearch::Proved {
                return None;
            }
        }
        self.catalog.consequence(action, &self.selection, &self.answer)
    }

    /// Returns the API's verdict on an action with the answer's scopes; for one that is not selected,
    /// with those that selecting it would give.
    pub fn verdict(&self, action: ActionIndex) -> Verdict {
        if self.selection.contains(action) {
            return self.catalog.verdict(action, &self.answer.scopes);
        }
        match self.mode {
            Mode::Guide => self.catalog.verdict_with_own(action, &self.answer.scopes),
            Mode::Least => {
                let accepted = self.catalog.accepted(action).unwrap_or_default();
                self.catalog.verdict(action, &accepted)
            }
        }
    }

    /// Returns whether an action works with the granted scopes. `None` if there are none.
    pub fn coverage(&self, action: ActionIndex) -> Option<Coverage> {
        Some(self.catalog.coverage(action, &self.granted.as_ref()?.scopes))
    }

    /// Returns a sentence about unknown granted scopes. `None` as long as the catalog may yet have
    /// them.
    pub fn unknown_granted(&self) -> Option<String> {
        self.granted.as_ref().filter(|_| self.is_whole())?.unknown_words()
    }

    /// The selected actions that need this scope of the answer, in catalog order.
    pub fn needing(&self, scope: ScopeIndex) -> impl Iterator<Item = ActionIndex> {
        self.selection.iter().filter(move |&action| self.needs(action, scope))
    }

    fn needs(&self, action: ActionIndex, scope: ScopeIndex) -> bool {
        self.answer.needs(&self.catalog, action).any(|needed| needed == scope)
    }

    /// Returns `true` if the action is selected and needs the focused scope.
    pub fn needs_focused_scope(&self, action: ActionIndex) -> bool {
        self.focused_scope()
            .is_some_and(|scope| self.selection.contains(action) && self.needs(action, scope))
    }

    /// The scope that the cursor of the scopes is on, while that pane has the focus.
    pub fn focused_scope(&self) -> Option<ScopeIndex> {
        if self.focus() != Focus::Browsing(Pane::Scopes) {
            return None;
        }
        self.needed.get(self.scope_cursor.row()?).map(|&(scope, _)| scope)
    }

    /// Returns where keys go. In an overlay and in the guide, all of them are commands.
    pub fn focus(&self) -> Focus {
        match self.focus {
            _ if self.overlay.is_some() => Focus::Browsing(Pane::Actions),
            Focus::Typing if self.tab == Tab::Guide => Focus::Browsing(Pane::Actions),
            Focus::Browsing(_) if self.is_list_alone => Focus::Browsing(Pane::Actions),
            focus => focus,
        }
    }

    /// The name of a command's first key under the present focus. Empty if it has none.
    pub fn key(&self, command: Command) -> String {
        self.keymap.key(command, self.focus()).map_or_else(String::new, |key| key.to_string())
    }

    /// The name of a command's first key under the present focus, or else while browsing. Empty if
    /// the command has no key.
    pub fn key_name(&self, command: Command) -> String {
        let focuses = [self.focus(), Focus::Browsing(Pane::Actions)];
        let key = focuses.into_iter().find_map(|focus| self.keymap.key(command, focus));
        key.map_or_else(String::new, |key| key.to_string())
    }

    /// `; Ctrl-_ undoes it`, for the end of a notice. Empty if no key does.
    pub(super) fn undo_hint(&self) -> String {
        match self.key_name(Command::Undo) {
            key if key.is_empty() => key,
            key => format!("; {key} undoes it"),
        }
    }

    /// The next step back, of which there is always one until the screen is left.
    pub fn back_step(&self) -> BackStep {
        if self.overlay.is_some() {
            BackStep::CloseOverlay
        } else if self.focus == Focus::Granting {
            BackStep::CancelGranting
        } else if self.loading.is_reading() {
            BackStep::StopLoading
        } else if self.tab == Tab::Guide {
            BackStep::ToPanel
        } else if self.focus == Focus::Typing {
            BackStep::Browse
        } else if !self.query.is_empty() {
            BackStep::ClearQuery
        } else if self.listing != Listing::All {
            BackStep::ListAll
        } else {
            BackStep::Leave
        }
    }

    /// Returns whether clicks come to the program. While a text is to be selected with the mouse,
    /// they are the terminal's.
    pub fn takes_clicks(&self) -> bool {
        !matches!(self.overlay, Some(Overlay::Uncopied { .. }))
    }

    /// Answers a key with a notice.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(self.answer_to_key(text));
    }

    pub(super) fn answer_to_key(&self, text: impl Into<String>) -> Notice {
        Notice { is_provisional: self.loading.is_reading(), ..Notice::plain(text) }
    }

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
        let (number, mode) = (self.answered, self.mode);
        let (catalog, selection) = (self.catalog.clone(), self.selection.clone());
        Some(Effect::Search(Arc::new(move || {
            let answer = Box::new(Answer::in_mode(&catalog, &selection, mode));
            Some(Message::Solved { number, answer })
        })))
    }

    pub(super) fn solved(&mut self, number: u64, answer: Answer) {
        self.is_solving = false;
        if number == self.answered && self.answer.search == LeastSearch::Unfinished {
            self.take_answer(answer);
        }
    }

    /// Ends the search at once, before the answer is handed out.
    pub(super) fn solve(&mut self) {
        if self.answer.search == LeastSearch::Unfinished {
            self.take_answer(Answer::in_mode(&self.catalog, &self.selection, self.mode));
        }
    }

    /// Searches for the query, or begins to.
    pub(super) fn search_again(&mut self) -> Option<Effect> {
        let job = self.finding.start(self.query.text(), &self.catalog);
        if job.is_none() {
            self.show_found();
        }
        job.map(|job| Effect::Search(Arc::new(move || job().map(Message::Found))))
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
        self.list();
    }

    pub(super) fn drop_provisional_notice(&mut self) {
        self.notice.take_if(|notice| notice.is_provisional);
    }

    /// Makes `listed` hold again. The cursor stays with its action where that is still listed.
    pub(super) fn list_again(&mut self) {
        let action = self.highlighted();
        self.list();
        self.put_cursor_on(action);
    }

    /// Returns `false` if there is no action, or if it is not listed.
    pub(super) fn put_cursor_on(&mut self, action: Option<ActionIndex>) -> bool {
        let row = action.and_then(|of| self.listed.iter().position(|&listed| listed == of));
        row.inspect(|&row| self.cursor.go_to(row)).is_some()
    }

    /// Makes `listed` hold again. The cursor keeps its row number.
    pub(super) fn list(&mut self) {
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
        self.hide();
    }

    fn hide(&mut self) {
        let listed = || self.listed.iter().filter(|&&action| self.selection.contains(action));
        self.hidden = match self.selection.len() {
            selected if selected > 0 && self.listed.len() < self.catalog.len() => {
                selected - listed().count()
            }
            _ => 0,
        };
    }

    /// Makes `to_change` hold again.
    pub(super) fn compare_granted(&mut self) {
        let granted = self.granted.as_ref().filter(|_| !self.selection.is_empty());
        self.to_change = granted
            .map(|granted| self.catalog.to_change(granted, &self.answer.scopes, &self.selection));
    }

    /// Makes `answer` and all that follows from it hold again.
    pub(super) fn answer_again(&mut self) {
        self.answered += 1;
        let (catalog, selection) = (&self.catalog, &self.selection);
        self.take_answer(Answer::within(Budget::Frame, catalog, selection, self.mode));
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

    fn take_answer(&mut self, answer: Answer) {
        self.answer = answer;
        let (catalog, selection) = (&self.catalog, &self.selection);
        let scopes = &self.answer.scopes;
        self.refusals = Refusals::of(catalog, selection.iter(), scopes);
        let counts = self.answer.counts(catalog, selection);
        self.needed = scopes.iter().zip(counts).collect();
        self.scope_cursor.set_rows(scopes.len());
        self.compare_granted();
        self.guide.is_current = false;
        if self.tab == Tab::Guide {
            self.make_guide();
        }
        match self.listing {
            Listing::All => self.hide(),
            Listing::OnlySelected | Listing::OnlyCovered => self.list_again(),
        }
    }
}
