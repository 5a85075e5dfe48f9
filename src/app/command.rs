use super::{Pane, Tab};

/// A request by a key, a click or a hint: the one list of all that the screen can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Move(Motion),
    /// Scrolls the details of the highlighted action.
    ScrollDetails(Motion),
    Toggle(AfterToggle),
    SelectListed,
    DeselectListed,
    Clear,
    Undo,
    Redo,
    NextSeparator,
    PreviousSeparator,
    CopyScopes,
    CopyUrl,
    CopyCommand,
    OnlySelected,
    OnlyCovered,
    /// From the guide's scopes to the least ones, or back.
    SwitchMode,
    /// Enter the app's current scopes.
    Grant,
    Show(Tab),
    SwitchTab,
    Focus(Pane),
    Search,
    Help,
    /// Draws the screen anew.
    Redraw,
    Done,
    /// One step back; the last step leaves.
    Back,
    /// Closes the overlay, or leaves.
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

/// The cursor's move after an action is selected or deselected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterToggle {
    Stay,
    Up,
    Down,
}
