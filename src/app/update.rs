mod copying;
mod granting;
mod guide;
mod leaving;
mod loading;
mod pasting;
mod selecting;

use super::history::History;
use super::{
    AfterToggle, BackStep, Command, Effect, Ending, Focus, Listing, Message, Model, Motion, Notice,
    Over, Overlay, Pane, Query, Scroll, Tab, Target,
};
use crate::domain::{LeastSearch, Mode, Separator};

/// Changes the model, and nothing else does. Returns an effect if the world has to do something.
pub fn update(model: &mut Model, message: Message) -> Option<Effect> {
    let was_in_scopes = model.focus == Focus::Browsing(Pane::Scopes);
    let effect = respond(model, message);
    if was_in_scopes && model.focus != Focus::Browsing(Pane::Scopes) {
        model.scopes_scroll = Scroll::default();
    }
    effect
}

fn respond(model: &mut Model, message: Message) -> Option<Effect> {
    match message {
        Message::Measured(extents) => return model.measured(extents),
        Message::Wheel { over, lines } => wheel(model, over, lines),
        Message::Copied { subject, text, outcome } => {
            copying::copied(model, subject, text, outcome);
        }
        Message::Refused(reason) => model.notice = Some(Notice::bad(reason)),
        Message::Command(asked) => return command(model, asked),
        Message::Click(target) => return click(model, target),
        Message::Edit(edit) => return change_line(model, |line| line.edit(edit)),
        Message::Typed(text) => {
            return change_line(model, |line| {
                line.insert(&text);
                true
            });
        }
        Message::Select { actions, selected } => selecting::select(model, &actions, selected),
        Message::Paste(text) => return pasting::paste(model, &text),
        Message::Found(result) => {
            if model.finding.accept(result) {
                model.show_found();
            }
        }
        Message::Solved { number, answer } => model.solved(number, *answer),
        Message::Solve => model.solve(),
        Message::Read { bytes, total } => loading::read(model, bytes, total),
        Message::Loaded(loaded) => return loading::loaded(model, loaded),
    }
    None
}

/// Keeps the notice as what was asked, so that the same key pressed again is an answer.
fn command(model: &mut Model, command: Command) -> Option<Effect> {
    model.asked = model.notice.take();
    dispatch(model, command)
}

fn dispatch(model: &mut Model, command: Command) -> Option<Effect> {
    if model.overlay.is_some() {
        in_overlay(model, command)
    } else if model.focus == Focus::Granting {
        granting(model, command)
    } else {
        on_screen(model, command)
    }
}

/// Keys that are neither about the overlay nor lead away from it do nothing there.
fn in_overlay(model: &mut Model, command: Command) -> Option<Effect> {
    let is_uncopied = matches!(model.overlay, Some(Overlay::Uncopied { .. }));
    match command {
        Command::Move(motion) => scroll(&mut model.overlay_scroll, motion),
        Command::Help if is_uncopied => show(model, Overlay::Help),
        Command::Quit | Command::Help | Command::Done => model.overlay = None,
        Command::Show(_) | Command::SwitchTab => {
            model.overlay = None;
            return dispatch(model, command);
        }
        // What could not be copied may be now.
        Command::CopyScopes | Command::CopyUrl | Command::CopyCommand if is_uncopied => {
            model.overlay = None;
            return dispatch(model, command);
        }
        Command::Back | Command::Leave | Command::Suspend | Command::Redraw => {
            return on_screen(model, command);
        }
        _ => {}
    }
    None
}

/// The line for granted scopes keeps the keys that would lead away from it, or move in the list, and
/// says how to end it.
fn granting(model: &mut Model, command: Command) -> Option<Effect> {
    match command {
        Command::Done => granting::take(model),
        Command::Grant => granting::end(model),
        Command::Move(_)
        | Command::Toggle(_)
        | Command::OnlySelected
        | Command::OnlyCovered
        | Command::Search
        | Command::Show(_)
        | Command::SwitchTab
        | Command::Focus(_)
        | Command::Quit => granting::come_first(model),
        beside => return on_screen(model, beside),
    }
    None
}

fn separate(model: &mut Model, separator: Separator) {
    model.separator = separator;
    // Neither the guide nor a small screen shows it.
    if model.tab == Tab::Guide || model.is_list_alone {
        model.say(format!("Separator: {}.", separator.name().to_lowercase()));
    }
}

