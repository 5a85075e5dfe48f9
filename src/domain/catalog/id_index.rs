use std::collections::HashSet;
use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;

use super::rows::Rows;

/// Where each id stands: eight bytes an id, which are a piece of its hash and its row, sorted. It
/// keeps no id, and looks at the rows for the rest.
///
/// The hashes are keyed at random, so that no catalog can be written to make them collide.
#[derive(Clone, Debug, Default)]
pub(super) struct IdIndex {
    entries: Vec<u64>,
    hasher: DefaultHashBuilder,
}

const ROW_BITS: u32 = 32;

impl IdIndex {
    /// Takes in the id of the next row.
    pub fn push(&mut self, id: &str) {
        let row = self.entries.len() as u64;
        self.entries.push(self.hash(id) | row);
    }

    /// Makes ids findable. Returns whether no id comes twice.
    pub fn sort(&mut self, rows: &Rows) -> bool {
        self.entries.sort_unstable();
        let mut alike = self.entries.chunk_by(|&a, &b| a >> ROW_BITS == b >> ROW_BITS);
        alike.all(|entries| {
            let mut seen = HashSet::new();
            entries.len() == 1 || entries.iter().all(|&entry| seen.insert(rows.id(row(entry))))
        })
    }

    pub fn find(&self, rows: &Rows, id: &str) -> Option<usize> {
        let hash = self.hash(id);
        let first = self.entries.partition_point(|&entry| entry < hash);
        let alike =
            self.entries[first..].iter().take_while(|&&e| e >> ROW_BITS == hash >> ROW_BITS);
        alike.map(|&entry| row(entry)).find(|&row| rows.id(row) == id)
    }

    /// With room for a row in its lower half.
    fn hash(&self, id: &str) -> u64 {
        self.hasher.hash_one(id) >> ROW_BITS << ROW_BITS
    }
}

fn row(entry: u64) -> usize {
    (entry & ((1 << ROW_BITS) - 1)) as usize
}
