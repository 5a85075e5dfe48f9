use std::io::Write;

use clap::Args;

use super::context::Context;
use super::format::Format;
use super::paint::Role;
use super::table::{Cell, Table};
use crate::domain::report::{ExplainReport, write_json};
use crate::domain::{ActionIndex, Catalog, ScopeIndex, Subject, visible};
use crate::error::{Error, Exit};

/// Tell what a scope gives and which actions need it, or what an action needs
///
/// A name with `*` or `?` in it stands for every action and every scope that it matches.
/// TSV and Markdown have a row for every pair of a scope and an action that needs it.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Scopes and action ids, also as globs such as '*:full'
    #[arg(value_name = "SCOPE|ACTION", required = true)]
    subjects: Vec<String>,

    /// The form of the answer
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  $ pdscopes explain goals:full
  $ pdscopes explain '*:full' --format tsv
  $ pdscopes explain pipedrive_add_deal search:read --format markdown";

pub fn run(arguments: &Arguments, context: &Context, out: &mut impl Write) -> Result<Exit, Error> {
    let catalog = context.catalog;
    let mut subjects = Vec::new();
    for name in &arguments.subjects {
        subjects.extend(catalog.subjects(name).map_err(Error::UnknownSubject)?);
    }
    match arguments.format {
        Format::Text => {
            for (position, &subject) in subjects.iter().enumerate() {
                if position > 0 {
                    writeln!(out)?;
                }
                match subject {
                    Subject::Action(action) => explain_action(action, context, out)?,
                    Subject::Scope(scope) => explain_scope(scope, context, out)?,
                }
            }
        }
        Format::Json => write_json(out, &ExplainReport::new(catalog, &subjects))?,
        Format::Tsv => table(catalog, &subjects).write_tsv(out)?,
        Format::Markdown => table(catalog, &subjects).write_markdown(out)?,
    }
    Ok(Exit::Done)
}

fn explain_action(
    index: ActionIndex,
    context: &Context,
    out: &mut impl Write,
) -> Result<(), Error> {
    let catalog = context.catalog;
    let action = catalog.action(index);
    let id = context.paint.text(Role::Heading, action.id());
    writeln!(out, "{id}: {}", visible(action.label()))?;
    if action.scopes().is_empty() {
        writeln!(out, "  needs no scope")?;
    }
    let all = catalog.indices().collect();
    for &scope in action.scopes() {
        let others = catalog.needing(scope, &all).filter(|&other| other != index);
        let others = match others.count() {
            0 => "no other action does".to_owned(),
            1 => "1 other action does too".to_owned(),
            count => format!("{count} other actions do too"),
        };
        writeln!(out, "  needs {}; {others}", catalog.scope(scope))?;
    }
    Ok(())
}

fn explain_scope(scope: ScopeIndex, context: &Context, out: &mut impl Write) -> Result<(), Error> {
    let catalog = context.catalog;
    let all = catalog.indices().collect();
    let needing: Vec<_> = catalog.needing(scope, &all).collect();
    let name = context.paint.text(Role::Heading, catalog.scope(scope));
    let total = catalog.len();
    match needing.len() {
        0 => writeln!(out, "{name}: needed by none of {total} actions")?,
        1 => writeln!(out, "{name}: needed by 1 of {total} actions")?,
        count => writeln!(out, "{name}: needed by {count} of {total} actions")?,
    }
    let mut table = Table::new(["Action", "Label"]);
    for index in needing {
        let action = catalog.action(index);
        table.push([Cell::token(action.id()), Cell::prose(action.label())]);
    }
    Ok(table.write_text(out, "  ", context.paint)?)
}

fn table(catalog: &Catalog, subjects: &[Subject]) -> Table<3> {
    let all = catalog.indices().collect();
    let mut table = Table::new(["Scope", "Action", "Label"]);
    let mut push = |scope, index| {
        let action = catalog.action(index);
        table.push([
            Cell::token(catalog.scope(scope)),
            Cell::token(action.id()),
            Cell::prose(action.label()),
        ]);
    };
    for &subject in subjects {
        match subject {
            Subject::Action(index) => {
                let scopes = catalog.action(index).scopes();
                scopes.iter().for_each(|&scope| push(scope, index));
            }
            Subject::Scope(scope) => {
                catalog.needing(scope, &all).for_each(|index| push(scope, index));
            }
        }
    }
    table
}
