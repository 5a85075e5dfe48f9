use clap::Args;

use crate::cli::input::context::Context;
use crate::domain::{Selection, quoted, read_ids};
use crate::error::{Error, Place, Source};

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
        self.named(context)?.ok_or(Error::NothingNamed)
    }

    /// The same for commands that answer without a name too: `None` if no action is named.
    pub fn named(&self, context: &mut Context) -> Result<Option<Selection>, Error> {
        let url = self.from_url.as_deref();
        if self.all {
            return Ok(Some(context.catalog.indices().collect()));
        }
        if self.actions.is_empty() && url.is_none() {
            return Ok(None);
        }
        resolve(&self.actions, Source::Argument, url, context).map(Some)
    }
}

/// The actions that `words` name: ids and globs, several in a word where commas separate them,
/// and `-` for those on stdin, unless the word is an id itself. Also those of a guide URL.
pub fn resolve(
    words: &[String],
    source: Source,
    url: Option<&str>,
    context: &mut Context,
) -> Result<Selection, Error> {
    let catalog = context.catalog;
    let mut selection = Selection::new();
    let mut add = |id: &str, place: Place| -> Result<(), Error> {
        let named = catalog.named(id).map_err(|error| Error::NoAction { place, error })?;
        named.into_iter().for_each(|action| selection.insert(action));
        Ok(())
    };
    for word in words {
        let place = || Place { source: source.clone(), within: None };
        if catalog.find(word).is_some() {
            add(word, place())?;
        } else if word == "-" {
            let bytes = context.read_stdin()?;
            let is_known = |id: &str| catalog.find(id).is_some();
            for listed in read_ids(&bytes, is_known).map_err(Error::Ids)? {
                let place = Place { source: Source::Stdin, within: Some(listed.place.clone()) };
                if listed.may_be_excluded(catalog) {
                    return Err(Error::ExcludedId(place));
                }
                if let Some(id) = listed.second(catalog) {
                    return Err(Error::SecondId { place, id: quoted("text", id) });
                }
                add(&listed.id, place)?;
            }
        } else {
            // A word of commas names nothing, which is an error.
            let names_nothing = word.chars().all(|c| c == ',');
            let mut ids = word.split(',').filter(|id| names_nothing || !id.is_empty());
            ids.try_for_each(|id| add(id, place()))?;
        }
    }
    if let Some(url) = url {
        let linked = catalog.selection_of_url(url).map_err(|error| Error::Url {
            place: Place { source: Source::Flag("--from-url"), within: None },
            error,
        })?;
        linked.iter().for_each(|action| selection.insert(action));
    }
    Ok(selection)
}
