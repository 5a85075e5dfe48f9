use std::ops::Range;

/// The longest address, in bytes, that terminals with hyperlinks are known to open.
const LONGEST: usize = 2083;

/// Columns of a row that open an address in terminals that have hyperlinks (OSC 8). The address is
/// on the screen as well, for those that have not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    columns: Range<u16>,
    address: String,
}

/// Ends whatever link is open.
pub const END: &str = "\x1b]8;;\x1b\\";

impl Link {
    /// None for an address with a control character in it, which could end the sequence early, and
    /// for one that is too long.
    pub fn of(columns: Range<u16>, address: &str) -> Option<Self> {
        let harmless = address.len() <= LONGEST && !address.contains(char::is_control);
        harmless.then(|| Self { columns, address: address.to_owned() })
    }

    /// Begins the link.
    pub fn begin(&self) -> String {
        format!("\x1b]8;;{}\x1b\\", self.address)
    }
}

/// The link that a column is in.
pub fn at(links: &[Link], x: u16) -> Option<&Link> {
    links.iter().find(|link| link.columns.contains(&x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_a_terminal_could_misread_is_no_link() {
        assert!(Link::of(0..1, "https://a.example").is_some());
        assert!(Link::of(0..1, "https://a.example\x1b\\").is_none());
        assert!(Link::of(0..1, &"x".repeat(LONGEST)).is_some());
        assert!(Link::of(0..1, &"x".repeat(LONGEST + 1)).is_none());
    }
}
