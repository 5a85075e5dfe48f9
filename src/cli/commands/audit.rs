use std::io::Write;

use clap::Args;

use crate::cli::input::context::Context;
use crate::cli::output::format::Format;
use crate::domain::Audit;
use crate::domain::report::{AuditReport, write_json};
use crate::error::{Error, Exit};

/// Check the setup guide against what the provider's API accepts
///
/// Every action is listed, with exactly the scopes that the guide names for it: refused, uncertain
/// (versions or sources of the API disagree), accepted, or unknown (the API's requirements are
/// undocumented). Refused actions come first.
///
/// The exit code is 1 if an action is refused.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  $ pdscopes audit
  $ pdscopes audit --format tsv | grep ^refused
  $ pdscopes audit --format markdown > audit.md";

pub fn run(arguments: &Arguments, context: &Context, out: &mut impl Write) -> Result<Exit, Error> {
    let audit = Audit::of(context.catalog);
    match arguments.format {
        Format::Text => out.write_all(audit.table().as_bytes())?,
        Format::Json => write_json(out, &AuditReport::new(context.catalog))?,
        Format::Tsv => out.write_all(audit.tsv().as_bytes())?,
        Format::Markdown => out.write_all(audit.markdown().as_bytes())?,
    }
    if audit.counts().refused == 0 { Ok(Exit::Done) } else { Ok(Exit::Nothing) }
}
