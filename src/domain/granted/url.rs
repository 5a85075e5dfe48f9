use percent_encoding::percent_decode_str;

use super::key::{self, Meaning};
use super::node::Node;
use super::objection;
use super::words::{Lexicon, Names, Unknown, unquoted};
use super::{Form, GrantedError, GrantedFault, Where};
use crate::domain::{Answer, GuideUrlError};

/// Returns `true` if a text is one word that begins with the scheme of a URL.
pub fn is_url(_: &Lexicon, text: &str) -> bool {
    let scheme = bare(text).split_once("://").map(|(scheme, _)| scheme);
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    is_word(text) && scheme.is_some_and(|s| !s.is_empty() && s.chars().all(is_scheme))
}

/// Returns `true` if a text is one word that is form-encoded, or a URL without its scheme.
pub fn is_query(_: &Lexicon, text: &str) -> bool {
    is_word(text)
        && match bare(text).split_once('?') {
            Some((path, query)) => !path.contains('=') && query.contains('='),
            None => text.contains('=') && text.contains('&'),
        }
}

fn is_word(text: &str) -> bool {
    !text.contains(char::is_whitespace)
}

/// Without quotes, or the brackets that mark an address.
fn bare(text: &str) -> &str {
    unquoted(text.trim()).trim_matches(['<', '>'])
}

/// Reads one URL. A guide URL means the guide's scopes for its actions. Any other URL has its
/// scopes in a parameter of the query or, with the implicit flow, of the fragment.
pub fn read_url(lexicon: &Lexicon, text: &str) -> Result<(Names, Form), GrantedError> {
    let url = bare(text);
    let catalog = lexicon.catalog();
    match catalog.selection_of_url(url) {
        Ok(selection) => {
            let answer = Answer::of(catalog, &selection);
            let names = catalog.names(&answer.scopes).into_iter().map(str::to_owned);
            return Ok((names.collect(), Form::GuideUrl));
        }
        Err(GuideUrlError::NoPage | GuideUrlError::OtherPage(_)) => {}
        Err(GuideUrlError::UnknownAction(unknown)) => {
            return Err(GrantedFault::UnknownAction(unknown).into());
        }
        Err(error) => return Err(GrantedFault::GuideUrl(error).into()),
    }
    let (before, fragment) = url.split_once('#').unwrap_or((url, ""));
    let (address, query) = before.split_once('?').unwrap_or((before, ""));
    let (route, fragment) = fragment.split_once('?').unwrap_or(("", fragment));
    refuse_path(address.split_once("://").map_or(address, |(_, address)| address))?;
    refuse_path(route)?;
    stated(lexicon, &[query, fragment])?.ok_or_else(|| match catalog.page() {
        Some(_) => GrantedFault::OtherLink.into(),
        None => GrantedFault::NoStatement("link").into(),
    })
}

/// Reads form-encoded text: a token response of some providers, or the query of a URL.
pub fn read_query(lexicon: &Lexicon, text: &str) -> Result<(Names, Form), GrantedError> {
    let text = bare(text);
    let (path, query) = text.split_once('?').unwrap_or(("", text));
    refuse_path(path)?;
    stated(lexicon, &[query])?.ok_or_else(|| GrantedFault::NoStatement("form data").into())
}

/// Refuses an address whose path says that it takes scopes away, or tells of an error. A segment with
/// digits may be random.
fn refuse_path(address: &str) -> Result<(), GrantedFault> {
    let address = percent_decode_str(address).decode_utf8_lossy();
    let has_digit = |part: &&str| part.contains(|c: char| c.is_ascii_digit());
    let mut path = address.split('/').skip(1).filter(|part| !has_digit(part));
    match path.any(ends_a_grant) {
        true => Err(GrantedFault::Inactive),
        false => Ok(()),
    }
}

/// Returns `true` for a segment such as `revoke` or `error`.
fn ends_a_grant(segment: &str) -> bool {
    let denies =
        |word: &String| key::contradicts(word) || key::is_among("detach logout withdraw", word);
    Meaning::of(segment) == Meaning::Failure || key::words(segment).iter().any(denies)
}

/// Refuses a scope in the place of a parameter: somebody joined scopes by `&`.
fn refuse_stray_scopes(lexicon: &Lexicon, queries: &[&str]) -> Result<(), GrantedFault> {
    // `include_granted_scopes` is a flag.
    let unknown = |parameter: &str| match parameter.contains([':', '.', '/']) {
        true if !parameter.contains('=') => Unknown::Kept,
        _ => Unknown::Refused,
    };
    let is_scope = |parameter: &str| {
        form_urlencoded::parse(parameter.as_bytes()).any(|(name, value)| {
            let names = lexicon.names(name.trim_start_matches("amp;"), unknown(parameter));
            value.is_empty() && names.is_ok_and(|names| !names.is_empty())
        })
    };
    let reason = "a scope stands in the place of a parameter".to_owned();
    match queries.iter().flat_map(|query| query.split('&')).any(is_scope) {
        true => Err(GrantedFault::Syntax { form: "form data", reason: Some(reason) }),
        false => Ok(()),
    }
}

fn stated(lexicon: &Lexicon, queries: &[&str]) -> Result<Option<(Names, Form)>, GrantedError> {
    let parameters = || queries.iter().flat_map(|query| form_urlencoded::parse(query.as_bytes()));
    // The values of these two are random.
    let entries = parameters().filter(|(name, _)| !["state", "code"].contains(&&**name));
    let entries = entries.map(|(name, value)| (name.into_owned(), Node::Text(value.into_owned())));
    let entries: Vec<_> = entries.collect();
    objection::refuse_beside(lexicon, &entries)?;
    let mut stated: Option<(Names, String)> = None;
    for (name, value) in parameters() {
        if lexicon.meaning(&name) != Meaning::Granted {
            continue;
        }
        if key::is_of_user(&name) && value.is_empty() {
            continue;
        }
        let name = key::shown(&name);
        let names = lexicon.stated(&value, Unknown::Kept, Where::Under(name.clone()))?;
        match stated {
            Some((other, before)) if other != names => {
                return Err(GrantedFault::TwoStatements(before, name).into());
            }
            _ => stated = Some((names, name)),
        }
    }
    if let Some((names, name)) = &stated {
        refuse_stray_scopes(lexicon, queries)?;
        objection::refuse_named(lexicon, &entries, name, names)?;
    }
    Ok(stated.map(|(names, name)| (names, Form::Url(name))))
}
