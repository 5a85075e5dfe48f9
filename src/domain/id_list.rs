use std::cell::RefCell;
use std::collections::HashSet;
use std::{fmt, mem};

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use super::granted::{
    LINE_BREAKS, Node, denies, has_strike, is_negation, is_tick, may_exclude, says_no,
};
use super::input::{decode, is_json, parse_json, with_line_feeds};
use super::name_words::{any_word, is_among, words};
use super::{Catalog, InputError, Verdict};

/// A word that should name an action, and its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedId {
    pub id: String,
    pub place: IdPlace,
    /// What else its line has: first another id that it may mean, or the next field, such as a label.
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
        let are_scopes = |text: &String| text.split(' ').all(is_scope);
        let excludes = |next: &String| {
            !self.is_its_own(catalog, next) && (says_no(next) || is_exclusion(next))
        };
        self.others.first().is_some_and(excludes) || !self.doubts.iter().all(are_scopes)
    }

    /// Returns `true` if another id stands beside this one, or a word that begins as ids do.
    pub fn has_second(&self, catalog: &Catalog) -> bool {
        let is_id = |word: &str| {
            let may_be = catalog.find(word).is_some() || catalog.connector().begins_id(word);
            may_be && catalog.find_scope(word).is_none()
        };
        let is_second = |(nth, text): (usize, &String)| {
            let words = text.split(BETWEEN_IDS).map(|word| word.trim_matches(QUOTES));
            let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
            let are_ids = !words.is_empty() && words.iter().all(|word| is_id(word));
            // An action may have the name of a scope; that may stand in a later column.
            let is_whole = catalog.find(text).is_some() && (nth == 0 || is_id(text));
            (are_ids || is_whole) && !self.is_its_own(catalog, text)
        };
        catalog.find(&self.id).is_some() && self.others.iter().enumerate().any(is_second)
    }

    /// Returns `true` for the id or its label.
    fn is_its_own(&self, catalog: &Catalog, text: &str) -> bool {
        // `list` cuts a word that is wider than its column.
        let cut = text.strip_suffix('…');
        let is_label = |action| {
            let label = catalog.action(action).label();
            label == text || cut.is_some_and(|start| label.starts_with(start))
        };
        text.trim_matches(QUOTES) == self.id || catalog.find(&self.id).is_some_and(is_label)
    }
}

const BETWEEN_IDS: [char; 3] = [' ', ',', ';'];

const QUOTES: [char; 2] = ['"', '`'];

/// Returns `true` for a column such as `no`, `[ ]`, `removed` or `not in MVP`. Verdicts have words that deny, too, and
/// so have longer texts.
fn takes_id_back(field: &str) -> bool {
    let is_verdict = || {
        field == "accepted with others" || Verdict::ALL.iter().any(|known| known.name() == field)
    };
    let is_brief = words(field).len() <= LONGEST_COLUMN;
    is_exclusion(field) || field == "[ ]" || is_brief && says_no(field) && !is_verdict()
}

/// Returns `true` for a heading such as `Removed:` or `Phase 2`. What is requested may be what is meant, and `Delete`
/// is what actions do.
fn puts_off(comment: &str) -> bool {
    let is_meant = any_word(comment, |word| is_among(MEANT, word));
    let is_brief = words(comment).len() <= LONGEST_COLUMN;
    is_exclusion(comment) || is_brief && !is_meant && denies(comment)
}

const MEANT: &str = "archive block cancel deactivate delete desired disconnect remove request* restrict revoke want*";

/// A column or a heading that takes ids back has no more words.
const LONGEST_COLUMN: usize = 4;

/// Returns `true` for a heading or a column such as `Removed:` or `do not use`.
fn is_exclusion(text: &str) -> bool {
    let words = words(text);
    let excludes = |pair: &[String]| {
        is_negation(&pair[0]) && is_among(WITH_NOT, &pair[1])
            || EXCLUDING.split(", ").any(|known| known == pair.join(" "))
    };
    words.iter().any(|word| is_among(LEFT_OUT, word) || is_among(OUT_OF_USE, word))
        || words.windows(2).any(excludes)
        || has_strike(text)
}

/// Words that say so too, but not in the keys of JSON.
const OUT_OF_USE: &str = "blacklist* canceled cancelled declined denied denylist deprecated forbidden legacy obsolete \
    rejected retired revoked unneeded unused unwanted wontfix";

/// Words that say so behind a negation.
const WITH_NOT: &str =
    "add allowed approved do include* longer need* required select* these this those use* want*";

