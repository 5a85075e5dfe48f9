use crate::app::{Code, Key};
use crate::shell::event::Event;

/// Characters of one read that a person cannot have typed, except by holding a key down.
const FEWEST: usize = 5;

/// Joins keys of one read that are text which came faster than a person types: a paste that the
/// terminal did not mark. Line breaks and tabs within it belong to it; at the end of a single line
/// they are keys.
pub fn gather(events: Vec<Event>) -> Vec<Event> {
    let mut gathered = Vec::with_capacity(events.len());
    let mut run: Vec<(Event, char)> = Vec::new();
    for event in events {
        match character(&event) {
            Some(c) => run.push((event, c)),
            None => {
                finish(&mut run, &mut gathered);
                gathered.push(event);
            }
        }
    }
    finish(&mut run, &mut gathered);
    gathered
}

fn finish(run: &mut Vec<(Event, char)>, gathered: &mut Vec<Event>) {
    let text: String = run.iter().map(|(_, c)| c).collect();
    let text = text.trim_matches(['\n', '\t']);
    if !is_burst(text) {
        gathered.extend(run.drain(..).map(|(event, _)| event));
        return;
    }
    let is_outside = |(_, c): &(Event, char)| matches!(c, '\n' | '\t');
    let before = run.iter().take_while(|key| is_outside(key)).count();
    let after = run.iter().rev().take_while(|key| is_outside(key)).count();
    let last = run.split_off(run.len() - after);
    gathered.extend(run.drain(..before).map(|(event, _)| event));
    gathered.push(Event::Burst(text.to_owned()));
    // Behind several lines they belong to the last one: a paste never accepts.
    if !text.contains('\n') {
        gathered.extend(last.into_iter().map(|(event, _)| event));
    }
    run.clear();
}

/// A key that is held down repeats itself.
fn is_burst(text: &str) -> bool {
    let mut changes: Vec<char> = text.chars().collect();
    let typed = changes.len();
    changes.dedup();
    typed >= FEWEST && changes.len() >= FEWEST - 1
}

fn character(event: &Event) -> Option<char> {
    let Event::Key(key) = event else { return None };
    if *key == Key::plain(Code::Enter) {
        return Some('\n');
    }
    if *key == Key::plain(Code::Tab) {
        return Some('\t');
    }
    key.typed()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys by the characters that they type, bursts in brackets.
    fn gathered(keys: &str) -> String {
        let key = |c| match c {
            '\n' => Key::plain(Code::Enter),
            '\t' => Key::plain(Code::Tab),
            '↓' => Key::plain(Code::Down),
            c => Key::char(c),
        };
        let events = gather(keys.chars().map(|c| Event::Key(key(c))).collect());
        let shown = |event: &Event| match event {
            Event::Burst(text) => format!("[{text}]"),
            Event::Key(key) if key.code() == Code::Down => "↓".into(),
            event => character(event).map(String::from).unwrap_or_default(),
        };
        events.iter().map(shown).collect()
    }

    #[test]
    fn text_faster_than_a_person_types_is_one_piece() {
        for (keys, expected) in [
            ("deals", "[deals]"),
            ("xjx", "xjx"),
            ("jjjjjjjj", "jjjjjjjj"),
            ("jjjjjjx", "jjjjjjx"),
            ("list users\t", "[list users]\t"),
            ("\tdeals:read\n", "\t[deals:read]\n"),
            ("deals:read\ndeals:full\n", "[deals:read\ndeals:full]"),
            ("↓deals↓j", "↓[deals]↓j"),
            ("\n\n\n\n\n\t", "\n\n\n\n\n\t"),
        ] {
            assert_eq!(gathered(keys), expected, "{keys:?}");
        }
    }
}
