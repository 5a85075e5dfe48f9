//! Headings over lists of scopes, which look like comments.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::mem;

use super::lines::{Line, opens, scopes_in, section};
use super::list::{split_box, split_mark};
use super::provider::Naming;
use super::remark::TRIALS;
use super::words::unquoted;
use super::{GrantedFault, Lexicon, Meaning, Result, any_word, is_among, key, provider, refuse_if};
use crate::domain::Separator;

/// Words of a heading over scopes that an app has.
const HAVING: &str = "approved before current currently done enabled existing got granted has have installed live now selected ticked today";

/// Words of one over those that it does not have yet.
const NEEDING: &str = "add additional after asking coming future gaps lacks necessary need* optional phase planned propos* requ* \
    roadmap submitted suggest* target todo unselected unticked upcoming want*";

/// Words that say so alone, or of scopes.
const NEEDING_ALONE: &str = "available empty new next open";

/// Words of one over scopes that somebody needs, whoever has them.
const NEEDED: &str = "enable mandatory necessary need needed needs prerequisite prerequisites recommended required select tick";

/// Words beside them.
const BESIDE_NEEDED: &str = "api app are developer following for hub in minimum oauth our permission permissions scope scopes \
    still that the these this to we you";

/// Words of one over what may come, or is offered to any app.
const UPCOMING: &str = "available future next planned upcoming";

/// The words of one that says nothing else than that the app has them.
const GRANTED: &str = "already app approved current currently granted has have installed now of our permissions scope \
    scopes that the this we";

/// The names of the environment in which an integration runs.
pub const LIVE: &str = "live prod production";

/// The names of each environment, which has an app of its own.
const ENVIRONMENTS: [&str; 7] =
    [LIVE, "dev development", "preprod", "qa test testing", "sandbox", "stage staging", "uat"];

/// Words beside them.
const BESIDE: &str = "account app client env environment for in of on our scope scopes the those";

/// What there may be several of.
const ONE_OF_SEVERAL: &str = "account app application client company connection customer environment instance integration \
    org organisation organization tenant workspace";

/// Words that tell one of several from the others, besides letters and numbers.
const WHICH: &str = "apac au emea eu first main other primary second secondary uk us";

/// Names of hosts of a provider that are no customer's.
const SERVICES: &str = "api app auth community devcommunity developer developers docs help marketplace oauth status support www";

/// A heading has no more words. A longer comment is prose.
const LONGEST_HEADING: usize = 4;

/// The same of one with the word *permissions* or *scopes*.
const LONGEST_OF_SCOPES: usize = 8;

/// Tells scopes of several apps apart by what stands beside them.
#[derive(Default)]
pub struct Apps {
    environment: Option<&'static str>,
    /// Such as `client 2`.
    one: Option<String>,
}

impl Apps {
    /// Returns `true` if a text speaks of another app or environment than one before it, and of nothing else.
    pub fn differ(&mut self, lexicon: &Lexicon, text: &str) -> bool {
        let words = key::words(text);
        let (named, others): (Vec<_>, Vec<_>) =
            words.iter().partition(|word| ENVIRONMENTS.iter().any(|names| is_among(names, word)));
        let is_alone = others.iter().all(|word| is_among(BESIDE, word) || key::is_number(word));
        let environment = match named[..] {
            [one] if is_alone => ENVIRONMENTS.into_iter().find(|names| is_among(names, one)),
            _ => None,
        };
        // `acme.pipedrive.com`
        let is_host = |text: &str| {
            let text = text.trim_end_matches(':');
            let (tenant, host) = text.split_once('.').unwrap_or_default();
            lexicon.owns(host.split('.').next().unwrap_or_default())
                && is_among("com io", text.rsplit('.').next().unwrap_or_default())
                && text.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c))
                && !is_among(SERVICES, tenant)
        };
        let mut words = words;
        words.retain(|word| !is_among("id the", word));
        let is_which = |word: &str| {
            word.len() == 1 || word.contains(|c: char| c.is_ascii_digit()) || is_among(WHICH, word)
        };
        let one = match &words[..] {
            [what, which] | [which, what] if is_among(ONE_OF_SEVERAL, what) && is_which(which) => {
                Some(words.join(" "))
            }
            _ if is_host(text) => Some(words.join(" ")),
            _ => None,
        };
        differs(&mut self.environment, environment) | differs(&mut self.one, one)
    }
}

/// Returns `true` if something is said that is not what was said first.
fn differs<T: Clone + PartialEq>(first: &mut Option<T>, said: Option<T>) -> bool {
    said.is_some_and(|said| *first.get_or_insert_with(|| said.clone()) != said)
}

