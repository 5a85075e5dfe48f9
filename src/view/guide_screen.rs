use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Span;

use super::flow::{Flow, Piece, Place};
use super::print::Print;
use super::theme::Theme;
use super::{fit, links};
use crate::app::{Anchor, GuidePane};
use crate::domain::{self, Block, pluralize};

/// How many lines of an address are shown. All of it is copied.
const LONGEST_ADDRESS: usize = 2;

/// Paints the guide; says where the cursor is.
pub fn paint(
    pane: &GuidePane,
    flow: &Flow,
    area: Rect,
    theme: Theme,
    buffer: &mut Buffer,
) -> Option<Position> {
    for (line, row) in flow.lines.iter().skip(pane.scroll().first()).zip(area.rows()) {
        buffer.print_line(row, line);
    }
    let mut places = visible_places(flow, pane, area);
    let (_, place) = places.find(|&(anchor, _)| anchor == pane.current_place())?;
    buffer.print((area.x, place.y), "▌", 1, theme.accent());
    Some(place.as_position())
}

/// Makes the links that are on the screen open what they lead to.
pub fn link(pane: &GuidePane, flow: &Flow, area: Rect, buffer: &mut Buffer) {
    for (anchor, place) in visible_places(flow, pane, area) {
        if let Some(Anchor::Copyable { block, span: Some(span), text }) = pane.anchors().get(anchor)
            && is_link(pane, *block, *span)
        {
            links::link(buffer, place, text);
        }
    }
}

/// The lines that the cursor is on; for the first anchor what stands above it too, so that going up
/// to it shows the beginning.
pub fn current_lines(pane: &GuidePane, flow: &Flow) -> Range<usize> {
    let current = pane.current_place();
    let lines = flow.lines_of(current);
    if current == 0 { 0..lines.end } else { lines }
}

/// The anchor at a place on the screen, counted from the first.
pub fn anchor_at(pane: &GuidePane, area: Rect, position: Position) -> Option<usize> {
    let flow = flow(pane, area.width, Theme::COLOURLESS);
    let mut places = visible_places(&flow, pane, area);
    places.find(|(_, place)| place.contains(position)).map(|(anchor, _)| anchor)
}

/// The anchors on the screen, each with a place that it has there.
fn visible_places(
    flow: &Flow,
    pane: &GuidePane,
    area: Rect,
) -> impl Iterator<Item = (usize, Rect)> {
    let first = pane.scroll().first();
    let on_screen = move |place: &Place| {
        let down = u16::try_from(place.line.checked_sub(first)?).ok()?;
        let x = u16::try_from(place.columns.start).ok()?;
        let width = u16::try_from(place.columns.len()).ok()?;
        let place_area =
            Rect { x: area.x.checked_add(x)?, y: area.y.checked_add(down)?, width, height: 1 };
        (down < area.height).then(|| place_area.intersection(area))
    };
    let start = flow.places.partition_point(|place| place.line < first);
    let places = flow.places[start..].iter();
    places.map_while(move |place| Some((place.anchor, on_screen(place)?)))
}

fn is_link(pane: &GuidePane, block: usize, span: usize) -> bool {
    match pane.document().blocks.get(block) {
        Some(Block::Note(spans) | Block::Paragraph(spans) | Block::Line(spans)) => {
            matches!(spans.get(span), Some(domain::Span::Link(_)))
        }
        _ => false,
    }
}

/// Lays out the whole guide.
pub fn flow(pane: &GuidePane, columns: u16, theme: Theme) -> Flow {
    let columns = usize::from(columns).saturating_sub(1);
    let blocks = &pane.document().blocks;
    let names = blocks.iter().map(|block| match block {
        Block::Scope { name, .. } => fit::width(&fit::shown(name, columns)),
        _ => 0,
    });
    let names = names.max().unwrap_or(0);
    let mut flow = Flow::default();
    let mut previous = None;
    for (place, block) in blocks.iter().enumerate() {
        let apart = previous.is_some_and(|previous| block.stands_apart_from(previous));
        if apart && !flow.lines.is_empty() {
            flow.blank();
        }
        let writer = BlockWriter { pane, place, columns, names, theme };
        writer.write(block, &mut flow);
        previous = Some(block);
    }
    flow
}

