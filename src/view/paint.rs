use ratatui::layout::{Position, Rect, Size};
use ratatui::text::Line;

use super::canvas::Canvas;
use super::layout::Layout;
use super::theme::Theme;
use super::{
    actions, buttons, choices, cover, details, fit, footer, guide_screen, guide_url, heading,
    scopes, search_box, status,
};
use crate::app::{Command, Cover, Extent, Extents, GuidePane, Model, Pane, Tab, Target};

/// What the middle of the screen shows.
enum Middle<'a> {
    Cover(&'a Cover),
    Guide(&'a GuidePane),
    Panel,
}

impl<'a> Middle<'a> {
    fn of(model: &'a Model) -> Self {
        match (model.cover(), model.tab(), model.guide()) {
            (Some(cover), _, _) => Self::Cover(cover),
            (None, Tab::Guide, Some(guide)) => Self::Guide(guide),
            (None, _, _) => Self::Panel,
        }
    }
}

/// Paints the whole screen. Says where the terminal's own cursor stands: at the caret while typing
/// and on the row while browsing, so that input methods and screen readers follow.
pub fn paint(
    model: &Model,
    measured: &Measured,
    theme: Theme,
    canvas: &mut Canvas,
) -> Option<Position> {
    let layout = Layout::of(canvas.size());
    too_small(layout.too_small, canvas);
    heading::paint(model, &layout, theme, canvas);
    footer::paint(model, &layout, theme, canvas);
    match Middle::of(model) {
        Middle::Cover(text) => {
            cover::paint(model, text, layout.cover, theme, canvas);
            None
        }
        Middle::Guide(guide) => guide_screen::paint(guide, layout.cover, theme, canvas),
        Middle::Panel => panes(model, measured, &layout, theme, canvas),
    }
}

fn panes(
    model: &Model,
    measured: &Measured,
    layout: &Layout,
    theme: Theme,
    canvas: &mut Canvas,
) -> Option<Position> {
    rules(layout, theme, canvas);
    let caret = search_box::paint(model, layout.search, theme, canvas);
    let row = actions::paint(model, layout, theme, canvas);
    status::paint(model, layout.status, theme, canvas);
    scopes::paint(model, &measured.scopes, layout, theme, canvas);
    choices::paint(model, layout, theme, canvas);
    guide_url::paint(model, layout, theme, canvas);
    details::paint(model, layout.details, theme, canvas);
    for button in buttons::placed(model, layout) {
        buttons::paint(&button, theme, canvas);
    }
    caret.or(row)
}

fn rules(layout: &Layout, theme: Theme, canvas: &mut Canvas) {
    for row in layout.divider.rows() {
        canvas.text((row.x, row.y), "│", 1, theme.muted());
    }
    let Rect { x, y, width, .. } = layout.rule;
    canvas.text((x, y), &"─".repeat(usize::from(width)), width, theme.muted());
}

fn too_small(area: Rect, canvas: &mut Canvas) {
    let Size { width, height } = Layout::least();
    let text = format!("pdscopes needs {width}x{height}");
    for (row, line) in area.rows().zip(fit::wrap(&text, usize::from(area.width))) {
        canvas.line(row, &Line::raw(line));
    }
}

/// Text that is to run over the screen's edge by itself: see [`cover::running`].
pub fn running(model: &Model, size: Size) -> Option<(u16, Vec<String>)> {
    cover::running(model, Layout::of(size).cover)
}

/// What the panes hold. It stays true of a model that is told nothing but the extents.
pub struct Measured {
    pub extents: Extents,
    scopes: scopes::Content,
}

/// What the panes hold at this size, to be told to the model before it is painted.
pub fn measure(model: &Model, size: Size, theme: Theme) -> Measured {
    let layout = Layout::of(size);
    let content = scopes::Content::of(model, layout.scopes.width, theme);
    let extents = Extents {
        list_height: usize::from(layout.list.height),
        scopes: Extent {
            height: usize::from(layout.scopes.height),
            lines: content.height(),
            current: model.scope_cursor().row().map_or(0..0, |row| content.lines_of(row)),
        },
        cover: Extent {
            height: usize::from(layout.cover.height),
            lines: model.cover().map_or(0, |text| cover::lines(model, text, layout.cover.width)),
            current: 0..0,
        },
        guide: match Middle::of(model) {
            Middle::Guide(guide) => guide_screen::measure(guide, layout.cover),
            Middle::Cover(_) | Middle::Panel => Extent::default(),
        },
    };
    Measured { extents, scopes: content }
}

/// What a click at `position` means.
pub fn target_at(model: &Model, size: Size, position: Position) -> Option<Target> {
    let layout = Layout::of(size);
    match Middle::of(model) {
        Middle::Cover(Cover::Help) => Some(Target::Button(Command::Back)),
        Middle::Cover(Cover::Uncopied { .. }) => None,
        Middle::Guide(guide) => in_heading(model, &layout, position)
            .or_else(|| guide_screen::stop_at(guide, layout.cover, position).map(Target::Stop)),
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
        let row = model.cursor().shown().start + usize::from(position.y - layout.list.y);
        return (row < model.listed().len()).then_some(Target::Row(row));
    }
    if layout.scopes.contains(position) {
        let line = model.scopes_scroll().first() + usize::from(position.y - layout.scopes.y);
        let content = scopes::Content::of(model, layout.scopes.width, Theme::COLOURLESS);
        return content.scope_at(line).map(Target::Scope);
    }
    None
}

/// The pane that a wheel at `position` scrolls.
pub fn pane_at(size: Size, position: Position) -> Pane {
    let layout = Layout::of(size);
    let in_scopes =
        [layout.scopes_heading, layout.scopes].iter().any(|area| area.contains(position));
    if in_scopes { Pane::Scopes } else { Pane::Actions }
}
