use std::io::Write;

use clap::Args;

use super::context::Context;
use super::format::Format;
use super::naming::Naming;
use super::paint::Role;
use super::scope_input::scopes_of;
use super::table::{Cell, Table, joined};
use crate::domain::report::{CheckReport, write_json};
use crate::domain::{Catalog, ScopeList, Selection};
use crate::error::{Error, Exit, Source};

/// Tell which actions work with the scopes that an app has, going by the guide
///
/// Without an action it checks all of them. The exit code is 1 when one is not covered, so that a
/// build can fail on it.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    naming: Naming,

    /// The scopes that the app has: a list, a file, a guide URL, or `-` for stdin
    #[arg(long, value_name = "SCOPES", help_heading = "Scopes")]
    granted: String,

    /// The form of the answer
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  $ pdscopes check --granted 'deals:read deals:full' pipedrive_add_deal
  $ pdscopes check --granted 'deals:read,users:read' 'pipedrive_list_*'
  $ pdscopes scopes --all | pdscopes check --granted - --all";

pub fn run(
    arguments: &Arguments,
    context: &mut Context,
    out: &mut impl Write,
) -> Result<Exit, Error> {
    let granted = scopes_of(&arguments.granted, Source::Flag("--granted"), context)?;
    let catalog = context.catalog;
    let selection = if arguments.naming.names_nothing() {
        catalog.indices().collect()
    } else {
        arguments.naming.selection(context)?
    };
    let table = || table(catalog, &granted, &selection);
    match arguments.format {
        Format::Text => table().write_text(out, "", context.paint)?,
        Format::Json => write_json(out, &CheckReport::new(catalog, &granted, &selection))?,
        Format::Tsv => table().write_tsv(out)?,
        Format::Markdown => table().write_markdown(out)?,
    }
    let is_covered = |index| granted.missing(catalog.action(index)).next().is_none();
    if selection.iter().all(is_covered) { Ok(Exit::Done) } else { Ok(Exit::Nothing) }
}

fn table(catalog: &Catalog, granted: &ScopeList, selection: &Selection) -> Table<3> {
    let mut table = Table::new(["Action", "Verdict", "Missing scope(s)"]);
    for index in selection.iter() {
        let action = catalog.action(index);
        let missing = joined(granted.missing(action).map(|scope| catalog.scope(scope)));
        let verdict = if missing.is_empty() {
            Cell::prose("covered").painted(Role::Good)
        } else {
            Cell::prose("lacks").painted(Role::Bad)
        };
        table.push([Cell::token(action.id()), verdict, Cell::token(missing)]);
    }
    table
}
