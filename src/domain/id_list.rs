mod exclusion;

use std::borrow::Cow;
use std::collections::HashSet;
use std::{fmt, mem};

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use self::exclusion::{is_against, takes_back};
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
        let is_ticked = |field| is_tick(field) || is_among("1 x X [x] [X]", field);
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
            assert_eq!((&*listed[0].id, &*listed[0].next), ("x_a", "x_b"), "{text:?}");
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
        for text in [
            "- x_a\n- x_b",
            "# Deals\n\n  - `x_a`\n  - x_b",
            "* x_a  A\n* x_b",
            "•  x_a\n• x_b",
            "9. x_a\n10. x_b",
            "1) x_a\n2) x_b",
            "- [x] x_a\n- [X] x_b",
            "✅ x_a\n✅ x_b",
        ] {
            assert_eq!(ids(text), ["x_a", "x_b"], "{text}");
        }
        // The lines of a diff, and a line that is none of the list.
        for (text, read) in [
            ("- x_a\n+ x_b", ["- x_a", "+ x_b"]),
            ("- x_a\n  x_b", ["- x_a", "x_b"]),
            ("1. x_a\n- x_b", ["1. x_a", "- x_b"]),
            ("actions:\n- x_a", ["actions:", "- x_a"]),
            ("* /x\n* /y", ["* /x", "* /y"]),
            ("* # all\nx_a", ["*", "x_a"]),
        ] {
            assert_eq!(ids(text), read, "{text}");
        }
    }

    #[test]
    fn another_id_beside_one_is_noticed_wherever_it_stands() {
        let catalog = Catalog::pipedrive();
        let has_second = |text: &str| {
            let listed = read_ids(text.as_bytes(), |id| catalog.find(id).is_some()).expect(text);
            listed.iter().any(|listed| listed.second(&catalog).is_some())
        };
        for behind in [
            "\tList Deals\tpipedrive_add_deal",
            "\t\tpipedrive_add_deal",
            "\t\"pipedrive_add_deal\"",
            "  \"pipedrive_add_deal\"",
            "\tpipedrive_add_deal, pipedrive_add_note",
            "\tpipedrive_*_note",
            "\tPIPEDRIVE_ADD_DEAL",
            "\tList Deals\t'pipedrive_add_deal'",
            "\tpipedrive_add_deal and pipedrive_add_note",
            "\t[pipedrive_add_deal|pipedrive_add_note]",
            "\tx\t(pipedrive_add_deal).",
            "\tx\tpipedrive_add_deal, pipedrive_nope",
        ] {
            assert!(has_second(&format!("pipedrive_list_deals{behind}")), "{behind:?}");
            assert!(has_second(&format!("\"pipedrive_list_deals\"{behind}")), "{behind:?}");
        }
        for text in [
            r#"{"actions": ["pipedrive_list_deals"], "write_actions": ["pipedrive_add_deal"]}"#,
            r#"{"actions": ["pipedrive_list_deals"], "pipedrive_add_deal": true}"#,
            r#"[{"id": "pipedrive_list_deals", "children": [{"id": "pipedrive_add_deal"}]}]"#,
            r#"{"actions": ["pipedrive_list_deals"], "by": {"pipedrive_add_deal": 1}}"#,
            "pipedrive_get_deal*\tpipedrive_add_deal",
            r#"{"actions": ["pipedrive_list_*"], "others": ["pipedrive_add_deal"]}"#,
            r#"{"actions": ["pipedrive_list_deals"], "write": "pipedrive_add_deal, pipedrive_*_note"}"#,
        ] {
            assert!(has_second(text), "{text}");
        }
        for text in [
            "pipedrive_list_deals  List Deals  deals:read  accepted",
            "pipedrive_list_deals\tpipedrive_list_deals\tPIPEDRIVE_LIST_DEALS",
            "Deals\tpipedrive_list_deals",
            "pipedrive_list_deals\tpipedrive_api\tpipedrive_list_deals.ts",
            r#"{"actions": ["pipedrive_list_deals"], "by": {"pipedrive_list_deals": 1}}"#,
            r#"{"actions": ["pipedrive_list_deals", "pipedrive_add_deal"],
                "url": "https://example.com/?actions=pipedrive_list_deals,pipedrive_add_deal"}"#,
        ] {
            assert!(!has_second(text), "{text}");
        }
    }

    #[test]
    fn the_first_column_of_a_table_of_markdown_has_ids() {
        let table = "\n\n| Action | Label |\n|---|:-:|\n| `x_a` | A |\n| x_b | not yet |";
        let listed = read_ids(table.as_bytes(), |id| id.starts_with("x_")).expect("a table");
        let found: Vec<_> = listed.iter().map(|one| (&*one.id, &*one.next, &one.place)).collect();
        let line = IdPlace::Line;
        assert_eq!(found, [("x_a", "A", &line(5)), ("x_b", "not yet", &line(6))]);
        assert_eq!(ids(&format!("Actions:{table}"))[0], "Actions:", "other lines stay");
        assert_eq!(ids("| x_a | A |"), ["| x_a | A |"], "no table without a rule");
    }

    #[test]
    fn an_id_that_has_another_in_it_is_one() {
        let catalog = r#"[{"id": "用户", "label": "A", "scopes": []}, {"id": "用户/列表", "label": "B", "scopes": []}]"#;
        let catalog = Catalog::parse(catalog).expect("it keeps the rules");
        for text in
            [r#"["用户/列表"]"#, r#"[{"id": "用户/列表", "operations": [{"path": "/用户/列表"}]}]"#]
        {
            let listed = read_ids(text.as_bytes(), |id| catalog.find(id).is_some()).expect(text);
            assert_eq!(listed[0].second(&catalog), None, "{text}");
        }
    }

    #[test]
    fn later_columns_headings_and_kinds_take_ids_back() {
        let catalog = Catalog::pipedrive();
        let excludes = |text: &str| {
            let listed = read_ids(text.as_bytes(), |id| catalog.find(id).is_some()).expect(text);
            listed.iter().any(|listed| listed.may_be_excluded(&catalog))
        };
        for said in "not in MVP, Won't have, # later, later, backlog, phase 2, blocked, on hold, optional, ?"
            .split(", ")
        {
            let text = format!("pipedrive_delete_deal\tDelete Deal\t{said}");
            assert!(excludes(&text), "{said}");
        }
        for heading in
            "Phase 2, Phase 3 (later), Phase two: writes, Later:, Backlog, Optional, Future, Not yet, TODO, Nice to have:, No, off, none".split(", ")
        {
            let text = format!("pipedrive_list_deals\n\n# {heading}\npipedrive_delete_deal");
            assert!(excludes(&text), "{heading}");
        }
        for text in [
            "pipedrive_list_deals\t[x]\npipedrive_delete_deal\t[ ]",
            "pipedrive_list_deals  [x]\npipedrive_delete_deal",
            "- [x] pipedrive_list_deals\n- [ ] pipedrive_delete_deal",
            "- [x] pipedrive_list_deals\n- pipedrive_delete_deal",
            "☐ pipedrive_delete_deal",
            r#"[{"id": "pipedrive_delete_deal", "type": "removed"}]"#,
            r#"[{"id": "pipedrive_delete_deal", "settings": {"enabled": false}}]"#,
            r#"[{"id": "pipedrive_delete_deal", "flags": ["disabled"]}]"#,
            r#"[{"id": "pipedrive_delete_deal", "meta": {"flags": {"skip": true}}}]"#,
            r#"[{"id": "pipedrive_delete_deal", "state": {"value": "disabled"}}]"#,
            r#"[{"id": "pipedrive_delete_deal", "off": true}]"#,
            r#"[{"id": "pipedrive_delete_deal", "selected": "☐"}]"#,
            r#"[{"id": "pipedrive_delete_deal", "tags": ["crm", "deprecated"]}]"#,
        ] {
            assert!(excludes(text), "{text}");
        }
        for text in [
            "pipedrive_list_deals\tList Deals\tlists all deals that are not archived\taccepted with others",
            "pipedrive_delete_deal\tDeals\tDelete Deal\tDELETE\tno pagination\tno scope needed\tnot known",
            "# Requested by Sales\npipedrive_list_deals\n# Lost deals\npipedrive_get_deal",
            "# We need these\npipedrive_list_deals\n# Phase 1\npipedrive_get_deal",
            "# Stage: production\npipedrive_list_deals\tDeals\tN/A\t[]",
            r#"[{"id": "pipedrive_delete_deal", "type": "write", "action": "Remove a deal"}]"#,
        ] {
            assert!(!excludes(text), "{text}");
        }
    }

    #[test]
    fn every_line_break_ends_a_comment() {
        for text in ["x_a # one\u{2028}x_b", "x_a # one\u{b}x_b", "x_a #\nx_b #", "x_a\u{c}\nx_b"] {
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
            assert_eq!((&*listed[0].id, &*listed[0].next), ("x_a", "x_a  b"), "{text:?}");
        }
        let listed = read_ids(b"x_a  b      Label", |id| id == "x_a  b").expect("a list");
        assert_eq!((&*listed[0].id, &*listed[0].next), ("x_a  b", "Label"));
    }

    #[test]
    fn places_are_kept() {
        let place =
            |text: &str| read_ids(text.as_bytes(), |_| false).map(|ids| ids[0].place.clone());
        assert_eq!(place("\n\u{c}\nx_a"), Ok(IdPlace::Line(3)));
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
