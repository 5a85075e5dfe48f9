//! A long list of actions is read in two halves at the same time.
//!
//! Around its middle, where an object seems to end and another to begin, the comma between them is
//! made a `[`. What is before it is then a list that was cut off, and what begins with it is a list
//! of its own. That they are one list is certain as soon as the first half turns out to end between
//! two of its actions; otherwise the place was within a text, say, and all is read by one.

use std::ops::Range;
use std::sync::Arc;

use super::Part;
use super::json::{self, Beginning};
use super::reader::{Effort, Reader, Watch};
use crate::domain::guide::GuideFile;

/// A piece of work that can be done on another thread.
pub type Task = Box<dyn FnOnce() -> Option<Part> + Send>;

/// Waits for what came of a [`Task`]; nothing where it could not be done.
pub type Wait = Box<dyn FnOnce() -> Option<Part>>;

/// Begins a [`Task`] beside the caller.
pub type Beside<'a> = &'a dyn Fn(Task) -> Wait;

/// Shorter texts are read in a few milliseconds by one.
const LONG: usize = if cfg!(any(test, fuzzing)) { 1 << 6 } else { 1 << 20 };
/// How far from the middle the halves may meet.
const FAR: usize = 1 << 20;

/// Where a text comes apart.
pub(super) struct Halves {
    text: String,
    /// The whole of the JSON.
    bytes: Range<usize>,
    /// The comma.
    seam: usize,
    /// Where the list ends.
    end: usize,
    own_format: bool,
}

impl Halves {
    /// None where the text is short, or has no such place; then it is given back.
    pub fn of(text: String, start: usize) -> Result<Self, String> {
        let own_format = text[start..].trim_start().starts_with('{');
        match (seam(&text, start), list_end(&text, own_format)) {
            (Some(seam), Some(end)) => {
                Ok(Self { bytes: start..text.len(), text, seam, end, own_format })
            }
            _ => Err(text),
        }
    }

    /// A reader that has read all of it, and the guide. Where it does not come apart so, all is read
    /// from the beginning.
    pub fn read<'r>(
        self,
        hint: &str,
        watch: Option<Watch<'r>>,
        beside: Beside,
    ) -> (Reader<'r>, Option<(usize, GuideFile)>) {
        let Self { mut text, bytes, seam, end, own_format } = self;
        text.replace_range(seam..=seam, "[");
        let source = Arc::new(text);
        let mut reader = Reader::new(Arc::clone(&source), Effort::UpToTheFirstProblem, watch);
        reader.readers = 2;
        let (shared, ids) = (Arc::clone(&source), reader.no_ids());
        let wait = beside(Box::new(move || {
            let mut rest = Reader::of_part(shared, ids);
            json::read_rest(&mut rest, seam..end, own_format);
            rest.into_part()
        }));
        let (beginning, guide) = json::read_beginning(&mut reader, bytes.start..seam, hint);
        if beginning == Beginning::Wrong {
            return (reader, guide);
        }
        reader.put_ids_in_order();
        let part = wait();
        let is_list = beginning == Beginning::OfActions && reader.about.is_some();
        if let Some(part) = part.filter(|_| is_list) {
            reader.append(&part);
            // That nobody wants it any more, the reader knows.
            let _ = reader.tell_all();
            return (reader, guide);
        }
        let (actions, told) = (reader.actions(), reader.told);
        let watch = reader.into_watch();
        let mut text = Arc::try_unwrap(source).unwrap_or_else(|shared| shared.to_string());
        text.replace_range(seam..=seam, ",");
        let mut reader = Reader::new(Arc::new(text), Effort::UpToTheFirstProblem, watch);
        // What was handed out already is a beginning of what is handed out next.
        reader.next_copy = reader.next_copy.max(actions);
        reader.told = told;
        let guide = json::read(&mut reader, bytes, hint);
        (reader, guide)
    }
}

