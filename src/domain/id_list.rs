mod exclusion;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashSet;
use std::{fmt, mem};

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use self::exclusion::{is_against, is_put_off, takes_back};
use super::granted::{Node, is_tick, says_no, split_box, split_mark};
use super::input::{INVISIBLE, LINE_BREAKS, decode, is_json, parse_json, with_line_feeds};
use super::name_words::is_among;
use super::{Catalog, InputError};

/// A word that should name an action, and its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedId {
    pub id: String,
    pub place: IdPlace,
    /// Another id that its line may mean, or the next field, such as a label. Empty if there is none.
    pub next: String,
    /// Later fields and, in JSON, the texts that stand beside it.
    pub others: Vec<String>,
    /// The texts that may take it back unless they are scopes: a later field, a comment, or a key of JSON.
    pub doubts: Vec<String>,
}

impl ListedId {
    /// Returns `true` if something beside the id may say that it is not meant, as `no` and `removed` do. An id
    /// and a label have words by chance.
    pub fn may_be_excluded(&self, catalog: &Catalog) -> bool {
        let is_scope = |word: &str| {
            let word = word.trim_matches(['(', ')', ',']);
            is_among("and or", word) || word.starts_with('…') || catalog.find_scope(word).is_some()
        };
        let excludes =
            |text: &String| !text.split(' ').all(is_scope) && !self.is_its_own(catalog, text);
        (says_no(&self.next) || takes_back(&self.next)) && !self.is_its_own(catalog, &self.next)
            || self.doubts.iter().any(excludes)
    }

    /// The id that stands beside this one, where this is an id or a glob.
    pub fn second<'l>(&'l self, catalog: &Catalog) -> Option<&'l str> {
        let is_glob = |word: &str| word.contains(['*', '?']);
        let is_id = |word: &str| {
            let lower = word.to_lowercase();
            // A plain word, such as `Users`, may be an id by chance, and a scope may have the name of one.
            let is_plain = lower.chars().all(|c| c.is_ascii_lowercase());
            let is_named = catalog.find(word).is_some() || catalog.find(&lower).is_some();
            let may_be = is_named || is_glob(word) && catalog.connector().begins_id(word);
            may_be && !is_plain && catalog.find_scope(word).is_none()
        };
        let is_other = |text: &&str| !self.is_its_own(catalog, text);
        let id_in = |text: &'l str| parts(text).filter(is_other).find(|part| is_id(part));
        if catalog.find(&self.id).is_none() && !is_glob(&self.id) {
            return None;
        }
        // The next field may be an id of a plain word, too.
        let next = Some(&*self.next).filter(is_other);
        let others = next.into_iter().chain(self.others.iter().map(String::as_str));
        let mut others = others.filter(is_other);
        next.filter(|text| catalog.find(text).is_some()).or_else(|| others.find_map(id_in))
    }

    /// Returns `true` for the id or its label.
    fn is_its_own(&self, catalog: &Catalog, text: &str) -> bool {
        // `list` cuts a word that is wider than its column.
        let cut = text.strip_suffix('…');
        let is_label = |action| {
            let label = catalog.action(action).label();
            label == text || cut.is_some_and(|start| label.starts_with(start))
        };
        let text = text.trim_matches(QUOTES);
        let is_spelt_so = || text.eq_ignore_ascii_case(&self.id) && catalog.find(text).is_none();
        text == self.id || is_spelt_so() || catalog.find(&self.id).is_some_and(is_label)
    }
}

/// The texts in a text that may be ids: what stands between commas and the like, and each word.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| !c.is_alphanumeric() && !"_-.*?".contains(c);
    let items = text.split([',', ';', '|']).map(|item| item.trim_matches([' ', '"']));
    items.chain(text.split(ends).map(|word| word.trim_matches('.')))
}

const QUOTES: [char; 3] = ['"', '\'', '`'];

/// The position of a word in a list of ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdPlace {
    /// Counted from 1.
    Line(usize),
    /// Counted from 0, as JSON paths do.
    Entry(usize),
}

/// Reads the ids of a list: one a line, or JSON.
///
/// In a line, the id ends at a tab or at two spaces, so that the lines of `list` can be read back. It may stand in
/// quotes or backticks, behind a bullet or a number if all ids do, behind a check box, and in the first column of a table
/// of Markdown. A NUL ends a line too. Empty lines are ignored. A comment is a `#` between spaces, or at the beginning of
/// a line before a space, and the rest of the line: a remark on its id, or on the next one below. `is_known` tells ids
/// that have such marks in them.
/// JSON is an array, or a pdscopes document, whose `actions` are read; entries are ids or objects with an `id`.
///
/// # Errors
/// It is no UTF-8, begins like JSON and is not such a document, or names no id.
pub fn read_ids(
    bytes: &[u8],
    is_known: impl Fn(&str) -> bool,
) -> Result<Vec<ListedId>, InputError> {
    let text = &decode(bytes)?.replace(INVISIBLE, "");
    let ids = if is_json(text) {
        ids_of_json(text)?
    } else {
        ids_of_lines(&with_fields(&with_line_feeds(text)), &is_known)
    };
    if ids.is_empty() {
        return Err(InputError::Empty);
    }
    Ok(ids)
}

