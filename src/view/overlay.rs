mod help;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::{Print, Theme, fit};
use crate::app::{Command, Model, Overlay};
use crate::domain::sanitize;

/// Prints a text that is to be selected with the mouse, if it is wholly on the screen, line by line
/// instead of row by row.
///
/// A terminal joins rows into one line, for a selection to take, only where text has run over the
/// edge by itself, and not where each row was painted for itself.
pub fn print_unwrapped(model: &Model, area: Rect, buffer: &mut Buffer) {
    let Some(Overlay::Uncopied { text, reason }) = &model.overlay else {
        return;
    };
    if model.overlay_scroll.first() > 0 || model.overlay_scroll.below() > 0 {
        return;
    }
    let columns = usize::from(area.width);
    let above = reason_lines(model, reason, columns).len() + 1;
    let mut row = usize::from(area.y) + above;
    for line in text.lines().map(sanitize) {
        let rows = fit::pieces(&line, columns);
        let (last, full) = rows.split_last().map_or(("", &rows[..0]), |(last, full)| (*last, full));
        // A terminal leaves what is in the last column when a wide character has no room there.
        if full.iter().all(|row| fit::width(row) == columns) {
            let taken = full.len() * columns + fit::width(last);
            buffer.print_as_one((area.x, fit::as_columns(row)), fit::as_columns(taken), &line);
        }
        row += rows.len().max(1);
    }
}

/// The first lines of an overlay, which stay where they are while the others scroll, and the others. A
/// text to be copied by hand stands alone, from the first column on and without marks, so that a mouse
/// takes it as it is.
pub fn content(model: &Model, columns: u16, theme: Theme) -> [Vec<Line<'static>>; 2] {
    let columns = usize::from(columns);
    let Some(Overlay::Uncopied { text, reason }) = &model.overlay else {
        let mut names_of_columns = help::lines(model, columns, theme);
        let lines = names_of_columns.split_off(1);
        return [names_of_columns, lines];
    };
    let reason = reason_lines(model, reason, columns).into_iter();
    let mut lines: Vec<_> = reason.map(|line| Line::styled(line, theme.muted())).collect();
    lines.push(Line::default());
    let beginning = fit::near(text, fit::LONGEST);
    for line in beginning.lines().map(sanitize) {
        let pieces = fit::pieces(&line, columns).into_iter();
        lines.extend(pieces.map(|piece| Line::raw(piece.to_owned())));
    }
    if beginning.len() < text.len() {
        lines.push(Line::styled("… is too long to be shown whole.", theme.muted()));
    }
    [Vec::new(), lines]
}

fn reason_lines(model: &Model, reason: &str, columns: usize) -> Vec<String> {
    let back = match model.key(Command::Back).as_str() {
        "" => String::new(),
        key => format!("; {key} goes back"),
    };
    let text = format!("Not copied: {reason}. Select the text with the mouse{back}.");
    fit::wrap(&sanitize(&text), columns.max(1))
}
