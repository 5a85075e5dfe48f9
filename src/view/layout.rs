use ratatui::layout::{Position, Rect, Size};

/// From this width on, actions and scopes stand side by side.
const WIDE: u16 = 106;
/// From this size on, they stand one above the other. Below it, only the list is left.
const STACKED: Size = Size { width: 40, height: 12 };
/// The most columns that actions have beside scopes.
const WIDEST_LIST: u16 = 100;
/// Below this size nothing of use can be shown.
pub const LEAST: Size = Size { width: 16, height: 4 };

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
    /// Select all, Clear, and how many actions are selected.
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
    /// If there is no guide page, the scopes get the rows of the URL.
    pub fn of(size: Size, has_page: bool, has_modes: bool) -> Self {
        let Size { width, height } = size;
        let whole = Rect::from((Position::ORIGIN, size));
        if width < LEAST.width || height < LEAST.height {
            Self { too_small: whole, ..Self::default() }
        } else if width < STACKED.width || height < STACKED.height {
            Self::list_only(whole)
        } else if width < WIDE {
            Self::stacked(whole, has_page, has_modes)
        } else {
            Self::side_by_side(whole, has_page)
        }
    }

    fn list_only(mut rest: Rect) -> Self {
        let [footer] = bottom(&mut rest, [1]);
        let overlay = rest;
        let [search] = top(&mut rest, [1]);
        Self { search, overlay, list: rest, footer, ..Self::default() }
    }

    /// A low terminal gives up first what a key can do as well: the guide URL, the details, the
    /// header.
    fn stacked(mut rest: Rect, has_page: bool, has_modes: bool) -> Self {
        let mut at = Self::default();
        let (width, height) = (rest.width, rest.height);
        [at.title, at.blurb] = top(&mut rest, [1, (height >= 22).into()]);
        [at.footer] = bottom(&mut rest, [1]);
        at.overlay = rest;
        // One row more from each of these heights on.
        let rows =
            |heights: [u16; 3]| heights.iter().map(|&least| u16::from(height >= least)).sum();
        let (details, url): (u16, u16) = (rows([16, 22, 32]), rows([18, 28, 36]));
        let (url, without_page) = if has_page { (url, 0) } else { (0, url) };
        [at.details, at.url] = bottom(&mut rest, [details, url]);
        [at.url_heading] = left(&mut at.url, [11]);
        [at.copy_url] = right(&mut at.url, [22]);
        at.copy_url.height = at.copy_url.height.min(1);
        // Beside the modes if there is room for both, else on a row of its own or not at all.
        let beside_modes = width >= 66;
        let copy_scopes = (!beside_modes && height >= 16).into();
        let (modes, without_modes) = if has_modes || beside_modes { (1, 0) } else { (0, 1) };
        let scopes = (height / 7).max(1) + without_page + without_modes;
        [at.copy_scopes, at.separators, at.scopes] = bottom(&mut rest, [copy_scopes, 1, scopes]);
        [at.modes, at.scopes_heading, at.status] = bottom(&mut rest, [modes, 1, 1]);
        if beside_modes {
            [at.copy_scopes] = right(&mut at.modes, [24]);
        }
        [at.search, at.header] = top(&mut rest, [1, (height >= 14).into()]);
        at.list = rest;
        at
    }

    fn side_by_side(mut rest: Rect, has_page: bool) -> Self {
        let mut at = Self::default();
        let (width, height) = (rest.width, rest.height);
        let gap = (height >= 18).into();
        let (details, url) = match height {
            ..18 => (1, 1),
            18..36 => (2, 3),
            _ => (3, 5),
        };
        [at.title, at.blurb, _] = top(&mut rest, [1, gap, gap]);
        [at.footer] = bottom(&mut rest, [1]);
        at.overlay = rest;
        [at.details, _] = bottom(&mut rest, [details, gap]);

        // Beyond that a label is hard to follow to its scopes.
        let scopes = (width / 2).max(width.saturating_sub(WIDEST_LIST));
        let [mut scopes] = right(&mut rest, [scopes]);
        [at.divider, _] = left(&mut scopes, [1, 1]);
        [at.search, at.rule, at.header] = top(&mut rest, [1, 1, 1]);
        [at.status, _] = bottom(&mut rest, [1, gap]);
        at.list = rest;

        [at.scopes_heading, at.modes] = top(&mut scopes, [1, 1]);
        if has_page {
            [at.copy_url, at.url, at.url_heading, _] = bottom(&mut scopes, [1, url, 1, gap]);
        }
        [at.copy_scopes, at.separators, _] = bottom(&mut scopes, [1, 1, gap]);
        at.scopes = scopes;
        at
    }
}

/// Takes rows off the top of an area, from there downwards, as long as it has any. By hand rather than
/// by ratatui's solver, which takes longer and needs more lines for the same.
fn top<const N: usize>(area: &mut Rect, rows: [u16; N]) -> [Rect; N] {
    rows.map(|rows| {
        let taken = Rect { height: rows.min(area.height), ..*area };
        (area.y, area.height) = (taken.bottom(), area.height - taken.height);
        taken
    })
}

/// The same off its bottom, from there upwards.
fn bottom<const N: usize>(area: &mut Rect, rows: [u16; N]) -> [Rect; N] {
    rows.map(|rows| {
        let rest = area.height.saturating_sub(rows);
        let [above] = top(area, [rest]);
        std::mem::replace(area, above)
    })
}

fn left<const N: usize>(area: &mut Rect, columns: [u16; N]) -> [Rect; N] {
    columns.map(|columns| {
        let taken = Rect { width: columns.min(area.width), ..*area };
        (area.x, area.width) = (taken.right(), area.width - taken.width);
        taken
    })
}

fn right<const N: usize>(area: &mut Rect, columns: [u16; N]) -> [Rect; N] {
    columns.map(|columns| {
        let rest = area.width.saturating_sub(columns);
        let [before] = left(area, [rest]);
        std::mem::replace(area, before)
    })
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
                let size = Size { width, height };
                let layouts = [(true, true), (false, true), (false, false)]
                    .map(|(has_page, has_modes)| parts(&Layout::of(size, has_page, has_modes)));
                let placed = layouts.iter().flat_map(|parts| {
                    parts.iter().enumerate().map(move |(place, part)| (parts, place, part))
                });
                for (parts, place, part) in placed {
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
    fn scopes_take_the_row_of_a_switch_that_is_not_there() {
        let scopes = |has_modes| {
            let layout = Layout::of(Size { width: 60, height: 20 }, false, has_modes);
            (layout.modes.height, layout.scopes.height)
        };
        let (with, without) = (scopes(true), scopes(false));
        assert_eq!((with.0, without.0, without.1), (1, 0, with.1 + 1));
    }

    #[test]
    fn from_the_least_size_on_there_is_a_list_and_a_search_box() {
        for width in LEAST.width..=200 {
            for height in LEAST.height..=70 {
                let layout = Layout::of(Size { width, height }, true, true);
                assert!(!layout.list.is_empty(), "{width}x{height}");
                assert!(!layout.search.is_empty(), "{width}x{height}");
                assert!(!layout.footer.is_empty(), "{width}x{height}");
            }
        }
    }
}
