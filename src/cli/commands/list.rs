use std::io::Write;

use clap::Args;

use crate::cli::input::Context;
use crate::cli::output::{Cell, Format, Table, role};
use crate::domain::report::{SelectionReport, write_json};
use crate::domain::{ActionIndex, Catalog, Search};
use crate::error::{Error, Exit};

/// List actions with their ids, labels, scopes and verdicts
///
/// The verdict says whether the provider's API accepts exactly the action's scopes.
///
/// The query works as in the search box. Every word must match: literally in labels; if no label has
/// it, literally in ids or scopes; if none has it, fuzzily in labels. `'word` matches exact text,
/// `^word` at the beginning and `word$` at the end of a label, an id or a scope; `!word` excludes
/// matches. The best matches come first; JSON keeps the order of the catalog. How a word matches
/// depends on the catalog: in a script that decides on permissions, use ids or globs.
///
/// If no action matches, nothing is printed and the exit code is 1.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  $ pdscopes list deals:full
  $ pdscopes list deal --format json | pdscopes scopes -
  $ pdscopes list person --print0 | xargs -0 pdscopes url")]
pub struct Arguments {
    /// Words to search for
    query: Vec<String>,

    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,

    /// Print only ids, each followed by a NUL byte, for `xargs -0`
    #[arg(long, conflicts_with = "format", help_heading = "Output")]
    pub print0: bool,
}

pub fn run(arguments: &Arguments, context: &mut Context, out: &mut Vec<u8>) -> Result<Exit, Error> {
    let catalog = context.catalog;
    let query = arguments.query.join(" ");
    let listed = Search::run(&query, catalog).actions;
    if listed.is_empty() {
        return Err(Error::NothingListed(query));
    }
    if arguments.print0 {
        for &index in &listed {
            write!(out, "{}\0", catalog.action(index).id())?;
        }
        return Ok(Exit::Done);
    }
    let selection = listed.iter().copied().collect();
    context.notes.extend(catalog.limits(&selection));
    match arguments.format {
        Format::Text => table(catalog, &listed).write_text(out, "", context.style)?,
        Format::Json => {
            write_json(out, &SelectionReport::listed(catalog, &selection))?;
        }
        Format::Tsv => table(catalog, &listed).write_tsv(out)?,
        Format::Markdown => table(catalog, &listed).write_markdown(out)?,
    }
    Ok(Exit::Done)
}

fn table(catalog: &Catalog, actions: &[ActionIndex]) -> Table {
    let mut table = Table::new(&["Action", "Label", "Scope(s)", "Verdict"]);
    for &index in actions {
        let action = catalog.action(index);
        let verdict = catalog.guide_verdict(index);
        let scopes = match catalog.words_instead_of_scopes(index) {
            Some(words) => Cell::prose(&words),
            None => Cell::tokens(action.scope_names()),
        };
        table.push([
            Cell::token(action.id()),
            Cell::prose(action.label()),
            scopes.painted(role::MUTED),
            Cell::prose(verdict.name()).painted(role::of(verdict)),
        ]);
    }
    table
}
