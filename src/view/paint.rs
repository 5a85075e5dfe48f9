use std::ops::Range;
use std::rc::Rc;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders, Widget};

use super::footer::NoticeBox;
use super::guide_screen::GuideFlow;
use super::labels::{self, Label};
use super::layout::{self, Layout};
use super::{
    Glyphs, Print, Theme, actions, details, fit, footer, guide_url, heading, overlay, scopes,
    search_box,
};
use crate::app::{Command, Extent, Extents, Model, Over, Overlay, Tab, Target};
use crate::domain::ActionIndex;

/// A model laid out: what is shown, and where. It is made once a frame, and stays true of a model
/// that learns nothing but its extents.
pub struct Scene {
    pub extents: Extents,
    layout: Layout,
    labels: Vec<Label>,
    middle: Middle,
    notice: Option<NoticeBox>,
}

/// A scene on the terminal. It keeps what a click means, although the model may have changed by the
/// time it comes.
pub struct Drawn {
    scene: Scene,
    /// The actions in the rows of the list.
    rows: Vec<ActionIndex>,
    /// How far the other panes were scrolled.
    scrolled: [usize; 2],
}

/// The content between the title and the footer.
enum Middle {
    Overlay { pinned: Vec<Line<'static>>, lines: Vec<Line<'static>> },
    Guide(Rc<GuideFlow>),
    Panel { scopes: scopes::Content, details: Vec<Line<'static>> },
}

impl Scene {
    /// The guide is laid out again only if `last` is another's.
    pub fn of(
        model: &Model,
        layout: Layout,
        theme: Theme,
        last: &mut Option<Rc<GuideFlow>>,
    ) -> Self {
        let list_height = layout.list.height.into();
        let is_list_alone = layout.scopes.is_empty();
        let mut extents = Extents { list_height, is_list_alone, ..Extents::default() };
        let mut labels = heading::labels(model, layout.title, theme);
        let width = layout.overlay.width;
        let middle = match (&model.overlay, model.tab) {
            (Some(_), _) => {
                let [pinned, lines] = overlay::content(model, width, theme);
                extents.overlay = extent(below(layout.overlay, &pinned), lines.len(), 0..0);
                Middle::Overlay { pinned, lines }
            }
            (None, Tab::Guide) => {
                let guide = &model.guide;
                last.take_if(|flow| !flow.is_of(guide, width));
                let flow = last.get_or_insert_with(|| Rc::new(GuideFlow::of(guide, width, theme)));
                let current = flow.current_lines(guide, layout.overlay.height);
                extents.guide = extent(layout.overlay, flow.height(), current);
                Middle::Guide(flow.clone())
            }
            (None, Tab::Panel) => {
                let scopes = scopes::Content::of(model, layout.scopes, theme);
                let details = details::content(model, layout.details.width, theme);
                let room = layout.scopes.height;
                let current = model.scope_cursor.row();
                let current = current.map_or(0..0, |row| scopes.lines_of(row, room));
                extents.scopes = extent(layout.scopes, scopes.height(), current);
                extents.details = extent(layout.details, details.len(), 0..0);
                labels.extend(labels::buttons(model, &layout, theme));
                labels.extend(labels::choices(model, &layout, theme));
                Middle::Panel { scopes, details }
            }
        };
        let notice = NoticeBox::of(model, &layout, theme);
        Self { extents, layout, labels, middle, notice }
    }

    /// Paints the whole screen. The terminal's own cursor stands at the caret while typing and on
    /// the row while browsing, so that input methods and screen readers follow.
    pub fn paint(&self, model: &Model, theme: Theme, glyphs: Glyphs, frame: &mut Frame<'_>) {
        let (layout, buffer) = (&self.layout, frame.buffer_mut());
        if theme.plain() != Style::new() {
            buffer.set_style(buffer.area, theme.plain());
        }
        too_small(layout.too_small, buffer);
        heading::paint(model, layout, theme, buffer);
        footer::paint(model, layout, theme, buffer);
        let cursor = match &self.middle {
            Middle::Overlay { pinned, lines } => {
                let lines = lines.iter().skip(model.overlay_scroll.first());
                buffer.print_lines(layout.overlay, pinned);
                buffer.print_lines(below(layout.overlay, pinned), lines);
                None
            }
            Middle::Guide(flow) => flow.paint(&model.guide, layout.overlay, buffer),
            Middle::Panel { scopes, details } => {
                rules(layout, theme, buffer);
                let scope = scopes::paint(model, scopes, layout, theme, buffer);
                guide_url::paint(model, layout, theme, buffer);
                details::paint(model, details, layout.details, theme, buffer);
                let row = actions::paint(model, layout, theme, buffer);
                search_box::paint(model, layout.search, theme, buffer).or(row).or(scope)
            }
        };
        for label in &self.labels {
            buffer.print_line(label.area, &label.line);
        }
        if let Some(notice) = &self.notice {
            notice.paint(theme, buffer);
        }
        glyphs.limit(buffer);
        // Last, because it holds escape sequences, or must not be replaced.
        match &self.middle {
            Middle::Overlay { .. } => overlay::print_unwrapped(model, layout.overlay, buffer),
            Middle::Guide(flow) => {
                let covered = self.notice.as_ref().map_or(Rect::ZERO, |notice| notice.area);
                let rows = layout.overlay.intersection(covered).height;
                let height = layout.overlay.height - rows;
                flow.link(&model.guide, Rect { height, ..layout.overlay }, buffer);
            }
            Middle::Panel { .. } => {}
        }
        if let Some(cursor) = cursor {
            frame.set_cursor_position(cursor);
        }
    }
}

impl Drawn {
    pub fn of(scene: Scene, model: &Model) -> Self {
        let rows = model.cursor.shown().filter_map(|row| model.listed.get(row).copied());
        Self { scene, rows: rows.collect(), scrolled: scrolled(model) }
    }

