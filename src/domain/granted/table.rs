use super::form::{Form, significant_lines};
use super::words::{Lexicon, Names, Unknown};
use super::{GrantedError, GrantedFault, Where};
use crate::domain::Position;

/// Columns beside the scopes that change nothing about them.
const BESIDE: [&str; 3] = ["needed by", "description", "name"];

/// Returns `true` if a text begins with the heading of a Markdown table.
pub fn is_one(text: &str) -> bool {
    let mut lines = significant_lines(text);
    let heading = lines.next().is_some_and(|line| line.starts_with('|'));
    heading && lines.next().is_some_and(is_rule)
}

/// Reads the `Scope` column of a Markdown table, as `scopes --format markdown` prints it.
pub fn read(lexicon: &Lexicon, text: &str) -> Result<(Names, Form), GrantedError> {
    let mut names = Names::new();
    let mut column = None;
    for (nth, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = || Where::At(Position { line: nth + 1, column: 1 });
        let cells = cells(line).ok_or_else(|| GrantedFault::Table.at(place()))?;
        match column {
            None => {
                let found = scope_column(&cells).ok_or_else(|| GrantedFault::Table.at(place()))?;
                column = Some(found);
            }
            Some(_) if is_rule(line) => {}
            Some(column) => {
                let cell = cells.get(column).copied().unwrap_or_default();
                let found = lexicon.names(cell, Unknown::Refused);
                names.extend(found.map_err(|stray| stray.at(place()))?);
            }
        }
    }
    match names.is_empty() {
        true => Err(GrantedFault::Empty.into()),
        false => Ok((names, Form::Table)),
    }
}

fn scope_column(heading: &[&str]) -> Option<usize> {
    let heading: Vec<_> = heading.iter().map(|cell| cell.to_ascii_lowercase()).collect();
    let is_scope = |cell: &str| matches!(cell, "scope" | "scopes");
    let is_fine = |cell: &String| is_scope(cell) || BESIDE.contains(&cell.as_str());
    let mut columns = heading.iter().enumerate().filter(|(_, cell)| is_scope(cell));
    let (column, _) = columns.next()?;
    (columns.next().is_none() && heading.iter().all(is_fine)).then_some(column)
}

/// `None` if the line is not a row.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').map(str::trim).collect())
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|') && line.contains('-') && line.chars().all(|c| "|-: ".contains(c))
}