/// Scopes one below the other, and the remarks on them, each with the number of lines before it.
#[derive(Default)]
struct Group<'t> {
    above: Vec<(usize, &'t str)>,
    /// On the lines of the scopes.
    beside: Vec<(usize, &'t str)>,
    /// The number of lines with scopes.
    items: usize,
}

/// Refuses scopes below a heading that is the name of another provider, those of several apps, and those in
/// groups of which one is what the app has and another may be of what it has not.
pub fn refuse(lexicon: &Lexicon, lines: &[Line]) -> Result {
    if let Some(before) = statement_of_another(lexicon, lines) {
        return Err(GrantedFault::OfAnother.on_line(before));
    }
    let groups = groups(lexicon, lines);
    let remarks = || groups.iter().flat_map(|group| group.above.iter().chain(&group.beside));
    let mut apps = Apps::default();
    for group in &groups {
        // The last name above scopes counts.
        let names = |&&(_, said): &&(usize, &str)| {
            provider::is_name_of_another(lexicon, said) || lexicon.owns_part(said)
        };
        let last = group.above.iter().rfind(names);
        for &(before, said) in last.into_iter().chain(&group.beside) {
            let is_of_another = provider::is_name_of_another(lexicon, said);
            refuse_if(is_of_another, GrantedFault::OfAnother.on_line(before))?;
        }
    }
    if let Some(before) = line_on_trial(&groups) {
        return Err(GrantedFault::SeveralApps.on_line(before));
    }
    for &(before, said) in remarks() {
        refuse_if(apps.differ(lexicon, said), GrantedFault::SeveralApps.on_line(before))?;
    }
    let has = |(_, said): &(usize, &str)| says(said, HAVING) && !says(said, NEEDING);
    let needs = |(_, said): &(usize, &str)| {
        says(said, NEEDING) && !says(said, HAVING) || says_alone(said, NEEDING_ALONE)
    };
    // `needed` speaks of a grant, `needed for sync` tells what a scope is for, and `new` since when there is one.
    let is_brief = |(_, said): &&(usize, &str)| {
        key::words(said).len() == 1 && !says_alone(said, NEEDING_ALONE)
    };
    let above = groups.iter().flat_map(|group| &group.above);
    let beside = groups.iter().flat_map(|group| &group.beside).filter(is_brief);
    let doubtful = above.chain(beside).find(|said| needs(said)).filter(|_| remarks().any(has));
    let mut over = groups.iter().flat_map(|group| &group.above);
    let doubtful = doubtful.or_else(|| over.find(|(_, said)| is_over_needed(lexicon, said)));
    let doubtful = doubtful.or_else(|| strange_heading(lexicon, lines, &groups));
    doubtful.map_or(Ok(()), |&(before, _)| Err(GrantedFault::Denied.on_line(before)))
}

/// The line that says of some of the scopes that they are of an environment for trials, as `# staging` does.
fn line_on_trial(groups: &[Group]) -> Option<usize> {
    let is_trial = |(_, said): &&(usize, &str)| {
        any_word(said, |word| is_among(TRIALS, word))
            && key::all_words(said, |word| is_among(TRIALS, word) || is_among(BESIDE, word))
    };
    let (mut first, mut others) = (None, 0);
    for group in groups {
        let over = group.above.last().filter(is_trial);
        let mut on_trial = over.into_iter().chain(group.beside.iter().filter(is_trial)).peekable();
        first = first.or(on_trial.peek().map(|(before, _)| *before));
        others += if over.is_some() { 0 } else { group.items - on_trial.count() };
    }
    first.filter(|_| others > 0)
}

/// The line that names another provider over the variable or the key that states scopes, or behind it, unless a
/// line between them names the connector. It is over all that follows; over its block alone if a line in that has
/// another provider's name before `=` or `:`, or if something else in the text names the connector. A section
/// ends it.
fn statement_of_another(lexicon: &Lexicon, lines: &[Line]) -> Option<usize> {
    let (mut heading, mut is_within, mut is_for_block) = (None, false, false);
    for (before, &Line { text: line, content, comment }) in lines.iter().enumerate() {
        let states = states_scopes(lexicon, content);
        let may_be_over = content.is_empty() || opens(content) || states;
        let is_gap = || {
            content.is_empty()
                && (is_for_block || lexicon.naming != Naming::None && comment.is_empty())
        };
        let is_end = || section(content).is_some() || is_gap();
        if may_be_over && provider::is_name_of_another(lexicon, comment) {
            (heading, is_within, is_for_block) = (Some(before), false, false);
        } else if lexicon.owns_part(line) || is_within && is_end() {
            heading = None;
        } else {
            let name = line.split(['=', ':']).next().unwrap_or_default();
            is_for_block |= provider::names_another(lexicon, name);
            is_within = true;
        }
        if heading.is_some() && states {
            return heading;
        }
    }
    None
}

/// Returns `true` for a variable or a key that states scopes, and for JSON with scopes, which do not say of which
/// connector they are.
fn states_scopes(lexicon: &Lexicon, content: &str) -> bool {
    let names_scopes = || {
        content.to_ascii_lowercase().contains("scope")
            || scopes_in(lexicon, content).next().is_some()
    };
    let is_json = content.starts_with(['[', '{']) && names_scopes();
    let name = content.split(['=', ':']).next().and_then(|name| name.split_whitespace().last());
    is_json && !lexicon.owns_part(content)
        || name.is_some_and(|name| {
            let name = unquoted(name.trim_start_matches(['{', ',']));
            Meaning::of(name) == Meaning::Granted
                && lexicon.is_of_app(name)
                && !lexicon.owns_part(name)
        })
}

/// A heading beside `Granted`, and as high, that does not name things of the catalog: it may be over what the app
/// has not.
fn strange_heading<'g, 't>(
    lexicon: &Lexicon,
    lines: &[Line],
    groups: &'g [Group<'t>],
) -> Option<&'g (usize, &'t str)> {
    let level = |before: usize| {
        let line = lines.get(before).map_or("", |line| line.text.trim_start());
        line.len() - line.trim_start_matches('#').len()
    };
    let is_granted = |(_, said): &&(usize, &str)| {
        key::all_words(said, |word| is_among(GRANTED, word))
            && any_word(said, |word| is_among("approved granted has have installed", word))
    };
    let (at, granted) = groups.iter().enumerate().find_map(|(at, group)| {
        // Right above what it grants.
        Some((at, group.above.last().filter(is_granted)?))
    })?;
    let things = LazyCell::new(|| things(lexicon));
    let names_things =
        |said: &str| key::all_words(said, |word| things.contains(&key::singular(word)));
    let others = groups[at + 1..].iter().flat_map(|group| &group.above);
    let mut others =
        others.filter(|other| !is_granted(other) && level(other.0) <= level(granted.0));
    let is_short = |said: &str| key::words(said).len() <= LONGEST_HEADING;
    others.find(|(_, said)| is_short(said) && !names_things(said))
}

