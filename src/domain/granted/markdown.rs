use super::lines::significant_lines;
use super::words::{Lexicon, Names, Unknown};
use super::{Form, GrantedError, GrantedFault, Where};
use crate::domain::markdown::escaped;

/// Columns beside the scopes that change nothing about them.
const BESIDE: [&str; 3] = ["needed by", "description", "name"];

/// Returns `true` if `guide --format markdown` printed the text for this catalog.
pub fn is_guide(lexicon: &Lexicon, text: &str) -> bool {
    let catalog = lexicon.catalog();
    let title = escaped(&catalog.connector().title());
    let heading = text.lines().next().and_then(|line| line.strip_prefix("# "));
    catalog.guide().is_some() && heading == Some(title.as_str())
}

/// Reads the scopes that the guide's Markdown says to configure: its items with a box.
pub fn read_guide(lexicon: &Lexicon, text: &str) -> Result<(Names, Form), GrantedError> {
    let mut names = Names::new();
    for (nth, line) in text.lines().enumerate() {
        let Some(item) = line.strip_prefix("- [ ] ").or_else(|| line.strip_prefix("- [x] ")) else {
            continue;
        };
        // `Deals: Full access (`deals:full`)`, or the scope alone.
        let scope = match item.strip_suffix(')').and_then(|item| item.rsplit_once('(')) {
            Some((name, scope)) if lexicon.is_form_name(name.trim()) => scope,
            _ => item,
        };
        names.extend(names_in(lexicon, scope, nth)?);
    }
    stated(names, Form::GuidePage)
}

/// Returns `true` if a text begins with the heading of a table.
pub fn is_table(_: &Lexicon, text: &str) -> bool {
    let mut lines = significant_lines(text);
    let heading = lines.next().is_some_and(|line| line.starts_with('|'));
    heading && lines.next().is_some_and(is_rule)
}

/// Reads the `Scope` column of a table, as `scopes --format markdown` prints it.
pub fn read_table(lexicon: &Lexicon, text: &str) -> Result<(Names, Form), GrantedError> {
    let mut names = Names::new();
    let mut column = None;
    for (nth, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let not_scopes = || GrantedFault::Table.at(Where::line(nth));
        let cells = cells(line).ok_or_else(not_scopes)?;
        match column {
            None => column = Some(scope_column(&cells).ok_or_else(not_scopes)?),
            Some(_) if is_rule(line) => {}
            Some(column) => {
                let cell = cells.get(column).copied().unwrap_or_default();
                names.extend(names_in(lexicon, cell, nth)?);
            }
        }
    }
    stated(names, Form::Table)
}

fn names_in(lexicon: &Lexicon, text: &str, nth: usize) -> Result<Names, GrantedError> {
    lexicon.names(text, Unknown::Refused).map_err(|stray| stray.at(Where::line(nth)))
}

fn stated(names: Names, form: Form) -> Result<(Names, Form), GrantedError> {
    if names.is_empty() { Err(GrantedFault::Empty.into()) } else { Ok((names, form)) }
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
