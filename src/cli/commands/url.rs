use std::io::Write;

use clap::{Args, ValueEnum};

use crate::cli::input::{ActionSelector, Context};
use crate::domain::Answer;
use crate::domain::report::{SelectionReport, write_json};
use crate::error::{Error, Exit};

/// Print the URL of the setup guide with the named actions selected
///
/// --from-url reads such a URL. If no action is named, nothing is printed and the exit code is 1.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  $ pdscopes url pipedrive_list_deals pipedrive_add_deal
  $ pdscopes list lead --format json | pdscopes url -")]
pub struct Arguments {
    #[command(flatten)]
    selector: ActionSelector,

    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The line itself
    Text,
    /// One JSON document (assets/schema/output.json)
    Json,
}

pub fn run(arguments: &Arguments, context: &mut Context, out: &mut Vec<u8>) -> Result<Exit, Error> {
    let selection = arguments.selector.selection(context)?;
    let answer = Answer::of(context.catalog, &selection);
    match arguments.format {
        Format::Text => {
            let none = if context.catalog.is_described() { Error::NoGuide } else { Error::NoPage };
            writeln!(out, "{}", context.catalog.guide_url(&selection).ok_or(none)?)?;
        }
        Format::Json => {
            write_json(out, &SelectionReport::answered(context.catalog, &selection, &answer))?;
        }
    }
    context.notes.extend(answer.warnings(context.catalog, &selection));
    Ok(Exit::Done)
}
