use crate::app::{Command, Effect, Ending, Focus, Listing, Model, Notice, Pane, Query};
use crate::domain::ScopeList;

pub fn begin(model: &mut Model) {
    let text = model.granted.as_ref().map(|granted| granted.text(&model.catalog));
    model.granting = Query::new(&text.unwrap_or_default());
    model.focus = Focus::Granting;
}

/// Only typing, taking what was typed, and leaving mean something here.
pub fn command(model: &mut Model, command: Command) -> Option<Effect> {
    match command {
        Command::Done => take(model),
        Command::Back | Command::Grant => end(model),
        Command::Leave => return Some(Effect::Leave(Ending::Left)),
        Command::Suspend => return Some(Effect::Suspend),
        Command::Move(_)
        | Command::Toggle(_)
        | Command::SelectListed
        | Command::UntickListed
        | Command::Clear
        | Command::Undo
        | Command::Redo
        | Command::OnlyTicked
        | Command::OnlyCovered
        | Command::NextSeparator
        | Command::PreviousSeparator
        | Command::SwitchMode
        | Command::Search
        | Command::Show(_)
        | Command::SwitchTab
        | Command::Focus(_)
        | Command::CopyScopes
        | Command::CopyUrl
        | Command::CopyCommand
        | Command::Help
        | Command::Quit => {}
    }
    None
}

/// Goes back without a change.
pub fn end(model: &mut Model) {
    model.focus = Focus::Browsing(Pane::Actions);
}

/// An empty text takes the granted scopes away again.
fn take(model: &mut Model) {
    end(model);
    let granted = ScopeList::parse(&model.catalog, model.granting.text());
    model.notice = granted_notice(&granted);
    let named_none = granted.scopes().is_empty() && granted.unknown().is_empty();
    model.granted = (!named_none).then_some(granted);
    if model.listing == Listing::OnlyCovered {
        model.list();
    }
}

/// A name that nobody knows is more likely a slip than a scope of the app.
fn granted_notice(granted: &ScopeList) -> Option<Notice> {
    match granted.unknown() {
        [] => None,
        unknown => Some(Notice::bad(format!(
            "Neither the guide nor the API knows {}; check the spelling.",
            unknown.join(", ")
        ))),
    }
}
