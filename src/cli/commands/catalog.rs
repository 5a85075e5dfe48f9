//! `pdscopes catalog`: imports, checks and compares catalogs.

use std::collections::HashMap;
use std::io::Write;
use std::mem;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueHint};

use crate::cli::input::{Context, source};
use crate::cli::output::note;
use crate::cli::preferences::Preferences;
use crate::domain::{
    ActionChange, ActionIndex, Catalog, CatalogDifference, CatalogError, CatalogFault, CatalogNote,
    DescriptionOptions, Findings, Page, excerpt, is_token, merge, pluralize, sanitize,
    shared_scopes,
};
use crate::error::{Error, Exit, Source, placed};

/// Import, check and compare catalogs
///
/// FILE can be any of these: pdscopes JSON; a JSON array of actions with `id`, `label` and `scopes`; an API
/// description (OpenAPI 3, Swagger 2, Google Discovery, Microsoft Graph permissions); StackOne's
/// response of `GET /actions` or YAML of a connector; a saved guide page.
#[derive(Args, Debug)]
#[command(
    after_help = "\
Examples:
  $ echo '[{\"id\":\"x\",\"label\":\"X\",\"scopes\":[\"read\"]}]' |
      pdscopes catalog check -

With API descriptions:
  pdscopes catalog import openapi.yaml > catalog.json
  pdscopes catalog diff old.json new.json

With saved guide pages:
  pdscopes catalog import *.mdx > catalog.json
  pdscopes catalog diff pipedrive.md",
    arg_required_else_help = false
)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print API descriptions, guide pages or catalogs as one catalog in pdscopes JSON
    #[command(args = Preferences::without_use(&["catalog"]))]
    Import {
        /// Files in any format that `--catalog` reads; `-` is stdin
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath, required = true)]
        files: Vec<PathBuf>,

        /// The address of guide URLs; needs --parameter
        #[arg(long, value_name = "URL", requires = "parameter", value_parser = web_address)]
        address: Option<String>,

        /// The parameter of guide URLs that carries the actions; needs --address
        #[arg(long, value_name = "NAME", requires = "address", value_parser = in_link)]
        parameter: Option<String>,
    },
    /// List every problem in a file; the exit code is 1 if the file cannot be used
    #[command(args = Preferences::without_use(&["catalog"]))]
    Check {
        /// A file in any format that `--catalog` reads; `-` is stdin
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Compare an older catalog, by default the one of `--catalog` or the built-in one, with a newer file;
    /// the exit code is 1 if they differ
    #[command(allow_missing_positional = true)]
    Diff {
        /// The older file, in any format that `--catalog` reads; `-` is stdin
        #[arg(value_name = "OLD", value_hint = ValueHint::FilePath)]
        older: Option<PathBuf>,
        /// The newer file, in any format that `--catalog` reads; `-` is stdin
        #[arg(value_name = "NEW", value_hint = ValueHint::FilePath)]
        newer: PathBuf,
    },
}

impl Arguments {
    /// Returns `true` for the command that compares a file with the catalog in use.
    pub const fn compares(&self) -> bool {
        matches!(self.command, Command::Diff { .. })
    }

    /// The older file, in place of the catalog in use.
    pub const fn older(&self) -> Option<&PathBuf> {
        match &self.command {
            Command::Diff { older, .. } => older.as_ref(),
            Command::Import { .. } | Command::Check { .. } => None,
        }
    }
}

pub fn run(arguments: &Arguments, context: &Context, out: &mut Vec<u8>) -> Result<Exit, Error> {
    let description = &context.preferences.description();
    let files = match &arguments.command {
        Command::Import { files, .. } => &files[..],
        Command::Check { file } | Command::Diff { newer: file, .. } => std::slice::from_ref(file),
    };
    let inputs = files.iter().chain(&context.preferences.catalog);
    if inputs.filter(|path| *path == Path::new("-")).count() > 1 {
        return Err(Error::StdinTwice);
    }
    match &arguments.command {
        Command::Import { files, address, parameter } => {
            let page = address.clone().zip(parameter.clone());
            let page = page.map(|(address, parameter)| Page { address, parameter });
            let catalogs = files.iter().map(|file| noted(file, description));
            import(catalogs.collect::<Result<_, _>>()?, page, out)
        }
        Command::Check { file } => {
            let (source, findings) = source::examine(file, description)?;
            check(&source, &findings, out)
        }
        Command::Diff { newer, .. } => {
            let newer = source::catalog(newer, &as_read(context.catalog, description))?;
            note_if_empty(&newer);
            let keys = |of: &Catalog| (of.connector().key.clone(), of.connector().merged.clone());
            if keys(context.catalog) == keys(&newer) {
                return diff(context.catalog, &newer, out);
            }
            // What is known of Pipedrive's API counts under its key alone.
            let older = context.catalog.clone().with_embedded_reference()?;
            diff(&older, &newer.with_embedded_reference()?, out)
        }
    }
}

