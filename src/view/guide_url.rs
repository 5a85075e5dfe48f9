use ratatui::buffer::Buffer;
use ratatui::layout::Offset;
use ratatui::text::Line;

use super::{Layout, Print, Theme, fit};
use crate::app::Model;
use crate::domain::sanitize;

pub fn paint(model: &Model, layout: &Layout, theme: Theme, buffer: &mut Buffer) {
    buffer.print_line(layout.url_heading, &Line::styled(" Guide URL", theme.strong()));
    let area = layout.url.offset(Offset::new(1, 0)).intersection(layout.url);
    let enough = usize::from(area.width) * usize::from(area.height) * char::MAX.len_utf8();
    let url = model.catalog().guide_url_start(&model.selection, enough).unwrap_or_default();
    let url = sanitize(&url);
    let lines = in_rows(&url, area.width.into(), area.height.into()).into_iter();
    buffer.print_lines(area, lines.map(|line| Line::styled(line, theme.muted())));
}

/// The URL from its beginning, in so many rows; an ellipsis where it goes on.
fn in_rows(url: &str, columns: usize, rows: usize) -> Vec<String> {
    if columns == 0 {
        return Vec::new();
    }
    let pieces = fit::pieces(url, columns);
    let mut lines: Vec<String> = pieces.iter().take(rows).map(|&piece| piece.to_owned()).collect();
    if let (Some(last), Some(next)) = (lines.last_mut(), pieces.get(rows)) {
        *last = fit::cut(&format!("{last}{next}"), columns).into_owned();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_that_goes_on_beyond_its_rows_says_so() {
        assert_eq!(in_rows("https://example", 5, 3), ["https", "://ex", "ample"]);
        assert_eq!(in_rows("https://example", 5, 2), ["https", "://e…"]);
        assert_eq!(in_rows("https://example", 0, 2), [""; 0]);
    }
}
