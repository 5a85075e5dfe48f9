use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Layout, Theme, fit};
use crate::app::{Command, Model, Target};
use crate::domain::{Mode, Separator};

/// A text in its place, and what a click on it means.
pub struct Label {
    pub area: Rect,
    pub line: Line<'static>,
    pub target: Option<Target>,
}

/// Labels side by side, as many as there is room for, each `gap` columns behind the one before.
pub fn in_a_row(
    area: Rect,
    gap: u16,
    texts: impl IntoIterator<Item = (Line<'static>, Option<Target>)>,
) -> Vec<Label> {
    let mut labels = Vec::new();
    let mut left = area.left();
    for (line, target) in texts {
        let own = Rect { x: left + gap, width: fit::as_columns(line.width()), ..area };
        if own.is_empty() || own.right() > area.right() {
            break;
        }
        left = own.right();
        labels.push(Label { area: own, line, target });
    }
    labels
}

/// The buttons, each with the key that does the same, and beside them how much is selected.
pub fn buttons(model: &Model, layout: &Layout, theme: Theme) -> Vec<Label> {
    let button = |label: &str, command, has_key: bool| {
        let key = if has_key { model.key(command) } else { String::new() };
        let gap = if key.is_empty() { "" } else { " " };
        let line = Line::from(vec![
            Span::styled("[ ", theme.muted()),
            Span::styled(format!("{label}{gap}"), theme.plain()),
            Span::styled(key, theme.key()),
            Span::styled(" ]", theme.muted()),
        ]);
        (line, Some(Target::Button(command)))
    };
    let select = match model.listed.len() {
        all if all == model.catalog().len() && model.query.is_empty() => "Select all".to_owned(),
        listed => format!("Select all {listed}"),
    };
    let taken = fit::columns(&selected(model));
    let beside = Rect { width: layout.status.width.saturating_sub(taken), ..layout.status };
    // What stands beside them needs its gap where a pane follows.
    let gap = u16::from(layout.status.right() < layout.footer.right());
    let apart = Rect { width: beside.width.saturating_sub(gap), ..beside };
    // Keys give way to it, and it gives way to the buttons themselves.
    let rows =
        [(true, true, apart), (true, false, apart), (false, false, apart), (false, false, beside)];
    let rows = rows.map(|(first, second, area)| {
        let select = button(&select, Command::SelectListed, first);
        in_a_row(area, 1, [select, button("Clear", Command::Clear, second)])
    });
    let mut buttons = rows.into_iter().rev().max_by_key(Vec::len).unwrap_or_default();
    buttons.push(status(model, layout.status, &buttons, theme));
    for (area, label, command) in [
        (layout.copy_scopes, "Copy scopes", Command::CopyScopes),
        (layout.copy_url, "Copy URL", Command::CopyUrl),
    ] {
        let forms =
            [false, true].map(|has_key| in_a_row(area, 1, [button(label, command, has_key)]));
        buttons.extend(forms.into_iter().max_by_key(Vec::len).unwrap_or_default());
    }
    buttons
}

/// How much is selected. It gives up its margin where the buttons beside it leave no gap.
fn status(model: &Model, area: Rect, buttons: &[Label], theme: Theme) -> Label {
    let mut text = selected(model);
    let taken = buttons.last().map_or(0, |button| button.area.right());
    if taken + fit::columns(&text) >= area.right() {
        text.truncate(text.trim_end().len());
    }
    Label { area, line: Line::styled(text, theme.strong()).right_aligned(), target: None }
}

/// The number of selected actions, and of those that the list hides.
pub fn selected(model: &Model) -> String {
    match model.hidden {
        0 => format!("{} selected ", model.selection.len()),
        hidden => format!("{} selected, {hidden} hidden ", model.selection.len()),
    }
}

/// One of several values, whether it is chosen, and what a click on it means.
type Choice = (&'static str, bool, Target);

/// The separators and the modes, each row with the key that goes to the next.
pub fn choices(model: &Model, layout: &Layout, theme: Theme) -> Vec<Label> {
    // All choices, or the chosen one alone if they do not fit. A click on that, or on the key, goes to
    // the next.
    let row = |area: Rect, title: &'static str, choices: &[Choice], next| {
        let width = |(name, ..): &Choice| name.len() + 2;
        let all_fit = title.len() + choices.iter().map(width).sum::<usize>() <= area.width.into();
        let shown = choices.iter().filter(|(_, chosen, _)| all_fit || *chosen);
        let choices = shown.map(|&(name, chosen, target)| {
            let line = if chosen {
                Line::styled(format!("[{name}]"), theme.accent())
            } else {
                Line::styled(format!(" {name} "), theme.plain())
            };
            (line, Some(if all_fit { target } else { Target::Button(next) }))
        });
        let title = (Line::styled(title, theme.muted()), None);
        let key = Line::styled(format!(" {}", model.key(next)), theme.key());
        let key = (key, Some(Target::Button(next)));
        in_a_row(area, 0, [title].into_iter().chain(choices).chain([key]))
    };
    let separators = Separator::ALL.map(|separator| {
        (separator.name(), separator == model.separator, Target::Separator(separator))
    });
    let mut labels = row(layout.separators, " Separator ", &separators, Command::NextSeparator);
    if model.offers(Command::SwitchMode) {
        let modes = [Mode::Guide, Mode::Least]
            .map(|mode| (mode.title(), mode == model.answer.mode, Target::Mode(mode)));
        labels.extend(row(layout.modes, " ", &modes, Command::SwitchMode));
    }
    labels
}
