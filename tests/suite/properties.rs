//! Whatever happens, in whatever order: the screen, the count, the copies, the output and the URL
//! say the same, and they say what a naive model says.

use std::collections::BTreeSet;

use crossterm::event::MouseEventKind;
use pdscopes::app::Key;
use pdscopes::domain::{Catalog, Separator};
use pdscopes::shell::{Ending, Event};
use pdscopes::view::{Depth, Glyphs, Palette, Position, Theme};
use proptest::prelude::*;

use crate::stage::{CLICK, Stage, keys_of, mouse};

/// The selection and the separator as a person would keep them on paper.
#[derive(Default)]
struct Paper {
    ticked: BTreeSet<String>,
    separator: usize,
    before: Vec<BTreeSet<String>>,
    after: Vec<BTreeSet<String>>,
}

impl Paper {
    fn change(&mut self, change: impl FnOnce(&mut BTreeSet<String>)) {
        let before = self.ticked.clone();
        change(&mut self.ticked);
        if self.ticked != before {
            self.before.push(before);
            self.after.clear();
        }
    }

    fn undo(&mut self) {
        if let Some(before) = self.before.pop() {
            self.after.push(std::mem::replace(&mut self.ticked, before));
        }
    }

    fn redo(&mut self) {
        if let Some(after) = self.after.pop() {
            self.before.push(std::mem::replace(&mut self.ticked, after));
        }
    }

    /// The scopes in the order of the form, joined.
    fn scopes(&self, catalog: &Catalog) -> String {
        let needed: BTreeSet<usize> = self
            .ticked
            .iter()
            .filter_map(|id| catalog.find(id))
            .flat_map(|action| catalog.action(action).scopes().to_vec())
            .map(pdscopes::domain::ScopeIndex::position)
            .collect();
        let names: Vec<_> =
            needed.into_iter().map(|scope| catalog.scopes()[scope].as_str()).collect();
        names.join([" ", ",", ";", "|", "\n"][self.separator])
    }
}

