use crate::app::{Code, Key};
use crate::shell::Event;

/// Characters of one read that a person cannot have typed, except by holding a key down.
pub const FEWEST: usize = 5;

/// Joins keys of one read that are text which came faster than a person types: a paste that the
/// terminal did not mark. Line breaks before it, and line breaks and tabs within it, belong to it. So do tabs
/// before several lines; before a single one they may have been typed. After a single line a tab or a line break is a
/// key, which is dropped if the text is taken for a paste; both together end the row of a table, and are none.
///
/// An end of paste drops the events between it and the last marked paste, or the start of the read: they were part
/// of a paste. Ctrl-C stays a way out.
pub fn gather(events: Vec<Event>) -> Vec<Event> {
    let mut gathered = Vec::new();
    for event in events {
        gathered.push(event);
        if let Some(Event::PasteEnd) = gathered.last() {
            let paste = gathered.iter().rposition(|event| matches!(event, Event::Paste(_)));
            let pasted = gathered.split_off(paste.map_or(0, |at| at + 1)).into_iter();
            gathered.extend(pasted.filter(|event| key(event) == Some(Key::ctrl('c'))));
        }
    }
    let alike = |one: &Event, next: &Event| character(one).is_some() == character(next).is_some();
    gathered.chunk_by(alike).flat_map(joined).collect()
}

fn joined(run: &[Event]) -> Vec<Event> {
    const OUTSIDE: [char; 2] = ['\n', '\t'];
    let text: String = run.iter().filter_map(character).collect();
    let burst = text.trim_matches(OUTSIDE);
    let after = text.len() - text.trim_end_matches(OUTSIDE).len();
    let behind = &text[text.len() - after..];
    // A word and its line break are rather a line.
    let is_line = behind.contains('\n');
    if !is_burst(burst, if is_line { FEWEST - 1 } else { FEWEST }) {
        return run.to_vec();
    }
    let before = text.len() - text.trim_start_matches(OUTSIDE).len();
    // A paste never accepts.
    let is_paste = text[..before].contains('\n') || burst.contains('\n');
    let before = if is_paste { 0 } else { before };
    let ends_row = is_line && behind.contains('\t');
    let then = if is_paste || ends_row { &[] } else { &run[run.len() - after..] };
    let mut events = run[..before].to_vec();
    let then = then.iter().filter_map(key).collect();
    events.push(Event::Burst { text: burst.to_owned(), then });
    events
}

/// A key that is held down repeats itself.
fn is_burst(text: &str, fewest: usize) -> bool {
    let mut changes: Vec<char> = text.chars().collect();
    let typed = changes.len();
    changes.dedup();
    typed >= fewest && changes.len() >= fewest - 1
}

fn character(event: &Event) -> Option<char> {
    match key(event)? {
        key if key == Key::plain(Code::Enter) => Some('\n'),
        key if key == Key::plain(Code::Tab) => Some('\t'),
        key => key.typed(),
    }
}

fn key(event: &Event) -> Option<Key> {
    match event {
        Event::Key(key) => Some(*key),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys by the characters that they type, bursts in brackets, `«` for a paste and `»` for an end.
    fn gathered(keys: &str) -> String {
        let event = |c| match c {
            '«' => Event::Paste(String::new()),
            '»' => Event::PasteEnd,
            '\n' => Event::Key(Key::plain(Code::Enter)),
            '\t' => Event::Key(Key::plain(Code::Tab)),
            '↓' => Event::Key(Key::plain(Code::Down)),
            '␃' => Event::Key(Key::ctrl('c')),
            c => Event::Key(Key::char(c)),
        };
        let events = gather(keys.chars().map(event).collect());
        let shown = |event: &Event| match event {
            Event::Burst { text, then } => {
                let then = then.iter().map(|&key| character(&Event::Key(key)).unwrap_or_default());
                format!("[{text}]({})", then.collect::<String>())
            }
            Event::Paste(_) => "«".into(),
            Event::Key(key) if key.code() == Code::Down => "↓".into(),
            Event::Key(key) if *key == Key::ctrl('c') => "␃".into(),
            event => character(event).map(String::from).unwrap_or_default(),
        };
        events.iter().map(shown).collect()
    }

    #[test]
    fn text_faster_than_a_person_types_is_one_piece() {
        for (keys, expected) in [
            ("deals", "[deals]()"),
            ("deal", "deal"),
            ("deal\n", "[deal](\n)"),
            ("xjx", "xjx"),
            ("jjjjjjjj", "jjjjjjjj"),
            ("jjjjjjx", "jjjjjjx"),
            ("list users\t", "[list users](\t)"),
            ("list users\t\n", "[list users]()"),
            ("deal\t\n", "[deal]()"),
            ("deal\n\t", "[deal]()"),
            ("\tdeals:read\n", "\t[deals:read](\n)"),
            ("\tdeals:read\n\tdeals:full\n", "[deals:read\n\tdeals:full]()"),
            ("\nfoo bar baz\n", "[foo bar baz]()"),
            ("\n\nfoo bar\n\tbaz\n", "[foo bar\n\tbaz]()"),
            ("\nab", "\nab"),
            ("deals:read\ndeals:full\n", "[deals:read\ndeals:full]()"),
            ("↓deals↓j", "↓[deals]()↓j"),
            ("\n\n\n\n\n\t", "\n\n\n\n\n\t"),
            ("«\nx»y", "«y"),
            ("x»y«z", "y«z"),
            ("␃x»y", "␃y"),
        ] {
            assert_eq!(gathered(keys), expected, "{keys:?}");
        }
    }
}
