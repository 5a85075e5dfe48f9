//! Headings over lists of scopes, which look like comments.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::mem;

use super::lines::{LONGEST_HEADING, opens, parts, scopes_in};
use super::list::{split_box, split_mark};
use super::words::unquoted;
use super::{GrantedFault, Lexicon, Result, any_word, is_among, key, provider, refuse_if};
use crate::domain::Separator;

/// Words of a heading over scopes that an app has.
const HAVING: &str = "before current currently existing got granted has have live now today";

/// Words of one over those that it does not have yet.
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

/// Scopes one below the other, and the remarks on them, each with the number of lines before it.
#[derive(Default)]
struct Group<'t> {
    above: Vec<(usize, &'t str)>,
    /// On the lines of the scopes.
    beside: Vec<(usize, &'t str)>,
}

/// Refuses scopes below a heading that is the name of another provider, those of several apps, and those in
/// groups of which one is what the app has and another may be of what it has not.
pub fn refuse(lexicon: &Lexicon, text: &str) -> Result {
    let groups = groups(lexicon, text);
    let remarks = || groups.iter().flat_map(|group| group.above.iter().chain(&group.beside));
    let mut apps = Apps::default();
    for &(before, said) in remarks() {
        let is_of_another = provider::is_name_of_another(lexicon, said);
        refuse_if(is_of_another, GrantedFault::OfAnother.on_line(before))?;
        refuse_if(apps.differ(said), GrantedFault::SeveralApps.on_line(before))?;
    }
    let has = |(_, said): &(usize, &str)| says(said, HAVING) && !says(said, NEEDING);
    if !remarks().any(has) {
        return Ok(());
    }
    let things = LazyCell::new(|| things(lexicon));
    let names_things =
        |said: &str| key::all_words(said, |word| things.contains(&key::singular(word)));
    let others = groups.iter().filter(|group| !group.above.iter().any(has));
    let mut others = others.flat_map(|group| &group.above);
    let strange = others.find(|(_, said)| is_heading(said) && !names_things(said));
    let needs = remarks().find(|(_, said)| says(said, NEEDING) && !says(said, HAVING));
    let doubtful = needs.or(strange);
    doubtful.map_or(Ok(()), |&(before, _)| Err(GrantedFault::Denied.on_line(before)))
}

fn groups<'t>(lexicon: &Lexicon, text: &'t str) -> Vec<Group<'t>> {
    let mut groups = vec![Group::default()];
    let mut above = Vec::new();
    for (before, line) in text.lines().enumerate() {
        let (content, comment) = parts(lexicon, line.trim());
        let comment = (!comment.is_empty()).then_some((before, comment));
        if content.is_empty() {
            above.extend(comment);
        } else if is_item(lexicon, content) {
            if !above.is_empty() {
                groups.push(Group { above: mem::take(&mut above), beside: Vec::new() });
            }
            if let Some(group) = groups.last_mut() {
                group.beside.extend(comment);
            }
        } else if !opens(content) && !content.starts_with('|') {
            above.clear();
        }
    }
    groups
}

fn is_heading(said: &str) -> bool {
    key::words(said).len() <= LONGEST_HEADING
}

/// Returns `true` if a heading has one of these words.
fn says(heading: &str, words: &str) -> bool {
    is_heading(heading) && any_word(heading, |word| is_among(words, word))
}

/// The words of headings such as `Contacts and deals`, which part what the app has.
fn things(lexicon: &Lexicon) -> HashSet<String> {
    let catalog = lexicon.catalog;
    let labels = catalog.indices().map(|action| catalog.action(action).label());
    let scopes = catalog.all_scopes().map(|scope| catalog.scope(scope));
    let known = labels.chain(scopes).chain(["Access and scopes of the API"]);
    known.flat_map(key::words).map(|word| key::singular(&word)).collect()
}

/// Returns `true` for a line of a list that has nothing but scopes, and for the row of a table with scopes.
fn is_item(lexicon: &Lexicon, content: &str) -> bool {
    let item = split_box(split_mark(content).1).1;
    let mut words = item.split(Separator::ends_name).filter(|word| !word.is_empty()).peekable();
    content.starts_with('|') && scopes_in(lexicon, content).next().is_some()
        || lexicon.scope_of_form_name(item).is_some()
        || words.peek().is_some() && words.all(|word| lexicon.is_scope(unquoted(word)))
}
