use super::{BINDINGS, Binding};

/// Commands that belong together, for the help and the tables of keys.
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

    /// Its rows of [`BINDINGS`], in their order.
    pub fn bindings(self) -> impl Iterator<Item = &'static Binding> {
        BINDINGS.iter().filter(move |binding| binding.group == self)
    }
}

/// The whole table in Markdown, for the documents.
pub fn key_table() -> String {
    let mut table = String::from("| | typing | browsing |\n|---|---|---|\n");
    for binding in BINDINGS {
        let [typing, browsing] = [binding.typing, binding.browsing].map(|keys| {
            let spans: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
            spans.join(" ")
        });
        table.push_str(&format!("| {} | {typing} | {browsing} |\n", binding.words));
    }
    table
}
