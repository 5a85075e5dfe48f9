use std::rc::Rc;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders, Widget};

use super::glyphs::Glyphs;
use super::guide_screen::GuideFlow;
use super::layout::Layout;
use super::print::Print;
use super::theme::Theme;
use super::{
    actions, buttons, choices, details, fit, footer, guide_url, heading, overlay, scopes,
    search_box, status,
};
use crate::app::{Command, Extent, Extents, GuidePane, Model, Over, Overlay, Tab, Target};

/// What the middle of the screen shows.
enum Middle<'a> {
    Overlay(&'a Overlay),
    Guide(&'a GuidePane),
    Panel,
}

impl<'a> Middle<'a> {
    fn of(model: &'a Model) -> Self {
        match (model.overlay.as_ref(), model.tab, model.guide.as_ref()) {
            (Some(overlay), _, _) => Self::Overlay(overlay),
            (None, Tab::Guide, Some(guide)) => Self::Guide(guide),
            (None, _, _) => Self::Panel,
        }
    }
}

/// A screen laid out: what it shows is made once a frame. It stays true of a model that is told
/// nothing but the extents.
pub struct Measured {
    pub extents: Extents,
    layout: Layout,
    content: Content,
    details: Vec<Line<'static>>,
}

/// The text of the middle of the screen that scrolls.
enum Content {
    Overlay(Vec<Line<'static>>),
    Guide(Rc<GuideFlow>),
    Panel(scopes::Content),
}

/// Lays out what the model shows, and tells the extents of the panes that are on the screen. The
/// guide is laid out again only where `last` is another's.
pub fn measure(
    model: &Model,
    layout: Layout,
    theme: Theme,
    last: &mut Option<Rc<GuideFlow>>,
) -> Measured {
    let list_height = usize::from(layout.list.height);
    let mut extents = Extents { list_height, ..Extents::default() };
    let (width, height) = (layout.overlay.width, usize::from(layout.overlay.height));
    let mut details = Vec::new();
    let content = match Middle::of(model) {
        Middle::Overlay(overlay) => {
            let lines = overlay::content(model, overlay, width, theme);
            extents.overlay = Some(Extent { height, lines: lines.len(), current: 0..0 });
            Content::Overlay(lines)
        }
        Middle::Guide(guide) => {
            last.take_if(|flow| !flow.is_of(guide, width));
            let flow = last.get_or_insert_with(|| Rc::new(GuideFlow::of(guide, width, theme)));
            let (lines, current) = (flow.height(), flow.current_lines(guide));
            extents.guide = Some(Extent { height, lines, current });
            Content::Guide(flow.clone())
        }
        Middle::Panel => {
            let content = scopes::Content::of(model, layout.scopes, theme);
            details = details::content(model, layout.details.width, theme);
            let (height, lines) = (usize::from(layout.details.height), details.len());
            extents.details = Some(Extent { height, lines, current: 0..0 });
            extents.scopes = Some(Extent {
                height: usize::from(layout.scopes.height),
                lines: content.height(),
                current: model.scope_cursor.row().map_or(0..0, |row| content.lines_of(row)),
            });
            Content::Panel(content)
        }
    };
    Measured { extents, layout, content, details }
}

/// Paints the whole screen. The terminal's own cursor stands at the caret while typing and on the
/// row while browsing, so that input methods and screen readers follow.
pub fn paint(
    model: &Model,
    measured: &Measured,
    theme: Theme,
    glyphs: Glyphs,
    frame: &mut Frame<'_>,
) {
    let (layout, buffer) = (&measured.layout, frame.buffer_mut());
    if theme.plain() != Style::new() {
        buffer.set_style(buffer.area, theme.plain());
    }
    too_small(layout.too_small, buffer);
    heading::paint(model, layout, theme, buffer);
    footer::paint(model, layout, theme, buffer);
    let cursor = match (&measured.content, model.guide.as_ref()) {
        (Content::Overlay(lines), _) => {
            overlay::paint(model, lines, layout.overlay, buffer);
            None
        }
        (Content::Guide(flow), Some(guide)) => flow.paint(guide, layout.overlay, theme, buffer),
        (Content::Guide(_), None) => None,
        (Content::Panel(content), _) => {
            details::paint(model, &measured.details, layout.details, theme, buffer);
            panes(model, content, layout, theme, buffer)
        }
    };
    glyphs.limit(buffer);
    // What holds escape sequences, or has to stay as it is, comes last.
    match (&measured.content, model.guide.as_ref()) {
        (Content::Overlay(_), _) => overlay::print_unwrapped(model, layout.overlay, buffer),
        (Content::Guide(flow), Some(guide)) => {
            flow.link(guide, layout.overlay, buffer);
        }
        (Content::Guide(_), None) | (Content::Panel(_), _) => {}
    }
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

fn panes(
    model: &Model,
    content: &scopes::Content,
    layout: &Layout,
    theme: Theme,
    buffer: &mut Buffer,
) -> Option<Position> {
    let rules = Block::new().border_style(theme.muted());
    rules.clone().borders(Borders::LEFT).render(layout.divider, buffer);
    rules.borders(Borders::TOP).render(layout.rule, buffer);
    let caret = search_box::paint(model, layout.search, theme, buffer);
    let row = actions::paint(model, layout, theme, buffer);
    status::paint(model, layout.status, theme, buffer);
    scopes::paint(model, content, layout, theme, buffer);
    choices::paint(model, layout, theme, buffer);
    guide_url::paint(model, layout, theme, buffer);
    for button in buttons::placed(model, layout) {
        buttons::paint(&button, theme, buffer);
    }
    caret.or(row)
}

fn too_small(area: Rect, buffer: &mut Buffer) {
    let Size { width, height } = Layout::least();
    let text = format!("pdscopes needs {width}x{height}");
    for (row, line) in area.rows().zip(fit::wrap(&text, usize::from(area.width))) {
        buffer.print_line(row, &Line::raw(line));
    }
}

/// What a click at `position` means, of the guide where it is laid out so.
pub fn target_at(
    model: &Model,
    layout: Layout,
    flow: Option<&GuideFlow>,
    position: Position,
) -> Option<Target> {
    match Middle::of(model) {
        Middle::Overlay(Overlay::Help) => Some(Target::Button(Command::Back)),
        Middle::Overlay(Overlay::Uncopied { .. }) => None,
        Middle::Guide(guide) => in_heading(model, &layout, position).or_else(|| {
            let flow = flow.filter(|flow| flow.is_of(guide, layout.overlay.width))?;
            flow.anchor_at(guide, layout.overlay, position).map(Target::Anchor)
        }),
        Middle::Panel => {
            in_heading(model, &layout, position).or_else(|| in_panes(model, &layout, position))
        }
    }
}

fn in_heading(model: &Model, layout: &Layout, position: Position) -> Option<Target> {
    let placed = heading::placed(model, layout.title);
    let hit = placed.into_iter().find(|(_, area, _)| area.contains(position));
    hit.map(|(command, _, _)| Target::Button(command))
}

fn in_panes(model: &Model, layout: &Layout, position: Position) -> Option<Target> {
    let buttons = buttons::placed(model, layout);
    if let Some(button) = buttons.into_iter().find(|button| button.area.contains(position)) {
        return Some(Target::Button(button.command));
    }
    let choices = choices::targets(model, layout);
    if let Some((target, _)) = choices.into_iter().find(|(_, area)| area.contains(position)) {
        return Some(target);
    }
    if layout.search.contains(position) {
        return Some(Target::SearchBox(search_box::caret_at(model, layout.search, position.x)));
    }
    if layout.list.contains(position) {
        let row = model.cursor.shown().start + usize::from(position.y - layout.list.y);
        return (row < model.listed.len()).then_some(Target::Row(row));
    }
    if layout.scopes.contains(position) {
        let line = model.scopes_scroll.first() + usize::from(position.y - layout.scopes.y);
        let content = scopes::Content::of(model, layout.scopes, Theme::COLOURLESS);
        return content.scope_at(line).map(Target::Scope);
    }
    None
}

/// The pane that a wheel at `position` scrolls.
pub fn pane_at(size: Size, position: Position) -> Over {
    let layout = Layout::of(size);
    let is_in = |areas: &[Rect]| areas.iter().any(|area| area.contains(position));
    if is_in(&[layout.scopes_heading, layout.modes, layout.scopes]) {
        Over::Scopes
    } else if is_in(&[layout.details]) {
        Over::Details
    } else {
        Over::Actions
    }
}