    /// Returns the meaning of a click.
    pub fn target_at(&self, model: &Model, position: Position) -> Option<Target> {
        let Scene { layout, labels, middle, notice, .. } = &self.scene;
        let label = labels.iter().find(|label| label.area.contains(position));
        match (middle, &model.overlay) {
            (Middle::Overlay { .. }, Some(Overlay::Help)) => {
                let target = label.and_then(|label| label.target);
                return target.or(Some(Target::Button(Command::Back)));
            }
            // An overlay has just opened or closed over the place.
            (Middle::Overlay { .. }, _) | (_, Some(_)) => return None,
            (_, None) => {}
        }
        if notice.as_ref().is_some_and(|notice| notice.area.contains(position)) {
            return None;
        }
        if let Some(label) = label {
            return label.target;
        }
        let Layout { overlay, search, list, scopes, .. } = *layout;
        match middle {
            Middle::Guide(flow)
                if self.scrolled != scrolled(model) || !flow.is_of(&model.guide, overlay.width) =>
            {
                None
            }
            Middle::Guide(flow) => {
                flow.anchor_at(&model.guide, overlay, position).map(Target::Anchor)
            }
            Middle::Panel { .. } if search.contains(position) => {
                Some(Target::SearchBox(search_box::caret_at(model, search, position.x)))
            }
            Middle::Panel { .. } if list.contains(position) => {
                let down = usize::from(position.y - list.y);
                let row = model.cursor.shown().start + down;
                let shown = self.rows.get(down).copied();
                (shown.is_some() && model.listed.get(row).copied() == shown)
                    .then_some(Target::Row(row))
            }
            Middle::Panel { scopes: content, .. }
                if scopes.contains(position) && self.scrolled == scrolled(model) =>
            {
                let line = model.scopes_scroll.first() + usize::from(position.y - scopes.y);
                content.scope_at(line).map(Target::Scope)
            }
            _ => None,
        }
    }

    /// The pane that a wheel at `position` scrolls.
    pub fn pane_at(&self, position: Position) -> Over {
        let Layout { overlay, divider, scopes_heading, modes, scopes, details, .. } =
            self.scene.layout;
        let beside_list = Rect { width: overlay.right() - divider.x, ..divider };
        let panes = [beside_list, scopes_heading, modes, scopes];
        if panes.iter().any(|area| area.contains(position)) {
            Over::Scopes
        } else if details.contains(position) {
            Over::Details
        } else {
            Over::Actions
        }
    }
}

/// The first lines of the guide and of the scopes that are shown.
fn scrolled(model: &Model) -> [usize; 2] {
    [model.guide.scroll.first(), model.scopes_scroll.first()]
}

/// The rest of an area below `lines` at its top.
fn below(area: Rect, lines: &[Line<'_>]) -> Rect {
    let height = fit::as_columns(lines.len()).min(area.height);
    Rect { y: area.y + height, height: area.height - height, ..area }
}

fn extent(area: Rect, lines: usize, current: Range<usize>) -> Option<Extent> {
    (!area.is_empty()).then(|| Extent { height: area.height.into(), lines, current })
}

fn rules(layout: &Layout, theme: Theme, buffer: &mut Buffer) {
    let rules = Block::new().border_style(theme.muted());
    rules.clone().borders(Borders::LEFT).render(layout.divider, buffer);
    rules.borders(Borders::TOP).render(layout.rule, buffer);
}

fn too_small(area: Rect, buffer: &mut Buffer) {
    let Size { width, height } = layout::LEAST;
    let text = format!("pdscopes needs {width}x{height}");
    let lines = fit::wrap(&text, area.width.into()).into_iter().map(Line::raw);
    buffer.print_lines(area, lines);
}
