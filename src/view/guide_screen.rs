use std::borrow::Cow;
use std::ops::{Range, RangeFrom};
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::flow::{Flow, Piece, Place};
use super::{Print, Theme, fit, links, marks};
use crate::app::{Anchor, GuidePane};
use crate::domain::{self, Block, Document, pluralize};

/// The most lines of an address that are shown. All of it is copied.
const LONGEST_ADDRESS: usize = 2;

/// The guide laid out in so many columns. Where the cursor is and which steps are done does not
/// change it, so that it lasts as long as its document.
pub struct GuideFlow {
    document: Arc<Document>,
    columns: u16,
    theme: Theme,
    flow: Flow,
}

impl GuideFlow {
    pub fn of(pane: &GuidePane, columns: u16, theme: Theme) -> Self {
        let document = pane.document.clone();
        let room = usize::from(columns).saturating_sub(1);
        let names = document.blocks.iter().map(|block| match block {
            Block::Scope { name, .. } => fit::width(&fit::shown(name, room)),
            _ => 0,
        });
        let names = names.max().unwrap_or(0);
        let flow = Flow { columns: room, ..Flow::default() };
        let mut writer = Writer { names, theme, anchors: 0.., flow };
        let mut previous = None;
        for block in &document.blocks {
            let apart = previous.is_some_and(|previous| block.stands_apart_from(previous));
            if apart && !writer.flow.lines.is_empty() {
                writer.flow.lines.push(Line::default());
            }
            writer.write(block);
            previous = Some(block);
        }
        Self { flow: writer.flow, theme, document, columns }
    }

    /// Returns `true` if the layout is still that of the pane's document at this width.
    pub fn is_of(&self, pane: &GuidePane, columns: u16) -> bool {
        Arc::ptr_eq(&self.document, &pane.document) && self.columns == columns
    }

    pub fn height(&self) -> usize {
        self.flow.lines.len()
    }

    /// The lines that the cursor is on; for the first anchor what stands above it too if there is room
    /// for both, so that going up to it shows the beginning.
    pub fn current_lines(&self, pane: &GuidePane, room: u16) -> Range<usize> {
        let Some(current) = pane.cursor.row() else { return 0..0 };
        let lines = self.flow.lines_of(current);
        if current == 0 && lines.end <= room.into() { 0..lines.end } else { lines }
    }

