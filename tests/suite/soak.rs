//! A long time with somebody who presses anything: nothing panics, and what the model promises
//! holds after every event.

use std::collections::VecDeque;

use crossterm::event::MouseEventKind;
use pdscopes::app::{BINDINGS, Focus, Key, Listing, Model, Pane, Start};
use pdscopes::domain::{Answer, CopyOutcome, CopyRoute};
use pdscopes::shell::Event;
use pdscopes::view::{Position, Size};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::stage::{CLICK, Stage, mouse};

/// How many events a failure shows.
const REMEMBERED: usize = 40;

/// After so many events everything is drawn anew and held against what is on the screen.
const REDRAWN: usize = 25;

#[test]
fn two_thousand_events() {
    soak(2_000);
}

#[test]
#[ignore = "takes minutes; for changes of the model, the views or the loop"]
fn a_hundred_thousand_events() {
    soak(100_000);
}

fn soak(count: usize) {
    let mut runner = TestRunner::deterministic();
    let events = any_event();
    let mut last = Last(VecDeque::new());
    let mut stage = begin(0);
    let mut began = 1;
    for number in 0..count {
        let event = events.new_tree(&mut runner).expect("an event").current();
        last.remember(number, &event);
        stage.happen_soon(event);
        if stage.ending().is_some() {
            stage = begin(began);
            began += 1;
            last.0.clear();
        }
        holds(stage.model());
        if number % REDRAWN == 0 {
            is_clean_and_whole(&mut stage);
        }
    }
}

/// Copies succeed on every other screen.
fn begin(number: usize) -> Stage {
    let outcome = match number % 2 {
        0 => CopyOutcome::Confirmed(CopyRoute::X11),
        _ => CopyOutcome::Failed("no clipboard".into()),
    };
    Stage::with(80, 24, Start::default(), outcome)
}

/// What the fields of the model promise, through what it says of itself.
fn holds(model: &Model) {
    let (catalog, selection) = (model.catalog(), &model.selection);
    let answer = Answer::in_mode(catalog, selection, model.answer.mode);
    assert_eq!(model.text(), answer.text(catalog, model.separator));
    let needing = answer.needing(catalog, selection);
    assert!(model.needed.iter().map(|&(_, count)| count).eq(needing.iter().map(Vec::len)));
    assert_eq!(model.scope_cursor.rows(), answer.scopes.len());

    let listed = model.listed.clone();
    assert_eq!(model.cursor.rows(), listed.len());
    assert_eq!(model.highlighted().is_none(), listed.is_empty());
    let shown = listed.iter().filter(|&&action| selection.contains(action)).count();
    assert_eq!(model.hidden, selection.len() - shown);
    if model.listing == Listing::OnlySelected {
        assert_eq!(shown, listed.len(), "only what is ticked is listed");
    }

    for cursor in [model.cursor, model.scope_cursor] {
        let Some(row) = cursor.row() else {
            assert_eq!(cursor.rows(), 0);
            continue;
        };
        assert!(row < cursor.rows());
    }
    let cursor = model.cursor;
    if let (Some(row), true) = (cursor.row(), cursor.height() > 0) {
        assert!(cursor.shown().contains(&row), "the cursor's row is on the screen: {cursor:?}");
    }
    for query in [&model.query, &model.granting.line] {
        assert!(query.caret() <= query.text().chars().count());
        assert!(!query.text().contains(char::is_control), "{:?}", query.text());
    }
}

/// What any screen promises; and drawing what changed comes to the same as drawing everything.
fn is_clean_and_whole(stage: &mut Stage) {
    stage.happen([]);
    let (screen, cursor) = (stage.screen(), stage.cursor());
    assert!(!screen.replace('\n', "").contains(char::is_control), "{screen:?}");
    assert_eq!(stage.takes_clicks(), stage.model().takes_clicks());
    stage.happen([Event::Continue]);
    assert_eq!(stage.screen(), screen);
    assert_eq!(stage.cursor(), cursor);
}

/// Anything a terminal can send: every bound key, any character, pastes, the mouse inside and
/// outside of the screen, and every size that the program is made for.
fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        40 => any_key().prop_map(Event::Key),
        10 => any_mouse(),
        2 => any_size().prop_map(Event::Resized),
        2 => any_text().prop_map(Event::Paste),
        1 => Just(Event::Suspend),
        1 => Just(Event::Continue),
    ]
}

fn any_key() -> impl Strategy<Value = Key> {
    let focuses = [Focus::Typing, Focus::Granting, Focus::Browsing(Pane::Actions)];
    let bound: Vec<_> = BINDINGS
        .iter()
        .flat_map(|binding| {
            focuses
                .iter()
                .map(|&focus| if focus.types() { binding.typing } else { binding.browsing })
        })
        .flat_map(Key::named)
        .collect();
    prop_oneof![
        8 => prop::sample::select(bound),
        2 => prop::sample::select("deal fulsr:_".chars().collect::<Vec<_>>()).prop_map(Key::char),
        1 => any::<char>().prop_map(Key::char),
        1 => (any::<char>(), any::<bool>(), any::<bool>())
            .prop_map(|(c, ctrl, alt)| Key::new(pdscopes::app::Code::Char(c), ctrl, alt)),
    ]
}

fn any_mouse() -> impl Strategy<Value = Event> {
    let kinds = vec![CLICK, MouseEventKind::ScrollUp, MouseEventKind::ScrollDown];
    let position = prop_oneof![
        8 => (0..130_u16, 0..45_u16),
        1 => (any::<u16>(), any::<u16>()),
    ];
    (prop::sample::select(kinds), position)
        .prop_map(|(kind, (x, y))| mouse(kind, Position::new(x, y)))
}

fn any_size() -> impl Strategy<Value = Size> {
    prop_oneof![
        4 => (1..=30_u16, 1..=12_u16),
        8 => (20..=140_u16, 6..=45_u16),
        1 => (1..=500_u16, 1..=200_u16),
    ]
    .prop_map(|(width, height)| Size { width, height })
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("users:read, deals:full".to_owned()),
        Just("https://docs.stackone.com/connectors/guides/pipedrive".to_owned()),
        "(?s).{0,60}",
    ]
}

/// The events that led to where it is, told when it fails.
struct Last(VecDeque<(usize, Event)>);

impl Last {
    fn remember(&mut self, number: usize, event: &Event) {
        if self.0.len() == REMEMBERED {
            self.0.pop_front();
        }
        self.0.push_back((number, event.clone()));
    }
}

impl Drop for Last {
    fn drop(&mut self) {
        if std::thread::panicking() {
            for (number, event) in &self.0 {
                eprintln!("{number}: {event:?}");
            }
        }
    }
}
