use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::fit;

/// A piece of a paragraph: words that look alike and, where they can be stood on, belong together.
pub struct Piece {
    pub text: String,
    pub style: Style,
    /// The anchor of the guide's cursor that this piece is, counted from the first.
    pub anchor: Option<usize>,
}

/// A part of one line that belongs to an anchor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub anchor: usize,
    pub line: usize,
    pub columns: Range<usize>,
}

/// A text laid out in lines. Its anchors follow each other in their order.
#[derive(Default)]
pub struct Flow {
    pub lines: Vec<Line<'static>>,
    pub places: Vec<Place>,
}

/// The text of one paragraph, wrapped at `columns`. It begins with `lead`, and its further lines are set
/// in as far.
pub fn hanging(
    lead: Span<'static>,
    text: &str,
    style: Style,
    columns: usize,
) -> impl Iterator<Item = Line<'static>> {
    let indent = fit::width(&lead.content);
    let mut lead = lead;
    let lines = fit::wrap(text, columns.saturating_sub(indent).max(1)).into_iter();
    lines.map(move |line| {
        let lead = std::mem::replace(&mut lead, Span::raw(" ".repeat(indent)));
        Line::from(vec![lead, Span::styled(line, style)])
    })
}

impl Flow {
    /// Adds a paragraph, wrapped at `columns`. It begins with `lead`, and its further lines are
    /// set in as far. Words stay whole where they fit; a longer one is broken.
    pub fn paragraph(&mut self, lead: Span<'static>, pieces: &[Piece], columns: usize) {
        let indent = fit::width(&lead.content);
        let room = columns.saturating_sub(indent).max(1);
        let words = pieces.iter().flat_map(|piece| piece.words().map(move |word| (word, piece)));
        let mut lead = lead;
        for words in fit::lay_out(words, room) {
            let mut line = Line::from(std::mem::replace(&mut lead, Span::raw(" ".repeat(indent))));
            let mut start = indent;
            for words in words.chunk_by(|(_, one), (_, next)| std::ptr::eq(*one, *next)) {
                let (text, piece) = (fit::concat(words), words[0].1);
                let columns = start..start + fit::width(&text);
                start = columns.end;
                let line_number = self.lines.len();
                let place = |anchor| Place { anchor, line: line_number, columns };
                self.places.extend(piece.anchor.map(place));
                line.push_span(Span::styled(text, piece.style));
            }
            self.lines.push(line);
        }
    }

    /// The lines that an anchor is on.
    pub fn lines_of(&self, anchor: usize) -> Range<usize> {
        let before = self.places.partition_point(|place| place.anchor < anchor);
        let places = self.places[before..].iter().take_while(|place| place.anchor == anchor);
        let mut lines = places.map(|place| place.line);
        match lines.next() {
            Some(first) => first..lines.last().unwrap_or(first) + 1,
            None => 0..0,
        }
    }
}

impl Piece {
    /// Words with the spaces after them; spaces at the beginning are a word too.
    fn words(&self) -> impl Iterator<Item = &str> {
        self.text.split_inclusive(' ')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(columns: usize, pieces: &[(&str, Option<usize>)]) -> Flow {
        let pieces: Vec<_> = pieces
            .iter()
            .map(|&(text, anchor)| Piece { text: text.into(), style: Style::new(), anchor })
            .collect();
        let mut flow = Flow::default();
        flow.paragraph(Span::raw("- "), &pieces, columns);
        flow
    }

    fn text(flow: &Flow) -> Vec<String> {
        flow.lines.iter().map(|line| line.to_string().trim_end().to_owned()).collect()
    }

    #[test]
    fn further_lines_are_set_in_and_words_stay_whole() {
        let flow = flow(12, &[("tick the ", None), ("scopes", Some(0)), (" below.", None)]);
        assert_eq!(text(&flow), ["- tick the", "  scopes", "  below."]);
        assert_eq!(flow.places, [Place { anchor: 0, line: 1, columns: 2..8 }]);
    }

    #[test]
    fn an_address_longer_than_a_line_is_broken_and_every_part_is_its_place() {
        let flow = flow(10, &[("at ", None), ("https://a.example", Some(3))]);
        assert_eq!(text(&flow), ["- at", "  https://", "  a.exampl", "  e"]);
        assert_eq!(flow.lines_of(3), 1..4);
    }
}