/// Pairs of words that say so.
const EXCLUDING: &str = "drop it, drop these, drop this, everything but, leave out, left out, of scope, off limits, to drop";

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
/// quotes or backticks, and behind a bullet if all ids do. A NUL ends a line too, as does any line break of Unicode.
/// Empty lines are ignored. A comment is a `#` between spaces, or at the beginning of a line before a space, and the
/// rest of the line: a remark on its id, or on the next one below. `is_known` tells ids that have such marks in them.
/// JSON is an array, or a pdscopes document, whose `actions` are read; entries are ids or objects with an `id`.
///
/// # Errors
/// It is no UTF-8, begins like JSON and is not such a document, or names no id.
pub fn read_ids(
    bytes: &[u8],
    is_known: impl Fn(&str) -> bool,
) -> Result<Vec<ListedId>, InputError> {
    let text = &*decode(bytes)?;
    let ids = if is_json(text) {
        ids_of_json(text, &is_known)?
    } else {
        ids_of_lines(&with_line_feeds(text), &is_known)
    };
    if ids.is_empty() {
        return Err(InputError::Empty);
    }
    Ok(ids)
}

fn ids_of_lines(text: &str, is_known: &impl Fn(&str) -> bool) -> Vec<ListedId> {
    let mut ids = Vec::new();
    let has_nul = text.contains('\0');
    let mut doubts = Vec::new();
    // Whether a blank line stands above. Behind it another comment takes the place of those before.
    let mut is_apart = false;
    // Whether each has a column with a tick.
    let mut ticked = Vec::new();
    let lines = || text.split(LINE_BREAKS).map(str::trim);
    let has_bullet = |bullet: &&str| {
        let is_apart = |line: &str| line.is_empty() || line.starts_with('#');
        lines().all(|line| is_apart(line) || line.starts_with(*bullet) && !is_known(line))
    };
    let bullet = ["- ", "* ", "• "].into_iter().find(has_bullet).unwrap_or_default();
    for (position, line) in lines().enumerate() {
        let line = line.strip_prefix(bullet).unwrap_or(line).trim_start();
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
            doubts.extend((!is_commented_out && puts_off(line)).then(|| line.to_owned()));
            continue;
        }
        let gap = if next_field.is_some() { "\t" } else { "  " };
        let fields = line[id.len()..].split(gap).map(str::trim);
        ticked.push(fields.clone().any(|field| is_tick(field) || is_among("1 x X [x] [X]", field)));
        let (id, next) = if is_known(id) { (id, next) } else { known_in(id, next, is_known) };
        let later = fields.filter(|field| !field.is_empty() && *field != next);
        let (comments, later): (Vec<_>, Vec<_>) = later.partition(|field| field.starts_with("# "));
        doubts.extend(
            comments.into_iter().filter(|comment| is_exclusion(comment)).map(str::to_owned),
        );
        doubts.extend(
            later.iter().filter(|field| takes_id_back(field)).map(|&field| field.to_owned()),
        );
        let others = [next].into_iter().chain(later).map(str::to_owned).collect();
        let (id, doubts) = (id.to_owned(), mem::take(&mut doubts));
        ids.push(ListedId { id, place: IdPlace::Line(position + 1), others, doubts });
    }
    if ticked.contains(&true) {
        let without_tick = ids.iter_mut().zip(&ticked).filter(|(_, ticked)| !**ticked);
        without_tick.for_each(|(id, _)| id.doubts.push("without a tick".into()));
    }
    ids
}

/// The id and what follows it in a field that is none: it stands in quotes, as in JSON and Markdown, or others stand behind it.
fn known_in<'t>(
    field: &'t str,
    next: &'t str,
    is_known: &impl Fn(&str) -> bool,
) -> (&'t str, &'t str) {
    let mut words = field.split(BETWEEN_IDS).filter(|word| !word.is_empty());
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

fn ids_of_json(text: &str, is_known: &impl Fn(&str) -> bool) -> Result<Vec<ListedId>, InputError> {
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
        beside.filter(|entry| takes_back(entry)).map(|(key, _)| key.clone()).collect()
    };
    let actions =
        of_whole.iter().find(|(key, _)| key == "actions").map_or(&whole, |(_, list)| list);
    let objects = actions.items().unwrap_or_default();
    let listed = |((position, Entry(id)), object): (_, &Node)| {
        let entries = object.entries().unwrap_or_default();
        let label = entries.iter().find(|(key, _)| key == "label");
        let label = label.and_then(|(_, label)| label.text()).map(str::to_owned);
        let place = IdPlace::Entry(position);
        ListedId { id, place, others: label.into_iter().collect(), doubts: doubts_in(entries) }
    };
    let mut listed: Vec<_> = entries.into_iter().enumerate().zip(objects).map(listed).collect();
    let ids: HashSet<_> = listed.iter().map(|listed| listed.id.clone()).collect();
    // A plain word may be an id by chance.
    let is_plain = |text: &str| text.chars().all(|c| c.is_ascii_lowercase());
    let elsewhere = RefCell::new(Vec::new());
    let note = |text: &str| {
        if !is_plain(text) && is_known(text) && !ids.contains(text) {
            elsewhere.borrow_mut().push(text.to_owned());
        }
        false
    };
    whole.any_text(&note);
    whole.any_entry(&|key, _| note(key));
    if let Some(first) = listed.first_mut() {
        first.doubts.extend(doubts_in(of_whole));
        first.others.extend(elsewhere.into_inner());
    }
    Ok(listed)
}

