use super::selecting::change;
use super::{granting, query_changed, search};
use crate::app::{Command, Effect, Focus, Model, Notice};
use crate::domain::{
    ActionIndex, GuideUrlError, INVISIBLE, ListedId, and_more, pluralize, quoted, read_ids,
    with_line_feeds, words_behind_url,
};
use GuideUrlError::{NoPage, NoSelection, OtherPage};

/// The most unknown ids that a notice names.
const NAMED: usize = 3;

/// The actions that a pasted text names.
#[derive(Default)]
struct Named {
    actions: Vec<ActionIndex>,
    unknown: Vec<String>,
}

impl Model {
    /// Returns `true` for a guide URL and for a list of several ids, which can hardly be a query. Some
    /// of the ids may be unknown.
    pub fn is_action_list(&self, text: &str) -> bool {
        let is_list = |Named { actions, unknown }| {
            // Ids without an underscore are words that a query may have, too.
            let is_unlike_a_word = |&action| self.catalog.action(action).id().contains('_');
            let are_unlike_words = actions.iter().all(is_unlike_a_word);
            match unknown.is_empty() {
                true => actions.len() > 1 && (are_unlike_words || text.contains([',', '\n'])),
                false => are_unlike_words && unknown.iter().all(|id| id.contains('_')),
            }
        };
        match self.catalog.ids_of_url(text) {
            Err(NoPage | OtherPage(_)) => list_of_ids(self, text).is_some_and(is_list),
            Ok(_) | Err(_) => true,
        }
    }
}

/// A pasted guide URL or list of action ids adds to the selection; any other text is a query.
pub fn paste(model: &mut Model, text: &str) -> Option<Effect> {
    if text.is_empty() {
        return None;
    }
    let text = &with_line_feeds(text);
    model.notice = None;
    model.overlay = None;
    if model.loading.is_reading() {
        // Which words are ids or scopes is not known yet.
        model.say("The catalog is still being read; paste again when it is complete.");
        return None;
    }
    if model.focus == Focus::Granting {
        granting::paste(model, text);
        return None;
    }
    let text = &text.replace(INVISIBLE, "");
    match model.catalog.ids_of_url(text) {
        Ok((ids, rest)) => add_linked(model, ids, rest),
        Err(error @ (NoPage | OtherPage(_) | NoSelection(_))) => match list_of_ids(model, text) {
            Some(named) => add(model, named, "the pasted list"),
            None if loose_ids(model, text).is_some() || is_list_of_known(model, text) => {
                let text = "The text may exclude some of these ids; paste only the ids to select.";
                model.notice = Some(Notice::bad(text));
            }
            None if matches!(error, NoSelection(_)) => {
                model.notice = Some(Notice::bad(error.to_string()));
            }
            None => {
                search(model);
                model.query.insert(text);
                return query_changed(model);
            }
        },
        Err(error) => model.notice = Some(Notice::bad(error.to_string())),
    }
    None
}

/// Adds the actions of a guide URL, and the ids that follow it. Among other words they may be what is not
/// meant.
fn add_linked(model: &mut Model, mut ids: Vec<String>, rest: &str) {
    let (known, others): (Vec<_>, Vec<_>) =
        words_behind_url(rest).partition(|word| model.catalog.find(word).is_some());
    let is_struck = |word: &&str| {
        word.strip_prefix(['-', '!', '~']).is_some_and(|id| model.catalog.find(bare(id)).is_some())
    };
    let are_left_out = !known.is_empty() && !others.is_empty() || others.iter().any(is_struck);
    if !are_left_out {
        ids.extend(known.into_iter().map(str::to_owned));
    }
    let named = resolve(model, ids.iter().map(String::as_str));
    add(model, named, "the guide URL");
    if let Some(notice) = model.notice.as_mut().filter(|_| are_left_out) {
        notice.text += " Other words stand among the ids after it, so these were left out.";
    }
}

/// Returns `true` if a text with ids may say of some that they are not meant: by an empty box, a patch, ticks on
/// some lines only, or any word or mark that is neither an id nor a list's.
fn may_exclude(model: &Model, text: &str) -> bool {
    let begins = |sign: &str| text.lines().any(|line| line.trim_start().starts_with(sign));
    let is_known = |word: &str| model.catalog.find(word).is_some();
    // An unknown id may have any word in it.
    let is_word = |word: &str| {
        word.chars().all(|c| c.is_alphabetic() || "'’/".contains(c))
            || word.chars().all(|c| c.is_ascii_digit())
    };
    let has_tick = |line: &str| TICKS.iter().any(|tick| line.contains(tick));
    let with_ids = || text.lines().filter(|line| entries(model, line).into_iter().any(is_known));
    let are_some_ticked = with_ids().any(has_tick) && !with_ids().all(has_tick);
    let unticked = without_ticks(text);
    are_some_ticked
        || has_box(&unticked)
        || ["//", "; ", "% ", "< "].into_iter().any(begins)
        || ["<!--", "->", "=>"].into_iter().any(|sign| text.contains(sign))
        || begins("+") && begins("-")
        || entries(model, &unticked)
            .into_iter()
            .any(|word| !is_known(word) && (is_word(word) || is_odd(word)))
}

