use super::{copying, distance, scroll};
use crate::app::{AfterToggle, Anchor, Command, Effect, GuidePane, Model, Motion, Subject, Tab};

pub fn show(model: &mut Model, tab: Tab) {
    if tab == Tab::Guide && !model.make_guide() {
        model.say(format!("This catalog has no guide{}.", model.so_far()));
    } else {
        model.tab = tab;
    }
}

/// A click does what Enter would do there.
pub fn click(model: &mut Model, anchor: usize) -> Option<Effect> {
    model.guide.cursor.go_to(anchor);
    enter(model)
}

/// On a step, which is nothing to copy, the step is ticked off.
pub fn enter(model: &mut Model) -> Option<Effect> {
    match model.guide.current() {
        Some(Anchor::Step { .. }) => tick_off(model, AfterToggle::Stay),
        Some(Anchor::Copyable { .. }) | None => copy_current(model),
    }
}

pub fn walk(guide: &mut GuidePane, motion: Motion) {
    let before = guide.cursor.row();
    if !matches!(motion, Motion::PageUp | Motion::PageDown) {
        guide.cursor.move_by(distance(motion, 1));
    }
    // There may be text beyond the first and the last place of the cursor.
    let has_moved = guide.cursor.row() != before;
    if !has_moved || matches!(motion, Motion::First | Motion::Last) {
        scroll(&mut guide.scroll, motion);
    }
    if has_moved {
        guide.scroll.follow_cursor();
    }
}

/// Acts on what the cursor is on, or shows the cursor first: nobody acts on what is out of sight.
pub fn act(model: &mut Model, action: impl FnOnce(&mut Model) -> Option<Effect>) -> Option<Effect> {
    if model.guide.scroll.shows_cursor() {
        return action(model);
    }
    model.guide.scroll.follow_cursor();
    None
}

pub fn tick_off(model: &mut Model, then: AfterToggle) -> Option<Effect> {
    let guide = &mut model.guide;
    // Pressed on and on, Tab marks each step once.
    if then == AfterToggle::Stay || matches!(guide.current(), Some(Anchor::Step { .. })) {
        guide.tick_off();
    }
    guide.cursor.move_by(match then {
        AfterToggle::Stay => 0,
        AfterToggle::Up => -1,
        AfterToggle::Down => 1,
    });
    guide.scroll.follow_cursor();
    None
}

pub fn copy_current(model: &mut Model) -> Option<Effect> {
    let guide = &mut model.guide;
    match guide.current()? {
        Anchor::Copyable { block, span, text } => {
            let (name, text) = (guide.name(*block, *span), text.clone());
            copying::copy(model, Subject::Item(name), text)
        }
        Anchor::Step { .. } => {
            let mark = (Command::Toggle(AfterToggle::Stay), "marks it as done");
            model.say(format!("A step can't be copied{}.", model.ways(";", &[mark])));
            None
        }
    }
}