/// The meaning of a command in the screen that is shown.
fn on_screen(model: &mut Model, command: Command) -> Option<Effect> {
    match (command, model.tab) {
        (Command::Move(motion), Tab::Panel) => move_in_pane(model, motion),
        (Command::Move(motion), Tab::Guide) => guide::walk(&mut model.guide, motion),
        (Command::ScrollDetails(motion), Tab::Panel) => match model.focus() {
            Focus::Browsing(Pane::Scopes) => scroll(&mut model.scopes_scroll, motion),
            _ => scroll(&mut model.details_scroll, motion),
        },
        (Command::Toggle(then), Tab::Panel) => {
            model.finish_search();
            selecting::toggle(model, then);
        }
        (Command::Toggle(then), Tab::Guide) => {
            return guide::act(model, |model| guide::tick_off(model, then));
        }
        (Command::SelectListed, Tab::Panel) => selecting::select_listed(model, true),
        (Command::DeselectListed, Tab::Panel) => selecting::select_listed(model, false),
        (Command::Clear, Tab::Panel) => selecting::clear(model),
        (Command::Undo, _) => {
            selecting::step(model, History::undo, "Undone", "There is nothing to undo.")
        }
        (Command::Redo, _) => {
            selecting::step(model, History::redo, "Redone", "There is nothing to redo.")
        }
        (Command::NextSeparator, _) => separate(model, model.separator.next()),
        (Command::PreviousSeparator, _) => separate(model, model.separator.previous()),
        (Command::SwitchMode, _) => switch_mode(model),
        (Command::Grant, _) => granting::begin(model),
        (Command::OnlySelected, Tab::Panel) => switch_listing(model, Listing::OnlySelected),
        (Command::OnlyCovered, Tab::Panel) => switch_listing(model, Listing::OnlyCovered),
        (Command::Focus(pane), Tab::Panel) => focus(model, pane),
        (Command::Search, _) => search(model),
        (Command::Show(tab), _) => guide::show(model, tab),
        (Command::SwitchTab, _) => guide::show(model, model.tab.other()),
        (Command::Help, _) => show(model, Overlay::Help),
        (Command::CopyScopes, Tab::Panel) => return copying::scopes(model),
        (Command::CopyUrl, _) => return copying::url(model),
        (Command::CopyCommand, _) => return copying::command(model),
        (Command::Done, Tab::Panel) => return leaving::done(model),
        (Command::CopyScopes, Tab::Guide) => return guide::act(model, guide::copy_current),
        (Command::Done, Tab::Guide) => return guide::act(model, guide::enter),
        (Command::Back, _) => return back(model),
        (Command::Quit, _) => return leaving::leave(model),
        (Command::Leave, _) => return Some(Effect::Leave(Ending::Interrupted)),
        (Command::Suspend, _) => return Some(Effect::Suspend),
        (Command::Redraw, _) => return Some(Effect::Redraw),
        (
            Command::ScrollDetails(_)
            | Command::SelectListed
            | Command::DeselectListed
            | Command::Clear
            | Command::OnlySelected
            | Command::OnlyCovered
            | Command::Focus(_),
            Tab::Guide,
        ) => {
            let back = model.ways(";", &[(Command::Back, "goes back to the actions")]);
            model.say(format!("This is not for the guide{back}."));
        }
    }
    None
}

fn show(model: &mut Model, overlay: Overlay) {
    model.overlay = Some(overlay);
    model.overlay_scroll = Scroll::default();
}

fn search(model: &mut Model) {
    model.tab = Tab::Panel;
    model.focus = Focus::Typing;
}

fn focus(model: &mut Model, pane: Pane) {
    if pane == Pane::Scopes && model.is_list_alone {
        return model.say("The terminal is too small for the scopes; make it larger.");
    }
    if model.focus != Focus::Browsing(pane) {
        model.focus = Focus::Browsing(pane);
        model.scopes_scroll.follow_cursor();
    }
}

