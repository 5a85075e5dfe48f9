use super::form::Form;
use super::key::Meaning;
use super::statement::shown_key;
use super::words::{Lexicon, Names, Unknown, unquoted};
use super::{GrantedError, GrantedFault, Where};
use crate::domain::{Answer, GuideUrlError, Separator};

/// Returns `true` if a word begins with the scheme of a URL.
pub fn is_one(word: &str) -> bool {
    let scheme = bare(word).split_once("://").map(|(scheme, _)| scheme);
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    scheme.is_some_and(|scheme| !scheme.is_empty() && scheme.chars().all(is_scheme))
}

/// Returns `true` if a word is form-encoded, or a URL without its scheme.
pub fn is_query(word: &str) -> bool {
    match bare(word).split_once('?') {
        Some((path, query)) => !path.contains('=') && query.contains('='),
        None => word.contains('=') && word.contains('&'),
    }
}

/// Without quotes, or the brackets that mark an address.
fn bare(text: &str) -> &str {
    unquoted(text.trim()).trim_matches(['<', '>'])
}

/// Reads one URL. A guide URL means the guide's scopes for its actions. Any other URL has its
/// scopes in a parameter of the query or, with the implicit flow, of the fragment.
pub fn read(lexicon: &Lexicon, text: &str) -> Result<(Names, Form), GrantedError> {
    let url = bare(text);
    let catalog = lexicon.catalog();
    match catalog.selection_of_url(url) {
        Ok(selection) => {
            let answer = Answer::of(catalog, &selection, Separator::Space);
            let names = catalog.names(answer.scopes()).into_iter().map(str::to_owned);
            return Ok((names.collect(), Form::GuideUrl));
        }
        Err(GuideUrlError::OtherPage) => {}
        Err(error) => return Err(GrantedFault::GuideUrl(error).into()),
    }
    let (before, fragment) = url.split_once('#').unwrap_or((url, ""));
    let query = before.split_once('?').map_or("", |(_, query)| query);
    let fragment = fragment.split_once('?').map_or(fragment, |(_, query)| query);
    stated(lexicon, &[query, fragment])?
        .ok_or_else(|| GrantedFault::GuideUrl(GuideUrlError::OtherPage).into())
}

/// Reads form-encoded text: a token response of some providers, or the query of a URL.
pub fn of_query(lexicon: &Lexicon, text: &str) -> Result<(Names, Form), GrantedError> {
    let text = bare(text);
    let query = text.split_once('?').map_or(text, |(_, query)| query);
    stated(lexicon, &[query])?.ok_or_else(|| GrantedFault::NoStatement("form data").into())
}

fn stated(lexicon: &Lexicon, queries: &[&str]) -> Result<Option<(Names, Form)>, GrantedError> {
    let mut stated: Option<(Names, String)> = None;
    for (key, value) in queries.iter().flat_map(|query| form_urlencoded::parse(query.as_bytes())) {
        if matches!(&*key, "error" | "error_description") {
            return Err(GrantedFault::ErrorResponse.into());
        }
        if Meaning::of(&key) != Meaning::Granted {
            continue;
        }
        let key = shown_key(&key);
        let names = lexicon.stated(&value, Unknown::Kept, Where::Under(key.clone()))?;
        match stated {
            Some((other, before)) if other != names => {
                return Err(GrantedFault::TwoStatements(before, key).into());
            }
            _ => stated = Some((names, key)),
        }
    }
    Ok(stated.map(|(names, key)| (names, Form::Url(key))))
}
