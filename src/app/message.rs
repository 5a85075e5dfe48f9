use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::{Command, Edit, LoadedCatalog, SearchResult};
use crate::domain::{ActionIndex, Answer, CopyOutcome, Mode, Separator, pluralize};

/// Something that happened, as the model understands it.
#[derive(Clone, Debug)]
pub enum Message {
    /// A key or a button.
    Command(Command),
    /// A key that edits the line that is typed in.
    Edit(Edit),
    /// Characters that were typed, as many as came together.
    Typed(String),
    /// Text that came at once.
    Paste(String),
    /// A click on something.
    Click(Target),
    /// Selects or deselects these actions, listed or not, in one step of the history.
    Select { actions: Vec<ActionIndex>, selected: bool },
    /// The wheel turned over a pane; down is positive.
    Wheel { over: Over, lines: isize },
    /// The panes have been laid out for the model and terminal as they are now.
    Measured(Extents),
    /// A copy has come to its end.
    Copied { subject: Subject, text: String, outcome: CopyOutcome },
    /// `bytes` of the catalog have been read, of `total` if that is known.
    Read { bytes: u64, total: Option<u64> },
    /// All of the catalog is there.
    Loaded(LoadedCatalog),
    /// A search that was asked for has come to its end.
    Found(SearchResult),
    /// The search for the least privilege has ended, for the answer with this number.
    Solved { number: u64, answer: Box<Answer> },
    /// Finish the search for the least privilege before anything else happens.
    Solve,
    /// Something that was asked of the world cannot be done, for this reason: a sentence.
    Refused(String),
}

/// Something on the screen that can be clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A row of the list, counted from its first.
    Row(usize),
    Button(Command),
    Separator(Separator),
    Mode(Mode),
    /// A place in the query, counted in characters.
    SearchBox(usize),
    /// A scope of the answer, counted from its first.
    Scope(usize),
    /// An anchor of the guide, counted from its first.
    Anchor(usize),
}

/// The extents of the panes, in rows. A pane that is not on the screen has `None`, and keeps its
/// place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extents {
    /// The room for actions.
    pub list_height: usize,
    /// Whether the terminal is too small for anything but them.
    pub is_list_alone: bool,
    pub scopes: Option<Extent>,
    pub details: Option<Extent>,
    /// An overlay over the panes.
    pub overlay: Option<Extent>,
    pub guide: Option<Extent>,
}

/// The pane under the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    Actions,
    Scopes,
    Details,
}

/// A text in a pane, in lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// The room for it.
    pub height: usize,
    /// Its lines, on the screen or not.
    pub lines: usize,
    /// Those that the pane's cursor is on.
    pub current: Range<usize>,
}

/// Work that may take longer than a frame, to be run on any thread. Returns `None` if newer work has
/// made it pointless.
pub type Job = Arc<dyn Fn() -> Option<Message> + Send + Sync>;

/// Something that the model asks of the world. What comes of it returns as a [`Message`].
pub enum Effect {
    /// Copy this text.
    Copy { subject: Subject, text: String },
    /// Run this beside the screen, and hand back the message that it returns.
    Run(Job),
    /// Read the catalog no further.
    StopLoading,
    /// Draw the screen anew.
    Redraw,
    /// Leave the screen.
    Leave(Ending),
    /// Stop the program.
    Suspend,
}

/// The reason why the screen was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The answer is wanted: the joined scopes of the selection, empty if it needs none.
    Done(String),
    /// The answer is wanted, but nothing is selected.
    NothingSelected,
    Left,
    /// By Ctrl-C, or by the signal that it stands for.
    Interrupted,
    /// By another signal.
    Terminated,
    /// The terminal is gone; nothing can be drawn any more.
    Hangup,
    /// The catalog cannot be used, for this reason: a sentence.
    Failed(String),
}

/// The thing that is copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The joined scopes, this many.
    Scopes(usize),
    GuideUrl,
    Command,
    /// Something in the guide, by its name there.
    Item(String),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scopes(count) => f.write_str(&pluralize(*count, "scope")),
            Self::GuideUrl => f.write_str("guide URL"),
            Self::Command => f.write_str("shell command"),
            Self::Item(name) => f.write_str(name),
        }
    }
}
