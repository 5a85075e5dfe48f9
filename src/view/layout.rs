use ratatui::layout::Constraint::{self, Fill, Length};
use ratatui::layout::{Layout as Split, Position, Rect, Size};

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
        let whole = Rect::from((Position::ORIGIN, size));
        if width < LEAST.width || height < LEAST.height {
            Self { too_small: whole, ..Self::default() }
        } else if width < STACKED.width || height < STACKED.height {
            let [search, list, footer] =
                Split::vertical([Length(1), Fill(1), Length(1)]).areas(whole);
            Self { search, overlay: list, list, footer, ..Self::default() }
        } else if width < WIDE {
            Self::stacked(whole)
        } else {
            Self::side_by_side(whole)
        }
    }

    /// The least number of columns and rows.
    pub const fn least() -> Size {
        LEAST
    }

    /// A low terminal gives up first what a key can do as well: the guide URL, the details, the
    /// header.
    fn stacked(whole: Rect) -> Self {
        let mut at = Self::default();
        let height = whole.height;
        let details = match height {
            ..16 => 0,
            16..22 => 1,
            22..32 => 2,
            _ => 3,
        };
        let url_rows = match height {
            ..18 => 0,
            18..28 => 1,
            28..36 => 2,
            _ => 3,
        };
        // Beside the modes if there is room for both, else on a row of its own or not at all.
        let beside_modes = whole.width >= 66;
        let (modes, copy_scopes, url);
        [at.title, at.blurb, at.overlay, at.footer] =
            Split::vertical([Length(1), row_if(height >= 22), Fill(1), Length(1)]).areas(whole);
        [
            at.search,
            at.header,
            at.list,
            at.status,
            at.scopes_heading,
            modes,
            at.scopes,
            at.separators,
            copy_scopes,
            url,
            at.details,
        ] = Split::vertical([
            Length(1),
            row_if(height >= 14),
            Fill(1),
            Length(1),
            Length(1),
            Length(1),
            Length((height / 7).max(1)),
            Length(1),
            row_if(!beside_modes && height >= 16),
            Length(url_rows),
            Length(details),
        ])
        .areas(at.overlay);
        (at.modes, at.copy_scopes) = (modes, copy_scopes);
        if beside_modes {
            [at.modes, at.copy_scopes] = Split::horizontal([Fill(1), Length(24)]).areas(modes);
        }
        [at.url_heading, at.url, at.copy_url] =
            Split::horizontal([Length(11), Fill(1), Length(22)]).areas(url);
        at.copy_url.height = at.copy_url.height.min(1);
        at
    }

    fn side_by_side(whole: Rect) -> Self {
        let mut at = Self::default();
        let (details, url) = match whole.height {
            ..18 => (1, 1),
            18..36 => (2, 3),
            _ => (3, 5),
        };
        let gap = row_if(whole.height >= 18);
        let right_width = (whole.width / 2).clamp(46, 80);
        let (left, right);
        [at.title, at.blurb, _, at.overlay, _, at.details, at.footer] =
            Split::vertical([Length(1), gap, gap, Fill(1), gap, Length(details), Length(1)])
                .areas(whole);
        [left, at.divider, _, right] =
            Split::horizontal([Fill(1), Length(1), Length(1), Length(right_width - 2)])
                .areas(at.overlay);
        [at.search, at.rule, at.header, at.list, _, at.status] =
            Split::vertical([Length(1), Length(1), Length(1), Fill(1), gap, Length(1)]).areas(left);
        [
            at.scopes_heading,
            at.modes,
            at.scopes,
            _,
            at.separators,
            at.copy_scopes,
            _,
            at.url_heading,
            at.url,
            at.copy_url,
        ] = Split::vertical([
            Length(1),
            Length(1),
            Fill(1),
            gap,
            Length(1),
            Length(1),
            gap,
            Length(1),
            Length(url),
            Length(1),
        ])
        .areas(right);
        at
    }
}

/// One row, or none.
fn row_if(has_room: bool) -> Constraint {
    Length(has_room.into())
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
