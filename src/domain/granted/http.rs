use super::data::Reader;
use super::{
    Form, GrantedError, GrantedFault, Lexicon, Names, Node, Read, Result, Unknown, key, node,
    objection, refuse_if, remark,
};

/// Words of headers for browsers and caches.
const OF_DELIVERY: &str = "allow cache content control cross deprecation download frame limit permissions \
    permitted policy proxy rate ratelimit transport vary xss";

/// Returns `true` if a text begins with the status of a response, as `curl -i` prints it.
pub fn is_response(_: &Lexicon, text: &str) -> bool {
    text.starts_with("HTTP/")
}

/// Reads the last response: its headers, or its body if no header states scopes. What either says
/// against them counts.
pub fn read_response(lexicon: &Lexicon, text: &str) -> Read {
    let (mut start, mut end) = (text.len() - text.trim_start().len(), 0);
    while end <= start {
        // Some leave out the line that should be blank.
        let is_end =
            |&(place, _): &(usize, &str)| text[start + place + 1..].starts_with(['\n', '{']);
        let mut lines = text[start..].match_indices('\n');
        end = lines.find(is_end).map_or(text.len(), |(place, _)| start + place);
        let next = text[end..].trim_start();
        if is_response(lexicon, next) {
            start = text.len() - next.len();
        }
    }
    // A line that is indented goes on with the header above it.
    let head = text[start..end].replace("\n ", " ").replace("\n\t", " ");
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split_whitespace().nth(1));
    let headers: Vec<_> = lines.filter_map(header).collect();
    let tells_of_an_error = |(name, value): &(String, Node)| {
        name == "www-authenticate" && value.text().is_some_and(|value| value.contains("error"))
    };
    let has_failed =
        !status.is_some_and(|code| code.starts_with('2')) || headers.iter().any(tells_of_an_error);
    refuse_if(has_failed, GrantedFault::ErrorResponse)?;
    // Lines keep their numbers.
    let body = "\n".repeat(text[..end].matches('\n').count()) + &text[end..];
    let reader = Reader { lexicon, unknown: Unknown::Refused };
    let (names, form) = match reader.entries(&headers)? {
        None if body.trim().is_empty() => return Err(GrantedFault::NoStatement("response").into()),
        None => super::read(lexicon, &body)?,
        Some(statement) => {
            let name = statement.key.unwrap_or_default();
            if !body.trim().is_empty() {
                refuse_body(lexicon, &body, &name, &statement.names)?;
            }
            (statement.names, Form::Header(name))
        }
    };
    objection::refuse(lexicon, &headers, &[], "scopes", &names)?;
    Ok((names, form))
}

/// Refuses scopes of a header if the body states others, or says that they are not granted.
fn refuse_body(lexicon: &Lexicon, body: &str, header: &str, names: &Names) -> Result {
    use GrantedFault::{Inactive, NoStatement, NotAScope, TwoStatements};
    match super::read(lexicon, body) {
        Ok((others, _)) => {
            let differs = !others.is_empty() && others != *names;
            refuse_if(differs, TwoStatements(header.to_owned(), "body".into()))
        }
        Err(GrantedError { fault: NoStatement(_) | NotAScope { .. }, .. }) => {
            let documents = node::of_json(body);
            let is_doubtful =
                documents.is_err() && body.split(['\n', '<', '>']).any(remark::denies);
            refuse_if(is_doubtful, Inactive)?;
            let documents = documents.unwrap_or_default();
            let mut objects = documents.iter().flat_map(Node::objects);
            objects
                .try_for_each(|entries| objection::refuse(lexicon, entries, &[], "scopes", names))
        }
        Err(error) => Err(error),
    }
}

/// `None` for what is meant for browsers and caches.
fn header(line: &str) -> Option<(String, Node)> {
    let (name, value) = line.split_once(':')?;
    let is_of_delivery = key::any_word(name, |word| key::is_among(OF_DELIVERY, word));
    let entry = || (name.trim().to_ascii_lowercase(), Node::Text(value.trim().to_owned()));
    (!is_of_delivery).then(entry)
}