/// Keys that say with `false` that something is not chosen.
const CHOSEN: &str = "active checked chosen enable enabled include included keep picked selected ticked use used wanted";

/// Words of keys that take something back.
const LEFT_OUT: &str = "deleted deselected disabled dropped exclu* except hidden ignor* omit* remov* skip* unchecked unselected unticked";

/// Keys of this program's own documents that have `false` beside an action.
const OWN_FLAGS: &str = "always_granted called_read_only changes_data needs_nothing verified_live";

/// Keys whose text says what becomes of an action.
const SAYING: &str =
    "change comment decision effect event mode note op operation remark state status";

/// Keys whose text explains, and may say so too.
const TELLING: &str = "comments notes reason remarks todo";

/// Keys of one word that may say so, or that only sort.
const SORTING: &str = "action category group tag tags type";

/// Returns `true` for entries such as `"selected": false` and `"exclude": ["x"]`, which take back what stands
/// beside them.
fn takes_back((key, value): &(String, Node)) -> bool {
    let is_flag = matches!(value, Node::Bool(_)) || value.says_no();
    let excludes = |text: &str| !text.contains(' ') && is_exclusion(text);
    if is_among(SORTING, &key.to_lowercase()) {
        return value.any_text(&excludes);
    }
    match (value.is_no(), value.text()) {
        (true, _) => is_flag && !is_among(OWN_FLAGS, key) || is_among(CHOSEN, &key.to_lowercase()),
        (false, Some(text)) if is_among(SAYING, &key.to_lowercase()) => may_exclude(text),
        (false, Some(text)) if is_among(TELLING, &key.to_lowercase()) => is_exclusion(text),
        (false, _) => any_word(key, |word| is_among(LEFT_OUT, word)),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Position;

    fn ids(text: &str) -> Vec<String> {
        let is_known = |id: &str| ["x_a", "x_a  b", "# c"].contains(&id);
        let listed = read_ids(text.as_bytes(), is_known).expect(text);
        listed.into_iter().map(|listed| listed.id).collect()
    }

    #[test]
    fn ids_come_one_a_line_or_from_json() {
        for text in [
            "x_a\nx_b",
            "\u{feff}x_a\r\n\r\n  x_b  \r\n",
            "x_a  List A\r# people\rx_b\tList B\r",
            "x_a\0x_b\0",
            "# Deals\nx_a  # read only\n#\n  # people\nx_b # writes\n",
            "x_a  List A  r\nx_b\tList B\tr\n",
            r#"["x_a", "x_b"]"#,
            r#" [{"id": "x_a", "label": "A"}, "x_b"]"#,
            r#"{"scopes": [1], "actions": [{"label": {}, "id": "x_a"}, {"id": "x_b"}]}"#,
        ] {
            assert_eq!(ids(text), ["x_a", "x_b"], "{text}");
        }
    }

    #[test]
    fn a_label_that_list_has_cut_takes_nothing_back() {
        let catalog = Catalog::parse(
            r#"{"connector": {"name": "A"}, "scopes": [], "actions":
                [{"id": "x_a", "label": "DELETE /not/configurationApplications/{id}", "scopes": []}]}"#,
        );
        let catalog = catalog.expect("valid");
        let excludes = |line: &str| {
            let listed = read_ids(line.as_bytes(), |id| id == "x_a").expect(line);
            listed[0].may_be_excluded(&catalog)
        };
        assert!(!excludes("x_a  DELETE /not/configurationApplications/{i…  A  accepted"));
        assert!(!excludes("x_a  DELETE /not/configurationApplications/{id}  A  accepted"));
        assert!(excludes("x_a  not this one…  A  accepted"));
    }

    #[test]
    fn scopes_whose_names_have_such_words_take_nothing_back() {
        let catalog = Catalog::parse(
            r#"{"connector": {"name": "A"}, "scopes": ["files:removed", "files:hidden"], "actions":
                [{"id": "x_a", "label": "A", "scopes": ["files:removed", "files:hidden"]}]}"#,
        );
        let catalog = catalog.expect("valid");
        for (scopes, excludes) in [
            ("files:removed", false),
            ("files:removed files:hidden", false),
            ("files:hidden, files:removed", false),
            ("(files:removed or …/hidden) and files:hidden", false),
            ("files:removed hidden", true),
        ] {
            let line = format!("x_a\tA\t{scopes}\taccepted");
            let listed = read_ids(line.as_bytes(), |id| id == "x_a").expect(scopes);
            assert_eq!(listed[0].may_be_excluded(&catalog), excludes, "{scopes}");
        }
    }

    #[test]
    fn two_ids_in_a_line_are_not_taken_for_one_of_them() {
        assert_eq!(ids("x_a x_b"), ["x_a x_b"]);
        let is_known = |id: &str| ["x_a", "x_b"].contains(&id);
        for text in ["x_a x_b", "x_a,x_b", "x_a, x_b, x_c"] {
            let listed = read_ids(text.as_bytes(), is_known).expect(text);
            assert_eq!((&*listed[0].id, &*listed[0].others[0]), ("x_a", "x_b"), "{text:?}");
        }
    }

    #[test]
    fn an_id_may_stand_in_quotes() {
        let is_known = |id: &str| ["x_a", "x_b"].contains(&id);
        let listed = read_ids(b"\"x_a\"\n  \"x_b\",\n\"x_c\"", is_known).expect("a list");
        let ids: Vec<_> = listed.iter().map(|listed| &*listed.id).collect();
        assert_eq!(ids, ["x_a", "x_b", "\"x_c\""]);
        assert_eq!(self::ids("`x_a`\n`# c`"), ["x_a", "# c"]);
    }

    #[test]
    fn ids_may_all_stand_behind_the_same_bullet() {
        for text in
            ["- x_a\n- x_b", "# Deals\n\n  - `x_a`\n  - x_b", "* x_a  A\n* x_b", "•  x_a\n• x_b"]
        {
            assert_eq!(ids(text), ["x_a", "x_b"], "{text}");
        }
        // The lines of a diff, check boxes, and a line that is none of the list.
        for (text, read) in [
            ("- x_a\n+ x_b", ["- x_a", "+ x_b"]),
            ("- x_a\n  x_b", ["- x_a", "x_b"]),
            ("- [x] x_a\n- [ ] x_b", ["[x] x_a", "[ ] x_b"]),
            ("actions:\n- x_a", ["actions:", "- x_a"]),
        ] {
            assert_eq!(ids(text), read, "{text}");
        }
    }

    #[test]
    fn another_id_beside_one_is_noticed_wherever_it_stands() {
        let catalog = Catalog::pipedrive();
        let has_second = |text: &str| {
            let listed = read_ids(text.as_bytes(), |id| catalog.find(id).is_some()).expect(text);
            listed.iter().any(|listed| listed.has_second(&catalog))
        };
        for behind in [
            "\tList Deals\tpipedrive_add_deal",
            "\t\tpipedrive_add_deal",
            "\t\"pipedrive_add_deal\"",
            "  \"pipedrive_add_deal\"",
            "\tpipedrive_add_deal, pipedrive_add_note",
            "\tpipedrive_*_note",
            "\tpipedrive_add_dael",
            "\tPIPEDRIVE_ADD_DEAL",
        ] {
            assert!(has_second(&format!("pipedrive_list_deals{behind}")), "{behind:?}");
            assert!(has_second(&format!("\"pipedrive_list_deals\"{behind}")), "{behind:?}");
        }
        for text in [
            r#"{"actions": ["pipedrive_list_deals"], "write_actions": ["pipedrive_add_deal"]}"#,
            r#"[{"id": "pipedrive_list_deals", "children": [{"id": "pipedrive_add_deal"}]}]"#,
            r#"{"actions": ["pipedrive_list_deals"], "by": {"pipedrive_add_deal": 1}}"#,
        ] {
            assert!(has_second(text), "{text}");
        }
        for text in [
            "pipedrive_list_deals  List Deals  deals:read  accepted",
            "pipedrive_list_deals\tpipedrive_list_deals",
            "Deals\tpipedrive_list_deals",
            r#"{"actions": ["pipedrive_list_deals"], "by": {"pipedrive_list_deals": 1}}"#,
        ] {
            assert!(!has_second(text), "{text}");
        }
    }

    #[test]
    fn later_columns_headings_and_kinds_take_ids_back() {
        let catalog = Catalog::pipedrive();
        let excludes = |text: &str| {
            let listed = read_ids(text.as_bytes(), |id| catalog.find(id).is_some()).expect(text);
            listed.iter().any(|listed| listed.may_be_excluded(&catalog))
        };
        for said in "not in MVP, Won't have, Out, N/A, later, backlog, phase 2, blocked, on hold, optional, ?"
            .split(", ")
        {
            let text = format!("pipedrive_delete_deal\tDelete Deal\t{said}");
            assert!(excludes(&text), "{said}");
        }
        for heading in
            "Phase 2, Later:, Backlog, Optional, Future, Not yet, TODO, Nice to have:".split(", ")
        {
            let text = format!("pipedrive_list_deals\n\n# {heading}\npipedrive_delete_deal");
            assert!(excludes(&text), "{heading}");
        }
        for text in [
            "pipedrive_list_deals\t[x]\npipedrive_delete_deal\t[ ]",
            "pipedrive_list_deals  [x]\npipedrive_delete_deal",
            r#"[{"id": "pipedrive_delete_deal", "type": "removed"}]"#,
            r#"[{"id": "pipedrive_delete_deal", "tags": ["crm", "deprecated"]}]"#,
        ] {
            assert!(excludes(text), "{text}");
        }
        for text in [
            "pipedrive_list_deals\tList Deals\tlists all deals that are not archived\taccepted with others",
            "# Requested by Sales\npipedrive_list_deals\n# Lost deals\npipedrive_get_deal",
            r#"[{"id": "pipedrive_delete_deal", "type": "write", "action": "Remove a deal"}]"#,
        ] {
            assert!(!excludes(text), "{text}");
        }
    }

    #[test]
    fn every_line_break_ends_a_comment() {
        for text in ["x_a # one\u{2028}x_b", "x_a # one\u{b}x_b", "x_a #\nx_b #", "x_a\u{85}x_b"] {
            assert_eq!(ids(text), ["x_a", "x_b"], "{text:?}");
        }
    }

    /// Both must be looked at, since the line may mean either.
    #[test]
    fn an_id_that_has_the_marks_of_an_end_is_read_whole_where_that_is_known() {
        for text in ["x_a  b\0", "x_a  b\tLabel"] {
            assert_eq!(ids(text), ["x_a  b"], "{text:?}");
        }
        for text in ["# c\0", "# c\tLabel", "# c", "# c  Label"] {
            assert_eq!(ids(text), ["# c"], "{text:?}");
        }
        let is_known = |id: &str| ["x_a", "x_a  b"].contains(&id);
        for text in ["x_a  b", "x_a  b  Label"] {
            let listed = read_ids(text.as_bytes(), is_known).expect(text);
            assert_eq!((&*listed[0].id, &*listed[0].others[0]), ("x_a", "x_a  b"), "{text:?}");
        }
        let listed = read_ids(b"x_a  b      Label", |id| id == "x_a  b").expect("a list");
        assert_eq!((&*listed[0].id, &*listed[0].others[0]), ("x_a  b", "Label"));
    }

    #[test]
    fn places_are_kept() {
        let place =
            |text: &str| read_ids(text.as_bytes(), |_| false).map(|ids| ids[0].place.clone());
        assert_eq!(place("\n\nx_a"), Ok(IdPlace::Line(3)));
        assert_eq!(place(r#"["x_a"]"#), Ok(IdPlace::Entry(0)));
    }

    #[test]
    fn what_names_nothing_is_refused() {
        for text in ["", " \n\t\n", "[]", r#"{"actions": []}"#] {
            assert_eq!(read_ids(text.as_bytes(), |_| false), Err(InputError::Empty), "{text:?}");
        }
    }

    #[test]
    fn json_of_another_shape_is_refused_with_its_place() {
        for text in ["{", "{}", "[1]", "[{}]", r#"[{"id": 1}]"#, "[]]", &"[".repeat(9999)] {
            assert!(
                matches!(read_ids(text.as_bytes(), |_| false), Err(InputError::Malformed { .. })),
                "{text}"
            );
        }
        assert_eq!(
            read_ids(b"[\n 1]", |_| false),
            Err(InputError::Malformed {
                place: Position { line: 2, column: 2 },
                reason: "invalid type: integer, expected an action id or an object with an `id`"
                    .into()
            })
        );
    }
}
