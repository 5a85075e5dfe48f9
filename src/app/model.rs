use std::sync::Arc;

use super::history::History;
use super::{
    Command, Finding, Focus, GuidePane, Key, Keymap, ListCursor, Loading, Notice, Pane, Query,
    Scroll, Tab,
};
use crate::domain::{
    ActionIndex, Answer, Catalog, CommandStart, Coverage, Difference, Granted, GrantedChange,
    GrantedError, LeastSearch, Mode, Refusals, ScopeIndex, ScopeList, ScopeSet, Selection,
    Separator, Verdict,
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
    /// The answer to `selection`, in the mode that the user has chosen. A search beside the screen
    /// completes it if it is unfinished.
    pub answer: Answer,
    /// The number of the answer. It rises with every change of the selection, catalog or mode.
    pub(super) answered: u64,
    /// Whether a search for the least privilege goes on beside the screen.
    pub(super) is_solving: bool,
    /// The selected actions that the API does not let through with the answer's scopes.
    pub refusals: Refusals,
    /// The scopes of the answer, in its order, each with the number of selected actions that need it.
    pub needed: Vec<(ScopeIndex, usize)>,
    /// The change from the granted scopes to the answer. `None` if no scopes are granted.
    pub to_change: Option<GrantedChange>,
    pub separator: Separator,
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
    /// All keys.
    Help,
    /// A text that could not be copied, to be selected with the mouse, and the reason.
    Uncopied { text: String, reason: String },
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

/// The line in which the scopes that the app has are entered.
#[derive(Default)]
pub struct Granting {
    pub line: Query,
    /// The tab and focus to return to.
    pub(super) before: (Tab, Focus),
    /// The scopes that exactly this text stands for, which was put into the line, not typed.
    pub(super) held: Option<(String, Result<Granted, GrantedError>)>,
    /// A line that was entered before the whole catalog was there, and is to be read, or to be corrected.
    pub(super) later: Option<String>,
}

impl Granting {
    /// Remembers what the line, as it is, stands for.
    pub(super) fn hold(&mut self, read: Result<Granted, GrantedError>) {
        self.held = Some((self.line.text().to_owned(), read));
    }
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
    /// A model whose catalog is still to come, by [`Message::Loaded`](super::Message::Loaded).
    pub fn new(start: Start) -> Self {
        let mut model = Self {
            loading: Loading::Reading { bytes: 0, total: None },
            keymap: start.keymap,
            command_start: start.command,
            awaits: start.awaits,
            separator: start.separator,
            query: Query::new(&start.query),
            notice: start.notice.map(Notice::plain),
            ..Self::default()
        };
        model.answer.mode = start.mode;
        model
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

    /// Returns the change of the answer if an action is toggled. `None` if finding it takes longer than a frame.
    pub fn consequence(&self, action: ActionIndex) -> Option<Difference> {
        if self.answer.mode == Mode::Least {
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
        match self.answer.mode {
            Mode::Guide => self.catalog.verdict_with_own(action, &self.answer.scopes),
            Mode::Least => {
                let clauses = self.catalog.clauses(action).into_iter().flatten();
                self.catalog.verdict(action, &clauses.flat_map(ScopeSet::iter).collect())
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
        self.answer.needs(&self.catalog, action).contains(scope)
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
        self.key_of(command).map_or_else(String::new, |key| key.to_string())
    }

    /// The command's first key under the present focus.
    pub fn key_of(&self, command: Command) -> Option<Key> {
        self.keymap.key(command, self.focus())
    }

    /// The end of a sentence that says which keys do what, such as `; Ctrl-_ undoes it`. Commands
    /// without a key are left out; if none has one, the end is empty.
    pub(super) fn ways(&self, mark: &str, does: &[(Command, &str)]) -> String {
        let way = |&(command, does)| Some(format!("{} {does}", self.key_of(command)?));
        let ways: Vec<_> = does.iter().filter_map(way).collect();
        if ways.is_empty() { String::new() } else { format!("{mark} {}", ways.join(", ")) }
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
}
