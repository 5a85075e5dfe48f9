use std::io::{self, Write};

use anstyle::Style;
use clap::ValueEnum;

use crate::cli::output::columns::Columns;
use crate::cli::output::paint::{StdoutStyle, role};
use crate::domain::{code_in_table, escaped, sanitize};

/// The forms of an answer that is a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading
    Text,
    /// One JSON document (assets/schema/output.json)
    Json,
    /// Tab-separated values without a header
    Tsv,
    /// A Markdown table
    Markdown,
}

/// Rows of texts, written in one of three forms. A row has a cell for each heading.
pub struct Table {
    headings: Vec<&'static str>,
    /// The column of the ids.
    id: usize,
    rows: Vec<Vec<Cell>>,
}

/// One field of a table.
#[derive(Clone)]
pub struct Cell {
    text: String,
    style: Option<Style>,
    markdown: String,
}

impl Cell {
    /// Ids or scopes of the catalog. They are written exactly as they are.
    pub fn token(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { markdown: code_in_table(&text), text, style: None }
    }

    /// Several of these, with a space between them, or a comma and a space if one of them has a space.
    pub fn tokens<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let texts: Vec<_> = texts.into_iter().collect();
        let between = if texts.iter().any(|text| text.contains(' ')) { ", " } else { " " };
        Self::token(texts.join(between))
    }

    pub fn prose(text: &str) -> Self {
        Self { markdown: escaped(text), text: sanitize(text).into_owned(), style: None }
    }

    /// Texts with `between` them; in Markdown each is code, with `in_markdown` between them.
    pub fn list<T: AsRef<str>>(texts: &[T], between: &str, in_markdown: &str) -> Self {
        let texts = || texts.iter().map(AsRef::as_ref);
        let code: Vec<_> = texts().map(code_in_table).collect();
        let markdown = code.join(in_markdown);
        Self { markdown, ..Self::prose(&texts().collect::<Vec<_>>().join(between)) }
    }

    pub fn painted(self, style: Style) -> Self {
        Self { style: Some(style), ..self }
    }

    /// Writes `text` where the cell is empty, except in Markdown.
    pub fn or(self, text: &str) -> Self {
        if self.text.is_empty() { Self { text: text.into(), ..self } } else { self }
    }
}

impl Table {
    /// The ids are in the first column.
    pub fn new(headings: &[&'static str]) -> Self {
        Self { headings: headings.to_vec(), id: 0, rows: Vec::new() }
    }

    pub fn with_ids_in(self, id: usize) -> Self {
        Self { id, ..self }
    }

    pub fn push(&mut self, row: impl Into<Vec<Cell>>) {
        self.rows.push(row.into());
    }

    /// Leaves out the column with this heading.
    pub fn without(mut self, heading: &str) -> Self {
        if let Some(column) = self.headings.iter().position(|&other| other == heading) {
            self.headings.remove(column);
            self.rows.iter_mut().for_each(|row| drop(row.remove(column)));
        }
        self
    }

    /// Makes the headings, in capitals, the first row.
    pub fn headed(mut self) -> Self {
        let heading = |text: &&str| Cell::prose(&text.to_uppercase()).painted(role::HEADING);
        self.rows.insert(0, self.headings.iter().map(heading).collect());
        self
    }

    /// [`Columns`] side by side, on lines of at most the columns of the terminal.
    pub fn write_text(
        &self,
        out: &mut Vec<u8>,
        indent: &str,
        style: StdoutStyle,
    ) -> io::Result<()> {
        let room = style.columns.saturating_sub(indent.len());
        let columns = Columns::of(self.rows.iter().map(|row| texts(row)), self.id, room);
        for row in &self.rows {
            for line in columns.lines(&texts(row)) {
                out.write_all(indent.as_bytes())?;
                for (spaces, column, text) in line {
                    write!(out, "{:spaces$}", "")?;
                    match row[column].style {
                        Some(own) => out.write_all(style.paint(own, &text).as_bytes())?,
                        None => out.write_all(text.as_bytes())?,
                    }
                }
                out.write_all(b"\n")?;
            }
        }
        Ok(())
    }

    pub fn write_tsv(&self, out: &mut Vec<u8>) -> io::Result<()> {
        for row in &self.rows {
            writeln!(out, "{}", texts(row).join("\t"))?;
        }
        Ok(())
    }

    pub fn write_markdown(&self, out: &mut Vec<u8>) -> io::Result<()> {
        writeln!(out, "| {} |", self.headings.join(" | "))?;
        writeln!(out, "|{}", " --- |".repeat(self.headings.len()))?;
        for row in &self.rows {
            let fields: Vec<_> = row.iter().map(|cell| cell.markdown.as_str()).collect();
            writeln!(out, "| {} |", fields.join(" | "))?;
        }
        Ok(())
    }
}

fn texts(row: &[Cell]) -> Vec<&str> {
    row.iter().map(|cell| cell.text.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(&["Action", "Label", "Scopes"]);
        table.push([Cell::token("x_a"), Cell::prose("取引"), Cell::token("r w")]);
        table.push([Cell::token("x_long"), Cell::prose("A|b\t<i>\u{1b}"), Cell::token("")]);
        table
    }

    fn written(write: impl Fn(&Table, &mut Vec<u8>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&table(), &mut out).expect("a vector takes everything");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn columns_stand_under_each_other_and_nothing_trails() {
        let style = StdoutStyle { is_coloured: false, columns: usize::MAX };
        assert_eq!(
            written(|table, out| table.write_text(out, "", style)),
            "x_a     取引      r w\nx_long  A|b␉<i>␛\n"
        );
    }

    #[test]
    fn a_field_never_holds_what_ends_it() {
        assert_eq!(
            written(|table, out| table.write_tsv(out)),
            "x_a\t取引\tr w\nx_long\tA|b␉<i>␛\t\n"
        );
        assert_eq!(
            written(|table, out| table.write_markdown(out)),
            "| Action | Label | Scopes |\n| --- | --- | --- |\n\
             | `x_a` | 取引 | `r w` |\n| `x_long` | A\\|b␉\\<i\\>␛ |  |\n"
        );
    }
}
