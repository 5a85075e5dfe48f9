use std::collections::HashSet;

use super::lines::significant_lines;
use super::list::{begins_patch, split_box};
use super::remark::{self, doubts};
use super::words::{Lexicon, Names, Unknown};
use super::{Form, GrantedError, GrantedFault, Where};
use crate::domain::markdown::escaped;

/// Columns beside the scopes that change nothing about them.
const BESIDE: [&str; 3] = [NEEDED_BY, "description", "name"];

/// The column with the actions.
const NEEDED_BY: &str = "needed by";

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
    let mut first_box = None;
    for (nth, line) in text.lines().enumerate() {
        if is_denial(line) || begins_patch(line) {
            return Err(GrantedFault::Denied.at(Where::line(nth)));
        }
        let (Some(its_box), item) = split_box(line.strip_prefix("- ").unwrap_or_default()) else {
            continue;
        };
        if *first_box.get_or_insert(its_box) != its_box {
            return Err(GrantedFault::MixedBoxes.at(Where::line(nth)));
        }
        // `Deals: Full access (`deals:full`)`, or the scope alone.
        let scope = match item.strip_suffix(')').and_then(|item| item.rsplit_once('(')) {
            Some((name, scope)) if lexicon.is_form_name(name.trim()) => scope,
            _ => item,
        };
        names.extend(names_in(lexicon, scope, nth)?);
    }
    stated(names, Form::GuidePage)
}

/// Returns `true` for a line of the guide that may take its items back, or hide them.
fn is_denial(line: &str) -> bool {
    // The guide's own headings have numbers.
    let title = line.trim_start_matches(['#', ' ']);
    let is_heading = line.starts_with('#') && !title.starts_with(|c: char| c.is_ascii_digit());
    (is_heading || line.ends_with(':')) && doubts(line)
        || remark::denies_a_grant(line)
        || remark::only_denies(line)
        || line.contains("<!--")
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
    let mut heading: Option<Heading> = None;
    let catalog = lexicon.catalog();
    let actions = catalog.indices().map(|index| catalog.action(index));
    let actions = actions.flat_map(|action| [action.id(), action.label()]).collect();
    for (nth, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let not_scopes = || GrantedFault::Table.at(Where::line(nth));
        let cells = cells(line).ok_or_else(not_scopes)?;
        match &heading {
            None => heading = Some(Heading::of(cells).ok_or_else(not_scopes)?),
            Some(_) if is_rule(line) => {}
            Some(heading) => {
                if cells.len() != heading.columns.len() {
                    return Err(not_scopes());
                }
                if heading.is_denied(&cells, &actions) {
                    return Err(GrantedFault::Denied.at(Where::line(nth)));
                }
                let scopes = &cells[heading.scope];
                names.extend(names_in(lexicon, scopes, nth)?);
            }
        }
    }
    stated(names, Form::Table)
}

fn names_in(lexicon: &Lexicon, text: &str, nth: usize) -> Result<Names, GrantedError> {
    lexicon.names(text, Unknown::Refused).map_err(|(_, fault)| fault.at(Where::line(nth)))
}

fn stated(names: Names, form: Form) -> Result<(Names, Form), GrantedError> {
    if names.is_empty() { Err(GrantedFault::Empty.into()) } else { Ok((names, form)) }
}

/// The names of a table's columns, in lower case.
struct Heading {
    columns: Vec<String>,
    /// The place of the scopes.
    scope: usize,
}

impl Heading {
    /// `None` unless one column has scopes and the others change nothing about them.
    fn of(cells: Vec<String>) -> Option<Self> {
        let columns: Vec<_> = cells.iter().map(|cell| cell.to_ascii_lowercase()).collect();
        let is_scope = |cell: &str| matches!(cell, "scope" | "scopes");
        let is_fine = |cell: &String| is_scope(cell) || BESIDE.contains(&cell.as_str());
        let mut scopes = (0..columns.len()).filter(|&place| is_scope(&columns[place]));
        let scope = scopes.next()?;
        let is_only = scopes.next().is_none() && columns.iter().all(is_fine);
        is_only.then_some(Self { columns, scope })
    }

    /// Whether a row says beside its scopes that they are not granted. Ids and labels of `actions` say
    /// nothing of it.
    fn is_denied(&self, cells: &[String], actions: &HashSet<&str>) -> bool {
        let of_actions = |cell: &str| {
            let is_known = |text: &str| actions.contains(text.trim().trim_matches('`'));
            is_known(cell) || cell.split(',').all(is_known)
        };
        let remarks = self.columns.iter().zip(cells).enumerate();
        let mut remarks = remarks.filter(|&(place, _)| place != self.scope);
        remarks.any(|(_, (name, cell))| !(name == NEEDED_BY && of_actions(cell)) && doubts(cell))
    }
}

/// `None` if the line is not a row. A `\|` is a part of its cell.
fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let mut cells = vec![String::new()];
    let mut is_escaped = false;
    for c in inner.chars() {
        match cells.last_mut() {
            Some(cell) if c != '|' || is_escaped => cell.push(c),
            _ => cells.push(String::new()),
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    Some(cells.iter().map(|cell| cell.trim().to_owned()).collect())
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|') && line.contains('-') && line.chars().all(|c| "|-: ".contains(c))
}
