use super::{Audit, AuditRow};
use crate::domain::markdown::{code, escaped};

impl Audit<'_> {
    /// The audit as a Markdown page: the summary, the source of the claims, and the table.
    pub fn markdown(&self) -> String {
        let (title, scopes) = match self.is_described {
            true => ("what the API accepts", "Scopes"),
            false => ("the guide and the API", "Guide"),
        };
        let mut text =
            format!("# {}: {title}\n\n{}\n\n", escaped(self.connector), escaped(&self.summary()),);
        let sentences = self.power().into_iter().chain([self.claims()]);
        text.extend(sentences.map(|sentence| format!("{}\n\n", escaped(&sentence))));
        text += &format!("| Verdict | Action | {scopes} | Accepted everywhere, any of | Calls |\n");
        text += "|---|---|---|---|---|\n";
        text.extend(self.worst_first().into_iter().map(AuditRow::markdown));
        text
    }
}

impl AuditRow<'_> {
    fn markdown(&self) -> String {
        let verdict = self.verdict.name();
        let id = cell(self.id);
        let codes = |scopes: &[&str], between: &str| {
            scopes.iter().map(|scope| cell(scope)).collect::<Vec<_>>().join(between)
        };
        let guide = codes(&self.guide, " ");
        let accepted = match self.asked.is_empty() {
            true => codes(&self.accepted, ", "),
            false => cell(&self.asked),
        };
        let calls: Vec<_> = self.calls().iter().map(|call| cell(call)).collect();
        format!("| {verdict} | {id} | {guide} | {accepted} | {} |\n", calls.join("<br>"))
    }
}

/// Code in a table: a bar would end the cell, even within a code span.
fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}