#[derive(Clone, Debug)]
enum Step {
    Toggle(&'static str),
    All,
    DeselectListed,
    Clear,
    Undo,
    Redo,
    Separator,
    Query(&'static str),
    Keys(&'static str),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => prop::sample::select(vec!["<Tab>", "<Shift-Tab>"]).prop_map(Step::Toggle),
        1 => Just(Step::All),
        1 => Just(Step::DeselectListed),
        1 => Just(Step::Clear),
        3 => Just(Step::Undo),
        2 => Just(Step::Redo),
        2 => Just(Step::Separator),
        3 => prop::sample::select(vec!["", "deal", "deals:full", "zzz", "lst dl", "Merge"]).prop_map(Step::Query),
        3 => prop::sample::select(vec!["<Down>", "<Up>", "<PgDn>", "<Alt-V>"]).prop_map(Step::Keys),
    ]
}

/// What is listed on the screen, by id.
fn listed(stage: &Stage) -> Vec<String> {
    let catalog = stage.model().catalog();
    stage.model().listed.iter().map(|&action| catalog.action(action).id().to_owned()).collect()
}

fn take(stage: &mut Stage, paper: &mut Paper, step: &Step) {
    match step {
        Step::Toggle(key) => {
            let catalog = stage.model().catalog();
            let id =
                stage.model().highlighted().map(|action| catalog.action(action).id().to_owned());
            if let Some(id) = id {
                paper.change(|ticked| {
                    if !ticked.remove(&id) {
                        ticked.insert(id);
                    }
                });
            }
            stage.press(key);
        }
        Step::All => {
            let listed = listed(stage);
            paper.change(|ticked| ticked.extend(listed));
            stage.press("<Alt-A>");
        }
        Step::DeselectListed => {
            let listed = listed(stage);
            paper.change(|ticked| ticked.retain(|id| !listed.contains(id)));
            stage.press("<Alt-D>");
        }
        Step::Clear => {
            paper.change(BTreeSet::clear);
            stage.press("<Ctrl-X>");
        }
        Step::Undo => {
            paper.undo();
            stage.press("<Ctrl-_>");
        }
        Step::Redo => {
            paper.redo();
            stage.press("<Alt-R>");
        }
        Step::Separator => {
            paper.separator = (paper.separator + 1) % 5;
            stage.press("<Ctrl-T>");
        }
        Step::Query(query) => {
            stage.press("<Ctrl-U>").press(query);
        }
        Step::Keys(keys) => {
            stage.press(keys);
        }
    }
}

fn check(stage: &mut Stage, paper: &Paper) -> Result<(), TestCaseError> {
    let catalog = Catalog::embedded().expect("valid");
    let scopes = paper.scopes(&catalog);
    prop_assert_eq!(stage.model().text(), scopes.as_str(), "counted and shown from the answer");
    let screen = stage.screen();
    let selected = format!("{} selected", paper.ticked.len());
    prop_assert!(screen.contains(&selected), "{} is not on the screen:\n{}", selected, screen);
    let first = scopes.split(Separator::ALL[paper.separator].char()).next().unwrap_or_default();
    prop_assert!(screen.contains(first), "{} is not on the screen:\n{}", first, screen);

    stage.press("<Ctrl-Y>");
    if scopes.is_empty() {
        stage.shows("Nothing is selected, so there are no scopes to copy.");
    } else {
        prop_assert_eq!(stage.copies().pop(), Some(scopes), "copied");
    }
    stage.press("<Ctrl-O>");
    let url = stage.copies().pop().unwrap_or_default();
    let carried = catalog.selection_of_url(&url).map(|selection| {
        selection.iter().map(|action| catalog.action(action).id().to_owned()).collect()
    });
    let expected = if paper.ticked.is_empty() { None } else { Some(paper.ticked.clone()) };
    prop_assert_eq!(carried.ok(), expected, "the URL carries the selection");

    let cursor = stage.model().cursor;
    match cursor.row() {
        Some(row) => prop_assert!(row < stage.model().listed.len()),
        None => prop_assert!(stage.model().listed.is_empty()),
    }
    Ok(())
}

/// Lets one event happen. False where it has left the screen.
fn goes_on(stage: &mut Stage, event: Event) -> bool {
    match event {
        Event::Resized(size) => stage.resize(size.width, size.height),
        event => stage.happen([event]),
    };
    stage.ending().is_none()
}

/// A cheap mix of anything a terminal can send.
fn any_event() -> impl Strategy<Value = Event> {
    let key = prop_oneof![
        any::<char>().prop_map(Key::char),
        prop::sample::select(vec![
            "<Esc>/",
            "<Tab>",
            "<F1>",
            "<Alt-V>",
            "<Ctrl-_>",
            "<Alt-R>",
            "<PgDn>",
            "<End>",
            "<Home>",
            "<Up>",
            "<Ctrl-Y>",
            "<Ctrl-W>",
            "<Backspace>",
            "<Left>",
            "<Alt-B>",
            "<Ctrl-K>",
            "<Alt-A>",
        ])
        .prop_map(|name| keys_of(name)[0]),
    ];
    let mouse = (0..130_u16, 0..50_u16, 0..3_u8).prop_map(|(x, y, kind)| {
        let kinds = [CLICK, MouseEventKind::ScrollUp, MouseEventKind::ScrollDown];
        mouse(kinds[usize::from(kind)], Position::new(x, y))
    });
    let size = (1..260_u16, 1..90_u16)
        .prop_map(|(width, height)| Event::Resized(pdscopes::view::Size { width, height }));
    prop_oneof![
        6 => key.prop_map(Event::Key),
        2 => mouse,
        1 => size,
        1 => ".{0,40}".prop_map(Event::Paste),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn shown_counted_copied_printed_and_the_url_are_one(
        steps in prop::collection::vec(step(), 1..25)
    ) {
        let mut stage = Stage::new(120, 40);
        let mut paper = Paper::default();
        for step in &steps {
            take(&mut stage, &mut paper, step);
            check(&mut stage, &paper)?;
        }
        stage.press("<Enter>");
        let printed = if stage.model().selection.is_empty() {
            prop_assert_eq!(stage.ending(), None);
            stage.press("<Enter>");
            Ending::NothingSelected
        } else {
            Ending::Done(paper.scopes(&Catalog::embedded().expect("valid")))
        };
        prop_assert_eq!(stage.ending(), Some(&printed));
    }

    #[test]
    fn what_changed_since_the_frame_before_comes_to_the_same_as_everything_anew(
        events in prop::collection::vec(any_event(), 1..40),
        theme in prop::sample::select(vec![
            Theme::TERMINAL,
            Theme::COLOURLESS,
            Theme::of(Palette::HIGH_CONTRAST, Depth::True),
        ]),
    ) {
        let mut stage = Stage::new(100, 30);
        stage.look(theme, Glyphs::Unicode);
        for event in events {
            if !goes_on(&mut stage, event) {
                return Ok(());
            }
            let seen = stage.seen();
            prop_assert_eq!(seen, stage.redraw().seen());
        }
    }

    #[test]
    fn no_sequence_of_events_breaks_the_screen_or_the_cursor(
        events in prop::collection::vec(any_event(), 1..80)
    ) {
        let mut stage = Stage::new(80, 24);
        for event in events {
            if !goes_on(&mut stage, event) {
                return Ok(());
            }
            let model = stage.model();
            prop_assert_eq!(model.cursor.rows(), model.listed.len());
            prop_assert_eq!(model.highlighted().is_none(), model.listed.is_empty());
            let harmless = !stage.screen().replace('\n', "").contains(char::is_control);
            prop_assert!(harmless, "a control character is on the screen");
        }
    }
}
