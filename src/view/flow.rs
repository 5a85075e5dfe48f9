use std::ops::Range;

use ratatui::style::Style;

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
    /// Each line as what of the pieces stands on it.
    pub lines: Vec<Vec<Piece>>,
    pub places: Vec<Place>,
}

impl Flow {
    /// Adds a paragraph, wrapped at `columns`. It begins with `lead`, and its further lines are
    /// set in as far. Words stay whole where they fit; a longer one is broken.
    pub fn paragraph(&mut self, lead: Piece, pieces: &[Piece], columns: usize) {
        let indent = fit::width(&lead.text);
        let room = columns.saturating_sub(indent).max(1);
        let mut column = 0;
        let mut line = vec![lead];
        for piece in pieces.iter().filter(|piece| !piece.text.is_empty()) {
            line.push(piece.with(String::new()));
            // Words with the spaces after them; spaces at the beginning are a word too.
            for mut rest in piece.text.split_inclusive(' ') {
                while !rest.is_empty() {
                    let fits = column + fit::width(rest.trim_end()) <= room;
                    if !fits && column > 0 {
                        let next =
                            vec![Piece::plain(" ".repeat(indent)), piece.with(String::new())];
                        self.lines.push(std::mem::replace(&mut line, next));
                        column = 0;
                        continue;
                    }
                    let taken = if fits { rest } else { fit::piece(rest, room) };
                    let width = fit::width(taken);
                    if let Some(anchor) = piece.anchor {
                        let start = indent + column;
                        self.place(anchor, start..start + fit::width(taken.trim_end()));
                    }
                    if let Some(last) = line.last_mut() {
                        last.text.push_str(taken);
                    }
                    column += width;
                    rest = &rest[taken.len()..];
                }
            }
        }
        self.lines.push(line);
    }

    /// Neighbouring parts of one anchor on one line are one place.
    fn place(&mut self, anchor: usize, columns: Range<usize>) {
        let line = self.lines.len();
        match self.places.last_mut() {
            Some(last) if last.anchor == anchor && last.line == line => {
                last.columns.end = columns.end
            }
            _ => self.places.push(Place { anchor, line, columns }),
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
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: Style::new(), anchor: None }
    }

    /// Another text that looks and belongs the same.
    fn with(&self, text: String) -> Self {
        Self { text, ..*self }
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
        flow.paragraph(Piece::plain("- "), &pieces, columns);
        flow
    }

    fn text(flow: &Flow) -> Vec<String> {
        let line = |line: &Vec<Piece>| line.iter().map(|piece| &*piece.text).collect::<String>();
        flow.lines.iter().map(line).map(|line| line.trim_end().to_owned()).collect()
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
