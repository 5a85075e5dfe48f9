use std::io::Write;

use clap::{Args, ValueHint};

use crate::cli::input::{Context, scopes_of};
use crate::cli::output::{Cell, Format, Table, role};
use crate::domain::report::{DiffReport, write_json};
use crate::domain::{Catalog, Difference, ScopeList, pluralize, sanitize};
use crate::error::{Error, Exit, Source};

/// Compare two sets of scopes: what to add and what to drop
///
/// Each set is a list of scopes, a token response, lines of an .env file, YAML, Markdown, an
/// authorization URL, a guide URL (its actions' scopes), the name of a file that holds one of these,
/// or `-` for stdin. The exit code is 1 if the two sets differ. Scopes that every app has are ignored.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  $ pdscopes diff 'deals:read admin' deals:full
  $ pdscopes scopes 'pipedrive_*_deal' |
      pdscopes diff 'base deals:full' -")]
pub struct Arguments {
    /// The current scopes
    #[arg(value_name = "OLD", value_hint = ValueHint::FilePath)]
    old: String,

    /// The scopes to compare them with
    #[arg(value_name = "NEW", value_hint = ValueHint::FilePath)]
    new: String,

    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
}

pub fn run(arguments: &Arguments, context: &mut Context, out: &mut Vec<u8>) -> Result<Exit, Error> {
    let old = scopes_of(&arguments.old, Source::Flag("OLD"), context)?;
    let new = scopes_of(&arguments.new, Source::Flag("NEW"), context)?;
    let catalog = context.catalog;
    context.notes.extend(catalog.limits(&catalog.concerned(&old.scopes.union(&new.scopes))));
    let difference = old.changes(catalog, &new);
    let keep = old.intersection(&new);
    // With it, what is added or dropped does not read as a list of granted scopes.
    let summary = || {
        let (old, new) = match difference.power(catalog, &keep) {
            Some((old, new)) => (old.to_string(), format!("{}, {}", new.calls, new.writes)),
            None => (pluralize(count(&old), "scope"), count(&new).to_string()),
        };
        (!difference.is_empty()).then(|| format!("Old: {old}; new: {new}."))
    };
    match arguments.format {
        Format::Text => {
            for ((sign, _, role), name, note) in changes(&difference, catalog) {
                let change = context.style.paint(role, &format!("{sign} {}", sanitize(name)));
                match note {
                    "" => writeln!(out, "{change}")?,
                    note => writeln!(out, "{change}  {}", context.style.paint(role::MUTED, note))?,
                }
            }
            if let Some(summary) = summary() {
                writeln!(out, "{}", context.style.paint(role::MUTED, &summary))?;
            }
        }
        Format::Json => write_json(out, &DiffReport::new(catalog, &difference, &keep))?,
        Format::Tsv => table(catalog, &difference).write_tsv(out)?,
        Format::Markdown => {
            table(catalog, &difference).write_markdown(out)?;
            if let Some(summary) = summary() {
                writeln!(out, "\n{summary}")?;
            }
        }
    }
    if difference.is_empty() { Ok(Exit::Done) } else { Ok(Exit::Nothing) }
}

fn count(list: &ScopeList) -> usize {
    list.scopes.len() + list.unknown.len()
}

/// A kind of change: its sign, its name, and its colour.
type Change = (&'static str, &'static str, anstyle::Style);

const ADD: Change = ("+", "add", role::GOOD);
const DROP: Change = ("-", "drop", role::BAD);

/// Each scope with its change and a note. Additions come first.
fn changes<'a>(
    difference: &'a Difference<ScopeList>,
    catalog: &'a Catalog,
) -> impl Iterator<Item = (Change, &'a str, &'static str)> {
    let of = |change, scopes: &'a ScopeList| {
        let known = scopes.scopes.iter().map(|scope| (catalog.scope(scope), ""));
        let unknown = scopes.unknown.iter().map(|name| (name.as_str(), "unknown"));
        known.chain(unknown).map(move |(name, note)| (change, name, note))
    };
    of(ADD, &difference.add).chain(of(DROP, &difference.remove))
}

fn table(catalog: &Catalog, difference: &Difference<ScopeList>) -> Table {
    let mut table = Table::new(&["Change", "Scope", "Note"]);
    for ((_, change, _), name, note) in changes(difference, catalog) {
        table.push([Cell::prose(change), Cell::token(name), Cell::prose(note)]);
    }
    table
}
