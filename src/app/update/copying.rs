use super::show;
use crate::app::{Effect, Model, Notice, Overlay, Subject};
use crate::domain::{CopyOutcome, command_line};

pub fn scopes(model: &mut Model) -> Option<Effect> {
    model.solve();
    match model.answer.scopes.len() {
        0 if model.selection.is_empty() => {
            refuse(model, "Nothing is selected, so there are no scopes to copy.")
        }
        0 => {
            let none = model.answer.without_scopes(&model.refusals);
            refuse(model, format!("{none}, so there is nothing to copy."))
        }
        count => copy(model, Subject::Scopes(count), model.text()),
    }
}

pub fn url(model: &mut Model) -> Option<Effect> {
    match model.catalog.guide_url(&model.selection) {
        Some(url) => copy(model, Subject::GuideUrl, url),
        None => {
            let so_far = model.so_far();
            let page = format!("The catalog names no guide page{so_far}");
            refuse(model, format!("{page}, so there is no URL to copy."))
        }
    }
}

/// Without a selection there is none: it would print nothing and fail.
pub fn command(model: &mut Model) -> Option<Effect> {
    if model.selection.is_empty() {
        return refuse(model, "Nothing is selected, so there is no command to copy.");
    }
    let Model { catalog, selection, separator, answer, command_start, .. } = model;
    match command_line(catalog, selection, *separator, answer.mode, command_start) {
        Some(command) => copy(model, Subject::Command, command),
        None => refuse(
            model,
            "No command can name this catalog: it was piped, or its path is not valid UTF-8.",
        ),
    }
}

fn refuse(model: &mut Model, text: impl Into<String>) -> Option<Effect> {
    model.say(text);
    None
}

pub fn copy(model: &mut Model, subject: Subject, text: String) -> Option<Effect> {
    model.say(format!("Copying {subject}..."));
    Some(Effect::Copy { subject, text })
}

/// A copy has come to its end. What could not be copied is shown, to be taken by hand.
pub fn copied(model: &mut Model, subject: Subject, text: String, outcome: CopyOutcome) {
    let is_guides = subject == Subject::GuideUrl && model.answer.from_guide.is_some();
    let whose = if is_guides { ", which shows the guide's scopes" } else { "" };
    let message = format!("{outcome}: {subject}{whose}.");
    model.notice = Some(match outcome {
        CopyOutcome::Confirmed(_) => Notice::good(message),
        CopyOutcome::Sent(_) | CopyOutcome::OnlyInTmux => Notice::plain(message),
        CopyOutcome::Failed(reason) => {
            let notice = Notice::bad(format!("Not copied: {reason}."));
            show(model, Overlay::Uncopied { text, reason });
            notice
        }
    });
}