/// The rows of a table of Markdown with tabs between their cells, and without what stands above its rule.
fn with_fields(text: &str) -> Cow<'_, str> {
    let is_row = |line: &str| line.trim_start().starts_with('|');
    let is_rule = |line: &&str| {
        is_row(line) && line.contains('-') && line.chars().all(|c| "|-: \r".contains(c))
    };
    let lines: Vec<_> = text.split('\n').collect();
    if !lines.iter().any(is_rule) {
        return text.into();
    }
    let row = |(nth, line): (usize, &&str)| match line.trim().strip_prefix('|') {
        Some(_) if is_rule(line) || lines.get(nth + 1).is_some_and(is_rule) => String::new(),
        Some(row) => {
            row.trim_end_matches('|').split('|').map(str::trim).collect::<Vec<_>>().join("\t")
        }
        None => (*line).to_owned(),
    };
    lines.iter().enumerate().map(row).collect::<Vec<_>>().join("\n").into()
}

fn ids_of_lines<'t>(text: &'t str, is_known: &impl Fn(&str) -> bool) -> Vec<ListedId> {
    let mut ids = Vec::new();
    let has_nul = text.contains('\0');
    let mut doubts = Vec::new();
    // Whether a blank line stands above. Behind it another comment takes the place of those before.
    let mut is_apart = false;
    // Whether each has a column with a tick.
    let mut ticked = Vec::new();
    // Any line break ends a comment; lines are counted by their line feeds.
    let pieces = |(nth, line): (usize, &'t str)| {
        let has_comment = line.contains('#');
        let ends = move |c| has_comment && LINE_BREAKS.contains(&c);
        line.split(ends).map(move |line| (nth, line.trim()))
    };
    let lines = || text.split(['\n', '\0']).enumerate().flat_map(pieces);
    let is_marked = have_same_mark(lines().map(|(_, line)| line), is_known);
    for (position, line) in lines() {
        let line = if is_marked { split_mark(line).1 } else { line };
        let (its_box, line) = if is_known(line) { (None, line) } else { split_box(line) };
        let line = line.strip_suffix(" #").filter(|_| !is_known(line)).unwrap_or(line).trim_end();
        let mut fields = line.split('\t').map(str::trim);
        let (field, next_field) = (fields.next().unwrap_or_default(), fields.next());
        let is_comment = |id: &str| (id == "#" || id.starts_with("# ")) && !is_known(id);
        let (id, next) = if (next_field.is_some() || has_nul) && !field.contains(" # ") {
            (field, next_field.unwrap_or_default())
        } else {
            let mut known = beginnings(field).filter(|id| is_known(id));
            let id = known.next().unwrap_or_else(|| first_field(line));
            let next = known.next().unwrap_or_else(|| first_field(line[id.len()..].trim_start()));
            (id, next)
        };
        if id.is_empty() {
            is_apart = true;
            continue;
        }
        let is_apart = mem::take(&mut is_apart);
        if is_comment(id) {
            if is_apart {
                doubts.clear();
            }
            let is_commented_out = line.split_whitespace().any(is_known);
            let takes_back = takes_back(line.trim_start_matches(['#', ' ']));
            doubts.extend((!is_commented_out && takes_back).then(|| line.to_owned()));
            continue;
        }
        let gap = if next_field.is_some() { "\t" } else { "  " };
        let fields = line[id.len()..].split(gap).map(str::trim);
        let is_ticked = |field: &str| {
            let field = field.trim_start_matches("# ");
            is_tick(field) || is_among("1 x X [x] [X]", field)
        };
        ticked.push(its_box == Some('x') || fields.clone().any(is_ticked));
        doubts.extend((its_box == Some(' ')).then(|| "[ ]".to_owned()));
        let (id, next) = if is_known(id) { (id, next) } else { known_in(id, next, is_known) };
        let later: Vec<_> = fields.filter(|field| !field.is_empty() && *field != next).collect();
        let taking_back = later.iter().filter(|field| takes_back(field.trim_start_matches("# ")));
        doubts.extend(taking_back.map(|&field| field.to_owned()));
        let others = later.into_iter().map(str::to_owned).collect();
        let (id, next, doubts) = (id.to_owned(), next.to_owned(), mem::take(&mut doubts));
        ids.push(ListedId { id, place: IdPlace::Line(position + 1), next, others, doubts });
    }
    if ticked.contains(&true) {
        let without_tick = ids.iter_mut().zip(&ticked).filter(|(_, ticked)| !**ticked);
        without_tick.for_each(|(id, _)| id.doubts.push("without a tick".into()));
    }
    ids
}

/// Returns `true` if all lines with ids are items with the same bullet, or with numbers.
fn have_same_mark<'t>(
    lines: impl Iterator<Item = &'t str>,
    is_known: &impl Fn(&str) -> bool,
) -> bool {
    // `* /files` and `* # all` are globs.
    let begins_glob =
        |line: &str| line.strip_prefix("* ").is_some_and(|rest| rest.starts_with([' ', '#', '/']));
    let mark = |line| match is_known(line) || begins_glob(line) {
        true => "",
        false => split_mark(line).0.trim_start_matches(|c: char| c.is_ascii_digit()),
    };
    let mut marks = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(mark);
    marks.next().is_some_and(|first| !first.is_empty() && marks.all(|mark| mark == first))
}

