use std::io::{self, Write};

use clap::Args;

use crate::cli::input::{ActionSelector, Context, Delimiter};
use crate::cli::output::{Cell, Format, Table, role};
use crate::domain::report::{ScopesReport, SelectionReport, write_json};
use crate::domain::{Answer, Catalog, Mode, Power, Selection, Separator, Why, WhyScope, escaped};
use crate::error::{Error, Exit};

/// Print the scopes that the named actions need
///
/// Each scope appears once, in the order of the provider's own form. If no action is named, nothing
/// is printed and the exit code is 1: permissions are never guessed.
///
/// By default, these are the scopes that the setup guide names. The API refuses some actions with
/// them; `pdscopes audit` lists these actions. With --least, they are the scopes that the API accepts
/// and that allow the least beyond the actions: no `admin` unless an action accepts nothing else,
/// then the fewest calls that change data, then the fewest calls, then the fewest scopes.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  $ pdscopes scopes pipedrive_list_deals pipedrive_add_note
  $ pdscopes scopes 'pipedrive_list_*' --separator newline
  $ pdscopes scopes --least pipedrive_list_deals
  $ pdscopes scopes --least --why pipedrive_update_filter
  $ pdscopes list deal --format tsv | pdscopes scopes -
  $ pdscopes url pipedrive_add_deal > guide-url.txt
  $ pdscopes scopes --from-url \"$(pdscopes url --all)\"")]
pub struct Arguments {
    #[command(flatten)]
    selector: ActionSelector,

    /// Print the least scopes that the API accepts for these actions, not the guide's
    #[arg(long, help_heading = "Scopes")]
    least: bool,

    /// Show which actions need each scope and which calls it allows beyond them; with --least, also
    /// what a shorter list would allow
    #[arg(long, conflicts_with_all = ["separator", "print0"], help_heading = "Scopes")]
    why: bool,

    /// Separator between scopes: space, comma, semicolon, pipe, newline, or text such as ', '
    #[arg(long, value_name = "NAME|TEXT", help_heading = "Output")]
    separator: Option<Delimiter>,

    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,

    /// Print each scope followed by a NUL byte, for `xargs -0`
    #[arg(long, conflicts_with_all = ["format", "separator"], help_heading = "Output")]
    print0: bool,
}

pub fn run(arguments: &Arguments, context: &mut Context, out: &mut Vec<u8>) -> Result<Exit, Error> {
    let selection = arguments.selector.selection(context)?;
    let catalog = context.catalog;
    let delimiter = arguments.separator.as_ref().or(context.preferences.separator.as_ref());
    let mode = Mode::of_least(arguments.least);
    let answer = Answer::in_mode(catalog, &selection, mode);
    context.notes.extend(answer.warnings(catalog, &selection));
    context.notes.extend(catalog.notes_on(&selection).map(|note| note.to_string()));
    let names = || answer.scopes.iter().map(|scope| catalog.scope(scope));
    if arguments.print0 {
        for name in names() {
            write!(out, "{name}\0")?;
        }
        return Ok(Exit::Done);
    }
    let text = || match delimiter {
        Some(Delimiter::Text(between)) => names().collect::<Vec<_>>().join(between),
        Some(Delimiter::Separator(separator)) => answer.text(catalog, *separator),
        None => answer.text(catalog, Separator::default()),
    };
    let why = arguments.why.then(|| Why::of(catalog, &selection, &answer));
    let table = || match &why {
        Some(why) => why_table(why),
        None => table(catalog, &selection, &answer),
    };
    match arguments.format {
        Format::Text => match &why {
            Some(why) => write_why(why, &answer, context, out)?,
            None => writeln!(out, "{}", text())?,
        },
        Format::Json => {
            let selection = SelectionReport::answered(catalog, &selection, &answer);
            write_json(out, &ScopesReport { text: &text(), selection, why })?;
        }
        Format::Tsv => table().write_tsv(out)?,
        Format::Markdown => {
            table().write_markdown(out)?;
            // `check` and `diff` read the other table back as scopes, so nothing else may be printed
            // with it.
            if let Some(why) = &why {
                if let Some(power) = answer.power {
                    writeln!(out, "\nThese scopes: {power}.")?;
                }
                if let Some(shortest) = &why.shortest {
                    writeln!(out, "\n{}", escaped(&shortest.to_string()))?;
                }
            }
        }
    }
    Ok(Exit::Done)
}

/// Why each scope is there.
fn table(catalog: &Catalog, selection: &Selection, answer: &Answer) -> Table {
    let mut table = Table::new(&["Scope", "Needed by"]);
    let needing = answer.needing(catalog, selection);
    for (scope, needing) in answer.scopes.iter().zip(needing) {
        let ids = needing.into_iter().map(|index| catalog.action(index).id());
        table.push([Cell::token(catalog.scope(scope)), Cell::tokens(ids)]);
    }
    table
}

/// The reason for each scope, and its power: in total, and beyond the actions.
fn why_table(why: &Why<'_>) -> Table {
    let mut table = Table::new(&["Scope", "Needed by", "Unlocks", "Beyond these actions"]);
    for WhyScope { scope, actions, power, beyond } in &why.scopes {
        let words = |power: &Option<Power>| power.map_or("?".to_owned(), |p| p.to_string());
        table.push([
            Cell::token(*scope),
            Cell::tokens(actions.iter().copied()),
            Cell::prose(&words(power)),
            Cell::prose(&words(beyond)),
        ]);
    }
    table
}

fn write_why(
    why: &Why<'_>,
    answer: &Answer,
    context: &Context,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    for WhyScope { scope, actions, power, beyond } in &why.scopes {
        writeln!(out, "{}", context.style.paint(role::HEADING, scope))?;
        writeln!(out, "  needed by {}", actions.join(", "))?;
        if let (Some(power), Some(beyond)) = (power, beyond) {
            writeln!(out, "  unlocks {power}; beyond these actions {}", beyond.counts())?;
        }
    }
    if let Some(power) = answer.power {
        writeln!(out, "{power}")?;
    }
    if let Some(shortest) = &why.shortest {
        writeln!(out, "{shortest}")?;
    }
    Ok(())
}
