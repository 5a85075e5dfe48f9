//! Headings over lists of scopes, which look like comments.

use super::lines::{opens, parts};
use super::list::{split_box, split_mark};
use super::words::unquoted;
use super::{GrantedFault, Lexicon, Result, is_among, key, provider, refuse_if};
use crate::domain::Separator;

/// Words of a heading over scopes that an app has, and over those that it does not have yet.
const HAVING: &str = "before current currently existing got granted has have live now today";
const NEEDING: &str = "add additional after necessary need* optional planned propos* requ* roadmap suggest* target \
    upcoming want*";

/// A heading has no more words. A longer comment is prose.
const LONGEST_HEADING: usize = 4;

/// Refuses scopes below a heading that is the name of another provider, and those in two parts, of which one
/// is what the app has and the other what it needs.
pub fn refuse(lexicon: &Lexicon, text: &str) -> Result {
    let (mut heading, mut has, mut needs) = (None, false, None);
    for (before, line) in text.lines().enumerate() {
        let (content, comment) = parts(lexicon, line.trim());
        let comment = (!comment.is_empty()).then_some((before, comment));
        if content.is_empty() {
            heading = comment.or(heading);
        } else if is_item(lexicon, content) {
            for (before, said) in heading.into_iter().chain(comment) {
                let is_of_another = provider::is_name_of_another(lexicon, said);
                refuse_if(is_of_another, GrantedFault::OfAnother.on_line(before))?;
                let words = key::words(said);
                let any = |list| words.iter().any(|word| is_among(list, word));
                match (words.len() <= LONGEST_HEADING, any(HAVING), any(NEEDING)) {
                    (true, true, false) => has = true,
                    (true, false, true) => needs = needs.or(Some(before)),
                    _ => {}
                }
            }
        } else if !opens(content) {
            heading = None;
        }
    }
    let needs = needs.filter(|_| has);
    needs.map_or(Ok(()), |before| Err(GrantedFault::Denied.on_line(before)))
}

/// Returns `true` for a line of a list that has nothing but scopes.
fn is_item(lexicon: &Lexicon, content: &str) -> bool {
    let item = split_box(split_mark(content).1).1;
    let mut words = item.split(Separator::ends_name).filter(|word| !word.is_empty()).peekable();
    lexicon.scope_of_form_name(item).is_some()
        || words.peek().is_some() && words.all(|word| lexicon.is_scope(unquoted(word)))
}
