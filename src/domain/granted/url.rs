use percent_encoding::percent_decode_str;

use super::data::Reader;
use super::words::unquoted;
use super::{
    Entries, Form, GrantedFault, Lexicon, Meaning, Node, Read, Result, Unknown, is_among, key,
    objection, provider, refuse_if,
};
use crate::domain::{Answer, GuideUrlError};

/// Returns `true` if a text is one word that begins with the scheme of a URL, unless it begins as most scopes of the
/// catalog do.
pub fn is_url(lexicon: &Lexicon, text: &str) -> bool {
    let is_like_scopes = lexicon.catalog.abbreviate(text) != text && !text.contains(['?', '#']);
    let scheme = bare(text).split_once("://").map(|(scheme, _)| scheme);
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    is_word(text)
        && !is_like_scopes
        && scheme.is_some_and(|s| !s.is_empty() && s.chars().all(is_scheme))
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

/// Without quotes, or the brackets that mark an address. Within them chats write what it is called behind a `|`.
fn bare(text: &str) -> &str {
    let text = unquoted(text.trim());
    match text.strip_prefix('<').and_then(|text| text.split_once('|')) {
        Some((address, _)) => address,
        None => text.trim_matches(['<', '>']),
    }
}

/// Reads one URL. A guide URL means the guide's scopes for its actions. Any other URL has its
/// scopes in a parameter of the query or, with the implicit flow, of the fragment.
pub fn read_url(lexicon: &Lexicon, text: &str) -> Read {
    let url = bare(text);
    let catalog = lexicon.catalog;
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
    let is_request = query.split('&').any(|parameter| parameter.starts_with("client_id="));
    let host = address.split_once("://").map_or(address, |(_, address)| address);
    let is_of_another = is_request && provider::is_host_of_another(lexicon, host);
    refuse_if(is_of_another, GrantedFault::OfAnother)?;
    refuse_address(lexicon, host)?;
    refuse_path(route)?;
    let missing = match catalog.page() {
        Some(_) => GrantedFault::OtherLink,
        None => GrantedFault::NoStatement("link"),
    };
    stated(lexicon, &[query, fragment], missing)
}

/// Reads form-encoded text: a token response of some providers, or the query of a URL.
pub fn read_query(lexicon: &Lexicon, text: &str) -> Read {
    let text = bare(text);
    let (path, query) = text.split_once('?').unwrap_or(("", text));
    // Without its scheme, a URL may have its host behind `//`.
    refuse_address(lexicon, path.strip_prefix("//").unwrap_or(path))?;
    stated(lexicon, &[query], GrantedFault::NoStatement("form data"))
}

/// Refuses an address where another provider authorizes apps, and one that [`refuse_path`] refuses.
fn refuse_address(lexicon: &Lexicon, address: &str) -> Result {
    // Apps are called back at addresses of any host.
    let authorizes = |word: &str| word.starts_with("auth") || word.starts_with("oauth");
    let is_of_another =
        key::any_word(address, authorizes) && provider::is_host_of_another(lexicon, address);
    let mut path = address.split('/').skip(1);
    let names_another =
        !lexicon.owns_part(address) && path.any(|part| provider::is_name_of_another(lexicon, part));
    refuse_if(is_of_another || names_another, GrantedFault::OfAnother)?;
    refuse_path(address)
}

/// Refuses an address whose path says that it takes scopes away, or tells of an error. A segment with
/// digits may be random.
fn refuse_path(address: &str) -> Result {
    let address = percent_decode_str(address).decode_utf8_lossy();
    let denies = |word: &str| key::contradicts(word) || is_among("detach logout withdraw", word);
    let mut path = address.split('/').skip(1);
    let ends_a_grant = path.any(|part| {
        !part.contains(|c: char| c.is_ascii_digit())
            && (Meaning::of(part) == Meaning::Failure || key::any_word(part, denies))
    });
    refuse_if(ends_a_grant, GrantedFault::Inactive)
}

/// Refuses a scope in the place of a parameter: somebody joined scopes by `&`.
fn refuse_stray_scopes(lexicon: &Lexicon, parameters: &Entries) -> Result {
    let is_scope = |(name, value): &(String, Node)| {
        let is_flag = *value == Node::Bool(true);
        // `include_granted_scopes` is a flag.
        let unknown = match is_flag && name.contains([':', '.', '/']) {
            true => Unknown::Kept,
            false => Unknown::Refused,
        };
        let names = lexicon.names(name, unknown);
        (is_flag || value.text() == Some("")) && names.is_ok_and(|names| !names.is_empty())
    };
    let reason = Some("a scope stands in the place of a parameter".to_owned());
    let has_scope = parameters.iter().any(is_scope);
    refuse_if(has_scope, GrantedFault::Syntax { form: "form data", reason })
}

fn stated(lexicon: &Lexicon, queries: &[&str], missing: GrantedFault) -> Read {
    let parameters = queries.iter().flat_map(|query| query.split('&')).flat_map(|parameter| {
        // HTML writes `&` as `&amp;`.
        let parameter = parameter.strip_prefix("amp;").unwrap_or(parameter);
        // `revoked` says the same as `revoked=true`.
        let is_flag = !parameter.contains('=');
        form_urlencoded::parse(parameter.as_bytes()).map(move |(name, value)| {
            let value = if is_flag { Node::Bool(true) } else { Node::Text(value.into_owned()) };
            (name.into_owned(), value)
        })
    });
    // The values of these two are random.
    let entries: Vec<_> = parameters.filter(|(name, _)| !is_among("code state", name)).collect();
    objection::refuse_beside(lexicon, &entries)?;
    let statement = Reader { lexicon, unknown: Unknown::Kept }.entries(&entries)?.ok_or(missing)?;
    refuse_stray_scopes(lexicon, &entries)?;
    let name = statement.key.unwrap_or_default();
    objection::refuse_named(lexicon, &entries, &name, &statement.names)?;
    Ok((statement.names, Form::Url(name)))
}
