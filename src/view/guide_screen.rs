use ratatui::layout::{Position, Rect};
use ratatui::text::Span;

use super::canvas::Canvas;
use super::fit;
use super::flow::{Flow, Piece};
use super::theme::Theme;
use crate::app::{Extent, GuidePane, Stop};
use crate::domain::{self, Block, counted, visible};

/// How many lines of an address are shown. All of it is copied.
const LONGEST_ADDRESS: usize = 2;

/// Paints the guide; says where the cursor is.
pub fn paint(pane: &GuidePane, area: Rect, theme: Theme, canvas: &mut Canvas) -> Option<Position> {
    let flow = flow(pane, area.width, theme);
    let first = pane.scroll().first();
    for (line, row) in flow.lines.iter().skip(first).zip(area.rows()) {
        canvas.line(row, line);
    }
    let mut cursor = None;
    for (stop, place) in visible_places(&flow, pane, area) {
        match stop {
            Stop::Copyable { text, .. } if is_link(pane, stop) => {
                canvas.link(place, text);
            }
            Stop::Copyable { .. } | Stop::Step { .. } => {}
        }
        if pane.current() == Some(stop) && cursor.is_none() {
            canvas.text((area.x, place.y), "▌", 1, theme.accent());
            cursor = Some(place.as_position());
        }
    }
    cursor
}

pub fn measure(pane: &GuidePane, area: Rect) -> Extent {
    let flow = flow(pane, area.width, Theme::COLOURLESS);
    let current = pane.stops().iter().position(|stop| pane.current() == Some(stop)).unwrap_or(0);
    let lines = flow.lines_of(current);
    // Going up to the first stop shows what stands above it too.
    let current = if current == 0 { 0..lines.end } else { lines };
    Extent { height: usize::from(area.height), lines: flow.lines.len(), current }
}

/// The stop at a place on the screen, counted from the first.
pub fn stop_at(pane: &GuidePane, area: Rect, position: Position) -> Option<usize> {
    let flow = flow(pane, area.width, Theme::COLOURLESS);
    let places = visible_places(&flow, pane, area);
    let (stop, _) = places.into_iter().find(|(_, place)| place.contains(position))?;
    pane.stops().iter().position(|other| other == stop)
}

fn visible_places<'a>(flow: &Flow, pane: &'a GuidePane, area: Rect) -> Vec<(&'a Stop, Rect)> {
    let first = pane.scroll().first();
    let on_screen = |place: &super::flow::Place| {
        let down = u16::try_from(place.line.checked_sub(first)?).ok()?;
        let x = u16::try_from(place.columns.start).ok()?;
        let width = u16::try_from(place.columns.len()).ok()?;
        let place_area =
            Rect { x: area.x.checked_add(x)?, y: area.y.checked_add(down)?, width, height: 1 };
        (down < area.height).then(|| place_area.intersection(area))
    };
    let places = flow.places.iter();
    places.filter_map(|place| Some((pane.stops().get(place.stop)?, on_screen(place)?))).collect()
}

fn is_link(pane: &GuidePane, stop: &Stop) -> bool {
    let Stop::Copyable { block, span: Some(span), .. } = stop else {
        return false;
    };
    match pane.document().blocks.get(*block) {
        Some(Block::Note(spans) | Block::Paragraph(spans) | Block::Line(spans)) => {
            matches!(spans.get(*span), Some(domain::Span::Link(_)))
        }
        _ => false,
    }
}

fn flow(pane: &GuidePane, columns: u16, theme: Theme) -> Flow {
    let columns = usize::from(columns).saturating_sub(1);
    let mut flow = Flow::default();
    let mut previous = None;
    for (place, block) in pane.document().blocks.iter().enumerate() {
        let apart = previous.is_some_and(|previous| block.stands_apart_from(previous));
        if apart && !flow.lines.is_empty() {
            flow.blank();
        }
        let writer = BlockWriter { pane, place, columns, theme };
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
                let text = format!("{}.{} {}", number.section, number.step, visible(title));
                let piece = Piece { text, style, stop: self.stop(None) };
                let lead = Span::styled(lead, if done { theme.ticked() } else { theme.muted() });
                flow.paragraph(lead, &[piece], self.columns);
            }
            Block::Line(spans) => {
                flow.paragraph(Span::raw("     - "), &self.spans(spans), self.columns);
            }
            Block::Actions(labels) => {
                let text = format!("Enables actions: {}", labels.join(", "));
                self.plain(flow, "     ", &text, theme.muted());
            }
            Block::Warning(sentence) => self.plain(flow, "     ! ", sentence, theme.bad()),
            Block::Scope { name, form_name, actions } => {
                let name = Piece {
                    text: visible(name).into_owned(),
                    style: self.style(self.stop(None), theme.strong()),
                    stop: self.stop(None),
                };
                let gap = " ".repeat(self.name_width().saturating_sub(fit::width(&name.text)));
                let form_name = form_name.as_deref().map(visible).unwrap_or_default();
                let count = counted(*actions, "action");
                let about = Piece {
                    text: format!("{gap}  {count:<11}  {form_name}"),
                    style: theme.muted(),
                    stop: None,
                };
                flow.paragraph(Span::raw("     "), &[name, about], self.columns);
            }
        }
    }

    fn plain(&self, flow: &mut Flow, lead: &str, text: &str, style: ratatui::style::Style) {
        let piece = Piece { text: visible(text).into_owned(), style, stop: None };
        flow.paragraph(Span::styled(lead.to_owned(), style), &[piece], self.columns);
    }

    fn spans(&self, spans: &[domain::Span]) -> Vec<Piece> {
        let theme = self.theme;
        let piece = |(place, span): (usize, &domain::Span)| {
            let stop = span.copies().and_then(|_| self.stop(Some(place)));
            let style = match span {
                domain::Span::Strong(_) => theme.strong(),
                domain::Span::Literal(_) => theme.muted(),
                domain::Span::Copy(_) | domain::Span::Link(_) => theme.link(),
                domain::Span::Text(_) => theme.plain(),
            };
            // An address that carries a large selection would push the guide off the screen.
            let room = self.columns.saturating_sub(8) * LONGEST_ADDRESS;
            let text = fit::cut(&visible(fit::head(span.text(), room + 1)), room).into_owned();
            Piece { text, style: self.style(stop, style), stop }
        };
        spans.iter().enumerate().map(piece).collect()
    }

    /// The place among the guide's stops of this block, or of one of its spans.
    fn stop(&self, span: Option<usize>) -> Option<usize> {
        self.pane.stops().iter().position(|stop| match stop {
            Stop::Step { block, .. } => *block == self.place && span.is_none(),
            Stop::Copyable { block, span: own, .. } => *block == self.place && *own == span,
        })
    }

    fn style(&self, stop: Option<usize>, style: ratatui::style::Style) -> ratatui::style::Style {
        let current = stop.and_then(|stop| self.pane.stops().get(stop));
        if current.is_some() && current == self.pane.current() {
            style.patch(self.theme.current())
        } else {
            style
        }
    }

    fn name_width(&self) -> usize {
        let widths = self.pane.document().blocks.iter().map(|block| match block {
            Block::Scope { name, .. } => fit::width(&visible(name)),
            _ => 0,
        });
        widths.max().unwrap_or(0)
    }
}
