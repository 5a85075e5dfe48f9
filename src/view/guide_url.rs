use ratatui::buffer::Buffer;
use ratatui::layout::Offset;
use ratatui::text::Line;

use super::{Layout, Print, Theme, fit};
use crate::app::Model;

pub fn paint(model: &Model, layout: &Layout, theme: Theme, buffer: &mut Buffer) {
    buffer.print_line(layout.url_heading, &Line::styled(" Guide URL", theme.strong()));
    let area = layout.url.offset(Offset::new(1, 0)).intersection(layout.url);
    let enough = usize::from(area.width) * usize::from(area.height) * char::MAX.len_utf8();
    let url = model.catalog().guide_url_start(&model.selection, enough).unwrap_or_default();
    let lines = in_rows(&url, area.width.into(), area.height.into()).into_iter();
    buffer.print_lines(area, lines.map(|line| Line::styled(line, theme.muted())));
}

/// The URL from its beginning, in so many rows; an ellipsis where it goes on.
fn in_rows(url: &str, columns: usize, rows: usize) -> Vec<String> {
    let url = fit::shown(url, columns * rows);
    fit::pieces(&url, columns).into_iter().map(str::to_owned).collect()
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
