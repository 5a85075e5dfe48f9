use super::{AfterToggle, BINDINGS, Binding, Command, Motion, Pane, Tab};

/// Commands that belong together, for the help and the table of keys. The order here is not that of
/// [`BINDINGS`], which is the order of the hints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Selecting,
    Listing,
    Answer,
    Copying,
    Moving,
    Screens,
    Leaving,
}

impl Group {
    pub const ALL: [Self; 7] = [
        Self::Selecting,
        Self::Listing,
        Self::Answer,
        Self::Copying,
        Self::Moving,
        Self::Screens,
        Self::Leaving,
    ];

    pub const fn title(self) -> &'static str {
        match self {
            Self::Selecting => "Select",
            Self::Listing => "Search and list",
            Self::Answer => "Scopes",
            Self::Copying => "Copy",
            Self::Moving => "Move",
            Self::Screens => "Screens",
            Self::Leaving => "Leave",
        }
    }

    /// In the order in which they are shown.
    pub const fn commands(self) -> &'static [Command] {
        match self {
            Self::Selecting => &[
                Command::Toggle(AfterToggle::Down),
                Command::Toggle(AfterToggle::Up),
                Command::Toggle(AfterToggle::Stay),
                Command::SelectListed,
                Command::UntickListed,
                Command::Clear,
                Command::Undo,
                Command::Redo,
            ],
            Self::Listing => &[Command::Search, Command::OnlyTicked, Command::OnlyCovered],
            Self::Answer => &[
                Command::SwitchMode,
                Command::Grant,
                Command::NextSeparator,
                Command::PreviousSeparator,
            ],
            Self::Copying => &[Command::CopyScopes, Command::CopyUrl, Command::CopyCommand],
            Self::Moving => &[
                Command::Move(Motion::Up),
                Command::Move(Motion::Down),
                Command::Move(Motion::PageUp),
                Command::Move(Motion::PageDown),
                Command::Move(Motion::First),
                Command::Move(Motion::Last),
                Command::Focus(Pane::Actions),
                Command::Focus(Pane::Scopes),
                Command::ScrollDetails(Motion::Up),
                Command::ScrollDetails(Motion::Down),
            ],
            Self::Screens => &[
                Command::SwitchTab,
                Command::Show(Tab::Panel),
                Command::Show(Tab::Guide),
                Command::Help,
            ],
            Self::Leaving => {
                &[Command::Done, Command::Back, Command::Quit, Command::Leave, Command::Suspend]
            }
        }
    }

    /// The bindings of its commands, in their order.
    pub fn bindings(self) -> impl Iterator<Item = &'static Binding> {
        let binding =
            |command: &Command| BINDINGS.iter().find(|binding| binding.command == *command);
        self.commands().iter().filter_map(binding)
    }
}

/// The whole table in Markdown, for the documents.
pub fn key_table() -> String {
    let mut table = String::from("| | typing | browsing |\n|---|---|---|\n");
    for binding in Group::ALL.into_iter().flat_map(Group::bindings) {
        let [typing, browsing] = [binding.typing, binding.browsing].map(|keys| {
            let spans: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
            spans.join(" ")
        });
        table.push_str(&format!("| {} | {typing} | {browsing} |\n", binding.words));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_in_one_group() {
        let grouped: Vec<_> =
            Group::ALL.iter().flat_map(|group| group.commands().iter().copied()).collect();
        for binding in BINDINGS {
            let groups = grouped.iter().filter(|&&command| command == binding.command).count();
            assert_eq!(groups, 1, "{}", binding.name);
        }
        assert_eq!(grouped.len(), BINDINGS.len());
    }
}
