use crate::app::{AfterToggle, Command, Effect, Ending, Focus, Model, Pane};

/// Arguments of the command line are looked up only when the catalog is there.
pub(super) fn done(model: &mut Model) -> Option<Effect> {
    if let Some(flag) = model.awaits.selects {
        let text = format!("{flag} needs the whole catalog: wait for it, or stop loading.");
        model.say(text);
        return None;
    }
    if model.selection.is_empty() {
        let done = model.key_name(Command::Done);
        let text = match how_to_select(model) {
            Some(how) => format!("Nothing is selected: {how}, {done} again leaves."),
            None => format!("Nothing is selected; {done} again leaves."),
        };
        return ask_once(model, text, Ending::NothingSelected);
    }
    model.solve();
    Some(Effect::Leave(Ending::Done(model.text())))
}

/// Returns `None` if nothing is listed.
fn how_to_select(model: &Model) -> Option<String> {
    let (command, does) = match model.focus() {
        _ if model.listed.is_empty() => return None,
        Focus::Browsing(Pane::Scopes) => (Command::Focus(Pane::Actions), "goes to the actions"),
        _ => (Command::Toggle(AfterToggle::Down), "selects"),
    };
    Some(format!("{} {does}", model.key_name(command)))
}

/// One key does not throw a selection away.
pub(super) fn leave(model: &mut Model) -> Option<Effect> {
    let selected = model.selection.len();
    if selected == 0 {
        return Some(Effect::Leave(Ending::Left));
    }
    let done = model.key_name(Command::Done);
    let [back, quit] = [Command::Back, Command::Quit].map(|command| model.key_name(command));
    let text = format!("{selected} selected: {done} prints the scopes, {back} or {quit} leaves.");
    ask_once(model, text, Ending::Left)
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
