use super::{Pane, Tab};

/// What a key, a click or a hint can ask for. The one list of all that the screen can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Move(Motion),
    /// Moves what is said of the highlighted action.
    ScrollDetails(Motion),
    Toggle(AfterToggle),
    SelectListed,
    UntickListed,
    Clear,
    Undo,
    Redo,
    NextSeparator,
    PreviousSeparator,
    CopyScopes,
    CopyUrl,
    CopyCommand,
    OnlyTicked,
    OnlyCovered,
    /// From the guide's scopes to the least ones, or back.
    SwitchMode,
    /// To say which scopes the app has today.
    Grant,
    Show(Tab),
    SwitchTab,
    Focus(Pane),
    Search,
    Help,
    Done,
    /// One step back; the last step leaves.
    Back,
    /// Puts a cover away, or leaves.
    Quit,
    /// Leaves at once, from anywhere.
    Leave,
    Suspend,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
}

/// Where the cursor goes after a tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterToggle {
    Stay,
    Up,
    Down,
}