/// The options to read a newer file with: those of the older catalog if none are given, so that only the
/// files differ.
fn as_read(older: &Catalog, given: &DescriptionOptions) -> DescriptionOptions {
    if *given != DescriptionOptions::default() || !older.is_described() {
        return given.clone();
    }
    DescriptionOptions {
        listed_scopes: older.listed_scopes(),
        scheme: older.connector().method.clone(),
        are_defaults: true,
    }
}

/// The address of a page that a link can begin with.
fn web_address(text: &str) -> Result<String, &'static str> {
    let is_web =
        |scheme: &str| ["http", "https"].iter().any(|web| web.eq_ignore_ascii_case(scheme));
    match text.split_once("://") {
        Some((scheme, rest)) if is_web(scheme) && !rest.is_empty() => in_link(text),
        _ => Err("it does not begin with `https://` or `http://` and a host"),
    }
}

/// A value that can stand in a link.
fn in_link(text: &str) -> Result<String, &'static str> {
    let fault = "it is empty, or holds white space, a separator, or a character that is not seen";
    if is_token(text) { Ok(text.to_owned()) } else { Err(fault) }
}

/// The most notes of a kind about a file; `catalog check` prints all.
const MOST_ALIKE: usize = 3;

/// The catalog in a file, after saying on stderr what `catalog check` notes of it.
fn noted(file: &Path, description: &DescriptionOptions) -> Result<(Source, Catalog), Error> {
    let (source, Findings { catalog, problems, notes }) = source::examine(file, description)?;
    let Some(catalog) = catalog else {
        let error = problems.into_iter().next().unwrap_or_else(|| CatalogFault::Stopped.into());
        return Err(Error::Catalog { source: Some(source), error });
    };
    let mut counts = HashMap::new();
    let (shown, more): (Vec<_>, Vec<_>) = notes.iter().partition(|(_, words)| {
        let count = counts.entry(mem::discriminant(words)).or_insert(0);
        *count += 1;
        *count <= MOST_ALIKE
    });
    for (place, words) in shown {
        note(placed(&source.to_string(), *place, words));
    }
    if !more.is_empty() {
        let more = pluralize(more.len(), "more note");
        note(format!("{source}: {more} like these; `pdscopes catalog check` prints all."));
    }
    Ok((source, catalog))
}

/// `catalog import FILE...`: writes these catalogs as one, in pdscopes JSON. `page` is the page of
/// its guide URLs.
pub fn import(
    pages: Vec<(Source, Catalog)>,
    page: Option<Page>,
    out: &mut Vec<u8>,
) -> Result<Exit, Error> {
    let (sources, catalogs): (Vec<_>, Vec<_>) = pages.into_iter().unzip();
    if page.is_some() && catalogs.iter().any(Catalog::is_described) {
        let reason =
            "The description of an API has no guide. Leave out `--address` and `--parameter`";
        return Err(Error::usage("pdscopes catalog import", reason));
    }
    let with_page = |catalog: Catalog| match &page {
        Some(page) => catalog.with_page(page.clone()),
        None => Ok(catalog),
    };
    let catalogs: Vec<_> = catalogs.into_iter().map(with_page).collect::<Result<_, _>>()?;
    let text = merge(&catalogs).map_err(|error| {
        let source = |place: usize| sources.get(place).cloned().unwrap_or(Source::Argument);
        Error::Merge { source: source(error.catalog), other: source(error.other), error }
    })?;
    CatalogNote::of_shared(shared_scopes(&catalogs)).iter().for_each(note);
    out.write_all(text.as_bytes())?;
    if catalogs.iter().all(Catalog::is_empty) {
        note(Error::EmptyCatalog);
    }
    Ok(Exit::Done)
}

fn note_if_empty(catalog: &Catalog) {
    if catalog.is_empty() {
        note(Error::EmptyCatalog);
    }
}

