use std::collections::HashSet;
use std::io::{self, Write};

use clap::Args;

use crate::cli::input::Context;
use crate::cli::output::{Cell, Format, Table, role};
use crate::domain::report::{ExplainReport, write_json};
use crate::domain::{
    ActionIndex, AuditRow, Catalog, Requirement, ScopeIndex, Subject, Uses, Verdict, VerdictCounts,
    WIDEST, cut, pluralize, sanitize,
};
use crate::error::{Error, Exit};

/// Explain what a scope allows and which actions need it, or what an action needs
///
/// The answer compares what the setup guide says with what the provider's API accepts. For a scope, it
/// lists the first eight API calls that the scope unlocks, those that change data first; --all-calls
/// lists all of them.
///
/// A name with `*` or `?` stands for every action and every scope that it matches. TSV and Markdown
/// have one row for each scope of each action: a scope that the guide names, or that the API accepts.
/// A label of more than 60 columns is complete only in the first row of its action.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  $ pdscopes explain goals:full
  $ pdscopes explain deals:read --all-calls
  $ pdscopes explain '*:full' --format tsv
  $ pdscopes explain pipedrive_add_pipeline search:read")]
pub struct Arguments {
    /// Scopes and action ids, or globs such as '*:full'
    #[arg(value_name = "SCOPE|ACTION", required = true)]
    subjects: Vec<String>,

    /// List every call that a scope unlocks, not only the first ones
    #[arg(long, help_heading = "Output")]
    all_calls: bool,

    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
}

/// The number of calls of a scope that are listed without `--all-calls`.
const FIRST_CALLS: usize = 8;

const SCOPE: &str = "Scope";

pub fn run(arguments: &Arguments, context: &mut Context, out: &mut Vec<u8>) -> Result<Exit, Error> {
    let catalog = context.catalog;
    let names = arguments.subjects.iter().map(String::as_str);
    let subjects = catalog.subjects(names).map_err(Error::UnknownSubject)?;
    let all_calls = arguments.all_calls;
    if all_calls && matches!(arguments.format, Format::Tsv | Format::Markdown) {
        let reason =
            "`--all-calls` lists calls, which TSV and Markdown leave out; use text or JSON";
        return Err(Error::usage("pdscopes explain", reason));
    }
    let uses = Uses::of(catalog);
    let selection = subjects.iter().flat_map(|&subject| match subject {
        Subject::Action(action) => vec![action],
        Subject::Scope(_) => {
            uses.of_subject(subject).into_keys().map(|(_, action)| action).collect()
        }
    });
    context.notes.extend(catalog.limits(&selection.collect()));
    let mut explainer = Explainer { uses, labelled: HashSet::new(), all_calls, context };
    match arguments.format {
        Format::Text => {
            for &subject in &subjects {
                match subject {
                    Subject::Action(action) => explainer.action(action, out)?,
                    Subject::Scope(scope) => explainer.scope(scope, out)?,
                }
                writeln!(out)?;
            }
            writeln!(out, "{}", context.style.paint(role::MUTED, &sanitize(&catalog.claims())))?;
        }
        Format::Json => write_json(out, &ExplainReport::new(catalog, &subjects))?,
        Format::Tsv => explainer.table(&subjects).write_tsv(out)?,
        Format::Markdown => explainer.table(&subjects).write_markdown(out)?,
    }
    Ok(Exit::Done)
}

struct Explainer<'a> {
    uses: Uses<'a>,
    /// The actions whose labels have been written.
    labelled: HashSet<ActionIndex>,
    all_calls: bool,
    context: &'a Context<'a>,
}

