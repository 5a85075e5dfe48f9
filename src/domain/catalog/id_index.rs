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
    /// An empty one whose entries can be [appended](Self::append) to this one.
    pub fn alike(&self) -> Self {
        Self { entries: Vec::new(), hasher: self.hasher.clone() }
    }

    /// Takes in the rows of another one behind its own. Where both are in order, [`sort`](Self::sort)
    /// has little left to do.
    pub fn append(&mut self, other: &Self) {
        let rows = self.entries.len() as u64;
        self.entries.extend(other.entries.iter().map(|entry| entry + rows));
    }

    /// Puts in order what there is so far.
    pub fn put_in_order(&mut self) {
        self.entries.sort_unstable();
    }

    /// Takes in the id of the next row.
    pub fn push(&mut self, id: &str) {
        let row = self.entries.len() as u64;
        self.entries.push(self.hash(id) | row);
    }

    /// Makes ids findable. Gives back the rows whose id an earlier row has.
    pub fn sort(&mut self, rows: &Rows) -> Vec<usize> {
        // Unlike the unstable one, this finds what is in order already.
        self.entries.sort();
        let mut repeated = Vec::new();
        let alike = self.entries.chunk_by(|&a, &b| a >> ROW_BITS == b >> ROW_BITS);
        for entries in alike.filter(|entries| entries.len() > 1) {
            let mut distinct: Vec<&str> = Vec::new();
            for &entry in entries {
                let id = rows.id(row(entry));
                if distinct.contains(&id) {
                    repeated.push(row(entry));
                } else {
                    distinct.push(id);
                }
            }
        }
        repeated
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
