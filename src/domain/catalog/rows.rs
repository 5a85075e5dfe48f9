use std::borrow::Cow;
use std::sync::Arc;

use super::scope_sets::SetIndex;

/// The actions of a catalog, small: ids and labels stay where they were read, in the text itself,
/// and actions with the same scopes share them. A million of them take 20 MB beside the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    source: Arc<String>,
    rows: Vec<Row>,
    /// The texts that the source has only escaped.
    decoded: String,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    id: Span,
    label: Span,
    scopes: SetIndex,
}

/// Bytes of the source, or, beyond its end, of the decoded texts.
#[derive(Clone, Copy, Debug)]
struct Span {
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
        self.rows.len()
    }

    /// Takes in an action. Borrowed texts are pieces of the source.
    pub fn push(&mut self, id: Cow<str>, label: Cow<str>, scopes: SetIndex) {
        let (id, label) = (self.span(id), self.span(label));
        self.rows.push(Row { id, label, scopes });
    }

    pub fn id(&self, row: usize) -> &str {
        self.text(self.rows[row].id)
    }

    pub fn label(&self, row: usize) -> &str {
        self.text(self.rows[row].label)
    }

    pub fn scopes(&self, row: usize) -> SetIndex {
        self.rows[row].scopes
    }

    /// The byte of the source at which a piece of it begins.
    pub fn offset_of(&self, piece: &str) -> usize {
        (piece.as_ptr() as usize).wrapping_sub(self.source.as_ptr() as usize)
    }

    fn span(&mut self, text: Cow<str>) -> Span {
        let start = match text {
            Cow::Borrowed(piece) if !piece.is_empty() => self.offset_of(piece),
            _ => {
                self.decoded.push_str(&text);
                self.source.len() + self.decoded.len() - text.len()
            }
        };
        Span { start: narrow(start), end: narrow(start + text.len()) }
    }

    fn text(&self, Span { start, end }: Span) -> &str {
        let (start, end) = (start as usize, end as usize);
        match start.checked_sub(self.source.len()) {
            Some(start) if end > self.source.len() => &self.decoded[start..end - self.source.len()],
            _ => &self.source[start..end],
        }
    }
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
