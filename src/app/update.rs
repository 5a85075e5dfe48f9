use super::{
    BackStep, Command, Cover, Edit, Effect, Ending, Focus, Listing, Message, Model, Motion, Notice,
    Pane, Scroll, Subject, Target, Then,
};
use crate::domain::{ActionIndex, CopyOutcome, GuideUrlError, Search, Selection, Separator};

/// The only thing that changes a model. It does nothing else: what is to be done in the world is
/// returned as an effect.
pub fn update(model: &mut Model, message: Message) -> Option<Effect> {
    match message {
        Message::Measured(extents) => model.measured(extents),
        Message::Wheel { over, lines } => wheel(model, over, lines),
        Message::Copied { subject, text, outcome } => copied(model, subject, text, outcome),
        Message::Refused(reason) => model.notice = Some(Notice::bad(reason)),
        Message::Command(asked) => return command(model, asked),
        Message::Click(target) => return click(model, target),
        Message::Edit(change) => edit(model, change),
        Message::Paste(text) => paste(model, &text),
    }
    None
}

fn command(model: &mut Model, command: Command) -> Option<Effect> {
    model.notice = None;
    if model.cover.is_some() {
        return covered(model, command);
    }
    match command {
        Command::Move(motion) => move_in_pane(model, motion),
        Command::Toggle(then) => toggle(model, then),
        Command::SelectListed => flip(model, listed(model, false)),
        Command::UntickListed => flip(model, listed(model, true)),
        Command::Clear => flip(model, model.selection.iter().collect()),
        Command::Undo => undo(model),
        Command::Redo => redo(model),
        Command::NextSeparator => separate(model, model.separator.next()),
        Command::PreviousSeparator => separate(model, model.separator.previous()),
        Command::OnlyTicked => switch_listing(model),
        Command::Focus(pane) => model.focus = Focus::Browsing(pane),
        Command::Search => model.focus = Focus::Typing,
        Command::Help => show(model, Cover::Help),
        Command::CopyScopes => return copy_scopes(model),
        Command::CopyUrl => return copy_url(model),
        Command::CopyCommand => return copy_command(model),
        Command::Back => return back(model),
        Command::Done => return Some(Effect::Leave(Ending::Done)),
        Command::Quit | Command::Leave => return Some(Effect::Leave(Ending::Left)),
        Command::Suspend => return Some(Effect::Suspend),
    }
    None
}

/// Under a cover only reading it, putting it away, leaving and suspending mean something.
fn covered(model: &mut Model, command: Command) -> Option<Effect> {
    match command {
        Command::Move(motion) => scroll(&mut model.cover_scroll, motion),
        Command::Back => return back(model),
        Command::Quit | Command::Help | Command::Done => model.cover = None,
        Command::Leave => return Some(Effect::Leave(Ending::Left)),
        Command::Suspend => return Some(Effect::Suspend),
        Command::Toggle(_)
        | Command::SelectListed
        | Command::UntickListed
        | Command::Clear
        | Command::Undo
        | Command::Redo
        | Command::NextSeparator
        | Command::PreviousSeparator
        | Command::CopyScopes
        | Command::CopyUrl
        | Command::CopyCommand
        | Command::OnlyTicked
        | Command::Focus(_)
        | Command::Search => {}
    }
    None
}

fn show(model: &mut Model, cover: Cover) {
    model.cover = Some(cover);
    model.cover_scroll = Scroll::default();
}

fn move_in_pane(model: &mut Model, motion: Motion) {
    match model.focus {
        Focus::Browsing(Pane::Scopes) => scroll(&mut model.scopes_scroll, motion),
        Focus::Typing | Focus::Browsing(Pane::Actions) => {
            model.cursor.move_by(distance(motion, model.cursor.height()));
        }
    }
}

fn scroll(scroll: &mut Scroll, motion: Motion) {
    scroll.move_by(distance(motion, scroll.height()));
}

