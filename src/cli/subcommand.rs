use crate::cli::commands::{
    audit, catalog, check, clipboard, completions, diff, explain, guide, list, man, scopes, url,
};
use crate::cli::input::Context;
use crate::cli::preferences::Preferences;
use crate::domain::Catalog;
use crate::error::{Error, Exit};

/// A subcommand, and the flags before it.
#[derive(Debug)]
pub struct Request {
    pub(super) subcommand: Subcommand,
    pub preferences: Preferences,
    /// The definition of the whole command line, for completions and manual pages.
    pub(super) program: fn() -> clap::Command,
}

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
    Clipboard(clipboard::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

impl Request {
    /// Returns `false` for the shell's scripts and the manual, which are the same for everyone.
    pub const fn uses_settings(&self) -> bool {
        !matches!(self.subcommand, Subcommand::Completions(_) | Subcommand::Man(_))
    }

    /// Writes the answer to `out`, and to `notes` the sentences that follow it on stderr.
    pub fn run(&self, out: &mut Vec<u8>, notes: &mut Vec<String>) -> Result<Exit, Error> {
        let mut catalog = Catalog::default();
        if self.subcommand.uses_catalog() {
            catalog = match self.preferences.catalog() {
                Err(_) if !self.uses_settings() => catalog,
                read => read?,
            };
        }
        // Reading the reference takes longer than all the rest.
        if self.subcommand.needs_reference() {
            catalog = catalog.with_embedded_reference()?;
        }
        if catalog.is_empty() && self.subcommand.is_about_actions() {
            return Err(Error::EmptyCatalog);
        }
        let mut context = Context::new(&catalog, &self.preferences);
        let exit = match &self.subcommand {
            Subcommand::List(arguments) => list::run(arguments, &context, out),
            Subcommand::Scopes(arguments) => scopes::run(arguments, &mut context, out),
            Subcommand::Url(arguments) => url::run(arguments, &mut context, out),
            Subcommand::Explain(arguments) => explain::run(arguments, &context, out),
            Subcommand::Check(arguments) => check::run(arguments, &mut context, out),
            Subcommand::Diff(arguments) => diff::run(arguments, &mut context, out),
            Subcommand::Audit(arguments) => audit::run(arguments, &context, out),
            Subcommand::Guide(arguments) => guide::run(arguments, &mut context, out),
            Subcommand::Catalog(arguments) => catalog::run(arguments, &context, out),
            Subcommand::Clipboard(arguments) => clipboard::run(arguments, &context, out),
            Subcommand::Completions(arguments) => {
                completions::run(arguments, (self.program)(), &context, out)
            }
            Subcommand::Man(arguments) => man::run(arguments, (self.program)(), out),
        };
        notes.append(&mut context.notes);
        exit
    }
}

impl Subcommand {
    fn needs_reference(&self) -> bool {
        match self {
            // Ids alone carry no verdict.
            Self::List(arguments) => !arguments.print0,
            _ => self.is_about_scopes(),
        }
    }

    /// Returns `false` for what is about other catalogs, or none.
    fn uses_catalog(&self) -> bool {
        match self {
            Self::Catalog(arguments) => arguments.compares(),
            Self::Clipboard(_) | Self::Man(_) => false,
            _ => true,
        }
    }

    /// Without an action there is no answer: nothing can be covered.
    fn is_about_actions(&self) -> bool {
        self.is_about_scopes() && !matches!(self, Self::Diff(_))
    }

    /// Returns `false` for what is about catalogs or the program.
    fn is_about_scopes(&self) -> bool {
        use Subcommand::{Catalog, Clipboard, Completions, Man};
        !matches!(self, Catalog(_) | Clipboard(_) | Completions(_) | Man(_))
    }
}
