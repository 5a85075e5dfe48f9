use std::collections::HashSet;
use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;
use serde::{Deserialize, Serialize};

use super::Text;
use super::connector::PIPEDRIVE;
use crate::domain::{LetterSet, SetIndex};

/// The actions of a catalog. A million of them take few allocations, because all ids and labels
/// stand in one text.
#[derive(Clone, Debug, Default)]
pub(super) struct Actions {
    texts: String,
    rows: Vec<Row>,
    /// A piece of an id's hash and its row, eight bytes an id; sorted once all are there.
    ///
    /// The hashes are keyed at random, so that no catalog can be written to make them collide.
    ids: Vec<u64>,
    hasher: DefaultHashBuilder,
}

/// An action of our own format, which has these keys and no others.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActionFile<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    pub label: Text<'a>,
    pub scopes: Vec<Text<'a>>,
}

impl<'a> ActionFile<'a> {
    pub fn new(id: &'a str, label: &'a str, scopes: impl Iterator<Item = &'a str>) -> Self {
        let scopes = scopes.map(Text::from).collect();
        Self { id: id.into(), label: label.into(), scopes }
    }
}

/// An id begins where the label before it ends.
#[derive(Clone, Copy, Debug)]
struct Row {
    id_end: usize,
    label_end: usize,
    /// Of the id and the label.
    letters: LetterSet,
    scopes: SetIndex,
}

const ROW_BITS: u32 = u32::BITS;

impl Actions {
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many bytes all ids and labels have.
    pub fn text_bytes(&self) -> usize {
        self.texts.len()
    }

    pub fn push(&mut self, id: &str, label: &str, scopes: SetIndex) {
        self.ids.push(self.hash(id) | self.len() as u64);
        self.texts.push_str(id);
        let id_end = self.texts.len();
        self.texts.push_str(label);
        let letters = LetterSet::new(id).union(LetterSet::new(label));
        self.rows.push(Row { id_end, label_end: self.texts.len(), letters, scopes });
    }

    /// Makes ids findable. Returns the rows whose id an earlier one has.
    pub fn sort(&mut self) -> Vec<usize> {
        self.ids.sort_unstable();
        let mut repeated = Vec::new();
        for alike in self.ids.chunk_by(|a, b| a >> ROW_BITS == b >> ROW_BITS) {
            let rows = alike.iter().map(|&entry| row(entry));
            let mut seen = HashSet::new();
            if alike.len() > 1 {
                repeated.extend(rows.filter(|&row| !seen.insert(self.id(row))));
            }
        }
        repeated.sort_unstable();
        repeated
    }

    pub fn find(&self, id: &str) -> Option<usize> {
        let hash = self.hash(id);
        let first = self.ids.partition_point(|&entry| entry < hash);
        let alike = self.ids[first..].iter().take_while(|&&e| e >> ROW_BITS == hash >> ROW_BITS);
        alike.map(|&entry| row(entry)).find(|&row| self.id(row) == id)
    }

    pub fn id(&self, row: usize) -> &str {
        let start = row.checked_sub(1).map_or(0, |before| self.rows[before].label_end);
        &self.texts[start..self.rows[row].id_end]
    }

    pub fn label(&self, row: usize) -> &str {
        let Row { id_end, label_end, .. } = self.rows[row];
        &self.texts[id_end..label_end]
    }

    pub fn letters(&self, row: usize) -> LetterSet {
        self.rows[row].letters
    }

    pub fn scopes(&self, row: usize) -> SetIndex {
        self.rows[row].scopes
    }

    /// The common beginning of all ids: the connector's key, if nothing else tells it. `None` if they share no
    /// beginning. A single id is taken to begin with one of its words.
    pub fn common_key(&self) -> Option<&str> {
        let mut ids = (0..self.len()).map(|row| self.id(row));
        let is_single = self.len() == 1;
        let first = ids.next()?;
        let prefix = ids.fold(up_to_underscore(first, first.len()), |prefix, id| {
            let shared = || prefix.bytes().zip(id.bytes()).take_while(|(a, b)| a == b).count();
            if id.starts_with(prefix) { prefix } else { up_to_underscore(prefix, shared()) }
        });
        let key = prefix.strip_suffix('_')?;
        // Actions of Pipedrive may all begin with the same verb.
        let is_pipedrive = key.split('_').next() == Some(PIPEDRIVE);
        let key = if is_single || is_pipedrive { key.split('_').next()? } else { key };
        // StackOne's unified actions of one connector.
        let key = key.strip_suffix("_unified").unwrap_or(key);
        (!key.is_empty()).then_some(key)
    }

    /// With room for a row in its lower half.
    fn hash(&self, id: &str) -> u64 {
        self.hasher.hash_one(id) >> ROW_BITS << ROW_BITS
    }
}

fn row(entry: u64) -> usize {
    entry as u32 as usize
}

/// The text up to the last `_` within its first `bytes`.
fn up_to_underscore(text: &str, bytes: usize) -> &str {
    let last = text.as_bytes()[..bytes].iter().rposition(|&byte| byte == b'_');
    &text[..last.map_or(0, |last| last + 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_what_all_ids_begin_with_up_to_an_underscore() {
        for (ids, key) in [
            (&["x_list_a", "x_get_b"][..], Some("x")),
            (&["google_drive_list_files", "google_drive_get_file"], Some("google_drive")),
            (
                &["google_drive_list_a", "google_drive_list_b", "google_drive_c"],
                Some("google_drive"),
            ),
            (&["x_list_a"], Some("x")),
            (&["x_unified_list_a", "x_unified_get_b"], Some("x")),
            (&["pipedrive_add_a", "pipedrive_add_b"], Some("pipedrive")),
            (&["pipe_a", "piper_a"], None),
            (&["slack_a", "pipedrive_a"], None),
            (&["ä_a", "å_a"], None),
            (&["a", "b"], None),
            (&["_a", "_b"], None),
            (&[], None),
        ] {
            let mut actions = Actions::default();
            ids.iter().for_each(|id| actions.push(id, "A", SetIndex::from_position(0)));
            assert_eq!(actions.common_key(), key, "{ids:?}");
        }
    }
}
