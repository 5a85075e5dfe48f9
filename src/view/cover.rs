use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::fit;
use super::theme::Theme;
use crate::app::{Command, Cover, Focus, Group, Model, Motion, Pane, Row, Tab, Then};
use crate::domain::visible;

/// What some commands mean in the guide, and not in the panel.
const IN_THE_GUIDE: [(Command, &str); 5] = [
    (Command::Move(Motion::Up), "to the step or thing to copy before"),
    (Command::Move(Motion::Down), "to the next one"),
    (Command::Toggle(Then::Stay), "tick the step off, or not"),
    (Command::CopyScopes, "copy what the cursor is on, a scope, an address or a link"),
    (Command::Done, "the same; tick off a step"),
];

pub fn paint(model: &Model, cover: &Cover, area: Rect, theme: Theme, canvas: &mut Canvas) {
    let shown =
        content(model, cover, area.width, theme).into_iter().skip(model.cover_scroll().first());
    for (line, row) in shown.zip(area.rows()) {
        canvas.line(row, &line);
    }
}

/// The lines of a text that is to be taken with the mouse, and the row on which the first begins;
/// none while they are not wholly on the screen.
///
/// A terminal joins rows into one line, for a selection to take, only where text has run over the
/// edge by itself, and not where each row was painted for itself.
pub fn running(model: &Model, area: Rect) -> Option<(u16, Vec<String>)> {
    let Some(Cover::Uncopied { text, reason }) = model.cover() else {
        return None;
    };
    let above = reason_lines(model, reason, usize::from(area.width)).len() + 1;
    let fits = model.cover_scroll().first() == 0 && model.cover_scroll().below() == 0;
    let lines = text.lines().map(|line| visible(line).into_owned()).collect();
    fits.then_some((area.y.checked_add(u16::try_from(above).ok()?)?, lines))
}

/// How many lines the cover would fill.
pub fn lines(model: &Model, cover: &Cover, columns: u16) -> usize {
    content(model, cover, columns, Theme::COLOURLESS).len()
}

fn content(model: &Model, cover: &Cover, columns: u16, theme: Theme) -> Vec<Line<'static>> {
    match cover {
        Cover::Help => help(model, theme),
        Cover::Uncopied { text, reason } => {
            uncopied(model, text, reason, usize::from(columns), theme)
        }
    }
}

fn help(model: &Model, theme: Theme) -> Vec<Line<'static>> {
    let rows = || model.keymap().rows().iter();
    let line = |row: &Row, words| {
        let names = |focus| {
            let names: Vec<_> = row.keys(focus).iter().take(2).map(ToString::to_string).collect();
            names.join(" ")
        };
        Line::from(vec![
            Span::styled(format!(" {:<15}", names(Focus::Typing)), theme.key()),
            Span::styled(format!("{:<14}", names(Focus::Browsing(Pane::Actions))), theme.key()),
            Span::styled(words, theme.plain()),
        ])
    };
    let heading = |title: &str| Line::styled(format!(" {title}"), theme.accent());
    let mut lines =
        vec![Line::styled(format!(" {:<15}{:<14}", "typing", "browsing"), theme.muted())];
    if model.tab() == Tab::Guide {
        lines.push(heading("In the guide"));
        for (command, words) in IN_THE_GUIDE {
            let row = rows().find(|row| row.binding.command == command);
            lines.extend(row.map(|row| line(row, words)));
        }
        lines.push(Line::default());
    }
    for group in Group::ALL {
        lines.push(heading(group.title()));
        let rows = rows().filter(|row| row.binding.group == group);
        lines.extend(rows.map(|row| line(row, row.binding.words)));
        lines.push(Line::default());
    }
    lines.push(Line::styled(
        " The mouse ticks and presses too. Hold Shift to select text; --no-mouse leaves it to the terminal.",
        theme.muted(),
    ));
    lines
}

/// The text stands alone, from the first column on and without marks, so that a mouse takes it as
/// it is.
fn uncopied(
    model: &Model,
    text: &str,
    reason: &str,
    columns: usize,
    theme: Theme,
) -> Vec<Line<'static>> {
    let reason = reason_lines(model, reason, columns).into_iter();
    let mut lines: Vec<_> = reason.map(|line| Line::styled(line, theme.muted())).collect();
    lines.push(Line::default());
    for line in text.lines() {
        let line = visible(line);
        lines.extend(
            fit::pieces(&line, columns).into_iter().map(|piece| Line::raw(piece.to_owned())),
        );
    }
    lines
}

fn reason_lines(model: &Model, reason: &str, columns: usize) -> Vec<String> {
    let key = model.keymap().key(Command::Back, model.focus());
    let back = key.map(|key| format!("; {key} goes back")).unwrap_or_default();
    let told = format!("Not copied: {reason}. Take the text with the mouse{back}.");
    fit::wrap(&visible(&told), columns.max(1))
}
