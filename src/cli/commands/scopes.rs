use std::io::Write;

use clap::Args;

use crate::cli::input::context::Context;
use crate::cli::input::joint::Joint;
use crate::cli::input::naming::Naming;
use crate::cli::output::format::Format;
use crate::cli::output::table::{Cell, Table, joined};
use crate::domain::report::{ScopesReport, SelectionReport, write_json};
use crate::domain::{Answer, Catalog, Mode, Selection, Separator};
use crate::error::{Error, Exit};

/// Print the scopes that the named actions need, joined as the screen joins them
///
/// Each scope comes once, in the order of the provider's own form. Where no action is named,
/// nothing is printed, and the exit code is 1: permissions are never guessed.
///
/// They are the guide's scopes, with which the API refuses some actions; `pdscopes audit` tells
/// which. With --least they are those that let the app do the least beyond the actions: without
/// `admin` unless an action takes nothing else, then with the fewest calls that change data, then
/// with the fewest calls at all, then the fewest scopes.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    naming: Naming,

    /// Give the scopes that let the app do the least beyond these actions, not the guide's
    #[arg(long, help_heading = "Scopes")]
    least: bool,

    /// Between two scopes: space, comma, semicolon, pipe, newline, or text such as ', '
    #[arg(long, value_name = "NAME|TEXT", help_heading = "Output")]
    separator: Option<Joint>,

    /// The form of the answer
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,

    /// Print each scope followed by a NUL byte, for `xargs -0`
    #[arg(long, conflicts_with_all = ["format", "separator"], help_heading = "Output")]
    print0: bool,
}

const EXAMPLES: &str = "\
Examples:
  $ pdscopes scopes pipedrive_list_deals pipedrive_add_note
  $ pdscopes scopes 'pipedrive_list_*' --separator newline
  $ pdscopes scopes --least pipedrive_list_deals pipedrive_add_deal
  $ pdscopes list deal --format tsv | pdscopes scopes -
  $ pdscopes scopes --from-url \"$(pdscopes url pipedrive_add_deal)\"";

pub fn run(
    arguments: &Arguments,
    context: &mut Context,
    out: &mut impl Write,
) -> Result<Exit, Error> {
    let selection = arguments.naming.selection(context)?;
    let catalog = context.catalog;
    let joint = arguments.separator.as_ref().or(context.separator.as_ref());
    let separator = match joint {
        Some(Joint::Separator(separator)) => *separator,
        Some(Joint::Text(_)) | None => Separator::default(),
    };
    let mode = Mode::of_least(arguments.least);
    let answer = Answer::in_mode(catalog, &selection, separator, mode);
    context.notes.extend(answer.warnings(catalog, &selection, mode));
    let names = || answer.scopes().iter().map(|scope| catalog.scope(scope));
    if arguments.print0 {
        for name in names() {
            write!(out, "{name}\0")?;
        }
        return Ok(Exit::Done);
    }
    let text = || match joint {
        Some(Joint::Text(between)) => names().collect::<Vec<_>>().join(between),
        Some(Joint::Separator(_)) | None => answer.text().to_owned(),
    };
    let table = || table(catalog, &selection, &answer, mode);
    match arguments.format {
        Format::Text => writeln!(out, "{}", text())?,
        Format::Json => {
            let report = ScopesReport {
                text: &text(),
                selection: SelectionReport::answered(catalog, &selection, mode),
            };
            write_json(out, &report)?;
        }
        Format::Tsv => table().write_tsv(out)?,
        Format::Markdown => table().write_markdown(out)?,
    }
    Ok(Exit::Done)
}

/// Why each scope is there.
fn table(catalog: &Catalog, selection: &Selection, answer: &Answer, mode: Mode) -> Table<2> {
    let mut table = Table::new(["Scope", "Needed by"]);
    for scope in answer.scopes().iter() {
        let needing = catalog.needing(scope, selection, mode);
        let ids = needing.map(|index| catalog.action(index).id());
        table.push([Cell::token(catalog.scope(scope)), Cell::token(joined(ids))]);
    }
    table
}
