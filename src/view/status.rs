use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::fit;
use super::print::Print;
use super::theme::Theme;
use crate::app::Model;

/// The number of selected actions, and of those that the list hides. It gives up its margin where
/// the buttons beside it, up to the column `taken`, leave no gap.
pub fn paint(model: &Model, area: Rect, taken: u16, theme: Theme, buffer: &mut Buffer) {
    let text = text(model);
    let is_tight = taken + fit::columns(&text) >= area.right();
    let text = if is_tight { text.trim_end() } else { &text };
    buffer.print_line(area, &Line::styled(text, theme.strong()).right_aligned());
}

pub fn text(model: &Model) -> String {
    match model.hidden {
        0 => format!("{} selected ", model.selection.len()),
        hidden => format!("{} selected, {hidden} hidden ", model.selection.len()),
    }
}
