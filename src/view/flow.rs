use std::iter;
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
    /// The most columns of a line.
    pub columns: usize,
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
    let room = columns.saturating_sub(fit::width(&lead.content)).max(1);
    let lines = begin_with(lead).zip(fit::wrap(text, room));
    lines.map(move |(start, line)| Line::from(vec![start, Span::styled(line, style)]))
}

/// The beginnings of lines: `lead` for the first, as many spaces for all others.
fn begin_with(lead: Span<'static>) -> impl Iterator<Item = Span<'static>> {
    let indent = Span::raw(" ".repeat(fit::width(&lead.content)));
    iter::once(lead).chain(iter::repeat(indent))
}

impl Flow {
    /// Adds a paragraph. It begins with `lead`, and its further lines are set in as far. Words stay
    /// whole where they fit; a longer one is broken.
    pub fn paragraph(&mut self, lead: Span<'static>, pieces: &[Piece]) {
        let indent = fit::width(&lead.content);
        let room = self.columns.saturating_sub(indent).max(1);
        // Words with the spaces after them; spaces at the beginning are a word too.
        let words = pieces
            .iter()
            .flat_map(|piece| piece.text.split_inclusive(' ').map(move |word| (word, piece)));
        for (start, words) in begin_with(lead).zip(fit::lay_out(words, room)) {
            let mut line = Line::from(start);
            let mut start = indent;
            for words in words.chunk_by(|(_, one), (_, next)| std::ptr::eq(*one, *next)) {
                let (text, piece) = (fit::concat(words), words[0].1);
                // The space that is left over at the end of a line is nobody's.
                let columns = start..start + fit::width(text.trim_end());
                start += fit::width(&text);
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
        let until = |anchor| self.places.partition_point(|place| place.anchor < anchor);
        match &self.places[until(anchor)..until(anchor + 1)] {
            [] => 0..0,
            [only] => only.line..only.line + 1,
            [first, .., last] => first.line..last.line + 1,
        }
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
        let mut flow = Flow { columns, ..Flow::default() };
        flow.paragraph(Span::raw("- "), &pieces);
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

    #[test]
    fn the_space_behind_a_word_at_the_end_of_a_line_is_no_place() {
        let flow = flow(12, &[("open the developer hub", Some(0))]);
        assert_eq!(text(&flow), ["- open the", "  developer", "  hub"]);
        assert_eq!(
            flow.places.iter().map(|place| place.columns.end).collect::<Vec<_>>(),
            [10, 11, 5]
        );
    }
}