/// In rows; a page leaves one row of the page before it in sight.
fn distance(motion: Motion, height: usize) -> isize {
    let page = isize::try_from(height.saturating_sub(1).max(1)).unwrap_or(isize::MAX);
    match motion {
        Motion::Up => -1,
        Motion::Down => 1,
        Motion::PageUp => -page,
        Motion::PageDown => page,
        Motion::First => isize::MIN,
        Motion::Last => isize::MAX,
    }
}

fn wheel(model: &mut Model, over: Pane, lines: isize) {
    match (&model.cover, over) {
        (Some(_), _) => model.cover_scroll.move_by(lines),
        (None, Pane::Actions) => model.cursor.scroll_by(lines),
        (None, Pane::Scopes) => model.scopes_scroll.move_by(lines),
    }
}

fn toggle(model: &mut Model, then: Then) {
    let (Some(action), Some(row)) = (model.highlighted(), model.cursor.row()) else {
        model.notice = Some(Notice::plain("Nothing is listed, so there is nothing to tick."));
        return;
    };
    let rows_before = model.listed.len();
    flip(model, vec![action]);
    // Where the row went away by being unticked, its neighbour has moved under the cursor.
    let stayed = model.listed.len() == rows_before;
    match then {
        Then::Down if stayed => model.cursor.go_to(row + 1),
        Then::Up => model.cursor.go_to(row.saturating_sub(1)),
        Then::Down | Then::Stay => {}
    }
}

/// The listed actions that are ticked, or those that are not.
fn listed(model: &Model, ticked: bool) -> Vec<ActionIndex> {
    let wanted = |action: &ActionIndex| model.selection.contains(*action) == ticked;
    model.listed.iter().copied().filter(wanted).collect()
}

fn flip(model: &mut Model, actions: Vec<ActionIndex>) {
    model.history.flip(&mut model.selection, actions);
    model.selection_changed();
}

fn undo(model: &mut Model) {
    let undone = model.history.undo(&mut model.selection).map(<[_]>::to_vec);
    stepped(model, undone, "Undone", "There is nothing to undo.");
}

fn redo(model: &mut Model) {
    let redone = model.history.redo(&mut model.selection).map(<[_]>::to_vec);
    stepped(model, redone, "Redone", "There is nothing to redo.");
}

/// Says what a step in the history changed, and shows it where it can be shown.
fn stepped(model: &mut Model, flipped: Option<Vec<ActionIndex>>, what: &str, nothing: &str) {
    let Some(flipped) = flipped else {
        model.notice = Some(Notice::plain(nothing));
        return;
    };
    model.selection_changed();
    let ticked = flipped.iter().filter(|&&action| model.selection.contains(action)).count();
    let unticked = flipped.len() - ticked;
    let changed = match (ticked, unticked) {
        (ticked, 0) => format!("{ticked} ticked"),
        (0, unticked) => format!("{unticked} unticked"),
        (ticked, unticked) => format!("{ticked} ticked, {unticked} unticked"),
    };
    model.notice = Some(Notice::plain(format!("{what}: {changed}.")));
    let first = model.listed.iter().position(|action| flipped.contains(action));
    if let (Some(row), true) = (first, flipped.len() == 1) {
        model.cursor.go_to(row);
    }
}

fn separate(model: &mut Model, separator: Separator) {
    model.separator = separator;
    model.selection_changed();
}

/// The cursor stays with its action where that is listed in both.
fn switch_listing(model: &mut Model) {
    let action = model.highlighted();
    model.listing = match model.listing {
        Listing::All => Listing::OnlyTicked,
        Listing::OnlyTicked => Listing::All,
    };
    model.list();
    let row = model.listed.iter().position(|&listed| Some(listed) == action);
    model.cursor.go_to(row.unwrap_or(0));
}

fn copy_scopes(model: &mut Model) -> Option<Effect> {
    let count = model.answer.scopes().len();
    if count == 0 {
        let text = if model.selection.is_empty() {
            "Nothing is ticked, so there are no scopes to copy."
        } else {
            "The ticked actions need no scope, so there is nothing to copy."
        };
        model.notice = Some(Notice::plain(text));
        return None;
    }
    copy(model, Subject::Scopes(count), model.answer.text().to_owned())
}

