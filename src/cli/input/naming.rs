use clap::Args;

use crate::cli::input::context::Context;
use crate::domain::{Catalog, IdPlace, PatternError, Selection, UnknownAction, read_ids};
use crate::error::{Error, Place, Source, Wanted};

/// The ways to name actions, which every command that wants some has.
#[derive(Args, Debug)]
#[command(next_help_heading = "Naming actions")]
pub struct Naming {
    /// Action ids or globs such as 'pipedrive_list_*'; `-` reads stdin: ids, one per line, or pdscopes JSON
    #[arg(value_name = "ACTION")]
    pub actions: Vec<String>,

    /// All actions
    #[arg(long, conflicts_with_all = ["actions", "from_url"])]
    pub all: bool,

    /// The actions of this guide URL
    #[arg(long, value_name = "URL")]
    pub from_url: Option<String>,
}

impl Naming {
    /// Every action that is named in any of the ways. That none is named is an error, because
    /// permissions are never guessed.
    pub fn selection(&self, context: &mut Context) -> Result<Selection, Error> {
        if self.names_nothing() {
            return Err(Error::NothingNamed);
        }
        if self.all {
            return Ok(context.catalog.indices().collect());
        }
        let words = self.actions.iter().map(String::as_str);
        let mut selection = named(words, Source::Argument, context)?;
        if let Some(url) = &self.from_url {
            let carried = carried(url, Source::Flag("--from-url"), context.catalog)?;
            selection = union(&selection, &carried);
        }
        Ok(selection)
    }

    pub fn names_nothing(&self) -> bool {
        !self.all && self.actions.is_empty() && self.from_url.is_none()
    }
}

/// The actions that `words` name: ids and globs, several in a word where commas separate them,
/// and `-` for those on stdin, unless it is an id itself.
pub fn named<'a>(
    words: impl IntoIterator<Item = &'a str>,
    source: Source,
    context: &mut Context,
) -> Result<Selection, Error> {
    let place = Place { source, within: None };
    let mut selection = Selection::new();
    for word in words {
        let of_word = if word == "-" && context.catalog.find(word).is_none() {
            listed_on_stdin(context)?
        } else {
            named_in_word(word, &place, context.catalog)?
        };
        selection = union(&selection, &of_word);
    }
    Ok(selection)
}

/// The actions that a guide URL carries.
pub fn carried(url: &str, source: Source, catalog: &Catalog) -> Result<Selection, Error> {
    catalog.selection_of_url(url).map_err(|error| Error::Url {
        place: Place { source, within: None },
        error,
        page: catalog.page().cloned().map(Box::new),
    })
}

fn named_in_word(word: &str, place: &Place, catalog: &Catalog) -> Result<Selection, Error> {
    let mut ids = word.split(',').filter(|id| !id.is_empty()).peekable();
    if ids.peek().is_none() {
        let empty = UnknownAction { id: String::new(), nearest: Vec::new() };
        return Err(Error::NoAction {
            place: place.clone(),
            error: PatternError::UnknownAction(empty),
        });
    }
    let mut selection = Selection::new();
    for id in ids {
        selection = union(&selection, &named_at(id, place.clone(), catalog)?);
    }
    Ok(selection)
}

fn listed_on_stdin(context: &mut Context) -> Result<Selection, Error> {
    let bytes = context.read_stdin()?;
    let listed = read_ids(&bytes).map_err(|error| Error::Input {
        source: Source::Stdin,
        error,
        wanted: Wanted::Ids,
    })?;
    let mut selection = Selection::new();
    for entry in listed {
        match context.catalog.find(&entry.id) {
            // A set as large as the catalog for each id would make long lists slow.
            Some(action) => selection.insert(action),
            None => {
                let place = at(Source::Stdin, entry.place);
                let matching = named_at(&entry.id, place, context.catalog)?;
                selection = union(&selection, &matching);
            }
        }
    }
    Ok(selection)
}

fn named_at(id: &str, place: Place, catalog: &Catalog) -> Result<Selection, Error> {
    let named = catalog.named(id);
    named.map_err(|error| Error::NoAction { place, error })
}

fn at(source: Source, within: IdPlace) -> Place {
    Place { source, within: Some(within) }
}

fn union(one: &Selection, other: &Selection) -> Selection {
    one.iter().chain(other.iter()).collect()
}
