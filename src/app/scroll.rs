use super::Extent;

/// The scroll position of a text that may be longer than its pane, in lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scroll {
    first: usize,
    /// The first line as the last command left it. It is kept while the pane is lower or the text shorter,
    /// so that the view comes back.
    wanted_first: usize,
    lines: usize,
    height: usize,
    /// The last line of the pane's cursor.
    cursor: usize,
    /// Whether the pane's cursor has moved, and is to be seen; otherwise the reader has moved the text.
    follows_cursor: bool,
}

impl Scroll {
    /// The first line that is on the screen, from 0.
    pub fn first(self) -> usize {
        self.first
    }

    /// Returns the number of lines below the screen.
    pub fn below(self) -> usize {
        self.lines.saturating_sub(self.first + self.height)
    }

    pub fn height(self) -> usize {
        self.height
    }

    /// Returns `true` unless the reader has moved the text away from the cursor.
    pub fn shows_cursor(self) -> bool {
        self.follows_cursor || (self.first..self.first + self.height).contains(&self.cursor)
    }

    /// From now on the cursor is kept on the screen, until [`move_by`](Self::move_by).
    pub fn follow_cursor(&mut self) {
        self.wanted_first = self.first;
        self.follows_cursor = true;
    }

    /// Keeps its place if the text is not on the screen.
    pub fn measured(&mut self, extent: Option<Extent>) {
        let Some(extent) = extent else { return };
        (self.lines, self.height) = (extent.lines, extent.height);
        self.cursor = extent.current.end.saturating_sub(1);
        self.first = self.wanted_first;
        if self.follows_cursor {
            // No further than it takes to have these lines on the screen, the first of them if not
            // all fit.
            let with_last = extent.current.end.saturating_sub(self.height);
            self.first = self.first.max(with_last).min(extent.current.start);
        }
        self.settle();
    }

    /// Stops at the ends.
    pub fn move_by(&mut self, lines: isize) {
        self.follows_cursor = false;
        self.first = self.first.saturating_add_signed(lines);
        self.settle();
        self.wanted_first = self.first;
    }

    /// Moves by a turn of the mouse wheel, in a low pane by no more than its height: no line is passed over.
    pub fn turn_by(&mut self, lines: isize) {
        let height = isize::try_from(self.height).unwrap_or(isize::MAX);
        self.move_by(lines.clamp(-height, height));
    }

    fn settle(&mut self) {
        self.first = self.first.min(self.lines.saturating_sub(self.height));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extent(lines: usize) -> Extent {
        Extent { lines, height: 10, current: 0..0 }
    }

    #[test]
    fn the_wheel_passes_over_no_line() {
        let mut scroll = Scroll::default();
        for (height, first) in [(10, 3), (2, 5), (1, 6)] {
            scroll.measured(Some(Extent { height, ..extent(30) }));
            scroll.turn_by(3);
            assert_eq!(scroll.first(), first);
        }
    }

    #[test]
    fn the_cursor_is_kept_in_sight_until_the_reader_moves_the_text() {
        let mut scroll = Scroll::default();
        scroll.follow_cursor();
        scroll.measured(Some(Extent { current: 20..21, ..extent(30) }));
        assert_eq!(scroll.first(), 11);
        scroll.move_by(-5);
        scroll.measured(Some(Extent { current: 20..21, ..extent(30) }));
        assert_eq!(scroll.first(), 6);
    }

    #[test]
    fn revealing_moves_no_further_than_needed() {
        let mut scroll = Scroll::default();
        scroll.measured(Some(extent(30)));
        for (lines, first) in [(4..5, 0), (12..14, 4), (13..14, 4), (2..3, 2), (5..25, 5)] {
            scroll.follow_cursor();
            scroll.measured(Some(Extent { current: lines.clone(), ..extent(30) }));
            assert_eq!(scroll.first(), first, "{lines:?}");
        }
    }

    #[test]
    fn a_pane_that_was_low_for_a_while_shows_again_what_it_showed() {
        let mut scroll = Scroll::default();
        scroll.measured(Some(extent(30)));
        scroll.move_by(12);
        for follows in [false, true] {
            scroll.measured(Some(Extent { height: 2, current: 18..19, ..extent(30) }));
            scroll.measured(Some(Extent { current: 18..19, ..extent(30) }));
            assert_eq!(scroll.first(), 12, "{follows}");
            scroll.follow_cursor();
        }
    }

    #[test]
    fn scrolling_stops_at_the_ends_and_a_shorter_text_pulls_it_back() {
        let mut scroll = Scroll::default();
        scroll.measured(Some(extent(30)));
        scroll.move_by(25);
        assert_eq!((scroll.first(), scroll.below()), (20, 0));
        scroll.measured(Some(extent(12)));
        assert_eq!(scroll.first(), 2);
        scroll.move_by(-5);
        assert_eq!((scroll.first(), scroll.below()), (0, 2));
    }
}
