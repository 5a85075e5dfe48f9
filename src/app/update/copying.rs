use super::show;
use crate::app::{Effect, Model, Notice, Overlay, Subject};
use crate::domain::{CopyOutcome, command_line};

pub fn scopes(model: &mut Model) -> Option<Effect> {
    model.solve();
    let count = model.answer.scopes().len();
    if count == 0 {
        let text = if model.selection.is_empty() {
            "Nothing is selected, so there are no scopes to copy."
        } else {
            "The selected actions need no scope, so there is nothing to copy."
        };
        model.say(text);
        return None;
    }
    copy(model, Subject::Scopes(count), model.text())
}

pub fn url(model: &mut Model) -> Option<Effect> {
    let Some(url) = model.catalog.guide_url(&model.selection) else {
        let so_far = model.so_far();
        let text = format!("The catalog names no guide page{so_far}, so there is no URL to copy.");
        model.say(text);
        return None;
    };
    copy(model, Subject::GuideUrl, url)
}

/// Without a selection there is none: it would print nothing and fail.
pub fn command(model: &mut Model) -> Option<Effect> {
    if model.selection.is_empty() {
        model.say("Nothing is selected, so there is no command to copy.");
        return None;
    }
    let Model { catalog, selection, separator, mode, command_start, .. } = model;
    let command = command_line(catalog, selection, *separator, *mode, command_start);
    let Some(command) = command else {
        let text =
            "No command can name this catalog: it was piped, or its path is not valid UTF-8.";
        model.say(text);
        return None;
    };
    copy(model, Subject::Command, command)
}

pub fn copy(model: &mut Model, subject: Subject, text: String) -> Option<Effect> {
    model.say(format!("Copying {subject}..."));
    Some(Effect::Copy { subject, text })
}

/// A copy has come to its end. What could not be copied is shown, to be taken by hand.
pub fn copied(model: &mut Model, subject: Subject, text: String, outcome: CopyOutcome) {
    let message = format!("{outcome}: {subject}.");
    model.notice = Some(match outcome {
        CopyOutcome::Confirmed(_) => Notice::good(message),
        CopyOutcome::Sent(_) => Notice::plain(message),
        CopyOutcome::Failed(reason) => {
            let notice = Notice::bad(format!("Not copied: {reason}."));
            show(model, Overlay::Uncopied { text, reason });
            notice
        }
    });
}