/// The id and what follows it in a field that is none: it stands in quotes, as in JSON and Markdown, or others stand
/// behind it.
fn known_in<'t>(
    field: &'t str,
    next: &'t str,
    is_known: &impl Fn(&str) -> bool,
) -> (&'t str, &'t str) {
    let mut words = field.split([' ', ',', ';']).filter(|word| !word.is_empty());
    let unquoted = field.trim_end_matches(',').trim_matches(QUOTES);
    match (words.next(), words.next()) {
        _ if is_known(unquoted) => (unquoted, next),
        (Some(id), Some(second)) if is_known(id) && is_known(second) => (id, second),
        _ => (field, next),
    }
}

/// The ends of an id, beside a tab, unless they are in the id itself.
const ENDS: [&str; 2] = ["  ", " # "];

fn first_field(line: &str) -> &str {
    let end = ENDS.into_iter().filter_map(|end| line.find(end)).min();
    line[..end.unwrap_or(line.len())].trim_end()
}

/// The beginnings of a field that may be an id, the shortest first.
fn beginnings(field: &str) -> impl Iterator<Item = &str> {
    /// More are not tried.
    const MOST_ENDS: usize = 8;

    let ends = (0..field.len()).filter(|&at| {
        field.is_char_boundary(at)
            && !field[..at].ends_with(' ')
            && ENDS.iter().any(|end| field[at..].starts_with(end))
    });
    ends.take(MOST_ENDS).chain([field.len()]).map(|end| &field[..end])
}

#[derive(Deserialize)]
struct Document {
    actions: Vec<Entry>,
}

struct Entry(String);

#[derive(Deserialize)]
struct WithId {
    id: String,
}

fn ids_of_json(text: &str) -> Result<Vec<ListedId>, InputError> {
    let entries: Vec<Entry> = if text.trim_start().starts_with('{') {
        parse_json::<Document>(text)?.actions
    } else {
        parse_json(text)?
    };
    // Read once more, with all that stands beside the ids.
    let whole: Node = parse_json(text)?;
    let of_whole = whole.entries().unwrap_or_default();
    let doubts_in = |entries: &[(String, Node)]| -> Vec<String> {
        let beside = entries.iter().filter(|(key, _)| key != "label");
        beside.filter(|entry| is_against(entry)).map(|(key, _)| key.clone()).collect()
    };
    let actions =
        of_whole.iter().find(|(key, _)| key == "actions").map_or(&whole, |(_, list)| list);
    let objects = actions.items().unwrap_or_default();
    let listed = |((position, Entry(id)), object): (_, &Node)| {
        let entries = object.entries().unwrap_or_default();
        let label = entries.iter().find(|(key, _)| key == "label");
        let next = label.and_then(|(_, label)| label.text()).unwrap_or_default().to_owned();
        let place = IdPlace::Entry(position);
        ListedId { id, place, next, others: Vec::new(), doubts: doubts_in(entries) }
    };
    let mut listed: Vec<_> = entries.into_iter().enumerate().zip(objects).map(listed).collect();
    let ids: HashSet<_> = listed.iter().map(|listed| listed.id.clone()).collect();
    let others_in = |node: &Node| {
        let mut others = Vec::new();
        node.each_text(&|key| is_among("label path scopes", key), &mut |text| {
            // An id may have another in it, and a guide URL has all ids of its document.
            let is_unlisted =
                |part: &&str| !part.is_empty() && !ids.contains(text) && !ids.contains(*part);
            others.extend(parts(text).filter(is_unlisted).map(str::to_owned));
        });
        others
    };
    for (listed, object) in listed.iter_mut().zip(objects) {
        listed.others = others_in(object);
    }
    if let Some(first) = listed.first_mut() {
        first.doubts.extend(doubts_in(of_whole));
        let is_title = |key: &str| is_among("group heading label name section title", key);
        let titles = of_whole.iter().filter(|(key, _)| is_title(key));
        let taking_back = titles.filter(|(_, value)| value.text().is_some_and(is_put_off));
        first.doubts.extend(taking_back.map(|(key, _)| key.clone()));
        let beside = of_whole.iter().filter(|(key, _)| key != "actions");
        for (key, value) in beside {
            first.others.extend([key.clone()]);
            first.others.extend(others_in(value));
        }
    }
    Ok(listed)
}

/// Not derived, because errors of an untagged enum have neither position nor reason.
impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct IdOrObject;

        impl<'de> Visitor<'de> for IdOrObject {
            type Value = Entry;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an action id or an object with an `id`")
            }

            fn visit_str<E: Error>(self, id: &str) -> Result<Entry, E> {
                Ok(Entry(id.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Entry, A::Error> {
                WithId::deserialize(MapAccessDeserializer::new(map)).map(|WithId { id }| Entry(id))
            }
        }

        deserializer.deserialize_any(IdOrObject)
    }
}
