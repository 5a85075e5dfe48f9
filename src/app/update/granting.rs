use super::guide;
use crate::app::{Command, Focus, Listing, Model, Notice, Query, Tab};
use crate::domain::{ActionIndex, Coverage, Form, Granted, GrantedError, GrantedFault, Separator};

pub fn begin(model: &mut Model) {
    if let Some(later) = &model.granting.later {
        model.granting.line = Query::new(later);
    } else {
        let granted = model.granted.clone().unwrap_or_default();
        model.granting.line = Query::new(&granted.text(&model.catalog));
        model.granting.hold(Ok(Granted { scopes: granted, form: Form::List }));
    }
    model.granting.before = (model.tab, model.focus);
    model.tab = Tab::Panel;
    model.focus = Focus::Granting;
}

/// Says how to end the line, in answer to what would lead away from it.
pub fn come_first(model: &mut Model) {
    let ways = model.ways(":", &[(Command::Done, "applies them"), (Command::Back, "cancels")]);
    model.say(format!("These scopes come first{ways}."));
}

/// Goes back without a change.
pub fn end(model: &mut Model) {
    let (tab, focus) = model.granting.before;
    model.focus = focus;
    model.granting.held = None;
    if !model.loading.is_reading() {
        model.granting.later = None;
    }
    guide::show(model, tab);
}

/// Takes what was typed or pasted, in any form of granted scopes. An empty text takes the granted
/// scopes away again. What is not surely granted changes nothing: the line stays, to be corrected.
pub fn take(model: &mut Model) {
    let text = model.granting.line.text().to_owned();
    if model.loading.is_reading() {
        model.granting.later = Some(text);
        model.say("These scopes are read when the catalog is complete.");
        return end(model);
    }
    let read = match model.granting.held.take() {
        Some((line, read)) if line == text => read,
        _ => Granted::read(&model.catalog, text.as_bytes()),
    };
    match read {
        Ok(granted) => {
            end(model);
            grant(model, granted);
        }
        Err(error) => refuse(model, error),
    }
}

/// Reads what was taken while the catalog was still read. What cannot be read is there to be corrected.
pub fn take_later(model: &mut Model) {
    let Some(text) = model.granting.later.take() else { return };
    match Granted::read(&model.catalog, text.as_bytes()) {
        Ok(granted) => grant(model, granted),
        // The line is open again, and may be another by now.
        Err(error) if model.focus == Focus::Granting => {
            model.notice = Some(Notice::bad(error.to_string()));
        }
        Err(error) => {
            model.granting.line = Query::new(&text);
            refuse(model, error);
            let line = model.granting.line.text().to_owned();
            model.granting.later = Some(line).filter(|line| !line.is_empty());
        }
    }
}

/// A paste is read before it is shown, and only its scopes are: what surrounds them may be a
/// secret. Where it cannot be read, `take` says so too.
pub fn paste(model: &mut Model, text: &str) {
    let read = Granted::read(&model.catalog, text.as_bytes());
    match &read {
        Ok(granted) => {
            let names = granted.scopes.text(&model.catalog);
            let was_empty = model.granting.line.text().trim().is_empty();
            insert_apart(&mut model.granting.line, &names);
            if was_empty {
                model.granting.hold(read);
            }
        }
        Err(error) => {
            model.notice = Some(Notice::bad(error.to_string()));
            model.granting.hold(read);
        }
    }
}

fn insert_apart(line: &mut Query, names: &str) {
    let is_letter = |c: char| !c.is_whitespace();
    let (before, after) = line.around_caret();
    let start = if before.ends_with(is_letter) { " " } else { "" };
    let end = if after.starts_with(is_letter) { " " } else { "" };
    line.insert(&format!("{start}{names}{end}"));
}

fn grant(model: &mut Model, Granted { scopes, form }: Granted) {
    model.granted = (!scopes.is_empty()).then_some(scopes);
    model.compare_granted();
    let read = (form != Form::List).then(|| format!("Read as {form}."));
    let words: Vec<_> = read.into_iter().chain(coverage(model)).collect();
    let good = (!words.is_empty()).then(|| Notice::good(words.join(" ")));
    model.notice = model.unknown_granted().map(Notice::bad).or(good);
    if model.listing == Listing::OnlyCovered {
        model.refresh_listed_at_action();
    }
}

/// How many of the selected actions the granted scopes cover. `None` if none is selected, or nothing
/// granted.
fn coverage(model: &Model) -> Option<String> {
    let granted = model.granted.as_ref().filter(|_| !model.selection.is_empty())?;
    let covers = |&action: &ActionIndex| {
        model.catalog.coverage(action, &granted.scopes) == Coverage::Covered
    };
    let covered = model.selection.iter().filter(covers).count();
    let all = model.selection.len();
    Some(format!("Covered: {covered} of {all} selected actions."))
}

/// Keeps a misspelling in the line to be corrected, but nothing that may be a secret. If one word has to
/// go, the scopes around it stay; if several do, none stays, because the others may say something about
/// the scopes.
fn refuse(model: &mut Model, error: GrantedError) {
    model.notice = Some(Notice::bad(error.to_string()));
    let is_slip = matches!(error.fault, GrantedFault::NotAScope { .. });
    let may_be_secret = |word: &str| {
        word.len() > 40 || word.contains(|c: char| c.is_ascii_digit() || matches!(c, '=' | '"'))
    };
    let text = model.granting.line.text();
    if !is_slip || text.split_whitespace().any(may_be_secret) {
        let words = text.split(Separator::ends_name).filter(|word| !word.is_empty());
        let (mut known, unknown): (Vec<_>, Vec<_>) =
            words.partition(|word| model.catalog.find_scope(word).is_some());
        if !is_slip || unknown.len() > 1 {
            known.clear();
        }
        model.granting.line = Query::new(&known.join(" "));
        // Entered again, what is left is still no statement of what is granted.
        model.granting.hold(Err(error));
    }
}
