use std::path::Path;

use super::context::{Context, read_file};
use super::naming;
use crate::domain::{Catalog, InputError, ScopeList};
use crate::error::{Error, Source, Wanted};

/// The scopes that an argument stands for: `-` for those on stdin, a guide URL for those that its
/// actions need, a file's name for those in the file, else a list of scopes as it stands.
///
/// Where every name in the argument is a known scope it is a list, whatever files there
/// are.
pub fn scopes_of(argument: &str, flag: Source, context: &mut Context) -> Result<ScopeList, Error> {
    let catalog = context.catalog;
    if argument == "-" {
        return from_outside(&context.read_stdin()?, Source::Stdin, catalog);
    }
    let list = read(catalog, argument.as_bytes(), flag.clone())?;
    if list.unknown().is_empty() {
        return Ok(list);
    }
    if is_guide_url(argument, catalog) {
        return scopes_of_url(argument, flag, catalog);
    }
    let path = Path::new(argument);
    // A directory may well be called like a scope.
    if path.exists() && !path.is_dir() {
        let source = Source::File(path.to_owned());
        return from_outside(&read_file(path)?, source, catalog);
    }
    if list.unknown().iter().any(|name| looks_like_a_path(name)) {
        return Err(Error::NoScopes(argument.to_owned()));
    }
    Ok(list)
}

/// stdin and files hold a list of scopes, a JSON document or one guide URL; what is a known scope
/// is none. That they hold nothing at all is an error, because then something went wrong where it
/// was made.
fn from_outside(bytes: &[u8], source: Source, catalog: &Catalog) -> Result<ScopeList, Error> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::Input { source, error: InputError::Empty, wanted: Wanted::Scopes });
    }
    match str::from_utf8(bytes) {
        Ok(text) if is_guide_url(text.trim(), catalog) && !is_list(text, catalog) => {
            scopes_of_url(text, source, catalog)
        }
        _ => read(catalog, bytes, source),
    }
}

/// Whether every name is a known scope.
fn is_list(text: &str, catalog: &Catalog) -> bool {
    ScopeList::parse(catalog, text).unknown().is_empty()
}

fn read(catalog: &Catalog, bytes: &[u8], source: Source) -> Result<ScopeList, Error> {
    ScopeList::read(catalog, bytes).map_err(|error| Error::Input {
        source,
        error,
        wanted: Wanted::Scopes,
    })
}

fn scopes_of_url(url: &str, source: Source, catalog: &Catalog) -> Result<ScopeList, Error> {
    let selection = naming::carried(url, source, catalog)?;
    Ok(ScopeList::needed(catalog, &selection))
}

/// Scopes of some connectors are addresses too, but hardly one of them has a question mark.
fn is_guide_url(text: &str, catalog: &Catalog) -> bool {
    let is_address = |text: &str| text.contains("://");
    if !is_address(text) || text.contains(char::is_whitespace) {
        return false;
    }
    let scopes_are_addresses = catalog.scopes().iter().any(|scope| is_address(scope));
    let is_page = catalog.page().is_some_and(|page| text.starts_with(&page.address));
    !scopes_are_addresses || text.contains('?') || is_page
}

fn looks_like_a_path(name: &str) -> bool {
    let is_address = name.contains("://");
    let ends = [".txt", ".json", ".list", ".csv", ".tsv"];
    !is_address && (name.contains(['/', '\\']) || ends.iter().any(|ending| name.ends_with(ending)))
}