/// The comma between two objects near the middle.
fn seam(text: &str, start: usize) -> Option<usize> {
    let json = text.as_bytes().get(start..).filter(|json| json.len() >= LONG)?;
    let blank = |byte: &u8| b" \t\r\n".contains(byte);
    let then = |at: usize, wanted: u8| {
        let at = at + json.get(at..)?.iter().position(|byte| !blank(byte))?;
        (json[at] == wanted).then_some(at)
    };
    let middle = json.len() / 2;
    let near = &json[middle..json.len().min(middle + FAR)];
    memchr::memchr_iter(b'}', near).find_map(|end| {
        let comma = then(middle + end + 1, b',')?;
        let object = then(comma + 1, b'{')?;
        then(object + 1, b'"').map(|_| start + comma)
    })
}

/// The end of the list that the whole ends with: our own format closes an object behind it.
fn list_end(text: &str, own_format: bool) -> Option<usize> {
    let blank = [' ', '\t', '\r', '\n'];
    let text = text.trim_end_matches(blank);
    let list = if own_format { text.strip_suffix('}')?.trim_end_matches(blank) } else { text };
    list.ends_with(']').then_some(list.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Catalog, CatalogError, CatalogFault, Growth};
    use proptest::prelude::*;
    use std::cell::Cell;
    use std::ops::ControlFlow;

    /// Reads by halves, and says how often a second reader was asked for and of use.
    fn read(text: &str) -> (Result<Catalog, CatalogError>, Vec<Growth>, [usize; 2]) {
        let (asked, useful) = (Cell::new(0), Cell::new(0));
        let mut growths = Vec::new();
        let beside = |task: Task| -> Wait {
            asked.set(asked.get() + 1);
            let part = task();
            useful.set(useful.get() + usize::from(part.is_some()));
            Box::new(|| part)
        };
        let catalog = Catalog::read_growing(text.into(), "", &beside, |growth| {
            growths.push(growth);
            ControlFlow::Continue(())
        });
        (catalog, growths, [asked.get(), useful.get()])
    }

    /// A second reader that cannot be had.
    fn nobody(_: Task) -> Wait {
        Box::new(|| None)
    }

    fn actions(label: impl Fn(usize) -> String) -> String {
        let entry = |row: usize| {
            let label = label(row);
            let scopes = format!(r#"["s{}", "t{}"]"#, row % 7, row / 2000);
            format!(r#"{{"id": "x_{row}", "label": "{label}", "scopes": {scopes}}}"#)
        };
        (0..5000).map(entry).collect::<Vec<_>>().join(",\n")
    }

    /// That both ways of reading come to the same: the same catalog, or the same error. `expected`
    /// is how often a second reader is asked for and of use; nothing where that does not matter.
    #[track_caller]
    fn same(text: &str, expected: Option<[usize; 2]>) {
        let (by_halves, growths, helped) = read(text);
        if let Some(expected) = expected {
            assert_eq!(helped, expected, "second readers asked for, and of use");
        }
        let (catalog, whole) = match (by_halves, Catalog::parse(text)) {
            (Ok(catalog), Ok(whole)) => (catalog, whole),
            (by_halves, whole) => {
                return assert_eq!(by_halves.err(), whole.err(), "the same error");
            }
        };
        assert_eq!(catalog.scopes(), whole.scopes());
        assert_eq!(catalog.fingerprint(), whole.fingerprint());
        assert_eq!(catalog.connector(), whole.connector());
        for index in whole.indices() {
            assert_eq!(catalog.find(whole.action(index).id()), Some(index));
        }
        assert!(growths.is_sorted_by_key(|growth| growth.read), "what is read stays read");
        let copies: Vec<_> = growths.iter().filter_map(|growth| growth.catalog.as_ref()).collect();
        assert!(copies.is_sorted_by_key(|copy| copy.len()), "it never shrinks");
        for copy in copies {
            let last = copy.indices().last().expect("copies have actions");
            assert_eq!(copy.action(last).label(), whole.action(last).label());
            assert_eq!(copy.action(last).scopes(), whole.action(last).scopes());
        }
    }

    #[test]
    fn both_halves_come_to_the_same_as_the_whole() {
        same(&format!("[{}]\n", actions(|row| format!("Label {row}"))), Some([1, 1]));
        same(&format!("\u{feff} [{}]", actions(|row| format!("L\\u0061 \\\"{row}"))), Some([1, 1]));
    }

    #[test]
    fn our_own_format_comes_apart_too_where_its_actions_are_last() {
        let head = r#"{"connector": {"key": "x", "name": "X"}, "scopes": [
            "t0", "t1", "t2", "s6", "s5", "s4", "s3", "s2", "s1", "s0"]"#;
        let actions = actions(|row| format!("Label {row}"));
        same(&format!("{head}, \"actions\": [{actions}] }} "), Some([1, 1]));
        let guide = r#""guide": {"introduction": [], "sections": []}"#;
        same(&format!("{head}, {guide}, \"actions\": [{actions}]}}"), Some([1, 1]));
        same(&format!("{head}, \"actions\": [{actions}], {guide}}}"), Some([0, 0]));
        // What a reader has to know first comes behind the actions.
        let (connector, scopes) = head.split_once(", \"scopes\"").expect("both");
        let behind = format!("{connector}, \"actions\": [{actions}], \"scopes\"{scopes}}}");
        same(&behind, Some([1, 0]));
        let unlisted = actions.replace("t2", "t3");
        same(&format!("{head}, \"actions\": [{unlisted}]}}"), Some([1, 1]));
        assert!(read(&format!("{head}, \"actions\": [{unlisted}]}}")).0.is_err());
    }

    #[test]
    fn a_place_within_something_else_is_not_taken_for_one_between_two_actions() {
        for piece in [r#""}, {""#, r#"{"id": "x_a", "label": "A", "scopes": []}"#] {
            let pieces = vec![piece; 1_000_000 / piece.len()].join(",");
            let other = format!(r#"{{"more": [{pieces}], "id": "x", "label": "X", "scopes": []}}"#);
            same(&format!("[{}, {other}]", actions(|_| "L".into())), Some([1, 0]));
        }
    }

    #[test]
    fn what_is_wrong_is_told_as_if_one_had_read_it() {
        let actions = actions(|_| "L".into());
        let more = |id: &str| format!(r#"{{"id": "{id}", "label": "L", "scopes": []}}"#);
        for (wrong, helped) in [
            (format!("[{actions}"), [0, 0]),
            (format!("[{actions}}}"), [0, 0]),
            (format!("[{actions}]]"), [1, 0]),
            (format!("[{actions}]\u{c}"), [0, 0]),
            (format!("[{actions}, {}]", more("x_9")), [1, 1]),
            (format!("[{actions}, {}]", more("x y")), [1, 0]),
            (format!("[{{\"id\": \"x\"}}, {actions}]"), [1, 1]),
            (format!("[{}, {actions}]", more("x y")), [1, 1]),
            (format!("[[{actions}]]"), [1, 0]),
            (format!("[]{actions}]"), [1, 1]),
        ] {
            assert!(read(&wrong).0.is_err());
            same(&wrong, Some(helped));
        }
    }

    #[test]
    fn what_all_ids_begin_with_is_told_from_both_halves() {
        let first = actions(|_| "L".into());
        for second in ["slack", "x_y", "x"] {
            let more = first.replace("x_", &format!("{second}_z_"));
            same(&format!("[{first}, {more}]"), Some([1, 1]));
        }
    }

    #[test]
    fn without_a_second_thread_all_is_read_by_one() {
        let text = format!("[{}]", actions(|_| "L".into()));
        let catalog =
            Catalog::read_growing(text.into(), "", &nobody, |_| ControlFlow::Continue(()));
        assert_eq!(catalog.expect("valid").len(), 5000);
    }

    fn entries(rows: Range<usize>) -> String {
        let entry = |row| format!(r#"{{"id": "x_{row}", "label": "L", "scopes": ["r"]}}"#);
        rows.map(entry).collect::<Vec<_>>().join(",")
    }

    #[test]
    fn a_list_behind_the_actions_is_not_taken_for_their_rest() {
        let head = r#"{"connector": {"name": "X"}, "scopes": ["r"], "actions":"#;
        let (actions, more) = (entries(0..5000), entries(5000..15_000));
        let text = format!("{head} [{actions}], \"$schema\": [{more}]}}");
        same(&text, Some([1, 1]));
        let (catalog, growths, _) = read(&text);
        assert_eq!(catalog.expect("valid").len(), 5000);
        let copied: Vec<_> =
            growths.iter().map(|growth| (growth.actions, growth.catalog.is_some())).collect();
        assert_eq!(copied, [(4096, true)]);
    }

    #[test]
    fn who_has_to_read_all_of_it_tells_on_and_can_be_stopped() {
        let (within, last) = (entries(10_000..17_000), entries(5000..10_000));
        let text = format!(r#"[{}, {{"x": [{within}], {}]"#, entries(0..5000), &last[1..]);
        same(&text, Some([1, 0]));
        let mut told = Vec::new();
        let stopped = Catalog::read_growing(text.into(), "", &nobody, |growth| {
            told.push(growth.actions);
            if told.len() < 2 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        assert_eq!(stopped.expect_err("stopped").fault, CatalogFault::Stopped);
        assert_eq!(told, [4096, 8192]);
    }

    #[test]
    fn a_place_is_told_right_where_all_texts_are_escaped() {
        let head = r#"{"connector": {"name": "X"}, "scopes": ["r"], "actions": ["#;
        let plain = r#"{"id": "x_a", "label": "L", "scopes": ["r"]}"#;
        let escaped =
            r#"{"\u0069d": "\u0078_b", "\u006cabel": "\u004c", "\u0073copes": ["\u0077"]}"#;
        let text = format!("{head}{}{plain},\n{escaped}]}}", " ".repeat(200));
        same(&text, Some([1, 1]));
        let place = Catalog::parse(&text).expect_err("not listed").place.expect("a place");
        assert_eq!((place.line, place.column), (2, 66));
    }

    #[test]
    fn a_reader_that_is_stopped_does_not_wait() {
        let text = format!("[{0}, {0}]", actions(|_| "L".into()));
        let endless = |_: Task| -> Wait { Box::new(|| panic!("nobody waits for it")) };
        let stopped = Catalog::read_growing(text.into(), "", &endless, |_| ControlFlow::Break(()));
        assert_eq!(stopped.expect_err("stopped").fault, CatalogFault::Stopped);
    }

    fn any_action() -> impl Strategy<Value = String> {
        let label = prop::sample::select(vec!["A", "}, {", "\\\"}, {\\\"", "\\u007d,{", "取", ""]);
        let scopes = prop::sample::subsequence(vec!["\"r\"", "\"w\"", "\"}\""], 0..3);
        let parts = (0_u8..40, prop::bool::ANY, label, scopes, prop::bool::weighted(0.05));
        parts.prop_map(|(id, long, label, scopes, broken)| {
            let key = if long { "x_y" } else { "x" };
            let scopes = scopes.join(" , ");
            let end = if broken { "]" } else { "}" };
            format!(r#"{{ "id":"{key}_{id}","label" : "{label}","scopes":[{scopes}]{end}"#)
        })
    }

    proptest! {
        #[test]
        fn whatever_is_in_a_list_both_ways_come_to_the_same(
            actions in prop::collection::vec(any_action(), 0..30),
            between in prop::sample::select(vec![",", " ,\n", ",\t", "\r\n, "]),
            wrapped in any::<bool>(),
        ) {
            let list = format!("[{}]", actions.join(between));
            let head = r#"{"connector": {"name": "X"}, "scopes": ["r", "w", "}"], "actions":"#;
            let text = if wrapped { format!("{head} {list} }}") } else { list };
            same(&text, None);
        }
    }
}
