/// The row of a list that commands are about, and the part of the list that is on the screen.
///
/// The row is always one of the list's rows, and always on the screen, unless the list is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListCursor {
    row: usize,
    /// The first row on the screen as the last command left it. It is kept while the list is lower or
    /// shorter, so that the view comes back.
    wanted_first: usize,
    rows: usize,
    height: usize,
}

impl ListCursor {
    /// Returns `None` if the list is empty.
    pub fn row(self) -> Option<usize> {
        (self.row < self.rows).then_some(self.row)
    }

    /// The rows that are on the screen.
    pub fn shown(self) -> std::ops::Range<usize> {
        let first = self.first();
        first..self.rows.min(first + self.height)
    }

    pub fn rows(self) -> usize {
        self.rows
    }

    pub fn height(self) -> usize {
        self.height
    }

    pub fn set_rows(&mut self, rows: usize) {
        self.rows = rows;
        self.row = self.row.min(rows.saturating_sub(1));
    }

    pub fn set_height(&mut self, height: usize) {
        self.height = height;
    }

    /// Brings a row that is off the screen to its middle, so that its neighbours are seen and the next steps
    /// repaint two rows each.
    pub fn go_to(&mut self, row: usize) {
        let shown = self.shown();
        self.row = row.min(self.rows.saturating_sub(1));
        self.wanted_first = match shown.contains(&self.row) {
            true => shown.start,
            false => self.row.saturating_sub(self.height / 2),
        };
    }

    /// Stops at the ends.
    pub fn move_by(&mut self, rows: isize) {
        self.go_to(self.row.saturating_add_signed(rows));
    }

    /// Moves what is on the screen and the row alike, so that going on by pages shows every row.
    pub fn page_by(&mut self, rows: isize) {
        self.wanted_first = self.first().saturating_add_signed(rows);
        self.row = self.row.saturating_add_signed(rows).min(self.rows.saturating_sub(1));
    }

    /// Moves what is on the screen and takes the row along only where it would leave the screen.
    pub fn scroll_by(&mut self, rows: isize) {
        let first = self.first().saturating_add_signed(rows).min(self.last_first());
        let last = (first + self.height.max(1)).min(self.rows).saturating_sub(1);
        self.wanted_first = first;
        self.row = self.row.clamp(first.min(last), last);
    }

    /// The first row on the screen: the wanted one, unless that would hide the row, or waste room at
    /// the end.
    fn first(self) -> usize {
        let with_row = (self.row + 1).saturating_sub(self.height.max(1));
        self.wanted_first.clamp(with_row, self.row).min(self.last_first())
    }

    /// The first row on the screen at the end of the list.
    fn last_first(self) -> usize {
        self.rows.saturating_sub(self.height.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cursor(rows: usize, height: usize) -> ListCursor {
        let mut cursor = ListCursor { rows, ..ListCursor::default() };
        cursor.set_height(height);
        cursor
    }

    #[test]
    fn the_wheel_leaves_the_row_alone_while_it_stays_on_the_screen() {
        let mut cursor = cursor(100, 10);
        cursor.go_to(5);
        cursor.scroll_by(3);
        assert_eq!((cursor.row(), cursor.shown()), (Some(5), 3..13));
        cursor.scroll_by(3);
        assert_eq!((cursor.row(), cursor.shown()), (Some(6), 6..16));
        cursor.scroll_by(1000);
        assert_eq!((cursor.row(), cursor.shown()), (Some(90), 90..100));
        cursor.go_to(99);
        cursor.scroll_by(-3);
        assert_eq!((cursor.row(), cursor.shown()), (Some(96), 87..97));
    }

    #[test]
    fn a_step_over_the_edge_shows_half_a_page_of_what_is_next() {
        let mut cursor = cursor(100, 10);
        cursor.go_to(9);
        assert_eq!(cursor.shown(), 0..10, "the last row on the screen is on it");
        cursor.move_by(1);
        assert_eq!((cursor.row(), cursor.shown()), (Some(10), 5..15));
        cursor.move_by(4);
        assert_eq!(cursor.shown(), 5..15);
        cursor.move_by(-10);
        assert_eq!((cursor.row(), cursor.shown()), (Some(4), 0..10));
        cursor.go_to(99);
        assert_eq!(cursor.shown(), 90..100, "no row is wasted at the end");
    }

    #[test]
    fn pages_pass_over_no_row_wherever_they_begin() {
        for row in 0..40 {
            for (start, page) in [(row, 9), (99 - row, -9)] {
                let mut cursor = cursor(100, 10);
                cursor.go_to(start);
                let mut shown = cursor.shown();
                for _ in 0..12 {
                    cursor.page_by(page);
                    let now = cursor.shown();
                    assert!(now.start <= shown.end && shown.start <= now.end, "{shown:?} {now:?}");
                    shown = now;
                }
                let end = if page > 0 { 99 } else { 0 };
                assert_eq!(cursor.row(), Some(end), "it goes to the end");
                assert!(shown.contains(&end));
            }
        }
    }

    #[test]
    fn a_list_that_was_low_for_a_while_shows_again_what_it_showed() {
        let mut cursor = cursor(100, 10);
        cursor.go_to(50);
        cursor.move_by(2);
        for height in [0, 1, 3] {
            cursor.set_height(height);
            assert!(height == 0 || cursor.shown().contains(&52));
            cursor.set_height(10);
            assert_eq!((cursor.row(), cursor.shown()), (Some(52), 45..55));
        }
        cursor.set_height(20);
        assert_eq!(cursor.shown(), 45..65);
    }

    #[test]
    fn an_empty_list_has_no_row() {
        let mut cursor = cursor(3, 10);
        cursor.set_rows(0);
        cursor.move_by(1);
        cursor.scroll_by(-1);
        assert_eq!((cursor.row(), cursor.shown()), (None, 0..0));
    }

    proptest! {
        #[test]
        fn the_row_is_always_in_the_list_and_on_the_screen(
            steps in prop::collection::vec((0_u8..5, 0_isize..300), 1..60)
        ) {
            let mut cursor = cursor(121, 24);
            for (step, by) in steps {
                match step {
                    0 => cursor.move_by(by - 150),
                    1 => cursor.scroll_by(by - 150),
                    2 => cursor.set_rows(by.unsigned_abs()),
                    3 => cursor.set_height(by.unsigned_abs() % 60),
                    _ => cursor.go_to(by.unsigned_abs()),
                }
                match cursor.row() {
                    None => prop_assert_eq!(cursor.rows(), 0),
                    Some(row) if cursor.height() > 0 => {
                        prop_assert!(cursor.shown().contains(&row), "{:?}", cursor);
                        let full = cursor.height().min(cursor.rows());
                        prop_assert_eq!(cursor.shown().len(), full, "rows are wasted: {:?}", cursor);
                    }
                    Some(_) => {}
                }
            }
        }
    }
}
