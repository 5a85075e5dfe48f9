use std::ops::Range;
use std::sync::Arc;

use super::scope_sets::SetIndex;
use crate::domain::Index;

/// Rows in one chunk. A power of two, so that finding a row costs a shift.
const CHUNK: usize = 4096;

/// The actions of a catalog, small: ids and labels stay where they were read, in the text itself,
/// and actions with the same scopes share them. A million of them take 20 MB beside the text.
///
/// A row never changes once it is there, so a copy of a growing list shares the rows that it has.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    source: Arc<String>,
    chunks: Vec<Arc<Chunk>>,
    /// Begun, and not full.
    last: Chunk,
}

#[derive(Clone, Debug, Default)]
struct Chunk {
    rows: Vec<Row>,
    /// Texts that the source has only escaped.
    decoded: String,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    id: Span,
    label: Span,
    scopes: SetIndex,
}

/// Bytes of the source, or, beyond its end, of the decoded texts of the chunk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    start: u32,
    end: u32,
}

impl Rows {
    pub fn of(source: Arc<String>) -> Self {
        Self { source, ..Self::default() }
    }

    pub fn source(&self) -> &Arc<String> {
        &self.source
    }

    pub fn len(&self) -> usize {
        self.chunks.len() * CHUNK + self.last.rows.len()
    }

    /// Where a text of the source stands.
    pub fn borrowed(bytes: Range<usize>) -> Span {
        Span { start: narrow(bytes.start), end: narrow(bytes.end) }
    }

    /// Keeps a text that the source has only escaped, for the row that is pushed next.
    pub fn decoded(&mut self, text: &str) -> Span {
        let start = self.source.len() + self.last.decoded.len();
        self.last.decoded.push_str(text);
        Self::borrowed(start..start + text.len())
    }

    /// Whether this row closes a chunk, which is when a copy is cheapest.
    pub fn push(&mut self, id: Span, label: Span, scopes: SetIndex) -> bool {
        self.last.rows.push(Row { id, label, scopes });
        let full = self.last.rows.len() == CHUNK;
        if full {
            let rows = Vec::with_capacity(CHUNK);
            let full = std::mem::replace(&mut self.last, Chunk { rows, decoded: String::new() });
            self.chunks.push(Arc::new(full));
        }
        full
    }

    /// Adds the rows of another list that was read from the same source. Where its lists of scopes
    /// are here, `sets` tells.
    pub fn append(&mut self, other: &Self, sets: &[SetIndex]) {
        for chunk in other.chunks.iter().map(Arc::as_ref).chain([&other.last]) {
            for &Row { id, label, scopes } in &chunk.rows {
                let (id, label) = (self.adopted(id, chunk), self.adopted(label, chunk));
                self.push(id, label, sets[scopes.position()]);
            }
        }
    }

    fn adopted(&mut self, span: Span, chunk: &Chunk) -> Span {
        if span.start as usize >= self.source.len() {
            let source = Arc::clone(&self.source);
            return self.decoded(span.of(&source, chunk));
        }
        span
    }

    pub fn id(&self, row: usize) -> &str {
        let chunk = self.chunk(row);
        chunk.rows[row % CHUNK].id.of(&self.source, chunk)
    }

    pub fn label(&self, row: usize) -> &str {
        let chunk = self.chunk(row);
        chunk.rows[row % CHUNK].label.of(&self.source, chunk)
    }

    pub fn scopes(&self, row: usize) -> SetIndex {
        self.chunk(row).rows[row % CHUNK].scopes
    }

    /// Where a row's id stands in the source, as far as that is known.
    pub fn place(&self, row: usize) -> usize {
        let start = self.chunk(row).rows[row % CHUNK].id.start as usize;
        start.min(self.source.len())
    }

    fn chunk(&self, row: usize) -> &Chunk {
        self.chunks.get(row / CHUNK).map_or(&self.last, Arc::as_ref)
    }
}

impl Span {
    fn of<'t>(self, source: &'t str, chunk: &'t Chunk) -> &'t str {
        let (start, end) = (self.start as usize, self.end as usize);
        match start.checked_sub(source.len()) {
            None => &source[start..end],
            Some(start) => &chunk.decoded[start..end - source.len()],
        }
    }
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