/// The ids of a text, and its other words. An id may have blanks and brackets in it, as `GET /users/{id}` has.
fn entries<'t>(model: &Model, text: &'t str) -> Vec<&'t str> {
    let is_known = |id: &&str| model.catalog.find(id).is_some();
    let mut entries = Vec::new();
    for entry in text.split(['\n', '\r', ',', '\t', '|', ';']).map(str::trim) {
        // A number alone may be a column of zeros and ones.
        let is_mark = |mark: &str| {
            ["-", "–", "*", "•", ".", ")"]
                .contains(&mark.trim_start_matches(|c: char| c.is_ascii_digit()))
        };
        let item = match entry.split_once(char::is_whitespace) {
            Some((mark, item)) if is_mark(mark) => item.trim_start(),
            _ => entry,
        };
        let quoted = item.trim_matches(['"', '\'', '`']);
        match [entry, item, quoted, bare(item)].into_iter().find(is_known) {
            Some(id) => entries.push(id),
            None => {
                entries.extend(entry.split_whitespace().map(bare).filter(|word| !word.is_empty()))
            }
        }
    }
    entries
}

/// Returns `true` for a mark that neither begins an item of a list nor joins two.
fn is_odd(word: &str) -> bool {
    !word.contains(char::is_alphanumeric) && !["-", "–", "—", "&", "/"].contains(&word)
}

/// Boxes and marks that choose an id.
const TICKS: [&str; 6] = ["[x]", "[X]", "☑", "✅", "✔", "✓"];

fn without_ticks(text: &str) -> String {
    TICKS.iter().fold(text.to_owned(), |text, tick| text.replace(tick, ""))
}

/// Returns `true` for a box with another mark in it than a tick, or none.
fn has_box(text: &str) -> bool {
    text.match_indices('[').any(|(at, _)| text[at + 1..].chars().take(2).any(|c| c == ']'))
}

/// A word without what may stand around an id.
fn bare(word: &str) -> &str {
    let is_around = |c: char| c.is_whitespace() || "\"'`[](){}<>*•;:=+\u{fe0f}".contains(c);
    word.trim_matches(is_around).trim_start_matches("- ")
}

fn resolve<'a>(model: &Model, ids: impl Iterator<Item = &'a str>) -> Named {
    let mut named = Named::default();
    for id in ids {
        match model.catalog.find(id) {
            Some(action) => named.actions.push(action),
            None => named.unknown.push(id.to_owned()),
        }
    }
    named
}

/// The ids of a text that is a list of ids: one that the command line would read as such, or one in which at
/// least half of the words are known ids and none is excluded.
fn list_of_ids(model: &Model, text: &str) -> Option<Named> {
    let listed = listed_ids(model, text);
    let is_alone = |listed: &ListedId| {
        listed.second(&model.catalog).is_none() && !listed.may_be_excluded(&model.catalog)
    };
    let are_alone = listed.iter().all(is_alone);
    let named = resolve(model, listed.iter().map(|listed| listed.id.as_str()));
    if !named.actions.is_empty() && named.unknown.is_empty() && are_alone {
        return Some(named);
    }
    loose_ids(model, text).filter(|_| !may_exclude(model, text))
}

fn listed_ids(model: &Model, text: &str) -> Vec<ListedId> {
    let is_known = |id: &str| model.catalog.find(id).is_some();
    read_ids(text.as_bytes(), is_known).unwrap_or_default()
}

/// Returns `true` for known ids, one a line, whatever stands beside them.
fn is_list_of_known(model: &Model, text: &str) -> bool {
    let listed = listed_ids(model, text);
    !listed.is_empty() && listed.iter().all(|listed| model.catalog.find(&listed.id).is_some())
}

/// The ids among the words of a text, if at least half of the words are ids or begin as ids do.
fn loose_ids(model: &Model, text: &str) -> Option<Named> {
    let text = without_ticks(text);
    let named = resolve(model, entries(model, &text).into_iter());
    let is_strange = |id: &&String| !model.catalog.connector().begins_id(id);
    let strange = named.unknown.iter().filter(is_strange).count();
    let is_list =
        !named.actions.is_empty() && strange * 2 <= named.actions.len() + named.unknown.len();
    is_list.then_some(named)
}

fn add(model: &mut Model, Named { actions, unknown }: Named, source: &str) {
    let added = change(model, &actions, true);
    let mut text = if added > 0 {
        let undo = model.ways(";", &[(Command::Undo, "undoes it")]);
        format!("Selected {} from {source}{undo}.", pluralize(added, "action"))
    } else {
        format!("Nothing new in {source}.")
    };
    if !unknown.is_empty() {
        let shown = unknown.iter().take(NAMED).map(|id| unknown_id(id));
        let shown = shown.collect::<Vec<_>>().join(", ");
        let more = and_more(unknown.len().saturating_sub(NAMED));
        text.push_str(&format!(" Unknown: {shown}{more}."));
    }
    let tone = if unknown.is_empty() && added > 0 { Notice::good } else { Notice::plain };
    model.notice = Some(tone(text));
}

/// An unknown id as notices name it: without quotes, and not where it may be a secret.
fn unknown_id(id: &str) -> String {
    quoted("word", id).trim_matches('`').to_owned()
}
