use std::io::{self, Write};

use crate::cli::output::paint::{Paint, Role};
use crate::domain::{Columns, escaped, sanitize};

/// Rows of texts, written in one of three forms.
pub struct Table<const COLUMNS: usize> {
    headings: [&'static str; COLUMNS],
    rows: Vec<[Cell; COLUMNS]>,
}

/// One field of a table.
#[derive(Clone)]
pub struct Cell {
    text: String,
    role: Option<Role>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// An id or scopes of the catalog, which holds only what ends no field.
    Token,
    /// Anything else.
    Prose,
}

impl Cell {
    /// Ids or scopes of the catalog. They are written exactly as they are.
    pub fn token(text: impl Into<String>) -> Self {
        Self { text: text.into(), role: None, kind: Kind::Token }
    }

    pub fn prose(text: &str) -> Self {
        Self { text: sanitize(text).into_owned(), role: None, kind: Kind::Prose }
    }

    pub fn painted(self, role: Role) -> Self {
        Self { role: Some(role), ..self }
    }

    fn markdown(&self) -> String {
        match self.kind {
            Kind::Token if self.text.is_empty() => String::new(),
            Kind::Token if !self.text.contains('`') => {
                format!("`{}`", self.text.replace('|', "\\|"))
            }
            Kind::Token | Kind::Prose => escaped(&self.text),
        }
    }
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    pub fn new(headings: [&'static str; COLUMNS]) -> Self {
        Self { headings, rows: Vec::new() }
    }

    pub fn push(&mut self, row: [Cell; COLUMNS]) {
        self.rows.push(row);
    }

    /// [`Columns`] side by side, without a heading. The ids are in the first.
    pub fn write_text(&self, out: &mut impl Write, indent: &str, paint: Paint) -> io::Result<()> {
        let columns = Columns::of(self.rows.iter().map(texts), 0);
        for row in &self.rows {
            for line in columns.lines(texts(row)) {
                out.write_all(indent.as_bytes())?;
                for ((text, gap), cell) in line.into_iter().zip(row) {
                    match cell.role {
                        Some(role) => out.write_all(paint.text(role, &text).as_bytes())?,
                        None => out.write_all(text.as_bytes())?,
                    }
                    write!(out, "{:gap$}", "")?;
                }
                out.write_all(b"\n")?;
            }
        }
        Ok(())
    }

    pub fn write_tsv(&self, out: &mut impl Write) -> io::Result<()> {
        for row in &self.rows {
            writeln!(out, "{}", texts(row).join("\t"))?;
        }
        Ok(())
    }

    pub fn write_markdown(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "| {} |", self.headings.join(" | "))?;
        writeln!(out, "|{}", " --- |".repeat(COLUMNS))?;
        for row in &self.rows {
            let fields = row.each_ref().map(Cell::markdown);
            writeln!(out, "| {} |", fields.join(" | "))?;
        }
        Ok(())
    }
}

fn texts<const COLUMNS: usize>(row: &[Cell; COLUMNS]) -> [&str; COLUMNS] {
    row.each_ref().map(|cell| cell.text.as_str())
}

/// Scopes side by side in one field, separated by spaces, which no scope holds.
pub fn joined<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table<3> {
        let mut table = Table::new(["Action", "Label", "Scopes"]);
        table.push([Cell::token("x_a"), Cell::prose("取引"), Cell::token("r w")]);
        table.push([Cell::token("x_long"), Cell::prose("A|b\t<i>\u{1b}"), Cell::token("")]);
        table
    }

    fn written(write: impl Fn(&Table<3>, &mut Vec<u8>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&table(), &mut out).expect("a vector takes everything");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn columns_stand_under_each_other_and_nothing_trails() {
        assert_eq!(
            written(|table, out| table.write_text(out, "", Paint::Off)),
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
