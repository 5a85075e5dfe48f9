use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::flow::{Flow, Piece, Place};
use super::print::Print;
use super::theme::Theme;
use super::{fit, links, marks};
use crate::app::{Anchor, GuidePane};
use crate::domain::{self, Block, Document, pluralize};

/// The most lines of an address that are shown. All of it is copied.
const LONGEST_ADDRESS: usize = 2;

/// The guide laid out in so many columns. Where the cursor is and which steps are done does not
/// change it, so that it lasts as long as its document.
pub struct GuideFlow {
    document: Arc<Document>,
    columns: u16,
    flow: Flow,
}

impl GuideFlow {
    pub fn of(pane: &GuidePane, columns: u16, theme: Theme) -> Self {
        let document = pane.document.clone();
        Self { document, columns, flow: flow(pane, usize::from(columns).saturating_sub(1), theme) }
    }

    /// Whether it is what [`of`](Self::of) would make again.
    pub fn is_of(&self, pane: &GuidePane, columns: u16) -> bool {
        Arc::ptr_eq(&self.document, &pane.document) && self.columns == columns
    }

    pub fn height(&self) -> usize {
        self.flow.lines.len()
    }

    /// The lines that the cursor is on; for the first anchor what stands above it too, so that going
    /// up to it shows the beginning.
    pub fn current_lines(&self, pane: &GuidePane) -> Range<usize> {
        let current = pane.current_place;
        let lines = self.flow.lines_of(current);
        if current == 0 { 0..lines.end } else { lines }
    }

    /// Paints what is in sight; says where the cursor is.
    pub fn paint(
        &self,
        pane: &GuidePane,
        area: Rect,
        theme: Theme,
        buffer: &mut Buffer,
    ) -> Option<Position> {
        let lines = self.flow.lines.iter().skip(pane.scroll.first());
        for (line, row) in lines.zip(area.rows()) {
            let spans = line.iter().map(|part| Span::styled(&*part.text, style(pane, part, theme)));
            buffer.print_line(row, &Line::from_iter(spans));
        }
        let mut cursor = None;
        for (anchor, first, place) in self.places(pane, area) {
            if first && is_done(pane, anchor) {
                buffer.print((area.x, place.y), " [x] ", area.width, theme.ticked());
            }
            if anchor == pane.current_place && cursor.is_none() {
                buffer.print((area.x, place.y), marks::CURSOR, 1, theme.accent());
                cursor = Some(place.as_position());
            }
        }
        cursor
    }

    /// Makes the links that are on the screen open what they lead to.
    pub fn link(&self, pane: &GuidePane, area: Rect, buffer: &mut Buffer) {
        for (anchor, _, place) in self.places(pane, area) {
            if let Some(Anchor::Copyable { block, span: Some(span), text }) =
                pane.anchors.get(anchor)
                && is_link(pane, *block, *span)
            {
                links::link(buffer, place, text);
            }
        }
    }

    /// The anchor at a place on the screen, counted from the first.
    pub fn anchor_at(&self, pane: &GuidePane, area: Rect, position: Position) -> Option<usize> {
        let mut places = self.places(pane, area);
        places.find(|(_, _, place)| place.contains(position)).map(|(anchor, _, _)| anchor)
    }

    /// The anchors on the screen, each with a place that it has there, and whether that is its first
    /// in the guide.
    fn places(&self, pane: &GuidePane, area: Rect) -> impl Iterator<Item = (usize, bool, Rect)> {
        let first = pane.scroll.first();
        let on_screen = move |place: &Place| {
            let down = u16::try_from(place.line.checked_sub(first)?).ok()?;
            let x = u16::try_from(place.columns.start).ok()?;
            let width = u16::try_from(place.columns.len()).ok()?;
            let place_area =
                Rect { x: area.x.checked_add(x)?, y: area.y.checked_add(down)?, width, height: 1 };
            (down < area.height).then(|| place_area.intersection(area))
        };
        let places = &self.flow.places;
        let start = places.partition_point(|place| place.line < first);
        (start..places.len()).map_while(move |at| {
            let place = &places[at];
            let follows = at > 0 && places[at - 1].anchor == place.anchor;
            Some((place.anchor, !follows, on_screen(place)?))
        })
    }
}

/// The style of a part, by the cursor and the steps that are done.
fn style(pane: &GuidePane, part: &Piece, theme: Theme) -> Style {
    let is_current = part.anchor == Some(pane.current_place);
    match part.anchor.and_then(|anchor| pane.anchors.get(anchor)) {
        Some(Anchor::Step { number, .. }) if pane.is_done(*number) => theme.muted(),
        Some(Anchor::Copyable { .. }) if is_current => part.style.patch(theme.current()),
        _ => part.style,
    }
}

