use super::form::Form;
use super::words::{Lexicon, Names, Unknown};
use super::{GrantedError, GrantedFault, Where};
use crate::domain::markdown::escaped;
use crate::domain::{Catalog, Position};

/// Returns `true` if `guide --format markdown` printed the text for this catalog.
pub fn is_one(catalog: &Catalog, text: &str) -> bool {
    catalog.guide().is_some()
        && text.strip_prefix("# ").is_some_and(|text| {
            let title = escaped(&catalog.connector().title());
            text.lines().next() == Some(title.as_str())
        })
}

/// Reads the scopes that the guide's Markdown says to configure: its items with a box.
pub fn read(lexicon: &Lexicon, text: &str) -> Result<(Names, Form), GrantedError> {
    let mut names = Names::new();
    for (nth, line) in text.lines().enumerate() {
        let Some(item) = line.strip_prefix("- [ ] ").or_else(|| line.strip_prefix("- [x] ")) else {
            continue;
        };
        // `Deals: Full access (`deals:full`)`, or the scope alone.
        let scope = match item.strip_suffix(')').and_then(|item| item.rsplit_once('(')) {
            Some((name, scope)) if lexicon.is_form_name(name.trim()) => scope,
            _ => item,
        };
        let found = lexicon.names(scope, Unknown::Refused);
        let place = Where::At(Position { line: nth + 1, column: 1 });
        names.extend(found.map_err(|stray| stray.at(place))?);
    }
    match names.is_empty() {
        true => Err(GrantedFault::Empty.at(Where::At(Position { line: 1, column: 1 }))),
        false => Ok((names, Form::GuidePage)),
    }
}