impl Explainer<'_> {
    fn action(&self, index: ActionIndex, out: &mut Vec<u8>) -> io::Result<()> {
        let Context { catalog, style, .. } = self.context;
        let action = catalog.action(index);
        let id = style.paint(role::HEADING, action.id());
        writeln!(out, "{id}: {}", sanitize(action.label()))?;
        let row = AuditRow::by_guide(catalog, index);
        if catalog.is_described() {
            let is_unknown = matches!(catalog.requirement(index), Requirement::Guide(_));
            let says = if is_unknown { "" } else { ", says the API" };
            writeln!(out, "  {}{says}", sanitize(&catalog.acceptance(index)))?;
        } else {
            self.guide_scopes(index, out)?;
            let verdict = style.paint(role::of(row.verdict), row.verdict.name());
            writeln!(out, "  {verdict} with that: {}", sanitize(&accepted(catalog, index)))?;
        }
        for call in row.calls() {
            writeln!(out, "    {}", sanitize(&call))?;
        }
        Ok(())
    }

    fn guide_scopes(&self, index: ActionIndex, out: &mut Vec<u8>) -> io::Result<()> {
        let catalog = self.context.catalog;
        let (scopes, authority) = (catalog.action(index).scopes(), catalog.authority());
        if scopes.is_empty() {
            writeln!(out, "  needs no scope, says the {authority}")?;
        }
        for &scope in scopes {
            let others = match self.uses.needing(scope).len() - 1 {
                0 => "no other action does".to_owned(),
                1 => "1 other action does too".to_owned(),
                count => format!("{count} other actions do too"),
            };
            writeln!(out, "  needs {}, says the {authority}; {others}", catalog.scope(scope))?;
        }
        Ok(())
    }

    fn scope(&mut self, scope: ScopeIndex, out: &mut Vec<u8>) -> io::Result<()> {
        let Context { catalog, style, .. } = *self.context;
        let name = style.paint(role::HEADING, catalog.scope(scope));
        match catalog.form_name(scope) {
            Some(form_name) => writeln!(out, "{name}: {}", sanitize(form_name))?,
            None => writeln!(out, "{name}")?,
        }
        if let Some(facts) = catalog.facts(scope) {
            writeln!(out, "  {}", sanitize(&facts.description))?;
        }
        if catalog.is_always_granted(scope) {
            writeln!(out, "  every app has it without asking")?;
        }
        writeln!(out, "  of {}: {}", pluralize(catalog.len(), "action"), self.counts(scope))?;
        let actions = self.table(&[Subject::Scope(scope)]).without(SCOPE);
        actions.write_text(out, "    ", style)?;
        self.calls(scope, out)
    }

    /// The number of actions that need a scope, and of those that it is accepted for.
    fn counts(&self, scope: ScopeIndex) -> String {
        let catalog = self.context.catalog;
        let mut counts = Vec::new();
        if !catalog.is_described() {
            let needing = self.uses.needing(scope).len();
            counts.push(format!("needed by {needing}, says the {}", catalog.authority()));
        }
        if catalog.reference().is_some() {
            let VerdictCounts { accepted, uncertain, unknown, .. } = self.uses.verdicts(scope);
            counts
                .push(format!("accepted for {accepted}, uncertain for {uncertain}, says the API"));
            if unknown > 0 {
                counts.push(format!("not known for {unknown}"));
            }
        }
        counts.join("; ")
    }

    /// Lists the calls that a scope unlocks beyond those of every app, the calls that change data
    /// first.
    fn calls(&self, scope: ScopeIndex, out: &mut Vec<u8>) -> io::Result<()> {
        let Context { catalog, style, .. } = *self.context;
        let Some(unlocked) = catalog.unlocked_words(scope) else { return Ok(()) };
        writeln!(out, "  unlocks {unlocked}")?;
        let calls = catalog.unlocked_by(scope);
        if let Some(warning) = catalog.read_only_warning(scope) {
            writeln!(out, "  {}", style.paint(role::BAD, &sanitize(&warning)))?;
        }
        let shown = if self.all_calls { calls.len() } else { FIRST_CALLS };
        let mut table = Table::new(&["Changes data", "Call"]);
        for call in calls.iter().take(shown) {
            let kind = match call.changes_data() {
                true => Cell::prose("changes").painted(role::DOUBTFUL),
                false => Cell::prose("reads"),
            };
            table.push([kind, Cell::prose(&call.to_string())]);
        }
        table.write_text(out, "    ", style)?;
        match calls.len().saturating_sub(shown) {
            0 => Ok(()),
            more => writeln!(out, "    and {more} more; --all-calls lists all"),
        }
    }

    /// The uses of all subjects, each once. A label that is wider than [`WIDEST`] is whole in the first row of its
    /// action, and cut in the others: there may be as many of them as scopes.
    fn table(&mut self, subjects: &[Subject]) -> Table {
        let catalog = self.context.catalog;
        let needed = if catalog.guide().is_some() { "Guide" } else { "Catalog" };
        let mut table = Table::new(&[SCOPE, "Action", "Label", needed, "API"]);
        // An action has its row beside a scope that is asked for too.
        let mut rows = HashSet::new();
        for &subject in subjects {
            let uses = self.uses.of_subject(subject).into_iter();
            for ((scope, index), is_needed) in uses.filter(|&(row, _)| rows.insert(row)) {
                let action = catalog.action(index);
                let widest = if self.labelled.insert(index) { usize::MAX } else { WIDEST };
                let verdict = catalog.scope_verdict(index, scope);
                let api = match (verdict, catalog.requirement(index)) {
                    (Verdict::Refused, Requirement::Nothing) => Cell::prose("not needed"),
                    (Verdict::Accepted, Requirement::EachOf(clauses))
                        if !clauses.iter().all(|clause| clause.contains(scope)) =>
                    {
                        Cell::prose("accepted with others").painted(role::GOOD)
                    }
                    _ => Cell::prose(verdict.name()).painted(role::of(verdict)),
                };
                table.push([
                    Cell::token(catalog.scope(scope)),
                    Cell::token(action.id()),
                    Cell::prose(&cut(action.label(), widest)),
                    Cell::prose(if is_needed { "needed" } else { "-" }),
                    api,
                ]);
            }
        }
        if catalog.is_described() { table.without(needed) } else { table }
    }
}

/// The API's verdict on an action, in words.
fn accepted(catalog: &Catalog, action: ActionIndex) -> String {
    let requirement = catalog.requirement(action);
    match requirement {
        Requirement::Nothing => "the API needs nothing beyond what every app has".into(),
        Requirement::EachOf(_) => format!("the API accepts {}", requirement.words(catalog)),
        Requirement::Impossible => "OAuth cannot call it: no scope authorizes it".into(),
        Requirement::Guide(_) => "what the API accepts is not known".into(),
    }
}
