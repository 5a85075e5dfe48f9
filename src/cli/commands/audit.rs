use std::io::Write;

use clap::Args;

use crate::cli::input::Context;
use crate::cli::output::{Cell, Format, Table, role};
use crate::domain::report::write_json;
use crate::domain::{Audit, Catalog, escaped, sanitize};
use crate::error::{Error, Exit};

/// Check the setup guide against what the provider's API accepts
///
/// Every action is listed, with exactly the scopes that the guide names for it: refused, uncertain
/// (versions or sources of the API disagree), accepted, or unknown (the API's requirements are
/// undocumented). Refused actions come first.
///
/// The exit code is 1 if an action is refused.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  $ pdscopes audit
  $ pdscopes audit --format tsv | grep ^refused
  $ pdscopes audit --format markdown > audit.md")]
pub struct Arguments {
    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
}

pub fn run(arguments: &Arguments, context: &mut Context, out: &mut Vec<u8>) -> Result<Exit, Error> {
    let audit = Audit::of(context.catalog);
    context.notes.extend(context.catalog.limits(&context.catalog.indices().collect()));
    let table = || table(&audit, context.catalog);
    match arguments.format {
        Format::Text => {
            table().headed().write_text(out, "", context.style)?;
            writeln!(out)?;
            for sentence in audit.sentences() {
                writeln!(out, "{}", sanitize(&sentence))?;
            }
        }
        Format::Json => write_json(out, &audit)?,
        Format::Tsv => table().write_tsv(out)?,
        Format::Markdown => {
            writeln!(out, "# {}\n", escaped(&audit.title()))?;
            for sentence in audit.sentences() {
                writeln!(out, "{}\n", escaped(&sentence))?;
            }
            table().write_markdown(out)?;
        }
    }
    if audit.counts.refused == 0 { Ok(Exit::Done) } else { Ok(Exit::Nothing) }
}

fn table(audit: &Audit<'_>, catalog: &Catalog) -> Table {
    let [scopes, accepted] = match catalog.is_described() {
        true => ["Scopes", "Accepted"],
        false if catalog.guide().is_some() => ["Guide", "Accepted everywhere, any of"],
        false => ["Catalog", "Accepted everywhere, any of"],
    };
    let mut table = Table::new(&["Verdict", "Action", scopes, accepted, "Calls"]).with_ids_in(1);
    for row in audit.worst_first() {
        let verdict = row.verdict;
        let accepted = match row.accepted() {
            Some(accepted) => Cell::list(&accepted, ", ", ", ").or("-"),
            None => Cell::prose("not known"),
        };
        let words = catalog.find(row.id).and_then(|index| catalog.words_instead_of_scopes(index));
        table.push([
            Cell::prose(verdict.name()).painted(role::of(verdict)),
            Cell::token(row.id),
            words.map_or_else(
                || Cell::list(&row.guide, " ", " ").or("-"),
                |words| Cell::prose(&words),
            ),
            accepted,
            Cell::list(&row.calls(), "; ", "<br>"),
        ]);
    }
    table
}
