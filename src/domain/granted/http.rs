use super::data;
use super::key::{self, Meaning};
use super::node::{self, Node};
use super::objection;
use super::remark;
use super::words::{Lexicon, Names, Unknown};
use super::{Form, GrantedError, GrantedFault, Where};

/// Words of headers for browsers and caches.
const OF_DELIVERY: &str = "allow cache content control cross deprecation download frame limit permissions \
    permitted policy proxy rate ratelimit transport vary xss";

/// Returns `true` if a text begins with the status of a response, as `curl -i` prints it.
pub fn is_response(_: &Lexicon, text: &str) -> bool {
    text.starts_with("HTTP/")
}

/// Reads the last response: its headers, or its body if no header states scopes. What either says
/// against them counts.
pub fn read_response(lexicon: &Lexicon, text: &str) -> Result<(Names, Form), GrantedError> {
    let (mut start, mut end) = (text.len() - text.trim_start().len(), 0);
    while end <= start {
        // Some leave out the line that should be blank.
        let ends = ["\n\n", "\n{"].into_iter().filter_map(|end| text[start..].find(end));
        end = ends.min().map_or(text.len(), |length| start + length);
        let next = text[end..].trim_start();
        if is_response(lexicon, next) {
            start = text.len() - next.len();
        }
    }
    // A line that is indented goes on with the header above it.
    let head = text[start..end].replace("\n ", " ").replace("\n\t", " ");
    let mut lines = head.lines();
    let status = lines.next().unwrap_or_default();
    if !status.split_whitespace().nth(1).is_some_and(|code| code.starts_with('2')) {
        return Err(GrantedFault::ErrorResponse.into());
    }
    let headers: Vec<_> = lines.filter_map(header).collect();
    let tells_of_an_error = |(name, value): &(String, Node)| {
        name == "www-authenticate" && value.text().is_some_and(|value| value.contains("error"))
    };
    if headers.iter().any(tells_of_an_error) {
        return Err(GrantedFault::ErrorResponse.into());
    }
    // Lines keep their numbers.
    let body = "\n".repeat(text[..end].matches('\n').count()) + &text[end..];
    let (names, form) = match in_headers(lexicon, &headers)? {
        None if body.trim().is_empty() => return Err(GrantedFault::NoStatement("response").into()),
        None => super::read(lexicon, &body)?,
        Some(stated) if body.trim().is_empty() => stated,
        Some((names, form)) => {
            refuse_body(lexicon, &body, &form, &names)?;
            (names, form)
        }
    };
    objection::refuse_beside(lexicon, &headers)?;
    objection::refuse_named(lexicon, &headers, "scopes", &names)?;
    Ok((names, form))
}

/// Refuses scopes of a header if the body states others, or says that they are not granted.
fn refuse_body(
    lexicon: &Lexicon,
    body: &str,
    form: &Form,
    names: &Names,
) -> Result<(), GrantedError> {
    use GrantedFault::{Inactive, NoStatement, NotAScope, TwoStatements};
    match super::read(lexicon, body) {
        Ok((others, _)) if others.is_empty() || others == *names => Ok(()),
        Ok(_) => Err(TwoStatements(form.to_string(), "the body".into()).into()),
        Err(GrantedError { fault: NoStatement(_) | NotAScope { .. }, .. }) => {
            data::refuse_denials(lexicon, body, names)?;
            match node::of_json(body).is_err() && body.lines().any(remark::doubts) {
                true => Err(Inactive.into()),
                false => Ok(()),
            }
        }
        Err(error) => Err(error),
    }
}

/// `None` for what is meant for browsers and caches.
fn header(line: &str) -> Option<(String, Node)> {
    let (name, value) = line.split_once(':')?;
    let is_of_delivery = key::words(name).iter().any(|word| key::is_among(OF_DELIVERY, word));
    let entry = || (name.trim().to_ascii_lowercase(), Node::Text(value.trim().to_owned()));
    (!is_of_delivery).then(entry)
}

/// Reads the one header that states scopes, if there is one.
fn in_headers(
    lexicon: &Lexicon,
    headers: &[(String, Node)],
) -> Result<Option<(Names, Form)>, GrantedError> {
    let states = |(name, _): &&(String, Node)| lexicon.meaning(name) == Meaning::Granted;
    let mut stating = headers.iter().filter(states);
    let Some((name, value)) = stating.next() else { return Ok(None) };
    if let Some((other, _)) = stating.next() {
        return Err(GrantedFault::TwoStatements(name.clone(), other.clone()).into());
    }
    let text = value.text().unwrap_or_default();
    let names = lexicon.stated(text, Unknown::Refused, Where::Under(key::shown(name)))?;
    Ok(Some((names, Form::Header(key::shown(name)))))
}