fn is_done(pane: &GuidePane, anchor: usize) -> bool {
    matches!(pane.anchors.get(anchor), Some(Anchor::Step { number, .. }) if pane.is_done(*number))
}

fn is_link(pane: &GuidePane, block: usize, span: usize) -> bool {
    let spans = pane.document.blocks.get(block).map_or(&[][..], Block::spans);
    matches!(spans.get(span), Some(domain::Span::Link(_)))
}

/// Lays out the whole guide.
fn flow(pane: &GuidePane, columns: usize, theme: Theme) -> Flow {
    let blocks = &pane.document.blocks;
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
            flow.lines.push(Vec::new());
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
                flow.paragraph(Piece::plain(" "), &self.spans(spans), self.columns);
            }
            Block::Section { number, title } => {
                self.plain(flow, &format!(" {number}. "), title, theme.accent());
            }
            Block::Step { number, title } => {
                let text = format!("{}.{} {}", number.section, number.step, shown(title));
                let piece = Piece { text, style: theme.strong(), anchor: Some(self.anchor()) };
                let lead = Piece { style: theme.muted(), ..Piece::plain(" [ ] ") };
                flow.paragraph(lead, &[piece], self.columns);
            }
            Block::Line(spans) => {
                flow.paragraph(Piece::plain("     - "), &self.spans(spans), self.columns);
            }
            Block::Actions { head, labels } => {
                let text = format!("{head} {}", fit::listed(labels, ", ", fit::LONGEST));
                self.plain(flow, "     ", text.trim_end(), theme.muted());
            }
            Block::Warning(sentence) => {
                let lead = format!("     {} ", marks::REFUSED);
                self.plain(flow, &lead, sentence, theme.bad());
            }
            Block::Scope { name, form_name, actions } => {
                let name = Piece {
                    text: shown(name).into_owned(),
                    style: theme.strong(),
                    anchor: Some(self.anchor()),
                };
                let gap = " ".repeat(self.names.saturating_sub(fit::width(&name.text)));
                let form_name = form_name.as_deref().map(shown).unwrap_or_default();
                let count = pluralize(*actions, "action");
                let about = Piece {
                    text: format!("{gap}  {count:<11}  {form_name}"),
                    style: theme.muted(),
                    anchor: None,
                };
                flow.paragraph(Piece::plain("     "), &[name, about], self.columns);
            }
        }
    }

    fn plain(&self, flow: &mut Flow, lead: &str, text: &str, style: Style) {
        let piece = Piece { text: shown(text).into_owned(), style, anchor: None };
        flow.paragraph(Piece { style, ..Piece::plain(lead) }, &[piece], self.columns);
    }

    fn spans(&self, spans: &[domain::Span]) -> Vec<Piece> {
        let theme = self.theme;
        let mut anchors = self.anchor()..;
        let piece = |span: &domain::Span| {
            let anchor = span.copies().and_then(|_| anchors.next());
            let (style, room) = match span {
                domain::Span::Strong(_) => (theme.strong(), fit::LONGEST),
                domain::Span::Literal(_) => (theme.muted(), fit::LONGEST),
                // An address that carries a large selection would push the guide off the screen.
                domain::Span::Copy(_) | domain::Span::Link(_) => {
                    (theme.link(), self.columns.saturating_sub(8) * LONGEST_ADDRESS)
                }
                domain::Span::Text(_) => (theme.plain(), fit::LONGEST),
            };
            Piece { text: fit::shown(span.text(), room).into_owned(), style, anchor }
        };
        spans.iter().map(piece).collect()
    }

    /// The first of the guide's anchors from this block on. A block has one for itself, or one for
    /// each of its spans that can be copied, in their order.
    fn anchor(&self) -> usize {
        self.pane.anchors.partition_point(|anchor| anchor.block() < self.place)
    }
}

/// A text of the catalog as far as it is shown.
fn shown(text: &str) -> Cow<'_, str> {
    fit::shown(text, fit::LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Answer, Catalog, Selection};

    #[test]
    fn the_guide_is_laid_out_again_for_another_document_or_width_alone() {
        let catalog = Catalog::pipedrive();
        let document = |selection: &Selection| {
            let answer = Answer::of(&catalog, selection);
            Document::of(&catalog, selection, &answer).expect("it has a guide")
        };
        let mut pane = GuidePane::default();
        pane.show(document(&Selection::new()));
        let flow = GuideFlow::of(&pane, 80, Theme::COLOURLESS);
        pane.move_by(3);
        pane.tick_off();
        assert!(flow.is_of(&pane, 80) && !flow.is_of(&pane, 79));
        let one = catalog.indices().take(1).collect();
        pane.show(document(&one));
        assert!(!flow.is_of(&pane, 80));
    }
}