struct BlockWriter<'a> {
    pane: &'a GuidePane,
    /// Of the block in its document.
    place: usize,
    columns: usize,
    /// The columns of the scopes' names.
    names: usize,
    theme: Theme,
}

impl BlockWriter<'_> {
    fn write(&self, block: &Block, flow: &mut Flow) {
        let theme = self.theme;
        match block {
            // The screen's own title says it.
            Block::Title(_) => {}
            Block::Note(spans) | Block::Paragraph(spans) => {
                flow.paragraph(Span::raw(" "), &self.spans(spans), self.columns);
            }
            Block::Section { number, title } => {
                self.plain(flow, &format!(" {number}. "), title, theme.accent());
            }
            Block::Step { number, title } => {
                let done = self.pane.is_done(*number);
                let lead = if done { " [x] " } else { " [ ] " };
                let style = if done { theme.muted() } else { theme.strong() };
                let text = format!("{}.{} {}", number.section, number.step, shown(title));
                let piece = Piece { text, style, anchor: self.anchor(None) };
                let lead = Span::styled(lead, if done { theme.ticked() } else { theme.muted() });
                flow.paragraph(lead, &[piece], self.columns);
            }
            Block::Line(spans) => {
                flow.paragraph(Span::raw("     - "), &self.spans(spans), self.columns);
            }
            Block::Actions { head, labels } => {
                let text = format!("{head} {}", fit::listed(labels, ", ", fit::LONGEST));
                self.plain(flow, "     ", text.trim_end(), theme.muted());
            }
            Block::Warning(sentence) => self.plain(flow, "     ! ", sentence, theme.bad()),
            Block::Scope { name, form_name, actions } => {
                let name = Piece {
                    text: shown(name).into_owned(),
                    style: self.style(self.anchor(None), theme.strong()),
                    anchor: self.anchor(None),
                };
                let gap = " ".repeat(self.names.saturating_sub(fit::width(&name.text)));
                let form_name = form_name.as_deref().map(shown).unwrap_or_default();
                let count = pluralize(*actions, "action");
                let about = Piece {
                    text: format!("{gap}  {count:<11}  {form_name}"),
                    style: theme.muted(),
                    anchor: None,
                };
                flow.paragraph(Span::raw("     "), &[name, about], self.columns);
            }
        }
    }

    fn plain(&self, flow: &mut Flow, lead: &str, text: &str, style: Style) {
        let piece = Piece { text: shown(text).into_owned(), style, anchor: None };
        flow.paragraph(Span::styled(lead.to_owned(), style), &[piece], self.columns);
    }

    fn spans(&self, spans: &[domain::Span]) -> Vec<Piece> {
        let theme = self.theme;
        let piece = |(place, span): (usize, &domain::Span)| {
            let anchor = span.copies().and_then(|_| self.anchor(Some(place)));
            let style = match span {
                domain::Span::Strong(_) => theme.strong(),
                domain::Span::Literal(_) => theme.muted(),
                domain::Span::Copy(_) | domain::Span::Link(_) => theme.link(),
                domain::Span::Text(_) => theme.plain(),
            };
            // An address that carries a large selection would push the guide off the screen.
            let room = self.columns.saturating_sub(8) * LONGEST_ADDRESS;
            let text = fit::shown(span.text(), room).into_owned();
            Piece { text, style: self.style(anchor, style), anchor }
        };
        spans.iter().enumerate().map(piece).collect()
    }

    /// The place among the guide's anchors of this block, or of one of its spans.
    fn anchor(&self, span: Option<usize>) -> Option<usize> {
        let anchors = self.pane.anchors();
        let first = anchors.partition_point(|anchor| anchor.block() < self.place);
        let own = anchors[first..].iter().take_while(|anchor| anchor.block() == self.place);
        let mut own = own.map(|anchor| match anchor {
            Anchor::Step { .. } => None,
            Anchor::Copyable { span, .. } => *span,
        });
        own.position(|other| other == span).map(|place| first + place)
    }

    fn style(&self, anchor: Option<usize>, style: Style) -> Style {
        if anchor.is_some_and(|anchor| anchor == self.pane.current_place()) {
            style.patch(self.theme.current())
        } else {
            style
        }
    }
}

/// A text of the catalog as far as it is shown.
fn shown(text: &str) -> Cow<'_, str> {
    fit::shown(text, fit::LONGEST)
}
