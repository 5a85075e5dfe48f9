use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::fit;
use super::print::Print;
use super::theme::Theme;
use crate::app::Model;

/// How much is ticked, and how much of that the list does not show.
pub fn paint(model: &Model, area: Rect, theme: Theme, buffer: &mut Buffer) {
    buffer.print_line(area, &Line::from(Span::styled(text(model), theme.strong())).right_aligned());
}

pub fn text(model: &Model) -> String {
    match model.hidden {
        0 => format!("{} selected ", model.selection.len()),
        hidden => format!("{} selected, {hidden} hidden ", model.selection.len()),
    }
}

/// What the text leaves of its row.
pub fn beside(model: &Model, area: Rect) -> Rect {
    let taken = fit::columns(&text(model));
    Rect { width: area.width.saturating_sub(taken), ..area }
}
