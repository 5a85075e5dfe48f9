use super::Print;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The longest address, in bytes, that terminals with hyperlinks are known to open.
const LONGEST: usize = 2083;

/// Makes the text on one row open an address in terminals that have hyperlinks (OSC 8). The address
/// is on the screen as well, for those that have not. An address with a control character in it,
/// which could end the sequence early, and one that is too long are no links.
pub fn link(buffer: &mut Buffer, area: Rect, address: &str) {
    if address.len() > LONGEST || address.contains(char::is_control) {
        return;
    }
    let area = area.intersection(buffer.area);
    let text: String = area.positions().map(|place| buffer[place].symbol()).collect();
    let symbol = format!("\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\");
    buffer.print_as_one((area.x, area.y), area.width, &symbol);
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    fn linked(address: &str) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 5, 1));
        buffer.print((0, 0), "a取bc", 5, Style::new());
        link(&mut buffer, Rect::new(1, 0, 3, 1), address);
        buffer
    }

    #[test]
    fn a_link_is_one_cell_and_differs_by_its_address() {
        let (one, other) = (linked("https://a.example"), linked("https://b.example"));
        let sequence = "\x1b]8;;https://b.example\x1b\\取b\x1b]8;;\x1b\\";
        let changed: Vec<_> =
            one.diff_iter(&other).map(|(x, _, cell)| (x, cell.symbol().to_owned())).collect();
        assert_eq!(changed, [(1, sequence.to_owned())]);
        assert_eq!(one.diff_iter(&linked("https://a.example")).count(), 0);
        let plain = linked("\x1b");
        let changed: Vec<_> = one.diff_iter(&plain).map(|(x, _, _)| x).collect();
        assert_eq!(changed, [1, 3], "what the link stood for is painted again");
    }

    #[test]
    fn an_address_that_a_terminal_could_misread_is_no_link() {
        let is_link = |address: &str| linked(address).content[1].symbol().starts_with('\x1b');
        assert!(is_link("https://a.example"));
        assert!(!is_link("https://a.example\x1b\\"));
        assert!(is_link(&"x".repeat(LONGEST)));
        assert!(!is_link(&"x".repeat(LONGEST + 1)));
    }
}
