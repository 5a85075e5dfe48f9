use std::collections::HashSet;

use super::lines::{scopes_in, significant_lines};
use super::list::{begins_patch, split_box};
use super::node::is_no;
use super::{
    Form, GrantedFault, Lexicon, Names, Read, Result, Unknown, is_among, provider, refuse_if,
    remark,
};
use crate::domain::markdown::escaped;
use crate::domain::{Answer, Budget, Catalog, Difference, Document, Mode, Selection};

/// Columns beside the scopes, which grant nothing.
const BESIDE: [&str; 2] = [NEEDED_BY, "description"];

/// The column with the actions.
const NEEDED_BY: &str = "needed by";

/// Returns `true` if `guide --format markdown` printed the text for this catalog.
pub fn is_guide(lexicon: &Lexicon, text: &str) -> bool {
    let catalog = lexicon.catalog;
    let title = escaped(&catalog.connector().title());
    let heading = text.lines().next().and_then(|line| line.strip_prefix("# "));
    catalog.guide().is_some() && heading == Some(title.as_str())
}

/// Reads the scopes that the guide's Markdown says to configure: its items with a box.
pub fn read_guide(lexicon: &Lexicon, text: &str) -> Read {
    let mut names = Names::new();
    let mut first_box = None;
    let own = own_lines(lexicon.catalog);
    // What people have written beside the guide's own lines may be about its scopes.
    let is_remark = |line: &str| {
        let begins_as_own = || OWN_BEGINNINGS.iter().any(|beginning| line.starts_with(beginning));
        let is_about_scopes =
            || remark::denies(&line.replace("**", "")) || scopes_in(lexicon, line).next().is_some();
        !own.contains(line.trim_end())
            && box_of(line).0.is_none()
            && (remark::denies_a_grant(line) || !begins_as_own() && is_about_scopes())
    };
    for (nth, line) in text.lines().enumerate() {
        let is_denied = line.contains("<!--") || begins_patch(line) || is_remark(line);
        refuse_if(is_denied, GrantedFault::Denied.on_line(nth))?;
        let (Some(its_box), item) = box_of(line) else { continue };
        let is_mixed = *first_box.get_or_insert(its_box) != its_box;
        refuse_if(is_mixed, GrantedFault::MixedBoxes.on_line(nth))?;
        // `Deals: Full access (`deals:full`)`, or the scope alone.
        let scope = match item.strip_suffix(')').and_then(|item| item.rsplit_once('(')) {
            Some((name, scope)) if lexicon.scope_of_form_name(name.trim()).is_some() => scope,
            _ => item,
        };
        names.extend(names_in(lexicon, scope, nth)?);
    }
    stated(names, Form::GuidePage)
}

/// The box of an item, and what stands behind it.
fn box_of(line: &str) -> (Option<char>, &str) {
    split_box(line.strip_prefix("- ").unwrap_or_default())
}

/// The beginnings of lines that depend on the selection.
const OWN_BEGINNINGS: [&str; 5] = [
    "**Enables actions:** ",
    "> **Warning:**",
    "On the web",
    Difference::ADDED_TO_GUIDE,
    Difference::REMOVED_FROM_GUIDE,
];

/// The lines of the guide that do not depend on the selection, for either way to answer.
fn own_lines(catalog: &Catalog) -> HashSet<String> {
    let all: Selection = catalog.indices().collect();
    let documents = [Mode::Guide, Mode::Least].into_iter().filter_map(|mode| {
        let answer = Answer::within(Budget::Frame, catalog, &all, mode);
        Document::of(catalog, &all, &answer)
    });
    documents
        .flat_map(|document| Vec::from_iter(document.markdown().lines().map(str::to_owned)))
        .collect()
}

/// Returns `true` if a text begins with the heading of a table.
pub fn is_table(_: &Lexicon, text: &str) -> bool {
    let mut lines = significant_lines(text);
    let heading = lines.next().is_some_and(|line| line.starts_with('|'));
    heading && lines.next().is_some_and(is_rule)
}

/// Reads the `Scope` column of a table, as `scopes --format markdown` prints it. The other columns can
/// only object to the scopes.
pub fn read_table(lexicon: &Lexicon, text: &str) -> Read {
    let mut names = Names::new();
    let mut columns: Vec<String> = Vec::new();
    let mut first_tick = None;
    let catalog = lexicon.catalog;
    let actions = catalog.indices().map(|index| catalog.action(index));
    let actions: HashSet<_> = actions.flat_map(|action| [action.id(), action.label()]).collect();
    // Ids and labels of actions say nothing of a grant.
    let of_actions = |cell: &str| {
        let is_known = |text: &str| actions.contains(text.trim().trim_matches('`'));
        is_known(cell) || cell.split(',').all(is_known)
    };
    for (nth, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let is_above = columns.is_empty() && !line.trim_start().starts_with('|');
        if is_above {
            continue;
        }
        let not_scopes = GrantedFault::Table.on_line(nth);
        let cells = cells(line).ok_or(not_scopes.clone())?;
        if columns.is_empty() {
            columns = cells.iter().map(|cell| cell.to_ascii_lowercase()).collect();
            let (scopes, others): (Vec<_>, Vec<_>) =
                columns.iter().partition(|name| is_scope(name));
            let are_fine = others.iter().all(|name| BESIDE.contains(&&***name));
            refuse_if(scopes.len() != 1 || !are_fine, not_scopes)?;
        } else if !is_rule(line) {
            refuse_if(cells.len() != columns.len(), not_scopes)?;
            let (scopes, mut remarks): (Vec<_>, Vec<_>) =
                columns.iter().zip(&cells).partition(|(name, _)| is_scope(name));
            remarks.retain(|(name, cell)| !(*name == NEEDED_BY && of_actions(cell)));
            let is_denied = remarks.iter().any(|(_, cell)| denies(lexicon, cell));
            refuse_if(is_denied, GrantedFault::Denied.on_line(nth))?;
            let has_tick = remarks.iter().any(|(_, cell)| remark::is_tick(cell));
            let is_mixed = *first_tick.get_or_insert(has_tick) != has_tick;
            refuse_if(is_mixed, GrantedFault::MixedBoxes.on_line(nth))?;
            for (_, cell) in scopes {
                names.extend(names_in(lexicon, cell, nth)?);
            }
        }
    }
    stated(names, Form::Table)
}

fn denies(lexicon: &Lexicon, cell: &str) -> bool {
    remark::denies(cell) || is_no(cell) || provider::is_name_of_another(lexicon, cell)
}

fn is_scope(column: &str) -> bool {
    is_among("scope scopes", column)
}

fn names_in(lexicon: &Lexicon, text: &str, nth: usize) -> Result<Names> {
    lexicon.names(text, Unknown::Refused).map_err(|(_, fault)| fault.on_line(nth))
}

fn stated(names: Names, form: Form) -> Read {
    refuse_if(names.is_empty(), GrantedFault::Empty)?;
    Ok((names, form))
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
