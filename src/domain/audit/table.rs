use unicode_width::UnicodeWidthStr;

use super::{Audit, AuditRow};
use crate::domain::visible;

const HEADER: [&str; 5] = ["VERDICT", "ACTION", "GUIDE", "ACCEPTED EVERYWHERE, ANY OF", "CALLS"];

impl Audit<'_> {
    /// The audit as columns of plain text, then what they come to and whose claims they are.
    pub fn table(&self) -> String {
        let mut rows = vec![HEADER.map(String::from)];
        rows.extend(self.worst_first().into_iter().map(AuditRow::cells));
        let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
        let widths: [usize; HEADER.len() - 1] = std::array::from_fn(width);
        let lines: String = rows.iter().map(|row| line(row, &widths)).collect();
        let mut told = vec![self.summary()];
        told.extend(self.power());
        told.push(self.claims());
        let told: String = told.iter().map(|told| format!("{}\n", visible(told))).collect();
        format!("{lines}\n{told}")
    }

    /// The rows of the table alone, their fields separated by tabs.
    pub fn tsv(&self) -> String {
        let rows = self.worst_first().into_iter();
        rows.map(|row| row.cells().join("\t") + "\n").collect()
    }
}

impl AuditRow<'_> {
    fn cells(&self) -> [String; HEADER.len()] {
        let everywhere = if self.operations.is_empty() {
            "?".into()
        } else if self.accepted.is_empty() {
            "-".into()
        } else {
            self.accepted.join(", ")
        };
        let guide = if self.guide.is_empty() { "-".into() } else { self.guide.join(" ") };
        [self.verdict.name().into(), self.id.into(), guide, everywhere, self.calls().join("; ")]
            .map(|cell| visible(&cell).into_owned())
    }
}

/// Nothing stands under the last column, so that its width does not count.
fn line(cells: &[String; HEADER.len()], widths: &[usize; HEADER.len() - 1]) -> String {
    let mut line = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        line.push_str(cell);
        line.extend(std::iter::repeat_n(' ', 2 + width - cell.width()));
    }
    line.push_str(&cells[HEADER.len() - 1]);
    line.truncate(line.trim_end().len());
    line + "\n"
}
