use crate::app::history::History;
use crate::app::{AfterToggle, Command, Focus, Model, Notice, Pane};
use crate::domain::{ActionIndex, Selection, pluralize};

pub(super) fn toggle(model: &mut Model, then: AfterToggle) {
    if model.focus() == Focus::Browsing(Pane::Scopes) {
        let back = model.ways(":", &[(Command::Focus(Pane::Actions), "goes back to it")]);
        return model.say(format!("Select actions in the list{back}."));
    }
    let Some(action) = model.highlighted() else { return nothing_listed(model) };
    flip(model, vec![action]);
    // Where the row went away by being deselected, its neighbour has moved under the cursor.
    let stayed = model.highlighted() == Some(action);
    let row = model.cursor.row().unwrap_or_default();
    match then {
        AfterToggle::Down if stayed => model.cursor.go_to(row + 1),
        AfterToggle::Up => model.cursor.go_to(row.saturating_sub(1)),
        AfterToggle::Down | AfterToggle::Stay => {}
    }
}

pub(super) fn select_listed(model: &mut Model, selected: bool) {
    model.finish_search();
    if model.listed.is_empty() {
        return match selected {
            true => nothing_listed(model),
            false => model.say("Nothing is listed, so there is nothing to deselect."),
        };
    }
    select(model, &model.listed.clone(), selected);
}

pub(super) fn clear(model: &mut Model) {
    if model.selection.is_empty() {
        return model.say("Nothing is selected, so there is nothing to deselect.");
    }
    select(model, &Vec::from_iter(model.selection.iter()), false);
}

fn nothing_listed(model: &mut Model) {
    let text = "Nothing is listed, so there is nothing to select.";
    model.notice = Some(Notice { is_provisional: true, ..Notice::plain(text) });
}

/// The notice says how to undo it.
pub(super) fn select(model: &mut Model, actions: &[ActionIndex], selected: bool) {
    let (verb, state) = match selected {
        true => ("Selected", "all of these are selected already"),
        false => ("Deselected", "none of these is selected"),
    };
    match change(model, actions, selected) {
        0 => model.say(format!("Nothing changed: {state}.")),
        changed => {
            let undo = model.ways(";", &[(Command::Undo, "undoes it")]);
            model.say(format!("{verb} {}{undo}.", pluralize(changed, "action")));
        }
    }
}

/// An action that is as asked already stays so; one that is given twice counts once. Returns how many
/// have changed.
pub(super) fn change(model: &mut Model, actions: &[ActionIndex], selected: bool) -> usize {
    let asked: Selection = actions.iter().copied().collect();
    let differs = |action: &ActionIndex| model.selection.contains(*action) != selected;
    let flipped: Vec<_> = asked.iter().filter(differs).collect();
    let changed = flipped.len();
    if changed > 0 {
        flip(model, flipped);
    }
    changed
}

fn flip(model: &mut Model, actions: Vec<ActionIndex>) {
    model.history.flip(&mut model.selection, actions);
    model.answer_again();
}

type Step = fn(&mut History, &mut Selection) -> Option<Vec<ActionIndex>>;

/// Takes a step in the history, says what it changed, and shows it where it can be shown.
pub(super) fn step(model: &mut Model, step: Step, what: &str, nothing: &str) {
    let Some(flipped) = step(&mut model.history, &mut model.selection) else {
        return model.say(nothing);
    };
    model.answer_again();
    let selected = flipped.iter().filter(|&&action| model.selection.contains(action)).count();
    let deselected = flipped.len() - selected;
    let changed = match (selected, deselected) {
        (selected, 0) => format!("selected {}", pluralize(selected, "action")),
        (0, deselected) => format!("deselected {}", pluralize(deselected, "action")),
        (selected, deselected) => format!("selected {selected}, deselected {deselected} actions"),
    };
    model.say(format!("{what}: {changed}."));
    if let [action] = flipped.as_slice() {
        model.put_cursor_on(Some(*action));
    }
}
