use crate::app::{AfterToggle, BackStep, Command, Effect, Ending, Focus, Model, Pane, Tab};

/// Arguments of the command line are looked up only when the catalog is there.
pub(super) fn done(model: &mut Model) -> Option<Effect> {
    if let Some(flag) = model.awaits.selects {
        let text = format!("{flag} needs the whole catalog: wait for it, or stop loading.");
        model.say(text);
        return None;
    }
    if model.selection.is_empty() {
        let done = (Command::Done, "again leaves");
        let ways = match how_to_select(model) {
            Some(select) => model.ways(":", &[select, done]),
            None => model.ways(";", &[done]),
        };
        let text = format!("Nothing is selected{ways}.");
        return ask_once(model, text, Ending::NothingSelected);
    }
    model.solve();
    Some(Effect::Leave(Ending::Done(model.text())))
}

/// Returns `None` if nothing is listed.
fn how_to_select(model: &Model) -> Option<(Command, &'static str)> {
    match model.focus() {
        _ if model.listed.is_empty() => None,
        Focus::Browsing(Pane::Scopes) => {
            Some((Command::Focus(Pane::Actions), "goes to the actions"))
        }
        _ => Some((Command::Toggle(AfterToggle::Down), "selects")),
    }
}

/// One key does not throw a selection away.
pub(super) fn leave(model: &mut Model) -> Option<Effect> {
    let selected = model.selection.len();
    if selected == 0 {
        return Some(Effect::Leave(Ending::Left));
    }
    let done = (model.tab == Tab::Panel).then_some(Command::Done);
    let prints = keys(model, done).map(|key| format!("{key} prints the scopes"));
    let back = (model.back_step() == BackStep::Leave).then_some(Command::Back);
    let leaves: Vec<_> = keys(model, back.into_iter().chain([Command::Quit])).collect();
    let leaves = Some(format!("{} leaves", leaves.join(" or "))).filter(|_| !leaves.is_empty());
    let ways: Vec<_> = prints.chain(leaves).collect();
    ask_once(model, format!("{selected} selected: {}.", ways.join(", ")), Ending::Left)
}

/// The keys of those commands that have one.
fn keys(
    model: &Model,
    commands: impl IntoIterator<Item = Command>,
) -> impl Iterator<Item = String> {
    let keys = commands.into_iter().filter_map(|command| model.key_of(command));
    keys.map(|key| key.to_string())
}

/// Leaves if that was asked for twice in a row.
fn ask_once(model: &mut Model, text: String, ending: Ending) -> Option<Effect> {
    let question = model.answer_to_key(text);
    if model.asked.as_ref() == Some(&question) {
        return Some(Effect::Leave(ending));
    }
    model.notice = Some(question);
    None
}
