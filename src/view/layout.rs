use ratatui::layout::{Rect, Size};

/// From this width on, actions and scopes stand side by side.
const WIDE: u16 = 106;
/// From this size on, they stand one above the other. Below it, only the list is left.
const STACKED: Size = Size { width: 40, height: 12 };
/// Below this size nothing of use can be shown.
const LEAST: Size = Size { width: 16, height: 4 };

/// Where everything stands on a terminal of some size. What has no room is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    pub title: Rect,
    pub blurb: Rect,
    pub search: Rect,
    /// Under the search box and the heading of the scopes, where they stand side by side.
    pub rule: Rect,
    pub header: Rect,
    pub list: Rect,
    /// Select all, Clear, and how many are ticked.
    pub status: Rect,
    pub divider: Rect,
    pub scopes_heading: Rect,
    /// Guide or least privilege.
    pub modes: Rect,
    pub scopes: Rect,
    pub separators: Rect,
    pub copy_scopes: Rect,
    pub url_heading: Rect,
    pub url: Rect,
    pub copy_url: Rect,
    pub details: Rect,
    pub footer: Rect,
    /// All between the title and the footer, for what covers the panes.
    pub overlay: Rect,
    /// The whole terminal where it is too small for anything else.
    pub too_small: Rect,
}

impl Layout {
    pub fn of(size: Size) -> Self {
        let Size { width, height } = size;
        if width < LEAST.width || height < LEAST.height {
            Self {
                too_small: Rect::from((ratatui::layout::Position::ORIGIN, size)),
                ..Self::default()
            }
        } else if width < STACKED.width || height < STACKED.height {
            Self::list_only(size)
        } else if width < WIDE {
            Self::stacked(size)
        } else {
            Self::side_by_side(size)
        }
    }

    /// What a terminal lacks for the least that can be shown, as columns and rows.
    pub const fn least() -> Size {
        LEAST
    }

    fn list_only(size: Size) -> Self {
        let mut rows = Rows::new(Rect::new(0, 0, size.width, size.height));
        let footer = rows.bottom(1);
        let search = rows.top(1);
        Self { search, overlay: rows.rest, list: rows.rest, footer, ..Self::default() }
    }

    /// What a low terminal has no room for goes first where its key does the same: the guide URL,
    /// the details, the header.
    fn stacked(size: Size) -> Self {
        let mut rows = Rows::new(Rect::new(0, 0, size.width, size.height));
        let height = size.height;
        let roomy = height >= 22;
        let title = rows.top(1);
        let blurb = rows.top(u16::from(roomy));
        let footer = rows.bottom(1);
        let overlay = rows.rest;
        let details = rows.bottom(match height {
            ..16 => 0,
            16..22 => 1,
            22..32 => 2,
            _ => 3,
        });
        let url = rows.bottom(match height {
            ..18 => 0,
            18..28 => 1,
            28..36 => 2,
            _ => 3,
        });
        let (url, copy_url) = label_right(url, 22);
        let copy_url = Rect { height: copy_url.height.min(1), ..copy_url };
        let (url_heading, url) = label_left(url, 11);
        // Beside the modes where there is room for both, else on a row of its own or not at all.
        let beside_modes = size.width >= 66;
        let own_row = rows.bottom(u16::from(!beside_modes && height >= 16));
        let separators = rows.bottom(1);
        let scopes = rows.bottom((height / 7).max(1));
        let modes = rows.bottom(1);
        let (modes, copy_scopes) =
            if beside_modes { label_right(modes, 24) } else { (modes, own_row) };
        let scopes_heading = rows.bottom(1);
        let status = rows.bottom(1);
        let search = rows.top(1);
        let header = rows.top(u16::from(height >= 14));
        Self {
            title,
            blurb,
            search,
            header,
            list: rows.rest,
            status,
            scopes_heading,
            modes: inset(modes),
            scopes,
            separators: inset(separators),
            copy_scopes,
            url_heading,
            url,
            copy_url,
            details,
            footer,
            overlay,
            ..Self::default()
        }
    }

