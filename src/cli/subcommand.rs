use std::io::Write;

use super::context::Context;
use super::screen::Preferences;
use super::{audit, check, clipboard, completions, diff, explain, guide, list, man, scopes, url};
use crate::domain::{Catalog, CatalogError};
use crate::error::{Error, Exit};

/// A subcommand, and what was said before it.
#[derive(Debug)]
pub struct Request {
    pub(super) subcommand: Subcommand,
    pub(super) preferences: Preferences,
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
    Clipboard(clipboard::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

impl Request {
    /// The catalog that the answer is made from: with the reference, which takes longer to read
    /// than all the rest, only where the answer needs it.
    pub fn catalog(&self) -> Result<Catalog, CatalogError> {
        if self.subcommand.asks_the_reference() {
            Catalog::embedded()
        } else {
            Catalog::embedded_guide()
        }
    }

    pub fn run(&self, catalog: &Catalog, out: &mut impl Write) -> Result<Exit, Error> {
        let mut context = Context::new(catalog, &self.preferences);
        match &self.subcommand {
            Subcommand::List(arguments) => list::run(arguments, &context, out),
            Subcommand::Scopes(arguments) => scopes::run(arguments, &mut context, out),
            Subcommand::Url(arguments) => url::run(arguments, &mut context, out),
            Subcommand::Explain(arguments) => explain::run(arguments, &context, out),
            Subcommand::Check(arguments) => check::run(arguments, &mut context, out),
            Subcommand::Diff(arguments) => diff::run(arguments, &mut context, out),
            Subcommand::Audit(arguments) => audit::run(arguments, &context, out),
            Subcommand::Guide(arguments) => guide::run(arguments, &mut context, out),
            Subcommand::Clipboard(arguments) => clipboard::run(arguments, &self.preferences, out),
            Subcommand::Completions(arguments) => completions::run(arguments, out),
            Subcommand::Man(arguments) => man::run(arguments, out),
        }
    }
}

impl Subcommand {
    fn asks_the_reference(&self) -> bool {
        match self {
            Self::List(arguments) => arguments.asks_the_reference(),
            Self::Scopes(arguments) => arguments.asks_the_reference(),
            Self::Url(arguments) => arguments.asks_the_reference(),
            Self::Explain(_) | Self::Check(_) | Self::Diff(_) | Self::Audit(_) | Self::Guide(_) => {
                true
            }
            Self::Clipboard(_) | Self::Completions(_) | Self::Man(_) => false,
        }
    }

    pub const fn name(&self) -> &'static str {
        match self {
            Self::List(_) => "list",
            Self::Scopes(_) => "scopes",
            Self::Url(_) => "url",
            Self::Explain(_) => "explain",
            Self::Check(_) => "check",
            Self::Diff(_) => "diff",
            Self::Audit(_) => "audit",
            Self::Guide(_) => "guide",
            Self::Clipboard(_) => "clipboard",
            Self::Completions(_) => "completions",
            Self::Man(_) => "man",
        }
    }
}