fn copy_url(model: &mut Model) -> Option<Effect> {
    let Some(url) = model.answer.url().map(str::to_owned) else {
        let text = "The catalog names no guide page, so there is no URL to copy.";
        model.notice = Some(Notice::plain(text));
        return None;
    };
    copy(model, Subject::GuideUrl, url)
}

fn copy_command(model: &mut Model) -> Option<Effect> {
    let command = crate::domain::command_line(&model.catalog, &model.selection, model.separator);
    copy(model, Subject::Command, command)
}

fn copy(model: &mut Model, subject: Subject, text: String) -> Option<Effect> {
    model.notice = Some(Notice::plain(format!("Copying {subject}...")));
    Some(Effect::Copy { subject, text })
}

fn copied(model: &mut Model, subject: Subject, text: String, outcome: CopyOutcome) {
    let told = format!("{outcome}: {subject}.");
    model.notice = Some(match outcome {
        CopyOutcome::Confirmed(_) => Notice::good(told),
        CopyOutcome::Sent(_) => Notice::plain(told),
        CopyOutcome::Failed(reason) => {
            let notice = Notice::bad(format!("Not copied: {reason}."));
            show(model, Cover::Uncopied { text, reason });
            notice
        }
    });
}

fn back(model: &mut Model) -> Option<Effect> {
    match model.back_step() {
        BackStep::PutCoverAway => model.cover = None,
        BackStep::Browse => model.focus = Focus::Browsing(Pane::Actions),
        BackStep::ClearQuery => {
            model.query.clear();
            query_changed(model);
        }
        BackStep::ListAll => switch_listing(model),
        BackStep::Leave => return Some(Effect::Leave(Ending::Left)),
    }
    None
}

fn click(model: &mut Model, target: Target) -> Option<Effect> {
    match target {
        Target::Button(asked) => return command(model, asked),
        Target::Row(row) => {
            model.notice = None;
            model.cursor.go_to(row);
            toggle(model, Then::Stay);
        }
        Target::Separator(separator) => separate(model, separator),
        Target::SearchBox(characters) => {
            model.focus = Focus::Typing;
            model.query.set_caret(characters);
        }
    }
    None
}

fn edit(model: &mut Model, edit: Edit) {
    model.notice = None;
    if model.query.edit(edit) {
        query_changed(model);
    }
}

/// A pasted guide URL is the selection that it carries; any other text is a query.
fn paste(model: &mut Model, text: &str) {
    model.notice = None;
    model.cover = None;
    match model.catalog.selection_of_url(text) {
        Ok(selection) => restore(model, &selection),
        Err(GuideUrlError::OtherPage) => {
            model.focus = Focus::Typing;
            model.query.paste(text);
            query_changed(model);
        }
        Err(error) => model.notice = Some(Notice::bad(refusal(&error))),
    }
}

fn restore(model: &mut Model, selection: &Selection) {
    let differs =
        |action: &ActionIndex| selection.contains(*action) != model.selection.contains(*action);
    let flipped = model.catalog.indices().filter(differs).collect();
    flip(model, flipped);
    let text = format!("The guide URL's selection is ticked: {} of them.", selection.len());
    model.notice = Some(Notice::good(text));
}

fn refusal(error: &GuideUrlError) -> String {
    match error {
        GuideUrlError::UnknownAction(unknown) => {
            format!("That guide URL names {}, which no action has as its id.", unknown.id)
        }
        GuideUrlError::RepeatedSelection => {
            "That guide URL carries more than one selection; paste one with a single list.".into()
        }
        GuideUrlError::NoSelection | GuideUrlError::OtherPage => {
            "That is the guide's address without a selection, so nothing was changed.".into()
        }
    }
}

/// A new query is a new list, which is read from its top.
fn query_changed(model: &mut Model) {
    model.search = Search::new(model.query.text());
    model.cursor.go_to(0);
    model.list();
}
