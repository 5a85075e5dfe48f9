use std::fmt;

use super::{Command, Edit, Pane};
use crate::domain::{CopyOutcome, Separator};

/// Something that happened, as the model understands it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    Command(Command),
    Edit(Edit),
    Paste(String),
    Click(Target),
    /// The wheel turned over a pane; down is positive.
    Wheel {
        over: Pane,
        lines: isize,
    },
    /// The panes have been laid out for the model and terminal as they are now.
    Measured(Extents),
    Copied {
        subject: Subject,
        text: String,
        outcome: CopyOutcome,
    },
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
    /// A place in the query, counted in characters.
    SearchBox(usize),
}

/// What the panes hold at the terminal's present size. Everything is counted in rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extents {
    /// The room for actions.
    pub list_height: usize,
    /// The room for the scopes, and what they would fill.
    pub scopes_height: usize,
    pub scopes_lines: usize,
    /// The room for the text that covers the panes, and what it would fill.
    pub cover_height: usize,
    pub cover_lines: usize,
}

/// Something that the model asks of the world. What comes of it returns as a [`Message`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    Copy { subject: Subject, text: String },
    Leave(Ending),
    Suspend,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The answer is wanted.
    Done,
    /// It is not.
    Left,
}

/// What a copy is a copy of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The joined scopes, this many.
    Scopes(usize),
    GuideUrl,
    Command,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scopes(1) => f.write_str("1 scope"),
            Self::Scopes(count) => write!(f, "{count} scopes"),
            Self::GuideUrl => f.write_str("the guide URL"),
            Self::Command => f.write_str("the shell command"),
        }
    }
}
