/// How far down a text that is longer than its pane has been moved. Counted in lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scroll {
    first: usize,
    lines: usize,
    height: usize,
}

impl Scroll {
    /// The first line that is on the screen, from 0.
    pub fn first(self) -> usize {
        self.first
    }

    /// How many lines are below the screen.
    pub fn below(self) -> usize {
        self.lines.saturating_sub(self.first + self.height)
    }

    pub fn height(self) -> usize {
        self.height
    }

    pub fn measured(&mut self, lines: usize, height: usize) {
        (self.lines, self.height) = (lines, height);
        self.move_by(0);
    }

    /// Stops at the ends.
    pub fn move_by(&mut self, lines: isize) {
        let last = self.lines.saturating_sub(self.height);
        self.first = self.first.saturating_add_signed(lines).min(last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scrolling_stops_at_the_ends_and_a_shorter_text_pulls_it_back() {
        let mut scroll = Scroll::default();
        scroll.measured(30, 10);
        scroll.move_by(25);
        assert_eq!((scroll.first(), scroll.below()), (20, 0));
        scroll.measured(12, 10);
        assert_eq!(scroll.first(), 2);
        scroll.move_by(-5);
        assert_eq!((scroll.first(), scroll.below()), (0, 2));
    }
}
