use super::data;
use super::words::{Lexicon, Names};
use super::{Form, GrantedError, GrantedFault};

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
    let status = text[start..end].lines().next().unwrap_or_default();
    if !status.split_whitespace().nth(1).is_some_and(|code| code.starts_with('2')) {
        return Err(GrantedFault::ErrorResponse.into());
    }
    // Lines keep their numbers.
    let part = |start: usize, end: usize| {
        "\n".repeat(text[..start].matches('\n').count()) + &text[start..end]
    };
    let in_body = super::read(lexicon, &part(end, text.len()));
    let states_nothing =
        matches!(in_body, Err(GrantedError { fault: GrantedFault::NoStatement(_), .. }));
    if !states_nothing && !text[end..].trim().is_empty() {
        return in_body;
    }
    let headers = data::read_yaml(lexicon, &part(start + status.len(), end))?;
    data::refuse_denials(lexicon, &part(end, text.len()), &headers.0)?;
    Ok(headers)
}