    /// Paints what is in sight. Returns the place of the cursor if it is on the screen.
    pub fn paint(&self, pane: &GuidePane, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let theme = self.theme;
        buffer.print_lines(area, self.flow.lines.iter().skip(pane.scroll.first()));
        let mut cursor = None;
        for (anchor, is_first, place) in self.places(pane, area) {
            let is_current = pane.cursor.row() == Some(anchor);
            match pane.anchors.get(anchor) {
                Some(Anchor::Step { number, .. }) if pane.is_done(*number) => {
                    buffer.set_style(place, theme.muted().remove_modifier(Modifier::BOLD));
                    if is_first {
                        buffer.print((area.x, place.y), " [x] ", area.width, theme.ticked());
                    }
                }
                Some(Anchor::Copyable { .. }) if is_current => {
                    buffer.set_style(place, theme.current());
                }
                _ => {}
            }
            if is_current && cursor.is_none() {
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
                && let Some(block) = pane.document.blocks.get(*block)
                && let Some(domain::Span::Link(_)) = block.spans().get(*span)
            {
                links::link(buffer, place, text);
            }
        }
    }

    /// The anchor at a place on the screen, counted from the first. The box of a step is a part of it.
    pub fn anchor_at(&self, pane: &GuidePane, area: Rect, position: Position) -> Option<usize> {
        let is_here = |&(anchor, is_first, place): &(usize, bool, Rect)| {
            let is_step = matches!(pane.anchors.get(anchor), Some(Anchor::Step { .. }));
            let left = if is_first && is_step { area.x } else { place.x };
            position.y == place.y && (left..place.right()).contains(&position.x)
        };
        self.places(pane, area).find(is_here).map(|(anchor, _, _)| anchor)
    }

    /// The anchors on the screen, each with a place that it has there, and whether that is its first
    /// in the guide.
    fn places(&self, pane: &GuidePane, area: Rect) -> impl Iterator<Item = (usize, bool, Rect)> {
        let (first, places) = (pane.scroll.first(), &self.flow.places);
        let until = |line: usize| places.partition_point(|place| place.line < line);
        (until(first)..until(first + usize::from(area.height))).map(move |at| {
            let Place { anchor, line, columns } = &places[at];
            let x = area.x.saturating_add(fit::as_columns(columns.start));
            let y = area.y + fit::as_columns(line - first);
            let place = Rect::new(x, y, fit::as_columns(columns.len()), 1);
            let is_first = at == 0 || places[at - 1].anchor != *anchor;
            (*anchor, is_first, place.intersection(area))
        })
    }
}

struct Writer {
    /// The columns of the scopes' names.
    names: usize,
    theme: Theme,
    /// The guide's anchors that are still to come: a block has one for itself, or one for each of its
    /// spans that can be copied.
    anchors: RangeFrom<usize>,
    flow: Flow,
}

impl Writer {
    fn write(&mut self, block: &Block) {
        let theme = self.theme;
        match block {
            // The screen's own title says it.
            Block::Title(_) => {}
            Block::Note(spans) | Block::Paragraph(spans) => self.spans(" ", spans),
            Block::Line(spans) => self.spans("     - ", spans),
            Block::Section { number, title } => {
                self.plain(format!(" {number}. "), title, theme.accent());
            }
            Block::Step { number, title } => {
                let text = format!("{}.{} {}", number.section, number.step, shown(title));
                let anchor = self.anchors.next();
                let piece = Piece { text, style: theme.strong(), anchor };
                self.flow.paragraph(Span::styled(" [ ] ", theme.muted()), &[piece]);
            }
            Block::Actions { head, labels } => {
                let text = format!("{head} {}", fit::listed(labels, ", ", fit::LONGEST));
                self.plain("     ".to_owned(), text.trim_end(), theme.muted());
            }
            Block::Warning(sentence) => {
                self.plain(format!("     {} ", marks::REFUSED), sentence, theme.bad());
            }
            Block::Scope { name, form_name, actions } => {
                let (text, anchor) = (shown(name).into_owned(), self.anchors.next());
                let gap = " ".repeat(self.names.saturating_sub(fit::width(&text)));
                let name = Piece { text, style: theme.strong(), anchor };
                let form_name = form_name.as_deref().map(shown).unwrap_or_default();
                let count = pluralize(*actions, "action");
                let text = format!("{gap}  {count:<11}  {form_name}");
                let about = Piece { text, style: theme.muted(), anchor: None };
                self.flow.paragraph(Span::raw("     "), &[name, about]);
            }
        }
    }

    fn plain(&mut self, lead: String, text: &str, style: Style) {
        let piece = Piece { text: shown(text).into_owned(), style, anchor: None };
        self.flow.paragraph(Span::styled(lead, style), &[piece]);
    }

    fn spans(&mut self, lead: &'static str, spans: &[domain::Span]) {
        let theme = self.theme;
        let piece = |span: &domain::Span| {
            let anchor = span.copies().and_then(|_| self.anchors.next());
            let (style, room) = match span {
                domain::Span::Strong(_) => (theme.strong(), fit::LONGEST),
                domain::Span::Literal(_) => (theme.muted(), fit::LONGEST),
                // An address that carries a large selection would push the guide off the screen.
                domain::Span::Copy(_) | domain::Span::Link(_) => {
                    (theme.link(), self.flow.columns.saturating_sub(8) * LONGEST_ADDRESS)
                }
                domain::Span::Text(_) => (theme.plain(), fit::LONGEST),
            };
            Piece { text: fit::shown(span.text(), room).into_owned(), style, anchor }
        };
        let pieces: Vec<_> = spans.iter().map(piece).collect();
        self.flow.paragraph(Span::raw(lead), &pieces);
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
        pane.cursor.move_by(3);
        pane.tick_off();
        assert!(flow.is_of(&pane, 80) && !flow.is_of(&pane, 79));
        let one = catalog.indices().take(1).collect();
        pane.show(document(&one));
        assert!(!flow.is_of(&pane, 80));
    }
}