    fn side_by_side(size: Size) -> Self {
        let mut rows = Rows::new(Rect::new(0, 0, size.width, size.height));
        let roomy = size.height >= 18;
        let title = rows.top(1);
        let blurb = rows.top(u16::from(roomy));
        rows.top(u16::from(roomy));
        let footer = rows.bottom(1);
        let details = rows.bottom(match size.height {
            ..18 => 1,
            18..36 => 2,
            _ => 3,
        });
        rows.bottom(u16::from(roomy));
        let overlay = rows.rest;
        let right_width = (size.width / 2).clamp(46, 80);
        let (left, right) = label_right(rows.rest, right_width);
        let (divider, right) = label_left(right, 1);

        let mut left = Rows::new(left);
        let search = left.top(1);
        let rule = left.top(1);
        let header = left.top(1);
        let status = left.bottom(1);
        left.bottom(u16::from(roomy));

        let mut right = Rows::new(Rect { x: right.x + 1, width: right.width - 1, ..right });
        let scopes_heading = right.top(1);
        let modes = right.top(1);
        let copy_url = right.bottom(1);
        let url = right.bottom(match size.height {
            ..18 => 1,
            18..36 => 3,
            _ => 5,
        });
        let url_heading = right.bottom(1);
        right.bottom(u16::from(roomy));
        let copy_scopes = right.bottom(1);
        let separators = right.bottom(1);
        right.bottom(u16::from(roomy));
        Self {
            title,
            blurb,
            search,
            rule,
            header,
            list: left.rest,
            status,
            divider,
            scopes_heading,
            modes: inset(modes),
            scopes: right.rest,
            separators: inset(separators),
            copy_scopes,
            url_heading,
            url,
            copy_url,
            details,
            footer,
            overlay,
            too_small: Rect::default(),
        }
    }
}

/// A rectangle that gives rows away, from its top and its bottom, as long as it has any.
struct Rows {
    rest: Rect,
}

impl Rows {
    fn new(rest: Rect) -> Self {
        Self { rest }
    }

    fn top(&mut self, rows: u16) -> Rect {
        let rows = rows.min(self.rest.height);
        let taken = Rect { height: rows, ..self.rest };
        self.rest = Rect { y: self.rest.y + rows, height: self.rest.height - rows, ..self.rest };
        taken
    }

    fn bottom(&mut self, rows: u16) -> Rect {
        let rows = rows.min(self.rest.height);
        self.rest.height -= rows;
        Rect { y: self.rest.bottom(), height: rows, ..self.rest }
    }
}

fn label_left(area: Rect, columns: u16) -> (Rect, Rect) {
    let columns = columns.min(area.width);
    let label = Rect { width: columns, ..area };
    (label, Rect { x: area.x + columns, width: area.width - columns, ..area })
}

fn label_right(area: Rect, columns: u16) -> (Rect, Rect) {
    let (rest, label) = label_left(area, area.width.saturating_sub(columns));
    (rest, label)
}

/// Without the first column, which belongs to the mark of the focus.
fn inset(area: Rect) -> Rect {
    let (_, rest) = label_left(area, 1);
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(layout: &Layout) -> Vec<Rect> {
        let Layout { title, blurb, search, rule, header, list, status, divider, .. } = *layout;
        let Layout { scopes_heading, modes, scopes, separators, copy_scopes, .. } = *layout;
        let Layout { url_heading, url, copy_url, details, footer, too_small, .. } = *layout;
        vec![
            title,
            blurb,
            search,
            rule,
            header,
            list,
            status,
            divider,
            scopes_heading,
            modes,
            scopes,
            separators,
            copy_scopes,
            url_heading,
            url,
            copy_url,
            details,
            footer,
            too_small,
        ]
    }

    #[test]
    fn at_every_size_nothing_overlaps_and_nothing_leaves_the_terminal() {
        for width in 0..=200 {
            for height in 0..=70 {
                let whole = Rect::new(0, 0, width, height);
                let parts = parts(&Layout::of(Size { width, height }));
                for (place, part) in parts.iter().enumerate() {
                    assert_eq!(
                        part.intersection(whole).area(),
                        part.area(),
                        "{part} at {width}x{height}"
                    );
                    for other in &parts[place + 1..] {
                        let shared = part.intersection(*other).area();
                        assert_eq!(shared, 0, "{part} and {other} at {width}x{height}");
                    }
                }
            }
        }
    }

    #[test]
    fn from_the_least_size_on_there_is_a_list_and_a_search_box() {
        for width in LEAST.width..=200 {
            for height in LEAST.height..=70 {
                let layout = Layout::of(Size { width, height });
                assert!(!layout.list.is_empty(), "{width}x{height}");
                assert!(!layout.search.is_empty(), "{width}x{height}");
                assert!(!layout.footer.is_empty(), "{width}x{height}");
            }
        }
    }
}