fn move_in_pane(model: &mut Model, motion: Motion) {
    match model.focus() {
        Focus::Browsing(Pane::Scopes) => {
            let before = model.scope_cursor.row();
            model.scope_cursor.move_by(distance(motion, model.scopes_scroll.height()));
            // There may be text below the last scope.
            match model.scope_cursor.row() == before {
                true => scroll(&mut model.scopes_scroll, motion),
                false => model.scopes_scroll.follow_cursor(),
            }
        }
        Focus::Typing | Focus::Granting | Focus::Browsing(Pane::Actions) => {
            model.finish_search();
            let rows = distance(motion, model.cursor.height());
            match motion {
                Motion::PageUp | Motion::PageDown => model.cursor.page_by(rows),
                Motion::Up | Motion::Down | Motion::First | Motion::Last => {
                    model.cursor.move_by(rows);
                }
            }
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

fn wheel(model: &mut Model, over: Over, lines: isize) {
    if model.overlay.is_some() {
        model.overlay_scroll.turn_by(lines);
    } else if model.tab == Tab::Guide {
        model.guide.scroll.turn_by(lines);
    } else {
        match over {
            Over::Actions => model.cursor.scroll_by(lines),
            Over::Scopes => model.scopes_scroll.turn_by(lines),
            Over::Details => model.details_scroll.turn_by(lines),
        }
    }
}

fn switch_mode(model: &mut Model) {
    if model.catalog.reference().is_none() {
        let so_far = model.so_far();
        let only = match model.may_have_guide() {
            true => "only the guide's scopes can be shown",
            false => "there is no least privilege to show",
        };
        return model.say(format!("What the API accepts is not known{so_far}, so {only}."));
    }
    if model.catalog.is_described() {
        return model.say("This catalog has no guide, so every answer is least privilege.");
    }
    model.answer.mode = model.answer.mode.other();
    model.answer_again();
    let text = match model.answer.mode {
        Mode::Guide => "The guide's scopes.",
        Mode::Least if model.answer.search == LeastSearch::Unfinished => {
            "Least privilege, as far as it has been searched for."
        }
        Mode::Least if model.answer.caveats.is_empty() => {
            "The least privilege that the API accepts for every selected action."
        }
        Mode::Least => "Least privilege, with caveats: see the warnings.",
    };
    model.say(text);
}

/// From everything to `narrower`, or from there to everything. The cursor stays with its action
/// where that is listed in both.
fn switch_listing(model: &mut Model, narrower: Listing) {
    let action = model.highlighted();
    model.listing = if model.listing == narrower { Listing::All } else { narrower };
    let has_scopes = model.granted.is_some() || !model.selection.is_empty();
    if model.listing == Listing::OnlyCovered && !has_scopes {
        let grant = model.ways(", or", &[(Command::Grant, "enters them")]);
        let text = "This lists what your app's current scopes cover: select actions";
        model.say(format!("{text}{grant}."));
    }
    model.refresh_listed();
    if !model.put_cursor_on(action) {
        model.cursor.go_to(0);
    }
}

fn back(model: &mut Model) -> Option<Effect> {
    match model.back_step() {
        BackStep::CloseOverlay => model.overlay = None,
        BackStep::StopLoading => {
            loading::stopped(model);
            return Some(Effect::StopLoading);
        }
        BackStep::CancelGranting => granting::end(model),
        BackStep::ToPanel => model.tab = Tab::Panel,
        BackStep::Browse => model.focus = Focus::Browsing(Pane::Actions),
        BackStep::ClearQuery => {
            let action = model.highlighted();
            model.query.clear();
            let effect = query_changed(model);
            model.put_cursor_on(action);
            return effect;
        }
        BackStep::ListAll => switch_listing(model, model.listing),
        BackStep::Leave => return leaving::leave(model),
    }
    None
}

fn click(model: &mut Model, target: Target) -> Option<Effect> {
    // A command looks at the notice before it.
    if !matches!(target, Target::Button(_)) {
        model.notice = None;
    }
    match target {
        Target::Button(asked) => return command(model, asked),
        Target::Anchor(anchor) => return guide::click(model, anchor),
        Target::Row(row) => {
            model.cursor.go_to(row);
            if model.focus == Focus::Browsing(Pane::Scopes) {
                model.focus = Focus::Browsing(Pane::Actions);
            }
            selecting::toggle(model, AfterToggle::Stay);
        }
        Target::Scope(_) if model.focus == Focus::Granting => granting::come_first(model),
        Target::Scope(row) => {
            focus(model, Pane::Scopes);
            model.scope_cursor.go_to(row);
        }
        Target::Separator(separator) => model.separator = separator,
        Target::Mode(mode) if mode == model.answer.mode => {}
        Target::Mode(_) => switch_mode(model),
        Target::SearchBox(characters) if model.focus == Focus::Granting => {
            model.granting.line.set_caret(characters);
        }
        Target::SearchBox(characters) => {
            model.focus = Focus::Typing;
            model.query.set_caret(characters);
        }
    }
    None
}

/// Changes the line that is typed in. `change` says whether its text is another now.
fn change_line(model: &mut Model, change: impl FnOnce(&mut Query) -> bool) -> Option<Effect> {
    model.notice = None;
    if model.focus == Focus::Granting {
        change(&mut model.granting.line);
        return None;
    }
    if change(&mut model.query) { query_changed(model) } else { None }
}

fn query_changed(model: &mut Model) -> Option<Effect> {
    model.cursor.go_to(0);
    model.search_again()
}
