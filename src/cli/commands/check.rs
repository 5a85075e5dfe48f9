use std::io::Write;

use clap::{Args, ValueHint};

use crate::cli::input::{ActionSelector, Context, scopes_of};
use crate::cli::output::{Cell, Format, Table, note, role};
use crate::domain::report::{CheckReport, write_json};
use crate::domain::{
    ActionIndex, Catalog, Coverage, Least, LeastSearch, Power, Requirement, ScopeList, ScopeSet,
    Selection,
};
use crate::error::{Error, Exit, Source};

/// Check which actions work with the scopes that an app has
///
/// What the provider's API accepts counts; if that is undocumented, the guide's scopes count. An action
/// is covered, lacks scopes (`a or b`: either is enough; `a and b`: both are needed), or is uncertain
/// because only some versions or sources of the API accept the app's scopes.
///
/// If you name no action, all are checked. The exit code is 0 if every action is covered, 1 if an
/// action lacks a scope or is uncertain, and 2 if the check failed, so that a CI job can use it.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  $ pdscopes check --granted deals:full pipedrive_add_deal
  $ pdscopes check --granted users:read 'pipedrive_list_*'
  $ pdscopes scopes --least --all |
      pdscopes check --granted - --all")]
pub struct Arguments {
    #[command(flatten)]
    selector: ActionSelector,

    /// The app's scopes in any form (a list, a token response, a URL): text, a file, or `-` for stdin
    #[arg(long, value_name = "SCOPES", value_hint = ValueHint::FilePath, help_heading = "Scopes")]
    #[arg(allow_hyphen_values = true)]
    granted: String,

    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
}

pub fn run(arguments: &Arguments, context: &mut Context, out: &mut Vec<u8>) -> Result<Exit, Error> {
    let granted = scopes_of(&arguments.granted, Source::Flag("--granted"), context)?;
    let catalog = context.catalog;
    let named = arguments.selector.named(context)?;
    let selection = named.unwrap_or_else(|| catalog.indices().collect());
    granted.unknown_words().iter().for_each(note);
    let least = Least::of(catalog, &selection);
    context.notes.extend(catalog.limits_of_calls(&selection));
    if !least.proved {
        context.notes.extend(LeastSearch::CutShort.caveat().map(str::to_owned));
    }
    context.notes.extend(catalog.notes_on(&selection).map(|note| note.to_string()));
    context.notes.extend(catalog.note_on_free(&selection));
    let table = || table(catalog, &granted, &selection);
    match arguments.format {
        Format::Text => {
            table().write_text(out, "", context.style)?;
            if let Some(power) = power(catalog, &granted, &least) {
                writeln!(out, "{}", context.style.paint(role::MUTED, &power))?;
            }
        }
        Format::Json => write_json(out, &CheckReport::new(catalog, &granted, &selection))?,
        Format::Tsv => table().write_tsv(out)?,
        Format::Markdown => {
            table().write_markdown(out)?;
            if let Some(power) = power(catalog, &granted, &least) {
                writeln!(out, "\n{power}")?;
            }
        }
    }
    let covered = catalog.covered(&granted.scopes);
    if selection.is_subset(&covered) { Ok(Exit::Done) } else { Ok(Exit::Nothing) }
}

/// Compares what the granted scopes let the app do with least privilege for the actions.
fn power(catalog: &Catalog, granted: &ScopeList, least: &Least) -> Option<String> {
    let own = catalog.power(&granted.scopes)?;
    let Power { calls, writes, .. } = catalog.power(&least.scopes)?;
    Some(format!("The granted scopes: {own}; least privilege: {calls}, {writes}."))
}

fn table(catalog: &Catalog, granted: &ScopeList, selection: &Selection) -> Table {
    let mut table = Table::new(&["Action", "Verdict", "Scope(s) to add"]);
    for action in selection.iter() {
        let (verdict, role, lacking) = match catalog.coverage(action, &granted.scopes) {
            Coverage::Covered => ("covered", role::GOOD, String::new()),
            Coverage::Uncertain => ("uncertain", role::DOUBTFUL, lacking(catalog, action, granted)),
            Coverage::Missing => ("lacks", role::BAD, lacking(catalog, action, granted)),
        };
        table.push([
            Cell::token(catalog.action(action).id()),
            Cell::prose(verdict).painted(role),
            Cell::prose(&lacking),
        ]);
    }
    table
}

/// The scopes that would cover an action which is not covered.
fn lacking(catalog: &Catalog, action: ActionIndex, granted: &ScopeList) -> String {
    let has = |scope| granted.scopes.contains(scope) || catalog.is_granted_for(action, scope);
    match catalog.requirement(action) {
        Requirement::Guide(scopes) if !catalog.is_described() => {
            let missing: Vec<_> = scopes.iter().copied().filter(|&scope| !has(scope)).collect();
            Requirement::Guide(&missing).words(catalog)
        }
        Requirement::EachOf(clauses) => {
            let is_unmet = |clause: &&ScopeSet| !clause.iter().any(has);
            let unmet: Vec<_> = clauses.iter().filter(is_unmet).cloned().collect();
            Requirement::EachOf(&unmet).words(catalog)
        }
        _ => catalog.accepted_words(action),
    }
}