/// `catalog check FILE`: every problem and every note, a line each, then what there is. The exit
/// says whether the file can be used.
pub fn check(source: &Source, findings: &Findings, out: &mut Vec<u8>) -> Result<Exit, Error> {
    let source = source.to_string();
    for CatalogError { place, fault } in &findings.problems {
        writeln!(out, "{}", placed(&source, *place, &format_args!("error: {fault}")))?;
    }
    for (place, note) in &findings.notes {
        writeln!(out, "{}", placed(&source, *place, &format_args!("note: {note}")))?;
    }
    let notes = pluralize(findings.notes.len(), "note");
    match &findings.catalog {
        Some(catalog) => {
            let actions = pluralize(catalog.len(), "action");
            let scopes = pluralize(catalog.scopes().len(), "scope");
            let name = excerpt(&catalog.connector().title()).into_owned();
            writeln!(out, "{source}: {name}: {actions}, {scopes}; no error, {notes}.")?;
            note_if_empty(catalog);
            Ok(Exit::Done)
        }
        None => {
            let problems = pluralize(findings.problems.len(), "error");
            writeln!(out, "{source}: {problems}, {notes}.")?;
            Ok(Exit::Nothing)
        }
    }
}

/// `catalog diff FILE`: what the newer catalog adds (`+`), lacks (`-`) and changes (`~`). The exit says
/// whether the two differ.
pub fn diff(old: &Catalog, new: &Catalog, out: &mut Vec<u8>) -> Result<Exit, Error> {
    let difference = CatalogDifference::between(old, new);
    let has_nothing_in_common =
        difference.added.len() == new.len() && difference.removed.len() == old.len();
    if has_nothing_in_common && !old.is_empty() && !new.is_empty() {
        note(
            "The two catalogs have no action in common; name an older and a newer one of the same API.",
        );
    }
    for (sign, catalog, actions) in [('+', new, &difference.added), ('-', old, &difference.removed)]
    {
        for &index in actions {
            writeln!(out, "{sign} {}", described(catalog, index))?;
        }
    }
    for change in &difference.changed {
        writeln!(out, "~ {}", changed(change, old, new))?;
    }
    for (sign, scopes) in [('+', &difference.added_scopes), ('-', &difference.removed_scopes)] {
        for scope in scopes {
            writeln!(out, "{sign} scope {}", sanitize(scope))?;
        }
    }
    if difference.reordered {
        writeln!(out, "~ scopes: they come in another order")?;
    }
    if difference.is_empty() { Ok(Exit::Done) } else { Ok(Exit::Nothing) }
}

fn described(catalog: &Catalog, index: ActionIndex) -> String {
    let action = catalog.action(index);
    let scopes = match catalog.is_described() {
        true => sanitize(&catalog.accepted_words(index)).into_owned(),
        false => names(action.scope_names()),
    };
    let (id, label) = (sanitize(action.id()), excerpt(action.label()));
    format!("{id}: {label} ({scopes})")
}

fn changed(change: &ActionChange, old: &Catalog, new: &Catalog) -> String {
    let (was, is) = (old.action(change.old), new.action(change.new));
    let mut parts = Vec::new();
    if change.relabelled {
        parts.push(format!("`{}` is now `{}`", excerpt(was.label()), excerpt(is.label())));
    }
    for (verb, scopes) in
        [("needs", &change.added_scopes), ("no longer needs", &change.removed_scopes)]
    {
        if !scopes.is_empty() {
            parts.push(format!("{verb} {}", names(scopes.iter().map(String::as_str))));
        }
    }
    if change.accepts_otherwise {
        let (was, is) = (old.acceptance(change.old), new.acceptance(change.new));
        let was =
            was.strip_prefix("accepts ").filter(|_| is.starts_with("accepts ")).unwrap_or(&was);
        parts.push(sanitize(&format!("{is} (before: {was})")).into_owned());
    } else if change.calls_accept_otherwise {
        parts.push("its calls accept something else".to_owned());
    }
    match change.needs_other_credentials {
        Some(true) => parts.push("may need something besides OAuth now".to_owned()),
        Some(false) => parts.push("needs nothing besides OAuth now".to_owned()),
        None => {}
    }
    if change.calls_otherwise {
        let [called, calls] = [(old, change.old), (new, change.new)].map(|(catalog, action)| {
            let calls = catalog.operations(action).iter().map(|call| format!("`{call}`"));
            excerpt(&calls.collect::<Vec<_>>().join(", ")).into_owned()
        });
        parts.push(format!("called {called}, calls {calls}"));
    }
    format!("{}: {}", sanitize(is.id()), parts.join("; "))
}

fn names<'a>(scopes: impl Iterator<Item = &'a str>) -> String {
    let scopes: Vec<_> = scopes.map(sanitize).collect();
    if scopes.is_empty() { "no scope".into() } else { scopes.join(" ") }
}
