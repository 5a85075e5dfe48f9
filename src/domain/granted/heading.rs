//! Headings over lists of scopes, which look like comments.

use std::collections::HashSet;
use std::mem;

use super::lines::{LONGEST_HEADING, opens, parts, scopes_in};
use super::list::{split_box, split_mark};
use super::words::unquoted;
use super::{GrantedFault, Lexicon, Result, is_among, key, provider, refuse_if};
use crate::domain::Separator;

/// Words of a heading over scopes that an app has, and over those that it does not have yet.
const HAVING: &str = "before current currently existing got granted has have live now today";
const NEEDING: &str = "add additional after ask coming example future gaps lack* later necessary need* next optional \
    phase planned propos* released requ* roadmap should still submitted suggest* target todo upcoming want*";

/// Environments, of which each has an app of its own.
const ENVIRONMENTS: &str =
    "demo dev development eu live local prod production qa sandbox stage staging test uat us";

/// What may stand before the letter or the number of one of several.
const ONE_OF_SEVERAL: &str = "account app application client company customer environment org organisation organization tenant workspace";

/// Tells scopes of several apps apart by what stands beside them.
#[derive(Default)]
pub struct Apps {
    environment: Option<String>,
    /// Such as `client 2`.
    one: Option<String>,
}

impl Apps {
    /// Returns `true` if a short text speaks of another app or environment than one before it.
    pub fn differ(&mut self, text: &str) -> bool {
        let words = key::words(text);
        if words.len() > LONGEST_HEADING {
            return false;
        }
        let environment = words.iter().find(|word| is_among(ENVIRONMENTS, word));
        let is_one = |pair: &&[String]| {
            is_among(ONE_OF_SEVERAL, &pair[0]) && (pair[1].len() == 1 || key::is_number(&pair[1]))
        };
        let one = words.windows(2).find(is_one).map(|pair| pair.join(" "));
        let mut differs = false;
        for (known, said) in [(&mut self.environment, environment.cloned()), (&mut self.one, one)] {
            let Some(said) = said else { continue };
            differs |= *known.get_or_insert_with(|| said.clone()) != said;
        }
        differs
    }
}

/// Refuses scopes below a heading that is the name of another provider, those below headings for several apps,
/// and those in two parts, of which one is what the app has and the other what it needs.
pub fn refuse(lexicon: &Lexicon, text: &str) -> Result {
    let (mut headings, mut has, mut needs) = (Vec::new(), false, None);
    let mut others = Vec::new();
    let (mut apps, mut is_below) = (Apps::default(), false);
    for (before, line) in text.lines().enumerate() {
        let (content, comment) = parts(lexicon, line.trim());
        let comment = (!comment.is_empty()).then_some((before, comment));
        if content.is_empty() {
            if comment.is_some() && mem::take(&mut is_below) {
                headings.clear();
            }
            headings.extend(comment);
        } else if is_item(lexicon, content) {
            is_below = true;
            let is_above = |heading: usize| heading < before;
            for (before, said) in headings.iter().copied().chain(comment) {
                let is_of_another = provider::is_name_of_another(lexicon, said);
                refuse_if(is_of_another, GrantedFault::OfAnother.on_line(before))?;
                refuse_if(apps.differ(said), GrantedFault::SeveralApps.on_line(before))?;
                let words = key::words(said);
                let any = |list| words.iter().any(|word| is_among(list, word));
                match (words.len() <= LONGEST_HEADING, any(HAVING), any(NEEDING)) {
                    (true, true, false) => has = true,
                    (true, false, true) => needs = needs.or(Some(before)),
                    (true, false, false) if is_above(before) => others.push((before, words)),
                    _ => {}
                }
            }
        } else if !opens(content) && !content.starts_with('|') {
            headings.clear();
        }
    }
    others.dedup();
    if has && needs.is_none() && !others.is_empty() {
        let things = things(lexicon);
        let is_strange = |words: &[String]| {
            !words.iter().all(|word| {
                is_among("and access api scope scopes", word)
                    || things.contains(&key::singular(word))
            })
        };
        needs = others.iter().find(|(_, words)| is_strange(words)).map(|&(before, _)| before);
    }
    let needs = needs.filter(|_| has);
    needs.map_or(Ok(()), |before| Err(GrantedFault::Denied.on_line(before)))
}

/// The words of headings such as `Contacts and deals`, which part what the app has. Beside what the app has, any
/// other may be of what it has not.
fn things(lexicon: &Lexicon) -> HashSet<String> {
    let catalog = lexicon.catalog;
    let labels = catalog.indices().map(|action| catalog.action(action).label());
    let scopes = catalog.all_scopes().map(|scope| catalog.scope(scope));
    labels.chain(scopes).flat_map(key::words).map(|word| key::singular(&word)).collect()
}

/// Returns `true` for a line of a list that has nothing but scopes, and for the row of a table with scopes.
fn is_item(lexicon: &Lexicon, content: &str) -> bool {
    let item = split_box(split_mark(content).1).1;
    let mut words = item.split(Separator::ends_name).filter(|word| !word.is_empty()).peekable();
    content.starts_with('|') && scopes_in(lexicon, content).next().is_some()
        || lexicon.scope_of_form_name(item).is_some()
        || words.peek().is_some() && words.all(|word| lexicon.is_scope(unquoted(word)))
}
