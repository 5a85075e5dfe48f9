//! The subcommands. Each has a file with its arguments, and the answer that it writes.

pub mod audit;
pub mod catalog;
pub mod check;
pub mod clipboard;
pub mod completions;
pub mod diff;
pub mod explain;
pub mod guide;
pub mod list;
pub mod man;
pub mod scopes;
pub mod url;

use crate::cli::input::Context;
use crate::cli::preferences::Preferences;
use crate::error::{Error, Exit};

/// The flags that say how a catalog is read, by id.
const CATALOG_FLAGS: [&str; 3] = ["catalog", "listed_scopes", "scheme"];

#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
    List(list::Arguments),
    Scopes(scopes::Arguments),
    Url(url::Arguments),
    Explain(explain::Arguments),
    Check(check::Arguments),
    Diff(diff::Arguments),
    Audit(audit::Arguments),
    Guide(guide::Arguments),
    Catalog(catalog::Arguments),
    #[command(args = Preferences::without_use(&CATALOG_FLAGS))]
    Clipboard(clipboard::Arguments),
    #[command(args = Preferences::without_use(&CATALOG_FLAGS))]
    Completions(completions::Arguments),
    #[command(args = Preferences::without_use(&CATALOG_FLAGS))]
    Man(man::Arguments),
}

impl Subcommand {
    /// Returns `false` for the shell's scripts and the manual, which are the same for everyone.
    pub const fn uses_settings(&self) -> bool {
        !matches!(self, Self::Completions(_) | Self::Man(_))
    }

    /// Returns `true` if the catalog of `--catalog` matters for its answer.
    pub const fn uses_catalog(&self) -> bool {
        !matches!(self, Self::Clipboard(_) | Self::Man(_))
            && !matches!(self, Self::Catalog(arguments) if !arguments.compares())
    }

    /// Returns `true` if it names the catalog that it compares a file with.
    pub const fn names_older(&self) -> bool {
        matches!(self, Self::Catalog(arguments) if arguments.older().is_some())
    }

    /// Writes the answer to `out`, and to `notes` the sentences that follow it on stderr. `program` defines
    /// the whole command line.
    pub fn run(
        &self,
        preferences: &Preferences,
        program: fn() -> clap::Command,
        out: &mut Vec<u8>,
        notes: &mut Vec<String>,
    ) -> Result<Exit, Error> {
        let older = if let Self::Catalog(arguments) = self { arguments.older() } else { None };
        let with_older =
            older.map(|file| Preferences { catalog: Some(file.clone()), ..preferences.clone() });
        let preferences = with_older.as_ref().unwrap_or(preferences);
        let is_about_scopes = !matches!(
            self,
            Self::Catalog(_) | Self::Clipboard(_) | Self::Completions(_) | Self::Man(_)
        );
        let mut catalog = match self.uses_catalog().then(|| preferences.catalog()) {
            Some(read) if self.uses_settings() => read?,
            read => read.and_then(Result::ok).unwrap_or_default(),
        };
        // Reading the reference takes longer than all the rest. Ids alone carry no verdict.
        if is_about_scopes && !matches!(self, Self::List(arguments) if arguments.print0) {
            catalog = catalog.with_embedded_reference()?;
        }
        // Without an action there is no answer: nothing can be covered.
        if catalog.is_empty() && is_about_scopes && !matches!(self, Self::Diff(_)) {
            return Err(Error::EmptyCatalog);
        }
        let mut context = Context::new(&catalog, preferences);
        let exit = match self {
            Self::List(arguments) => list::run(arguments, &mut context, out),
            Self::Scopes(arguments) => scopes::run(arguments, &mut context, out),
            Self::Url(arguments) => url::run(arguments, &mut context, out),
            Self::Explain(arguments) => explain::run(arguments, &mut context, out),
            Self::Check(arguments) => check::run(arguments, &mut context, out),
            Self::Diff(arguments) => diff::run(arguments, &mut context, out),
            Self::Audit(arguments) => audit::run(arguments, &mut context, out),
            Self::Guide(arguments) => guide::run(arguments, &mut context, out),
            Self::Catalog(arguments) => catalog::run(arguments, &context, out),
            Self::Clipboard(arguments) => clipboard::run(arguments, &context, out),
            Self::Completions(arguments) => completions::run(arguments, program(), &context, out),
            Self::Man(arguments) => man::run(arguments, program(), out),
        };
        notes.append(&mut context.notes);
        exit
    }
}
