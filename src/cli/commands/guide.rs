use std::io::Write;

use clap::{Args, ValueEnum};

use crate::cli::input::{ActionSelector, Context};
use crate::domain::{Answer, Document, Mode, Selection};
use crate::error::{Error, Exit};

/// Print the setup guide for the named actions, for a ticket or a wiki
///
/// It contains the steps and the scopes that these actions need, and a warning if the API refuses an
/// action with these scopes. If you name no action, it contains every step and every scope, and with
/// --least what all actions need. If the catalog has no guide, nothing is printed and the exit code is 1.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  $ pdscopes guide 'pipedrive_list_*' --least
  $ pdscopes guide --all --format markdown > setup.md")]
pub struct Arguments {
    #[command(flatten)]
    selector: ActionSelector,

    /// Show the least scopes that the API accepts for these actions, not the guide's
    #[arg(long, help_heading = "Scopes")]
    least: bool,

    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// Headings, steps, and scopes as checkboxes
    Markdown,
}

pub fn run(arguments: &Arguments, context: &mut Context, out: &mut Vec<u8>) -> Result<Exit, Error> {
    let named = arguments.selector.named(context)?;
    let catalog = context.catalog;
    let mode = Mode::of_least(arguments.least);
    let selection = named.unwrap_or_else(|| match mode {
        Mode::Guide => Selection::new(),
        Mode::Least => catalog.indices().collect(),
    });
    let answer = Answer::in_mode(catalog, &selection, mode);
    let guide = Document::of(catalog, &selection, &answer).ok_or(Error::NoGuide)?;
    let text = match arguments.format {
        Format::Text => guide.text(),
        Format::Markdown => guide.markdown(),
    };
    out.write_all(text.as_bytes())?;
    context.notes.extend(answer.warnings(catalog, &selection));
    Ok(Exit::Done)
}
