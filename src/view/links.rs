use ratatui::layout::{Position, Rect};

/// Cells that open an address in terminals that have hyperlinks (OSC 8). The address is on the
/// screen as well, for those that have not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub area: Rect,
    pub address: String,
}

/// Ends whatever link is open.
pub const END: &str = "\x1b]8;;\x1b\\";

impl Link {
    /// Begins the link. An address with a control character in it begins none: it could end the
    /// sequence early.
    pub fn begin(&self) -> String {
        let harmless = !self.address.contains(char::is_control);
        if harmless { format!("\x1b]8;;{}\x1b\\", self.address) } else { END.to_owned() }
    }
}

/// The link that a cell is in.
pub fn at(links: &[Link], x: u16, y: u16) -> Option<&Link> {
    links.iter().find(|link| link.area.contains(Position::new(x, y)))
}
