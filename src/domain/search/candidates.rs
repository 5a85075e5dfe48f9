use std::ops::Range;

use super::matches::Found;

/// The rows that can still match: all of them, but for those that an earlier search with less to
/// ask for has looked at in vain. A bit a row, so that a million rows are 122 KiB.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    /// Rows beyond the end are not ruled out.
    ruled_out: Vec<u64>,
}

impl Candidates {
    pub fn all() -> Self {
        Self::default()
    }

    /// Rules out the rows that were looked at and not found.
    pub fn narrow(&mut self, found: &Found) {
        let rows = found.rows();
        if self.ruled_out.len() < rows.end.div_ceil(64) {
            self.ruled_out.resize(rows.end.div_ceil(64), 0);
        }
        for (place, bits) in pieces(rows) {
            self.ruled_out[place] |= bits;
        }
        for row in found.matching() {
            self.ruled_out[row / 64] &= !(1 << (row % 64));
        }
    }

    /// Those among `rows`, in catalog order.
    pub(super) fn among(&self, rows: Range<usize>) -> impl Iterator<Item = usize> {
        pieces(rows).flat_map(|(place, bits)| {
            let out = self.ruled_out.get(place).copied().unwrap_or(0);
            ones(bits & !out).map(move |bit| place * 64 + bit)
        })
    }
}

/// The rows as bits of 64 rows each.
fn pieces(rows: Range<usize>) -> impl Iterator<Item = (usize, u64)> {
    (rows.start / 64..rows.end.div_ceil(64)).map(move |place| {
        let below = |row: usize| match row.saturating_sub(place * 64) {
            bits @ 0..64 => (1 << bits) - 1,
            _ => u64::MAX,
        };
        (place, below(rows.end) & !below(rows.start))
    })
}

fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (bits != 0).then(|| bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        lowest
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Catalog;
    use crate::domain::search::{Scan, Search, SearchIndex};

    #[test]
    fn what_was_looked_at_in_vain_is_ruled_out_and_nothing_else() {
        let catalog = Catalog::pipedrive();
        let index = SearchIndex::of(&catalog);
        let search = Search::new("deal");
        let mut scan = Scan::new(&search, &catalog, &index);
        let mut candidates = Candidates::all();
        let looked_at = 3..70;
        let found = scan.rows(looked_at.clone(), &candidates);
        let matching: Vec<usize> = found.matching().collect();
        assert!(!matching.is_empty() && matching.len() < looked_at.len());
        candidates.narrow(&found);
        // Again: what is ruled out stays so.
        candidates.narrow(&found);
        let left: Vec<usize> = candidates.among(0..121).collect();
        let expected: Vec<usize> =
            (0..121).filter(|row| !looked_at.contains(row) || matching.contains(row)).collect();
        assert_eq!(left, expected);
    }
}