fn groups<'t>(lexicon: &Lexicon, lines: &[Line<'t>]) -> Vec<Group<'t>> {
    let mut groups = vec![Group::default()];
    let mut above = Vec::new();
    for (before, &Line { content, comment, .. }) in lines.iter().enumerate() {
        let comment = (!comment.is_empty()).then_some((before, comment));
        if content.is_empty() {
            above.extend(comment);
        } else if is_item(lexicon, content) {
            if !above.is_empty() {
                groups.push(Group { above: mem::take(&mut above), ..Group::default() });
            }
            if let Some(group) = groups.last_mut() {
                group.beside.extend(comment);
                group.items += 1;
            }
        } else if !opens(content) && !content.starts_with('|') {
            above.clear();
        }
    }
    groups
}

fn is_heading(said: &str) -> bool {
    let is_of_scopes = any_word(said, |word| is_among("permissions scopes", word));
    key::words(said).len() <= if is_of_scopes { LONGEST_OF_SCOPES } else { LONGEST_HEADING }
}

/// Returns `true` if a heading has one of these words.
fn says(heading: &str, words: &str) -> bool {
    is_heading(heading) && any_word(heading, |word| is_among(words, word))
}

/// Returns `true` for `Required scopes`, `Prerequisites` and `Available`, but not for `Required by the importer`, which
/// tells what scopes are for.
fn is_over_needed(lexicon: &Lexicon, heading: &str) -> bool {
    let is_of_scopes = any_word(heading, |word| {
        is_among("permission permissions prerequisite prerequisites scope scopes", word)
    });
    let needs = any_word(heading, |word| is_among(NEEDED, word))
        && key::all_words(heading, |word| {
            is_among(NEEDED, word) || is_among(BESIDE_NEEDED, word) || lexicon.owns(word)
        });
    is_of_scopes && (needs || says_alone(heading, UPCOMING)) || key::words(heading) == ["available"]
}

/// Returns `true` if a heading has one of these words, and at most that it is about scopes besides.
fn says_alone(heading: &str, words: &str) -> bool {
    let is_beside = |word: &str| {
        let version = word.strip_prefix('v').unwrap_or(word);
        is_among(
            "also for in later others permission permissions phase release scope scopes sprint the version",
            word,
        ) || key::is_number(version)
    };
    is_heading(heading)
        && any_word(heading, |word| is_among(words, word))
        && key::all_words(heading, |word| is_among(words, word) || is_beside(word))
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
