use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::Target;

/// A text in its place, and what a click on it means.
pub struct Label {
    pub area: Rect,
    pub line: Line<'static>,
    pub target: Option<Target>,
}

/// Labels side by side, as many as there is room for, each `gap` columns behind the one before.
pub fn in_a_row(
    area: Rect,
    gap: u16,
    texts: impl IntoIterator<Item = (Line<'static>, Option<Target>)>,
) -> Vec<Label> {
    let mut labels = Vec::new();
    let mut left = area.left();
    for (line, target) in texts {
        let own = Rect { x: left + gap, width: super::fit::as_columns(line.width()), ..area };
        if own.is_empty() || own.right() > area.right() {
            break;
        }
        left = own.right();
        labels.push(Label { area: own, line, target });
    }
    labels
}
