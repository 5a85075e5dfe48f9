use super::{Audit, AuditRow};
use crate::domain::{Columns, sanitize};

const HEADER: [&str; 5] = ["VERDICT", "ACTION", "GUIDE", "ACCEPTED EVERYWHERE, ANY OF", "CALLS"];
/// The column of the ids.
const ID: usize = 1;

impl Audit<'_> {
    /// The audit as columns of plain text, then what they come to and whose claims they are.
    pub fn table(&self) -> String {
        let mut rows = vec![HEADER.map(String::from)];
        if self.is_described {
            rows[0][2] = "SCOPES".to_owned();
            rows[0][3] = "ACCEPTED".to_owned();
        }
        rows.extend(self.worst_first().into_iter().map(AuditRow::cells));
        let columns = Columns::of(rows.iter().map(texts), ID);
        let mut lines = String::new();
        for line in rows.iter().flat_map(|row| columns.lines(texts(row))) {
            for (text, gap) in line {
                lines.push_str(&text);
                lines.extend(std::iter::repeat_n(' ', gap));
            }
            lines.push('\n');
        }
        let mut sentences = vec![self.summary()];
        sentences.extend(self.power());
        sentences.push(self.claims());
        let notes: String =
            sentences.iter().map(|sentence| format!("{}\n", sanitize(sentence))).collect();
        format!("{lines}\n{notes}")
    }

    /// The rows of the table alone, their fields separated by tabs.
    pub fn tsv(&self) -> String {
        let rows = self.worst_first().into_iter();
        rows.map(|row| row.cells().join("\t") + "\n").collect()
    }
}

impl AuditRow<'_> {
    fn cells(&self) -> [String; HEADER.len()] {
        let everywhere = if !self.asked.is_empty() {
            self.asked.clone()
        } else if self.operations.is_empty() {
            "?".into()
        } else if self.accepted.is_empty() {
            "-".into()
        } else {
            self.accepted.join(", ")
        };
        let guide = if self.guide.is_empty() { "-".into() } else { self.guide.join(" ") };
        [self.verdict.name().into(), self.id.into(), guide, everywhere, self.calls().join("; ")]
            .map(|cell| sanitize(&cell).into_owned())
    }
}

fn texts(row: &[String; HEADER.len()]) -> [&str; HEADER.len()] {
    row.each_ref().map(String::as_str)
}
