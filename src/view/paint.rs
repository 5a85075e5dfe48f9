use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::layout::Layout;
use super::theme::Theme;
use super::{
    actions, buttons, cover, details, fit, footer, guide_url, heading, scopes, search_box, status,
};
use crate::app::{Command, Cover, Extents, Model, Pane, Target};

/// Paints the whole screen. The terminal's own cursor stands at the caret while typing and on the
/// row while browsing, so that input methods and screen readers follow.
pub fn paint(model: &Model, theme: Theme, frame: &mut Frame) {
    let layout = Layout::of(frame.area().as_size());
    let buffer = frame.buffer_mut();
    too_small(layout.too_small, buffer);
    heading::paint(model, &layout, theme, buffer);
    footer::paint(model, &layout, theme, buffer);
    let cursor = match model.cover() {
        Some(text) => {
            cover::paint(model, text, layout.cover, theme, buffer);
            None
        }
        None => panes(model, &layout, theme, buffer),
    };
    if let Some(position) = cursor {
        frame.set_cursor_position(position);
    }
}

fn panes(model: &Model, layout: &Layout, theme: Theme, buffer: &mut Buffer) -> Option<Position> {
    rules(layout, theme, buffer);
    let caret = search_box::paint(model, layout.search, theme, buffer);
    let row = actions::paint(model, layout, theme, buffer);
    status::paint(model, layout.status, theme, buffer);
    scopes::paint(model, layout, theme, buffer);
    guide_url::paint(model, layout, theme, buffer);
    details::paint(model, layout.details, theme, buffer);
    for button in buttons::placed(model, layout) {
        buttons::paint(&button, theme, buffer);
    }
    caret.or(row)
}

fn rules(layout: &Layout, theme: Theme, buffer: &mut Buffer) {
    for row in layout.divider.rows() {
        buffer.set_stringn(row.x, row.y, "│", 1, theme.muted());
    }
    let rule = "─".repeat(usize::from(layout.rule.width));
    Line::styled(rule, theme.muted()).render(layout.rule, buffer);
}

fn too_small(area: Rect, buffer: &mut Buffer) {
    let Size { width, height } = Layout::least();
    let text = format!("pdscopes needs {width}x{height}");
    for (row, line) in area.rows().zip(fit::wrap(&text, usize::from(area.width))) {
        Line::raw(line).render(row, buffer);
    }
}

/// What the panes hold at this size, to be told to the model before it is painted.
pub fn measure(model: &Model, size: Size) -> Extents {
    let layout = Layout::of(size);
    Extents {
        list_height: usize::from(layout.list.height),
        scopes_height: usize::from(layout.scopes.height),
        scopes_lines: scopes::lines(model, layout.scopes.width),
        cover_height: usize::from(layout.cover.height),
        cover_lines: model.cover().map_or(0, |text| cover::lines(text, layout.cover.width)),
    }
}

/// What a click at `position` means.
pub fn target_at(model: &Model, size: Size, position: Position) -> Option<Target> {
    let layout = Layout::of(size);
    match model.cover() {
        Some(Cover::Help) => return Some(Target::Button(Command::Back)),
        Some(Cover::Uncopied { .. }) => return None,
        None => {}
    }
    let button = buttons::placed(model, &layout).into_iter().find(|b| b.area.contains(position));
    if let Some(button) = button {
        return Some(Target::Button(button.command));
    }
    if heading::help_area(layout.title).contains(position) {
        return Some(Target::Button(Command::Help));
    }
    if layout.search.contains(position) {
        return Some(Target::SearchBox(search_box::caret_at(model, layout.search, position.x)));
    }
    if layout.list.contains(position) {
        let row = model.cursor().shown().start + usize::from(position.y - layout.list.y);
        return (row < model.listed().len()).then_some(Target::Row(row));
    }
    let mut separators = scopes::separators(layout.separators, model.separator()).into_iter();
    separators
        .find(|(_, area)| area.contains(position))
        .map(|(separator, _)| Target::Separator(separator))
}

/// The pane that a wheel at `position` scrolls.
pub fn pane_at(size: Size, position: Position) -> Pane {
    let layout = Layout::of(size);
    let in_scopes =
        [layout.scopes_heading, layout.scopes].iter().any(|area| area.contains(position));
    if in_scopes { Pane::Scopes } else { Pane::Actions }
}
