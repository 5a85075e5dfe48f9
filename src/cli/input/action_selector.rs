use clap::Args;

use crate::cli::input::context::Context;
use crate::domain::{Catalog, ListedId, PatternError, Selection, UnknownAction, read_ids};
use crate::error::{Error, Place, Source, Wanted};

/// The ways to name actions, which every command that wants some has.
#[derive(Args, Debug)]
#[command(next_help_heading = "Naming actions")]
pub struct ActionSelector {
    /// Action ids or globs such as 'pipedrive_list_*'; `-` reads ids, one per line, or pdscopes JSON from
    /// stdin
    #[arg(value_name = "ACTION")]
    pub actions: Vec<String>,

    /// All actions
    #[arg(long, conflicts_with_all = ["actions", "from_url"])]
    pub all: bool,

    /// The actions of this guide URL
    #[arg(long, value_name = "URL")]
    pub from_url: Option<String>,
}

impl ActionSelector {
    /// Every action that is named in any of the ways. That none is named is an error, because
    /// permissions are never guessed.
    pub fn selection(&self, context: &mut Context) -> Result<Selection, Error> {
        if self.names_nothing() {
            return Err(Error::NothingNamed);
        }
        if self.all {
            return Ok(context.catalog.indices().collect());
        }
        resolve_all(&self.actions, Source::Argument, self.from_url.as_deref(), context)
    }

    pub fn names_nothing(&self) -> bool {
        !self.all && self.actions.is_empty() && self.from_url.is_none()
    }
}

/// Returns the actions that words from `source` name, and those of a guide URL.
pub fn resolve_all(
    words: &[String],
    source: Source,
    url: Option<&str>,
    context: &mut Context,
) -> Result<Selection, Error> {
    let mut selection = resolve(words.iter().map(String::as_str), source, context)?;
    if let Some(url) = url {
        let linked = from_url(url, Source::Flag("--from-url"), context.catalog)?;
        linked.iter().for_each(|action| selection.insert(action));
    }
    Ok(selection)
}

/// The actions that `words` name: ids and globs, several in a word where commas separate them,
/// and `-` for those on stdin, unless it is an id itself.
pub fn resolve<'a>(
    words: impl IntoIterator<Item = &'a str>,
    source: Source,
    context: &mut Context,
) -> Result<Selection, Error> {
    let place = Place { source, within: None };
    let mut selection = Selection::new();
    for word in words {
        if word == "-" && context.catalog.find(word).is_none() {
            add_listed_on_stdin(&mut selection, context)?;
        } else {
            add_word(&mut selection, word, &place, context.catalog)?;
        }
    }
    Ok(selection)
}

/// The actions of a guide URL.
pub fn from_url(url: &str, source: Source, catalog: &Catalog) -> Result<Selection, Error> {
    catalog.selection_of_url(url).map_err(|error| Error::Url {
        place: Place { source, within: None },
        error,
        page: catalog.page().cloned().map(Box::new),
    })
}

fn add_word(
    selection: &mut Selection,
    word: &str,
    place: &Place,
    catalog: &Catalog,
) -> Result<(), Error> {
    let mut ids = word.split(',').filter(|id| !id.is_empty()).peekable();
    if ids.peek().is_none() {
        let empty = UnknownAction { id: String::new(), nearest: Vec::new() };
        return Err(Error::NoAction {
            place: place.clone(),
            error: PatternError::UnknownAction(empty),
        });
    }
    ids.try_for_each(|id| add(selection, id, catalog, || place.clone()))
}

fn add_listed_on_stdin(selection: &mut Selection, context: &mut Context) -> Result<(), Error> {
    let bytes = context.read_stdin()?;
    let listed = read_ids(&bytes).map_err(|error| Error::Input {
        source: Source::Stdin,
        error,
        wanted: Wanted::Ids,
    })?;
    listed.into_iter().try_for_each(|ListedId { id, place }| {
        let place = || Place { source: Source::Stdin, within: Some(place.clone()) };
        add(selection, &id, context.catalog, place)
    })
}

/// Adds what an id or a glob names.
fn add(
    selection: &mut Selection,
    id: &str,
    catalog: &Catalog,
    place: impl Fn() -> Place,
) -> Result<(), Error> {
    match catalog.find(id) {
        // A set as large as the catalog for each id would make long lists slow.
        Some(action) => selection.insert(action),
        None => {
            let named = catalog.named(id);
            let named = named.map_err(|error| Error::NoAction { place: place(), error })?;
            named.iter().for_each(|action| selection.insert(action));
        }
    }
    Ok(())
}
