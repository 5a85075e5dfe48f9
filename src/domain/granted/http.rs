use super::data;
use super::key::{self, Meaning};
use super::node::Node;
use super::objection;
use super::words::{Lexicon, Names, Unknown};
use super::{Form, GrantedError, GrantedFault, Where};

/// Headers that tell browsers what to refuse, or of caches and versions.
const OF_BROWSERS: &str = "access-control-* allow cf-* content-* cross-origin-* deprecation permissions-policy referrer-policy \
    strict-transport-security vary x-cache* x-content-type-options x-dns-prefetch-control x-download-options \
    x-frame-options x-permitted-cross-domain-policies x-proxy-* x-xss-protection";

/// Returns `true` if a text begins with the status of a response, as `curl -i` prints it.
pub fn is_response(_: &Lexicon, text: &str) -> bool {
    text.starts_with("HTTP/")
}

/// Reads the body of the last response, or its headers if the body does not state scopes.
pub fn read_response(lexicon: &Lexicon, text: &str) -> Result<(Names, Form), GrantedError> {
    let (mut start, mut end) = (text.len() - text.trim_start().len(), 0);
    while end <= start {
        end = text[start..].find("\n\n").map_or(text.len(), |length| start + length);
        let next = text[end..].trim_start();
        if is_response(lexicon, next) {
            start = text.len() - next.len();
        }
    }
    let mut lines = text[start..end].lines();
    let status = lines.next().unwrap_or_default();
    if !status.split_whitespace().nth(1).is_some_and(|code| code.starts_with('2')) {
        return Err(GrantedFault::ErrorResponse.into());
    }
    let headers: Vec<_> = lines.filter_map(header).collect();
    // Lines keep their numbers.
    let body = "\n".repeat(text[..end].matches('\n').count()) + &text[end..];
    let in_body = super::read(lexicon, &body);
    let states_nothing =
        matches!(in_body, Err(GrantedError { fault: GrantedFault::NoStatement(_), .. }));
    let (names, form) = match states_nothing || body.trim().is_empty() {
        true => in_headers(lexicon, &headers)?,
        false => in_body?,
    };
    objection::refuse_beside(lexicon, &headers)?;
    objection::refuse_named(lexicon, &headers, "scopes", &names)?;
    if states_nothing {
        data::refuse_denials(lexicon, &body, &names)?;
    }
    Ok((names, form))
}

/// The name in lower case, without the `x-` of names that no standard knows, and the value. `None` for what
/// is meant for browsers.
fn header(line: &str) -> Option<(String, Node)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim().to_ascii_lowercase();
    let own = name.strip_prefix("x-").unwrap_or(&name).to_owned();
    (!key::is_among(OF_BROWSERS, &name)).then(|| (own, Node::Text(value.trim().to_owned())))
}

/// Reads the one header that states scopes.
fn in_headers(
    lexicon: &Lexicon,
    headers: &[(String, Node)],
) -> Result<(Names, Form), GrantedError> {
    let states = |(name, _): &&(String, Node)| lexicon.meaning(name) == Meaning::Granted;
    let mut stating = headers.iter().filter(states);
    let (name, value) = stating.next().ok_or(GrantedFault::NoStatement("response"))?;
    if let Some((other, _)) = stating.next() {
        return Err(GrantedFault::TwoStatements(name.clone(), key::shown(other)).into());
    }
    let text = value.text().unwrap_or_default();
    let names = lexicon.stated(text, Unknown::Refused, Where::Under(key::shown(name)))?;
    Ok((names, Form::Header(key::shown(name))))
}
